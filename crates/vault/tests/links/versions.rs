//! Two devices that amend one entry apart: both versions stand until somebody settles it.

use super::*;
use chartchain_vault::protocol::form::{
    Allergy, Form, FormDate, Measurement, MeasurementKind, Medicine, Reading, Severity, Unit,
};
use chartchain_vault::protocol::{EmergencyCard, EntryId, EntryLine, Home, Medicines, Query, Versions};

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

fn save(bench: &mut Bench, form: Form, amends: &[EntryId]) -> EntryId {
    saved(bench.ask(Command::SaveForm { form: Box::new(form), amends: amends.to_vec(), draft: None }))
}

/// Two devices that each amended an entry of the first one.
fn apart_with(first: Form, versions: [Form; 2]) -> Pair {
    let mut one = keeper_with_record(10_000);
    let entry = save(&mut one, first, &[]);
    let mut pair = Pair::connect(one, keeper(20_000));
    let ledger = pair.let_in();
    pair.ask(1, Command::OpenLedger { ledger }).unwrap();
    let mut benches = pair.part();
    for (bench, form) in benches.iter_mut().zip(versions) {
        save(bench, form, std::slice::from_ref(&entry));
    }
    let [one, other] = benches;
    met(one, other)
}

fn clinic(number: u32) -> String {
    format!(
        r#"{{"resourceType":"Observation","id":"00000000-0000-4000-8000-00000000000a","meta":{{"versionId":"{number}","lastUpdated":"2020-01-0{number}T10:00:00Z"}},"status":"final","code":{{"text":"Weight"}},"subject":{{"reference":"Patient/1"}},"valueQuantity":{{"value":8{number},"unit":"kg"}}}}"#
    )
}

