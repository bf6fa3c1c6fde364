use std::borrow::Cow;

use crate::cbor::{CborError, Reader, Writer};
use crate::{Body, BodyError, Hash};

const FORMAT: u64 = 0;
/// Most runs of rows that one block erases.
pub const MAX_ERASED_RUNS: usize = 4096;

/// Rows one after the other in one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ErasedRows {
    /// The block.
    pub block: Hash,
    /// Place of the segment in its body.
    pub segment: u16,
    /// The first row.
    pub first: u32,
    /// How many, 1 at least.
    pub count: u32,
}

/// The body of an erase block: rows that every holder, blind ones too, replaces by their hashes for ever. It says which rows
/// and nothing of what was in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    runs: Vec<ErasedRows>,
}

impl Erasure {
    /// Of these rows; `None` if there are none, or more than one block may erase.
    pub fn new(rows: impl IntoIterator<Item = (Hash, u16, u32)>) -> Option<Self> {
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_unstable();
        rows.dedup();
        let mut runs: Vec<ErasedRows> = Vec::new();
        for (block, segment, row) in rows {
            match runs.last_mut() {
                Some(run) if run.block == block && run.segment == segment && run.first + run.count == row => {
                    run.count += 1;
                }
                _ => runs.push(ErasedRows { block, segment, first: row, count: 1 }),
            }
        }
        (1..=MAX_ERASED_RUNS).contains(&runs.len()).then_some(Self { runs })
    }

    /// The rows, in ascending order, none twice.
    pub fn runs(&self) -> &[ErasedRows] {
        &self.runs
    }

    /// The body of its block.
    pub fn to_body(&self) -> Body<'static> {
        let mut writer = Writer::with_capacity(48 * self.runs.len() + 16);
        writer.array(2).uint(FORMAT).array(self.runs.len());
        for run in &self.runs {
            writer.array(4).bytes(&run.block.0).uint(u64::from(run.segment));
            writer.uint(u64::from(run.first)).uint(u64::from(run.count));
        }
        Body::Open(Cow::Owned(writer.take()))
    }

    /// Reads it from the body of a block of class `Erase`.
    pub fn read(body: &Body<'_>) -> Result<Self, BodyError> {
        let Body::Open(bytes) = body else { return Err(BodyError::Inconsistent) };
        let mut reader = Reader::new(bytes);
        reader.array(2)?;
        if reader.uint()? != FORMAT {
            return Err(BodyError::Inconsistent);
        }
        let count = reader.array_up_to(MAX_ERASED_RUNS)?;
        let mut runs: Vec<ErasedRows> = Vec::with_capacity(count);
        for _ in 0..count {
            reader.array(4)?;
            let block = Hash(reader.bytes_exact()?);
            let segment = u16::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
            let first = u32::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
            let count = u32::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
            let run = ErasedRows { block, segment, first, count };
            // One form only: ascending, with a gap between two runs of one segment.
            let follows = runs.last().is_none_or(|last| {
                (last.block, last.segment) < (block, segment)
                    || (last.block, last.segment) == (block, segment) && last.first + last.count < first
            });
            if !follows || count == 0 || count > crate::MAX_ROWS as u32 || first >= crate::MAX_ROWS as u32 {
                return Err(BodyError::Inconsistent);
            }
            runs.push(run);
        }
        reader.finish()?;
        if runs.is_empty() { Err(BodyError::Inconsistent) } else { Ok(Self { runs }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_runs_and_are_read_back() {
        let (one, two) = (Hash([1; 32]), Hash([2; 32]));
        let rows = [(two, 0, 7), (one, 1, 3), (one, 1, 2), (one, 0, 9), (one, 1, 3), (two, 0, 5)];
        let erasure = Erasure::new(rows).unwrap();
        let runs: Vec<_> =
            erasure.runs().iter().map(|run| (run.block.0[0], run.segment, run.first, run.count)).collect();
        assert_eq!(runs, [(1, 0, 9, 1), (1, 1, 2, 2), (2, 0, 5, 1), (2, 0, 7, 1)]);
        assert_eq!(Erasure::read(&erasure.to_body()), Ok(erasure));
        assert_eq!(Erasure::new([]), None);
    }

    #[test]
    fn other_forms_of_the_same_and_broken_ones_are_refused() {
        let run = |block: u8, first, count| ErasedRows { block: Hash([block; 32]), segment: 0, first, count };
        let read = |runs: Vec<ErasedRows>| Erasure::read(&Erasure { runs }.to_body());
        for runs in [
            vec![],
            vec![run(1, 0, 0)],
            vec![run(2, 0, 1), run(1, 0, 1)],
            vec![run(1, 0, 1), run(1, 1, 1)],
            vec![run(1, 0, 5), run(1, 3, 1)],
            vec![run(1, 0, u32::MAX)],
            vec![run(1, u32::MAX, 1)],
        ] {
            assert_eq!(read(runs), Err(BodyError::Inconsistent));
        }
        let Body::Open(bytes) = Erasure::new([(Hash([1; 32]), 0, 1)]).unwrap().to_body() else { panic!() };
        for length in 0..bytes.len() {
            assert!(Erasure::read(&Body::Open(Cow::Borrowed(&bytes[..length]))).is_err(), "{length}");
        }
        assert!(Erasure::read(&Body::Segments(Vec::new())).is_err());
    }
}
