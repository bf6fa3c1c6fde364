//! Erasing: an entry goes with all its versions and files. A block says so for every holder, and here its rows are replaced
//! by their hashes at once, in the same commit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chartchain_ledger::{Body, Class, Erasure, Hash, MAX_ERASED_RUNS};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::append::NewBlocks;
use crate::block_row;
use crate::entry::Entry;
use crate::open::OpenLedger;
use crate::protocol::{DraftOf, EntryId, Fault};
use crate::rows::{RowBatch, RowName, Rows};

/// Rows of segments, by block.
#[derive(Default, Clone, PartialEq, Eq)]
pub(crate) struct ErasedSet(BTreeMap<u32, BTreeSet<(u16, u32)>>);

impl ErasedSet {
    /// Whether this row was erased.
    pub(crate) fn holds(&self, block: u32, segment: u16, row: u32) -> bool {
        self.0.get(&block).is_some_and(|rows| rows.contains(&(segment, row)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something of this block was erased.
    pub(crate) fn touches(&self, block: u32) -> bool {
        self.0.contains_key(&block)
    }

    pub(crate) fn insert(&mut self, block: u32, segment: u16, row: u32) {
        self.0.entry(block).or_default().insert((segment, row));
    }

    /// Adds what an erase block names. Blocks that are not here do not matter yet.
    pub(crate) fn take(&mut self, erasure: &Erasure, blocks: &HashMap<Hash, u32>) {
        for run in erasure.runs() {
            let Some(block) = blocks.get(&run.block) else { continue };
            (run.first..run.first.saturating_add(run.count)).for_each(|row| self.insert(*block, run.segment, row));
        }
    }

    fn rows(&self) -> impl Iterator<Item = (u32, u16, u32)> {
        self.0.iter().flat_map(|(block, rows)| rows.iter().map(|(segment, row)| (*block, *segment, *row)))
    }
}

/// What was erased.
pub(crate) struct Erased {
    /// Versions of the entry.
    pub(crate) versions: u32,
    /// Inputs with files of drafts that went with it.
    pub(crate) inputs: Vec<u32>,
}

impl OpenLedger {
    /// Reads what all erase blocks name. Called when the headers are loaded.
    pub(crate) async fn load_erased<S: Store>(&mut self, rows: &Rows<S>) -> Result<(), Fault> {
        self.erased = self.erased_of(rows, &self.block_numbers()).await?;
        Ok(())
    }

    /// What the erase blocks that are here name of these blocks.
    pub(crate) async fn erased_of<S: Store>(
        &self,
        rows: &Rows<S>,
        blocks: &HashMap<Hash, u32>,
    ) -> Result<ErasedSet, Fault> {
        let mut erased = ErasedSet::default();
        let is_erase = |block: &u32| self.meta(*block).is_some_and(|meta| meta.class == Class::Erase);
        let wanted: Vec<u32> = (0..u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX)).filter(is_erase).collect();
        for block in wanted {
            match self.read_erasure(rows, block).await {
                Ok(erasure) => erased.take(&erasure, blocks),
                // Verifying tells.
                Err(Fault::Damaged(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(erased)
    }

    async fn read_erasure<S: Store>(&self, rows: &Rows<S>, block: u32) -> Result<Erasure, Fault> {
        let damaged = |error: &dyn core::fmt::Display| Fault::Damaged(format!("block {block}: {error}"));
        let row = self.read_row(rows, block).await?;
        let (_, bytes) = block_row::split(&row)?;
        let (_, class, content_root) = self.place_of(block)?;
        let body = Body::read_checked(class, bytes, &content_root).map_err(|error| damaged(&error))?;
        Erasure::read(&body).map_err(|error| damaged(&error))
    }

    /// Numbers of blocks by name.
    pub(crate) fn block_numbers(&self) -> HashMap<Hash, u32> {
        (0u32..).zip(&self.arrivals).filter_map(|(number, hash)| Some(((*hash)?, number))).collect()
    }

    /// Erases an entry with all its versions, their files and drafts. All of it or nothing; when this returns, it is gone
    /// from blocks, index and search.
    pub(crate) async fn erase<S: Store>(
        &mut self,
        rows: &Rows<S>,
        id: &EntryId,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Erased, Fault> {
        if self.head.import.is_some() {
            return Err(Fault::NotNow("an import has not ended: go on with it, or put it away".into()));
        }
        let versions: BTreeSet<u32> = self.chart.versions(self.find_entry(id)?).into_iter().collect();
        let mut gone = ErasedSet::default();
        let mut drafts = Vec::new();
        for number in &versions {
            let record = self.chart.record(*number).ok_or(Fault::NotFound)?;
            let place = record.place;
            let draft = DraftOf::Amends(crate::views::entry_id(record));
            drafts.push(DraftOf::Aside(Box::new(draft.clone())));
            drafts.push(draft);
            gone.insert(place.block, place.segment, place.row);
            match self.read_entry(rows, place).await {
                Ok((_, Entry::Resource(entry))) => {
                    for block in entry.file.iter().flat_map(|file| self.blocks_of(file)) {
                        gone.insert(block, 0, 0);
                    }
                }
                // What cannot be read any more can be erased all the same.
                Ok(_) | Err(Fault::Damaged(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        let mut new = self.new_blocks()?;
        self.put_erasure(rows, &mut new, &gone, now_ms).await?;
        let mut inputs = Vec::new();
        for draft in drafts {
            inputs.extend(new.head.drafts.iter().filter(|(known, _)| *known == draft).filter_map(|(_, input)| *input));
            new.drop_draft(&self.id, &draft);
        }
        for page in self.chart.remove(&versions) {
            new.batch.delete(RowName::page(&self.id, page.to_name()));
        }
        self.put_index(&mut new.batch, &mut new.head)?;
        if let Err(fault) = self.write_blocks(rows, new, rng).await {
            // The index here is ahead of what is stored.
            self.damage.rolled_back = true;
            return Err(fault);
        }
        self.index_in_doubt = false;
        self.note_erased(&gone);
        Ok(Erased { versions: u32::try_from(versions.len()).unwrap_or(u32::MAX), inputs })
    }

    /// Puts the block that erases these rows, and the blocks without them, with what is written together.
    pub(crate) async fn put_erasure<S: Store>(
        &mut self,
        rows: &Rows<S>,
        new: &mut NewBlocks,
        gone: &ErasedSet,
        now_ms: i64,
    ) -> Result<(), Fault> {
        let name = |block: u32| self.arrivals.get(block as usize).copied().flatten();
        let named: Vec<_> =
            gone.rows().filter_map(|(block, segment, row)| Some((name(block)?, segment, row))).collect();
        self.put_erased(rows, gone, &mut new.batch).await?;
        // Rows of one block stand one after the other, so that none of these has more runs than a block may hold.
        for named in named.chunks(MAX_ERASED_RUNS) {
            let erasure = Erasure::new(named.iter().copied()).ok_or(Fault::NotFound)?;
            let draft = self.draft_next(new)?;
            let block = self.sign(draft, Class::Erase, &erasure.to_body(), now_ms);
            self.put_block(new, block)?;
        }
        Ok(())
    }

    /// Never reads again what was erased.
    pub(crate) fn note_erased(&mut self, gone: &ErasedSet) {
        gone.rows().for_each(|(block, segment, row)| self.erased.insert(block, segment, row));
        self.forget_body();
    }

    /// Blocks without the rows that are erased and still here.
    async fn put_erased<S: Store>(&self, rows: &Rows<S>, gone: &ErasedSet, batch: &mut RowBatch) -> Result<(), Fault> {
        for (block, erased) in &gone.0 {
            let row = match self.read_row(rows, *block).await {
                // A block that is lost holds nothing to erase.
                Err(Fault::Damaged(_)) => continue,
                row => row?,
            };
            let (header, bytes) = block_row::split(&row)?;
            let (place, class, content_root) = self.place_of(*block)?;
            let Ok(body) = Body::read_checked(class, bytes, &content_root) else {
                // What is there is not what was signed: nobody can tell what is in it.
                batch.put(RowName::block(&self.id, *block), block_row::join(header, &[]));
                continue;
            };
            let mut segments: BTreeMap<u16, BTreeSet<u32>> = BTreeMap::new();
            for (segment, row) in erased {
                segments.entry(*segment).or_default().insert(*row);
            }
            let left = segments
                .into_iter()
                .fold(body, |body, (segment, erased)| body.without(segment, &erased, self.root.keyring(), place));
            let left = block_row::join(header, &left.write());
            if left != row {
                batch.put(RowName::block(&self.id, *block), left);
            }
        }
        Ok(())
    }

    /// Erases what is still here of it, or came back with older rows.
    pub(crate) async fn erase_again<S: Store>(
        &self,
        rows: &Rows<S>,
        erased: &ErasedSet,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let mut batch = RowBatch::default();
        self.put_erased(rows, erased, &mut batch).await?;
        if batch.is_empty() { Ok(()) } else { rows.commit(batch, rng).await }
    }
}
