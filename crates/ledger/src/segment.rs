use core::ops::Range;
use std::borrow::Cow;
use std::collections::BTreeSet;

use chartchain_keys::{
    CompartmentId, CompartmentKey, DataKey, EpochId, Keyring, SEALED_OVERHEAD_BYTES, TableKey, VerifyKey,
};
use rand_core::CryptoRng;
use zeroize::Zeroize;

use crate::Hash;
use crate::body::{BodyError, CHUNK_BYTES, Held};
use crate::cbor::{CborError, Reader, Writer};

/// Most segments in one body.
pub const MAX_SEGMENTS: usize = 64;
/// Most entries in one segment.
pub const MAX_ROWS: usize = 4096;
/// Longest entry, compressed and sealed.
pub const MAX_ENTRY_BYTES: usize = 32 * 1024 * 1024;

/// Most ciphertext in one segment. The same everywhere, so that a browser with 32-bit addresses and a native program
/// never judge a body differently.
pub const MAX_SEGMENT_BYTES: usize = 512 * 1024 * 1024;

const MAX_EPOCHS: usize = 32;
/// A chunk that is gone: array head, byte-string head, hash. Chunks that are here are longer, but for the last.
const LEAST_CHUNK_BYTES: usize = 1 + 2 + 32;
const ROW_PLAIN_BYTES: usize = 32 + 4 + 4;
const ROW_BYTES: usize = ROW_PLAIN_BYTES + SEALED_OVERHEAD_BYTES;

/// HMAC(HKDF(data key), ciphertext): binds an entry to its key, and names it. It is made anew whenever an entry is opened
/// and stored nowhere in the block: a row opens to one data key, the content root binds the ciphertext, and whoever
/// refers to an entry refers to this name (decision 0021).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryCommitment(pub [u8; 32]);

/// Where a segment stands; its rows open nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The ledger.
    pub ledger: Hash,
    /// The author's feed.
    pub feed: VerifyKey,
    /// The block's place in it.
    pub seq: u64,
}

impl Place {
    fn to_bytes(self) -> [u8; 72] {
        let mut bytes = [0; 72];
        for (byte, value) in
            bytes.iter_mut().zip(self.ledger.0.iter().chain(&self.feed.0).chain(&self.seq.to_be_bytes()))
        {
            *byte = *value;
        }
        bytes
    }
}

/// Why a segment or an entry does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    /// This device holds no key for it.
    #[error("no key for this segment")]
    NoKey,
    /// The row is there but does not open: changed or moved.
    #[error("row {0} does not open")]
    Row(u32),
    /// The row was erased or withheld.
    #[error("row {0} is not held")]
    Gone(u32),
    /// The row points outside of the ciphertext.
    #[error("row {0} points outside of the segment")]
    Bounds(u32),
    /// The ciphertext does not open with the row's key.
    #[error("entry {0} does not open")]
    Seal(u32),
    /// There is no such row.
    #[error("there is no row {0}")]
    NoRow(u32),
    /// The segment is full, or the entry too long for one.
    #[error("segment is full")]
    Full,
}

/// PADMÉ (Nikitin et al. 2019): the next length whose low bits are zero, so that a length tells little. Never more
/// than 12 % longer, and 256 at least.
pub fn padme(length: usize) -> usize {
    if length <= 256 {
        return 256;
    }
    let exponent = usize::BITS - 1 - length.leading_zeros();
    let keep = u32::BITS - exponent.leading_zeros();
    let mask = (1usize << (exponent - keep)) - 1;
    length.saturating_add(mask) & !mask
}

/// One compartment's part of a body: head, key table, ciphertext.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<'a> {
    head: Cow<'a, [u8]>,
    fields: Head,
    rows: Vec<Held<'a>>,
    chunks: Vec<Held<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    epochs: Vec<EpochId>,
    table_nonce: [u8; 32],
    tag: [u8; 16],
    codec: u64,
    dictionary: u64,
    rows: usize,
    ciphertext_bytes: usize,
}

impl Head {
    fn write(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(100 + 34 * self.epochs.len());
        writer.array(8).uint(0).array(self.epochs.len());
        for epoch in &self.epochs {
            writer.bytes(&epoch.0);
        }
        writer.bytes(&self.table_nonce).bytes(&self.tag).uint(self.codec).uint(self.dictionary);
        writer.uint(self.rows as u64).uint(self.ciphertext_bytes as u64).take()
    }

