//! Records of a page as columns: what is alike stands together, and what was there before is only pointed to.

use std::collections::HashMap;

use chartchain_fhir::{Facts, Value, When, parse_when};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::pages::PageError;
use crate::{Place, Record, Relation};

/// A date as it is stored: what was written tells the rest.
#[derive(Clone, Default, Serialize, Deserialize)]
enum Date {
    #[default]
    None,
    Written(String),
    Whole(When),
}

impl Date {
    fn of(when: Option<&When>) -> Self {
        match when {
            None => Self::None,
            Some(when) if parse_when(&when.written).as_ref() == Some(when) => Self::Written(when.written.clone()),
            Some(when) => Self::Whole(when.clone()),
        }
    }

    fn read(self) -> Result<Option<When>, PageError> {
        match self {
            Self::None => Ok(None),
            Self::Written(written) => parse_when(&written).map(Some).ok_or(PageError::Damaged),
            Self::Whole(when) => Ok(Some(when)),
        }
    }
}

/// The number of a quantity stands apart from the rest of it, which many share.
fn split_value(value: Option<&Value>) -> (Option<Value>, String) {
    match value {
        Some(Value::Quantity { comparator, number, unit }) => {
            let rest = Value::Quantity { comparator: comparator.clone(), number: String::new(), unit: unit.clone() };
            (Some(rest), number.clone())
        }
        other => (other.cloned(), String::new()),
    }
}

fn join_value(rest: Option<Value>, digits: String) -> Option<Value> {
    match rest {
        Some(Value::Quantity { comparator, unit, .. }) => Some(Value::Quantity { comparator, number: digits, unit }),
        other => other,
    }
}

/// Writes one column after the other.
struct Writer<'a> {
    records: &'a [Record],
    out: Vec<u8>,
}

impl Writer<'_> {
    /// How long the column is, then the column: what a reader does not read to its end is not a column of so many rows.
    fn column(&mut self, column: &[u8]) -> Result<(), PageError> {
        push(&mut self.out, &column.len())?;
        self.out.extend_from_slice(column);
        Ok(())
    }

    fn numbers(&mut self, number: impl Fn(&Record) -> Option<u32>) -> Result<(), PageError> {
        let (mut last, mut column) = (0u32, Vec::new());
        for record in self.records {
            // 0 is none; else one more than the distance to the last one, which is mostly short.
            let distance = number(record).map(|number| {
                let distance = number.wrapping_sub(core::mem::replace(&mut last, number)) as i32;
                1 + u64::from((distance << 1 ^ distance >> 31) as u32)
            });
            push(&mut column, &distance.unwrap_or(0))?;
        }
        self.column(&column)
    }

    fn values<T: Serialize>(&mut self, value: impl Fn(&Record) -> T) -> Result<(), PageError> {
        let mut known: HashMap<Vec<u8>, u32> = HashMap::new();
        let (mut places, mut distinct) = (Vec::new(), Vec::new());
        for record in self.records {
            let bytes = postcard::to_allocvec(&value(record)).map_err(|_| PageError::Damaged)?;
            match known.get(&bytes) {
                Some(place) => places.push(place + 1),
                None => {
                    places.push(0);
                    distinct.extend_from_slice(&bytes);
                    known.insert(bytes, u32::try_from(known.len()).map_err(|_| PageError::Damaged)?);
                }
            }
        }
        let mut column = Vec::new();
        places.iter().try_for_each(|place| push(&mut column, place))?;
        column.extend(distinct);
        self.column(&column)
    }
}

fn push<T: Serialize>(out: &mut Vec<u8>, value: &T) -> Result<(), PageError> {
    *out = postcard::to_extend(value, core::mem::take(out)).map_err(|_| PageError::Damaged)?;
    Ok(())
}

