//! FHIR datatypes in plain words. Numbers and dates stay as written.

use crate::facts::Coding;
use crate::tree::Node;
use std::borrow::Cow;

/// Longest text that is passed on; the rest becomes `…`.
pub(crate) const MAX_TEXT_CHARS: usize = 2000;

/// So many codes of one concept are kept, and so many items of a list are put in one text.
const MAX_CODINGS: usize = 100;
const MAX_JOINED: usize = 100;

/// What a value says, whatever datatype it has; told by its shape, since a resource may be of a type that nobody
/// here has heard of.
pub(crate) fn text_of(node: &Node<'_>) -> Option<String> {
    match shape(node) {
        Shape::Scalar => node.scalar().map(str::to_owned),
        Shape::Concept | Shape::Coding | Shape::ConceptOrReference => concept(node),
        Shape::Quantity => quantity(node),
        Shape::Reference => reference(node),
        Shape::Period => period(node),
        Shape::Range => range(node),
        Shape::Ratio => ratio(node),
        Shape::Identifier => identifier(node),
        Shape::Name => human_name(node, true),
        Shape::Address => address(node),
        Shape::Contact => contact(node),
        Shape::Annotation => node.text_at("text").map(str::to_owned),
        Shape::Attachment => attachment(node),
        Shape::Timing => timing(node),
        Shape::Samples => samples(node),
        Shape::List => joined(node, ", ", text_of),
        Shape::Other => None,
    }
}

/// FHIR datatype by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Scalar,
    List,
    Concept,
    ConceptOrReference,
    Coding,
    Quantity,
    Reference,
    Period,
    Range,
    Ratio,
    Identifier,
    Name,
    Address,
    Contact,
    Annotation,
    Attachment,
    Timing,
    Samples,
    /// An element with parts of its own, or nothing.
    Other,
}

/// Tells the datatype of a value.
pub(crate) fn shape(node: &Node<'_>) -> Shape {
    let members = match node {
        Node::Object(members) => members,
        Node::List(_) => return Shape::List,
        Node::Null => return Shape::Other,
        _ => return Shape::Scalar,
    };
    let has = |key: &str| members.iter().any(|(name, _)| name == key);
    let only = |keys: &[&str]| {
        members.iter().all(|(name, _)| {
            name.starts_with('_') || name == "id" || name == "extension" || keys.contains(&name.as_ref())
        })
    };
    let is_number = matches!(node.get("value"), Some(Node::Number(_)));
    if (has("coding") || has("text")) && only(&["coding", "text"]) {
        Shape::Concept
    } else if (has("reference") || has("display") || has("identifier") && !has("value"))
        && only(&["reference", "type", "identifier", "display"])
        && !matches!(node.get("reference"), Some(Node::Object(_)))
    {
        Shape::Reference
    } else if (node.text_at("code").is_some() || node.text_at("display").is_some())
        && only(&["system", "version", "code", "display", "userSelected"])
    {
        Shape::Coding
    } else if (has("concept") || has("reference")) && only(&["concept", "reference"]) {
        Shape::ConceptOrReference
    } else if (is_number || has("comparator") || has("unit") || has("currency"))
        && only(&["value", "comparator", "unit", "system", "code", "currency"])
    {
        Shape::Quantity
    } else if (has("start") || has("end")) && only(&["start", "end"]) {
        Shape::Period
    } else if (has("low") || has("high")) && only(&["low", "high"]) {
        Shape::Range
    } else if (has("numerator") || has("denominator")) && only(&["numerator", "denominator"]) {
        Shape::Ratio
    } else if has("value") && only(&["system", "value", "use", "rank", "period"]) && is_contact(node) {
        Shape::Contact
    } else if (has("value") || has("system")) && only(&["use", "type", "system", "value", "period", "assigner"]) {
        Shape::Identifier
    } else if (has("family") || has("given") || has("text"))
        && only(&["use", "text", "family", "given", "prefix", "suffix", "period"])
    {
        Shape::Name
    } else if ["line", "city", "postalCode", "country", "state", "district", "text"].iter().any(|key| has(key))
        && only(&["use", "type", "text", "line", "city", "district", "state", "postalCode", "country", "period"])
    {
        Shape::Address
    } else if has("text") && only(&["text", "time", "authorString", "authorReference"]) {
        Shape::Annotation
    } else if (has("contentType") || has("data") || has("url"))
        && only(&["contentType", "language", "data", "url", "size", "hash", "title", "creation"])
    {
        Shape::Attachment
    } else if has("repeat") && only(&["repeat", "event", "code"]) || has("event") && only(&["event", "code"]) {
        Shape::Timing
    } else if has("origin") && has("period") {
        Shape::Samples
    } else {
        Shape::Other
    }
}