    fn read(bytes: &[u8]) -> Result<Self, BodyError> {
        let mut reader = Reader::new(bytes);
        reader.array(8)?;
        if reader.uint()? != 0 {
            return Err(BodyError::Inconsistent);
        }
        let count = reader.array_up_to(MAX_EPOCHS)?;
        let mut epochs: Vec<EpochId> = Vec::with_capacity(count);
        for _ in 0..count {
            let epoch = EpochId(reader.bytes_exact()?);
            if epochs.last().is_some_and(|last| *last >= epoch) {
                return Err(BodyError::Inconsistent);
            }
            epochs.push(epoch);
        }
        let (table_nonce, tag) = (reader.bytes_exact()?, reader.bytes_exact()?);
        let (codec, dictionary) = (reader.uint()?, reader.uint()?);
        let length = |value: u64| usize::try_from(value).map_err(|_| BodyError::Inconsistent);
        let (rows, ciphertext_bytes) = (length(reader.uint()?)?, length(reader.uint()?)?);
        reader.finish()?;
        if rows > MAX_ROWS || ciphertext_bytes > MAX_SEGMENT_BYTES {
            return Err(BodyError::Inconsistent);
        }
        Ok(Self { epochs, table_nonce, tag, codec, dictionary, rows, ciphertext_bytes })
    }
}

impl<'a> Segment<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, BodyError> {
        reader.array(3)?;
        let head = reader.bytes()?;
        let fields = Head::read(head)?;
        reader.array(fields.rows)?;
        let mut rows = Vec::with_capacity(fields.rows.min(MAX_ROWS));
        for _ in 0..fields.rows {
            let row = Held::read(reader)?;
            if matches!(&row, Held::Here(bytes) if bytes.len() != ROW_BYTES) {
                return Err(CborError::Length.into());
            }
            rows.push(row);
        }
        let count = fields.ciphertext_bytes.div_ceil(CHUNK_BYTES);
        reader.array(count)?;
        let mut chunks = Vec::with_capacity(count.min(reader.rest().len() / LEAST_CHUNK_BYTES + 1));
        let mut left = fields.ciphertext_bytes;
        for _ in 0..count {
            let chunk = Held::read(reader)?;
            let expected = left.min(CHUNK_BYTES);
            if matches!(&chunk, Held::Here(bytes) if bytes.len() != expected) {
                return Err(CborError::Length.into());
            }
            left -= expected;
            chunks.push(chunk);
        }
        Ok(Self { head: Cow::Borrowed(head), fields, rows, chunks })
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.array(3).bytes(&self.head).array(self.rows.len());
        for row in &self.rows {
            row.write(writer);
        }
        writer.array(self.chunks.len());
        for chunk in &self.chunks {
            chunk.write(writer);
        }
    }

    pub(crate) fn head_bytes(&self) -> &[u8] {
        &self.head
    }

    /// Rows of the key table, here or gone.
    pub fn rows(&self) -> &[Held<'a>] {
        &self.rows
    }

    /// Pieces of the ciphertext, here or gone.
    pub fn chunks(&self) -> &[Held<'a>] {
        &self.chunks
    }

    /// The same without these rows: their hashes stand in their places. Of the ciphertext goes what no other row needs, where
    /// the compartment key tells; it opens with the keys in the rows only, so that what is left of it opens no more.
    pub fn without(&self, rows: &BTreeSet<u32>, open: Option<&OpenSegment<'_>>) -> Self {
        let mut left = self.clone();
        for (number, row) in (0u32..).zip(&mut left.rows) {
            if rows.contains(&number) {
                *row = Held::Gone(row.hash());
            }
        }
        let needed: Option<Vec<Range<usize>>> = open.and_then(|open| {
            let held = (0u32..).zip(&left.rows).filter(|(_, row)| matches!(row, Held::Here(_)));
            held.map(|(number, _)| open.read_row(number).ok().map(|row| row.range)).collect()
        });
        if let Some(needed) = needed {
            for (number, chunk) in left.chunks.iter_mut().enumerate() {
                let (start, end) = (number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES);
                if needed.iter().all(|range| range.end <= start || range.start >= end) {
                    *chunk = Held::Gone(chunk.hash());
                }
            }
        }
        left
    }

    /// Number of the compression that entries went through before sealing, and of its dictionary.
    pub const fn codec(&self) -> (u64, u64) {
        (self.fields.codec, self.fields.dictionary)
    }

    /// Finds the compartment by the segment's tag among the keys held, and makes its table readable.
    pub fn open(&self, keyring: &Keyring, place: Place) -> Result<OpenSegment<'_>, SegmentError> {
        for compartment in CompartmentId::all() {
            let Some(key) = keyring.derive_key(compartment, &self.fields.epochs) else { continue };
            if key.derive_segment_tag(&self.fields.table_nonce) == self.fields.tag {
                let table = TableKey::derive(&key, &self.fields.table_nonce);
                return Ok(OpenSegment {
                    segment: self,
                    compartment,
                    table,
                    place: place.to_bytes(),
                    ciphertext: join_chunks(&self.chunks),
                });
            }
        }
        Err(SegmentError::NoKey)
    }
}

