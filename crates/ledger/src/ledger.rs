mod exchange;
#[cfg(test)]
mod exchange_test;

use std::collections::{BTreeMap, BTreeSet};

use chartchain_keys::{SigningKey, VerifyKey};

use crate::author::{Draft, SignedBlock};
use crate::chain::{Carried, Chain, ControlState, Suspended};
use crate::control::{Change, Control, ControlError, Membership, Proposal};
use crate::enrolment::{Authority, Enrolment, EnrolmentError};
use crate::feed::{Feed, FeedView, Rights};
use crate::fork::ForkProof;
use crate::genesis::{Genesis, GenesisError};
use crate::header::{Envelope, HeaderError, MAX_PARENTS, Verified, VerifiedHeader};
use crate::parking::{Candidate, Effect, Parking};
use crate::{Body, BodyError, Class, Hash};

/// Most ends that a forked feed has here. More are taken in only where a block of another feed waits for them.
const MAX_TIPS: usize = 8;

/// Most feeds of a ledger, as far as devices let each other in; the recovery key is not bound to it.
const MAX_FEEDS: usize = 256;

/// Most statements kept of blocks that were not taken in, so that their authors' forks are found all the same.
const MAX_STATEMENTS_ASIDE: usize = 2 * crate::parking::MAX_PARKED;

/// A claimed time this far ahead of what came before is marked as doubtful.
const JUMP_MS: u64 = 2 * 366 * 86_400_000;

/// Who has to answer for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// Whoever handed the bytes over: the author never signed them.
    Carrier,
    /// Whoever signed them.
    Author,
    /// Nobody: it may be right later, or for a newer program.
    Nobody,
}

/// Why a block is not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The bytes are no header, or are not signed.
    #[error("{0}")]
    Header(HeaderError),
    /// It belongs to another ledger.
    #[error("block of another ledger")]
    OtherLedger,
    /// No device that is known here has this key, or the one that lets it in: send the enrolment of that one first.
    #[error("signed by a device whose enrolment is not here, or let in by one: send that first")]
    NotEnrolled,
    /// A control block came without its body: send both together ([`Ledger::offer_with_body`]).
    #[error("a control block came without its body: send both together")]
    BodyNeeded,
    /// It is not the body that was signed.
    #[error("{0}")]
    Body(BodyError),
    /// What a control block says has not the form of its kind.
    #[error("{0}")]
    Control(ControlError),
    /// The first block of a device does not let it in.
    #[error("{0}")]
    Enrolment(EnrolmentError),
    /// Devices of this ledger let too many others in.
    #[error("too many devices were let in")]
    TooManyFeeds,
    /// A second genesis.
    #[error("a second genesis")]
    SecondGenesis,
    /// Prev is a block of another place or feed, or what it names cannot be a block at all.
    #[error("block does not follow those that it names")]
    Prev,
    /// Lamport is not 1 + the largest before.
    #[error("lamport time is wrong")]
    Lamport,
    /// The control head named is no control block.
    #[error("control head is not a control block")]
    ControlHead,
    /// A parent is of the author's own feed.
    #[error("a parent is of the author's own feed")]
    OwnParent,
    /// Too many wait already: send again when there is room.
    #[error("too many blocks wait for missing ones")]
    LotFull,
    /// Its feed forked into too many branches, and no block that is here builds on this one.
    #[error("feed has too many branches")]
    Branches,
}

