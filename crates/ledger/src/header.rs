use core::ops::Deref;

use chartchain_keys::{Domain, SignatureBytes, SigningKey, VerifyError, VerifyKey};

use crate::Hash;
use crate::cbor::{CborError, Reader, Writer};

/// Longest header that anyone has to accept.
pub const MAX_HEADER_BYTES: usize = 64 * 1024;
/// Most heads of other feeds that a header names.
pub const MAX_PARENTS: usize = 32;
/// Most blocks whose effect a header depends on.
pub const MAX_NEEDS: usize = 32;

/// Bytes that are no header, with the part that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Over [`MAX_HEADER_BYTES`].
    #[error("header is longer than 64 KiB")]
    TooLong,
    /// Not canonical CBOR of the envelope's shape.
    #[error("envelope is malformed: {0}")]
    Envelope(CborError),
    /// The rest does not have the hash that the envelope names.
    #[error("header does not fit its own envelope")]
    RestHash,
    /// Not canonical CBOR of this version's shape, or a list out of order.
    #[error("header is malformed: {0}")]
    Rest(CborError),
    /// A list of hashes is not strictly ascending.
    #[error("a list in the header is out of order")]
    Order,
    /// The class is none of this version's.
    #[error("unknown class of block")]
    Class,
    /// Of a version that this program does not know: it can be kept and passed on, not judged.
    #[error("block of unknown version {0}")]
    UnknownVersion(u64),
    /// Signed with algorithms that this program does not know: nobody can be blamed for it.
    #[error("block of unknown suite {0}")]
    UnknownSuite(u64),
    /// The signature does not hold under the strict rule.
    #[error("{0}")]
    Signature(VerifyError),
}

/// The part of a header that stays the same in all versions for ever: CBOR array of version, suite, ledger, feed key,
/// seq, prev, hash of the rest, signature, rest. Signed are the first seven, as an array of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Format of the rest.
    pub version: u64,
    /// Algorithms; 0 is Ed25519 strict and SHA-256.
    pub suite: u64,
    /// Which ledger; zero in a genesis.
    pub ledger: Hash,
    /// Whose feed.
    pub feed: VerifyKey,
    /// Place in the feed, from 0.
    pub seq: u64,
    /// The feed's block before; zero at 0.
    pub prev: Hash,
    /// SHA-256 of the rest.
    pub rest_hash: Hash,
    /// Over the above.
    pub signature: SignatureBytes,
    /// The bytes that are signed: the seven fields as they were received, under an array head of seven.
    signed: Vec<u8>,
}

/// CBOR head of an array of seven.
const ARRAY_OF_SEVEN: u8 = 0x87;

impl Envelope {
    /// Signs the seven fields; what [`crate::Draft`] does at the end.
    pub(crate) fn sign(ledger: Hash, seq: u64, prev: Hash, rest_hash: Hash, key: &SigningKey) -> Self {
        let feed = key.verify_key();
        let mut writer = Writer::with_capacity(180);
        writer.array(7).uint(0).uint(0).bytes(&ledger.0).bytes(&feed.0).uint(seq).bytes(&prev.0);
        let signed = writer.bytes(&rest_hash.0).take();
        let signature = key.sign(Domain::BlockEnvelope, &signed);
        Self { version: 0, suite: 0, ledger, feed, seq, prev, rest_hash, signature, signed }
    }

    pub(crate) fn read_fields(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        let before = reader.rest();
        let (version, suite) = (reader.uint()?, reader.uint()?);
        let (ledger, feed) = (Hash(reader.bytes_exact()?), VerifyKey(reader.bytes_exact()?));
        let (seq, prev, rest_hash) = (reader.uint()?, Hash(reader.bytes_exact()?), Hash(reader.bytes_exact()?));
        let (fields, _) = before.split_at_checked(before.len() - reader.rest().len()).ok_or(CborError::Truncated)?;
        let signed = [&[ARRAY_OF_SEVEN], fields].concat();
        Ok(Self { version, suite, ledger, feed, seq, prev, rest_hash, signature: reader.bytes_exact()?, signed })
    }

    pub(crate) fn write_fields(&self, writer: &mut Writer) {
        writer.raw(self.signed.get(1..).unwrap_or_default()).bytes(&self.signature);
    }

    /// The block's name: SHA-256 of the signed bytes. The signature is left out, because its author can make many
    /// that hold for one statement: each would be a block of its own, and none of them would contradict another.
    pub fn name(&self) -> Hash {
        Hash::of(&[&self.signed])
    }

    /// What the signature is over; two of these for one place in a feed are a fork.
    pub fn signed_bytes(&self) -> &[u8] {
        &self.signed
    }

    /// Checks the signature under the one strict rule, over the bytes as received.
    pub fn verify_signature(&self) -> Result<(), VerifyError> {
        self.feed.verify(Domain::BlockEnvelope, &self.signed, &self.signature)
    }

    /// Reads an envelope of any version and gives the rest, whose hash is checked.
    pub fn read(bytes: &[u8]) -> Result<(Self, &[u8]), HeaderError> {
        if bytes.len() > MAX_HEADER_BYTES {
            return Err(HeaderError::TooLong);
        }
        let mut reader = Reader::new(bytes);
        let mut parse = || {
            reader.array(9)?;
            let envelope = Self::read_fields(&mut reader)?;
            let rest = reader.bytes()?;
            reader.finish()?;
            Ok((envelope, rest))
        };
        let (envelope, rest) = parse().map_err(HeaderError::Envelope)?;
        if Hash::of(&[rest]) == envelope.rest_hash { Ok((envelope, rest)) } else { Err(HeaderError::RestHash) }
    }

