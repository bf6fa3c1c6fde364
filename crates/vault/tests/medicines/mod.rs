//! Medicines as they stand on a day, the log of their doses, and the emergency card.

use chartchain_vault::protocol::docs::{ContactDraft, DocumentName, Edit, ProfileField};
use chartchain_vault::protocol::form::{Form, FormDate, Medicine};
use chartchain_vault::protocol::{
    CardPart, Command, DoseLog, EmergencyCard, EntryId, ExportFormat, Fault, LogDay, Medicines, Query, Reply, Standing,
};

use crate::bench_person::{Bench, PASSPHRASE, imported};

/// The bench's clock stands on this day.
const TODAY: &str = "2026-11-18";

fn at(clock: &str) -> String {
    format!("{TODAY}T{clock}:00+00:00")
}

fn metformin() -> Form {
    Form::Medicine(Medicine {
        name: "Metformin".into(),
        dose: "500 mg".into(),
        how_often: "twice a day".into(),
        times_a_day: Some(2),
        from: FormDate::new("2020-01-01"),
        ..Medicine::default()
    })
}

fn with_metformin() -> (Bench, EntryId) {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let saved = bench.ask(Command::SaveForm { form: Box::new(metformin()), amends: Vec::new(), draft: None }).unwrap();
    let Reply::Saved(entry) = saved else { panic!() };
    (bench, entry)
}

fn medicines(bench: &mut Bench) -> Medicines {
    let Reply::Medicines(found) = bench.ask(Command::Medicines { today: TODAY.into(), past: 10 }).unwrap() else {
        panic!()
    };
    *found
}

fn note(bench: &mut Bench, medicine: &EntryId, number: u8, taken: bool) -> Result<EntryId, Fault> {
    let command = Command::NoteDose { medicine: medicine.clone(), day: TODAY.into(), number, taken, at: at("00:01") };
    match bench.ask(command)? {
        Reply::Saved(entry) => Ok(entry),
        other => panic!("{other:?}"),
    }
}

fn log(bench: &mut Bench, medicine: Option<&EntryId>) -> DoseLog {
    let command = Command::DoseLog { medicine: medicine.cloned(), offset: 0, limit: 100 };
    let Reply::DoseLog(log) = bench.ask(command).unwrap() else { panic!() };
    log
}

/// Number of each dose of today and whether it was taken.
fn today(bench: &mut Bench) -> Vec<(u8, Option<bool>)> {
    let doses = medicines(bench).doses;
    doses.iter().map(|dose| (dose.number, dose.noted.as_ref().map(|noted| noted.taken))).collect()
}

