//! Names of what can be measured and of its units.

use chartchain_vault::protocol::form::{DocumentKind, MeasurementKind, Unit};

use crate::t;

/// What was measured, in plain words.
#[must_use]
pub fn measured_name(kind: MeasurementKind) -> String {
    match kind {
        MeasurementKind::BodyWeight => t!("measured-weight"),
        MeasurementKind::BodyHeight => t!("measured-height"),
        MeasurementKind::BodyTemperature => t!("measured-temperature"),
        MeasurementKind::BloodPressure => t!("measured-pressure"),
        MeasurementKind::HeartRate => t!("measured-pulse"),
        MeasurementKind::RespiratoryRate => t!("measured-breaths"),
        MeasurementKind::OxygenSaturation => t!("measured-oxygen"),
        MeasurementKind::BloodGlucose => t!("measured-sugar"),
        MeasurementKind::HbA1c => t!("measured-hba1c"),
        MeasurementKind::TotalCholesterol => t!("measured-cholesterol"),
        MeasurementKind::HdlCholesterol => t!("measured-hdl"),
        MeasurementKind::LdlCholesterol => t!("measured-ldl"),
        MeasurementKind::Triglycerides => t!("measured-triglycerides"),
        MeasurementKind::PeakFlow => t!("measured-peak-flow"),
        MeasurementKind::Waist => t!("measured-waist"),
        MeasurementKind::HeadCircumference => t!("measured-head"),
    }
}

/// A sort of document.
#[must_use]
pub fn document_name(kind: DocumentKind) -> String {
    match kind {
        DocumentKind::Letter => t!("document-letter"),
        DocumentKind::LaboratoryReport => t!("document-laboratory"),
        DocumentKind::ImagingReport => t!("document-imaging"),
        DocumentKind::DischargeSummary => t!("document-discharge"),
        DocumentKind::OperationNote => t!("document-operation"),
        DocumentKind::Prescription => t!("document-prescription"),
        DocumentKind::VaccinationRecord => t!("document-vaccinations"),
        DocumentKind::AdvanceDirective => t!("document-directive"),
        DocumentKind::InsuranceCard => t!("document-insurance"),
        DocumentKind::Photograph => t!("document-photograph"),
        DocumentKind::Other => t!("document-other"),
    }
}

/// A unit as it stands behind a number.
#[must_use]
pub fn unit_name(unit: Unit) -> String {
    let symbol = match unit {
        Unit::Kilogram => "kg",
        Unit::Gram => "g",
        Unit::Pound => "lb",
        Unit::Centimetre => "cm",
        Unit::Inch => "in",
        Unit::Celsius => "°C",
        Unit::Fahrenheit => "°F",
        Unit::MillimetreOfMercury => "mmHg",
        Unit::PerMinute => return t!("unit-per-minute"),
        Unit::Percent => "%",
        Unit::MillimolePerLitre => "mmol/L",
        Unit::MilligramPerDecilitre => "mg/dL",
        Unit::MillimolePerMole => "mmol/mol",
        Unit::LitrePerMinute => "L/min",
    };
    symbol.to_owned()
}