impl Refusal {
    /// Badly signed bytes blame the carrier, badly formed signed bytes the author.
    pub const fn blame(&self) -> Blame {
        match self {
            Self::Header(error) => match error {
                HeaderError::TooLong | HeaderError::Envelope(_) | HeaderError::RestHash | HeaderError::Signature(_) => {
                    Blame::Carrier
                }
                HeaderError::Rest(_) | HeaderError::Order | HeaderError::Class => Blame::Author,
                HeaderError::UnknownVersion(_) | HeaderError::UnknownSuite(_) => Blame::Nobody,
            },
            Self::Enrolment(error) => match error {
                EnrolmentError::Body(_) => Blame::Carrier,
                EnrolmentError::Malformed(_)
                | EnrolmentError::Keys
                | EnrolmentError::Signature(_)
                | EnrolmentError::Wrap(_) => Blame::Author,
                EnrolmentError::Unknown => Blame::Nobody,
            },
            Self::OtherLedger | Self::SecondGenesis | Self::Body(_) => Blame::Carrier,
            Self::Control(_)
            | Self::Prev
            | Self::Lamport
            | Self::ControlHead
            | Self::OwnParent
            | Self::Branches
            | Self::TooManyFeeds => Blame::Author,
            Self::NotEnrolled | Self::BodyNeeded | Self::LotFull => Blame::Nobody,
        }
    }
}

/// What became of a block that was offered and not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// Taken in, with those that had waited for it, in order.
    Accepted(Vec<Hash>),
    /// It, or the same statement with another signature, was here already.
    Known,
    /// It waits for blocks before it.
    Parked,
    /// Its author signed another block for the same place, which was not known until now. Both branches are kept,
    /// quarantined: a block of another feed may build on either.
    Forked {
        /// Convinces everyone.
        proof: Box<ForkProof>,
        /// What was taken in, as in [`Offer::Accepted`]; empty if the block waits or does not fit.
        accepted: Vec<Hash>,
        /// The block waits for blocks before it.
        parked: bool,
    },
}

/// What is kept in memory of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockMeta {
    /// Its name.
    pub hash: Hash,
    /// Whose feed.
    pub feed: VerifyKey,
    /// Place in it.
    pub seq: u64,
    /// The block before it in its feed; zero for the first.
    pub prev: Hash,
    /// Logical time.
    pub lamport: u64,
    /// What the author's clock showed.
    pub claimed_ms: u64,
    /// That clock contradicts the blocks before.
    pub time_doubtful: bool,
    /// What it is for.
    pub class: Class,
    /// What its body has to hash to.
    pub content_root: Hash,
    /// Length of its body.
    pub body_bytes: u64,
}

impl BlockMeta {
    /// What a header says by itself, where the blocks before it are not at hand to hold it against.
    pub fn of_lone(header: &VerifiedHeader) -> Self {
        let (envelope, rest) = (&header.envelope, &header.header);
        Self {
            hash: header.hash,
            feed: envelope.feed,
            seq: envelope.seq,
            prev: envelope.prev,
            lamport: rest.lamport,
            claimed_ms: rest.claimed_ms,
            time_doubtful: false,
            class: rest.class,
            content_root: rest.content_root,
            body_bytes: rest.body_bytes,
        }
    }
}

/// How a block stands, as far as feeds tell. (Witnesses add to this.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is held against it.
    Good,
    /// At or after a fork or the end of its feed, or of a feed that nobody let in who may.
    Quarantined,
}

/// The blocks of one ledger and the rules between them. Pure: a function of the set of blocks, whatever their order.
pub struct Ledger {
    id: Hash,
    genesis: Genesis,
    feeds: BTreeMap<VerifyKey, Feed>,
    blocks: BTreeMap<Hash, BlockMeta>,
    chain: Chain,
    rights: Rights,
    /// Control blocks by lamport time.
    controls: BTreeSet<(u64, Hash)>,
    parking: Parking,
    /// What was signed first, as far as this device knows, for each place: also by blocks that wait or did not fit.
    statements: BTreeMap<(VerifyKey, u64), Envelope>,
}