fn is_contact(node: &Node<'_>) -> bool {
    let system = node.text_at("system");
    matches!(system, Some("phone" | "fax" | "email" | "pager" | "url" | "sms" | "other"))
        || system.is_none() && matches!(node.text_at("use"), Some("home" | "work" | "mobile"))
}

/// Words of a CodeableConcept or Coding (or of a plain string): its text, else a display, the one a person chose
/// before others.
pub(crate) fn concept_words<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    if let Node::List(items) = node {
        return items.iter().find_map(concept_words);
    }
    if node.scalar().is_some() {
        return node.text();
    }
    let codings = || node.each("coding").iter();
    let is_code = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()) && codings().any(|coding| coding.text_at("code") == Some(text))
    };
    node.text_at("text")
        .filter(|text| !is_code(text))
        .or_else(|| {
            codings().find(|coding| coding.is_true("userSelected")).and_then(|coding| coding.text_at("display"))
        })
        .or_else(|| codings().find_map(|coding| coding.text_at("display").filter(|text| !is_code(text))))
        .or_else(|| node.text_at("display"))
        .or_else(|| node.get("concept").and_then(concept_words))
        .or_else(|| node.get("reference").and_then(|reference| reference.text_at("display")))
}

/// [`concept_words`], else the first code.
pub(crate) fn concept(node: &Node<'_>) -> Option<String> {
    concept_words(node).or_else(|| concept_code(node)).map(str::to_owned)
}

/// First code of a CodeableConcept or Coding, or a plain code.
pub(crate) fn concept_code<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    if let Node::List(items) = node {
        return items.iter().find_map(concept_code);
    }
    node.text()
        .or_else(|| node.each("coding").iter().find_map(|coding| coding.text_at("code")))
        .or_else(|| node.text_at("code"))
        .or_else(|| node.get("concept").and_then(concept_code))
}

/// Adds all codes of a CodeableConcept, CodeableReference or Coding.
pub(crate) fn push_codings(node: &Node<'_>, out: &mut Vec<Coding>) {
    let codings = match node {
        Node::List(items) => return items.iter().for_each(|item| push_codings(item, out)),
        _ if node.get("coding").is_some() => node.each("coding"),
        _ => match node.get("concept") {
            Some(inner) => return push_codings(inner, out),
            None => std::slice::from_ref(node),
        },
    };
    for coding in codings {
        if let Some(code) = coding.text_at("code") {
            let coding = Coding {
                system: coding.text_at("system").map(str::to_owned),
                code: code.to_owned(),
                display: coding.text_at("display").map(str::to_owned),
            };
            if out.len() < MAX_CODINGS && !out.contains(&coding) {
                out.push(coding);
            }
        }
    }
}

/// Unit for people, else its code. `1` is UCUM for no unit; words in braces are notes, not units: `{tablet}` is shown
/// as `tablet`, a score or a ratio without any.
pub(crate) fn unit<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    let unit = node.text_at("unit").or_else(|| node.text_at("code")).or_else(|| node.text_at("currency"))?;
    let note = unit.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|note| !note.contains(['{', '}']));
    match note.unwrap_or(unit) {
        "1" | "unity" | "unit" | "score" | "ratio" | "index" | "nominal" | "" if note.is_some() || unit == "1" => None,
        words => Some(words),
    }
}

