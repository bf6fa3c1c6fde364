//! What a person enters by hand, as FHIR R4 and back.
//!
//! A [`Form`] holds what was entered as it was entered: numbers and dates are text, an empty text says nothing.
//! [`Form::check`] asks and refuses, [`Form::to_resource`] writes, [`Form::from_resource`] reads for amending and
//! [`entered_in_error`] withdraws. No clock and no randomness: ids and times come with the [`FormContext`].
//!
//! | form | resource |
//! |---|---|
//! | symptom | `Condition` of the category symptom, without a clinical status unless it is over |
//! | measurement | `Observation` by FHIR's profiles of vital signs; blood tests of the category laboratory |
//! | medicine | `MedicationStatement` |
//! | allergy | `AllergyIntolerance` |
//! | condition | `Condition` of the problem list |
//! | vaccination | `Immunization`, not from a primary source |
//! | note | `Communication`: topic, text, day (`sent`), entered (`received`) |
//! | document | `DocumentReference`; its bytes are an entry of their own |

mod check;
mod context;
mod date;
mod measure;
mod moved;
pub(crate) mod output;
mod read;
mod visit;
mod write;
mod wrong;

pub use check::{Field, FormProblem, FormRefused, MAX_TEXT_BYTES, Problem};
pub use context::{ContextError, FormContext};
pub use date::{DateParts, FormDate};
pub use measure::{MeasurementKind, Plausible, Unit};
pub use moved::{MoveError, about_another};
pub use visit::{MAX_FORMS, Visit, VisitProblem};
pub use wrong::{WrongError, entered_in_error};

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a person enters. Texts that say nothing are empty; white space around them and control characters other than
/// tab and line end are not written.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum Form {
    /// Something that is felt.
    Symptom(Symptom),
    /// A number that was measured.
    Measurement(Measurement),
    /// A medicine that is, was or will be taken.
    Medicine(Medicine),
    /// An allergy or intolerance.
    Allergy(Allergy),
    /// An illness or another problem that lasts.
    Condition(Condition),
    /// A vaccination that was given.
    Vaccination(Vaccination),
    /// Free text under a title.
    Note(Note),
    /// A PDF, a picture or another file.
    Document(Document),
}

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Severity {
    /// Noticed, but not in the way.
    Mild,
    /// In the way.
    Moderate,
    /// Hard to bear, or dangerous.
    Severe,
}

/// Something that is felt.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Symptom {
    /// What it is, in the person's words. Required.
    pub name: String,
    /// When it began. Required.
    pub from: FormDate,
    /// When it ended; empty while it lasts, or where that is not known.
    pub until: FormDate,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// Where in the body.
    pub site: String,
    /// Anything else.
    pub comment: String,
}

/// A number that was measured.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// What was measured.
    pub kind: MeasurementKind,
    /// What was read: two numbers for blood pressure, one for everything else.
    pub reading: Reading,
    /// Unit of all its numbers, one of [`MeasurementKind::units`]. Required.
    pub unit: Option<Unit>,
    /// When; at least the day. Required.
    pub when: FormDate,
    /// Where on the body.
    pub site: String,
    /// Anything else.
    pub comment: String,
}

/// What a device showed: decimal numbers with a point and as many digits as were entered, such as `72.50`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum Reading {
    /// One number.
    One(String),
    /// Blood pressure.
    Pressure {
        /// The upper number.
        systolic: String,
        /// The lower number.
        diastolic: String,
    },
}

/// A medicine that is, was or will be taken.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Medicine {
    /// Its name. Required.
    pub name: String,
    /// How much at a time, for example `5 mg` or `1 tablet`.
    pub dose: String,
    /// How often, for example `twice a day`.
    pub how_often: String,
    /// How many times a day, 1 to [`MOST_TIMES_A_DAY`], where it is so every day.
    pub times_a_day: Option<u8>,
    /// By which way, for example `by mouth`.
    pub route: String,
    /// What it is for.
    pub reason: String,
    /// Since when.
    pub from: FormDate,
    /// Until when.
    pub until: FormDate,
    /// Whether it is taken now.
    pub taken: Taken,
    /// Anything else.
    pub comment: String,
}

/// As many times a day a form can say.
pub const MOST_TIMES_A_DAY: u8 = 6;

/// Whether a medicine is taken now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Taken {
    /// It is.
    #[default]
    Current,
    /// It will be.
    Planned,
    /// It no longer is.
    Stopped,
}

/// An allergy or intolerance.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Allergy {
    /// To what. Required.
    pub substance: String,
    /// What happens.
    pub reaction: String,
    /// How bad that is.
    pub severity: Option<Severity>,
    /// Since when.
    pub from: FormDate,
    /// How sure the person is.
    pub certainty: Option<Certainty>,
    /// Anything else.
    pub comment: String,
}

/// How sure a person is of an allergy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Certainty {
    /// Sure, or a test has shown it.
    Sure,
    /// It may be one.
    Suspected,
}

/// An illness or another problem that lasts.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Condition {
    /// Its name. Required.
    pub name: String,
    /// Since when.
    pub from: FormDate,
    /// Until when; not while it is active.
    pub until: FormDate,
    /// How it is now.
    pub status: ConditionStatus,
    /// Anything else.
    pub comment: String,
}

