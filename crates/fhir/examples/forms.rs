//! Prints, as NDJSON, a made-up person and every sort of form as a resource: new, amended and entered in error. For the
//! validator of FHIR, which wants an id of its own for each.

#[path = "../tests/samples/mod.rs"]
mod samples;

use chartchain_fhir::form::{FormContext, FormDate, entered_in_error};
use std::error::Error;

const PERSON: &str = "0a1b2c3d-0000-4000-8000-00000000abcd";

fn main() -> Result<(), Box<dyn Error>> {
    println!(r#"{{"resourceType":"Patient","id":"{PERSON}"}}"#);
    let recorded = FormDate::new("2026-11-22T15:00:00+01:00");
    let context = |version: usize, at: usize| {
        let id = format!("5f3a0000-0000-4000-800{version}-{at:012}");
        FormContext::new(&id, &format!("urn:uuid:{PERSON}"), &recorded)
    };
    for (at, form) in samples::forms().iter().enumerate() {
        println!("{}", form.to_resource(&context(0, at)?)?);
        let before = form.to_resource(&context(1, at)?)?;
        println!("{}", form.to_resource(&FormContext::amending(&before, &recorded)?)?);
        println!("{}", entered_in_error(&form.to_resource(&context(2, at)?)?)?);
    }
    Ok(())
}
