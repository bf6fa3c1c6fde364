use crate::{Chart, Record};

/// What two charts of the same blocks tell differently.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Numbers of records that differ or that only one of the two has.
    pub records: Vec<u32>,
    /// Words lead to other records, or a record's source has no name.
    pub other: bool,
}

impl Chart {
    /// Compares with a chart that was made anew from the blocks. When sources were resolved decides what they are
    /// numbered, so only that each has a name is held against this chart.
    pub fn differences(&self, anew: &Self) -> Differences {
        let count = u32::try_from(self.len().max(anew.len())).unwrap_or(u32::MAX);
        let records = (0..count)
            .filter(|number| match (self.record(*number), anew.record(*number)) {
                (Some(here), Some(there)) => !agree(here, there),
                _ => true,
            })
            .collect();
        let nameless = self.records().any(|(_, record)| record.source.is_some() && self.source_of(record).is_none());
        Differences { records, other: nameless || !self.words.lead_alike(&anew.words) }
    }
}

/// Whether two records are alike but for their sources.
fn agree(here: &Record, there: &Record) -> bool {
    let bare = |record: &Record| {
        let mut record = record.clone();
        record.source = None;
        record.facts.references = Vec::new();
        record
    };
    bare(here) == bare(there)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_entry::{chart, entry, measured};
    use crate::{ChartPage, Relation};

    fn three() -> [String; 3] {
        ["1", "2", "3"].map(|value| measured("8867-4", "Heart rate", "2024-05-01", value))
    }

    #[test]
    fn a_chart_agrees_with_itself_made_anew_and_stored() {
        let entries = three();
        let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
        let mut one = chart(&entries);
        assert_eq!(one.differences(&chart(&entries)), Differences::default());
        let mut pages = one.take_changed_pages().unwrap();
        pages.sort_by_key(|(page, _)| *page);
        let all: Vec<&[u8]> = pages.iter().map(|(_, content)| content.as_slice()).collect();
        assert_eq!(pages.len(), ChartPage::all(3).len());
        one.resolve_sources();
        assert_eq!(Chart::from_pages(3, all).unwrap().differences(&one), Differences::default());
    }

    #[test]
    fn a_replaced_record_a_lacking_one_and_other_words_are_noticed() {
        let entries = three();
        let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
        let anew = chart(&entries);
        assert_eq!(chart(&entries[..2]).differences(&anew).records, [2]);
        let mut amended = chart(&entries[..2]);
        let mut third = entry(2, entries[2]);
        third.relation = Relation { supersedes: vec![crate::test_entry::commitment(0)], older_than: None };
        amended.add(third);
        assert_eq!(amended.differences(&anew).records, [0, 2]);
        let mut renamed = chart(&entries[..2]);
        let mut third = entry(2, entries[2]);
        third.facts.search_text.push_str(" elsewhere");
        renamed.add(third);
        let differences = renamed.differences(&anew);
        assert!(differences.other && differences.records.is_empty());
    }
}
