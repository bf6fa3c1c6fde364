//! A resource's text to [`Facts`].

mod medicines;
mod observation;
mod people;
mod rows;
mod search;
pub(crate) mod subject;

use crate::facts::{Facts, Kind, Value, When};
use crate::read::ReadError;
use crate::sensitivity;
use crate::tree::Node;
use crate::when::parse_when;
use crate::words;
use rows::Row;

/// Longest title and longest line of details, in characters.
const MAX_TITLE_CHARS: usize = 300;
const MAX_DETAIL_CHARS: usize = 500;
/// So many references of one resource are listed.
const MAX_REFERENCES: usize = 2000;
/// So many of those who recorded it are listed.
const MAX_AUTHORS: usize = 50;

/// What an index and a page for people need to know of a resource. Any type is taken; elements that are missing,
/// misshapen or of another FHIR version are passed over.
///
/// # Errors
/// [`ReadError::NotJson`], [`ReadError::TooDeep`], or [`ReadError::NotFhir`] where it names no resource type.
pub fn facts(json: &str) -> Result<Facts, ReadError> {
    let (root, type_name) = Node::parse_resource(json)?;
    let row = rows::row_of(&type_name);
    let mut facts = blank(&root, type_name, row.kind);
    title_and_codes(&root, &row, &mut facts);
    times(&root, &row, &mut facts);
    status(&root, &mut facts);
    facts.detail = all_texts(&root, row.detail, &facts.title);
    match facts.type_name.as_str() {
        "Observation" => observation::add(&root, &mut facts),
        "DiagnosticReport" => observation::add_report(&root, &mut facts),
        "MedicationRequest"
        | "MedicationStatement"
        | "MedicationAdministration"
        | "MedicationDispense"
        | "MedicationOrder" => {
            medicines::add(&root, &mut facts);
            facts.medicine = Some(Box::new(crate::medicine::facts(&root, !facts.title.is_empty())));
        }
        "Immunization" => medicines::add_vaccination(&root, &mut facts),
        "Patient" => people::add(&root, &mut facts),
        "Practitioner" => people::add_practitioner(&root, &mut facts),
        _ => others(&root, &mut facts),
    }
    if facts.title.is_empty() {
        facts.title = fallback_title(&root, &facts);
    }
    facts.title = words::cut(&facts.title, MAX_TITLE_CHARS);
    facts.detail = facts.detail.take().map(|text| words::cut(&text, MAX_DETAIL_CHARS)).filter(|text| !text.is_empty());
    references(&root, &row, &mut facts);
    facts.compartment = sensitivity::compartment(&root, &facts);
    facts.search_text = search::text(&root, &facts);
    Ok(facts)
}

fn blank(root: &Node<'_>, type_name: String, kind: Kind) -> Facts {
    let meta = root.get("meta");
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Facts {
        type_name,
        id: owned(root.text_at("id")),
        version_id: owned(meta.and_then(|meta| meta.text_at("versionId"))),
        last_updated: meta.and_then(|meta| meta.text_at("lastUpdated")).and_then(parse_when),
        kind,
        compartment: crate::facts::Compartment::General,
        title: String::new(),
        codes: Vec::new(),
        when: None,
        until: None,
        status: None,
        wrong: false,
        value: None,
        range: None,
        interpretation: None,
        detail: None,
        severity: None,
        recorded_by: None,
        recorded_by_refs: Vec::new(),
        subject_ref: None,
        references: Vec::new(),
        person: None,
        medicine: None,
        search_text: String::new(),
    }
}

fn title_and_codes(root: &Node<'_>, row: &Row, facts: &mut Facts) {
    for path in row.title {
        root.all(path, &mut |node| {
            let words = || words::concept_words(node).map(str::to_owned).or_else(|| title_words(node));
            if facts.title.is_empty()
                && let Some(title) = words()
            {
                facts.title = title;
            }
        });
        if facts.codes.is_empty() {
            root.all(path, &mut |node| words::push_codings(node, &mut facts.codes));
        }
    }
}

/// Words of a title that is no concept. An identifier, a code or a bare reference is no title.
fn title_words(node: &Node<'_>) -> Option<String> {
    match words::shape(node) {
        words::Shape::Scalar => node.text().map(str::to_owned),
        words::Shape::Name => words::human_name(node, true),
        _ => None,
    }
}

