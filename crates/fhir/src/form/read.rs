//! A resource as the form that it was written from.

use super::context::FormContext;
use super::date::FormDate;
use super::output::SNOMED_CT;
use super::write::{NAMED_BY_SHA256, SYMPTOM, base64url, joined};
use super::{
    Allergy, Attachment, Certainty, Condition, ConditionStatus, Document, DocumentKind, Form, MOST_TIMES_A_DAY,
    Measurement, MeasurementKind, Medicine, Note, Reading, Severity, Symptom, Taken, Unit, Vaccination,
};
use crate::tree::Node;

/// The form, if what it would be written as says all that the resource says. So reading need not be strict: whatever
/// it passes over makes the two differ.
pub(super) fn form(json: &str) -> Option<Form> {
    let (root, type_name) = Node::parse_resource(json).ok()?;
    let form = match type_name.as_str() {
        "Condition" if is_symptom(&root) => Form::Symptom(symptom(&root)),
        "Condition" => Form::Condition(condition(&root)?),
        "Observation" => Form::Measurement(measurement(&root)?),
        "MedicationStatement" => Form::Medicine(medicine(&root)?),
        "AllergyIntolerance" => Form::Allergy(allergy(&root)),
        "Immunization" => Form::Vaccination(vaccination(&root)),
        "Communication" => Form::Note(note(&root)),
        "DocumentReference" => Form::Document(document(&root)?),
        _ => return None,
    };
    let written = form.to_resource(&FormContext::read(&root, &type_name)?).ok()?;
    says_the_same(&Node::parse(&written).ok()?, &root).then_some(form)
}

/// Whether two values are the same but for the order of members. Numbers are compared as written.
fn says_the_same(written: &Node<'_>, other: &Node<'_>) -> bool {
    match (written, other) {
        (Node::Object(members), Node::Object(others)) => {
            // What is written has no key twice, so members that are all found and as many are the same.
            members.len() == others.len()
                && members
                    .iter()
                    .all(|(key, value)| others.iter().any(|(other, its)| other == key && says_the_same(value, its)))
        }
        (Node::List(items), Node::List(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| says_the_same(item, other))
        }
        _ => written == other,
    }
}

fn is_symptom(root: &Node<'_>) -> bool {
    let coding = |node: &Node<'_>| {
        (node.text_at("system") == Some(SNOMED_CT) && node.text_at("code") == Some(SYMPTOM.0)).then_some(())
    };
    root.first("category.coding", &mut { coding }).is_some()
}

fn symptom(root: &Node<'_>) -> Symptom {
    let severity = text(root, "severity.coding.code");
    Symptom {
        name: text(root, "code.text"),
        from: date(root, "onsetDateTime"),
        until: date(root, "abatementDateTime"),
        severity: Severity::ALL.into_iter().find(|known| known.snomed_ct().0 == severity),
        site: text(root, "bodySite.text"),
        comment: comment(root),
    }
}

fn measurement(root: &Node<'_>) -> Option<Measurement> {
    let first = root.each("component").first().unwrap_or(root);
    let ucum = text(first, "valueQuantity.code");
    let loinc = text(root, "code.coding.code");
    let (kind, unit) = MeasurementKind::ALL.into_iter().find_map(|kind| {
        let unit = kind.units().find(|unit: &Unit| unit.ucum() == ucum)?;
        kind.row(unit).is_some_and(|row| row.loinc.0 == loinc).then_some((kind, unit))
    })?;
    let reading = match root.each("component") {
        [] => Reading::One(number(root)?),
        [systolic, diastolic] => Reading::Pressure { systolic: number(systolic)?, diastolic: number(diastolic)? },
        _ => return None,
    };
    Some(Measurement {
        kind,
        reading,
        unit: Some(unit),
        when: date(root, "effectiveDateTime"),
        site: text(root, "bodySite.text"),
        comment: comment(root),
    })
}

