//! From numbers in time to shapes in a plot.

use chartchain_calendar::DAY_MS;
use chartchain_vault::protocol::Range;

use super::band::{self, Band};
use super::samples::{Group, Numbers, Sample};
use super::scale::{TimeTick, Times, ValueTick, Values};
use super::{sentences, thin};
use crate::t;
use crate::view::meaning::Shape;
use crate::view::values;

/// Height of a plot in CSS pixels.
pub const HEIGHT: f64 = 176.0;

/// A chart of values in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Unit of the value axis.
    pub unit: Option<String>,
    /// What is drawn, oldest first. At least two.
    pub moments: Vec<Moment>,
    /// Lines between them.
    pub segments: Vec<Segment>,
    /// Long times without a value, oldest first.
    pub gaps: Vec<Gap>,
    /// The usual range.
    pub band: Option<Band>,
    /// The usual range in words.
    pub range: Option<String>,
    /// Numbers beside the value axis.
    pub value_ticks: Vec<ValueTick>,
    /// Dates below the time axis.
    pub time_ticks: Vec<TimeTick>,
    /// What the marks mean, those that are drawn.
    pub forms: Vec<Form>,
    /// What the picture says, in sentences.
    pub caption: Vec<String>,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Its place in the series.
    pub line: usize,
    /// Percent of the width.
    pub x: f64,
    /// From where to where its date may lie, in percent, where it is known to the month or the year only.
    pub span: Option<(f64, f64)>,
    /// Where a finger or a mouse finds it: start and width in percent.
    pub reach: (f64, f64),
    /// One, or two for blood pressure.
    pub marks: Vec<Mark>,
    /// From where to where it may lie, in pixels from the top, where it is known as a range.
    pub bar: Option<(f64, f64)>,
    /// The last one in time.
    pub is_newest: bool,
}

/// A mark in the plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Pixels from the top.
    pub y: f64,
    /// Its form.
    pub form: Form,
    /// The number beside it, for the first and the last.
    pub label: Option<Label>,
}

/// A number beside a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The number.
    pub words: String,
    /// It stands above its mark, else below.
    pub above: bool,
}

/// What a mark looks like; never its colour alone says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Triangle: above the usual range.
    Above,
    /// Circle: within it.
    Within,
    /// Triangle that points down: below it.
    Below,
    /// Diamond: unusual in another way, says the source.
    Unusual,
    /// Dot: no range is known.
    Plain,
    /// Arrow down: less than this.
    LessThan,
    /// Arrow up: more than this.
    MoreThan,
    /// Bar with two ends: somewhere between them.
    Between,
}

/// A line between two values, in percent and pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// Percent of the width, where it begins.
    pub x1: f64,
    /// Pixels from the top.
    pub y1: f64,
    /// Percent of the width, where it ends.
    pub x2: f64,
    /// Pixels from the top.
    pub y2: f64,
    /// It belongs to the lower number of blood pressure.
    pub is_lower: bool,
}

/// A long time without a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// Place in the series of the value after it.
    pub newer: usize,
    /// Place in the series of the value before it.
    pub older: usize,
    /// Its middle in percent of the width.
    pub x: f64,
    /// Pixels from the top, half way between the values on both sides.
    pub y: f64,
    /// How long: `14 months`.
    pub words: String,
}

/// Lays out the values of one unit; they are at least two.
pub(super) fn chart(group: &Group) -> Chart {
    let drawn = thin::thinned(&group.samples);
    let (low, high) = band::extent(group);
    let scale = Values::around(low, high, HEIGHT);
    let from_ms = drawn.iter().map(|sample| sample.from_ms).min().unwrap_or(0);
    let until_ms = drawn.iter().map(|sample| sample.until_ms).max().unwrap_or(0);
    let times = Times::between(from_ms, until_ms, group.offset_minutes);
    let silences = silences(&group.samples);
    let moments = moments(&drawn, &scale, &times);
    let segments = segments(&drawn, &silences, &scale, &times);
    let limits = band::limits(group);
    let marks: Vec<(f64, f64)> =
        moments.iter().flat_map(|moment| moment.marks.iter().map(|mark| (moment.x, mark.y))).collect();
    let mut forms: Vec<Form> = moments.iter().flat_map(|moment| moment.marks.iter().map(|mark| mark.form)).collect();
    forms.sort_unstable();
    forms.dedup();
    Chart {
        unit: group.unit.clone(),
        band: limits.map(|limits| band::band(limits, &scale, HEIGHT, &segments, &marks)),
        range: group.range.as_ref().and_then(range_words),
        gaps: silences.iter().map(|pair| gap(pair, &scale, &times)).collect(),
        value_ticks: scale.ticks(),
        time_ticks: times.ticks(),
        caption: sentences::caption(group, drawn.len()),
        forms,
        moments,
        segments,
    }
}

fn range_words(range: &Range) -> Option<String> {
    // The words of the source may be long; the numbers are what is shaded.
    values::range_words(&Range { text: None, ..range.clone() })
}

fn moments(drawn: &[&Sample], scale: &Values, times: &Times) -> Vec<Moment> {
    let places: Vec<f64> = drawn.iter().map(|sample| times.x(sample.at_ms())).collect();
    let last = drawn.len().saturating_sub(1);
    let middle = |at: usize, next: usize| Some((places.get(at)? + places.get(next)?) / 2.0);
    let moment = |(at, sample): (usize, &&Sample)| {
        let x = places.get(at).copied().unwrap_or(0.0);
        let start = at.checked_sub(1).and_then(|before| middle(before, at)).unwrap_or(0.0);
        let end = middle(at, at + 1).unwrap_or(100.0);
        let is_exact = sample.from_ms == sample.until_ms;
        Moment {
            line: sample.line,
            x,
            span: (!is_exact).then(|| (times.x(sample.from_ms), times.x(sample.until_ms))),
            reach: (start, (end - start).max(0.0)),
            marks: marks(drawn, at, sample, scale),
            bar: match sample.numbers {
                Numbers::Between(low, high) => Some((scale.y(high), scale.y(low))),
                _ => None,
            },
            is_newest: at == last,
        }
    };
    drawn.iter().enumerate().map(moment).collect()
}

