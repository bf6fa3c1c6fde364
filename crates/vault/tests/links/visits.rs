//! What a clinic writes of a visit.

use super::members::{founder, let_in_as, meet};
use super::*;
use chartchain_vault::protocol::form::{
    Form, FormDate, Measurement, MeasurementKind, Medicine, Note, Reading, Unit, Visit, VisitProblem,
};
use chartchain_vault::protocol::{EntryId, Kind};

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
            Form::Medicine(Medicine { name: "Metformin".into(), from: day(), ..Medicine::default() }),
        ],
    }
}

fn save(bench: &mut Bench, visit: Visit) -> Result<EntryId, Fault> {
    match bench.ask(Command::SaveVisit { visit: Box::new(visit) })? {
        Reply::Saved(entry) => Ok(entry),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_visit_is_signed_at_once_and_comes_to_the_patient_as_the_clinics() {
    let (first, _) = founder();
    let [first, clinic] = let_in_as(first, keeper(20_800), MemberRole::Clinician, "Riverside Clinic");
    let mut pair = meet(first, clinic);
    let blocks = pair.benches[1].ledgers()[0].blocks;
    let before = content(&mut pair.benches[0]).len();
    let entry = save(&mut pair.benches[1], visit("81.4")).unwrap();
    assert_eq!(pair.benches[1].ledgers()[0].blocks, blocks + 1, "one signature for all of it");
    pair.run();
    let patient = &mut pair.benches[0];
    assert_eq!(content(patient).len(), before + 4);
    let Reply::Entry(page) = patient.ask(Command::Entry { entry }).unwrap() else { panic!() };
    assert_eq!(page.line.kind, Kind::Visit);
    assert!(page.source_json.contains("Diabetes follow-up"));
    let signer = page.line.signer.clone().unwrap();
    assert_eq!((signer.name.as_str(), signer.role), ("Riverside Clinic", MemberRole::Clinician));
    assert!(page.line.by_hand && !page.line.entered_by_you);
    let Reply::Home(home) = patient.ask(Command::Home).unwrap() else { panic!() };
    assert_eq!(home.banner.role, Some(MemberRole::Patient));
    assert_eq!(home.medicines.len(), 1);
    assert_same(&mut pair);
}

#[test]
fn a_visit_with_something_to_mend_is_not_written_at_all() {
    let (mut first, _) = founder();
    let before = content(&mut first).len();
    let Reply::VisitChecked(problems) = first.ask(Command::CheckVisit { visit: Box::new(visit("heavy")) }).unwrap()
    else {
        panic!()
    };
    assert!(matches!(problems.as_slice(), [VisitProblem::Form { at: 0, .. }]), "{problems:?}");
    assert!(matches!(save(&mut first, visit("heavy")), Err(Fault::NotNow(_))));
    assert_eq!(content(&mut first).len(), before);
    // What is odd is written once the person has said so.
    let Reply::VisitChecked(problems) = first.ask(Command::CheckVisit { visit: Box::new(visit("814")) }).unwrap()
    else {
        panic!()
    };
    assert!(problems.iter().all(VisitProblem::is_question) && problems.len() == 1);
    save(&mut first, visit("814")).unwrap();
    assert_eq!(content(&mut first).len(), before + 4);
    assert_eq!(first.verify().problems_total, 0);
}
