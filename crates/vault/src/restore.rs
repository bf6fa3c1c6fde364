use chartchain_chart::ChartPage;
use chartchain_keys::{DeviceKeys, EpochId, Keyring, RecoveryKeys, RecoveryWords};
use chartchain_ledger::{Body, Hash, Ledger, Offer};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::backup::{BackupReader, Record};
use crate::block_row;
use crate::open::{HEADERS_PER_PAGE, Head, OpenLedger, open_fault};
use crate::protocol::{Fault, WordsProblem};
use crate::root::Root;
use crate::rows::{RowBatch, RowName, Rows};
use crate::take_in::{Parts, enrol, take_over};

/// What is written at once, bytes.
const BATCH_BYTES: usize = 1024 * 1024;

/// A backup that is being brought back. Every block is checked as if a stranger had sent it. The device gets new keys:
/// those that wrote the blocks are never used again (design, rule R2).
pub(crate) struct Restore {
    pub(crate) words: RecoveryWords,
    reader: BackupReader,
    /// Ledgers that are there already, which get what they lack.
    known: Vec<[u8; 32]>,
    current: Option<Current>,
    expected: Option<u32>,
    met: u32,
    /// Ledgers that are back, with the number of their recovery keys.
    pub(crate) restored: Vec<([u8; 32], u32)>,
    /// Blocks that are not in the backup, or that nothing links to what is in it.
    pub(crate) left_out: u32,
    /// Blocks that came into ledgers which were there already.
    pub(crate) added: u32,
    /// Ledgers in which this device got a new key.
    pub(crate) renewed: u32,
    /// When the backup was made.
    pub(crate) made_ms: i64,
    /// The known ledger that gets what it lacks, where it is not the open one.
    pub(crate) closed: Option<Box<OpenLedger>>,
}

/// Blocks for a ledger that is there already.
pub(crate) struct More {
    pub(crate) ledger: [u8; 32],
    pub(crate) blocks: Vec<Parts>,
    /// The backup holds no more of it.
    pub(crate) last: bool,
}

/// The ledger that blocks belong to at the moment.
struct Current {
    id: [u8; 32],
    expected: u32,
    met: u32,
    /// How many were taken in.
    blocks: u32,
    left_out: u32,
    /// Blocks that wait, where the ledger is there already.
    known: Option<Vec<Parts>>,
    open: Option<Opened>,
    header_page: Vec<Vec<u8>>,
    batch: RowBatch,
    batch_bytes: usize,
}

struct Opened {
    ledger: Ledger,
    genesis: (Vec<u8>, Vec<u8>),
    recovery: RecoveryKeys,
    keyring: Keyring,
}

/// Deletes every row of a ledger that was not restored to its end.
pub(crate) async fn discard<S: Store>(rows: &Rows<S>, id: &[u8; 32], rng: &mut impl CryptoRng) -> Result<(), Fault> {
    let mut batch = RowBatch::default();
    batch.delete_twice(RowName::root(id));
    batch.delete_twice(RowName::head(id));
    batch.delete(RowName::front(id));
    batch.delete(RowName::devices(id));
    batch.delete(RowName::shelf(id));
    if let Ok(Some((head, _))) = rows.read_twice::<Head>(RowName::head(id)).await {
        for page in ChartPage::all(head.indexed_records) {
            batch.delete(RowName::page(id, page.to_name()));
        }
    }
    let missing = |row: Option<Result<Option<Vec<u8>>, ()>>| matches!(row, Some(Ok(None)) | None);
    for number in 0.. {
        if missing(rows.read_each(&[RowName::block(id, number)]).await?.pop()) {
            break;
        }
        batch.delete(RowName::block(id, number));
    }
    for page in 0.. {
        if missing(rows.read_each(&[RowName::headers(id, page)]).await?.pop()) {
            break;
        }
        batch.delete(RowName::headers(id, page));
    }
    rows.commit(batch, rng).await
}

