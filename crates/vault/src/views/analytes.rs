use chartchain_chart::Latest;
use chartchain_fhir::form::MeasurementKind;
use chartchain_fhir::{Kind, Value};
use chartchain_insight::{Analyte, range_in, unit_of, value_in};

use super::entry_id;
use crate::open::OpenLedger;
use crate::protocol::{
    Analytes, EntryId, Fault, LastMeasured, LatestValue, MOST_IN_REVIEW, Review, Series, SeriesPoint,
};

const MAX_ROWS: u32 = 500;
/// Words of a value in a series; the entry's own page has them all.
const MAX_WORDS: usize = 200;

impl OpenLedger {
    pub(super) fn latest_lines(&self, latest: &[Latest]) -> Vec<LatestValue> {
        let line = |latest: &Latest| {
            let record = self.chart.record(latest.record)?;
            let previous = latest.previous.and_then(|number| self.chart.record(number));
            Some(LatestValue {
                line: self.line(latest.record)?,
                range: record.facts.range.clone(),
                interpretation: record.facts.interpretation.clone(),
                previous: previous.and_then(|record| Some((record.facts.value.clone()?, record.facts.when.clone()))),
                count: latest.count,
            })
        };
        latest.iter().filter_map(line).collect()
    }

    pub(crate) fn analytes(&mut self, kind: Kind, offset: u32, limit: u32) -> Analytes {
        let latest = self.chart.latest_values(&[kind]);
        let total = u32::try_from(latest.len()).unwrap_or(u32::MAX);
        let page: Vec<Latest> = latest.into_iter().skip(offset as usize).take(limit.min(MAX_ROWS) as usize).collect();
        Analytes { banner: self.banner(), rows: self.latest_lines(&page), total }
    }

    /// The latest value of everything that a form can measure.
    pub(crate) fn last_measured(&mut self) -> Vec<LastMeasured> {
        let latest = self.chart.latest_values(&[Kind::Vital, Kind::TestResult]);
        let line = |latest: Latest| {
            let facts = &self.chart.record(latest.record)?.facts;
            let analyte = Analyte::of(facts);
            let measures = |kind: &MeasurementKind| kind.codes().any(|code| Analyte::of_loinc(code) == analyte);
            let kind = MeasurementKind::ALL.into_iter().find(measures)?;
            let value = facts.value.clone()?;
            let written = unit_of(&value);
            let unit =
                kind.units().find(|unit| written.is_some_and(|name| [unit.symbol(), unit.ucum()].contains(&name)));
            Some(LastMeasured { kind, unit, value, when: facts.when.clone() })
        };
        latest.into_iter().filter_map(line).collect()
    }

    pub(crate) fn review(&mut self, id: &EntryId) -> Result<Review, Fault> {
        let number = self.find_entry(id)?;
        let series = self.series_of(number, MOST_IN_REVIEW);
        let newest = series.points.iter().find(|point| !matches!(point.value, Value::Absent(_)));
        let newest = newest.or(series.points.first()).ok_or(Fault::NotFound)?;
        let newest = self.find_entry(&newest.entry)?;
        let newest = self.line(newest).ok_or(Fault::NotFound)?;
        Ok(Review { banner: self.banner(), newest, series })
    }

    /// The newest values of what an entry measures, on one scale as far as that is sure.
    pub(super) fn series_of(&mut self, number: u32, most: usize) -> Series {
        let Some(found) = self.chart.series(number) else { return Series::default() };
        let values = found.records.iter().filter_map(|number| self.chart.record(*number)?.facts.value.as_ref());
        let scale = values.clone().find_map(|value| unit_of(value).map(str::to_owned));
        let point = |number: &u32| self.point(*number, scale.as_deref(), &found.analyte);
        Series {
            points: found.records.iter().take(most).filter_map(point).collect(),
            total: u32::try_from(found.records.len()).unwrap_or(u32::MAX),
            withdrawn: found.withdrawn,
        }
    }

    fn point(&self, number: u32, scale: Option<&str>, analyte: &Analyte) -> Option<SeriesPoint> {
        let record = self.chart.record(number)?;
        let facts = &record.facts;
        let value = match facts.value.as_ref()? {
            Value::Text(words) => Value::Text(words.chars().take(MAX_WORDS).collect()),
            other => other.clone(),
        };
        let in_unit = scale.and_then(|scale| {
            let value = value_in(&value, scale, analyte)?;
            Some((value, facts.range.as_ref().and_then(|range| range_in(range, scale, analyte))))
        });
        Some(SeriesPoint {
            entry: entry_id(record),
            when: facts.when.clone(),
            value,
            range: facts.range.clone(),
            interpretation: facts.interpretation.clone(),
            in_unit,
            source: self.chart.source_of(record).map(str::to_owned),
            disputed: self.chart.is_disputed(number),
        })
    }
}
