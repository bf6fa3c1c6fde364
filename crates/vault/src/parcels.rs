//! Parcels: what this device gives others in one direction, by file, picture or mailbox, and what comes to it that way. And being let
//! into a record by nothing but files.

mod asking;
mod opening;
mod pack;

use chartchain_keys::{DevicePublic, VerifyKey, WrapPublic};
use chartchain_ledger::Enrolment;
use chartchain_store::Store;
use chartchain_sync::ParcelError;

pub(crate) use self::asking::read_request;
pub(crate) use self::opening::Opening;
pub(crate) use self::pack::{ParcelJob, Recipient};
use crate::block_row;
use crate::open::OpenLedger;
use crate::protocol::Fault;
use crate::rows::Rows;

/// Why a parcel cannot be made or read, for people.
fn fault(error: ParcelError) -> Fault {
    match error {
        ParcelError::NotAParcel => Fault::NotAParcel,
        ParcelError::TooNew(_) => Fault::TooNew,
        ParcelError::NotForThisDevice => Fault::NotForThisDevice,
        ParcelError::OtherLedger | ParcelError::Damaged | ParcelError::CutOff | ParcelError::Signature => {
            Fault::FileDamaged
        }
        ParcelError::TooLarge => Fault::NotNow("it is more than one file may hold".into()),
        ParcelError::Recipients(error) => Fault::NotNow(error.to_string()),
    }
}

impl OpenLedger {
    /// The key to which something is sealed for a device: its first block says it, or the first one of the ledger.
    pub(crate) async fn wrap_key_of<S: Store>(&self, rows: &Rows<S>, feed: &VerifyKey) -> Result<WrapPublic, Fault> {
        let founding = self.ledger.genesis().devices.iter().find(|device| device.feed == *feed);
        if let Some(DevicePublic { wrap, .. }) = founding {
            return Ok(wrap.clone());
        }
        let is_first = |number: &u32| self.meta(*number).is_some_and(|block| block.feed == *feed && block.seq == 0);
        // One that was let in and has written nothing yet gets its parcel with the next connection.
        let number = (1..self.head.blocks).find(is_first).ok_or(Fault::NotFound)?;
        let row = self.read_row(rows, number).await?;
        let (_, body) = block_row::split(&row)?;
        let enrolment = Enrolment::read(body).map_err(|error| Fault::Damaged(error.to_string()))?;
        Ok(enrolment.device.wrap)
    }
}
