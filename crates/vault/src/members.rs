//! Who belongs to the open record: the steward's changes, those of the recovery key, suspensions.

use chartchain_keys::{RecoveryWords, SigningKey, VerifyKey};
use chartchain_ledger::{Change, Class, Control, Ledger, MAX_CHANGES, Membership, Role};
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::profile::{find_words, from_hex};
use crate::protocol::{Event, Fault, MemberChange, MemberRole, Reply, Secret};
use crate::rows::Rows;
use crate::session::Session;

/// Longest name of a member, bytes.
const MAX_NAME_BYTES: usize = 200;

/// Nobody is admitted again by more changes than these.
const MOST_TRIES: usize = 4;

/// What a device gets of a record: what a session asks before it gives any block. (Consent will answer for each segment.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gets {
    /// All of it.
    Everything,
    /// Headers, and what is about members: it can countersign, and reads nothing.
    Headers,
    /// Nothing.
    Nothing,
}

impl OpenLedger {
    /// What the device with this key gets now. `None` for one that is not known here, and that may introduce itself.
    pub(crate) fn gets(&self, feed: &VerifyKey) -> Option<Gets> {
        let ledger = &self.ledger;
        if ledger.may_receive(feed) {
            let role = ledger.membership(feed).map(|membership| membership.role);
            return Some(if role == Some(Role::Witness) { Gets::Headers } else { Gets::Everything });
        }
        let is_known = ledger.feeds().any(|known| known.key == *feed);
        (is_known || ledger.is_ended(feed) || ledger.is_suspended(feed)).then_some(Gets::Nothing)
    }

    /// Whether this device countersigns only.
    pub(crate) fn is_blind(&self) -> bool {
        self.ledger.membership(&self.own_feed()).is_some_and(|membership| membership.role == Role::Witness)
    }

    /// Whether this device makes the changes of who belongs to the record.
    pub(crate) fn is_steward(&self) -> bool {
        self.ledger.control().steward == self.own_feed() && self.draft().is_ok()
    }

    /// What a member is called, if this device can read it.
    pub(crate) fn name_of(&self, feed: &VerifyKey, membership: &Membership) -> Option<String> {
        self.root.keyring().unseal_name(&[&self.id, &feed.0], &membership.name)
    }

