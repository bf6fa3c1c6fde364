//! Versions of one thing. Several of them may be live: then devices that did not know of each other wrote them.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use crate::record::{Commitment, ContentHash};
use crate::{Chart, Record};

/// At most so many live versions of a thing are told.
const MOST_LIVE: usize = 64;

/// Which records are versions of one thing, for things that have several. Made anew from the records when they are loaded;
/// follows from the set of records, whatever their order.
#[derive(Debug, Default)]
pub(crate) struct Things {
    /// Which thing a record is a version of.
    of: HashMap<u32, u32>,
    things: HashMap<u32, Thing>,
    /// Things with several live versions.
    several: BTreeSet<u32>,
}

#[derive(Debug)]
struct Thing {
    members: Vec<u32>,
    /// What no other version supersedes. Those that say the same are one, and the first of them stands for all.
    live: BTreeMap<ContentHash, BTreeSet<(Commitment, u32)>>,
}

impl Things {
    /// A record supersedes another one.
    pub(crate) fn supersede(&mut self, records: &mut [Record], newer: u32, older: u32) {
        if newer == older {
            return;
        }
        let (Some(one), Some(other)) = (self.thing(records, newer), self.thing(records, older)) else { return };
        let thing = self.join(records, one, other);
        self.retire(records, thing, older);
        if self.things.get(&thing).is_some_and(|thing| thing.live.len() > 1) {
            self.several.insert(thing);
        } else {
            self.several.remove(&thing);
        }
    }

    /// The thing of a record; a record by itself is a thing that is live.
    fn thing(&mut self, records: &[Record], number: u32) -> Option<u32> {
        if let Some(thing) = self.of.get(&number) {
            return Some(*thing);
        }
        let record = records.get(number as usize)?;
        let live = BTreeMap::from([(record.content, BTreeSet::from([(record.commitment, number)]))]);
        self.of.insert(number, number);
        self.things.insert(number, Thing { members: vec![number], live });
        Some(number)
    }

    /// Makes one thing of two; the smaller one goes, so that it costs little however often this happens.
    fn join(&mut self, records: &mut [Record], one: u32, other: u32) -> u32 {
        let size = |thing: u32| self.things.get(&thing).map_or(0, |thing| thing.members.len());
        let (stays, goes) = if size(one) < size(other) { (other, one) } else { (one, other) };
        if stays == goes {
            return stays;
        }
        let Some(gone) = self.things.remove(&goes) else { return stays };
        self.several.remove(&goes);
        let Some(thing) = self.things.get_mut(&stays) else { return stays };
        for number in &gone.members {
            self.of.insert(*number, stays);
        }
        thing.members.extend(gone.members);
        for (content, versions) in gone.live {
            let alike = thing.live.entry(content).or_default();
            let firsts: Vec<u32> =
                alike.first().into_iter().chain(versions.first()).map(|(_, number)| *number).collect();
            alike.extend(versions);
            let stands = alike.first().map(|(_, number)| *number);
            for first in firsts {
                set_superseded(records, first, Some(first) != stands);
            }
        }
        stays
    }

    /// A version is live no more.
    fn retire(&mut self, records: &mut [Record], thing: u32, number: u32) {
        let key = records.get(number as usize).map(|record| (record.content, record.commitment));
        let (Some((content, commitment)), Some(thing)) = (key, self.things.get_mut(&thing)) else { return };
        set_superseded(records, number, true);
        let Some(alike) = thing.live.get_mut(&content) else { return };
        alike.remove(&(commitment, number));
        match alike.first() {
            Some((_, first)) => set_superseded(records, *first, false),
            None => {
                thing.live.remove(&content);
            }
        }
    }

    fn thing_of(&self, number: u32) -> Option<&Thing> {
        self.things.get(self.of.get(&number)?)
    }
}

impl Thing {
    /// Live versions that say different things.
    fn standing(&self) -> impl Iterator<Item = u32> {
        self.live.values().filter_map(|alike| alike.first()).map(|(_, number)| *number)
    }
}

