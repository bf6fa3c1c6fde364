//! Civil dates, and times with the offset of a made-up place.

use core::fmt;

use chartchain_calendar::{civil_from_days, days_from_civil, days_in_month};

/// A day of the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// What lies outside 1000 to 9990 is pulled to that range where it is used.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// The same day, or the nearest one that exists: 31 February becomes the last day of February.
    #[must_use]
    pub fn nearest(self) -> Self {
        let year = self.year.clamp(1000, 9990);
        let month = self.month.clamp(1, 12);
        Self { year, month, day: self.day.clamp(1, days_in_month(year, month)) }
    }

    /// Today as made-up people can have it: far enough from the ends of the calendar for goals and loops to go past it.
    pub(crate) fn as_today(self) -> Self {
        let last = Self { year: 9900, month: 12, day: 31 };
        self.nearest().clamp(Self { year: 1200, month: 1, day: 1 }, last)
    }

    /// Days since 1 January 1970.
    #[must_use]
    pub fn to_days(self) -> i32 {
        let date = self.nearest();
        i32::try_from(days_from_civil(date.year, date.month, date.day)).unwrap_or(0)
    }

    /// The day that lies so many days after 1 January 1970.
    #[must_use]
    pub fn from_days(days: i32) -> Self {
        let (year, month, day) = civil_from_days(days.clamp(-354_285, 2_929_609).into());
        Self { year, month, day }
    }

    /// So many days later, or earlier where negative.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self::from_days(self.to_days().saturating_add(days))
    }

    /// So many months later, or earlier where negative; the last day of a shorter month stands for what it lacks.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let date = self.nearest();
        let total = date.year * 12 + i32::from(date.month) - 1;
        let total = total.saturating_add(months);
        let month = u8::try_from(total.rem_euclid(12)).unwrap_or(0) + 1;
        Self { year: total.div_euclid(12), month, day: date.day }.nearest()
    }

    /// So many years later, or earlier where negative.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Self {
        self.plus_months(years.saturating_mul(12))
    }

    /// Whole years from `earlier` to this day: the age of someone born then.
    #[must_use]
    pub fn years_since(self, earlier: Self) -> i32 {
        self.year.saturating_sub(earlier.year) - i32::from((self.month, self.day) < (earlier.month, earlier.day))
    }

    /// 0 for Sunday to 6 for Saturday.
    pub(crate) fn weekday(self) -> i32 {
        (self.to_days() + 4).rem_euclid(7)
    }

    /// `2026-11`, for what is known to the month only.
    pub(crate) fn month_text(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// `12 November 2026`, for letters.
    pub(crate) fn in_words(self) -> String {
        const MONTHS: &str = "January February March April May June July August September October November December";
        let month = MONTHS.split(' ').nth(usize::from(self.month.saturating_sub(1))).unwrap_or_default();
        format!("{} {month} {}", self.day, self.year)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How clocks are set in a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Zone {
    /// Minutes east of UTC in winter.
    pub(crate) standard: i16,
    /// When clocks go one hour forward.
    pub(crate) summer: Summer,
}

/// Rules for summer time. Today's rules are used for all years.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Summer {
    /// Never.
    None,
    /// Last Sunday of March to last Sunday of October.
    Europe,
    /// Second Sunday of March to first Sunday of November.
    NorthAmerica,
}

impl Zone {
    /// Minutes east of UTC at noon of a day.
    pub(crate) fn offset(self, date: Date) -> i16 {
        let year = date.year;
        let (from, to) = match self.summer {
            Summer::None => return self.standard,
            Summer::Europe => (sunday_from(year, 3, 25), sunday_from(year, 10, 25)),
            Summer::NorthAmerica => (sunday_from(year, 3, 8), sunday_from(year, 11, 1)),
        };
        if date >= from && date < to { self.standard + 60 } else { self.standard }
    }
}

/// The first Sunday on or after a day.
fn sunday_from(year: i32, month: u8, day: u8) -> Date {
    let first = Date { year, month, day };
    first.plus_days((7 - first.weekday()) % 7)
}

/// A day and the minute of it on local clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    pub(crate) date: Date,
    /// 0 to 1439.
    pub(crate) minute: u16,
}

impl Moment {
    pub(crate) fn new(date: Date, minute: u16) -> Self {
        Self { date, minute: minute.min(1439) }
    }

    /// Later on the same day.
    pub(crate) fn later(self, minutes: u16) -> Self {
        Self::new(self.date, self.minute.saturating_add(minutes))
    }

    /// `2026-11-12T10:42:00+01:00`
    pub(crate) fn written(self, zone: Zone) -> String {
        let offset = zone.offset(self.date);
        let sign = if offset < 0 { '-' } else { '+' };
        let offset = offset.unsigned_abs();
        let (hour, minute) = (self.minute / 60, self.minute % 60);
        format!("{}T{hour:02}:{minute:02}:00{sign}{:02}:{:02}", self.date, offset / 60, offset % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    #[test]
    fn days_and_dates_agree_over_four_centuries() {
        assert_eq!(date(1970, 1, 1).to_days(), 0);
        assert_eq!(date(2000, 3, 1).to_days(), 11_017);
        let mut previous = Date::from_days(-100_000);
        for days in -99_999..60_000 {
            let next = Date::from_days(days);
            assert_eq!(next.to_days(), days);
            assert!(next > previous, "{next} does not follow {previous}");
            previous = next;
        }
    }

    #[test]
    fn a_leap_day_birthday_comes_on_the_first_of_march() {
        assert_eq!(date(2023, 2, 28).years_since(date(2000, 2, 29)), 22);
        assert_eq!(date(2023, 3, 1).years_since(date(2000, 2, 29)), 23);
        assert_eq!(date(2000, 2, 29).plus_years(1), date(2001, 2, 28));
        assert_eq!(date(2026, 1, 31).plus_months(-11), date(2025, 2, 28));
    }

    #[test]
    fn impossible_dates_become_the_nearest_possible_one() {
        assert_eq!(date(2026, 2, 31).nearest(), date(2026, 2, 28));
        assert_eq!(date(i32::MAX, 0, 0).nearest(), date(9990, 1, 1));
        assert_eq!(date(9990, 12, 31).plus_days(1), date(9990, 12, 31));
        assert_eq!(date(2026, 1, 1).plus_years(i32::MAX), date(9990, 8, 1));
        assert_eq!(date(i32::MIN, 255, 255).plus_days(-1), date(1000, 12, 30));
    }

    #[test]
    fn summer_time_starts_and_ends_on_sundays() {
        let europe = Zone { standard: 60, summer: Summer::Europe };
        assert_eq!(Moment::new(date(2026, 3, 28), 605).written(europe), "2026-03-28T10:05:00+01:00");
        assert_eq!(Moment::new(date(2026, 3, 29), 605).written(europe), "2026-03-29T10:05:00+02:00");
        assert_eq!(europe.offset(date(2026, 10, 25)), 60);
        let america = Zone { standard: -300, summer: Summer::NorthAmerica };
        assert_eq!(Moment::new(date(2026, 3, 8), 0).written(america), "2026-03-08T00:00:00-04:00");
        assert_eq!(america.offset(date(2026, 11, 1)), -300);
        assert_eq!(
            Moment::new(date(2026, 7, 1), 1).written(Zone { standard: 345, summer: Summer::None }),
            "2026-07-01T00:01:00+05:45"
        );
    }
}
