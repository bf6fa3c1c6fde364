use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chartchain_keys::VerifyKey;
use chartchain_ledger::{Frontier, Hash, Membership, Role};

use crate::open::OpenLedger;

/// A ledger in a connection.
#[derive(Default)]
pub(crate) struct Shared {
    /// The feed of the other device, proved.
    pub(crate) feed: Option<VerifyKey>,
    pub(crate) admitted: bool,
    /// Devices that are not known here, and whose first blocks tell who let them in.
    pub(crate) vouched: BTreeMap<VerifyKey, Membership>,
    /// As what it has introduced itself, where it is not known here.
    pub(crate) newcomer: Option<Role>,
    /// The other device gets nothing.
    pub(crate) shut: bool,
    /// This one gets nothing.
    pub(crate) shut_there: bool,
    /// What the other one holds, as it said last.
    pub(crate) theirs: Option<Frontier>,
    wants: bool,
    /// Numbers of blocks to be given, in order of arrival.
    queue: VecDeque<u32>,
    /// So many blocks were looked at for the queue.
    considered: u32,
    /// What was given and is not confirmed.
    sent: BTreeSet<Hash>,
    /// What the other side does not take.
    unwanted: BTreeSet<Hash>,
    /// What the other side was told that this one holds.
    pub(crate) told: Option<Hash>,
    pub(crate) given: u32,
    pub(crate) taken: u32,
    pub(crate) refused: u32,
    pub(crate) behind: bool,
    pub(crate) same: bool,
}

impl Shared {
    /// The other device says what it holds.
    pub(crate) fn learn(&mut self, frontier: Frontier, wants: bool, open: &OpenLedger) {
        self.wants = wants;
        self.theirs = Some(frontier);
        self.consider(open);
    }

    /// The other side does not take a block.
    pub(crate) fn refused_there(&mut self, block: Hash) {
        if self.sent.remove(&block) {
            self.unwanted.insert(block);
        }
    }

    /// Looks for blocks to be given among those that were not looked at.
    pub(crate) fn consider(&mut self, open: &OpenLedger) {
        let blocks = u32::try_from(open.arrivals.len()).unwrap_or(u32::MAX);
        if self.queue.is_empty() {
            // What they hold may show that they lack what they were taken to hold.
            self.considered = 0;
        }
        let Some(theirs) = self.theirs.as_ref().filter(|_| blocks > self.considered) else { return };
        let mut lacking = open.ledger.lacking(theirs);
        lacking.retain(|name| !self.unwanted.contains(name));
        self.sent.retain(|name| lacking.contains(name));
        let mut left = lacking.len() - self.sent.len();
        let mut found = Vec::new();
        // What is lacking is most often what came last.
        for number in (self.considered..blocks).rev() {
            if left == 0 {
                break;
            }
            let Some(Some(name)) = open.arrivals.get(number as usize) else { continue };
            if lacking.contains(name) && !self.sent.contains(name) {
                found.push(number);
                left -= 1;
            }
        }
        self.queue.extend(found.into_iter().rev());
        self.considered = blocks;
    }

    /// The next block to be given.
    pub(crate) fn next(&mut self) -> Option<u32> {
        if self.admitted && self.wants { self.queue.pop_front() } else { None }
    }

    pub(crate) fn gave(&mut self, name: Option<Hash>) {
        self.given += 1;
        self.sent.extend(name);
    }

    pub(crate) fn to_give(&self) -> u32 {
        u32::try_from(self.queue.len() + self.sent.len()).unwrap_or(u32::MAX)
    }

    /// How both stand to each other now.
    pub(crate) fn settle(&mut self, open: &OpenLedger) {
        let Some(theirs) = &self.theirs else { return };
        self.behind = open.ledger.is_behind(theirs);
        self.same = !self.behind && open.ledger.lacking(theirs).is_empty();
    }
}
