use std::collections::HashMap;

use chartchain_chart::Chart;
use chartchain_ledger::{
    Body, BodyError, Class, EnrolmentError, Erasure, Hash, HeaderError, Held, Ledger, Offer, OpenError, Place, Refusal,
};
use chartchain_store::Store;

use crate::block_row;
use crate::documents::Changes;
use crate::entry::Entry;
use crate::erase::ErasedSet;
use crate::index::{InputMeta, add_block, name_of};
use crate::open::{BlockEntry, HEADERS_PER_PAGE, OpenLedger, header_pages};
use crate::platform::Platform;
use crate::protocol::{Fault, Problem, ProblemCode, Verdict};
use crate::rows::{RowName, Rows, decode_state};

const MAX_LISTED: usize = 100;

/// Verifying everything: every stored row is read anew, every header checked as if it came from a stranger, every body
/// hashed, every entry opened; from the entries the index is made anew, and the one in use and the stored one are held
/// against it.
pub(crate) struct VerifyJob {
    headers: Vec<Option<Vec<u8>>>,
    replay: Option<Ledger>,
    next: u32,
    total: u32,
    chart: Chart,
    inputs: Vec<InputMeta>,
    /// How many blocks the stored index held when it was last compared.
    compared_at: u32,
    /// Blocks that do not hold.
    lost: Vec<u32>,
    /// Whether no problem was found but that an index differs or that something was mended.
    only_index: bool,
    index_differs: bool,
    /// What the erase blocks that hold name, and what is gone.
    erased: ErasedSet,
    blocks: HashMap<Hash, u32>,
    gone: Vec<(u32, u16, u32)>,
    back: bool,
    documents_differ: bool,
    /// Changes of documents, as the blocks hold them.
    changes: Changes,
    verdict: Verdict,
}

impl VerifyJob {
    pub(crate) fn begin(open: &OpenLedger) -> Self {
        Self {
            headers: Vec::new(),
            replay: None,
            next: 0,
            total: open.head.blocks,
            chart: Chart::default(),
            inputs: Vec::new(),
            compared_at: 0,
            lost: Vec::new(),
            only_index: true,
            index_differs: false,
            erased: ErasedSet::default(),
            blocks: open.block_numbers(),
            gone: Vec::new(),
            back: false,
            documents_differ: false,
            changes: Changes::default(),
            verdict: Verdict { blocks: 0, entries: 0, signatures: 0, problems: Vec::new(), problems_total: 0 },
        }
    }

    pub(crate) const fn done(&self) -> u64 {
        self.next as u64
    }

