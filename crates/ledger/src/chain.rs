//! The control chain: which changes are in force. A function of the set of control blocks and forks, whatever their order.

use std::collections::{BTreeMap, BTreeSet};

use chartchain_keys::VerifyKey;

use crate::control::{Change, Membership, Proposal, Role};
use crate::feed::Feed;
use crate::{ForkProof, Hash};

/// Most suspensions by one feed.
const MAX_SUSPENSIONS: usize = 256;

/// A proposal in a block that is here.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    pub(crate) proposal: Proposal,
    /// Whoever signed the block, and its place in that feed.
    pub(crate) author: VerifyKey,
    pub(crate) seq: u64,
    /// The recovery key says that it is in force.
    pub(crate) by_recovery: bool,
}

/// A suspension in a block that is here.
#[derive(Debug, Clone)]
pub(crate) struct Suspended {
    /// Whose feed.
    pub(crate) feed: VerifyKey,
    /// Whoever signed the block, and its place in that feed.
    pub(crate) author: VerifyKey,
    pub(crate) seq: u64,
}

/// Who belongs to a ledger, by the control chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlState {
    /// How many changes are in force.
    pub height: u64,
    /// Name of the last of them; zero if there was none.
    pub head: Hash,
    /// Whose changes count. Nobody's but the recovery key's, where its feed ended or forked.
    pub steward: VerifyKey,
    /// Feeds that belong to it. (So do those that others let in, as long as these may write.)
    pub members: BTreeMap<VerifyKey, Membership>,
    /// Feeds that were removed, and how many of their blocks stand.
    pub removed: BTreeMap<VerifyKey, u64>,
    /// As what those belonged to it.
    pub(crate) former: BTreeMap<VerifyKey, Membership>,
    /// Feeds that a steward or the recovery key has removed by a change which is void now, and that nobody has admitted since: they get
    /// nothing, because what denies outlasts what allows.
    pub(crate) doubted: BTreeSet<VerifyKey>,
    /// All that ever were steward.
    stewards: BTreeSet<VerifyKey>,
    /// Blocks whose suspension is over.
    lifted: BTreeSet<Hash>,
}

impl ControlState {
    fn apply(&mut self, name: Hash, one: &Carried, suspensions: &BTreeMap<Hash, Suspended>) {
        (self.height, self.head) = (one.proposal.height, name);
        let steward = self.steward;
        for change in &one.proposal.changes {
            match change {
                Change::Admit { feed, membership } => {
                    if !self.removed.contains_key(feed) {
                        self.members.insert(*feed, membership.clone());
                    }
                }
                Change::Remove { feed, length } => {
                    let was = self.members.remove(feed);
                    self.former.extend(was.map(|membership| (*feed, membership)));
                    let earliest = self.removed.entry(*feed).or_insert(*length);
                    *earliest = (*earliest).min(*length);
                }
                Change::Steward { feed } => {
                    if self.members.get(feed).is_some_and(|member| member.role == Role::Patient) {
                        self.steward = *feed;
                    }
                }
                Change::Lift { suspension } => {
                    let is_own = suspensions.get(suspension).is_some_and(|suspended| suspended.feed == steward);
                    if one.by_recovery || !is_own {
                        self.lifted.insert(*suspension);
                    }
                }
            }
        }
    }
}

/// All control blocks that are here and say something.
pub(crate) struct Chain {
    founded: ControlState,
    /// Proposals by the name of the one that they follow.
    following: BTreeMap<Hash, Vec<(Hash, Carried)>>,
    /// Height of each proposal, and the name of the one that it follows.
    places: BTreeMap<Hash, (u64, Hash)>,
    /// Names of those that the recovery key has signed.
    by_recovery: BTreeSet<Hash>,
    suspensions: BTreeMap<Hash, Suspended>,
    suspended_by: BTreeMap<VerifyKey, usize>,
}

impl Chain {
    /// What the genesis says: its signer decides.
    pub(crate) fn found(founder: VerifyKey, devices: impl Iterator<Item = VerifyKey>) -> Self {
        let founded = ControlState {
            height: 0,
            head: Hash::ZERO,
            steward: founder,
            members: devices.map(|feed| (feed, Membership::patient())).collect(),
            removed: BTreeMap::new(),
            former: BTreeMap::new(),
            doubted: BTreeSet::new(),
            stewards: BTreeSet::from([founder]),
            lifted: BTreeSet::new(),
        };
        Self {
            founded,
            following: BTreeMap::new(),
            places: BTreeMap::new(),
            by_recovery: BTreeSet::new(),
            suspensions: BTreeMap::new(),
            suspended_by: BTreeMap::new(),
        }
    }

    pub(crate) fn insert(&mut self, name: Hash, carried: Carried) {
        let proposal = &carried.proposal;
        self.places.insert(name, (proposal.height, proposal.previous));
        if carried.by_recovery {
            self.by_recovery.insert(name);
        }
        self.following.entry(proposal.previous).or_default().push((name, carried));
    }

