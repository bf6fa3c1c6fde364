//! What a clinic writes of a visit.

use super::members::{change, founder, let_in_as, line, meet, remove};
use super::*;
use chartchain_vault::protocol::form::{
    Form, FormDate, Measurement, MeasurementKind, Medicine, Note, Reading, Unit, Vaccination, Visit, VisitProblem,
};
use chartchain_vault::protocol::{DraftFrom, DraftKept, DraftOf, EntryId, EntryLine, EntryPage, Kind, Query, Signer};

fn visit(reading: &str) -> Visit {
    let day = || FormDate::new("2026-01-05");
    let weight = Measurement {
        kind: MeasurementKind::BodyWeight,
        reading: Reading::One(reading.into()),
        unit: Some(Unit::Kilogram),
        when: day(),
        site: String::new(),
        comment: String::new(),
    };
    Visit {
        reason: "Diabetes follow-up".into(),
        start: day(),
        forms: vec![
            Form::Measurement(weight),
            Form::Note(Note { title: "Visit note".into(), text: "Feels well.".into(), when: day() }),
            Form::Medicine(Medicine { name: "Methadone".into(), from: day(), ..Medicine::default() }),
        ],
    }
}

fn save(bench: &mut Bench, visit: Visit) -> Result<EntryId, Fault> {
    let ledger = bench.ledgers()[0].id.clone();
    match bench.ask(Command::SaveVisit { ledger, visit: Box::new(visit), draft: None })? {
        Reply::Saved(entry) => Ok(entry),
        other => panic!("{other:?}"),
    }
}

fn check(bench: &mut Bench, visit: Visit) -> Vec<VisitProblem> {
    match bench.ask(Command::CheckVisit { visit: Box::new(visit) }).unwrap() {
        Reply::VisitChecked(problems) => problems,
        other => panic!("{other:?}"),
    }
}

fn page(bench: &mut Bench, entry: EntryId) -> EntryPage {
    match bench.ask(Command::Entry { entry }).unwrap() {
        Reply::Entry(page) => *page,
        other => panic!("{other:?}"),
    }
}

/// The newest entry whose title is this.
fn find(bench: &mut Bench, title: &str) -> EntryLine {
    let Reply::Timeline(timeline) = bench.ask(Command::Timeline(Query { limit: 50, ..Query::default() })).unwrap()
    else {
        panic!()
    };
    timeline.lines.into_iter().find(|line| line.title == title).unwrap_or_else(|| panic!("no {title}"))
}

fn says(page: &EntryPage, json: &str) -> bool {
    page.source_json.replace(char::is_whitespace, "").contains(json)
}

fn clinic_of_a_patient() -> Pair {
    let (first, _) = founder();
    let [first, clinic] = let_in_as(first, keeper(20_800), MemberRole::Clinician, "Riverside Clinic");
    meet(first, clinic)
}

fn riverside() -> Signer {
    Signer { name: "Riverside Clinic".into(), role: Some(MemberRole::Clinician) }
}

#[test]
fn a_visit_is_signed_at_once_and_comes_to_the_patient_as_the_clinics() {
    let mut pair = clinic_of_a_patient();
    let blocks = pair.benches[1].ledgers()[0].blocks;
    let before = content(&mut pair.benches[0]).len();
    let entry = save(&mut pair.benches[1], visit("81.4")).unwrap();
    assert_eq!(pair.benches[1].ledgers()[0].blocks, blocks + 1, "one signature for all of it");
    pair.run();
    let patient = &mut pair.benches[0];
    assert_eq!(content(patient).len(), before + 4);
    let page = page(patient, entry);
    assert_eq!(page.line.kind, Kind::Visit, "though a block is read by compartment, and the medicine comes last in it");
    assert!(page.source_json.contains("Diabetes follow-up"));
    assert_eq!(page.line.signer, Some(riverside()));
    assert!(page.line.by_hand && !page.line.entered_by_you);
    let Reply::Home(home) = patient.ask(Command::Home).unwrap() else { panic!() };
    assert_eq!(home.banner.role, Some(MemberRole::Patient));
    assert_eq!(home.medicines.len(), 1);
    assert_same(&mut pair);
}

#[test]
fn a_visit_with_something_to_mend_is_not_written_at_all() {
    let [_, mut clinic] = clinic_of_a_patient().part();
    let before = content(&mut clinic).len();
    let problems = check(&mut clinic, visit("heavy"));
    assert!(matches!(problems.as_slice(), [VisitProblem::Form { at: 0, .. }]), "{problems:?}");
    assert!(matches!(save(&mut clinic, visit("heavy")), Err(Fault::NotNow(_))));
    assert_eq!(content(&mut clinic).len(), before);
    // What is odd is written once the person has said so.
    let problems = check(&mut clinic, visit("814"));
    assert!(problems.iter().all(VisitProblem::is_question) && problems.len() == 1);
    save(&mut clinic, visit("814")).unwrap();
    assert_eq!(content(&mut clinic).len(), before + 4);
    assert_eq!(clinic.verify().problems_total, 0);
}

