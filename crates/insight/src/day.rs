//! Which doses are due on a day.

use chartchain_calendar::{DAY_MS, civil_from_days};
use chartchain_fhir::Schedule;

/// How many doses are due on a day, by a schedule; `began` is a day on which it was due, where the schedule has none. `None`
/// where that cannot be known, or where the medicine is taken only as needed.
#[must_use]
pub fn doses_due(schedule: &Schedule, day: &str, began: Option<&str>) -> Option<u8> {
    if schedule.as_needed || schedule.doses == 0 {
        return None;
    }
    let number = day_number(day)?;
    let first = schedule.from.as_deref().or(began).and_then(day_number);
    let last = schedule.until.as_deref().and_then(day_number);
    if first.is_some_and(|first| number < first) || last.is_some_and(|last| number > last) {
        return Some(0);
    }
    // 1 January 1970 was a Thursday.
    let weekday = u32::try_from((number + 3).rem_euclid(7)).unwrap_or(0);
    if schedule.weekdays != 0 && schedule.weekdays >> weekday & 1 == 0 {
        return Some(0);
    }
    if schedule.every_days > 1 && (number - first?).rem_euclid(i64::from(schedule.every_days)) != 0 {
        return Some(0);
    }
    Some(schedule.doses)
}

/// Days since 1970 of a date that is written to the day.
#[must_use]
pub fn day_number(written: &str) -> Option<i64> {
    let day = written.get(..10)?;
    chartchain_fhir::parse_when(day).map(|when| when.sort_ms / DAY_MS)
}

/// The day that lies so many days before another.
#[must_use]
pub fn day_before(day: &str, days: u16) -> Option<String> {
    let (year, month, day) = civil_from_days(day_number(day)? - i64::from(days));
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn daily(doses: u8) -> Schedule {
        Schedule { doses, every_days: 1, ..Schedule::default() }
    }

    #[test]
    fn every_day_is_every_day_from_the_first_to_the_last() {
        assert_eq!(doses_due(&daily(2), "2026-11-22", None), Some(2));
        let bounded =
            Schedule { from: Some("2026-11-22".into()), until: Some("2026-11-23T10:00:00Z".into()), ..daily(1) };
        let due = |day| doses_due(&bounded, day, None);
        assert_eq!(
            [due("2026-11-21"), due("2026-11-22"), due("2026-11-23"), due("2026-11-24")],
            [Some(0), Some(1), Some(1), Some(0)]
        );
        assert_eq!(doses_due(&daily(1), "2026-11-21", Some("2026-11-22")), Some(0));
    }

    #[test]
    fn weekdays_and_longer_periods_are_counted_from_the_calendar_and_from_the_first_day() {
        let sunday = Schedule { weekdays: 1 << 6, ..daily(1) };
        assert_eq!(doses_due(&sunday, "2026-11-22", None), Some(1), "a Sunday");
        assert_eq!(doses_due(&sunday, "2026-11-23", None), Some(0));
        let other_day = Schedule { every_days: 2, ..daily(1) };
        assert_eq!(doses_due(&other_day, "2026-11-22", Some("2026-11-20")), Some(1));
        assert_eq!(doses_due(&other_day, "2026-11-22", Some("2026-11-21")), Some(0));
        assert_eq!(doses_due(&other_day, "2026-11-22", None), None, "nobody knows which days");
        assert_eq!(doses_due(&other_day, "2026-11-22", Some("2026")), None);
    }

    #[test]
    fn as_needed_is_never_due() {
        assert_eq!(doses_due(&Schedule { as_needed: true, ..daily(3) }, "2026-11-22", None), None);
        assert_eq!(doses_due(&daily(0), "2026-11-22", None), None);
        assert_eq!(doses_due(&daily(1), "today", None), None);
    }

    proptest! {
        #[test]
        fn the_day_before_is_one_less(number in 0..1_000_000_u32) {
            let day = day_before("9999-12-31", u16::try_from(number % 60_000).unwrap()).unwrap();
            let before = day_before(&day, 1).unwrap();
            prop_assert_eq!(day_number(&before).unwrap() + 1, day_number(&day).unwrap());
        }
    }
}