    /// Of one author's so many count as are ever needed: the first ones.
    pub(crate) fn suspend(&mut self, block: Hash, suspended: Suspended) {
        let count = self.suspended_by.entry(suspended.author).or_default();
        if *count < MAX_SUSPENSIONS {
            *count += 1;
            self.suspensions.insert(block, suspended);
        }
    }

    /// Suspensions of a feed that were not lifted, with the blocks that say so. Whether their authors may say so is not asked.
    pub(crate) fn suspensions<'a>(
        &'a self,
        state: &'a ControlState,
    ) -> impl Iterator<Item = (&'a Hash, &'a Suspended)> {
        self.suspensions.iter().filter(|(block, _)| !state.lifted.contains(*block))
    }

    /// What the highest view is that the recovery key gave to a proposal that follows this one.
    pub(crate) fn highest_view(&self, previous: &Hash) -> u64 {
        let following = self.following.get(previous).into_iter().flatten();
        let views = following.filter(|(_, carried)| carried.by_recovery).map(|(_, carried)| carried.proposal.view);
        views.max().unwrap_or(0)
    }

    /// Whether a proposal may change what is in force: others cost nothing.
    pub(crate) fn matters(&self, name: &Hash, carried: &Carried, state: &ControlState) -> bool {
        carried.by_recovery || state.stewards.contains(&carried.author) || self.following.contains_key(name)
    }

    /// Feeds that void changes have removed, if whoever wrote these was a steward then or later and was not removed before. `admitted`
    /// says at which height each feed was last.
    fn doubted(
        &self,
        applied: &BTreeSet<Hash>,
        admitted: &BTreeMap<VerifyKey, u64>,
        state: &ControlState,
    ) -> BTreeSet<VerifyKey> {
        let void = self.following.values().flatten().filter(|(name, _)| !applied.contains(name));
        let is_said = |one: &Carried| {
            let is_before = state.removed.get(&one.author).is_none_or(|end| one.seq < *end);
            one.by_recovery || (state.stewards.contains(&one.author) && is_before)
        };
        // Nobody denies what is far ahead, so that admitting once more always helps.
        let is_near = |one: &Carried| one.proposal.height <= state.height.saturating_add(1);
        let void = void.filter(|(_, one)| is_said(one) && is_near(one));
        let mut doubted = BTreeSet::new();
        for (_, one) in void {
            for change in &one.proposal.changes {
                let Change::Remove { feed, .. } = change else { continue };
                let is_admitted = admitted.get(feed).is_some_and(|height| *height > one.proposal.height);
                if !is_admitted && !state.removed.contains_key(feed) {
                    doubted.insert(*feed);
                }
            }
        }
        doubted
    }

    /// What the recovery key says is in force, with all before it.
    fn vouched(&self) -> BTreeSet<Hash> {
        let mut vouched = BTreeSet::new();
        for name in &self.by_recovery {
            let mut next = Some((*name, u64::MAX));
            while let Some((name, above)) = next.take().filter(|(name, _)| !vouched.contains(name)) {
                // What does not stand one below the other is no chain.
                let Some((height, previous)) = self.places.get(&name).filter(|(height, _)| *height < above) else {
                    break;
                };
                vouched.insert(name);
                next = Some((*previous, *height));
            }
        }
        vouched
    }

    /// Follows the chain as far as it goes. At each height counts, of those that follow the one before:
    ///
    /// 1. what the recovery key says is in force, or what such a one follows: by that signature nothing behind it is open to doubt any
    ///    more. Of several the one with the higher view, then with the smaller name;
    /// 2. else what the steward wrote first in its feed, before any fork or end of that.
    pub(crate) fn derive(&self, feeds: &BTreeMap<VerifyKey, Feed>) -> ControlState {
        let vouched = self.vouched();
        let mut state = self.founded.clone();
        let (mut applied, mut admitted) = (BTreeSet::new(), BTreeMap::new());
        loop {
            let following = self.following.get(&state.head).into_iter().flatten();
            let following = following.filter(|(_, one)| Some(one.proposal.height) == state.height.checked_add(1));
            let by_recovery = following
                .clone()
                .filter(|(name, _)| vouched.contains(name))
                .min_by_key(|(name, one)| (core::cmp::Reverse(one.proposal.view), *name, !one.by_recovery));
            let stands = |(_, one): &&(Hash, Carried)| {
                let fork = feeds.get(&one.author).and_then(|feed| feed.fork.as_ref()).map(ForkProof::seq);
                let end = state.removed.get(&one.author).copied();
                let is_before = fork.into_iter().chain(end).all(|end| one.seq < end);
                one.proposal.view == 0 && one.author == state.steward && is_before
            };
            let steward = || following.filter(stands).min_by_key(|(_, one)| one.seq);
            let Some((name, one)) = by_recovery.or_else(steward) else {
                state.doubted = self.doubted(&applied, &admitted, &state);
                return state;
            };
            state.apply(*name, one, &self.suspensions);
            applied.insert(*name);
            state.stewards.insert(state.steward);
            for change in &one.proposal.changes {
                if let Change::Admit { feed, .. } = change {
                    admitted.insert(*feed, one.proposal.height);
                }
            }
        }
    }
}
