//! An entry that belongs to somebody else: it is written in their record first and then withdrawn here. Whatever comes
//! between the two leaves it in one of them at least, and doing it again doubles nothing.

use chartchain_chart::Commitment;
use chartchain_fhir::form::{about_another, entered_in_error};
use chartchain_ledger::Hash;

use crate::entry::ResourceEntry;
use crate::index::{NewResource, content_hash};
use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::protocol::{EntryId, Event, Fault, LedgerId, Reply};
use crate::session::Session;
use crate::written::make_uuid;

impl<P: Platform> Session<P> {
    pub(crate) async fn move_entry(
        &mut self,
        platform: &P,
        id: &EntryId,
        to: &LedgerId,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let refused = |error: &dyn core::fmt::Display| Fault::NotNow(error.to_string());
        let to = Hash::from_hex(&to.0).ok_or(Fault::NotFound)?.0;
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        if to == open.id || !self.person.ledgers.contains(&to) {
            return Err(Fault::NotFound);
        }
        let (now_ms, mut rng) = (platform.now_ms(), platform.rng());
        open.undisputed(id)?;
        let current = open.current(&self.rows, id).await?;
        // Before anything is written.
        entered_in_error(&current.entry.json).map_err(|error| refused(&error))?;
        let file = match &current.entry.file {
            Some(file) => Some(open.read_file(&self.rows, file).await?),
            None => None,
        };
        let mut other = OpenLedger::load(&self.rows, to, &mut rng).await?;
        if other.head.made_up != open.head.made_up {
            return Err(Fault::NotNow("entries of made-up people stay with made-up people".into()));
        }
        let uuid = made_of(&current.commitment, &to);
        let full_url = format!("urn:uuid:{uuid}");
        if other.chart.find_reference(&full_url, None).is_none() {
            let json = about_another(&current.entry.json, &uuid, &other.subject_reference());
            let json = json.map_err(|error| refused(&error))?;
            let facts = chartchain_fhir::facts(&json).map_err(Fault::Unreadable)?;
            let content = content_hash(Some(&full_url), &json);
            let entry = ResourceEntry { full_url: Some(full_url), json, ..ResourceEntry::default() };
            let (new, resource) = (other.new_blocks()?, NewResource { entry, content, facts });
            match file {
                Some(bytes) => {
                    other.append_with_file(&self.rows, new, &bytes, resource, now_ms, &mut rng).await?;
                }
                None => {
                    other.append_to(&self.rows, new, (None, None), vec![resource], now_ms, &mut rng).await?;
                }
            }
        }
        let saved = open.mark_wrong(&self.rows, id, now_ms, &mut rng).await?;
        events.push(Event::Changed);
        Ok(Reply::Saved(saved))
    }
}

/// The id that an entry gets in another record: always the same.
fn made_of(commitment: &Commitment, to: &[u8; 32]) -> String {
    let hash = Hash::of(&[b"chartchain.moved-entry.v0", commitment, to]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(hash.0.split_at(16).0);
    make_uuid(bytes)
}