#[test]
fn a_dose_is_noted_changed_taken_back_and_stays_after_a_restart() {
    let (mut bench, entry) = with_metformin();
    assert_eq!(today(&mut bench), [(1, None), (2, None)]);
    let first = note(&mut bench, &entry, 1, true).unwrap();
    assert_eq!(note(&mut bench, &entry, 1, true).unwrap(), first, "a second tap changes nothing");
    assert_eq!(today(&mut bench), [(1, Some(true)), (2, None)]);
    let changed = note(&mut bench, &entry, 1, false).unwrap();
    assert_eq!(today(&mut bench), [(1, Some(false)), (2, None)]);
    assert_eq!(log(&mut bench, None).total, 1, "one dose, however often it was changed");
    bench.ask(Command::MarkWrong { entry: changed }).unwrap();
    assert_eq!(today(&mut bench), [(1, None), (2, None)]);
    note(&mut bench, &entry, 2, true).unwrap();
    note(&mut bench, &entry, 3, true).unwrap();
    assert_eq!(today(&mut bench), [(1, None), (2, Some(true)), (3, Some(true))]);
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    assert_eq!(today(&mut bench), [(1, None), (2, Some(true)), (3, Some(true))]);
    let week = medicines(&mut bench).week;
    let wanted = LogDay { day: TODAY.into(), due: 2, taken: 1, missed: 0, others: 1 };
    assert_eq!((week.len(), week.last()), (7, Some(&wanted)));
    assert!(week[..6].iter().all(|day| day.due == 0), "nothing is missing before the log began");
    assert_eq!(log(&mut bench, Some(&entry)).total, 2);
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn the_log_follows_a_medicine_that_is_amended() {
    let (mut bench, entry) = with_metformin();
    note(&mut bench, &entry, 1, true).unwrap();
    let amended = Command::SaveForm { form: Box::new(metformin()), amends: vec![entry.clone()], draft: None };
    let Reply::Saved(newer) = bench.ask(amended).unwrap() else { panic!() };
    assert_eq!(today(&mut bench), [(1, Some(true)), (2, None)]);
    assert_eq!(medicines(&mut bench).doses[0].medicine, newer);
    note(&mut bench, &newer, 1, false).unwrap();
    assert_eq!(today(&mut bench), [(1, Some(false)), (2, None)], "the same dose, not another");
    assert!(matches!(note(&mut bench, &entry, 2, true), Err(Fault::NotNow(_))), "an old version");
}

#[test]
fn doses_go_out_as_fhir_and_come_back_and_do_not_flood_the_timeline() {
    let (mut bench, entry) = with_metformin();
    note(&mut bench, &entry, 1, true).unwrap();
    note(&mut bench, &entry, 2, false).unwrap();
    let total =
        |bench: &mut Bench, query: Query| match bench.ask(Command::Timeline(Query { limit: 9, ..query })).unwrap() {
            Reply::Timeline(found) => found.total,
            other => panic!("{other:?}"),
        };
    assert_eq!(total(&mut bench, Query::default()), 1, "the medicine alone");
    assert_eq!(total(&mut bench, Query { doses: true, ..Query::default() }), 3);
    assert_eq!(total(&mut bench, Query { words: "metformin".into(), ..Query::default() }), 3, "a search finds them");
    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    assert_eq!((home.new.len(), home.medicines.len()), (1, 1));
    let out = bench.export(ExportFormat::Ndjson);
    assert_eq!(out.matches(r#""resourceType":"MedicationAdministration""#).count(), 2);
    assert!(out.contains(r#""status":"not-done""#) && out.contains(r#""status":"completed""#), "{out}");

    let mut other = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let inspection = other.inspect("out.ndjson", out.as_bytes()).unwrap();
    imported(other.import_all(&inspection));
    assert_eq!(today(&mut other), [(1, Some(true)), (2, Some(false))]);
}

#[test]
fn what_cannot_be_a_dose_is_refused() {
    let (mut bench, entry) = with_metformin();
    let base = |day: &str, number, at: String| Command::NoteDose {
        medicine: entry.clone(),
        day: day.into(),
        number,
        taken: true,
        at,
    };
    for wrong in [
        base("today", 1, at("00:01")),
        base(TODAY, 0, at("00:01")),
        base(TODAY, 25, at("00:01")),
        base(TODAY, 1, TODAY.into()),
        base(TODAY, 1, format!("{TODAY}T00:01:00")),
        base(TODAY, 1, "2027-01-01T00:00:00Z".into()),
    ] {
        assert!(matches!(bench.ask(wrong.clone()), Err(Fault::NotNow(_))), "{wrong:?}");
    }
    let dose = note(&mut bench, &entry, 1, true).unwrap();
    assert!(matches!(note(&mut bench, &dose, 1, true), Err(Fault::NotNow(_))), "a dose is no medicine");
    assert!(bench.ask(Command::Medicines { today: "2026-13-01".into(), past: 1 }).is_err());
}

const RECORD: &str = r#"{"resourceType":"Patient","id":"p","name":[{"family":"Quill","given":["Ida"]}],"birthDate":"1970-05-01","contact":[{"relationship":[{"text":"daughter"}],"name":{"text":"Ngozi"},"telecom":[{"system":"phone","value":"0123"}]}],"communication":[{"language":{"text":"English"}}]}
{"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order","subject":{"reference":"Patient/p"},"medicationReference":{"reference":"Medication/x"},"authoredOn":"2026-01-01"}
{"resourceType":"Medication","id":"x","code":{"text":"Metformin 850 mg"}}
{"resourceType":"MedicationStatement","id":"m2","status":"stopped","subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":"metformin hydrochloride 500 MG Oral Tablet"},"effectivePeriod":{"start":"2019"}}
{"resourceType":"MedicationStatement","id":"m3","status":"unknown","subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":"Codeine"}}
{"resourceType":"Condition","id":"c1","clinicalStatus":{"coding":[{"code":"active"}]},"subject":{"reference":"Patient/p"},"code":{"text":"Diabetes"},"onsetDateTime":"2016"}
{"resourceType":"Condition","id":"c2","clinicalStatus":{"coding":[{"code":"resolved"}]},"subject":{"reference":"Patient/p"},"code":{"text":"Flu"}}
{"resourceType":"Procedure","id":"d1","status":"completed","subject":{"reference":"Patient/p"},"code":{"text":"Insertion of pacemaker"}}
{"resourceType":"AllergyIntolerance","id":"a1","clinicalStatus":{"coding":[{"code":"active"}]},"patient":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003"}],"text":"No known allergies"}}
{"resourceType":"Observation","id":"b1","status":"final","subject":{"reference":"Patient/p"},"code":{"coding":[{"system":"http://loinc.org","code":"882-1"}],"text":"Blood group"},"valueCodeableConcept":{"text":"A Rh positive"}}"#;

fn with_record() -> Bench {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let inspection = bench.inspect("record.ndjson", RECORD.as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
    bench
}

#[test]
fn entries_of_one_substance_stand_together_in_the_order_of_what_matters() {
    let mut bench = with_record();
    let found = medicines(&mut bench);
    let cards: Vec<(Standing, Vec<&str>)> = found
        .cards
        .iter()
        .map(|card| (card.standing, card.entries.iter().map(|entry| entry.line.title.as_str()).collect()))
        .collect();
    assert_eq!(
        cards,
        [
            (Standing::Current, vec!["Metformin 850 mg", "metformin hydrochloride 500 MG Oral Tablet"]),
            (Standing::Unknown, vec!["Codeine"]),
        ]
    );
    assert_eq!(found.doses, [], "nobody says how often");
    assert_eq!((found.cards[0].next_dose, found.cards[0].due_today), (Some(1), None));
}

fn card(bench: &mut Bench) -> EmergencyCard {
    let Reply::EmergencyCard(card) = bench.ask(Command::EmergencyCard { today: TODAY.into() }).unwrap() else {
        panic!()
    };
    *card
}

fn titles(part: &CardPart) -> Vec<&str> {
    part.items.iter().filter(|item| !item.left_out).map(|item| item.title.as_str()).collect()
}

#[test]
fn the_emergency_card_is_made_of_the_record_and_says_what_there_is_none_of() {
    let mut bench = with_record();
    let card = card(&mut bench);
    assert!(card.allergies.none_known && card.allergies.items.is_empty());
    assert_eq!(titles(&card.conditions), ["Diabetes"]);
    assert_eq!(titles(&card.medicines), ["Metformin 850 mg"]);
    assert_eq!(titles(&card.implants), ["Insertion of pacemaker"]);
    assert_eq!(card.blood_group.items[0].detail.as_deref(), Some("A Rh positive"));
    assert_eq!(titles(&card.contacts), ["Ngozi"]);
    assert_eq!(card.contacts.items[0].detail.as_deref(), Some("0123"));
    assert_eq!(titles(&card.languages), ["English"]);
    let mut empty = Bench::with_ledger(None, None);
    let Reply::EmergencyCard(card) = empty.ask(Command::EmergencyCard { today: TODAY.into() }).unwrap() else {
        panic!()
    };
    assert!(!card.allergies.none_known && card.allergies.items.is_empty(), "an empty record knows nothing");
}

#[test]
fn the_emergency_card_says_what_the_person_tells_about_themselves() {
    let mut bench = with_record();
    let call = |name: &str, phone: &str| {
        let relation = "daughter".into();
        Edit::AddContact(ContactDraft { name: name.into(), relation, phone: phone.into() })
    };
    let edits = vec![
        Edit::SetProfile(ProfileField::BloodGroup, "A+".into()),
        Edit::SetProfile(ProfileField::Languages, "Igbo, English".into()),
        Edit::SetProfile(ProfileField::Needs, "Hearing aid".into()),
        call("Ada", "0456"),
        call(" ngozi", "01-23"),
    ];
    bench.ask(Command::EditDocument { name: Some(DocumentName::PROFILE), edits }).unwrap();
    let found = card(&mut bench);
    let blood: Vec<_> = found.blood_group.items.iter().map(|item| (item.title.as_str(), item.told)).collect();
    assert_eq!(blood, [("Blood group", false), ("A+", true)]);
    assert_eq!(titles(&found.contacts), ["Ada", "ngozi"], "one person under one number is called once");
    assert_eq!(found.contacts.items[0].severity.as_deref(), Some("daughter"));
    assert_eq!((titles(&found.languages), titles(&found.needs)), (vec!["Igbo, English"], vec!["Hearing aid"]));
    let keys = vec![found.blood_group.items[1].key.clone(), found.contacts.items[0].key.clone()];
    bench.ask(Command::LeaveOut { left_out: keys }).unwrap();
    let found = card(&mut bench);
    assert_eq!((titles(&found.blood_group), titles(&found.contacts)), (vec!["Blood group"], vec!["ngozi"]));
}

#[test]
fn what_is_left_out_of_the_card_stays_out_after_a_restart() {
    let mut bench = with_record();
    let first = card(&mut bench);
    let keys = vec![first.conditions.items[0].key.clone(), first.contacts.items[0].key.clone()];
    bench.ask(Command::LeaveOut { left_out: keys }).unwrap();
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    let after = card(&mut bench);
    assert_eq!((titles(&after.conditions), titles(&after.contacts)), (vec![], vec![]));
    assert_eq!(titles(&after.medicines), ["Metformin 850 mg"]);
    let much = vec!["x".repeat(1000)];
    assert!(matches!(bench.ask(Command::LeaveOut { left_out: much }), Err(Fault::NotNow(_))));
    assert_eq!(bench.verify().problems, []);
}