/// How a condition is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ConditionStatus {
    /// It is there.
    #[default]
    Active,
    /// Its signs have become less or are gone, but it may come back.
    Remission,
    /// It is not there now.
    Inactive,
    /// It is over.
    Resolved,
}

/// A vaccination that was given.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Vaccination {
    /// Name of the vaccine, or against what. Required.
    pub vaccine: String,
    /// When. Required, a year is enough.
    pub when: FormDate,
    /// Lot or batch number.
    pub lot: String,
    /// Who made it.
    pub maker: String,
    /// Where it was given.
    pub place: String,
    /// Anything else.
    pub comment: String,
}

/// Free text under a title.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Note {
    /// Title.
    pub title: String,
    /// The text. Required.
    pub text: String,
    /// The day it is about.
    pub when: FormDate,
}

/// A PDF, a picture or another file.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Title. Required.
    pub title: String,
    /// What sort of document.
    pub kind: DocumentKind,
    /// Date of what it tells of.
    pub when: FormDate,
    /// The file.
    pub attachment: Attachment,
}

/// What a document says of its file. FHIR's own `hash` is SHA-1, so the SHA-256 stands in the master identifier, which
/// belongs to one version of a document, as a URI of RFC 6920 (`ni:///sha-256;…`).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// Media type, for example `application/pdf`. Required.
    pub content_type: String,
    /// Length of the file in bytes, at most 2³¹ − 1.
    pub size_bytes: u32,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// Reference to the entry that holds the bytes, for example `urn:uuid:…`. Required.
    pub url: String,
}

/// What sort of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentKind {
    /// A letter from or to someone who gives care.
    Letter,
    /// Results of blood or other laboratory tests.
    LaboratoryReport,
    /// Report of an X-ray, a scan or an ultrasound.
    ImagingReport,
    /// What a hospital writes at the end of a stay.
    DischargeSummary,
    /// Report of an operation.
    OperationNote,
    /// A prescription.
    Prescription,
    /// A list or a card of vaccinations.
    VaccinationRecord,
    /// What is wanted when the person can no longer say so.
    AdvanceDirective,
    /// An insurance card.
    InsuranceCard,
    /// A photograph.
    Photograph,
    /// Anything else.
    Other,
}

impl DocumentKind {
    /// All, in the order in which to offer them.
    pub const ALL: [Self; 11] = [
        Self::Letter,
        Self::LaboratoryReport,
        Self::ImagingReport,
        Self::DischargeSummary,
        Self::OperationNote,
        Self::Prescription,
        Self::VaccinationRecord,
        Self::AdvanceDirective,
        Self::InsuranceCard,
        Self::Photograph,
        Self::Other,
    ];

    /// LOINC code and name, `None` where there is nothing to say.
    fn loinc(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Letter => ("51852-2", "Letter"),
            Self::LaboratoryReport => ("11502-2", "Laboratory report"),
            Self::ImagingReport => ("18748-4", "Diagnostic imaging study"),
            Self::DischargeSummary => ("18842-5", "Discharge summary"),
            Self::OperationNote => ("11504-8", "Surgical operation note"),
            Self::Prescription => ("57833-6", "Prescription for medication"),
            Self::VaccinationRecord => ("82593-5", "Immunization summary report"),
            Self::AdvanceDirective => ("42348-3", "Advance directives"),
            Self::InsuranceCard => ("64290-0", "Health insurance card"),
            Self::Photograph => ("72170-4", "Photographic image"),
            Self::Other => return None,
        })
    }
}

impl Form {
    /// What is wrong or odd with it, field by field in the order of the form. `now` is the date, time and offset of the
    /// person who enters it; without a time in it nothing counts as in the future.
    #[must_use]
    pub fn check(&self, now: &FormDate) -> Vec<FormProblem> {
        check::problems(self, Some(now))
    }

    /// The form as a FHIR R4 resource: the same text for the same form and context. Odd values are written, see
    /// [`FormProblem::is_question`]; the future is for [`Form::check`] to see.
    ///
    /// # Errors
    /// [`FormRefused`] with what has to be mended first.
    pub fn to_resource(&self, context: &FormContext) -> Result<String, FormRefused> {
        let mut problems = check::problems(self, None);
        problems.retain(|problem| !problem.is_question());
        if problems.is_empty() { Ok(write::resource(self, context)) } else { Err(FormRefused { problems }) }
    }

    /// The form that a resource was written from, to amend it. `None` for anything of which a form cannot say
    /// everything (codes, references, extensions, a status of its own, entered in error): to change that here would lose
    /// it. What a form gives back is what writes the same resource again, in whatever order its members stand.
    #[must_use]
    pub fn from_resource(json: &str) -> Option<Self> {
        read::form(json)
    }
}

/// Names the sort of form only: what is in it is nobody's but the person's.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Symptom(_) => "Symptom",
            Self::Measurement(_) => "Measurement",
            Self::Medicine(_) => "Medicine",
            Self::Allergy(_) => "Allergy",
            Self::Condition(_) => "Condition",
            Self::Vaccination(_) => "Vaccination",
            Self::Note(_) => "Note",
            Self::Document(_) => "Document",
        })?;
        f.write_str("(…)")
    }
}