/// Reads what [`Writer`] wrote, column by column.
struct Reader<'a> {
    count: usize,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn column(&mut self) -> Result<&'a [u8], PageError> {
        let length: usize = next(&mut self.rest)?;
        let (column, rest) = self.rest.split_at_checked(length).ok_or(PageError::Damaged)?;
        self.rest = rest;
        Ok(column)
    }

    fn numbers(&mut self) -> Result<Vec<Option<u32>>, PageError> {
        let (mut last, mut column) = (0u32, self.column()?);
        let mut number = |stored: u64| {
            let Some(distance) = stored.checked_sub(1) else { return Ok(None) };
            let distance = u32::try_from(distance).map_err(|_| PageError::Damaged)?;
            last = last.wrapping_add(distance >> 1 ^ 0u32.wrapping_sub(distance & 1));
            Ok(Some(last))
        };
        let numbers = (0..self.count).map(|_| next::<u64>(&mut column).and_then(&mut number));
        whole(numbers.collect::<Result<_, _>>()?, column)
    }

    fn values<T: DeserializeOwned + Clone>(&mut self) -> Result<std::vec::IntoIter<T>, PageError> {
        let mut column = self.column()?;
        let places: Vec<u32> = (0..self.count).map(|_| next(&mut column)).collect::<Result<_, _>>()?;
        let mut known: Vec<T> = Vec::new();
        let mut values = Vec::with_capacity(self.count);
        for place in places {
            let value = match place.checked_sub(1) {
                None => {
                    let value: T = next(&mut column)?;
                    known.push(value.clone());
                    value
                }
                Some(place) => known.get(place as usize).ok_or(PageError::Damaged)?.clone(),
            };
            values.push(value);
        }
        Ok(whole(values, column)?.into_iter())
    }
}

fn next<T: DeserializeOwned>(bytes: &mut &[u8]) -> Result<T, PageError> {
    let (value, rest) = postcard::take_from_bytes(bytes).map_err(|_| PageError::Damaged)?;
    *bytes = rest;
    Ok(value)
}

/// What was read, if nothing is left of its column.
fn whole<T>(values: T, column: &[u8]) -> Result<T, PageError> {
    if column.is_empty() { Ok(values) } else { Err(PageError::Damaged) }
}

/// What does not shrink: names and hashes, one after the other.
pub(crate) fn write_names(records: &[Record]) -> Vec<u8> {
    records.iter().flat_map(|record| record.commitment.iter().chain(&record.content)).copied().collect()
}

pub(crate) const NAME_BYTES: usize = 16 + 12;

/// Everything else.
pub(crate) fn write(records: &[Record]) -> Result<Vec<u8>, PageError> {
    let mut writer = Writer { records, out: Vec::new() };
    writer.numbers(|record| Some(record.place.block))?;
    writer.numbers(|record| Some(u32::from(record.place.segment)))?;
    writer.numbers(|record| Some(record.place.row))?;
    writer.numbers(|record| record.input.map(u32::from))?;
    writer.values(|record| record.supersedes.clone())?;
    writer.values(|record| (record.apart.supersedes.clone(), record.apart.older_than))?;
    writer.numbers(|record| record.source)?;
    writer.values(|record| record.full_url.clone())?;
    writer.values(|record| record.facts.type_name.clone())?;
    writer.values(|record| record.facts.id.clone())?;
    writer.values(|record| record.facts.version_id.clone())?;
    writer.values(|record| Date::of(record.facts.last_updated.as_ref()))?;
    writer.values(|record| (record.facts.kind, record.facts.compartment))?;
    writer.values(|record| record.facts.title.clone())?;
    writer.values(|record| record.facts.codes.clone())?;
    writer.values(|record| Date::of(record.facts.when.as_ref()))?;
    writer.values(|record| Date::of(record.facts.until.as_ref()))?;
    writer.values(|record| (record.facts.status.clone(), record.facts.wrong))?;
    writer.values(|record| split_value(record.facts.value.as_ref()).0)?;
    writer.values(|record| split_value(record.facts.value.as_ref()).1)?;
    writer.values(|record| record.facts.range.clone())?;
    writer.values(|record| record.facts.interpretation.clone())?;
    writer.values(|record| record.facts.detail.clone())?;
    writer.values(|record| record.facts.severity.clone())?;
    writer.values(|record| record.facts.recorded_by.clone())?;
    writer.values(|record| record.facts.recorded_by_refs.clone())?;
    writer.values(|record| record.facts.subject_ref.clone())?;
    writer.values(|record| record.facts.references.clone())?;
    writer.values(|record| record.facts.person.clone())?;
    writer.values(|record| record.facts.medicine.clone())?;
    Ok(writer.out)
}

