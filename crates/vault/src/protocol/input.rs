use chartchain_fhir::{Format, Person, Rejected, Sameness};
use serde::{Deserialize, Serialize};

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
    pub format: Format,
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

/// A person in an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPerson {
    /// Name for [`super::Command::Import`]: the address or reference that entries use, or empty for entries that name
    /// nobody.
    pub key: String,
    /// Who that is, as far as the input says.
    pub person: Person,
    /// How many entries are about them.
    pub entries: u32,
    /// Whether that is the person of the open ledger.
    pub same: Sameness,
}
