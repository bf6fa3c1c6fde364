//! What a clinic asks of somebody who comes for the first time, answered by the record.

use chartchain_vault::protocol::{CardItem, CardPart, EmergencyCard, EntryLine};

use super::dates::{Date, day_words};
use super::{lines, statuses, titles};
use crate::components::banner::{born_words, severity_words};
use crate::t;

/// So many lines of one part are told; the record has them all.
const MOST_LINES: usize = 40;

/// A part of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What is asked.
    pub heading: String,
    /// What the record says.
    pub lines: Vec<String>,
}

/// Entries of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The newest.
    pub lines: Vec<EntryLine>,
    /// How many there are.
    pub total: u32,
}

/// The form.
#[must_use]
pub fn form(card: &EmergencyCard, vaccinations: &Listed, procedures: &Listed) -> Vec<Part> {
    let of_card = |heading: String, part: &CardPart, known: String, none: String| {
        let items = part.items.iter().map(|item| item_words(item, core::ptr::eq(part, &card.allergies))).collect();
        filled(heading, items, 0, if part.none_known { known } else { none })
    };
    let of_lines = |heading: String, listed: &Listed| {
        let unseen = (listed.total as usize).saturating_sub(listed.lines.len());
        filled(heading, listed.lines.iter().map(entry_words).collect(), unseen, t!("intake-none"))
    };
    let none = || t!("intake-none");
    vec![
        person(card),
        of_card(t!("card-allergies"), &card.allergies, t!("card-allergies-known"), t!("card-allergies-none")),
        of_card(t!("section-medicines"), &card.medicines, t!("card-medicines-known"), t!("card-medicines-none")),
        of_card(t!("section-conditions"), &card.conditions, t!("card-conditions-known"), t!("card-conditions-none")),
        of_lines(t!("section-procedures"), procedures),
        of_card(t!("card-implants"), &card.implants, t!("card-implants-known"), t!("card-implants-none")),
        of_lines(t!("section-vaccinations"), vaccinations),
        of_card(t!("card-blood"), &card.blood_group, String::new(), none()),
        of_card(t!("card-call"), &card.contacts, String::new(), none()),
        of_card(t!("card-languages"), &card.languages, String::new(), none()),
        of_card(t!("card-needs"), &card.needs, String::new(), none()),
    ]
}

/// As the text of a note.
#[must_use]
pub fn text(form: &[Part]) -> String {
    let part = |part: &Part| {
        format!("{}\n{}", part.heading, part.lines.iter().map(|line| format!("– {line}\n")).collect::<String>())
    };
    form.iter().map(part).collect::<Vec<_>>().join("\n")
}

fn person(card: &EmergencyCard) -> Part {
    let person = &card.banner.subject;
    let born = born_words(person).map(|born| t!("card-born", born = born));
    let name = person.name.clone().unwrap_or_else(|| t!("no-name"));
    let lines = [Some(name), born, person.sex.map(statuses::sex_words)];
    Part { heading: t!("intake-person"), lines: lines.into_iter().flatten().collect() }
}

/// A part; `unseen` lines come on top of these.
fn filled(heading: String, mut lines: Vec<String>, unseen: usize, none: String) -> Part {
    if lines.is_empty() {
        return Part { heading, lines: vec![none] };
    }
    let more = lines.len().saturating_sub(MOST_LINES) + unseen;
    lines.truncate(MOST_LINES);
    if more > 0 {
        lines.push(t!("intake-more", count = more));
    }
    Part { heading, lines }
}

fn item_words(item: &CardItem, is_allergy: bool) -> String {
    let severity = item.severity.as_deref().map(|word| if is_allergy { severity_words(word) } else { word.to_owned() });
    let title = if item.told { item.title.clone() } else { titles::short_title(&item.title) };
    let since = item.when.as_ref().map(day_words);
    let parts = [Some(title), severity, item.detail.clone(), since, item.disputed.then(|| t!("flag-disputed"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn entry_words(line: &EntryLine) -> String {
    let when = line.when.as_ref().and_then(|when| Date::read(&when.written)).map(|date| date.day_words());
    // One that was refused or is only planned is told as that.
    let status = line.fhir_status.as_deref().filter(|status| !matches!(*status, "completed" | "final"));
    let status = status.map(|status| lines::status_words(line, status));
    let disputed = line.disputed.then(|| t!("flag-disputed"));
    [Some(lines::title(line)), when, status, disputed].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_end_with_a_count_and_empty_ones_say_so() {
        let lines = |count: usize| (0..count).map(|number| format!("line {number}")).collect::<Vec<_>>();
        assert_eq!(filled("A".into(), Vec::new(), 0, "none".into()).lines, ["none"]);
        assert_eq!(filled("A".into(), lines(MOST_LINES), 0, "none".into()).lines.len(), MOST_LINES);
        let long = filled("A".into(), lines(MOST_LINES + 2), 3, "none".into());
        assert_eq!((long.lines.len(), long.lines.last().unwrap().as_str()), (MOST_LINES + 1, "and 5 more"));
        let form = [
            Part { heading: "Allergies".into(), lines: lines(2) },
            filled("Call".into(), Vec::new(), 0, "none".into()),
        ];
        assert_eq!(text(&form), "Allergies\n– line 0\n– line 1\n\nCall\n– none\n");
    }

    #[test]
    fn an_item_is_told_with_how_bad_it_is_and_what_speaks_against_it() {
        let item = CardItem {
            key: "k".into(),
            title: "Penicillin".into(),
            severity: Some("severe".into()),
            detail: Some("rash".into()),
            when: None,
            told: false,
            disputed: true,
            left_out: true,
        };
        let words = item_words(&item, true);
        assert!(
            words.starts_with("Penicillin, ") && words.contains("rash") && words.ends_with(&t!("flag-disputed")),
            "{words}"
        );
    }
}
