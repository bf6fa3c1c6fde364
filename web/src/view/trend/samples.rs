//! From the entries of a series to numbers in time, apart by unit.

use chartchain_calendar::DAY_MS;
use chartchain_vault::protocol::{Range, SeriesPoint, Value};

use crate::view::dates::Date;
use crate::view::meaning::{self, Meaning};
use crate::view::values::{self, short_number, unit_words};

/// Numbers beyond this are no measurement, and sums of them would leave the range of numbers.
const LARGEST: f64 = 1e100;

/// What is drawn of one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Numbers {
    /// A number.
    One(f64),
    /// The source knows only that it is below this.
    Below(f64),
    /// The source knows only that it is above this.
    Above(f64),
    /// Blood pressure: systolic and diastolic.
    Pressure(f64, f64),
    /// Somewhere between two numbers: the lower and the upper.
    Between(f64, f64),
}

impl Numbers {
    /// The number that decides whether it is high; of blood pressure the upper one.
    pub(super) fn upper(self) -> f64 {
        match self {
            Self::One(number)
            | Self::Below(number)
            | Self::Above(number)
            | Self::Pressure(number, _)
            | Self::Between(_, number) => number,
        }
    }

    /// The lower of two numbers, else the only one.
    pub(super) fn lower(self) -> f64 {
        match self {
            Self::One(number)
            | Self::Below(number)
            | Self::Above(number)
            | Self::Pressure(_, number)
            | Self::Between(number, _) => number,
        }
    }

    /// Whether it is a limit rather than a number.
    pub(super) fn is_limit(self) -> bool {
        matches!(self, Self::Below(_) | Self::Above(_))
    }

    /// Whether nobody knows where exactly it lies.
    pub(super) fn is_vague(self) -> bool {
        self.is_limit() || matches!(self, Self::Between(..))
    }
}

/// One value of a series that can be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sample {
    /// Its place in the series.
    pub(super) line: usize,
    /// Milliseconds since 1970 of the earliest instant that the date as written allows.
    pub(super) from_ms: i64,
    /// The latest such instant; the same where the date is exact to the day or better.
    pub(super) until_ms: i64,
    /// The date as written.
    pub(super) date: Date,
    /// What is drawn.
    pub(super) numbers: Numbers,
    /// The number in words, without its unit.
    pub(super) words: String,
    /// What it means.
    pub(super) meaning: Option<Meaning>,
    /// Its own usual range, in its unit.
    pub(super) limits: Option<Limits>,
}

impl Sample {
    /// Where it is drawn: in the middle of what its date allows.
    pub(super) fn at_ms(&self) -> i64 {
        self.from_ms + (self.until_ms - self.from_ms) / 2
    }
}

/// A usual range with at least one limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limits {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

/// Values of one unit, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// In the form that people know; `None` where none was written.
    pub(super) unit: Option<String>,
    /// At least one.
    pub(super) samples: Vec<Sample>,
    /// Minutes east of UTC of the newest value: the clock that the time axis goes by.
    pub(super) offset_minutes: i64,
    /// The usual range of the newest value that has one, as written.
    pub(super) range: Option<Range>,
}

/// The values that can be drawn, by unit, the unit of the newest value first.
pub(super) fn by_unit(series: &[SeriesPoint]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, point) in series.iter().enumerate() {
        let Some((sample, unit)) = sample(at, point) else { continue };
        let range = sample.limits.and(drawn(point).1.cloned());
        match groups.iter_mut().find(|group| group.unit == unit) {
            Some(group) => {
                group.range = group.range.take().or(range);
                group.samples.push(sample);
            }
            None => {
                let offset_minutes = point.when.as_ref().and_then(|when| when.offset_minutes).unwrap_or(0).into();
                groups.push(Group { unit, samples: vec![sample], offset_minutes, range });
            }
        }
    }
    for group in &mut groups {
        // The sort is stable: of two values of one instant the one that was listed as older stays the older.
        group.samples.reverse();
        group.samples.sort_by_key(Sample::at_ms);
    }
    groups
}

