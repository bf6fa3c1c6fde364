//! What can be measured, in which units, and which numbers call for a second look.

use Unit::{
    Celsius, Centimetre, Fahrenheit, Gram, Inch, Kilogram, LitrePerMinute, MilligramPerDecilitre, MillimetreOfMercury,
    MillimolePerLitre, MillimolePerMole, PerMinute, Percent, Pound,
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeasurementKind {
    /// Body weight.
    BodyWeight,
    /// Height, or length of a baby.
    BodyHeight,
    /// Body temperature.
    BodyTemperature,
    /// Blood pressure: two numbers.
    BloodPressure,
    /// Heart beats a minute.
    HeartRate,
    /// Breaths a minute.
    RespiratoryRate,
    /// Oxygen saturation by a device on the finger or ear.
    OxygenSaturation,
    /// Blood glucose.
    BloodGlucose,
    /// Haemoglobin A1c.
    HbA1c,
    /// Cholesterol in all.
    TotalCholesterol,
    /// HDL cholesterol.
    HdlCholesterol,
    /// LDL cholesterol.
    LdlCholesterol,
    /// Triglycerides.
    Triglycerides,
    /// Peak expiratory flow.
    PeakFlow,
    /// Waist at the navel.
    Waist,
    /// Head circumference of a child.
    HeadCircumference,
}

/// A unit of measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// kg
    Kilogram,
    /// g
    Gram,
    /// lb
    Pound,
    /// cm
    Centimetre,
    /// in
    Inch,
    /// °C
    Celsius,
    /// °F
    Fahrenheit,
    /// mmHg
    MillimetreOfMercury,
    /// a minute
    PerMinute,
    /// %
    Percent,
    /// mmol/L
    MillimolePerLitre,
    /// mg/dL
    MilligramPerDecilitre,
    /// mmol/mol
    MillimolePerMole,
    /// L/min
    LitrePerMinute,
}

/// Between which numbers, both included, a value raises no question. These are no usual ranges: ill people are in
/// them too, slips of the finger and mixed-up units mostly are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plausible {
    /// Lowest number, as a decimal.
    pub low: &'static str,
    /// Highest number, as a decimal.
    pub high: &'static str,
}

/// One unit of a kind. What LOINC calls an amount depends on the unit for some.
pub(super) struct UnitRow {
    pub unit: Unit,
    plausible: Plausible,
    pub loinc: (&'static str, &'static str),
}

const fn row(unit: Unit, low: &'static str, high: &'static str, code: &'static str, name: &'static str) -> UnitRow {
    UnitRow { unit, plausible: Plausible { low, high }, loinc: (code, name) }
}

/// The two numbers of a blood pressure as components: LOINC codes and names.
pub(super) const SYSTOLIC: (&str, &str) = ("8480-6", "Systolic blood pressure");
pub(super) const DIASTOLIC: (&str, &str) = ("8462-4", "Diastolic blood pressure");
const PLAUSIBLE_DIASTOLIC: Plausible = Plausible { low: "25", high: "160" };
/// FHIR's profile of oxygen saturation wants this code beside the one that names the device.
pub(super) const OXYGEN_SATURATION: (&str, &str) = ("2708-6", "Oxygen saturation in Arterial blood");

// Units of vital signs are those to which FHIR R4 binds their profiles (observation-vitalsigns). Limits are own figures,
// wide around what is survived; the rows of one kind are the same amount in each unit.
const BODY_WEIGHT: &[UnitRow] = &[
    row(Kilogram, "2", "300", "29463-7", "Body weight"),
    row(Pound, "4.4", "660", "29463-7", "Body weight"),
    row(Gram, "2000", "300000", "29463-7", "Body weight"),
];
const BODY_HEIGHT: &[UnitRow] =
    &[row(Centimetre, "30", "230", "8302-2", "Body height"), row(Inch, "12", "90.5", "8302-2", "Body height")];
const BODY_TEMPERATURE: &[UnitRow] = &[
    row(Celsius, "33", "43", "8310-5", "Body temperature"),
    row(Fahrenheit, "91.4", "109.4", "8310-5", "Body temperature"),
];
const BLOOD_PRESSURE: &[UnitRow] =
    &[row(MillimetreOfMercury, "50", "260", "85354-9", "Blood pressure panel with all children optional")];