#[test]
fn only_a_clinic_writes_visits_and_only_into_the_record_that_it_means() {
    let mut pair = clinic_of_a_patient();
    assert!(matches!(save(&mut pair.benches[0], visit("81.4")), Err(Fault::NotNow(_))));
    let other = LedgerId("00".repeat(32));
    let visit = Box::new(visit("81.4"));
    let refused = pair.benches[1].ask(Command::SaveVisit { ledger: other, visit, draft: None });
    assert!(matches!(refused, Err(Fault::NotNow(_))));
    pair.run();
    assert_same(&mut pair);
}

#[test]
fn a_draft_of_a_visit_goes_with_it_and_is_not_signed_twice() {
    let [_, mut clinic] = clinic_of_a_patient().part();
    let ledger = clinic.ledgers()[0].id.clone();
    let of = DraftOf::New(100);
    let from = DraftFrom { of: of.clone(), since_ms: None };
    let kept = clinic.ask(Command::SaveDraft { from, content: b"typed".to_vec(), file: None }).unwrap();
    let Reply::DraftKept(DraftKept::At(at_ms)) = kept else { panic!() };
    let draft = Some(DraftFrom { of: of.clone(), since_ms: Some(at_ms) });
    let sign = Command::SaveVisit { ledger, visit: Box::new(visit("81.4")), draft };
    assert!(matches!(clinic.ask(sign.clone()), Ok(Reply::Saved(_))));
    assert!(matches!(clinic.ask(Command::LoadDraft { of }).unwrap(), Reply::Draft(None)));
    let before = content(&mut clinic).len();
    assert_eq!(clinic.ask(sign).err(), Some(Fault::DraftElsewhere));
    assert_eq!(content(&mut clinic).len(), before);
}

#[test]
fn who_signed_is_told_on_each_side_and_after_the_clinic_is_out() {
    let mut pair = clinic_of_a_patient();
    let mut by_patient = visit("81.4").forms;
    let form = Box::new(by_patient.remove(1));
    pair.benches[0].ask(Command::SaveForm { form, amends: Vec::new(), draft: None }).unwrap();
    save(&mut pair.benches[1], Visit { forms: vec![by_patient.remove(0)], ..visit("81.4") }).unwrap();
    pair.run();
    let seen = find(&mut pair.benches[1], "Visit note");
    assert!(seen.by_hand && !seen.entered_by_you);
    assert_eq!(seen.signer, Some(Signer { name: String::new(), role: Some(MemberRole::Patient) }));
    assert!(find(&mut pair.benches[1], "Body weight").entered_by_you);

    let [patient, _] = &mut pair.benches;
    let clinic = line(patient, "Riverside Clinic");
    change(patient, remove(&[&clinic]), None).unwrap();
    let weight = find(patient, "Body weight");
    assert_eq!((weight.signer, weight.entered_by_you), (Some(riverside()), false), "it signed what it signed");
}

#[test]
fn what_a_patient_amends_of_a_clinic_says_who_wrote_it_first_and_claims_nothing_of_it() {
    let mut pair = clinic_of_a_patient();
    let given =
        Vaccination { vaccine: "Influenza".into(), when: FormDate::new("2026-01-05"), ..Vaccination::default() };
    save(&mut pair.benches[1], Visit { forms: vec![Form::Vaccination(given.clone())], ..visit("81.4") }).unwrap();
    pair.run();
    let patient = &mut pair.benches[0];
    let amends = vec![find(patient, "Influenza").entry];
    assert!(says(&page(patient, amends[0].clone()), r#""primarySource":true"#));
    let form = Box::new(Form::Vaccination(Vaccination { lot: "AB12".into(), ..given }));
    let Reply::Saved(entry) = patient.ask(Command::SaveForm { form, amends, draft: None }).unwrap() else { panic!() };
    let amended = page(patient, entry);
    assert!(amended.line.entered_by_you);
    assert_eq!(amended.line.first_signer, Some(riverside()));
    assert!(says(&amended, r#""primarySource":false"#));
    pair.run();
    let seen = find(&mut pair.benches[1], "Influenza");
    assert_eq!((seen.signer.and_then(|signer| signer.role), seen.first_signer), (Some(MemberRole::Patient), None));
}

#[test]
fn a_colleague_goes_on_with_what_the_clinic_says_at_first_hand() {
    let [_, mut clinic] = clinic_of_a_patient().part();
    save(&mut clinic, visit("81.4")).unwrap();
    let [_, mut colleague] = let_in_as(clinic, keeper(20_801), MemberRole::Clinician, "Room 2");
    let seen = find(&mut colleague, "Methadone");
    assert_eq!(seen.signer, Some(riverside()));
    let medicine = Medicine {
        name: "Methadone".into(),
        dose: "5 mg".into(),
        from: FormDate::new("2026-01-05"),
        ..Medicine::default()
    };
    let (form, amends) = (Box::new(Form::Medicine(medicine)), vec![seen.entry]);
    let saved = colleague.ask(Command::SaveForm { form, amends, draft: None }).unwrap();
    let Reply::Saved(entry) = saved else { panic!() };
    let amended = page(&mut colleague, entry);
    assert!(says(&amended, r#""code":"outpatient""#), "{}", amended.source_json);
    assert_eq!(amended.line.first_signer, Some(riverside()));
}
