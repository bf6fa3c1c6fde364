//! Rows in memory: for tests, as the model of the other stores, and for what must leave no trace.

use crate::store::{Batch, Durability, RowKey, Store, StoreError, row_bytes};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Rows in memory. Clones share them, like several handles on one file.
#[derive(Clone, Default)]
pub struct MemoryStore {
    shared: Arc<Mutex<Memory>>,
}

/// All rows of a [`MemoryStore`] at one moment. Cheap to take and to clone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    rows: Rows,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The power goes. A commit that was under way has happened whole or not at all, and relaxed commits since the
    /// last strict one may be lost, newest first; the seed decides. Everything answers [`StoreError::Closed`] until
    /// [`MemoryStore::reopen`].
    Crash,
    /// The medium is full. Commits that write answer [`StoreError::Full`] until [`MemoryStore::make_room`]; those
    /// that only delete go through.
    Full,
}

type Rows = BTreeMap<RowKey, Arc<Vec<u8>>>;

#[derive(Default)]
struct Memory {
    rows: Rows,
    closed: bool,
    full: bool,
    planned: Option<(u64, Failure)>,
    /// What each relaxed commit since the last strict one replaced. Kept only while a crash is planned.
    undo: Vec<Replaced>,
    chance: Chance,
}

type Replaced = Vec<(RowKey, Option<Arc<Vec<u8>>>)>;

enum Fate {
    Lives,
    Crashes { done: bool },
}

impl MemoryStore {
    /// Empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// Empty; the seed decides how crashes end.
    pub fn with_seed(seed: u64) -> Self {
        let store = Self::default();
        store.lock().chance = Chance(seed);
        store
    }

    /// Everything acknowledged so far.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { rows: self.lock().rows.clone() }
    }

    /// Puts everything back as it was then, as restoring a backup of the medium does.
    pub fn restore(&self, snapshot: &Snapshot) {
        let mut memory = self.lock();
        memory.rows = snapshot.rows.clone();
        memory.undo.clear();
    }

    /// Lets `operations` more calls of [`Store`] through; the next one meets the failure. Replaces an earlier plan.
    pub fn fail_after(&self, operations: u64, failure: Failure) {
        self.lock().planned = Some((operations, failure));
    }

    /// Ends [`Failure::Full`].
    pub fn make_room(&self) {
        self.lock().full = false;
    }

    /// Opens again after a crash or a wipe, for all handles. A planned failure that did not come is forgotten.
    pub fn reopen(&self) {
        let mut memory = self.lock();
        memory.closed = false;
        memory.planned = None;
        memory.undo.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl core::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("MemoryStore").field("rows", &self.lock().rows.len()).finish()
    }
}

impl core::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Snapshot").field("rows", &self.rows.len()).finish()
    }
}

impl Store for MemoryStore {
    async fn read(&self, keys: &[RowKey]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let mut memory = self.lock();
        memory.observe()?;
        Ok(keys.iter().map(|key| memory.rows.get(key).map(|value| value.to_vec())).collect())
    }

    async fn commit(&self, batch: Batch, durability: Durability) -> Result<(), StoreError> {
        let mut memory = self.lock();
        let fate = memory.fate()?;
        if batch.guards().any(|(key, value)| memory.rows.get(key).map(|held| held.as_slice()) != value) {
            return memory.meet(fate, |_| ()).and(Err(StoreError::Fenced));
        }
        if memory.full && batch.writes() {
            return memory.meet(fate, |_| ()).and(Err(StoreError::Full));
        }
        memory.meet(fate, |memory| memory.apply(batch, durability))
    }

    async fn keys(&self) -> Result<Vec<RowKey>, StoreError> {
        let mut memory = self.lock();
        memory.observe()?;
        Ok(memory.rows.keys().copied().collect())
    }

    async fn usage_bytes(&self) -> Result<u64, StoreError> {
        let mut memory = self.lock();
        memory.observe()?;
        Ok(memory.rows.iter().map(|(key, value)| row_bytes(key, value)).sum())
    }

    async fn wipe(self) -> Result<(), StoreError> {
        let mut memory = self.lock();
        let fate = memory.fate()?;
        memory.meet(fate, |memory| {
            memory.rows.clear();
            memory.undo.clear();
            memory.closed = true;
        })
    }
}

impl Memory {
    /// Counts a call and says whether it outlives it.
    fn fate(&mut self) -> Result<Fate, StoreError> {
        if self.closed {
            return Err(StoreError::Closed);
        }
        match self.planned {
            Some((0, Failure::Crash)) => Ok(Fate::Crashes { done: self.chance.below(2) == 1 }),
            Some((0, Failure::Full)) => {
                self.planned = None;
                self.full = true;
                Ok(Fate::Lives)
            }
            Some((more, failure)) => {
                self.planned = Some((more.saturating_sub(1), failure));
                Ok(Fate::Lives)
            }
            None => Ok(Fate::Lives),
        }
    }

    fn observe(&mut self) -> Result<(), StoreError> {
        let fate = self.fate()?;
        self.meet(fate, |_| ())
    }

    fn meet(&mut self, fate: Fate, change: impl FnOnce(&mut Self)) -> Result<(), StoreError> {
        match fate {
            Fate::Lives => {
                change(self);
                Ok(())
            }
            Fate::Crashes { done } => {
                if done {
                    change(self);
                }
                self.crash();
                Err(StoreError::Closed)
            }
        }
    }

    fn apply(&mut self, batch: Batch, durability: Durability) {
        let mut replaced = Vec::new();
        for (key, value) in batch.into_changes() {
            let before = match value {
                Some(value) => self.rows.insert(key, Arc::new(value)),
                None => self.rows.remove(&key),
            };
            replaced.push((key, before));
        }
        match (durability, self.planned) {
            (Durability::Strict, _) => self.undo.clear(),
            (Durability::Relaxed, Some((_, Failure::Crash))) => self.undo.push(replaced),
            (Durability::Relaxed, _) => {}
        }
    }

    fn crash(&mut self) {
        self.closed = true;
        self.planned = None;
        let lost = self.chance.below(self.undo.len().saturating_add(1));
        for _ in 0..lost {
            for (key, before) in self.undo.pop().unwrap_or_default() {
                match before {
                    Some(value) => self.rows.insert(key, value),
                    None => self.rows.remove(&key),
                };
            }
        }
        self.undo.clear();
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same on every target.
#[derive(Default)]
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(mixed % bound).unwrap_or(0)
    }
}
