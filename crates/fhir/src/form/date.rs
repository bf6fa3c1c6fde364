//! Dates as a person gives them: as exactly as they know.

use crate::facts::{When, WhenPrecision};
use crate::when::parse_when;
use serde::{Deserialize, Serialize};

/// Longest text that can be a date, in bytes.
const MAX_BYTES: usize = 40;
/// Farthest offset of any clock from UTC.
const MAX_OFFSET_MINUTES: i16 = 14 * 60;

/// A date as entered, spelled as FHIR has it: `2012`, `2012-02`, `2012-02-06` or `2012-02-06T09:30:00+01:00`. Empty
/// where nothing was entered. Anything else stays what it is and is a problem when the form is checked.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormDate(String);

/// A date in the fields of a form. What was not entered is empty.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DateParts {
    /// Four digits.
    pub year: String,
    /// One or two digits.
    pub month: String,
    /// One or two digits.
    pub day: String,
    /// `9:30`, `09:30` or `09:30:15`, by 24 hours.
    pub clock: String,
    /// Minutes east of UTC; needed with a clock only.
    pub offset_minutes: Option<i16>,
}

impl FormDate {
    /// A date as FHIR spells it, or a text that is none.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// A date of its parts; seconds that nobody entered are zero, since FHIR has no time without them.
    #[must_use]
    pub fn from_parts(parts: &DateParts) -> Self {
        let DateParts { year, month, day, clock, offset_minutes } = parts;
        let [year, month, day, clock] = [year, month, day, clock].map(|part| part.trim());
        let mut text = String::from(year);
        for (part, needed) in [(month, !(day.is_empty() && clock.is_empty())), (day, !clock.is_empty())] {
            if needed || !part.is_empty() {
                text.push('-');
                push_padded(&mut text, part, 1);
            }
        }
        if !clock.is_empty() {
            text.push('T');
            push_padded(&mut text, clock, clock.find(':').unwrap_or(0));
            if clock.matches(':').count() == 1 {
                text.push_str(":00");
            }
            if let Some(minutes) = offset_minutes {
                text.push(if *minutes < 0 { '-' } else { '+' });
                let minutes = minutes.unsigned_abs();
                text.push_str(&format!("{:02}:{:02}", minutes / 60, minutes % 60));
            }
        }
        Self(text)
    }

    /// Its parts, `None` where it is no date. An empty date has empty parts.
    #[must_use]
    pub fn parts(&self) -> Option<DateParts> {
        if self.is_empty() {
            return Some(DateParts::default());
        }
        let when = self.when()?;
        let part = |from: usize, to: usize| self.0.get(from..to).unwrap_or_default().to_owned();
        let clock = part(11, 19);
        let clock = clock.strip_suffix(":00").map(str::to_owned).unwrap_or(clock);
        Some(DateParts {
            year: part(0, 4),
            month: part(5, 7),
            day: part(8, 10),
            clock,
            offset_minutes: when.offset_minutes,
        })
    }

    /// The date as FHIR spells it, or what was entered instead.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What it means; `None` where it is no FHIR `dateTime` of a year from 1 to 9999 (R4, datatypes: a time has seconds
    /// and an offset).
    #[must_use]
    pub fn when(&self) -> Option<When> {
        if self.0.len() > MAX_BYTES {
            return None;
        }
        let when = parse_when(&self.0).filter(|when| when.written == self.0)?;
        (when.precision != WhenPrecision::Time || is_full_time(&self.0, when.offset_minutes?)).then_some(when)
    }

    /// Whether it is later than `now` by the calendar of whoever says `now`.
    pub(super) fn is_after(&self, now: &Self) -> bool {
        let (Some(mine), Some(now)) = (self.when(), now.when()) else { return false };
        match (mine.precision, now.precision) {
            (_, WhenPrecision::Year | WhenPrecision::Month | WhenPrecision::Day) => false,
            (WhenPrecision::Time, _) => mine.sort_ms > now.sort_ms,
            _ => now.written.get(..mine.written.len()).is_some_and(|today| mine.written.as_str() > today),
        }
    }

    /// Whether something that ended now, at the latest moment that the text allows, ended before it began.
    pub(super) fn is_before(&self, start: &Self) -> bool {
        let (Some(end), Some(start)) = (self.when(), start.when()) else { return false };
        if (end.precision, start.precision) == (WhenPrecision::Time, WhenPrecision::Time) {
            return end.sort_ms < start.sort_ms;
        }
        // What both say, year first: equal as far as the less exact one goes is not before.
        let shared = end.written.len().min(start.written.len()).min(10);
        end.written.get(..shared) < start.written.get(..shared)
    }
}

fn is_full_time(text: &str, offset_minutes: i16) -> bool {
    let bytes = text.as_bytes();
    let is = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    let zone_has_colon = text.ends_with('Z') || bytes.len().checked_sub(3).is_some_and(|at| is(at, b':'));
    // 2012-02-06T09:30:00 and whatever follows.
    is(10, b'T') && is(16, b':') && bytes.len() > 19 && zone_has_colon && offset_minutes.abs() <= MAX_OFFSET_MINUTES
}

