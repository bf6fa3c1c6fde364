//! Two devices that amend one entry apart: both versions stand until somebody settles it.

use super::*;
use chartchain_vault::protocol::form::{Form, FormDate, Measurement, MeasurementKind, Reading, Unit};
use chartchain_vault::protocol::{EntryId, EntryLine, Home, Query, Versions};

fn weight(value: &str) -> Form {
    Form::Measurement(Measurement {
        kind: MeasurementKind::BodyWeight,
        reading: Reading::One(value.into()),
        unit: Some(Unit::Kilogram),
        when: FormDate::new("2020-05-04"),
        site: String::new(),
        comment: String::new(),
    })
}

fn saved(reply: Result<Reply, Fault>) -> EntryId {
    let Ok(Reply::Saved(entry)) = reply else { panic!("{:?}", reply.err()) };
    entry
}

fn amend(bench: &mut Bench, value: &str, amends: &[EntryId]) -> EntryId {
    let form = Box::new(weight(value));
    saved(bench.ask(Command::SaveForm { form, amends: amends.to_vec(), draft: None }))
}

fn keep(bench: &mut Bench, entry: &EntryId, over: &[EntryId]) -> Result<Reply, Fault> {
    bench.ask(Command::KeepVersion { entry: entry.clone(), over: over.to_vec() })
}

fn versions(bench: &mut Bench, entry: &EntryId) -> Versions {
    let Reply::Versions(page) = bench.ask(Command::Versions { entry: entry.clone() }).unwrap() else { panic!() };
    *page
}

fn ids(bench: &mut Bench, entry: &EntryId) -> Vec<EntryId> {
    versions(bench, entry).versions.into_iter().map(|version| version.line.entry).collect()
}

fn home(bench: &mut Bench) -> Home {
    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    *home
}

/// Weights as the timeline shows them.
fn listed(bench: &mut Bench) -> Vec<EntryLine> {
    let Reply::Timeline(timeline) = bench.ask(Command::Timeline(Query::FIRST)).unwrap() else { panic!() };
    timeline.lines
}

/// A record with one weight, held by two devices that are not connected.
fn apart() -> ([Bench; 2], EntryId) {
    let mut first = keeper_with_record(10_000);
    let entry = amend(&mut first, "80", &[]);
    let mut pair = Pair::connect(first, keeper(20_000));
    let ledger = pair.let_in();
    pair.ask(1, Command::OpenLedger { ledger }).unwrap();
    (pair.part(), entry)
}

/// The same after each amended it, and they met.
fn disputed() -> (Pair, [EntryId; 2]) {
    let ([mut one, mut other], entry) = apart();
    let versions = [amend(&mut one, "81", std::slice::from_ref(&entry)), amend(&mut other, "82", &[entry])];
    (met(one, other), versions)
}

fn met(one: Bench, other: Bench) -> Pair {
    let pair = Pair::connect(one, other);
    assert_eq!(pair.faults, []);
    pair
}

/// Both show these versions and nothing else.
fn assert_shown(pair: &mut Pair, entry: &EntryId, expected: &[EntryId]) {
    let mut expected = expected.to_vec();
    expected.sort();
    for bench in &mut pair.benches {
        let mut shown = ids(bench, entry);
        shown.sort();
        assert_eq!(shown, expected);
        let lines = listed(bench);
        let mut listed: Vec<EntryId> = lines.iter().map(|line| line.entry.clone()).collect();
        listed.sort();
        assert_eq!(listed, expected);
        assert!(lines.iter().all(|line| line.disputed == (expected.len() > 1)));
        assert_eq!(home(bench).disputed_total, u32::from(expected.len() > 1));
        assert_eq!(bench.verify().problems, []);
    }
}

#[test]
fn an_entry_amended_on_two_devices_shows_both_versions_on_both_and_is_settled_for_both() {
    let (mut pair, [one, other]) = disputed();
    assert_shown(&mut pair, &one, &[one.clone(), other.clone()]);
    let page = versions(&mut pair.benches[0], &other);
    assert_eq!(page.versions.iter().filter(|version| version.signer.this_device).count(), 1);
    assert!(page.versions.iter().all(|version| version.has_form && version.line.disputed));
    let home = home(&mut pair.benches[0]);
    assert_eq!((home.latest.len(), home.latest[0].count, home.latest[0].previous.clone()), (1, 1, None));

    let settled = saved(keep(&mut pair.benches[1], &other, std::slice::from_ref(&one)));
    pair.run();
    assert_shown(&mut pair, &one, std::slice::from_ref(&settled));
    // All of them can be read still.
    let Reply::Entry(entry) = pair.benches[0].ask(Command::Entry { entry: settled }).unwrap() else { panic!() };
    assert_eq!(entry.versions.len(), 4);
    assert!(entry.source_json.contains("82"));
    // It was settled by somebody else meanwhile.
    assert!(matches!(keep(&mut pair.benches[0], &one, &[other]), Err(Fault::NotNow(_))));
}