    pub(crate) fn write(&self, rest: &[u8]) -> Vec<u8> {
        let mut writer = Writer::with_capacity(rest.len() + 256);
        writer.array(9);
        self.write_fields(&mut writer);
        writer.bytes(rest).take()
    }
}

/// What a block is for, as far as everyone may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Members, devices, keys.
    Control,
    /// Entries, grants, releases.
    Data,
    /// Countersignatures.
    Ack,
    /// Rows that are erased, for every holder to read.
    Erase,
}

/// The rest of a header in version 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderV0 {
    /// Heads of other feeds that the author had seen, ascending.
    pub parents: Vec<Hash>,
    /// Newest control block that the author had seen; zero in a genesis.
    pub control_head: Hash,
    /// Which set of witnesses is in office.
    pub witness_epoch: u64,
    /// 1 + the largest of prev and parents; 0 in a genesis.
    pub lamport: u64,
    /// What the author's clock showed, milliseconds since 1970. Shown, never a rule.
    pub claimed_ms: u64,
    /// What it is for.
    pub class: Class,
    /// Blocks that its effect depends on, ascending.
    pub needs: Vec<Hash>,
    /// RFC 6962 root over the body's parts.
    pub content_root: Hash,
    /// Length of the body after padding, bytes.
    pub body_bytes: u64,
}

impl HeaderV0 {
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(160 + 34 * (self.parents.len() + self.needs.len()));
        writer.array(9);
        write_hashes(&mut writer, &self.parents);
        writer.bytes(&self.control_head.0).uint(self.witness_epoch).uint(self.lamport).uint(self.claimed_ms);
        writer.uint(match self.class {
            Class::Control => 0,
            Class::Data => 1,
            Class::Ack => 2,
            Class::Erase => 3,
        });
        write_hashes(&mut writer, &self.needs);
        writer.bytes(&self.content_root.0).uint(self.body_bytes).take()
    }

    fn read(bytes: &[u8]) -> Result<Self, HeaderError> {
        let mut reader = Reader::new(bytes);
        let rest = HeaderError::Rest;
        reader.array(9).map_err(rest)?;
        let parents = read_hashes(&mut reader, MAX_PARENTS)?;
        let control_head = Hash(reader.bytes_exact().map_err(rest)?);
        let witness_epoch = reader.uint().map_err(rest)?;
        let lamport = reader.uint().map_err(rest)?;
        let claimed_ms = reader.uint().map_err(rest)?;
        let class = match reader.uint().map_err(rest)? {
            0 => Class::Control,
            1 => Class::Data,
            2 => Class::Ack,
            3 => Class::Erase,
            _ => return Err(HeaderError::Class),
        };
        let needs = read_hashes(&mut reader, MAX_NEEDS)?;
        let content_root = Hash(reader.bytes_exact().map_err(rest)?);
        let body_bytes = reader.uint().map_err(rest)?;
        reader.finish().map_err(rest)?;
        Ok(Self { parents, control_head, witness_epoch, lamport, claimed_ms, class, needs, content_root, body_bytes })
    }
}

fn write_hashes(writer: &mut Writer, hashes: &[Hash]) {
    writer.array(hashes.len());
    for hash in hashes {
        writer.bytes(&hash.0);
    }
}

fn read_hashes(reader: &mut Reader<'_>, bound: usize) -> Result<Vec<Hash>, HeaderError> {
    let length = reader.array_up_to(bound).map_err(HeaderError::Rest)?;
    let mut hashes: Vec<Hash> = Vec::with_capacity(length);
    for _ in 0..length {
        let hash = Hash(reader.bytes_exact().map_err(HeaderError::Rest)?);
        if hashes.last().is_some_and(|last| *last >= hash) {
            return Err(HeaderError::Order);
        }
        hashes.push(hash);
    }
    Ok(hashes)
}

/// Something whose signature was checked. There is no other way to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A header of version 0 with its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedHeader {
    /// The block's name, [`Envelope::name`].
    pub hash: Hash,
    /// The envelope.
    pub envelope: Envelope,
    /// The rest.
    pub header: HeaderV0,
}

impl Verified<VerifiedHeader> {
    /// Size, form, fit and signature of a header, in this order. Whether it fits a ledger is for
    /// [`crate::Ledger::offer`] to say.
    pub fn check(bytes: &[u8]) -> Result<Self, HeaderError> {
        let (envelope, rest) = Envelope::read(bytes)?;
        Self::check_parts(envelope, rest)
    }

    /// Signature and rest, of an envelope that was read and fits its rest.
    pub(crate) fn check_parts(envelope: Envelope, rest: &[u8]) -> Result<Self, HeaderError> {
        if envelope.suite != 0 {
            return Err(HeaderError::UnknownSuite(envelope.suite));
        }
        envelope.verify_signature().map_err(HeaderError::Signature)?;
        if envelope.version != 0 {
            return Err(HeaderError::UnknownVersion(envelope.version));
        }
        let header = HeaderV0::read(rest)?;
        Ok(Self(VerifiedHeader { hash: envelope.name(), envelope, header }))
    }
}