/// Appends a part whose first `digits` characters are a number, with a zero where that has one digit.
fn push_padded(out: &mut String, part: &str, digits: usize) {
    let one_digit = part.len() == 1 || digits == 1 && part.as_bytes().get(1) == Some(&b':');
    if one_digit {
        out.push('0');
    }
    out.push_str(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(year: &str, month: &str, day: &str, clock: &str, offset_minutes: Option<i16>) -> DateParts {
        let [year, month, day, clock] = [year, month, day, clock].map(str::to_owned);
        DateParts { year, month, day, clock, offset_minutes }
    }

    #[test]
    fn a_date_is_as_exact_as_its_parts() {
        for (given, written) in [
            (parts("", "", "", "", None), ""),
            (parts("2012", "", "", "", None), "2012"),
            (parts("2012", "2", "", "", None), "2012-02"),
            (parts(" 2012 ", "02", "6", "", Some(60)), "2012-02-06"),
            (parts("2012", "2", "6", "9:30", Some(60)), "2012-02-06T09:30:00+01:00"),
            (parts("2012", "2", "6", "21:30:15", Some(-210)), "2012-02-06T21:30:15-03:30"),
        ] {
            let date = FormDate::from_parts(&given);
            assert_eq!(date.as_str(), written);
            assert_eq!(date.when().map(|when| when.written).unwrap_or_default(), written);
            let again = date.parts().unwrap();
            assert_eq!(FormDate::from_parts(&again).as_str(), written);
        }
    }

    #[test]
    fn parts_that_make_no_date_stay_a_text_that_is_none() {
        for given in [
            parts("", "2", "6", "", None),
            parts("2012", "", "6", "", None),
            parts("2012", "2", "", "9:30", Some(0)),
            parts("2012", "2", "30", "", None),
            parts("12", "2", "3", "", None),
            parts("2012", "2", "3", "9:30", None),
            parts("2012", "2", "3", "24:00", Some(0)),
            parts("2012", "2", "3", "noon", Some(0)),
            parts("", "", "", "9", Some(0)),
            parts("2012", "é", "é", "é:é", Some(i16::MIN)),
        ] {
            let date = FormDate::from_parts(&given);
            assert!(!date.is_empty());
            assert!(date.when().is_none() && date.parts().is_none(), "{}", date.as_str());
        }
    }

    #[test]
    fn spellings_that_fhir_does_not_have_are_no_dates() {
        for text in [
            "2012-02-06T09:30:00",
            "2012-02-06T09:30Z",
            "2012-02-06t09:30:00Z",
            "2012-02-06T09:30:00z",
            "2012-02-06T09:30:00+0100",
            "2012-02-06T09:30:00+14:30",
            " 2012",
            "2012 ",
        ] {
            assert!(FormDate::new(text).when().is_none(), "{text}");
        }
        for text in ["2012-02-06T09:30:00Z", "2012-02-06T09:30:00.5-05:00"] {
            assert!(FormDate::new(text).when().is_some(), "{text}");
        }
        assert!(FormDate::new(&format!("2012-02-06T09:30:00.{}Z", "0".repeat(40))).when().is_none());
    }

    #[test]
    fn the_future_begins_after_now_by_the_calendar_of_the_person() {
        let now = FormDate::new("2026-11-22T00:30:00+13:00");
        for (text, is_future) in [
            ("2026", false),
            ("2027", true),
            ("2026-11", false),
            ("2026-12", true),
            ("2026-11-22", false),
            ("2026-11-23", true),
            ("2026-11-22T00:30:00+13:00", false),
            ("2026-11-21T11:30:01Z", true),
            ("2026-11-22T00:00:00Z", true),
            ("", false),
            ("soon", false),
        ] {
            assert_eq!(FormDate::new(text).is_after(&now), is_future, "{text}");
        }
        assert!(!FormDate::new("2027").is_after(&FormDate::new("2026-11-22")));
    }

    #[test]
    fn an_end_comes_before_a_start_only_where_no_reading_allows_otherwise() {
        for (end, start, is_before) in [
            ("2020", "2020-05-03", false),
            ("2019", "2020-05-03", true),
            ("2020-05", "2020-05-03", false),
            ("2020-04", "2020-05-03", true),
            ("2020-05-02", "2020-05-03", true),
            ("2020-05-03", "2020-05-03T10:00:00Z", false),
            ("2020-05-03T09:00:00Z", "2020-05-03T10:00:00Z", true),
            ("2020-05-03T09:00:00-05:00", "2020-05-03T10:00:00Z", false),
            ("", "2020", false),
        ] {
            assert_eq!(FormDate::new(end).is_before(&FormDate::new(start)), is_before, "{end} {start}");
        }
    }
}
