//! What two devices that hold a ledger ask it about each other.

use std::collections::{BTreeMap, BTreeSet};

use chartchain_keys::VerifyKey;

use super::{Ledger, Refusal};
use crate::chain::Suspended;
use crate::control::{Membership, Role};
use crate::enrolment::{Authority, EnrolmentError};
use crate::feed::Feed;
use crate::frontier::{MAX_ENDS, MAX_FEEDS};
use crate::header::Envelope;
use crate::{Frontier, Hash, Verified};

impl Ledger {
    /// Where its feeds end.
    pub fn frontier(&self) -> Frontier {
        let ends = |feed: &Feed| -> Vec<(u64, Hash)> {
            let blocks = feed.tips.iter().filter_map(|name| self.blocks.get(name));
            let mut ends: Vec<(u64, Hash)> = blocks.map(|block| (block.seq, block.hash)).collect();
            ends.sort_unstable();
            // An author who forked so often is heard no further.
            ends.truncate(MAX_ENDS);
            ends
        };
        let feeds = self.feeds.iter().map(|(key, feed)| (*key, ends(feed)));
        Frontier { feeds: feeds.filter(|(_, ends)| !ends.is_empty()).take(MAX_FEEDS).collect() }
    }

    /// Whether a device with this frontier holds something that is not here.
    pub fn is_behind(&self, theirs: &Frontier) -> bool {
        theirs.feeds().flat_map(|(_, ends)| ends).any(|(_, name)| !self.blocks.contains_key(name))
    }

    /// What is here of all that a device with this frontier may lack. A feed that goes on there behind what is here is taken for one
    /// that holds all of this; a feed that ends there in a place that is another's here forked, so that all of it is given.
    /// The work follows what is lacking, except in feeds that forked.
    pub fn lacking(&self, theirs: &Frontier) -> BTreeSet<Hash> {
        let mut lacking = BTreeSet::new();
        for (key, feed) in &self.feeds {
            let ends = theirs.ends(key);
            let is_straight = feed.tips.len() <= 1 && feed.fork.is_none();
            if is_straight {
                lacking.extend(feed.chain.get(held(feed, ends)..).unwrap_or_default());
            } else {
                self.lacking_of_branches(feed, ends, &mut lacking);
            }
        }
        lacking
    }

    /// The same of a feed with several branches.
    fn lacking_of_branches(&self, feed: &Feed, ends: &[(u64, Hash)], lacking: &mut BTreeSet<Hash>) {
        let mut held = BTreeSet::new();
        for (_, name) in ends {
            held.extend(self.back_from(*name, |block| held.contains(block)));
        }
        for name in &feed.tips {
            let more = self.back_from(*name, |block| held.contains(block) || lacking.contains(block));
            lacking.extend(more);
        }
    }

    /// A block and those before it in its feed, as far as they are here and `ends` does not say so.
    fn back_from(&self, name: Hash, ends: impl Fn(&Hash) -> bool) -> Vec<Hash> {
        let mut names = Vec::new();
        let mut next = name;
        while let Some(block) = self.blocks.get(&next).filter(|block| !ends(&block.hash)) {
            names.push(block.hash);
            next = block.prev;
        }
        names
    }

    /// Whether a device with this key gets blocks: it was let in, nobody ended its feed, and it did not fork.
    pub fn may_receive(&self, key: &VerifyKey) -> bool {
        self.rights.may_write(key, self.feeds.get(key)) && !self.is_suspended(key)
    }

    /// Whether a device of the patient has suspended the feed of this key, and nobody has lifted that; or one that let it in, as long as
    /// the control chain does not name it; or whether it was removed by a change that is void now.
    pub fn is_suspended(&self, key: &VerifyKey) -> bool {
        let mut next = Some(*key);
        let mut seen = BTreeSet::new();
        while let Some(key) = next.take().filter(|key| seen.insert(*key)) {
            if self.is_doubted(&key) || self.suspensions().any(|(_, feed)| feed == key) {
                return true;
            }
            if self.rights.state.members.contains_key(&key) {
                return false;
            }
            let authorities = self.feeds.get(&key).into_iter().flat_map(|feed| &feed.let_in_by);
            next = authorities.map(|(authority, _)| authority).find_map(|authority| match authority {
                Authority::Device(by) => Some(*by),
                Authority::Recovery => None,
            });
        }
        false
    }

    /// Whether a change that is void now has removed the feed of this key: it gets nothing before it was admitted once more.
    pub fn is_doubted(&self, key: &VerifyKey) -> bool {
        self.rights.state.doubted.contains(key)
    }

    /// Suspensions in force, by the blocks that say so, with the feeds that they are about.
    pub fn suspensions(&self) -> impl Iterator<Item = (Hash, VerifyKey)> {
        let counts = |by: &Suspended| {
            let feed = self.feeds.get(&by.author);
            let member = self.membership(&by.author).or_else(|| self.rights.state.former.get(&by.author));
            let is_patients = member.is_some_and(|member| member.role == Role::Patient);
            is_patients && feed.is_some_and(|feed| by.seq < self.rights.standing_length(&by.author, feed))
        };
        let all = self.chain.suspensions(&self.rights.state);
        all.filter(move |(_, by)| counts(by)).map(|(block, by)| (*block, by.feed))
    }

    /// Whether the feed of this key was removed, known here or not.
    pub fn is_ended(&self, key: &VerifyKey) -> bool {
        self.rights.is_ended(key)
    }

    /// Whether the feed of whoever signed this block is known here.
    pub fn knows(&self, header: &[u8]) -> bool {
        Envelope::read(header).is_ok_and(|(envelope, _)| self.feeds.contains_key(&envelope.feed))
    }

    /// Whether a device may receive blocks that is not known here yet, by the first block of its feed alone: somebody who may, or one of
    /// those for whom such a block has vouched, let it in. Tells as what. The block has no effect by this; whether it fits is not asked,
    /// because what it builds on may be missing here.
    pub fn check_newcomer(
        &self,
        header: &[u8],
        body: &[u8],
        vouched: &BTreeMap<VerifyKey, Membership>,
    ) -> Result<(VerifyKey, Membership), Refusal> {
        let header = Verified::check(header).map_err(Refusal::Header)?;
        let feed = header.envelope.feed;
        if header.envelope.ledger != self.id {
            return Err(Refusal::OtherLedger);
        }
        if header.envelope.seq != 0 || self.feeds.contains_key(&feed) {
            return Err(Refusal::NotEnrolled);
        }
        let may_let_in = |by: &VerifyKey, other: &Membership| match self.feeds.get(by) {
            Some(known) => self.rights.may_let_in(by, Some(known), other) && !self.is_suspended(by),
            None => vouched.get(by).is_some_and(|member| member.may_let_in(other)),
        };
        match self.check_enrolment(&header, body, may_let_in)? {
            _ if self.is_ended(&feed) || self.is_suspended(&feed) => Err(Refusal::Enrolment(EnrolmentError::Keys)),
            (_, membership) => Ok((feed, membership)),
        }
    }
}

/// How many blocks of a feed without branches are held where it ends like this.
fn held(feed: &Feed, ends: &[(u64, Hash)]) -> usize {
    let mut held = 0;
    for (seq, name) in ends {
        let place = usize::try_from(*seq).unwrap_or(usize::MAX);
        match feed.chain.get(place) {
            Some(here) if here == name => held = held.max(place.saturating_add(1)),
            Some(_) => {}
            // It goes on there, or another branch of it does: then who lacks this one says so by what it lists next.
            None => held = held.max(feed.chain.len()),
        }
    }
    held
}
