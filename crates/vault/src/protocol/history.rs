use serde::{Deserialize, Serialize};

use super::{Banner, Status};

/// A page of blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocks {
    /// Who.
    pub banner: Banner,
    /// Newest first.
    pub lines: Vec<BlockLine>,
    /// How many there are.
    pub total: u32,
    /// Proofs of forked feeds.
    pub forks: Vec<ForkLine>,
    /// When everything was last verified without a fault, milliseconds since 1970, and how many blocks that were.
    pub last_verified: Option<(i64, u32)>,
}

/// What a block does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Founds the ledger.
    Genesis,
    /// Members, devices, keys.
    Control,
    /// Entries.
    Entries,
    /// A part of a file.
    File,
    /// Says that entries are erased.
    Erase,
    /// Held what is erased.
    Erased,
    /// Countersignatures.
    Ack,
    /// Of a newer version: kept and passed on.
    Unknown,
}

/// A block in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockLine {
    /// SHA-256 of the header, hex.
    pub hash: String,
    /// Feed key of who signed it, hex.
    pub feed: String,
    /// Place in that feed.
    pub seq: u64,
    /// Signed by this device.
    pub this_device: bool,
    /// Claimed time, milliseconds since 1970.
    pub at_ms: i64,
    /// The claimed time goes back or jumps ahead against the blocks before it.
    pub time_doubtful: bool,
    /// What it does.
    pub kind: BlockKind,
    /// How many entries.
    pub entries: u32,
    /// Titles of the first entries, at most 3.
    pub titles: Vec<String>,
    /// How firmly it holds.
    pub status: Status,
    /// Bytes of the header and of the sealed body.
    pub bytes: u64,
}

/// A feed that was written twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForkLine {
    /// Feed key, hex.
    pub feed: String,
    /// Where it forked.
    pub seq: u64,
    /// The portable proof.
    pub proof: Vec<u8>,
}

/// What verifying found. All is well exactly when `problems` is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Blocks checked.
    pub blocks: u32,
    /// Entries opened and checked.
    pub entries: u32,
    /// Signatures checked.
    pub signatures: u32,
    /// What does not hold, at most 100 listed.
    pub problems: Vec<Problem>,
    /// How many do not hold.
    pub problems_total: u32,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The block's place in the order of arrival, where known.
    pub block: Option<u32>,
    /// The block's hash, where it could be read.
    pub hash: Option<String>,
    /// The entry's row, where it is about one entry.
    pub row: Option<u32>,
    /// What does not hold.
    pub code: ProblemCode,
}

/// What does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemCode {
    /// It was erased and is stored again; reading passes it over, and this erased it anew.
    ErasedIsBack,
    /// It is not there.
    Missing,
    /// The seal of this device's storage is broken.
    SealBroken,
    /// It is not in the form it has to have.
    Malformed,
    /// The signature does not fit.
    BadSignature,
    /// It does not follow the block before it.
    BrokenChain,
    /// Its body does not fit the content root that was signed.
    ContentChanged,
    /// The entry cannot be opened with its key or does not fit its commitment.
    EntryChanged,
    /// The index shows something else than the block says.
    IndexDiffers,
    /// The author signed two blocks for the same place.
    Forked,
    /// Something stored was damaged. It is known from elsewhere and was stored anew, so that nothing is lost.
    Mended,
    /// There is more than the record counts: older rows were put in the place of newer ones.
    RolledBack,
}
