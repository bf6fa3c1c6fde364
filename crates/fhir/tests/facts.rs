//! What is made of a resource, rule by rule, on small examples.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use chartchain_fhir::{Facts, Kind, ReadError, Sex, Value, facts, is_no_known};

fn of(json: &str) -> Facts {
    facts(json).unwrap()
}

fn observation(rest: &str) -> Facts {
    of(&format!(r#"{{"resourceType":"Observation","code":{{"text":"Test"}},{rest}}}"#))
}

fn quantity(number: &str, unit: &str) -> Option<Value> {
    Some(Value::Quantity { comparator: None, number: number.to_owned(), unit: Some(unit.to_owned()) })
}

fn text(words: &str) -> Option<Value> {
    Some(Value::Text(words.to_owned()))
}

#[test]
fn numbers_stay_as_written() {
    assert_eq!(observation(r#""valueQuantity":{"value":1.50,"unit":"mg"}"#).value, quantity("1.50", "mg"));
    assert_eq!(observation(r#""valueQuantity":{"value":1E3,"code":"ug"}"#).value, quantity("1E3", "ug"));
    assert_eq!(
        observation(r#""valueQuantity":{"value":5,"comparator":"<","unit":"{score}"}"#).value,
        Some(Value::Quantity { comparator: Some("<".to_owned()), number: "5".to_owned(), unit: None })
    );
    assert_eq!(
        observation(r#""valueInteger":12345678901234567890"#).value,
        Some(Value::Quantity { comparator: None, number: "12345678901234567890".to_owned(), unit: None })
    );
}

#[test]
fn every_sort_of_value_is_shown() {
    assert_eq!(observation(r#""valueString":"positive""#).value, text("positive"));
    assert_eq!(observation(r#""valueBoolean":false"#).value, Some(Value::Bool(false)));
    assert_eq!(
        observation(r#""valueCodeableConcept":{"coding":[{"code":"1","display":"Negative"}]}"#).value,
        text("Negative")
    );
    assert_eq!(observation(r#""valueDateTime":"2024-03""#).value, text("2024-03"));
    assert_eq!(observation(r#""valueTime":"08:30:00""#).value, text("08:30:00"));
    assert_eq!(
        observation(r#""valuePeriod":{"start":"2012-01-02","end":"2012-02-03"}"#).value,
        text("2012-01-02 – 2012-02-03")
    );
    assert_eq!(
        observation(r#""valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}"#).value,
        text("1:128")
    );
    assert_eq!(
        observation(
            r#""valueSampledData":{"origin":{"value":0,"unit":"mV"},"period":10,"dimensions":1,"data":"1 2 E 3"}"#
        )
        .value,
        text("4 samples in mV, every 10 ms")
    );
    let Some(Value::Range(range)) =
        observation(r#""valueRange":{"low":{"value":1.0},"high":{"value":2,"unit":"h"}}"#).value
    else {
        panic!("no range")
    };
    assert_eq!(
        (range.low.as_deref(), range.high.as_deref(), range.unit.as_deref()),
        (Some("1.0"), Some("2"), Some("h"))
    );
}

#[test]
fn a_missing_value_says_why() {
    let absent = |words: &str| Some(Value::Absent(words.to_owned()));
    assert_eq!(
        observation(r#""dataAbsentReason":{"coding":[{"code":"not-performed"}]}"#).value,
        absent("not-performed")
    );
    assert_eq!(
        observation(
            r#""_valueString":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}"#
        )
        .value,
        absent("unknown")
    );
    assert_eq!(observation(r#""status":"final""#).value, None);
}

#[test]
fn blood_pressure_is_one_value() {
    let part = |code: &str, rest: &str| {
        format!(r#"{{"code":{{"coding":[{{"system":"http://loinc.org","code":"{code}"}}]}},{rest}}}"#)
    };
    let number = |value: &str| format!(r#""valueQuantity":{{"value":{value},"unit":"mmHg"}}"#);
    let both = format!("\"component\":[{},{}]", part("8462-4", &number("80.0")), part("8480-6", &number("120")));
    let found = observation(&both);
    assert_eq!(
        found.value,
        Some(Value::Pressure {
            systolic: "120".to_owned(),
            diastolic: "80.0".to_owned(),
            unit: Some("mmHg".to_owned())
        })
    );
    let missing = r#""dataAbsentReason":{"text":"Not measured"}"#;
    let one = format!("\"component\":[{},{}]", part("8480-6", &number("120")), part("8462-4", missing));
    let Some(Value::Components(parts)) = observation(&one).value else { panic!("no parts") };
    assert_eq!(parts[0].value, quantity("120", "mmHg").unwrap());
    assert_eq!(parts[1].value, Value::Absent("Not measured".to_owned()));
}

#[test]
fn the_kind_comes_from_category_or_code() {
    let by_category = |code: &str| observation(&format!(r#""category":[{{"coding":[{{"code":"{code}"}}]}}]"#)).kind;
    assert_eq!(by_category("vital-signs"), Kind::Vital);
    assert_eq!(by_category("laboratory"), Kind::TestResult);
    assert_eq!(by_category("social-history"), Kind::Lifestyle);
    let by_code = |code: &str| {
        of(&format!(
            r#"{{"resourceType":"Observation","code":{{"coding":[{{"system":"http://loinc.org","code":"{code}"}}]}}}}"#
        ))
        .kind
    };
    assert_eq!(by_code("29463-7"), Kind::Vital);
    assert_eq!(by_code("72166-2"), Kind::Lifestyle);
    assert_eq!(by_code("2339-0"), Kind::TestResult);
}

#[test]
fn a_range_counts_only_where_it_is_for_everyone() {
    let one = observation(
        r#""referenceRange":[{"low":{"value":3.50,"unit":"g"},"high":{"value":5,"unit":"g"},"text":"3.5 to 5"}]"#,
    );
    let range = one.range.unwrap();
    assert_eq!(
        (range.low.as_deref(), range.high.as_deref(), range.unit.as_deref()),
        (Some("3.50"), Some("5"), Some("g"))
    );
    assert_eq!(range.text.as_deref(), Some("3.5 to 5"));
    let two = observation(
        r#""referenceRange":[{"high":{"value":5},"appliesTo":[{"text":"women"}]},{"high":{"value":6},"appliesTo":[{"text":"men"}]}]"#,
    );
    let range = two.range.unwrap();
    assert_eq!((range.low, range.high), (None, None));
    assert_eq!(range.text.as_deref(), Some("≤ 5 (women); ≤ 6 (men)"));
    let normal = observation(
        r#""referenceRange":[{"type":{"coding":[{"code":"critical"}]},"high":{"value":9}},{"type":{"coding":[{"code":"normal"}]},"high":{"value":6}}]"#,
    );
    assert_eq!(normal.range.unwrap().high.as_deref(), Some("6"));
    assert_eq!(observation(r#""referenceRange":[{"text":"N/A"}]"#).range, None);
}

#[test]
fn an_interpretation_is_its_code() {
    let found = observation(r#""interpretation":[{"coding":[{"code":"H","display":"High"}]}]"#);
    assert_eq!(found.interpretation.as_deref(), Some("H"));
    assert_eq!(observation(r#""interpretation":[{"text":"raised"}]"#).interpretation.as_deref(), Some("raised"));
}

#[test]
fn a_medicine_has_its_name_and_its_dose() {
    let written = of(r#"{"resourceType":"MedicationRequest","status":"active","authoredOn":"2024-05-16",
        "medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975","display":"Metformin 500 MG"}]},
        "dosageInstruction":[{"text":"One tablet with breakfast"}],"requester":{"reference":"Practitioner/1","display":"Dr Ito"}}"#);
    assert_eq!(
        (written.title.as_str(), written.detail.as_deref()),
        ("Metformin 500 MG", Some("One tablet with breakfast"))
    );
    assert_eq!(
        (written.recorded_by.as_deref(), written.recorded_by_refs.as_slice()),
        (Some("Dr Ito"), ["Practitioner/1".to_owned()].as_slice())
    );
    assert_eq!(written.codes[0].code, "860975");
    let composed = of(
        r##"{"resourceType":"MedicationStatement","contained":[{"resourceType":"Medication","id":"m","code":{"text":"Warfarin"}}],
        "medicationReference":{"reference":"#m"},"effectivePeriod":{"start":"2024-01","end":"2024-03-01"},
        "dosage":[{"doseAndRate":[{"doseQuantity":{"value":2.5,"unit":"mg"}}],"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d","when":["PC"]}},
        "route":{"text":"oral"},"asNeededBoolean":true}]}"##,
    );
    assert_eq!(composed.title, "Warfarin");
    assert_eq!(composed.detail.as_deref(), Some("2.5 mg, twice a day, after meals, oral, as needed"));
    assert_eq!(composed.when.unwrap().written, "2024-01");
    assert_eq!(composed.until.unwrap().written, "2024-03-01");
    assert!(composed.references.is_empty());
    let ingredients = of(
        r##"{"resourceType":"MedicationStatement","contained":[{"resourceType":"Medication","id":"m","ingredient":
        [{"itemCodeableConcept":{"text":"Amoxicillin"}},{"itemCodeableConcept":{"text":"Clavulanate"}}]}],"medicationReference":{"reference":"#m"}}"##,
    );
    assert_eq!(ingredients.title, "Amoxicillin, Clavulanate");
    let elsewhere = of(
        r#"{"resourceType":"MedicationRequest","medicationReference":{"reference":"Medication/7","display":"Aspirin 100 mg"}}"#,
    );
    assert_eq!(
        (elsewhere.title.as_str(), elsewhere.references.as_slice()),
        ("Aspirin 100 mg", ["Medication/7".to_owned()].as_slice())
    );
}

#[test]
fn an_allergy_tells_reaction_and_how_bad_it_is() {
    let allergy = of(
        r#"{"resourceType":"AllergyIntolerance","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Peanut"},
        "patient":{"reference":"Patient/1"},"onsetPeriod":{"start":"2012","end":"2013"},
        "reaction":[{"manifestation":[{"text":"Hives"},{"text":"Wheeze"}],"severity":"mild"},{"description":"Collapse","severity":"severe"}]}"#,
    );
    assert_eq!((allergy.kind, allergy.status.as_deref()), (Kind::Allergy, Some("active")));
    assert_eq!(allergy.detail.as_deref(), Some("Hives, Wheeze; Collapse"));
    assert_eq!(allergy.severity.as_deref(), Some("severe"));
    assert_eq!((allergy.when.unwrap().written.as_str(), allergy.until), ("2012", None));
    assert_eq!(allergy.subject_ref.as_deref(), Some("Patient/1"));
}

#[test]
fn nothing_known_stays_an_entry_and_can_be_told() {
    for code in ["716186003", "409137002", "no-allergy-info", "no-known-allergies"] {
        let allergy = of(&format!(
            r#"{{"resourceType":"AllergyIntolerance","code":{{"coding":[{{"code":"{code}","display":"None"}}]}}}}"#
        ));
        assert!(is_no_known(&allergy) && allergy.kind == Kind::Allergy, "{code}");
    }
    assert!(!is_no_known(&of(
        r#"{"resourceType":"AllergyIntolerance","code":{"coding":[{"code":"91935009","display":"Peanut"}]}}"#
    )));
}

#[test]
fn what_was_wrong_or_not_done_never_reads_as_true() {
    let refuted = of(
        r#"{"resourceType":"Condition","code":{"text":"Angina"},"verificationStatus":{"coding":[{"code":"refuted"}]}}"#,
    );
    assert!(refuted.wrong);
    assert!(of(r#"{"resourceType":"Procedure","status":"entered-in-error"}"#).wrong);
    assert!(!of(r#"{"resourceType":"Procedure","status":"completed"}"#).wrong);
    let not_given =
        of(r#"{"resourceType":"Immunization","status":"completed","notGiven":true,"vaccineCode":{"text":"MMR"}}"#);
    assert_eq!(not_given.status.as_deref(), Some("not-done"));
}

#[test]
fn a_vaccination_tells_dose_batch_and_maker() {
    let given = of(
        r#"{"resourceType":"Immunization","vaccineCode":{"text":"COVID-19"},"occurrenceDateTime":"2021-08-05","lotNumber":"FF8871",
        "manufacturer":{"display":"Pfizer"},"protocolApplied":[{"doseNumberPositiveInt":1,"seriesDosesPositiveInt":2}]}"#,
    );
    assert_eq!(given.detail.as_deref(), Some("dose 1 of 2, batch FF8871, Pfizer"));
}

#[test]
fn a_person_is_called_by_the_official_name() {
    let patient = of(
        r#"{"resourceType":"Patient","id":"1","name":[{"use":"nickname","text":"Ami"},{"use":"maiden","family":"Ito"},
        {"use":"official","prefix":["Mrs."],"given":["Amara","N."],"family":"Okafor"}],"gender":"female","birthDate":"1980-05","deceasedDateTime":"2024-01-01"}"#,
    );
    let person = patient.person.unwrap();
    assert_eq!((patient.title.as_str(), person.name.as_deref()), ("Amara N. Okafor", Some("Amara N. Okafor")));
    assert_eq!((person.sex, person.birth_date.as_deref()), (Some(Sex::Female), Some("1980-05")));
    assert_eq!((person.deceased.as_deref(), patient.subject_ref), (Some("2024-01-01"), None));
    let alive = of(r#"{"resourceType":"Patient","deceasedBoolean":false}"#);
    assert_eq!((alive.title.as_str(), alive.person.unwrap().deceased), ("Patient", None));
    let dead = of(r#"{"resourceType":"Patient","deceasedBoolean":true}"#);
    assert_eq!(dead.person.unwrap().deceased.as_deref(), Some("true"));
    let doctor = of(r#"{"resourceType":"Practitioner","name":[{"prefix":["Dr."],"given":["Kei"],"family":"Ito"}]}"#);
    assert_eq!(doctor.title, "Dr. Kei Ito");
}

#[test]
fn a_visit_without_a_type_is_named_by_its_class() {
    let visit = of(
        r#"{"resourceType":"Encounter","status":"finished","class":{"code":"EMER"},"period":{"start":"2024-01-01T10:00:00Z","end":"2024-01-01T12:00:00Z"},
        "reasonCode":[{"text":"Chest pain"}]}"#,
    );
    assert_eq!((visit.title.as_str(), visit.detail.as_deref()), ("Emergency visit", Some("Chest pain")));
    assert_eq!(visit.until.unwrap().written, "2024-01-01T12:00:00Z");
    let appointment = of(
        r#"{"resourceType":"Appointment","start":"2025-01-01T10:00:00Z","end":"2025-01-01T10:15:00Z","serviceType":[{"text":"Check-up"}],
        "participant":[{"actor":{"reference":"Practitioner/2"}},{"actor":{"reference":"Patient/1"}}]}"#,
    );
    assert_eq!((appointment.title.as_str(), appointment.subject_ref.as_deref()), ("Check-up", Some("Patient/1")));
    assert_eq!(appointment.references, ["Practitioner/2"]);
}

#[test]
fn an_unheard_type_gets_the_best_title_there_is() {
    assert_eq!(
        of(r#"{"resourceType":"MoonPhaseReport","code":{"coding":[{"display":"Waning"}]},"date":"2024"}"#).title,
        "Waning"
    );
    assert_eq!(of(r#"{"resourceType":"MoonPhaseReport","title":"Full"}"#).title, "Full");
    assert_eq!(
        of(r#"{"resourceType":"MoonPhaseReport","text":{"div":"<div>Half <b>moon</b></div>"}}"#).title,
        "Half moon"
    );
    assert_eq!(of(r#"{"resourceType":"MoonPhaseReport"}"#).title, "Moon phase report");
    assert_eq!(
        of(r#"{"resourceType":"Immunization","vaccineCode":{"coding":[{"code":"207"}]}}"#).title,
        "Immunization (207)"
    );
    assert_eq!(
        of(r#"{"resourceType":"Procedure","code":{"text":"52734007","coding":[{"code":"52734007"}]}}"#).title,
        "Procedure (52734007)"
    );
}

#[test]
fn every_reference_is_listed_once_and_in_its_place() {
    let found = of(
        r##"{"resourceType":"DiagnosticReport","code":{"text":"Panel"},"subject":{"reference":"Patient/1"},"encounter":{"reference":"Encounter/2"},
        "performer":[{"reference":"Organization/3"},{"reference":"Practitioner/4"}],"result":[{"reference":"Observation/5"},{"reference":"Observation/5"},{"reference":"#x"}],
        "extension":[{"url":"u","valueReference":{"reference":"Device/6"}}]}"##,
    );
    assert_eq!(found.subject_ref.as_deref(), Some("Patient/1"));
    assert_eq!(found.recorded_by_refs, ["Organization/3", "Practitioner/4"]);
    assert_eq!(found.references, ["Encounter/2", "Observation/5", "Device/6"]);
}

#[test]
fn search_finds_titles_displays_notes_and_names() {
    let found = of(
        r#"{"resourceType":"Condition","code":{"text":"Gout","coding":[{"display":"Gouty arthritis","code":"90560007","system":"http://snomed.info/sct"}]},
        "note":[{"text":"Left toe"}],"recorder":{"display":"Dr Ito"},"text":{"div":"<div>narrative</div>"}}"#,
    );
    for word in ["Gout", "Gouty arthritis", "Left toe", "Dr Ito"] {
        assert!(found.search_text.contains(word), "{word}: {}", found.search_text);
    }
    assert!(!found.search_text.contains("narrative") && !found.search_text.contains("snomed"));
}

#[test]
fn meta_and_ids_are_taken_over() {
    let found =
        of(r#"{"resourceType":"Basic","id":"a1","meta":{"versionId":"3","lastUpdated":"2024-09-22T16:56:18+02:00"}}"#);
    assert_eq!((found.id.as_deref(), found.version_id.as_deref()), (Some("a1"), Some("3")));
    assert_eq!(found.last_updated.unwrap().offset_minutes, Some(120));
}

#[test]
fn what_is_no_resource_has_no_facts() {
    assert_eq!(facts("[]"), Err(ReadError::NotFhir));
    assert_eq!(facts(r#"{"id":"1"}"#), Err(ReadError::NotFhir));
    assert!(matches!(facts("{"), Err(ReadError::NotJson { .. })));
    assert_eq!(facts(&"[".repeat(5000)), Err(ReadError::TooDeep));
}
