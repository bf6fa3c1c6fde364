//! Whose record a resource belongs to.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests, helpers of tests included")]

use chartchain_fhir::{Facts, Person, Resource, facts, find_people};

fn resource(full_url: &str, json: &str) -> (Resource, Facts) {
    let full_url = (!full_url.is_empty()).then(|| full_url.into());
    (Resource { json: json.into(), full_url, line: None, index: None }, facts(json).unwrap())
}

fn patient(full_url: &str, id: &str, name: &str, rest: &str) -> (Resource, Facts) {
    resource(full_url, &format!(r#"{{"resourceType":"Patient","id":"{id}","name":[{{"text":"{name}"}}]{rest}}}"#))
}

/// An Observation with this inside of its `subject`.
fn about(full_url: &str, subject: &str) -> (Resource, Facts) {
    resource(
        full_url,
        &format!(r#"{{"resourceType":"Observation","id":"o","code":{{"text":"x"}},"subject":{{{subject}}}}}"#),
    )
}

fn refers(full_url: &str, reference: &str) -> (Resource, Facts) {
    about(full_url, &format!(r#""reference":"{reference}""#))
}

/// For each resource the key of its person; `-` where it is nobody in particular.
fn keys(resources: &[(Resource, Facts)]) -> Vec<String> {
    let found = find_people(resources);
    let key = |number: &Option<usize>| number.map_or_else(|| "-".to_owned(), |number| found.people[number].0.clone());
    found.about.iter().map(key).collect()
}

const A: &str = "https://a.example/fhir/Patient/1";
const B: &str = "https://b.example/fhir/Patient/1";

fn two_hosts() -> Vec<(Resource, Facts)> {
    vec![patient(A, "1", "Ida Quill", ""), patient(B, "1", "Carl Stone", "")]
}

#[test]
fn two_people_with_one_short_id_at_two_servers_stay_two() {
    let mut resources = two_hosts();
    resources.push(refers("https://a.example/fhir/Observation/1", "Patient/1"));
    resources.push(refers("https://b.example/fhir/Observation/1", "Patient/1"));
    resources.push(refers("urn:uuid:9", B));
    resources.push(refers("https://a.example/fhir/Observation/2", &format!("{B}/_history/2")));
    assert_eq!(keys(&resources), [A, B, A, B, B, B]);
    let found = find_people(&resources);
    let names: Vec<_> = found.people.iter().map(|(_, person)| person.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Ida Quill", "Carl Stone"]);
}

#[test]
fn a_short_id_that_two_people_share_is_somebody_by_themselves() {
    let mut resources = two_hosts();
    resources.push(refers("", "Patient/1"));
    resources.push(refers("urn:uuid:9", "Patient/1/_history/4"));
    resources.push(refers("https://c.example/fhir/Observation/1", "Patient/1"));
    assert_eq!(keys(&resources), [A, B, "Patient/1", "Patient/1", "https://c.example/fhir/Patient/1"]);
    assert_eq!(find_people(&resources).people[2].1, Person::default());
}

#[test]
fn without_addresses_two_people_with_one_id_stay_two_only_where_they_contradict() {
    let born = |day: &str| format!(r#","birthDate":"{day}""#);
    let contradict = [
        patient("", "1", "Ida Quill", &born("1970-05-01")),
        patient("", "1", "Carl Stone", &born("1951-01-01")),
        refers("", "Patient/1"),
    ];
    assert_eq!(keys(&contradict), ["Patient/1", "Patient/1 #2", "Patient/1 #3"]);
    let married = [
        patient("", "1", "Ida Quill", &born("1970-05-01")),
        patient("", "1", "Ida Stone", &born("1970-05-01")),
        refers("", "Patient/1"),
    ];
    assert_eq!(keys(&married), ["Patient/1"; 3]);
}

#[test]
fn no_file_can_give_two_people_one_name() {
    let nameless = resource("", r#"{"resourceType":"Patient"}"#);
    let resources = [nameless.clone(), patient("Patient #3", "", "Ada Stone", ""), nameless];
    assert_eq!(keys(&resources), ["Patient", "Patient #3", "Patient #3*"]);
}

#[test]
fn one_person_is_found_by_short_id_where_only_they_have_it() {
    let one =
        |url: &str, reference: &str| keys(&[patient(url, "1", "Ida Quill", ""), refers("", reference)])[1].clone();
    assert_eq!(one(A, "Patient/1"), A);
    assert_eq!(one("urn:uuid:7", "Patient/1"), "urn:uuid:7");
    assert_eq!(one("", "Patient/1"), "Patient/1");
    // Resources that lost their addresses on the way.
    assert_eq!(one("", A), "Patient/1");
    // At another server it is somebody else.
    assert_eq!(one(A, B), B);
}

#[test]
fn a_uuid_finds_its_resource_without_a_full_url() {
    let id = "0a1b2c3d-0000-4000-8000-00000000abcd";
    let resources = [patient("", id, "Ida Quill", ""), refers("", &format!("urn:uuid:{id}"))];
    assert_eq!(keys(&resources), [format!("Patient/{id}"), format!("Patient/{id}")]);
}

#[test]
fn versions_and_fragments_make_no_phantoms() {
    let written = ["Patient/1", "Patient/1/_history/3", "Patient/1#name", "Patient/1/_history"];
    let mut resources = vec![patient("", "1", "Ida Quill", "")];
    resources.extend(written.iter().map(|reference| refers("", reference)));
    resources.push(refers("", &format!("{A}/_history/7#x")));
    assert_eq!(keys(&resources), ["Patient/1"; 6]);
    // Nor where the person is not in the input.
    assert_eq!(find_people(&resources[1..5]).people.len(), 1);
}

#[test]
fn groups_devices_places_and_organizations_are_nobody() {
    let group = resource("urn:uuid:5", r#"{"resourceType":"Group","id":"g"}"#);
    let resources = [
        refers("", "Group/1"),
        refers("", "https://a.example/fhir/Device/1"),
        refers("", "Location/1/_history/1"),
        refers("", "Organization/1"),
        about("", r#""reference":"urn:uuid:6","type":"Group""#),
        about("", r#""identifier":{"value":"7"},"type":"Device""#),
        refers("", "urn:uuid:5"),
        group,
    ];
    assert_eq!(keys(&resources), ["-"; 8]);
}

#[test]
fn what_is_about_a_thing_of_somebody_is_about_them() {
    let resources = [
        patient("", "1", "Ida Quill", ""),
        resource("", r#"{"resourceType":"Device","id":"pump","patient":{"reference":"Patient/1"}}"#),
        resource("", r#"{"resourceType":"Specimen","id":"s","subject":{"reference":"Patient/1"}}"#),
        resource("", r#"{"resourceType":"Specimen","id":"s","subject":{"reference":"Patient/1"},"note":[]}"#),
        refers("", "Device/pump"),
        refers("", "Specimen/s"),
    ];
    assert_eq!(keys(&resources), ["Patient/1"; 6]);
}

#[test]
fn things_that_are_about_each_other_end() {
    let thing = |id: &str, of: &str| {
        resource("", &format!(r#"{{"resourceType":"Specimen","id":"{id}","subject":{{"reference":"Specimen/{of}"}}}}"#))
    };
    assert_eq!(find_people(&[thing("a", "b"), thing("b", "a"), thing("c", "c")]).about.len(), 3);
}

#[test]
fn a_person_is_found_by_identifier() {
    let identifier = |value: &str| format!(r#""identifier":{{"system":"urn:x","value":"{value}"}}"#);
    let with = |value: &str| format!(r#","identifier":[{{"system":"urn:x","value":"{value}"}}]"#);
    let resources = [
        patient("", "1", "Ida Quill", &with("17")),
        patient("", "2", "Carl Stone", &with("18")),
        about("", &identifier("18")),
        about("", &identifier("19")),
        about("", &format!(r#""reference":"https://x.example/y",{}"#, identifier("17"))),
    ];
    assert_eq!(keys(&resources)[2..], ["Patient/2", "urn:x|19", "Patient/1"]);
    let shared = [patient("", "1", "Ida Quill", &with("17")), patient("", "2", "Carl Stone", &with("17"))];
    let shared = [shared[0].clone(), shared[1].clone(), about("", &identifier("17"))];
    assert_eq!(keys(&shared)[2], "urn:x|17");
}

#[test]
fn a_person_inside_of_what_is_about_them_is_one_person() {
    let inside = |person: &str| {
        let json = format!(
            r##"{{"resourceType":"Observation","contained":[{{"resourceType":"Patient","id":"p",{person}}}],"subject":{{"reference":"#p"}}}}"##
        );
        resource("", &json)
    };
    let ida = r#""name":[{"text":"Ida Quill"}],"birthDate":"1970-05-01""#;
    let resources = [
        patient("", "1", "Ida Quill", r#","birthDate":"1970-05-01""#),
        inside(ida),
        inside(r#""name":[{"text":"Carl Stone"}]"#),
        inside(r#""name":[{"text":"Carl Stone"}]"#),
        inside(r#""gender":"male""#),
        inside(r#""identifier":[{"value":"5"}]"#),
        inside(r#""identifier":[{"value":"6"}]"#),
        inside(r#""identifier":[{"value":"5"}]"#),
        refers("", "#q"),
    ];
    assert_eq!(keys(&resources), ["Patient/1", "Patient/1", "#p", "#p", "", "#p #4", "#p #5", "#p #4", ""]);
    let device = r##"{"resourceType":"Observation","contained":[{"resourceType":"Device","id":"d"}],"subject":{"reference":"#d"}}"##;
    assert_eq!(keys(&[resource("", device)]), ["-"]);
}

#[test]
fn what_names_nobody_is_apart_by_its_type() {
    let bare = |type_name: &str| resource("", &format!(r#"{{"resourceType":"{type_name}"}}"#));
    for type_name in ["Observation", "Condition", "MedicationRequest", "DocumentReference", "Coverage", "Task"] {
        assert_eq!(keys(&[patient("", "1", "Ida Quill", ""), bare(type_name)]), ["Patient/1", ""], "{type_name}");
    }
    for type_name in
        ["Organization", "Practitioner", "PractitionerRole", "Location", "Medication", "Device", "Provenance"]
    {
        assert_eq!(keys(&[bare(type_name)]), ["-"], "{type_name}");
    }
    assert_eq!(keys(&[about("", r#""display":"the man in bed 4""#)]), [""]);
}

#[test]
fn a_patient_who_takes_part_is_whom_it_is_about() {
    let json = r#"{"resourceType":"Appointment","participant":[{"actor":{"reference":"Practitioner/3"}},{"actor":{"reference":"Patient/1"}}]}"#;
    assert_eq!(keys(&[resource("", json)]), ["Patient/1"]);
    let json = r#"{"resourceType":"Observation","performer":[{"reference":"Patient/1"}]}"#;
    assert_eq!(keys(&[resource("", json)]), ["Patient/1"]);
    let json = r#"{"resourceType":"Provenance","author":[{"reference":"Patient/1"}]}"#;
    assert_eq!(keys(&[resource("", json)]), ["-"]);
}
