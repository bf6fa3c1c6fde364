//! FHIR dates, partial dates, date-times and instants.

use chartchain_calendar::{DAY_MS, days_from_civil, days_in_month};

use crate::facts::{When, WhenPrecision};

/// Reads a FHIR `date`, `dateTime` or `instant`, partial ones too (`2012`, `2012-02`). Seconds and zone may be
/// missing, the zone may lack its colon; a leap second counts as the first of the next minute. `None` for anything
/// else, for days that no calendar has and for years outside 1 to 9999.
#[must_use]
pub fn parse_when(text: &str) -> Option<When> {
    let written = text.trim();
    let (date, time) = match written.find(['T', 't']) {
        Some(at) => (written.get(..at)?, written.get(at + 1..)),
        None => (written, None),
    };
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| digits(part, 2)).transpose_missing()?;
    let day = parts.next().map(|part| digits(part, 2)).transpose_missing()?;
    if parts.next().is_some() || year == 0 {
        return None;
    }
    let year = i32::try_from(year).ok()?;
    let number = |part: Option<i64>| u8::try_from(part.unwrap_or(1)).ok();
    let (month_number, day_number) = (number(month)?, number(day)?);
    if !(1..=12).contains(&month_number) || !(1..=days_in_month(year, month_number)).contains(&day_number) {
        return None;
    }
    let precision = match (month, day, time) {
        (_, None, Some(_)) => return None,
        (_, _, Some(_)) => WhenPrecision::Time,
        (_, Some(_), None) => WhenPrecision::Day,
        (Some(_), None, None) => WhenPrecision::Month,
        (None, None, None) => WhenPrecision::Year,
    };
    let (time_ms, offset_minutes) = time.map_or(Some((0, None)), time_of_day)?;
    let offset_ms = offset_minutes.map_or(0, |minutes| i64::from(minutes) * 60_000);
    let sort_ms = days_from_civil(year, month_number, day_number) * DAY_MS + time_ms - offset_ms;
    Some(When { written: written.to_owned(), sort_ms, precision, offset_minutes })
}

/// `None` of nothing stays nothing, a part that is there has to be right.
trait TransposeMissing {
    fn transpose_missing(self) -> Option<Option<i64>>;
}

impl TransposeMissing for Option<Option<i64>> {
    fn transpose_missing(self) -> Option<Option<i64>> {
        match self {
            None => Some(None),
            Some(None) => None,
            Some(found) => Some(found),
        }
    }
}

/// Milliseconds since midnight, and minutes east of UTC.
fn time_of_day(text: &str) -> Option<(i64, Option<i16>)> {
    let (clock, zone) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => (text.get(..at)?, Some(text.get(at..)?)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let (second, milli) = match parts.next() {
        None => (0, 0),
        Some(seconds) => {
            let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
            (digits(whole, 2)?, milliseconds(fraction)?)
        }
    };
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // The fraction of a leap second must not run into the minute after the next.
    let in_minute_ms = if second == 60 { 60_000 } else { second * 1000 + milli };
    let offset = zone.map(offset_minutes).map_or(Some(None), |offset| offset.map(Some))?;
    Some(((hour * 60 + minute) * 60_000 + in_minute_ms, offset))
}

fn offset_minutes(zone: &str) -> Option<i16> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = match zone.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, zone.strip_prefix('-')?),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(split) => split,
        None => rest.split_at_checked(2)?,
    };
    let minutes = if minutes.is_empty() { 0 } else { digits(minutes, 2)? };
    let hours = digits(hours, 2)?;
    if hours > 14 || minutes > 59 {
        return None;
    }
    i16::try_from(sign * (hours * 60 + minutes)).ok()
}

fn milliseconds(fraction: &str) -> Option<i64> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    padded.parse().ok()
}

fn digits(text: &str, length: usize) -> Option<i64> {
    if text.len() != length || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort_ms(text: &str) -> Option<i64> {
        parse_when(text).map(|when| when.sort_ms)
    }

    #[test]
    fn a_partial_date_sorts_as_its_first_instant() {
        assert_eq!(sort_ms("1970"), Some(0));
        assert_eq!(sort_ms("2012"), Some(1_325_376_000_000));
        assert_eq!(sort_ms("2012-02"), Some(1_328_054_400_000));
        assert_eq!(sort_ms("2012-02-06"), Some(1_328_486_400_000));
        assert_eq!(sort_ms("1969-12-31"), Some(-DAY_MS));
    }

    #[test]
    fn an_offset_moves_the_instant_and_is_kept() {
        let when = parse_when("2012-02-06T00:48:33-05:00").unwrap();
        assert_eq!(when.sort_ms, 1_328_507_313_000);
        assert_eq!(when.offset_minutes, Some(-300));
        assert_eq!(when.precision, WhenPrecision::Time);
        assert_eq!(when.written, "2012-02-06T00:48:33-05:00");
        assert_eq!(parse_when("2012-02-06T00:48:33+0530").unwrap().offset_minutes, Some(330));
        assert_eq!(parse_when("2012-02-06T00:48:33Z").unwrap().offset_minutes, Some(0));
        assert_eq!(parse_when("2012-02-06T00:48:33").unwrap().offset_minutes, None);
    }

    #[test]
    fn fractions_and_leap_seconds_are_read() {
        assert_eq!(sort_ms("1970-01-01T00:00:00.1234567Z"), Some(123));
        assert_eq!(sort_ms("1970-01-01T00:00:01.5Z"), Some(1500));
        assert_eq!(sort_ms("2016-12-31T23:59:60.999Z"), sort_ms("2017-01-01T00:00:00Z"));
        assert_eq!(sort_ms("2017-01-01T10:30Z"), sort_ms("2017-01-01T10:30:00Z"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "x",
            "12",
            "0000",
            "20120206",
            "2012-13",
            "2012-00",
            "2012-2",
            "2012-02-30",
            "2011-02-29",
            "1900-02-29",
            "2012-02-06T",
            "2012-02-06T25:00:00Z",
            "2012-02-06T10:60:00Z",
            "2012-02-06T10:00:61Z",
            "2012-02T10:00:00Z",
            "2012-02-06T10:00:00+15:00",
            "2012-02-06T10:00:00.Z",
            "2012-02-06T10:00:00+1",
            "+012-02-06",
            "2012-02-06-01",
            "２０１２",
            "2012-02-06T10:00:00é",
            "2012-02-06T10:00:00+é0",
        ] {
            assert_eq!(parse_when(text), None, "{text}");
        }
        assert!(parse_when("2000-02-29").is_some());
        assert!(parse_when("0001-01-01").is_some() && parse_when("9999-12-31T23:59:59Z").is_some());
    }
}
