use chartchain_keys::{FRAME_BYTES, FileSeal, RecoveryWords, SEALED_FRAME_BYTES, WrapSecret};
use chartchain_ledger::{CborError, CborReader, CborWriter};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::block_row;
use crate::open::{HEADERS_PER_PAGE, Head};
use crate::out_file::OutFile;
use crate::person::PersonState;
use crate::profile::find_words;
use crate::protocol::{Fault, JobResult, Secret, WordsProblem};
use crate::root::Root;
use crate::rows::{RowName, Rows, decode_state};

/// How a backup begins.
const MAGIC: &[u8] = b"chartchain backup v0\n";
/// How a backup of any version begins.
const MAGIC_ANY: &[u8] = b"chartchain backup v";
const FORMAT: u64 = 0;
/// Longest record of a backup: a block with everything around it.
const MAX_RECORD_BYTES: usize = 96 * 1024 * 1024;

/// What stands in a backup, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Record {
    /// Begins a backup.
    Start {
        /// When it was made, milliseconds since 1970.
        made_ms: u64,
        /// How many ledgers follow.
        ledgers: u32,
    },
    /// Begins a ledger.
    Ledger {
        /// Its id.
        id: [u8; 32],
        /// How many blocks follow.
        blocks: u32,
    },
    /// A block.
    Block {
        /// Its header.
        header: Vec<u8>,
        /// Its body; empty where it could not be read any more when the backup was made.
        body: Vec<u8>,
    },
    /// A block of which nothing could be read any more.
    Gap,
    /// Ends it.
    End,
}

impl Record {
    fn write(&self, out: &mut Vec<u8>) {
        let mut writer = CborWriter::default();
        match self {
            Self::Start { made_ms, ledgers } => {
                writer.array(4).uint(0).uint(FORMAT).uint(*made_ms).uint(u64::from(*ledgers));
            }
            Self::Ledger { id, blocks } => {
                writer.array(3).uint(1).bytes(id).uint(u64::from(*blocks));
            }
            Self::Block { header, body } => {
                writer.array(3).uint(2).bytes(header).bytes(body);
            }
            Self::End => {
                writer.array(1).uint(3);
            }
            Self::Gap => {
                writer.array(1).uint(4);
            }
        }
        out.extend(writer.take());
    }

    /// Reads the next record and says how long it is; `None` if not all of it is there yet.
    fn read(bytes: &[u8]) -> Result<Option<(Self, usize)>, Fault> {
        let mut reader = CborReader::new(bytes);
        let mut parse = || {
            let fields = reader.array_up_to(4)?;
            let small = |value: u64| u32::try_from(value).map_err(|_| CborError::Length);
            let record = match (reader.uint()?, fields) {
                (0, 4) => {
                    if reader.uint()? != FORMAT {
                        return Ok(None);
                    }
                    Self::Start { made_ms: reader.uint()?, ledgers: small(reader.uint()?)? }
                }
                (1, 3) => Self::Ledger { id: reader.bytes_exact()?, blocks: small(reader.uint()?)? },
                (2, 3) => Self::Block { header: reader.bytes()?.to_vec(), body: reader.bytes()?.to_vec() },
                (3, 1) => Self::End,
                (4, 1) => Self::Gap,
                _ => return Err(CborError::Type),
            };
            Ok(Some((record, bytes.len() - reader.rest().len())))
        };
        match parse() {
            Ok(Some(read)) => Ok(Some(read)),
            Ok(None) => Err(Fault::TooNew),
            Err(CborError::Truncated) if bytes.len() <= MAX_RECORD_BYTES => Ok(None),
            Err(_) => Err(broken()),
        }
    }
}

const fn broken() -> Fault {
    Fault::FileDamaged
}

