//! Patients and practitioners.

use crate::facts::{Facts, Person, Sex};
use crate::tree::Node;
use crate::words;

pub(super) fn add(root: &Node<'_>, facts: &mut Facts) {
    let person = person(root);
    facts.title = person.name.clone().unwrap_or_default();
    facts.person = Some(person);
}

/// Who a Patient is.
pub(super) fn person(root: &Node<'_>) -> Person {
    let deceased = root.choice("deceased").and_then(|(_, value)| value.scalar()).filter(|value| *value != "false");
    Person {
        name: words::best_name(root.each("name"), false),
        birth_date: root.text_at("birthDate").map(str::to_owned),
        sex: root.text_at("gender").map(|gender| match gender {
            "female" => Sex::Female,
            "male" => Sex::Male,
            "other" => Sex::Other,
            _ => Sex::Unknown,
        }),
        deceased: deceased.map(str::to_owned),
    }
}

pub(super) fn add_practitioner(root: &Node<'_>, facts: &mut Facts) {
    facts.title = words::best_name(root.each("name"), true).unwrap_or_default();
}
