//! Values over time as a chart, worked out without a browser: which values can be drawn on one scale, where everything
//! lies, and what the picture says in words.
//!
//! Across, places are percent of the plot's width, so that a chart fits every page without being measured; downwards
//! they are CSS pixels of a plot that is [`HEIGHT`] high.

mod band;
mod layout;
mod samples;
mod scale;
mod sentences;
mod thin;

use chartchain_vault::protocol::{Range, Series, SeriesPoint, Value};

pub use layout::{Chart, Form, Gap, HEIGHT, Label, Mark, Moment};
pub use scale::{TimeTick, ValueTick};

use super::values;
use crate::t;

/// At most so many units get a chart of their own.
const MOST_CHARTS: usize = 4;

/// What can be drawn of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// One chart for each unit, the one with the newest value first.
    pub charts: Vec<Chart>,
    /// Sentences on what is apart or not drawn at all.
    pub notes: Vec<String>,
}

/// Lays out a series. Values without a number or a date stand in the table only, and so does whatever is alone in its
/// unit: one value is no trend.
#[must_use]
pub fn trend(series: &Series) -> Trend {
    let mut groups = samples::by_unit(&series.points);
    let units = groups.len();
    groups.retain(|group| group.samples.len() > 1);
    groups.truncate(MOST_CHARTS);
    let charts: Vec<Chart> = groups.iter().map(layout::chart).collect();
    let drawn: usize = groups.iter().map(|group| group.samples.len()).sum();
    let mut notes = Vec::new();
    if (series.points.len() as u64) < u64::from(series.total) {
        notes.push(t!("trend-newest-only", count = series.points.len(), total = series.total));
    }
    if units > 1 && !charts.is_empty() {
        notes.push(t!("trend-units", count = units));
    }
    let converted = series.points.iter().filter(|point| is_converted(point)).count();
    if converted > 0 && !charts.is_empty() {
        notes.push(t!("trend-converted", count = converted));
    }
    let left = series.points.len().saturating_sub(drawn);
    if left > 0 && !charts.is_empty() {
        notes.push(t!("trend-not-drawn", count = left));
    }
    if series.withdrawn > 0 {
        notes.push(t!("trend-withdrawn", count = series.withdrawn));
    }
    Trend { charts, notes }
}

/// A value as written, and behind it the number that is drawn where that is another one: `5.5 mmol/L (99.1 mg/dL)`.
#[must_use]
pub fn value_words(point: &SeriesPoint) -> String {
    let written = values::line(&point.value).unwrap_or_default();
    match point.in_unit.as_ref().filter(|_| is_converted(point)).and_then(|(value, _)| values::line(value)) {
        Some(drawn) => t!("trend-both-units", written = written, drawn = drawn),
        None => written,
    }
}

/// Whether a value is drawn with another number than was written.
#[must_use]
pub fn is_converted(point: &SeriesPoint) -> bool {
    let bare = |value: &Value| match value.clone() {
        Value::Quantity { comparator, number, .. } => Value::Quantity { comparator, number, unit: None },
        Value::Pressure { systolic, diastolic, .. } => Value::Pressure { systolic, diastolic, unit: None },
        Value::Range(range) => Value::Range(Range { unit: None, text: None, ..range }),
        other => other,
    };
    point.in_unit.as_ref().is_some_and(|(value, _)| bare(value) != bare(&point.value))
}

#[cfg(test)]
mod tests;
