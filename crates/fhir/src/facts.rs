//! What an index and a page for people need to know of a resource.

pub use crate::extract::facts;
use crate::medicine::MedicineFacts;
use serde::{Deserialize, Serialize};

/// What sort of thing an entry is for the person who reads it. Decides icon, page and filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    /// Laboratory and other test results, reports of them.
    TestResult,
    /// Blood pressure, weight, height, temperature, pulse and their like.
    Vital,
    /// Prescriptions, statements, administrations and dispenses.
    Medicine,
    /// Problems, diagnoses, symptoms.
    Condition,
    /// Allergies and intolerances.
    Allergy,
    /// Immunizations.
    Vaccination,
    /// Encounters and appointments.
    Visit,
    /// Things done: operations, counselling, imaging.
    Procedure,
    /// Documents, compositions, pictures.
    Document,
    /// Notes and communications.
    Note,
    /// Care plans, goals, service requests, tasks.
    Plan,
    /// Social history and questionnaires: smoking, living, working.
    Lifestyle,
    /// The person the record is about, and relatives.
    Person,
    /// Who gave care: practitioners, organizations, places.
    Provider,
    /// Devices and implants.
    Device,
    /// Coverage, claims and bills.
    Payment,
    /// Anything else; shown generically.
    Other,
}

/// Confidentiality group that an entry belongs to from its first version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Compartment {
    /// Everything that no other group claims.
    General = 0,
    /// The emergency summary.
    Emergency = 1,
    /// Mental health.
    MentalHealth = 2,
    /// Sexual and reproductive health.
    SexualReproductive = 3,
    /// Alcohol and drugs.
    SubstanceUse = 4,
    /// Genetic findings.
    Genomics = 5,
    /// Violence and abuse.
    Violence = 6,
}

/// A code of some system, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// Canonical URL of the code system, where given.
    pub system: Option<String>,
    /// The code.
    pub code: String,
    /// The display that the source gave.
    pub display: Option<String>,
}

/// How exactly a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WhenPrecision {
    /// `2012`
    Year,
    /// `2012-02`
    Month,
    /// `2012-02-06`
    Day,
    /// With a time of day.
    Time,
}

/// A date or date and time, as written and as it sorts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The text in the resource, for example `2012-02-06T00:48:33+00:00`.
    pub written: String,
    /// Milliseconds since 1970-01-01T00:00:00Z of its earliest instant. A missing zone counts as UTC, a missing
    /// month, day or time as the first one.
    pub sort_ms: i64,
    /// How exactly it was written.
    pub precision: WhenPrecision,
    /// Minutes east of UTC, where a zone was written.
    pub offset_minutes: Option<i16>,
}

/// A usual range, its limits as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Lower limit.
    pub low: Option<String>,
    /// Upper limit.
    pub high: Option<String>,
    /// Unit of the limits.
    pub unit: Option<String>,
    /// The range in the source's own words, where it gave them.
    pub text: Option<String>,
}

/// One part of a value that has several, such as systolic and diastolic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Name of the part.
    pub name: String,
    /// Its codes.
    pub codes: Vec<Coding>,
    /// Its value.
    pub value: Value,
}

/// A value, its numbers as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// A number with a unit.
    Quantity {
        /// `<`, `<=`, `>=`, `>` or `ad`, where given.
        comparator: Option<String>,
        /// The number as written.
        number: String,
        /// Unit for people, else the unit's code.
        unit: Option<String>,
    },
    /// Systolic over diastolic blood pressure.
    Pressure {
        /// Systolic number as written.
        systolic: String,
        /// Diastolic number as written.
        diastolic: String,
        /// Unit for people.
        unit: Option<String>,
    },
    /// Words, a coded answer's words, or a date or number that stands for itself.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// Between two numbers.
    Range(Range),
    /// Several parts.
    Components(Vec<Component>),
    /// No value, and why (`dataAbsentReason`).
    Absent(String),
}

/// Sex as the source wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// `female`
    Female,
    /// `male`
    Male,
    /// `other`
    Other,
    /// `unknown`
    Unknown,
}

