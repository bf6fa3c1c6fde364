//! Documents that people edit together. Their changes are entries in blocks like all others. Beside them stands what opens a
//! document at once: a snapshot with what it says, and a list of all documents with what the first page needs. Both can be
//! made anew from the blocks.

mod check;
mod edit;
mod fhir;
mod generation;
mod shelf;

use chartchain_chart::Place;
use chartchain_docs::{
    Author, CarePlan, DocsError, DocumentKind, DocumentName, Done, Goal, Note, Profile, Version, View, Work,
};
use chartchain_keys::make_random;
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::entry::{ChangeEntry, Entry, Generation};
use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::protocol::Fault;
use crate::rows::{RowBatch, RowName, Rows, decode_state};

pub(crate) use check::Changes;
pub(crate) use edit::says_something;
pub(crate) use fhir::resources;
pub(crate) use shelf::{Glance, Shelf};

/// A document as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredDocument {
    pub(crate) generation: Generation,
    /// How many changes are in it.
    pub(crate) applied: u32,
    pub(crate) snapshot: Vec<u8>,
    pub(crate) version: Version,
    pub(crate) view: View,
}

/// What a block says of a document, ready to be written with it.
pub(crate) struct DocumentUpdate {
    pub(crate) name: DocumentName,
    pub(crate) changes: Vec<Vec<u8>>,
    pub(crate) stored: StoredDocument,
}

impl DocumentUpdate {
    /// The entries that its changes are.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry> {
        let entry = |bytes: &Vec<u8>| ChangeEntry {
            document: self.name,
            generation: self.stored.generation,
            bytes: bytes.clone(),
        };
        self.changes.iter().map(entry).map(Entry::Change)
    }

    /// Puts it among rows that are written together, and on the shelf.
    pub(crate) fn put(&self, ledger: &[u8; 32], shelf: &mut Shelf, batch: &mut RowBatch) -> Result<(), Fault> {
        shelf.set(self.name, &self.stored);
        batch.put_state(RowName::document(ledger, &self.name), &self.stored)
    }
}

/// What a document says before anybody wrote in it.
pub(crate) fn empty_view(kind: DocumentKind) -> View {
    match kind {
        DocumentKind::Profile => View::Profile(Profile::default()),
        DocumentKind::CarePlan => View::CarePlan(CarePlan::default()),
        DocumentKind::Note => View::Note(Note::default()),
    }
}

impl StoredDocument {
    fn empty(kind: DocumentKind) -> Self {
        Self {
            generation: Generation::default(),
            applied: 0,
            snapshot: Vec::new(),
            version: Version::default(),
            view: empty_view(kind),
        }
    }

    /// What becomes of it when so many more changes are in.
    fn after(&self, changes: usize, done: Done) -> Self {
        Self {
            generation: self.generation,
            applied: self.applied.saturating_add(u32::try_from(changes).unwrap_or(u32::MAX)),
            snapshot: done.snapshot,
            version: done.version,
            view: done.view,
        }
    }
}

fn fault(error: DocsError) -> Fault {
    match error {
        DocsError::NotFound => Fault::NotFound,
        DocsError::Snapshot => Fault::Damaged("the state of a document".into()),
        DocsError::Broken | DocsError::TooLong | DocsError::Unavailable => Fault::NotNow(error.to_string()),
    }
}

/// A change with the author of its block.
type Authored = (Author, Vec<u8>);

/// A document with the changes that it lacks still.
struct Basis {
    stored: StoredDocument,
    missing: Vec<Authored>,
}

