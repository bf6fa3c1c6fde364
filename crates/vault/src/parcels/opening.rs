use chartchain_keys::{DeviceKeys, VerifyKey};
use chartchain_ledger::Hash;
use chartchain_sync::{Invitation, ParcelError, ParcelReader, ParcelRecord, Receipt, invitation_number};

use super::asking::Asking;
use super::fault;
use crate::jobs::tolerate_full;
use crate::links::{self, Links};
use crate::members::Gets;
use crate::platform::Platform;
use crate::protocol::{Event, Fault, LedgerId, ParcelCard, Reply};
use crate::root::Root;
use crate::session::Session;
use crate::take_in::Parts;

/// Blocks are stored when so many bytes of them have come.
const BATCH_BYTES: usize = 512 * 1024;
/// So many ledgers' keys are tried at once.
const KEYS_AT_ONCE: usize = 16;

/// A parcel that is being read.
#[derive(Default)]
pub(crate) struct Opening {
    reader: ParcelReader,
    to: Option<To>,
    waiting: Vec<Parts>,
    waiting_bytes: usize,
    added: u32,
    refused: u32,
    /// It is an answer to a request of this device, which says whether it goes on with that record.
    invited: Option<Invited>,
}

/// For whom a parcel is here.
enum To {
    Ledger([u8; 32]),
    /// Keys with which this device asked to be let in.
    Newcomer(Box<DeviceKeys>),
}

struct Invited {
    device: Box<DeviceKeys>,
    invitation: Invitation,
}

impl<P: Platform> Session<P> {
    /// Begins to read a parcel.
    pub(crate) fn begin_parcel(&mut self) -> Reply {
        self.parcel = Some(Box::default());
        Reply::Done
    }

    /// Takes the next piece of a parcel. What has come whole is stored as if it had come over a connection; `last` says that nothing
    /// follows.
    pub(crate) async fn parcel_part(
        &mut self,
        platform: &P,
        bytes: &[u8],
        last: bool,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let mut opening = self.parcel.take().ok_or(Fault::NotFound)?;
        let taken = self.take_part(platform, &mut opening, (bytes, last), events).await;
        // One that does not hold is over; what was stored of it stays.
        if matches!(taken, Ok(None)) || opening.invited.is_some() {
            self.parcel = Some(opening);
        }
        Ok(taken?.map_or(Reply::Done, |card| Reply::Parcel(Box::new(card))))
    }

    pub(crate) async fn take_part(
        &mut self,
        platform: &P,
        opening: &mut Opening,
        (bytes, last): (&[u8], bool),
        events: &mut Vec<Event>,
    ) -> Result<Option<ParcelCard>, Fault> {
        opening.reader.push(bytes).map_err(fault)?;
        if last {
            opening.reader.finish().map_err(fault)?;
        }
        if !opening.reader.is_open() {
            self.find_key(platform, opening).await?;
        }
        while let Some(record) = opening.reader.take_record().map_err(fault)? {
            match record {
                ParcelRecord::Start { .. } => {}
                ParcelRecord::Fork(proof) => {
                    if let Some(To::Ledger(id)) = opening.to {
                        let mut rng = platform.rng();
                        let aside = &mut links::of(&mut self.links).aside;
                        let open = links::ledger(&mut self.open, aside, &self.rows, &id, &mut rng).await?;
                        open.learn_fork(&self.rows, &proof, &mut rng).await?;
                    }
                }
                // Who is not let in yet reads the parcel a second time then.
                ParcelRecord::Block { header, body } if matches!(opening.to, Some(To::Ledger(_))) => {
                    opening.waiting_bytes += header.len() + body.len();
                    opening.waiting.push((header, body));
                    if opening.waiting_bytes >= BATCH_BYTES {
                        self.store_parcel(platform, opening, events).await?;
                    }
                }
                ParcelRecord::Block { .. } => {}
                ParcelRecord::End(receipt) => {
                    self.store_parcel(platform, opening, events).await?;
                    return self.end_parcel(platform, opening, *receipt).await.map(Some);
                }
            }
        }
        self.store_parcel(platform, opening, events).await?;
        if last { Err(Fault::FileDamaged) } else { Ok(None) }
    }

