use std::collections::{BTreeMap, BTreeSet};

use chartchain_keys::VerifyKey;

use crate::author::Draft;
use crate::fork::ForkProof;
use crate::genesis::{Genesis, GenesisError};
use crate::header::{HeaderError, MAX_PARENTS, Verified, VerifiedHeader};
use crate::parking::Parking;
use crate::{Body, BodyError, Class, Hash};

/// A claimed time this far ahead of what came before is marked as doubtful.
const JUMP_MS: u64 = 2 * 366 * 86_400_000;

/// Who has to answer for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// Whoever handed the bytes over: the author never signed them.
    Carrier,
    /// Whoever signed them.
    Author,
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
    /// A second genesis.
    #[error("a second genesis")]
    SecondGenesis,
    /// Prev is a block of another place or feed.
    #[error("block does not follow the one that it names")]
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
}

impl Refusal {
    /// Badly signed bytes blame the carrier, badly formed signed bytes the author.
    pub const fn blame(&self) -> Blame {
        match self {
            Self::Header(error) => match error {
                HeaderError::TooLong | HeaderError::Envelope(_) | HeaderError::RestHash | HeaderError::Signature(_) => {
                    Blame::Carrier
                }
                HeaderError::Rest(_) | HeaderError::Order | HeaderError::Class | HeaderError::UnknownVersion(_) => {
                    Blame::Author
                }
            },
            Self::OtherLedger | Self::UnknownFeed | Self::LotFull => Blame::Carrier,
            Self::SecondGenesis | Self::Prev | Self::Lamport | Self::ControlHead | Self::OwnParent => Blame::Author,
        }
    }
}

/// What became of a block that was offered and not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// Taken in, with those that had waited for it, in order.
    Accepted(Vec<Hash>),
    /// It was here already.
    Known,
    /// It waits for blocks before it.
    Parked,
    /// Its author signed another block for the same place.
    Forked(Box<ForkProof>),
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

/// How a block stands, as far as feeds tell. (Witnesses add to this.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is held against it.
    Good,
    /// At or after a fork of its feed.
    Quarantined,
}

struct Feed {
    blocks: Vec<Hash>,
    fork: Option<ForkProof>,
    /// Heads of other feeds that blocks of this feed have named.
    seen: BTreeSet<Hash>,
}

/// One feed, from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    /// Its key.
    pub key: VerifyKey,
    /// How many blocks.
    pub length: u64,
    /// The last one.
    pub tip: Option<Hash>,
    /// Where it forked.
    pub forked_at: Option<u64>,
}

