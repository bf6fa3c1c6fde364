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
fn however_many_versions_there_are_the_one_asked_for_is_live_and_told() {
    let mut chart = chart(&[&weight(80)]);
    (1..200).for_each(|number| _ = chart.add(version(number, &weight(100 + number), &[0])));
    chart.add(version(200, &withdrawn(80), &[0]));
    for number in 1..=200 {
        let live = chart.live_versions(number);
        assert!(live.len() == 64 && live.contains(&number) && chart.is_live(number), "{number}");
        assert!(chart.is_disputed(number));
    }
    assert!(!chart.is_live(0) && chart.live_versions(0).len() == 64 && chart.live_count(0) == 64);
}

#[test]
fn an_entry_supersedes_only_what_it_can_be_a_version_of() {
    let with_id = |id: &str, json: &str| json.replacen("\"status\"", &format!("\"id\":\"{id}\",\"status\""), 1);
    let allergy = r#"{"resourceType":"AllergyIntolerance","id":"a","code":{"text":"Penicillin"}}"#;
    let mut chart = chart(&[&with_id("a", &weight(80)), &with_id("b", &weight(70)), allergy]);
    chart.add(version(3, &with_id("a", &weight(81)), &[0, 1, 2]));
    assert_eq!(found(&mut chart), BTreeSet::from([1, 2, 3]));
    assert_eq!((chart.versions(3), chart.versions(2)), (vec![3, 0], vec![2]));
    assert!(chart.are_of_one(0, 3) && !chart.are_of_one(1, 3) && chart.is_live(2));
    // An address names it, too.
    let at = |entry: NewEntry| NewEntry { full_url: Some("urn:uuid:x".into()), ..entry };
    chart.add(at(version(4, &weight(60), &[])));
    chart.add(at(version(5, &weight(61), &[4])));
    assert_eq!(chart.versions(4), [5, 4]);
}

#[test]
fn an_entry_that_comes_in_once_more_is_the_same_one_and_is_settled_with_it() {
    let again = |chart: &mut Chart| {
        for number in [0, 1, 2] {
            let value = 80 + number;
            let olds: &[u32] = if number == 0 { &[] } else { &[0] };
            let copy = version(number, &weight(value), olds);
            chart.add(NewEntry { place: crate::Place { block: 9, segment: 0, row: number }, ..copy });
        }
    };
    let mut replayed = disputed();
    again(&mut replayed);
    assert_eq!(found(&mut replayed), BTreeSet::from([1, 2]));
    assert_eq!((replayed.live_versions(0).len(), replayed.versions(0).len()), (2, 6));
    let settle = version(6, &weight(82), &[1, 2]);
    replayed.add(settle.clone());
    let settled = replayed.find_commitment(&commitment(6)).unwrap();
    assert_eq!((found(&mut replayed), replayed.disputed()), (BTreeSet::from([settled]), vec![]));
    // Whenever it comes.
    let mut late = disputed();
    late.add(settle);
    again(&mut late);
    assert_eq!((found(&mut late), late.disputed()), (BTreeSet::from([3]), vec![]));
    let mut pages = late.take_changed_pages().unwrap();
    pages.sort_by_key(|(page, _)| *page);
    let mut read = Chart::from_pages(7, pages.iter().map(|(_, content)| content)).unwrap();
    assert_eq!((found(&mut read), read.versions(0).len()), (BTreeSet::from([3]), 7));
}

#[test]
fn a_version_whose_predecessor_comes_later_is_linked_then_also_after_a_restart() {
    let mut chart = Chart::default();
    chart.add(version(2, &weight(82), &[0, 1]));
    chart.add(version(3, &weight(83), &[1]));
    assert_eq!(found(&mut chart), BTreeSet::from([0, 1]));
    let mut pages = chart.take_changed_pages().unwrap();
    pages.sort_by_key(|(page, _)| *page);
    let mut read = Chart::from_pages(2, pages.iter().map(|(_, content)| content)).unwrap();
    for chart in [&mut chart, &mut read] {
        assert!(chart.disputed().is_empty());
        chart.add(version(1, &weight(81), &[0]));
        assert!(chart.is_disputed(0) && chart.is_disputed(1) && !chart.is_live(2));
        chart.add(version(0, &weight(80), &[]));
        assert_eq!((found(chart), chart.versions(3).len()), (BTreeSet::from([0, 1]), 4));
    }
    assert_eq!(read.differences(&chart), Differences::default());
}

