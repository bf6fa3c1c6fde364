use chartchain_calendar::{civil_from_days, days_from_civil, days_in_month};
use serde::{Deserialize, Serialize};

/// A day of the calendar: days since 1 January 1970. Where on Earth is for whoever asks to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// 1 January 1900 and 31 December 2299: days outside are mistakes.
const BOUNDS: (i32, i32) = (-25_567, 120_529);

impl Day {
    /// Reads `2026-11-28`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str, length: usize| -> Option<i32> {
            (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let number = |part| u8::try_from(digits(part, 2)?).ok();
        let made = Self::from_parts(digits(year, 4)?, number(month)?, number(day)?)?;
        parts.next().is_none().then_some(made)
    }

    /// Writes `2026-11-28`.
    pub fn to_iso(self) -> String {
        let (year, month, day) = self.to_parts();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Whether it is within four centuries around today.
    pub const fn is_plausible(self) -> bool {
        self.0 >= BOUNDS.0 && self.0 <= BOUNDS.1
    }

    fn from_parts(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
            return None;
        }
        i32::try_from(days_from_civil(year, month, day)).ok().map(Self).filter(|day| day.is_plausible())
    }

    fn to_parts(self) -> (i32, u8, u8) {
        civil_from_days(self.0.clamp(BOUNDS.0, BOUNDS.1).into())
    }

    /// So many months later, on the same day of the month or, where there is none, on its last.
    fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.to_parts();
        let number = year.saturating_mul(12).saturating_add(i32::from(month) - 1).saturating_add(months);
        let (year, month) = (number.div_euclid(12), u8::try_from(number.rem_euclid(12)).unwrap_or(0) + 1);
        Self::from_parts(year, month, day.min(days_in_month(year, month))).unwrap_or(Self(BOUNDS.1))
    }
}

/// How often something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repeat {
    /// One time.
    Once,
    /// Every so many days.
    Days(u16),
    /// Every so many months.
    Months(u16),
}

/// When something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// First, or only, on this day; `None` where no day was set.
    pub due: Option<Day>,
    /// And then again.
    pub repeat: Repeat,
}

impl Schedule {
    /// No day set.
    pub const ANY_TIME: Self = Self { due: None, repeat: Repeat::Once };

    /// As it stands in a document: `-`, `2026-11-28`, `2026-11-28 P7D`, `2026-11-28 P3M`.
    pub(crate) fn to_text(self) -> String {
        let Some(due) = self.due else { return "-".into() };
        let due = due.to_iso();
        match self.repeat {
            Repeat::Once => due,
            Repeat::Days(days) => format!("{due} P{days}D"),
            Repeat::Months(months) => format!("{due} P{months}M"),
        }
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        if text == "-" {
            return Some(Self::ANY_TIME);
        }
        let (due, repeat) = text.split_once(' ').map_or((text, None), |(due, repeat)| (due, Some(repeat)));
        let number = |text: &str| text.parse().ok().filter(|number| (1..=3660).contains(number));
        let repeat = match repeat.map(|repeat| repeat.strip_prefix('P')) {
            None => Repeat::Once,
            Some(repeat) => match repeat?.split_at_checked(repeat?.len().checked_sub(1)?)? {
                (days, "D") => Repeat::Days(number(days)?),
                (months, "M") => Repeat::Months(number(months)?),
                _ => return None,
            },
        };
        Some(Self { due: Some(Day::from_iso(due)?), repeat })
    }

    /// The occurrence of this number, from 0.
    fn occurrence(self, number: i32) -> Option<Day> {
        let due = self.due?;
        let day = match self.repeat {
            Repeat::Once => (number == 0).then_some(due)?,
            Repeat::Days(days) => Day(due.0.checked_add(i32::from(days).checked_mul(number)?)?),
            Repeat::Months(months) => due.plus_months(i32::from(months).checked_mul(number)?),
        };
        (number >= 0 && day.is_plausible()).then_some(day)
    }

