//! Letters: parcels of bounded size that are left in a mailbox for a device that is not there now. Where mailboxes are, and how
//! bytes get there, is not known here.

use std::collections::BTreeSet;

use chartchain_keys::VerifyKey;
use chartchain_ledger::{Frontier, Hash};
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::links::{self, Links};
use crate::members::Gets;
use crate::open::OpenLedger;
use crate::parcels::{Opening, ParcelJob, Recipient};
use crate::per_feed::PerFeed;
use crate::platform::Platform;
use crate::profile::{from_hex, to_hex};
use crate::protocol::{
    Event, Fault, LedgerId, Letter, LetterDue, LetterMark, MAX_LETTER_BYTES, MailTag, Mailboxes, Reply,
};
use crate::root::Root;
use crate::rows::{RowBatch, RowName, Rows, decode_state};
use crate::session::Session;

/// A letter takes no further block once it has so many bytes.
const FULL_BYTES: u64 = 1024 * 1024;
/// A block with a longer body is in no letter: it goes over a connection or by file.
const MAX_LETTER_BODY_BYTES: u64 = MAX_LETTER_BYTES - FULL_BYTES - 512 * 1024;
/// What was not heard of for so long is sent again: letters do not stay in a mailbox for ever.
const AGAIN_MS: i64 = 20 * 24 * 3_600_000;
/// Mailboxes of so many records are told.
const MAX_MAILBOXES: usize = 64;

/// The row: what was written to the other devices of a ledger.
pub(crate) type MailBook = PerFeed<Written>;

/// What was written to one of them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Written {
    /// Blocks before this number of arrival went into letters, as far as the device lacked them.
    before: u32,
    /// Digest of what it was told last that this device holds.
    told: [u8; 32],
    /// When the last letter was left.
    at_ms: i64,
    /// It has sent something and asks whether that has come.
    asks: bool,
}

impl Written {
    /// When the last letter was left.
    pub(crate) fn left_ms(&self) -> Option<i64> {
        (self.at_ms > 0).then_some(self.at_ms)
    }
}

impl OpenLedger {
    /// What was written to other devices. What is lost of it is written again.
    pub(crate) async fn mail<S: Store>(&mut self, rows: &Rows<S>) -> Result<&mut MailBook, Fault> {
        if self.mail.is_none() {
            let row = rows.read_each(&[RowName::mail(&self.id)]).await?.pop().and_then(Result::ok).flatten();
            self.mail = Some(row.and_then(|row| decode_state(&row).ok()).unwrap_or_default());
        }
        Ok(self.mail.get_or_insert_default())
    }

    async fn store_mail<S: Store>(&self, rows: &Rows<S>, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        let Some(mail) = &self.mail else { return Ok(()) };
        let mut batch = RowBatch::default();
        batch.put_state(RowName::mail(&self.id), mail)?;
        rows.commit(batch, rng).await
    }

    /// A letter of this device has come. It may cross others: what its sender lacks is written once more.
    pub(crate) async fn heard_by_mail<S: Store>(
        &mut self,
        rows: &Rows<S>,
        (sender, asks, lacks): (&VerifyKey, bool, bool),
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let Some(written) = self.mail(rows).await?.of_mut(sender) else { return Ok(()) };
        let before = if lacks { 0 } else { written.before };
        if (written.asks, written.before) == (written.asks || asks, before) {
            return Ok(());
        }
        (written.asks, written.before) = (written.asks || asks, before);
        self.store_mail(rows, rng).await
    }

    /// Other devices that may receive everything of this ledger, and find this one by the key of its epoch. Whoever reads nothing
    /// has no such key.
    pub(crate) fn others(&self) -> Vec<VerifyKey> {
        if self.is_blind() {
            return Vec::new();
        }
        let mut feeds: BTreeSet<VerifyKey> = self.ledger.feeds().map(|feed| feed.key).collect();
        feeds.extend(self.ledger.control().members.keys());
        feeds.remove(&self.own_feed());
        feeds.into_iter().filter(|feed| self.gets(feed) == Some(Gets::Everything)).collect()
    }

    /// Whether any other device may receive something of this ledger.
    pub(crate) fn is_shared(&self) -> bool {
        !self.head.made_up && !self.others().is_empty()
    }

