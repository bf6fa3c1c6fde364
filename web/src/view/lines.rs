//! An entry in a list: its title, the line below it, who it is from, and the month it stands under.

use chartchain_vault::protocol::{EntryLine, Kind, Value};

use super::dates::Date;
use super::members::signer_words;
use super::{meaning, statuses, titles, values};
use crate::t;

/// Title with its value: `HbA1c 53 mmol/mol`. Long words stay out of it.
#[must_use]
pub fn title(line: &EntryLine) -> String {
    let name = titles::short_title(&line.title);
    let value = line.value.as_ref().and_then(values::line).filter(|value| value.chars().count() <= 32);
    match (value, &line.value) {
        (Some(value), Some(Value::Quantity { .. } | Value::Pressure { .. })) => format!("{name} {value}"),
        (Some(value), _) => format!("{name}: {value}"),
        (None, _) => name,
    }
}

/// The line below the title: what the value means, else detail and status.
#[must_use]
pub fn below(line: &EntryLine) -> Option<String> {
    if let Some(meaning) = meaning::of(line.value.as_ref(), line.range.as_ref(), line.interpretation.as_deref()) {
        return Some(meaning.words);
    }
    let long_value = line.value.as_ref().and_then(values::line).filter(|value| value.chars().count() > 32);
    let status = line
        .fhir_status
        .as_deref()
        .filter(|status| is_worth_saying(status, line.kind))
        .map(|status| status_words(line, status));
    let parts: Vec<String> = [line.detail.clone(), long_value, status].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(". "))
}

/// The status of an entry in words. A dose that was given is no course that ended.
#[must_use]
pub fn status_words(line: &EntryLine, status: &str) -> String {
    match (line.type_name.as_str(), status, line.entered_by_you) {
        ("MedicationAdministration", "completed", true) => t!("dose-taken"),
        ("MedicationAdministration", "not-done", true) => t!("dose-missed"),
        ("MedicationAdministration", "completed", false) => t!("dose-given"),
        ("MedicationAdministration", "not-done", false) => t!("dose-not-given"),
        _ => capital(&statuses::fhir_words(status, line.kind)),
    }
}

fn is_worth_saying(status: &str, kind: Kind) -> bool {
    match kind {
        Kind::Condition | Kind::Medicine | Kind::Allergy | Kind::Plan => !matches!(status, "active" | "unknown"),
        _ => !matches!(status, "final" | "completed" | "finished" | "current" | "active" | "unknown"),
    }
}

/// Who it is from: `entered by you`, `recorded by Riverside Clinic`, or that it was brought in.
#[must_use]
pub fn from_whom(line: &EntryLine) -> String {
    let first = line.first_signer.as_ref().map(signer_words);
    match (&line.source, &line.signer) {
        _ if line.entered_by_you => first.map_or_else(|| t!("from-you"), |first| t!("from-you-after", first = first)),
        (_, Some(signer)) if line.by_hand => match first {
            Some(first) => t!("from-signer-after", name = signer_words(signer), first = first),
            None => t!("from-signer", name = signer_words(signer)),
        },
        (Some(source), Some(signer)) => t!("from-source-of", source = source, name = signer_words(signer)),
        (Some(source), None) => t!("from-source", source = source),
        (None, Some(signer)) => t!("from-file-of", name = signer_words(signer)),
        (None, None) => t!("from-file"),
    }
}

/// First letter large.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Lines under their months, in the order they came.
#[must_use]
pub fn by_month(lines: &[EntryLine]) -> Vec<(String, Vec<EntryLine>)> {
    let mut months: Vec<(String, Vec<EntryLine>)> = Vec::new();
    for line in lines {
        let month = line.when.as_ref().and_then(|when| Date::read(&when.written));
        let month = month.map_or_else(|| t!("month-unknown"), |date| date.month_words());
        match months.last_mut() {
            Some((last, group)) if *last == month => group.push(line.clone()),
            _ => months.push((month, vec![line.clone()])),
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::{EntryId, Status, When, WhenPrecision};

    use super::*;

    fn entry(title: &str, written: Option<&str>) -> EntryLine {
        EntryLine {
            entry: EntryId("00".into()),
            kind: Kind::TestResult,
            type_name: "Observation".into(),
            title: title.into(),
            value: None,
            range: None,
            interpretation: None,
            detail: None,
            when: written.map(|written| When {
                written: written.into(),
                sort_ms: 0,
                precision: WhenPrecision::Day,
                offset_minutes: None,
            }),
            until: None,
            fhir_status: Some("final".into()),
            source: None,
            by_hand: false,
            entered_by_you: false,
            signer: None,
            first_signer: None,
            status: Status::Recorded,
            superseded: false,
            wrong: false,
            disputed: false,
        }
    }

    #[test]
    fn entries_stand_under_their_month_in_the_order_they_came() {
        let lines = [
            entry("a", Some("2018-08-06")),
            entry("b", Some("2018-08-01T10:00:00Z")),
            entry("c", Some("2018")),
            entry("d", None),
        ];
        let months: Vec<(String, usize)> = by_month(&lines).into_iter().map(|(m, l)| (m, l.len())).collect();
        assert_eq!(months, [("August 2018".into(), 2), ("2018".into(), 1), ("No date".into(), 1)]);
    }

    #[test]
    fn a_short_value_joins_the_title_and_a_long_one_goes_below() {
        let mut line = entry("Smoking", None);
        line.value = Some(Value::Text("Never".into()));
        assert_eq!((title(&line), below(&line)), ("Smoking: Never".into(), None));
        line.value = Some(Value::Text("Smoked a pipe every day until the year 1999".into()));
        assert_eq!(title(&line), "Smoking");
        assert!(below(&line).unwrap().starts_with("Smoked a pipe"));
    }

    #[test]
    fn ordinary_statuses_are_not_said_in_lists() {
        let mut line = entry("HbA1c", None);
        assert_eq!(below(&line), None);
        line.fhir_status = Some("preliminary".into());
        assert_eq!(below(&line).unwrap(), "Preliminary");
    }
}
