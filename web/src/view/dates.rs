//! Dates as they were written: a year stays a year, a missing zone is said, nothing is shifted.

use chartchain_calendar::{civil_from_days, days_from_civil};
use chartchain_vault::protocol::When;

use crate::t;

/// A date, as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Year of the Gregorian calendar.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
    /// Hour and minute.
    pub time: Option<(u8, u8)>,
}

impl Date {
    /// Reads a FHIR `date`, `dateTime` or `instant`.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let (date, time) = written.split_once('T').map_or((written, None), |(date, time)| (date, Some(time)));
        let mut parts = date.splitn(3, '-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let month = parts.next().map(str::parse::<u8>).transpose().ok()?.filter(|month| (1..=12).contains(month));
        let day = parts.next().map(str::parse::<u8>).transpose().ok()?.filter(|day| (1..=31).contains(day));
        let time = time.and_then(|time| {
            let hour = time.get(0..2)?.parse().ok().filter(|hour| *hour < 24)?;
            let minute = time.get(3..5)?.parse().ok().filter(|minute| *minute < 60)?;
            Some((hour, minute))
        });
        Some(Self { year, month, day: day.filter(|_| month.is_some()), time: time.filter(|_| day.is_some()) })
    }

    /// The local date and time of an instant.
    #[must_use]
    pub fn of_instant(ms: i64, offset_minutes: i32) -> Self {
        let minutes = ms.div_euclid(60_000) + i64::from(offset_minutes);
        let (year, month, day) = civil_from_days(minutes.div_euclid(1440));
        let of_day = minutes.rem_euclid(1440);
        let small = |value: i64| u8::try_from(value).unwrap_or(0);
        Self { year, month: Some(month), day: Some(day), time: Some((small(of_day / 60), small(of_day % 60))) }
    }

    /// `6 August 2018`, `August 2018` or `2018`.
    #[must_use]
    pub fn day_words(&self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => {
                t!("date-day", day = day.to_string(), month = month_name(month), year = self.year.to_string())
            }
            (Some(month), None) => t!("date-month", month = month_name(month), year = self.year.to_string()),
            _ => self.year.to_string(),
        }
    }

    /// `10:50am`, `midday`, `10:50` where the language counts to 24, or nothing where no time is known.
    #[must_use]
    pub fn time_words(&self) -> Option<String> {
        let (hour, minute) = self.time?;
        let minutes = format!("{minute:02}");
        if t!("clock-hours").contains("24") {
            return Some(t!("time-24", hour = hour.to_string(), minutes = minutes));
        }
        Some(match (hour, minute) {
            (0, 0) => t!("time-midnight"),
            (12, 0) => t!("time-midday"),
            (0, _) => t!("time-am", hour = "12", minutes = minutes),
            (1..12, _) => t!("time-am", hour = hour.to_string(), minutes = minutes),
            (12, _) => t!("time-pm", hour = "12", minutes = minutes),
            _ => t!("time-pm", hour = (hour - 12).to_string(), minutes = minutes),
        })
    }

    /// `6 August 2018, 10:50am`.
    #[must_use]
    pub fn words(&self) -> String {
        match self.time_words() {
            Some(time) => t!("date-with-time", date = self.day_words(), time = time),
            None => self.day_words(),
        }
    }

    /// `August 2018`, the heading that an entry stands under.
    #[must_use]
    pub fn month_words(&self) -> String {
        Self { day: None, time: None, ..*self }.day_words()
    }

    /// `6 Aug`, where the year stands beside it.
    #[must_use]
    pub fn short_day_words(&self) -> String {
        match self.day {
            Some(day) => t!("date-day-short", day = day.to_string(), month = self.short_month_words()),
            None => self.short_month_words(),
        }
    }

    /// `Aug`.
    #[must_use]
    pub fn short_month_words(&self) -> String {
        self.month.map(short_month_name).unwrap_or_default()
    }

    /// `Sun`, where the whole date is known.
    #[must_use]
    pub fn short_weekday_words(&self) -> String {
        let (Some(month), Some(day)) = (self.month, self.day) else { return String::new() };
        match days_from_civil(self.year, month, day).rem_euclid(7) {
            0 => t!("weekday-short-4"),
            1 => t!("weekday-short-5"),
            2 => t!("weekday-short-6"),
            3 => t!("weekday-short-7"),
            4 => t!("weekday-short-1"),
            5 => t!("weekday-short-2"),
            _ => t!("weekday-short-3"),
        }
    }

    /// As FHIR writes it, without the time: `2026-11-22`.
    #[must_use]
    pub fn day_written(&self) -> String {
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        format!("{:04}-{month:02}-{day:02}", self.year)
    }

    /// `Sunday 22 November 2026`.
    #[must_use]
    pub fn weekday_words(&self) -> String {
        let (Some(month), Some(day)) = (self.month, self.day) else { return self.day_words() };
        let name = match days_from_civil(self.year, month, day).rem_euclid(7) {
            0 => t!("weekday-4"),
            1 => t!("weekday-5"),
            2 => t!("weekday-6"),
            3 => t!("weekday-7"),
            4 => t!("weekday-1"),
            5 => t!("weekday-2"),
            _ => t!("weekday-3"),
        };
        t!("date-weekday", weekday = name, date = self.day_words())
    }

    /// Whole years and months from this date to another; nothing if it lies after it or only the year is known.
    #[must_use]
    fn months_until(&self, other: &Self) -> Option<i32> {
        let months = |date: &Self| Some(date.year * 12 + i32::from(date.month?));
        let mut between = months(other)? - months(self)?;
        if other.day.unwrap_or(31) < self.day.unwrap_or(1) {
            between -= 1;
        }
        (between >= 0).then_some(between)
    }

    /// `58 years`, `7 months`, `12 days`: how old someone born on this date is.
    #[must_use]
    pub fn age_words(&self, on: &Self) -> Option<String> {
        let months = match self.months_until(on) {
            Some(months) => months,
            None if self.month.is_none() && on.year > self.year + 1 => (on.year - self.year - 1) * 12,
            None => return None,
        };
        let count = |value: i32| u32::try_from(value).unwrap_or(0);
        Some(match months {
            24.. => t!("age-years", count = count(months / 12)),
            1.. => t!("age-months", count = count(months)),
            _ => {
                let day = |date: &Self| Some(days_from_civil(date.year, date.month?, date.day?));
                let days = day(on)?.checked_sub(day(self)?).and_then(|days| u32::try_from(days).ok())?;
                t!("age-days", count = days)
            }
        })
    }
}