/// A number with comparator and unit, for example `< 5 mg`.
pub(crate) fn quantity(node: &Node<'_>) -> Option<String> {
    let number = node.get("value").and_then(Node::scalar);
    let parts = [node.text_at("comparator"), number, unit(node)];
    number.map(|_| parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// `start – end`, with a side left open where it is missing.
pub(crate) fn period(node: &Node<'_>) -> Option<String> {
    match (node.text_at("start"), node.text_at("end")) {
        (Some(start), Some(end)) if start == end => Some(start.to_owned()),
        (Some(start), Some(end)) => Some(format!("{start} – {end}")),
        (Some(start), None) => Some(format!("{start} –")),
        (None, Some(end)) => Some(format!("– {end}")),
        (None, None) => None,
    }
}

/// `low – high unit`, or one limit with a sign.
pub(crate) fn range(node: &Node<'_>) -> Option<String> {
    let low = node.get("low");
    let high = node.get("high");
    let number = |side: Option<&Node<'_>>| side.and_then(|side| side.get("value")?.scalar().map(str::to_owned));
    match (number(low), number(high)) {
        (Some(from), Some(to)) => {
            let (low_unit, high_unit) = (low.and_then(unit), high.and_then(unit));
            let unit = high_unit.or(low_unit).map(|unit| format!(" {unit}")).unwrap_or_default();
            match low_unit {
                Some(other) if high_unit.is_some_and(|unit| unit != other) => {
                    Some(format!("{from} {other} – {to}{unit}"))
                }
                _ => Some(format!("{from} – {to}{unit}")),
            }
        }
        (Some(_), None) => low.and_then(quantity).map(|text| format!("≥ {text}")),
        (None, Some(_)) => high.and_then(quantity).map(|text| format!("≤ {text}")),
        (None, None) => None,
    }
}

/// `10 mg / 5 mL`, a titre as `1:128`, a denominator of one unit without its number.
pub(crate) fn ratio(node: &Node<'_>) -> Option<String> {
    let (top, bottom) = (node.get("numerator"), node.get("denominator"));
    let top_text = top.and_then(quantity)?;
    let Some(bottom) = bottom else { return Some(top_text) };
    let number = bottom.get("value").and_then(Node::scalar);
    match (number, unit(bottom)) {
        (None, _) => Some(top_text),
        (Some(number), None) if top.and_then(unit).is_none() => Some(format!("{top_text}:{number}")),
        (Some("1" | "1.0"), None) => Some(top_text),
        (Some("1" | "1.0"), Some(unit)) => Some(format!("{top_text} / {unit}")),
        (Some(_), _) => quantity(bottom).map(|bottom| format!("{top_text} / {bottom}")),
    }
}

/// The display of a reference, else its identifier, else the reference.
pub(crate) fn reference(node: &Node<'_>) -> Option<String> {
    node.text_at("display")
        .map(str::to_owned)
        .or_else(|| node.get("identifier").and_then(identifier))
        .or_else(|| node.text_at("reference").map(str::to_owned))
}

/// `value (type)`, or who assigned it.
pub(crate) fn identifier(node: &Node<'_>) -> Option<String> {
    let value = node.get("value").and_then(Node::scalar)?;
    let value = value.strip_prefix("urn:uuid:").or_else(|| value.strip_prefix("urn:oid:")).unwrap_or(value);
    let kind = node
        .get("type")
        .and_then(concept_words)
        .or_else(|| node.get("assigner").and_then(|assigner| assigner.text_at("display")));
    Some(kind.map_or_else(|| value.to_owned(), |kind| format!("{value} ({kind})")))
}

/// The name for people: its text, else its parts in order. Titles such as `Dr.` only where asked for.
pub(crate) fn human_name(node: &Node<'_>, with_prefix: bool) -> Option<String> {
    if let Some(text) = node.text_at("text") {
        return Some(text.to_owned());
    }
    if node.scalar().is_some() {
        return node.text().map(str::to_owned);
    }
    let keys: &[&str] =
        if with_prefix { &["prefix", "given", "family", "suffix"] } else { &["given", "family", "suffix"] };
    let parts: Vec<&str> = keys.iter().flat_map(|key| node.each(key)).filter_map(Node::text).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Of several names the one to call a person by: the official one, then the usual one, old and maiden names last.
pub(crate) fn best_name(names: &[Node<'_>], with_prefix: bool) -> Option<String> {
    let rank = |name: &&Node<'_>| match name.text_at("use") {
        Some("official") => 0,
        Some("usual") => 1,
        None => 2,
        Some("temp") => 4,
        Some("nickname") => 5,
        Some("anonymous") => 6,
        Some("old" | "maiden") => 7,
        Some(_) => 3,
    };
    let mut sorted: Vec<&Node<'_>> = names.iter().collect();
    sorted.sort_by_key(rank);
    sorted.into_iter().find_map(|name| human_name(name, with_prefix))
}

/// One line; its text only where it has no parts.
pub(crate) fn address(node: &Node<'_>) -> Option<String> {
    let parts: Vec<&str> = ["line", "postalCode", "city", "district", "state", "country"]
        .iter()
        .flat_map(|key| node.each(key))
        .filter_map(Node::text)
        .collect();
    if parts.is_empty() { node.text_at("text").map(str::to_owned) } else { Some(parts.join(", ")) }
}

/// `value (use)`.
pub(crate) fn contact(node: &Node<'_>) -> Option<String> {
    let value = node.get("value").and_then(Node::scalar)?;
    let notes: Vec<&str> = ["use", "system"].iter().filter_map(|key| node.text_at(key)).collect();
    Some(if notes.is_empty() { value.to_owned() } else { format!("{value} ({})", notes.join(" ")) })
}

/// Title, type and size; never the data.
pub(crate) fn attachment(node: &Node<'_>) -> Option<String> {
    let size = node
        .get("size")
        .and_then(Node::scalar)
        .map(|size| format!("{size} bytes"))
        .or_else(|| node.text_at("data").map(|data| format!("{} bytes", base64_length(data))));
    let parts: Vec<String> = ["title", "contentType", "creation"]
        .iter()
        .filter_map(|key| node.text_at(key).map(str::to_owned))
        .chain(size)
        .chain(node.text_at("url").map(str::to_owned))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How many bytes base64 text stands for.
pub(crate) fn base64_length(data: &str) -> usize {
    data.bytes().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')).count() * 3
        / 4
}

/// How many samples of what unit; not the samples.
pub(crate) fn samples(node: &Node<'_>) -> Option<String> {
    let count = node.text_at("data").map(|data| data.split_whitespace().count());
    let unit = node.get("origin").and_then(unit).map(|unit| format!(" in {unit}")).unwrap_or_default();
    let every = node.get("period").and_then(Node::scalar).map(|ms| format!(", every {ms} ms")).unwrap_or_default();
    Some(format!("{} samples{unit}{every}", count.unwrap_or(0)))
}

/// How often, for example `2 times every 1 day, for 10 days`.
pub(crate) fn timing(node: &Node<'_>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if let Some(code) = node.get("code").and_then(concept_words) {
        parts.push(code.to_owned());
    }
    if let Some(repeat) = node.get("repeat") {
        repetition(repeat, parts.is_empty(), &mut parts);
    }
    if parts.is_empty()
        && let Some(code) = node.get("code").and_then(concept_code)
    {
        parts.push(code.to_owned());
    }
    parts.extend(joined_at(node, "event", text_of));
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn repetition(repeat: &Node<'_>, with_frequency: bool, parts: &mut Vec<String>) {
    let scalar = |key: &str| repeat.get(key).and_then(Node::scalar);
    let up_to = |low: &str, high: &str| match (scalar(low), scalar(high)) {
        (Some(low), Some(high)) if low != high => Some(format!("{low}–{high}")),
        (low, high) => low.or(high).map(str::to_owned),
    };
    if with_frequency {
        let frequency = up_to("frequency", "frequencyMax");
        let period = up_to("period", "periodMax");
        let unit = scalar("periodUnit").map(time_unit);
        let times = match frequency.as_deref() {
            Some("1") => Some("once".to_owned()),
            Some("2") => Some("twice".to_owned()),
            Some(frequency) => Some(format!("{frequency} times")),
            None => None,
        };
        let every = match (period.as_deref(), unit) {
            (None | Some("1" | "1.0"), Some((one, _))) if times.is_some() => Some(format!("a {one}")),
            (None | Some("1" | "1.0"), Some((one, _))) => Some(format!("every {one}")),
            (Some(period), Some((_, many))) => Some(format!("every {period} {many}")),
            (_, None) => None,
        };
        let words: Vec<String> = times.into_iter().chain(every).collect();
        if !words.is_empty() {
            parts.push(words.join(" ").replace("a hour", "an hour"));
        }
    }
    parts.extend(joined_at(repeat, "when", |when| when.text().map(|code| meal_time(code).to_owned())));
    parts.extend(joined_at(repeat, "dayOfWeek", |day| day.text().map(str::to_owned)));
    parts.extend(joined_at(repeat, "timeOfDay", |time| time.text().map(|time| format!("at {time}"))));
    if let Some(count) = up_to("count", "countMax") {
        parts.push(format!("{count} times in all"));
    }
    if let Some(length) = up_to("duration", "durationMax") {
        let unit = scalar("durationUnit").map_or("", |unit| time_unit(unit).1);
        parts.push(format!("lasting {length} {unit}").trim_end().to_owned());
    }
    if let Some((suffix, bounds)) = repeat.choice("bounds")
        && let Some(text) = text_of(bounds)
    {
        parts.push(if suffix == "Period" { text } else { format!("for {text}") });
    }
}

fn time_unit(code: &str) -> (&str, &str) {
    match code {
        "s" => ("second", "seconds"),
        "min" => ("minute", "minutes"),
        "h" => ("hour", "hours"),
        "d" => ("day", "days"),
        "wk" => ("week", "weeks"),
        "mo" => ("month", "months"),
        "a" => ("year", "years"),
        other => (other, other),
    }
}

fn meal_time(code: &str) -> &str {
    match code {
        "MORN" => "in the morning",
        "AFT" => "in the afternoon",
        "EVE" => "in the evening",
        "NIGHT" => "at night",
        "HS" => "before sleep",
        "WAKE" => "after waking",
        "C" => "with meals",
        "CM" => "with breakfast",
        "CD" => "with lunch",
        "CV" => "with dinner",
        "AC" => "before meals",
        "ACM" => "before breakfast",
        "ACD" => "before lunch",
        "ACV" => "before dinner",
        "PC" => "after meals",
        "PCM" => "after breakfast",
        "PCD" => "after lunch",
        "PCV" => "after dinner",
        other => other,
    }
}

/// One dosage instruction: its text, else dose, how often, way and condition.
pub(crate) fn dosage(node: &Node<'_>) -> Option<String> {
    if let Some(text) = node.text_at("text") {
        return Some(text.to_owned());
    }
    let dose = node.each("doseAndRate").iter().chain(std::iter::once(node)).find_map(|holder| {
        let amount = holder.choice("dose").and_then(|(_, value)| text_of(value));
        let rate = holder.choice("rate").and_then(|(_, value)| text_of(value));
        match (amount, rate) {
            (Some(amount), Some(rate)) => Some(format!("{amount} at {rate}")),
            (amount, rate) => amount.or(rate),
        }
    });
    let as_needed = match node.choice("asNeeded") {
        Some(("Boolean", Node::Bool(true))) => Some("as needed".to_owned()),
        Some(("CodeableConcept", reason)) => concept(reason).map(|reason| format!("as needed for {reason}")),
        _ => node.is_true("asNeeded").then(|| "as needed".to_owned()),
    };
    let parts: Vec<String> = dose
        .into_iter()
        .chain(node.get("timing").and_then(timing))
        .chain(node.get("route").and_then(concept))
        .chain(node.get("site").and_then(concept))
        .chain(as_needed)
        .chain(node.text_at("patientInstruction").map(str::to_owned))
        .chain(node.each("additionalInstruction").iter().filter_map(concept))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The texts of all items, each once.
pub(crate) fn joined<'a>(list: &Node<'a>, between: &str, text: impl Fn(&Node<'a>) -> Option<String>) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    for found in list.items().iter().filter_map(text) {
        if texts.len() == MAX_JOINED {
            break;
        }
        if !texts.contains(&found) {
            texts.push(found);
        }
    }
    (!texts.is_empty()).then(|| texts.join(between))
}

fn joined_at<'a>(node: &Node<'a>, key: &str, text: impl Fn(&Node<'a>) -> Option<String>) -> Option<String> {
    joined(node.get(key)?, ", ", text)
}

/// `MedicationRequest`, `bodySite` → `Medication request`, `Body site`.
pub(crate) fn split_words(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut last_lower = false;
    for (at, c) in name.char_indices() {
        let next_lower = name.get(at + c.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
        match c {
            '-' | '_' | '.' | ' ' => out.push(' '),
            _ if out.is_empty() => out.extend(c.to_uppercase()),
            _ if c.is_uppercase() && (last_lower || next_lower) => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                // An abbreviation at the end (`patientID`) keeps its capitals.
                if next_lower { out.extend(c.to_lowercase()) } else { out.push(c) }
            }
            _ => out.push(c),
        }
        last_lower = c.is_lowercase() || c.is_ascii_digit();
    }
    out
}

/// At most `max_chars` characters, white space runs (and HTML line breaks) made one blank.
pub(crate) fn cut(text: &str, max_chars: usize) -> String {
    cut_lines(text, max_chars, ' ')
}

/// As [`cut`], but lines stay lines.
pub(crate) fn cut_keeping_lines(text: &str, max_chars: usize) -> String {
    cut_lines(text, max_chars, '\n')
}

fn cut_lines(text: &str, max_chars: usize, between: char) -> String {
    if text.len() <= max_chars && is_one_plain_line(text) {
        return text.to_owned();
    }
    let text = without_break_tags(text);
    let mut out = String::with_capacity(text.len().min(max_chars * 4));
    'lines: for line in text.lines() {
        let mut gap = between;
        for word in line.split_whitespace() {
            if !out.is_empty() {
                out.push(gap);
            }
            out.push_str(word);
            gap = ' ';
            if out.len() > max_chars * 4 {
                break 'lines;
            }
        }
    }
    if let Some((at, _)) = out.char_indices().nth(max_chars) {
        out.truncate(at);
        out.push('…');
    }
    out
}

/// Whether a text would stay as it is: ASCII without tags and with single spaces between its words only.
fn is_one_plain_line(text: &str) -> bool {
    let mut last = b' ';
    let plain = text.bytes().all(|byte| {
        let before = core::mem::replace(&mut last, byte);
        byte.is_ascii_graphic() && byte != b'<' || byte == b' ' && before != b' '
    });
    plain && last != b' '
}

/// Laboratories write `<br>` into plain text.
fn without_break_tags(text: &str) -> Cow<'_, str> {
    if !text.contains("<br") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n"))
}

/// Displays of the references under a key.
pub(crate) fn joined_displays(node: &Node<'_>, key: &str) -> Option<String> {
    joined_at(node, key, |reference| reference.text_at("display").map(str::to_owned))
}
