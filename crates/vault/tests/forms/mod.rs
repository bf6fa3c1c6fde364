//! Entries that a person writes, amends and withdraws.

use chartchain_vault::protocol::form::{Form, FormDate, Measurement, MeasurementKind, Reading, Unit};
use chartchain_vault::protocol::{Command, EntryId, EntryPage, Fault, JobState, Reply};

use crate::bench_person::{Bench, PASSPHRASE, imported};
use crate::crash::record;

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

fn save(bench: &mut Bench, form: Form, amends: Option<EntryId>) -> Result<EntryId, Fault> {
    match bench.ask(Command::SaveForm { form: Box::new(form), amends: amends.into_iter().collect(), draft: None })? {
        Reply::Saved(entry) => Ok(entry),
        other => panic!("{other:?}"),
    }
}

fn page(bench: &mut Bench, entry: &EntryId) -> EntryPage {
    let Reply::Entry(page) = bench.ask(Command::Entry { entry: entry.clone() }).unwrap() else { panic!() };
    *page
}

#[test]
fn what_is_written_is_there_at_once_and_after_a_restart() {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let entry = save(&mut bench, weight("72.50"), None).unwrap();
    let shown = page(&mut bench, &entry);
    assert!(shown.line.entered_by_you && shown.source_json.contains("72.50"));
    assert_eq!(shown.links.len(), 1, "it is about the person of the record");
    assert_eq!(bench.count_found("weight"), 1);
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    assert_eq!(page(&mut bench, &entry).line, shown.line);
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn an_entry_is_amended_and_withdrawn_and_its_versions_stay() {
    let mut bench = Bench::with_ledger(None, None);
    let first = save(&mut bench, weight("72.50"), None).unwrap();
    let Reply::Form(Some(form)) = bench.ask(Command::EditForm { entry: first.clone() }).unwrap() else { panic!() };
    assert!(form.form == weight("72.50") && form.amends == std::slice::from_ref(&first));
    let second = save(&mut bench, weight("27.50"), Some(first.clone())).unwrap();
    assert!(page(&mut bench, &first).line.superseded);
    assert!(matches!(save(&mut bench, weight("1.0"), Some(first.clone())), Err(Fault::NotNow(_))), "an old version");
    let Reply::Saved(third) = bench.ask(Command::MarkWrong { entry: second }).unwrap() else { panic!() };
    let shown = page(&mut bench, &third);
    assert!(shown.line.wrong);
    assert_eq!(shown.versions.len(), 3);
    assert_eq!(bench.count_found("weight"), 0, "what was withdrawn is found only where it is asked for");
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn a_form_that_has_to_be_mended_is_not_written() {
    let mut bench = Bench::with_ledger(None, None);
    let before = bench.world.snapshot();
    for bad in ["", "seventy", "-"] {
        let Reply::FormChecked(problems) = bench.ask(Command::CheckForm { form: Box::new(weight(bad)) }).unwrap()
        else {
            panic!()
        };
        assert!(problems.iter().any(|problem| !problem.is_question()), "{bad}");
        assert!(matches!(save(&mut bench, weight(bad), None), Err(Fault::NotNow(_))));
    }
    assert_eq!(bench.world.count_rows(), Bench::start(bench.world.resume(&before, 0)).world.count_rows());
    // Implausible is a question: whoever answers it may go on.
    save(&mut bench, weight("650"), None).unwrap();
}

#[test]
fn an_import_under_way_goes_on_behind_an_entry_that_is_written() {
    let mut bench = Bench::with_ledger(None, None);
    let inspection = bench.inspect("a", record(900, 2).as_bytes()).unwrap();
    let people = inspection.people.iter().map(|person| person.key.clone()).collect();
    bench.ask(Command::Import { input: inspection.input, people }).unwrap();
    bench.step();
    save(&mut bench, weight("72.50"), None).unwrap();
    let mut later = Bench::start(bench.world.clone());
    let Reply::Unlocked { resumed, .. } = later.unlock(PASSPHRASE).unwrap() else { panic!() };
    let state = later.finish(resumed[0]);
    assert!(matches!(state, JobState::Finished(_)), "{state:?}");
    imported(state);
    assert_eq!(later.verify().problems, []);
}

#[test]
fn today_is_not_in_the_future_wherever_the_person_is() {
    let mut bench = Bench::with_ledger(None, None);
    let mut problems = |when: &str| {
        let Form::Measurement(mut form) = weight("72.50") else { panic!() };
        form.when = FormDate::new(when);
        let form = Box::new(Form::Measurement(form));
        let Reply::FormChecked(problems) = bench.ask(Command::CheckForm { form }).unwrap() else { panic!() };
        problems.len()
    };
    assert_eq!((problems("2026-11-18"), problems("2026-11-19"), problems("2026-11-20")), (0, 0, 1));
}
