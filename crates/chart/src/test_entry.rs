//! Entries for tests, from FHIR as it comes in.

use crate::{Chart, NewEntry, Place, Relation};

/// A name for the entry with this number.
pub(crate) fn commitment(number: u32) -> [u8; 16] {
    let mut name = [7; 16];
    name[..4].copy_from_slice(&number.to_be_bytes());
    name
}

/// An entry with this number, from a resource.
pub(crate) fn entry(number: u32, json: &str) -> NewEntry {
    let mut content = [0u8; 12];
    for (at, byte) in json.bytes().enumerate() {
        content[at % 12] = content[at % 12].wrapping_mul(31) ^ byte;
    }
    NewEntry {
        commitment: commitment(number),
        place: Place { block: 1, segment: 0, row: number },
        content,
        full_url: None,
        input: Some(0),
        relation: Relation::default(),
        facts: chartchain_fhir::facts(json).unwrap(),
    }
}

/// A chart of these resources, in this order, with sources resolved.
pub(crate) fn chart(resources: &[&str]) -> Chart {
    let mut chart = Chart::default();
    for (number, json) in (0..).zip(resources) {
        assert_eq!(chart.add(entry(number, json)), number);
    }
    chart.resolve_sources();
    chart
}

/// A value with a name, on a day.
pub(crate) fn measured(code: &str, name: &str, day: &str, value: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}}]}}],"code":{{"coding":[{{"system":"http://loinc.org","code":"{code}"}}],"text":"{name}"}},"effectiveDateTime":"{day}","valueQuantity":{{"value":{value},"unit":"kg"}}}}"#
    )
}