    /// Whether all that a device lacks went into letters to it.
    pub(crate) fn is_in_letters(&self, feed: &VerifyKey, holds: &Frontier) -> bool {
        let written = self.mail.as_ref().and_then(|mail| mail.find(feed));
        let fits = |name: &Hash| self.ledger.block(name).is_some_and(|block| block.body_bytes <= MAX_LETTER_BODY_BYTES);
        written.is_some_and(|written| written.at_ms > 0 && !self.lacks_from(written.before, holds))
            && self.ledger.lacking(holds).iter().all(fits)
    }

    /// Whether who holds this lacks a block that came here under this number or later.
    fn lacks_from(&self, before: u32, holds: &Frontier) -> bool {
        let lacking = self.ledger.lacking(holds);
        let behind = self.arrivals.iter().skip(before as usize).flatten();
        !lacking.is_empty() && behind.into_iter().any(|name| lacking.contains(name))
    }

    /// From which block on a device lacks something that is in no letter to it; `None` where there is nothing to write.
    fn due_from(&self, feed: &VerifyKey, holds: &Frontier, now_ms: i64) -> Option<u32> {
        let written = self.mail.as_ref().and_then(|mail| mail.find(feed)).cloned().unwrap_or_default();
        let is_old = now_ms.saturating_sub(written.at_ms) > AGAIN_MS;
        let before = if is_old { 0 } else { written.before };
        let lacks = self.lacks_from(before, holds);
        let asks = written.asks && written.told != self.ledger.frontier().digest().0;
        (lacks || asks).then_some(before)
    }
}

impl<P: Platform> Session<P> {
    /// Where letters for this device are left, and to whom something is to be written.
    pub(crate) async fn mailboxes(&mut self, platform: &P) -> Result<Reply, Fault> {
        let mut own = Vec::new();
        let mut due = Vec::new();
        for id in &self.mail_turn() {
            let Links { links, aside, .. } = links::of(&mut self.links);
            let open = self.open.as_mut().filter(|open| open.id == *id).or_else(|| aside.get_mut(id));
            let Some(open) = open else {
                own.extend(self.closed_mailbox(platform, id).await);
                continue;
            };
            if !open.is_shared() {
                continue;
            }
            own.extend(open.root.keyring().derive_mailbox(&open.own_feed()).map(MailTag));
            open.devices(&self.rows).await?;
            open.mail(&self.rows).await?;
            for feed in open.others() {
                let is_connected = links.values().any(|link| link.is_with(&Hash(*id), &feed));
                let known = open.devices.as_ref().and_then(|devices| devices.find(&feed));
                let holds = known.map(|known| known.frontier()).unwrap_or_default();
                if is_connected || open.due_from(&feed, &holds, platform.now_ms()).is_none() {
                    continue;
                }
                let Some(tag) = open.root.keyring().derive_mailbox(&feed).map(MailTag) else { continue };
                // One that was let in and has written nothing yet is met first: nothing can be sealed to it.
                match open.wrap_key_of(&self.rows, &feed).await {
                    Ok(_) => due.push(LetterDue { ledger: open.ledger_id(), to: to_hex(&feed.0), tag }),
                    Err(Fault::NotFound) => {}
                    Err(fault) => return Err(fault),
                }
            }
        }
        Ok(Reply::Mailboxes(Box::new(Mailboxes { own, due })))
    }

    /// Whose letters are looked for now: those of records at hand, and of some others, in turn.
    fn mail_turn(&mut self) -> Vec<[u8; 32]> {
        let at_hand = self.open.iter().map(|open| open.id);
        let links = links::of(&mut self.links);
        let mut ids: Vec<[u8; 32]> = at_hand.chain(links.aside.keys().copied()).collect();
        let all = &self.person.ledgers;
        let others = all.iter().cycle().skip(links.mail_at).take(all.len()).filter(|id| !ids.contains(id));
        let others: Vec<[u8; 32]> = others.take(MAX_MAILBOXES - ids.len().min(MAX_MAILBOXES)).copied().collect();
        if let Some(last) = others.last() {
            links.mail_at = all.iter().position(|id| id == last).map_or(0, |at| at + 1);
        }
        ids.extend(others);
        ids
    }

