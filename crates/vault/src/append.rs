use std::collections::BTreeMap;

use chartchain_chart::{Commitment, Place as ChartPlace};
use chartchain_fhir::Compartment;
use chartchain_keys::{CompartmentId, EpochId, Keyring};
use chartchain_ledger::{Body, Class, Draft, Hash, Offer, Place, SegmentDraft, SignedBlock};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::block_row;
use crate::documents::Shelf;
use crate::entry::{CODEC, Entry, FileRef, InputEntry, input_name};
use crate::import::ImportState;
use crate::index::{InputMeta, NewResource, add_entry, name_of, pack_page};
use crate::open::{HEADERS_PER_PAGE, Head, OpenLedger};
use crate::protocol::Fault;
use crate::rows::{RowBatch, RowName, Rows};

/// The index is stored after this many blocks, so that opening has few blocks to read.
const INDEX_EVERY_BLOCKS: u32 = 64;
/// And behind an import that brought in more than this.
const INDEX_EVERY_ENTRIES: usize = 24;
/// Bytes of a file to a block: sealed and padded they fill the pieces that stores keep rows in.
const FILE_PART_BYTES: usize = 960 * 1024;

/// Blocks that are written together, and what is written with them.
pub(crate) struct NewBlocks {
    pub(crate) batch: RowBatch,
    pub(crate) head: Head,
    /// Header pages that change, by number.
    pages: BTreeMap<u32, Vec<Vec<u8>>>,
    newest: Option<SignedBlock>,
    /// The list of documents, where it changes.
    pub(crate) shelf: Option<Shelf>,
}

/// Entries of a block that is signed, where they stand.
struct Placed {
    block: u32,
    /// In order of the segments.
    compartments: Vec<Compartment>,
    input: Option<Commitment>,
    resources: Vec<(Commitment, Compartment, u32, NewResource)>,
}

impl OpenLedger {
    /// Begins to write blocks.
    pub(crate) fn new_blocks(&self) -> Result<NewBlocks, Fault> {
        if self.damage.stops_writing() {
            // Without its newest blocks this feed would fork.
            return Err(Fault::Damaged("blocks are missing here, so that nothing can be added".into()));
        }
        let head = self.head.clone();
        let page = head.blocks / HEADERS_PER_PAGE as u32;
        let pages = BTreeMap::from([(page, self.header_page.clone())]);
        Ok(NewBlocks { batch: RowBatch::default(), head, pages, newest: None, shelf: None })
    }

    /// The next block of this device, to be signed.
    pub(crate) fn draft(&self) -> Result<Draft, Fault> {
        self.ledger.draft(&self.own_feed()).filter(|_| !self.root.is_retired()).ok_or(Fault::Retired)
    }

    /// Puts a signed block with those that are written together. Those before it are taken in already, because the next
    /// one builds on them; the last one is only once all are durable.
    pub(crate) fn put_block(&mut self, new: &mut NewBlocks, block: SignedBlock) -> Result<(), Fault> {
        if let Some(before) = new.newest.take() {
            self.take_own(&before)?;
        }
        let number = new.head.blocks;
        new.head.blocks += 1;
        new.pages.entry(number / HEADERS_PER_PAGE as u32).or_default().push(block.header.clone());
        // Where a block is already, this device is behind what is stored.
        new.batch.expect_none(RowName::block(&self.id, number));
        new.batch.put(RowName::block(&self.id, number), block_row::join(&block.header, &block.body));
        new.newest = Some(block);
        Ok(())
    }

    fn take_own(&mut self, block: &SignedBlock) -> Result<(), Fault> {
        match self.ledger.offer_with_body(&block.header, &block.body) {
            Ok(Offer::Accepted(hashes)) => self.arrivals.extend(hashes.into_iter().map(Some)),
            _ => return Err(Fault::Storage("an own block was refused".into())),
        }
        Ok(())
    }

    /// Stores all of them, or none. When this returns, everything in them is durable.
    pub(crate) async fn write_blocks<S: Store>(
        &mut self,
        rows: &Rows<S>,
        mut new: NewBlocks,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        if let Some(shelf) = &mut new.shelf {
            shelf.put(&self.id, &mut new.head, &mut new.batch)?;
        }
        self.put_head(&mut new.head, &mut new.batch)?;
        for (page, headers) in new.pages.iter().filter(|(_, headers)| !headers.is_empty()) {
            new.batch.put_state(RowName::headers(&self.id, *page), headers)?;
        }
        if let Err(fault) = rows.commit(new.batch, rng).await {
            // Blocks may be taken in here that are not stored: nothing builds on them before all is read anew.
            self.damage.rolled_back |= self.arrivals.len() > self.head.blocks as usize;
            return Err(fault);
        }
        if let Some(block) = &new.newest {
            self.take_own(block)?;
        }
        let newest = new.pages.pop_last().map(|(_, headers)| headers).unwrap_or_default();
        self.header_page = if newest.len() == HEADERS_PER_PAGE { Vec::new() } else { newest };
        self.head = new.head;
        self.shelf = new.shelf.unwrap_or_else(|| core::mem::take(&mut self.shelf));
        Ok(())
    }

