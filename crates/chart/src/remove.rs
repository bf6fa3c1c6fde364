use std::collections::{BTreeMap, BTreeSet};

use crate::index::{Links, PAGE_RECORDS, Unresolved};
use crate::{Chart, ChartPage, Commitment};

impl Chart {
    /// Forgets records as if they had never been added: those after them get other numbers, words and sources that only they
    /// had go. Records that are versions of one thing go together. Gives the pages that are no more.
    pub fn remove(&mut self, gone: &BTreeSet<u32>) -> Vec<ChartPage> {
        let Some(first) = gone.first().filter(|first| (**first as usize) < self.records.len()) else {
            return Vec::new();
        };
        let pages_before = self.records.len().div_ceil(PAGE_RECORDS);
        self.dirty.extend(*first as usize / PAGE_RECORDS..pages_before);
        let mut next = 0;
        let numbers: Vec<Option<u32>> = (0u32..)
            .zip(&self.records)
            .map(|(number, _)| {
                (!gone.contains(&number)).then(|| {
                    next += 1;
                    next - 1
                })
            })
            .collect();
        let new = |number: u32| numbers.get(number as usize).copied().flatten();
        let names: BTreeMap<u32, Commitment> =
            gone.iter().filter_map(|number| Some((*number, self.record(*number)?.commitment))).collect();
        let mut number = 0;
        self.records.retain(|_| {
            number += 1;
            !gone.contains(&(number - 1))
        });
        for (number, record) in self.records.iter_mut().enumerate() {
            let supersedes: Vec<u32> = record.supersedes.iter().copied().filter_map(new).collect();
            if supersedes != record.supersedes {
                self.dirty.insert(number / PAGE_RECORDS);
                record.apart.supersedes.extend(record.supersedes.iter().filter_map(|older| names.get(older)));
                record.apart.supersedes.sort_unstable();
            }
            record.supersedes = supersedes;
        }
        self.words.renumber(&numbers);
        self.forget_sources();
        self.links = Links::default();
        self.unresolved = Unresolved::default();
        self.relink();
        let pages = self.records.len().div_ceil(PAGE_RECORDS);
        self.dirty.retain(|page| *page < pages);
        let Some(last) = pages.checked_sub(1) else {
            *self = Self::default();
            return ChartPage::all(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
        };
        // Words and sources are stored with the records.
        self.dirty.insert(last);
        (pages..pages_before).filter_map(|page| u32::try_from(page).ok()).map(ChartPage::Records).collect()
    }

    /// Sources that no record names any more: their names said something of what is gone.
    fn forget_sources(&mut self) {
        let used: BTreeSet<u32> = self.records.iter().filter_map(|record| record.source).collect();
        if used.len() == self.sources.len() {
            return;
        }
        let mut numbers = vec![None; self.sources.len()];
        let (mut kept, mut next) = (Vec::new(), 0);
        for (number, name) in self.sources.drain(..).enumerate() {
            if used.contains(&u32::try_from(number).unwrap_or(u32::MAX)) {
                if let Some(slot) = numbers.get_mut(number) {
                    *slot = Some(next);
                }
                next += 1;
                kept.push(name);
            }
        }
        self.sources = kept;
        for (number, record) in self.records.iter_mut().enumerate() {
            let before = record.source;
            record.source = before.and_then(|source| numbers.get(source as usize).copied().flatten());
            if record.source != before {
                self.dirty.insert(number / PAGE_RECORDS);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_entry::{chart, commitment, entry, measured};
    use crate::{Differences, Filter, Relation};

    #[test]
    fn what_is_left_is_as_if_the_rest_had_never_been() {
        let one = |value| measured("8867-4", "Heart rate", "2024-05-01", value);
        let (first, amended, last) = (one("61"), one("62"), one("63"));
        let mut whole = chart(&[&first]);
        let mut rare = entry(1, &amended);
        rare.facts.search_text.push_str(" zebra");
        rare.facts.recorded_by = Some("Dr. Rare".into());
        whole.add(rare);
        let mut second = entry(2, &amended);
        second.relation = Relation { supersedes: vec![commitment(1)], older_than: None };
        whole.add(second);
        let mut late = entry(3, &last);
        late.relation = Relation { supersedes: vec![commitment(0)], older_than: None };
        whole.add(late);
        whole.take_changed_pages().unwrap();
        assert_eq!(whole.remove(&BTreeSet::from([1, 2])), []);

        let mut anew = chart(&[&first]);
        let mut late = entry(3, &last);
        late.relation = Relation { supersedes: vec![commitment(0)], older_than: None };
        anew.add(late);
        assert_eq!(whole.differences(&anew), Differences::default());
        assert_eq!(whole.versions(0), [1, 0]);
        let found = whole.query(&Filter { words: "zebra".into(), include_superseded: true, ..Filter::default() }, 0, 9);
        assert_eq!((found.total, found.sources.len()), (0, 0));
        assert_eq!(whole.find_commitment(&commitment(3)), Some(1));
        assert_eq!(whole.find_commitment(&commitment(1)), None);
        // All that said something of it is stored anew.
        let pages = whole.take_changed_pages().unwrap();
        let said = pages.iter().any(|(_, page)| page.windows(5).any(|five| five == b"zebra" || five == b". Rar"));
        assert!(!said && pages.iter().any(|(page, _)| *page == ChartPage::Records(0)));
        assert!(pages.iter().any(|(page, _)| matches!(page, ChartPage::Words(_))));
    }

    #[test]
    fn values_over_time_and_medicines_follow_the_new_numbers() {
        let medicine = |name: &str| {
            format!(
                r#"{{"resourceType":"MedicationStatement","status":"active","medicationCodeableConcept":{{"text":"{name}"}}}}"#
            )
        };
        let (weight, pulse) = (measured("29463-7", "Weight", "2024", "80"), measured("8867-4", "Pulse", "2024", "61"));
        let (one, other) = (medicine("Aspirin"), medicine("Codeine"));
        let mut whole = chart(&[&weight, &one, &pulse, &other]);
        let told = |chart: &mut Chart| {
            let medicines = chart.medicines("2024-01-01");
            let latest = chart.latest_values(&[chartchain_fhir::Kind::Vital]);
            let number = u32::try_from(chart.len()).unwrap() - 2;
            (medicines, latest, chart.series(number).map(|series| series.records))
        };
        assert_eq!(told(&mut whole).2, Some(vec![2]));
        whole.remove(&BTreeSet::from([0, 1]));
        assert_eq!(told(&mut whole), told(&mut chart(&[&pulse, &other])));
    }

    #[test]
    fn pages_that_are_no_more_are_named() {
        let first = measured("8867-4", "Heart rate", "2024-05-01", "61");
        let mut chart = chart(&[&first]);
        assert_eq!(chart.remove(&BTreeSet::from([0])), ChartPage::all(1));
        assert!(chart.is_empty() && chart.remove(&BTreeSet::from([0])).is_empty());
    }
}
