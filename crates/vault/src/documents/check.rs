use std::collections::BTreeMap;

use chartchain_docs::{DocumentName, Goal};

use super::shelf::Shelved;
use super::{Authored, Basis, Glance, Shelf, StoredDocument};
use crate::entry::{Entry, Generation};
use crate::open::{BlockEntry, OpenLedger};
use crate::platform::Platform;
use crate::protocol::Fault;
use crate::rows::Rows;

/// Changes of all documents as blocks tell them, for verifying.
#[derive(Default)]
pub(crate) struct Changes {
    shelf: Shelf,
    by_document: BTreeMap<(DocumentName, Generation), Vec<Authored>>,
}

impl Changes {
    pub(crate) fn add_block(&mut self, block: u32, entries: &[BlockEntry], open: &OpenLedger) {
        self.shelf.add_block(block, entries);
        for item in entries {
            if let (Entry::Change(change), Ok(author)) = (&item.entry, open.author_of(block)) {
                let changes = self.by_document.entry((change.document, change.generation)).or_default();
                changes.push((author, change.bytes.clone()));
            }
        }
    }
}

impl OpenLedger {
    /// Whether what is stored of each document is what its changes make.
    pub(crate) async fn documents_hold<P: Platform>(
        &self,
        platform: &P,
        rows: &Rows<P::Store>,
        changes: &Changes,
    ) -> Result<bool, Fault> {
        let known = |shelf: &Shelf| {
            let line = |(name, shelved): (&DocumentName, &Shelved)| (*name, shelved.generation, shelved.changes());
            shelf.all().map(line).collect::<Vec<_>>()
        };
        if known(&changes.shelf) != known(&self.shelf) {
            return Ok(false);
        }
        for (name, shelved) in self.shelf.all() {
            // What waits is not in the snapshot yet, and that is known.
            if !shelved.waiting.is_empty() {
                continue;
            }
            let Some(stored) = self.stored_document(rows, name).await? else { return Ok(false) };
            let missing = changes.by_document.get(&(*name, shelved.generation)).cloned().unwrap_or_default();
            let count = missing.len();
            let basis = Basis { stored: StoredDocument::empty(name.kind), missing };
            let made = basis.stored.after(count, self.merge(platform, *name, &basis, Goal::Edit(Vec::new())).await?);
            let alike = (made.applied, &made.version, &made.view) == (stored.applied, &stored.version, &stored.view);
            if !alike || Glance::of(&made.view) != shelved.glance {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes what is stored of all documents anew, from the blocks.
    pub(crate) async fn remake_documents<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
    ) -> Result<(), Fault> {
        let mut shelf = Shelf::begin(self.shelf.written());
        for block in 1..self.head.blocks {
            shelf.add_block(block, &self.read_block(rows, block).await?.0);
        }
        self.shelf = shelf;
        self.fold_documents(platform, rows, |_| true).await?;
        // The list too, where no document was behind.
        self.store_index(rows, &mut platform.rng()).await
    }
}