    /// Signs one block with these entries and stores it. When this returns, everything in it is durable; when it
    /// fails, none of it is. The index may still have to be stored then, and what is stored counts.
    pub(crate) async fn append<S: Store>(
        &mut self,
        rows: &Rows<S>,
        input: Option<InputEntry>,
        resources: Vec<NewResource>,
        import: Option<ImportState>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<Commitment>, Fault> {
        let new = self.new_blocks()?;
        self.append_to(rows, new, (input, import), resources, now_ms, rng).await
    }

    /// The same with what else is in `new`.
    pub(crate) async fn append_to<S: Store>(
        &mut self,
        rows: &Rows<S>,
        mut new: NewBlocks,
        (input, import): (Option<InputEntry>, Option<ImportState>),
        resources: Vec<NewResource>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<Commitment>, Fault> {
        let placed = self.put_entries(&mut new, input.as_ref(), resources, now_ms, rng)?;
        if let Some(state) = import {
            // Stored with its name, or an import that is killed after its first block would write its input twice.
            new.head.import = Some(state.moved_on(placed.input));
        }
        if let (Some(commitment), Some(input)) = (placed.input, &input) {
            new.head.inputs.push(InputMeta::new(commitment, input));
        }
        self.write_blocks(rows, new, rng).await?;
        let made = placed.input;
        self.index_placed(placed);
        self.store_index_if_due(rows, rng).await?;
        Ok(made)
    }

    /// Signs one block with entries that the index does not list.
    pub(crate) fn put_unlisted(
        &mut self,
        new: &mut NewBlocks,
        entries: impl Iterator<Item = Entry>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let draft = self.draft_next(new)?;
        let mut writer = self.writer(&draft, rng);
        for entry in entries {
            writer.push(Compartment::General, &entry)?;
        }
        let body = writer.finish();
        let block = self.sign(draft, Class::Data, &body, now_ms);
        self.put_block(new, block)
    }

    /// Whether opening would have much to read behind an import, if the index were not stored.
    pub(crate) fn is_index_far_behind(&self) -> bool {
        self.head.blocks - self.head.indexed_blocks >= INDEX_EVERY_BLOCKS
            || self.chart.len().saturating_sub(self.head.indexed_records as usize) > INDEX_EVERY_ENTRIES
    }

    /// Stores the index where opening would have many blocks to read.
    pub(crate) async fn store_index_if_due<S: Store>(
        &mut self,
        rows: &Rows<S>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        if self.head.blocks - self.head.indexed_blocks < INDEX_EVERY_BLOCKS {
            return Ok(());
        }
        self.store_index(rows, rng).await
    }

    /// Writes a resource with the file that it tells of: each part in a block of its own, and the resource last. All of it
    /// or nothing, with what else is in `new`.
    pub(crate) async fn append_with_file<S: Store>(
        &mut self,
        rows: &Rows<S>,
        mut new: NewBlocks,
        bytes: &[u8],
        mut resource: NewResource,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let parts = bytes.chunks(FILE_PART_BYTES);
        let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        let seq = self.draft_next(&mut new)?.seq();
        resource.entry.file = Some(FileRef { feed: self.own_feed().0, seq, parts: count });
        for part in parts {
            let draft = self.draft_next(&mut new)?;
            let mut writer = self.writer(&draft, rng);
            writer.push(resource.facts.compartment, &Entry::Part(part.to_vec()))?;
            let body = writer.finish();
            let block = self.sign(draft, Class::Data, &body, now_ms);
            self.put_block(&mut new, block)?;
        }
        let placed = self.put_entries(&mut new, None, vec![resource], now_ms, rng)?;
        self.write_blocks(rows, new, rng).await?;
        self.index_placed(placed);
        // The next opening reads the blocks behind the index, and these are large.
        self.store_index(rows, rng).await
    }

    /// The draft of the next block, behind those that are not written yet.
    pub(crate) fn draft_next(&mut self, new: &mut NewBlocks) -> Result<Draft, Fault> {
        if let Some(before) = new.newest.take() {
            self.take_own(&before)?;
        }
        self.draft()
    }

    pub(crate) fn sign(&self, draft: Draft, class: Class, body: &Body<'_>, now_ms: i64) -> SignedBlock {
        let claimed_ms = u64::try_from(now_ms).unwrap_or(0);
        draft.sign(class, claimed_ms, Vec::new(), body, &self.root.device().feed)
    }

    fn writer<'a, R: CryptoRng>(&'a self, draft: &Draft, rng: &'a mut R) -> BlockWriter<'a, R> {
        let place = Place { ledger: Hash(self.id), feed: self.own_feed(), seq: draft.seq() };
        BlockWriter { keyring: self.root.keyring(), place, segments: BTreeMap::new(), rng }
    }

    /// Signs one block with these entries.
    fn put_entries(
        &mut self,
        new: &mut NewBlocks,
        input: Option<&InputEntry>,
        resources: Vec<NewResource>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Placed, Fault> {
        let draft = self.draft_next(new)?;
        let mut writer = self.writer(&draft, rng);
        let mut input_commitment = None;
        if let Some(input) = input {
            let (commitment, _) = writer.push(Compartment::General, &Entry::Input(input.clone()))?;
            input_commitment = Some(commitment);
        }
        let mut placed = Vec::with_capacity(resources.len());
        for mut resource in resources {
            if resource.entry.input.is_none() {
                resource.entry.input = input_commitment.as_ref().map(input_name);
            }
            let compartment = resource.facts.compartment;
            let entry = Entry::Resource(resource.entry);
            let (commitment, row) = writer.push(compartment, &entry)?;
            let Entry::Resource(entry) = entry else { continue };
            placed.push((commitment, compartment, row, NewResource { entry, ..resource }));
        }
        let compartments: Vec<Compartment> = writer.segments.keys().copied().collect();
        let body = writer.finish();
        let block = self.sign(draft, Class::Data, &body, now_ms);
        let number = new.head.blocks;
        self.put_block(new, block)?;
        new.head.entries = u32::try_from(self.chart.len() + placed.len()).unwrap_or(u32::MAX);
        Ok(Placed { block: number, compartments, input: input_commitment, resources: placed })
    }

    /// Adds what was written to the index.
    fn index_placed(&mut self, mut placed: Placed) {
        // In the order in which the block is read back, so that an index made anew is the same.
        placed.resources.sort_by_key(|(_, compartment, row, _)| (*compartment, *row));
        for (commitment, compartment, row, resource) in placed.resources {
            let segment = placed.compartments.iter().position(|known| *known == compartment).unwrap_or(0);
            let place = ChartPlace { block: placed.block, segment: u16::try_from(segment).unwrap_or(0), row };
            let indexed = (resource.content, resource.facts);
            add_entry(&mut self.chart, &self.head.inputs, commitment, place, &resource.entry, indexed);
        }
    }

    /// Stores the changed pages of the index.
    pub(crate) async fn store_index<S: Store>(
        &mut self,
        rows: &Rows<S>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        self.store_index_and_head(rows, |_| {}, rng).await
    }

    /// Stores the changed pages of the index and the head, after `change`.
    pub(crate) async fn store_index_and_head<S: Store>(
        &mut self,
        rows: &Rows<S>,
        change: impl FnOnce(&mut Head),
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let (mut batch, mut indexed) = (RowBatch::default(), self.head.clone());
        self.put_index(&mut batch, &mut indexed)?;
        let change = |head: &mut Head| {
            *head = indexed;
            change(head);
        };
        self.store_head(rows, batch, change, rng).await?;
        self.index_in_doubt = false;
        Ok(())
    }

    /// Puts the changed pages of the index with what is written. Whoever stores them takes the doubt away.
    pub(crate) fn put_index(&mut self, batch: &mut RowBatch, head: &mut Head) -> Result<(), Fault> {
        if core::mem::replace(&mut self.index_in_doubt, true) {
            // Pages that were taken before were not stored.
            self.chart.mark_changed();
        }
        self.chart.resolve_sources();
        let pages = self.chart.take_changed_pages().map_err(|error| Fault::Storage(error.to_string()))?;
        for (page, content) in pages {
            batch.put(RowName::page(&self.id, page.to_name()), pack_page(&content));
        }
        head.indexed_blocks = head.blocks;
        head.indexed_records = u32::try_from(self.chart.len()).unwrap_or(u32::MAX);
        head.entries = head.indexed_records;
        // It lists what stands in blocks that will not be read again when the ledger is opened.
        self.shelf.know(head.blocks);
        self.shelf.put(&self.id, head, batch)
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
        self.put_head(&mut head, &mut batch)?;
        rows.commit(batch, rng).await?;
        self.head = head;
        Ok(())
    }
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
        let commitment = segment.push(&entry.pack(), self.rng).map_err(|error| Fault::NotNow(error.to_string()))?;
        Ok((name_of(&commitment), row))
    }

    fn finish(self) -> Body<'static> {
        Body::Segments(self.segments.into_values().map(SegmentDraft::finish).collect())
    }
}
