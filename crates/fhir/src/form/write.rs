//! A form as a resource.

use super::context::{FormContext, recorded_key, subject_key, visit_key};
use super::measure::{DIASTOLIC, OXYGEN_SATURATION, SYSTOLIC};
use super::output::{DATA_ABSENT_REASON, LOINC, Output, SNOMED_CT, UCUM, tidy};
use super::{
    Allergy, Certainty, Condition, ConditionStatus, Document, Form, Measurement, MeasurementKind, Medicine, Note,
    Reading, Severity, Symptom, Taken, Unit, Vaccination,
};

const CATEGORY_OF_OBSERVATION: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const CATEGORY_OF_CONDITION: &str = "http://terminology.hl7.org/CodeSystem/condition-category";
const CATEGORY_OF_STATEMENT: &str = "http://terminology.hl7.org/CodeSystem/medication-statement-category";
const STATUS_OF_CONDITION: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const STATUS_OF_ALLERGY: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
const CERTAINTY_OF_ALLERGY: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
/// Tells a symptom from a condition.
pub(super) const SYMPTOM: (&str, &str) = ("418799008", "Finding reported by subject or history provider");
/// Before the SHA-256 in base64url (RFC 6920).
pub(super) const NAMED_BY_SHA256: &str = "ni:///sha-256;";

/// The resource of a form that has been checked.
pub(super) fn resource(form: &Form, context: &FormContext) -> String {
    let mut out = Output::object();
    match form {
        Form::Symptom(symptom) => write_symptom(begin(&mut out, "Condition", context), symptom),
        Form::Measurement(measurement) => {
            write_measurement(begin(&mut out, "Observation", context), measurement, context);
        }
        Form::Medicine(medicine) => {
            write_medicine(begin(&mut out, "MedicationStatement", context), medicine, context);
        }
        Form::Allergy(allergy) => write_allergy(begin(&mut out, "AllergyIntolerance", context), allergy),
        Form::Condition(condition) => write_condition(begin(&mut out, "Condition", context), condition),
        Form::Vaccination(vaccination) => {
            write_vaccination(begin(&mut out, "Immunization", context), vaccination, context);
        }
        Form::Note(note) => write_note(begin(&mut out, "Communication", context), note),
        Form::Document(document) => write_document(begin(&mut out, "DocumentReference", context), document),
    }
    out.finish()
}

fn begin<'o>(out: &'o mut Output, type_name: &str, context: &FormContext) -> &'o mut Output {
    out.text("resourceType", type_name).text("id", &context.id);
    out.open(subject_key(type_name)).text("reference", &context.subject).end();
    if let (Some(key), Some(visit)) = (visit_key(type_name), &context.visit) {
        out.open(key).text("reference", visit).end();
    }
    out.text(recorded_key(type_name).unwrap_or_default(), context.recorded.as_str())
}

fn write_symptom(out: &mut Output, symptom: &Symptom) {
    // FHIR R4, Condition, con-4: what is over says so.
    if !symptom.until.is_empty() {
        out.coded("clinicalStatus", STATUS_OF_CONDITION, ("resolved", "Resolved"));
    }
    out.one_of("category").coding(SNOMED_CT, SYMPTOM).end().end();
    if let Some(severity) = symptom.severity {
        out.coded("severity", SNOMED_CT, severity.snomed_ct());
    }
    out.concept("code", &symptom.name);
    if !tidy(&symptom.site).is_empty() {
        out.one_of("bodySite").text("text", &symptom.site).end().end();
    }
    out.text("onsetDateTime", symptom.from.as_str()).text("abatementDateTime", symptom.until.as_str());
    out.note(&symptom.comment);
}

