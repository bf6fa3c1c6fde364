//! Versions of one thing. Several of them may be live: then devices that did not know of each other wrote them.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};

use crate::record::{Commitment, ContentHash};
use crate::{Chart, Record};

/// At most so many live versions of a thing are told.
const MOST_LIVE: usize = 64;

impl Chart {
    /// Whether a record is one of several live versions that say different things, and not all of them that it was made in error.
    pub fn is_disputed(&self, number: u32) -> bool {
        self.things.open_thing_of(number).is_some() && self.record(number).is_some_and(|record| !record.superseded)
    }

    /// One record of each thing that is disputed, newest first.
    pub fn disputed(&self) -> Vec<u32> {
        let open = self.things.several.iter().filter_map(|thing| self.things.open_thing_of(*thing));
        let mut leads: Vec<u32> = open.filter_map(|thing| thing.standing().next()).collect();
        let order = |number: &u32| self.record(*number).map(|record| (record.sort_ms(), record.commitment));
        leads.sort_unstable_by_key(|number| core::cmp::Reverse(order(number)));
        leads
    }

    /// Whether two records are versions of one thing.
    pub fn are_of_one(&self, one: u32, other: u32) -> bool {
        let things = (self.things.of.get(&one), self.things.of.get(&other));
        one == other || matches!(things, (Some(one), Some(other)) if one == other)
    }

    /// Whether no other version supersedes this one. One that says the same may stand for it.
    pub fn is_live(&self, number: u32) -> bool {
        let Some(record) = self.record(number) else { return false };
        self.things.thing_of(number).is_none_or(|thing| {
            thing.live.get(&said(record)).is_some_and(|alike| alike.contains(&(record.commitment, number)))
        })
    }

    /// The live version that stands for a live one: the first of those that say the same.
    pub fn standing_for(&self, number: u32) -> u32 {
        let alike = self.record(number).and_then(|record| self.things.thing_of(number)?.live.get(&said(record)));
        alike.and_then(BTreeSet::first).map_or(number, |(_, first)| *first)
    }

    /// Live versions of the thing of a record, at most 64, in an order that all devices have; one where it is not disputed. Those
    /// that say it was made in error come last; what stands for the record itself is always there.
    pub fn live_versions(&self, number: u32) -> Vec<u32> {
        let Some(thing) = self.things.thing_of(number) else {
            return self.record(number).map(|_| number).into_iter().collect();
        };
        let mut live: Vec<u32> = thing.standing().take(MOST_LIVE).collect();
        let asked = self.standing_for(number);
        if self.is_live(number) && !live.contains(&asked) {
            live.pop();
            live.push(asked);
        }
        live
    }

    /// How many live versions that differ the thing of a record has, counted up to 64; one where it is not disputed.
    pub fn live_count(&self, number: u32) -> usize {
        self.things.open_thing_of(number).map_or(1, |thing| thing.live.len().min(MOST_LIVE))
    }

    /// A live version with all others that say the same: what a newer one has to supersede. At most 64.
    pub fn live_alike(&self, number: u32) -> Vec<u32> {
        let Some(record) = self.record(number) else { return Vec::new() };
        match self.things.thing_of(number) {
            Some(thing) => {
                let alike = thing.live.get(&said(record)).into_iter().flatten();
                alike.map(|(_, number)| *number).take(MOST_LIVE).collect()
            }
            None => vec![number],
        }
    }

    /// Whether a thing that is counted once is counted with this record: the first of its live versions that fits.
    pub fn is_counted(&self, number: u32, fits: impl Fn(&Record) -> bool) -> bool {
        let Some(thing) = self.things.thing_of(number) else { return true };
        let mut standing = thing.standing().take(MOST_LIVE);
        let is_one = |other: &u32| self.record(*other).is_some_and(|record| record.is_current() && fits(record));
        standing.find(is_one).is_none_or(|first| first == number)
    }

    /// What is shown, with all live versions that fit beside each one that is disputed: none of them hides another.
    pub fn with_versions(&self, shown: &[u32], fits: impl Fn(u32, &Record) -> bool) -> Vec<u32> {
        let mut met = HashSet::new();
        let mut all = Vec::with_capacity(shown.len());
        for number in shown {
            let versions = if self.is_disputed(*number) { self.live_versions(*number) } else { vec![*number] };
            let fits = |other: &u32| {
                other == number || self.record(*other).is_some_and(|record| record.is_current() && fits(*other, record))
            };
            all.extend(versions.into_iter().filter(fits).filter(|other| met.insert(*other)));
        }
        all
    }

