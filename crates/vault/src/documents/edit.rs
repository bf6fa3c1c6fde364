use chartchain_docs::{DocumentKind, DocumentName, Edit, Goal, Note, TaskStatus, Version, View};
use chartchain_keys::make_random;
use rand_core::CryptoRng;

use super::{DocumentUpdate, Glance, StoredDocument};
use crate::append::NewBlocks;
use crate::jobs::tolerate_full;
use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::protocol::{DocumentPage, Fault, NoteLine, NotesPage};
use crate::rows::Rows;

/// Most edits at once.
const MAX_EDITS: usize = 64;

impl OpenLedger {
    /// Carries out edits on a document; on a new note where none is named. They are durable when this returns.
    pub(crate) async fn edit_document<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        name: Option<DocumentName>,
        edits: Vec<Edit>,
    ) -> Result<DocumentPage, Fault> {
        let name = name.unwrap_or_else(|| DocumentName::note(make_random(&mut platform.rng())));
        if !name.is_valid() || edits.len() > MAX_EDITS {
            return Err(Fault::NotFound);
        }
        let basis = self.basis(rows, name).await?;
        let done = self.merge(platform, name, &basis, Goal::Edit(edits)).await?;
        if is_erased(&done.view) {
            return Err(Fault::NotFound);
        }
        let (changes, own) = (done.changes.clone(), done.own.clone());
        let stored = basis.stored.after(basis.missing.len() + changes.len(), done);
        let update = DocumentUpdate { name, changes, stored };
        let stored = self.write_document(platform, rows, update).await?;
        Ok(self.document_page(name, stored, own))
    }

    /// Writes new changes as a block; without any, only what is stored beside the blocks.
    pub(super) async fn write_document<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        update: DocumentUpdate,
    ) -> Result<StoredDocument, Fault> {
        let (stored, mut rng) = (update.stored.clone(), platform.rng());
        if update.changes.is_empty() {
            self.keep(rows, update, &mut rng).await?;
        } else {
            let mut new = self.new_blocks()?;
            self.put_update(&mut new, &update, platform.now_ms(), &mut rng)?;
            self.write_blocks(rows, new, &mut rng).await?;
            // It is in, even if there is no room for the index.
            tolerate_full(self.store_index_if_due(rows, &mut rng).await)?;
        }
        Ok(stored)
    }

    /// Puts a block with the changes of a document, and what stands beside it, with what is written together.
    pub(super) fn put_update(
        &mut self,
        new: &mut NewBlocks,
        update: &DocumentUpdate,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        self.put_unlisted(new, update.entries(), now_ms, rng)?;
        let shelf = new.shelf.get_or_insert_with(|| self.shelf.clone());
        shelf.know(new.head.blocks);
        update.put(&self.id, shelf, &mut new.batch)
    }

    /// A document for its page.
    pub(crate) async fn read_document<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        name: DocumentName,
    ) -> Result<DocumentPage, Fault> {
        if !name.is_valid() || (name.kind == DocumentKind::Note && self.shelf.get(&name).is_none()) {
            return Err(Fault::NotFound);
        }
        let stored = self.document(platform, rows, name).await?;
        if is_erased(&stored.view) {
            return Err(Fault::NotFound);
        }
        Ok(self.document_page(name, stored, Version::default()))
    }

    fn document_page(&mut self, name: DocumentName, stored: StoredDocument, own: Version) -> DocumentPage {
        DocumentPage { banner: self.banner(), name, changes: stored.applied, own, view: stored.view }
    }

    /// All notes that were not thrown away, last changed first.
    pub(crate) async fn notes<P: Platform>(&mut self, platform: &P, rows: &Rows<P::Store>) -> Result<NotesPage, Fault> {
        self.fold_documents(platform, rows, |kind| kind == DocumentKind::Note).await?;
        let notes = self.shelf.all().filter_map(|(name, shelved)| match &shelved.glance {
            Glance::Note { title, excerpt, changed_ms, removed: false } => {
                let (title, excerpt) = (title.clone(), excerpt.clone());
                Some(NoteLine { name: *name, title, excerpt, changed_ms: *changed_ms })
            }
            _ => None,
        });
        let mut notes: Vec<NoteLine> = notes.collect();
        notes.sort_by_key(|note| core::cmp::Reverse((note.changed_ms, note.name)));
        Ok(NotesPage { banner: self.banner(), notes })
    }
}

/// Whether it is a note that is gone.
const fn is_erased(view: &View) -> bool {
    matches!(view, View::Note(Note { removed: true, .. }))
}

/// Whether a document says anything that is to be taken out.
pub(crate) fn says_something(view: &View) -> bool {
    match view {
        View::Profile(profile) => {
            !profile.contacts.is_empty() || profile.fields.iter().any(|(_, field)| !field.value.is_empty())
        }
        View::CarePlan(plan) => plan.tasks.iter().any(|task| task.status != TaskStatus::Removed),
        View::Note(note) => !note.removed,
    }
}
