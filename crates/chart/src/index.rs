use std::collections::{BTreeSet, HashMap};

use chartchain_fhir::{Facts, Kind};

use crate::record::{Commitment, ContentHash, NewEntry, Record};
use crate::words::Words;

/// Records to a page.
pub(crate) const PAGE_RECORDS: usize = 1024;

/// The index of one ledger.
#[derive(Debug, Default)]
pub struct Chart {
    pub(crate) records: Vec<Record>,
    pub(crate) sources: Vec<String>,
    pub(crate) words: Words,
    pub(crate) dirty: BTreeSet<usize>,
    by_commitment: HashMap<Commitment, u32>,
    by_content: HashMap<ContentHash, u32>,
    by_target: HashMap<String, u32>,
    source_numbers: HashMap<String, u32>,
    unresolved: BTreeSet<u32>,
    order: Vec<u32>,
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

    /// A record by the start of its commitment (16 bytes name it uniquely in practice).
    pub fn find(&self, start: &[u8]) -> Option<u32> {
        self.records().find(|(_, record)| record.commitment.starts_with(start)).map(|(number, _)| number)
    }

    /// A record by its whole commitment.
    pub fn find_commitment(&self, commitment: &Commitment) -> Option<u32> {
        self.by_commitment.get(commitment).copied()
    }

    /// How many entries with this content there are.
    pub fn count_content(&self, content: &ContentHash) -> u32 {
        self.by_content.get(content).copied().unwrap_or(0)
    }

    /// The newest record that a reference, as written, points to.
    pub fn find_reference(&self, reference: &str) -> Option<u32> {
        let bare = reference.split_once("/_history/").map_or(reference, |(bare, _)| bare);
        let found = self.by_target.get(bare).or_else(|| self.by_target.get(last_two_segments(bare)?))?;
        let mut number = *found;
        while let Some(newer) = self.record(number)?.superseded_by {
            number = newer;
        }
        Some(number)
    }

    /// The current record that is the same thing as these facts in another version, if one is. Hiding an entry that is
    /// something else would be worse than showing a thing twice, so ids that are not globally unique count only
    /// together with name and date.
    pub fn find_same_thing(&self, facts: &Facts, full_url: Option<&str>) -> Option<u32> {
        let by_url = full_url.filter(|url| is_global(url)).and_then(|url| self.by_target.get(url));
        let id = facts.id.as_deref();
        let by_id = || id.and_then(|id| self.by_target.get(&format!("{}/{id}", facts.type_name)));
        let mut number = *by_url.or_else(by_id)?;
        while let Some(newer) = self.record(number)?.superseded_by {
            number = newer;
        }
        let found = self.record(number)?;
        if found.facts.type_name != facts.type_name {
            return None;
        }
        let certain = by_url.is_some() || id.is_some_and(is_uuid);
        let alike = found.facts.title == facts.title && found.facts.when == facts.when;
        (certain || alike).then_some(number)
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
        let mut record = Record {
            commitment: entry.commitment,
            place: entry.place,
            content: entry.content,
            full_url: entry.full_url,
            input: entry.input,
            superseded_by: None,
            supersedes: None,
            source: None,
            facts,
        };
        for old in &entry.relation.supersedes {
            if let Some(old) = self.find_commitment(old)
                && let Some(before) = self.records.get_mut(old as usize)
            {
                before.superseded_by = Some(number);
                record.supersedes = Some(old);
                self.dirty.insert(old as usize / PAGE_RECORDS);
            }
        }
        // Not both: an entry that is older and newer than the same one would close the chain to a ring.
        if record.supersedes.is_none()
            && let Some(newer) = entry.relation.older_than.and_then(|newer| self.find_commitment(&newer))
        {
            self.place_before(&mut record, number, newer);
        }
        if let Some(name) = record.facts.recorded_by.clone() {
            record.source = Some(self.source_number(&name));
        }
        if record.source.is_none() {
            self.unresolved.insert(number);
        } else {
            record.facts.references = Vec::new();
        }
        self.link(&record, number);
        self.records.push(record);
        self.dirty.insert(number as usize / PAGE_RECORDS);
        self.order.clear();
        number
    }

    /// Puts an older version that came in late into the chain of versions, right before the first newer one.
    fn place_before(&mut self, record: &mut Record, number: u32, newer: u32) {
        record.superseded_by = Some(newer);
        if let Some(after) = self.records.get_mut(newer as usize) {
            record.supersedes = after.supersedes;
            after.supersedes = Some(number);
            self.dirty.insert(newer as usize / PAGE_RECORDS);
        }
        if let Some(before) = record.supersedes.and_then(|before| self.records.get_mut(before as usize)) {
            before.superseded_by = Some(number);
        }
        if let Some(before) = record.supersedes {
            self.dirty.insert(before as usize / PAGE_RECORDS);
        }
    }

    fn link(&mut self, record: &Record, number: u32) {
        self.by_commitment.insert(record.commitment, number);
        *self.by_content.entry(record.content).or_default() += 1;
        for target in chartchain_fhir::reference_targets(&record.facts, record.full_url.as_deref()) {
            self.by_target.insert(target, number);
        }
    }

    /// Rebuilds what is not stored, after pages were loaded.
    pub(crate) fn relink(&mut self) {
        let records = core::mem::take(&mut self.records);
        for (number, record) in (0u32..).zip(&records) {
            self.link(record, number);
            if record.source.is_none() && !record.facts.references.is_empty() {
                self.unresolved.insert(number);
            }
        }
        self.records = records;
        self.source_numbers = (0u32..).zip(&self.sources).map(|(number, name)| (name.clone(), number)).collect();
        self.order.clear();
    }

    /// Finds out who recorded what, through references to practitioners, organizations and visits. Called when a batch
    /// is in, because what is referred to may come later than what refers.
    pub fn resolve_sources(&mut self) {
        for number in core::mem::take(&mut self.unresolved) {
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
                    self.unresolved.insert(number);
                }
            }
        }
    }

    fn find_source<'a>(&'a self, record: &'a Record, through_visit: bool) -> Option<&'a str> {
        if let Some(name) = self.source_of(record).or(record.facts.recorded_by.as_deref()) {
            return Some(name);
        }
        let named = record.facts.recorded_by_refs.iter().filter_map(|reference| self.find_reference(reference));
        if let Some(provider) = named.filter_map(|number| self.record(number)).next() {
            return Some(&provider.facts.title);
        }
        if !through_visit {
            return None;
        }
        let references = record.facts.references.iter().filter_map(|reference| self.find_reference(reference));
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

    /// All versions of a record, newest first, with itself.
    pub fn versions(&self, number: u32) -> Vec<u32> {
        let mut newest = number;
        while let Some(newer) = self.record(newest).and_then(|record| record.superseded_by) {
            newest = newer;
        }
        let mut versions = vec![newest];
        while let Some(older) = versions.last().and_then(|last| self.record(*last)?.supersedes) {
            versions.push(older);
        }
        versions
    }
}

/// Whether a URL names one thing in the world.
fn is_global(url: &str) -> bool {
    ["urn:uuid:", "urn:oid:", "http://", "https://"].iter().any(|scheme| url.starts_with(scheme))
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.char_indices().all(|(at, char)| match at {
            8 | 13 | 18 | 23 => char == '-',
            _ => char.is_ascii_hexdigit(),
        })
}

/// `Type/id` at the end of an absolute reference.
fn last_two_segments(reference: &str) -> Option<&str> {
    let (before, _) = reference.rsplit_once('/')?;
    match before.rsplit_once('/') {
        Some((base, _)) => reference.get(base.len() + 1..),
        None => None,
    }
}
