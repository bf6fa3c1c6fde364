use std::collections::{BTreeMap, BTreeSet};

use chartchain_fhir::{is_mark, push_folded};

/// Words longer than this are cut; nobody types more to find one.
const MAX_WORD_CHARS: usize = 24;
/// How many pages the words are stored in.
pub(crate) const BUCKETS: usize = 32;

/// Splits text into words to search for: letters and digits, lower case, letters without their marks. Numbers keep
/// an inner point or comma ("7.0").
pub fn split_words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    each_word(text, |word| {
        if !words.contains(word) {
            words.insert(word.to_owned());
        }
    });
    words
}

fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let (mut word, mut length) = (String::new(), 0);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        if char.is_alphanumeric() || is_mark(char) {
            if length < MAX_WORD_CHARS {
                push_folded(&mut word, char);
                length += 1;
            }
            continue;
        }
        let decimal = matches!(char, '.' | ',')
            && word.ends_with(|last: char| last.is_ascii_digit())
            && chars.peek().is_some_and(char::is_ascii_digit);
        if decimal {
            word.push('.');
        } else if !word.is_empty() {
            take(&word);
            word.clear();
            length = 0;
        }
    }
    if !word.is_empty() {
        take(&word);
    }
}

/// Which records hold which word.
#[derive(Debug)]
pub(crate) struct Words {
    records: BTreeMap<String, Vec<u32>>,
    dirty: BTreeSet<usize>,
}

impl Default for Words {
    /// Every page counts as changed: empty ones are stored too, so that a lost one is noticed.
    fn default() -> Self {
        Self { records: BTreeMap::new(), dirty: (0..BUCKETS).collect() }
    }
}

impl Words {
    pub(crate) fn add(&mut self, record: u32, text: &str) {
        each_word(text, |word| {
            let list = match self.records.get_mut(word) {
                Some(list) => list,
                None => self.records.entry(word.to_owned()).or_default(),
            };
            if list.last() != Some(&record) {
                list.push(record);
                self.dirty.insert(bucket(word));
            }
        });
    }

    /// Records that hold, for every word of the query, a word that starts with it.
    pub(crate) fn find(&self, query: &str) -> Option<BTreeSet<u32>> {
        let mut found: Option<BTreeSet<u32>> = None;
        for word in split_words(query) {
            let mut matching = BTreeSet::new();
            for (candidate, records) in self.records.range(word.clone()..) {
                if !candidate.starts_with(&word) {
                    break;
                }
                matching.extend(records.iter().copied());
            }
            found = Some(match found {
                None => matching,
                Some(before) => before.intersection(&matching).copied().collect(),
            });
        }
        found
    }

    /// Whether the same words lead to the same records.
    pub(crate) fn lead_alike(&self, other: &Self) -> bool {
        self.records == other.records
    }

    /// Gives records other numbers, and forgets those that have none. Words that lead nowhere go.
    pub(crate) fn renumber(&mut self, numbers: &[Option<u32>]) {
        let dirty = &mut self.dirty;
        self.records.retain(|word, list| {
            let new = |number: &u32| numbers.get(*number as usize).copied().flatten();
            let renumbered: Vec<u32> = list.iter().filter_map(new).collect();
            if renumbered != *list {
                *list = renumbered;
                dirty.insert(bucket(word));
            }
            !list.is_empty()
        });
    }

    /// Every page counts as changed.
    pub(crate) fn mark_changed(&mut self) {
        self.dirty = (0..BUCKETS).collect();
    }

    /// Forgets which pages changed.
    pub(crate) fn mark_clean(&mut self) {
        self.dirty.clear();
    }

    /// Words of the pages that changed since the last call, by page.
    pub(crate) fn take_changed(&mut self) -> BTreeMap<usize, Vec<(&str, &[u32])>> {
        let mut changed: BTreeMap<usize, Vec<(&str, &[u32])>> =
            core::mem::take(&mut self.dirty).into_iter().map(|page| (page, Vec::new())).collect();
        for (word, records) in &self.records {
            if let Some(words) = changed.get_mut(&bucket(word)) {
                words.push((word.as_str(), records.as_slice()));
            }
        }
        changed
    }

    pub(crate) fn load(&mut self, entries: Vec<(String, Vec<u32>)>) {
        self.records.extend(entries);
    }
}

/// FNV-1a over the word: stable across versions and machines.
fn bucket(word: &str) -> usize {
    let hash = word.bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_lower_case_without_marks_and_numbers_stay_whole() {
        let words = split_words("José: HbA1c 7,0 % (7.25), BLOOD-pressure… 120/80");
        let expected = ["120", "7.0", "7.25", "80", "blood", "hba1c", "jose", "pressure"];
        assert_eq!(words.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_word_is_found_however_its_accents_are_written() {
        for (written, typed) in [
            ("Mu\u{308}ller", "muller"),
            ("Müller", "MULLER"),
            ("Straße", "strasse"),
            ("Ægir", "aegir"),
            ("Łódź", "lodz"),
            ("أحمد", "احمد"),
            ("Đoković", "dokovic"),
        ] {
            let mut words = Words::default();
            words.add(0, written);
            assert_eq!(words.find(typed), Some(BTreeSet::from([0])), "{written} {typed}");
        }
        assert_eq!(split_words("\u{301}"), BTreeSet::new());
    }

    #[test]
    fn every_word_of_a_query_has_to_begin_a_word() {
        let mut words = Words::default();
        words.add(0, "Blood pressure 120/80");
        words.add(1, "Blood glucose");
        let find = |query: &str| words.find(query).map(|found| found.into_iter().collect::<Vec<_>>());
        assert_eq!(find("bloo"), Some(vec![0, 1]));
        assert_eq!(find("BLOOD gluc"), Some(vec![1]));
        assert_eq!(find("blood insulin"), Some(vec![]));
        assert_eq!(find("ood"), Some(vec![]));
        assert_eq!(find(" , "), None);
    }
}
