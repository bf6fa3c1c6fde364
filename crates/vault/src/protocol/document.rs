use chartchain_docs::{DocumentName, Version, View};
use serde::{Deserialize, Serialize};

use super::Banner;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPage {
    /// Who.
    pub banner: Banner,
    /// Which.
    pub name: DocumentName,
    /// How many changes made it what it is.
    pub changes: u32,
    /// After an edit: the version that the edit made by itself.
    pub own: Version,
    /// What it says.
    pub view: View,
}

/// All notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesPage {
    /// Who.
    pub banner: Banner,
    /// Last changed first.
    pub notes: Vec<NoteLine>,
}

/// A note in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLine {
    /// Which.
    pub name: DocumentName,
    /// Title; may be empty.
    pub title: String,
    /// How its text begins.
    pub excerpt: String,
    /// When it was last changed, milliseconds since 1970.
    pub changed_ms: i64,
}
