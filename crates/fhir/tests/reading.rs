//! What comes in: formats, encodings, lines, nesting, and what is said of bad input.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use chartchain_fhir::read::{Format, Intake, ReadError, Rejected, minify, read, read_line};

fn ok(text: &str) -> Intake {
    read(text.as_bytes()).unwrap()
}

fn fails(bytes: &[u8]) -> ReadError {
    read(bytes).unwrap_err()
}

fn texts(intake: &Intake) -> Vec<&str> {
    intake.resources.iter().map(|resource| &*resource.json).collect()
}

#[test]
fn a_bundle_gives_its_resources_and_its_shell_as_written() {
    let intake = ok(
        "{\r\n \"type\" : \"document\", \"resourceType\": \"Bundle\",\n \"identifier\": {\"value\": \"a b\"},\n \"entry\": [\n\
         {\"fullUrl\": \"urn:uuid:1\", \"resource\": {\"resourceType\": \"Observation\", \"valueDecimal\": 1.50, \"x\": 1e3,\
         \"x\": \"\\u00e9 \\\" \\\\\"}},\n {\"resource\": {\"resourceType\": \"Nothing\"}} ],\n \"total\": 2.0,\
         \"signature\": { \"data\": \"x y\" } }\n",
    );
    assert_eq!(intake.format, Format::Bundle("document".to_owned()));
    assert_eq!(
        intake.shell.as_deref(),
        Some(
            r#"{"type":"document","resourceType":"Bundle","identifier":{"value":"a b"},"total":2.0,"signature":{"data":"x y"}}"#
        )
    );
    assert_eq!(
        texts(&intake),
        [
            r#"{"resourceType":"Observation","valueDecimal":1.50,"x":1e3,"x":"\u00e9 \" \\"}"#,
            r#"{"resourceType":"Nothing"}"#
        ]
    );
    assert_eq!(intake.resources[0].full_url.as_deref(), Some("urn:uuid:1"));
    assert_eq!((intake.resources[1].index, intake.resources[1].line), (Some(1), None));
}

