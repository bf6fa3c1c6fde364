//! Measurements, answers and reports.

use crate::facts::{Coding, Component, Facts, Kind, Range, Value};
use crate::tree::Node;
use crate::words;

const LOINC: &str = "http://loinc.org";

pub(super) fn add(root: &Node<'_>, facts: &mut Facts) {
    facts.kind = kind(root, &facts.codes);
    let components = root.each("component");
    facts.value = value(root)
        .or_else(|| pressure(components))
        .or_else(|| several(components))
        .or_else(|| absent(root).map(Value::Absent));
    facts.range = usual_range(root.each("referenceRange"));
    facts.interpretation = interpretation(root);
}

pub(super) fn add_report(root: &Node<'_>, facts: &mut Facts) {
    // Notes travel as reports too.
    if has_code(&facts.codes, &["11488-4", "11506-3", "18842-5", "28570-0", "34111-5", "34117-2", "34133-9", "51847-2"])
    {
        facts.kind = Kind::Note;
    }
    if facts.detail.is_none() {
        facts.detail = words::joined_displays(root, "result");
    }
}

/// By the code where it leaves no doubt, else by category.
fn kind(root: &Node<'_>, codes: &[Coding]) -> Kind {
    if let Some(kind) = kind_by_code(codes) {
        return kind;
    }
    let mut found = None;
    root.all("category", &mut |category| {
        let mut categories = Vec::new();
        words::push_codings(category, &mut categories);
        for coding in categories {
            let kind = match coding.code.as_str() {
                "vital-signs" => Kind::Vital,
                "laboratory" | "LAB" | "imaging" | "RAD" | "exam" | "procedure" => Kind::TestResult,
                "social-history"
                | "survey"
                | "activity"
                | "sdoh"
                | "functional-status"
                | "disability-status"
                | "cognitive-status"
                | "treatment-intervention-preference"
                | "care-experience-preference" => Kind::Lifestyle,
                _ => continue,
            };
            found = found.or(Some(kind));
        }
    });
    found.unwrap_or(Kind::TestResult)
}

fn kind_by_code(codes: &[Coding]) -> Option<Kind> {
    // LOINC: blood pressure, pulse, breathing, temperature, height, weight, body mass index, head, waist, oxygen, pain,
    // resting pulse and steps.
    const VITAL: &[&str] = &[
        "85353-1", "85354-9", "55284-4", "8480-6", "8462-4", "8478-0", "8867-4", "40443-4", "9279-1", "8310-5",
        "8331-1", "8302-2", "8306-3", "8308-9", "29463-7", "3141-9", "8335-2", "39156-5", "59576-9", "8287-5",
        "9843-4", "8289-1", "8280-0", "56086-2", "8277-6", "59408-5", "2708-6", "72514-3", "41950-7", "55423-8",
        "8716-3", "77606-2",
    ];
    // LOINC: smoking, alcohol, occupation, housing, education, pregnancy status, drug use, exercise, living.
    const LIFESTYLE: &[&str] = &[
        "72166-2", "11367-0", "8663-7", "81228-9", "74013-4", "11331-6", "74205-6", "11341-5", "85658-3", "21843-8",
        "71802-3", "63512-8", "82589-3", "82810-3", "11343-1", "88028-6", "68516-4", "89555-7", "76690-7", "76689-9",
        "46240-8", "75618-9", "93025-5", "72109-2", "68517-2",
    ];
    if has_code(codes, VITAL) {
        Some(Kind::Vital)
    } else if has_code(codes, LIFESTYLE) {
        Some(Kind::Lifestyle)
    } else {
        None
    }
}

fn has_code(codes: &[Coding], wanted: &[&str]) -> bool {
    codes.iter().any(|coding| {
        coding.system.as_deref().is_none_or(|system| system == LOINC) && wanted.contains(&coding.code.as_str())
    })
}

/// The `value[x]` of an Observation or of one of its components.
fn value(holder: &Node<'_>) -> Option<Value> {
    let (suffix, node) = holder.choice("value")?;
    let owned = |text: Option<&str>| text.map(str::to_owned);
    match suffix {
        "Quantity" | "Integer" | "Decimal" => {
            let number = node.scalar().or_else(|| node.get("value").and_then(Node::scalar))?.to_owned();
            Some(Value::Quantity {
                comparator: owned(node.text_at("comparator")),
                number,
                unit: owned(words::unit(node)),
            })
        }
        "Boolean" => match node {
            Node::Bool(yes) => Some(Value::Bool(*yes)),
            other => other.scalar().map(|text| Value::Text(text.to_owned())),
        },
        "Range" => range(node, None).map(Value::Range),
        _ => words::text_of(node).map(|text| Value::Text(words::cut_keeping_lines(&text, words::MAX_TEXT_CHARS))),
    }
}

