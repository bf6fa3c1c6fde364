//! Words for the log of medicines.

use chartchain_vault::protocol::{DayDose, DayTime, LogDay, MedicineCard, NotedDose, Standing};

use super::dates::Date;
use crate::t;

/// A part of the day that doses stand under, in the order of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Until 11.
    Morning,
    /// Until 16.
    Midday,
    /// Until 21.
    Evening,
    /// Later, and before 4.
    Night,
    /// Nobody says when.
    AnyTime,
    /// Noted beyond what was due.
    More,
}

/// Which part of the day a dose belongs to.
#[must_use]
pub fn part(dose: &DayDose) -> Part {
    if dose.number > dose.due {
        return Part::More;
    }
    match dose.time {
        None => Part::AnyTime,
        Some(DayTime::Morning) => Part::Morning,
        Some(DayTime::Midday) => Part::Midday,
        Some(DayTime::Evening) => Part::Evening,
        Some(DayTime::Night) => Part::Night,
        Some(DayTime::Clock(minutes)) => match minutes / 60 {
            4..11 => Part::Morning,
            11..16 => Part::Midday,
            16..21 => Part::Evening,
            _ => Part::Night,
        },
    }
}

/// Doses under their parts of the day.
#[must_use]
pub fn by_part(doses: &[DayDose]) -> Vec<(Part, Vec<&DayDose>)> {
    let mut parts: Vec<(Part, Vec<&DayDose>)> = Vec::new();
    for dose in doses {
        let part = part(dose);
        match parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, group)) => group.push(dose),
            None => parts.push((part, vec![dose])),
        }
    }
    parts.sort_by_key(|(part, _)| *part);
    parts
}

/// Its heading.
#[must_use]
pub fn part_words(part: Part) -> String {
    match part {
        Part::Morning => t!("dose-morning"),
        Part::Midday => t!("dose-midday"),
        Part::Evening => t!("dose-evening"),
        Part::Night => t!("dose-night"),
        Part::AnyTime => t!("dose-any-time"),
        Part::More => t!("dose-more"),
    }
}

/// Which dose it is: its time by the clock, else its number among several.
#[must_use]
pub fn which_words(dose: &DayDose) -> Option<String> {
    match dose.time {
        Some(DayTime::Clock(minutes)) => {
            let time = Some((u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?));
            Date { year: 2000, month: Some(1), day: Some(1), time }.time_words()
        }
        None if dose.due > 1 && dose.number <= dose.due => {
            Some(t!("dose-of", number = u32::from(dose.number), due = u32::from(dose.due)))
        }
        _ => None,
    }
}

/// `Taken at 8:12am`, `Missed`.
#[must_use]
pub fn noted_words(noted: &NotedDose) -> String {
    if noted.disputed {
        return format!("{} ({})", said_words(noted), t!("flag-disputed"));
    }
    said_words(noted)
}

fn said_words(noted: &NotedDose) -> String {
    if !noted.taken {
        return t!("dose-missed");
    }
    let at = noted.at.as_ref().and_then(|at| Date::read(&at.written)).and_then(|at| at.time_words());
    at.map_or_else(|| t!("dose-taken"), |time| t!("dose-taken-at", time = time))
}

/// How a day of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// All that was due was taken.
    All,
    /// Something was missed.
    Missed,
    /// Something has no record.
    Open,
    /// Nothing was due.
    Nothing,
}

/// The mark of a day.
#[must_use]
pub fn mark(day: &LogDay) -> Mark {
    match day {
        LogDay { due: 0, .. } => Mark::Nothing,
        LogDay { missed: 1.., .. } => Mark::Missed,
        LogDay { due, taken, .. } if taken >= due => Mark::All,
        _ => Mark::Open,
    }
}

/// A day of the log in words; today is not over.
#[must_use]
pub fn day_words(day: &LogDay, is_today: bool) -> String {
    match mark(day) {
        Mark::Nothing if day.others > 0 => t!("log-others", count = day.others),
        Mark::Nothing => t!("log-nothing"),
        _ if is_today => t!("log-so-far", taken = day.taken, due = day.due),
        _ => t!("log-of", taken = day.taken, due = day.due),
    }
}

