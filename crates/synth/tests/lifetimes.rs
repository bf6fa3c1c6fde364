//! What holds for every made-up person.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use chartchain_synth::{Date, Lifetime, Options, bundle, demo, lifetime, observations};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };
const PEOPLE: u64 = 120;

fn person(seed: u64) -> Lifetime {
    lifetime(&Options { seed, today: TODAY })
}

fn parsed(of: &Lifetime) -> Vec<Value> {
    of.resources.iter().map(|made| serde_json::from_str(&made.json).unwrap()).collect()
}

/// FNV-1a, 64 bits.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn strings<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| strings(item, key, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str() {
                    Some(text) if name == key || key.is_empty() => found.push(text),
                    _ => strings(member, key, found),
                }
            }
        }
        _ => {}
    }
}

/// `2012`, `2012-02`, `2012-02-06` or with a time, as a day; the first one of what is not said.
fn day(text: &str) -> Option<Date> {
    let digits = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u16>().ok());
    let year = digits(0, 4)?;
    let rest = text.get(4..).unwrap_or_default();
    if !rest.is_empty() && (!rest.starts_with('-') || digits(5, 7).is_none()) {
        return None;
    }
    let part = |from, to| digits(from, to).and_then(|n| u8::try_from(n).ok()).unwrap_or(1);
    (text.len() == 4 || text.len() == 7 || text.len() >= 10).then(|| Date {
        year: i32::from(year),
        month: part(5, 7),
        day: part(8, 10),
    })
}

#[test]
fn a_seed_gives_the_same_bytes_for_ever() {
    // Change these only together with a change of what is made, and say so in the commit: vectors rest on them.
    let sums: Vec<u64> = [0, 1, 42, u64::MAX].into_iter().map(|seed| fnv(&bundle(&person(seed)))).collect();
    let demo = fnv(&bundle(&demo(TODAY)));
    let rows = fnv(&observations(1, 100).collect::<String>());
    assert_eq!(
        (sums.as_slice(), demo, rows),
        (
            &[0x4b01_06bb_0f12_ea77, 0x5cfc_193f_45c3_7814, 0xd8bc_5117_2f49_b6dd, 0xd002_ab63_e28a_7442][..],
            0xd229_f968_6a9a_f52f,
            0x8e8e_1096_d6b5_b070
        )
    );
}

#[test]
fn another_seed_is_another_person() {
    let (one, other) = (person(1), person(2));
    assert_ne!(one.resources.first().unwrap().json, other.resources.first().unwrap().json);
    let ids = |of: &Lifetime| of.resources.iter().map(|made| made.full_url.clone()).collect::<BTreeSet<_>>();
    assert!(ids(&one).is_disjoint(&ids(&other)));
}

#[test]
fn the_patient_comes_first_and_every_reference_resolves() {
    for seed in 0..PEOPLE {
        let life = person(seed);
        let resources = parsed(&life);
        assert_eq!(resources.first().unwrap()["resourceType"], "Patient");
        assert_eq!(resources.iter().filter(|resource| resource["resourceType"] == "Patient").count(), 1);
        let urls: BTreeSet<&str> = life.resources.iter().map(|made| made.full_url.as_str()).collect();
        assert_eq!(urls.len(), life.resources.len(), "an address is used twice in seed {seed}");
        for (made, resource) in life.resources.iter().zip(&resources) {
            assert_eq!(made.full_url, format!("urn:uuid:{}", resource["id"].as_str().unwrap()));
            let mut references = Vec::new();
            strings(resource, "reference", &mut references);
            for reference in references {
                assert!(urls.contains(reference), "{reference} in {} of seed {seed}", made.json);
            }
        }
    }
}

#[test]
fn everything_happens_within_the_life_and_not_after_today() {
    for seed in 0..PEOPLE {
        let resources = parsed(&person(seed));
        let patient = resources.first().unwrap();
        let birth = day(patient["birthDate"].as_str().unwrap()).unwrap();
        let end = patient["deceasedDateTime"].as_str().map_or(TODAY, |text| day(text).unwrap());
        assert!(birth <= end && end <= TODAY);
        for resource in &resources {
            let mut texts = Vec::new();
            strings(resource, "", &mut texts);
            for text in texts {
                // A goal is due in the future.
                let due = resource["resourceType"] == "Goal"
                    && resource["target"].as_array().is_some_and(|all| all.iter().any(|one| one["dueDate"] == text));
                let Some(date) = day(text).filter(|_| text.as_bytes().get(4) == Some(&b'-') && !due) else { continue };
                assert!(date <= end, "{text} is after {end}: {resource}");
                let first_of_month = Date { day: 1, ..birth };
                assert!(
                    date >= if text.len() == 7 { first_of_month } else { birth },
                    "{text} is before {birth}: {resource}"
                );
            }
        }
    }
}

#[test]
fn periods_do_not_run_backwards() {
    for seed in 0..PEOPLE {
        for resource in parsed(&person(seed)) {
            for period in [&resource["period"], &resource["dispenseRequest"]["validityPeriod"]] {
                if let (Some(start), Some(end)) = (period["start"].as_str(), period["end"].as_str()) {
                    assert!(day(start) <= day(end), "{resource}");
                }
            }
            if let (Some(onset), Some(over)) =
                (resource["onsetDateTime"].as_str(), resource["abatementDateTime"].as_str())
            {
                assert!(day(onset) <= day(over), "{resource}");
            }
        }
    }
}