    /// The mailbox of a record that is not open, if other devices are known of it.
    async fn closed_mailbox(&self, platform: &P, id: &[u8; 32]) -> Option<MailTag> {
        let rows = self.rows.read_each(&[RowName::mail(id), RowName::devices(id)]).await.ok()?;
        rows.into_iter().find_map(|row| row.ok()?)?;
        // A record that cannot be read is no reason not to look for the others' letters.
        let (root, _) = Root::load(&self.rows, id, &mut platform.rng()).await.ok()?;
        let feed = root.device().feed.verify_key();
        root.keyring().derive_mailbox(&feed).map(MailTag)
    }

    /// Writes the next letter to a device of a record.
    pub(crate) async fn write_letter(&mut self, platform: &P, ledger: &LedgerId, to: &str) -> Result<Reply, Fault> {
        let (id, feed) = addressed(ledger, to)?;
        let (mut rng, now_ms) = (platform.rng(), platform.now_ms());
        let aside = &mut links::of(&mut self.links).aside;
        let open = links::ledger(&mut self.open, aside, &self.rows, &id, &mut rng).await?;
        if !open.others().contains(&feed) {
            return Err(Fault::NotFound);
        }
        let wrap = open.wrap_key_of(&self.rows, &feed).await?;
        let known = open.devices(&self.rows).await?.find(&feed);
        let frontier = known.map(|known| known.frontier()).unwrap_or_default();
        open.mail(&self.rows).await?;
        let from = open.due_from(&feed, &frontier, now_ms).ok_or(Fault::NotFound)?;
        let told = open.ledger.frontier().digest().0;
        let to = [Recipient { wrap, frontier, gets: Gets::Everything }];
        let fits =
            |number| number >= from && open.meta(number).is_some_and(|it| it.body_bytes <= MAX_LETTER_BODY_BYTES);
        let mut job = ParcelJob::begin(open, &to, fits, None, now_ms, &mut rng)?;
        let before = job.write_letter(&self.rows, open, FULL_BYTES).await?;
        let bytes = job.file.take().ok_or(Fault::NotFound)?;
        let name = Hash::of(&[&bytes]).to_hex();
        Ok(Reply::Letter(Box::new(Letter { name, bytes, mark: LetterMark { from, before, told } })))
    }

    /// A letter lies in its mailbox, durably.
    pub(crate) async fn letter_left(
        &mut self,
        platform: &P,
        (ledger, to): (&LedgerId, &str),
        mark: &LetterMark,
    ) -> Result<Reply, Fault> {
        let (id, feed) = addressed(ledger, to)?;
        let mut rng = platform.rng();
        let aside = &mut links::of(&mut self.links).aside;
        let open = links::ledger(&mut self.open, aside, &self.rows, &id, &mut rng).await?;
        let holds = open.ledger.frontier().digest().0;
        let written = open.mail(&self.rows).await?.of_mut(&feed).ok_or(Fault::NotFound)?;
        // What came meanwhile may have shown a gap, which begins it anew, or may ask for an answer that says more.
        if written.before >= mark.from {
            written.before = mark.before;
        }
        written.asks &= mark.told != holds;
        (written.told, written.at_ms) = (mark.told, platform.now_ms());
        open.store_mail(&self.rows, &mut rng).await?;
        Ok(Reply::Done)
    }

    /// Takes in a letter that lay in a mailbox of this device. It may be thrown away afterwards, also where it does not hold.
    pub(crate) async fn take_letter(
        &mut self,
        platform: &P,
        bytes: &[u8],
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        if bytes.len() as u64 > MAX_LETTER_BYTES {
            return Err(Fault::NotAParcel);
        }
        let mut opening = Opening::default();
        let card = self.take_part(platform, &mut opening, (bytes, true), events).await?.ok_or(Fault::FileDamaged)?;
        // Nobody is let into a record by a letter: no person would have compared the number.
        if card.number.is_some() { Err(Fault::NotForThisDevice) } else { Ok(Reply::Parcel(Box::new(card))) }
    }
}

fn addressed(ledger: &LedgerId, to: &str) -> Result<([u8; 32], VerifyKey), Fault> {
    let key = |hex: &str| from_hex(hex).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).ok_or(Fault::NotFound);
    Ok((key(&ledger.0)?, VerifyKey(key(to)?)))
}