fn write_measurement(out: &mut Output, measurement: &Measurement, context: &FormContext) {
    let Measurement { kind, reading, unit, when, site, comment } = measurement;
    let Some(row) = unit.and_then(|unit| kind.row(unit)) else { return };
    out.text("status", if context.amended { "amended" } else { "final" });
    let category = if kind.is_vital() { ("vital-signs", "Vital Signs") } else { ("laboratory", "Laboratory") };
    out.one_of("category").coding(CATEGORY_OF_OBSERVATION, category).end().end();
    out.open("code").one_of("coding").system(LOINC, row.loinc);
    if *kind == MeasurementKind::OxygenSaturation {
        out.next().system(LOINC, OXYGEN_SATURATION);
    }
    out.end().end().text("text", kind.name()).end();
    out.text("effectiveDateTime", when.as_str());
    match reading {
        Reading::One(number) => write_quantity(out, number, row.unit),
        Reading::Pressure { systolic, diastolic } => {
            write_quantity(out.one_of("component").coded("code", LOINC, SYSTOLIC), systolic, row.unit);
            write_quantity(out.next().coded("code", LOINC, DIASTOLIC), diastolic, row.unit);
            out.end().end();
        }
    }
    out.concept("bodySite", site).note(comment);
}

fn write_quantity(out: &mut Output, number: &str, unit: Unit) {
    out.open("valueQuantity").bare("value", number.trim());
    out.text("unit", unit.symbol()).text("system", UCUM).text("code", unit.ucum()).end();
}

fn write_medicine(out: &mut Output, medicine: &Medicine, context: &FormContext) {
    let status = match medicine.taken {
        Taken::Current => "active",
        Taken::Planned => "intended",
        Taken::Stopped => "stopped",
    };
    out.text("status", status);
    let category =
        if context.at_first_hand { ("outpatient", "Outpatient") } else { ("patientspecified", "Patient Specified") };
    out.coded("category", CATEGORY_OF_STATEMENT, category);
    out.concept("medicationCodeableConcept", &medicine.name);
    out.period("effectivePeriod", medicine.from.as_str(), medicine.until.as_str());
    if !tidy(&medicine.reason).is_empty() {
        out.one_of("reasonCode").text("text", &medicine.reason).end().end();
    }
    let rest = joined(&[&medicine.how_often, &medicine.route]);
    let whole = joined(&[&medicine.dose, &rest]);
    if !whole.is_empty() || medicine.times_a_day.is_some() {
        // Many programs show the text only, so it says all; the parts of it tell what it is made of.
        out.one_of("dosage").text("text", &whole);
        write_timing(out, medicine);
        out.concept("route", &medicine.route).end().end();
    }
    out.note(&medicine.comment);
}

fn write_timing(out: &mut Output, medicine: &Medicine) {
    if medicine.times_a_day.is_none() && tidy(&medicine.how_often).is_empty() {
        return;
    }
    out.open("timing");
    if let Some(times) = medicine.times_a_day {
        out.open("repeat").bare("frequency", &times.to_string()).bare("period", "1").text("periodUnit", "d").end();
    }
    out.concept("code", &medicine.how_often).end();
}

/// The texts that say something, with commas between them.
pub(super) fn joined(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| tidy(text)).filter(|text| !text.is_empty()).collect();
    texts.join(", ")
}

fn write_allergy(out: &mut Output, allergy: &Allergy) {
    out.coded("clinicalStatus", STATUS_OF_ALLERGY, ("active", "Active"));
    match allergy.certainty {
        Some(Certainty::Sure) => _ = out.coded("verificationStatus", CERTAINTY_OF_ALLERGY, ("confirmed", "Confirmed")),
        Some(Certainty::Suspected) => {
            out.coded("verificationStatus", CERTAINTY_OF_ALLERGY, ("unconfirmed", "Unconfirmed"));
        }
        None => {}
    }
    out.concept("code", &allergy.substance);
    out.text("onsetDateTime", allergy.from.as_str());
    let reaction = tidy(&allergy.reaction);
    if !reaction.is_empty() || allergy.severity.is_some() {
        out.one_of("reaction").one_of("manifestation");
        if reaction.is_empty() {
            // FHIR wants a manifestation where there is a severity; how it shows was not said.
            out.one_of("extension").text("url", DATA_ABSENT_REASON).text("valueCode", "unknown").end().end();
        } else {
            out.text("text", &reaction);
        }
        out.end().end();
        out.text("severity", allergy.severity.map_or("", Severity::code)).end().end();
    }
    out.note(&allergy.comment);
}

