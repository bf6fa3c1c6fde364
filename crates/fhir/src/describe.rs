//! Everything that a resource says, in reading order, for a page that shows one entry in full.

use crate::facts::Coding;
use crate::read::ReadError;
use crate::tree::Node;
use crate::words::{self, Shape};
use serde::{Deserialize, Serialize};

/// So many elements of one resource are described.
pub const MAX_ELEMENTS: usize = 400;
/// So many codes of one concept are named.
const MAX_CODES: usize = 6;
/// Longest text of one element, in characters; the rest becomes `…`.
const MAX_CHARS: usize = 2000;
/// Longest raw value that is shown of an element that is not known to hold data, in characters.
const MAX_DATA_CHARS: usize = 4000;

/// One thing that a resource says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// Element path without indexes and choice suffixes, for example `dosageInstruction.text`. Extensions stand under
    /// their own names.
    pub path: String,
    /// The path in words, for example `Dosage instruction: text`.
    pub label: String,
    /// What it says. Dates, numbers and codes as written.
    pub text: String,
    /// The reference as written, where it is one.
    pub reference: Option<String>,
}

/// Describes a resource: at most 400 elements, in the order of the resource. Left out are what only programs read
/// (ids, profiles, narrative) and the data of attachments.
///
/// # Errors
/// [`ReadError::NotJson`], [`ReadError::TooDeep`], or [`ReadError::NotFhir`] where it names no resource type.
pub fn describe(json: &str) -> Result<Vec<Element>, ReadError> {
    let (root, _) = Node::parse_resource(json)?;
    let mut out = Vec::new();
    members(&root, "", true, &mut out);
    if let Some(meta) = root.get("meta") {
        for key in ["lastUpdated", "source", "security", "tag"] {
            each(&format!("meta.{key}"), meta.each(key), &mut out);
        }
    }
    Ok(out)
}

fn members(node: &Node<'_>, path: &str, is_resource: bool, out: &mut Vec<Element>) {
    for (key, value) in node.members() {
        if let Some(name) = key.strip_prefix('_') {
            // Extensions of a plain value, for example why it is missing.
            for extended in value.items() {
                extensions(extended, &join(path, stem(name)), out);
            }
            continue;
        }
        match key.as_ref() {
            "id" | "resourceType" | "implicitRules" => {}
            "meta" | "text" if is_resource => {}
            "extension" | "modifierExtension" => extensions(value, path, out),
            "contained" => {
                for resource in value.items() {
                    let name = resource.text_at("resourceType").unwrap_or("resource");
                    members(resource, &join(path, &format!("contained.{}", lower_first(name))), true, out);
                }
            }
            "data" if is_resource => {
                let text = value.text().map(|data| format!("{} bytes", words::base64_length(data)));
                push(path, "data", text, None, out);
            }
            _ => each(&join(path, stem(key)), value.items(), out),
        }
    }
}

