use std::collections::HashSet;

use chartchain_chart::{ChartPage, Place as ChartPlace};
use chartchain_ledger::{Body, BodyError, HeaderError, Ledger, Offer, OpenError, Place, Refusal, SegmentError};
use chartchain_store::Store;

use crate::entry::Entry;
use crate::open::{OpenLedger, content_hash, header_pages};
use crate::protocol::{Fault, Problem, ProblemCode, Verdict};
use crate::rows::{RowName, Rows};

const MAX_LISTED: usize = 100;

/// Verifying everything: every stored row is read anew, every header checked as if it came from a stranger, every body
/// hashed, every entry opened, and the index held against what the blocks say.
pub(crate) struct VerifyJob {
    headers: Vec<Vec<u8>>,
    replay: Option<Ledger>,
    next: u32,
    total: u32,
    seen: HashSet<u32>,
    verdict: Verdict,
}

impl VerifyJob {
    pub(crate) fn begin(open: &OpenLedger) -> Self {
        Self {
            headers: Vec::new(),
            replay: None,
            next: 0,
            total: open.head.blocks,
            seen: HashSet::new(),
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

    fn problem(&mut self, block: Option<u32>, row: Option<u32>, code: ProblemCode, open: &OpenLedger) {
        self.verdict.problems_total += 1;
        if self.verdict.problems.len() < MAX_LISTED {
            let hash = block.and_then(|block| open.arrivals.get(block as usize)).map(ToString::to_string);
            self.verdict.problems.push(Problem { block, hash, row, code });
        }
    }

    /// Checks the next block; the last step checks the index. True when all is checked.
    pub(crate) async fn step<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<bool, Fault> {
        if self.next == 0 && self.headers.is_empty() {
            self.read_headers(rows, open).await?;
        }
        if self.next < self.total {
            self.check_block(rows, open, self.next).await?;
            self.next += 1;
            return Ok(false);
        }
        self.check_index(rows, open).await?;
        Ok(true)
    }

    async fn read_headers<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<(), Fault> {
        let names: Vec<RowName> = (0..header_pages(self.total)).map(|page| RowName::headers(&open.id, page)).collect();
        for row in rows.read_each(&names).await? {
            match row {
                Ok(Some(bytes)) => {
                    match bytes.split_first().map(|(_, rest)| postcard::from_bytes::<Vec<Vec<u8>>>(rest)) {
                        Some(Ok(page)) => self.headers.extend(page),
                        _ => self.problem(None, None, ProblemCode::Malformed, open),
                    }
                }
                Ok(None) => self.problem(None, None, ProblemCode::Missing, open),
                Err(()) => self.problem(None, None, ProblemCode::SealBroken, open),
            }
        }
        Ok(())
    }

    async fn check_block<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger, block: u32) -> Result<(), Fault> {
        let body = rows.read_each(&[RowName::body(&open.id, block)]).await?.pop();
        let body = match body {
            Some(Ok(Some(body))) => Some(body),
            Some(Err(())) => {
                self.problem(Some(block), None, ProblemCode::SealBroken, open);
                None
            }
            _ => {
                self.problem(Some(block), None, ProblemCode::Missing, open);
                None
            }
        };
        self.verdict.blocks += 1;
        if let Err(code) = self.check_header(block, body.as_deref(), open) {
            self.problem(Some(block), None, code, open);
            return Ok(());
        }
        self.verdict.signatures += 1;
        if let Some(body) = body {
            self.check_body(block, &body, open);
        }
        Ok(())
    }

    fn check_header(&mut self, block: u32, body: Option<&[u8]>, open: &OpenLedger) -> Result<(), ProblemCode> {
        let header = self.headers.get(block as usize).ok_or(ProblemCode::Missing)?;
        let Some(replay) = &mut self.replay else {
            let ledger = Ledger::open(header, body.ok_or(ProblemCode::Missing)?).map_err(|error| match error {
                OpenError::Header(error) => header_problem(error),
                OpenError::Body(_) => ProblemCode::ContentChanged,
                OpenError::Genesis(_) => ProblemCode::Malformed,
            })?;
            let same = ledger.id().0 == open.id;
            self.replay = Some(ledger);
            return if same { Ok(()) } else { Err(ProblemCode::BrokenChain) };
        };
        match replay.offer(header) {
            Ok(Offer::Accepted(hashes)) if hashes.first() == open.arrivals.get(block as usize) => Ok(()),
            Ok(Offer::Forked { .. }) => Err(ProblemCode::Forked),
            Ok(_) => Err(ProblemCode::BrokenChain),
            Err(Refusal::Header(error)) => Err(header_problem(error)),
            Err(_) => Err(ProblemCode::BrokenChain),
        }
    }

    fn check_body(&mut self, block: u32, bytes: &[u8], open: &OpenLedger) {
        let Some(meta) = open
            .arrivals
            .get(block as usize)
            .and_then(|hash| self.replay.as_ref().and_then(|ledger| ledger.block(hash)))
            .cloned()
        else {
            return self.problem(Some(block), None, ProblemCode::BrokenChain, open);
        };
        let body = match Body::read_checked(meta.class, bytes, &meta.content_root) {
            Ok(body) => body,
            Err(BodyError::ContentRoot) => {
                return self.problem(Some(block), None, ProblemCode::ContentChanged, open);
            }
            Err(_) => return self.problem(Some(block), None, ProblemCode::Malformed, open),
        };
        let place = Place { ledger: chartchain_ledger::Hash(open.id), feed: meta.feed, seq: meta.seq };
        for (number, segment) in (0u16..).zip(body.segments()) {
            let opened = match segment.open(open.keyring(), place) {
                Ok(opened) => opened,
                Err(_) => {
                    self.problem(Some(block), None, ProblemCode::EntryChanged, open);
                    continue;
                }
            };
            for row in 0..u32::try_from(segment.rows().len()).unwrap_or(0) {
                match opened.open_entry(row) {
                    Ok((commitment, packed)) => {
                        self.verdict.entries += 1;
                        let at = ChartPlace { block, segment: number, row };
                        if let Err(code) = self.check_entry(&commitment.0, at, segment.codec(), &packed, open) {
                            self.problem(Some(block), Some(row), code, open);
                        }
                    }
                    // Erased for good reason: the hash that is left was checked with the content root.
                    Err(SegmentError::Gone(_)) => {}
                    Err(_) => self.problem(Some(block), Some(row), ProblemCode::EntryChanged, open),
                }
            }
        }
    }

    /// Holds the index against an entry.
    fn check_entry(
        &mut self,
        commitment: &[u8; 32],
        at: ChartPlace,
        codec: (u64, u64),
        packed: &[u8],
        open: &OpenLedger,
    ) -> Result<(), ProblemCode> {
        let entry = Entry::unpack(codec, packed).map_err(|_| ProblemCode::Malformed)?;
        let Entry::Resource(entry) = entry else { return Ok(()) };
        let number = open.chart.find_commitment(commitment).ok_or(ProblemCode::IndexDiffers)?;
        let record = open.chart.record(number).ok_or(ProblemCode::IndexDiffers)?;
        self.seen.insert(number);
        let mut facts = chartchain_fhir::facts(&entry.json).map_err(|_| ProblemCode::Malformed)?;
        facts.search_text = String::new();
        facts.references.clone_from(&record.facts.references);
        let content = content_hash(entry.full_url.as_deref(), &entry.json);
        let agrees = record.place == at
            && record.content == content
            && record.full_url == entry.full_url
            && record.facts == facts;
        if agrees { Ok(()) } else { Err(ProblemCode::IndexDiffers) }
    }

    /// The index may hold nothing that no block says, and its stored pages have to open.
    async fn check_index<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<(), Fault> {
        // An import may have brought in blocks since verifying began.
        let indexed = open.chart.records().filter(|(_, record)| record.place.block < self.total).count();
        if self.seen.len() != indexed && self.verdict.problems_total == 0 {
            self.problem(None, None, ProblemCode::IndexDiffers, open);
        }
        let mut names = vec![RowName::head(&open.id), RowName::person()];
        if open.head.indexed_records() > 0 {
            let pages = ChartPage::all(open.head.indexed_records());
            names.extend(pages.into_iter().map(|page| RowName::page(&open.id, page.to_name())));
        }
        for row in rows.read_each(&names).await? {
            match row {
                Ok(Some(_)) => {}
                Ok(None) => self.problem(None, None, ProblemCode::Missing, open),
                Err(()) => self.problem(None, None, ProblemCode::SealBroken, open),
            }
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