impl Restore {
    pub(crate) fn begin(words: RecoveryWords, known: Vec<[u8; 32]>) -> Self {
        let reader = BackupReader::new(words.derive_file_key());
        Self {
            words,
            reader,
            known,
            current: None,
            expected: None,
            met: 0,
            restored: Vec::new(),
            left_out: 0,
            added: 0,
            renewed: 0,
            made_ms: 0,
            closed: None,
        }
    }

    /// What stands in the next piece of the file.
    pub(crate) fn read(&mut self, bytes: &[u8], last: bool) -> Result<Vec<Record>, Fault> {
        self.reader.push(bytes, last)
    }

    /// The ledger that a record begins, if rows of it will be written.
    pub(crate) fn begins(&self, record: &Record) -> Option<[u8; 32]> {
        match record {
            Record::Ledger { id, .. } if !self.known.contains(id) => Some(*id),
            _ => None,
        }
    }

    /// Checks and stores what a record says. Gives blocks for a ledger that is there already.
    pub(crate) async fn take<S: Store>(
        &mut self,
        rows: &Rows<S>,
        record: Record,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<More>, Fault> {
        match record {
            Record::Start { ledgers, made_ms } if self.expected.is_none() => {
                self.expected = Some(ledgers);
                self.made_ms = i64::try_from(made_ms).unwrap_or(i64::MAX);
            }
            Record::Ledger { id, blocks } if self.expected.is_some() && self.current.is_none() && blocks > 0 => {
                let twice = self.restored.iter().any(|(known, _)| *known == id);
                if twice {
                    return Err(Fault::FileDamaged);
                }
                let known = self.known.contains(&id).then(Vec::new);
                self.met += 1;
                self.current = Some(Current {
                    id,
                    expected: blocks,
                    met: 0,
                    blocks: 0,
                    left_out: 0,
                    known,
                    open: None,
                    header_page: Vec::new(),
                    batch: RowBatch::default(),
                    batch_bytes: 0,
                });
            }
            record @ (Record::Block { .. } | Record::Gap) => {
                let Some(current) = &mut self.current else { return Err(Fault::FileDamaged) };
                current.met += 1;
                let last = current.met == current.expected;
                let more = match (&mut current.known, record) {
                    (Some(waiting), Record::Block { header, body }) => {
                        current.batch_bytes += header.len() + body.len();
                        // What could not be read when the backup was made may be whole here.
                        if !body.is_empty() {
                            waiting.push((header, body));
                        }
                        let full = last || current.batch_bytes >= BATCH_BYTES;
                        full.then(|| core::mem::take(waiting))
                    }
                    (Some(waiting), _) => last.then(|| core::mem::take(waiting)),
                    (None, Record::Block { header, body }) => {
                        current.add(&self.words, header, &body)?;
                        None
                    }
                    (None, _) => {
                        current.left_out += 1;
                        None
                    }
                };
                let ledger = current.id;
                if current.known.is_none() && current.batch_bytes >= BATCH_BYTES {
                    current.write(rows, rng).await?;
                }
                if more.is_some() {
                    current.batch_bytes = 0;
                }
                if last
                    && let Some(current) = self.current.take()
                    && current.known.is_none()
                {
                    self.left_out += current.left_out;
                    self.restored.push(current.finish(rows, now_ms, rng).await?);
                }
                return Ok(more.map(|blocks| More { ledger, blocks, last }));
            }
            Record::End if self.current.is_none() && self.expected == Some(self.met) => {}
            _ => return Err(Fault::FileDamaged),
        }
        Ok(None)
    }
}

impl Current {
    /// Checks the next block and puts it with those that are written next.
    fn add(&mut self, words: &RecoveryWords, header: Vec<u8>, body: &[u8]) -> Result<(), Fault> {
        match &mut self.open {
            None => self.open = Some(Opened::begin(words, self.id, &header, body)?),
            // What a damaged device could not read any more is not there for what follows it to be held against.
            Some(opened) if body.is_empty() || self.left_out > 0 => {
                if opened.add(&header, body).is_err() {
                    self.left_out += 1;
                    return Ok(());
                }
            }
            Some(opened) => opened.add(&header, body)?,
        }
        self.put(header, body)
    }

