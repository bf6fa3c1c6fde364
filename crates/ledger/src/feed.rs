use std::collections::{BTreeMap, BTreeSet};

use chartchain_keys::VerifyKey;

use crate::enrolment::Authority;
use crate::{ForkProof, Hash};

/// The blocks that one key signed, as far as they are here.
#[derive(Default)]
pub(crate) struct Feed {
    /// The genesis names it.
    pub(crate) founding: bool,
    /// Who let it in, in the first blocks of it that are here: several only after a fork.
    pub(crate) let_in_by: BTreeSet<Authority>,
    /// By seq, as far as nothing contradicts them.
    pub(crate) chain: Vec<Hash>,
    /// Blocks that no other of this feed names as its prev: one, or more after a fork.
    pub(crate) tips: BTreeSet<Hash>,
    /// The earliest fork known.
    pub(crate) fork: Option<ForkProof>,
    /// Heads of other feeds that blocks of this feed have named.
    pub(crate) seen: BTreeSet<Hash>,
}

/// One feed, from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    /// Its key.
    pub key: VerifyKey,
    /// Whether it was let in by somebody who may; otherwise all of its blocks are quarantined.
    pub let_in: bool,
    /// How many blocks, before a fork if there is one.
    pub length: u64,
    /// The last one of these.
    pub tip: Option<Hash>,
    /// Where it forked.
    pub forked_at: Option<u64>,
    /// How many of its blocks stand, if it was ended.
    pub ended_at: Option<u64>,
    /// The ends of all its branches, ascending. One, equal to `tip`, unless it forked.
    pub tips: Vec<Hash>,
}

/// What follows from all enrolments and forks together: a function of their set, whatever the order in which they came.
///
/// Ends come from the recovery key alone and need nothing else, so that no device can end a feed, let alone to save its
/// own. With forks and ends given, who is let in follows step by step from genesis and recovery key.
#[derive(Default)]
pub(crate) struct Rights {
    /// Where feeds end; of several ends the earliest.
    ended: BTreeMap<VerifyKey, u64>,
    let_in: BTreeSet<VerifyKey>,
}

impl Rights {
    pub(crate) fn derive(feeds: &BTreeMap<VerifyKey, Feed>) -> Self {
        let mut rights = Self::default();
        for authority in feeds.values().flat_map(|feed| &feed.let_in_by) {
            let Authority::Recovery { ended } = authority else { continue };
            for end in ended {
                let earliest = rights.ended.entry(end.feed).or_insert(end.length);
                *earliest = end.length.min(*earliest);
            }
        }
        loop {
            let lets_in = |authority: &Authority| match authority {
                Authority::Recovery { .. } => true,
                Authority::Device(by) => feeds.get(by).is_some_and(|feed| rights.may_write(by, feed)),
            };
            let more: Vec<VerifyKey> = feeds
                .iter()
                .filter(|(key, _)| !rights.let_in.contains(key))
                .filter(|(_, feed)| feed.founding || feed.let_in_by.iter().any(lets_in))
                .map(|(key, _)| *key)
                .collect();
            if more.is_empty() {
                return rights;
            }
            rights.let_in.extend(more);
        }
    }

    /// Whether a feed was ended.
    pub(crate) fn is_ended(&self, key: &VerifyKey) -> bool {
        self.ended.contains_key(key)
    }

    /// Whether a feed goes on: let in, not ended, not forked.
    pub(crate) fn may_write(&self, key: &VerifyKey, feed: &Feed) -> bool {
        self.let_in.contains(key) && !self.is_ended(key) && feed.fork.is_none()
    }

    /// How many blocks of a feed stand: all but those behind its end or fork, none if nobody let it in.
    pub(crate) fn standing_length(&self, key: &VerifyKey, feed: &Feed) -> u64 {
        if !self.let_in.contains(key) {
            return 0;
        }
        let fork = feed.fork.as_ref().map(ForkProof::seq);
        self.ended.get(key).copied().into_iter().chain(fork).min().unwrap_or(u64::MAX)
    }

    pub(crate) fn view(&self, key: &VerifyKey, feed: &Feed) -> FeedView {
        FeedView {
            key: *key,
            let_in: self.let_in.contains(key),
            length: feed.chain.len() as u64,
            tip: feed.chain.last().copied(),
            forked_at: feed.fork.as_ref().map(ForkProof::seq),
            ended_at: self.ended.get(key).copied(),
            tips: feed.tips.iter().copied().collect(),
        }
    }
}
