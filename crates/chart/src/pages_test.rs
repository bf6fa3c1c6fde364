use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::index::PAGE_RECORDS;
use crate::test_entry::{commitment, entry, measured};
use crate::{Chart, ChartPage, Filter, NewEntry, PageError, Relation};

/// What is stored: the newest content of each page.
type Stored = BTreeMap<ChartPage, Vec<u8>>;

fn load(stored: &Stored, count: u32) -> Result<Chart, PageError> {
    let pages: Vec<&[u8]> = ChartPage::all(count).iter().map(|page| stored[page].as_slice()).collect();
    Chart::from_pages(count, pages)
}

/// Everything that a chart answers.
fn answers(chart: &mut Chart) -> String {
    let records: Vec<_> = chart.records().map(|(number, record)| (number, record.clone())).collect();
    let sources: Vec<_> = records.iter().map(|(_, record)| chart.source_of(record).map(str::to_owned)).collect();
    let order = chart.newest_first().to_vec();
    let searches: Vec<_> = ["w", "weight", "stone", "8", "dr"]
        .iter()
        .map(|words| {
            let filter = Filter { words: (*words).into(), include_superseded: true, ..Filter::default() };
            format!("{:?}", chart.query(&filter, 0, 5000))
        })
        .collect();
    let references =
        (0..4).map(|number| chart.find_reference(&format!("Observation/o{number}"), None)).collect::<Vec<_>>();
    format!("{records:?}{sources:?}{order:?}{searches:?}{references:?}")
}

fn observation(number: u32) -> NewEntry {
    let json = measured("29463-7", "Weight", &format!("20{:02}-01-01", number % 30), &format!("8{}", number % 7))
        .replacen(
            "\"status\"",
            &format!("\"id\":\"o{number}\",\"performer\":[{{\"display\":\"Dr {} Stone\"}}],\"status\"", number % 3),
            1,
        );
    entry(number, &json)
}

#[test]
fn a_chart_read_from_its_pages_answers_as_before_and_takes_more() {
    let mut chart = Chart::default();
    for number in 0..50 {
        chart.add(observation(number));
    }
    let newer = Relation { supersedes: vec![commitment(3)], older_than: None };
    chart.add(NewEntry { relation: newer, ..observation(50) });
    chart.resolve_sources();
    let stored: Stored = chart.take_changed_pages().unwrap().into_iter().collect();
    assert_eq!(stored.keys().copied().collect::<Vec<_>>(), {
        let mut all = ChartPage::all(51);
        all.sort();
        all
    });
    let mut loaded = load(&stored, 51).unwrap();
    assert_eq!(answers(&mut loaded), answers(&mut chart));
    assert_eq!(loaded.take_changed_pages().unwrap(), [], "nothing changed by being read");

    for chart in [&mut chart, &mut loaded] {
        chart.add(observation(51));
        chart.resolve_sources();
    }
    assert_eq!(answers(&mut loaded), answers(&mut chart));
}

#[test]
fn only_pages_that_changed_are_stored_again() {
    let mut chart = Chart::default();
    let count = u32::try_from(PAGE_RECORDS).unwrap() * 2 + 5;
    for number in 0..count {
        chart.add(observation(number));
    }
    let mut stored: Stored = chart.take_changed_pages().unwrap().into_iter().collect();
    assert_eq!(chart.take_changed_pages().unwrap(), []);

    chart.add(observation(count));
    let changed = chart.take_changed_pages().unwrap();
    let records: Vec<_> =
        changed.iter().map(|(page, _)| *page).filter(|p| matches!(p, ChartPage::Records(_))).collect();
    assert_eq!(records, [ChartPage::Records(2)]);
    let words = changed.iter().filter(|(page, _)| matches!(page, ChartPage::Words(_))).count();
    assert!((1..32).contains(&words), "{words}");
    stored.extend(changed);

    // Only the newer version says what it supersedes.
    let newer = Relation { supersedes: vec![commitment(1)], older_than: None };
    chart.add(NewEntry { relation: newer, ..observation(count + 1) });
    let changed = chart.take_changed_pages().unwrap();
    let records: Vec<_> =
        changed.iter().map(|(page, _)| *page).filter(|p| matches!(p, ChartPage::Records(_))).collect();
    assert_eq!(records, [ChartPage::Records(2)]);
    stored.extend(changed);
    assert_eq!(answers(&mut load(&stored, count + 2).unwrap()), answers(&mut chart));
}

