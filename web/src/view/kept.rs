//! What keeps itself while it is filled in.

use chartchain_vault::protocol::{DraftOf, FormDraft, InputId};

/// Something that a person fills in: it is kept as a draft until it is saved.
pub trait Kept: Clone + PartialEq + 'static {
    /// The place in which it is kept.
    fn of(&self) -> DraftOf;

    /// As it is kept; nothing where it cannot be written.
    fn to_bytes(&self) -> Option<Vec<u8>>;

    /// What was kept, as it can be gone on with; nothing where another version of the app wrote it.
    fn opened(kept: &FormDraft) -> Option<Self>;

    /// The file that is kept with it.
    fn input(&self) -> Option<InputId> {
        None
    }

    /// Goes on from what a fresh one goes on from, where it does not say itself.
    fn going_on(self, _fresh: &Self) -> Self {
        self
    }

    /// What was typed, one answer to a line, for a person to copy.
    fn typed(&self) -> String;

    /// What was answered, with what was asked.
    fn said(&self) -> Vec<(String, String)>;
}
