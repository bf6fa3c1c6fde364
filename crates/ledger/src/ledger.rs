use std::collections::{BTreeMap, BTreeSet};

use chartchain_keys::VerifyKey;

use crate::author::Draft;
use crate::control::Control;
use crate::fork::ForkProof;
use crate::genesis::{Genesis, GenesisError};
use crate::header::{Envelope, HeaderError, MAX_PARENTS, Verified, VerifiedHeader};
use crate::parking::Parking;
use crate::{Body, BodyError, Class, Hash};

/// Most ends that a forked feed has here. More are taken in only where a block of another feed waits for them.
const MAX_TIPS: usize = 8;

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
    /// No device of this ledger has this key.
    #[error("signed by a key that is no device of this ledger")]
    UnknownFeed,
    /// The recovery key signs control blocks only.
    #[error("the recovery key signs control blocks only")]
    RecoveryFeed,
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
            Self::OtherLedger | Self::UnknownFeed | Self::SecondGenesis => Blame::Carrier,
            Self::Prev | Self::Lamport | Self::ControlHead | Self::OwnParent | Self::Branches | Self::RecoveryFeed => {
                Blame::Author
            }
            Self::LotFull => Blame::Nobody,
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
    /// At or after a fork of its feed.
    Quarantined,
}

#[derive(Default)]
struct Feed {
    /// By seq, as far as nothing contradicts them.
    chain: Vec<Hash>,
    /// Blocks that no other of this feed names as its prev: one, or more after a fork.
    tips: BTreeSet<Hash>,
    /// The earliest fork known.
    fork: Option<ForkProof>,
    /// How many of its blocks stand, where a handover has ended it.
    retired_at: Option<u64>,
    /// Heads of other feeds that blocks of this feed have named.
    seen: BTreeSet<Hash>,
}

/// One feed, from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    /// Its key.
    pub key: VerifyKey,
    /// How many blocks, before a fork if there is one.
    pub length: u64,
    /// The last one of these.
    pub tip: Option<Hash>,
    /// Where it forked.
    pub forked_at: Option<u64>,
    /// The ends of all its branches, ascending. One, equal to `tip`, unless it forked.
    pub tips: Vec<Hash>,
}

/// The blocks of one ledger and the rules between them. Pure: a function of the set of blocks, whatever their order.
pub struct Ledger {
    id: Hash,
    genesis: Genesis,
    feeds: BTreeMap<VerifyKey, Feed>,
    blocks: BTreeMap<Hash, BlockMeta>,
    control_head: Hash,
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
        let keys = genesis.devices.iter().map(|device| device.feed).chain([genesis.recovery.signing]);
        let feeds = keys.map(|key| (key, Feed::default())).collect();
        let mut ledger = Self {
            id: header.hash,
            genesis,
            feeds,
            blocks: BTreeMap::new(),
            control_head: header.hash,
            parking: Parking::default(),
            statements: BTreeMap::new(),
        };
        ledger.insert(&header);
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

    /// All feeds, in order of key.
    pub fn feeds(&self) -> impl Iterator<Item = FeedView> {
        self.feeds.iter().map(|(key, feed)| FeedView {
            key: *key,
            length: feed.chain.len() as u64,
            tip: feed.chain.last().copied(),
            forked_at: feed.fork.as_ref().map(ForkProof::seq),
            tips: feed.tips.iter().copied().collect(),
        })
    }

    /// Proofs of all forks known.
    pub fn forks(&self) -> impl Iterator<Item = &ForkProof> {
        self.feeds.values().filter_map(|feed| feed.fork.as_ref())
    }

    /// How a block stands.
    pub fn standing(&self, block: &BlockMeta) -> Standing {
        let Some(feed) = self.feeds.get(&block.feed) else { return Standing::Good };
        let ends = feed.fork.as_ref().map(ForkProof::seq).into_iter().chain(feed.retired_at).min();
        match ends {
            Some(end) if block.seq >= end && block.hash != self.id => Standing::Quarantined,
            _ => Standing::Good,
        }
    }

    /// A hash over the set of blocks: alike on all devices that hold the same.
    pub fn state_hash(&self) -> Hash {
        let names: Vec<&[u8]> = self.blocks.keys().map(|hash| hash.0.as_slice()).collect();
        Hash::of(&names)
    }

    /// Learns what a control block that is here already says, from its body, and lets it take effect. A block of a newer
    /// version has none here. The same block twice is as good as once, and the order does not matter.
    pub fn learn_control(&mut self, block: &Hash, body: &[u8]) -> Result<Control, ControlError> {
        let meta = self.blocks.get(block).filter(|meta| meta.class == Class::Control && meta.hash != self.id);
        let meta = meta.ok_or(ControlError::NoControlBlock)?;
        let content = Body::read_checked(meta.class, body, &meta.content_root)?;
        let Body::Open(bytes) = &content else { return Err(ControlError::NoControlBlock) };
        let (author, place) = (meta.feed, (meta.lamport, meta.hash));
        let control = Control::read(bytes)?;
        if let Control::Handover(handover) = &control {
            if handover.retired.iter().any(|retired| retired.feed == author) {
                return Err(ControlError::OwnEnd);
            }
            self.feeds.entry(handover.device.feed).or_default();
            for retired in &handover.retired {
                let feed = self.feeds.entry(retired.feed).or_default();
                feed.retired_at = Some(feed.retired_at.map_or(retired.length, |end| end.min(retired.length)));
            }
        }
        let head = self.blocks.get(&self.control_head).map(|head| (head.lamport, head.hash));
        if head.is_none_or(|head| head < place) {
            self.control_head = *block;
        }
        Ok(control)
    }

