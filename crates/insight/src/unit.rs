//! Units as sources write them, and which of them can be put on one scale.

use crate::analyte::{Analyte, is_hba1c, is_monovalent, molar_mass};

/// What a unit measures, and how many of the smallest common measure one of it is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Measure {
    /// In kilograms.
    Mass(f64),
    /// In metres.
    Length(f64),
    /// Celsius.
    Celsius,
    /// Fahrenheit.
    Fahrenheit,
    /// In pascals.
    Pressure(f64),
    /// In grams per litre.
    MassPerVolume(f64),
    /// In moles per litre.
    MolesPerVolume(f64),
    /// In equivalents per litre.
    EquivalentsPerVolume(f64),
    /// In cells per litre.
    Count(f64),
    /// In WHO international units per litre.
    International(f64),
    /// Parts of a hundred.
    Percent,
    /// Thousandths of a mole per mole.
    MillimolesPerMole,
    /// The same under several names: each has its number.
    Named(u8),
}

/// A straight line from one unit to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conversion {
    factor: f64,
    offset: f64,
}

impl Conversion {
    const SAME: Self = Self { factor: 1.0, offset: 0.0 };

    /// From one unit, as written, to another, where that is sure for this analyte. Moles and mass need a molar mass that
    /// laboratories agree on; everything else is exact by definition of the units.
    #[must_use]
    pub fn between(from: &str, to: &str, analyte: &Analyte) -> Option<Self> {
        use Measure::{
            Celsius, Count, EquivalentsPerVolume, Fahrenheit, International, Length, Mass, MassPerVolume,
            MillimolesPerMole, MolesPerVolume, Percent, Pressure,
        };
        if from.trim() == to.trim() {
            return Some(Self::SAME);
        }
        let (from, to) = (measure(from)?, measure(to)?);
        if from == to {
            return Some(Self::SAME);
        }
        let line = |factor, offset| Some(Self { factor, offset });
        match (from, to) {
            (Mass(a), Mass(b))
            | (Length(a), Length(b))
            | (Pressure(a), Pressure(b))
            | (MassPerVolume(a), MassPerVolume(b))
            | (MolesPerVolume(a), MolesPerVolume(b))
            | (EquivalentsPerVolume(a), EquivalentsPerVolume(b))
            | (Count(a), Count(b))
            | (International(a), International(b)) => line(a / b, 0.0),
            (MassPerVolume(a), MolesPerVolume(b)) => line(a / (molar_mass(analyte)? * b), 0.0),
            (MolesPerVolume(a), MassPerVolume(b)) => line(a * molar_mass(analyte)? / b, 0.0),
            (EquivalentsPerVolume(a), MolesPerVolume(b)) | (MolesPerVolume(a), EquivalentsPerVolume(b))
                if is_monovalent(analyte) =>
            {
                line(a / b, 0.0)
            }
            (Celsius, Fahrenheit) => line(1.8, 32.0),
            (Fahrenheit, Celsius) => line(1.0 / 1.8, -32.0 / 1.8),
            // The master equation of NGSP and IFCC (Clinical Chemistry 2004;50:166).
            (MillimolesPerMole, Percent) if is_hba1c(analyte) => line(0.09148, 2.152),
            (Percent, MillimolesPerMole) if is_hba1c(analyte) => line(1.0 / 0.09148, -2.152 / 0.09148),
            _ => None,
        }
    }

    /// The number in the other unit.
    #[must_use]
    pub fn apply(&self, number: f64) -> f64 {
        number.mul_add(self.factor, self.offset)
    }

    /// Whether numbers stay what they are.
    #[must_use]
    pub fn is_same(&self) -> bool {
        *self == Self::SAME
    }
}