impl Ledger {
    /// Opens a ledger from its first block.
    pub fn open(header: &[u8], body: &[u8]) -> Result<Self, OpenError> {
        let header = Verified::check(header)?;
        let content = Body::read_checked(header.header.class, body, &header.header.content_root)?;
        let Body::Open(bytes) = &content else { return Err(GenesisError::NotFirst.into()) };
        if !Genesis::fits(&header) {
            return Err(GenesisError::NotFirst.into());
        }
        let genesis = Genesis::read(bytes)?;
        if !genesis.devices.iter().any(|device| device.feed == header.envelope.feed) {
            return Err(GenesisError::Keys.into());
        }
        let founding = || Feed { founding: true, ..Feed::default() };
        let feeds = genesis.devices.iter().map(|device| (device.feed, founding())).collect();
        let chain = Chain::found(header.envelope.feed, genesis.devices.iter().map(|device| device.feed));
        let mut ledger = Self {
            id: header.hash,
            genesis,
            rights: Rights::derive(&feeds, chain.derive(&feeds)),
            chain,
            feeds,
            blocks: BTreeMap::new(),
            controls: BTreeSet::new(),
            parking: Parking::default(),
            statements: BTreeMap::new(),
        };
        ledger.insert(Candidate { header, effect: Effect::None });
        Ok(ledger)
    }

    /// Its id: the hash of its genesis.
    pub const fn id(&self) -> Hash {
        self.id
    }

    /// What founded it.
    pub const fn genesis(&self) -> &Genesis {
        &self.genesis
    }

    /// How many blocks it holds.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Never: there is always a genesis.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// How many blocks wait for others.
    pub fn parked(&self) -> usize {
        self.parking.len()
    }

    /// A block by name.
    pub fn block(&self, hash: &Hash) -> Option<&BlockMeta> {
        self.blocks.get(hash)
    }

    /// Whether the block with this header is here already, or waits. Bytes that are no header are not.
    pub fn holds(&self, header: &[u8]) -> bool {
        let name = Envelope::read(header).map(|(envelope, _)| envelope.name());
        name.is_ok_and(|name| self.blocks.contains_key(&name) || self.parking.holds(&name))
    }

    /// All feeds, in order of key.
    pub fn feeds(&self) -> impl Iterator<Item = FeedView> {
        self.feeds.iter().map(|(key, feed)| self.rights.view(key, feed))
    }

    /// Proofs of all forks known.
    pub fn forks(&self) -> impl Iterator<Item = &ForkProof> {
        self.feeds.values().filter_map(|feed| feed.fork.as_ref())
    }

    /// How a block stands.
    pub fn standing(&self, block: &BlockMeta) -> Standing {
        let standing = self.feeds.get(&block.feed).map_or(0, |feed| self.rights.standing_length(&block.feed, feed));
        if block.seq < standing || block.hash == self.id { Standing::Good } else { Standing::Quarantined }
    }

    /// A hash over the set of blocks: alike on all devices that hold the same.
    pub fn state_hash(&self) -> Hash {
        let names: Vec<&[u8]> = self.blocks.keys().map(|hash| hash.0.as_slice()).collect();
        Hash::of(&names)
    }

    /// Begins the next block of a feed. `None` if nobody let it in who may, if it has forked or was ended: a retired key
    /// never writes again.
    pub fn draft(&self, feed: &VerifyKey) -> Option<Draft> {
        let own = self.feeds.get(feed)?;
        // Without its first block here, a feed that is known by its enrolment alone would fork.
        if !self.rights.may_write(feed, Some(own)) || (own.chain.is_empty() && !own.founding) {
            return None;
        }
        Some(self.draft_after(own))
    }

    /// Signs the first block of a new device. `None` if the enrolment is not that key's, or if the key has signed here:
    /// it would fork.
    pub fn enrol(&self, enrolment: &Enrolment, key: &SigningKey, claimed_ms: u64) -> Option<SignedBlock> {
        let feed = key.verify_key();
        if enrolment.device.feed != feed || self.feeds.contains_key(&feed) {
            return None;
        }
        let draft = self.draft_after(&Feed::default());
        Some(draft.sign(Class::Control, claimed_ms, Vec::new(), &enrolment.to_body(), key))
    }

