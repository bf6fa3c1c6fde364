use std::collections::BTreeSet;

use chartchain_keys::{DevicePublic, VerifyKey, WrapPublic};
use chartchain_ledger::{Class, Frontier, Hash};
use chartchain_store::Store;
use chartchain_sync::{Invitation, ParcelHead, ParcelWriter, Request, invitation_number};
use rand_core::CryptoRng;

use super::fault;
use crate::backup::{Record, read_block};
use crate::jobs::Task;
use crate::members::Gets;
use crate::open::OpenLedger;
use crate::out_file::OutFile;
use crate::platform::Platform;
use crate::profile::from_hex;
use crate::protocol::{Event, Fault, JobResult, MemberRole, ParcelFor, Reply};
use crate::rows::Rows;
use crate::session::Session;

/// A parcel that is being written.
pub(crate) struct ParcelJob {
    ledger: [u8; 32],
    /// Blocks that go into it, in order of arrival, and whether only their headers do.
    blocks: Vec<(u32, bool)>,
    at: usize,
    /// Blocks that are in it.
    packed: u32,
    writer: Option<ParcelWriter>,
    /// The number that both people compare, where somebody is let in by it.
    number: Option<String>,
    day: String,
    pub(crate) file: OutFile,
}

/// For whom a parcel is.
pub(crate) struct Recipient {
    pub(crate) wrap: WrapPublic,
    /// What it holds, as far as that is known.
    pub(crate) frontier: Frontier,
    pub(crate) gets: Gets,
}

impl ParcelJob {
    pub(crate) fn begin(
        open: &OpenLedger,
        to: &[Recipient],
        takes: impl Fn(u32) -> bool,
        invited: Option<(&Invitation, String)>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Fault> {
        let is_blind = to.iter().any(|one| one.gets == Gets::Headers);
        if is_blind && to.iter().any(|one| one.gets == Gets::Everything) {
            return Err(Fault::NotNow("a witness gets a file of its own".into()));
        }
        let lacking: BTreeSet<Hash> = to.iter().flat_map(|one| open.ledger.lacking(&one.frontier)).collect();
        let mut blocks = Vec::new();
        for (number, name) in (0u32..).zip(&open.arrivals) {
            let Some(name) = name.filter(|name| lacking.contains(name) && takes(number)) else { continue };
            let is_entries = open.ledger.block(&name).is_some_and(|block| block.class == Class::Data);
            if is_entries && open.is_blind() && !is_blind {
                continue;
            }
            blocks.push((number, is_entries && is_blind));
        }
        let frontier = open.ledger.frontier();
        let forks: Vec<_> = open.ledger.forks().take(chartchain_sync::MAX_PARCEL_FORKS).cloned().collect();
        let head = ParcelHead {
            ledger: open.ledger.id(),
            made_ms: u64::try_from(now_ms).unwrap_or(0),
            frontier: &frontier,
            wants: !blocks.is_empty(),
            forks: &forks,
            introductions: &[],
            invitation: invited.as_ref().map(|(invitation, _)| *invitation),
        };
        let keys: Vec<WrapPublic> = to.iter().map(|one| one.wrap.clone()).collect();
        let begun = ParcelWriter::begin(&head, &open.root.device().feed, &keys, rng);
        let (writer, first) = begun.map_err(fault)?;
        let mut file = OutFile::new();
        if let Some(bytes) = file.bytes_mut() {
            bytes.extend(first);
        }
        let number = invited.map(|(_, number)| number);
        let day = crate::export::iso_day(now_ms);
        Ok(Self { ledger: open.id, blocks, at: 0, packed: 0, writer: Some(writer), number, day, file })
    }

    pub(crate) const fn done(&self) -> u64 {
        self.at as u64
    }

    pub(crate) const fn total(&self) -> u64 {
        self.blocks.len() as u64
    }

    /// Writes the next block. True when all are written.
    pub(crate) async fn step<S: Store>(&mut self, rows: &Rows<S>, open: &OpenLedger) -> Result<bool, Fault> {
        let file = self.file.bytes_mut().ok_or(Fault::NotFound)?;
        let Some((number, is_blind)) = self.blocks.get(self.at).copied() else {
            file.extend(self.writer.take().map(ParcelWriter::finish).unwrap_or_default());
            return Ok(true);
        };
        self.at += 1;
        let meta = open.meta(number);
        let needs_body = meta.is_some_and(|block| block.body_bytes > 0 && block.class != Class::Data);
        if let Record::Block { header, mut body } = read_block(rows, &self.ledger, number).await?
            && !(body.is_empty() && needs_body)
        {
            if is_blind {
                body.clear();
            }
            let writer = self.writer.as_mut().ok_or(Fault::NotFound)?;
            file.extend(writer.block(&header, &body).map_err(fault)?);
            self.packed += 1;
        }
        Ok(false)
    }

    /// Writes blocks until the file has so many bytes, and ends it. Gives the number of the first one that is still to be written.
    pub(crate) async fn write_letter<S: Store>(
        &mut self,
        rows: &Rows<S>,
        open: &OpenLedger,
        full: u64,
    ) -> Result<u32, Fault> {
        while self.file.len() < full {
            if self.step(rows, open).await? {
                return Ok(u32::try_from(open.arrivals.len()).unwrap_or(u32::MAX));
            }
        }
        let next = self.blocks.get(self.at).map(|(number, _)| *number);
        self.blocks.truncate(self.at);
        self.step(rows, open).await?;
        Ok(next.unwrap_or_else(|| u32::try_from(open.arrivals.len()).unwrap_or(u32::MAX)))
    }

    pub(crate) fn result(&self) -> JobResult {
        JobResult::Packed {
            name: format!("chartchain-{}.parcel", self.day),
            blocks: self.packed,
            number: self.number.clone(),
            bytes: self.file.len(),
        }
    }
}

impl<P: Platform> Session<P> {
    /// Begins a parcel of what others lack of the open record.
    pub(crate) async fn pack_parcel(
        &mut self,
        platform: &P,
        to: &ParcelFor,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let job = match to {
            ParcelFor::Members(feeds) => self.pack_for_members(platform, feeds).await?,
            ParcelFor::Newcomer { request, role, name } => {
                self.pack_for_newcomer(platform, request, (*role, name), events).await?
            }
        };
        Ok(Reply::Started(self.jobs.start(Task::Parcel(Box::new(job)))))
    }