/// The whole of a written date in words; as written where it cannot be read.
#[must_use]
pub fn when_words(when: &When) -> String {
    Date::read(&when.written).map_or_else(|| when.written.clone(), |date| date.words())
}

/// The day of a written date in words.
#[must_use]
pub fn day_words(when: &When) -> String {
    Date::read(&when.written).map_or_else(|| when.written.clone(), |date| date.day_words())
}

/// A fact's text, its dates and spans of dates in words.
#[must_use]
pub fn fact_words(text: &str) -> String {
    let date = |part: &str| Date::read(part.trim()).filter(|_| part.trim().len() >= 7);
    if let Some(date) = date(text) {
        return date.words();
    }
    match text.split_once('–').map(|(from, to)| (from.trim(), to.trim(), date(from), date(to))) {
        Some((_, _, Some(from), Some(to))) => t!("date-to-date", from = from.words(), to = to.words()),
        Some((_, "", Some(from), _)) => t!("date-from", from = from.words()),
        Some(("", _, _, Some(to))) => t!("date-until", to = to.words()),
        _ => text.to_owned(),
    }
}

/// What is to be said of the zone of a written time: which it is, or that none was written.
#[must_use]
pub fn zone_words(when: &When) -> Option<String> {
    Date::read(&when.written)?.time?;
    Some(match when.offset_minutes {
        None => t!("zone-missing"),
        Some(0) => t!("zone-utc"),
        Some(minutes) => {
            let sign = if minutes < 0 { '−' } else { '+' };
            let minutes = minutes.unsigned_abs();
            t!("zone-offset", offset = format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60))
        }
    })
}

fn month_name(month: u8) -> String {
    match month {
        1 => t!("month-1"),
        2 => t!("month-2"),
        3 => t!("month-3"),
        4 => t!("month-4"),
        5 => t!("month-5"),
        6 => t!("month-6"),
        7 => t!("month-7"),
        8 => t!("month-8"),
        9 => t!("month-9"),
        10 => t!("month-10"),
        11 => t!("month-11"),
        _ => t!("month-12"),
    }
}

