use std::borrow::Cow;
use std::collections::BTreeSet;

use chartchain_keys::Keyring;

use crate::cbor::{CborError, Reader, Writer};
use crate::merkle::{leaf_hash, merkle_root};
use crate::segment::{MAX_SEGMENTS, Place, Segment};
use crate::{Class, Hash};

/// Ciphertext is hashed in pieces of this length, so that a piece can be proven, fetched or withheld alone.
pub const CHUNK_BYTES: usize = 64 * 1024;

const KIND_HEAD: u8 = 0;
const KIND_ROW: u8 = 1;
const KIND_CHUNK: u8 = 2;
const KIND_OPEN: u8 = 3;

/// Why bytes are no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Not canonical CBOR of a body's shape.
    #[error("body is malformed: {0}")]
    Malformed(#[from] CborError),
    /// Counts or lengths do not fit each other.
    #[error("body contradicts itself")]
    Inconsistent,
    /// It is not the body that was signed.
    #[error("body does not fit the content root that was signed")]
    ContentRoot,
    /// A mandatory body has parts withheld.
    #[error("a body that must be whole is not")]
    NotWhole,
}

/// A part of a body: here, or only its hash because it was erased or withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held<'a> {
    /// The bytes.
    Here(Cow<'a, [u8]>),
    /// Their SHA-256.
    Gone(Hash),
}

impl Held<'_> {
    pub(crate) fn hash(&self) -> Hash {
        match self {
            Self::Here(bytes) => Hash::of(&[bytes]),
            Self::Gone(hash) => *hash,
        }
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        match self {
            Self::Here(bytes) => writer.bytes(bytes),
            Self::Gone(hash) => writer.array(1).bytes(&hash.0),
        };
    }

    pub(crate) fn read<'a>(reader: &mut Reader<'a>) -> Result<Held<'a>, CborError> {
        if reader.next_is_array() {
            reader.array(1)?;
            Ok(Held::Gone(Hash(reader.bytes_exact()?)))
        } else {
            Ok(Held::Here(Cow::Borrowed(reader.bytes()?)))
        }
    }
}

/// The detached part of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body<'a> {
    /// Sealed segments, one per compartment: data blocks.
    Segments(Vec<Segment<'a>>),
    /// Mandatory bytes, never withheld, never erased: control, ack and erase blocks.
    Open(Cow<'a, [u8]>),
}

impl<'a> Body<'a> {
    /// Reads a body of a block of this class. Nothing is checked against a header yet.
    pub fn read(class: Class, bytes: &'a [u8]) -> Result<Self, BodyError> {
        if class != Class::Data {
            return Ok(Self::Open(Cow::Borrowed(bytes)));
        }
        let mut reader = Reader::new(bytes);
        let count = reader.array_up_to(MAX_SEGMENTS)?;
        let mut segments = Vec::with_capacity(count);
        for _ in 0..count {
            segments.push(Segment::read(&mut reader)?);
        }
        reader.finish()?;
        Ok(Self::Segments(segments))
    }

    /// Reads a body and checks that it is the one that was signed.
    pub fn read_checked(class: Class, bytes: &'a [u8], content_root: &Hash) -> Result<Self, BodyError> {
        let body = Self::read(class, bytes)?;
        if body.content_root() == *content_root { Ok(body) } else { Err(BodyError::ContentRoot) }
    }

    /// The same without these rows of one of its segments, see [`Segment::without`]. Its content root stays.
    #[must_use]
    pub fn without(self, segment: u16, rows: &BTreeSet<u32>, keyring: &Keyring, place: Place) -> Self {
        let Self::Segments(mut segments) = self else { return self };
        if let Some(segment) = segments.get_mut(usize::from(segment)) {
            let left = segment.without(rows, segment.open(keyring, place).ok().as_ref());
            *segment = left;
        }
        Self::Segments(segments)
    }

    /// The bytes that are stored and sent.
    pub fn write(&self) -> Vec<u8> {
        match self {
            Self::Open(bytes) => bytes.to_vec(),
            Self::Segments(segments) => {
                let mut writer = Writer::default();
                writer.array(segments.len());
                for segment in segments {
                    segment.write(&mut writer);
                }
                writer.take()
            }
        }
    }

    /// RFC 6962 root over the parts: per segment its head, then its rows, then the chunks of its ciphertext. The
    /// same whether parts are here or gone.
    pub fn content_root(&self) -> Hash {
        let part = |kind: u8, hash: Hash| leaf_hash(&[&[kind], hash.0.as_slice()].concat());
        let mut leaves = Vec::new();
        match self {
            Self::Open(bytes) => leaves.push(part(KIND_OPEN, Hash::of(&[bytes]))),
            Self::Segments(segments) => {
                for segment in segments {
                    leaves.push(part(KIND_HEAD, Hash::of(&[segment.head_bytes()])));
                    leaves.extend(segment.rows().iter().map(|row| part(KIND_ROW, row.hash())));
                    leaves.extend(segment.chunks().iter().map(|chunk| part(KIND_CHUNK, chunk.hash())));
                }
            }
        }
        merkle_root(&leaves)
    }

    /// Its segments; none for an open body.
    pub fn segments(&self) -> &[Segment<'a>] {
        match self {
            Self::Segments(segments) => segments,
            Self::Open(_) => &[],
        }
    }
}
