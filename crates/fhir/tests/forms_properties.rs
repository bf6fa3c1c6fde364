//! Forms of any content: nothing is lost on the way to FHIR and back, and nothing panics.

#![expect(clippy::unwrap_used, reason = "tests, helpers of tests included")]

use chartchain_fhir::form::{
    Allergy, Attachment, Certainty, Condition, ConditionStatus, DateParts, Document, DocumentKind, Form, FormContext,
    FormDate, Measurement, MeasurementKind, Medicine, Note, Reading, Severity, Symptom, Taken, Unit, Vaccination,
    entered_in_error,
};
use chartchain_fhir::{describe, facts, minify};
use proptest::prelude::*;
use proptest::sample::select;

/// A text that is written as it is: no white space around it, no control characters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["", "[a-z,\" ]{0,12}", "\\PC{0,30}", "\\PC{0,8}[\n\t]\\PC{1,8}"].prop_map(|text| text.trim().to_owned())
}

fn some_text() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.is_empty() { "x".to_owned() } else { text })
}

/// Anything that a field may be filled with.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![text(), any::<String>(), Just(" \u{1} ".to_owned())]
}

fn day() -> impl Strategy<Value = String> {
    let clock = "(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+-]0[0-9]:[0-5][0-9]))?";
    ("[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])", clock).prop_map(|(day, clock)| day + &clock)
}

fn date() -> impl Strategy<Value = String> {
    prop_oneof![day(), "[12][0-9]{3}(-(0[1-9]|1[0-2]))?"]
}

fn date_or_none() -> impl Strategy<Value = String> {
    prop_oneof![date(), ""]
}

fn number() -> impl Strategy<Value = String> {
    "(0|[1-9][0-9]{0,8})(\\.[0-9]{1,8})?"
}

fn severity() -> impl Strategy<Value = Option<Severity>> {
    select(vec![None, Some(Severity::Mild), Some(Severity::Moderate), Some(Severity::Severe)])
}

fn measurement() -> impl Strategy<Value = Form> {
    (select(MeasurementKind::ALL.to_vec()), any::<prop::sample::Index>(), number(), number(), day(), text(), text())
        .prop_map(|(kind, unit, first, second, when, site, comment)| {
            let when = FormDate::new(&when);
            let units: Vec<Unit> = kind.units().collect();
            let reading = if kind == MeasurementKind::BloodPressure {
                Reading::Pressure { systolic: first, diastolic: second }
            } else {
                Reading::One(first)
            };
            Form::Measurement(Measurement { kind, reading, unit: Some(*unit.get(&units)), when, site, comment })
        })
}

/// Forms that may be saved.
fn form() -> impl Strategy<Value = Form> {
    let symptom = (some_text(), date(), date_or_none(), severity(), text(), text()).prop_map(
        |(name, from, until, severity, site, comment)| {
            let [from, until] = [from, until].map(|text| FormDate::new(&text));
            Form::Symptom(Symptom { name, from, until, severity, site, comment })
        },
    );
    let medicine = (
        some_text(),
        [text(), text(), text(), text(), text()],
        date_or_none(),
        date_or_none(),
        select(vec![Taken::Current, Taken::Planned, Taken::Stopped]),
        proptest::option::of(1..=6_u8),
    )
        .prop_map(|(name, [dose, how_often, route, reason, comment], from, until, taken, times_a_day)| {
            let [from, until] = [from, until].map(|text| FormDate::new(&text));
            Form::Medicine(Medicine { name, dose, how_often, times_a_day, route, reason, from, until, taken, comment })
        });
    let allergy = (
        some_text(),
        text(),
        severity(),
        date_or_none(),
        select(vec![None, Some(Certainty::Sure), Some(Certainty::Suspected)]),
        text(),
    )
        .prop_map(|(substance, reaction, severity, from, certainty, comment)| {
            let from = FormDate::new(&from);
            Form::Allergy(Allergy { substance, reaction, severity, from, certainty, comment })
        });
    let statuses =
        [ConditionStatus::Active, ConditionStatus::Remission, ConditionStatus::Inactive, ConditionStatus::Resolved];
    let condition = (some_text(), date_or_none(), date_or_none(), select(statuses.to_vec()), text()).prop_map(
        |(name, from, until, status, comment)| {
            let [from, until] = [from, until].map(|text| FormDate::new(&text));
            Form::Condition(Condition { name, from, until, status, comment })
        },
    );
    let vaccination = (some_text(), date(), text(), text(), text(), text()).prop_map(
        |(vaccine, when, lot, maker, place, comment)| {
            let when = FormDate::new(&when);
            Form::Vaccination(Vaccination { vaccine, when, lot, maker, place, comment })
        },
    );
    let note = (text(), some_text(), date_or_none())
        .prop_map(|(title, text, when)| Form::Note(Note { title, text, when: FormDate::new(&when) }));
    let file = ("[a-z]{1,8}/[a-z][a-z0-9.+-]{0,8}", 0..=i32::MAX as u32, any::<[u8; 32]>(), "[!-~]{1,40}");
    let document = (some_text(), select(DocumentKind::ALL.to_vec()), date_or_none(), file).prop_map(
        |(title, kind, when, (content_type, size_bytes, sha256, url))| {
            let attachment = Attachment { content_type, size_bytes, sha256, url };
            Form::Document(Document { title, kind, when: FormDate::new(&when), attachment })
        },
    );
    prop_oneof![symptom, measurement(), medicine, allergy, condition, vaccination, note, document]
}

