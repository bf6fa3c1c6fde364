use std::collections::BTreeMap;

use chartchain_fhir::{Facts, Kind};

use crate::{Chart, Record};

impl Chart {
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
