use std::collections::BTreeMap;

use chartchain_chart::Place;
use chartchain_docs::{DocumentKind, DocumentName, ProfileField, Task, TaskStatus, View};
use serde::{Deserialize, Serialize};

use super::StoredDocument;
use crate::entry::{Entry, Generation};
use crate::open::{BlockEntry, Head};
use crate::protocol::Fault;
use crate::rows::{RowBatch, RowName};

/// Marks of a task that the first page needs: the last time, and the ones around it.
const MAX_GLANCE_MARKS: usize = 3;
/// Longest beginning of a text in a list, characters.
const MAX_EXCERPT: usize = 160;

/// All documents of a ledger. Stored in one row with each block that changes one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shelf {
    /// How often it was written. The head says the same, so that an older copy is told from it.
    written: u64,
    /// Changes of blocks before this one are known.
    through: u32,
    documents: BTreeMap<DocumentName, Shelved>,
}

/// A document on the shelf.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shelved {
    pub(crate) generation: Generation,
    /// How many changes its snapshot holds.
    pub(crate) applied: u32,
    /// Changes that the snapshot lacks.
    pub(crate) waiting: Vec<Place>,
    pub(crate) glance: Glance,
}

/// What lists and the first page need of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Glance {
    /// Not known yet.
    #[default]
    Unknown,
    Profile {
        preferred_name: String,
    },
    CarePlan {
        tasks: Vec<Task>,
    },
    Note {
        title: String,
        excerpt: String,
        changed_ms: i64,
        removed: bool,
    },
}

impl Shelf {
    pub(crate) fn get(&self, name: &DocumentName) -> Option<&Shelved> {
        self.documents.get(name)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&DocumentName, &Shelved)> {
        self.documents.iter()
    }

    /// Empty, in the place of one that was written so often.
    pub(crate) fn begin(written: u64) -> Self {
        Self { written, ..Self::default() }
    }

    pub(crate) const fn written(&self) -> u64 {
        self.written
    }

    /// Documents whose snapshot lacks something.
    pub(crate) fn behind(&self) -> impl Iterator<Item = DocumentName> {
        self.documents.iter().filter(|(_, shelved)| !shelved.waiting.is_empty()).map(|(name, _)| *name)
    }

    /// Takes note of the changes in a block; those of a block that is known already are passed over.
    pub(crate) fn add_block(&mut self, block: u32, entries: &[BlockEntry]) {
        if block < self.through {
            return;
        }
        for item in entries {
            let Entry::Change(change) = &item.entry else { continue };
            let place = Place { block, segment: item.segment, row: item.row };
            let shelved = self.documents.entry(change.document).or_default();
            if change.generation > shelved.generation {
                shelved.begin(change.generation);
            }
            // Those of older generations have no effect any more.
            if change.generation == shelved.generation {
                shelved.waiting.push(place);
            }
            self.through = block.saturating_add(1);
        }
    }

    /// Notes that a document is stored like this, with everything in it.
    pub(crate) fn set(&mut self, name: DocumentName, stored: &StoredDocument) {
        let shelved = self.documents.entry(name).or_default();
        if stored.generation > shelved.generation {
            shelved.begin(stored.generation);
        }
        shelved.applied = stored.applied;
        shelved.waiting.clear();
        shelved.glance = Glance::of(&stored.view);
    }

    /// Shows what a document says before that is stored.
    pub(crate) fn show(&mut self, name: &DocumentName, view: &View) {
        if let Some(shelved) = self.documents.get_mut(name) {
            shelved.glance = Glance::of(view);
        }
    }

    /// Notes that everything up to this block is known.
    pub(crate) fn know(&mut self, blocks: u32) {
        self.through = self.through.max(blocks);
    }

    /// Puts it among rows that are written together with the head, unless there never was a document.
    pub(crate) fn put(&mut self, ledger: &[u8; 32], head: &mut Head, batch: &mut RowBatch) -> Result<(), Fault> {
        if self.documents.is_empty() && self.written == 0 {
            return Ok(());
        }
        self.written = self.written.saturating_add(1);
        head.shelf = self.written;
        batch.put_state(RowName::shelf(ledger), self)
    }

    /// Deletes everything that stands beside the blocks, so that it is made anew from them.
    pub(crate) fn clear(&self, ledger: &[u8; 32], head: &mut Head, batch: &mut RowBatch) {
        batch.delete(RowName::shelf(ledger));
        for name in self.documents.keys() {
            batch.delete(RowName::document(ledger, name));
        }
        head.shelf = 0;
    }

    /// Tasks of the care plan that go on.
    pub(crate) fn tasks(&self) -> Vec<Task> {
        match self.get(&DocumentName::CARE_PLAN).map(|shelved| &shelved.glance) {
            Some(Glance::CarePlan { tasks }) => tasks.clone(),
            _ => Vec::new(),
        }
    }

    /// What the person likes to be called.
    pub(crate) fn preferred_name(&self) -> Option<String> {
        match self.get(&DocumentName::PROFILE).map(|shelved| &shelved.glance) {
            Some(Glance::Profile { preferred_name }) if !preferred_name.is_empty() => Some(preferred_name.clone()),
            _ => None,
        }
    }

    /// Whether the first page needs a document that is not up to date.
    pub(crate) fn first_page_is_behind(&self) -> bool {
        self.behind().any(|name| name.kind != DocumentKind::Note)
    }
}

impl Shelved {
    /// How many changes of its generation there are.
    pub(super) fn changes(&self) -> usize {
        self.waiting.len().saturating_add(self.applied as usize)
    }

    /// A new generation takes the place of the old one.
    fn begin(&mut self, generation: Generation) {
        self.applied = 0;
        self.waiting.clear();
        self.generation = generation;
    }
}

impl Glance {
    pub(super) fn of(view: &View) -> Self {
        match view {
            View::Profile(profile) => {
                let name = profile.field(ProfileField::PreferredName);
                Self::Profile { preferred_name: name.map(|name| name.value.clone()).unwrap_or_default() }
            }
            View::CarePlan(plan) => {
                let active = plan.tasks.iter().filter(|task| task.status == TaskStatus::Active);
                let short = active.map(|task| {
                    let mut task = task.clone();
                    let older = task.marks.len().saturating_sub(MAX_GLANCE_MARKS);
                    task.marks.drain(..older);
                    task
                });
                Self::CarePlan { tasks: short.collect() }
            }
            View::Note(note) => Self::Note {
                title: note.title.clone(),
                excerpt: note.text.chars().take(MAX_EXCERPT).collect(),
                changed_ms: note.changed_ms,
                removed: note.removed,
            },
        }
    }
}