    /// Begins the next block of a feed. `None` if that feed is no device of this ledger, has forked or was ended: a
    /// retired key never writes again.
    pub fn draft(&self, feed: &VerifyKey) -> Option<Draft> {
        let own = self.feeds.get(feed)?;
        if own.fork.is_some() || own.retired_at.is_some() {
            return None;
        }
        let mut parents: Vec<Hash> = self
            .feeds
            .iter()
            .filter(|(key, _)| *key != feed)
            .filter_map(|(_, other)| other.chain.last().copied())
            .filter(|tip| !own.seen.contains(tip))
            .collect();
        parents.sort_unstable();
        parents.truncate(MAX_PARENTS);
        let prev = own.chain.last().copied();
        let lamport =
            parents.iter().chain(&prev).filter_map(|hash| self.blocks.get(hash)).map(|meta| meta.lamport).max();
        Some(Draft {
            ledger: self.id,
            seq: own.chain.len() as u64,
            prev: prev.unwrap_or(Hash::ZERO),
            parents,
            control_head: self.control_head,
            witness_epoch: 0,
            lamport: lamport.map_or(0, |lamport: u64| lamport.saturating_add(1)),
        })
    }

    /// Judges a header from anywhere, cheap checks first: size → form → feed → signature → place → parents → lamport.
    /// What is already here is not judged again.
    pub fn offer(&mut self, bytes: &[u8]) -> Result<Offer, Refusal> {
        let (envelope, rest) = Envelope::read(bytes).map_err(Refusal::Header)?;
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
        if !self.feeds.contains_key(&envelope.feed) {
            return Err(Refusal::UnknownFeed);
        }
        let header = Verified::check_parts(envelope, rest).map_err(Refusal::Header)?;
        if header.envelope.feed == self.genesis.recovery.signing && header.header.class != Class::Control {
            return Err(Refusal::RecoveryFeed);
        }
        let fork = self.note_statement(&header.envelope);
        let outcome = self.take_in(header);
        let Some(proof) = fork else { return outcome };
        let (accepted, parked) = match outcome {
            Ok(Offer::Accepted(accepted)) => (accepted, false),
            Ok(Offer::Parked) => (Vec::new(), true),
            _ => (Vec::new(), false),
        };
        Ok(Offer::Forked { proof: Box::new(proof), accepted, parked })
    }

    /// Takes in a proof from elsewhere: true if it is news here.
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
        true
    }

    fn take_in(&mut self, header: Verified<VerifiedHeader>) -> Result<Offer, Refusal> {
        let missing = self.missing(&header);
        self.check_place(&header, missing.is_empty()).inspect_err(|_| self.parking.give_up(header.hash))?;
        if !missing.is_empty() {
            // The recovery key, which writes a few times in a life, needs no share of its own.
            let parked = self.parking.park(header, missing, self.feeds.len().saturating_sub(1).max(1));
            return if parked { Ok(Offer::Parked) } else { Err(Refusal::LotFull) };
        }
        if !self.has_room(&header) {
            return Err(Refusal::Branches);
        }
        self.insert(&header);
        let mut accepted = vec![header.hash];
        let mut next = 0;
        while let Some(arrived) = accepted.get(next).copied() {
            next += 1;
            for waiting in self.parking.release(&arrived) {
                // A block that waited and turns out not to fit is dropped here as it would have been at once.
                if self.check_place(&waiting, true).is_err() {
                    self.parking.give_up(waiting.hash);
                } else if self.has_room(&waiting) {
                    self.insert(&waiting);
                    accepted.push(waiting.hash);
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

    fn insert(&mut self, header: &VerifiedHeader) {
        let (envelope, rest) = (&header.envelope, &header.header);
        let before = rest.parents.iter().chain([&envelope.prev]).filter_map(|hash| self.blocks.get(hash));
        let newest = before.map(|block| block.claimed_ms).max();
        let time_doubtful = newest.is_some_and(|newest| rest.claimed_ms < newest || rest.claimed_ms - newest > JUMP_MS);
        let meta = BlockMeta { time_doubtful, ..BlockMeta::of_lone(header) };
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
        self.blocks.insert(header.hash, meta);
    }
}

/// Why the body of a control block has no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// There is no such control block here.
    #[error("no control block of this ledger")]
    NoControlBlock,
    /// It is not the body that was signed.
    #[error("{0}")]
    Body(#[from] BodyError),
    /// It is not in its form.
    #[error("control block is malformed: {0}")]
    Malformed(#[from] crate::CborError),
    /// It ends the feed of its own author.
    #[error("a feed cannot end itself in favour of another device")]
    OwnEnd,
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
