use crate::test_entry::{chart, commitment, entry, measured};
use crate::{Chart, NewEntry, Relation};

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

/// An entry amended apart, the versions in two orders of arrival.
fn amended(first: &str, versions: [&str; 2]) -> [Chart; 2] {
    [[1, 2], [2, 1]].map(|order| {
        let mut chart = chart(&[first]);
        for number in order {
            let relation = Relation { supersedes: vec![commitment(0)], older_than: None };
            chart.add(NewEntry { relation, ..entry(number, versions[number as usize - 1]) });
        }
        chart
    })
}

#[test]
fn all_versions_of_a_disputed_allergy_are_told_and_in_one_order() {
    let [mild, severe] =
        ["low", "high"].map(|how| allergy("Penicillin", "active", &format!(r#","criticality":"{how}""#)));
    let told = amended(&allergy("Penicillin", "active", ""), [&mild, &severe]).map(|mut chart| {
        let allergies = chart.active_allergies();
        let names: Vec<_> = allergies.iter().map(|number| chart.record(*number).unwrap().commitment).collect();
        assert_eq!(names.len(), 2);
        names
    });
    assert_eq!(told[0], told[1]);
}

#[test]
fn that_no_allergies_are_known_is_not_said_where_a_version_says_otherwise() {
    let none = |day: &str| {
        format!(
            r#"{{"resourceType":"AllergyIntolerance","clinicalStatus":{{"coding":[{{"code":"active"}}]}},"code":{{"coding":[{{"system":"http://snomed.info/sct","code":"716186003"}}],"text":"No known allergies"}},"recordedDate":"{day}"}}"#
        )
    };
    let withdrawn = none("2020").replacen(
        "\"code\":{",
        r#""verificationStatus":{"coding":[{"code":"entered-in-error"}]},"code":{"#,
        1,
    );
    let (first, other) = (none("2019"), allergy("Nuts", "active", ""));
    for chart in amended(&first, [&none("2020"), &withdrawn]).iter().chain(&amended(&first, [&none("2020"), &other])) {
        assert!(!chart.says_no_allergies());
    }
    for chart in amended(&first, [&none("2020"), &none("2021")]) {
        assert!(chart.says_no_allergies());
    }
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
