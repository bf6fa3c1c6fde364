//! What versions of an entry say, each beside the others: which of it differs.

use std::collections::HashSet;

use chartchain_vault::protocol::{EntryLine, Version};

use super::{dates, lines, values};
use crate::t;

/// What the versions say of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Of what.
    pub name: String,
    /// What each version says, in their order; none where it says nothing.
    pub said: Vec<Option<String>>,
}

impl Compared {
    /// Whether they do not all say the same.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.said.iter().any(|said| Some(said) != self.said.first())
    }
}

/// What every version says, line by line, in the person's own language.
#[must_use]
pub fn main(versions: &[&EntryLine]) -> Vec<Compared> {
    let of = |name: String, say: fn(&EntryLine) -> Option<String>| Compared {
        name,
        said: versions.iter().map(|line| say(line)).collect(),
    };
    let all = [
        of(t!("versions-name"), |line| Some(line.title.clone())),
        of(t!("result"), |line| line.value.as_ref().and_then(values::line)),
        of(t!("detail"), |line| line.detail.clone()),
        of(t!("when"), |line| line.when.as_ref().map(dates::when_words)),
        of(t!("versions-until"), |line| line.until.as_ref().map(dates::when_words)),
        of(t!("status"), |line| line.fhir_status.as_deref().map(|status| lines::status_words(line, status))),
    ];
    all.into_iter().filter(|compared| compared.said.iter().any(Option::is_some)).collect()
}

/// Elements that [`main`] tells already, or that say when something was written down.
const SAID: [&str; 12] = [
    "meta",
    "id",
    "issued",
    "recordedDate",
    "dateAsserted",
    "recorded",
    "received",
    "status",
    "clinicalStatus",
    "value",
    "effective",
    "text",
];

/// Whether an element is told with the others, under the standard's name.
fn is_other(type_name: &str, path: &str) -> bool {
    let element = path.split('.').next().unwrap_or_default();
    match (type_name, element) {
        // When a document was filed is not when it is from.
        ("DocumentReference", "date") => false,
        _ => !SAID.contains(&element),
    }
}

/// Whatever else differs, under the standard's names.
#[must_use]
pub fn others(versions: &[Version]) -> Vec<Compared> {
    let mut met = HashSet::new();
    let facts = versions
        .iter()
        .flat_map(|version| version.facts.iter().filter(|fact| is_other(&version.line.type_name, &fact.path)));
    let names = facts.filter(|fact| met.insert(fact.label.as_str())).map(|fact| &fact.label);
    let said = |version: &Version, name: &String| {
        let texts = version.facts.iter().filter(|fact| fact.label == *name).map(|fact| fact.text.as_str());
        let texts: Vec<&str> = texts.collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    };
    let compared = names.map(|name| Compared {
        name: name.clone(),
        said: versions.iter().map(|version| said(version, name)).collect(),
    });
    compared.filter(Compared::differs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_something_was_written_down_is_no_difference() {
        for (type_name, element) in [
            ("Observation", "issued"),
            ("Condition", "recordedDate"),
            ("MedicationStatement", "dateAsserted"),
            ("Immunization", "recorded"),
            ("Communication", "received"),
            ("DocumentReference", "date"),
        ] {
            assert!(!is_other(type_name, element), "{element}");
        }
        assert!(is_other("Procedure", "date") && is_other("AllergyIntolerance", "reaction.manifestation"));
    }

    #[test]
    fn only_what_is_not_alike_in_all_versions_differs() {
        let of = |said: &[Option<&str>]| Compared {
            name: "Result".into(),
            said: said.iter().map(|said| said.map(str::to_owned)).collect(),
        };
        assert!(!of(&[Some("81 kg"), Some("81 kg")]).differs());
        assert!(of(&[Some("81 kg"), Some("82 kg")]).differs());
        assert!(of(&[Some("81 kg"), Some("81 kg"), None]).differs());
    }
}
