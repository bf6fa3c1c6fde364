use std::collections::BTreeMap;

use chartchain_chart::{Commitment, Place as ChartPlace};
use chartchain_fhir::Compartment;
use chartchain_keys::{CompartmentId, EpochId, Keyring};
use chartchain_ledger::{Body, Class, EntryCommitment, Hash, Offer, Place, SegmentDraft};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::block_row;
use crate::documents::DocumentUpdate;
use crate::entry::{CODEC, Entry, InputEntry};
use crate::import::ImportState;
use crate::index::{InputMeta, NewResource, add_entry};
use crate::open::{HEADERS_PER_PAGE, Head, OpenLedger};
use crate::protocol::Fault;
use crate::rows::{RowBatch, RowName, Rows};

/// The index is stored after this many blocks, so that opening has few blocks to read.
const INDEX_EVERY_BLOCKS: u32 = 64;

impl OpenLedger {
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
        self.append_block(rows, input, resources, import, None, now_ms, rng).await
    }

    /// The same with changes of a document, and with the document that they make.
    #[expect(clippy::too_many_arguments, reason = "what a block holds is written in one go")]
    pub(crate) async fn append_block<S: Store>(
        &mut self,
        rows: &Rows<S>,
        input: Option<InputEntry>,
        resources: Vec<NewResource>,
        import: Option<ImportState>,
        document: Option<DocumentUpdate>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<Commitment>, Fault> {
        if self.damage.stops_writing() {
            // Without its newest blocks this feed would fork.
            return Err(Fault::Damaged("blocks are missing here, so that nothing can be added".into()));
        }
        let feed = self.root.device().feed.verify_key();
        let draft = self.ledger.draft(&feed).ok_or_else(|| {
            Fault::NotNow("the key of this device is retired: it was ended, or was used in two places".into())
        })?;
        let place = Place { ledger: Hash(self.id), feed, seq: draft.seq() };
        let mut writer = BlockWriter { keyring: self.root.keyring(), place, segments: BTreeMap::new(), rng };
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
        for entry in document.iter().flat_map(DocumentUpdate::entries) {
            writer.push(Compartment::General, &entry)?;
        }
        let numbers: Vec<Compartment> = writer.segments.keys().copied().collect();
        let body = writer.finish();
        let claimed_ms = u64::try_from(now_ms).unwrap_or(0);
        let block = draft.sign(Class::Data, claimed_ms, Vec::new(), &body, &self.root.device().feed);
        let number = self.head.blocks;
        let mut head = self.head.clone();
        head.blocks += 1;
        head.entries = u32::try_from(self.chart.len() + placed.len()).unwrap_or(u32::MAX);
        if let Some(state) = import {
            // Stored with its name, or an import that is killed after its first block would write its input twice.
            head.import = Some(state.moved_on(input_commitment));
        }
        if let (Some(commitment), Some(input)) = (input_commitment, &input) {
            head.inputs.push(InputMeta::new(commitment, input));
        }
        let mut batch = RowBatch::default();
        let mut shelf = None;
        if let Some(update) = &document {
            let mut changed = self.shelf.clone();
            changed.know(head.blocks);
            update.put(&self.id, &mut changed, &mut batch)?;
            changed.put(&self.id, &mut batch)?;
            head.changes = changed.changes();
            shelf = Some(changed);
        }
        batch.put_twice(RowName::head(&self.id), &head)?;
        let header_page = self.put_block(&block.header, &block.body, &mut batch)?;
        rows.commit(batch, rng).await?;
        match self.ledger.offer(&block.header) {
            Ok(Offer::Accepted(hashes)) => self.arrivals.extend(hashes.into_iter().map(Some)),
            _ => return Err(Fault::Storage("an own block was refused".into())),
        }
        self.head = head;
        self.shelf = shelf.unwrap_or_else(|| core::mem::take(&mut self.shelf));
        self.header_page = header_page;
        // In the order in which the block is read back, so that an index made anew is the same.
        placed.sort_by_key(|(_, compartment, row, _)| (*compartment, *row));
        for (commitment, compartment, row, resource) in placed {
            let segment = numbers.iter().position(|known| *known == compartment).unwrap_or(0);
            let place = ChartPlace { block: number, segment: u16::try_from(segment).unwrap_or(0), row };
            let indexed = (resource.content, resource.facts);
            add_entry(&mut self.chart, &self.head.inputs, commitment, place, &resource.entry, indexed);
        }
        if self.head.blocks - self.head.indexed_blocks >= INDEX_EVERY_BLOCKS {
            self.store_index(rows, rng).await?;
        }
        Ok(input_commitment)
    }

    /// Puts the next block and the page of its header among rows that are written together; gives the page that the
    /// header after it goes to.
    pub(crate) fn put_block(&self, header: &[u8], body: &[u8], batch: &mut RowBatch) -> Result<Vec<Vec<u8>>, Fault> {
        let number = self.head.blocks;
        let mut page = self.header_page.clone();
        page.push(header.to_vec());
        batch.put_state(RowName::headers(&self.id, number / HEADERS_PER_PAGE as u32), &page)?;
        // Where a block is already, this device is behind what is stored.
        batch.expect_none(RowName::block(&self.id, number));
        batch.put(RowName::block(&self.id, number), block_row::join(header, body));
        Ok(if page.len() == HEADERS_PER_PAGE { Vec::new() } else { page })
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
        // What it lists in blocks that will not be read again when the ledger is opened.
        let mut shelf = self.shelf.clone();
        shelf.know(head.blocks);
        head.changes = shelf.changes();
        if head.changes > 0 {
            shelf.put(&self.id, &mut batch)?;
        }
        batch.put_twice(RowName::head(&self.id), &head)?;
        rows.commit(batch, rng).await?;
        self.head = head;
        self.shelf = shelf;
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
        batch.put_twice(RowName::head(&self.id), &head)?;
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
        let EntryCommitment(commitment) =
            segment.push(&entry.pack(), self.rng).map_err(|error| Fault::NotNow(error.to_string()))?;
        Ok((commitment, row))
    }

    fn finish(self) -> Body<'static> {
        Body::Segments(self.segments.into_values().map(SegmentDraft::finish).collect())
    }
}
