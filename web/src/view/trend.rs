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

use chartchain_vault::protocol::{EntryLine, MOST_IN_SERIES};

pub use layout::{Chart, Form, Gap, HEIGHT, Label, Mark, Moment};
pub use scale::{TimeTick, ValueTick};

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
pub fn trend(series: &[EntryLine]) -> Trend {
    let mut groups = samples::by_unit(series);
    let units = groups.len();
    groups.retain(|group| group.samples.len() > 1);
    groups.truncate(MOST_CHARTS);
    let charts: Vec<Chart> = groups.iter().map(layout::chart).collect();
    let drawn: usize = groups.iter().map(|group| group.samples.len()).sum();
    let mut notes = Vec::new();
    if series.len() >= MOST_IN_SERIES {
        notes.push(t!("trend-newest-only", count = series.len()));
    }
    if units > 1 && !charts.is_empty() {
        notes.push(t!("trend-units", count = units));
    }
    let left = series.len().saturating_sub(drawn);
    if left > 0 && !charts.is_empty() {
        notes.push(t!("trend-not-drawn", count = left));
    }
    Trend { charts, notes }
}

#[cfg(test)]
mod tests;