/// Items of one element. Plain strings of a list become one text.
fn each(path: &str, items: &[Node<'_>], out: &mut Vec<Element>) {
    if items.len() > 1 && items.iter().all(|item| item.scalar().is_some()) {
        let texts: Vec<&str> = items.iter().filter_map(Node::scalar).collect();
        push(path, "", Some(texts.join(", ")), None, out);
        return;
    }
    for item in items {
        if out.len() >= MAX_ELEMENTS {
            return;
        }
        one(path, item, out);
    }
}

fn one(path: &str, node: &Node<'_>, out: &mut Vec<Element>) {
    let shape = words::shape(node);
    let reference = match shape {
        Shape::Reference => node.text_at("reference"),
        Shape::ConceptOrReference => node.get("reference").and_then(|inner| inner.text_at("reference")),
        _ => None,
    };
    let reference = reference.filter(|reference| !reference.starts_with('#')).map(str::to_owned);
    let text = match shape {
        Shape::Other => None,
        Shape::List => return each(path, node.items(), out),
        Shape::Scalar => node.scalar().map(shown_scalar),
        Shape::Concept | Shape::Coding | Shape::ConceptOrReference => concept(node),
        Shape::Contact | Shape::Address | Shape::Name => with_period(node, words::text_of(node)),
        Shape::Identifier => with_period(node, identifier(node)),
        Shape::Annotation => annotation(node),
        _ => words::text_of(node),
    };
    if let Some(div) = node.text_at("div") {
        // Narrative inside a resource is content: the sections of a document.
        push(path, "", Some(crate::narrative::plain(div)), None, out);
        return;
    }
    // A part that only looks like a datatype is gone through as well.
    if text.is_none() && reference.is_none() && shape != Shape::Scalar {
        members(node, path, false, out);
        return;
    }
    push(path, "", text, reference, out);
    extensions(node.get("extension").unwrap_or(&Node::Null), path, out);
}

fn shown_scalar(text: &str) -> String {
    let is_data = text.len() > MAX_DATA_CHARS && !text.contains(' ');
    if is_data { format!("{} bytes", words::base64_length(text)) } else { text.to_owned() }
}

/// Words, and in brackets the codes that say more to a clinician than the words.
fn concept(node: &Node<'_>) -> Option<String> {
    let words = words::concept_words(node);
    let mut codings: Vec<Coding> = Vec::new();
    words::push_codings(node, &mut codings);
    let codes: Vec<String> = codings
        .iter()
        .filter(|coding| words.is_none_or(|words| !words.eq_ignore_ascii_case(&coding.code) && !is_hl7(coding)))
        .take(MAX_CODES)
        .map(|coding| match coding.system.as_deref().and_then(system_name) {
            Some(system) => format!("{system} {}", coding.code),
            None => coding.code.clone(),
        })
        .collect();
    match (words, codes.is_empty()) {
        (Some(words), true) => Some(words.to_owned()),
        (Some(words), false) => Some(format!("{words} ({})", codes.join(", "))),
        (None, false) => Some(codes.join(", ")),
        (None, true) => None,
    }
}

/// HL7's own codes repeat what the words say: `Active (active)`.
fn is_hl7(coding: &Coding) -> bool {
    let system = coding.system.as_deref().unwrap_or_default();
    system.starts_with("http://terminology.hl7.org/")
        || system.starts_with("http://hl7.org/fhir/") && system_name(system).is_none()
}

/// Short names of the code systems that people meet.
fn system_name(url: &str) -> Option<&'static str> {
    Some(match url {
        "http://snomed.info/sct" => "SNOMED CT",
        "http://loinc.org" => "LOINC",
        "http://www.nlm.nih.gov/research/umls/rxnorm" => "RxNorm",
        "http://hl7.org/fhir/sid/cvx" => "CVX",
        "http://hl7.org/fhir/sid/ndc" => "NDC",
        "http://hl7.org/fhir/sid/icd-10" => "ICD-10",
        "http://hl7.org/fhir/sid/icd-10-cm" => "ICD-10-CM",
        "http://hl7.org/fhir/sid/icd-9-cm" => "ICD-9-CM",
        "http://hl7.org/fhir/ndfrt" => "NDF-RT",
        "http://www.whocc.no/atc" => "ATC",
        "http://www.ama-assn.org/go/cpt" => "CPT",
        "http://unitsofmeasure.org" => "UCUM",
        _ => return None,
    })
}

fn with_period(node: &Node<'_>, text: Option<String>) -> Option<String> {
    let period = node.get("period").and_then(words::period);
    match (text, period) {
        (Some(text), Some(period)) => Some(format!("{text}, {period}")),
        (text, _) => text,
    }
}

fn identifier(node: &Node<'_>) -> Option<String> {
    words::identifier(node).map(|text| match node.text_at("use") {
        Some("old") => format!("{text}, old"),
        _ => text,
    })
}

fn annotation(node: &Node<'_>) -> Option<String> {
    let author = node.choice("author").and_then(|(_, author)| words::text_of(author));
    let notes: Vec<String> = author.into_iter().chain(node.text_at("time").map(str::to_owned)).collect();
    let text = node.text_at("text")?;
    Some(if notes.is_empty() { text.to_owned() } else { format!("{text} ({})", notes.join(", ")) })
}

