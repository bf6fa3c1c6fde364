//! What a person leaves out of an emergency card. It is a choice of this device's, and no part of the record.

use std::collections::BTreeSet;

use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::open::OpenLedger;
use crate::protocol::{Fault, LONGEST_KEY_BYTES, MOST_LEFT_OUT};
use crate::rows::{RowBatch, RowName, Rows, decode_state};

impl OpenLedger {
    /// Keys of what is left out. A row that is lost leaves nothing out: the person sees the card before it is printed.
    pub(crate) async fn left_out<S: Store>(&self, rows: &Rows<S>) -> Result<BTreeSet<String>, Fault> {
        let row = rows.read_each(&[RowName::card(&self.id)]).await?.pop();
        let Some(Ok(Some(bytes))) = row else { return Ok(BTreeSet::new()) };
        Ok(decode_state(&bytes).unwrap_or_default())
    }

    /// Stores what is left out.
    pub(crate) async fn leave_out<S: Store>(
        &self,
        rows: &Rows<S>,
        keys: Vec<String>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        if keys.len() > MOST_LEFT_OUT || keys.iter().any(|key| key.len() > LONGEST_KEY_BYTES) {
            return Err(Fault::NotNow("so much cannot be left out of a card".into()));
        }
        let keys: BTreeSet<String> = keys.into_iter().collect();
        let mut batch = RowBatch::default();
        batch.put_state(RowName::card(&self.id), &keys)?;
        rows.commit(batch, rng).await
    }
}
