//! What a form does not say of itself: which entry, of whom, when written.

use super::date::FormDate;
use crate::facts::WhenPrecision;
use crate::tree::Node;
use thiserror::Error;

/// Longest reference to a subject, in bytes.
const MAX_REFERENCE_BYTES: usize = 1024;

/// Which entry a form becomes, of whom, and when it is written.
#[derive(Clone, PartialEq, Eq)]
pub struct FormContext {
    pub(super) id: String,
    pub(super) subject: String,
    /// The visit that it is part of.
    pub(super) visit: Option<String>,
    /// Whoever writes did it themselves: gave the vaccine, prescribed the medicine.
    pub(super) at_first_hand: bool,
    pub(super) recorded: FormDate,
    pub(super) amended: bool,
}

/// What a context cannot be made of; the caller has to mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ContextError {
    /// The id.
    #[error("an id has 1 to 64 letters, digits, hyphens and dots; give a UUID")]
    Id,
    /// The subject.
    #[error("the subject has to be a reference without white space")]
    Subject,
    /// The visit.
    #[error("the visit has to be a reference without white space")]
    Visit,
    /// The time of recording.
    #[error("the time of recording needs seconds and an offset")]
    Recorded,
    /// The resource to amend.
    #[error("the entry to amend has no id or no subject")]
    Resource,
}

impl FormContext {
    /// Of a new entry: its id (a UUID), a reference to the person it is about (`urn:uuid:…` or `Patient/…`) and the
    /// time at which it is written, with seconds and offset.
    ///
    /// # Errors
    /// [`ContextError`] with the part that is none.
    pub fn new(id: &str, subject: &str, recorded: &FormDate) -> Result<Self, ContextError> {
        if !is_fhir_id(id) {
            return Err(ContextError::Id);
        }
        if !is_reference(subject) {
            return Err(ContextError::Subject);
        }
        if recorded.when().is_none_or(|when| when.precision != WhenPrecision::Time) {
            return Err(ContextError::Recorded);
        }
        let (id, subject) = (id.to_owned(), subject.to_owned());
        Ok(Self { id, subject, visit: None, at_first_hand: false, recorded: recorded.clone(), amended: false })
    }

    /// As part of a visit, named by a reference (`urn:uuid:…` or `Encounter/…`).
    ///
    /// # Errors
    /// [`ContextError::Visit`]
    pub fn within(self, visit: &str) -> Result<Self, ContextError> {
        if !is_reference(visit) {
            return Err(ContextError::Visit);
        }
        Ok(Self { visit: Some(visit.to_owned()), at_first_hand: true, ..self })
    }

    /// As somebody reports it who did not do it.
    #[must_use]
    pub fn reported(self) -> Self {
        Self { at_first_hand: false, ..self }
    }

    /// Of the next version of an entry, by whoever wrote the one before: id, subject and visit of the resource, and the time at which the version is written.
    ///
    /// # Errors
    /// [`ContextError`] with the part that is none.
    pub fn amending(json: &str, recorded: &FormDate) -> Result<Self, ContextError> {
        let (root, type_name) = Node::parse_resource(json).map_err(|_| ContextError::Resource)?;
        let (Some(id), Some(subject)) = (root.text_at("id"), subject(&root, &type_name)) else {
            return Err(ContextError::Resource);
        };
        let (visit, at_first_hand) = visit(&root, &type_name)?;
        Self::new(id, subject, recorded).map(|context| Self { amended: true, visit, at_first_hand, ..context })
    }

    /// With which a resource would have been written by a form.
    pub(super) fn read(root: &Node<'_>, type_name: &str) -> Option<Self> {
        let recorded = FormDate::new(root.text_at(recorded_key(type_name)?)?);
        let context = Self::new(root.text_at("id")?, subject(root, type_name)?, &recorded).ok()?;
        let amended = root.text_at("status") == Some("amended");
        let (visit, at_first_hand) = visit(root, type_name).ok()?;
        Some(Self { amended, visit, at_first_hand, ..context })
    }
}

/// The element that holds the time of recording.
pub(super) fn recorded_key(type_name: &str) -> Option<&'static str> {
    Some(match type_name {
        "Observation" => "issued",
        "Condition" | "AllergyIntolerance" => "recordedDate",
        "MedicationStatement" => "dateAsserted",
        "Immunization" => "recorded",
        "Communication" => "received",
        "DocumentReference" => "date",
        _ => return None,
    })
}

/// The element that holds the person it is about.
pub(super) fn subject_key(type_name: &str) -> &'static str {
    if matches!(type_name, "AllergyIntolerance" | "Immunization") { "patient" } else { "subject" }
}

/// The element that holds the visit that it is part of; documents name theirs elsewhere.
pub(super) fn visit_key(type_name: &str) -> Option<&'static str> {
    match type_name {
        "MedicationStatement" => Some("context"),
        "DocumentReference" => None,
        _ => Some("encounter"),
    }
}

/// The visit that a resource names, and whether its writer did it themselves.
fn visit(root: &Node<'_>, type_name: &str) -> Result<(Option<String>, bool), ContextError> {
    let named = visit_key(type_name).and_then(|key| root.get(key)?.text_at("reference"));
    if !named.is_none_or(is_reference) {
        return Err(ContextError::Visit);
    }
    let is_reported = match type_name {
        "Immunization" => !root.is_true("primarySource"),
        "MedicationStatement" => {
            root.first("category.coding.code", &mut |code| code.text().map(|code| code == "patientspecified"))
                == Some(true)
        }
        _ => false,
    };
    Ok((named.map(str::to_owned), named.is_some() && !is_reported))
}

fn subject<'n>(root: &'n Node<'_>, type_name: &str) -> Option<&'n str> {
    root.get(subject_key(type_name))?.text_at("reference")
}

/// FHIR R4, datatypes `id`.
fn is_fhir_id(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    (1..=64).contains(&text.len()) && text.bytes().all(is_part)
}

fn is_reference(text: &str) -> bool {
    (1..=MAX_REFERENCE_BYTES).contains(&text.len()) && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}
