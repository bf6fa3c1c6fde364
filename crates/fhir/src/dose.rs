//! A dose of a person's own log as FHIR R4: a `MedicationAdministration` that says whether it was taken.

use crate::form::output::Output;
use crate::medicine::{DOSE_SYSTEM, DoseName};
use crate::read::ReadError;
use crate::tree::Node;
use crate::words;

const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/medication-admin-category";

/// What is said of a dose.
#[derive(Clone, PartialEq, Eq)]
pub struct Dose<'a> {
    /// Id of the entry, a UUID.
    pub id: &'a str,
    /// Who it is about, as a reference.
    pub subject: &'a str,
    /// The entry of the medicine: its text, and a reference to it.
    pub medicine: (&'a str, &'a str),
    /// Its name where the medicine's entry has none of its own.
    pub title: &'a str,
    /// Which dose.
    pub name: &'a DoseName,
    /// Taken, or missed.
    pub taken: bool,
    /// When it was taken, or when it was noted as missed; with a time and an offset.
    pub at: &'a str,
}

/// Writes it. The medicine is named as its own entry names it.
///
/// # Errors
/// The medicine's text is no resource.
pub fn dose_resource(dose: &Dose<'_>) -> Result<String, ReadError> {
    let (json, reference) = dose.medicine;
    let (medicine, type_name) = Node::parse_resource(json)?;
    let mut out = Output::object();
    out.text("resourceType", "MedicationAdministration").text("id", dose.id);
    out.one_of("identifier").text("system", DOSE_SYSTEM).text("value", &dose.name.write()).end().end();
    out.text("status", if dose.taken { "completed" } else { "not-done" });
    out.coded("category", CATEGORY, ("community", "Community"));
    out.open("medicationCodeableConcept");
    let mut codings = Vec::new();
    if let Some(concept) = medicine.get("medicationCodeableConcept") {
        words::push_codings(concept, &mut codings);
    }
    if let Some((first, rest)) = codings.split_first() {
        out.one_of("coding");
        push_coding(&mut out, first);
        for coding in rest {
            out.next();
            push_coding(&mut out, coding);
        }
        out.end().end();
    }
    out.text("text", dose.title).end();
    out.open("subject").text("reference", dose.subject).end();
    // R4 has an element for the request, and takes a statement only as supporting information.
    if type_name != "MedicationRequest" {
        out.one_of("supportingInformation").text("reference", reference).end().end();
    }
    out.text("effectiveDateTime", dose.at);
    out.one_of("performer").open("actor").text("reference", dose.subject).end().end().end();
    if type_name == "MedicationRequest" {
        out.open("request").text("reference", reference).end();
    }
    Ok(out.finish())
}

fn push_coding(out: &mut Output, coding: &crate::facts::Coding) {
    let owned = |text: &Option<String>| text.clone().unwrap_or_default();
    out.system(&owned(&coding.system), (&coding.code, &owned(&coding.display)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(medicine: &str, taken: bool) -> String {
        let name = DoseName { day: "2026-11-22".into(), number: 2 };
        dose_resource(&Dose {
            id: "00000000-0000-4000-8000-000000000001",
            subject: "Patient/p",
            medicine: (medicine, "urn:uuid:7"),
            title: "Metformin 500 mg",
            name: &name,
            taken,
            at: "2026-11-22T08:12:00+01:00",
        })
        .unwrap()
    }

    #[test]
    fn a_dose_of_a_prescription_is_a_medication_administration_of_it() {
        let json = written(
            r#"{"resourceType":"MedicationRequest","medicationCodeableConcept":{"coding":[{"system":"urn:a","code":"1","display":"M"},{"code":"2"}]}}"#,
            true,
        );
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["status"], "completed");
        assert_eq!(value["request"]["reference"], "urn:uuid:7");
        assert_eq!(value["medicationCodeableConcept"]["coding"][0]["display"], "M");
        assert_eq!(value["medicationCodeableConcept"]["coding"][1]["code"], "2");
        assert_eq!(value["performer"][0]["actor"]["reference"], "Patient/p");
        assert!(value.get("supportingInformation").is_none());
        let facts = crate::facts(&json).unwrap();
        let medicine = facts.medicine.unwrap();
        assert_eq!(facts.title, "Metformin 500 mg");
        assert_eq!(medicine.dose.unwrap(), DoseName { day: "2026-11-22".into(), number: 2 });
        assert_eq!(medicine.dose_of.as_deref(), Some("urn:uuid:7"));
        assert_eq!(facts.when.unwrap().written, "2026-11-22T08:12:00+01:00");
    }

    #[test]
    fn a_missed_dose_of_a_statement_points_to_it_too() {
        let json = written(
            r#"{"resourceType":"MedicationStatement","medicationReference":{"reference":"Medication/1"}}"#,
            false,
        );
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["status"], "not-done");
        assert_eq!(value["supportingInformation"][0]["reference"], "urn:uuid:7");
        assert!(value.get("request").is_none() && value["medicationCodeableConcept"].get("coding").is_none());
        assert_eq!(crate::facts(&json).unwrap().medicine.unwrap().dose_of.as_deref(), Some("urn:uuid:7"));
        let withdrawn = crate::form::entered_in_error(&json).unwrap();
        assert!(crate::facts(&withdrawn).unwrap().wrong);
    }
}
