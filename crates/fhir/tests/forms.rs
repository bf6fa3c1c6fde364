//! What is entered becomes FHIR and comes back, or is refused with a reason.

#![expect(clippy::unwrap_used, reason = "tests, helpers of tests included")]

mod samples;

use chartchain_fhir::form::{
    Allergy, Condition, ConditionStatus, ContextError, Field, Form, FormContext, FormDate, FormProblem, MAX_TEXT_BYTES,
    Measurement, MeasurementKind, Medicine, Note, Problem, Reading, Symptom, Taken, Unit, Vaccination, WrongError,
    entered_in_error,
};
use chartchain_fhir::{Kind, Value, facts};
use samples::forms;

const NOW: &str = "2026-11-22T15:00:00+01:00";
const ID: &str = "5f3a0000-0000-4000-8000-000000000001";
const SUBJECT: &str = "urn:uuid:0a1b2c3d-0000-4000-8000-00000000abcd";

fn date(text: &str) -> FormDate {
    FormDate::new(text)
}

fn context() -> FormContext {
    FormContext::new(ID, SUBJECT, &date(NOW)).unwrap()
}

fn weight(number: &str, unit: Option<Unit>, when: &str) -> Form {
    Form::Measurement(Measurement {
        kind: MeasurementKind::BodyWeight,
        reading: Reading::One(number.to_owned()),
        unit,
        when: date(when),
        site: String::new(),
        comment: String::new(),
    })
}

fn pressure(systolic: &str, diastolic: &str) -> Form {
    Form::Measurement(Measurement {
        kind: MeasurementKind::BloodPressure,
        reading: Reading::Pressure { systolic: systolic.to_owned(), diastolic: diastolic.to_owned() },
        unit: Some(Unit::MillimetreOfMercury),
        when: date("2026-11-22"),
        site: String::new(),
        comment: String::new(),
    })
}