fn import(bench: &mut Bench, text: &str) {
    let inspection = bench.inspect("in.json", text.as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
}

/// The same record on two devices that are not connected, with the first of the clinic's versions.
fn with_clinic() -> [Bench; 2] {
    let ([mut one, other], _) = apart();
    import(&mut one, &clinic(1));
    met(one, other).part()
}

#[test]
fn an_update_that_both_devices_brought_in_is_replaced_by_the_next_one_as_a_whole() {
    let [mut one, mut other] = with_clinic();
    import(&mut one, &clinic(2));
    import(&mut other, &clinic(2));
    let mut pair = met(one, other);
    import(&mut pair.benches[0], &clinic(3));
    pair.run();
    for bench in &mut pair.benches {
        assert_eq!((home(bench).disputed_total, listed(bench).len()), (0, 2));
        assert_eq!(bench.verify().problems, []);
    }
}

#[test]
fn an_update_replaces_the_version_it_comes_after_and_an_older_one_takes_its_place_beside_an_amendment() {
    // Whichever of the two versions stands first.
    for value in ["70", "71", "72", "73"] {
        let [mut one, mut other] = with_clinic();
        let entry = listed(&mut one).into_iter().find(|line| line.title == "Weight").unwrap().entry;
        let amended = amend(&mut one, value, std::slice::from_ref(&entry));
        import(&mut other, &clinic(4));
        let mut pair = met(one, other);
        for number in [5, 3] {
            import(&mut pair.benches[0], &clinic(number));
            pair.run();
        }
        for bench in &mut pair.benches {
            let mut live = ids(bench, &entry);
            assert!(live.len() == 2 && live.contains(&amended), "the amendment stays beside what the clinic says now");
            live.retain(|version| *version != amended);
            let Reply::Entry(page) = bench.ask(Command::Entry { entry: live.remove(0) }).unwrap() else { panic!() };
            assert!(page.source_json.contains("\"versionId\": \"5\""));
            assert_eq!((page.versions.len(), page.versions_total, page.live_versions), (5, 5, 2));
        }
    }
}

fn card(bench: &mut Bench) -> EmergencyCard {
    let Reply::EmergencyCard(card) = bench.ask(Command::EmergencyCard { today: "2026-11-18".into() }).unwrap() else {
        panic!()
    };
    *card
}

#[test]
fn the_emergency_card_lists_all_versions_in_one_order_and_what_is_left_out_stays_out() {
    let allergy = |reaction: &str, severity: Option<Severity>| {
        let reaction = reaction.into();
        Form::Allergy(Allergy { substance: "Penicillin".into(), reaction, severity, ..Allergy::default() })
    };
    let versions = [allergy("Rash", Some(Severity::Mild)), allergy("Shock", Some(Severity::Severe))];
    let mut pair = apart_with(allergy("", None), versions);
    let [one, other] = pair.benches.each_mut().map(|bench| {
        let card = card(bench);
        assert_eq!(card.banner.allergies.len(), 2);
        card.allergies.items
    });
    assert_eq!(one, other);
    assert!(one.len() == 2 && one[0].key == one[1].key && one.iter().all(|item| item.disputed && !item.left_out));
    pair.benches[0].ask(Command::LeaveOut { left_out: vec![one[0].key.clone()] }).unwrap();
    assert!(card(&mut pair.benches[0]).allergies.items.iter().all(|item| item.left_out));
}

fn medicines(bench: &mut Bench) -> Medicines {
    let command = Command::Medicines { today: "2026-11-18".into(), past: 10 };
    let Reply::Medicines(found) = bench.ask(command).unwrap() else { panic!() };
    *found
}

fn metformin(times_a_day: u8) -> Form {
    Form::Medicine(Medicine {
        name: "Metformin".into(),
        dose: format!("{times_a_day} tablets"),
        times_a_day: Some(times_a_day),
        from: FormDate::new("2020-01-01"),
        ..Medicine::default()
    })
}

#[test]
fn a_medicine_amended_apart_stands_on_the_card_twice_and_is_due_alike_on_both_devices() {
    let mut pair = apart_with(metformin(1), [metformin(2), metformin(3)]);
    let told = pair.benches.each_mut().map(|bench| {
        let card = card(bench);
        assert_eq!(card.medicines.items.iter().filter(|item| item.disputed).count(), 2);
        assert!(home(bench).medicines[0].disputed);
        let found = medicines(bench);
        (card.medicines.items, found.cards[0].due_today, found.cards[0].entries[0].line.entry.clone())
    });
    assert_eq!(told[0], told[1]);
}

#[test]
fn a_disputed_entry_is_settled_before_it_is_withdrawn_and_a_dose_that_is_noted_anew_is_settled_by_that() {
    let (mut pair, [one, _]) = disputed();
    assert!(matches!(pair.ask(0, Command::MarkWrong { entry: one.clone() }), Err(Fault::NotNow(_))));

    let medicine = save(&mut pair.benches[0], metformin(1), &[]);
    let note = |bench: &mut Bench, taken| {
        let (day, at) = ("2026-11-18".into(), "2026-11-18T00:01:00+00:00".into());
        saved(bench.ask(Command::NoteDose { medicine: medicine.clone(), day, number: 1, taken, at }))
    };
    let dose = note(&mut pair.benches[0], true);
    pair.run();
    for settled_by in [true, false] {
        let [mut first, mut second] = pair.part();
        let now = medicines(&mut first).doses[0].noted.clone().unwrap();
        note(&mut first, !now.taken);
        saved(second.ask(Command::MarkWrong { entry: now.entry }));
        pair = met(first, second);
        assert_eq!(versions(&mut pair.benches[0], &dose).total, 2);
        note(&mut pair.benches[0], settled_by);
        pair.run();
        for bench in &mut pair.benches {
            let noted = medicines(bench).doses[0].noted.clone().unwrap();
            assert!(noted.taken == settled_by && !noted.disputed);
        }
    }
    let [mut first, mut second] = pair.part();
    let entry = medicines(&mut first).doses[0].noted.clone().unwrap().entry;
    note(&mut first, true);
    saved(second.ask(Command::MarkWrong { entry }));
    let mut pair = met(first, second);
    let entry = medicines(&mut pair.benches[1]).doses[0].noted.clone().unwrap().entry;
    saved(pair.ask(1, Command::MarkWrong { entry }));
    assert!(pair.benches.iter_mut().all(|bench| medicines(bench).doses[0].noted.is_none()));
}

#[test]
fn what_was_settled_meanwhile_among_the_versions_a_form_names_stays_as_it_is() {
    let (mut pair, [one, other]) = disputed();
    let later = amend(&mut pair.benches[1], "84", std::slice::from_ref(&other));
    pair.run();
    let anew = amend(&mut pair.benches[0], "85", &[one.clone(), other]);
    pair.run();
    assert_shown(&mut pair, &one, &[anew, later]);
}
