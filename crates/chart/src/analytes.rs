//! Entries by what they measure. Brought up to date when somebody asks, so that an import pays nothing for it, and never
//! gone through as a whole for one analyte.

use std::collections::HashMap;

use chartchain_fhir::{Facts, Kind, Value};
use chartchain_insight::Analyte;

use crate::{Chart, Record};

/// The latest of several values of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// Its record.
    pub record: u32,
    /// The value before it.
    pub previous: Option<u32>,
    /// How many values there are.
    pub count: u32,
}

/// Everything of one analyte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Which.
    pub analyte: Analyte,
    /// Its records, newest first, also those that say that there is no value.
    pub records: Vec<u32>,
    /// How many were withdrawn as made in error.
    pub withdrawn: u32,
}

/// The index.
#[derive(Debug, Default)]
pub(crate) struct Analytes {
    /// So many records are in it.
    known: usize,
    /// Records of each analyte by its own code, in order of arrival.
    members: HashMap<Analyte, Vec<u32>>,
    /// Codes that a source sent beside a LOINC code, and that it means then; `None` where it was beside several.
    beside: HashMap<Analyte, Option<Analyte>>,
}

impl Analytes {
    fn catch_up(&mut self, records: &[Record]) {
        for (number, record) in (0u32..).zip(records).skip(self.known) {
            if !is_measured(&record.facts) {
                continue;
            }
            let analyte = Analyte::of(&record.facts);
            if matches!(analyte, Analyte::Loinc(_)) {
                for other in Analyte::others(&record.facts) {
                    let meant = self.beside.entry(other).or_insert_with(|| Some(analyte.clone()));
                    if meant.as_ref().is_some_and(|meant| *meant != analyte) {
                        *meant = None;
                    }
                }
            }
            self.members.entry(analyte).or_default().push(number);
        }
        self.known = records.len();
    }

    /// The analyte that a record's own code means.
    fn meant<'a>(&'a self, analyte: &'a Analyte) -> &'a Analyte {
        self.beside.get(analyte).and_then(Option::as_ref).unwrap_or(analyte)
    }
}

impl Chart {
    /// The latest value of everything measured of these kinds, what people look for first, then newest first.
    pub fn latest_values(&mut self, kinds: &[Kind]) -> Vec<Latest> {
        self.analytes.catch_up(&self.records);
        let mut groups: HashMap<&Analyte, Found> = HashMap::new();
        for (analyte, members) in &self.analytes.members {
            let found = groups.entry(self.analytes.meant(analyte)).or_default();
            for number in members {
                let Some(record) = self.record(*number).filter(|record| record.is_current()) else { continue };
                let fits = |record: &Record| {
                    let facts = &record.facts;
                    kinds.contains(&facts.kind)
                        && has_value(facts)
                        && is_measured(facts)
                        && Analyte::of(facts) == *analyte
                };
                // Of several versions of one value there is one latest, and none of them came before the other.
                if fits(record) && self.is_counted(*number, fits) {
                    found.take((record.sort_ms(), *number));
                }
            }
        }
        let mut ranked: Vec<(usize, i64, Latest)> = groups
            .into_iter()
            .filter_map(|(analyte, found)| {
                let (at_ms, record) = found.newest?;
                let previous = found.before.map(|(_, number)| number);
                Some((analyte.rank(), at_ms, Latest { record, previous, count: found.count }))
            })
            .collect();
        ranked.sort_by_key(|(rank, at_ms, latest)| (*rank, core::cmp::Reverse((*at_ms, latest.record))));
        ranked.into_iter().map(|(_, _, latest)| latest).collect()
    }

    /// Everything of the analyte of a record; `None` where it measures nothing.
    pub fn series(&mut self, number: u32) -> Option<Series> {
        self.analytes.catch_up(&self.records);
        let facts = &self.record(number)?.facts;
        if !is_measured(facts) {
            return None;
        }
        let own = Analyte::of(facts);
        let analyte = self.analytes.meant(&own).clone();
        let others = self.analytes.beside.iter().filter(|(_, meant)| meant.as_ref() == Some(&analyte));
        let keys = others.map(|(other, _)| other).chain([&analyte]);
        let members = keys.filter_map(|key| self.analytes.members.get(key)).flatten();
        let mut withdrawn = 0;
        let mut records: Vec<(i64, u32)> = Vec::new();
        for number in members {
            let Some(record) = self.record(*number) else { continue };
            if record.is_current() {
                records.push((record.sort_ms(), *number));
            } else if !record.superseded && !self.is_disputed(*number) {
                withdrawn += 1;
            }
        }
        records.sort_unstable_by(|a, b| b.cmp(a));
        let records = records.into_iter().map(|(_, number)| number).collect();
        Some(Series { analyte, records, withdrawn })
    }
}

/// The two newest of what came by.
#[derive(Debug, Default)]
struct Found {
    newest: Option<(i64, u32)>,
    before: Option<(i64, u32)>,
    count: u32,
}

impl Found {
    fn take(&mut self, one: (i64, u32)) {
        self.count += 1;
        if self.newest.is_none_or(|newest| one > newest) {
            self.before = self.newest.replace(one);
        } else if self.before.is_none_or(|before| one > before) {
            self.before = Some(one);
        }
    }
}

/// Whether an entry belongs to a series: it measures something, or says why that has no value.
pub(crate) fn is_measured(facts: &Facts) -> bool {
    matches!(facts.kind, Kind::Vital | Kind::TestResult) && facts.type_name == "Observation" && facts.value.is_some()
}

fn has_value(facts: &Facts) -> bool {
    !matches!(facts.value, None | Some(Value::Absent(_)))
}
