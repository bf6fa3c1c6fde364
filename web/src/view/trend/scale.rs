//! Scales: from numbers and instants to places, and at most four round numbers along each.

use chartchain_calendar::{DAY_MS, civil_from_days, days_from_civil};

use crate::view::dates::Date;

/// At most so many numbers stand along an axis.
const MOST_TICKS: i64 = 4;
const MINUTE_MS: i64 = 60_000;

/// A number beside the value axis.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueTick {
    /// Pixels from the top of the plot.
    pub y: f64,
    /// The number.
    pub words: String,
}

/// A date below the time axis.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeTick {
    /// Percent of the width.
    pub x: f64,
    /// Year, month, day or time.
    pub words: String,
    /// What it lies in, where that is new: the year of a month, the day of a time.
    pub within: Option<String>,
}

/// From numbers to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Values {
    low: f64,
    high: f64,
    height: f64,
}

impl Values {
    /// A scale that holds all of these, with some room around them.
    pub(super) fn around(low: f64, high: f64, height: f64) -> Self {
        let room = if high > low { (high - low) * 0.08 } else { (high.abs() * 0.1).max(0.5) };
        // What is counted from zero does not go below it.
        let from = if low >= 0.0 { (low - room).max(0.0) } else { low - room };
        Self { low: from, high: high + room, height }
    }

    /// Pixels from the top; what lies outside stands at the edge.
    pub(super) fn y(&self, number: f64) -> f64 {
        ((self.high - number) / (self.high - self.low)).clamp(0.0, 1.0) * self.height
    }

    /// Round numbers, at most four.
    pub(super) fn ticks(&self) -> Vec<ValueTick> {
        let mut exponent = ((self.high - self.low) / 40.0).log10().floor();
        let most = f64::from(i32::try_from(MOST_TICKS).unwrap_or(4));
        // Each turn is a step ten times as wide; the second already leaves fewer than four.
        for _ in 0..6 {
            for lead in [1.0, 2.0, 2.5, 5.0] {
                let step = lead * 10_f64.powf(exponent);
                let (first, last) = ((self.low / step).ceil(), (self.high / step).floor());
                if last - first < most {
                    return self.multiples(step, first, last);
                }
            }
            exponent += 1.0;
        }
        Vec::new()
    }

    fn multiples(&self, step: f64, first: f64, last: f64) -> Vec<ValueTick> {
        let mut ticks = Vec::new();
        let mut at = first;
        while at <= last && ticks.len() < 8 {
            let number = at * step;
            ticks.push(ValueTick { y: self.y(number), words: number_words(number, step) });
            at += 1.0;
        }
        ticks
    }
}

/// A number of an axis, with the decimals that its step needs.
fn number_words(number: f64, step: f64) -> String {
    if number == 0.0 {
        return "0".into();
    }
    if number.abs() >= 1e7 || step < 1e-4 {
        return with_power_of_ten(number);
    }
    let places = (0..5).find(|places| {
        let shifted = step * 10_f64.powi(*places);
        (shifted - shifted.round()).abs() < 1e-6
    });
    let places = usize::try_from(places.unwrap_or(5)).unwrap_or(0);
    format!("{number:.places$}")
}

/// `1.5 × 10⁷`
fn with_power_of_ten(number: f64) -> String {
    let written = format!("{number:.3e}");
    let Some((lead, power)) = written.split_once('e') else { return written };
    let lead = lead.trim_end_matches('0').trim_end_matches('.');
    let raised = power.chars().map(|digit| match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    });
    format!("{lead}×10{}", raised.collect::<String>())
}

/// From instants to percent of the width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Times {
    from_ms: i64,
    until_ms: i64,
    offset_ms: i64,
}

/// Percent that stay free at both ends.
const EDGE: f64 = 3.0;

impl Times {
    /// A scale from one instant to another, whose dates are those of a clock so many minutes east of UTC.
    pub(super) fn between(from_ms: i64, until_ms: i64, offset_minutes: i64) -> Self {
        Self { from_ms, until_ms, offset_ms: offset_minutes * MINUTE_MS }
    }

    /// Percent of the width.
    pub(super) fn x(&self, at_ms: i64) -> f64 {
        let span = self.until_ms.saturating_sub(self.from_ms);
        if span <= 0 {
            return 50.0;
        }
        EDGE + ratio(at_ms.saturating_sub(self.from_ms), span).clamp(0.0, 1.0) * (100.0 - 2.0 * EDGE)
    }