    /// Tries the keys of this device in all records, and those with which it has asked to be let into one.
    async fn find_key(&mut self, platform: &P, opening: &mut Opening) -> Result<(), Fault> {
        let mut unread = None;
        for ids in self.person.ledgers.chunks(KEYS_AT_ONCE) {
            let mut keys = Vec::new();
            for id in ids {
                // A record that cannot be read is no reason not to try the others.
                match Root::load(&self.rows, id, &mut platform.rng()).await {
                    Ok((root, _)) => keys.push((*id, root.device().wrap.clone())),
                    Err(fault) => unread = Some(fault),
                }
            }
            match opening.reader.open(keys.iter().map(|(id, wrap)| (Some(Hash(*id)), wrap))) {
                Ok(at) => {
                    opening.to = at.and_then(|at| keys.get(at)).map(|(id, _)| To::Ledger(*id));
                    return Ok(());
                }
                Err(ParcelError::NotForThisDevice) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        let asking = Asking::load(&self.rows).await?.keys();
        // Behind the records: once it has joined one, its keys are of that.
        match opening.reader.open(asking.iter().map(|device| (None, &device.wrap))) {
            Ok(None) => Ok(()),
            Ok(Some(at)) => {
                opening.to = asking.into_iter().nth(at).map(|device| To::Newcomer(Box::new(device)));
                Ok(())
            }
            // It may be for the one that could not be read.
            Err(ParcelError::NotForThisDevice) if unread.is_some() => Err(unread.unwrap_or(Fault::NotForThisDevice)),
            Err(error) => Err(fault(error)),
        }
    }

    /// Stores what has come, as from a connection.
    async fn store_parcel(
        &mut self,
        platform: &P,
        opening: &mut Opening,
        events: &mut Vec<Event>,
    ) -> Result<(), Fault> {
        let Some(To::Ledger(id)) = opening.to else { return Ok(()) };
        if opening.waiting.is_empty() {
            return Ok(());
        }
        opening.waiting_bytes = 0;
        let taken = self.take_in_blocks(platform, &id, core::mem::take(&mut opening.waiting), events).await?;
        opening.added += taken.added;
        opening.refused += taken.refused;
        Ok(())
    }

    async fn end_parcel(&mut self, platform: &P, opening: &mut Opening, receipt: Receipt) -> Result<ParcelCard, Fault> {
        let mut rng = platform.rng();
        let mut card = ParcelCard {
            ledger: LedgerId(receipt.ledger.to_hex()),
            sender: String::new(),
            added: opening.added,
            refused: opening.refused,
            lacks: 0,
            number: None,
        };
        match opening.to.take() {
            Some(To::Newcomer(device)) => {
                let invitation = receipt.invitation.ok_or(Fault::FileDamaged)?;
                let public = device.public().map_err(|error| Fault::Storage(error.to_string()))?;
                card.number = Some(invitation_number(&receipt.ledger, &public));
                opening.invited = Some(Invited { device, invitation });
            }
            Some(To::Ledger(id)) => {
                let aside = &mut links::of(&mut self.links).aside;
                let open = links::ledger(&mut self.open, aside, &self.rows, &id, &mut rng).await?;
                if opening.refused > 0 && open.damage.stops_writing() {
                    return Err(Fault::Damaged("what has come cannot be stored beside what is lost here".into()));
                }
                let sender: VerifyKey = receipt.sender;
                let membership = open.ledger.membership(&sender).cloned();
                card.sender = membership.and_then(|member| open.name_of(&sender, &member)).unwrap_or_default();
                // What somebody who may have nothing says of itself is no receipt.
                if open.gets(&sender).is_some_and(|gets| gets != Gets::Nothing) {
                    let lacks = open.ledger.lacking(&receipt.frontier).len();
                    card.lacks = u32::try_from(lacks).unwrap_or(u32::MAX);
                    open.devices(&self.rows).await?.holds(&sender, &receipt.frontier);
                    tolerate_full(open.store_devices(&self.rows, &mut rng).await)?;
                    let heard = open.heard_by_mail(&self.rows, (&sender, receipt.wants, lacks > 0), &mut rng).await;
                    tolerate_full(heard)?;
                }
            }
            None => return Err(Fault::NotForThisDevice),
        }
        Ok(card)
    }

    /// Goes on with the record that the parcel read last lets this device into: the person has compared the number.
    pub(crate) async fn join_by_parcel(&mut self, platform: &P, events: &mut Vec<Event>) -> Result<Reply, Fault> {
        let invited = self.parcel.take().and_then(|opening| opening.invited).ok_or(Fault::NotFound)?;
        let Invited { device, invitation } = invited;
        let mut asking = Asking::load(&self.rows).await?;
        asking.forget(&device);
        let id = self.join(platform, None, Some(*device), (invitation.genesis, invitation.enrolment)).await?;
        self.store_asking(platform, &asking).await?;
        events.push(Event::Changed);
        let Links { aside, .. } = links::of(&mut self.links);
        let open = links::ledger(&mut self.open, aside, &self.rows, &id, &mut platform.rng()).await?;
        Ok(Reply::Opened(open.card()))
    }
}