/// The blocks of one ledger and the rules between them. Pure: a function of the set of blocks, whatever their order.
pub struct Ledger {
    id: Hash,
    genesis: Genesis,
    feeds: BTreeMap<VerifyKey, Feed>,
    blocks: BTreeMap<Hash, BlockMeta>,
    control_head: Hash,
    parking: Parking,
    last_envelopes: BTreeMap<(VerifyKey, u64), crate::Envelope>,
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
        let feeds = genesis
            .devices
            .iter()
            .map(|device| (device.feed, Feed { blocks: Vec::new(), fork: None, seen: BTreeSet::new() }))
            .collect();
        let mut ledger = Self {
            id: header.hash,
            genesis,
            feeds,
            blocks: BTreeMap::new(),
            control_head: header.hash,
            parking: Parking::default(),
            last_envelopes: BTreeMap::new(),
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
            length: feed.blocks.len() as u64,
            tip: feed.blocks.last().copied(),
            forked_at: feed.fork.as_ref().map(ForkProof::seq),
        })
    }

    /// Proofs of all forks known.
    pub fn forks(&self) -> impl Iterator<Item = &ForkProof> {
        self.feeds.values().filter_map(|feed| feed.fork.as_ref())
    }

    /// How a block stands.
    pub fn standing(&self, block: &BlockMeta) -> Standing {
        let fork = self.feeds.get(&block.feed).and_then(|feed| feed.fork.as_ref());
        match fork {
            Some(fork) if block.seq >= fork.seq() => Standing::Quarantined,
            _ => Standing::Good,
        }
    }

    /// A hash over the set of blocks: alike on all devices that hold the same.
    pub fn state_hash(&self) -> Hash {
        let names: Vec<&[u8]> = self.blocks.keys().map(|hash| hash.0.as_slice()).collect();
        Hash::of(&names)
    }

    /// Begins the next block of a feed. `None` if that feed is no device of this ledger or has forked: a retired key
    /// never writes again.
    pub fn draft(&self, feed: &VerifyKey) -> Option<Draft> {
        let own = self.feeds.get(feed)?;
        if own.fork.is_some() {
            return None;
        }
        let mut parents: Vec<Hash> = self
            .feeds
            .iter()
            .filter(|(key, _)| *key != feed)
            .filter_map(|(_, other)| other.blocks.last().copied())
            .filter(|tip| !own.seen.contains(tip))
            .collect();
        parents.sort_unstable();
        parents.truncate(MAX_PARENTS);
        let prev = own.blocks.last().copied();
        let lamport =
            parents.iter().chain(&prev).filter_map(|hash| self.blocks.get(hash)).map(|meta| meta.lamport).max();
        Some(Draft {
            ledger: self.id,
            seq: own.blocks.len() as u64,
            prev: prev.unwrap_or(Hash::ZERO),
            parents,
            control_head: self.control_head,
            witness_epoch: 0,
            lamport: lamport.map_or(0, |lamport| lamport + 1),
        })
    }

    /// Judges a header from anywhere: size → form → signature → feed → place → parents → lamport. It has an effect only if
    /// all of that holds.
    pub fn offer(&mut self, bytes: &[u8]) -> Result<Offer, Refusal> {
        let hash = Hash::of(&[bytes]);
        if self.blocks.contains_key(&hash) || self.parking.holds(&hash) {
            return Ok(Offer::Known);
        }
        let header = Verified::check(bytes).map_err(Refusal::Header)?;
        self.offer_verified(header)
    }

    fn offer_verified(&mut self, header: Verified<VerifiedHeader>) -> Result<Offer, Refusal> {
        if let Some(offer) = self.judge(&header)? {
            return Ok(offer);
        }
        let missing = self.missing(&header);
        if !missing.is_empty() {
            return if self.parking.park(header, missing) { Ok(Offer::Parked) } else { Err(Refusal::LotFull) };
        }
        self.check_place(&header)?;
        self.insert(&header);
        let mut accepted = vec![header.hash];
        let mut next = 0;
        while let Some(arrived) = accepted.get(next).copied() {
            next += 1;
            for waiting in self.parking.release(&arrived) {
                // A block that waited and turns out not to fit is dropped here as it would have been at once.
                if matches!(self.judge(&waiting), Ok(None)) && self.check_place(&waiting).is_ok() {
                    self.insert(&waiting);
                    accepted.push(waiting.hash);
                }
            }
        }
        Ok(Offer::Accepted(accepted))
    }

    /// Checks that need nothing of the blocks before: ledger, feed, fork.
    fn judge(&mut self, header: &Verified<VerifiedHeader>) -> Result<Option<Offer>, Refusal> {
        let envelope = &header.envelope;
        if envelope.ledger == Hash::ZERO {
            return Err(Refusal::SecondGenesis);
        }
        if envelope.ledger != self.id {
            return Err(Refusal::OtherLedger);
        }
        let Some(feed) = self.feeds.get_mut(&envelope.feed) else { return Err(Refusal::UnknownFeed) };
        let Some(held) = usize::try_from(envelope.seq).ok().and_then(|seq| feed.blocks.get(seq)) else {
            return Ok(None);
        };
        if *held == header.hash {
            return Ok(Some(Offer::Known));
        }
        let Some(other) = self.last_envelopes.get(&(envelope.feed, envelope.seq)) else {
            return Ok(Some(Offer::Known));
        };
        match ForkProof::new(other.clone(), envelope.clone()) {
            Ok(proof) => {
                // The earliest fork counts: it sets most aside.
                if feed.fork.as_ref().is_none_or(|known| proof.seq() < known.seq()) {
                    feed.fork = Some(proof.clone());
                }
                Ok(Some(Offer::Forked(Box::new(proof))))
            }
            // The same signed fields with another signature or encoding: the same statement, kept once.
            Err(_) => Ok(Some(Offer::Known)),
        }
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

    fn check_place(&self, header: &VerifiedHeader) -> Result<(), Refusal> {
        let (envelope, rest) = (&header.envelope, &header.header);
        let prev = self.blocks.get(&envelope.prev);
        let follows = match (envelope.seq.checked_sub(1), prev) {
            (None, _) => envelope.prev == Hash::ZERO,
            (Some(before), Some(prev)) => prev.feed == envelope.feed && prev.seq == before,
            (Some(_), None) => false,
        };
        if !follows {
            return Err(Refusal::Prev);
        }
        let mut lamport = prev.map_or(0, |prev| prev.lamport + 1);
        for parent in &rest.parents {
            let parent = self.blocks.get(parent).ok_or(Refusal::Prev)?;
            if parent.feed == envelope.feed {
                return Err(Refusal::OwnParent);
            }
            lamport = lamport.max(parent.lamport + 1);
        }
        if rest.lamport != lamport {
            return Err(Refusal::Lamport);
        }
        match self.blocks.get(&rest.control_head) {
            Some(head) if head.class == Class::Control => Ok(()),
            _ => Err(Refusal::ControlHead),
        }
    }

    fn insert(&mut self, header: &VerifiedHeader) {
        let (envelope, rest) = (&header.envelope, &header.header);
        let before = rest.parents.iter().chain([&envelope.prev]).filter_map(|hash| self.blocks.get(hash));
        let newest = before.map(|block| block.claimed_ms).max();
        let time_doubtful = newest.is_some_and(|newest| rest.claimed_ms < newest || rest.claimed_ms - newest > JUMP_MS);
        let meta = BlockMeta {
            hash: header.hash,
            feed: envelope.feed,
            seq: envelope.seq,
            lamport: rest.lamport,
            claimed_ms: rest.claimed_ms,
            time_doubtful,
            class: rest.class,
            content_root: rest.content_root,
            body_bytes: rest.body_bytes,
        };
        if let Some(feed) = self.feeds.get_mut(&envelope.feed) {
            feed.blocks.push(header.hash);
            feed.seen.extend(rest.parents.iter().copied());
        }
        self.last_envelopes.insert((envelope.feed, envelope.seq), envelope.clone());
        self.blocks.insert(header.hash, meta);
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