    fn draft_after(&self, own: &Feed) -> Draft {
        let prev = own.chain.last().copied();
        let tips = self.feeds.iter().filter_map(|(key, other)| self.standing_tip(key, other));
        let mut parents: Vec<Hash> = tips.filter(|tip| Some(*tip) != prev && !own.seen.contains(tip)).collect();
        parents.sort_unstable();
        parents.truncate(MAX_PARENTS);
        let lamport =
            parents.iter().chain(&prev).filter_map(|hash| self.blocks.get(hash)).map(|meta| meta.lamport).max();
        Draft {
            ledger: self.id,
            seq: own.chain.len() as u64,
            prev: prev.unwrap_or(Hash::ZERO),
            parents,
            control_head: self.control_head(),
            witness_epoch: 0,
            lamport: lamport.map_or(0, |lamport: u64| lamport.saturating_add(1)),
        }
    }

    /// The last block of a feed that stands: nobody builds on what is set aside.
    fn standing_tip(&self, key: &VerifyKey, feed: &Feed) -> Option<Hash> {
        let genesis = u64::from(feed.chain.first() == Some(&self.id));
        let standing = self.rights.standing_length(key, feed).max(genesis);
        let length = feed.chain.len().min(usize::try_from(standing).unwrap_or(usize::MAX));
        feed.chain.get(length.checked_sub(1)?).copied()
    }

    /// The newest control block that stands.
    fn control_head(&self) -> Hash {
        let stands = |hash: &Hash| self.blocks.get(hash).is_some_and(|meta| self.standing(meta) == Standing::Good);
        self.controls.iter().rev().map(|(_, hash)| *hash).find(stands).unwrap_or(self.id)
    }

    /// Judges a header from anywhere, cheap checks first: size → form → signature → feed → place → parents → lamport.
    /// What is already here is not judged again.
    pub fn offer(&mut self, header: &[u8]) -> Result<Offer, Refusal> {
        self.judge(header, None)
    }

    /// Judges a block from anywhere, as [`Ledger::offer`] does. Its body is looked at only in control blocks, which cannot be judged
    /// without.
    pub fn offer_with_body(&mut self, header: &[u8], body: &[u8]) -> Result<Offer, Refusal> {
        self.judge(header, Some(body))
    }

    fn judge(&mut self, header: &[u8], body: Option<&[u8]>) -> Result<Offer, Refusal> {
        let (envelope, rest) = Envelope::read(header).map_err(Refusal::Header)?;
        let name = envelope.name();
        if self.blocks.contains_key(&name) || self.parking.holds(&name) {
            return Ok(Offer::Known);
        }
        if envelope.ledger == Hash::ZERO {
            return Err(Refusal::SecondGenesis);
        }
        if envelope.ledger != self.id {
            return Err(Refusal::OtherLedger);
        }
        // Nobody is asked for the enrolment of a key that signed nothing.
        let header = Verified::check_parts(envelope, rest).map_err(Refusal::Header)?;
        let known = self.feeds.get(&header.envelope.feed);
        let enrols = header.envelope.seq == 0 && known.is_none_or(|feed| !feed.founding);
        if known.is_none() && !enrols {
            return Err(Refusal::NotEnrolled);
        }
        let effect = match body {
            None if enrols || header.header.class == Class::Control => return Err(Refusal::BodyNeeded),
            Some(body) if enrols => {
                let is_known = |by: &VerifyKey, _: &Membership| {
                    self.feeds.contains_key(by) || self.rights.membership(by).is_some()
                };
                let (authority, membership) = self.check_enrolment(&header, body, is_known)?;
                Effect::Enrolment(authority, membership)
            }
            Some(body) if header.header.class == Class::Control => self.read_control(&header, body)?,
            _ => Effect::None,
        };
        // The feed is known from here on, so that its forks are, and what follows waits.
        self.feeds.entry(header.envelope.feed).or_default();
        let fork = self.note_statement(&header.envelope);
        let outcome = self.take_in(Candidate { header, effect });
        let Some(proof) = fork else { return outcome };
        let (accepted, parked) = match outcome {
            Ok(Offer::Accepted(accepted)) => (accepted, false),
            Ok(Offer::Parked) => (Vec::new(), true),
            _ => (Vec::new(), false),
        };
        Ok(Offer::Forked { proof: Box::new(proof), accepted, parked })
    }