/// Why there is no value.
fn absent(holder: &Node<'_>) -> Option<String> {
    let extension = |(name, node): &(std::borrow::Cow<'_, str>, Node<'_>)| {
        if !name.starts_with("_value") && !name.starts_with("value") {
            return None;
        }
        node.each("extension")
            .iter()
            .find(|extension| extension.text_at("url").is_some_and(|url| url.ends_with("data-absent-reason")))
            .and_then(|extension| extension.text_at("valueCode").map(str::to_owned))
    };
    holder.get("dataAbsentReason").and_then(words::concept).or_else(|| holder.members().iter().find_map(extension))
}

fn several(components: &[Node<'_>]) -> Option<Value> {
    let parts: Vec<Component> = components.iter().filter_map(component).collect();
    (!parts.is_empty()).then_some(Value::Components(parts))
}

fn component(node: &Node<'_>) -> Option<Component> {
    let mut codes = Vec::new();
    let code = node.get("code");
    if let Some(code) = code {
        words::push_codings(code, &mut codes);
    }
    let value = value(node).or_else(|| absent(node).map(Value::Absent))?;
    Some(Component { name: code.and_then(words::concept).unwrap_or_default(), codes, value })
}

fn pressure(components: &[Node<'_>]) -> Option<Value> {
    // LOINC in general, sitting, standing, lying; SNOMED CT.
    let (systolic, unit) = part(components, &["8480-6", "8459-0", "8460-8", "8461-6", "271649006"], "systolic")?;
    let (diastolic, _) = part(components, &["8462-4", "8453-3", "8454-1", "8455-8", "271650006"], "diastolic")?;
    Some(Value::Pressure { systolic, diastolic, unit })
}

fn part(components: &[Node<'_>], wanted: &[&str], word: &str) -> Option<(String, Option<String>)> {
    let number = |component: &Node<'_>| match value(component)? {
        Value::Quantity { comparator: None, number, unit } => Some((number, unit)),
        _ => None,
    };
    let coded = |component: &&Node<'_>| {
        component
            .each("code")
            .iter()
            .flat_map(|code| code.each("coding"))
            .any(|coding| coding.text_at("code").is_some_and(|code| wanted.contains(&code)))
    };
    let named = |component: &&Node<'_>| {
        component.get("code").and_then(words::concept_words).is_some_and(|name| name.to_lowercase().contains(word))
    };
    components.iter().find(coded).or_else(|| components.iter().find(named)).and_then(number)
}

/// The usual range. Of several only one for everyone counts; which of several groups the person belongs to is not for
/// this crate to judge, so then all of them stand in the text.
fn usual_range(ranges: &[Node<'_>]) -> Option<Range> {
    let normal: Vec<&Node<'_>> = ranges
        .iter()
        .filter(|range| range.get("type").and_then(words::concept_code).is_none_or(|code| code == "normal"))
        .collect();
    let for_everyone: Vec<&Node<'_>> =
        normal.iter().copied().filter(|range| range.get("appliesTo").is_none() && range.get("age").is_none()).collect();
    match (normal.as_slice(), for_everyone.as_slice()) {
        ([one], _) | (_, [one]) => range(one, one.text_at("text")),
        ([], _) => None,
        (several, _) => {
            let texts: Vec<String> = several.iter().filter_map(|range| range_for_group(range)).take(20).collect();
            let text = (!texts.is_empty()).then(|| texts.join("; "));
            text.map(|text| Range { low: None, high: None, unit: None, text: Some(text) })
        }
    }
}

fn range_for_group(range: &Node<'_>) -> Option<String> {
    let text = range.text_at("text").map(str::to_owned).or_else(|| words::range(range))?;
    let group = range.get("appliesTo").and_then(words::text_of);
    let age = range.get("age").and_then(words::range);
    let notes: Vec<String> = group.into_iter().chain(age).collect();
    Some(if notes.is_empty() { text } else { format!("{text} ({})", notes.join(", ")) })
}

fn range(node: &Node<'_>, text: Option<&str>) -> Option<Range> {
    let limit = |key: &str| node.get(key).and_then(|limit| limit.get("value")?.scalar().map(str::to_owned));
    let unit = |key: &str| node.get(key).and_then(words::unit).map(str::to_owned);
    let range = Range {
        low: limit("low"),
        high: limit("high"),
        unit: unit("low").or_else(|| unit("high")),
        text: text.filter(|text| !matches!(*text, "NA" | "N/A" | "n/a" | "-")).map(str::to_owned),
    };
    (range.low.is_some() || range.high.is_some() || range.text.is_some()).then_some(range)
}

fn interpretation(root: &Node<'_>) -> Option<String> {
    let first = root.each("interpretation").first()?;
    words::concept_code(first).or_else(|| words::concept_words(first)).map(str::to_owned)
}