fn form_of(sample: &Sample) -> Form {
    match (sample.numbers, sample.meaning.as_ref().map(|meaning| meaning.shape)) {
        (Numbers::Below(_), _) => Form::LessThan,
        (Numbers::Above(_), _) => Form::MoreThan,
        (Numbers::Between(..), _) => Form::Between,
        (_, Some(Shape::TriangleUp)) => Form::Above,
        (_, Some(Shape::TriangleDown)) => Form::Below,
        (_, Some(Shape::Circle)) => Form::Within,
        (_, Some(_)) => Form::Unusual,
        (_, None) => Form::Plain,
    }
}

/// On which side of its mark a number has room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// The first and the last get their number, on the side that the line to their neighbour leaves free.
fn side_of_label(drawn: &[&Sample], at: usize, number: fn(Numbers) -> f64) -> Option<Side> {
    let neighbour = match at {
        0 => drawn.get(1),
        _ if at + 1 == drawn.len() => drawn.get(at - 1),
        _ => return None,
    };
    let own = number(drawn.get(at)?.numbers);
    Some(if number(neighbour?.numbers) <= own { Side::Above } else { Side::Below })
}

fn marks(drawn: &[&Sample], at: usize, sample: &Sample, scale: &Values) -> Vec<Mark> {
    let form = form_of(sample);
    let mark = |number: fn(Numbers) -> f64, words: &str| {
        let y = scale.y(number(sample.numbers));
        // Below a mark at the foot of the plot stand the dates.
        let above = |side| side == Side::Above || y > HEIGHT - 30.0;
        let label = side_of_label(drawn, at, number).map(|side| Label { words: words.to_owned(), above: above(side) });
        Mark { y, form, label }
    };
    match (sample.numbers, sample.words.split_once('/')) {
        (Numbers::Pressure(..), Some((upper, lower))) => vec![mark(Numbers::upper, upper), mark(Numbers::lower, lower)],
        (Numbers::Between(..), _) => {
            let lower = Mark { label: None, ..mark(Numbers::lower, "") };
            vec![mark(Numbers::upper, &sample.words), lower]
        }
        _ => vec![mark(Numbers::upper, &sample.words)],
    }
}

fn segments(drawn: &[&Sample], silences: &[(&Sample, &Sample)], scale: &Values, times: &Times) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (a, b) in drawn.iter().zip(drawn.iter().skip(1)) {
        let is_silent = |(older, newer): &(&Sample, &Sample)| a.at_ms() <= older.at_ms() && newer.at_ms() <= b.at_ms();
        // What is known only as a limit or a range has no line to it: nobody knows where the value lies.
        if a.numbers.is_vague() || b.numbers.is_vague() || silences.iter().any(is_silent) {
            continue;
        }
        let (x1, x2) = (times.x(a.at_ms()), times.x(b.at_ms()));
        let line = |from: f64, to: f64, is_lower| Segment { x1, y1: scale.y(from), x2, y2: scale.y(to), is_lower };
        segments.push(line(a.numbers.upper(), b.numbers.upper(), false));
        if let (Numbers::Pressure(_, from), Numbers::Pressure(_, to)) = (a.numbers, b.numbers) {
            segments.push(line(from, to, true));
        }
    }
    segments
}

/// Pairs of neighbours with much more time between them than is usual in this series, wide enough to be named.
fn silences(samples: &[Sample]) -> Vec<(&Sample, &Sample)> {
    let between = |(a, b): &(&Sample, &Sample)| b.from_ms.saturating_sub(a.until_ms);
    let pairs: Vec<(&Sample, &Sample)> = samples.iter().zip(samples.iter().skip(1)).collect();
    let mut lengths: Vec<i64> = pairs.iter().map(between).collect();
    lengths.sort_unstable();
    let (Some(usual), Some(first), Some(last)) = (lengths.get(lengths.len() / 2), samples.first(), samples.last())
    else {
        return Vec::new();
    };
    if samples.len() < 4 {
        return Vec::new();
    }
    let long = usual.saturating_mul(2).max(last.at_ms().saturating_sub(first.at_ms()) / 4);
    pairs.into_iter().filter(|pair| between(pair) > long).collect()
}

fn gap((older, newer): &(&Sample, &Sample), scale: &Values, times: &Times) -> Gap {
    let (from, until) = (times.x(older.until_ms), times.x(newer.from_ms));
    let days = newer.from_ms.saturating_sub(older.until_ms) / DAY_MS;
    let count = |days: i64| u32::try_from(days).unwrap_or(0);
    let words = match days {
        730.. => t!("age-years", count = count(days / 365)),
        60.. => t!("age-months", count = count(days * 12 / 365)),
        1.. => t!("age-days", count = count(days)),
        _ => t!("trend-gap-hours"),
    };
    let y = (scale.y(older.numbers.upper()) + scale.y(newer.numbers.upper())) / 2.0;
    Gap { newer: newer.line, older: older.line, x: (from + until) / 2.0, y: y.min(HEIGHT - 36.0), words }
}
