use std::collections::BTreeMap;

use chartchain_fhir::{Facts, Kind};

use crate::{Chart, Record};

impl Chart {
    /// Allergies that hold, worst first; all versions of one that is disputed.
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
        self.with_versions(&allergies, |_, record| holds(&record.facts))
    }

    /// Whether the record says that there are no known allergies, and no version of the entry that does says otherwise.
    pub fn says_no_allergies(&self) -> bool {
        self.is_said(|record| record.facts.kind == Kind::Allergy && chartchain_fhir::is_no_known_allergy(&record.facts))
    }

    /// How many current entries of each kind; one that is disputed is one.
    pub fn counts_by_kind(&self) -> Vec<(Kind, u32)> {
        let mut counts: BTreeMap<Kind, u32> = BTreeMap::new();
        for (number, record) in self.records() {
            let fits = |record: &Record| !record.is_dose();
            let alike = |other: &Record| fits(other) && other.facts.kind == record.facts.kind;
            if record.is_current() && fits(record) && self.is_counted(number, alike) {
                *counts.entry(record.facts.kind).or_default() += 1;
            }
        }
        counts.into_iter().collect()
    }
}
