//! Devices of the open record that are to be met whenever they are there. Where they meet, and how frames get there, is not known here.

use chartchain_keys::VerifyKey;
use chartchain_ledger::Hash;

use crate::links::{self, Links};
use crate::platform::Platform;
use crate::profile::to_hex;
use crate::protocol::{Companion, Fault, MeetingSecret, Reply};
use crate::session::Session;

/// So many are waited for at once: those that were met last.
const MAX_COMPANIONS: usize = 8;

impl<P: Platform> Session<P> {
    /// Who of the open record is not connected, and how each is found.
    pub(crate) async fn companions(&mut self) -> Result<Reply, Fault> {
        let Links { links, .. } = links::of(&mut self.links);
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        if !open.is_shared() {
            return Ok(Reply::Companions(Vec::new()));
        }
        open.devices(&self.rows).await?;
        let (own, id) = (open.own_feed(), Hash(open.id));
        let mut others: Vec<_> = open.others();
        others.retain(|feed| !links.values().any(|link| link.is_with(&id, feed)));
        let met_ms = |feed: &VerifyKey| open.devices.as_ref().and_then(|devices| devices.find(feed)?.met_ms());
        others.sort_by_key(|feed| core::cmp::Reverse(met_ms(feed)));
        others.truncate(MAX_COMPANIONS);
        let companion = |feed| {
            let secret = open.root.keyring().derive_companions(&own, &feed).map(MeetingSecret)?;
            Some(Companion { feed: to_hex(&feed.0), hosts: own < feed, secret })
        };
        Ok(Reply::Companions(others.into_iter().filter_map(companion).collect()))
    }
}
