use serde::{Deserialize, Serialize};

use super::{EntryId, InputId};

/// Longest file of a document. In base64 it still fits the longest resource that comes in, so that what goes out as FHIR
/// can come back.
pub const MAX_FILE_BYTES: u32 = 16 * 1024 * 1024;

/// Longest content of a draft.
pub const MAX_DRAFT_BYTES: usize = 512 * 1024;

/// A file that waits for its document to be saved: what `Attachment` of the form has to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCard {
    /// The input that brought it.
    pub input: InputId,
    /// File name.
    pub name: String,
    /// Media type, told by its bytes.
    pub content_type: String,
    /// Length.
    pub size_bytes: u32,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Names its bytes.
    pub url: String,
}

/// A file of an entry in one line. Its bytes are asked for with [`Command::FilePart`](super::Command::FilePart).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    /// What it is called.
    pub title: Option<String>,
    /// Media type: told by its bytes where they are of a kind that is known, else as the source says.
    pub content_type: String,
    /// Told by its bytes.
    pub known: bool,
    /// Length; of a file inside of a resource about so much.
    pub size_bytes: u32,
}

/// What is being written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DraftOf {
    /// A new entry of this sort; what the numbers mean is for the interface.
    New(u8),
    /// The next version of an entry.
    Amends(EntryId),
    /// The other text, where two tabs wrote in one form.
    Aside(Box<Self>),
}

/// A form that is not saved yet. What is in it only the interface reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDraft {
    /// What is being written.
    pub of: DraftOf,
    /// When it was kept, milliseconds since 1970. Later than what was kept before, whatever the clock says: it tells one
    /// text from the next.
    pub at_ms: i64,
    /// At most [`MAX_DRAFT_BYTES`].
    pub content: Vec<u8>,
    /// The file of a document.
    pub file: Option<FileCard>,
}

/// The draft that a form is written on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftFrom {
    /// What is being written.
    pub of: DraftOf,
    /// The [`FormDraft::at_ms`] that it began from, or that was kept of it last; nothing where nothing was kept.
    pub since_ms: Option<i64>,
}

/// What came of keeping a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftKept {
    /// It is kept, and this is its [`FormDraft::at_ms`].
    At(i64),
    /// Another tab was faster: what it did stays.
    Elsewhere {
        /// What it did.
        what: Elsewhere,
        /// This text is kept too, as [`DraftOf::Aside`]; nothing where a third text is there already.
        aside_ms: Option<i64>,
    },
}

/// What another tab did with a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Elsewhere {
    /// It kept another text.
    Wrote(Box<FormDraft>),
    /// It saved it as an entry.
    Saved,
    /// It threw it away.
    ThrownAway,
}