    /// Years, months, days or times, whichever gives the most dates that have room.
    pub(super) fn ticks(&self) -> Vec<TimeTick> {
        let steps = [1, 5, 15, 30].map(Step::Minutes).into_iter();
        let steps = steps.chain([60, 120, 180, 360, 720].map(Step::Minutes));
        let steps = steps.chain([1, 2, 5, 10].map(Step::Days)).chain([1, 2, 3, 6].map(Step::Months));
        let mut steps = steps.chain([1, 2, 5, 10, 20, 50, 100, 500, 2000].map(Step::Years));
        let (from, until) = (self.from_ms.saturating_add(self.offset_ms), self.until_ms.saturating_add(self.offset_ms));
        let mut fitting = steps.find_map(|step| step.within(from, until)).unwrap_or_default();
        if until <= from || fitting.is_empty() {
            let (words, within) = Step::Days(1).words(from);
            fitting = vec![(from, words, within)];
        }
        let mut before: Option<String> = None;
        let ticks = fitting.into_iter().map(|(at_ms, words, within)| {
            let is_new = within != before;
            before.clone_from(&within);
            TimeTick { x: self.x(at_ms.saturating_sub(self.offset_ms)), words, within: within.filter(|_| is_new) }
        });
        ticks.collect()
    }
}

fn ratio(part: i64, whole: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a place on a screen needs no more than 52 bits")]
    let (part, whole) = (part as f64, whole as f64);
    part / whole
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Minutes(i64),
    Days(i64),
    Months(i64),
    Years(i64),
}

impl Step {
    fn length_ms(self) -> i64 {
        match self {
            Self::Minutes(count) => count * MINUTE_MS,
            Self::Days(count) => count * DAY_MS,
            Self::Months(count) => count * 30 * DAY_MS,
            Self::Years(count) => count * 365 * DAY_MS,
        }
    }

    /// The steps between two instants with their words; nothing where they are more than have room.
    fn within(self, from_ms: i64, until_ms: i64) -> Option<Vec<(i64, String, Option<String>)>> {
        if until_ms.saturating_sub(from_ms) / self.length_ms() > MOST_TICKS {
            return None;
        }
        let first = self.number_of(from_ms);
        let all = (first..=first.saturating_add(MOST_TICKS + 2)).filter_map(|number| {
            let at_ms = self.start_of(number)?;
            (from_ms..=until_ms).contains(&at_ms).then(|| {
                let (words, within) = self.words(at_ms);
                (at_ms, words, within)
            })
        });
        let all: Vec<_> = all.collect();
        (i64::try_from(all.len()).unwrap_or(i64::MAX) <= MOST_TICKS).then_some(all)
    }

    fn number_of(self, at_ms: i64) -> i64 {
        let date = date_of(at_ms);
        let month = i64::from(date.month.unwrap_or(1)) - 1;
        match self {
            Self::Minutes(_) | Self::Days(_) => at_ms.div_euclid(self.length_ms()),
            Self::Months(count) => (i64::from(date.year) * 12 + month).div_euclid(count),
            Self::Years(count) => i64::from(date.year).div_euclid(count),
        }
    }

    fn start_of(self, number: i64) -> Option<i64> {
        let day = |year: i64, month: i64| {
            Some(days_from_civil(i32::try_from(year).ok()?, u8::try_from(month).ok()?, 1) * DAY_MS)
        };
        match self {
            Self::Minutes(_) | Self::Days(_) => number.checked_mul(self.length_ms()),
            Self::Months(count) => {
                let month = number.checked_mul(count)?;
                day(month.div_euclid(12), month.rem_euclid(12) + 1)
            }
            Self::Years(count) => day(number.checked_mul(count)?, 1),
        }
    }

    fn words(self, at_ms: i64) -> (String, Option<String>) {
        let date = date_of(at_ms);
        let year = date.year.to_string();
        match self {
            Self::Minutes(_) => (date.time_words().unwrap_or_default(), Some(date.short_day_words())),
            Self::Days(_) => (date.short_day_words(), Some(year)),
            Self::Months(_) => (date.short_month_words(), Some(year)),
            Self::Years(_) => (year, None),
        }
    }
}

fn date_of(at_ms: i64) -> Date {
    let (year, month, day) = civil_from_days(at_ms.div_euclid(DAY_MS));
    let minutes = at_ms.rem_euclid(DAY_MS) / MINUTE_MS;
    let small = |value: i64| u8::try_from(value).unwrap_or(0);
    Date { year, month: Some(month), day: Some(day), time: Some((small(minutes / 60), small(minutes % 60))) }
}
