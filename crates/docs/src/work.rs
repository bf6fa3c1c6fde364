use std::collections::HashMap;

use automerge::{Change, ChangeHash};
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::edit::Edit;
use crate::limits;
use crate::name::{Author, DocumentKind, Version};
use crate::view::{Note, View};

/// Something to be done with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// What the document is about.
    pub kind: DocumentKind,
    /// Who edits.
    pub author: Author,
    /// Another number where changes of this author are lost, so that none is ever counted twice; else 0.
    pub branch: u32,
    /// The document as [`Done::snapshot`] gave it; empty where there is none.
    pub snapshot: Vec<u8>,
    /// Changes that are not in the snapshot, or may be, each with the author of its block. In any order; what comes later is blamed
    /// first where two cannot be in one document.
    pub changes: Vec<Authored>,
    /// What is wanted.
    pub goal: Goal,
    /// Milliseconds since 1970.
    pub now_ms: i64,
    /// Fresh randomness, to name what is new.
    pub random: [u8; 16],
}

/// What is wanted of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goal {
    /// All of these edits, or none of them. Without any, only to read.
    Edit(Vec<Edit>),
    /// A new generation: what the document says now, without its past.
    Found,
    /// A new generation of a note: it is removed, and says nothing.
    Erase,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// New changes, to be kept for ever.
    pub changes: Vec<Vec<u8>>,
    /// The document with everything in it.
    pub snapshot: Vec<u8>,
    /// What it says.
    pub view: View,
    /// Its newest changes.
    pub version: Version,
    /// The version that the last edit made by itself: what its author saw, without what others wrote meanwhile.
    pub own: Version,
    /// How many of the changes are none, belong to another author than their block, or fit none of the others, as a second
    /// change under the number of another one: they have no effect.
    pub refused: u32,
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum DocsError {
    /// A change or an edit does not fit the document.
    #[error("a change does not fit its document")]
    Broken,
    /// The snapshot cannot be read: the document has to be made of its changes.
    #[error("the stored state of a document cannot be read")]
    Snapshot,
    /// A text or a document would be too long.
    #[error("a text is too long")]
    TooLong,
    /// What is to be edited is not there.
    #[error("what is to be changed is not there")]
    NotFound,
    /// What does the work cannot be loaded here at the moment.
    #[error("the part of the app that merges documents could not be loaded")]
    Unavailable,
}

/// A change with the author of its block.
type Authored = (Author, Vec<u8>);

/// So many changes that upset the merging are looked for of one author; a mistake makes one.
const MOST_UPSETTING: u32 = 3;

/// Both halves, the first one last, and none that is empty.
fn halves<'a>(changes: &[&'a Authored]) -> Vec<Vec<&'a Authored>> {
    let (first, rest) = changes.split_at(changes.len().div_ceil(2));
    [rest, first].into_iter().filter(|half| !half.is_empty()).map(<[_]>::to_vec).collect()
}

impl Work {
    /// Does it, by as many tries of `attempt` as that takes: [`Work::attempt`], here or in a worker that may end without an
    /// answer. Changes of others that upset it are found by halving, in the order in which they came, and left out, so that they cost
    /// nobody else's change anything; every try begins anew. Who wrote [`MOST_UPSETTING`] of them is not tried any further.
    ///
    /// # Errors
    /// Nothing was done, and why.
    pub async fn carry_out(&self, attempt: impl AsyncFn(&Self) -> Result<Done, DocsError>) -> Result<Done, DocsError> {
        match attempt(self).await {
            Err(DocsError::Broken) if !self.changes.is_empty() => {}
            answer => return answer,
        }
        let mut work = Self { goal: Goal::Edit(Vec::new()), ..self.clone() };
        let fits = async |work: &Self| match attempt(work).await {
            Ok(_) => Ok(true),
            Err(DocsError::Broken) => Ok(false),
            Err(error) => Err(error),
        };
        if fits(&work).await? {
            return Err(DocsError::Broken);
        }
        // The own ones stay: what else is numbered after them would be taken for theirs.
        let (own, others): (Vec<Authored>, Vec<Authored>) =
            self.changes.iter().cloned().partition(|(author, _)| *author == self.author);
        work.changes = own;
        if !fits(&work).await? {
            return Err(DocsError::Broken);
        }
        let mut upsetting: HashMap<Author, u32> = HashMap::new();
        let mut doubtful: Vec<Vec<&Authored>> = halves(&others.iter().collect::<Vec<_>>());
        while let Some(mut part) = doubtful.pop() {
            part.retain(|(author, _)| upsetting.get(author).is_none_or(|count| *count < MOST_UPSETTING));
            let known = work.changes.len();
            work.changes.extend(part.iter().copied().cloned());
            if work.changes.len() > known && !fits(&work).await? {
                work.changes.truncate(known);
                match part.as_slice() {
                    [(author, _)] => *upsetting.entry(*author).or_default() += 1,
                    part => doubtful.extend(halves(part)),
                }
            }
        }
        let left_out = u32::try_from(self.changes.len() - work.changes.len()).unwrap_or(u32::MAX);
        let done = attempt(&Self { goal: self.goal.clone(), ..work }).await?;
        Ok(Done { refused: done.refused.saturating_add(left_out), ..done })
    }

