use std::collections::HashMap;

use chartchain_chart::{Chart, ChartPage, Commitment, Place as ChartPlace};
use chartchain_fhir::Person;
use chartchain_keys::{DeviceKeys, EpochId, RecoveryPublic};
use chartchain_ledger::{BlockMeta, Body, Class, Founding, Genesis, Hash, Ledger, OpenError, Place};
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::block_row;
use crate::devices::Devices;
use crate::documents::Shelf;
use crate::entry::{Entry, EntryError};
use crate::erase::ErasedSet;
use crate::import::ImportState;
use crate::index::{InputMeta, name_of};
use crate::mail::MailBook;
use crate::person::Shown;
use crate::protocol::{DraftOf, Fault, LedgerCard, LedgerId};
use crate::root::Root;
use crate::rows::{RowBatch, RowName, Rows, encode_state};
use crate::take_in::Parts;

pub(crate) const HEADERS_PER_PAGE: usize = 64;

/// State of a ledger on this device: one row, stored twice, written with every block. Blocks tell all of it again but for what an
/// unfinished import waits for.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) blocks: u32,
    pub(crate) indexed_blocks: u32,
    pub(crate) indexed_records: u32,
    pub(crate) inputs: Vec<InputMeta>,
    pub(crate) last_verified: Option<(i64, u32)>,
    pub(crate) made_up: bool,
    pub(crate) subject: Person,
    pub(crate) entries: u32,
    pub(crate) import: Option<ImportState>,
    pub(crate) next_input: u32,
    pub(crate) staged: Vec<u32>,
    /// Forms that are not saved yet, and the inputs with their files.
    pub(crate) drafts: Vec<(DraftOf, Option<u32>)>,
    /// Something was lost that was known from elsewhere, and is whole again: for the next verifying to tell.
    pub(crate) mended: bool,
    /// Blocks whose body could not be read when the index was made, so that it lacks their entries.
    pub(crate) lost: Vec<u32>,
    /// How often the list of documents was written.
    pub(crate) shelf: u64,
    /// How often this was written ([`OpenLedger::put_head`]).
    pub(crate) writes: u64,
}

impl Head {
    /// Names this state.
    pub(crate) fn hash(&self) -> Result<Hash, Fault> {
        Ok(Hash::of(&[&encode_state(self)?]))
    }
}

/// A ledger that is open on this device.
pub(crate) struct OpenLedger {
    pub(crate) id: [u8; 32],
    pub(crate) head: Head,
    pub(crate) ledger: Ledger,
    pub(crate) chart: Chart,
    pub(crate) shelf: Shelf,
    pub(crate) root: Root,
    /// Names of blocks in order of arrival; `None` where the header cannot be read any more.
    pub(crate) arrivals: Vec<Option<Hash>>,
    /// Blocks behind such a gap, which cannot be held against those before them.
    pub(crate) lone: HashMap<Hash, BlockMeta>,
    pub(crate) damage: Damage,
    pub(crate) header_page: Vec<Vec<u8>>,
    /// What erase blocks name: never read, whatever is stored.
    pub(crate) erased: ErasedSet,
    /// Changed pages of the index were to be stored, and whether they are is not known.
    pub(crate) index_in_doubt: bool,
    /// The first page is not stored as it is now, as far as is known, and that was not tried since the last write.
    pub(crate) front_due: bool,
    /// What the first page showed of the person's state when storing it was tried.
    pub(crate) front_person: Option<Shown>,
    /// Blocks of others that wait for blocks before them; they are stored when those are.
    pub(crate) waiting: HashMap<Hash, Parts>,
    /// What this device knows of the others, once it was read.
    pub(crate) devices: Option<Devices>,
    /// What was written to them, once it was asked for.
    pub(crate) mail: Option<MailBook>,
    /// Merging what the first page shows was tried when so often something was written.
    pub(crate) merged_at: Option<u64>,
    body_cache: Option<(u32, Vec<u8>)>,
}

/// What could not be read when a ledger was opened.
#[derive(Default)]
pub(crate) struct Damage {
    pub(crate) headers: bool,
    /// Blocks are there that the head does not count: older rows were put in the place of newer ones.
    pub(crate) rolled_back: bool,
}

