use std::collections::{BTreeSet, HashMap, HashSet};

use chartchain_fhir::{
    Facts, Kind, absolute_reference, bare_reference, base_of, is_address, is_uuid, is_web_address, reference_targets,
    short_reference,
};

use crate::analytes::Analytes;
use crate::medicines::Medicines;
use crate::record::{Commitment, ContentHash, NewEntry, Record};
use crate::things::Things;
use crate::words::Words;

/// An entry supersedes no more than so many.
const MOST_NAMED: usize = 64;

/// Records to a page.
pub(crate) const PAGE_RECORDS: usize = 1024;

/// The index of one ledger.
#[derive(Debug, Default)]
pub struct Chart {
    pub(crate) records: Vec<Record>,
    pub(crate) sources: Vec<String>,
    pub(crate) words: Words,
    pub(crate) dirty: BTreeSet<usize>,
    pub(crate) links: Links,
    pub(crate) things: Things,
    source_numbers: HashMap<String, u32>,
    pub(crate) unresolved: Unresolved,
    order: Vec<u32>,
    pub(crate) analytes: Analytes,
    pub(crate) medicines: Medicines,
}

/// Entries whose source is not known.
#[derive(Debug, Default)]
pub(crate) struct Unresolved {
    /// Came in since sources were last looked for.
    new: Vec<u32>,
    /// Were looked for in vain.
    old: BTreeSet<u32>,
    /// Types of things that these refer to; the empty one where that is not written.
    wanted: HashSet<String>,
    /// One of them came in, so that the old ones are worth another try.
    again: bool,
}

impl Unresolved {
    /// Something came in that others may refer to.
    fn meet(&mut self, type_name: &str) {
        self.again |= self.wanted.contains(type_name) || self.wanted.contains("");
    }

    fn give_up(&mut self, number: u32, facts: &Facts) {
        self.old.insert(number);
        for reference in facts.recorded_by_refs.iter().chain(&facts.references) {
            let short = short_reference(reference).and_then(|short| short.split_once('/'));
            let type_name = short.map_or("", |(type_name, _)| type_name);
            if !self.wanted.contains(type_name) {
                self.wanted.insert(type_name.to_owned());
            }
        }
    }

    /// What to look for now.
    fn take(&mut self) -> Vec<u32> {
        let mut numbers = core::mem::take(&mut self.new);
        if core::mem::take(&mut self.again) {
            self.wanted.clear();
            numbers.extend(core::mem::take(&mut self.old));
            numbers.sort_unstable();
        }
        numbers
    }
}

/// What is found by which name; made anew from the records when they are loaded.
#[derive(Debug, Default)]
pub(crate) struct Links {
    by_commitment: HashMap<Commitment, u32>,
    /// Records that name an entry which is not here.
    waiting: HashMap<Commitment, Vec<u32>>,
    by_content: HashMap<ContentHash, u32>,
    by_target: HashMap<String, u32>,
    /// `Type/id` that different things at two servers have.
    ambiguous: HashSet<String>,
    /// Servers that entries came from.
    bases: HashSet<String>,
    /// Who the record tells of.
    people: Vec<u32>,
}

impl Chart {
    /// How many entries, old versions included.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// A record by number.
    pub fn record(&self, number: u32) -> Option<&Record> {
        self.records.get(number as usize)
    }

    /// All records in order of arrival, with their numbers.
    pub fn records(&self) -> impl Iterator<Item = (u32, &Record)> {
        (0u32..).zip(&self.records)
    }

    /// Current records of people, in order of arrival.
    pub fn people(&self) -> impl Iterator<Item = &Record> {
        self.links.people.iter().filter_map(|number| self.record(*number)).filter(|record| record.is_current())
    }

    /// A record by the start of its commitment (all of it names it).
    pub fn find(&self, start: &[u8]) -> Option<u32> {
        self.records().find(|(_, record)| record.commitment.starts_with(start)).map(|(number, _)| number)
    }

