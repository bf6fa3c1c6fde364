use chartchain_fhir::Kind;
use chartchain_insight::Analyte;

use crate::test_entry::{chart, commitment, entry, measured};
use crate::{Chart, Latest, Relation};

const BOTH: [Kind; 2] = [Kind::Vital, Kind::TestResult];

fn of(resources: &[String]) -> Chart {
    chart(&resources.iter().map(String::as_str).collect::<Vec<_>>())
}

fn series(chart: &mut Chart, number: u32) -> Vec<u32> {
    chart.series(number).map(|series| series.records).unwrap_or_default()
}

#[test]
fn the_latest_value_stands_with_the_one_before_it_and_their_number() {
    let mut chart = of(&[
        measured("29463-7", "Weight", "2020-01-01", "80"),
        measured("29463-7", "Body weight", "2022-01-01", "82"),
        measured("99999-9", "Something rare", "2023-01-01", "1"),
        measured("29463-7", "Weight", "2021-01-01", "81"),
        measured("29463-7", "Weight", "2024-01-01", "820").replace("final", "entered-in-error"),
    ]);
    let weight = Latest { record: 1, previous: Some(3), count: 3 };
    let rare = Latest { record: 2, previous: None, count: 1 };
    assert_eq!(chart.latest_values(&BOTH), [weight, rare], "what people look for first comes first");
    assert_eq!(chart.latest_values(&[Kind::TestResult]), []);

    assert_eq!(series(&mut chart, 0), [1, 3, 0], "the same code under two names");
    assert_eq!(series(&mut chart, 77), []);
}

#[test]
fn the_same_code_of_another_system_is_another_series() {
    let other = measured("29463-7", "Weight", "2022-01-01", "1").replace("http://loinc.org", "urn:local");
    let mut chart = of(&[measured("29463-7", "Weight", "2020-01-01", "80"), other]);
    assert_eq!(chart.latest_values(&BOTH).len(), 2);
}

#[test]
fn a_condition_or_a_value_that_is_absent_is_no_latest_value() {
    let absent = r#"{"resourceType":"Observation","status":"final","code":{"text":"Weight"},"dataAbsentReason":{"text":"not asked"}}"#;
    let condition = r#"{"resourceType":"Condition","code":{"text":"Weight"}}"#;
    assert_eq!(chart(&[absent, condition]).latest_values(&BOTH), []);
}

/// A value with these codes, as `system|code`.
fn coded(codes: &[&str], day: &str) -> String {
    let coding = |code: &&str| {
        let (system, code) = code.split_once('|').unwrap();
        format!(r#"{{"system":"{system}","code":"{code}"}}"#)
    };
    let codings: Vec<String> = codes.iter().map(coding).collect();
    format!(
        r#"{{"resourceType":"Observation","status":"final","category":[{{"coding":[{{"code":"laboratory"}}]}}],"code":{{"coding":[{}],"text":"Sugar"}},"effectiveDateTime":"{day}","valueQuantity":{{"value":5}}}}"#,
        codings.join(",")
    )
}

#[test]
fn a_local_code_that_stood_beside_one_loinc_code_means_it_whichever_came_first() {
    let mut chart = of(&[
        coded(&["urn:lab|7"], "2020-01-01"),
        coded(&["urn:lab|7", "http://loinc.org|14749-6"], "2021-01-01"),
        coded(&["http://loinc.org|2345-7"], "2022-01-01"),
        coded(&["urn:other|7"], "2023-01-01"),
    ]);
    assert_eq!(series(&mut chart, 0), [2, 1, 0]);
    assert_eq!(series(&mut chart, 2), [2, 1, 0]);
    assert_eq!(series(&mut chart, 3), [3]);
    assert_eq!(chart.series(0).unwrap().analyte, Analyte::Loinc("2345-7".into()));
    assert_eq!(chart.latest_values(&BOTH).len(), 2);
    assert_eq!(chart.latest_values(&[Kind::Vital]), []);
}

#[test]
fn a_local_code_that_stood_beside_two_loinc_codes_means_neither() {
    let mut chart = of(&[
        coded(&["urn:lab|panel", "http://loinc.org|718-7"], "2020-01-01"),
        coded(&["urn:lab|panel", "http://loinc.org|777-3"], "2021-01-01"),
        coded(&["urn:lab|panel"], "2022-01-01"),
    ]);
    for number in 0..3 {
        assert_eq!(series(&mut chart, number), [number]);
    }
}

#[test]
fn what_comes_later_and_what_is_replaced_or_withdrawn_later_is_in_the_series_at_once() {
    let mut chart =
        of(&[coded(&["http://loinc.org|718-7"], "2020-01-01"), coded(&["http://loinc.org|718-7"], "2021-01-01")]);
    assert_eq!(series(&mut chart, 0), [1, 0]);
    let mut amended = entry(2, &coded(&["http://loinc.org|718-7"], "2019-01-01"));
    amended.relation = Relation { supersedes: vec![commitment(1)], older_than: None };
    chart.add(amended);
    assert_eq!(series(&mut chart, 0), [0, 2]);
    let mut withdrawn =
        entry(3, &coded(&["http://loinc.org|718-7"], "2020-01-01").replace("final", "entered-in-error"));
    withdrawn.relation = Relation { supersedes: vec![commitment(0)], older_than: None };
    chart.add(withdrawn);
    let found = chart.series(2).unwrap();
    assert_eq!((found.records, found.withdrawn), (vec![2], 1));
}

#[test]
fn an_entry_that_says_why_there_is_no_value_is_in_its_series_and_is_never_the_latest() {
    let absent = coded(&["http://loinc.org|718-7"], "2022-01-01")
        .replace(r#""valueQuantity":{"value":5}"#, r#""dataAbsentReason":{"text":"not enough blood"}"#);
    let mut chart = of(&[coded(&["http://loinc.org|718-7"], "2020-01-01"), absent]);
    assert_eq!(series(&mut chart, 0), [1, 0]);
    assert_eq!(chart.latest_values(&BOTH), [Latest { record: 0, previous: None, count: 1 }]);
}

#[test]
fn reports_without_a_value_are_found_apart_from_what_is_measured() {
    let report = r#"{"resourceType":"DiagnosticReport","status":"final","code":{"text":"Blood count"}}"#;
    let mut chart = chart(&[&coded(&["http://loinc.org|718-7"], "2020-01-01"), report]);
    let filter = crate::Filter { kinds: vec![Kind::TestResult], without_values: true, ..crate::Filter::default() };
    assert_eq!(chart.query(&filter, 0, 10).page, [1]);
}