fn short_month_name(month: u8) -> String {
    match month {
        1 => t!("month-1-short"),
        2 => t!("month-2-short"),
        3 => t!("month-3-short"),
        4 => t!("month-4-short"),
        5 => t!("month-5-short"),
        6 => t!("month-6-short"),
        7 => t!("month-7-short"),
        8 => t!("month-8-short"),
        9 => t!("month-9-short"),
        10 => t!("month-10-short"),
        11 => t!("month-11-short"),
        _ => t!("month-12-short"),
    }
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::WhenPrecision;

    use super::*;

    fn when(written: &str, offset_minutes: Option<i16>) -> When {
        When { written: written.into(), sort_ms: 0, precision: WhenPrecision::Time, offset_minutes }
    }

    #[test]
    fn a_date_keeps_the_precision_it_was_written_with() {
        assert_eq!(when_words(&when("2018", None)), "2018");
        assert_eq!(when_words(&when("2018-08", None)), "August 2018");
        assert_eq!(when_words(&when("2018-08-06", None)), "6 August 2018");
        assert_eq!(when_words(&when("2018-08-06T10:50:03.125+02:00", Some(120))), "6 August 2018, 10:50am");
        assert_eq!(when_words(&when("not a date", None)), "not a date");
    }

    #[test]
    fn dates_in_facts_are_words_and_everything_else_stays() {
        assert_eq!(fact_words("2026-11-12T11:02:00+00:00"), "12 November 2026, 11:02am");
        assert_eq!(fact_words("2026-05-15 –"), "from 15 May 2026");
        assert_eq!(fact_words("2026-05-15 – 2026-06-01"), "15 May 2026 to 1 June 2026");
        for text in ["2000", "2026 – a good year", "once a day, 2026-05-15 –", "1234-5678", "–"] {
            assert_eq!(fact_words(text), text);
        }
    }

    #[test]
    fn hours_around_noon_and_midnight_stay_on_their_day() {
        let time = |written| Date::read(written).and_then(|date| date.time_words()).unwrap();
        assert_eq!(time("2018-08-06T00:00:00Z"), "midnight");
        assert_eq!(time("2018-08-06T00:48:33Z"), "12:48am");
        assert_eq!(time("2018-08-06T12:00:00Z"), "midday");
        assert_eq!(time("2018-08-06T12:07:00Z"), "12:07pm");
        assert_eq!(time("2018-08-06T23:59:00Z"), "11:59pm");
    }

    #[test]
    fn a_zone_is_named_and_a_missing_one_too() {
        assert_eq!(zone_words(&when("2018-08-06", None)), None);
        assert_eq!(zone_words(&when("2018-08-06T10:50:00", None)).unwrap(), "no time zone written");
        assert_eq!(zone_words(&when("2018-08-06T10:50:00Z", Some(0))).unwrap(), "UTC");
        assert_eq!(zone_words(&when("2018-08-06T10:50:00-03:30", Some(-210))).unwrap(), "UTC −03:30");
    }

    #[test]
    fn an_instant_becomes_the_local_day() {
        let date = Date::of_instant(1_533_588_600_000, 0);
        assert_eq!(date.words(), "6 August 2018, 8:50pm");
        assert_eq!(Date::of_instant(1_533_588_600_000, 300).words(), "7 August 2018, 1:50am");
        assert_eq!(Date::of_instant(-1, 0).words(), "31 December 1969, 11:59pm");
        assert_eq!(Date::read("2026-11-22").unwrap().weekday_words(), "Sunday 22 November 2026");
    }

    #[test]
    fn age_is_in_the_unit_that_people_use() {
        let on = Date::read("2026-11-22").unwrap();
        let age = |born| Date::read(born).unwrap().age_words(&on);
        assert_eq!(age("1968-03-14").unwrap(), "58 years");
        assert_eq!(age("1968-11-23").unwrap(), "57 years");
        assert_eq!(age("2026-04-10").unwrap(), "7 months");
        assert_eq!(age("2026-11-10").unwrap(), "12 days");
        assert_eq!(age("2027-01-01"), None);
    }
}
