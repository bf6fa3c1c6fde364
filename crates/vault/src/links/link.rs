use std::collections::BTreeMap;

use chartchain_keys::{DeviceKeys, DevicePublic, VerifyKey};
use chartchain_ledger::{Hash, Role};
use chartchain_sync::{End, Event as Happened, Session};
use rand_core::CryptoRng;

use super::Shared;
use crate::members::Gets;
use crate::open::OpenLedger;
use crate::protocol::{Fault, LedgerId, LinkAccess, LinkCard, LinkEnd, LinkId, LinkRecord, LinkSide, LinkStage};
use crate::take_in::TakenIn;

/// More than this is not read ahead for a connection, bytes.
const AHEAD_BYTES: u64 = 256 * 1024;

/// A connection with another device.
pub(crate) struct Link {
    pub(crate) session: Session,
    side: LinkSide,
    by_itself: bool,
    shared: BTreeMap<Hash, Shared>,
    code: Option<u32>,
    same_here: Option<bool>,
    same_there: Option<bool>,
    /// The other device asks to be let in.
    pub(crate) asks: Option<(Box<DevicePublic>, String)>,
    /// The keys with which this one asked to be let in.
    pub(crate) joining: Option<DeviceKeys>,
    let_in: Option<LedgerId>,
    end: Option<LinkEnd>,
    /// How it stood when that was told last.
    told: Option<LinkCard>,
}

/// What the device at the other side may have of this record now.
fn gets(open: &OpenLedger, shared: &Shared) -> Gets {
    let newcomer = || if shared.newcomer == Some(Role::Witness) { Gets::Headers } else { Gets::Everything };
    shared.feed.map_or(Gets::Nothing, |feed| open.gets(&feed).unwrap_or_else(newcomer))
}