/// Who a record or a file is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Full name for people, for example `Amara Okafor`.
    pub name: Option<String>,
    /// Birth date as written.
    pub birth_date: Option<String>,
    /// Administrative sex.
    pub sex: Option<Sex>,
    /// Date of death as written, or `true` where only that is known.
    pub deceased: Option<String>,
}

/// What an index and a page for people need to know of a resource. Words stand as the source wrote them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// FHIR resource type, known or not.
    pub type_name: String,
    /// Logical id, where given.
    pub id: Option<String>,
    /// `meta.versionId`, where given.
    pub version_id: Option<String>,
    /// `meta.lastUpdated`, where given.
    pub last_updated: Option<When>,
    /// What sort of thing it is.
    pub kind: Kind,
    /// Which confidentiality group it belongs to.
    pub compartment: Compartment,
    /// Its main name: the code's text, else a display, else the type split into words. Never empty.
    pub title: String,
    /// Its main codes.
    pub codes: Vec<Coding>,
    /// When it happened: the date a person would file it under.
    pub when: Option<When>,
    /// When it ended, where that is known.
    pub until: Option<When>,
    /// FHIR status, or clinical status of a condition or an allergy.
    pub status: Option<String>,
    /// True where it was entered in error or refuted.
    pub wrong: bool,
    /// Its main value.
    pub value: Option<Value>,
    /// The usual range that the source gave.
    pub range: Option<Range>,
    /// The source's interpretation, as a code (`H`, `L`, `N` …) or its words.
    pub interpretation: Option<String>,
    /// One more line for people: dose of a medicine, reaction of an allergy, reason of a visit, batch of a vaccine.
    pub detail: Option<String>,
    /// How bad (allergy criticality or reaction severity, condition severity), as a word.
    pub severity: Option<String>,
    /// Display of who recorded, performed or asserted it, where written in the resource itself.
    pub recorded_by: Option<String>,
    /// References (as written) to who recorded, performed or asserted it, first the one to show.
    pub recorded_by_refs: Vec<String>,
    /// Reference, as written, to the person it is about; `None` where the type has none.
    pub subject_ref: Option<String>,
    /// All other references, as written.
    pub references: Vec<String>,
    /// Only for `Patient`: who that is.
    pub person: Option<Person>,
    /// Only of medicines: what they are taken for, when, and of what a dose was one.
    pub medicine: Option<Box<MedicineFacts>>,
    /// Every word a search may look for: titles, displays, text, notes. Not lower-cased, space separated.
    pub search_text: String,
}

/// True for an entry that says that there is no known allergy of any sort. "No information" and "none to drugs" say less.
#[must_use]
pub fn is_no_known_allergy(facts: &Facts) -> bool {
    let says_so = |code: &str| matches!(code, "716186003" | "no-known-allergies");
    facts.codes.iter().any(|coding| says_so(&coding.code))
        && !matches!(facts.status.as_deref(), Some("inactive" | "resolved"))
}

/// True for an entry that says that nothing of its sort is known: no known allergies, no current problems, no
/// medicines. Such an entry is kept as what it is, an entry.
#[must_use]
pub fn is_no_known(facts: &Facts) -> bool {
    facts.codes.iter().any(|coding| {
        // SNOMED CT: no known allergy at all, to drugs, environment, food, insects, animals, latex; no current problems;
        // no known medicines. The words are of the IPS absent-unknown system.
        matches!(
            coding.code.as_str(),
            "716186003"
                | "160244002"
                | "409137002"
                | "428607008"
                | "429625007"
                | "428197003"
                | "716220001"
                | "716184000"
                | "1003774007"
                | "160245001"
                | "787481004"
                | "no-known-allergies"
                | "no-known-medication-allergies"
                | "no-known-environmental-allergies"
                | "no-known-food-allergies"
                | "no-known-medications"
                | "no-known-problems"
                | "no-known-immunizations"
                | "no-known-procedures"
                | "no-known-devices"
                | "no-allergy-info"
                | "no-medication-info"
                | "no-problem-info"
                | "no-immunization-info"
                | "no-procedure-info"
                | "no-device-info"
        )
    })
}