    pub(crate) const fn total(&self) -> u64 {
        self.total as u64
    }

    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict.clone()
    }

    /// The index made anew, if all blocks hold and only the index did not.
    pub(crate) fn take_better_index(&mut self) -> Option<Chart> {
        (self.index_differs && self.only_index).then(|| core::mem::take(&mut self.chart))
    }

    /// Whether something that was erased is stored again.
    pub(crate) const fn is_back(&self) -> bool {
        self.back
    }

    /// Whether all blocks hold, but what is stored of documents does not say what they say.
    pub(crate) const fn documents_differ(&self) -> bool {
        self.documents_differ
    }

    /// Blocks with something in them that cannot be read.
    pub(crate) fn take_lost(&mut self) -> Vec<u32> {
        core::mem::take(&mut self.lost)
    }

    fn problem(&mut self, block: Option<u32>, row: Option<u32>, code: ProblemCode, open: &OpenLedger) {
        self.verdict.problems_total += 1;
        self.index_differs |= code == ProblemCode::IndexDiffers;
        self.only_index &= matches!(code, ProblemCode::IndexDiffers | ProblemCode::Mended);
        let unreadable = matches!(
            code,
            ProblemCode::Missing
                | ProblemCode::SealBroken
                | ProblemCode::Malformed
                | ProblemCode::ContentChanged
                | ProblemCode::EntryChanged
        );
        if let Some(block) = block.filter(|block| unreadable && self.lost.last() != Some(block)) {
            self.lost.push(block);
        }
        if self.verdict.problems.len() < MAX_LISTED {
            let hash = block.and_then(|block| open.meta(block)).map(|meta| meta.hash.to_string());
            self.verdict.problems.push(Problem { block, hash, row, code });
        }
    }

    /// Checks the next block; the last steps check the index and everything else. True when all is checked.
    pub(crate) async fn step<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        open: &OpenLedger,
    ) -> Result<bool, Fault> {
        // Blocks may come in while this runs.
        self.total = open.head.blocks;
        if self.next < self.total {
            if self.headers.len() <= self.next as usize {
                self.read_headers(rows, open).await?;
            }
            self.check_block(rows, open, self.next).await?;
            self.next += 1;
            if self.next == open.head.indexed_blocks {
                self.check_stored_index(rows, open).await?;
            }
            return Ok(false);
        }
        if self.compared_at != open.head.indexed_blocks && self.next == open.head.indexed_blocks {
            self.check_stored_index(rows, open).await?;
        }
        self.check_gone(open);
        self.check_index(open);
        self.check_state(rows, open).await?;
        if self.verdict.problems_total == 0 && !open.documents_hold(platform, rows, &self.changes).await? {
            self.documents_differ = true;
            self.problem(None, None, ProblemCode::IndexDiffers, open);
        }
        Ok(true)
    }

    /// The rest of the headers. A page that does not open is a problem, and its headers are missing.
    async fn read_headers<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<(), Fault> {
        let first = self.headers.len() / HEADERS_PER_PAGE;
        self.headers.truncate(first * HEADERS_PER_PAGE);
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        let names: Vec<RowName> =
            (first..header_pages(self.total)).map(|page| RowName::headers(&open.id, page)).collect();
        for row in rows.read_each(&names).await? {
            let expected = (self.total as usize - self.headers.len()).min(HEADERS_PER_PAGE);
            let page = match row {
                Ok(Some(bytes)) => decode_state::<Vec<Vec<u8>>>(&bytes).map_err(|_| ProblemCode::Malformed),
                Ok(None) => Err(ProblemCode::Missing),
                Err(()) => Err(ProblemCode::SealBroken),
            };
            let mut page = page.unwrap_or_else(|code| {
                self.problem(None, None, code, open);
                Vec::new()
            });
            page.truncate(expected);
            let missing = expected - page.len();
            self.headers.extend(page.into_iter().map(Some));
            self.headers.extend(core::iter::repeat_n(None, missing));
        }
        Ok(())
    }

    async fn check_block<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger, block: u32) -> Result<(), Fault> {
        let row = match rows.read_each(&[RowName::block(&open.id, block)]).await?.pop() {
            Some(Ok(Some(row))) => Ok(row),
            Some(Err(())) => Err(ProblemCode::SealBroken),
            _ => Err(ProblemCode::Missing),
        };
        let row = row.unwrap_or_else(|code| {
            self.problem(Some(block), None, code, open);
            Vec::new()
        });
        let parts = block_row::split(&row).ok();
        self.verdict.blocks += 1;
        let listed = self.headers.get_mut(block as usize).and_then(Option::take);
        if let (Some(listed), Some((header, _))) = (&listed, parts)
            && listed != header
        {
            self.problem(Some(block), None, ProblemCode::BrokenChain, open);
        }
        let header = parts.map(|(header, _)| header).or(listed.as_deref());
        let body = parts.map(|(_, body)| body);
        if let Err(code) = self.check_header(block, header, body, open) {
            self.problem(Some(block), None, code, open);
            return Ok(());
        }
        self.verdict.signatures += 1;
        if let Some(body) = body {
            let entries = self.check_body(block, body, open);
            self.changes.add_block(block, &entries, open);
            if add_block(&mut self.chart, &mut self.inputs, block, entries).is_err() {
                self.problem(Some(block), None, ProblemCode::Malformed, open);
            }
        }
        Ok(())
    }

    fn check_header(
        &mut self,
        block: u32,
        header: Option<&[u8]>,
        body: Option<&[u8]>,
        open: &OpenLedger,
    ) -> Result<(), ProblemCode> {
        let header = header.ok_or(ProblemCode::Missing)?;
        if block == 0 {
            let opened = body.ok_or(ProblemCode::Missing).and_then(|body| {
                Ledger::open(header, body).map_err(|error| match error {
                    OpenError::Header(error) => header_problem(error),
                    OpenError::Body(_) => ProblemCode::ContentChanged,
                    OpenError::Genesis(_) => ProblemCode::Malformed,
                })
            });
            let opened = opened
                .and_then(|ledger| if ledger.id().0 == open.id { Ok(ledger) } else { Err(ProblemCode::BrokenChain) });
            return opened.map(|ledger| self.replay = Some(ledger));
        }
        let replay = match &mut self.replay {
            Some(replay) => replay,
            // The copy of the first block holds the rest together.
            None => self.replay.insert(open.root.open().map_err(|_| ProblemCode::BrokenChain)?),
        };
        let offer = match body {
            Some(body) => replay.offer_with_body(header, body),
            None => replay.offer(header),
        };
        match offer {
            Ok(Offer::Accepted(hashes)) if hashes.first() == open.meta(block).map(|meta| &meta.hash) => Ok(()),
            Ok(Offer::Forked { .. }) => Err(ProblemCode::Forked),
            Ok(_) => Err(ProblemCode::BrokenChain),
            Err(Refusal::Header(error)) => Err(header_problem(error)),
            Err(Refusal::Enrolment(EnrolmentError::Body(_)) | Refusal::Body(_)) => Err(ProblemCode::ContentChanged),
            Err(_) => Err(ProblemCode::BrokenChain),
        }
    }

    /// Checks a body; gives the entries that hold.
    fn check_body(&mut self, block: u32, bytes: &[u8], open: &OpenLedger) -> Vec<BlockEntry> {
        let mut entries = Vec::new();
        let meta = open.meta(block).and_then(|meta| self.replay.as_ref()?.block(&meta.hash)).cloned();
        let body = match &meta {
            Some(meta) => Body::read_checked(meta.class, bytes, &meta.content_root).map_err(|error| match error {
                BodyError::ContentRoot => ProblemCode::ContentChanged,
                _ => ProblemCode::Malformed,
            }),
            None => Err(ProblemCode::BrokenChain),
        };
        let (meta, body) = match (meta, body) {
            (Some(meta), Ok(body)) => (meta, body),
            (_, Err(code)) => {
                self.problem(Some(block), None, code, open);
                return entries;
            }
            (None, Ok(_)) => return entries,
        };
        if meta.class == Class::Erase {
            match Erasure::read(&body) {
                Ok(erasure) => self.erased.take(&erasure, &self.blocks),
                Err(_) => self.problem(Some(block), None, ProblemCode::Malformed, open),
            }
        }
        let place = Place { ledger: Hash(open.id), feed: meta.feed, seq: meta.seq };
        for (number, segment) in (0u16..).zip(body.segments()) {
            let Ok(opened) = segment.open(open.root.keyring(), place) else {
                self.problem(Some(block), None, ProblemCode::EntryChanged, open);
                continue;
            };
            for row in 0..u32::try_from(segment.rows().len()).unwrap_or(0) {
                if matches!(segment.rows().get(row as usize), Some(Held::Gone(_))) {
                    // Whether it was erased later blocks tell.
                    self.gone.push((block, number, row));
                    continue;
                }
                if open.erased.holds(block, number, row) {
                    self.back = true;
                    self.problem(Some(block), Some(row), ProblemCode::ErasedIsBack, open);
                    continue;
                }
                let entry = match opened.open_entry(row) {
                    Ok((commitment, packed)) => Entry::unpack(segment.codec(), &packed)
                        .map(|entry| BlockEntry { commitment: name_of(&commitment), segment: number, row, entry })
                        .map_err(|_| ProblemCode::Malformed),
                    Err(_) => Err(ProblemCode::EntryChanged),
                };
                match entry {
                    Ok(entry) => {
                        self.verdict.entries += 1;
                        entries.push(entry);
                    }
                    Err(code) => self.problem(Some(block), Some(row), code, open),
                }
            }
        }
        entries
    }

    /// Holds an index against the one that was made anew.
    fn compare(&mut self, chart: &Chart, open: &OpenLedger) {
        let differences = chart.differences(&self.chart);
        for number in differences.records {
            let place = self.chart.record(number).or_else(|| chart.record(number)).map(|record| record.place);
            let (block, row) = (place.map(|place| place.block), place.map(|place| place.row));
            self.problem(block, row, ProblemCode::IndexDiffers, open);
        }
        if differences.other {
            self.problem(None, None, ProblemCode::IndexDiffers, open);
        }
    }

    /// The stored index, read anew.
    async fn check_stored_index<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<(), Fault> {
        self.compared_at = open.head.indexed_blocks;
        if open.head.indexed_records == 0 {
            return Ok(());
        }
        match open.stored_chart(rows).await? {
            // What is missing in the blocks was reported already, and cannot be told from a difference.
            Some(_) if self.verdict.problems_total > 0 => {}
            Some(stored) => self.compare(&stored, open),
            None => self.problem(None, None, ProblemCode::SealBroken, open),
        }
        Ok(())
    }

    /// What is gone has to be erased.
    fn check_gone(&mut self, open: &OpenLedger) {
        for (block, segment, row) in core::mem::take(&mut self.gone) {
            if !self.erased.holds(block, segment, row) {
                self.problem(Some(block), Some(row), ProblemCode::EntryChanged, open);
            }
        }
    }

    /// The index in use. What a problem was already reported for may lack in it or in the one made anew.
    fn check_index(&mut self, open: &OpenLedger) {
        if self.verdict.problems_total == 0 {
            self.compare(&open.chart, open);
        }
        if self.verdict.problems_total == 0 && self.inputs != open.head.inputs {
            self.problem(None, None, ProblemCode::IndexDiffers, open);
        }
    }

    /// Everything else that is stored has to open, and nothing may be behind the last block.
    async fn check_state<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<(), Fault> {
        let names = [RowName::head(&open.id), RowName::root(&open.id), RowName::person()];
        let names: Vec<RowName> = names.into_iter().flat_map(RowName::places).collect();
        for row in rows.read_each(&names).await? {
            match row {
                Ok(Some(_)) => {}
                Ok(None) => self.problem(None, None, ProblemCode::Missing, open),
                Err(()) => self.problem(None, None, ProblemCode::SealBroken, open),
            }
        }
        if open.head.mended {
            self.problem(None, None, ProblemCode::Mended, open);
        }
        let behind = rows.read_each(&[RowName::block(&open.id, self.total)]).await?.pop();
        if open.damage.rolled_back || !matches!(behind, Some(Ok(None))) {
            self.problem(None, None, ProblemCode::RolledBack, open);
        }
        Ok(())
    }
}

const fn header_problem(error: HeaderError) -> ProblemCode {
    match error {
        HeaderError::Signature(_) => ProblemCode::BadSignature,
        _ => ProblemCode::Malformed,
    }
}
