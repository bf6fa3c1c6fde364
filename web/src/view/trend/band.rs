//! The usual range as a shaded band, and room for its words in it.

use super::layout::Segment;
use super::samples::{Group, Limits};
use super::scale::Values;

/// Words are written into a band that is at least this high, in pixels.
const ROOM: f64 = 26.0;
/// What the words take of a narrow plot, in percent.
const WORDS_WIDTH: f64 = 75.0;

/// A shaded band.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Pixels from the top of the plot.
    pub y: f64,
    /// Pixels.
    pub height: f64,
    /// Base line of its words, where there is room for them and nothing is drawn through them.
    pub words_at: Option<f64>,
}

/// The usual range of the newest value that has one.
pub(super) fn limits(group: &Group) -> Option<Limits> {
    group.samples.iter().rev().find_map(|sample| sample.limits)
}

/// Whether earlier values had another usual range.
pub(super) fn changed(group: &Group) -> bool {
    let mut known = group.samples.iter().filter_map(|sample| sample.limits);
    known.next().is_some_and(|first| known.any(|other| other != first))
}

/// The lowest and highest that the scale should hold: all numbers, and the limits that are not far from them.
pub(super) fn extent(group: &Group) -> (f64, f64) {
    let numbers = group.samples.iter().map(|sample| sample.numbers);
    let low = numbers.clone().map(|numbers| numbers.lower()).fold(f64::INFINITY, f64::min);
    let high = numbers.map(|numbers| numbers.upper()).fold(f64::NEG_INFINITY, f64::max);
    let near = 3.0 * (high - low).max(low.abs().max(high.abs()) * 0.25);
    let limits = limits(group);
    let (below, above) = (limits.and_then(|limits| limits.low), limits.and_then(|limits| limits.high));
    let near_ones = [below, above].into_iter().flatten().filter(|limit| *limit > low - near && *limit < high + near);
    near_ones.fold((low, high), |(low, high), limit| (low.min(limit), high.max(limit)))
}

/// Lays the range into the plot.
pub(super) fn band(limits: Limits, scale: &Values, height: f64, segments: &[Segment], marks: &[(f64, f64)]) -> Band {
    let y = limits.high.map_or(0.0, |high| scale.y(high));
    let end = limits.low.map_or(height, |low| scale.y(low));
    let is_free = |base: &f64| {
        let (top, bottom) = (base - 16.0, base + 5.0);
        let crosses = |segment: &Segment| {
            segment.x1 < WORDS_WIDTH && segment.y1.min(segment.y2) < bottom && segment.y1.max(segment.y2) > top
        };
        let covers = |(x, y): &(f64, f64)| *x < WORDS_WIDTH + 4.0 && *y > top - 9.0 && *y < bottom + 9.0;
        !segments.iter().any(crosses) && !marks.iter().any(covers)
    };
    let bases = [(y + end) / 2.0 + 5.0, end - 7.0, y + 18.0];
    let words_at = bases.into_iter().find(is_free).filter(|_| end - y >= ROOM);
    Band { y, height: (end - y).max(2.0), words_at }
}
