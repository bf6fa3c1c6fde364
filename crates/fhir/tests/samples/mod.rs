//! One form of every sort, filled in whole and as little as goes, and every measurement in every unit.

use chartchain_fhir::form::{
    Allergy, Attachment, Certainty, Condition, ConditionStatus, Document, DocumentKind, Form, FormDate, Measurement,
    MeasurementKind, Medicine, Note, Reading, Severity, Symptom, Taken, Vaccination,
};

/// All of them. Checked at `2026-11-22T15:00:00+01:00` or later none has a problem.
pub fn forms() -> Vec<Form> {
    let mut forms = vec![
        Form::Symptom(Symptom {
            name: "Headache \"like a band\"".into(),
            from: date("2026-11-20"),
            until: date("2026-11-22T10:00:00+01:00"),
            severity: Some(Severity::Moderate),
            site: "Left temple".into(),
            comment: "Came after a long day.\nBetter with rest.".into(),
        }),
        Form::Symptom(Symptom { name: "Dizzy".into(), from: date("2026"), ..Symptom::default() }),
        Form::Medicine(Medicine {
            name: "Ramipril".into(),
            dose: "5 mg".into(),
            how_often: "once a day, in the morning".into(),
            times_a_day: Some(1),
            route: "by mouth".into(),
            reason: "High blood pressure".into(),
            from: date("2019-03"),
            until: date("2026-10-31"),
            taken: Taken::Stopped,
            comment: "Dry cough".into(),
        }),
        Form::Medicine(Medicine { name: "Ibuprofen".into(), dose: "1 tablet".into(), ..Medicine::default() }),
        Form::Medicine(Medicine {
            name: "Iron".into(),
            how_often: "each second day".into(),
            from: date("2027-01-01"),
            taken: Taken::Planned,
            ..Medicine::default()
        }),
        Form::Allergy(Allergy {
            substance: "Penicillin".into(),
            reaction: "Hives".into(),
            severity: Some(Severity::Severe),
            from: date("1984"),
            certainty: Some(Certainty::Sure),
            comment: "As a child".into(),
        }),
        Form::Allergy(Allergy {
            substance: "Cats".into(),
            severity: Some(Severity::Mild),
            certainty: Some(Certainty::Suspected),
            ..Allergy::default()
        }),
        Form::Allergy(Allergy { substance: "Latex".into(), ..Allergy::default() }),
        Form::Condition(Condition { name: "Type 2 diabetes".into(), from: date("2018-08-06"), ..Condition::default() }),
        Form::Condition(Condition {
            name: "Shingles".into(),
            from: date("2020-02"),
            until: date("2020-02"),
            status: ConditionStatus::Resolved,
            comment: "Right side".into(),
        }),
        Form::Condition(Condition {
            name: "Asthma".into(),
            status: ConditionStatus::Remission,
            ..Condition::default()
        }),
        Form::Vaccination(Vaccination {
            vaccine: "Tetanus".into(),
            when: date("2021-05-04"),
            lot: "AB-123".into(),
            maker: "Example Vaccines".into(),
            place: "Riverside Clinic".into(),
            comment: "Sore arm".into(),
        }),
        Form::Vaccination(Vaccination { vaccine: "Measles".into(), when: date("1970"), ..Vaccination::default() }),
        Form::Note(Note {
            title: "To ask".into(),
            text: "Is the morning dose needed?".into(),
            when: date("2026-11-21"),
        }),
        Form::Note(Note { text: "\u{645}\u{631}\u{62d}\u{628}\u{627} 🙂".into(), ..Note::default() }),
    ];
    for (at, kind) in DocumentKind::ALL.into_iter().enumerate() {
        forms.push(Form::Document(Document {
            title: format!("Document {at}"),
            kind,
            when: date(if at % 2 == 0 { "" } else { "2024-02" }),
            attachment: Attachment {
                content_type: if at % 2 == 0 { "application/pdf" } else { "image/jpeg" }.into(),
                size_bytes: 81_920,
                sha256: std::array::from_fn(|byte| (byte * 7 + at) as u8),
                url: format!("urn:uuid:00000000-0000-4000-8000-0000000000{at:02}"),
            },
        }));
    }
    for kind in MeasurementKind::ALL {
        forms.extend(kind.units().map(|unit| measured(kind, unit)));
    }
    forms
}

fn measured(kind: MeasurementKind, unit: chartchain_fhir::form::Unit) -> Form {
    let low = kind.plausible(unit).map_or("", |plausible| plausible.low);
    // One digit more than needed, to be kept.
    let number = if low.contains('.') { format!("{low}0") } else { format!("{low}.50") };
    let reading = if kind == MeasurementKind::BloodPressure {
        Reading::Pressure { systolic: "138".into(), diastolic: "82.0".into() }
    } else {
        Reading::One(number)
    };
    Form::Measurement(Measurement {
        kind,
        reading,
        unit: Some(unit),
        when: date("2026-11-22T08:15:00+01:00"),
        site: if kind == MeasurementKind::BloodPressure { "Left arm" } else { "" }.into(),
        comment: if kind == MeasurementKind::BodyWeight { "Before breakfast" } else { "" }.into(),
    })
}

fn date(text: &str) -> FormDate {
    FormDate::new(text)
}
