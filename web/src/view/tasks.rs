//! Tasks in words: when, how often, how they stand.

use chartchain_vault::protocol::docs::{Day, DocumentName, Outcome, Repeat, Schedule, Standing, Task};

use crate::components::tag::Tone;
use crate::t;
use crate::view::dates::Date;

/// The day of a date.
#[must_use]
pub fn day_of(date: &Date) -> Day {
    let iso = format!("{:04}-{:02}-{:02}", date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
    Day::from_iso(&iso).unwrap_or(Day(0))
}

/// A day in words.
#[must_use]
pub fn day_words(day: Day) -> String {
    Date::read(&day.to_iso()).map_or_else(|| day.to_iso(), |date| date.day_words())
}

/// When something is to be done.
#[must_use]
pub fn schedule_words(schedule: &Schedule) -> String {
    let Some(due) = schedule.due else { return t!("task-any-time") };
    match schedule.repeat {
        Repeat::Once => t!("task-on", date = day_words(due)),
        repeat => repeat_words(repeat),
    }
}

/// How often something is to be done.
#[must_use]
pub fn repeat_words(repeat: Repeat) -> String {
    match repeat {
        Repeat::Once => t!("repeat-once"),
        Repeat::Days(1) => t!("repeat-day"),
        Repeat::Days(7) => t!("repeat-week"),
        Repeat::Days(days) => t!("repeat-days", count = u32::from(days)),
        Repeat::Months(1) => t!("repeat-month"),
        Repeat::Months(12) => t!("repeat-year"),
        Repeat::Months(months) => t!("repeat-months", count = u32::from(months)),
    }
}

/// The ways to repeat that a form offers, each with its name there.
pub const REPEATS: [(&str, Repeat); 8] = [
    ("once", Repeat::Once),
    ("1d", Repeat::Days(1)),
    ("2d", Repeat::Days(2)),
    ("7d", Repeat::Days(7)),
    ("14d", Repeat::Days(14)),
    ("1m", Repeat::Months(1)),
    ("3m", Repeat::Months(3)),
    ("12m", Repeat::Months(12)),
];

/// How a task stands, for a tag.
#[must_use]
pub fn standing_words(standing: Standing, today: Day) -> (Tone, String) {
    match standing {
        Standing::AnyTime => (Tone::Neutral, t!("task-any-time")),
        Standing::Today(_) => (Tone::Attention, t!("task-today")),
        Standing::Late(day) => (Tone::Attention, t!("task-late", date = day_words(day))),
        Standing::Later(day) => match u32::try_from(day.0 - today.0) {
            Ok(1) => (Tone::Neutral, t!("task-tomorrow")),
            Ok(days) if days <= 14 => (Tone::Neutral, t!("task-in-days", count = days)),
            _ => (Tone::Neutral, t!("task-on", date = day_words(day))),
        },
        Standing::Settled(_, mark) if mark.done => (Tone::Ok, t!("task-done")),
        Standing::Settled(..) => (Tone::Neutral, t!("task-not-done")),
    }
}

/// What became of one time of a task.
#[must_use]
pub fn outcome_words(outcome: Outcome) -> (Tone, String) {
    match outcome {
        Outcome::Said(mark) if mark.done => (Tone::Ok, t!("task-done")),
        Outcome::Said(_) => (Tone::Neutral, t!("task-not-done")),
        Outcome::Unmarked => (Tone::Attention, t!("task-unmarked")),
    }
}

/// Whether a task waits for its person today.
#[must_use]
pub const fn is_due(standing: Standing) -> bool {
    matches!(standing, Standing::Today(_) | Standing::Late(_))
}

/// Tasks that the first page shows: what is due, and what was marked today, so that it can be taken back there.
#[must_use]
pub fn for_today(tasks: &[Task], today: Day, is_today: impl Fn(i64) -> bool) -> Vec<Task> {
    let shown = |task: &&Task| {
        let marked = task.current(today);
        is_due(task.standing(today)) || task.mark(marked).is_some_and(|mark| is_today(mark.at_ms))
    };
    tasks.iter().filter(shown).cloned().collect()
}

/// The name of a task or a note in addresses.
#[must_use]
pub fn to_address(id: &[u8; 16]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The reverse of [`to_address`].
#[must_use]
pub fn from_address(address: &str) -> Option<[u8; 16]> {
    if address.len() != 32 || !address.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some(u128::from_str_radix(address, 16).ok()?.to_be_bytes())
}

/// The note that an address names.
#[must_use]
pub fn note_of(address: &str) -> Option<DocumentName> {
    from_address(address).map(DocumentName::note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartchain_vault::protocol::docs::{Field, Mark, TaskStatus};

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn task(due: &str, repeat: Repeat, marks: &[(&str, i64)]) -> Task {
        Task {
            id: [1; 16],
            title: Field::default(),
            detail: Field::default(),
            schedule: Schedule { due: Some(day(due)), repeat },
            other_schedules: Vec::new(),
            status: TaskStatus::Active,
            created_ms: 0,
            marks: marks.iter().map(|(on, at_ms)| (Some(day(on)), Mark { done: true, at_ms: *at_ms })).collect(),
        }
    }

    #[test]
    fn the_first_page_shows_what_is_due_and_what_was_marked_today() {
        let today = day("2026-11-28");
        let tasks = [
            task("2026-11-28", Repeat::Once, &[]),
            task("2026-11-20", Repeat::Once, &[]),
            task("2026-11-29", Repeat::Once, &[]),
            task("2026-11-01", Repeat::Days(1), &[("2026-11-28", 100)]),
            task("2026-11-01", Repeat::Days(1), &[("2026-11-28", 5)]),
        ];
        let shown = for_today(&tasks, today, |at_ms| at_ms == 100);
        assert_eq!(shown, [tasks[0].clone(), tasks[1].clone(), tasks[3].clone()]);
        assert_eq!(standing_words(tasks[0].standing(today), today), (Tone::Attention, "Today".into()));
        assert_eq!(standing_words(tasks[2].standing(today), today), (Tone::Neutral, "Tomorrow".into()));
        assert!(standing_words(tasks[1].standing(today), today).1.contains("20 November 2026"));
    }

    #[test]
    fn addresses_are_read_back_and_nothing_else_is() {
        let id = [0xab; 16];
        assert_eq!(from_address(&to_address(&id)), Some(id));
        for wrong in ["", "ab", "zz", &"a".repeat(33), &"+".repeat(32)] {
            assert_eq!(from_address(wrong), None);
        }
    }

    #[test]
    fn every_way_to_repeat_has_words_of_its_own() {
        let mut words: Vec<String> = REPEATS.iter().map(|(_, repeat)| repeat_words(*repeat)).collect();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), REPEATS.len());
    }
}