    /// A record by its whole commitment.
    pub fn find_commitment(&self, commitment: &Commitment) -> Option<u32> {
        self.links.by_commitment.get(commitment).copied()
    }

    /// How many entries with this content there are.
    pub fn count_content(&self, content: &ContentHash) -> u32 {
        self.links.by_content.get(content).copied().unwrap_or(0)
    }

    /// The newest record that a reference, as written in a resource with this full URL, points to. An address means
    /// only that address, unless the id is a UUID or the record that has it lost its own; a short id that two servers use
    /// means nothing.
    pub fn find_reference(&self, reference: &str, from: Option<&str>) -> Option<u32> {
        let by_address =
            absolute_reference(reference, from).and_then(|address| self.links.by_target.get(address.as_ref()));
        let by_short = || {
            let short = short_reference(reference).unwrap_or_else(|| bare_reference(reference));
            let found = self.links.by_target.get(short).filter(|_| !self.links.ambiguous.contains(short))?;
            let located = self.record(*found)?.full_url.as_deref().is_some_and(is_web_address);
            let elsewhere = located && is_web_address(reference) && !short.rsplit('/').next().is_some_and(is_uuid);
            (!elsewhere).then_some(found)
        };
        self.newest_version(*by_address.or_else(by_short)?)
    }

    /// The current record that is the same thing as these facts in another version, if one is. Hiding an entry that is
    /// something else would be worse than showing a thing twice, so ids that are not globally unique count only
    /// together with name and date, and never across servers.
    pub fn find_same_thing(&self, facts: &Facts, full_url: Option<&str>) -> Option<u32> {
        let address = full_url.map(bare_reference).filter(|url| is_address(url));
        let by_url = address.and_then(|url| self.links.by_target.get(url));
        let id = facts.id.as_deref();
        let by_id = || id.and_then(|id| self.links.by_target.get(&format!("{}/{id}", facts.type_name)));
        let number = self.newest_version(*by_url.or_else(by_id)?)?;
        let found = self.record(number)?;
        if found.facts.type_name != facts.type_name {
            return None;
        }
        if by_url.is_some() || id.is_some_and(is_uuid) {
            return Some(number);
        }
        let short = id.map(|id| format!("{}/{id}", facts.type_name))?;
        let elsewhere = self.links.ambiguous.contains(&short) || are_at_two_servers(address, found.full_url.as_deref());
        let alike = found.facts.title == facts.title && found.facts.when == facts.when;
        (alike && !elsewhere).then_some(number)
    }