/// UCUM codes and what people write instead of them.
fn measure(unit: &str) -> Option<Measure> {
    use Measure::{
        Celsius, Count, EquivalentsPerVolume, Fahrenheit, International, Length, Mass, MassPerVolume,
        MillimolesPerMole, MolesPerVolume, Named, Percent, Pressure,
    };
    // The micro sign and the Greek letter are two characters.
    let unit = unit.trim().replace(['µ', 'μ'], "u").replace(' ', "");
    Some(match unit.as_str() {
        "kg" => Mass(1.0),
        "g" => Mass(1e-3),
        "[lb_av]" | "lb" | "lbs" | "[lb_us]" => Mass(0.453_592_37),
        "[oz_av]" | "oz" => Mass(0.028_349_523_125),
        "m" => Length(1.0),
        "cm" => Length(1e-2),
        "mm" => Length(1e-3),
        "[in_i]" | "in" | "inch" | "inches" | "[in_us]" => Length(0.0254),
        "[ft_i]" | "ft" => Length(0.3048),
        "Cel" | "°C" | "degC" | "C" => Celsius,
        "[degF]" | "°F" | "degF" | "F" => Fahrenheit,
        "mm[Hg]" | "mmHg" => Pressure(133.322_387_415),
        "kPa" => Pressure(1000.0),
        "g/L" | "mg/mL" => MassPerVolume(1.0),
        "g/dL" => MassPerVolume(10.0),
        "mg/dL" => MassPerVolume(1e-2),
        "mg/L" | "ug/mL" => MassPerVolume(1e-3),
        "ug/dL" => MassPerVolume(1e-5),
        "ug/L" | "ng/mL" => MassPerVolume(1e-6),
        "ng/dL" => MassPerVolume(1e-8),
        "ng/L" | "pg/mL" => MassPerVolume(1e-9),
        "mol/L" => MolesPerVolume(1.0),
        "mmol/L" => MolesPerVolume(1e-3),
        "umol/L" => MolesPerVolume(1e-6),
        "nmol/L" => MolesPerVolume(1e-9),
        "pmol/L" => MolesPerVolume(1e-12),
        "eq/L" => EquivalentsPerVolume(1.0),
        "meq/L" | "mEq/L" => EquivalentsPerVolume(1e-3),
        "10*3/uL" | "10^3/uL" | "x10^3/uL" | "10*9/L" | "10^9/L" | "x10^9/L" | "K/uL" | "/nL" => Count(1e9),
        "10*6/uL" | "10^6/uL" | "x10^6/uL" | "10*12/L" | "10^12/L" | "x10^12/L" | "M/uL" | "/pL" => Count(1e12),
        "/uL" | "{cells}/uL" | "cells/uL" | "/mm3" => Count(1e6),
        "[IU]/L" | "[iU]/L" | "IU/L" | "m[IU]/mL" | "m[iU]/mL" | "mIU/mL" => International(1.0),
        "m[IU]/L" | "m[iU]/L" | "mIU/L" | "u[IU]/mL" | "u[iU]/mL" | "uIU/mL" => International(1e-3),
        "[IU]/mL" | "[iU]/mL" | "IU/mL" => International(1e3),
        "%" => Percent,
        "mmol/mol" | "mmol/mol{Hb}" => MillimolesPerMole,
        "/min" | "1/min" | "{beats}/min" | "{Beats}/min" | "beats/min" | "beats/minute" | "bpm" | "{breaths}/min"
        | "{Breaths}/min" | "breaths/min" | "breaths/minute" => Named(1),
        "kg/m2" | "kg/m^2" | "kg/m²" => Named(2),
        "mL/min/{1.73_m2}" | "mL/min/1.73.m2" | "mL/min/1.73m2" | "mL/min/1.73m²" | "mL/min/1.73_m2" => Named(3),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn loinc(code: &str) -> Analyte {
        Analyte::Loinc(code.into())
    }

    fn convert(number: f64, from: &str, to: &str, code: &str) -> Option<f64> {
        Conversion::between(from, to, &loinc(code)).map(|line| line.apply(number))
    }

    fn is_near(got: Option<f64>, wanted: f64, tolerance: f64) {
        let got = got.unwrap();
        assert!((got - wanted).abs() <= tolerance, "{got} instead of {wanted}");
    }

    #[test]
    fn pinned_values_of_the_literature_come_out() {
        // CKD-EPI: 88.4 µmol/L of creatinine are 1 mg/dL. PREVENT: 1 mg/dL of cholesterol is 0.02586 mmol/L.
        is_near(convert(88.4, "umol/L", "mg/dL", "2160-0"), 1.0, 1e-4);
        is_near(convert(1.0, "mg/dL", "mmol/L", "2093-3"), 0.02586, 5e-6);
        is_near(convert(200.0, "mg/dL", "mmol/L", "2093-3"), 5.17, 5e-3);
        // HbA1c: 53 mmol/mol are 7.0 %, 48 are 6.5 %.
        is_near(convert(53.0, "mmol/mol", "%", "4548-4"), 7.0, 5e-3);
        is_near(convert(6.5, "%", "mmol/mol", "4548-4"), 47.5, 5e-2);
        is_near(convert(5.55, "mmol/L", "mg/dL", "2345-7"), 100.0, 0.05);
        is_near(convert(98.6, "[degF]", "Cel", "8310-5"), 37.0, 1e-9);
        is_near(convert(1.0, "[lb_av]", "kg", "29463-7"), 0.453_592_37, 0.0);
        is_near(convert(72.0, "[in_i]", "cm", "8302-2"), 182.88, 1e-9);
        is_near(convert(120.0, "mm[Hg]", "kPa", "85354-9"), 15.9987, 1e-4);
        is_near(convert(4.0, "meq/L", "mmol/L", "2823-3"), 4.0, 0.0);
        is_near(convert(13.5, "g/dL", "g/L", "718-7"), 135.0, 1e-9);
    }

    #[test]
    fn what_is_not_sure_is_not_converted() {
        assert_eq!(convert(1.0, "mg/dL", "mmol/L", "2276-4"), None, "no molar mass is agreed on");
        assert_eq!(convert(1.0, "meq/L", "mmol/L", "17861-6"), None, "calcium has two charges");
        assert_eq!(convert(1.0, "%", "mmol/mol", "718-7"), None, "only HbA1c");
        assert_eq!(convert(1.0, "kg", "cm", "29463-7"), None);
        assert_eq!(convert(1.0, "U/L", "[IU]/L", "1742-6"), None, "two sorts of units");
        assert_eq!(convert(1.0, "arbitrary", "other", "1742-6"), None);
        assert_eq!(convert(1.0, "arbitrary", "arbitrary", "1742-6"), Some(1.0));
        assert_eq!(Conversion::between("mg/dL", "mmol/L", &Analyte::Name("glucose".into())), None, "only a name");
    }

    #[test]
    fn names_of_one_unit_are_one() {
        for (a, b) in [("10*3/uL", "10*9/L"), ("{beats}/min", "/min"), ("µg/L", "ng/mL"), ("Cel", "°C"), ("lb", "lbs")]
        {
            assert!(Conversion::between(a, b, &loinc("1-8")).unwrap().is_same(), "{a} {b}");
        }
    }

    const PAIRS: [(&str, &str, &str); 9] = [
        ("mg/dL", "mmol/L", "2345-7"),
        ("umol/L", "mg/dL", "2160-0"),
        ("%", "mmol/mol", "4548-4"),
        ("[degF]", "Cel", "8310-5"),
        ("[lb_av]", "kg", "29463-7"),
        ("[in_i]", "cm", "8302-2"),
        ("mm[Hg]", "kPa", "8480-6"),
        ("meq/L", "mmol/L", "2951-2"),
        ("10*9/L", "/uL", "777-3"),
    ];

    proptest! {
        #[test]
        fn there_and_back_is_the_same_number(pair in 0..PAIRS.len(), number in -1e6..1e6_f64) {
            let (from, to, code) = PAIRS[pair];
            let there = convert(number, from, to, code).unwrap();
            let back = convert(there, to, from, code).unwrap();
            prop_assert!((back - number).abs() <= 1e-9 * number.abs().max(100.0), "{number} {there} {back}");
        }

        #[test]
        fn more_stays_more(pair in 0..PAIRS.len(), a in -1e6..1e6_f64, more in 1e-3..1e6_f64) {
            let (from, to, code) = PAIRS[pair];
            prop_assert!(convert(a, from, to, code).unwrap() < convert(a + more, from, to, code).unwrap());
        }

        #[test]
        fn whatever_is_written_as_a_unit_is_no_fault(from in ".{0,12}", to in ".{0,12}") {
            let _ = Conversion::between(&from, &to, &loinc("2345-7"));
        }
    }
}