const HEART_RATE: &[UnitRow] = &[row(PerMinute, "25", "250", "8867-4", "Heart rate")];
const RESPIRATORY_RATE: &[UnitRow] = &[row(PerMinute, "5", "80", "9279-1", "Respiratory rate")];
const OXYGEN: &[UnitRow] =
    &[row(Percent, "50", "100", "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry")];
const BLOOD_GLUCOSE: &[UnitRow] = &[
    row(MillimolePerLitre, "1", "40", "15074-8", "Glucose [Moles/volume] in Blood"),
    row(MilligramPerDecilitre, "18", "720", "2339-0", "Glucose [Mass/volume] in Blood"),
];
// By the master equation of NGSP and IFCC: mmol/mol = 10.93 × % − 23.5.
const HBA1C: &[UnitRow] = &[
    row(Percent, "3", "20", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"),
    row(MillimolePerMole, "9", "195", "59261-8", "Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol"),
];
const TOTAL_CHOLESTEROL: &[UnitRow] = &[
    row(MillimolePerLitre, "1", "20", "14647-2", "Cholesterol [Moles/volume] in Serum or Plasma"),
    row(MilligramPerDecilitre, "39", "773", "2093-3", "Cholesterol [Mass/volume] in Serum or Plasma"),
];
const HDL_CHOLESTEROL: &[UnitRow] = &[
    row(MillimolePerLitre, "0.2", "5", "14646-4", "Cholesterol in HDL [Moles/volume] in Serum or Plasma"),
    row(MilligramPerDecilitre, "8", "193", "2085-9", "Cholesterol in HDL [Mass/volume] in Serum or Plasma"),
];
const LDL_CHOLESTEROL: &[UnitRow] = &[
    row(MillimolePerLitre, "0.2", "15", "22748-8", "Cholesterol in LDL [Moles/volume] in Serum or Plasma"),
    row(MilligramPerDecilitre, "8", "580", "2089-1", "Cholesterol in LDL [Mass/volume] in Serum or Plasma"),
];
const TRIGLYCERIDES: &[UnitRow] = &[
    row(MillimolePerLitre, "0.2", "60", "14927-8", "Triglyceride [Moles/volume] in Serum or Plasma"),
    row(MilligramPerDecilitre, "18", "5310", "2571-8", "Triglyceride [Mass/volume] in Serum or Plasma"),
];
const PEAK_FLOW: &[UnitRow] = &[row(
    LitrePerMinute,
    "40",
    "900",
    "19935-6",
    "Maximum expiratory gas flow Respiratory system airway by Peak flow meter",
)];
const WAIST: &[UnitRow] = &[
    row(Centimetre, "30", "250", "8280-0", "Waist Circumference at umbilicus by Tape measure"),
    row(Inch, "12", "98", "8280-0", "Waist Circumference at umbilicus by Tape measure"),
];
const HEAD_CIRCUMFERENCE: &[UnitRow] = &[
    row(Centimetre, "20", "65", "9843-4", "Head Occipital-frontal circumference"),
    row(Inch, "8", "25.6", "9843-4", "Head Occipital-frontal circumference"),
];

impl MeasurementKind {
    /// All, in the order in which to offer them.
    pub const ALL: [Self; 16] = [
        Self::BodyWeight,
        Self::BloodPressure,
        Self::HeartRate,
        Self::BodyTemperature,
        Self::BloodGlucose,
        Self::OxygenSaturation,
        Self::RespiratoryRate,
        Self::PeakFlow,
        Self::BodyHeight,
        Self::Waist,
        Self::HeadCircumference,
        Self::HbA1c,
        Self::TotalCholesterol,
        Self::HdlCholesterol,
        Self::LdlCholesterol,
        Self::Triglycerides,
    ];

    /// The units it can be entered in, never none.
    pub fn units(self) -> impl Iterator<Item = Unit> {
        self.rows().iter().map(|row| row.unit)
    }

    /// The LOINC codes that it is written with, one of each unit.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        self.rows().iter().map(|row| row.loinc.0)
    }

    /// Which numbers raise no question; for blood pressure the upper number. `None` for a unit that is not its own.
    #[must_use]
    pub fn plausible(self, unit: Unit) -> Option<Plausible> {
        self.row(unit).map(|row| row.plausible)
    }

    /// As [`MeasurementKind::plausible`] for the lower number of a blood pressure; `None` for everything else.
    #[must_use]
    pub fn plausible_diastolic(self, unit: Unit) -> Option<Plausible> {
        (self == Self::BloodPressure && unit == Unit::MillimetreOfMercury).then_some(PLAUSIBLE_DIASTOLIC)
    }

    pub(super) fn row(self, unit: Unit) -> Option<&'static UnitRow> {
        self.rows().iter().find(|row| row.unit == unit)
    }

    /// Whether it is a vital sign rather than a test of a laboratory.
    pub(super) fn is_vital(self) -> bool {
        !matches!(
            self,
            Self::BloodGlucose
                | Self::HbA1c
                | Self::TotalCholesterol
                | Self::HdlCholesterol
                | Self::LdlCholesterol
                | Self::Triglycerides
        )
    }

    /// Its name in the resource, shorter than what LOINC has.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::BodyWeight => "Body weight",
            Self::BodyHeight => "Body height",
            Self::BodyTemperature => "Body temperature",
            Self::BloodPressure => "Blood pressure",
            Self::HeartRate => "Heart rate",
            Self::RespiratoryRate => "Respiratory rate",
            Self::OxygenSaturation => "Oxygen saturation",
            Self::BloodGlucose => "Blood glucose",
            Self::HbA1c => "HbA1c",
            Self::TotalCholesterol => "Total cholesterol",
            Self::HdlCholesterol => "HDL cholesterol",
            Self::LdlCholesterol => "LDL cholesterol",
            Self::Triglycerides => "Triglycerides",
            Self::PeakFlow => "Peak flow",
            Self::Waist => "Waist circumference",
            Self::HeadCircumference => "Head circumference",
        }
    }

    fn rows(self) -> &'static [UnitRow] {
        match self {
            Self::BodyWeight => BODY_WEIGHT,
            Self::BodyHeight => BODY_HEIGHT,
            Self::BodyTemperature => BODY_TEMPERATURE,
            Self::BloodPressure => BLOOD_PRESSURE,
            Self::HeartRate => HEART_RATE,
            Self::RespiratoryRate => RESPIRATORY_RATE,
            Self::OxygenSaturation => OXYGEN,
            Self::BloodGlucose => BLOOD_GLUCOSE,
            Self::HbA1c => HBA1C,
            Self::TotalCholesterol => TOTAL_CHOLESTEROL,
            Self::HdlCholesterol => HDL_CHOLESTEROL,
            Self::LdlCholesterol => LDL_CHOLESTEROL,
            Self::Triglycerides => TRIGLYCERIDES,
            Self::PeakFlow => PEAK_FLOW,
            Self::Waist => WAIST,
            Self::HeadCircumference => HEAD_CIRCUMFERENCE,
        }
    }
}

