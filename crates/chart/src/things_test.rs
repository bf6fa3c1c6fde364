use std::collections::BTreeSet;

use chartchain_fhir::Kind;
use proptest::prelude::*;

use crate::test_entry::{chart, commitment, entry, measured};
use crate::{Chart, ChartPage, Differences, Filter, NewEntry, Relation};

fn weight(value: u32) -> String {
    measured("29463-7", "Body weight", "2024-05-01", &value.to_string())
}

/// A version of the weight, with what it supersedes.
fn version(number: u32, json: &str, supersedes: &[u32]) -> NewEntry {
    let supersedes = supersedes.iter().map(|old| commitment(*old)).collect();
    NewEntry { relation: Relation { supersedes, older_than: None }, ..entry(number, json) }
}

fn withdrawn(value: u32) -> String {
    weight(value).replace("final", "entered-in-error")
}

/// An entry that two devices amended apart.
fn disputed() -> Chart {
    let mut chart = chart(&[&weight(80)]);
    chart.add(version(1, &weight(81), &[0]));
    chart.add(version(2, &weight(82), &[0]));
    chart
}

fn found(chart: &mut Chart) -> BTreeSet<u32> {
    chart.query(&Filter::default(), 0, 100).page.into_iter().collect()
}

#[test]
fn two_amendments_of_one_entry_stand_beside_each_other() {
    let mut chart = disputed();
    assert_eq!(found(&mut chart), BTreeSet::from([1, 2]));
    assert!(!chart.is_disputed(0) && chart.is_disputed(1) && chart.is_disputed(2));
    assert_eq!(chart.live_versions(0).len(), 2);
    assert_eq!(chart.disputed().len(), 1);
    assert_eq!(chart.versions(1), [2, 1, 0]);
}

#[test]
fn what_is_counted_counts_a_disputed_entry_once() {
    let mut chart = disputed();
    assert_eq!(chart.counts_by_kind(), [(Kind::Vital, 1)]);
    let latest = chart.latest_values(&[Kind::Vital]);
    assert_eq!(latest.iter().map(|latest| (latest.count, latest.previous)).collect::<Vec<_>>(), [(1, None)]);
    // Both are drawn.
    assert_eq!(chart.series(1).unwrap().records.len(), 2);
}

#[test]
fn an_amendment_beside_a_withdrawal_and_one_of_an_amendment_are_disputed() {
    let mut beside = chart(&[&weight(80)]);
    beside.add(version(1, &withdrawn(80), &[0]));
    beside.add(version(2, &weight(82), &[0]));
    assert!(beside.is_disputed(1) && beside.is_disputed(2));
    assert_eq!(found(&mut beside), BTreeSet::from([2]));
    assert_eq!(beside.series(2).unwrap().withdrawn, 0);

    let mut branching = disputed();
    branching.add(version(3, &weight(83), &[1]));
    assert_eq!(found(&mut branching), BTreeSet::from([2, 3]));
    assert!(!branching.is_disputed(1) && branching.is_disputed(2) && branching.is_disputed(3));
}

#[test]
fn versions_that_say_the_same_are_one() {
    let mut alike = chart(&[&weight(80)]);
    alike.add(version(1, &weight(81), &[0]));
    alike.add(version(2, &weight(81), &[0]));
    assert_eq!((found(&mut alike), alike.disputed()), (BTreeSet::from([1]), vec![]));
    assert_eq!(alike.live_alike(1), [1, 2]);
    // Whoever replaces one of them leaves the other.
    alike.add(version(3, &weight(83), &[1]));
    assert_eq!(found(&mut alike), BTreeSet::from([2, 3]));

    let mut both = chart(&[&weight(80)]);
    both.add(version(1, &withdrawn(80), &[0]));
    both.add(version(2, &withdrawn(81), &[0]));
    assert!(!both.is_disputed(1) && both.disputed().is_empty() && found(&mut both).is_empty());
}

#[test]
fn what_supersedes_all_of_them_settles_it() {
    let mut chart = disputed();
    chart.add(version(3, &weight(82), &[1, 2]));
    assert_eq!((found(&mut chart), chart.disputed()), (BTreeSet::from([3]), vec![]));
    assert_eq!(chart.versions(0), [3, 2, 1, 0]);
    // Another device settled it otherwise at the same time.
    chart.add(version(4, &weight(81), &[1, 2]));
    assert!(chart.is_disputed(3) && chart.is_disputed(4));
    // And alike.
    chart.add(version(5, &weight(82), &[1, 2]));
    assert_eq!(found(&mut chart), BTreeSet::from([3, 4]));
}

