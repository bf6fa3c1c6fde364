//! What is measured, by analyte: one row each, on one scale, from whatever source.

use std::path::Path;

use chartchain_vault::protocol::{Analytes, Command, EntryId, Fault, Kind, LatestValue, Query, Reply, Review, Value};

use crate::bench_person::{Bench, imported};

fn value(id: u32, codes: &str, day: &str, value: &str, range: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","id":"00000000-0000-4000-8000-00000000{id:04}","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}}]}}],"code":{{"coding":[{codes}],"text":"HbA1c"}},"subject":{{"reference":"Patient/p"}},"effectiveDateTime":"{day}",{value}{range}}}"#
    )
}

fn loinc(code: &str) -> String {
    format!(r#"{{"system":"http://loinc.org","code":"{code}"}}"#)
}

fn quantity(number: &str, unit: &str) -> String {
    format!(r#""valueQuantity":{{"value":{number},"unit":"{unit}"}}"#)
}

fn bench(resources: &[String]) -> Bench {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let patient = r#"{"resourceType":"Patient","id":"p","name":[{"family":"Quill","given":["Ida"]}],"gender":"female","birthDate":"1970-05-01"}"#;
    let text: Vec<&str> = [patient].into_iter().chain(resources.iter().map(String::as_str)).collect();
    let inspection = bench.inspect("values.ndjson", text.join("\n").as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
    bench
}

fn analytes(bench: &mut Bench, kind: Kind, offset: u32, limit: u32) -> Analytes {
    let Reply::Analytes(found) = bench.ask(Command::Analytes { kind, offset, limit }).unwrap() else { panic!() };
    found
}

fn review(bench: &mut Bench, entry: &EntryId) -> Review {
    let Reply::Review(found) = bench.ask(Command::Review { entry: entry.clone() }).unwrap() else { panic!() };
    *found
}

#[test]
fn one_analyte_of_two_laboratories_is_one_row_and_one_scale() {
    let range = r#","referenceRange":[{"low":{"value":4.0,"unit":"%"},"high":{"value":5.9,"unit":"%"}}]"#;
    let local = r#"{"system":"urn:lab","code":"A1C"}"#;
    let mut bench = bench(&[
        value(1, &loinc("4548-4"), "2020-01-01", &quantity("7.0", "%"), range),
        value(2, &loinc("59261-8"), "2022-01-01", &quantity("53", "mmol/mol"), ""),
        value(3, &format!("{},{local}", loinc("59261-8")), "2021-01-01", &quantity("60", "mmol/mol"), ""),
        value(4, local, "2019-01-01", &quantity("8.1", "%"), ""),
        value(5, local, "2018-01-01", r#""valueString":"not enough blood""#, ""),
        value(6, &loinc("718-7"), "2018-01-01", &quantity("13", "g/dL"), ""),
    ]);
    let found = analytes(&mut bench, Kind::TestResult, 0, 10);
    let rows: Vec<(u32, &str)> = found
        .rows
        .iter()
        .map(|row: &LatestValue| (row.count, row.line.when.as_ref().unwrap().written.as_str()))
        .collect();
    assert_eq!(rows, [(5, "2022-01-01"), (1, "2018-01-01")]);
    assert_eq!(found.total, 2);
    assert_eq!(analytes(&mut bench, Kind::TestResult, 1, 10).rows.len(), 1);
    assert_eq!(analytes(&mut bench, Kind::Vital, 0, 10).total, 0);

    let found = review(&mut bench, &found.rows[0].line.entry);
    assert_eq!(found.series.total, 5);
    let drawn: Vec<Option<&Value>> =
        found.series.points.iter().map(|point| point.in_unit.as_ref().map(|(value, _)| value)).collect();
    let mmol =
        |number: &str| Value::Quantity { comparator: None, number: number.into(), unit: Some("mmol/mol".into()) };
    assert_eq!(drawn, [None, None, Some(&mmol("53.0")), Some(&mmol("65.0")), None]);
    let oldest = &found.series.points[2];
    assert_eq!(oldest.value, Value::Quantity { comparator: None, number: "7.0".into(), unit: Some("%".into()) });
    let range = oldest.in_unit.as_ref().unwrap().1.as_ref().unwrap();
    assert_eq!((range.low.as_deref(), range.high.as_deref()), (Some("20.2"), Some("41.0")));
}

#[test]
fn what_was_made_in_error_is_left_out_of_a_series_and_counted() {
    let mut bench = bench(&[
        value(1, &loinc("718-7"), "2020-01-01", &quantity("13", "g/dL"), ""),
        value(2, &loinc("718-7"), "2021-01-01", &quantity("99", "g/dL"), ""),
    ]);
    let newest = analytes(&mut bench, Kind::TestResult, 0, 1).rows[0].line.entry.clone();
    bench.ask(Command::MarkWrong { entry: newest.clone() }).unwrap();
    let left = analytes(&mut bench, Kind::TestResult, 0, 1).rows[0].clone();
    assert_eq!((left.count, left.line.when.unwrap().written.as_str()), (1, "2020-01-01"));
    let found = review(&mut bench, &newest);
    assert_eq!((found.series.total, found.series.withdrawn), (1, 1));
}

#[test]
fn only_what_measures_something_can_be_reviewed() {
    let mut bench = bench(&[r#"{"resourceType":"DiagnosticReport","status":"final","subject":{"reference":"Patient/p"},"code":{"text":"Blood count"}}"#.into()]);
    let query = Query { kinds: vec![Kind::TestResult], without_values: true, limit: 5, ..Query::default() };
    let Reply::Timeline(found) = bench.ask(Command::Timeline(query)).unwrap() else { panic!() };
    assert_eq!(found.total, 1);
    let asked = bench.ask(Command::Review { entry: found.lines[0].entry.clone() });
    assert!(matches!(asked, Err(Fault::NotFound)), "{asked:?}");
}

#[test]
fn every_value_of_a_public_synthetic_patient_is_in_exactly_one_series() {
    let data = std::env::var_os("CHARTCHAIN_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), std::path::PathBuf::from);
    let file = data.join("synthea/Fredrick_Kris_ec6a5bb6-b412-4bb6-8219-11d66f52ae8b.json");
    let Ok(bytes) = std::fs::read(&file) else {
        println!("skipped: the public data is not here");
        return;
    };
    let mut bench = Bench::with_ledger(None, None);
    let inspection = bench.inspect("clinic.json", &bytes).unwrap();
    imported(bench.import_all(&inspection));
    for kind in [Kind::TestResult, Kind::Vital] {
        let query = |without_values| Query { kinds: vec![kind], without_values, limit: 1, ..Query::default() };
        let mut total = |without_values| match bench.ask(Command::Timeline(query(without_values))).unwrap() {
            Reply::Timeline(found) => found.total,
            other => panic!("{other:?}"),
        };
        let measured = total(false) - total(true);
        let rows = analytes(&mut bench, kind, 0, 500).rows;
        assert_eq!(rows.iter().map(|row| row.count).sum::<u32>(), measured);
        assert!(!rows.is_empty() && rows.len() as u32 <= measured, "{} rows of {measured} values", rows.len());
        for row in rows {
            assert_eq!(review(&mut bench, &row.line.entry).series.total, row.count, "{}", row.line.title);
        }
    }
}