fn medicine(root: &Node<'_>) -> Option<Medicine> {
    let how_often = text(root, "dosage.timing.code.text");
    let route = text(root, "dosage.route.text");
    let whole = text(root, "dosage.text");
    let rest = joined(&[&how_often, &route]);
    let dose = if rest.is_empty() {
        whole
    } else {
        let before = whole.strip_suffix(&rest)?;
        before.strip_suffix(", ").unwrap_or(before).to_owned()
    };
    Some(Medicine {
        name: text(root, "medicationCodeableConcept.text"),
        dose,
        how_often,
        times_a_day: root
            .first("dosage.timing.repeat.frequency", &mut |node| node.scalar()?.parse().ok())
            .filter(|times| (1..=MOST_TIMES_A_DAY).contains(times)),
        route,
        reason: text(root, "reasonCode.text"),
        from: date(root, "effectivePeriod.start"),
        until: date(root, "effectivePeriod.end"),
        taken: match root.text_at("status")? {
            "active" => Taken::Current,
            "intended" => Taken::Planned,
            "stopped" => Taken::Stopped,
            _ => return None,
        },
        comment: comment(root),
    })
}

fn allergy(root: &Node<'_>) -> Allergy {
    let severity = text(root, "reaction.severity");
    Allergy {
        substance: text(root, "code.text"),
        reaction: text(root, "reaction.manifestation.text"),
        severity: Severity::ALL.into_iter().find(|known| known.code() == severity),
        from: date(root, "onsetDateTime"),
        certainty: match text(root, "verificationStatus.coding.code").as_str() {
            "confirmed" => Some(Certainty::Sure),
            "unconfirmed" => Some(Certainty::Suspected),
            _ => None,
        },
        comment: comment(root),
    }
}

fn condition(root: &Node<'_>) -> Option<Condition> {
    let status = text(root, "clinicalStatus.coding.code");
    Some(Condition {
        name: text(root, "code.text"),
        from: date(root, "onsetDateTime"),
        until: date(root, "abatementDateTime"),
        status: ConditionStatus::ALL.into_iter().find(|known| known.code().0 == status)?,
        comment: comment(root),
    })
}

fn vaccination(root: &Node<'_>) -> Vaccination {
    Vaccination {
        vaccine: text(root, "vaccineCode.text"),
        when: date(root, "occurrenceDateTime"),
        lot: text(root, "lotNumber"),
        maker: text(root, "manufacturer.display"),
        place: text(root, "location.display"),
        comment: comment(root),
    }
}

fn note(root: &Node<'_>) -> Note {
    Note { title: text(root, "topic.text"), text: text(root, "payload.contentString"), when: date(root, "sent") }
}

fn document(root: &Node<'_>) -> Option<Document> {
    let loinc = text(root, "type.coding.code");
    let size = root.first("content.attachment.size", &mut |size| size.scalar().map(str::to_owned))?;
    Some(Document {
        title: text(root, "description"),
        kind: DocumentKind::ALL.into_iter().find(|kind| kind.loinc().map_or("", |(code, _)| code) == loinc)?,
        when: date(root, "context.period.start"),
        attachment: Attachment {
            content_type: text(root, "content.attachment.contentType"),
            size_bytes: size.parse().ok()?,
            sha256: sha256(&text(root, "masterIdentifier.value"))?,
            url: text(root, "content.attachment.url"),
        },
    })
}

/// A text as it stands there; empty where there is none.
fn text(root: &Node<'_>, path: &str) -> String {
    root.first(path, &mut |node| match node {
        Node::Text(text) => Some(text.to_string()),
        _ => None,
    })
    .unwrap_or_default()
}

fn date(root: &Node<'_>, path: &str) -> FormDate {
    FormDate::new(&text(root, path))
}

fn comment(root: &Node<'_>) -> String {
    text(root, "note.text")
}

fn number(holder: &Node<'_>) -> Option<String> {
    match holder.get("valueQuantity")?.get("value")? {
        Node::Number(number) => Some((*number).to_owned()),
        _ => None,
    }
}

fn sha256(name: &str) -> Option<[u8; 32]> {
    let coded = name.strip_prefix(NAMED_BY_SHA256).filter(|coded| coded.len() == 43)?;
    let mut hash = [0; 32];
    let (mut bits, mut word, mut bytes) = (0_u32, 0_u32, hash.iter_mut());
    for byte in coded.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        word = word << 6 & 0xffff | u32::from(digit);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            *bytes.next()? = (word >> bits & 0xff) as u8;
        }
    }
    (base64url(&hash) == coded).then_some(hash)
}
