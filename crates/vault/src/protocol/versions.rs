use chartchain_fhir::form::Form;
use serde::{Deserialize, Serialize};

use super::{Banner, BlockLine, DeviceLine, EntryId, EntryLine, Fact};

/// At most so many versions are shown beside each other.
pub const MOST_VERSIONS: usize = 8;

/// The live versions of an entry. Several of them where devices that did not know of each other amended it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Who.
    pub banner: Banner,
    /// What signed first comes first; at most [`MOST_VERSIONS`], the one that was asked for among them.
    pub versions: Vec<Version>,
    /// How many there are, counted up to 64.
    pub total: u32,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// In one line.
    pub line: EntryLine,
    /// Everything it says, in reading order.
    pub facts: Vec<Fact>,
    /// The block that carries it: when it was signed.
    pub block: BlockLine,
    /// The device that signed it.
    pub signer: DeviceLine,
    /// There is a form to go on from it.
    pub has_form: bool,
}

/// A form filled in as an entry says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormToAmend {
    /// The form.
    pub form: Form,
    /// The live versions of the entry that are shown beside each other, this one first: what saving replaces.
    pub amends: Vec<EntryId>,
}
