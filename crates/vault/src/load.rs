use chartchain_chart::{Chart, ChartReader, PageError};
use chartchain_fhir::Person;
use chartchain_ledger::{BlockMeta, Hash, Ledger, Offer, Refusal, Verified};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::block_row;
use crate::documents::Shelf;
use crate::index::{add_block, unpack_page};
use crate::open::{HEADERS_PER_PAGE, Head, OpenLedger, header_pages};
use crate::protocol::Fault;
use crate::root::Root;
use crate::rows::{RowBatch, RowName, Rows, decode_state};

/// Inputs are counted from here where it is not known how many there were: parts of older ones may still be stored.
const REBUILT_INPUTS: u32 = 1 << 16;

/// Pages of the index that are read at once.
const PAGES_AT_ONCE: usize = 8;

/// A ledger that is being opened.
pub(crate) struct Opening {
    open: OpenLedger,
    /// What it was begun from: whoever wrote meanwhile has changed that.
    head: Hash,
    /// Headers that could be made anew.
    mended: RowBatch,
    /// Nothing of root and head was damaged.
    whole: bool,
    rebuilt: bool,
    shelf_holds: bool,
    lost_before: Vec<u32>,
    /// The index, as far as it was read, or why it does not hold.
    index: Result<ChartReader, PageError>,
}

impl Opening {
    /// Opens a ledger from its rows, but for the index. Rows are authenticated by their seals; whether blocks hold by themselves is
    /// for verification to say. What cannot be read is left out: only without its root nothing of a ledger can be read.
    pub(crate) async fn begin<S: Store>(rows: &Rows<S>, id: [u8; 32], rng: &mut impl CryptoRng) -> Result<Self, Fault> {
        let (root, root_whole) = Root::load(rows, &id, rng).await?;
        let ledger = root.open()?;
        if ledger.id().0 != id {
            return Err(Fault::Damaged("the first block is another ledger's".into()));
        }
        let (head, whole, rebuilt) = match rows.read_twice::<Head>(RowName::head(&id)).await {
            Ok(Some((head, whole))) => (head, whole, false),
            Ok(None) | Err(Fault::Damaged(_)) => (OpenLedger::rebuild_head(rows, &ledger).await?, false, true),
            Err(fault) => return Err(fault),
        };
        let hash = head.hash()?;
        let mut open = OpenLedger::with(id, head, ledger, root, Vec::new());
        let mended = open.load_headers(rows).await?;
        for proof in open.root.forks() {
            open.ledger.learn_fork(&proof);
        }
        open.load_erased(rows).await?;
        let lost_before = open.head.lost.clone();
        let shelf_holds = open.load_shelf(rows).await?;
        let index = Ok(ChartReader::begin(open.head.indexed_records));
        let whole = root_whole && whole;
        Ok(Self { open, head: hash, mended, whole, rebuilt, shelf_holds, lost_before, index })
    }

    /// Reads some pages of the index. False when there are none to read.
    pub(crate) async fn step<S: Store>(&mut self, rows: &Rows<S>) -> Result<bool, Fault> {
        let records = self.open.head.indexed_records;
        let Some(reader) = self.index.as_mut().ok().filter(|reader| records > 0 && !reader.wanted().is_empty()) else {
            return Ok(false);
        };
        if let Err(why) = self.open.read_pages(rows, reader).await? {
            self.index = Err(why);
        }
        Ok(true)
    }

    /// The ledger, when everything of it was read.
    pub(crate) async fn finish<S: Store>(
        mut self,
        rows: &Rows<S>,
        rng: &mut impl CryptoRng,
    ) -> Result<OpenLedger, Fault> {
        while self.step(rows).await? {}
        let Self { mut open, head: _, mended, whole, rebuilt, shelf_holds, lost_before, index } = self;
        let index = open.load_chart(rows, index).await?;
        let index_holds = index.is_ok() && !rebuilt;
        if rebuilt {
            open.head.subject = open.subject_of_entries();
        }
        // What was lost and is known from elsewhere is stored again; if that fails, it is known from there again.
        // An index of another version of the app is made anew, and nothing was damaged.
        let index_whole = !rebuilt && index != Err(PageError::Damaged);
        let holds = whole && mended.is_empty() && index_whole && shelf_holds;
        if !holds || open.head.lost != lost_before {
            open.head.mended |= !holds;
            let _ = open.store_head(rows, mended, |_| {}, rng).await;
        }
        if !index_holds || !shelf_holds {
            let _ = open.store_index(rows, rng).await;
        }
        Ok(open)
    }

