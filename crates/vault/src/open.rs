use std::collections::BTreeMap;

use chartchain_chart::{Chart, ChartPage, Commitment, ContentHash, NewEntry, Place as ChartPlace, Relation};
use chartchain_fhir::{Compartment, Facts, Person};
use chartchain_keys::{CompartmentId, DeviceKeys, EpochId, KeyEpoch, Keyring, RecoveryPublic};
use chartchain_ledger::{
    Body, Class, EntryCommitment, Founding, Genesis, Hash, Ledger, Offer, OpenError, Place, SegmentDraft,
};
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::entry::{CODEC, Entry, InputEntry, ResourceEntry};
use crate::import::ImportState;
use crate::protocol::{Fault, LedgerCard, LedgerId};
use crate::rows::{RowBatch, RowName, Rows};

const HEADERS_PER_PAGE: usize = 64;
/// The index is stored after this many blocks, so that opening has few blocks to read.
const INDEX_EVERY_BLOCKS: u32 = 64;

/// State of a ledger on this device: one row, written with every block.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Head {
    device: Vec<u8>,
    epochs: Vec<([u8; 32], Vec<u8>)>,
    pub(crate) blocks: u32,
    indexed_blocks: u32,
    indexed_records: u32,
    pub(crate) inputs: Vec<InputMeta>,
    pub(crate) last_verified: Option<(i64, u32)>,
    pub(crate) made_up: bool,
    pub(crate) subject: Person,
    pub(crate) entries: u32,
    pub(crate) import: Option<ImportState>,
    pub(crate) next_input: u32,
    pub(crate) staged: Vec<u32>,
}

impl Drop for Head {
    fn drop(&mut self) {
        self.device.zeroize();
        for (_, keys) in &mut self.epochs {
            keys.zeroize();
        }
    }
}

/// An input that was brought in.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct InputMeta {
    pub(crate) commitment: Commitment,
    pub(crate) name: String,
    pub(crate) at_ms: i64,
    pub(crate) sha256: [u8; 32],
}

/// An entry with what the index needs, ready to be written.
pub(crate) struct NewResource {
    pub(crate) entry: ResourceEntry,
    pub(crate) content: ContentHash,
    pub(crate) facts: Facts,
}

/// A ledger that is open on this device.
pub(crate) struct OpenLedger {
    pub(crate) id: [u8; 32],
    pub(crate) head: Head,
    pub(crate) ledger: Ledger,
    pub(crate) chart: Chart,
    pub(crate) arrivals: Vec<Hash>,
    device: DeviceKeys,
    keyring: Keyring,
    header_page: Vec<Vec<u8>>,
    body_cache: Option<(u32, Vec<u8>)>,
}

/// Start of SHA-256 over full URL and text.
pub(crate) fn content_hash(full_url: Option<&str>, json: &str) -> ContentHash {
    let hash = Hash::of(&[full_url.unwrap_or_default().as_bytes(), &[0], json.as_bytes()]);
    let mut short = [0; 16];
    short.copy_from_slice(hash.0.split_at(16).0);
    short
}

pub(crate) fn open_fault(error: OpenError) -> Fault {
    Fault::Damaged(error.to_string())
}