impl OpenLedger {
    /// A document with everything in it, which is also what is stored then.
    pub(crate) async fn document<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        name: DocumentName,
    ) -> Result<StoredDocument, Fault> {
        let basis = self.basis(rows, name).await?;
        if basis.missing.is_empty() {
            return Ok(basis.stored);
        }
        let done = self.merge(platform, name, &basis, Goal::Edit(Vec::new())).await?;
        let stored = basis.stored.after(basis.missing.len(), done);
        self.keep(rows, DocumentUpdate { name, changes: Vec::new(), stored: stored.clone() }, &mut platform.rng())
            .await?;
        Ok(stored)
    }

    /// Brings all documents up to date whose changes came from elsewhere.
    pub(crate) async fn fold_documents<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        only: impl Fn(DocumentKind) -> bool,
    ) -> Result<(), Fault> {
        for name in self.shelf.behind().filter(|name| only(name.kind)).collect::<Vec<_>>() {
            self.document(platform, rows, name).await?;
        }
        Ok(())
    }

    /// Stores what came of changes that are in blocks already. What there is no room for is made again the next time.
    async fn keep<S: Store>(
        &mut self,
        rows: &Rows<S>,
        update: DocumentUpdate,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let (mut shelf, mut head, mut batch) = (self.shelf.clone(), self.head.clone(), RowBatch::default());
        update.put(&self.id, &mut shelf, &mut batch)?;
        shelf.put(&self.id, &mut head, &mut batch)?;
        self.put_head(&mut head, &mut batch)?;
        match rows.commit(batch, rng).await {
            Ok(()) => (self.head, self.shelf) = (head, shelf),
            Err(Fault::StorageFull) => self.shelf.show(&update.name, &update.stored.view),
            Err(fault) => return Err(fault),
        }
        Ok(())
    }

    /// A document as it is stored, if that is all of it.
    pub(crate) async fn stored_document<S: Store>(
        &self,
        rows: &Rows<S>,
        name: &DocumentName,
    ) -> Result<Option<StoredDocument>, Fault> {
        let Some(shelved) = self.shelf.get(name) else { return Ok(None) };
        let row = rows.read_each(&[RowName::document(&self.id, name)]).await?.pop();
        let stored = row.and_then(Result::ok).flatten().and_then(|bytes| decode_state::<StoredDocument>(&bytes).ok());
        Ok(stored.filter(|stored| stored.applied == shelved.applied && stored.generation == shelved.generation))
    }

    /// What is stored of a document, and what it lacks; everything, where the snapshot does not hold.
    async fn basis<S: Store>(&mut self, rows: &Rows<S>, name: DocumentName) -> Result<Basis, Fault> {
        let Some(shelved) = self.shelf.get(&name).cloned() else {
            return Ok(Basis { stored: StoredDocument::empty(name.kind), missing: Vec::new() });
        };
        if let Some(stored) = self.stored_document(rows, &name).await? {
            let mut missing = Vec::with_capacity(shelved.waiting.len());
            for place in shelved.waiting {
                match self.read_entry(rows, place).await {
                    Ok((_, Entry::Change(change))) => missing.push((self.author_of(place.block)?, change.bytes)),
                    // The rest is there all the same, and verifying tells.
                    Ok(_) | Err(Fault::Damaged(_)) => {}
                    Err(fault) => return Err(fault),
                }
            }
            return Ok(Basis { stored, missing });
        }
        // It was there, unless nothing was ever in it: for the next verifying to tell.
        self.head.mended |= shelved.applied > 0;
        let changes = self.changes_in_blocks(rows, name, |generation| generation == shelved.generation).await?;
        let authored = changes.into_iter().map(|(place, change)| Ok((self.author_of(place.block)?, change.bytes)));
        let missing = authored.collect::<Result<Vec<Authored>, Fault>>()?;
        let stored = StoredDocument { generation: shelved.generation, ..StoredDocument::empty(name.kind) };
        Ok(Basis { stored, missing })
    }

    /// Every change of a document in these generations that can be read, with its place, from all blocks.
    async fn changes_in_blocks<S: Store>(
        &self,
        rows: &Rows<S>,
        name: DocumentName,
        wanted: impl Fn(Generation) -> bool,
    ) -> Result<Vec<(Place, ChangeEntry)>, Fault> {
        let mut changes = Vec::new();
        for block in 1..self.head.blocks {
            let entries = match self.read_block(rows, block).await {
                Ok((entries, _)) => entries,
                Err(Fault::Damaged(_)) => continue,
                Err(fault) => return Err(fault),
            };
            for item in entries {
                if let Entry::Change(change) = item.entry
                    && change.document == name
                    && wanted(change.generation)
                {
                    changes.push((Place { block, segment: item.segment, row: item.row }, change));
                }
            }
        }
        Ok(changes)
    }

    fn author_of(&self, block: u32) -> Result<Author, Fault> {
        let meta = self.meta(block).ok_or_else(|| Fault::Damaged(format!("the header of block {block}")))?;
        Ok(Author::derive(&self.id, &meta.feed.0))
    }

    async fn merge<P: Platform>(
        &self,
        platform: &P,
        name: DocumentName,
        basis: &Basis,
        goal: Goal,
    ) -> Result<Done, Fault> {
        let work = Work {
            kind: name.kind,
            author: Author::derive(&self.id, &self.own_feed().0),
            // Own changes may be in a block that is lost: their numbers are never given again.
            branch: self.head.lost.iter().max().map_or(0, |block| block.saturating_add(1)),
            snapshot: basis.stored.snapshot.clone(),
            changes: basis.missing.clone(),
            goal,
            now_ms: platform.now_ms(),
            random: make_random(&mut platform.rng()),
        };
        platform.merge(work).await.map_err(fault)
    }
}