fn fallback_title(root: &Node<'_>, facts: &Facts) -> String {
    let type_words = words::split_words(&facts.type_name);
    if let Some(coding) = facts.codes.first() {
        return format!("{type_words} ({})", coding.code);
    }
    if facts.kind == Kind::Other
        && let Some(text) = crate::narrative::text_of(root)
    {
        return words::cut(&text, 80);
    }
    type_words
}

fn times(root: &Node<'_>, row: &Row, facts: &mut Facts) {
    for path in row.when {
        let mut end = None;
        facts.when = root.first(path, &mut |node| {
            end = end.take().or_else(|| node.text_at("end").and_then(parse_when));
            moment(node)
        });
        if facts.when.is_some() || end.is_some() {
            // The end of the time in which something began is not its end.
            facts.until = end.filter(|_| !path.starts_with("onset"));
            // Something of which only the end is known is filed under that.
            facts.when = facts.when.take().or_else(|| facts.until.clone());
            break;
        }
    }
    if let Some(until) = row.until.iter().find_map(|path| root.first(path, &mut last_moment)) {
        facts.until = Some(until);
    }
}

/// The earliest moment of a date, a Period or a Timing.
fn moment(node: &Node<'_>) -> Option<When> {
    node.text()
        .and_then(parse_when)
        .or_else(|| node.text_at("start").and_then(parse_when))
        .or_else(|| node.each("event").iter().find_map(|event| event.text().and_then(parse_when)))
        .or_else(|| node.first("repeat.boundsPeriod.start", &mut |start| start.text().and_then(parse_when)))
}

fn last_moment(node: &Node<'_>) -> Option<When> {
    node.text().and_then(parse_when).or_else(|| node.text_at("end").and_then(parse_when))
}

fn status(root: &Node<'_>, facts: &mut Facts) {
    let code = |key: &str| {
        root.get(key)
            .and_then(|node| words::concept_code(node).or_else(|| words::concept_words(node)))
            .map(str::to_owned)
    };
    let verification = code("verificationStatus");
    let own = code("status");
    facts.wrong = [&verification, &own].into_iter().flatten().any(|code| code == "entered-in-error")
        || verification.as_deref() == Some("refuted");
    facts.status = code("clinicalStatus").or_else(|| code("lifecycleStatus")).or(own).or(verification);
    // FHIR STU3 says so in an element of its own; read without it, the vaccine would count as given.
    if root.is_true("notGiven") || root.is_true("notDone") {
        facts.status = Some("not-done".to_owned());
    }
    if root.text_at("taken") == Some("n") {
        facts.status = Some("not-taken".to_owned());
    }
}

/// The words at all these paths, each once and not what is in the title already.
fn all_texts(root: &Node<'_>, paths: &[&str], title: &str) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    for path in paths {
        root.all(path, &mut |node| {
            if let Some(text) = words::text_of(node)
                && text != title
                && texts.len() < 20
                && !texts.contains(&text)
            {
                texts.push(text);
            }
        });
    }
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn references(root: &Node<'_>, row: &Row, facts: &mut Facts) {
    for path in row.by {
        root.all(path, &mut |node| {
            if let Some(reference) = node.text_at("reference").filter(|text| !text.starts_with('#')) {
                let reference = reference.to_owned();
                if facts.recorded_by_refs.len() < MAX_AUTHORS && !facts.recorded_by_refs.contains(&reference) {
                    facts.recorded_by_refs.push(reference);
                }
            }
            if facts.recorded_by.is_none() {
                facts.recorded_by = who(root, node);
            }
        });
    }
    facts.subject_ref = subject::reference(root, &facts.type_name);
    let mut found = Vec::new();
    collect_references(root, &mut found);
    let known = |reference: &str| {
        facts.subject_ref.as_deref() == Some(reference) || facts.recorded_by_refs.iter().any(|by| by == reference)
    };
    found.retain(|reference| !known(reference));
    facts.references = found.into_iter().map(str::to_owned).collect();
}

/// The name that a reference gives for someone, also of someone contained in the resource.
fn who(root: &Node<'_>, node: &Node<'_>) -> Option<String> {
    if let Some(name) = node.text_at("display").or_else(|| node.text()) {
        return Some(name.to_owned());
    }
    let contained = contained(root, node)?;
    words::best_name(contained.each("name"), true)
        .or_else(|| contained.get("practitioner").and_then(|inner| inner.text_at("display").map(str::to_owned)))
}

/// The resource inside `root` that a reference such as `#med1` means.
fn contained<'n, 'a>(root: &'n Node<'a>, reference: &Node<'_>) -> Option<&'n Node<'a>> {
    let id = reference.text_at("reference")?.strip_prefix('#')?;
    root.each("contained").iter().find(|resource| resource.text_at("id") == Some(id))
}