impl Link {
    pub(crate) fn begin(
        (side, by_itself): (LinkSide, bool),
        binding: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Fault> {
        let session = match side {
            LinkSide::Offering => Session::offer(binding, rng).map_err(|error| Fault::Storage(error.to_string()))?,
            LinkSide::Answering => Session::answer(binding),
        };
        Ok(Self {
            session,
            side,
            by_itself,
            shared: BTreeMap::new(),
            code: None,
            same_here: None,
            same_there: None,
            asks: None,
            joining: None,
            let_in: None,
            end: None,
            told: None,
        })
    }

    pub(crate) fn hold(&mut self, ledger: Hash, state: Hash) {
        self.session.hold(vec![(ledger, state)]);
    }

    pub(crate) fn shared(&mut self, ledger: &Hash) -> &mut Shared {
        self.shared.entry(*ledger).or_default()
    }

    /// Ledgers that both hold.
    pub(crate) fn ledgers(&self) -> Vec<Hash> {
        self.shared.keys().copied().collect()
    }

    /// The other device, if it belongs to this ledger and gives this one nothing of it.
    pub(crate) fn shut_by(&self, ledger: &[u8; 32]) -> Option<VerifyKey> {
        let shared = self.shared.get(&Hash(*ledger)).filter(|shared| shared.shut_there && shared.admitted)?;
        shared.feed
    }

    /// The other device is this one of this ledger, and gets what it lacks over the connection.
    pub(crate) fn is_with(&self, ledger: &Hash, feed: &VerifyKey) -> bool {
        let is_it = |shared: &Shared| shared.feed == Some(*feed) && shared.admitted && !shared.shut_there;
        self.session.is_open() && self.shared.get(ledger).is_some_and(is_it)
    }

    pub(crate) fn is_admitted(&self, ledger: &Hash) -> bool {
        self.shared.get(ledger).is_some_and(|shared| shared.admitted)
    }

    pub(crate) fn admit(&mut self, ledger: &Hash) {
        let shared = self.shared(ledger);
        (shared.admitted, shared.shut) = (true, false);
        self.session.admit(ledger);
    }

    pub(crate) fn shut(&mut self, ledger: &Hash) {
        let shared = self.shared(ledger);
        (shared.admitted, shared.shut) = (false, true);
        self.session.shut(ledger);
    }

    /// What is about no ledger.
    pub(crate) fn happened(&mut self, event: Happened, rng: &mut impl CryptoRng) {
        match event {
            Happened::Opened if self.side == LinkSide::Offering => self.session.compare(rng),
            Happened::Code(code) => self.code = Some(code),
            Happened::Same(same) => self.same_there = Some(same),
            Happened::Asked { device, name } => self.asks = Some((device, name)),
            Happened::Ended(end) => {
                let end = match end {
                    End::Left => LinkEnd::Left,
                    End::Changed | End::Senseless => LinkEnd::Broken,
                    End::Between => LinkEnd::Between,
                };
                self.end.get_or_insert(end);
            }
            _ => {}
        }
    }

    pub(crate) fn say_same(&mut self, same: bool) {
        if self.code.is_some() && self.same_here.is_none() {
            self.same_here = Some(same);
            self.session.say_same(same);
            if !same {
                self.end.get_or_insert(LinkEnd::Between);
            }
        }
    }

    /// One of the two was let into this ledger: from now on both hold it.
    pub(crate) fn let_in(&mut self, open: &OpenLedger) {
        self.let_in = Some(open.ledger_id());
        self.asks = None;
        self.hold(Hash(open.id), open.ledger.frontier().digest());
    }

    /// Blocks of the other side were stored or refused.
    pub(crate) fn taken(&mut self, ledger: &[u8; 32], taken: &TakenIn, bytes: u64) {
        let shared = self.shared(&Hash(*ledger));
        shared.taken += taken.added;
        shared.refused += taken.refused;
        for name in &taken.refused_names {
            self.session.refuse(&Hash(*ledger), *name, 0);
        }
        self.session.done(bytes);
        if taken.blames_carrier {
            self.end.get_or_insert(LinkEnd::Broken);
            self.session.end(End::Changed);
        }
    }

    /// Says what is held here, where that is news to the other side.
    pub(crate) fn tell(&mut self, open: &OpenLedger) {
        let ledger = Hash(open.id);
        let Some(shared) = self.shared.get_mut(&ledger) else { return };
        let frontier = open.ledger.frontier();
        let digest = frontier.digest();
        if shared.told == Some(digest) {
            return;
        }
        if shared.admitted && gets(open, shared) == Gets::Nothing {
            return self.shut(&ledger);
        }
        if shared.admitted {
            shared.told = Some(digest);
            self.session.tell(&ledger, &frontier, true);
        }
        shared.consider(open);
    }

    pub(crate) fn next_to_give(&mut self, open: &OpenLedger) -> Option<u32> {
        // A device that was removed meanwhile gets nothing more.
        self.shared.get_mut(&Hash(open.id)).filter(|shared| gets(open, shared) != Gets::Nothing)?.next()
    }

    /// Whether the other device may have what is in entries: the question that consent will answer for each segment.
    pub(crate) fn may_read(&self, open: &OpenLedger) -> bool {
        self.shared.get(&Hash(open.id)).is_some_and(|shared| gets(open, shared) == Gets::Everything)
    }

    pub(crate) const fn has_room(&self) -> bool {
        // What is over takes nothing, and would read everything.
        self.session.is_open() && self.session.waiting_bytes() < AHEAD_BYTES
    }

    pub(crate) fn give(&mut self, ledger: &Hash, name: Option<Hash>, header: &[u8], body: &[u8]) {
        self.session.give(ledger, header, body);
        self.shared(ledger).gave(name);
    }

    pub(crate) fn take_frames(&mut self) -> Vec<Vec<u8>> {
        core::iter::from_fn(|| self.session.take_frame()).collect()
    }

    pub(crate) fn fail(&mut self, fault: &Fault) {
        let end = if matches!(fault, Fault::StorageFull) { LinkEnd::StorageFull } else { LinkEnd::Left };
        self.end.get_or_insert(end);
        self.session.end(End::Left);
    }

    pub(crate) fn leave(&mut self) {
        self.end.get_or_insert(LinkEnd::Left);
        self.session.end(End::Left);
    }

    /// Looks how ledgers stand.
    pub(crate) fn settle<'a>(&mut self, ledgers: impl Iterator<Item = &'a OpenLedger>) {
        for open in ledgers {
            if let Some(shared) = self.shared.get_mut(&Hash(open.id)) {
                shared.settle(open);
            }
        }
        if self.session.is_over() {
            self.end.get_or_insert(LinkEnd::Left);
        }
    }

    /// How it stands, if that is news.
    pub(crate) fn card(&mut self, id: LinkId) -> Option<LinkCard> {
        let record = |(ledger, shared): (&Hash, &Shared)| LinkRecord {
            ledger: LedgerId(ledger.to_hex()),
            access: match shared {
                Shared { shut: true, .. } => LinkAccess::Refused,
                Shared { shut_there: true, .. } => LinkAccess::RefusedThere,
                Shared { admitted: true, .. } => LinkAccess::Admitted,
                _ => LinkAccess::Unproved,
            },
            given: shared.given,
            to_give: shared.to_give(),
            taken: shared.taken,
            refused: shared.refused,
            behind: shared.behind,
            same: shared.same,
        };
        let stage = match self.end {
            Some(end) => LinkStage::Over(end),
            None if self.session.is_open() => LinkStage::Open,
            None => LinkStage::Greeting,
        };
        let card = LinkCard {
            id,
            by_itself: self.by_itself,
            stage,
            code: self.code,
            same_here: self.same_here,
            same_there: self.same_there,
            asks: self.asks.as_ref().map(|(_, name)| name.clone()),
            let_in: self.let_in.clone(),
            records: self.shared.iter().map(record).collect(),
        };
        let is_news = self.told.as_ref() != Some(&card);
        self.told = Some(card.clone());
        is_news.then_some(card)
    }
}