/// What the week says, in sentences. Doses of today that have no record are not missing yet.
#[must_use]
pub fn week_words(week: &[LogDay]) -> Vec<String> {
    let sum = |of: fn(&LogDay) -> u32| week.iter().map(of).sum::<u32>();
    let (taken, missed) = (sum(|day| day.taken), sum(|day| day.missed));
    let over = week.split_last().map(|(_, over)| over).unwrap_or_default();
    let open: u32 = over.iter().map(|day| day.due.saturating_sub(day.taken + day.missed)).sum();
    let due = taken + missed + open;
    if due == 0 {
        return vec![t!("log-week-empty")];
    }
    let mut told = vec![t!("log-week", taken = taken, due = due)];
    if missed > 0 {
        told.push(t!("log-week-missed", count = missed));
    }
    if open > 0 {
        told.push(t!("log-week-open", count = open));
    }
    told
}

/// Heading of the medicines that stand in a certain way.
#[must_use]
pub fn standing_heading(standing: Standing, count: usize) -> String {
    match standing {
        Standing::Current => t!("medicines-current", count = count),
        Standing::Paused => t!("medicines-paused", count = count),
        Standing::Planned => t!("medicines-planned", count = count),
        Standing::Unknown => t!("medicines-unknown", count = count),
        Standing::Past => t!("medicines-past", count = count),
    }
}

/// One entry's standing in a sentence.
#[must_use]
pub fn standing_words(standing: Standing) -> String {
    match standing {
        Standing::Current => t!("standing-current"),
        Standing::Paused => t!("standing-paused"),
        Standing::Planned => t!("standing-planned"),
        Standing::Unknown => t!("standing-unknown"),
        Standing::Past => t!("standing-past"),
    }
}

/// Whether a newer entry of the same medicine says that it is not taken any more, or is taken again.
#[must_use]
pub fn sources_differ(card: &MedicineCard) -> bool {
    let when = |entry: &chartchain_vault::protocol::MedicineEntry| entry.line.when.as_ref().map(|when| when.sort_ms);
    let Some((lead, others)) = card.entries.split_first() else { return false };
    card.standing != Standing::Past
        && others.iter().any(|other| other.standing == Standing::Past && when(other) > when(lead))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(due: u32, taken: u32, missed: u32) -> LogDay {
        LogDay { day: "2026-11-22".into(), due, taken, missed, others: 0 }
    }

    fn dose(number: u8, due: u8, time: Option<DayTime>) -> DayDose {
        let medicine = chartchain_vault::protocol::EntryId("00".into());
        DayDose { medicine, title: "Metformin".into(), detail: None, number, due, time, noted: None }
    }

    #[test]
    fn a_week_counts_what_was_due_and_today_is_not_over() {
        let week = [day(6, 6, 0), day(6, 5, 1), day(6, 4, 0), day(6, 2, 0)];
        assert_eq!(
            week_words(&week),
            ["You took 17 of the 20 doses due.", "You missed 1 dose.", "2 doses have no record."]
        );
        let marks: Vec<Mark> = week.iter().map(mark).collect();
        assert_eq!(marks, [Mark::All, Mark::Missed, Mark::Open, Mark::Open]);
        assert_eq!(day_words(&week[3], true), "2 of 6 so far");
        assert_eq!(week_words(&[day(0, 0, 0), day(3, 0, 0)]), ["Nothing is noted for these days."]);
        assert_eq!(mark(&day(0, 0, 0)), Mark::Nothing);
    }

    #[test]
    fn doses_stand_under_the_part_of_the_day_that_is_said_and_no_time_is_made_up() {
        let doses = [
            dose(1, 2, None),
            dose(1, 1, Some(DayTime::Night)),
            dose(1, 1, Some(DayTime::Clock(8 * 60))),
            dose(3, 2, None),
            dose(1, 1, Some(DayTime::Clock(3 * 60))),
        ];
        let parts: Vec<(Part, usize)> = by_part(&doses).into_iter().map(|(part, doses)| (part, doses.len())).collect();
        assert_eq!(parts, [(Part::Morning, 1), (Part::Night, 2), (Part::AnyTime, 1), (Part::More, 1)]);
        assert_eq!(which_words(&doses[0]).unwrap(), "Dose 1 of 2");
        assert_eq!(which_words(&doses[2]).unwrap(), "8:00am");
        assert_eq!(which_words(&doses[1]), None);
    }
}
