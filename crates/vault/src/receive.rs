//! Blocks of the open ledger, one at a time: handing them over and taking them in. Who needs which is for whoever connects
//! two devices to find out.

use crate::block_row;
use crate::engine::Engine;
use crate::platform::Platform;
use crate::protocol::{Event, Fault};

impl<P: Platform> Engine<P> {
    /// A block of the open ledger, header and body, by its number in order of arrival; `None` behind the last one.
    ///
    /// # Errors
    /// Nothing is open, or the block cannot be read.
    pub async fn give_block(&mut self, number: u32) -> Result<Option<(Vec<u8>, Vec<u8>)>, Fault> {
        let (rows, open) = self.opened().await?;
        if number >= open.head.blocks {
            return Ok(None);
        }
        let row = open.read_row(rows, number).await?;
        let (header, body) = block_row::split(&row)?;
        Ok(Some((header.to_vec(), body.to_vec())))
    }

    /// Takes in a block that another device wrote, by the same rules as those of a backup. Durable when this returns. Tells
    /// whether it is new.
    ///
    /// # Errors
    /// Nothing is open, or the block is refused: then it has no effect.
    pub async fn take_block(&mut self, header: &[u8], body: &[u8]) -> Result<bool, Fault> {
        let mut rng = self.platform().rng();
        let (rows, open) = self.opened().await?;
        let taken = open.take_in(rows, vec![(header.to_vec(), body.to_vec())], &mut rng).await;
        self.after(&taken).await;
        let taken = taken?;
        if taken.added > 0 {
            self.tell(Event::Changed);
        }
        let (rows, open) = self.opened().await?;
        if taken.refused + open.drop_waiting(rows, &mut rng).await? > 0 {
            return Err(Fault::NotNow("a block does not hold, or came before those that it follows".into()));
        }
        Ok(taken.added > 0)
    }
}
