use crate::test_entry::{chart, commitment, entry, measured};
use crate::{Chart, NewEntry, Relation};

const UUID: &str = "00000000-0000-4000-8000-000000000001";

fn version(number: u32, relation: Relation) -> NewEntry {
    let json = measured("29463-7", "Weight", "2020-02-03", &format!("8{number}")).replacen(
        "\"status\"",
        &format!("\"id\":\"{UUID}\",\"meta\":{{\"versionId\":\"{number}\"}},\"status\""),
        1,
    );
    NewEntry { relation, ..entry(number, &json) }
}

fn after(old: u32) -> Relation {
    Relation { supersedes: vec![commitment(old)], older_than: None }
}

fn before(newer: u32) -> Relation {
    Relation { supersedes: Vec::new(), older_than: Some(commitment(newer)) }
}

fn current(chart: &Chart) -> Vec<u32> {
    chart.records().filter(|(_, record)| record.is_current()).map(|(number, _)| number).collect()
}

#[test]
fn a_newer_version_supersedes_and_every_version_names_all_of_them() {
    let mut chart = Chart::default();
    chart.add(version(0, Relation::default()));
    chart.add(version(1, after(0)));
    chart.add(version(2, after(1)));
    for number in 0..3 {
        assert_eq!(chart.versions(number), [2, 1, 0]);
    }
    assert_eq!(current(&chart), [2]);
}

#[test]
fn an_older_version_that_comes_late_takes_its_place_in_the_chain() {
    // 3 is there, then come 1 and 2, which are older, and 4.
    let mut chart = Chart::default();
    chart.add(version(0, Relation::default()));
    chart.add(version(1, before(0)));
    assert_eq!(chart.versions(0), [0, 1]);
    chart.add(version(2, before(0)));
    assert_eq!(chart.versions(1), [0, 2, 1]);
    chart.add(version(3, after(0)));
    assert_eq!(chart.versions(2), [3, 0, 2, 1]);
    assert_eq!(current(&chart), [3]);
}

#[test]
fn however_versions_arrive_the_chain_ends_in_their_own_order() {
    fn permute(rest: &[u32], taken: &mut Vec<u32>, all: &mut Vec<Vec<u32>>) {
        if rest.is_empty() {
            all.push(taken.clone());
        }
        for (at, number) in rest.iter().enumerate() {
            let mut others = rest.to_vec();
            others.remove(at);
            taken.push(*number);
            permute(&others, taken, all);
            taken.pop();
        }
    }
    let mut orders = Vec::new();
    permute(&[1, 2, 3, 4, 5], &mut Vec::new(), &mut orders);
    assert_eq!(orders.len(), 120);
    for order in orders {
        let mut chart = Chart::default();
        let mut there: Vec<u32> = Vec::new();
        for number in &order {
            // As the vault relates them: before the next newer one, else after the newest.
            let relation = match there.iter().filter(|other| *other > number).min() {
                Some(newer) => before(*newer),
                None => there.iter().max().map_or_else(Relation::default, |newest| after(*newest)),
            };
            chart.add(version(*number, relation));
            there.push(*number);
        }
        let names: Vec<u32> = chart
            .versions(0)
            .into_iter()
            .map(|at| u32::from_be_bytes(chart.record(at).unwrap().commitment[..4].try_into().unwrap()))
            .collect();
        assert_eq!(names, [5, 4, 3, 2, 1], "{order:?}");
        assert_eq!(current(&chart).len(), 1, "{order:?}");
    }
}

#[test]
fn an_entry_that_says_to_be_older_and_newer_than_another_makes_no_ring() {
    let mut chart = Chart::default();
    chart.add(version(0, Relation::default()));
    chart.add(version(1, Relation { older_than: Some(commitment(0)), ..after(0) }));
    chart.add(version(2, Relation { supersedes: vec![commitment(2), commitment(9)], older_than: Some(commitment(2)) }));
    assert_eq!(chart.versions(0), [1, 0]);
    assert_eq!(chart.versions(2), [2]);
    assert_eq!(chart.find_reference(&format!("Observation/{UUID}"), None), Some(2));
}