    /// The number of the last occurrence that is not after a day; negative if there is none.
    fn last_until(self, day: Day) -> i32 {
        let Some(due) = self.due.filter(|due| *due <= day) else { return -1 };
        match self.repeat {
            Repeat::Once => 0,
            Repeat::Days(days) => (day.0 - due.0) / i32::from(days).max(1),
            Repeat::Months(months) => {
                let ((year, month, _), (from_year, from_month, _)) = (day.to_parts(), due.to_parts());
                let number =
                    ((year - from_year) * 12 + i32::from(month) - i32::from(from_month)) / i32::from(months).max(1);
                if self.occurrence(number).is_some_and(|last| last <= day) { number } else { number - 1 }
            }
        }
    }

    /// The occurrences up to a day, newest first.
    pub fn until(self, day: Day) -> impl Iterator<Item = Day> {
        (0..=self.last_until(day)).rev().filter_map(move |number| self.occurrence(number))
    }

    /// The first occurrence after a day.
    pub fn after(self, day: Day) -> Option<Day> {
        self.occurrence(self.last_until(day) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn every(due: &str, repeat: Repeat) -> Schedule {
        Schedule { due: Some(day(due)), repeat }
    }

    #[test]
    fn days_are_read_and_written() {
        for (text, number) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-28", 20_785), ("1969-12-31", -1)] {
            assert_eq!((day(text), Day(number).to_iso()), (Day(number), text.to_owned()));
        }
        for wrong in ["2026-02-29", "2026-2-1", "26-01-01", "2026-13-01", "2026-01-01-", "0001-01-01", "", "2026-01-+1"]
        {
            assert_eq!(Day::from_iso(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_task_of_the_31st_falls_on_the_last_day_of_shorter_months() {
        let monthly = every("2026-01-31", Repeat::Months(1));
        let found: Vec<String> = monthly.until(day("2026-04-30")).map(Day::to_iso).collect();
        assert_eq!(found, ["2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31"]);
        assert_eq!(monthly.after(day("2026-02-27")), Some(day("2026-02-28")));
        assert_eq!(every("2024-02-29", Repeat::Months(12)).after(day("2024-03-01")), Some(day("2025-02-28")));
    }

    #[test]
    fn what_is_done_once_has_no_second_time() {
        let once = every("2026-11-28", Repeat::Once);
        assert_eq!(once.after(day("2026-11-27")), Some(day("2026-11-28")));
        assert_eq!(once.after(day("2026-11-28")), None);
        assert_eq!(Schedule::ANY_TIME.after(day("2026-11-28")), None);
    }

    proptest! {
        #[test]
        fn every_day_survives_its_text(number in BOUNDS.0..=BOUNDS.1) {
            prop_assert_eq!(Day::from_iso(&Day(number).to_iso()), Some(Day(number)));
        }

        #[test]
        fn schedules_survive_their_text_and_any_text_is_read_or_refused(
            due in 0i32..60_000, months in any::<bool>(), every in 1u16..400, wild in ".{0,20}",
        ) {
            let repeat = if months { Repeat::Months(every) } else { Repeat::Days(every) };
            let schedule = Schedule { due: Some(Day(due)), repeat };
            prop_assert_eq!(Schedule::from_text(&schedule.to_text()), Some(schedule));
            if let Some(read) = Schedule::from_text(&wild) {
                prop_assert_eq!(Schedule::from_text(&read.to_text()), Some(read));
            }
        }

        #[test]
        fn between_an_occurrence_and_the_next_there_is_none(
            due in 0i32..40_000, months in any::<bool>(), every in 1u16..40, later in 0i32..20_000,
        ) {
            let repeat = if months { Repeat::Months(every) } else { Repeat::Days(every) };
            let schedule = Schedule { due: Some(Day(due)), repeat };
            let today = Day(due + later);
            let last = schedule.until(today).next().unwrap();
            let next = schedule.after(today).unwrap();
            prop_assert!(last <= today && today < next);
            prop_assert_eq!(schedule.after(last), Some(next));
            prop_assert_eq!(schedule.until(next).take(2).collect::<Vec<_>>(), vec![next, last]);
        }
    }
}
