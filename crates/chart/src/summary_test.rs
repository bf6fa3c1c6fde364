use crate::Chart;
use crate::test_entry::{chart, measured};

fn medicine(name: &str, status: &str, more: &str) -> String {
    format!(
        r#"{{"resourceType":"MedicationStatement","status":"{status}","medicationCodeableConcept":{{"text":"{name}"}}{more}}}"#
    )
}

fn allergy(name: &str, status: &str, more: &str) -> String {
    format!(
        r#"{{"resourceType":"AllergyIntolerance","clinicalStatus":{{"coding":[{{"code":"{status}"}}]}},"code":{{"text":"{name}"}}{more}}}"#
    )
}

fn of(resources: &[String]) -> Chart {
    chart(&resources.iter().map(String::as_str).collect::<Vec<_>>())
}

fn titles(chart: &Chart, numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(|number| chart.record(*number).unwrap().facts.title.clone()).collect()
}

#[test]
fn medicines_taken_now_are_one_line_each_and_ended_ones_are_not() {
    let now_ms = chartchain_fhir::parse_when("2024-06-01").unwrap().sort_ms;
    let mut chart = of(&[
        medicine("Metformin", "active", r#","effectiveDateTime":"2020-01-01""#),
        medicine("metformin", "active", r#","effectiveDateTime":"2023-01-01""#),
        medicine("Aspirin", "stopped", ""),
        medicine("Codeine", "completed", ""),
        medicine("Old cure", "active", r#","effectivePeriod":{"start":"2019","end":"2020"}"#),
        medicine("Long cure", "active", r#","effectivePeriod":{"start":"2019","end":"2030"}"#),
        medicine("Mistake", "entered-in-error", ""),
        medicine("Paused", "on-hold", ""),
        medicine("Planned", "intended", ""),
        r#"{"resourceType":"Medication","code":{"text":"A box"}}"#.into(),
    ]);
    let taken = chart.current_medicines(now_ms);
    let mut names = titles(&chart, &taken);
    assert_eq!(names.remove(0), "metformin", "the newest line of a medicine");
    names.sort();
    assert_eq!(names, ["Long cure", "Paused", "Planned"]);
}

#[test]
fn the_worst_allergy_comes_first_and_what_is_over_or_unknown_is_none() {
    let mut chart = of(&[
        allergy("Grass", "active", r#","criticality":"low""#),
        allergy("Dust", "active", ""),
        allergy("Penicillin", "active", r#","criticality":"high""#),
        allergy("Milk", "resolved", r#","criticality":"high""#),
        allergy("Egg", "inactive", ""),
        allergy("Error", "active", r#","verificationStatus":{"coding":[{"code":"entered-in-error"}]}"#),
        allergy("Refuted", "active", r#","verificationStatus":{"coding":[{"code":"refuted"}]}"#),
    ]);
    let holding = chart.active_allergies();
    assert_eq!(titles(&chart, &holding), ["Penicillin", "Dust", "Grass"]);
    assert!(!chart.says_no_allergies());
}

#[test]
fn no_known_allergies_is_said_and_is_no_allergy() {
    let none = r#"{"resourceType":"AllergyIntolerance","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003"}],"text":"No known allergies"}}"#;
    let mut chart = chart(&[none]);
    assert!(chart.says_no_allergies() && chart.active_allergies().is_empty());
    assert!(!Chart::default().says_no_allergies(), "an empty record says nothing");
}

#[test]
fn counts_are_of_what_is_current() {
    let mut chart = of(&[
        measured("1", "Weight", "2020", "1"),
        measured("1", "Weight", "2021", "1").replace("final", "entered-in-error"),
        allergy("Dust", "active", ""),
    ]);
    use chartchain_fhir::Kind;
    assert_eq!(chart.counts(), [(Kind::Vital, 1), (Kind::Allergy, 1)]);
    assert_eq!(chart.newest_first().len(), 3);
}
