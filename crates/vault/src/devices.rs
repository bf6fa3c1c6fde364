//! What this device knows of the other devices of a ledger: a row of its own, which nobody else gets.

use chartchain_keys::VerifyKey;
use chartchain_ledger::{FeedView, Frontier};
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::open::OpenLedger;
use crate::profile::to_hex;
use crate::protocol::{DeviceHas, DeviceLine, DeviceStanding, Fault};
use crate::rows::{RowBatch, RowName, Rows, decode_state};

/// Most devices that are remembered.
const MAX_KNOWN: usize = 1024;

/// The row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Devices {
    known: Vec<KnownDevice>,
}

/// One of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownDevice {
    feed: [u8; 32],
    /// What it called itself.
    name: String,
    /// When this device let it in.
    let_in_ms: Option<i64>,
    /// When both people compared the number.
    compared_ms: Option<i64>,
    /// When it was connected last.
    met_ms: Option<i64>,
    /// What it said that it holds, then.
    frontier: Vec<u8>,
}

impl Devices {
    pub(crate) fn find(&self, feed: &VerifyKey) -> Option<&KnownDevice> {
        self.known.iter().find(|device| device.feed == feed.0)
    }

    fn of_mut(&mut self, feed: &VerifyKey) -> Option<&mut KnownDevice> {
        let at = match self.known.iter().position(|device| device.feed == feed.0) {
            Some(at) => at,
            None if self.known.len() < MAX_KNOWN => {
                self.known.push(KnownDevice { feed: feed.0, ..KnownDevice::default() });
                self.known.len() - 1
            }
            None => return None,
        };
        self.known.get_mut(at)
    }

    /// This device lets another one in.
    pub(crate) fn let_in(&mut self, feed: &VerifyKey, name: &str, now_ms: i64) {
        if let Some(device) = self.of_mut(feed) {
            (device.name, device.let_in_ms, device.compared_ms) = (name.to_owned(), Some(now_ms), Some(now_ms));
        }
    }

    /// The person at another one was met by comparing.
    pub(crate) fn compared(&mut self, feed: &VerifyKey, now_ms: i64) {
        if let Some(device) = self.of_mut(feed) {
            device.compared_ms = Some(now_ms);
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

    /// All devices, this one first.
    pub(crate) fn device_lines(&self) -> Vec<DeviceLine> {
        let own = self.own_feed();
        let mut lines: Vec<DeviceLine> = self.ledger.feeds().map(|feed| self.device_line(&feed, &own)).collect();
        if let Some(devices) = &self.devices {
            // Those that were let in and did not come yet.
            let is_new = |device: &&KnownDevice| {
                device.is_let_in() && !lines.iter().any(|line| line.feed == to_hex(&device.feed))
            };
            let coming: Vec<DeviceLine> = devices.known.iter().filter(is_new).map(coming).collect();
            lines.extend(coming);
        }
        lines.sort_by_key(|line| (!line.this_device, line.since_ms));
        lines
    }

    fn device_line(&self, feed: &FeedView, own: &VerifyKey) -> DeviceLine {
        let known = self.devices.as_ref().and_then(|devices| devices.find(&feed.key));
        let first = self.arrivals.iter().flatten().filter_map(|name| self.ledger.block(name));
        let first = first.filter(|block| block.feed == feed.key).find(|block| block.seq == 0);
        let standing = match (feed.forked_at.is_some(), feed.ended_at.is_some(), feed.let_in) {
            (true, _, _) => DeviceStanding::Forked,
            (_, true, _) => DeviceStanding::Ended,
            (_, _, false) => DeviceStanding::NotLetIn,
            (_, _, true) => DeviceStanding::Good,
        };
        DeviceLine {
            feed: to_hex(&feed.key.0),
            this_device: feed.key == *own,
            name: known.map(|known| known.name.clone()).unwrap_or_default(),
            since_ms: first.map(|block| i64::try_from(block.claimed_ms).unwrap_or(i64::MAX)),
            compared_ms: known.and_then(|known| known.compared_ms),
            met_ms: known.and_then(|known| known.met_ms),
            blocks: u32::try_from(feed.length).unwrap_or(u32::MAX),
            has: known.map_or(DeviceHas::Unknown, |known| self.held_by(known)),
            standing,
        }
    }

    /// What another device holds, as it said last.
    fn held_by(&self, known: &KnownDevice) -> DeviceHas {
        if known.frontier.is_empty() {
            return DeviceHas::Unknown;
        }
        let Ok(theirs) = Frontier::read(&known.frontier) else { return DeviceHas::Unknown };
        match u32::try_from(self.ledger.lacking(&theirs).len()).unwrap_or(u32::MAX) {
            0 => DeviceHas::Everything,
            blocks => DeviceHas::Lacks(blocks),
        }
    }
}

/// A device that was let in and whose first block did not come yet.
fn coming(device: &KnownDevice) -> DeviceLine {
    DeviceLine {
        feed: to_hex(&device.feed),
        this_device: false,
        name: device.name.clone(),
        since_ms: device.let_in_ms,
        compared_ms: device.compared_ms,
        met_ms: device.met_ms,
        blocks: 0,
        has: DeviceHas::Unknown,
        standing: DeviceStanding::Coming,
    }
}
