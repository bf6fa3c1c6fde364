use chartchain_fhir::Facts;
use serde::{Deserialize, Serialize};

/// Names an entry: the first half of its commitment.
pub type Commitment = [u8; 16];
/// Start of the SHA-256 over an entry's full URL and text: notices the same version coming in twice.
pub type ContentHash = [u8; 12];

/// Where an entry is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Block, in order of arrival on this device.
    pub block: u32,
    /// Segment of its body.
    pub segment: u16,
    /// Row of the segment's table.
    pub row: u32,
}

/// How an entry relates to entries that were there before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relation {
    /// Entries that it replaces.
    pub supersedes: Vec<Commitment>,
    /// The newer version that was there already when this older one came in.
    pub older_than: Option<Commitment>,
}

impl Relation {
    /// All that is named.
    pub(crate) fn names(&self) -> impl Iterator<Item = Commitment> {
        self.supersedes.iter().chain(&self.older_than).copied()
    }
}

/// An entry to be added.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Its name.
    pub commitment: Commitment,
    /// Where it is stored.
    pub place: Place,
    /// Its content.
    pub content: ContentHash,
    /// The URL that it had in the Bundle it came in.
    pub full_url: Option<String>,
    /// Number of the input that brought it, if one did.
    pub input: Option<u16>,
    /// How it relates to earlier entries.
    pub relation: Relation,
    /// What is indexed.
    pub facts: Facts,
}

/// An entry in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its name.
    pub commitment: Commitment,
    /// Where it is stored.
    pub place: Place,
    /// Its content.
    pub content: ContentHash,
    /// The URL that it had in the Bundle it came in.
    pub full_url: Option<String>,
    /// Number of the input that brought it, if one did.
    pub input: Option<u16>,
    /// Another version replaced it, or says the same and stands for it. Not stored: follows from `supersedes` of all.
    pub superseded: bool,
    /// The records that it replaced, ascending.
    pub supersedes: Vec<u32>,
    /// What it names besides: entries that are not here, and those that it cannot be a version of.
    pub apart: Relation,
    /// Number of who recorded it, in the chart's list of sources.
    pub source: Option<u32>,
    /// What it says. References are kept only until the source is known; search words stand elsewhere.
    pub facts: Facts,
}

impl Record {
    /// Counts as part of the record today: neither replaced nor made in error.
    pub const fn is_current(&self) -> bool {
        !self.superseded && !self.facts.wrong
    }

    /// Whether it is a dose of the person's own log.
    pub fn is_dose(&self) -> bool {
        self.facts.medicine.as_ref().is_some_and(|medicine| medicine.dose.is_some())
    }

    /// Sort key of the timeline; entries without a date come last.
    pub fn sort_ms(&self) -> i64 {
        self.facts.when.as_ref().map_or(i64::MIN, |when| when.sort_ms)
    }
}