/// Writing a backup: every block of every ledger of a person, sealed so that only the recovery words open it. No keys of
/// this device are in it.
pub(crate) struct BackupJob {
    ledgers: Vec<([u8; 32], u32)>,
    at: (usize, u32),
    done: u64,
    total: u64,
    lost: u32,
    others: u32,
    seal: FileSeal,
    plain: Vec<u8>,
    day: String,
    pub(crate) file: OutFile,
}

impl BackupJob {
    pub(crate) async fn begin<S: Store>(
        rows: &Rows<S>,
        person: &PersonState,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Fault> {
        let file_key = person.file_key()?;
        let (mut ledgers, mut others) = (Vec::with_capacity(person.ledgers.len()), 0);
        for id in &person.ledgers {
            // Words bring back only what was founded with them. What another device let this one into is on that one, too.
            let root = Root::load(rows, id, rng).await;
            let ledger = root.and_then(|(root, _)| root.open());
            if ledger.is_ok_and(|ledger| !person.recovers(&ledger.genesis().recovery)) {
                others += 1;
                continue;
            }
            let head: Option<(Head, bool)> = rows.read_twice(RowName::head(id)).await?;
            let (head, _) = head.ok_or_else(|| Fault::Damaged("the head of a record is missing".into()))?;
            if !head.made_up {
                ledgers.push((*id, head.blocks));
            }
        }
        if ledgers.is_empty() {
            return Err(Fault::NotNow("there is no record to back up yet".into()));
        }
        let (seal, wrap) = FileSeal::make(&file_key, rng).map_err(|error| Fault::Damaged(error.to_string()))?;
        let mut file = OutFile::new();
        if let Some(bytes) = file.bytes_mut() {
            bytes.extend(MAGIC);
            bytes.extend(u32::try_from(wrap.len()).unwrap_or(0).to_be_bytes());
            bytes.extend(wrap);
        }
        let mut plain = Vec::new();
        let made_ms = u64::try_from(now_ms).unwrap_or(0);
        Record::Start { made_ms, ledgers: u32::try_from(ledgers.len()).unwrap_or(0) }.write(&mut plain);
        let total = ledgers.iter().map(|(_, blocks)| u64::from(*blocks)).sum();
        let day = crate::export::iso_day(now_ms);
        Ok(Self { ledgers, at: (0, 0), done: 0, total, lost: 0, others, seal, plain, day, file })
    }

    pub(crate) const fn done(&self) -> u64 {
        self.done
    }

    pub(crate) const fn total(&self) -> u64 {
        self.total
    }

    /// Writes the next block. True when all are written.
    pub(crate) async fn step<S: Store>(&mut self, rows: &Rows<S>) -> Result<bool, Fault> {
        let (ledger, block) = self.at;
        let last = match self.ledgers.get(ledger).copied() {
            Some((id, blocks)) => {
                if block == 0 {
                    Record::Ledger { id, blocks }.write(&mut self.plain);
                }
                let record = read_block(rows, &id, block).await?;
                self.lost += u32::from(!matches!(&record, Record::Block { body, .. } if !body.is_empty()));
                record.write(&mut self.plain);
                self.done += 1;
                self.at = if block + 1 < blocks { (ledger, block + 1) } else { (ledger + 1, 0) };
                false
            }
            None => {
                Record::End.write(&mut self.plain);
                true
            }
        };
        let file = self.file.bytes_mut().ok_or(Fault::NotFound)?;
        // A full frame is sealed only when something follows it, so that the last one is never empty.
        let mut rest = self.plain.as_slice();
        while let Some((frame, behind)) = rest.split_at_checked(FRAME_BYTES).filter(|(_, behind)| !behind.is_empty()) {
            file.extend(self.seal.seal(frame, false));
            rest = behind;
        }
        let sealed = self.plain.len() - rest.len();
        if last {
            file.extend(self.seal.seal(rest, true));
        }
        self.plain.drain(..sealed);
        Ok(last)
    }

    pub(crate) fn result(&self) -> JobResult {
        JobResult::BackedUp {
            name: format!("chartchain-{}.backup", self.day),
            records: u32::try_from(self.ledgers.len()).unwrap_or(u32::MAX),
            unreadable: self.lost,
            others: self.others,
            bytes: self.file.len(),
        }
    }
}

/// What can be read of a block.
pub(crate) async fn read_block<S: Store>(rows: &Rows<S>, ledger: &[u8; 32], block: u32) -> Result<Record, Fault> {
    if let Some(Ok(Some(row))) = rows.read_each(&[RowName::block(ledger, block)]).await?.pop()
        && let Ok((header, body)) = block_row::split(&row)
    {
        return Ok(Record::Block { header: header.to_vec(), body: body.to_vec() });
    }
    let page = RowName::headers(ledger, block / HEADERS_PER_PAGE as u32);
    let page = rows.read_each(&[page]).await?.pop().and_then(Result::ok).flatten();
    let headers = page.and_then(|bytes| decode_state::<Vec<Vec<u8>>>(&bytes).ok()).unwrap_or_default();
    let header = headers.into_iter().nth(block as usize % HEADERS_PER_PAGE);
    Ok(header.map_or(Record::Gap, |header| Record::Block { header, body: Vec::new() }))
}

/// The head of a backup: everything before its frames.
pub(crate) struct BackupHead<'a> {
    /// The file's key, sealed to the recovery words.
    pub(crate) wrap: &'a [u8],
    /// Length of the head.
    pub(crate) length: usize,
}