fn write_condition(out: &mut Output, condition: &Condition) {
    out.coded("clinicalStatus", STATUS_OF_CONDITION, condition.status.code());
    let category = ("problem-list-item", "Problem List Item");
    out.one_of("category").coding(CATEGORY_OF_CONDITION, category).end().end();
    out.concept("code", &condition.name);
    out.text("onsetDateTime", condition.from.as_str()).text("abatementDateTime", condition.until.as_str());
    out.note(&condition.comment);
}

fn write_vaccination(out: &mut Output, vaccination: &Vaccination, context: &FormContext) {
    out.text("status", "completed").concept("vaccineCode", &vaccination.vaccine);
    out.text("occurrenceDateTime", vaccination.when.as_str());
    // Whoever gives it writes it down in a visit; else somebody says so.
    out.bare("primarySource", if context.at_first_hand { "true" } else { "false" });
    for (key, name) in [("location", &vaccination.place), ("manufacturer", &vaccination.maker)] {
        if !tidy(name).is_empty() {
            out.open(key).text("display", name).end();
        }
    }
    out.text("lotNumber", &vaccination.lot).note(&vaccination.comment);
}

fn write_note(out: &mut Output, note: &Note) {
    out.text("status", "completed").concept("topic", &note.title).text("sent", note.when.as_str());
    out.one_of("payload").text("contentString", &note.text).end().end();
}

fn write_document(out: &mut Output, document: &Document) {
    let file = &document.attachment;
    out.open("masterIdentifier").text("system", "urn:ietf:rfc:3986");
    out.text("value", &format!("{NAMED_BY_SHA256}{}", base64url(&file.sha256))).end();
    out.text("status", "current");
    if let Some(loinc) = document.kind.loinc() {
        out.coded("type", LOINC, loinc);
    }
    out.text("description", &document.title);
    out.one_of("content").open("attachment").text("contentType", &file.content_type).text("url", &file.url);
    out.bare("size", &file.size_bytes.to_string()).text("title", &document.title).end().end().end();
    if !document.when.is_empty() {
        out.open("context").period("period", document.when.as_str(), "").end();
    }
}

impl Severity {
    pub(super) const ALL: [Self; 3] = [Self::Mild, Self::Moderate, Self::Severe];

    /// As FHIR's value set `reaction-event-severity` has it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Mild => "mild",
            Self::Moderate => "moderate",
            Self::Severe => "severe",
        }
    }

    /// As FHIR's value set `condition-severity` has it.
    pub(super) fn snomed_ct(self) -> (&'static str, &'static str) {
        match self {
            Self::Mild => ("255604002", "Mild"),
            Self::Moderate => ("6736007", "Moderate"),
            Self::Severe => ("24484000", "Severe"),
        }
    }
}

impl ConditionStatus {
    pub(super) const ALL: [Self; 4] = [Self::Active, Self::Remission, Self::Inactive, Self::Resolved];

    pub(super) fn code(self) -> (&'static str, &'static str) {
        match self {
            Self::Active => ("active", "Active"),
            Self::Remission => ("remission", "Remission"),
            Self::Inactive => ("inactive", "Inactive"),
            Self::Resolved => ("resolved", "Resolved"),
        }
    }
}

/// Base64url without padding (RFC 4648, section 5).
pub(super) fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_usize, |word, at| word << 8 | usize::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..=chunk.len() {
            let digit = word >> (18 - 6 * at) & 63;
            out.extend(ALPHABET.get(digit).copied().map(char::from));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64url;

    #[test]
    fn base64url_matches_the_vectors_of_rfc_4648_and_the_example_of_rfc_6920() {
        for (plain, coded) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64url(plain.as_bytes()), coded);
        }
        // RFC 6920, section 8: `Hello World!`.
        let sha256 = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";
        let bytes: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&sha256[2 * at..2 * at + 2], 16).unwrap()).collect();
        assert_eq!(base64url(&bytes), "f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    }
}
