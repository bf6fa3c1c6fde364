use chartchain_keys::{Domain, FRAME_BYTES, FileSeal, SEALED_FRAME_BYTES, SharedHead, VerifyKey, WrapSecret};
use chartchain_ledger::{ForkProof, Frontier, Hash, padme};
use sha2::{Digest as _, Sha256};

use super::plain::Plain;
use super::{
    Introduction, Invitation, MAGIC, MAGIC_ANY, MAX_PARCEL_BYTES, MAX_PARCEL_FORKS, MAX_PARCEL_INTRODUCTIONS,
    ParcelError, ParcelRecord, Receipt,
};

/// Reads a parcel in pieces of any size: [`ParcelReader::push`] bytes of the file, [`ParcelReader::open`] it as soon as its
/// head is there, and take records until there are none; at the end of the file [`ParcelReader::finish`], and take the rest.
///
/// What was taken before [`ParcelRecord::End`] came from somebody who knows a public key of this device, in the order in which
/// they wrote it, and no more is known of it. Blocks and proofs of forks may be used at once, because they are judged by
/// themselves. Who the sender is, what it holds and who introduces it is not told before its signature was checked. A parcel
/// that ends with an error is over; the blocks that were stored by then stay.
///
/// In memory stand what was pushed and not taken, one block, frontier and introductions.
#[derive(Default)]
pub struct ParcelReader {
    /// Bytes of the file from `sealed_at` on wait.
    sealed: Vec<u8>,
    sealed_at: usize,
    is_finished: bool,
    head: Option<SharedHead>,
    opened: Option<Opened>,
    failed: Option<ParcelError>,
}

/// What is known once the head was opened.
struct Opened {
    /// `None` where the key is of no ledger yet: then the start says which one it is.
    ledger: Option<Hash>,
    seal: FileSeal,
    hasher: Sha256,
    /// Plain bytes from `plain_at` on wait.
    plain: Vec<u8>,
    plain_at: usize,
    /// Plain bytes of all frames so far.
    unsealed: u64,
    is_last: bool,
    stage: Stage,
    forks: usize,
    receipt: Option<Box<Receipt>>,
}

/// Where in the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Start,
    BeforeBlocks,
    Blocks,
    /// Behind the end, which was here: content and end are so many bytes.
    Padding(u64),
    Over,
}