#[test]
fn an_empty_bundle_has_no_resources() {
    for text in [
        r#"{"resourceType":"Bundle","type":"collection"}"#,
        r#"{"resourceType":"Bundle","type":"collection","entry":[]}"#,
    ] {
        let intake = ok(text);
        assert_eq!(intake.shell.as_deref(), Some(r#"{"resourceType":"Bundle","type":"collection"}"#));
        assert!(intake.resources.is_empty() && intake.rejected.is_empty());
    }
}

#[test]
fn entries_without_a_resource_by_nature_are_passed_over_and_others_listed() {
    let intake = ok(r#"{"resourceType":"Bundle","type":"history","entry":[
        {"request":{"method":"DELETE","url":"Patient/1"}},
        {"resource":{"resourceType":"Patient"},"request":{"method":"PUT"}},
        {"resource":{"resourceType":"OperationOutcome"},"search":{"mode":"outcome"}},
        {"resource":{"name":"no type"}}, {"resource":"text"}, {}, 7, {"resource":null}]}"#);
    assert_eq!(texts(&intake), [r#"{"resourceType":"Patient"}"#]);
    let places: Vec<_> = intake.rejected.iter().map(|rejected| rejected.index.unwrap()).collect();
    assert_eq!(places, [3, 4, 5, 6, 7]);
    assert!(intake.rejected.iter().all(|rejected| rejected.why == ReadError::NotFhir));
    let answers =
        ok(r#"{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201"}}]}"#);
    assert!(answers.rejected.is_empty());
    let found = ok(
        r#"{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"OperationOutcome"}}]}"#,
    );
    assert!(found.resources.is_empty() && found.rejected.is_empty());
}

#[test]
fn bundles_in_bundles_are_unpacked_but_not_for_ever() {
    let mut text = r#"{"resourceType":"Basic"}"#.to_owned();
    for _ in 0..3 {
        text = format!(
            r#"{{"resourceType":"Bundle","type":"batch","entry":[{{"resource":{{"resourceType":"Flag"}}}},{{"resource":{text}}}]}}"#
        );
    }
    let intake = ok(&text);
    assert_eq!(intake.resources.len(), 4);
    assert_eq!(intake.resources[3].json.as_ref(), r#"{"resourceType":"Basic"}"#);
    assert_eq!(intake.resources[3].index, Some(1));
    for _ in 0..5 {
        text = format!(r#"{{"resourceType":"Bundle","type":"batch","entry":[{{"resource":{text}}}]}}"#);
    }
    let intake = ok(&text);
    assert!(intake.resources.is_empty());
    assert_eq!(intake.rejected, [Rejected { line: None, index: Some(0), why: ReadError::TooDeep }]);
}

#[test]
fn one_resource_is_one_resource_even_with_an_entry_of_its_own() {
    let intake =
        ok("\u{feff} {\"resourceType\": \"List\", \"entry\": [ {\"item\": {\"reference\": \"Basic/1\"}} ], \"a\": 1 }");
    assert_eq!(intake.format, Format::Resource("List".to_owned()));
    assert_eq!(intake.shell, None);
    assert_eq!(texts(&intake), [r#"{"resourceType":"List","entry":[{"item":{"reference":"Basic/1"}}],"a":1}"#]);
    assert_eq!(
        texts(&ok(r#"{"entry":[{"item":1}],"resourceType":"List"}"#)),
        [r#"{"entry":[{"item":1}],"resourceType":"List"}"#]
    );
    assert_eq!(ok("{\"resourceType\":\"Pat\\u0069ent\"}\n").format, Format::Resource("Patient".to_owned()));
}

#[test]
fn lines_are_read_one_by_one_and_bad_ones_listed() {
    let intake = ok(
        "{\"resourceType\": \"Patient\"}\r\n\r\n{\"resourceType\":\"Basic\",\n{\"resourceType\":\"Flag\"}\n[1]\nnot json\n\
         {\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":{\"resourceType\":\"Goal\"}}]}\n{\"resourceType\":\"Tas",
    );
    assert_eq!(intake.format, Format::Ndjson);
    let good: Vec<_> = intake.resources.iter().map(|resource| (resource.line.unwrap(), &*resource.json)).collect();
    assert_eq!(
        good,
        [(1, r#"{"resourceType":"Patient"}"#), (4, r#"{"resourceType":"Flag"}"#), (7, r#"{"resourceType":"Goal"}"#)]
    );
    let bad: Vec<_> = intake.rejected.iter().map(|rejected| rejected.line.unwrap()).collect();
    assert_eq!(bad, [3, 5, 6, 8]);
    assert_eq!(intake.rejected[3].why, ReadError::NotJson { line: 8, column: 21 });
}

#[test]
fn lines_are_told_from_one_value_even_when_the_first_line_is_bad_or_there_is_one_line_with_several() {
    let intake = ok("{\"resourceType\":\"Pat\n{\"resourceType\":\"Basic\"}\n");
    assert_eq!((intake.resources.len(), intake.rejected.len()), (1, 1));
    let intake = ok(r#"{"resourceType":"Basic"}{"resourceType":"Flag"} {"resourceType":"Goal"}"#);
    assert_eq!((intake.resources.len(), intake.format), (3, Format::Ndjson));
}

#[test]
fn utf_16_with_a_mark_reads_as_utf_8_does() {
    let text = "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"أمارا 🙂\"}]}";
    let units: Vec<u16> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    assert_eq!(texts(&read(&little).unwrap()), [text]);
    assert_eq!(texts(&read(&big).unwrap()), [text]);
    assert_eq!(fails(&little[..little.len() - 1]), ReadError::Encoding);
    assert_eq!(fails(b"\xff\xfe\x00\xd8"), ReadError::Encoding);
    assert_eq!(fails(b"{\"resourceType\":\"Patient\xe9\"}"), ReadError::Encoding);
}

#[test]
fn what_is_no_fhir_json_is_named() {
    assert_eq!(fails(b""), ReadError::Empty);
    assert_eq!(fails(b"\xef\xbb\xbf \r\n"), ReadError::Empty);
    let named = |bytes: &[u8]| match fails(bytes) {
        ReadError::OtherFormat(name) => name,
        other => panic!("{other:?}"),
    };
    assert_eq!(named(b"<?xml version=\"1.0\"?><Patient xmlns=\"http://hl7.org/fhir\"/>"), "XML");
    assert_eq!(named(b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\">"), "C-CDA");
    assert_eq!(named(b"%PDF-1.7\n%\xe2\xe3"), "PDF");
    assert_eq!(named(b"PK\x03\x04\x14\x00"), "a zip archive");
    assert_eq!(named(b"\x0bMSH|^~\\&|LAB"), "HL7 v2");
    assert_eq!(named(b"shc:/5676290952"), "a SMART Health Card");
    assert_eq!(named(b"{\"verifiableCredential\":[\"eyJ6aXAi\"]}"), "a SMART Health Card");
}

#[test]
fn json_that_is_no_fhir_or_no_json_says_where() {
    assert_eq!(fails(b"[]"), ReadError::NotFhir);
    assert_eq!(fails(b"{}"), ReadError::NotFhir);
    assert_eq!(fails(b"{\"resourceType\":7}"), ReadError::NotFhir);
    assert_eq!(fails(b"{\"resourceType\":\"no type\"}"), ReadError::NotFhir);
    assert_eq!(fails("{\n \"é\": tru }".as_bytes()), ReadError::NotJson { line: 2, column: 10 });
    assert_eq!(fails(b"id,value\n1,2"), ReadError::NotJson { line: 1, column: 1 });
    for bad in [
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":+1}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
    ] {
        assert!(matches!(fails(bad.as_bytes()), ReadError::NotJson { .. }), "{bad}");
    }
}

#[test]
fn other_versions_of_fhir_are_named_where_that_is_certain() {
    assert_eq!(fails(br#"{"resourceType":"MedicationOrder"}"#), ReadError::OtherVersion("DSTU2".to_owned()));
    assert_eq!(
        fails(br#"{"resourceType":"Immunization","wasNotGiven":true}"#),
        ReadError::OtherVersion("DSTU2".to_owned())
    );
    let intake =
        ok(r#"{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Conformance"}}]}"#);
    assert_eq!(intake.rejected[0].why, ReadError::OtherVersion("DSTU2".to_owned()));
}

#[test]
fn deep_nesting_is_refused_as_such_and_never_overflows() {
    let nested = |depth: usize| format!(r#"{{"resourceType":"Basic","a":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert_eq!(ok(&nested(123)).resources.len(), 1);
    assert_eq!(fails(nested(124).as_bytes()), ReadError::TooDeep);
    assert_eq!(fails(nested(10_000).as_bytes()), ReadError::TooDeep);
    assert_eq!(fails("[".repeat(100_000).as_bytes()), ReadError::TooDeep);
    let bundle =
        |inner: &str| format!(r#"{{"resourceType":"Bundle","type":"batch","entry":[{{"resource":{inner}}}]}}"#);
    assert_eq!(ok(&bundle(&nested(123))).resources.len(), 1);
    assert_eq!(fails(bundle(&nested(124)).as_bytes()), ReadError::TooDeep);
    assert_eq!(minify(&"{\"a\":".repeat(500)), Err(ReadError::TooDeep));
    assert_eq!(read_line(&nested(200), 9).unwrap_err().why, ReadError::TooDeep);
}

#[test]
fn a_streamed_line_is_read_like_a_line_of_a_file() {
    let resource = read_line(" {\"resourceType\": \"Basic\", \"n\": 1.0 } \r\n", 12).unwrap();
    assert_eq!((&*resource.json, resource.line), (r#"{"resourceType":"Basic","n":1.0}"#, Some(12)));
    let why = |line: &str| read_line(line, 3).unwrap_err().why;
    assert_eq!(why("  \r\n"), ReadError::Empty);
    assert_eq!(why("{\"resourceType\":\"Basic\"} x"), ReadError::NotJson { line: 3, column: 26 });
    assert_eq!(why("[]"), ReadError::NotFhir);
}

#[test]
fn many_bad_lines_cost_no_more_than_many_good_ones() {
    let bad = "{\"resourceType\":\"Basic\",\n".repeat(200_000);
    let start = std::time::Instant::now();
    let intake = ok(&format!("{{\"resourceType\":\"Basic\"}}\n{bad}"));
    assert_eq!((intake.resources.len(), intake.rejected.len()), (1, 200_000));
    assert_eq!(intake.rejected[199_999].line, Some(200_001));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