    /// Who lets the device in that signed this first block. Whether they may is not asked here, because later blocks can
    /// change the answer: a block whose authority was ended is kept and set aside.
    fn check_enrolment(
        &self,
        header: &VerifiedHeader,
        body: &[u8],
        is_known: impl Fn(&VerifyKey, &Membership) -> bool,
    ) -> Result<(Authority, Membership), Refusal> {
        let (class, root, feed) = (header.header.class, &header.header.content_root, header.envelope.feed);
        let refused = Refusal::Enrolment;
        if class != Class::Control {
            return Err(refused(EnrolmentError::Unknown));
        }
        let content = Body::read_checked(class, body, root).map_err(|error| refused(EnrolmentError::Body(error)))?;
        let Body::Open(bytes) = &content else { return Err(refused(EnrolmentError::Unknown)) };
        let enrolment = Enrolment::read(bytes).map_err(refused)?;
        if enrolment.device.feed != feed {
            return Err(refused(EnrolmentError::Keys));
        }
        let key = match &enrolment.authority {
            Authority::Recovery => self.genesis.recovery.signing,
            Authority::Device(by) if !is_known(by, &enrolment.membership) => return Err(Refusal::NotEnrolled),
            Authority::Device(_) if self.feeds.len() >= MAX_FEEDS && !self.feeds.contains_key(&feed) => {
                return Err(Refusal::TooManyFeeds);
            }
            Authority::Device(by) => *by,
        };
        enrolment.check_authority(&self.id, &key).map_err(|error| refused(error.into()))?;
        Ok((enrolment.authority, enrolment.membership))
    }

    /// What a control block says that is not the first of its feed. Whether its author may say so is not asked here.
    fn read_control(&self, header: &VerifiedHeader, body: &[u8]) -> Result<Effect, Refusal> {
        let content = Body::read_checked(Class::Control, body, &header.header.content_root).map_err(Refusal::Body)?;
        let Body::Open(bytes) = &content else { return Ok(Effect::None) };
        Ok(match Control::read(&self.id, bytes).map_err(Refusal::Control)? {
            None => Effect::None,
            Some(Control::Suspension { feed }) => Effect::Suspension(feed),
            Some(Control::Change { proposal, proofs }) => {
                let by_recovery = proofs.iter().any(|proof| proof.key == self.genesis.recovery.signing);
                let (author, seq) = (header.envelope.feed, header.envelope.seq);
                Effect::Change(proposal.name(&self.id), Carried { proposal, author, seq, by_recovery })
            }
        })
    }

    /// Who belongs to it, by the control chain.
    pub const fn control(&self) -> &ControlState {
        &self.rights.state
    }

    /// As what a feed belongs to it.
    pub fn membership(&self, key: &VerifyKey) -> Option<&Membership> {
        self.rights.membership(key)
    }

    /// As what a feed belongs to it, or belonged until it was removed.
    pub fn last_membership(&self, key: &VerifyKey) -> Option<&Membership> {
        self.membership(key).or_else(|| self.rights.state.former.get(key))
    }

    /// The next link of the control chain. What the recovery key shall sign goes before all that it may not have seen.
    pub fn propose(&self, changes: Vec<Change>, by_recovery: bool) -> Proposal {
        let state = self.control();
        let view = if by_recovery { self.chain.highest_view(&state.head).saturating_add(1) } else { 0 };
        Proposal { height: state.height.saturating_add(1), view, previous: state.head, changes }
    }

