use chartchain_keys::{CODE_NONCE_BYTES, SignatureBytes, VerifyKey};
use chartchain_ledger::{CborError, CborReader, CborWriter, Hash};

/// Longest message, so that a sealed frame is 16 KiB at most.
pub(crate) const MAX_MESSAGE_BYTES: usize = 16 * 1024 - 64;
/// Longest piece of something that takes several messages.
pub(crate) const PIECE_BYTES: usize = MAX_MESSAGE_BYTES - 16;
/// Most ledgers that one message names.
pub(crate) const LEDGERS_AT_ONCE: usize = 400;

/// Name of a ledger in one session: the first half of its HMAC.
pub(crate) type Tag = [u8; 16];

/// What is too long for one message and comes in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parcel {
    /// A block: header, body.
    Block,
    /// The first block of the sender's feed, because it is not known yet: header, body.
    Introduction,
    /// Where feeds end: one part.
    Frontier {
        /// Blocks may follow that are lacking in it.
        wants: bool,
    },
    /// A fork proof: one part.
    Fork,
    /// What lets the other device into a ledger: header and body of the first block, body of the enrolment.
    Invitation,
}

impl Parcel {
    /// Longest that a part of it is, bytes.
    pub(crate) const fn bounds(self) -> &'static [u64] {
        const HEADER: u64 = 64 * 1024;
        const OPEN_BODY: u64 = 1024 * 1024;
        match self {
            Self::Block => &[HEADER, crate::MAX_BODY_BYTES],
            Self::Introduction => &[HEADER, OPEN_BODY],
            Self::Frontier { .. } => &[2 * 1024 * 1024],
            Self::Fork => &[chartchain_ledger::MAX_FORK_PROOF_BYTES as u64],
            Self::Invitation => &[HEADER, OPEN_BODY, OPEN_BODY],
        }
    }

    const fn number(self) -> u64 {
        match self {
            Self::Block => 0,
            Self::Introduction => 1,
            Self::Frontier { wants: false } => 2,
            Self::Frontier { wants: true } => 3,
            Self::Fork => 4,
            Self::Invitation => 5,
        }
    }

    const fn of(number: u64) -> Option<Self> {
        Some(match number {
            0 => Self::Block,
            1 => Self::Introduction,
            2 => Self::Frontier { wants: false },
            3 => Self::Frontier { wants: true },
            4 => Self::Fork,
            5 => Self::Invitation,
            _ => return None,
        })
    }
}

/// What stands in a frame, before it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    /// Ledgers that the sender holds: name, and what stands for what it holds of them. Others may follow at any time.
    Holds(Vec<(Tag, [u8; 8])>),
    /// The sender holds the key of this feed in that ledger.
    Member { tag: Tag, feed: VerifyKey, signature: SignatureBytes },
    /// The feed of the receiver is not known in that ledger: it may introduce itself.
    Stranger { tag: Tag },
    /// The feed of the receiver gets nothing of that ledger.
    Shut { tag: Tag },
    /// Something comes in pieces: what, of which ledger, how long each of its parts is.
    Begin { parcel: Parcel, tag: Tag, lengths: Vec<u64> },
    /// The next piece.
    Piece(Vec<u8>),
    /// So many bytes of pieces were done with: as many more may come.
    Credit(u64),
    /// A block does not hold here, and why.
    Refused { tag: Tag, block: Hash, code: u64 },
    /// Comparing: the offering side binds itself to its nonce.
    Commit([u8; 32]),
    /// Comparing: the nonce of the answering side.
    Nonce([u8; CODE_NONCE_BYTES]),
    /// Comparing: the nonce of the offering side.
    Reveal([u8; CODE_NONCE_BYTES]),
    /// The person at the sender says whether both see the same.
    Same(bool),
    /// The sender asks to be let into a ledger: the keys that it would write with there, and what it calls itself.
    Ask { device: Vec<u8>, name: String },
    /// The sender ends the session, and why.
    End(u64),
}

/// Longest name that a device calls itself, bytes.
pub(crate) const MAX_NAME_BYTES: usize = 200;
/// Longest public keys of a device, bytes.
const MAX_DEVICE_BYTES: usize = 2048;