    /// Does it with all changes, or says that they cannot be in one document. In a browser, where a panic ends the worker,
    /// whoever asked has to take its end for [`DocsError::Broken`].
    ///
    /// # Errors
    /// Nothing was done, and why.
    pub fn attempt(&self) -> Result<Done, DocsError> {
        std::panic::catch_unwind(|| self.merge()).unwrap_or(Err(DocsError::Broken))
    }

    fn merge(&self) -> Result<Done, DocsError> {
        let mut document = Document::load(&self.snapshot)?;
        let usable = self.usable(&mut document);
        document.apply(&usable)?;
        let refused = self.changes.len() - usable.len();
        let mut changes = Vec::new();
        let mut own = Version::default();
        match &self.goal {
            Goal::Edit(edits) if edits.is_empty() => {}
            Goal::Edit(edits) => {
                document.write_as(self.author, self.branch);
                let before = document.version();
                for (number, edit) in (0u8..).zip(edits) {
                    own = document.edit(self.kind, edit, self.now_ms, self.make_id(number))?;
                }
                changes = document.changes_since(&before)?;
            }
            Goal::Found | Goal::Erase => {
                let view = match (&self.goal, self.kind) {
                    (Goal::Found, kind) => document.view(kind),
                    (_, DocumentKind::Note) => View::Note(Note { removed: true, ..Note::default() }),
                    _ => return Err(DocsError::Broken),
                };
                document = Document::load(&[])?;
                document.write_as(self.author, self.branch);
                own = document.found(&view, self.now_ms)?;
                changes = document.changes_since(&Version::default())?;
            }
        }
        let view = document.view(self.kind);
        let version = document.version();
        Ok(Done {
            changes,
            snapshot: document.save(),
            view,
            version,
            own,
            refused: u32::try_from(refused).unwrap_or(u32::MAX),
        })
    }

    /// The changes that are some, and of the author of their block. An author who wrote two under one number has lost the
    /// thread: the one that is in already stands, else that with the smaller hash.
    fn usable(&self, document: &mut Document) -> Vec<Change> {
        let read = self.changes.iter().filter_map(|(author, bytes)| limits::read(*author, bytes).ok());
        let changes: Vec<Change> = read.collect();
        let mut standing: HashMap<(Vec<u8>, u64), ChangeHash> = HashMap::new();
        for change in &changes {
            let name = (change.actor_id().to_bytes().to_vec(), change.seq());
            let hash = standing.entry(name).or_insert_with(|| change.hash());
            let rank = |document: &mut Document, hash: ChangeHash| (!document.holds(&hash), hash);
            if rank(document, change.hash()) < rank(document, *hash) {
                *hash = change.hash();
            }
        }
        let stands = |change: &Change| {
            standing.get(&(change.actor_id().to_bytes().to_vec(), change.seq())) == Some(&change.hash())
        };
        changes.into_iter().filter(stands).collect()
    }

    fn make_id(&self, number: u8) -> [u8; 16] {
        let mut id = self.random;
        if let Some(last) = id.last_mut() {
            *last = last.wrapping_add(number);
        }
        id
    }
}