    /// Whether what is stored is still what this was begun from.
    pub(crate) async fn is_current<S: Store>(&self, rows: &Rows<S>) -> Result<bool, Fault> {
        match rows.read_twice::<Head>(RowName::head(&self.open.id)).await {
            Ok(Some((head, _))) => Ok(head.hash()? == self.head),
            Ok(None) | Err(Fault::Damaged(_)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}

impl OpenLedger {
    /// Opens a ledger from its rows, all at once.
    pub(crate) async fn load<S: Store>(rows: &Rows<S>, id: [u8; 32], rng: &mut impl CryptoRng) -> Result<Self, Fault> {
        Opening::begin(rows, id, rng).await?.finish(rows, rng).await
    }

    /// What blocks tell of a head that cannot be read.
    async fn rebuild_head<S: Store>(rows: &Rows<S>, ledger: &Ledger) -> Result<Head, Fault> {
        let id = ledger.id().0;
        let page_of = |block: u32| block / HEADERS_PER_PAGE as u32;
        // The first block is known. One that is lost leaves a gap; as many as a page holds are the end.
        let (mut blocks, mut next) = (1, 1);
        while next - blocks < HEADERS_PER_PAGE as u32 {
            if !matches!(rows.read_each(&[RowName::block(&id, next)]).await?.pop(), Some(Ok(None)) | None) {
                blocks = next + 1;
            }
            next += 1;
        }
        if let Some(Ok(Some(bytes))) = rows.read_each(&[RowName::headers(&id, page_of(blocks))]).await?.pop() {
            let headers = decode_state::<Vec<Vec<u8>>>(&bytes).map_or(0, |headers| headers.len());
            blocks = blocks.max(page_of(blocks) * HEADERS_PER_PAGE as u32 + u32::try_from(headers).unwrap_or(0));
        }
        let made_up = ledger.genesis().made_up;
        Ok(Head { blocks, indexed_blocks: 1, made_up, next_input: REBUILT_INPUTS, ..Head::default() })
    }

    /// Whose record this is, as its entries tell.
    pub(crate) fn subject_of_entries(&self) -> Person {
        let people = self.chart.records().filter_map(|(_, record)| record.facts.person.as_ref());
        people.last().cloned().unwrap_or_default()
    }

    /// All headers in their order, with gaps where neither their page nor their block opens. Gives the pages that can
    /// be made anew.
    async fn load_headers<S: Store>(&mut self, rows: &Rows<S>) -> Result<RowBatch, Fault> {
        let mut mended = RowBatch::default();
        let blocks = self.head.blocks as usize;
        let names: Vec<RowName> =
            (0..header_pages(self.head.blocks)).map(|page| RowName::headers(&self.id, page)).collect();
        let pages = rows.read_each(&names).await?;
        for (number, page) in pages.into_iter().enumerate() {
            let expected = blocks.saturating_sub(number * HEADERS_PER_PAGE).min(HEADERS_PER_PAGE);
            let page = page.ok().flatten().and_then(|bytes| decode_state::<Vec<Vec<u8>>>(&bytes).ok());
            let headers = match page.filter(|page| page.len() == expected) {
                Some(page) => page.into_iter().map(Some).collect(),
                None => {
                    let headers = self.headers_of_blocks(rows, number * HEADERS_PER_PAGE, expected).await?;
                    if let Some(page) = headers.iter().cloned().collect::<Option<Vec<Vec<u8>>>>() {
                        let number = u32::try_from(number).unwrap_or(u32::MAX);
                        mended.put_state(RowName::headers(&self.id, number), &page)?;
                    }
                    headers
                }
            };
            // The first block is here already.
            for header in headers.iter().skip(usize::from(number == 0)) {
                self.load_header(rows, header.as_deref()).await?;
            }
            if expected < HEADERS_PER_PAGE {
                self.header_page = headers.into_iter().flatten().collect();
            }
        }
        self.load_behind(rows, &mut mended).await?;
        Ok(mended)
    }

    /// Blocks behind the last one that the head counts: older rows were put in the place of newer ones. Each block tells
    /// itself where it belongs, so that it is there again.
    async fn load_behind<S: Store>(&mut self, rows: &Rows<S>, mended: &mut RowBatch) -> Result<(), Fault> {
        loop {
            let row = match rows.read_each(&[RowName::block(&self.id, self.head.blocks)]).await?.pop() {
                Some(Ok(Some(row))) if !self.damage.headers => row,
                Some(Ok(None)) | None => return Ok(()),
                Some(Ok(Some(_)) | Err(())) => {
                    self.damage.rolled_back = true;
                    return Ok(());
                }
            };
            let header = block_row::split(&row).map(|(header, _)| header.to_vec())?;
            self.load_header(rows, Some(&header)).await?;
            let page = self.head.blocks / HEADERS_PER_PAGE as u32;
            self.head.blocks += 1;
            self.header_page.push(header);
            mended.put_state(RowName::headers(&self.id, page), &self.header_page)?;
            if self.header_page.len() == HEADERS_PER_PAGE {
                self.header_page.clear();
            }
        }
    }

    /// Headers of blocks whose page of headers is lost.
    async fn headers_of_blocks<S: Store>(
        &self,
        rows: &Rows<S>,
        from: usize,
        count: usize,
    ) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        let mut headers = Vec::with_capacity(count);
        for block in from..from + count {
            let name = RowName::block(&self.id, u32::try_from(block).unwrap_or(u32::MAX));
            let row = rows.read_each(&[name]).await?.pop().and_then(Result::ok).flatten();
            headers.push(row.and_then(|row| block_row::split(&row).ok().map(|(header, _)| header.to_vec())));
        }
        Ok(headers)
    }

    async fn load_header<S: Store>(&mut self, rows: &Rows<S>, header: Option<&[u8]>) -> Result<(), Fault> {
        let block = u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX);
        let mut offer = header.map(|header| self.ledger.offer(header));
        if let (Some(header), Some(Err(Refusal::BodyNeeded))) = (header, &offer) {
            match self.read_row(rows, block).await {
                Ok(row) => {
                    let (_, body) = block_row::split(&row).unwrap_or_default();
                    offer = Some(self.ledger.offer_with_body(header, body));
                }
                Err(Fault::Damaged(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        let name = header.zip(offer).and_then(|(header, offer)| match offer {
            Ok(Offer::Accepted(hashes) | Offer::Forked { accepted: hashes, .. }) if !hashes.is_empty() => {
                hashes.first().copied()
            }
            _ => {
                let meta = BlockMeta::of_lone(&*Verified::check(header).ok()?);
                let name = meta.hash;
                self.damage.headers = true;
                self.lone.insert(name, meta);
                Some(name)
            }
        });
        self.damage.headers |= name.is_none();
        self.arrivals.push(name);
        Ok(())
    }

    /// Takes what a block says into index and list of documents. What cannot be read of it is noted: its author may have signed what
    /// nobody can read, and that is no reason not to read the rest of the record.
    pub(crate) fn read_in(&mut self, block: u32, body: &[u8]) {
        let Ok((entries, whole)) = self.open_body(block, body) else { return self.lose(block) };
        self.shelf.add_block(block, &entries);
        if add_block(&mut self.chart, &mut self.head.inputs, block, entries).is_err() || !whole {
            self.lose(block);
        }
    }

    /// Notes that entries of a block cannot be read.
    fn lose(&mut self, block: u32) {
        if !self.head.lost.contains(&block) {
            self.head.lost.push(block);
        }
    }

    /// The list of documents, from its row or, where that is lost, from the blocks that the index holds already. Tells
    /// whether the row held.
    async fn load_shelf<S: Store>(&mut self, rows: &Rows<S>) -> Result<bool, Fault> {
        let row = rows.read_each(&[RowName::shelf(&self.id)]).await?.pop();
        let stored = match row {
            Some(Ok(Some(bytes))) => decode_state::<Shelf>(&bytes).ok(),
            Some(Err(())) => None,
            _ => Some(Shelf::default()),
        };
        if let Some(shelf) = stored.filter(|shelf| shelf.written() == self.head.shelf) {
            self.shelf = shelf;
            return Ok(true);
        }
        self.shelf = Shelf::begin(self.head.shelf);
        for block in 1..self.head.indexed_blocks {
            match self.read_block(rows, block).await {
                Ok((entries, _)) => self.shelf.add_block(block, &entries),
                Err(Fault::Damaged(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(false)
    }

    /// The index from its pages, then from the blocks that came after them; from all blocks if pages are missing,
    /// damaged or another version's. Tells whether the pages held.
    async fn load_chart<S: Store>(
        &mut self,
        rows: &Rows<S>,
        index: Result<ChartReader, PageError>,
    ) -> Result<Result<(), PageError>, Fault> {
        let mut held = Ok(());
        if self.head.indexed_records > 0 {
            match index.and_then(ChartReader::finish) {
                Ok(chart) => self.chart = chart,
                Err(why) => {
                    held = Err(why);
                    self.head.indexed_blocks = 1;
                }
            }
        }
        for block in self.head.indexed_blocks..self.head.blocks {
            match self.read_row(rows, block).await {
                Ok(row) => self.read_in(block, block_row::split(&row).map(|(_, body)| body).unwrap_or_default()),
                Err(Fault::Damaged(_)) => self.lose(block),
                Err(fault) => return Err(fault),
            }
        }
        self.chart.resolve_sources();
        Ok(held)
    }

    /// The chart as its stored pages tell it; `None` if pages are missing, damaged or another version's.
    pub(crate) async fn stored_chart<S: Store>(&self, rows: &Rows<S>) -> Result<Option<Chart>, Fault> {
        let mut reader = ChartReader::begin(self.head.indexed_records);
        while !reader.wanted().is_empty() {
            if self.read_pages(rows, &mut reader).await?.is_err() {
                return Ok(None);
            }
        }
        Ok(reader.finish().ok())
    }

    /// Reads the next pages of the index, or tells why one does not hold.
    async fn read_pages<S: Store>(
        &self,
        rows: &Rows<S>,
        reader: &mut ChartReader,
    ) -> Result<Result<(), PageError>, Fault> {
        let next = reader.wanted().iter().take(PAGES_AT_ONCE);
        let names: Vec<RowName> = next.map(|page| RowName::page(&self.id, page.to_name())).collect();
        let pages = rows.read_each(&names).await?;
        Ok(pages.into_iter().try_for_each(|page| {
            let page = page.ok().flatten().and_then(|page| unpack_page(&page)).ok_or(PageError::Damaged)?;
            reader.read(&page)
        }))
    }
}