impl Message {
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut writer = CborWriter::with_capacity(128);
        match self {
            Self::Holds(ledgers) => {
                writer.array(2).uint(0).array(ledgers.len());
                for (tag, state) in ledgers {
                    writer.array(2).bytes(tag).bytes(state);
                }
            }
            Self::Member { tag, feed, signature } => {
                writer.array(4).uint(1).bytes(tag).bytes(&feed.0).bytes(signature);
            }
            Self::Stranger { tag } => drop(writer.array(2).uint(2).bytes(tag)),
            Self::Shut { tag } => drop(writer.array(2).uint(3).bytes(tag)),
            Self::Begin { parcel, tag, lengths } => {
                writer.array(4).uint(4).uint(parcel.number()).bytes(tag).array(lengths.len());
                for length in lengths {
                    writer.uint(*length);
                }
            }
            Self::Piece(bytes) => drop(writer.array(2).uint(5).bytes(bytes)),
            Self::Credit(bytes) => drop(writer.array(2).uint(6).uint(*bytes)),
            Self::Refused { tag, block, code } => {
                writer.array(4).uint(7).bytes(tag).bytes(&block.0).uint(*code);
            }
            Self::Commit(hash) => drop(writer.array(2).uint(8).bytes(hash)),
            Self::Nonce(nonce) => drop(writer.array(2).uint(9).bytes(nonce)),
            Self::Reveal(nonce) => drop(writer.array(2).uint(10).bytes(nonce)),
            Self::Same(same) => drop(writer.array(2).uint(11).uint(u64::from(*same))),
            Self::Ask { device, name } => {
                writer.array(3).uint(12).bytes(device).bytes(name.as_bytes());
            }
            Self::End(code) => drop(writer.array(2).uint(13).uint(*code)),
        }
        writer.take()
    }

    /// Reads a message. `None` for a kind that a newer version may send: it is passed over.
    pub(crate) fn read(bytes: &[u8]) -> Result<Option<Self>, CborError> {
        let mut reader = CborReader::new(bytes);
        let fields = reader.array_up_to(16)?;
        let kind = reader.uint()?;
        let expected = match kind {
            0 | 2 | 3 | 5 | 6 | 8..=11 | 13 => 2,
            12 => 3,
            1 | 4 | 7 => 4,
            _ => return Ok(None),
        };
        if fields != expected {
            return Err(CborError::Length);
        }
        let message = match kind {
            0 => {
                let count = reader.array_up_to(LEDGERS_AT_ONCE)?;
                let mut ledgers = Vec::with_capacity(count);
                for _ in 0..count {
                    reader.array(2)?;
                    ledgers.push((reader.bytes_exact()?, reader.bytes_exact()?));
                }
                Self::Holds(ledgers)
            }
            1 => Self::Member {
                tag: reader.bytes_exact()?,
                feed: VerifyKey(reader.bytes_exact()?),
                signature: reader.bytes_exact()?,
            },
            2 => Self::Stranger { tag: reader.bytes_exact()? },
            3 => Self::Shut { tag: reader.bytes_exact()? },
            4 => {
                let parcel = Parcel::of(reader.uint()?).ok_or(CborError::Type)?;
                let tag = reader.bytes_exact()?;
                let bounds = parcel.bounds();
                reader.array(bounds.len())?;
                let mut lengths = Vec::with_capacity(bounds.len());
                for bound in bounds {
                    let length = reader.uint()?;
                    if length > *bound {
                        return Err(CborError::Length);
                    }
                    lengths.push(length);
                }
                Self::Begin { parcel, tag, lengths }
            }
            5 => Self::Piece(reader.bytes()?.to_vec()),
            6 => Self::Credit(reader.uint()?),
            7 => Self::Refused { tag: reader.bytes_exact()?, block: Hash(reader.bytes_exact()?), code: reader.uint()? },
            8 => Self::Commit(reader.bytes_exact()?),
            9 => Self::Nonce(reader.bytes_exact()?),
            10 => Self::Reveal(reader.bytes_exact()?),
            11 => Self::Same(match reader.uint()? {
                0 => false,
                1 => true,
                _ => return Err(CborError::Length),
            }),
            12 => {
                let device = reader.bytes()?;
                let name = core::str::from_utf8(reader.bytes()?).map_err(|_| CborError::Type)?;
                if device.len() > MAX_DEVICE_BYTES || name.len() > MAX_NAME_BYTES {
                    return Err(CborError::Length);
                }
                Self::Ask { device: device.to_vec(), name: name.to_owned() }
            }
            _ => Self::End(reader.uint()?),
        };
        reader.finish()?;
        Ok(Some(message))
    }
}
