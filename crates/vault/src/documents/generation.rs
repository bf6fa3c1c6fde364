use chartchain_chart::Place;
use chartchain_docs::{DocumentName, Goal};
use chartchain_keys::make_random;
use chartchain_store::Store;

use super::{DocumentUpdate, StoredDocument};
use crate::entry::{Entry, Generation};
use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::protocol::{DocumentPage, Fault};
use crate::rows::Rows;

impl OpenLedger {
    /// Founds a new generation of a document: it says the same, and nothing builds on its past any more. The entries of
    /// the past stay in their blocks until they are erased.
    pub(crate) async fn found_generation<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        name: DocumentName,
    ) -> Result<DocumentPage, Fault> {
        let Some(shelved) = self.shelf.get(&name) else { return Err(Fault::NotFound) };
        let generation = shelved.generation.next(make_random(&mut platform.rng()))?;
        let basis = self.basis(rows, name).await?;
        let done = self.merge(platform, name, &basis, Goal::Found).await?;
        let changes = done.changes.clone();
        let first = StoredDocument { generation, applied: 0, ..basis.stored };
        let stored = first.after(changes.len(), done);
        self.write_document(platform, rows, DocumentUpdate { name, changes, stored }).await?;
        self.read_document(platform, rows, name).await
    }

    /// Where the changes of older generations of a document stand: what is to be erased when its past is to be forgotten.
    #[expect(dead_code, reason = "erasing entries calls it")]
    pub(crate) async fn past_of<S: Store>(&self, rows: &Rows<S>, name: DocumentName) -> Result<Vec<Place>, Fault> {
        let Some(shelved) = self.shelf.get(&name) else { return Ok(Vec::new()) };
        let mut past = Vec::new();
        for block in 1..self.head.blocks {
            for item in self.read_block(rows, block).await?.0 {
                if let Entry::Change(change) = &item.entry
                    && change.document == name
                    && change.generation < shelved.generation
                {
                    past.push(Place { block, segment: item.segment, row: item.row });
                }
            }
        }
        Ok(past)
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