    /// Whether the steward could make changes now: its feed goes on.
    pub fn has_steward(&self) -> bool {
        let steward = &self.rights.state.steward;
        self.rights.may_write(steward, self.feeds.get(steward))
    }

    fn derive_rights(&mut self) {
        self.rights = Rights::derive(&self.feeds, self.chain.derive(&self.feeds));
    }

    /// Takes in a proof from elsewhere: true if it is news here. One against a feed that is not known yet is not kept.
    pub fn learn_fork(&mut self, proof: &ForkProof) -> bool {
        proof.ledger() == self.id && self.retire(proof)
    }

    /// Remembers what was signed for a place, and finds out whether it contradicts what was signed before. It does
    /// not matter whether either block fits, or waits, or in which order they came.
    fn note_statement(&mut self, envelope: &Envelope) -> Option<ForkProof> {
        let place = (envelope.feed, envelope.seq);
        let Some(other) = self.statements.get(&place) else {
            if self.statements.len() < self.blocks.len() + MAX_STATEMENTS_ASIDE {
                self.statements.insert(place, envelope.clone());
            }
            return None;
        };
        let proof = ForkProof::from_verified(other.clone(), envelope.clone())?;
        self.retire(&proof).then_some(proof)
    }

    /// The earliest fork counts: it sets most aside.
    fn retire(&mut self, proof: &ForkProof) -> bool {
        let Some(feed) = self.feeds.get_mut(&proof.feed()) else { return false };
        if feed.fork.as_ref().is_some_and(|known| known.seq() <= proof.seq()) {
            return false;
        }
        // The genesis stays whatever its founder did: it is what names the ledger.
        let genesis = u64::from(feed.chain.first() == Some(&self.id));
        feed.chain.truncate(usize::try_from(proof.seq().max(genesis)).unwrap_or(usize::MAX));
        feed.fork = Some(proof.clone());
        self.derive_rights();
        true
    }

    fn take_in(&mut self, candidate: Candidate) -> Result<Offer, Refusal> {
        let header = &candidate.header;
        let missing = self.missing(header);
        self.check_place(header, missing.is_empty()).inspect_err(|_| self.parking.give_up(header.hash))?;
        if !missing.is_empty() {
            let parked = self.parking.park(candidate, missing, self.feeds.len());
            return if parked { Ok(Offer::Parked) } else { Err(Refusal::LotFull) };
        }
        if !self.has_room(header) {
            return Err(Refusal::Branches);
        }
        let mut accepted = vec![header.hash];
        self.insert(candidate);
        let mut next = 0;
        while let Some(arrived) = accepted.get(next).copied() {
            next += 1;
            for waiting in self.parking.release(&arrived) {
                // A block that waited and turns out not to fit is dropped here as it would have been at once.
                if self.check_place(&waiting.header, true).is_err() {
                    self.parking.give_up(waiting.header.hash);
                } else if self.has_room(&waiting.header) {
                    accepted.push(waiting.header.hash);
                    self.insert(waiting);
                }
            }
        }
        Ok(Offer::Accepted(accepted))
    }

    /// Whether one more end of this feed would be too many.
    fn has_room(&self, header: &VerifiedHeader) -> bool {
        let Some(feed) = self.feeds.get(&header.envelope.feed) else { return false };
        feed.tips.contains(&header.envelope.prev) || feed.tips.len() < MAX_TIPS || self.parking.awaits(header)
    }

    fn missing(&self, header: &VerifiedHeader) -> BTreeSet<Hash> {
        let (envelope, rest) = (&header.envelope, &header.header);
        let prev = (envelope.seq > 0).then_some(&envelope.prev);
        rest.parents
            .iter()
            .chain(prev)
            .chain([&rest.control_head])
            .filter(|hash| !self.blocks.contains_key(hash))
            .copied()
            .collect()
    }

