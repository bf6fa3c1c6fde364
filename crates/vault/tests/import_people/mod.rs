//! Whose entries come in.

use chartchain_vault::protocol::{Command, ExportFormat, Inspection, Sameness};

use crate::bench_person::{Bench, imported};

fn bundle(entries: &[(&str, &str)]) -> String {
    let entries: Vec<String> =
        entries.iter().map(|(url, json)| format!(r#"{{"fullUrl":"{url}","resource":{json}}}"#)).collect();
    format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","))
}

fn weight(id: &str, subject: &str, value: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","id":"{id}","status":"final","code":{{"text":"Weight"}},{subject}"effectiveDateTime":"2020-02-03","valueQuantity":{{"value":{value},"unit":"kg"}}}}"#
    )
}

const IDA: &str = r#"{"resourceType":"Patient","id":"1","name":[{"text":"Ida Quill"}],"birthDate":"1970-05-01"}"#;
const CARL: &str = r#"{"resourceType":"Patient","id":"1","name":[{"text":"Carl Stone"}],"birthDate":"1951-01-01"}"#;

fn people(inspection: &Inspection) -> Vec<(&str, u32, Sameness)> {
    inspection.people.iter().map(|found| (found.key.as_str(), found.entries, found.same)).collect()
}

fn import(bench: &mut Bench, inspection: &Inspection, keys: &[&str]) -> (u32, u32, u32, u32) {
    let people = keys.iter().map(|key| (*key).to_owned()).collect();
    imported(bench.job(Command::Import { input: inspection.input, people }))
}

#[test]
fn two_people_with_one_short_id_come_in_apart() {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let about = r#""subject":{"reference":"Patient/1"},"#;
    let text = bundle(&[
        ("https://a.example/fhir/Patient/1", IDA),
        ("https://b.example/fhir/Patient/1", CARL),
        ("https://a.example/fhir/Observation/1", &weight("1", about, "81.50")),
        ("https://b.example/fhir/Observation/1", &weight("1", about, "82.25")),
        ("urn:uuid:00000000-0000-4000-8000-000000000009", &weight("3", about, "83.75")),
    ]);
    let inspection = bench.inspect("both.json", text.as_bytes()).unwrap();
    assert_eq!(
        people(&inspection),
        [
            ("https://a.example/fhir/Patient/1", 2, Sameness::Same),
            ("https://b.example/fhir/Patient/1", 2, Sameness::Different),
            ("Patient/1", 1, Sameness::Unclear),
        ]
    );
    assert_eq!(import(&mut bench, &inspection, &["https://a.example/fhir/Patient/1"]), (2, 0, 0, 0));
    let out = bench.export(ExportFormat::Ndjson);
    assert!(out.contains("81.50") && !out.contains("82.25") && !out.contains("83.75"), "{out}");
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn entries_of_two_servers_with_one_id_do_not_replace_each_other() {
    let mut bench = Bench::with_ledger(None, None);
    let text = bundle(&[
        ("https://a.example/fhir/Observation/1", &weight("1", "", "81.50")),
        ("https://b.example/fhir/Observation/1", &weight("1", "", "82.25")),
    ]);
    let inspection = bench.inspect("both.json", text.as_bytes()).unwrap();
    assert_eq!(imported(bench.import_all(&inspection)), (2, 0, 0, 0));
    assert_eq!(bench.count_found("weight"), 2);
}

#[test]
fn clinical_entries_that_name_nobody_come_in_only_where_that_is_chosen() {
    let clinic = r#"{"resourceType":"Organization","id":"o","name":"Lotus Pond Clinic"}"#;
    let text = [IDA, &weight("1", "", "81.50"), clinic].join("\n");
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let inspection = bench.inspect("x.ndjson", text.as_bytes()).unwrap();
    assert_eq!(people(&inspection), [("Patient/1", 1, Sameness::Same), ("", 1, Sameness::Unclear)]);
    assert_eq!(inspection.shared, 1);
    assert_eq!(import(&mut bench, &inspection, &["Patient/1"]), (2, 0, 0, 0));
    assert_eq!(bench.count_found("weight"), 0);
    let again = bench.inspect("x.ndjson", text.as_bytes()).unwrap();
    assert_eq!(import(&mut bench, &again, &["Patient/1", ""]), (1, 0, 2, 0));
    assert_eq!(bench.count_found("weight"), 1);
}

#[test]
fn who_is_not_named_tells_nothing_of_whose_record_it_is() {
    let text = [&weight("1", "", "81.50"), IDA].join("\n");
    let mut bench = Bench::with_ledger(None, None);
    let inspection = bench.inspect("x.ndjson", text.as_bytes()).unwrap();
    import(&mut bench, &inspection, &["", "Patient/1"]);
    assert_eq!(bench.ledgers()[0].subject.name.as_deref(), Some("Ida Quill"));
}

#[test]
fn groups_devices_and_places_are_shared() {
    let text = ["Group/1", "Device/1", "Location/1"]
        .map(|subject| weight("7", &format!(r#""subject":{{"reference":"{subject}"}},"#), "81.50"))
        .join("\n");
    let mut bench = Bench::with_ledger(None, None);
    let inspection = bench.inspect("x.ndjson", text.as_bytes()).unwrap();
    assert_eq!(people(&inspection), []);
    assert_eq!(inspection.shared, 3);
}
