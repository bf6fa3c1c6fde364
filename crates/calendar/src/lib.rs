//! Days of the proleptic Gregorian calendar as numbers, and back (H. Hinnant, "chrono-compatible low-level date algorithms").
//! Everything that counts days counts them here.

/// Milliseconds of a day without leap seconds.
pub const DAY_MS: i64 = 86_400_000;

/// Days from 1 January 1970 to the first of March of the year 0, from where eras of 400 years are counted.
const SHIFT: i64 = 719_468;
/// Days of 400 years.
const ERA: i64 = 146_097;

/// Days since 1 January 1970 of a day that the calendar has; negative before.
#[must_use]
pub const fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    // A year that begins in March has its odd day at its end.
    let (year, month, day) = (year as i64 - (month <= 2) as i64, month as i64, day as i64);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - SHIFT
}

/// Year, month (1 to 12) and day (1 to 31) that lie so many days after 1 January 1970. Years stay within an `i32`.
#[must_use]
pub const fn civil_from_days(days: i64) -> (i32, u8, u8) {
    let days = days.saturating_add(SHIFT);
    let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    let (least, most) = (i32::MIN as i64, i32::MAX as i64);
    let year = if year < least {
        least
    } else if year > most {
        most
    } else {
        year
    };
    (year as i32, month as u8, day as u8)
}

/// How many days a month has.
#[must_use]
pub const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_have_their_numbers() {
        for ((year, month, day), number) in [
            ((1970, 1, 1), 0),
            ((1969, 12, 31), -1),
            ((2000, 2, 29), 11_016),
            ((2000, 3, 1), 11_017),
            ((2026, 11, 28), 20_785),
            ((1600, 2, 29), -135_081),
            ((0, 3, 1), -719_468),
        ] {
            assert_eq!(days_from_civil(year, month, day), number);
            assert_eq!(civil_from_days(number), (year, month, day));
        }
    }

    #[test]
    fn day_follows_day_over_eight_centuries() {
        let (mut year, mut month, mut day) = (1600, 1, 1);
        for number in days_from_civil(1600, 1, 1)..days_from_civil(2400, 1, 1) {
            assert_eq!(civil_from_days(number), (year, month, day));
            day += 1;
            if day > days_in_month(year, month) {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
    }

    proptest! {
        #[test]
        fn numbers_come_back_and_any_number_is_borne(days in -700_000_000_000_i64..700_000_000_000, wild in any::<i64>()) {
            let (year, month, day) = civil_from_days(days);
            prop_assert_eq!(days_from_civil(year, month, day), days);
            prop_assert!((1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day));
            let (_, month, day) = civil_from_days(wild);
            prop_assert!((1..=12).contains(&month) && (1..=31).contains(&day));
        }
    }
}
