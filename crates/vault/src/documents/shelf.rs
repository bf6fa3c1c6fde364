use std::collections::BTreeMap;

use chartchain_chart::Place;
use chartchain_docs::{DocumentKind, DocumentName, ProfileField, Task, TaskStatus, View};
use serde::{Deserialize, Serialize};

use super::StoredDocument;
use crate::entry::{Entry, Generation};
use crate::open::BlockEntry;
use crate::protocol::Fault;
use crate::rows::{RowBatch, RowName};

/// Marks of a task that the first page needs: the last time, and the ones around it.
const MAX_GLANCE_MARKS: usize = 3;
/// Longest beginning of a text in a list, characters.
const MAX_EXCERPT: usize = 160;

/// All documents of a ledger. Stored in one row with each block that changes one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shelf {
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
    /// Changes of older generations, which have no effect any more.
    pub(crate) past: u32,
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

    /// How many changes there are altogether.
    pub(crate) fn changes(&self) -> u32 {
        let count = |shelved: &Shelved| {
            let waiting = u32::try_from(shelved.waiting.len()).unwrap_or(u32::MAX);
            shelved.applied.saturating_add(waiting).saturating_add(shelved.past)
        };
        self.documents.values().map(count).fold(0, u32::saturating_add)
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
            if change.generation == shelved.generation {
                shelved.waiting.push(place);
            } else {
                shelved.past = shelved.past.saturating_add(1);
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

    /// Notes that everything up to this block is known.
    pub(crate) fn know(&mut self, blocks: u32) {
        self.through = self.through.max(blocks);
    }

    pub(crate) fn put(&self, ledger: &[u8; 32], batch: &mut RowBatch) -> Result<(), Fault> {
        batch.put_state(RowName::shelf(ledger), self)
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
    /// A new generation takes the place of the old one.
    fn begin(&mut self, generation: Generation) {
        let waiting = u32::try_from(self.waiting.len()).unwrap_or(u32::MAX);
        self.past = self.past.saturating_add(self.applied).saturating_add(waiting);
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