    /// As what somebody is let in by this device.
    pub(crate) fn membership_for(
        &self,
        feed: &VerifyKey,
        role: MemberRole,
        name: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Membership, Fault> {
        let own = self.ledger.membership(&self.own_feed()).ok_or(Fault::Retired)?;
        let role = role_of(role);
        let domain = match own.role {
            Role::Patient if role == Role::Patient => chartchain_ledger::DomainId::PATIENT,
            Role::Patient => chartchain_ledger::DomainId(chartchain_keys::make_random(rng)),
            _ => own.domain,
        };
        let membership = Membership { role, domain, name: self.seal_name(feed, name, rng)? };
        if own.may_let_in(&membership) {
            Ok(membership)
        } else {
            Err(Fault::NotNow("this device lets in devices of its own house and role only".into()))
        }
    }

    fn seal_name(&self, feed: &VerifyKey, name: &str, rng: &mut impl CryptoRng) -> Result<Vec<u8>, Fault> {
        if name.len() > MAX_NAME_BYTES {
            return Err(Fault::NotNow("the name is longer than 200 bytes".into()));
        }
        Ok(self.root.keyring().seal_name(&[&self.id, &feed.0], name, rng).unwrap_or_default())
    }

    /// As the steward, admits all who were let in by others, so that they stay whatever becomes of these. True if there were any.
    pub(crate) async fn confirm<S: Store>(
        &mut self,
        rows: &Rows<S>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<bool, Fault> {
        if !self.is_steward() {
            return Ok(false);
        }
        let state = self.ledger.control();
        let is_new = |feed: &VerifyKey| {
            !state.members.contains_key(feed) && !state.removed.contains_key(feed) && !self.ledger.is_suspended(feed)
        };
        let feeds = self.ledger.feeds().filter(|feed| is_new(&feed.key) && feed.forked_at.is_none());
        let changes: Vec<Change> = feeds
            .filter_map(|feed| Some(Change::Admit { feed: feed.key, membership: feed.membership? }))
            .take(MAX_CHANGES)
            .collect();
        if changes.is_empty() {
            return Ok(false);
        }
        self.change_members(rows, changes, None, now_ms, rng).await?;
        Ok(true)
    }

    /// Signs changes, as the steward or with the recovery key. They are durable when this returns.
    pub(crate) async fn change_members<S: Store>(
        &mut self,
        rows: &Rows<S>,
        changes: Vec<Change>,
        recovery: Option<&SigningKey>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        if recovery.is_none() && !self.is_steward() {
            return Err(Fault::NotSteward);
        }
        let proposal = self.ledger.propose(changes, recovery.is_some());
        let proofs = recovery.map(|key| proposal.prove(&self.ledger.id(), key)).into_iter().collect();
        self.write_control(rows, &Control::Change { proposal, proofs }, now_ms, rng).await
    }

    async fn write_control<S: Store>(
        &mut self,
        rows: &Rows<S>,
        control: &Control,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let mut new = self.new_blocks()?;
        let block = self.sign(self.draft()?, Class::Control, &control.to_body(), now_ms);
        self.put_block(&mut new, block)?;
        self.write_blocks(rows, new, rng).await?;
        self.store_index_if_due(rows, rng).await
    }

    /// A device of the patient decides from now on; the chain has to know it for that.
    fn stewardship(&self, feed: &VerifyKey) -> Result<[Change; 2], Fault> {
        let membership = self.ledger.membership(feed).filter(|membership| membership.role == Role::Patient);
        let membership = membership.cloned().ok_or(Fault::NotFound)?;
        Ok([Change::Admit { feed: *feed, membership }, Change::Steward { feed: *feed }])
    }

    /// What a person's wish is in the chain.
    fn changes_of(
        &self,
        change: &MemberChange,
        by_recovery: bool,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<Change>, Fault> {
        let (own, state) = (self.own_feed(), self.ledger.control());
        let feed_of = key_of;
        let mut changes = Vec::new();
        // Whoever holds the words decides from here on, where the one who did is gone or is to go.
        let takes_over = |gone: bool| by_recovery && state.steward != own && (gone || !self.ledger.has_steward());
        match change {
            MemberChange::Remove { feeds } => {
                let feeds: Result<Vec<VerifyKey>, Fault> = feeds.iter().map(|feed| feed_of(feed)).collect();
                let feeds = feeds?;
                if feeds.contains(&own) {
                    return Err(Fault::NotNow("this device does not remove itself".into()));
                }
                if takes_over(feeds.contains(&state.steward)) {
                    changes.extend(self.stewardship(&own)?);
                }
                for feed in feeds {
                    let known = self.ledger.feeds().find(|known| known.key == feed);
                    if known.is_none() && !state.members.contains_key(&feed) {
                        return Err(Fault::NotFound);
                    }
                    changes.push(Change::Remove { feed, length: known.map_or(0, |known| known.length) });
                }
            }
            MemberChange::Lift { feed } => {
                let feed = feed_of(feed)?;
                let lifts = self.ledger.suspensions().filter(|(_, suspended)| *suspended == feed);
                changes.extend(lifts.map(|(suspension, _)| Change::Lift { suspension }));
                if self.ledger.is_doubted(&feed) {
                    let membership = self.ledger.membership(&feed).cloned().ok_or(Fault::NotFound)?;
                    changes.push(Change::Admit { feed, membership });
                }
                if changes.is_empty() {
                    return Err(Fault::NotFound);
                }
                if takes_over(false) {
                    changes.extend(self.stewardship(&own)?);
                }
            }
            MemberChange::Name { feed, name } => {
                let feed = feed_of(feed)?;
                let mut membership = self.ledger.membership(&feed).cloned().ok_or(Fault::NotFound)?;
                membership.name = self.seal_name(&feed, name, rng)?;
                changes.push(Change::Admit { feed, membership });
            }
            MemberChange::Steward { feed } => changes.extend(self.stewardship(&feed_of(feed)?)?),
        }
        changes.truncate(MAX_CHANGES);
        Ok(changes)
    }
}

/// A feed key from hex.
fn key_of(hex: &str) -> Result<VerifyKey, Fault> {
    let bytes = from_hex(hex).and_then(|bytes| bytes.try_into().ok());
    bytes.map(VerifyKey).ok_or(Fault::NotFound)
}

/// The recovery key of a ledger, if these are its words.
pub(crate) fn recovery_key(ledger: &Ledger, words: &RecoveryWords) -> Option<SigningKey> {
    let genesis = ledger.genesis();
    let recovery = words.derive_keys(genesis.recovery_number);
    (recovery.public().ok().as_ref() == Some(&genesis.recovery)).then_some(recovery.signing)
}

const fn role_of(role: MemberRole) -> Role {
    match role {
        MemberRole::Patient => Role::Patient,
        MemberRole::Delegate => Role::Delegate,
        MemberRole::Clinician => Role::Clinician,
        MemberRole::Witness => Role::Witness,
    }
}

pub(crate) const fn shown_role(role: Role) -> MemberRole {
    match role {
        Role::Patient => MemberRole::Patient,
        Role::Delegate => MemberRole::Delegate,
        Role::Clinician => MemberRole::Clinician,
        Role::Witness => MemberRole::Witness,
    }
}

impl<P: Platform> Session<P> {
    /// Changes who belongs to the open record.
    pub(crate) async fn change_members(
        &mut self,
        platform: &P,
        change: &MemberChange,
        words: Option<&Secret>,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let mut rng = platform.rng();
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        let recovery = match words {
            None => None,
            Some(words) => {
                let found = find_words(words, |words| recovery_key(&open.ledger, words));
                Some(found.map_err(Fault::WrongWords)?.1)
            }
        };
        for _ in 0..MOST_TRIES {
            let changes = open.changes_of(change, recovery.is_some(), &mut rng)?;
            open.change_members(&self.rows, changes, recovery.as_ref(), platform.now_ms(), &mut rng).await?;
            // A removal that is void now may be of the same height, and only a change above that outlasts it.
            if !matches!(change, MemberChange::Lift { feed } if open.ledger.is_doubted(&key_of(feed)?)) {
                break;
            }
        }
        events.push(Event::Changed);
        self.list_devices().await
    }

    /// Stops a device on sight, until that is lifted.
    pub(crate) async fn suspend(&mut self, platform: &P, feed: &str, events: &mut Vec<Event>) -> Result<Reply, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        let feed = key_of(feed)?;
        let own = open.own_feed();
        if feed == own || open.ledger.membership(&feed).is_none() {
            return Err(Fault::NotFound);
        }
        if open.ledger.membership(&own).is_none_or(|membership| membership.role != Role::Patient) {
            return Err(Fault::NotSteward);
        }
        let control = Control::Suspension { feed };
        open.write_control(&self.rows, &control, platform.now_ms(), &mut platform.rng()).await?;
        events.push(Event::Changed);
        self.list_devices().await
    }
}
