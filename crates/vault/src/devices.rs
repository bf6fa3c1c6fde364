//! What this device knows of the other devices of a ledger: a row of its own, which nobody else gets.

use std::collections::BTreeSet;

use chartchain_keys::VerifyKey;
use chartchain_ledger::Frontier;
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::mail::Written;
use crate::members::shown_role;
use crate::open::OpenLedger;
use crate::per_feed::PerFeed;
use crate::profile::to_hex;
use crate::protocol::{DeviceHas, DeviceLine, DeviceStanding, Fault, Members};
use crate::rows::{RowBatch, RowName, Rows, decode_state};

/// The row.
pub(crate) type Devices = PerFeed<KnownDevice>;

/// One of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownDevice {
    /// What it called itself.
    name: String,
    /// When this device let it in.
    let_in_ms: Option<i64>,
    /// It countersigns only, and gets no entries.
    blind: bool,
    /// When both people compared the number.
    compared_ms: Option<i64>,
    /// When it was connected last.
    met_ms: Option<i64>,
    /// What it said that it holds, then.
    frontier: Vec<u8>,
}

impl Devices {
    /// This device lets another one in.
    pub(crate) fn let_in(&mut self, feed: &VerifyKey, name: &str, blind: bool, now_ms: i64) {
        if let Some(device) = self.of_mut(feed) {
            (device.name, device.let_in_ms, device.compared_ms) = (name.to_owned(), Some(now_ms), Some(now_ms));
            device.blind = blind;
        }
    }

    /// The person at another one was met by comparing.
    pub(crate) fn compared(&mut self, feed: &VerifyKey, now_ms: i64) {
        if let Some(device) = self.of_mut(feed) {
            device.compared_ms = Some(now_ms);
        }
    }

    /// It said what it holds, some time ago perhaps: nothing that is known already is taken away.
    pub(crate) fn holds(&mut self, feed: &VerifyKey, frontier: &Frontier) {
        if let Some(device) = self.of_mut(feed)
            && frontier.reaches(&device.frontier())
        {
            device.frontier = frontier.write();
        }
    }

    /// It is connected and says what it holds.
    pub(crate) fn met(&mut self, feed: &VerifyKey, frontier: Option<&Frontier>, now_ms: i64) {
        if let Some(device) = self.of_mut(feed) {
            device.met_ms = Some(now_ms);
            if let Some(frontier) = frontier {
                device.frontier = frontier.write();
            }
        }
    }
}

impl KnownDevice {
    /// What it said last that it holds; nothing if it never did.
    pub(crate) fn frontier(&self) -> Frontier {
        Frontier::read(&self.frontier).unwrap_or_default()
    }

    /// When it was connected last, milliseconds since 1970.
    pub(crate) const fn met_ms(&self) -> Option<i64> {
        self.met_ms
    }

    pub(crate) const fn is_blind(&self) -> bool {
        self.blind
    }

    /// Whether this device has let it in, so that its first block may be waited for.
    pub(crate) const fn is_let_in(&self) -> bool {
        self.let_in_ms.is_some()
    }
}

impl OpenLedger {
    /// What is known of other devices.
    pub(crate) async fn devices<S: Store>(&mut self, rows: &Rows<S>) -> Result<&mut Devices, Fault> {
        if self.devices.is_none() {
            // What is lost of it is learned again when they meet.
            let row = rows.read_each(&[RowName::devices(&self.id)]).await?.pop().and_then(Result::ok).flatten();
            self.devices = Some(row.and_then(|row| decode_state(&row).ok()).unwrap_or_default());
        }
        Ok(self.devices.get_or_insert_default())
    }

    /// Stores what is known of other devices.
    pub(crate) async fn store_devices<S: Store>(&self, rows: &Rows<S>, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        let Some(devices) = &self.devices else { return Ok(()) };
        let mut batch = RowBatch::default();
        batch.put_state(RowName::devices(&self.id), devices)?;
        rows.commit(batch, rng).await
    }

    /// Who belongs to the record. `has_words` says whether the person's words are those of it.
    /// `is_connected` tells which devices are there now.
    pub(crate) fn members(&self, has_words: bool, is_connected: impl Fn(&VerifyKey) -> bool) -> Members {
        let own = self.ledger.membership(&self.own_feed());
        Members {
            devices: self.device_lines(is_connected),
            copies: self.copies(),
            decides: self.is_steward(),
            is_decided: self.ledger.has_steward(),
            role: own.map(|membership| shown_role(membership.role)),
            has_words,
        }
    }

