//! What the page of one entry shows.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use chartchain_fhir::{Element, describe, narrative_text, pretty};

fn lines(json: &str) -> Vec<String> {
    describe(json).unwrap().into_iter().map(|element| format!("{} = {}", element.label, element.text)).collect()
}

#[test]
fn elements_come_in_their_order_with_paths_and_words() {
    let found = describe(
        r#"{"resourceType":"MedicationRequest","id":"1","meta":{"profile":["x"],"lastUpdated":"2024-01-01T00:00:00Z"},"text":{"div":"<div>x</div>"},
        "status":"active","medicationReference":{"reference":"Medication/7","display":"Aspirin"},
        "dosageInstruction":[{"timing":{"repeat":{"frequency":3,"period":1,"periodUnit":"d","boundsDuration":{"value":10,"unit":"days"}}},
        "doseAndRate":[{"doseQuantity":{"value":1.50,"unit":"tablet"}}]}]}"#,
    )
    .unwrap();
    let reference = Some("Medication/7".to_owned());
    assert_eq!(
        found[1],
        Element {
            path: "medication".to_owned(),
            label: "Medication".to_owned(),
            text: "Aspirin".to_owned(),
            reference
        }
    );
    let shown: Vec<_> =
        found.iter().map(|element| (element.path.as_str(), element.label.as_str(), element.text.as_str())).collect();
    assert_eq!(shown[0], ("status", "Status", "active"));
    assert_eq!(shown[2], ("dosageInstruction.timing", "Dosage instruction: timing", "3 times a day, for 10 days"));
    assert_eq!(
        shown[3],
        ("dosageInstruction.doseAndRate.dose", "Dosage instruction: dose and rate: dose", "1.50 tablet")
    );
    assert_eq!(shown[4], ("meta.lastUpdated", "Meta: last updated", "2024-01-01T00:00:00Z"));
    assert_eq!(shown.len(), 5);
}

#[test]
fn every_datatype_is_in_plain_words() {
    assert_eq!(
        lines(
            r#"{"resourceType":"Unheard","code":{"text":"Gout","coding":[{"system":"http://snomed.info/sct","code":"90560007"}]},
            "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active","display":"Active"}]},
            "onsetPeriod":{"start":"2012-01-02","end":"2012-02-03"},"onsetRange":{"low":{"value":3},"high":{"value":5,"unit":"years"}},
            "strength":{"numerator":{"value":10,"unit":"mg"},"denominator":{"value":5,"unit":"mL"}},
            "identifier":[{"system":"urn:x","value":"77","type":{"text":"Passport"}}],
            "name":[{"given":["Amara"],"family":"Okafor","period":{"end":"2010"}}],"telecom":[{"system":"phone","value":"+1 5","use":"home"}],
            "address":[{"line":["Main St 1","Flat 2"],"city":"Lagos","country":"NG"}],
            "note":[{"text":"See\nnext page","authorString":"Dr Ito","time":"2024-01-01"}],
            "photo":[{"contentType":"image/png","data":"AAAAAAAA","title":"Face"}],"line":["a","b"],"active":false,"score":1.0}"#
        ),
        [
            "Code = Gout (SNOMED CT 90560007)",
            "Clinical status = Active",
            "Onset = 2012-01-02 – 2012-02-03",
            "Onset = 3 – 5 years",
            "Strength = 10 mg / 5 mL",
            "Identifier = 77 (Passport)",
            "Name = Amara Okafor, – 2010",
            "Telecom = +1 5 (home phone)",
            "Address = Main St 1, Flat 2, Lagos, NG",
            "Note = See\nnext page (Dr Ito, 2024-01-01)",
            "Photo = Face, image/png, 6 bytes",
            "Line = a, b",
            "Active = false",
            "Score = 1.0",
        ]
    );
}

#[test]
fn extensions_stand_under_their_own_names() {
    assert_eq!(
        lines(
            r#"{"resourceType":"Patient","extension":[{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex","valueCode":"F"},
            {"url":"http://example.org/us-core-race","extension":[{"url":"text","valueString":"White"}]}],
            "birthDate":"1980","_birthDate":{"extension":[{"url":"http://example.org/patient-birthTime","valueDateTime":"1980-05-17T10:00:00Z"}]}}"#
        ),
        [
            "Us core birthsex = F",
            "Us core race: text = White",
            "Birth date = 1980",
            "Birth date: patient birth time = 1980-05-17T10:00:00Z"
        ]
    );
}

#[test]
fn sections_of_a_document_show_their_text_and_contained_resources_their_elements() {
    assert_eq!(
        lines(
            r#"{"resourceType":"Composition","section":[{"title":"Story","text":{"status":"generated","div":"<div><p>One</p><p>Two</p></div>"}}],
            "contained":[{"resourceType":"Medication","id":"m","code":{"text":"Aspirin"}}]}"#
        ),
        ["Section: title = Story", "Section: text = One\nTwo", "Medication: code = Aspirin"]
    );
}

#[test]
fn long_and_many_elements_are_cut() {
    let long = format!(r#"{{"resourceType":"Basic","note":[{{"text":"{}"}}]}}"#, "x".repeat(5000));
    let text = &describe(&long).unwrap()[0].text;
    assert!(text.ends_with('…') && text.chars().count() == 2001);
    let parts: Vec<String> = (0..1000).map(|n| format!(r#"{{"code":{{"text":"{n}"}}}}"#)).collect();
    let many = format!(r#"{{"resourceType":"Basic","component":[{}]}}"#, parts.join(","));
    assert_eq!(describe(&many).unwrap().len(), 400);
    let binary =
        format!(r#"{{"resourceType":"Binary","contentType":"application/pdf","data":"{}"}}"#, "AAAA".repeat(1000));
    assert_eq!(lines(&binary), ["Content type = application/pdf", "Data = 3000 bytes"]);
}

#[test]
fn indenting_changes_no_token() {
    assert_eq!(
        pretty(r#"{"a":[1.50,{"b":"x, {y} \" : "},[],{}],"c":1e3}"#),
        "{\n  \"a\": [\n    1.50,\n    {\n      \"b\": \"x, {y} \\\" : \"\n    },\n    [],\n    {}\n  ],\n  \"c\": 1e3\n}"
    );
}

#[test]
fn narrative_is_plain_text() {
    let json = r#"{"resourceType":"Basic","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>A &lt; B</p><p>C</p></div>"}}"#;
    assert_eq!(narrative_text(json).as_deref(), Some("A < B\nC"));
    assert_eq!(narrative_text(r#"{"resourceType":"Basic"}"#), None);
    assert_eq!(narrative_text("{"), None);
}