impl<'a> BackupHead<'a> {
    /// Reads it; `None` if not all of it is there yet.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Option<Self>, Fault> {
        let start = bytes.get(..MAGIC.len().min(bytes.len())).unwrap_or_default();
        if !MAGIC.starts_with(start) {
            let other_version = start.len() > MAGIC_ANY.len() && start.starts_with(MAGIC_ANY);
            return Err(if other_version { Fault::TooNew } else { Fault::NotABackup });
        }
        let Some((length, rest)) = bytes.get(MAGIC.len()..).and_then(<[u8]>::split_first_chunk::<4>) else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        if length > 4096 {
            return Err(Fault::NotABackup);
        }
        Ok(rest.get(..length).map(|wrap| Self { wrap, length: MAGIC.len() + 4 + length }))
    }
}

/// Whether words open the backup that begins like this.
pub(crate) fn check_words(head: &[u8], words: &Secret) -> Result<Result<(), WordsProblem>, Fault> {
    let head = BackupHead::read(head)?.ok_or_else(broken)?;
    let opens = |words: &RecoveryWords| FileSeal::open(&words.derive_file_key(), head.wrap).ok().map(|_| ());
    Ok(find_words(words, opens).map(|_| ()))
}

/// Reads a backup piece by piece. Nothing of a frame is used before its seal was opened.
pub(crate) struct BackupReader {
    secret: WrapSecret,
    seal: Option<FileSeal>,
    sealed: Vec<u8>,
    plain: Vec<u8>,
    ended: bool,
}

impl BackupReader {
    pub(crate) const fn new(secret: WrapSecret) -> Self {
        Self { secret, seal: None, sealed: Vec::new(), plain: Vec::new(), ended: false }
    }

