//! Whom to call, and in which language: what a Patient and a RelatedPerson say of that.

use crate::read::ReadError;
use crate::tree::Node;
use crate::words;

/// So many people, and so many ways to reach each.
const MAX_CONTACTS: usize = 20;
const MAX_WAYS: usize = 4;

/// Somebody who can be called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Name.
    pub name: Option<String>,
    /// How they are related to the person, in the source's words.
    pub relation: Option<String>,
    /// Telephone numbers and addresses of mail, as written.
    pub ways: Vec<String>,
}

/// Contacts of a Patient, or a RelatedPerson as one; whoever has neither a name nor a way to be reached is passed over.
///
/// # Errors
/// It is no resource.
pub fn contacts(json: &str) -> Result<Vec<Contact>, ReadError> {
    let (root, type_name) = Node::parse_resource(json)?;
    let found: Vec<Contact> = match type_name.as_str() {
        "Patient" => root.each("contact").iter().take(MAX_CONTACTS).map(contact).collect(),
        "RelatedPerson" if root.get("active") != Some(&Node::Bool(false)) => vec![contact(&root)],
        _ => Vec::new(),
    };
    Ok(found.into_iter().filter(|contact| contact.name.is_some() || !contact.ways.is_empty()).collect())
}

fn contact(node: &Node<'_>) -> Contact {
    let way = |telecom: &Node<'_>| match telecom.text_at("system") {
        Some("fax" | "url") => None,
        _ if telecom.text_at("use") == Some("old") => None,
        _ => telecom.text_at("value").map(str::to_owned),
    };
    Contact {
        name: words::best_name(node.each("name"), true),
        relation: node.get("relationship").and_then(|relation| words::joined(relation, ", ", words::concept)),
        ways: node.each("telecom").iter().filter_map(way).take(MAX_WAYS).collect(),
    }
}

/// Languages that a Patient speaks, the preferred one first, in the source's words or as codes.
///
/// # Errors
/// It is no resource.
pub fn languages(json: &str) -> Result<Vec<String>, ReadError> {
    let (root, _) = Node::parse_resource(json)?;
    let mut found: Vec<(bool, String)> = root
        .each("communication")
        .iter()
        .take(MAX_CONTACTS)
        .filter_map(|spoken| Some((!spoken.is_true("preferred"), words::concept(spoken.get("language")?)?)))
        .collect();
    found.sort_by_key(|(is_second, _)| *is_second);
    Ok(found.into_iter().map(|(_, language)| language).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_of_a_patient_are_read_with_all_ways_that_still_hold() {
        let json = r#"{"resourceType":"Patient","contact":[
            {"relationship":[{"text":"daughter"}],"name":{"given":["Ngozi"],"family":"Okafor"},"telecom":[{"system":"phone","value":"07700 900412"},{"system":"fax","value":"1"},{"use":"old","value":"2"}]},
            {"relationship":[{"text":"nobody"}]}]}"#;
        let ngozi = Contact {
            name: Some("Ngozi Okafor".into()),
            relation: Some("daughter".into()),
            ways: vec!["07700 900412".into()],
        };
        assert_eq!(contacts(json).unwrap(), [ngozi]);
    }

    #[test]
    fn a_related_person_is_a_contact_unless_that_is_over() {
        let json = r#"{"resourceType":"RelatedPerson","name":[{"text":"Chidi"}],"telecom":[{"value":"1"}]}"#;
        assert_eq!(contacts(json).unwrap()[0].name.as_deref(), Some("Chidi"));
        assert_eq!(contacts(&json.replace("\"name\"", "\"active\":false,\"name\"")).unwrap(), []);
        assert_eq!(contacts(r#"{"resourceType":"Observation"}"#).unwrap(), []);
    }

    #[test]
    fn the_preferred_language_comes_first() {
        let json = r#"{"resourceType":"Patient","communication":[{"language":{"text":"English"}},{"language":{"text":"Igbo"},"preferred":true}]}"#;
        assert_eq!(languages(json).unwrap(), ["Igbo", "English"]);
        assert_eq!(languages(r#"{"resourceType":"Patient"}"#).unwrap(), [] as [String; 0]);
    }
}