impl OpenLedger {
    /// Founds a ledger and stores its genesis.
    pub(crate) async fn found<S: Store>(
        rows: &Rows<S>,
        recovery: (u32, &RecoveryPublic),
        subject: Person,
        made_up: bool,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Fault> {
        let device = DeviceKeys::make(rng);
        let founding = Founding {
            made_up,
            recovery: recovery.1,
            recovery_number: recovery.0,
            device: &device,
            claimed_ms: u64::try_from(now_ms).unwrap_or(0),
        };
        let (block, epoch) = Genesis::found(&founding, &[], rng).map_err(|error| Fault::Storage(error.to_string()))?;
        let ledger = Ledger::open(&block.header, &block.body).map_err(open_fault)?;
        let id = ledger.id().0;
        let mut keyring = Keyring::default();
        keyring.insert(EpochId(id), epoch.clone());
        let head = Head {
            device: device.expose().to_vec(),
            epochs: vec![(id, epoch.expose().to_vec())],
            blocks: 1,
            indexed_blocks: 1,
            indexed_records: 0,
            inputs: Vec::new(),
            last_verified: None,
            made_up,
            subject,
            entries: 0,
            import: None,
            next_input: 0,
            staged: Vec::new(),
        };
        let header_page = vec![block.header.clone()];
        let mut batch = RowBatch::default();
        batch.put_state(RowName::head(&id), &head)?;
        batch.put_state(RowName::headers(&id, 0), &header_page)?;
        batch.put(RowName::body(&id, 0), block.body);
        rows.commit(batch, rng).await?;
        Ok(Self {
            id,
            head,
            arrivals: vec![ledger.id()],
            ledger,
            chart: Chart::default(),
            device,
            keyring,
            header_page,
            body_cache: None,
        })
    }

    /// Opens a ledger from its rows. Rows are authenticated by their seals; whether blocks hold by themselves is for
    /// verification to say.
    pub(crate) async fn load<S: Store>(rows: &Rows<S>, id: [u8; 32]) -> Result<Self, Fault> {
        let damaged = |what: &str| Fault::Damaged(what.to_owned());
        let head: Head = rows.read_state(RowName::head(&id)).await?.ok_or(Fault::NotFound)?;
        let device = DeviceKeys::from_bytes(&head.device).map_err(|_| damaged("device keys"))?;
        let mut keyring = Keyring::default();
        for (epoch, keys) in &head.epochs {
            keyring.insert(EpochId(*epoch), KeyEpoch::from_bytes(keys).map_err(|_| damaged("compartment keys"))?);
        }
        let pages = (head.blocks as usize).div_ceil(HEADERS_PER_PAGE);
        let mut headers: Vec<Vec<u8>> = Vec::new();
        for page in 0..u32::try_from(pages).unwrap_or(0) {
            let page: Vec<Vec<u8>> =
                rows.read_state(RowName::headers(&id, page)).await?.ok_or_else(|| damaged("headers are missing"))?;
            headers.extend(page);
        }
        if headers.len() != head.blocks as usize {
            return Err(damaged("headers are missing"));
        }
        let genesis_body =
            rows.read_one(RowName::body(&id, 0)).await?.ok_or_else(|| damaged("the first block is missing"))?;
        let first = headers.first().ok_or_else(|| damaged("the first block is missing"))?;
        let mut ledger = Ledger::open(first, &genesis_body).map_err(open_fault)?;
        if ledger.id().0 != id {
            return Err(damaged("the first block is another ledger's"));
        }
        let mut arrivals = vec![ledger.id()];
        for header in headers.iter().skip(1) {
            match ledger.offer(header) {
                Ok(Offer::Accepted(hashes) | Offer::Forked { accepted: hashes, .. }) => arrivals.extend(hashes),
                Ok(_) => return Err(damaged("a block does not follow the one before it")),
                Err(refusal) => return Err(Fault::Damaged(refusal.to_string())),
            }
        }
        let tail = headers.len() - headers.len() % HEADERS_PER_PAGE;
        let header_page = headers.split_off(tail.min(headers.len()));
        let mut open = Self {
            id,
            head,
            ledger,
            chart: Chart::default(),
            arrivals,
            device,
            keyring,
            header_page,
            body_cache: None,
        };
        open.load_chart(rows).await?;
        Ok(open)
    }

    /// The index from its pages, then from the blocks that came after them; from all blocks if pages are missing,
    /// damaged or another version's.
    async fn load_chart<S: Store>(&mut self, rows: &Rows<S>) -> Result<(), Fault> {
        if self.head.indexed_records > 0 {
            let names: Vec<RowName> = ChartPage::all(self.head.indexed_records)
                .into_iter()
                .map(|page| RowName::page(&self.id, page.to_name()))
                .collect();
            let packed: Option<Vec<Vec<u8>>> =
                rows.read_each(&names).await?.into_iter().map(|page| page.ok().flatten()).collect();
            let pages: Option<Vec<Vec<u8>>> = packed.and_then(|packed| {
                packed.iter().map(|page| lz4_flex::block::decompress_size_prepended(page).ok()).collect()
            });
            let chart = pages
                .and_then(|pages| Chart::from_pages(self.head.indexed_records, pages.iter().map(Vec::as_slice)).ok());
            match chart {
                Some(chart) => self.chart = chart,
                None => self.head.indexed_blocks = 1,
            }
        }
        for block in self.head.indexed_blocks..self.head.blocks {
            let entries = self.read_block(rows, block).await?;
            self.index_block(block, &entries)?;
        }
        self.chart.resolve_sources();
        Ok(())
    }

    fn index_block(&mut self, block: u32, entries: &[BlockEntry]) -> Result<(), Fault> {
        for item in entries {
            match &item.entry {
                Entry::Input(input) => self.note_input(item.commitment, input),
                Entry::Resource(entry) => {
                    let facts = chartchain_fhir::facts(&entry.json)
                        .map_err(|_| Fault::Damaged(format!("an entry of block {block} is no resource")))?;
                    let content = content_hash(entry.full_url.as_deref(), &entry.json);
                    let place = ChartPlace { block, segment: item.segment, row: item.row };
                    self.index_entry(item.commitment, place, entry, content, facts);
                }
            }
        }
        Ok(())
    }

    fn note_input(&mut self, commitment: Commitment, input: &InputEntry) {
        if self.head.inputs.iter().all(|known| known.commitment != commitment) {
            self.head.inputs.push(InputMeta {
                commitment,
                name: input.name.clone(),
                at_ms: input.at_ms,
                sha256: input.sha256,
            });
        }
    }

    fn index_entry(
        &mut self,
        commitment: Commitment,
        place: ChartPlace,
        entry: &ResourceEntry,
        content: ContentHash,
        facts: Facts,
    ) {
        let input = entry.input.and_then(|name| self.head.inputs.iter().position(|known| known.commitment == name));
        self.chart.add(NewEntry {
            commitment,
            place,
            content,
            full_url: entry.full_url.clone(),
            input: input.and_then(|number| u16::try_from(number).ok()),
            relation: Relation { supersedes: entry.supersedes.clone(), older_than: entry.older_than },
            facts,
        });
    }

    /// Signs one block with these entries and stores it. When this returns, everything in it is durable; when it
    /// fails, nothing is changed.
    pub(crate) async fn append<S: Store>(
        &mut self,
        rows: &Rows<S>,
        input: Option<InputEntry>,
        resources: Vec<NewResource>,
        import: Option<ImportState>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<Commitment>, Fault> {
        let feed = self.device.feed.verify_key();
        let draft = self.ledger.draft(&feed).ok_or_else(|| {
            Fault::NotNow("this device was probably restored from a backup; its key is retired".into())
        })?;
        let place = Place { ledger: Hash(self.id), feed, seq: draft.seq() };
        let mut writer = BlockWriter { keyring: &self.keyring, place, segments: BTreeMap::new(), rng };
        let mut input_commitment = None;
        if let Some(input) = &input {
            let (commitment, _) = writer.push(Compartment::General, &Entry::Input(input.clone()))?;
            input_commitment = Some(commitment);
        }
        let mut placed = Vec::with_capacity(resources.len());
        for mut resource in resources {
            if resource.entry.input.is_none() {
                resource.entry.input = input_commitment;
            }
            let compartment = resource.facts.compartment;
            let entry = Entry::Resource(resource.entry);
            let (commitment, row) = writer.push(compartment, &entry)?;
            let Entry::Resource(entry) = entry else { continue };
            placed.push((commitment, compartment, row, NewResource { entry, ..resource }));
        }
        let numbers: Vec<Compartment> = writer.segments.keys().copied().collect();
        let body = writer.finish();
        let claimed_ms = u64::try_from(now_ms).unwrap_or(0);
        let block = draft.sign(Class::Data, claimed_ms, Vec::new(), &body, &self.device.feed);
        let number = self.head.blocks;
        let mut head = self.head.clone();
        head.blocks += 1;
        head.entries = u32::try_from(self.chart.len() + placed.len()).unwrap_or(u32::MAX);
        // Stored with its name, or an import that is killed after its first block would write its input twice.
        head.import = import.map(|state| state.with_entry(input_commitment));
        if let (Some(commitment), Some(input)) = (input_commitment, &input) {
            head.inputs.push(InputMeta {
                commitment,
                name: input.name.clone(),
                at_ms: input.at_ms,
                sha256: input.sha256,
            });
        }
        let mut header_page = self.header_page.clone();
        header_page.push(block.header.clone());
        let page = number / HEADERS_PER_PAGE as u32;
        let mut batch = RowBatch::default();
        batch.put_state(RowName::head(&self.id), &head)?;
        batch.put_state(RowName::headers(&self.id, page), &header_page)?;
        batch.put(RowName::body(&self.id, number), block.body);
        rows.commit(batch, rng).await?;
        match self.ledger.offer(&block.header) {
            Ok(Offer::Accepted(hashes)) => self.arrivals.extend(hashes),
            _ => return Err(Fault::Damaged("an own block was refused".into())),
        }
        self.head = head;
        self.header_page = if header_page.len() == HEADERS_PER_PAGE { Vec::new() } else { header_page };
        // In the order in which the block is read back, so that an index made anew is the same.
        placed.sort_by_key(|(_, compartment, row, _)| (*compartment, *row));
        for (commitment, compartment, row, resource) in placed {
            let segment = numbers.iter().position(|known| *known == compartment).unwrap_or(0);
            let place = ChartPlace { block: number, segment: u16::try_from(segment).unwrap_or(0), row };
            self.index_entry(commitment, place, &resource.entry, resource.content, resource.facts);
        }
        if self.head.blocks - self.head.indexed_blocks >= INDEX_EVERY_BLOCKS {
            self.store_index(rows, rng).await?;
        }
        Ok(input_commitment)
    }

    /// Stores the changed pages of the index.
    pub(crate) async fn store_index<S: Store>(
        &mut self,
        rows: &Rows<S>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        self.chart.resolve_sources();
        let pages = self.chart.take_changed_pages().map_err(|error| Fault::Storage(error.to_string()))?;
        let mut batch = RowBatch::default();
        for (page, content) in pages {
            let packed = lz4_flex::block::compress_prepend_size(&content);
            batch.put(RowName::page(&self.id, page.to_name()), packed);
        }
        let mut head = self.head.clone();
        head.indexed_blocks = head.blocks;
        head.indexed_records = u32::try_from(self.chart.len()).unwrap_or(u32::MAX);
        head.entries = head.indexed_records;
        batch.put_state(RowName::head(&self.id), &head)?;
        rows.commit(batch, rng).await?;
        self.head = head;
        Ok(())
    }

    /// Stores the head alone, after `change`.
    pub(crate) async fn store_head<S: Store>(
        &mut self,
        rows: &Rows<S>,
        mut batch: RowBatch,
        change: impl FnOnce(&mut Head),
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let mut head = self.head.clone();
        change(&mut head);
        batch.put_state(RowName::head(&self.id), &head)?;
        rows.commit(batch, rng).await?;
        self.head = head;
        Ok(())
    }

    /// Deletes every row of it.
    pub(crate) async fn discard<S: Store>(self, rows: &Rows<S>, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        let mut batch = RowBatch::default();
        batch.delete(RowName::head(&self.id));
        for page in 0..header_pages(self.head.blocks) {
            batch.delete(RowName::headers(&self.id, page));
        }
        for block in 0..self.head.blocks {
            batch.delete(RowName::body(&self.id, block));
        }
        for page in ChartPage::all(u32::try_from(self.chart.len()).unwrap_or(u32::MAX)) {
            batch.delete(RowName::page(&self.id, page.to_name()));
        }
        rows.commit(batch, rng).await
    }

    /// All entries of a block that this device can read.
    pub(crate) async fn read_block<S: Store>(&self, rows: &Rows<S>, block: u32) -> Result<Vec<BlockEntry>, Fault> {
        let body = rows
            .read_one(RowName::body(&self.id, block))
            .await?
            .ok_or_else(|| Fault::Damaged(format!("block {block} is missing")))?;
        self.open_body(block, &body)
    }

    fn place_of(&self, block: u32) -> Result<(Place, Class, Hash), Fault> {
        let meta = self.arrivals.get(block as usize).and_then(|hash| self.ledger.block(hash)).ok_or(Fault::NotFound)?;
        Ok((Place { ledger: Hash(self.id), feed: meta.feed, seq: meta.seq }, meta.class, meta.content_root))
    }

    fn open_body(&self, block: u32, bytes: &[u8]) -> Result<Vec<BlockEntry>, Fault> {
        let damaged = |error: &dyn core::fmt::Display| Fault::Damaged(format!("block {block}: {error}"));
        let (place, class, content_root) = self.place_of(block)?;
        let body = Body::read_checked(class, bytes, &content_root).map_err(|error| damaged(&error))?;
        let mut entries = Vec::new();
        for (number, segment) in (0u16..).zip(body.segments()) {
            let open = segment.open(&self.keyring, place).map_err(|error| damaged(&error))?;
            for row in 0..u32::try_from(segment.rows().len()).unwrap_or(0) {
                let (EntryCommitment(commitment), packed) = open.open_entry(row).map_err(|error| damaged(&error))?;
                let entry = Entry::unpack(segment.codec(), &packed).map_err(|error| damaged(&error))?;
                entries.push(BlockEntry { commitment, segment: number, row, entry });
            }
        }
        Ok(entries)
    }

    /// One entry by its place. Its row, commitment and seal are checked.
    pub(crate) async fn read_entry<S: Store>(
        &mut self,
        rows: &Rows<S>,
        at: ChartPlace,
    ) -> Result<(Commitment, Entry), Fault> {
        let block = at.block;
        if self.body_cache.as_ref().is_none_or(|(cached, _)| *cached != block) {
            let body = rows.read_one(RowName::body(&self.id, block)).await?;
            let body = body.ok_or_else(|| Fault::Damaged(format!("block {block} is missing")))?;
            self.body_cache = Some((block, body));
        }
        let bytes = self.body_cache.as_ref().map(|(_, body)| body.as_slice()).unwrap_or_default();
        let damaged = |error: &dyn core::fmt::Display| Fault::Damaged(format!("block {block}: {error}"));
        let (place, class, _) = self.place_of(block)?;
        let body = Body::read(class, bytes).map_err(|error| damaged(&error))?;
        let segment = body.segments().get(usize::from(at.segment)).ok_or(Fault::NotFound)?;
        let open = segment.open(&self.keyring, place).map_err(|error| damaged(&error))?;
        let (EntryCommitment(commitment), packed) = open.open_entry(at.row).map_err(|error| damaged(&error))?;
        let entry = Entry::unpack(segment.codec(), &packed).map_err(|error| damaged(&error))?;
        Ok((commitment, entry))
    }

    /// The keys that open its segments.
    pub(crate) const fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Feed key of this device.
    pub(crate) fn own_feed(&self) -> chartchain_keys::VerifyKey {
        self.device.feed.verify_key()
    }

    /// A ledger in one line without opening it.
    pub(crate) async fn read_card<S: Store>(rows: &Rows<S>, id: [u8; 32]) -> Result<Option<LedgerCard>, Fault> {
        let head: Option<Head> = rows.read_state(RowName::head(&id)).await?;
        Ok(head.map(|head| LedgerCard {
            id: LedgerId(Hash(id).to_hex()),
            subject: head.subject.clone(),
            made_up: head.made_up,
            entries: head.entries,
            blocks: head.blocks,
        }))
    }

    /// In one line, for the list of ledgers.
    pub(crate) fn card(&self) -> LedgerCard {
        LedgerCard {
            id: LedgerId(Hash(self.id).to_hex()),
            subject: self.head.subject.clone(),
            made_up: self.head.made_up,
            entries: u32::try_from(self.chart.len()).unwrap_or(u32::MAX),
            blocks: self.head.blocks,
        }
    }
}

impl Head {
    /// Records that the stored pages of the index hold.
    pub(crate) const fn indexed_records(&self) -> u32 {
        self.indexed_records
    }
}

/// Names of header pages of a ledger with so many blocks.
pub(crate) fn header_pages(blocks: u32) -> u32 {
    blocks.div_ceil(HEADERS_PER_PAGE as u32)
}

/// An entry as it stands in a block.
pub(crate) struct BlockEntry {
    pub(crate) commitment: Commitment,
    pub(crate) segment: u16,
    pub(crate) row: u32,
    pub(crate) entry: Entry,
}

/// Collects entries into one segment per compartment.
struct BlockWriter<'a, R: CryptoRng> {
    keyring: &'a Keyring,
    place: Place,
    segments: BTreeMap<Compartment, SegmentDraft>,
    rng: &'a mut R,
}

impl<R: CryptoRng> BlockWriter<'_, R> {
    fn push(&mut self, compartment: Compartment, entry: &Entry) -> Result<(Commitment, u32), Fault> {
        if !self.segments.contains_key(&compartment) {
            let id = CompartmentId(compartment as u8);
            let epochs: Vec<EpochId> = self.keyring.epochs().map(|(epoch, _)| *epoch).collect();
            let key = self.keyring.derive_key(id, &epochs).ok_or_else(|| Fault::Damaged("compartment keys".into()))?;
            let draft = SegmentDraft::new(id, &key, epochs, self.place, CODEC, self.rng);
            self.segments.insert(compartment, draft);
        }
        let segment = self.segments.get_mut(&compartment).ok_or(Fault::NotFound)?;
        let row = u32::try_from(segment.len()).unwrap_or(u32::MAX);
        let EntryCommitment(commitment) =
            segment.push(&entry.pack(), self.rng).map_err(|error| Fault::NotNow(error.to_string()))?;
        Ok((commitment, row))
    }

    fn finish(self) -> Body<'static> {
        Body::Segments(self.segments.into_values().map(SegmentDraft::finish).collect())
    }
}