impl ParcelReader {
    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// They do not begin a parcel that can be read here.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), ParcelError> {
        self.failed.map_or(Ok(()), Err)?;
        self.sealed.drain(..self.sealed_at);
        self.sealed_at = 0;
        self.sealed.extend_from_slice(bytes);
        let result = self.read_head();
        self.keep(result)
    }

    /// Nothing follows.
    ///
    /// # Errors
    /// Even the head is not whole.
    pub fn finish(&mut self) -> Result<(), ParcelError> {
        self.failed.map_or(Ok(()), Err)?;
        self.is_finished = true;
        let result = if self.head.is_some() { Ok(()) } else { Err(ParcelError::CutOff) };
        self.keep(result)
    }

    /// Tries keys of this device in its ledgers, and such with which it has asked to be let into one that it does not know, and says
    /// which of them it was, counted from 0. `None` as long as the head is not whole. Each key costs up to 16 X-Wing operations: whoever has very many may give some at a time, because other keys can
    /// be tried after an error.
    ///
    /// # Errors
    /// It is for none of these keys.
    pub fn open<'a>(
        &mut self,
        keys: impl IntoIterator<Item = (Option<Hash>, &'a WrapSecret)>,
    ) -> Result<Option<usize>, ParcelError> {
        self.failed.map_or(Ok(()), Err)?;
        let Some(head) = self.head.as_ref().filter(|_| self.opened.is_none()) else { return Ok(None) };
        let mut keys = keys.into_iter().enumerate();
        let found = keys.find_map(|(at, (ledger, secret))| head.open(secret).map(|seal| (at, ledger, seal)));
        let (at, ledger, seal) = found.ok_or(ParcelError::NotForThisDevice)?;
        self.opened = Some(Opened {
            ledger,
            seal,
            hasher: Sha256::new_with_prefix(head.as_bytes()),
            plain: Vec::new(),
            plain_at: 0,
            unsealed: 0,
            is_last: false,
            stage: Stage::Start,
            forks: 0,
            receipt: None,
        });
        Ok(Some(at))
    }

    /// Whether a key was found that opens it.
    pub const fn is_open(&self) -> bool {
        self.opened.is_some()
    }

    /// The next record; `None` if more has to be pushed first, or if [`ParcelRecord::End`] was taken.
    ///
    /// # Errors
    /// It does not hold; the parcel is over.
    pub fn take_record(&mut self) -> Result<Option<ParcelRecord>, ParcelError> {
        self.failed.map_or(Ok(()), Err)?;
        let result = self.next_record();
        self.keep(result)
    }

    fn keep<T>(&mut self, result: Result<T, ParcelError>) -> Result<T, ParcelError> {
        result.inspect_err(|error| self.failed = Some(*error))
    }

    fn read_head(&mut self) -> Result<(), ParcelError> {
        if self.head.is_some() {
            return Ok(());
        }
        let start = self.sealed.get(..MAGIC.len().min(self.sealed.len())).unwrap_or_default();
        if !MAGIC.starts_with(start) {
            return of_another_version(&self.sealed);
        }
        if let Some(head) = SharedHead::read(MAGIC.len(), &self.sealed).map_err(|_| ParcelError::Damaged)? {
            self.sealed_at = head.as_bytes().len();
            self.head = Some(head);
        }
        Ok(())
    }

    fn next_record(&mut self) -> Result<Option<ParcelRecord>, ParcelError> {
        let Some(opened) = &mut self.opened else {
            return if self.is_finished { Err(ParcelError::NotForThisDevice) } else { Ok(None) };
        };
        loop {
            if let Some(record) = opened.take()? {
                return Ok(Some(record));
            }
            if opened.is_last {
                return if opened.stage == Stage::Over { Ok(None) } else { Err(ParcelError::Damaged) };
            }
            let rest = self.sealed.get(self.sealed_at..).unwrap_or_default();
            // A full frame is not the last one if something follows.
            match rest.get(..SEALED_FRAME_BYTES) {
                Some(frame) if rest.len() > SEALED_FRAME_BYTES => opened.unseal(frame, false)?,
                _ if !self.is_finished => return Ok(None),
                _ => opened.unseal(rest, true)?,
            }
            self.sealed_at += rest.len().min(SEALED_FRAME_BYTES);
        }
    }
}

impl Opened {
    fn unseal(&mut self, frame: &[u8], last: bool) -> Result<(), ParcelError> {
        let plain = self.seal.unseal(frame, last).map_err(|_| self.why_not(frame, last))?;
        self.unsealed += plain.len() as u64;
        if self.unsealed > MAX_PARCEL_BYTES {
            return Err(ParcelError::TooLarge);
        }
        self.is_last = last;
        self.plain.drain(..self.plain_at);
        self.plain_at = 0;
        self.plain.extend(plain);
        Ok(())
    }

    /// Tells a file that was cut off from one that was changed: its last frame is one that others follow, or its length
    /// none that a parcel can have. Both are only words for the person who has it.
    fn why_not(&mut self, frame: &[u8], last: bool) -> ParcelError {
        let overhead = SEALED_FRAME_BYTES - FRAME_BYTES;
        let length = frame.len().checked_sub(overhead).filter(|length| *length > 0).map(|length| {
            let all = self.unsealed.saturating_add(length as u64);
            usize::try_from(all).unwrap_or(usize::MAX)
        });
        let is_of_a_length = length.is_some_and(|length| padme(length) == length);
        let is_cut = last && (!is_of_a_length || self.seal.unseal(frame, false).is_ok());
        if is_cut { ParcelError::CutOff } else { ParcelError::Damaged }
    }

