use std::collections::{BTreeMap, BTreeSet};

use chartchain_keys::VerifyKey;

use crate::chain::ControlState;
use crate::control::Membership;
use crate::enrolment::Authority;
use crate::{ForkProof, Hash};

/// The blocks that one key signed, as far as they are here.
#[derive(Default)]
pub(crate) struct Feed {
    /// The genesis names it.
    pub(crate) founding: bool,
    /// Who let it in, in the first blocks of it that are here: several only after a fork.
    pub(crate) let_in_by: BTreeSet<(Authority, Membership)>,
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
    /// The device that let it in, if one did.
    pub let_in_by: Option<VerifyKey>,
    /// As what it belongs to the ledger now.
    pub membership: Option<Membership>,
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

/// What follows from all enrolments, changes and forks together: a function of their set, whatever the order in which they came.
///
/// What the control chain says needs forks only. With forks and chain given, who else is let in follows step by step.
pub(crate) struct Rights {
    pub(crate) state: ControlState,
    /// Feeds that belong to the ledger, as what.
    let_in: BTreeMap<VerifyKey, Membership>,
}

impl Rights {
    pub(crate) fn derive(feeds: &BTreeMap<VerifyKey, Feed>, state: ControlState) -> Self {
        let mut rights = Self { let_in: state.members.clone(), state };
        loop {
            let lets_in = |(authority, membership): &&(Authority, Membership)| match authority {
                Authority::Recovery => true,
                Authority::Device(by) => rights.may_let_in(by, feeds.get(by), membership),
            };
            let more: Vec<(VerifyKey, Membership)> = feeds
                .iter()
                .filter(|(key, _)| !rights.let_in.contains_key(key))
                .filter_map(|(key, feed)| Some((*key, feed.let_in_by.iter().find(lets_in)?.1.clone())))
                .collect();
            if more.is_empty() {
                return rights;
            }
            rights.let_in.extend(more);
        }
    }

    /// As what a feed belongs to the ledger, if anybody let it in who may.
    pub(crate) fn membership(&self, key: &VerifyKey) -> Option<&Membership> {
        self.let_in.get(key)
    }

    /// Whether a feed may let another in.
    pub(crate) fn may_let_in(&self, by: &VerifyKey, feed: Option<&Feed>, other: &Membership) -> bool {
        self.may_write(by, feed) && self.membership(by).is_some_and(|member| member.may_let_in(other))
    }

    /// Whether a feed was removed.
    pub(crate) fn is_ended(&self, key: &VerifyKey) -> bool {
        self.state.removed.contains_key(key)
    }

    /// Whether a feed goes on, known here or not: let in, not removed, not forked.
    pub(crate) fn may_write(&self, key: &VerifyKey, feed: Option<&Feed>) -> bool {
        self.let_in.contains_key(key) && !self.is_ended(key) && feed.is_none_or(|feed| feed.fork.is_none())
    }

    /// How many blocks of a feed stand: all but those behind its end or fork, none if nobody let it in.
    pub(crate) fn standing_length(&self, key: &VerifyKey, feed: &Feed) -> u64 {
        let end = self.state.removed.get(key).copied();
        if end.is_none() && !self.let_in.contains_key(key) {
            return 0;
        }
        let fork = feed.fork.as_ref().map(ForkProof::seq);
        end.into_iter().chain(fork).min().unwrap_or(u64::MAX)
    }

    pub(crate) fn view(&self, key: &VerifyKey, feed: &Feed) -> FeedView {
        FeedView {
            key: *key,
            let_in_by: feed.let_in_by.iter().find_map(|(authority, _)| match authority {
                Authority::Device(by) => Some(*by),
                Authority::Recovery => None,
            }),
            membership: self.let_in.get(key).cloned(),
            let_in: self.let_in.contains_key(key) || self.is_ended(key),
            length: feed.chain.len() as u64,
            tip: feed.chain.last().copied(),
            forked_at: feed.fork.as_ref().map(ForkProof::seq),
            ended_at: self.state.removed.get(key).copied(),
            tips: feed.tips.iter().copied().collect(),
        }
    }
}