    /// Number of a name in the list of sources, adding it.
    fn source_number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.source_numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.push(name.to_owned());
        self.source_numbers.insert(name.to_owned(), number);
        number
    }

    /// Name of a record's source.
    pub fn source_of(&self, record: &Record) -> Option<&str> {
        self.sources.get(record.source? as usize).map(String::as_str)
    }

    /// Adds an entry; gives its number.
    pub fn add(&mut self, entry: NewEntry) -> u32 {
        let number = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        let mut facts = entry.facts;
        self.words.add(number, &format!("{} {}", facts.title, facts.search_text));
        facts.search_text = String::new();
        let mut apart = entry.relation;
        apart.supersedes.sort_unstable();
        apart.supersedes.dedup();
        apart.supersedes.truncate(MOST_NAMED);
        // Not both: an entry that is older and newer than the same one would close a ring.
        apart.older_than = apart.older_than.filter(|_| apart.supersedes.is_empty());
        let mut record = Record {
            commitment: entry.commitment,
            place: entry.place,
            content: entry.content,
            full_url: entry.full_url,
            input: entry.input,
            superseded: false,
            supersedes: Vec::new(),
            apart,
            source: None,
            facts,
        };
        if let Some(name) = record.facts.recorded_by.clone() {
            record.source = Some(self.source_number(&name));
        }
        if record.source.is_none() {
            self.unresolved.new.push(number);
        } else {
            record.facts.references = Vec::new();
        }
        self.unresolved.meet(&record.facts.type_name);
        self.links.add(&self.records, &record, number);
        self.records.push(record);
        self.dirty.insert(number as usize / PAGE_RECORDS);
        self.order.clear();
        self.repeat(number);
        let named: Vec<Commitment> = self.record(number).into_iter().flat_map(|record| record.apart.names()).collect();
        for name in named {
            self.link_name(number, &name);
        }
        for waiting in self.links.waiting.remove(&entry.commitment).unwrap_or_default() {
            self.link_name(waiting, &entry.commitment);
        }
        number
    }

    /// Links a record with one that it names; if that is not here, it is waited for.
    fn link_name(&mut self, number: u32, name: &Commitment) {
        let Some(named) = self.find_commitment(name) else {
            return self.links.waiting.entry(*name).or_default().push(number);
        };
        let Some(record) = self.record(number) else { return };
        let is_first = self.find_commitment(&record.commitment) == Some(number);
        if record.apart.supersedes.contains(name) {
            if self.may_supersede(number, named) {
                self.link_older(number, named);
            }
        } else if record.apart.older_than == Some(*name) && is_first && self.may_supersede(named, number) {
            self.place_before(number, named);
        }
    }

    /// Whether one record may be a newer version of another: whatever amends an entry keeps its type, and its id or address.
    /// Naming anything else as an older version means nothing.
    fn may_supersede(&self, newer: u32, older: u32) -> bool {
        let (Some(here), Some(there)) = (self.record(newer), self.record(older)) else { return false };
        let names = reference_targets(&there.facts, there.full_url.as_deref());
        let shares =
            || reference_targets(&here.facts, here.full_url.as_deref()).iter().any(|name| names.contains(name));
        newer != older && here.facts.type_name == there.facts.type_name && (names.is_empty() || shares())
    }

    fn link_older(&mut self, number: u32, older: u32) {
        let name = self.record(older).map(|record| record.commitment);
        if let Some(record) = self.records.get_mut(number as usize) {
            record.apart.supersedes.retain(|apart| Some(*apart) != name);
            record.supersedes.push(older);
            record.supersedes.sort_unstable();
            record.supersedes.dedup();
        }
        self.dirty.insert(number as usize / PAGE_RECORDS);
        self.things.supersede(&mut self.records, number, older);
    }

    /// Puts an older version that came in late right before the first newer one.
    fn place_before(&mut self, number: u32, newer: u32) {
        let Some(after) = self.records.get_mut(newer as usize) else { return };
        let before = core::mem::replace(&mut after.supersedes, vec![number]);
        if let Some(record) = self.records.get_mut(number as usize) {
            record.supersedes.extend(before.into_iter().filter(|older| *older != number));
            record.supersedes.sort_unstable();
            record.supersedes.dedup();
            record.apart.older_than = None;
        }
        self.dirty.insert(newer as usize / PAGE_RECORDS);
        self.dirty.insert(number as usize / PAGE_RECORDS);
        self.link_versions(number);
        self.link_versions(newer);
    }

    fn link_versions(&mut self, number: u32) {
        for older in self.record(number).map(|record| record.supersedes.clone()).unwrap_or_default() {
            self.things.supersede(&mut self.records, number, older);
        }
    }

    /// Notes that a record has the name of an earlier one.
    fn repeat(&mut self, number: u32) {
        let first = self.record(number).and_then(|record| self.find_commitment(&record.commitment));
        if let Some(first) = first.filter(|first| *first != number) {
            self.things.repeat(&mut self.records, number, first);
        }
    }

    /// Rebuilds what is not stored, after pages were loaded.
    pub(crate) fn relink(&mut self) {
        self.things = Things::default();
        (self.analytes, self.medicines) = (Analytes::default(), Medicines::default());
        for record in &mut self.records {
            record.superseded = false;
        }
        for (number, record) in (0u32..).zip(&self.records) {
            self.links.add(&self.records, record, number);
            if record.source.is_none()
                && !(record.facts.references.is_empty() && record.facts.recorded_by_refs.is_empty())
            {
                // It was looked for before the pages were stored.
                self.unresolved.give_up(number, &record.facts);
            }
        }
        for number in (0u32..).take(self.records.len()) {
            self.repeat(number);
            self.link_versions(number);
            let Some(record) = self.records.get(number as usize) else { continue };
            for name in record.apart.names() {
                if !self.links.by_commitment.contains_key(&name) {
                    self.links.waiting.entry(name).or_default().push(number);
                }
            }
        }
        self.source_numbers = (0u32..).zip(&self.sources).map(|(number, name)| (name.clone(), number)).collect();
        self.order.clear();
    }

    /// Finds out who recorded what, through references to practitioners, organizations and visits. Called when a batch
    /// is in, because what is referred to may come later than what refers.
    pub fn resolve_sources(&mut self) {
        for number in self.unresolved.take() {
            let Some(record) = self.record(number) else { continue };
            let name = self.find_source(record, true).map(str::to_owned);
            if name.is_none() && record.facts.references.is_empty() && record.facts.recorded_by_refs.is_empty() {
                continue;
            }
            match name {
                Some(name) => {
                    let source = self.source_number(&name);
                    if let Some(record) = self.records.get_mut(number as usize) {
                        record.source = Some(source);
                        record.facts.references = Vec::new();
                        self.dirty.insert(number as usize / PAGE_RECORDS);
                    }
                }
                None => {
                    if let Some(record) = self.records.get(number as usize) {
                        self.unresolved.give_up(number, &record.facts);
                    }
                }
            }
        }
    }

    fn find_source<'a>(&'a self, record: &'a Record, through_visit: bool) -> Option<&'a str> {
        if let Some(name) = self.source_of(record).or(record.facts.recorded_by.as_deref()) {
            return Some(name);
        }
        let find = |reference: &String| self.find_reference(reference, record.full_url.as_deref());
        let named = record.facts.recorded_by_refs.iter().filter_map(find);
        if let Some(provider) = named.filter_map(|number| self.record(number)).next() {
            return Some(&provider.facts.title);
        }
        if !through_visit {
            return None;
        }
        let references = record.facts.references.iter().filter_map(find);
        let mut visits = references.filter_map(|number| self.record(number)).filter(|r| r.facts.kind == Kind::Visit);
        visits.find_map(|visit| self.find_source(visit, false))
    }

    /// Numbers of all records, newest first; entries without a date come last, later arrivals before earlier ones.
    pub fn newest_first(&mut self) -> &[u32] {
        if self.order.len() != self.records.len() {
            let mut order: Vec<(i64, u32)> =
                self.records().map(|(number, record)| (record.sort_ms(), number)).collect();
            order.sort_unstable_by(|a, b| b.cmp(a));
            self.order = order.into_iter().map(|(_, number)| number).collect();
        }
        &self.order
    }
}