    /// The next record of what was unsealed.
    fn take(&mut self) -> Result<Option<ParcelRecord>, ParcelError> {
        loop {
            let rest = self.plain.get(self.plain_at..).unwrap_or_default();
            if matches!(self.stage, Stage::Padding(_) | Stage::Over) {
                let is_zero = rest.iter().all(|byte| *byte == 0);
                self.plain_at = self.plain.len();
                return if is_zero { self.take_end() } else { Err(ParcelError::Damaged) };
            }
            let Some((record, length)) = Plain::read(rest)? else { return Ok(None) };
            let content = self.unsealed - rest.len() as u64;
            let encoded = rest.get(..length).unwrap_or_default();
            let taken = match (self.stage, record) {
                (Stage::Start, Plain::Start { ledger, sender, made_ms, wants, frontier }) => {
                    if *self.ledger.get_or_insert(ledger) != ledger {
                        return Err(ParcelError::OtherLedger);
                    }
                    let frontier = Frontier::read(frontier).map_err(|_| ParcelError::Damaged)?;
                    let (introductions, invitation) = (Vec::new(), None);
                    let receipt = Receipt { ledger, sender, made_ms, frontier, wants, introductions, invitation };
                    self.receipt = Some(Box::new(receipt));
                    self.stage = Stage::BeforeBlocks;
                    Some(ParcelRecord::Start { sender, made_ms })
                }
                (Stage::BeforeBlocks, Plain::Fork(proof)) => {
                    self.forks += 1;
                    let proof = ForkProof::from_bytes(proof).map_err(|_| ParcelError::Damaged)?;
                    if self.forks > MAX_PARCEL_FORKS || Some(proof.ledger()) != self.ledger {
                        return Err(ParcelError::Damaged);
                    }
                    Some(ParcelRecord::Fork(Box::new(proof)))
                }
                (Stage::BeforeBlocks, Plain::Introduction { header, body }) => {
                    let Some(receipt) = &mut self.receipt else { return Err(ParcelError::Damaged) };
                    if receipt.introductions.len() == MAX_PARCEL_INTRODUCTIONS {
                        return Err(ParcelError::Damaged);
                    }
                    receipt.introductions.push(Introduction { header: header.to_vec(), body: body.to_vec() });
                    None
                }
                (Stage::BeforeBlocks, Plain::Invitation { header, body, enrolment }) => {
                    let Some(receipt) = self.receipt.as_mut().filter(|receipt| receipt.invitation.is_none()) else {
                        return Err(ParcelError::Damaged);
                    };
                    let genesis = (header.to_vec(), body.to_vec());
                    receipt.invitation = Some(Invitation { genesis, enrolment: enrolment.to_vec() });
                    None
                }
                (Stage::BeforeBlocks | Stage::Blocks, Plain::Block { header, body }) => {
                    self.stage = Stage::Blocks;
                    Some(ParcelRecord::Block { header: header.to_vec(), body: body.to_vec() })
                }
                (Stage::BeforeBlocks | Stage::Blocks, Plain::End { signature }) => {
                    let digest: [u8; 32] = self.hasher.clone().finalize().into();
                    let Some(sender) = self.receipt.as_ref().map(|receipt| receipt.sender) else {
                        return Err(ParcelError::Damaged);
                    };
                    check(&sender, &digest, &signature)?;
                    self.stage = Stage::Padding(content + length as u64);
                    None
                }
                _ => return Err(ParcelError::Damaged),
            };
            self.hasher.update(encoded);
            self.plain_at += length;
            if let Some(record) = taken {
                return Ok(Some(record));
            }
        }
    }

    /// All of it was here, and is padded as it has to be.
    fn take_end(&mut self) -> Result<Option<ParcelRecord>, ParcelError> {
        let (Stage::Padding(content), true) = (self.stage, self.is_last) else { return Ok(None) };
        let padded = usize::try_from(content).map(padme).map_err(|_| ParcelError::TooLarge)?;
        if padded as u64 != self.unsealed {
            return Err(ParcelError::Damaged);
        }
        self.stage = Stage::Over;
        Ok(self.receipt.take().map(ParcelRecord::End))
    }
}

fn check(sender: &VerifyKey, digest: &[u8; 32], signature: &[u8; 64]) -> Result<(), ParcelError> {
    sender.verify(Domain::Parcel, digest, signature).map_err(|_| ParcelError::Signature)
}

/// What begins otherwise than a parcel of this version: of which version it is, as soon as that is there.
fn of_another_version(file: &[u8]) -> Result<(), ParcelError> {
    let rest = file.strip_prefix(MAGIC_ANY).ok_or(ParcelError::NotAParcel)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match rest.get(digits) {
        None if digits < 10 => Ok(()),
        Some(b'\n') => {
            let version = rest.get(..digits).and_then(|digits| core::str::from_utf8(digits).ok()?.parse().ok());
            Err(version.filter(|version| *version > 0).map_or(ParcelError::NotAParcel, ParcelError::TooNew))
        }
        _ => Err(ParcelError::NotAParcel),
    }
}

impl core::fmt::Debug for ParcelReader {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ParcelReader(…)")
    }
}
