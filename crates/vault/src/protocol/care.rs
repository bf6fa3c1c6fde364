use chartchain_fhir::form::{MeasurementKind, Unit};
use chartchain_fhir::{Range, Value, When};
use serde::{Deserialize, Serialize};

use super::{Banner, EntryId, EntryLine, LatestValue};

/// At most so many come for the page that reviews them, the newest: hourly values of two years.
pub const MOST_IN_REVIEW: usize = 20_000;

/// Values of one analyte, whoever measured it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Series {
    /// Newest first.
    pub points: Vec<SeriesPoint>,
    /// How many there are, also those that were too many to come.
    pub total: u32,
    /// How many were withdrawn as made in error; they are left out.
    pub withdrawn: u32,
}

/// One value of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// The entry.
    pub entry: EntryId,
    /// When it was taken.
    pub when: Option<When>,
    /// As written.
    pub value: Value,
    /// The usual range that its source gave, as written.
    pub range: Option<Range>,
    /// The source's interpretation.
    pub interpretation: Option<String>,
    /// Value and range in the unit of the newest value, where they were written in another one and are sure in this one.
    pub in_unit: Option<(Value, Option<Range>)>,
    /// Who recorded it, by name, where known.
    pub source: Option<String>,
    /// One of several live versions of its entry.
    pub disputed: bool,
}

/// Everything of one analyte, for the page that reviews it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Who.
    pub banner: Banner,
    /// The newest entry that has a value.
    pub newest: EntryLine,
    /// All of it.
    pub series: Series,
}

/// The latest value of something that a form can measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastMeasured {
    /// What.
    pub kind: MeasurementKind,
    /// Its value, as it was written.
    pub value: Value,
    /// The unit of that, where forms have it.
    pub unit: Option<Unit>,
    /// When that was.
    pub when: Option<When>,
}

/// The latest value of each analyte of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analytes {
    /// Who.
    pub banner: Banner,
    /// What people look for first, then newest first.
    pub rows: Vec<LatestValue>,
    /// How many analytes there are.
    pub total: u32,
}