    fn put(&mut self, header: Vec<u8>, body: &[u8]) -> Result<(), Fault> {
        let row = block_row::join(&header, body);
        self.batch_bytes += row.len();
        self.batch.put(RowName::block(&self.id, self.blocks), row);
        self.header_page.push(header);
        let page = self.blocks / HEADERS_PER_PAGE as u32;
        self.blocks += 1;
        if self.header_page.len() == HEADERS_PER_PAGE {
            let full = core::mem::take(&mut self.header_page);
            self.batch.put_state(RowName::headers(&self.id, page), &full)?;
        }
        Ok(())
    }

    async fn write<S: Store>(&mut self, rows: &Rows<S>, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        self.batch_bytes = 0;
        rows.commit_relaxed(core::mem::take(&mut self.batch), rng).await
    }

    /// Lets new keys of this device write and stores the rest.
    async fn finish<S: Store>(
        mut self,
        rows: &Rows<S>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<([u8; 32], u32), Fault> {
        let Some(mut opened) = self.open.take() else { return Err(Fault::FileDamaged) };
        let device = DeviceKeys::make(rng);
        let block = enrol(&opened.ledger, &opened.recovery.signing, &opened.keyring, &device, now_ms, rng)?;
        opened.add(&block.header, &block.body)?;
        self.put(block.header, &block.body)?;
        let block = take_over(&opened.ledger, &opened.recovery.signing, &device, now_ms)?;
        opened.add(&block.header, &block.body)?;
        self.put(block.header, &block.body)?;
        let page = self.blocks / HEADERS_PER_PAGE as u32;
        if !self.header_page.is_empty() {
            self.batch.put_state(RowName::headers(&self.id, page), &self.header_page)?;
        }
        let genesis = opened.ledger.genesis();
        let (number, made_up) = (genesis.recovery_number, genesis.made_up);
        let epochs = opened.keyring.epochs().map(|(id, epoch)| (*id, epoch.clone())).collect();
        Root::new(device, epochs, opened.genesis).put(&self.id, &mut self.batch)?;
        let head = Head { blocks: self.blocks, indexed_blocks: 1, made_up, ..Head::default() };
        self.batch.put_twice(RowName::head(&self.id), &head)?;
        rows.commit(self.batch, rng).await?;
        Ok((self.id, number))
    }
}

impl Opened {
    fn begin(words: &RecoveryWords, id: [u8; 32], header: &[u8], body: &[u8]) -> Result<Self, Fault> {
        let ledger = Ledger::open(header, body).map_err(open_fault)?;
        if ledger.id().0 != id {
            return Err(Fault::FileDamaged);
        }
        let genesis = ledger.genesis();
        let recovery = words.derive_keys(genesis.recovery_number);
        if recovery.public().ok().as_ref() != Some(&genesis.recovery) {
            return Err(Fault::WrongWords(WordsProblem::OthersWords));
        }
        let epoch = genesis.unwrap_for_recovery(&recovery.wrap);
        let epoch = epoch.map_err(|error| Fault::Damaged(error.to_string()))?;
        let mut keyring = Keyring::default();
        keyring.insert(EpochId(id), epoch);
        Ok(Self { genesis: (header.to_vec(), body.to_vec()), ledger, recovery, keyring })
    }

    fn add(&mut self, header: &[u8], body: &[u8]) -> Result<(), Fault> {
        let damaged = |error: &dyn core::fmt::Display| Fault::Damaged(format!("a block of this backup: {error}"));
        let offer = if body.is_empty() { self.ledger.offer(header) } else { self.ledger.offer_with_body(header, body) };
        let names = match offer {
            Ok(Offer::Accepted(names) | Offer::Forked { accepted: names, .. }) => names,
            Ok(Offer::Known | Offer::Parked) => Vec::new(),
            Err(refusal) => return Err(damaged(&refusal)),
        };
        let [name]: [Hash; 1] = names.try_into().map_err(|_| Fault::FileDamaged)?;
        let meta = self.ledger.block(&name).cloned().ok_or(Fault::FileDamaged)?;
        if !body.is_empty() {
            Body::read_checked(meta.class, body, &meta.content_root).map_err(|error| damaged(&error))?;
        }
        Ok(())
    }
}