impl Links {
    fn add(&mut self, records: &[Record], record: &Record, number: u32) {
        // A name means the first entry that bears it; one that comes in once more is that one.
        self.by_commitment.entry(record.commitment).or_insert(number);
        *self.by_content.entry(record.content).or_default() += 1;
        let full_url = record.full_url.as_deref();
        if let Some(base) = full_url.and_then(base_of).filter(|base| !self.bases.contains(*base)) {
            self.bases.insert(base.to_owned());
        }
        if record.facts.kind == Kind::Person {
            self.people.push(number);
        }
        let may_be_shared = !record.facts.id.as_deref().is_some_and(is_uuid);
        for target in reference_targets(&record.facts, full_url) {
            let before = self.by_target.get(&target).and_then(|before| records.get(*before as usize));
            let other = before.filter(|_| may_be_shared && !is_address(&target));
            if other.is_some_and(|other| are_at_two_servers(other.full_url.as_deref(), full_url)) {
                self.ambiguous.insert(target.clone());
            }
            self.by_target.insert(target, number);
        }
    }
}

/// Whether two full URLs say that these are two things, each at a server of its own.
fn are_at_two_servers(a: Option<&str>, b: Option<&str>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if is_web_address(a) && is_web_address(b) && bare_reference(a) != bare_reference(b))
}