#[test]
fn writing_it_anew_takes_the_place_of_all_versions_that_the_form_names() {
    let (mut pair, [one, other]) = disputed();
    let Reply::Form(Some(form)) = pair.benches[0].ask(Command::EditForm { entry: one.clone() }).unwrap() else {
        panic!()
    };
    assert_eq!(form.amends, [one.clone(), other]);
    let settled = amend(&mut pair.benches[0], "81.5", &form.amends);
    pair.run();
    assert_shown(&mut pair, &one, &[settled]);
}

#[test]
fn a_form_replaces_no_more_versions_than_are_shown() {
    let (mut pair, [one, _]) = disputed();
    for number in 0..8 {
        // Settled apart otherwise: there is one more version each time.
        let [mut first, mut second] = pair.part();
        let live = ids(&mut first, &one);
        amend(&mut second, &format!("9{number}"), &live[..1]);
        amend(&mut first, &format!("7{number}"), &live[..1]);
        pair = met(first, second);
    }
    for bench in &mut pair.benches {
        let page = versions(bench, &one);
        assert_eq!((page.versions.len(), page.total), (8, 10));
        let lines = listed(bench);
        assert_eq!(lines.len(), 10);
        for line in lines {
            let shown = ids(bench, &line.entry);
            assert!(shown.contains(&line.entry));
            let Reply::Form(Some(form)) = bench.ask(Command::EditForm { entry: line.entry.clone() }).unwrap() else {
                panic!()
            };
            assert!(form.amends.len() == 8 && form.amends[0] == line.entry);
            assert!(form.amends.iter().all(|version| shown.contains(version)));
        }
    }
}

#[test]
fn a_withdrawal_beside_an_amendment_is_kept_or_overruled() {
    let ([mut one, mut other], entry) = apart();
    let amended = amend(&mut one, "81", std::slice::from_ref(&entry));
    let withdrawn = saved(other.ask(Command::MarkWrong { entry: entry.clone() }));
    let mut pair = met(one, other);
    for bench in &mut pair.benches {
        assert_eq!(home(bench).disputed_total, 1);
        let lines = listed(bench);
        assert_eq!((lines.len(), &lines[0].entry, lines[0].disputed), (1, &amended, true));
        assert_eq!(versions(bench, &amended).total, 2);
    }
    saved(keep(&mut pair.benches[0], &withdrawn, std::slice::from_ref(&amended)));
    pair.run();
    for bench in &mut pair.benches {
        assert_eq!((home(bench).disputed_total, listed(bench).len()), (0, 0));
    }
}

#[test]
fn settling_apart_alike_is_one_version_and_otherwise_two_again() {
    for alike in [true, false] {
        let (pair, [one, other]) = disputed();
        let [mut first, mut second] = pair.part();
        let kept = saved(keep(&mut first, &one, std::slice::from_ref(&other)));
        let (right, wrong) = if alike { (&one, &other) } else { (&other, &one) };
        let kept_there = saved(keep(&mut second, right, std::slice::from_ref(wrong)));
        let mut pair = met(first, second);
        let stands: Vec<EntryId> = if alike {
            let shown = ids(&mut pair.benches[0], &kept);
            assert!(shown.len() == 1 && [&kept, &kept_there].contains(&&shown[0]));
            shown
        } else {
            vec![kept.clone(), kept_there]
        };
        assert_shown(&mut pair, &kept, &stands);
        if alike {
            // An amendment goes for both of them.
            let amended = amend(&mut pair.benches[0], "83", &stands);
            pair.run();
            assert_shown(&mut pair, &kept, &[amended]);
        }
    }
}

#[test]
fn what_was_not_seen_is_not_replaced_and_strangers_to_each_other_are_no_versions() {
    let (mut pair, [one, other]) = disputed();
    let stranger = amend(&mut pair.benches[0], "60", &[]);
    assert!(matches!(keep(&mut pair.benches[0], &one, &[stranger]), Err(Fault::NotNow(_))));
    assert!(matches!(keep(&mut pair.benches[0], &one, std::slice::from_ref(&one)), Err(Fault::NotNow(_))));
    let [mut first, mut second] = pair.part();
    let later = amend(&mut second, "84", std::slice::from_ref(&other));
    let kept = saved(keep(&mut first, &one, &[other]));
    let mut pair = met(first, second);
    for bench in &mut pair.benches {
        let mut shown = ids(bench, &one);
        shown.sort();
        let mut expected = vec![kept.clone(), later.clone()];
        expected.sort();
        assert_eq!(shown, expected);
    }
}