/// The chunks one after the other where all are here: entries may cross their borders.
fn join_chunks<'a>(chunks: &'a [Held<'_>]) -> Option<Cow<'a, [u8]>> {
    if let [Held::Here(only)] = chunks {
        return Some(Cow::Borrowed(only));
    }
    let here = |chunk: &'a Held<'_>| match chunk {
        Held::Here(bytes) => Some(bytes.as_ref()),
        Held::Gone(_) => None,
    };
    let pieces: Vec<&[u8]> = chunks.iter().map(here).collect::<Option<_>>()?;
    Some(Cow::Owned(pieces.concat()))
}

/// A segment whose compartment key this device holds.
pub struct OpenSegment<'s> {
    segment: &'s Segment<'s>,
    compartment: CompartmentId,
    table: TableKey,
    place: [u8; 72],
    ciphertext: Option<Cow<'s, [u8]>>,
}

impl OpenSegment<'_> {
    /// The compartment that it belongs to.
    pub const fn compartment(&self) -> CompartmentId {
        self.compartment
    }

    /// Opens one entry, checks row and seal, and names it.
    pub fn open_entry(&self, index: u32) -> Result<(EntryCommitment, Vec<u8>), SegmentError> {
        let row = self.read_row(index)?;
        let ciphertext = match &self.ciphertext {
            Some(all) => Cow::Borrowed(all.get(row.range.clone()).ok_or(SegmentError::Bounds(index))?),
            None => self.gather(&row.range).ok_or(SegmentError::Gone(index))?,
        };
        let plain = row.key.unseal(&ciphertext).map_err(|_| SegmentError::Seal(index))?;
        Ok((EntryCommitment(row.key.derive_commitment(&ciphertext)), plain))
    }

    fn read_row(&self, index: u32) -> Result<Row, SegmentError> {
        let row = self.segment.rows.get(index as usize).ok_or(SegmentError::NoRow(index))?;
        let Held::Here(sealed) = row else { return Err(SegmentError::Gone(index)) };
        let row = self
            .table
            .unseal_row(&self.place, self.compartment, index, sealed)
            .map_err(|_| SegmentError::Row(index))?;
        let row = Row::read(row.expose()).ok_or(SegmentError::Row(index))?;
        if row.range.end > self.segment.fields.ciphertext_bytes {
            return Err(SegmentError::Bounds(index));
        }
        Ok(row)
    }

    /// An entry's bytes where some other chunks are not held.
    fn gather(&self, range: &Range<usize>) -> Option<Cow<'_, [u8]>> {
        let first = range.start / CHUNK_BYTES;
        let last = range.end.div_ceil(CHUNK_BYTES);
        let joined = join_chunks(self.segment.chunks.get(first..last)?)?;
        let start = range.start - first * CHUNK_BYTES;
        Some(Cow::Owned(joined.get(start..start.checked_add(range.len())?)?.to_vec()))
    }
}

struct Row {
    key: DataKey,
    range: Range<usize>,
}

impl Row {
    fn read(bytes: &[u8]) -> Option<Self> {
        let (key, rest) = bytes.split_first_chunk::<32>()?;
        let (offset, rest) = rest.split_first_chunk::<4>()?;
        let length: &[u8; 4] = rest.try_into().ok()?;
        // What no address reaches is out of bounds, wherever this runs.
        let [start, length] = [offset, length].map(|bytes| u32::from_be_bytes(*bytes) as usize);
        Some(Self { key: DataKey::from_bytes(*key), range: start..start.saturating_add(length) })
    }
}