    /// Whether a block fits what it names, as far as that is here; `complete` says that all of it is.
    fn check_place(&self, header: &VerifiedHeader, complete: bool) -> Result<(), Refusal> {
        let (envelope, rest) = (&header.envelope, &header.header);
        // Nothing is ever named zero, and the founder's place 0 is the genesis.
        let first = envelope.seq == 0;
        let zero_parent = rest.parents.first() == Some(&Hash::ZERO);
        if zero_parent || first != (envelope.prev == Hash::ZERO) || (first && self.founder() == Some(envelope.feed)) {
            return Err(Refusal::Prev);
        }
        if rest.control_head == Hash::ZERO {
            return Err(Refusal::ControlHead);
        }
        let prev = self.blocks.get(&envelope.prev);
        if prev.is_some_and(|prev| prev.feed != envelope.feed || prev.seq.checked_add(1) != Some(envelope.seq)) {
            return Err(Refusal::Prev);
        }
        let parents = rest.parents.iter().filter_map(|parent| self.blocks.get(parent));
        let mut lamport = prev.map_or(0, |prev| prev.lamport.saturating_add(1));
        for parent in parents {
            if parent.feed == envelope.feed {
                return Err(Refusal::OwnParent);
            }
            lamport = lamport.max(parent.lamport.saturating_add(1));
        }
        if rest.lamport < lamport || (complete && rest.lamport != lamport) {
            return Err(Refusal::Lamport);
        }
        match self.blocks.get(&rest.control_head) {
            Some(head) if head.class != Class::Control => Err(Refusal::ControlHead),
            _ => Ok(()),
        }
    }

    fn founder(&self) -> Option<VerifyKey> {
        self.blocks.get(&self.id).map(|genesis| genesis.feed)
    }

    fn insert(&mut self, candidate: Candidate) {
        let Candidate { header, effect } = candidate;
        let (envelope, rest) = (&header.envelope, &header.header);
        let before = rest.parents.iter().chain([&envelope.prev]).filter_map(|hash| self.blocks.get(hash));
        let newest = before.map(|block| block.claimed_ms).max();
        let time_doubtful = newest.is_some_and(|newest| rest.claimed_ms < newest || rest.claimed_ms - newest > JUMP_MS);
        let meta = BlockMeta { time_doubtful, ..BlockMeta::of_lone(&header) };
        if let Some(feed) = self.feeds.get_mut(&envelope.feed) {
            if feed.fork.as_ref().is_none_or(|fork| envelope.seq < fork.seq()) {
                feed.chain.push(header.hash);
            }
            feed.tips.remove(&envelope.prev);
            feed.tips.insert(header.hash);
            feed.seen.extend(rest.parents.iter().copied());
        }
        if header.hash != self.id {
            self.statements.entry((envelope.feed, envelope.seq)).or_insert_with(|| envelope.clone());
        }
        if meta.class == Class::Control {
            self.controls.insert((meta.lamport, meta.hash));
        }
        self.blocks.insert(header.hash, meta);
        match effect {
            Effect::None => {}
            Effect::Enrolment(authority, membership) => {
                self.feeds.entry(envelope.feed).or_default().let_in_by.insert((authority, membership));
                self.derive_rights();
            }
            Effect::Change(name, carried) => {
                let matters = self.chain.matters(&name, &carried, &self.rights.state);
                self.chain.insert(name, carried);
                if matters {
                    self.derive_rights();
                }
            }
            Effect::Suspension(feed) => {
                let suspended = Suspended { feed, author: envelope.feed, seq: envelope.seq };
                self.chain.suspend(header.hash, suspended);
                // Whether it may be lifted by whom lifts it is known only now.
                self.derive_rights();
            }
        }
    }
}

/// Why a ledger does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The first header does not hold.
    #[error("{0}")]
    Header(#[from] HeaderError),
    /// The first body does not hold.
    #[error("{0}")]
    Body(#[from] BodyError),
    /// It is no genesis.
    #[error("{0}")]
    Genesis(#[from] GenesisError),
}
