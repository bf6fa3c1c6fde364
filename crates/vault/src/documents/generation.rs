use chartchain_docs::{DocumentKind, DocumentName, Goal};
use chartchain_keys::make_random;

use super::{Basis, DocumentUpdate, StoredDocument};
use crate::entry::Generation;
use crate::erase::ErasedSet;
use crate::jobs::tolerate_full;
use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::protocol::{DocumentPage, Fault};
use crate::rows::Rows;

impl OpenLedger {
    /// Founds a new generation of a document, which says the same, and erases all of its past. All of it or nothing.
    pub(crate) async fn forget_past<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        name: DocumentName,
    ) -> Result<DocumentPage, Fault> {
        let basis = self.basis(rows, name).await?;
        self.found_generation(platform, rows, name, basis, Goal::Found).await?;
        self.read_document(platform, rows, name).await
    }

    /// Erases a note with everything that it ever said: a generation that says nothing takes its place, so that what
    /// another device still writes into the old one has no effect. All of it or nothing.
    pub(crate) async fn erase_note<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        name: DocumentName,
    ) -> Result<(), Fault> {
        if name.kind != DocumentKind::Note {
            return Err(Fault::NotFound);
        }
        // What it says need not be read for that.
        let nothing = Basis { stored: StoredDocument::empty(name.kind), missing: Vec::new() };
        self.found_generation(platform, rows, name, nothing, Goal::Erase).await
    }

    async fn found_generation<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        name: DocumentName,
        basis: Basis,
        goal: Goal,
    ) -> Result<(), Fault> {
        if self.head.import.is_some() {
            return Err(Fault::NotNow("an import has not ended: go on with it, or put it away".into()));
        }
        let Some(shelved) = self.shelf.get(&name) else { return Err(Fault::NotFound) };
        let generation = shelved.generation.next(make_random(&mut platform.rng()))?;
        let done = self.merge(platform, name, &basis, goal).await?;
        let changes = done.changes.clone();
        let first = StoredDocument { generation, applied: 0, ..basis.stored };
        let stored = first.after(changes.len(), done);
        let mut past = ErasedSet::default();
        for (place, _) in self.changes_in_blocks(rows, name, |older| older < generation).await? {
            past.insert(place.block, place.segment, place.row);
        }
        let (now_ms, mut rng) = (platform.now_ms(), platform.rng());
        let mut new = self.new_blocks()?;
        self.put_update(&mut new, &DocumentUpdate { name, changes, stored }, now_ms, &mut rng)?;
        self.put_erasure(rows, &mut new, &past, now_ms).await?;
        self.write_blocks(rows, new, &mut rng).await?;
        self.note_erased(&past);
        tolerate_full(self.store_index_if_due(rows, &mut rng).await)
    }
}

impl Generation {
    /// The generation after this one.
    fn next(self, id: [u8; 8]) -> Result<Self, Fault> {
        let number = self.number.checked_add(1);
        let number = number.ok_or_else(|| Fault::NotNow("a document has had too many generations".into()))?;
        Ok(Self { number, id })
    }
}
