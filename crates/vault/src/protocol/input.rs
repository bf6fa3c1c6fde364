use chartchain_fhir::Person;
use serde::{Deserialize, Serialize};

use super::Unreadable;

/// Bytes that are being brought in, sealed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InputId(pub u32);

/// What is in an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Which input.
    pub input: InputId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub format: InputFormat,
    /// People it speaks of. Empty: it names nobody.
    pub people: Vec<FoundPerson>,
    /// Resources that belong to nobody in particular (organizations, practitioners …).
    pub shared: u32,
    /// How many of each resource type.
    pub types: Vec<(String, u32)>,
    /// Of these, how many the open ledger has already.
    pub known: u32,
    /// What cannot be read, at most 100 listed.
    pub rejected: Vec<Rejected>,
    /// How many cannot be read.
    pub rejected_total: u32,
}

/// What an input is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InputFormat {
    /// A Bundle, and its type as written.
    Bundle(String),
    /// One resource, and its type.
    Resource(String),
    /// One resource a line.
    Ndjson,
}

/// A person in an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPerson {
    /// Name for [`Command::Import`]: the reference that entries use, or empty for entries without one.
    pub key: String,
    /// Who that is, as far as the input says.
    pub person: Person,
    /// How many entries are about them.
    pub entries: u32,
    /// Whether that is the person of the open ledger.
    pub same: Sameness,
}

/// Whether a person in an input is the person of the open ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sameness {
    /// Name and birth date agree.
    Same,
    /// Nothing contradicts, nothing proves it.
    Unclear,
    /// Name, birth date or sex contradict.
    Different,
}

/// Something in an input that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Line of the file, where known (first is 1).
    pub line: Option<u32>,
    /// Place in the Bundle, where it is one (first is 0).
    pub index: Option<u32>,
    /// Why.
    pub why: Unreadable,
}