#[test]
fn ages_sexes_and_deaths_are_spread() {
    let (mut female, mut dead, mut decades, mut names) = (0, 0, BTreeMap::<i32, u32>::new(), BTreeSet::new());
    for seed in 0..600 {
        let first: Value = serde_json::from_str(&person(seed).resources.first().unwrap().json).unwrap();
        female += u32::from(first["gender"] == "female");
        dead += u32::from(first["deceasedDateTime"].is_string());
        let birth = day(first["birthDate"].as_str().unwrap()).unwrap();
        *decades.entry(TODAY.years_since(birth) / 10).or_default() += 1;
        names.insert(first["name"][0]["text"].as_str().unwrap().to_owned());
    }
    assert!((265..350).contains(&female), "{female} women of 600");
    assert!((12..70).contains(&dead), "{dead} dead of 600");
    assert!((0..10).all(|decade| decades.get(&decade).copied().unwrap_or(0) >= 12), "{decades:?}");
    assert!(names.len() > 450, "{} names", names.len());
}

#[test]
fn illness_is_as_common_as_one_would_think() {
    let mut have = BTreeMap::<String, u32>::new();
    let mut adults = 0;
    for seed in 0..300 {
        let resources = parsed(&person(seed));
        let birth = day(resources.first().unwrap()["birthDate"].as_str().unwrap()).unwrap();
        if TODAY.years_since(birth) < 18 {
            continue;
        }
        adults += 1;
        let mut found = BTreeSet::new();
        for resource in &resources {
            let code = match resource["resourceType"].as_str().unwrap() {
                "Condition" => resource["code"]["coding"][0]["code"].as_str().unwrap_or_default(),
                "AllergyIntolerance" => "allergy",
                _ => continue,
            };
            found.insert(code.to_owned());
        }
        for code in found {
            *have.entry(code).or_default() += 1;
        }
    }
    let share = |codes: &[&str]| codes.iter().filter_map(|code| have.get(*code)).sum::<u32>() * 1000 / adults;
    for (name, codes, from, to) in [
        ("type 2 diabetes", &["44054006"][..], 50, 220),
        ("high blood pressure", &["59621000"], 190, 480),
        ("high cholesterol", &["55822004"], 120, 420),
        ("asthma", &["195967001"], 40, 150),
        ("obesity", &["414916001"], 80, 400),
        ("mental health", &["35489007", "21897009", "13746004", "58214004", "47505003"], 120, 420),
        ("alcohol or drugs", &["66590003", "75544000"], 15, 130),
        ("pregnancy", &["72892002"], 100, 480),
        ("violence", &["706893006"], 2, 40),
        ("HIV", &["86406008"], 1, 30),
        ("allergies or none known", &["allergy"], 700, 1000),
    ] {
        let share = share(codes);
        assert!((from..=to).contains(&share), "{share} of a thousand adults: {name}");
    }
}

#[test]
fn numbers_are_within_what_bodies_can_be() {
    let limits: BTreeMap<&str, (f64, f64)> = [
        ("8302-2", (15.0, 215.0)),
        ("29463-7", (1.5, 480.0)),
        ("39156-5", (9.0, 62.0)),
        ("8867-4", (40.0, 190.0)),
        ("59261-8", (20.0, 130.0)),
        ("4548-4", (3.8, 14.5)),
        ("14682-9", (25.0, 700.0)),
        ("98979-8", (6.0, 150.0)),
        ("14647-2", (1.5, 12.0)),
        ("2823-3", (2.8, 6.2)),
        ("8310-5", (35.0, 107.0)),
        ("59408-5", (80.0, 100.0)),
    ]
    .into();
    let mut seen = BTreeSet::new();
    for seed in 0..PEOPLE {
        for resource in parsed(&person(seed)) {
            let code = resource["code"]["coding"][0]["code"].as_str().unwrap_or_default();
            if let (Some((low, high)), Some(value)) = (limits.get(code), resource["valueQuantity"]["value"].as_f64()) {
                assert!((*low..=*high).contains(&value), "seed {seed}: {resource}");
                seen.insert(code.to_owned());
            }
        }
    }
    assert_eq!(seen.len(), limits.len(), "not all were made: {seen:?}");
}

#[test]
fn records_are_neither_empty_nor_endless() {
    let mut total = 0;
    for seed in 0..PEOPLE {
        let life = person(seed);
        let bytes: usize = life.resources.iter().map(|made| made.json.len()).sum();
        assert!((10..2500).contains(&life.resources.len()), "{} resources in seed {seed}", life.resources.len());
        assert!(life.resources.iter().all(|made| made.json.len() < 8000));
        total += bytes;
    }
    let average = total / usize::try_from(PEOPLE).unwrap();
    assert!((80_000..600_000).contains(&average), "{average} bytes a person");
}

#[test]
fn no_day_makes_it_fail() {
    for today in [
        Date { year: 2024, month: 2, day: 29 },
        Date { year: 1970, month: 1, day: 1 },
        Date { year: 2099, month: 12, day: 31 },
        Date { year: i32::MIN, month: 0, day: 0 },
        Date { year: i32::MAX, month: 255, day: 255 },
    ] {
        assert!(!demo(today).resources.is_empty());
        for seed in 0..15 {
            let resources = parsed(&lifetime(&Options { seed, today }));
            assert_eq!(resources.first().unwrap()["resourceType"], "Patient");
        }
    }
}

#[test]
fn a_bundle_holds_all_resources_in_order() {
    let life = person(3);
    let whole: Value = serde_json::from_str(&bundle(&life)).unwrap();
    assert_eq!((&whole["resourceType"], &whole["type"]), (&"Bundle".into(), &"collection".into()));
    let entries = whole["entry"].as_array().unwrap();
    assert_eq!(entries.len(), life.resources.len());
    for (entry, made) in entries.iter().zip(&life.resources) {
        assert_eq!(entry["fullUrl"].as_str(), Some(made.full_url.as_str()));
        assert_eq!(entry["resource"]["id"].as_str(), made.full_url.strip_prefix("urn:uuid:"));
    }
}