    /// Takes the next piece of the file; `last` says that nothing follows. Gives the records that are whole.
    pub(crate) fn push(&mut self, bytes: &[u8], last: bool) -> Result<Vec<Record>, Fault> {
        self.sealed.extend_from_slice(bytes);
        if self.seal.is_none() {
            let Some(head) = BackupHead::read(&self.sealed)? else {
                return if last { Err(broken()) } else { Ok(Vec::new()) };
            };
            let length = head.length;
            let seal = FileSeal::open(&self.secret, head.wrap);
            self.seal = Some(seal.map_err(|_| Fault::WrongWords(WordsProblem::OthersWords))?);
            self.sealed.drain(..length);
        }
        let Some(seal) = &mut self.seal else { return Ok(Vec::new()) };
        let mut rest = self.sealed.as_slice();
        while let Some((frame, behind)) = rest.split_at_checked(SEALED_FRAME_BYTES).filter(|(_, b)| !b.is_empty()) {
            self.plain.extend(seal.unseal(frame, false).map_err(|_| broken())?);
            rest = behind;
        }
        if last {
            self.plain.extend(seal.unseal(rest, true).map_err(|_| broken())?);
            rest = &[];
        }
        let taken = self.sealed.len() - rest.len();
        self.sealed.drain(..taken);
        let mut records = Vec::new();
        let mut read = 0;
        while let Some((record, length)) = Record::read(self.plain.get(read..).unwrap_or_default())? {
            if self.ended {
                return Err(broken());
            }
            self.ended = record == Record::End;
            read += length;
            records.push(record);
        }
        self.plain.drain(..read);
        if last && (!self.ended || !self.plain.is_empty()) {
            return Err(broken());
        }
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use chartchain_keys::test_rng;

    use super::*;

    fn file(words: &RecoveryWords, records: &[Record]) -> Vec<u8> {
        let (mut seal, wrap) = FileSeal::make(&words.derive_file_key().public().unwrap(), &mut test_rng(41)).unwrap();
        let mut plain = Vec::new();
        records.iter().for_each(|record| record.write(&mut plain));
        let mut file = [MAGIC, &u32::try_from(wrap.len()).unwrap().to_be_bytes(), &wrap].concat();
        let frames: Vec<&[u8]> = plain.chunks(FRAME_BYTES).collect();
        for (number, frame) in frames.iter().enumerate() {
            file.extend(seal.seal(frame, number + 1 == frames.len()));
        }
        file
    }

    fn records() -> Vec<Record> {
        vec![
            Record::Start { made_ms: 7, ledgers: 1 },
            Record::Ledger { id: [3; 32], blocks: 2 },
            Record::Block { header: vec![1; 300], body: vec![2; 200_000] },
            Record::Block { header: vec![4; 300], body: Vec::new() },
            Record::End,
        ]
    }

    #[test]
    fn a_backup_is_read_back_whatever_the_pieces() {
        let words = RecoveryWords::make(&mut test_rng(42));
        let file = file(&words, &records());
        for piece in [1000, 65_536, 65_552, 1 << 20] {
            let mut reader = BackupReader::new(words.derive_file_key());
            let pieces: Vec<&[u8]> = file.chunks(piece).collect();
            let mut read = Vec::new();
            for (number, bytes) in pieces.iter().enumerate() {
                read.extend(reader.push(bytes, number + 1 == pieces.len()).unwrap());
            }
            assert_eq!(read, records(), "pieces of {piece}");
        }
    }

    #[test]
    fn half_a_backup_a_changed_one_and_others_words_are_errors() {
        let words = RecoveryWords::make(&mut test_rng(43));
        let whole = file(&words, &records());
        let read = |bytes: &[u8]| BackupReader::new(words.derive_file_key()).push(bytes, true);
        for length in (0..whole.len()).step_by(997) {
            assert!(read(&whole[..length]).is_err(), "{length}");
        }
        for at in (0..whole.len()).step_by(1009) {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(read(&changed).is_err(), "byte {at}");
        }
        assert!(read(&[whole.as_slice(), b"x"].concat()).is_err(), "something behind its end");
        assert!(read(&file(&words, &records()[..4])).is_err(), "no end");
        let others = RecoveryWords::make(&mut test_rng(44));
        assert!(BackupReader::new(others.derive_file_key()).push(&whole, true).is_err());
        assert_eq!(read(b"chartchain backup v1\nmore").err(), Some(Fault::TooNew));
        assert_eq!(read(b"{\"resourceType\":\"Bundle\"}").err(), Some(Fault::NotABackup));
    }
}
