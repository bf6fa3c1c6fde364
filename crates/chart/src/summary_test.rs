use crate::Chart;
use crate::test_entry::{chart, measured};

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
    assert_eq!(chart.counts_by_kind(), [(Kind::Vital, 1), (Kind::Allergy, 1)]);
    assert_eq!(chart.newest_first().len(), 3);
}
