//! Blocks that other devices of the ledger wrote: handing them over and taking them in, one at a time and in order. Who
//! needs which is for whoever connects two devices to find out.

use chartchain_ledger::{BlockMeta, Body, Offer, Verified};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::block_row;
use crate::engine::Engine;
use crate::index::add_block;
use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::protocol::{Event, Fault};
use crate::rows::{RowBatch, RowName, Rows};

impl<P: Platform> Engine<P> {
    /// A block of the open ledger, header and body, by its number in order of arrival; `None` behind the last one.
    ///
    /// # Errors
    /// Nothing is open, or the block cannot be read.
    pub async fn give_block(&self, number: u32) -> Result<Option<(Vec<u8>, Vec<u8>)>, Fault> {
        let (rows, open) = self.opened()?;
        if number >= open.head.blocks {
            return Ok(None);
        }
        let row = open.read_row(rows, number).await?;
        let (header, body) = block_row::split(&row)?;
        Ok(Some((header.to_vec(), body.to_vec())))
    }

    /// Takes in a block that another device wrote, by the same rule as every other. Durable when this returns. Tells
    /// whether it is new.
    ///
    /// # Errors
    /// Nothing is open, or the block is refused: then it has no effect.
    pub async fn take_block(&mut self, header: &[u8], body: &[u8]) -> Result<bool, Fault> {
        let mut rng = self.platform().rng();
        let (rows, open) = self.opened_mut()?;
        let taken = open.receive(rows, header, body, &mut rng).await;
        self.after(&taken).await;
        if taken.as_ref().is_ok_and(|is_new| *is_new) {
            self.tell(Event::Changed);
        }
        taken
    }
}

impl OpenLedger {
    async fn receive<S: Store>(
        &mut self,
        rows: &Rows<S>,
        header: &[u8],
        body: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<bool, Fault> {
        let refused = |error: &dyn core::fmt::Display| Fault::NotNow(format!("a block is refused: {error}"));
        if self.damage.stops_writing() {
            return Err(Fault::Damaged("blocks are missing here, so that nothing can be added".into()));
        }
        let meta = BlockMeta::of_lone(&*Verified::check(header).map_err(|error| refused(&error))?);
        Body::read_checked(meta.class, body, &meta.content_root).map_err(|error| refused(&error))?;
        let names = match self.ledger.offer_with_body(header, body).map_err(|error| refused(&error))? {
            Offer::Known => return Ok(false),
            Offer::Accepted(names) => names,
            // What waits or is set aside here would have to be remembered: nothing of it stays.
            Offer::Parked | Offer::Forked { .. } => {
                return Err(Fault::Storage("a block came before those that it follows".into()));
            }
        };
        let number = self.head.blocks;
        let mut head = self.head.clone();
        head.blocks += 1;
        self.arrivals.extend(names.into_iter().map(Some));
        let (entries, whole) = self.open_body(number, body)?;
        if !whole {
            head.lost.push(number);
        }
        let mut shelf = self.shelf.clone();
        shelf.add_block(number, &entries);
        let mut batch = RowBatch::default();
        if shelf != self.shelf {
            shelf.put(&self.id, &mut batch)?;
            head.changes = shelf.changes();
        }
        batch.put_twice(RowName::head(&self.id), &head)?;
        let header_page = self.put_block(header, body, &mut batch)?;
        rows.commit(batch, rng).await?;
        (self.head, self.shelf, self.header_page) = (head, shelf, header_page);
        add_block(&mut self.chart, &mut self.head.inputs, number, entries)?;
        self.chart.resolve_sources();
        Ok(true)
    }
}
