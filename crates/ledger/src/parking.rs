use std::collections::{BTreeMap, BTreeSet};

use chartchain_keys::VerifyKey;

use crate::Hash;
use crate::chain::Carried;
use crate::control::Membership;
use crate::enrolment::Authority;
use crate::header::{Verified, VerifiedHeader};

/// Most blocks that wait for blocks before them. A full lot pauses the stream; it never drops.
pub(crate) const MAX_PARKED: usize = 4096;

/// A block that is well formed and well signed. Whether it fits has to be seen.
pub(crate) struct Candidate {
    pub(crate) header: Verified<VerifiedHeader>,
    pub(crate) effect: Effect,
}

/// What a block does beside being there.
pub(crate) enum Effect {
    /// Nothing: it holds data, or says what this version does not know.
    None,
    /// It is the first block of a device, which somebody lets in.
    Enrolment(Authority, Membership),
    /// It carries a proposal of this name.
    Change(Hash, Carried),
    /// It suspends a feed.
    Suspension(VerifyKey),
}

/// Blocks that are well signed but came before what they build on.
#[derive(Default)]
pub(crate) struct Parking {
    waiting: BTreeMap<Hash, (Candidate, BTreeSet<Hash>)>,
    by_missing: BTreeMap<Hash, BTreeSet<Hash>>,
    by_feed: BTreeMap<VerifyKey, usize>,
}

impl Parking {
    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn holds(&self, hash: &Hash) -> bool {
        self.waiting.contains_key(hash)
    }

    /// Whether a block of another feed waits for this one.
    pub(crate) fn awaits(&self, header: &VerifiedHeader) -> bool {
        let waiting = self.by_missing.get(&header.hash).into_iter().flatten();
        let mut feeds =
            waiting.filter_map(|hash| self.waiting.get(hash)).map(|(waiting, _)| waiting.header.envelope.feed);
        feeds.any(|feed| feed != header.envelope.feed)
    }

    /// False if the part of the lot that is this feed's is full: one feed must not fill the others' places.
    pub(crate) fn park(&mut self, candidate: Candidate, missing: BTreeSet<Hash>, feeds: usize) -> bool {
        let (name, feed) = (candidate.header.hash, candidate.header.envelope.feed);
        let count = self.by_feed.entry(feed).or_default();
        if *count >= MAX_PARKED / feeds.max(1) {
            return false;
        }
        *count += 1;
        for hash in &missing {
            self.by_missing.entry(*hash).or_default().insert(name);
        }
        self.waiting.insert(name, (candidate, missing));
        true
    }

    /// What was waiting for `arrived` alone, in order of hash.
    pub(crate) fn release(&mut self, arrived: &Hash) -> Vec<Candidate> {
        let mut free = Vec::new();
        for hash in self.by_missing.remove(arrived).unwrap_or_default() {
            let Some((_, missing)) = self.waiting.get_mut(&hash) else { continue };
            missing.remove(arrived);
            if missing.is_empty() {
                free.extend(self.leave(&hash).map(|(candidate, _)| candidate));
            }
        }
        free
    }

    /// Gives up everything that waits for a block that will never be taken in, directly or through others.
    pub(crate) fn give_up(&mut self, refused: Hash) {
        let mut gone = vec![refused];
        while let Some(hash) = gone.pop() {
            for waiting in self.by_missing.remove(&hash).unwrap_or_default() {
                let Some((_, missing)) = self.leave(&waiting) else { continue };
                for other in missing {
                    if let Some(names) = self.by_missing.get_mut(&other) {
                        names.remove(&waiting);
                        if names.is_empty() {
                            self.by_missing.remove(&other);
                        }
                    }
                }
                gone.push(waiting);
            }
        }
    }

    fn leave(&mut self, hash: &Hash) -> Option<(Candidate, BTreeSet<Hash>)> {
        let left = self.waiting.remove(hash)?;
        if let Some(count) = self.by_feed.get_mut(&left.0.header.envelope.feed) {
            *count = count.saturating_sub(1);
        }
        Some(left)
    }
}
