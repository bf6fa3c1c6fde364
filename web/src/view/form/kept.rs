//! A form as it is kept until it is saved.

use chartchain_vault::protocol::{DraftOf, FormDraft, InputId};

use super::{Draft, Filed, said};
use crate::view::kept::Kept;

impl Kept for Draft {
    fn of(&self) -> DraftOf {
        self.amends.first().map_or_else(
            || DraftOf::New(self.place.unwrap_or(self.sort.number())),
            |entry| DraftOf::Amends(entry.clone()),
        )
    }

    fn to_bytes(&self) -> Option<Vec<u8>> {
        self.to_bytes()
    }

    /// A file that is lost has to be chosen again.
    fn opened(kept: &FormDraft) -> Option<Self> {
        let mut draft = Self::from_bytes(&kept.content)?;
        draft.file = match &kept.file {
            Some(card) => Some(Filed { card: card.clone(), waits: true }),
            None => draft.file.filter(|filed| !filed.waits),
        };
        Some(draft)
    }

    fn input(&self) -> Option<InputId> {
        self.file.as_ref().filter(|filed| filed.waits).map(|filed| filed.card.input)
    }

    fn going_on(mut self, fresh: &Self) -> Self {
        if self.amends.is_empty() {
            self.amends.clone_from(&fresh.amends);
        }
        self.place = fresh.place;
        self
    }

    fn typed(&self) -> String {
        self.typed()
    }

    fn said(&self) -> Vec<(String, String)> {
        said(self)
    }
}
