//! What a chart says, in sentences that are true without the picture.

use super::band;
use super::samples::{Group, Numbers, Sample};
use crate::t;
use crate::view::dates::Date;
use crate::view::meaning::Shape;

/// The sentences of a chart that draws so many of its values.
pub(super) fn caption(group: &Group, drawn: usize) -> Vec<String> {
    let known: Vec<&Sample> = group.samples.iter().filter(|sample| !sample.numbers.is_vague()).collect();
    let mut told = Vec::new();
    if let [first, .., last] = known.as_slice() {
        told.push(movement(group, first, last));
        told.extend(between(group, &known));
    }
    told.extend(meanings(&group.samples));
    if band::changed(group) {
        told.push(t!("trend-range-changed"));
    }
    let limits = group.samples.iter().filter(|sample| sample.numbers.is_limit()).count();
    if limits > 0 {
        told.push(t!("trend-limits", count = limits));
    }
    let ranges = group.samples.len() - known.len() - limits;
    if ranges > 0 {
        told.push(t!("trend-ranges", count = ranges));
    }
    if group.samples.iter().any(|sample| sample.from_ms != sample.until_ms) {
        told.push(t!("trend-spans"));
    }
    if drawn < group.samples.len() {
        told.push(t!("trend-thinned", total = group.samples.len(), drawn = drawn));
    }
    told
}

fn with_unit(words: &str, unit: Option<&str>) -> String {
    match unit {
        Some("%") => format!("{words}%"),
        Some(unit) => format!("{words} {unit}"),
        None => words.to_owned(),
    }
}

/// Two dates, no more exact than is needed to tell them apart.
fn apart(a: &Date, b: &Date) -> (String, String) {
    if a.month_words() != b.month_words() {
        (a.month_words(), b.month_words())
    } else if a.day_words() != b.day_words() {
        (a.day_words(), b.day_words())
    } else {
        (a.words(), b.words())
    }
}

fn movement(group: &Group, first: &Sample, last: &Sample) -> String {
    let (from, to) = apart(&first.date, &last.date);
    let end = with_unit(&last.words, group.unit.as_deref());
    let start = first.words.as_str();
    if let Numbers::Pressure(..) = last.numbers {
        return t!("trend-pressure", first = start, last = end, from = from, to = to);
    }
    match last.numbers.upper().total_cmp(&first.numbers.upper()) {
        core::cmp::Ordering::Less => t!("trend-fell", first = start, last = end, from = from, to = to),
        core::cmp::Ordering::Equal => t!("trend-level", last = end, from = from, to = to),
        core::cmp::Ordering::Greater => t!("trend-rose", first = start, last = end, from = from, to = to),
    }
}

/// How far it went beyond both ends in between.
fn between(group: &Group, known: &[&Sample]) -> Option<String> {
    let highest = known.iter().max_by(|a, b| a.numbers.upper().total_cmp(&b.numbers.upper()))?;
    let lowest = known.iter().min_by(|a, b| a.numbers.upper().total_cmp(&b.numbers.upper()))?;
    let (first, last) = (known.first()?.numbers.upper(), known.last()?.numbers.upper());
    let is_higher = highest.numbers.upper() > first.max(last);
    let is_lower = lowest.numbers.upper() < first.min(last);
    let words = |sample: &Sample| with_unit(&sample.words, group.unit.as_deref());
    let (high, low) = (words(highest), words(lowest));
    let (high_when, low_when) = (highest.date.month_words(), lowest.date.month_words());
    match (is_higher, is_lower) {
        (true, true) => Some(t!("trend-between", high = high, high_when = high_when, low = low, low_when = low_when)),
        (true, false) => Some(t!("trend-highest", high = high, high_when = high_when)),
        (false, true) => Some(t!("trend-lowest", low = low, low_when = low_when)),
        (false, false) => None,
    }
}

fn meanings(samples: &[Sample]) -> Vec<String> {
    let shape = |sample: &Sample| match sample.meaning.as_ref()?.shape {
        shape @ (Shape::TriangleUp | Shape::TriangleDown | Shape::Circle) => Some(shape),
        _ => None,
    };
    let known: Vec<Shape> = samples.iter().filter_map(shape).collect();
    let total = known.len();
    let of = |wanted: Shape| known.iter().filter(|shape| **shape == wanted).count();
    let (high, low) = (of(Shape::TriangleUp), of(Shape::TriangleDown));
    let is_all = total == samples.len();
    if total == 0 {
        return Vec::new();
    }
    if is_all && high == total {
        return vec![t!("trend-all-high", count = total)];
    }
    if is_all && low == total {
        return vec![t!("trend-all-low", count = total)];
    }
    if is_all && high + low == 0 {
        return vec![t!("trend-all-within", count = total)];
    }
    let newest = samples.last().and_then(shape).map(|shape| match shape {
        Shape::TriangleUp => t!("trend-newest-high"),
        Shape::TriangleDown => t!("trend-newest-low"),
        _ => t!("trend-newest-within"),
    });
    let outside = (total > 1).then(|| t!("trend-outside", count = high + low, total = total));
    newest.into_iter().chain(outside).collect()
}