fn problems(form: &Form) -> Vec<(Field, Problem)> {
    form.check(&date(NOW)).into_iter().map(|FormProblem { field, problem }| (field, problem)).collect()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_form_comes_back_exactly_and_has_no_problem() {
    for form in forms() {
        assert_eq!(problems(&form), [], "{form:?}");
        let resource = form.to_resource(&context()).unwrap();
        assert!(Form::from_resource(&resource) == Some(form.clone()), "{resource}");
        let amended =
            form.to_resource(&FormContext::amending(&resource, &date("2027-01-01T00:00:00Z")).unwrap()).unwrap();
        assert_ne!(amended, resource);
        assert_eq!(facts(&amended).unwrap().id.as_deref(), Some(ID));
        assert!(Form::from_resource(&amended) == Some(form), "{amended}");
    }
}

#[test]
fn every_form_travels_through_serde() {
    for form in forms() {
        let text = serde_json::to_string(&form).unwrap();
        assert!(serde_json::from_str::<Form>(&text).unwrap() == form);
    }
}

#[test]
fn an_index_finds_every_form_where_a_person_looks_for_it() {
    for form in forms() {
        let facts = facts(&form.to_resource(&context()).unwrap()).unwrap();
        let expected = match &form {
            Form::Symptom(_) | Form::Condition(_) => &[Kind::Condition][..],
            Form::Measurement(_) => &[Kind::Vital, Kind::TestResult],
            Form::Medicine(_) => &[Kind::Medicine],
            Form::Allergy(_) => &[Kind::Allergy],
            Form::Vaccination(_) => &[Kind::Vaccination],
            Form::Note(_) => &[Kind::Note],
            Form::Document(_) => &[Kind::Document],
        };
        assert!(expected.contains(&facts.kind), "{form:?}: {:?}", facts.kind);
        assert_eq!(facts.subject_ref.as_deref(), Some(SUBJECT));
        assert!(!facts.wrong);
        let title = match &form {
            Form::Symptom(symptom) => &symptom.name,
            Form::Medicine(medicine) => &medicine.name,
            Form::Allergy(allergy) => &allergy.substance,
            Form::Condition(condition) => &condition.name,
            Form::Vaccination(vaccination) => &vaccination.vaccine,
            _ => continue,
        };
        assert_eq!(&facts.title, title);
    }
}

#[test]
fn a_document_is_filed_under_the_date_of_what_it_tells_of() {
    let dated: Vec<Form> =
        forms().into_iter().filter(|form| matches!(form, Form::Document(it) if !it.when.is_empty())).collect();
    assert!(!dated.is_empty());
    for form in dated {
        let facts = facts(&form.to_resource(&context()).unwrap()).unwrap();
        assert_eq!(facts.when.unwrap().written, "2024-02");
    }
}

#[test]
fn a_medicine_shows_dose_frequency_and_route_in_one_line() {
    let medicine = forms().into_iter().find(|form| matches!(form, Form::Medicine(_))).unwrap();
    let facts = facts(&medicine.to_resource(&context()).unwrap()).unwrap();
    assert_eq!(facts.detail.as_deref(), Some("5 mg, once a day, in the morning, by mouth"));
    assert_eq!(facts.until.unwrap().written, "2026-10-31");
}

#[test]
fn numbers_stay_as_entered_and_units_are_not_converted() {
    let resource = weight("72.50", Some(Unit::Pound), "2026-11-22").to_resource(&context()).unwrap();
    assert!(resource.contains(r#""valueQuantity":{"value":72.50,"unit":"lb","#), "{resource}");
    assert!(resource.contains(r#""code":"[lb_av]"}"#));
    let facts = facts(&resource).unwrap();
    let expected = Value::Quantity { comparator: None, number: "72.50".to_owned(), unit: Some("lb".to_owned()) };
    assert_eq!(facts.value, Some(expected));
}

#[test]
fn white_space_around_texts_and_control_characters_are_not_written() {
    let form = Form::Note(Note { title: " \u{0}".into(), text: " a\u{7}b\r\nc ".into(), when: date("") });
    let resource = form.to_resource(&context()).unwrap();
    let tidy = Form::Note(Note { title: String::new(), text: "ab\r\nc".into(), when: date("") });
    assert!(Form::from_resource(&resource) == Some(tidy));
    assert!(json(&resource).get("topic").is_none());
}

#[test]
fn empty_forms_say_what_is_missing_and_are_refused() {
    let missing = |field| (field, Problem::Missing);
    for (form, expected) in [
        (Form::Symptom(Symptom::default()), vec![missing(Field::Name), missing(Field::From)]),
        (Form::Medicine(Medicine::default()), vec![missing(Field::Name)]),
        (Form::Allergy(Allergy::default()), vec![missing(Field::Name)]),
        (Form::Condition(Condition::default()), vec![missing(Field::Name)]),
        (Form::Vaccination(Vaccination::default()), vec![missing(Field::Name), missing(Field::When)]),
        (Form::Note(Note { text: "\u{1}\n".into(), ..Note::default() }), vec![missing(Field::Text)]),
        (
            weight("", None, ""),
            vec![missing(Field::Number), (Field::Unit, Problem::UnitRequired), missing(Field::When)],
        ),
    ] {
        assert_eq!(problems(&form), expected, "{form:?}");
        let refused = form.to_resource(&context()).unwrap_err();
        assert_eq!(refused.problems.len(), expected.len());
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for number in ["x", "72,5", "-1", "+1", "1e3", ".5", "5.", "072", "7 2", "٧٢", "1234567890123456789", "0x10", "NaN"]
    {
        let form = weight(number, Some(Unit::Kilogram), "2026-11-22");
        assert_eq!(problems(&form), [(Field::Number, Problem::NotANumber)], "{number}");
        assert!(form.to_resource(&context()).is_err());
    }
}

#[test]
fn an_implausible_number_is_a_question_in_the_unit_entered_and_can_be_kept() {
    let form = weight("814", Some(Unit::Kilogram), "2026-11-22");
    let expected = Problem::Implausible { low: "2".to_owned(), high: "300".to_owned() };
    assert_eq!(problems(&form), [(Field::Number, expected)]);
    assert!(form.check(&date(NOW))[0].is_question());
    assert!(form.to_resource(&context()).unwrap().contains(r#""value":814,"#));
    assert_eq!(problems(&weight("179", Some(Unit::Pound), "2026-11-22")), []);
}

#[test]
fn both_numbers_of_a_blood_pressure_are_looked_at() {
    let implausible = |low: &str, high: &str| Problem::Implausible { low: low.to_owned(), high: high.to_owned() };
    assert_eq!(problems(&pressure("138", "82")), []);
    assert_eq!(problems(&pressure("138", "8")), [(Field::Diastolic, implausible("25", "160"))]);
    assert_eq!(problems(&pressure("380", "82")), [(Field::Number, implausible("50", "260"))]);
    assert_eq!(problems(&pressure("82", "138")), [(Field::Diastolic, Problem::PressureUpsideDown)]);
    assert_eq!(problems(&pressure("138", "")), [(Field::Diastolic, Problem::Missing)]);
    let Form::Measurement(mut one) = pressure("138", "82") else { panic!() };
    one.reading = Reading::One("138".to_owned());
    assert_eq!(problems(&Form::Measurement(one.clone())), [(Field::Diastolic, Problem::Missing)]);
    one.unit = Some(Unit::Kilogram);
    one.reading = Reading::Pressure { systolic: "138".to_owned(), diastolic: "82".to_owned() };
    assert_eq!(problems(&Form::Measurement(one)), [(Field::Unit, Problem::UnitNotForThis)]);
}

#[test]
fn dates_have_to_be_dates_that_have_come_and_measurements_need_the_day() {
    let unit = Some(Unit::Kilogram);
    for (when, problem) in [
        ("2026-02-30", Problem::NotADate),
        ("2026-11-22T10:00", Problem::NotADate),
        ("2026-11", Problem::DayNeeded),
        ("2026-11-23", Problem::InTheFuture),
        ("2026-11-22T14:00:01Z", Problem::InTheFuture),
    ] {
        assert_eq!(problems(&weight("72", unit, when)), [(Field::When, problem)], "{when}");
    }
    assert!(weight("72", unit, "2027-11-23").to_resource(&context()).is_ok());
    let medicine = |taken, from: &str, until: &str| {
        let (from, until) = (date(from), date(until));
        problems(&Form::Medicine(Medicine { name: "Iron".into(), taken, from, until, ..Medicine::default() }))
    };
    assert_eq!(medicine(Taken::Planned, "2027", "2028"), []);
    assert_eq!(medicine(Taken::Current, "2026", "2028"), []);
    assert_eq!(medicine(Taken::Current, "2027", ""), [(Field::From, Problem::InTheFuture)]);
    assert_eq!(medicine(Taken::Stopped, "2026", "2028"), [(Field::Until, Problem::InTheFuture)]);
    assert_eq!(medicine(Taken::Stopped, "2026", "2025-12-31"), [(Field::Until, Problem::EndsBeforeItBegins)]);
}

#[test]
fn a_condition_that_has_ended_is_not_active() {
    let over = |status| {
        let condition = Condition { name: "Flu".into(), until: date("2020"), status, ..Condition::default() };
        problems(&Form::Condition(condition))
    };
    assert_eq!(over(ConditionStatus::Active), [(Field::Status, Problem::EndedButLasting)]);
    assert_eq!(over(ConditionStatus::Inactive), []);
}

#[test]
fn texts_are_bounded() {
    let note = |length: usize| Form::Note(Note { text: "x".repeat(length), ..Note::default() });
    assert_eq!(problems(&note(MAX_TEXT_BYTES)), []);
    assert_eq!(problems(&note(MAX_TEXT_BYTES + 1)), [(Field::Text, Problem::TooLong { max_bytes: 65_536 })]);
}

#[test]
fn a_file_has_a_media_type_a_reference_and_a_size_that_fhir_can_say() {
    let Some(Form::Document(good)) = forms().into_iter().find(|form| matches!(form, Form::Document(_))) else {
        panic!()
    };
    let with = |content_type: &str, url: &str, size_bytes: u32| {
        let mut document = good.clone();
        document.attachment.content_type = content_type.to_owned();
        document.attachment.url = url.to_owned();
        document.attachment.size_bytes = size_bytes;
        problems(&Form::Document(document))
    };
    assert_eq!(with("text/plain; charset=utf-8", "Binary/1", 0), []);
    assert_eq!(with("", "Binary/1", 1), [(Field::File, Problem::Missing)]);
    assert_eq!(with("image/png", "", 1), [(Field::File, Problem::Missing)]);
    for content_type in ["png", "image/", "/png", "image/png/x", "image png", "image/png "] {
        assert_eq!(with(content_type, "Binary/1", 1), [(Field::File, Problem::NotAFile)], "{content_type}");
    }
    assert_eq!(with("image/png", "Binary /1", 1), [(Field::File, Problem::NotAFile)]);
    assert_eq!(
        with("image/png", "Binary/1", 1 << 31),
        [(Field::File, Problem::TooLong { max_bytes: i32::MAX as u32 })]
    );
}

#[test]
fn a_context_is_an_id_a_reference_and_a_full_time() {
    let context = |id: &str, subject: &str, recorded: &str| FormContext::new(id, subject, &date(recorded)).err();
    assert_eq!(context(ID, SUBJECT, NOW), None);
    assert_eq!(context("", SUBJECT, NOW), Some(ContextError::Id));
    assert_eq!(context("a b", SUBJECT, NOW), Some(ContextError::Id));
    assert_eq!(context(ID, "", NOW), Some(ContextError::Subject));
    assert_eq!(context(ID, "Patient/1\n", NOW), Some(ContextError::Subject));
    assert_eq!(context(ID, SUBJECT, "2026-11-22"), Some(ContextError::Recorded));
    for resource in ["", "{}", r#"{"resourceType":"Observation","id":"1"}"#] {
        assert_eq!(FormContext::amending(resource, &date(NOW)).err(), Some(ContextError::Resource));
    }
}

#[test]
fn amending_keeps_the_order_of_nobody_but_every_member() {
    let resource = weight("72.50", Some(Unit::Kilogram), "2026-11-22").to_resource(&context()).unwrap();
    let serde_json::Value::Object(members) = json(&resource) else { panic!() };
    let turned: serde_json::Map<_, _> = members.clone().into_iter().rev().collect();
    assert!(Form::from_resource(&serde_json::to_string_pretty(&turned).unwrap()).is_some());
    for key in members.keys() {
        let mut less = members.clone();
        less.remove(key);
        assert!(Form::from_resource(&serde_json::to_string(&less).unwrap()).is_none(), "without {key}");
    }
}

#[test]
fn what_a_form_cannot_say_is_not_amended_with_one() {
    for form in forms() {
        let resource = form.to_resource(&context()).unwrap();
        for more in [
            r#""meta":{"versionId":"2"}"#,
            r#""extension":[]"#,
            r#""_status":null"#,
            r#""language":"en""#,
            r#""id":"other""#,
            r#""note":[{"text":"a"},{"text":"b"}]"#,
        ] {
            let richer = resource.replacen('{', &format!("{{{more},"), 1);
            assert!(Form::from_resource(&richer).is_none(), "{richer}");
        }
        let wrong = entered_in_error(&resource).unwrap();
        assert!(Form::from_resource(&wrong).is_none(), "{wrong}");
    }
    for other in ["", "[]", r#"{"resourceType":"Patient"}"#, r#"{"resourceType":"Observation","status":"final"}"#] {
        assert!(Form::from_resource(other).is_none());
    }
}

#[test]
fn a_number_in_another_spelling_is_not_the_same_form() {
    let resource = weight("72.50", Some(Unit::Kilogram), "2026-11-22").to_resource(&context()).unwrap();
    let shorter = resource.replace("72.50", "72.5");
    assert!(Form::from_resource(&shorter) == Some(weight("72.5", Some(Unit::Kilogram), "2026-11-22")));
    assert!(Form::from_resource(&resource.replace("72.50", "7.25e1")).is_none());
    assert!(Form::from_resource(&resource.replace("72.50", "\"72.50\"")).is_none());
}

#[test]
fn every_form_can_be_withdrawn_and_facts_say_so() {
    for form in forms() {
        let resource = form.to_resource(&context()).unwrap();
        let wrong = entered_in_error(&resource).unwrap();
        let facts = facts(&wrong).unwrap();
        assert!(facts.wrong, "{wrong}");
        assert_eq!(entered_in_error(&wrong).unwrap(), wrong);
        let (before, after) = (json(&resource), json(&wrong));
        for (key, value) in before.as_object().unwrap() {
            let goes = matches!(key.as_str(), "status" | "clinicalStatus" | "verificationStatus" | "abatementDateTime");
            assert!(goes || after.get(key) == Some(value), "{key}");
        }
    }
}

#[test]
fn withdrawing_changes_no_other_token() {
    let wrong = |text: &str| entered_in_error(text).unwrap();
    assert_eq!(
        wrong(
            "{ \"a\" : 1.50,\n\"status\":\"final\",\"_status\":{\"id\":\"x\"}, \"a\":\"\\u0041 b\",\"resourceType\":\"Observation\"}"
        ),
        r#"{"a":1.50,"status":"entered-in-error","a":"\u0041 b","resourceType":"Observation"}"#
    );
    assert_eq!(
        wrong(r#"{"status":"x","resourceType":"Procedure","status":"y"}"#),
        r#"{"status":"entered-in-error","resourceType":"Procedure"}"#
    );
    assert_eq!(
        wrong(r#"{"resourceType":"Goal","x":[]}"#),
        r#"{"resourceType":"Goal","x":[],"lifecycleStatus":"entered-in-error"}"#
    );
    assert_eq!(
        wrong(
            r#"{"resourceType":"Condition","clinicalStatus":{},"_abatementString":{},"abatementString":"x","onsetString":"y"}"#
        ),
        concat!(
            r#"{"resourceType":"Condition","onsetString":"y","verificationStatus":{"coding":[{"#,
            r#""system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"entered-in-error"}]}}"#
        )
    );
    // FHIR STU3.
    assert_eq!(
        wrong(r#"{"resourceType":"AllergyIntolerance","verificationStatus":"confirmed","clinicalStatus":"active"}"#),
        r#"{"resourceType":"AllergyIntolerance","verificationStatus":"entered-in-error"}"#
    );
}

#[test]
fn what_fhir_cannot_withdraw_is_said() {
    let person = entered_in_error(r#"{"resourceType":"Patient","active":true}"#);
    assert_eq!(person, Err(WrongError::NoSuchStatus("Patient".to_owned())));
    assert!(matches!(entered_in_error("{"), Err(WrongError::Unreadable(_))));
    assert!(matches!(entered_in_error("{}"), Err(WrongError::Unreadable(_))));
}

#[test]
fn nothing_that_was_entered_stands_in_what_is_logged() {
    for form in forms() {
        let shown = format!("{form:?}");
        assert!(shown.ends_with("(…)") && shown.chars().count() < 20, "{shown}");
    }
}