impl Damage {
    /// Whether the end of the own feed is uncertain.
    pub(crate) const fn stops_writing(&self) -> bool {
        self.headers || self.rolled_back
    }
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
        let root = Root::new(device, vec![(EpochId(id), epoch)], (block.header.clone(), block.body.clone()));
        let head = Head { blocks: 1, indexed_blocks: 1, made_up, subject, ..Head::default() };
        let row = block_row::join(&block.header, &block.body);
        let header_page = vec![block.header];
        let mut batch = RowBatch::default();
        root.put(&id, &mut batch)?;
        batch.put_twice(RowName::head(&id), &head)?;
        batch.put_state(RowName::headers(&id, 0), &header_page)?;
        batch.put(RowName::block(&id, 0), row);
        rows.commit(batch, rng).await?;
        Ok(Self::with(id, head, ledger, root, header_page))
    }

    pub(crate) fn with(id: [u8; 32], head: Head, ledger: Ledger, root: Root, header_page: Vec<Vec<u8>>) -> Self {
        Self {
            id,
            head,
            arrivals: vec![Some(ledger.id())],
            ledger,
            chart: Chart::default(),
            shelf: Shelf::default(),
            root,
            lone: HashMap::new(),
            damage: Damage::default(),
            header_page,
            erased: ErasedSet::default(),
            index_in_doubt: false,
            front_due: true,
            front_person: None,
            merged_at: None,
            waiting: HashMap::new(),
            devices: None,
            mail: None,
            body_cache: None,
        }
    }

    /// What is known of a block.
    pub(crate) fn meta(&self, block: u32) -> Option<&BlockMeta> {
        let name = self.arrivals.get(block as usize)?.as_ref()?;
        self.ledger.block(name).or_else(|| self.lone.get(name))
    }

    /// Deletes every row of it.
    pub(crate) async fn discard<S: Store>(self, rows: &Rows<S>, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        let mut batch = RowBatch::default();
        batch.delete_twice(RowName::root(&self.id));
        batch.delete_twice(RowName::head(&self.id));
        batch.delete(RowName::front(&self.id));
        batch.delete(RowName::devices(&self.id));
        batch.delete(RowName::mail(&self.id));
        batch.delete(RowName::card(&self.id));
        for page in 0..header_pages(self.head.blocks) {
            batch.delete(RowName::headers(&self.id, page));
        }
        for block in 0..self.head.blocks {
            batch.delete(RowName::block(&self.id, block));
        }
        batch.delete(RowName::shelf(&self.id));
        for (name, _) in self.shelf.all() {
            batch.delete(RowName::document(&self.id, name));
        }
        for page in ChartPage::all(u32::try_from(self.chart.len()).unwrap_or(u32::MAX)) {
            batch.delete(RowName::page(&self.id, page.to_name()));
        }
        rows.commit(batch, rng).await
    }

    /// All entries of a block that this device can read.
    /// Tells also whether that is all of them.
    pub(crate) async fn read_block<S: Store>(
        &self,
        rows: &Rows<S>,
        block: u32,
    ) -> Result<(Vec<BlockEntry>, bool), Fault> {
        let row = self.read_row(rows, block).await?;
        let (_, body) = block_row::split(&row)?;
        self.open_body(block, body)
    }

    pub(crate) async fn read_row<S: Store>(&self, rows: &Rows<S>, block: u32) -> Result<Vec<u8>, Fault> {
        let row = rows.read_one(RowName::block(&self.id, block)).await?;
        row.ok_or_else(|| Fault::Damaged(format!("block {block} is missing")))
    }

    pub(crate) fn place_of(&self, block: u32) -> Result<(Place, Class, Hash), Fault> {
        let meta = self.meta(block).ok_or_else(|| Fault::Damaged(format!("the header of block {block}")))?;
        Ok((Place { ledger: Hash(self.id), feed: meta.feed, seq: meta.seq }, meta.class, meta.content_root))
    }

    pub(crate) fn open_body(&self, block: u32, bytes: &[u8]) -> Result<(Vec<BlockEntry>, bool), Fault> {
        let damaged = |error: &dyn core::fmt::Display| Fault::Damaged(format!("block {block}: {error}"));
        let (place, class, content_root) = self.place_of(block)?;
        let body = Body::read_checked(class, bytes, &content_root).map_err(|error| damaged(&error))?;
        let (mut entries, mut whole) = (Vec::new(), true);
        for (number, segment) in (0u16..).zip(body.segments()) {
            let Ok(open) = segment.open(self.root.keyring(), place) else {
                whole = false;
                continue;
            };
            for row in 0..u32::try_from(segment.rows().len()).unwrap_or(0) {
                if self.erased.holds(block, number, row) {
                    continue;
                }
                let opened = open.open_entry(row).ok();
                let entry = opened.and_then(|(commitment, packed)| {
                    let entry = Entry::unpack(segment.codec(), &packed).ok()?;
                    Some(BlockEntry { commitment: name_of(&commitment), segment: number, row, entry })
                });
                whole &= entry.is_some();
                entries.extend(entry);
            }
        }
        Ok((entries, whole))
    }

    /// One entry by its place. Its row and seal are checked.
    pub(crate) async fn read_entry<S: Store>(
        &mut self,
        rows: &Rows<S>,
        at: ChartPlace,
    ) -> Result<(Commitment, Entry), Fault> {
        let block = at.block;
        if self.body_cache.as_ref().is_none_or(|(cached, _)| *cached != block) {
            self.body_cache = Some((block, self.read_row(rows, block).await?));
        }
        let (_, bytes) = block_row::split(self.body_cache.as_ref().map(|(_, row)| row.as_slice()).unwrap_or_default())?;
        let damaged = |error: &dyn core::fmt::Display| Fault::Damaged(format!("block {block}: {error}"));
        let (place, class, _) = self.place_of(block)?;
        let body = Body::read(class, bytes).map_err(|error| damaged(&error))?;
        let segment = body.segments().get(usize::from(at.segment)).ok_or(Fault::NotFound)?;
        let open = segment.open(self.root.keyring(), place).map_err(|error| damaged(&error))?;
        let (commitment, packed) = open.open_entry(at.row).map_err(|error| damaged(&error))?;
        let entry = Entry::unpack(segment.codec(), &packed).map_err(|error| match error {
            EntryError::Codec => Fault::TooNew,
            error => damaged(&error),
        })?;
        Ok((name_of(&commitment), entry))
    }

    /// Lets go of the block that was read last.
    pub(crate) fn forget_body(&mut self) {
        self.body_cache = None;
    }

    /// Feed key of this device.
    pub(crate) fn own_feed(&self) -> chartchain_keys::VerifyKey {
        self.root.device().feed.verify_key()
    }

    /// A ledger in one line without opening it.
    pub(crate) async fn read_card<S: Store>(rows: &Rows<S>, id: [u8; 32]) -> Result<LedgerCard, Fault> {
        let (head, damaged) = match rows.read_twice::<Head>(RowName::head(&id)).await {
            Ok(Some((head, _))) => (head, false),
            Ok(None) | Err(Fault::Damaged(_) | Fault::TooNew) => (Head::default(), true),
            Err(fault) => return Err(fault),
        };
        let damaged = damaged || !head.lost.is_empty();
        Ok(Self::card_of(&id, head, damaged))
    }

    /// In one line, as its head tells.
    pub(crate) fn card_of(id: &[u8; 32], head: Head, damaged: bool) -> LedgerCard {
        LedgerCard {
            id: LedgerId(Hash(*id).to_hex()),
            subject: head.subject,
            made_up: head.made_up,
            entries: head.entries,
            blocks: head.blocks,
            damaged,
        }
    }

    /// In one line, for the list of ledgers.
    pub(crate) fn card(&self) -> LedgerCard {
        LedgerCard {
            id: LedgerId(Hash(self.id).to_hex()),
            subject: self.head.subject.clone(),
            made_up: self.head.made_up,
            entries: u32::try_from(self.chart.len()).unwrap_or(u32::MAX),
            blocks: self.head.blocks,
            damaged: self.is_damaged(),
        }
    }

    /// Whether something of it cannot be read.
    pub(crate) const fn is_damaged(&self) -> bool {
        self.damage.stops_writing() || !self.head.lost.is_empty()
    }

    /// Notes for the next verifying that something was damaged and is whole again.
    pub(crate) async fn note_mended<S: Store>(
        &mut self,
        rows: &Rows<S>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        self.head.mended = true;
        self.store_head(rows, RowBatch::default(), |_| {}, rng).await
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
