use chartchain_insight::Standing;

use crate::test_entry::{chart, commitment, entry};
use crate::{Chart, Filter, Relation};

const TODAY: &str = "2026-11-22";

fn statement(name: &str, status: &str, more: &str) -> String {
    format!(
        r#"{{"resourceType":"MedicationStatement","status":"{status}","medicationCodeableConcept":{{"text":"{name}"}}{more}}}"#
    )
}

fn dose(day: &str, number: u8, of: &str) -> String {
    format!(
        r#"{{"resourceType":"MedicationAdministration","status":"completed","identifier":[{{"system":"urn:uuid:6f1f3a52-94d4-4f0c-8d0a-6b5a9f7c2e10","value":"{day}/{number}"}}],"medicationCodeableConcept":{{"text":"Metformin"}},"supportingInformation":[{{"reference":"MedicationStatement/{of}"}}],"effectiveDateTime":"{day}T08:00:00Z"}}"#
    )
}

fn of(resources: &[String]) -> Chart {
    chart(&resources.iter().map(String::as_str).collect::<Vec<_>>())
}

fn groups(chart: &mut Chart) -> Vec<(Standing, u32, Vec<u32>)> {
    let all = chart.medicines(TODAY).into_iter();
    all.map(|one| (one.standing, one.lead, one.entries.into_iter().map(|(number, _)| number).collect())).collect()
}

#[test]
fn entries_of_one_substance_are_one_medicine_and_none_is_hidden() {
    let mut chart = of(&[
        statement("Metformin 500 mg", "stopped", r#","effectiveDateTime":"2026-01-01""#),
        statement("metformin hydrochloride 850 MG Oral Tablet", "active", r#","effectiveDateTime":"2020-01-01""#),
        statement("Aspirin", "completed", ""),
        statement("Mistake", "entered-in-error", ""),
        statement("Codeine", "unknown", ""),
        statement("Amlodipine", "intended", ""),
        statement("Bisoprolol", "on-hold", ""),
        r#"{"resourceType":"Medication","code":{"text":"A box"}}"#.into(),
    ]);
    let wanted = [
        (Standing::Current, 1, vec![1, 0]),
        (Standing::Paused, 6, vec![6]),
        (Standing::Planned, 5, vec![5]),
        (Standing::Unknown, 4, vec![4]),
        (Standing::Past, 2, vec![2]),
    ];
    assert_eq!(groups(&mut chart), wanted);
}

#[test]
fn a_shared_code_joins_two_names_and_a_code_of_many_substances_joins_nothing() {
    let coded = |name: &str, code: &str| {
        let coding = format!(r#""coding":[{{"system":"urn:rx","code":"{code}"}}],"text":"{name}""#);
        statement("x", "active", "").replace(r#""text":"x""#, &coding)
    };
    let mut joined =
        of(&[coded("Glucophage", "6809"), coded("Metformin", "6809"), statement("Metformin 1 g", "active", "")]);
    assert_eq!(joined.medicines(TODAY).len(), 1);
    let mut apart = of(&[coded("Aspirin", "drug"), coded("Codeine", "drug"), coded("Ramipril", "drug")]);
    assert_eq!(apart.medicines(TODAY).len(), 3);
    let mut late = of(&[coded("Brand", "1"), statement("Generic", "active", ""), coded("Generic", "1")]);
    assert_eq!(late.medicines(TODAY).len(), 1, "what joins two others may come last");
}

#[test]
fn the_entry_that_says_when_leads_and_an_older_status_never_hides_that_sources_differ() {
    let timing =
        r#","dosage":[{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}}}],"effectiveDateTime":"2020""#;
    let mut chart = of(&[
        statement("Metformin", "active", timing),
        statement("Metformin", "active", r#","effectiveDateTime":"2026-01-01""#),
    ]);
    assert_eq!(groups(&mut chart), [(Standing::Current, 0, vec![1, 0])]);
}

#[test]
fn the_version_of_a_medicine_that_leads_does_not_hang_on_what_came_first() {
    let named = |doses: u32| {
        statement(
            "Metformin",
            "active",
            &format!(r#","dosage":[{{"timing":{{"repeat":{{"frequency":{doses},"period":1,"periodUnit":"d"}}}}}}]"#),
        )
    };
    let leads = [[1, 2], [2, 1]].map(|order| {
        let mut chart = of(&[named(1)]);
        for number in order {
            let relation = Relation { supersedes: vec![commitment(0)], older_than: None };
            chart.add(crate::NewEntry { relation, ..entry(number, &named(number + 1)) });
        }
        let [medicine] = chart.medicines(TODAY).try_into().unwrap();
        assert_eq!(medicine.entries.len(), 2);
        chart.record(medicine.lead).unwrap().commitment
    });
    assert_eq!(leads[0], leads[1]);
}

#[test]
fn a_request_is_named_by_the_medication_it_points_to_also_where_that_comes_later() {
    let request = r#"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationReference":{"reference":"Medication/m1"}}"#;
    let mut chart = chart(&[request]);
    let lead = chart.medicines(TODAY)[0].lead;
    assert_eq!(chart.medicine_title(chart.record(lead).unwrap()), "Medication request");
    chart.add(entry(1, r#"{"resourceType":"Medication","id":"m1","code":{"text":"Ramipril 5 mg"}}"#));
    assert_eq!(chart.medicine_title(chart.record(lead).unwrap()), "Ramipril 5 mg");
}

#[test]
fn doses_are_found_by_day_and_lead_to_the_newest_version_of_their_medicine() {
    let medicine = |status: &str| statement("Metformin", status, r#","id":"s1""#);
    let mut chart = of(&[
        medicine("active"),
        dose("2026-11-21", 1, "s1"),
        dose("2026-11-22", 2, "s1"),
        dose("2026-11-22", 1, "s1"),
    ]);
    let found = |chart: &mut Chart, first, last| -> Vec<u32> {
        chart.doses(first, last).into_iter().map(|(_, number)| number).collect()
    };
    assert_eq!(found(&mut chart, "2026-11-22", "2026-11-22"), [3, 2]);
    assert_eq!(found(&mut chart, "2026-11-01", "2026-11-30"), [1, 3, 2]);
    assert_eq!(found(&mut chart, "2026-11-30", "2026-11-01"), [] as [u32; 0]);
    let mut amended = entry(4, &medicine("stopped"));
    amended.relation = Relation { supersedes: vec![commitment(0)], older_than: None };
    chart.add(amended);
    assert_eq!(chart.medicine_of_dose(3), Some(4));
    let mut undone = entry(5, &dose("2026-11-22", 1, "s1").replace("completed", "entered-in-error"));
    undone.relation = Relation { supersedes: vec![commitment(3)], older_than: None };
    chart.add(undone);
    assert_eq!(found(&mut chart, "2026-11-22", "2026-11-22"), [2]);
}

#[test]
fn doses_stand_in_a_list_only_where_they_are_asked_for() {
    let mut chart = of(&[statement("Metformin", "active", ""), dose("2026-11-21", 1, "s1")]);
    assert_eq!(chart.query(&Filter::default(), 0, 10).total, 1);
    assert_eq!(chart.query(&Filter { doses: true, ..Filter::default() }, 0, 10).total, 2);
}
