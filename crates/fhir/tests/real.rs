//! Records of made-up people as other programs wrote them. They are not part of this repository: `../shared/data`
//! beside the checkout or the folder that `CHARTCHAIN_DATA` names; without it these tests say that they were skipped.

use chartchain_fhir::{Kind, ReadError, describe, facts, minify, pretty, read};
use std::path::{Path, PathBuf};
use std::time::Instant;

fn files(folders: &[&str]) -> Vec<PathBuf> {
    files_named(folders, &["json"])
}

fn files_named(folders: &[&str], extensions: &[&str]) -> Vec<PathBuf> {
    let root = std::env::var_os("CHARTCHAIN_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let mut found: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(root.join(folder)).ok())
        .flat_map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted)))
        .collect();
    found.sort();
    if found.is_empty() {
        println!("skipped: no data in {}", root.display());
    }
    found
}

fn without_white_space_between_tokens(text: &str) -> String {
    let mut out = String::new();
    let (mut inside, mut escaped) = (false, false);
    for c in text.trim_start_matches('\u{feff}').chars() {
        if inside || !c.is_ascii_whitespace() {
            out.push(c);
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            _ => {}
        }
    }
    out
}

#[test]
fn every_resource_comes_in_token_by_token_as_it_was_written() {
    for path in files(&["synthea", "ips", "ips/golden"]) {
        let text = std::fs::read_to_string(&path).unwrap();
        let whole = without_white_space_between_tokens(&text);
        let intake = read(text.as_bytes()).unwrap();
        assert_eq!(intake.rejected, [], "{}", path.display());
        assert_eq!(intake.resources.len(), whole.matches("\"resource\":{").count(), "{}", path.display());
        let mut from = 0;
        for resource in &intake.resources {
            // In order, each after the one before, exactly as in the whole file.
            let at =
                whole[from..].find(&*resource.json).unwrap_or_else(|| panic!("{} {}", path.display(), resource.json));
            from += at + resource.json.len();
            assert_eq!(minify(&pretty(&resource.json)).unwrap(), resource.json);
        }
    }
}

#[test]
fn every_resource_has_facts_and_a_description() {
    for path in files(&["synthea", "ips", "ips/golden"]) {
        let intake = read(&std::fs::read(&path).unwrap()).unwrap();
        for resource in &intake.resources {
            let facts = facts(&resource.json).unwrap();
            assert!(!facts.title.is_empty() && facts.search_text.contains(facts.title.split(' ').next().unwrap()));
            assert!(!describe(&resource.json).unwrap().is_empty() || resource.json.len() < 100, "{}", resource.json);
            let dated = matches!(facts.kind, Kind::Vital | Kind::Vaccination | Kind::Visit);
            assert!(!dated || facts.when.is_some(), "{} {}", path.display(), resource.json);
            let has_subject = matches!(facts.kind, Kind::Vital | Kind::TestResult | Kind::Medicine | Kind::Allergy);
            let stands_alone = facts.type_name == "Medication";
            assert!(!has_subject || stands_alone || facts.subject_ref.is_some(), "{}", resource.json);
        }
    }
}

#[test]
fn what_other_converters_made_can_be_read_too() {
    for path in files(&["ccda/converter/expected", "hl7v2/expected", "pcf", "shc"]) {
        let intake = match read(&std::fs::read(&path).unwrap()) {
            Ok(intake) => intake,
            Err(ReadError::NotFhir) if path.to_string_lossy().contains("shc") => continue,
            Err(other) => panic!("{} {other:?}", path.display()),
        };
        for resource in &intake.resources {
            assert!(!facts(&resource.json).unwrap().title.is_empty(), "{}", path.display());
            describe(&resource.json).unwrap();
        }
    }
}

#[test]
fn other_formats_are_called_by_their_names() {
    let expected = |extension: &str| if extension == "hl7" { "HL7 v2" } else { "C-CDA" };
    for path in files_named(&["ccda/hl7", "ccda/vendors", "ccda/converter", "hl7v2"], &["xml", "XML", "ccda", "hl7"]) {
        let name = expected(&path.extension().unwrap_or_default().to_string_lossy()).to_owned();
        assert_eq!(read(&std::fs::read(&path).unwrap()), Err(ReadError::OtherFormat(name)), "{}", path.display());
    }
}

#[test]
fn synthea_values_are_all_there() {
    let mut counted = 0;
    for path in files(&["synthea"]) {
        for resource in &read(&std::fs::read(&path).unwrap()).unwrap().resources {
            let facts = facts(&resource.json).unwrap();
            if facts.type_name == "Observation" {
                counted += 1;
                assert!(facts.value.is_some(), "{}", resource.json);
            }
        }
    }
    println!("{counted} observations");
}

#[test]
fn ten_thousand_observations_are_all_read_and_the_time_is_printed() {
    let entry = |n: usize| {
        format!(
            r#"{{
      "fullUrl": "urn:uuid:5cbc121b-cd71-4428-b8b7-{n:012}",
      "resource": {{
        "resourceType": "Observation", "id": "5cbc121b-cd71-4428-b8b7-{n:012}", "status": "final",
        "category": [ {{ "coding": [ {{ "system": "http://terminology.hl7.org/CodeSystem/observation-category",
          "code": "laboratory", "display": "laboratory" }} ] }} ],
        "code": {{ "coding": [ {{ "system": "http://loinc.org", "code": "2339-0", "display": "Glucose" }} ], "text": "Glucose" }},
        "subject": {{ "reference": "urn:uuid:b1e6e3a2-6e2c-4d6f-8f55-1f9a3c3d7e11" }},
        "effectiveDateTime": "2012-02-06T00:48:33+00:00",
        "valueQuantity": {{ "value": 71.{n:05}, "unit": "mg/dL", "system": "http://unitsofmeasure.org", "code": "mg/dL" }}
      }}
    }}"#
        )
    };
    let entries: Vec<String> = (0..10_000).map(entry).collect();
    let text = format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","));
    let start = Instant::now();
    let intake = read(text.as_bytes()).unwrap();
    let reading = start.elapsed();
    let start = Instant::now();
    let titles = intake.resources.iter().filter(|resource| facts(&resource.json).unwrap().title == "Glucose").count();
    println!("{} bytes: read {reading:?}, facts {:?}", text.len(), start.elapsed());
    assert_eq!(titles, 10_000);
}