    async fn pack_for_members(&mut self, platform: &P, feeds: &[String]) -> Result<ParcelJob, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        open.devices(&self.rows).await?;
        let mut to = Vec::new();
        for feed in feeds {
            let key = from_hex(feed).and_then(|bytes| bytes.try_into().ok()).map(VerifyKey);
            let key = key.filter(|key| *key != open.own_feed()).ok_or(Fault::NotFound)?;
            let gets = open.gets(&key).filter(|gets| *gets != Gets::Nothing).ok_or(Fault::NotFound)?;
            let wrap = open.wrap_key_of(&self.rows, &key).await?;
            let known = open.devices.as_ref().and_then(|devices| devices.find(&key));
            to.push(Recipient { wrap, frontier: known.map(|known| known.frontier()).unwrap_or_default(), gets });
        }
        ParcelJob::begin(open, &to, |_| true, None, platform.now_ms(), &mut platform.rng())
    }

    /// A newcomer is let in by the parcel: the word for it is on record before anybody gets the file.
    async fn pack_for_newcomer(
        &mut self,
        platform: &P,
        request: &[u8],
        (role, name): (MemberRole, &str),
        events: &mut Vec<Event>,
    ) -> Result<ParcelJob, Fault> {
        let request = Request::read(request).map_err(super::asking::fault)?;
        let device: DevicePublic = request.device;
        let enrolment = self.admit(platform, device.clone(), (role, name), events).await?;
        let open = self.open.as_ref().ok_or(Fault::NoLedger)?;
        let number = invitation_number(&open.ledger.id(), &device);
        let invitation = Invitation { genesis: open.root.genesis().clone(), enrolment };
        let gets = if role == MemberRole::Witness { Gets::Headers } else { Gets::Everything };
        let to = [Recipient { wrap: device.wrap, frontier: Frontier::default(), gets }];
        ParcelJob::begin(open, &to, |_| true, Some((&invitation, number)), platform.now_ms(), &mut platform.rng())
    }
}