/// The records of a page from their names and columns.
pub(crate) fn read(names: &[u8], columns: &[u8]) -> Result<Vec<Record>, PageError> {
    let (names, rest) = names.as_chunks::<NAME_BYTES>();
    if !rest.is_empty() {
        return Err(PageError::Damaged);
    }
    let mut reader = Reader { count: names.len(), rest: columns };
    let blocks = reader.numbers()?;
    let segments = reader.numbers()?;
    let rows = reader.numbers()?;
    let inputs = reader.numbers()?;
    let mut supersedes = reader.values()?;
    let mut apart = reader.values()?;
    let sources = reader.numbers()?;
    let mut full_url = reader.values()?;
    let mut type_name = reader.values()?;
    let mut id = reader.values()?;
    let mut version_id = reader.values()?;
    let mut last_updated = reader.values::<Date>()?;
    let mut sort = reader.values()?;
    let mut title = reader.values()?;
    let mut codes = reader.values()?;
    let mut when = reader.values::<Date>()?;
    let mut until = reader.values::<Date>()?;
    let mut status = reader.values()?;
    let mut value = reader.values()?;
    let mut digits = reader.values()?;
    let mut range = reader.values()?;
    let mut interpretation = reader.values()?;
    let mut detail = reader.values()?;
    let mut severity = reader.values()?;
    let mut recorded_by = reader.values()?;
    let mut recorded_by_refs = reader.values()?;
    let mut subject_ref = reader.values()?;
    let mut references = reader.values()?;
    let mut person = reader.values()?;
    let mut medicine = reader.values()?;
    if !reader.rest.is_empty() {
        return Err(PageError::Damaged);
    }
    let numbers = blocks.into_iter().zip(segments).zip(rows).zip(inputs).zip(sources);
    let mut records = Vec::with_capacity(names.len());
    for (name, numbers) in names.iter().zip(numbers) {
        let ((((block, segment), row), input), source) = numbers;
        let (commitment, content) = name.split_first_chunk::<16>().ok_or(PageError::Damaged)?;
        let short = |number: u32| u16::try_from(number).map_err(|_| PageError::Damaged);
        let (kind, compartment) = sort.next().ok_or(PageError::Damaged)?;
        let (named, older_than) = apart.next().ok_or(PageError::Damaged)?;
        let (status, wrong) = status.next().ok_or(PageError::Damaged)?;
        records.push(Record {
            commitment: *commitment,
            content: content.try_into().map_err(|_| PageError::Damaged)?,
            place: Place {
                block: block.ok_or(PageError::Damaged)?,
                segment: short(segment.ok_or(PageError::Damaged)?)?,
                row: row.ok_or(PageError::Damaged)?,
            },
            full_url: full_url.next().ok_or(PageError::Damaged)?,
            input: input.map(short).transpose()?,
            superseded: false,
            supersedes: supersedes.next().ok_or(PageError::Damaged)?,
            apart: Relation { supersedes: named, older_than },
            source,
            facts: Facts {
                type_name: type_name.next().ok_or(PageError::Damaged)?,
                id: id.next().ok_or(PageError::Damaged)?,
                version_id: version_id.next().ok_or(PageError::Damaged)?,
                last_updated: last_updated.next().ok_or(PageError::Damaged)?.read()?,
                kind,
                compartment,
                title: title.next().ok_or(PageError::Damaged)?,
                codes: codes.next().ok_or(PageError::Damaged)?,
                when: when.next().ok_or(PageError::Damaged)?.read()?,
                until: until.next().ok_or(PageError::Damaged)?.read()?,
                status,
                wrong,
                value: join_value(value.next().ok_or(PageError::Damaged)?, digits.next().ok_or(PageError::Damaged)?),
                range: range.next().ok_or(PageError::Damaged)?,
                interpretation: interpretation.next().ok_or(PageError::Damaged)?,
                detail: detail.next().ok_or(PageError::Damaged)?,
                severity: severity.next().ok_or(PageError::Damaged)?,
                recorded_by: recorded_by.next().ok_or(PageError::Damaged)?,
                recorded_by_refs: recorded_by_refs.next().ok_or(PageError::Damaged)?,
                subject_ref: subject_ref.next().ok_or(PageError::Damaged)?,
                references: references.next().ok_or(PageError::Damaged)?,
                person: person.next().ok_or(PageError::Damaged)?,
                medicine: medicine.next().ok_or(PageError::Damaged)?,
                search_text: String::new(),
            },
        });
    }
    Ok(records)
}