#[test]
fn ids_that_are_not_globally_unique_name_the_same_thing_only_together_with_name_and_day() {
    let with_id = |id: &str, name: &str, day: &str| {
        measured("29463-7", name, day, "80").replacen("\"status\"", &format!("\"id\":\"{id}\",\"status\""), 1)
    };
    let first = with_id("1", "Weight", "2020-02-03");
    let chart = chart(&[&first, &with_id(UUID, "Weight", "2020-02-03")]);
    let same = |json: &str, url: Option<&str>| chart.find_same_thing(&chartchain_fhir::facts(json).unwrap(), url);
    assert_eq!(same(&first, None), Some(0));
    assert_eq!(same(&with_id("1", "Weight", "2021-01-01"), None), None);
    assert_eq!(same(&with_id("1", "Height", "2020-02-03"), None), None);
    assert_eq!(same(&with_id("2", "Weight", "2020-02-03"), None), None);
    assert_eq!(same(&with_id(UUID, "Body weight", "2021-01-01"), None), Some(1), "an UUID is enough");
    let other_type = r#"{"resourceType":"Condition","id":"1","code":{"text":"Weight"}}"#;
    assert_eq!(same(other_type, None), None);
    assert_eq!(same(&measured("29463-7", "Weight", "2020-02-03", "80"), None), None, "no id names nothing");
}

#[test]
fn a_full_url_that_is_global_names_the_same_thing_and_a_local_one_does_not() {
    let json = measured("29463-7", "Weight", "2020-02-03", "80");
    let other = measured("29463-7", "Height", "2021-02-03", "80");
    for (url, same) in [
        ("urn:uuid:00000000-0000-4000-8000-000000000009", true),
        ("https://example.org/fhir/Observation/1", true),
        ("Observation/1", false),
        ("#1", false),
    ] {
        let mut chart = Chart::default();
        chart.add(NewEntry { full_url: Some(url.into()), ..entry(0, &json) });
        let found = chart.find_same_thing(&chartchain_fhir::facts(&other).unwrap(), Some(url));
        assert_eq!(found, same.then_some(0), "{url}");
    }
}

#[test]
fn a_reference_finds_the_newest_version_of_what_it_names() {
    let mut chart = Chart::default();
    let mut first = version(0, Relation::default());
    first.full_url = Some(format!("http://example.org/fhir/Observation/{UUID}"));
    chart.add(first);
    let references = [
        format!("Observation/{UUID}"),
        format!("Observation/{UUID}/_history/1"),
        format!("http://example.org/fhir/Observation/{UUID}"),
        format!("https://elsewhere.example.org/r4/Observation/{UUID}"),
    ];
    for reference in &references {
        assert_eq!(chart.find_reference(reference, None), Some(0), "{reference}");
    }
    chart.add(version(1, after(0)));
    for reference in &references {
        assert_eq!(chart.find_reference(reference, None), Some(1), "{reference}");
    }
    for nothing in ["Observation/2", "Observation", "", "#x", "/", "urn:uuid:00000000-0000-4000-8000-000000000003"] {
        assert_eq!(chart.find_reference(nothing, None), None, "{nothing}");
    }
}

