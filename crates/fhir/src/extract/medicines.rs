//! What was prescribed, taken, given or handed out, and vaccines.

use crate::facts::Facts;
use crate::tree::Node;
use crate::words;

pub(super) fn add(root: &Node<'_>, facts: &mut Facts) {
    if let Some(medicine) = contained_medicine(root) {
        if facts.title.is_empty() {
            facts.title = medicine_name(medicine).unwrap_or_default();
        }
        if facts.codes.is_empty()
            && let Some(code) = medicine.get("code")
        {
            words::push_codings(code, &mut facts.codes);
        }
    }
    let instructions = root.get("dosageInstruction").or_else(|| root.get("dosage"));
    facts.detail = instructions
        .and_then(|list| words::joined(list, "; ", words::dosage))
        .or_else(|| super::all_texts(root, &["note.text"], &facts.title));
}

fn contained_medicine<'n, 'a>(root: &'n Node<'a>) -> Option<&'n Node<'a>> {
    let (_, medication) = root.choice("medication").or_else(|| root.get("medication").map(|node| ("", node)))?;
    super::contained(root, medication).or_else(|| super::contained(root, medication.get("reference")?))
}

/// Name of a Medication: its code, else its ingredients.
pub(super) fn medicine_name(medicine: &Node<'_>) -> Option<String> {
    medicine.get("code").and_then(words::concept_words).map(str::to_owned).or_else(|| {
        words::joined(medicine.get("ingredient")?, ", ", |ingredient| {
            ingredient.choice("item").and_then(|(_, item)| words::concept_words(item).map(str::to_owned))
        })
    })
}

pub(super) fn add_vaccination(root: &Node<'_>, facts: &mut Facts) {
    let mut parts: Vec<String> = Vec::new();
    for protocol in root.each("protocolApplied").iter().chain(root.each("vaccinationProtocol")) {
        let number = protocol.choice("doseNumber").map(|(_, value)| value).or_else(|| protocol.get("doseSequence"));
        if let Some(number) = number.and_then(Node::scalar) {
            let of = protocol.choice("seriesDoses").and_then(|(_, value)| value.scalar());
            let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
            let text = if number.bytes().all(|byte| byte.is_ascii_digit()) {
                format!("dose {number}{of}")
            } else {
                format!("{number}{of}")
            };
            if !parts.contains(&text) {
                parts.push(text);
            }
        }
    }
    parts.extend(root.text_at("lotNumber").map(|lot| format!("batch {lot}")));
    parts.extend(root.get("manufacturer").and_then(|node| node.text_at("display").map(str::to_owned)));
    parts.extend(super::all_texts(root, &["statusReason", "note.text"], &facts.title));
    facts.detail = (!parts.is_empty()).then(|| parts.join(", "));
}
