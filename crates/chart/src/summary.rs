use std::collections::{BTreeMap, HashMap};

use chartchain_fhir::{Facts, Kind, Value};

use crate::{Chart, Record};

/// What a person looks for first: LOINC codes of blood pressure, HbA1c, weight, cholesterol, glucose, kidney function,
/// pulse, oxygen, temperature, height, in this order.
const FIRST: [&str; 22] = [
    "85354-9", "55284-4", "4548-4", "59261-8", "17856-6", "29463-7", "3141-9", "13457-7", "18262-6", "43396-1",
    "2339-0", "2345-7", "33914-3", "48642-3", "98979-8", "8867-4", "2708-6", "59408-5", "8310-5", "8302-2", "39156-5",
    "2093-3",
];

/// The latest of several values of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// Its record.
    pub record: u32,
    /// The record before it.
    pub previous: Option<u32>,
    /// How many there are.
    pub count: u32,
}

impl Chart {
    /// The latest value of everything measured, what people look for first, then newest first.
    pub fn latest_values(&mut self, limit: usize) -> Vec<Latest> {
        let order = self.newest_first().to_vec();
        let mut groups: HashMap<String, Latest> = HashMap::new();
        for number in order {
            let Some(record) = self.record(number) else { continue };
            if !record.is_current() || !is_measured(&record.facts) {
                continue;
            }
            groups
                .entry(series_key(&record.facts))
                .and_modify(|latest| {
                    latest.previous = latest.previous.or(Some(number));
                    latest.count += 1;
                })
                .or_insert(Latest { record: number, previous: None, count: 1 });
        }
        let mut latest: Vec<Latest> = groups.into_values().collect();
        let rank = |latest: &Latest| {
            let record = self.record(latest.record);
            let codes = record.map(|record| record.facts.codes.as_slice()).unwrap_or_default();
            let first = FIRST.iter().position(|wanted| codes.iter().any(|coding| coding.code == *wanted));
            let newest = record.map_or(i64::MIN, Record::sort_ms);
            (first.unwrap_or(FIRST.len()), core::cmp::Reverse(newest), latest.record)
        };
        latest.sort_by_key(rank);
        latest.truncate(limit);
        latest
    }

    /// Everything of the same series as a record, newest first, with itself.
    pub fn series(&mut self, number: u32, limit: usize) -> Vec<u32> {
        let Some(key) = self.record(number).filter(|r| is_measured(&r.facts)).map(|r| series_key(&r.facts)) else {
            return Vec::new();
        };
        let order = self.newest_first().to_vec();
        let same = |number: &u32| {
            self.record(*number).is_some_and(|r| r.is_current() && is_measured(&r.facts) && series_key(&r.facts) == key)
        };
        order.into_iter().filter(same).take(limit).collect()
    }

    /// Medicines taken now, one line per medicine, newest first.
    pub fn current_medicines(&mut self, now_ms: i64) -> Vec<u32> {
        let is_taken = |facts: &Facts| {
            facts.kind == Kind::Medicine
                && matches!(facts.status.as_deref(), Some("active" | "intended" | "on-hold") | None)
                && facts.type_name != "Medication"
                && !chartchain_fhir::is_no_known(facts)
                && facts.until.as_ref().is_none_or(|until| until.sort_ms >= now_ms)
        };
        self.distinct(|record| is_taken(&record.facts))
    }

    /// Allergies that hold, worst first.
    pub fn active_allergies(&mut self) -> Vec<u32> {
        let holds = |facts: &Facts| {
            facts.kind == Kind::Allergy
                && !matches!(facts.status.as_deref(), Some("inactive" | "resolved"))
                && !chartchain_fhir::is_no_known(facts)
        };
        let mut allergies = self.newest_first().to_vec();
        allergies.retain(|number| self.record(*number).is_some_and(|r| r.is_current() && holds(&r.facts)));
        // Worst first, then one of each name: a mild entry never hides a severe one.
        allergies.sort_by_key(|number| {
            let severity = self.record(*number).and_then(|record| record.facts.severity.as_deref());
            match severity {
                Some("severe" | "high") => 0,
                Some("moderate" | "unable-to-assess") => 1,
                None => 2,
                Some(_) => 3,
            }
        });
        let mut names = std::collections::HashSet::new();
        allergies.retain(|number| self.record(*number).is_some_and(|r| names.insert(r.facts.title.to_lowercase())));
        allergies
    }

    /// Whether the record says that there are no known allergies.
    pub fn says_no_allergies(&self) -> bool {
        self.records().any(|(_, record)| {
            record.is_current()
                && record.facts.kind == Kind::Allergy
                && chartchain_fhir::is_no_known_allergy(&record.facts)
        })
    }

    /// How many current entries of each kind.
    pub fn counts(&self) -> Vec<(Kind, u32)> {
        let mut counts: BTreeMap<Kind, u32> = BTreeMap::new();
        for (_, record) in self.records() {
            if record.is_current() {
                *counts.entry(record.facts.kind).or_default() += 1;
            }
        }
        counts.into_iter().collect()
    }

    /// Current records that fit, the newest of each name.
    fn distinct(&mut self, fits: impl Fn(&Record) -> bool) -> Vec<u32> {
        let order = self.newest_first().to_vec();
        let mut names = std::collections::HashSet::new();
        order
            .into_iter()
            .filter(|number| {
                self.record(*number).is_some_and(|record| {
                    record.is_current() && fits(record) && names.insert(record.facts.title.to_lowercase())
                })
            })
            .collect()
    }
}

fn is_measured(facts: &Facts) -> bool {
    matches!(facts.kind, Kind::Vital | Kind::TestResult)
        && matches!(
            facts.value,
            Some(Value::Quantity { .. } | Value::Pressure { .. } | Value::Range(_) | Value::Text(_) | Value::Bool(_))
        )
}

/// What makes two values comparable: the first code with a system, else the name.
fn series_key(facts: &Facts) -> String {
    match facts.codes.iter().find(|coding| coding.system.is_some()) {
        Some(coding) => format!("{}|{}", coding.system.as_deref().unwrap_or_default(), coding.code),
        None => facts.title.to_lowercase(),
    }
}