#[test]
fn things_of_two_servers_with_one_id_stay_two_and_so_do_references_to_them() {
    let practitioner =
        |name: &str| format!(r#"{{"resourceType":"Practitioner","id":"1","name":[{{"text":"{name}"}}]}}"#);
    let weight = measured("29463-7", "Weight", "2020-02-03", "80").replacen(
        "\"status\"",
        "\"id\":\"7\",\"performer\":[{\"reference\":\"Practitioner/1\"}],\"status\"",
        1,
    );
    let at = |host: &str, what: &str| Some(format!("https://{host}.example/fhir/{what}"));
    let mut chart = Chart::default();
    for (number, host, what, json) in [
        (0, "a", "Observation/7", weight.clone()),
        (1, "b", "Observation/7", weight.clone()),
        (2, "a", "Practitioner/1", practitioner("Dr Ada Stone")),
        (3, "b", "Practitioner/1", practitioner("Dr Bo Reed")),
    ] {
        let facts = chartchain_fhir::facts(&json).unwrap();
        assert_eq!(chart.find_same_thing(&facts, at(host, what).as_deref()), None, "{number}");
        chart.add(NewEntry { full_url: at(host, what), ..entry(number, &json) });
    }
    chart.resolve_sources();
    let check = |chart: &Chart| {
        let source = |number| chart.source_of(chart.record(number).unwrap());
        assert_eq!((source(0), source(1)), (Some("Dr Ada Stone"), Some("Dr Bo Reed")));
        let find = |reference: &str, from: Option<String>| chart.find_reference(reference, from.as_deref());
        assert_eq!(find("Practitioner/1", at("a", "Observation/9")), Some(2));
        assert_eq!(find("https://b.example/fhir/Practitioner/1/_history/4", at("a", "Observation/9")), Some(3));
        assert_eq!(find("https://c.example/fhir/Practitioner/1", None), None);
        assert_eq!(find("Practitioner/1", None), None, "it could be either");
        let facts = chartchain_fhir::facts(&weight).unwrap();
        assert_eq!(chart.find_same_thing(&facts, None), None, "it could be either");
        let newer = at("a", "Observation/7/_history/2");
        assert_eq!(chart.find_same_thing(&facts, newer.as_deref()), Some(0));
    };
    check(&chart);
    let pages = chart.take_changed_pages().unwrap();
    let all = crate::ChartPage::all(4);
    let bytes = all.iter().map(|page| pages.iter().find(|(name, _)| name == page).unwrap().1.as_slice());
    check(&Chart::from_pages(4, bytes).unwrap());
}

#[test]
fn who_recorded_something_is_found_when_the_provider_comes_later() {
    let observation = |reference: &str| {
        measured("29463-7", "Weight", "2020-02-03", "80").replacen(
            "\"status\"",
            &format!("\"performer\":[{{\"reference\":\"{reference}\"}}],\"status\""),
            1,
        )
    };
    let practitioner = r#"{"resourceType":"Practitioner","id":"dr","name":[{"text":"Dr Ada Stone"}]}"#;
    let mut chart = chart(&[&observation("Practitioner/dr"), &observation("Practitioner/unknown")]);
    let source = |chart: &Chart, number: u32| chart.source_of(chart.record(number).unwrap()).map(str::to_owned);
    assert_eq!((source(&chart, 0), source(&chart, 1)), (None, None));
    chart.take_changed_pages().unwrap();
    chart.add(entry(2, practitioner));
    chart.resolve_sources();
    assert_eq!(source(&chart, 0).as_deref(), Some("Dr Ada Stone"));
    assert_eq!(source(&chart, 1), None);
    assert!(!chart.take_changed_pages().unwrap().is_empty());
}

#[test]
fn who_recorded_something_is_found_through_the_visit_too() {
    let visit = r#"{"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"AMB"},"serviceProvider":{"reference":"Organization/o"}}"#;
    let clinic = r#"{"resourceType":"Organization","id":"o","name":"Lotus Pond Clinic"}"#;
    let weight = measured("29463-7", "Weight", "2020-02-03", "80").replacen(
        "\"status\"",
        "\"encounter\":{\"reference\":\"Encounter/e\"},\"status\"",
        1,
    );
    for order in [[&*weight, visit, clinic], [clinic, visit, &weight], [visit, &weight, clinic]] {
        let chart = chart(&order);
        let weight = chart.records().find(|(_, record)| record.facts.type_name == "Observation").unwrap().1;
        assert_eq!(chart.source_of(weight), Some("Lotus Pond Clinic"));
    }
}

#[test]
fn the_newest_comes_first_and_what_has_no_date_last() {
    let undated = measured("29463-7", "Weight", "", "1").replace("\"effectiveDateTime\":\"\",", "");
    let mut chart = chart(&[
        &measured("29463-7", "Weight", "2019", "1"),
        &undated,
        &measured("29463-7", "Weight", "2021-05-01", "1"),
        &undated,
        &measured("29463-7", "Weight", "2021-05-01T10:00:00Z", "1"),
        &measured("29463-7", "Weight", "2019", "2"),
    ]);
    assert_eq!(chart.newest_first(), [4, 2, 5, 0, 3, 1]);
}