    /// Whether some entry says this, and all of its live versions do.
    pub fn is_said(&self, says: impl Fn(&Record) -> bool) -> bool {
        let says = |record: &Record| record.is_current() && says(record);
        let mut saying = self.records().filter(|(_, record)| says(record));
        let say_all = |number: u32| {
            let Some(thing) = self.things.open_thing_of(number) else { return true };
            thing.live.len() <= MOST_LIVE && thing.standing().all(|other| self.record(other).is_some_and(says))
        };
        saying.any(|(number, _)| say_all(number))
    }

    /// The live version of a record's thing; of several the same one on all devices, rather one that is not made in error.
    pub(crate) fn newest_version(&self, number: u32) -> Option<u32> {
        let live = self.things.thing_of(number).and_then(|thing| thing.standing().next());
        live.or_else(|| self.record(number).map(|_| number))
    }

    /// Names of the versions that a thing began with, ascending: mostly one.
    pub fn origins(&self, number: u32) -> BTreeSet<Commitment> {
        let members = self.things.thing_of(number).map_or(core::slice::from_ref(&number), |thing| &thing.members);
        let first = members.iter().filter_map(|member| self.record(*member)).filter(|r| r.supersedes.is_empty());
        first.map(|record| record.commitment).collect()
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
        if versions.len() < thing.members.len() {
            // No entries make a ring; pages that are not as they were written may.
            let met: HashSet<u32> = versions.iter().copied().collect();
            versions.extend(thing.members.iter().copied().filter(|member| !met.contains(member)));
        }
        versions
    }
}

/// What live versions are told apart by, those that were not made in error first.
type Said = (bool, ContentHash);

fn said(record: &Record) -> Said {
    (record.facts.wrong, record.content)
}

/// Which records are versions of one thing, for things that have several. Made anew from the records when they are loaded;
/// follows from the set of records, whatever their order.
#[derive(Debug, Default)]
pub(crate) struct Things {
    /// Which thing a record is a version of.
    of: HashMap<u32, u32>,
    things: HashMap<u32, Thing>,
    /// Things with several live versions; each has the number of one of its records.
    several: BTreeSet<u32>,
}

#[derive(Debug)]
struct Thing {
    members: Vec<u32>,
    /// What no other version supersedes. Those that say the same are one, and the first of them stands for all.
    live: BTreeMap<Said, BTreeSet<(Commitment, u32)>>,
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

    /// A record has the name of one that was there before: it is that one once more, which stands for it for ever.
    pub(crate) fn repeat(&mut self, records: &mut [Record], copy: u32, first: u32) {
        let Some(number) = self.thing(records, first) else { return };
        self.of.insert(copy, number);
        if let Some(thing) = self.things.get_mut(&number) {
            thing.members.push(copy);
        }
        set_superseded(records, copy, true);
    }

    /// The thing of a record; a record by itself is a thing that is live.
    fn thing(&mut self, records: &[Record], number: u32) -> Option<u32> {
        if let Some(thing) = self.of.get(&number) {
            return Some(*thing);
        }
        let record = records.get(number as usize)?;
        let live = BTreeMap::from([(said(record), BTreeSet::from([(record.commitment, number)]))]);
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
        for (said, versions) in gone.live {
            let alike = thing.live.entry(said).or_default();
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
        let key = records.get(number as usize).map(|record| (said(record), record.commitment));
        let (Some((said, commitment)), Some(thing)) = (key, self.things.get_mut(&thing)) else { return };
        set_superseded(records, number, true);
        let Some(alike) = thing.live.get_mut(&said) else { return };
        alike.remove(&(commitment, number));
        match alike.first() {
            Some((_, first)) => set_superseded(records, *first, false),
            None => {
                thing.live.remove(&said);
            }
        }
    }

    fn thing_of(&self, number: u32) -> Option<&Thing> {
        self.things.get(self.of.get(&number)?)
    }

    /// The thing of a record, if it is disputed: something in it was not made in error, and that comes first.
    fn open_thing_of(&self, number: u32) -> Option<&Thing> {
        let several = self.of.get(&number).filter(|thing| self.several.contains(thing))?;
        self.things.get(several).filter(|thing| thing.live.keys().next().is_some_and(|(wrong, _)| !wrong))
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