impl Plausible {
    /// Whether a decimal number is within.
    pub(super) fn holds(self, number: &str) -> bool {
        compare(self.low, number).is_le() && compare(number, self.high).is_le()
    }
}

/// Compares two decimals without sign, exponent and leading zeros. To read them as binary fractions would only add
/// their rounding, and to the download what does it.
pub(super) fn compare(left: &str, right: &str) -> Ordering {
    let [(whole, fraction), (other_whole, other_fraction)] =
        [left, right].map(|number| number.split_once('.').unwrap_or((number, "")));
    let fractions = || fraction.trim_end_matches('0').cmp(other_fraction.trim_end_matches('0'));
    whole.len().cmp(&other_whole.len()).then_with(|| whole.cmp(other_whole)).then_with(fractions)
}

impl Unit {
    /// The unit's UCUM code.
    #[must_use]
    pub fn ucum(self) -> &'static str {
        match self {
            Self::Pound => "[lb_av]",
            Self::Inch => "[in_i]",
            Self::Celsius => "Cel",
            Self::Fahrenheit => "[degF]",
            Self::MillimetreOfMercury => "mm[Hg]",
            other => other.symbol(),
        }
    }

    /// The unit as it stands beside a number; for counts a minute `/min`.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Kilogram => "kg",
            Self::Gram => "g",
            Self::Pound => "lb",
            Self::Centimetre => "cm",
            Self::Inch => "in",
            Self::Celsius => "°C",
            Self::Fahrenheit => "°F",
            Self::MillimetreOfMercury => "mmHg",
            Self::PerMinute => "/min",
            Self::Percent => "%",
            Self::MillimolePerLitre => "mmol/L",
            Self::MilligramPerDecilitre => "mg/dL",
            Self::MillimolePerMole => "mmol/mol",
            Self::LitrePerMinute => "L/min",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_offered_once_with_units_that_differ_and_limits_in_order() {
        for (at, kind) in MeasurementKind::ALL.into_iter().enumerate() {
            assert_eq!(MeasurementKind::ALL.iter().position(|other| *other == kind), Some(at));
            let units: Vec<Unit> = kind.units().collect();
            assert!(!units.is_empty());
            for (at, unit) in units.iter().enumerate() {
                assert_eq!(units.iter().position(|other| other == unit), Some(at), "{kind:?}");
                let Plausible { low, high } = kind.plausible(*unit).unwrap();
                assert!(low.parse::<f64>().unwrap() < high.parse::<f64>().unwrap(), "{kind:?}");
            }
        }
    }

    #[test]
    fn limits_in_two_units_are_the_same_amount() {
        // International pound and inch; molar masses of glucose, cholesterol and (by convention) triglycerides.
        type Pair = (MeasurementKind, Unit, Unit, fn(f64) -> f64);
        let pairs: &[Pair] = &[
            (MeasurementKind::BodyWeight, Unit::Kilogram, Unit::Pound, |kg| kg / 0.453_592_37),
            (MeasurementKind::BodyWeight, Unit::Kilogram, Unit::Gram, |kg| kg * 1000.0),
            (MeasurementKind::BodyHeight, Unit::Centimetre, Unit::Inch, |cm| cm / 2.54),
            (MeasurementKind::Waist, Unit::Centimetre, Unit::Inch, |cm| cm / 2.54),
            (MeasurementKind::HeadCircumference, Unit::Centimetre, Unit::Inch, |cm| cm / 2.54),
            (MeasurementKind::BodyTemperature, Unit::Celsius, Unit::Fahrenheit, |c| c * 1.8 + 32.0),
            (MeasurementKind::BloodGlucose, Unit::MillimolePerLitre, Unit::MilligramPerDecilitre, |m| m * 18.016),
            (MeasurementKind::HbA1c, Unit::Percent, Unit::MillimolePerMole, |p| 10.93 * p - 23.5),
            (MeasurementKind::TotalCholesterol, Unit::MillimolePerLitre, Unit::MilligramPerDecilitre, |m| m * 38.67),
            (MeasurementKind::HdlCholesterol, Unit::MillimolePerLitre, Unit::MilligramPerDecilitre, |m| m * 38.67),
            (MeasurementKind::LdlCholesterol, Unit::MillimolePerLitre, Unit::MilligramPerDecilitre, |m| m * 38.67),
            (MeasurementKind::Triglycerides, Unit::MillimolePerLitre, Unit::MilligramPerDecilitre, |m| m * 88.57),
        ];
        for (kind, unit, other, convert) in pairs {
            let (mine, others) = (kind.plausible(*unit).unwrap(), kind.plausible(*other).unwrap());
            for (mine, other) in [(mine.low, others.low), (mine.high, others.high)] {
                let (converted, stands) = (convert(mine.parse().unwrap()), other.parse::<f64>().unwrap());
                assert!((converted - stands).abs() <= 0.5 + stands * 0.01, "{kind:?}: {converted} {stands}");
            }
        }
    }

    #[test]
    fn a_number_on_the_limit_raises_no_question() {
        let plausible = Plausible { low: "0.2", high: "5" };
        for (number, holds) in [("0.2", true), ("0.20", true), ("5.0", true), ("0.19", false), ("5.01", false)] {
            assert_eq!(plausible.holds(number), holds, "{number}");
        }
    }

    #[test]
    fn decimals_are_in_the_order_of_their_numbers() {
        let ordered = ["0", "0.05", "0.2", "0.25", "3", "3.0009", "3.01", "20", "100", "100.5", "999999999999999999"];
        for (at, number) in ordered.iter().enumerate() {
            for (other_at, other) in ordered.iter().enumerate() {
                assert_eq!(compare(number, other), at.cmp(&other_at), "{number} {other}");
            }
        }
        assert!(compare("5.00", "5").is_eq() && compare("0.10", "0.1").is_eq());
    }
}
