use std::collections::BTreeMap;

use chartchain_chart::{Commitment, Place as ChartPlace};
use chartchain_fhir::Compartment;
use chartchain_keys::{CompartmentId, EpochId, Keyring};
use chartchain_ledger::{Body, Class, Hash, Offer, Place, SegmentDraft};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::block_row;
use crate::entry::{CODEC, Entry, InputEntry, input_name};
use crate::import::ImportState;
use crate::index::{InputMeta, NewResource, add_entry, name_of, pack_page};
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
                resource.entry.input = input_commitment.as_ref().map(input_name);
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
        let mut header_page = self.header_page.clone();
        header_page.push(block.header.clone());
        let page = number / HEADERS_PER_PAGE as u32;
        let mut batch = RowBatch::default();
        batch.put_twice(RowName::head(&self.id), &head)?;
        batch.put_state(RowName::headers(&self.id, page), &header_page)?;
        // Where a block is already, this device is behind what is stored.
        batch.expect_none(RowName::block(&self.id, number));
        batch.put(RowName::block(&self.id, number), block_row::join(&block.header, &block.body));
        rows.commit(batch, rng).await?;
        match self.ledger.offer(&block.header) {
            Ok(Offer::Accepted(hashes)) => self.arrivals.extend(hashes.into_iter().map(Some)),
            _ => return Err(Fault::Storage("an own block was refused".into())),
        }
        self.head = head;
        self.header_page = if header_page.len() == HEADERS_PER_PAGE { Vec::new() } else { header_page };
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
            batch.put(RowName::page(&self.id, page.to_name()), pack_page(&content));
        }
        let mut head = self.head.clone();
        head.indexed_blocks = head.blocks;
        head.indexed_records = u32::try_from(self.chart.len()).unwrap_or(u32::MAX);
        head.entries = head.indexed_records;
        batch.put_twice(RowName::head(&self.id), &head)?;
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
        let commitment = segment.push(&entry.pack(), self.rng).map_err(|error| Fault::NotNow(error.to_string()))?;
        Ok((name_of(&commitment), row))
    }

    fn finish(self) -> Body<'static> {
        Body::Segments(self.segments.into_values().map(SegmentDraft::finish).collect())
    }
}