    /// All devices, this one first.
    fn device_lines(&self, is_connected: impl Fn(&VerifyKey) -> bool) -> Vec<DeviceLine> {
        let mut feeds: BTreeSet<VerifyKey> = self.ledger.feeds().map(|feed| feed.key).collect();
        feeds.extend(self.ledger.control().members.keys());
        // Those that were let in and did not come yet.
        let known = self.devices.iter().flat_map(PerFeed::iter);
        feeds.extend(known.filter(|(_, known)| known.is_let_in()).map(|(feed, _)| feed));
        let mut lines: Vec<DeviceLine> =
            feeds.iter().map(|feed| DeviceLine { connected: is_connected(feed), ..self.device_line(feed) }).collect();
        lines.sort_by_key(|line| (!line.this_device, line.since_ms));
        lines
    }

    /// What is known of one device, by its feed key.
    pub(crate) fn device_line(&self, key: &VerifyKey) -> DeviceLine {
        let feed = self.ledger.feeds().find(|feed| feed.key == *key);
        let known = self.devices.as_ref().and_then(|devices| devices.find(key));
        let first = self.arrivals.iter().flatten().filter_map(|name| self.ledger.block(name));
        let first = first.filter(|block| block.feed == *key).find(|block| block.seq == 0);
        let membership = self.ledger.membership(key);
        let name = membership.and_then(|membership| self.name_of(key, membership));
        let name = name.filter(|name| !name.is_empty()).or_else(|| Some(known?.name.clone()));
        let standing = match &feed {
            _ if self.ledger.is_ended(key) => DeviceStanding::Removed,
            Some(feed) if feed.forked_at.is_some() => DeviceStanding::Forked,
            _ if self.ledger.is_suspended(key) => DeviceStanding::Suspended,
            Some(feed) if !feed.let_in => DeviceStanding::NotLetIn,
            Some(feed) if feed.length > 0 => DeviceStanding::Good,
            _ => DeviceStanding::Coming,
        };
        let met_ms = known.and_then(|known| known.met_ms);
        DeviceLine {
            feed: to_hex(&key.0),
            connected: false,
            this_device: *key == self.own_feed(),
            name: name.unwrap_or_default(),
            role: membership.map(|membership| shown_role(membership.role)),
            house: membership.map(|membership| to_hex(&membership.domain.0)).unwrap_or_default(),
            decides: self.ledger.control().steward == *key,
            let_in_by: feed.as_ref().and_then(|feed| feed.let_in_by).map(|by| to_hex(&by.0)),
            since_ms: match first {
                Some(block) => Some(i64::try_from(block.claimed_ms).unwrap_or(i64::MAX)),
                None => known.and_then(|known| known.let_in_ms),
            },
            compared_ms: known.and_then(|known| known.compared_ms),
            met_ms,
            letter_ms: self.mail.as_ref().and_then(|mail| mail.find(key)).and_then(Written::left_ms),
            blocks: feed.as_ref().map_or(0, |feed| u32::try_from(feed.length).unwrap_or(u32::MAX)),
            has: known.map_or(DeviceHas::Unknown, |known| self.held_by(key, known)),
            standing,
        }
    }

    /// On how many devices everything is that is here, this one included, as they said last.
    pub(crate) fn copies(&self) -> u32 {
        let holds_all = |feed: &&VerifyKey| {
            let known = self.devices.as_ref().and_then(|devices| devices.find(feed));
            known.is_some_and(|known| self.held_by(feed, known) == DeviceHas::Everything)
        };
        1 + u32::try_from(self.others().iter().filter(holds_all).count()).unwrap_or(0)
    }

    /// What another device holds, as it said last.
    fn held_by(&self, key: &VerifyKey, known: &KnownDevice) -> DeviceHas {
        if known.frontier.is_empty() {
            return DeviceHas::Unknown;
        }
        let Ok(theirs) = Frontier::read(&known.frontier) else { return DeviceHas::Unknown };
        match u32::try_from(self.ledger.lacking(&theirs).len()).unwrap_or(u32::MAX) {
            0 => DeviceHas::Everything,
            blocks if self.is_in_letters(key, &theirs) => DeviceHas::InLetters(blocks),
            blocks => DeviceHas::Lacks(blocks),
        }
    }
}
