use std::collections::{BTreeMap, BTreeSet};

use crate::Hash;
use crate::header::{Verified, VerifiedHeader};

/// Most blocks that wait for blocks before them. A full lot pauses the stream; it never drops.
pub(crate) const MAX_PARKED: usize = 4096;

/// Blocks that are well signed but came before what they build on.
#[derive(Default)]
pub(crate) struct Parking {
    waiting: BTreeMap<Hash, (Verified<VerifiedHeader>, BTreeSet<Hash>)>,
    by_missing: BTreeMap<Hash, BTreeSet<Hash>>,
}

impl Parking {
    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn holds(&self, hash: &Hash) -> bool {
        self.waiting.contains_key(hash)
    }

    /// False if the lot is full.
    pub(crate) fn park(&mut self, header: Verified<VerifiedHeader>, missing: BTreeSet<Hash>) -> bool {
        if self.waiting.len() >= MAX_PARKED {
            return false;
        }
        for hash in &missing {
            self.by_missing.entry(*hash).or_default().insert(header.hash);
        }
        self.waiting.insert(header.hash, (header, missing));
        true
    }

    /// What was waiting for `arrived` alone, in order of hash.
    pub(crate) fn release(&mut self, arrived: &Hash) -> Vec<Verified<VerifiedHeader>> {
        let mut free = Vec::new();
        for hash in self.by_missing.remove(arrived).unwrap_or_default() {
            if let Some((_, missing)) = self.waiting.get_mut(&hash) {
                missing.remove(arrived);
                if missing.is_empty()
                    && let Some((header, _)) = self.waiting.remove(&hash)
                {
                    free.push(header);
                }
            }
        }
        free
    }
}