#[test]
fn a_stored_chart_knows_what_is_disputed_and_forgets_what_is_removed() {
    let mut whole = disputed();
    let mut pages = whole.take_changed_pages().unwrap();
    pages.sort_by_key(|(page, _)| *page);
    assert_eq!(pages.len(), ChartPage::all(3).len());
    let mut read = Chart::from_pages(3, pages.iter().map(|(_, content)| content)).unwrap();
    assert_eq!(read.differences(&whole), Differences::default());
    assert!(read.is_disputed(1) && read.is_disputed(2));
    read.remove(&BTreeSet::from([2]));
    assert!(!read.is_disputed(1) && read.disputed().is_empty());
    assert_eq!(found(&mut read), BTreeSet::from([1]));
}

/// Each version's value, whether it says that it was made in error, and what it supersedes of those before it.
fn histories() -> impl Strategy<Value = Vec<(u32, bool, Vec<prop::sample::Index>)>> {
    let version = (60_u32..63, prop::bool::weighted(0.2), prop::collection::vec(any::<prop::sample::Index>(), 0..3));
    prop::collection::vec(version, 1..14)
}

/// Its name, whether it counts, whether it is disputed, its versions, the live ones.
type Said = ([u8; 16], bool, bool, BTreeSet<[u8; 16]>, Vec<[u8; 16]>);

/// What a chart says of every version.
fn state(chart: &mut Chart) -> Vec<Said> {
    let name = |chart: &Chart, number: u32| chart.record(number).unwrap().commitment;
    let mut all: Vec<_> = (0..u32::try_from(chart.len()).unwrap())
        .map(|number| {
            let versions = chart.versions(number).into_iter().map(|other| name(chart, other)).collect();
            let live = chart.live_versions(number).into_iter().map(|other| name(chart, other)).collect();
            let is_current = chart.record(number).unwrap().is_current();
            (name(chart, number), is_current, chart.is_disputed(number), versions, live)
        })
        .collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn versions_give_the_same_state_in_whatever_order_they_arrive(history in histories(), picks in prop::collection::vec(any::<prop::sample::Index>(), 14)) {
        let parents: Vec<BTreeSet<u32>> = (0u32..).zip(&history).map(|(number, (_, _, olds))| match number {
            0 => BTreeSet::new(),
            number => olds.iter().map(|old| u32::try_from(old.index(number as usize)).unwrap()).collect(),
        }).collect();
        let add = |chart: &mut Chart, number: u32| {
            let (value, wrong, _) = &history[number as usize];
            let json = if *wrong { withdrawn(*value) } else { weight(*value) };
            let olds: Vec<u32> = parents[number as usize].iter().copied().collect();
            chart.add(version(number, &json, &olds));
        };
        let count = u32::try_from(history.len()).unwrap();
        let mut one = Chart::default();
        (0..count).for_each(|number| add(&mut one, number));
        // Any order in which nothing comes before what it supersedes.
        let (mut other, mut here) = (Chart::default(), BTreeSet::new());
        for pick in &picks[..history.len()] {
            let ready: Vec<u32> = (0..count).filter(|number| !here.contains(number) && parents[*number as usize].is_subset(&here)).collect();
            let number = ready[pick.index(ready.len())];
            add(&mut other, number);
            here.insert(number);
        }
        prop_assert_eq!(state(&mut one), state(&mut other));
        // Nothing is lost: every version that none supersedes is live, or one that says the same stands for it.
        for number in 0..count {
            let replaced = parents.iter().any(|olds| olds.contains(&number));
            let alike = one.live_alike(number);
            prop_assert!(replaced || alike.contains(&number) && alike.iter().filter(|other| !one.record(**other).unwrap().superseded).count() == 1);
        }
        let mut pages = one.take_changed_pages().unwrap();
        pages.sort_by_key(|(page, _)| *page);
        let mut read = Chart::from_pages(count, pages.iter().map(|(_, content)| content)).unwrap();
        prop_assert_eq!(state(&mut read), state(&mut one));
    }
}
