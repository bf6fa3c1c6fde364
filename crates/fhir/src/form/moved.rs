//! The same entry in another person's record.

use super::wrong::members;
use crate::json::append_minified;
use crate::read::ReadError;
use crate::tree::Node;
use crate::write::push_string;
use thiserror::Error;

/// Why a resource cannot be given to another person.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MoveError {
    /// It is no FHIR resource in JSON.
    #[error("the entry cannot be read: {0}")]
    Unreadable(#[from] ReadError),
    /// It names nobody.
    #[error("the entry says of nobody that it is about them")]
    NoSubject,
}

/// The same resource about another person: with this id and this reference in the place of the person it was about. Every
/// other member is kept token for token, references to visits and to those who recorded it too.
///
/// # Errors
/// [`MoveError`]
pub fn about_another(json: &str, id: &str, subject: &str) -> Result<String, MoveError> {
    let (_, type_name) = Node::parse_resource(json)?;
    let members = members(json)?;
    // A person is nobody's entry.
    let key = ["subject", "patient"].into_iter().find(|key| members.iter().any(|(name, _)| name == key));
    let key = key.filter(|_| type_name != "Patient").ok_or(MoveError::NoSubject)?;
    let mut out = vec![b'{'];
    let mut written = Vec::new();
    for (name, text) in &members {
        let replaced: Option<&[&str]> = match name.as_ref() {
            "id" => Some(&["\"id\":", id]),
            name if name == key => Some(&["\"", key, "\":{\"reference\":", subject]),
            "_id" => continue,
            _ => None,
        };
        if replaced.is_some() && written.contains(&name.as_ref()) {
            continue;
        }
        written.push(name.as_ref());
        if out.len() > 1 {
            out.push(b',');
        }
        match replaced {
            Some([parts @ .., value]) => {
                parts.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
                push_string(&mut out, value);
                if name.as_ref() == key {
                    out.push(b'}');
                }
            }
            _ => {
                let mut kept = String::new();
                append_minified(&mut kept, text);
                out.extend_from_slice(kept.as_bytes());
            }
        }
    }
    if !written.contains(&"id") {
        out.extend_from_slice(b",\"id\":");
        push_string(&mut out, id);
    }
    out.push(b'}');
    // Only text was put in.
    Ok(String::from_utf8(out).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_id_and_person_change() {
        let json = r#"{"resourceType":"Observation","id":"1", "subject":{"reference":"Patient/a","display":"Ida"},"valueQuantity":{"value":72.50},"encounter":{"reference":"Encounter/e"}}"#;
        let moved = about_another(json, "2", "urn:uuid:b").unwrap();
        let expected = r#"{"resourceType":"Observation","id":"2","subject":{"reference":"urn:uuid:b"},"valueQuantity":{"value":72.50},"encounter":{"reference":"Encounter/e"}}"#;
        assert_eq!(moved, expected);
        let nameless = r#"{"resourceType":"Immunization","patient":{"reference":"x"}}"#;
        let expected = r#"{"resourceType":"Immunization","patient":{"reference":"y"},"id":"3"}"#;
        assert_eq!(about_another(nameless, "3", "y").unwrap(), expected);
        for json in [r#"{"resourceType":"Practitioner"}"#, r#"{"resourceType":"Patient","subject":1}"#] {
            assert_eq!(about_another(json, "2", "y"), Err(MoveError::NoSubject));
        }
    }
}
