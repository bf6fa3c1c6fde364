use chartchain_keys::{Domain, FRAME_BYTES, FileSeal, SharedHead, SigningKey, WrapPublic};
use chartchain_ledger::padme;
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};

use super::plain::Plain;
use super::{Invitation, MAGIC, MAX_PARCEL_BYTES, MAX_PARCEL_FORKS, MAX_PARCEL_INTRODUCTIONS, ParcelError, ParcelHead};

/// Room for the record that ends a parcel.
const END_BYTES: u64 = 128;

/// Writes a parcel. Its bytes come out as they are ready; a block in memory is all that waits.
pub struct ParcelWriter {
    seal: FileSeal,
    sender: SigningKey,
    hasher: Sha256,
    /// What was not sealed yet.
    plain: Vec<u8>,
    /// All that was written, sealed or not, bytes.
    written: u64,
}

impl ParcelWriter {
    /// Begins a parcel, signed by the key of the sender's feed in this ledger, for 1 to 16 devices of it. Gives the first
    /// bytes of the file.
    ///
    /// # Errors
    /// There is nobody to seal it to, or there are too many, or the head holds more than it may.
    pub fn begin(
        head: &ParcelHead<'_>,
        sender: &SigningKey,
        recipients: &[WrapPublic],
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, Vec<u8>), ParcelError> {
        if head.forks.len() > MAX_PARCEL_FORKS || head.introductions.len() > MAX_PARCEL_INTRODUCTIONS {
            return Err(ParcelError::TooLarge);
        }
        let (shared, seal) = SharedHead::make(MAGIC, recipients, rng).map_err(ParcelError::Recipients)?;
        let mut file = shared.as_bytes().to_vec();
        let hasher = Sha256::new_with_prefix(&file);
        let mut writer = Self { seal, sender: sender.clone(), hasher, plain: Vec::new(), written: 0 };
        let frontier = head.frontier.write();
        writer.add(&Plain::Start {
            ledger: head.ledger,
            sender: sender.verify_key(),
            made_ms: head.made_ms,
            wants: head.wants,
            frontier: &frontier,
        })?;
        for proof in head.forks {
            writer.add(&Plain::Fork(&proof.to_bytes()))?;
        }
        for introduction in head.introductions {
            writer.add(&Plain::Introduction { header: &introduction.header, body: &introduction.body })?;
        }
        if let Some(Invitation { genesis: (header, body), enrolment }) = head.invitation {
            writer.add(&Plain::Invitation { header, body, enrolment })?;
        }
        file.extend(writer.take_frames());
        Ok((writer, file))
    }

    /// Adds a block. A body that cannot be read any more may be empty where the ledger allows that. Gives the next bytes of
    /// the file, which may be none.
    ///
    /// # Errors
    /// The block is longer than a block may be, or the parcel is full; it may still be finished without this block.
    pub fn block(&mut self, header: &[u8], body: &[u8]) -> Result<Vec<u8>, ParcelError> {
        self.add(&Plain::Block { header, body })?;
        Ok(self.take_frames())
    }

    /// Bytes of content so far, before they are sealed: to begin another parcel before this one has more than
    /// [`MAX_PARCEL_BYTES`].
    pub const fn bytes(&self) -> u64 {
        self.written
    }

    /// Signs the parcel. Gives the last bytes of the file.
    pub fn finish(mut self) -> Vec<u8> {
        let digest: [u8; 32] = self.hasher.clone().finalize().into();
        let end = Plain::End { signature: self.sender.sign(Domain::Parcel, &digest) };
        // A signature is of one length, which is never too long.
        let end = end.write().unwrap_or_default();
        self.written += end.len() as u64;
        self.plain.extend(end);
        let written = usize::try_from(self.written).unwrap_or(usize::MAX);
        self.plain.resize(self.plain.len() + (padme(written) - written), 0);
        let mut file = self.take_frames();
        file.extend(self.seal.seal(&self.plain, true));
        file
    }

    fn add(&mut self, record: &Plain<'_>) -> Result<(), ParcelError> {
        let bytes = record.write()?;
        let written = self.written + bytes.len() as u64;
        if written + END_BYTES > MAX_PARCEL_BYTES {
            return Err(ParcelError::TooLarge);
        }
        self.written = written;
        self.hasher.update(&bytes);
        self.plain.extend(bytes);
        Ok(())
    }

    /// Seals what fills a frame, if something follows it: the last one is never empty.
    fn take_frames(&mut self) -> Vec<u8> {
        let mut file = Vec::new();
        let mut rest = self.plain.as_slice();
        while let Some((frame, behind)) = rest.split_at_checked(FRAME_BYTES).filter(|(_, behind)| !behind.is_empty()) {
            file.extend(self.seal.seal(frame, false));
            rest = behind;
        }
        let sealed = self.plain.len() - rest.len();
        self.plain.drain(..sealed);
        file
    }
}

impl core::fmt::Debug for ParcelWriter {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ParcelWriter(…)")
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use chartchain_keys::{WrapSecret, test_rng};
    use chartchain_ledger::{Frontier, Hash};

    use super::*;

    #[test]
    fn a_parcel_that_is_full_takes_no_more_blocks() {
        let (mut rng, frontier) = (test_rng(1), Frontier::default());
        let to = [WrapSecret::make(&mut rng).public().unwrap()];
        let ledger = Hash([7; 32]);
        let head = ParcelHead {
            ledger,
            made_ms: 0,
            frontier: &frontier,
            wants: false,
            forks: &[],
            introductions: &[],
            invitation: None,
        };
        let sender = SigningKey::make(&mut rng);
        let (mut writer, _) = ParcelWriter::begin(&head, &sender, &to, &mut rng).unwrap();
        writer.written = MAX_PARCEL_BYTES - 300;
        assert_eq!(writer.block(&[1; 100], &[2; 200]), Err(ParcelError::TooLarge));
        assert_eq!(writer.bytes(), MAX_PARCEL_BYTES - 300);
        assert_eq!(writer.block(&[1; 100], &[2; 50]), Ok(Vec::new()));
        assert!(writer.bytes() + END_BYTES <= MAX_PARCEL_BYTES);
    }
}