/// Extensions under their own names.
fn extensions(node: &Node<'_>, path: &str, out: &mut Vec<Element>) {
    let list = if matches!(node, Node::List(_)) { node.items() } else { node.each("extension") };
    for extension in list {
        if out.len() >= MAX_ELEMENTS {
            return;
        }
        let url = extension.text_at("url").unwrap_or("extension");
        let name = url.trim_end_matches('/').rsplit(['/', '#', ':']).next().unwrap_or(url);
        let path = join(path, name);
        match extension.choice("value") {
            Some((_, value)) => one(&path, value, out),
            None => extensions(extension.get("extension").unwrap_or(&Node::Null), &path, out),
        }
    }
}

fn push(path: &str, last: &str, text: Option<String>, reference: Option<String>, out: &mut Vec<Element>) {
    let path = if last.is_empty() { path.to_owned() } else { join(path, last) };
    let text = text.map(|text| words::cut_keeping_lines(&text, MAX_CHARS)).filter(|text| !text.is_empty());
    if let Some(text) = text.or_else(|| reference.clone())
        && out.len() < MAX_ELEMENTS
    {
        let element = Element { label: label(&path), path, text, reference };
        // The same name as official and as usual one, for example.
        if out.last() != Some(&element) {
            out.push(element);
        }
    }
}

fn join(path: &str, step: &str) -> String {
    if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") }
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// `dosageInstruction.timing` → `Dosage instruction: timing`.
fn label(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    for step in path.split('.').filter(|step| *step != "contained") {
        let words = words::split_words(step);
        if out.is_empty() {
            out.push_str(&words);
        } else {
            out.push_str(": ");
            let keeps_capitals = words.chars().nth(1).is_some_and(char::is_uppercase);
            if keeps_capitals { out.push_str(&words) } else { out.push_str(&lower_first(&words)) }
        }
    }
    out
}

/// A choice element without its type: `valueQuantity` → `value`. Other names that happen to end in the name of a
/// type (`referenceRange`, `birthDate`) stay.
fn stem(key: &str) -> &str {
    const BASES: &[&str] = &[
        "abatement",
        "additive",
        "age",
        "allowed",
        "amount",
        "answer",
        "asNeeded",
        "author",
        "born",
        "bounds",
        "chargeItem",
        "collected",
        "content",
        "created",
        "deceased",
        "defaultValue",
        "detail",
        "diagnosis",
        "doseNumber",
        "dose",
        "due",
        "effective",
        "entity",
        "fastingStatus",
        "identified",
        "item",
        "medication",
        "multipleBirth",
        "occurrence",
        "occurred",
        "onset",
        "performed",
        "probability",
        "procedure",
        "product",
        "rate",
        "reported",
        "scheduled",
        "seriesDoses",
        "serviced",
        "source",
        "start",
        "subject",
        "substance",
        "target",
        "time",
        "timing",
        "used",
        "value",
        "when",
    ];
    const TYPES: &[&str] = &[
        "Address",
        "Age",
        "Annotation",
        "Attachment",
        "Base64Binary",
        "Boolean",
        "Canonical",
        "Code",
        "CodeableConcept",
        "CodeableReference",
        "Coding",
        "ContactPoint",
        "Count",
        "Date",
        "DateTime",
        "Decimal",
        "Distance",
        "Dosage",
        "Duration",
        "HumanName",
        "Id",
        "Identifier",
        "Instant",
        "Integer",
        "Integer64",
        "Markdown",
        "Money",
        "Oid",
        "Period",
        "PositiveInt",
        "Quantity",
        "Range",
        "Ratio",
        "Reference",
        "SampledData",
        "Signature",
        "String",
        "Time",
        "Timing",
        "UnsignedInt",
        "Uri",
        "Url",
        "Uuid",
    ];
    if key == "locationCodeableConcept" {
        return "location";
    }
    BASES.iter().copied().find(|base| key.strip_prefix(base).is_some_and(|rest| TYPES.contains(&rest))).unwrap_or(key)
}