fn collect_references<'n>(node: &'n Node<'_>, out: &mut Vec<&'n str>) {
    match node {
        Node::List(items) => items.iter().for_each(|item| collect_references(item, out)),
        Node::Object(members) => {
            for (key, value) in members {
                match value.text() {
                    Some(text) if key == "reference" => {
                        if !text.starts_with('#') && out.len() < MAX_REFERENCES && !out.contains(&text) {
                            out.push(text);
                        }
                    }
                    _ => collect_references(value, out),
                }
            }
        }
        _ => {}
    }
}

/// Types that need a rule or two beside their row.
fn others(root: &Node<'_>, facts: &mut Facts) {
    match facts.type_name.as_str() {
        "Condition" => facts.severity = root.get("severity").and_then(words::concept),
        "AllergyIntolerance" => allergy(root, facts),
        "Encounter" => encounter(root, facts),
        "ImagingStudy" => imaging(root, facts),
        "FamilyMemberHistory" => {
            let name = root.text_at("name").filter(|name| !facts.title.is_empty() && *name != facts.title);
            if let Some(name) = name {
                facts.title = format!("{}, {name}", facts.title);
            }
        }
        "Goal" => facts.value = None,
        "Claim" | "ExplanationOfBenefit" | "ClaimResponse" | "Invoice" => facts.value = money(root),
        "RiskAssessment" => {
            facts.value = root
                .first("prediction.probability*", &mut words::text_of)
                .or_else(|| root.first("prediction.qualitativeRisk", &mut words::concept))
                .map(Value::Text);
        }
        "Medication" if facts.title.is_empty() => facts.title = medicines::medicine_name(root).unwrap_or_default(),
        _ => {}
    }
}

fn allergy(root: &Node<'_>, facts: &mut Facts) {
    let mut reactions: Vec<String> = Vec::new();
    for reaction in root.each("reaction") {
        let words = reaction
            .get("manifestation")
            .and_then(|list| words::joined(list, ", ", words::concept))
            .or_else(|| reaction.text_at("description").map(str::to_owned));
        if let Some(words) = words.filter(|words| reactions.len() < 20 && !reactions.contains(words)) {
            reactions.push(words);
        }
    }
    if reactions.is_empty() {
        reactions.extend(root.first("note.text", &mut |note| note.text().map(str::to_owned)));
    }
    facts.detail = (!reactions.is_empty()).then(|| reactions.join("; "));
    let rank = |severity: &str| ["severe", "moderate", "mild"].iter().position(|known| *known == severity).unwrap_or(3);
    let worst =
        root.each("reaction").iter().filter_map(|reaction| reaction.text_at("severity")).min_by_key(|text| rank(text));
    facts.severity = root.text_at("criticality").or(worst).map(str::to_owned);
}

fn encounter(root: &Node<'_>, facts: &mut Facts) {
    let Some(class) = root.get("class") else { return };
    if facts.codes.is_empty() {
        words::push_codings(class, &mut facts.codes);
    }
    if facts.title.is_empty() {
        facts.title = match words::concept_code(class) {
            Some("AMB" | "outpatient") => "Outpatient visit",
            Some("EMER" | "emergency") => "Emergency visit",
            Some("IMP" | "ACUTE" | "NONAC" | "inpatient") => "Hospital stay",
            Some("SS") => "Short stay",
            Some("OBSENC") => "Observation stay",
            Some("HH" | "home") => "Home visit",
            Some("VR" | "virtual") => "Virtual visit",
            _ => words::concept_words(class).unwrap_or_default(),
        }
        .to_owned();
    }
}

fn imaging(root: &Node<'_>, facts: &mut Facts) {
    if root.get("procedureCode").or_else(|| root.get("description")).is_none()
        && let Some(site) = root.first("series.bodySite", &mut words::concept)
    {
        facts.title = if facts.title.is_empty() { site } else { format!("{}: {site}", facts.title) };
        facts.detail = all_texts(root, &["reasonCode", "note.text"], &facts.title);
    }
}

fn money(root: &Node<'_>) -> Option<Value> {
    ["payment.amount", "total.amount", "total", "totalGross", "totalNet", "item.net"].iter().find_map(|path| {
        root.first(path, &mut |node| {
            let number = node.get("value").and_then(Node::scalar)?.to_owned();
            Some(Value::Quantity { comparator: None, number, unit: words::unit(node).map(str::to_owned) })
        })
    })
}