fn context() -> FormContext {
    FormContext::new("a-1", "Patient/1", &FormDate::new("2026-11-22T15:00:00+01:00")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(2000)))]

    #[test]
    fn a_form_comes_back_from_its_resource_exactly(form in form()) {
        let Ok(resource) = form.to_resource(&context()) else {
            // Only an end before its beginning, or of something that lasts, can be wrong with these.
            prop_assert!(matches!(form, Form::Symptom(_) | Form::Medicine(_) | Form::Condition(_)));
            return Ok(());
        };
        prop_assert!(Form::from_resource(&resource) == Some(form.clone()), "{}", resource);
        prop_assert_eq!(form.to_resource(&context()).unwrap(), resource.as_str());
        let independent: serde_json::Value = serde_json::from_str(&resource).unwrap();
        prop_assert!(independent.is_object());
        prop_assert_eq!(&*minify(&resource).unwrap(), resource.as_str());
        prop_assert!(facts(&resource).is_ok() && describe(&resource).is_ok());
        prop_assert!(facts(&entered_in_error(&resource).unwrap()).unwrap().wrong);
    }

    #[test]
    fn untidy_texts_are_tidied_once(title in any_text(), text in any_text(), when in any_text(), dose in any_text(), often in any_text()) {
        let note = Form::Note(Note { title: title.clone(), text, when: FormDate::new(&when) });
        let medicine = Form::Medicine(Medicine { name: title, dose, how_often: often.clone(), route: often, ..Medicine::default() });
        for form in [note, medicine] {
            prop_assert!(form.check(&FormDate::new(&when)).len() < 20);
            if let Ok(resource) = form.to_resource(&context()) {
                let tidy = Form::from_resource(&resource).unwrap();
                prop_assert_eq!(tidy.to_resource(&context()).unwrap(), resource);
            }
        }
    }

    #[test]
    fn a_resource_that_differs_by_a_character_is_another_form_or_none(form in form(), at in any::<prop::sample::Index>(), with in "\\PC") {
        let Ok(resource) = form.to_resource(&context()) else { return Ok(()) };
        let mut chars: Vec<char> = resource.chars().collect();
        let at = at.index(chars.len());
        chars[at] = with.chars().next().unwrap();
        let other: String = chars.into_iter().collect();
        if let Some(read) = Form::from_resource(&other)
            && other != resource
        {
            // Amending what was read writes what it was read from, but for the time of writing.
            let now = FormDate::new("2026-11-22T15:00:00+01:00");
            let mut again = read.to_resource(&FormContext::amending(&other, &now).unwrap()).unwrap();
            again = again.replace("\"amended\"", "\"final\"");
            let without_time = |text: &str| {
                let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
                for key in ["issued", "recordedDate", "dateAsserted", "recorded", "received", "date"] {
                    value.as_object_mut().unwrap().remove(key);
                }
                value
            };
            prop_assert_eq!(without_time(&again), without_time(&other));
        }
    }

    #[test]
    fn parts_of_a_date_are_whatever_was_typed(year in any_text(), month in any_text(), day in any_text(), clock in any_text(), offset_minutes in any::<Option<i16>>()) {
        let date = FormDate::from_parts(&DateParts { year, month, day, clock, offset_minutes });
        if let Some(parts) = date.parts() {
            let again = FormDate::from_parts(&parts);
            prop_assert_eq!(again.when().map(|when| when.sort_ms), date.when().map(|when| when.sort_ms));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), kind in select(vec!["Condition", "Observation", "MedicationStatement", "DocumentReference"])) {
        let quoted = serde_json::to_string(&text).unwrap();
        for json in [text, format!(r#"{{"resourceType":"{kind}","id":{quoted},"status":{quoted}}}"#)] {
            let _ = (Form::from_resource(&json), entered_in_error(&json), FormContext::amending(&json, &FormDate::default()));
        }
    }
}
