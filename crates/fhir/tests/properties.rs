//! Nothing is lost and nothing panics, whatever the text is.

use chartchain_fhir::{describe, facts, minify, narrative_text, parse_when, pretty, read, read_line};
use proptest::prelude::*;

/// JSON text of any sort, with white space anywhere, numbers in every spelling and repeated keys.
fn json() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?";
    let string = r#""([^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}){0,12}""#;
    let white = "[ \t\r\n]{0,3}";
    let leaf = prop_oneof![number, string, Just("null".to_owned()), Just("true".to_owned()), Just("false".to_owned())];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        let item = (white, inner.clone(), white).prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let key =
            prop_oneof!["\"[a-z]{1,6}\"", Just("\"resourceType\"".to_owned()), Just("\"entry\"".to_owned()), string];
        let member = (white, key, white, item.clone())
            .prop_map(|(before, key, gap, value)| format!("{before}{key}{gap}:{value}"));
        prop_oneof![
            (proptest::collection::vec(item, 0..6), white).prop_map(|(items, gap)| {
                if items.is_empty() { format!("[{gap}]") } else { format!("[{}]", items.join(",")) }
            }),
            (proptest::collection::vec(member, 0..6), white).prop_map(|(members, gap)| {
                if members.is_empty() { format!("{{{gap}}}") } else { format!("{{{}}}", members.join(",")) }
            }),
        ]
    })
}

/// The tokens of JSON text, found independently of the crate.
fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => {}
            '{' | '}' | '[' | ']' | ',' | ':' => out.push(c.to_string()),
            '"' => {
                let mut token = String::from('"');
                while let Some(next) = chars.next() {
                    token.push(next);
                    match next {
                        '\\' => token.extend(chars.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                out.push(token);
            }
            _ => {
                let mut token = String::from(c);
                while let Some(next) = chars.next_if(|next| !" \t\r\n{}[],:\"".contains(*next)) {
                    token.push(next);
                }
                out.push(token);
            }
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(400)))]

    #[test]
    fn minified_text_has_the_same_tokens_and_nothing_else(text in json()) {
        let small = minify(&text).unwrap();
        prop_assert_eq!(small.to_string(), tokens(&text).concat());
    }

    #[test]
    fn indented_text_has_the_same_tokens_and_minifies_to_the_same(text in json()) {
        let small = minify(&text).unwrap();
        let indented = pretty(&small);
        prop_assert_eq!(tokens(&indented), tokens(&small));
        prop_assert_eq!(minify(&indented).unwrap(), small);
        prop_assert_eq!(pretty(&text), indented);
    }

    #[test]
    fn a_resource_and_a_bundle_around_it_come_in_unchanged(text in json()) {
        let resource = format!("{{\"resourceType\": \"Basic\",\"value\":{text}}}");
        let expected = tokens(&resource).concat();
        prop_assert_eq!(&*read(resource.as_bytes()).unwrap().resources[0].json, expected.as_str());
        prop_assert_eq!(&*read_line(&resource, 1).unwrap().json, expected.as_str());
        let bundle = format!("{{\"x\":{text},\"entry\": [ {{\"resource\": {resource} }}],\"resourceType\":\"Bundle\"}}");
        let intake = read(bundle.as_bytes()).unwrap();
        prop_assert_eq!(&*intake.resources[0].json, expected.as_str());
        let shell = format!("{{\"x\":{},\"resourceType\":\"Bundle\"}}", tokens(&text).concat());
        prop_assert_eq!(intake.shell.as_deref(), Some(shell.as_str()));
    }

    #[test]
    fn what_is_json_is_decided_as_by_an_independent_parser(text in json(), at in any::<prop::sample::Index>(), with in "[\\PC]{0,2}") {
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        chars.splice(at..=at, with.chars());
        let broken: String = chars.into_iter().collect();
        let other = serde_json::from_str::<&serde_json::value::RawValue>(&broken);
        prop_assert_eq!(minify(&broken).is_ok(), other.is_ok(), "{}", broken);
    }

    #[test]
    fn odd_elements_never_break_facts_or_descriptions(text in json(), key in prop::sample::select(vec![
        "code", "name", "value", "valueQuantity", "component", "period", "dosageInstruction", "extension", "contained", "meta",
        "text", "medicationReference", "effectiveDateTime", "referenceRange", "item", "participant", "_birthDate", "identifier",
    ]), kind in prop::sample::select(vec![
        "Patient", "Observation", "MedicationRequest", "Encounter", "AllergyIntolerance", "Immunization", "Claim", "Unheard",
    ])) {
        let resource = format!("{{\"resourceType\":\"{kind}\",\"{key}\":{text}}}");
        let facts = facts(&resource).unwrap();
        prop_assert!(!facts.title.trim().is_empty());
        prop_assert!(describe(&resource).unwrap().len() <= 400);
        let _ = narrative_text(&resource);
    }

    #[test]
    fn no_bytes_and_no_text_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,60}") {
        let _ = (read(&bytes), read(text.as_bytes()), read_line(&text, 1), parse_when(&text), narrative_text(&text));
        let _ = pretty(&text);
        let when = parse_when(&format!("2012-02-06T{text}"));
        prop_assert!(when.is_none_or(|when| when.sort_ms > 0));
    }
}
