//! Files from clinics and apps: JSON, NDJSON, or what pretends to be.

use chartchain_fhir::{describe, facts, find_people, minify, narrative_text, pretty, read};
use chartchain_synth::observations;

/// Reads the bytes as a file and everything that can be derived of what is in it.
pub fn run(bytes: &[u8]) {
    let Ok(intake) = read(bytes) else { return };
    let mut known = Vec::new();
    for resource in intake.resources {
        let json = &resource.json;
        assert_eq!(minify(json).ok().as_deref(), Some(json.as_ref()), "what was read is not in its shortest form");
        assert_eq!(minify(&pretty(json)).ok().as_deref(), Some(json.as_ref()), "what is shown is not what was read");
        let _ = describe(json);
        let _ = narrative_text(json);
        if let Ok(facts) = facts(json) {
            known.push((resource, facts));
        }
    }
    let _ = find_people(&known);
}

/// A few resources, as a bundle, as lines, with a narrative, and nested.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let some: Vec<String> = observations(3, 4).collect();
    let entries: Vec<String> = some.iter().map(|one| format!(r#"{{"resource":{one}}}"#)).collect();
    let bundle = format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","));
    let person = r#"{"resourceType":"Patient","id":"a","name":[{"family":"Quill","given":["Ida"]}],"birthDate":"1968-03","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Ida &amp; <b>Quill</b><script>x</script></p></div>"}}"#;
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(person.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    vec![bundle.into_bytes(), some.join("\n").into_bytes(), person.as_bytes().to_vec(), wide, vec![b'['; 200]]
}