/// Value and range on the scale that they are drawn on.
pub(super) fn drawn(point: &SeriesPoint) -> (&Value, Option<&Range>) {
    match &point.in_unit {
        Some((value, range)) => (value, range.as_ref()),
        None => (&point.value, point.range.as_ref()),
    }
}

fn sample(at: usize, point: &SeriesPoint) -> Option<(Sample, Option<String>)> {
    let when = point.when.as_ref()?;
    let date = Date::read(&when.written)?;
    let (value, range) = drawn(point);
    let (numbers, unit, words) = numbers(value)?;
    let meaning = meaning::of(Some(&point.value), point.range.as_ref(), point.interpretation.as_deref());
    let limits = match numbers {
        Numbers::Pressure(..) => None,
        _ => range.and_then(|range| limits(range, unit)),
    };
    let until_ms = when.sort_ms.saturating_add((days_of(&date) - 1).max(0) * DAY_MS);
    let sample = Sample { line: at, from_ms: when.sort_ms, until_ms, date, numbers, words, meaning, limits };
    Some((sample, known(unit)))
}

/// How many days the date as written spans.
fn days_of(date: &Date) -> i64 {
    match (date.month, date.day) {
        (None, _) => 365,
        (Some(_), None) => 30,
        _ => 1,
    }
}

fn known(unit: Option<&str>) -> Option<String> {
    unit.map(unit_words).filter(|unit| !unit.is_empty())
}

fn number(written: &str) -> Option<f64> {
    written.parse().ok().filter(|number: &f64| number.abs() <= LARGEST)
}

fn numbers(value: &Value) -> Option<(Numbers, Option<&str>, String)> {
    match value {
        Value::Quantity { comparator, number: written, unit } => {
            let (numbers, sign) = match (comparator.as_deref(), number(written)?) {
                (None, number) => (Numbers::One(number), ""),
                (Some("<"), number) => (Numbers::Below(number), "< "),
                (Some("<="), number) => (Numbers::Below(number), "≤ "),
                (Some(">"), number) => (Numbers::Above(number), "> "),
                (Some(">="), number) => (Numbers::Above(number), "≥ "),
                _ => return None,
            };
            Some((numbers, unit.as_deref(), format!("{sign}{}", short_number(written))))
        }
        Value::Pressure { systolic, diastolic, unit } => {
            let words = format!("{}/{}", short_number(systolic), short_number(diastolic));
            Some((Numbers::Pressure(number(systolic)?, number(diastolic)?), unit.as_deref(), words))
        }
        Value::Range(range) => {
            let limit = |written: &Option<String>| written.as_deref().and_then(number);
            let (numbers, words) = match (limit(&range.low), limit(&range.high)) {
                (Some(low), Some(high)) if low <= high => (Numbers::Between(low, high), range_words(range)?),
                (Some(low), None) if range.high.is_none() => (Numbers::Above(low), range_words(range)?),
                (None, Some(high)) if range.low.is_none() => (Numbers::Below(high), range_words(range)?),
                _ => return None,
            };
            Some((numbers, range.unit.as_deref(), words))
        }
        Value::Text(_) | Value::Bool(_) | Value::Components(_) | Value::Absent(_) => None,
    }
}

/// A range in words, without its unit.
fn range_words(range: &Range) -> Option<String> {
    values::range_words(&Range { unit: None, text: None, ..range.clone() })
}

/// The limits of a range that is in the same unit, or in none.
fn limits(range: &Range, unit: Option<&str>) -> Option<Limits> {
    if range.unit.is_some() && known(range.unit.as_deref()) != known(unit) {
        return None;
    }
    let limit = |written: &Option<String>| written.as_deref().and_then(number);
    match (limit(&range.low), limit(&range.high)) {
        (None, None) => None,
        (Some(low), Some(high)) if low >= high => None,
        (low, high) => Some(Limits { low, high }),
    }
}
