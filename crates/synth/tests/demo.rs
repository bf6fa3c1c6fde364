//! What the pages of the app show of the demo person.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail the test")]

use chartchain_synth::{Date, demo};
use serde_json::Value;
use std::collections::BTreeSet;

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

fn resources(today: Date) -> Vec<Value> {
    demo(today).resources.iter().map(|made| serde_json::from_str(&made.json).unwrap()).collect()
}

fn of_type<'a>(all: &'a [Value], type_name: &str) -> Vec<&'a Value> {
    all.iter().filter(|resource| resource["resourceType"] == type_name).collect()
}

fn with_code<'a>(all: &'a [Value], code: &str) -> Vec<&'a Value> {
    let has = |resource: &&Value| {
        resource["code"]["coding"].as_array().is_some_and(|codings| codings.iter().any(|one| one["code"] == code))
    };
    all.iter().filter(|resource| resource["resourceType"] == "Observation").filter(has).collect()
}

fn days(text: &str) -> i32 {
    let part = |from, to| text.get(from..to).and_then(|part| part.parse::<u16>().ok()).unwrap();
    let byte = |n: u16| u8::try_from(n).unwrap();
    Date { year: i32::from(part(0, 4)), month: byte(part(5, 7)), day: byte(part(8, 10)) }.to_days()
}

#[test]
fn she_is_fifty_eight_on_any_day_and_keeps_her_ids() {
    let mut ids = BTreeSet::new();
    for today in [TODAY, Date { year: 2027, month: 5, day: 2 }, Date { year: 2027, month: 5, day: 3 }] {
        let all = resources(today);
        let patient = all.first().unwrap();
        let birth = Date::from_days(days(patient["birthDate"].as_str().unwrap()));
        assert_eq!(today.years_since(birth), 58);
        ids.insert(patient["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(ids.len(), 1);
}

#[test]
fn her_allergies_are_penicillin_and_latex() {
    let all = resources(TODAY);
    let lines: Vec<String> = of_type(&all, "AllergyIntolerance")
        .iter()
        .map(|allergy| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let reaction = &allergy["reaction"][0];
            let words = text(&reaction["manifestation"][0]["text"]);
            format!("{}: {} ({words})", text(&allergy["code"]["text"]), text(&reaction["severity"]))
        })
        .collect();
    assert_eq!(lines, ["Penicillin: severe (Face swelling)", "Latex: mild (Itchy rash on the hands)"]);
}

#[test]
fn her_blood_sugar_falls_over_three_years_with_a_gap_of_fourteen_months() {
    let all = resources(TODAY);
    let results = with_code(&all, "59261-8");
    let points: Vec<(i32, i64)> = results
        .iter()
        .map(|one| (days(one["effectiveDateTime"].as_str().unwrap()), one["valueQuantity"]["value"].as_i64().unwrap()))
        .collect();
    assert!(points.len() >= 8);
    assert!(points.windows(2).all(|pair| pair[1].0 > pair[0].0 && pair[1].1 < pair[0].1), "{points:?}");
    let gaps: Vec<i32> = points.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    assert_eq!(gaps.iter().filter(|gap| **gap > 150).count(), 1, "{gaps:?}");
    assert!(gaps.iter().any(|gap| (415..440).contains(gap)), "{gaps:?}");
    assert_eq!(points.last().unwrap().1, 53);
    assert!(TODAY.to_days() - points.last().unwrap().0 < 15);
    assert!(points.last().unwrap().0 - points.first().unwrap().0 > 3 * 365);
}

#[test]
fn the_last_blood_pressure_is_from_this_morning_and_written_by_herself() {
    let all = resources(TODAY);
    let readings = with_code(&all, "85354-9");
    let last = readings.last().unwrap();
    assert!(last["effectiveDateTime"].as_str().unwrap().starts_with("2026-11-22T06:"));
    assert_eq!(last["performer"][0]["display"], "Mirela Sandoval");
    let numbers: Vec<i64> =
        [0, 1].iter().map(|i: &usize| last["component"][*i]["valueQuantity"]["value"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [136, 84]);
}

#[test]
fn every_page_has_something_to_show() {
    let all = resources(TODAY);
    let current = of_type(&all, "MedicationRequest").into_iter().filter(|one| one["status"] == "active").count();
    let past = of_type(&all, "MedicationRequest").len() - current;
    assert_eq!((current, past), (5, 5));
    for (type_name, at_least) in [
        ("Condition", 8),
        ("Immunization", 10),
        ("Encounter", 15),
        ("DocumentReference", 5),
        ("Communication", 8),
        ("Procedure", 8),
        ("Goal", 3),
        ("CarePlan", 1),
        ("Task", 3),
        ("DiagnosticReport", 8),
        ("FamilyMemberHistory", 2),
    ] {
        let found = of_type(&all, type_name).len();
        assert!(found >= at_least, "{found} {type_name}");
    }
    for code in ["29463-7", "2093-3", "14647-2", "98979-8", "14682-9", "72166-2"] {
        assert_eq!(with_code(&all, code).is_empty(), code == "2093-3", "{code}");
    }
}

#[test]
fn nothing_but_plans_lies_in_the_future() {
    for resource in resources(TODAY) {
        let mut text = resource.to_string();
        if matches!(resource["resourceType"].as_str().unwrap(), "Goal" | "Task") {
            continue;
        }
        text = text.replace("\"202", "\n202");
        for found in text.lines().skip(1).filter(|line| line.as_bytes().get(4) == Some(&b'-')) {
            let date = format!(
                "{}{}",
                found.get(..7).unwrap(),
                found.get(7..10).filter(|d| d.starts_with('-')).unwrap_or("-01")
            );
            assert!(days(&date) <= TODAY.to_days(), "{date} in {resource}");
        }
    }
}

/// Base64 (RFC 4648) of UTF-8.
fn decoded(data: &str) -> String {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut word, mut bits) = (0_usize, 0);
    for letter in data.trim_end_matches('=').chars() {
        word = word << 6 | alphabet.find(letter).unwrap();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(word >> bits & 255).unwrap());
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn letters_read_back_as_text() {
    let all = resources(TODAY);
    for letter in of_type(&all, "DocumentReference") {
        let attachment = &letter["content"][0]["attachment"];
        let data = attachment["data"].as_str().unwrap();
        let text = decoded(data);
        assert_eq!(attachment["size"].as_u64(), Some(text.len() as u64));
        assert!(text.ends_with('\n') && text.split_whitespace().count() > 20, "{text}");
        assert_eq!(attachment["contentType"], "text/plain; charset=utf-8");
    }
}