#[test]
fn pages_that_are_missing_swapped_doubled_or_of_another_count_are_refused() {
    let mut chart = Chart::default();
    for number in 0..10 {
        chart.add(observation(number));
    }
    let stored: Stored = chart.take_changed_pages().unwrap().into_iter().collect();
    let pages: Vec<&[u8]> = ChartPage::all(10).iter().map(|page| stored[page].as_slice()).collect();
    assert!(Chart::from_pages(10, pages.iter().copied()).is_ok());
    for count in [0, 9, 11, 2000, u32::MAX / 2048] {
        assert_eq!(Chart::from_pages(count, pages.iter().copied()).err(), Some(PageError::Damaged), "{count}");
    }
    for lost in 0..pages.len() {
        let mut fewer = pages.clone();
        fewer.remove(lost);
        assert!(Chart::from_pages(10, fewer).is_err(), "{lost}");
    }
    let mut swapped = pages.clone();
    swapped.swap(0, 1);
    assert!(Chart::from_pages(10, swapped).is_err());
    assert!(Chart::from_pages(10, pages.iter().chain(&pages).copied()).is_err());
}

#[test]
fn other_bytes_than_pages_are_refused() {
    for bytes in [
        b"".as_slice(),
        &[6],
        &[6, 0, 0],
        &[6; 40],
        &[6, 0, 0, 0, 0, 9, 9],
        &[6, 0, 0, 0, 0, 1, 255, 255, 255, 255, 15],
        &[6, 255, 255, 255, 255, 0],
    ] {
        assert_eq!(Chart::from_pages(1, [bytes]).err(), Some(PageError::Damaged), "{bytes:?}");
    }
    for bytes in [[0, 0, 0].as_slice(), &[5, 0, 0, 0, 0, 9, 9], &[255; 40]] {
        assert_eq!(Chart::from_pages(1, [bytes]).err(), Some(PageError::OtherFormat), "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn broken_pages_are_refused_or_read_but_never_a_panic(at in 0usize..4000, bit in 0u8..8, page in 0usize..34) {
        let mut chart = Chart::default();
        for number in 0..6 {
            chart.add(observation(number));
        }
        let stored: Stored = chart.take_changed_pages().unwrap().into_iter().collect();
        let mut pages: Vec<Vec<u8>> = ChartPage::all(6).iter().map(|page| stored[page].clone()).collect();
        let page = page % pages.len();
        let at = at % pages[page].len();
        pages[page][at] ^= 1 << bit;
        if let Ok(mut chart) = Chart::from_pages(6, pages.iter().map(Vec::as_slice)) {
            answers(&mut chart);
        }
        pages[page].truncate(at);
        if let Ok(mut chart) = Chart::from_pages(6, pages.iter().map(Vec::as_slice)) {
            answers(&mut chart);
        }
    }

    #[test]
    fn any_chart_comes_back_from_its_pages(picks in prop::collection::vec((0u32..40, any::<bool>()), 1..40), stores in 1usize..5) {
        let mut chart = Chart::default();
        let mut stored = Stored::new();
        for (number, (pick, replaces)) in (0u32..).zip(&picks) {
            let supersedes = if *replaces && *pick < number { vec![commitment(*pick)] } else { Vec::new() };
            let free = supersedes.iter().all(|old| {
                chart.find_commitment(old).and_then(|old| chart.record(old)).is_some_and(|old| !old.superseded)
            });
            let supersedes = if free { supersedes } else { Vec::new() };
            chart.add(NewEntry { relation: Relation { supersedes, older_than: None }, ..observation(number) });
            if (number as usize).is_multiple_of(stores) {
                chart.resolve_sources();
                stored.extend(chart.take_changed_pages().unwrap());
            }
        }
        chart.resolve_sources();
        stored.extend(chart.take_changed_pages().unwrap());
        let mut loaded = load(&stored, u32::try_from(picks.len()).unwrap()).unwrap();
        prop_assert_eq!(answers(&mut loaded), answers(&mut chart));
    }
}