#[test]
fn older_versions_that_come_before_the_newer_one_keep_their_order() {
    let older = |number: u32, newer: u32| {
        let relation = Relation { supersedes: Vec::new(), older_than: Some(commitment(newer)) };
        NewEntry { relation, ..entry(number, &weight(80 + number)) }
    };
    let mut chart = Chart::default();
    chart.add(older(1, 2));
    chart.add(older(0, 1));
    chart.add(version(2, &weight(82), &[]));
    assert_eq!(chart.versions(0), [2, 0, 1]);
    assert_eq!((stored(&mut chart).versions(1), found(&mut chart)), (vec![2, 0, 1], BTreeSet::from([2])));
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

/// Each version's value, whether it says that it was made in error, what it supersedes of those before it, and whether it
/// is older than the first of these instead.
fn histories() -> impl Strategy<Value = Vec<(u32, bool, Vec<prop::sample::Index>, bool)>> {
    let olds = prop::collection::vec(any::<prop::sample::Index>(), 0..3);
    let version = (60_u32..63, prop::bool::weighted(0.2), olds, prop::bool::weighted(0.2));
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
    fn versions_give_the_same_state_in_whatever_order_they_arrive(
        history in histories(),
        order in Just((0..14_u32).collect::<Vec<_>>()).prop_shuffle(),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        stored_at in 0..14_usize,
    ) {
        let named: Vec<BTreeSet<u32>> = (0u32..).zip(&history).map(|(number, (_, _, olds, _))| match number {
            0 => BTreeSet::new(),
            number => olds.iter().map(|old| u32::try_from(old.index(number as usize)).unwrap()).collect(),
        }).collect();
        let add = |chart: &mut Chart, number: u32| {
            let (value, wrong, _, is_older) = &history[number as usize];
            let json = if *wrong { withdrawn(*value) } else { weight(*value) };
            let olds: Vec<u32> = named[number as usize].iter().copied().collect();
            let older_than = olds.first().filter(|_| *is_older).map(|newer| commitment(*newer));
            let mut entry = version(number, &json, if older_than.is_some() { &[] } else { &olds });
            entry.relation.older_than = older_than;
            chart.add(entry);
        };
        let count = u32::try_from(history.len()).unwrap();
        let again: Vec<u32> = again.iter().map(|at| u32::try_from(at.index(history.len())).unwrap()).collect();
        let mut one = Chart::default();
        (0..count).chain(again.iter().copied()).for_each(|number| add(&mut one, number));
        // Any order at all, some of them stored in between.
        let mut other = Chart::default();
        for (at, number) in again.iter().chain(&order).filter(|number| **number < count).enumerate() {
            add(&mut other, *number);
            if at == stored_at {
                other = stored(&mut other);
            }
        }
        prop_assert_eq!(state(&mut one), state(&mut other));
        // Nothing is lost: every version that none supersedes is live, or one that says the same stands for it.
        for number in 0..count {
            let is_older = |at: u32| history[at as usize].3 && !named[at as usize].is_empty();
            let older_too = is_older(number);
            let replaced = older_too || (0..count).any(|at| !is_older(at) && named[at as usize].contains(&number));
            let alike = one.live_alike(number);
            prop_assert_eq!(replaced, !one.is_live(number));
            prop_assert!(replaced || alike.contains(&number) && alike.iter().filter(|other| !one.record(**other).unwrap().superseded).count() == 1);
        }
        let mut read = stored(&mut one);
        prop_assert_eq!(state(&mut read), state(&mut one));
        prop_assert_eq!(read.differences(&one), Differences::default());
    }
}

fn stored(chart: &mut Chart) -> Chart {
    chart.mark_changed();
    let mut pages = chart.take_changed_pages().unwrap();
    pages.sort_by_key(|(page, _)| *page);
    Chart::from_pages(u32::try_from(chart.len()).unwrap(), pages.iter().map(|(_, content)| content)).unwrap()
}
