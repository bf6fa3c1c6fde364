use chartchain_fhir::{Person, Sex};

use crate::entry::ResourceEntry;
use crate::index::{NewResource, content_hash};
use crate::platform::MadeUp;
use crate::protocol::Fault;

/// The entries of a made-up person.
pub(crate) fn entries(made: Vec<MadeUp>) -> Result<Vec<NewResource>, Fault> {
    made.into_iter().map(|made| new_resource(Some(made.full_url), made.json)).collect()
}

fn new_resource(full_url: Option<String>, json: String) -> Result<NewResource, Fault> {
    let facts = chartchain_fhir::facts(&json).map_err(|_| Fault::NotNow("an own resource is not readable".into()))?;
    let content = content_hash(full_url.as_deref(), &json);
    Ok(NewResource { entry: ResourceEntry { full_url, json, ..ResourceEntry::default() }, content, facts })
}

/// What a person said of themselves at the start, as the record's first entry.
pub(crate) fn patient_entry(ledger: &[u8; 32], subject: &Person) -> Option<NewResource> {
    let mut fields = vec![r#""resourceType":"Patient""#.to_owned()];
    if let Some(name) = &subject.name {
        let name = serde_json::to_string(name).ok()?;
        fields.push(format!(r#""name":[{{"text":{name}}}]"#));
    }
    if let Some(sex) = subject.sex {
        let code = match sex {
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Other => "other",
            Sex::Unknown => "unknown",
        };
        fields.push(format!(r#""gender":"{code}""#));
    }
    if let Some(birth_date) = subject.birth_date.as_ref().filter(|date| chartchain_fhir::parse_when(date).is_some()) {
        fields.push(format!(r#""birthDate":"{birth_date}""#));
    }
    if fields.len() == 1 {
        return None;
    }
    new_resource(Some(crate::written::patient_address(ledger)), format!("{{{}}}", fields.join(","))).ok()
}