fn set_superseded(records: &mut [Record], number: u32, superseded: bool) {
    if let Some(record) = records.get_mut(number as usize) {
        record.superseded = superseded;
    }
}

impl Chart {
    /// Whether a record is one of several live versions that say different things, and not all of them that it was made in error.
    pub fn is_disputed(&self, number: u32) -> bool {
        let thing = self.things.of.get(&number).filter(|thing| self.things.several.contains(thing));
        thing.is_some_and(|thing| self.is_open(*thing)) && self.record(number).is_some_and(|record| !record.superseded)
    }

    fn is_open(&self, thing: u32) -> bool {
        let is_right = |number: u32| self.record(number).is_some_and(|record| !record.facts.wrong);
        self.things.things.get(&thing).is_some_and(|thing| thing.standing().any(is_right))
    }

    /// One record of each thing that is disputed, newest first.
    pub fn disputed(&self) -> Vec<u32> {
        let open = self.things.several.iter().filter(|thing| self.is_open(**thing));
        let mut leads: Vec<u32> = open.filter_map(|thing| self.newest_version(*thing)).collect();
        let order = |number: &u32| self.record(*number).map(|record| (record.sort_ms(), record.commitment));
        leads.sort_unstable_by_key(|number| core::cmp::Reverse(order(number)));
        leads
    }

    /// Live versions of the thing of a record, at most 64, in an order that all devices have; one where it is not disputed.
    pub fn live_versions(&self, number: u32) -> Vec<u32> {
        match self.things.thing_of(number) {
            Some(thing) => thing.standing().take(MOST_LIVE).collect(),
            None => self.record(number).map(|_| number).into_iter().collect(),
        }
    }

    /// A live version with all others that say the same: what a newer one has to supersede. At most 64.
    pub fn live_alike(&self, number: u32) -> Vec<u32> {
        let Some(record) = self.record(number) else { return Vec::new() };
        match self.things.thing_of(number) {
            Some(thing) => {
                let alike = thing.live.get(&record.content).into_iter().flatten();
                alike.map(|(_, number)| *number).take(MOST_LIVE).collect()
            }
            None => vec![number],
        }
    }

    /// Whether a thing that is counted once is counted with this record: the first of its live versions that fits.
    pub fn counts(&self, number: u32, fits: impl Fn(&Record) -> bool) -> bool {
        let Some(thing) = self.things.thing_of(number) else { return true };
        let mut standing = thing.standing().take(MOST_LIVE);
        let is_one = |other: &u32| self.record(*other).is_some_and(|record| record.is_current() && fits(record));
        standing.find(is_one).is_none_or(|first| first == number)
    }

    /// The live version of a record's thing; of several the same one on all devices, rather one that is not made in error.
    pub(crate) fn newest_version(&self, number: u32) -> Option<u32> {
        let live = self.live_versions(number);
        let is_wrong = |number: &u32| self.record(*number).is_none_or(|record| record.facts.wrong);
        live.into_iter().min_by_key(is_wrong).or_else(|| self.record(number).map(|_| number))
    }

    /// All versions of a record, with itself: none before one that supersedes it.
    pub fn versions(&self, number: u32) -> Vec<u32> {
        let Some(thing) = self.things.thing_of(number) else { return vec![number] };
        let older = |number: u32| self.record(number).map(|record| record.supersedes.as_slice()).unwrap_or_default();
        let mut newer: HashMap<u32, usize> = thing.members.iter().map(|member| (*member, 0)).collect();
        for old in thing.members.iter().flat_map(|member| older(*member)) {
            if let Some(count) = newer.get_mut(old) {
                *count += 1;
            }
        }
        let mut next: BinaryHeap<u32> =
            newer.iter().filter(|(_, count)| **count == 0).map(|(member, _)| *member).collect();
        let mut versions = Vec::with_capacity(thing.members.len());
        while let Some(number) = next.pop() {
            versions.push(number);
            for old in older(number) {
                if let Some(count) = newer.get_mut(old) {
                    *count -= 1;
                    if *count == 0 {
                        next.push(*old);
                    }
                }
            }
        }
        versions
    }
}