/// A segment in the making. Entries come compressed; they are sealed at once.
pub struct SegmentDraft {
    compartment: CompartmentId,
    epochs: Vec<EpochId>,
    table_nonce: [u8; 32],
    tag: [u8; 16],
    table: TableKey,
    place: [u8; 72],
    codec: (u64, u64),
    padding_key: DataKey,
    rows: Vec<Vec<u8>>,
    ciphertext: Vec<u8>,
}

impl SegmentDraft {
    /// An empty segment for the block at `place`. `codec` numbers the compression and its dictionary.
    pub fn new(
        compartment: CompartmentId,
        key: &CompartmentKey,
        mut epochs: Vec<EpochId>,
        place: Place,
        codec: (u64, u64),
        rng: &mut impl CryptoRng,
    ) -> Self {
        epochs.sort_unstable();
        epochs.dedup();
        let table_nonce = chartchain_keys::make_random(rng);
        Self {
            compartment,
            epochs,
            tag: key.derive_segment_tag(&table_nonce),
            table: TableKey::derive(key, &table_nonce),
            table_nonce,
            place: place.to_bytes(),
            codec,
            padding_key: DataKey::make(rng),
            rows: Vec::new(),
            ciphertext: Vec::new(),
        }
    }

    /// Seals one entry under a fresh data key.
    pub fn push(&mut self, plain: &[u8], rng: &mut impl CryptoRng) -> Result<EntryCommitment, SegmentError> {
        let index = u32::try_from(self.rows.len()).map_err(|_| SegmentError::Full)?;
        let sealed_bytes = plain.len().saturating_add(SEALED_OVERHEAD_BYTES);
        let whole = padme(self.ciphertext.len().saturating_add(sealed_bytes));
        if self.rows.len() >= MAX_ROWS || sealed_bytes > MAX_ENTRY_BYTES || whole > MAX_SEGMENT_BYTES {
            return Err(SegmentError::Full);
        }
        let key = DataKey::make(rng);
        let offset = self.ciphertext.len();
        self.ciphertext.extend_from_slice(plain);
        key.seal_tail(&mut self.ciphertext, offset);
        let sealed = self.ciphertext.get(offset..).ok_or(SegmentError::Full)?;
        let length = u32::try_from(sealed.len()).map_err(|_| SegmentError::Full)?;
        let commitment = key.derive_commitment(sealed);
        let mut row = Vec::with_capacity(ROW_PLAIN_BYTES);
        row.extend_from_slice(key.expose());
        row.extend_from_slice(&u32::try_from(offset).map_err(|_| SegmentError::Full)?.to_be_bytes());
        row.extend_from_slice(&length.to_be_bytes());
        let mut sealed_row = Vec::with_capacity(ROW_BYTES);
        self.table.seal_row(&self.place, self.compartment, index, &row, &mut sealed_row);
        row.zeroize();
        self.rows.push(sealed_row);
        Ok(EntryCommitment(commitment))
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Bytes of ciphertext so far.
    pub fn ciphertext_bytes(&self) -> usize {
        self.ciphertext.len()
    }

    /// Pads and closes it. The padding is sealed under a key that nobody keeps: zeros would show where it begins.
    pub fn finish(mut self) -> Segment<'static> {
        let (end, whole) = (self.ciphertext.len(), padme(self.ciphertext.len()));
        self.ciphertext.resize(whole, 0);
        self.padding_key.seal_tail(&mut self.ciphertext, end);
        self.ciphertext.truncate(whole);
        let fields = Head {
            epochs: self.epochs,
            table_nonce: self.table_nonce,
            tag: self.tag,
            codec: self.codec.0,
            dictionary: self.codec.1,
            rows: self.rows.len(),
            ciphertext_bytes: self.ciphertext.len(),
        };
        Segment {
            head: Cow::Owned(fields.write()),
            fields,
            rows: self.rows.into_iter().map(|row| Held::Here(Cow::Owned(row))).collect(),
            chunks: self.ciphertext.chunks(CHUNK_BYTES).map(|chunk| Held::Here(Cow::Owned(chunk.to_vec()))).collect(),
        }
    }
}

impl Segment<'_> {
    /// Replaces a row by its hash, for ever. The content root stays what it was.
    pub fn erase_row(&mut self, index: u32) -> Result<(), SegmentError> {
        let row = self.rows.get_mut(index as usize).ok_or(SegmentError::NoRow(index))?;
        if let Held::Here(bytes) = row {
            *row = Held::Gone(Hash::of(&[bytes]));
        }
        Ok(())
    }
}
