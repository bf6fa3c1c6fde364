//! What a change may be before Automerge sees it. Run lengths let a few bytes stand for billions of operations, so they are
//! added up first.

use automerge::Change;

use crate::name::Author;
use crate::work::DocsError;

/// Longest change that is written or read.
pub const MAX_CHANGE_BYTES: usize = 1024 * 1024;
/// Most operations of a change: a pasted text has one for each character.
const MAX_OPERATIONS: u64 = 300_000;
/// Most operations of a document over all of its life; a new generation begins anew.
const MAX_COUNTER: u64 = 1 << 24;
/// Most bytes of all names in a change, each counted as often as it is used.
const MAX_NAME_BYTES: u64 = 4 * 1024 * 1024;
const MAX_NAMES: u64 = 1024;
const MAX_COLUMNS: u64 = 32;
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The kind of chunk that is a change. A deflated one is never written here.
const CHANGE: u8 = 1;

/// Reads a change that the author of its block wrote.
pub(crate) fn read(author: Author, bytes: &[u8]) -> Result<Change, DocsError> {
    if bytes.len() > MAX_CHANGE_BYTES {
        return Err(DocsError::TooLong);
    }
    measure(bytes).ok_or(DocsError::Broken)?;
    let change = Change::try_from(bytes).map_err(|_| DocsError::Broken)?;
    let end = change.start_op().get().saturating_add(change.len() as u64);
    if end > MAX_COUNTER || change.is_empty() || !change.actor_id().to_bytes().ends_with(&author.0) {
        return Err(DocsError::Broken);
    }
    Ok(change)
}

/// Whether everything that run lengths stand for is within bounds.
fn measure(bytes: &[u8]) -> Option<()> {
    let mut reader = Reader(bytes);
    if reader.take(4)? != MAGIC {
        return None;
    }
    reader.take(4)?;
    if reader.take(1)? != [CHANGE] || reader.unsigned()? != reader.0.len() as u64 {
        return None;
    }
    for _ in 0..reader.at_most(MAX_NAMES)? {
        reader.take(32)?;
    }
    reader.bytes()?;
    reader.unsigned()?;
    reader.unsigned()?;
    reader.signed()?;
    reader.bytes()?;
    for _ in 0..reader.at_most(MAX_NAMES)? {
        reader.bytes()?;
    }
    let mut columns = Vec::new();
    for _ in 0..reader.at_most(MAX_COLUMNS)? {
        columns.push((reader.unsigned()?, reader.unsigned()?));
    }
    let mut name_bytes = 0;
    for (specification, length) in columns {
        let column = Reader(reader.take(usize::try_from(length).ok()?)?);
        // A deflated column could unfold to anything.
        if specification & 8 != 0 {
            return None;
        }
        match specification & 7 {
            0 => column.group()?,
            1 | 2 | 6 => column.runs(|reader, _| reader.unsigned().map(drop))?,
            3 => column.runs(|reader, _| reader.signed().map(drop))?,
            4 => column.booleans()?,
            5 => column.runs(|reader, times| {
                let length = reader.bytes()?.len() as u64;
                name_bytes = length.checked_mul(times)?.checked_add(name_bytes).filter(|sum| *sum <= MAX_NAME_BYTES)?;
                Some(())
            })?,
            _ => {}
        }
    }
    Some(())
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.unsigned()?;
        self.take(usize::try_from(length).ok()?)
    }

    fn at_most(&mut self, bound: u64) -> Option<u64> {
        self.unsigned().filter(|count| *count <= bound)
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let &[byte] = self.take(1)? else { return None };
            let bits = u64::from(byte & 0x7f);
            value |= bits.checked_shl(shift).filter(|shifted| shifted >> shift == bits)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let mut value = 0i64;
        for shift in (0..64u32).step_by(7) {
            let &[byte] = self.take(1)? else { return None };
            value |= i64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0 && shift < 57;
                return Some(if negative { value | (-1i64).checked_shl(shift + 7)? } else { value });
            }
        }
        None
    }

    /// Walks a run-length encoded column; `value` passes over one value that stands so many times.
    fn runs(mut self, mut value: impl FnMut(&mut Self, u64) -> Option<()>) -> Option<()> {
        let mut rows = 0u64;
        while !self.0.is_empty() {
            let run = self.signed()?;
            let length = if run == 0 { self.unsigned()? } else { run.unsigned_abs() };
            rows = rows.checked_add(length).filter(|rows| *rows <= MAX_OPERATIONS)?;
            match run {
                0 => {}
                1.. => value(&mut self, length)?,
                _ => (0..length).try_for_each(|_| value(&mut self, 1).map(drop))?,
            }
        }
        Some(())
    }

    /// A column of counts, each of so many rows in the columns of its group.
    fn group(self) -> Option<()> {
        let mut rows = 0u64;
        self.runs(|reader, times| {
            let count = reader.unsigned()?.checked_mul(times)?;
            rows = rows.checked_add(count).filter(|rows| *rows <= MAX_OPERATIONS)?;
            Some(())
        })
    }

    fn booleans(mut self) -> Option<()> {
        let mut rows = 0u64;
        while !self.0.is_empty() {
            rows = rows.checked_add(self.unsigned()?).filter(|rows| *rows <= MAX_OPERATIONS)?;
        }
        Some(())
    }
}
