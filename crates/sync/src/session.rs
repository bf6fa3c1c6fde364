use std::collections::{BTreeMap, VecDeque};

use chartchain_keys::{CODE_NONCE_BYTES, DevicePublic, SessionKeys, SessionOffer, SessionSide, SigningKey, VerifyKey};
use chartchain_keys::{WrapError, make_random};
use chartchain_ledger::{ForkProof, Frontier, Hash, read_device_bytes, write_device_bytes};
use rand_core::CryptoRng;

use crate::event::{End, Event};
use crate::incoming::{Arrived, Incoming};
use crate::message::{LEDGERS_AT_ONCE, MAX_MESSAGE_BYTES, MAX_NAME_BYTES, Message, Parcel, Tag};
use crate::outgoing::Outgoing;
use crate::{MAX_FRAME_BYTES, WINDOW_BYTES};

/// Most ledgers that the other side may name.
const MAX_LEDGERS: usize = 16 * 1024;

/// Most blocks with which somebody introduces themselves.
const MAX_INTRODUCTIONS: u32 = 16;

/// Most fork proofs that are looked at.
const MAX_FORKS: u32 = 256;

enum Stage {
    Offering(Box<SessionOffer>),
    Answering,
    Open(Box<SessionKeys>),
    Over,
}

/// A ledger that this side holds.
struct Held {
    ledger: Hash,
    state: [u8; 8],
    /// This side has proved that it holds the key of a feed.
    proved: bool,
    peer: Peer,
    /// This side has introduced itself.
    introduced: bool,
    /// So many blocks have come that introduce the other one.
    introductions: u32,
    /// So many fork proofs have come.
    forks: u32,
    /// What the other side said that it holds, before it was admitted.
    early: Option<(Frontier, bool)>,
}

/// What the other side is in a ledger.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Peer {
    Unknown,
    Proved(VerifyKey),
    Admitted,
    /// It gets nothing, whatever it says.
    Shut,
}

/// Where comparing stands.
enum Compare {
    Not,
    /// The offering side: its nonce.
    Committed([u8; CODE_NONCE_BYTES]),
    /// The answering side: what the other one bound itself to, and the own nonce.
    Answered([u8; 32], [u8; CODE_NONCE_BYTES]),
    /// What each person said.
    Shown {
        here: Option<bool>,
        there: Option<bool>,
    },
}

/// One side of a session.
///
/// The loop of whoever drives it: hand over frames as they come with [`Session::receive`]; after everything that is done with it, take
/// [`Session::take_event`] until there is none, then send [`Session::take_frame`] until there is none.
pub struct Session {
    side: SessionSide,
    link: Vec<u8>,
    stage: Stage,
    /// Handshake bytes that go out before anything is sealed.
    greeting: Option<Vec<u8>>,
    out: Outgoing,
    incoming: Option<Incoming>,
    /// What the other side may still send: it never gets more than the window.
    room: u64,
    held: BTreeMap<Tag, Held>,
    waiting: Vec<(Hash, Hash)>,
    theirs: BTreeMap<Tag, [u8; 8]>,
    compare: Compare,
    events: VecDeque<Event>,
    /// The last frame to be sent, when it is over.
    farewell: Option<Vec<u8>>,
}

impl Session {
    /// The side that speaks first. `link` is what both sides know of the way between them, alike.
    pub fn offer(link: &[u8], rng: &mut impl CryptoRng) -> Result<Self, WrapError> {
        let offer = SessionOffer::make(rng)?;
        let greeting = Some(offer.as_bytes().to_vec());
        Ok(Self::begin(SessionSide::Offering, link, Stage::Offering(Box::new(offer)), greeting))
    }

    /// The side that is spoken to.
    pub fn answer(link: &[u8]) -> Self {
        Self::begin(SessionSide::Answering, link, Stage::Answering, None)
    }

    fn begin(side: SessionSide, link: &[u8], stage: Stage, greeting: Option<Vec<u8>>) -> Self {
        Self {
            side,
            link: link.to_vec(),
            stage,
            greeting,
            out: Outgoing::new(),
            incoming: None,
            room: WINDOW_BYTES,
            held: BTreeMap::new(),
            waiting: Vec::new(),
            theirs: BTreeMap::new(),
            compare: Compare::Not,
            events: VecDeque::new(),
            farewell: None,
        }
    }

    /// What happened next.
    pub fn take_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The next frame for the other side, at most [`MAX_FRAME_BYTES`].
    pub fn take_frame(&mut self) -> Option<Vec<u8>> {
        if let Some(greeting) = self.greeting.take() {
            return Some(greeting);
        }
        let Stage::Open(keys) = &mut self.stage else { return self.farewell.take() };
        let message = self.out.next()?;
        // It counts up to 2⁶⁴ frames.
        keys.seal(&message.write()).ok()
    }

    /// Whether the keys are there and it is not over.
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open(_))
    }

    /// Whether it is over.
    pub const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// Bytes of what was given and is not sent yet: more than a few hundred thousand are of no use.
    pub const fn waiting_bytes(&self) -> u64 {
        self.out.waiting_bytes()
    }

    /// Takes in the next frame of the other side.
    pub fn receive(&mut self, frame: &[u8], rng: &mut impl CryptoRng) {
        if frame.len() > MAX_FRAME_BYTES {
            return self.end(End::Senseless);
        }
        match core::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Over => {}
            Stage::Answering => match SessionOffer::answer(&self.link, frame, rng) {
                Ok((answer, keys)) => {
                    self.greeting = Some(answer);
                    self.open(keys);
                }
                Err(_) => self.fail(End::Senseless),
            },
            Stage::Offering(offer) => match offer.finish(&self.link, frame) {
                Ok(keys) => self.open(keys),
                Err(_) => self.fail(End::Changed),
            },
            Stage::Open(mut keys) => {
                let opened = keys.unseal(frame);
                self.stage = Stage::Open(keys);
                let Ok(plain) = opened else { return self.fail(End::Changed) };
                let taken = match Message::read(&plain) {
                    Ok(Some(message)) => self.take(message, rng),
                    Ok(None) => Ok(()),
                    Err(_) => Err(End::Senseless),
                };
                if let Err(end) = taken {
                    self.end(end);
                }
            }
        }
    }

    fn open(&mut self, keys: SessionKeys) {
        self.stage = Stage::Open(Box::new(keys));
        self.events.push_back(Event::Opened);
        let waiting = core::mem::take(&mut self.waiting);
        self.hold(waiting);
    }

    /// Ends it, and says so to the other side.
    pub fn end(&mut self, end: End) {
        if let Stage::Open(keys) = &mut self.stage {
            self.farewell = keys.seal(&Message::End(end.code()).write()).ok();
        }
        self.fail(end);
    }

    /// Ends it without a word.
    fn fail(&mut self, end: End) {
        self.stage = Stage::Over;
        self.incoming = None;
        self.events.push_back(Event::Ended(end));
    }

    const fn keys(&self) -> Option<&SessionKeys> {
        match &self.stage {
            Stage::Open(keys) => Some(keys),
            _ => None,
        }
    }

    /// This side holds these ledgers, with what stands for what it holds of each ([`Frontier::digest`]). May be said again.
    pub fn hold(&mut self, ledgers: Vec<(Hash, Hash)>) {
        let Some(keys) = self.keys() else {
            self.waiting.extend(ledgers);
            return;
        };
        let mut said = Vec::with_capacity(ledgers.len());
        for (ledger, state) in ledgers {
            let state = first_half(&keys.derive_state_tag(&state.0));
            said.push((ledger, tag_of(keys, &ledger), state));
        }
        for (ledger, tag, state) in &said {
            let (proved, peer, introduced, early) = (false, Peer::Unknown, false, None);
            let new =
                Held { ledger: *ledger, state: *state, proved, peer, introduced, introductions: 0, forks: 0, early };
            self.held.entry(*tag).or_insert(new).state = *state;
            if let Some(theirs) = self.theirs.get(tag) {
                self.events.push_back(Event::Common { ledger: *ledger, same: theirs == state });
            }
        }
        for some in said.chunks(LEDGERS_AT_ONCE) {
            self.out.push(Message::Holds(some.iter().map(|(_, tag, state)| (*tag, *state)).collect()));
        }
    }

    /// Proves that this side holds the key of a feed of a ledger.
    pub fn prove(&mut self, ledger: &Hash, feed: &SigningKey) {
        let Some(keys) = self.keys() else { return };
        let tag = tag_of(keys, ledger);
        let signature = keys.prove_member(&ledger.0, feed);
        if let Some(held) = self.held.get_mut(&tag).filter(|held| !held.proved) {
            held.proved = true;
            self.out.push(Message::Member { tag, feed: feed.verify_key(), signature });
        }
    }

    /// The other side may take part in a ledger.
    pub fn admit(&mut self, ledger: &Hash) {
        let Some(held) = self.held_mut(ledger) else { return };
        held.peer = Peer::Admitted;
        if let Some((frontier, wants)) = held.early.take() {
            self.events.push_back(Event::Frontier { ledger: *ledger, frontier, wants });
        }
    }

    /// The feed of the other side is not known here.
    pub fn ask_introduction(&mut self, ledger: &Hash) {
        if let Some(tag) = self.tag(ledger) {
            self.out.push(Message::Stranger { tag });
        }
    }

    /// The other side gets nothing of a ledger, and nothing of it is taken.
    pub fn shut(&mut self, ledger: &Hash) {
        let Some(tag) = self.tag(ledger) else { return };
        if let Some(held) = self.held.get_mut(&tag) {
            if held.peer == Peer::Shut {
                return;
            }
            held.peer = Peer::Shut;
        }
        self.out.push(Message::Shut { tag });
    }

    /// The first block of the feed of this device; before it those of the devices that let each other in up to it, from the first one on.
    pub fn introduce(&mut self, ledger: &Hash, header: &[u8], body: &[u8]) {
        self.push_parcel(Parcel::Introduction, ledger, &[header, body]);
    }

    /// What this side holds, durably; `wants` lets the other one give what is lacking.
    pub fn tell(&mut self, ledger: &Hash, frontier: &Frontier, wants: bool) {
        self.push_parcel(Parcel::Frontier { wants }, ledger, &[&frontier.write()]);
    }

    /// Gives a block to the other side, which was admitted.
    pub fn give(&mut self, ledger: &Hash, header: &[u8], body: &[u8]) {
        if self.held_mut(ledger).is_some_and(|held| held.peer == Peer::Admitted) {
            self.push_parcel(Parcel::Block, ledger, &[header, body]);
        }
    }

    /// Tells of a fork.
    pub fn tell_fork(&mut self, ledger: &Hash, proof: &ForkProof) {
        self.push_parcel(Parcel::Fork, ledger, &[&proof.to_bytes()]);
    }

    /// This side refused a block.
    pub fn refuse(&mut self, ledger: &Hash, block: Hash, code: u64) {
        if let Some(tag) = self.tag(ledger) {
            self.out.push(Message::Refused { tag, block, code });
        }
    }

    /// A block was stored or refused: as many bytes may follow.
    pub fn done(&mut self, bytes: u64) {
        if bytes > 0 {
            self.room = self.room.saturating_add(bytes);
            self.out.push(Message::Credit(bytes));
        }
    }

    /// Begins comparing, at the side that made the offer; the other one answers by itself.
    pub fn compare(&mut self, rng: &mut impl CryptoRng) {
        let Some(keys) = self.keys() else { return };
        if self.side == SessionSide::Offering && matches!(self.compare, Compare::Not) {
            let nonce = make_random(rng);
            let commitment = keys.commit(&nonce);
            self.compare = Compare::Committed(nonce);
            self.out.push(Message::Commit(commitment));
        }
    }

    /// Whether the person here sees the same number as the one at the other side. If not, it is over.
    pub fn say_same(&mut self, same: bool) {
        if let Compare::Shown { here: here @ None, .. } = &mut self.compare {
            *here = Some(same);
            self.out.push(Message::Same(same));
            if !same {
                // What was said goes out before the end.
                let said = match &mut self.stage {
                    Stage::Open(keys) => keys.seal(&Message::Same(false).write()).ok(),
                    _ => None,
                };
                self.fail(End::Between);
                self.farewell = said;
            }
        }
    }

    /// Whether both people have said that they see the same number.
    pub const fn is_met(&self) -> bool {
        matches!(self.compare, Compare::Shown { here: Some(true), there: Some(true) })
    }

    /// Asks to be let into a ledger. A name that is too long is cut.
    pub fn ask(&mut self, device: &DevicePublic, name: &str) {
        let name = name.get(..name.floor_char_boundary(MAX_NAME_BYTES)).unwrap_or_default().to_owned();
        self.out.push(Message::Ask { device: write_device_bytes(device), name });
    }

    /// Lets the other side into a ledger: first block, header and body, and body of the enrolment.
    pub fn invite(&mut self, genesis: (&[u8], &[u8]), enrolment: &[u8]) {
        if self.is_met() {
            self.out.push_parcel(Parcel::Invitation, [0; 16], &[genesis.0, genesis.1, enrolment]);
        }
    }

    /// What a hostile side would send.
    #[cfg(test)]
    pub(crate) fn inject(&mut self, message: Message) {
        self.out.push(message);
    }

    pub(crate) fn tag(&self, ledger: &Hash) -> Option<Tag> {
        self.keys().map(|keys| tag_of(keys, ledger)).filter(|tag| self.held.contains_key(tag))
    }

    fn held_mut(&mut self, ledger: &Hash) -> Option<&mut Held> {
        let tag = self.tag(ledger)?;
        self.held.get_mut(&tag)
    }

    fn push_parcel(&mut self, parcel: Parcel, ledger: &Hash, parts: &[&[u8]]) {
        if let Some(tag) = self.tag(ledger) {
            self.out.push_parcel(parcel, tag, parts);
        }
    }

    fn take(&mut self, message: Message, rng: &mut impl CryptoRng) -> Result<(), End> {
        match message {
            Message::Holds(ledgers) => self.take_holds(ledgers)?,
            Message::Member { tag, feed, signature } => {
                let Stage::Open(keys) = &self.stage else { return Ok(()) };
                // What it is a member of may be gone here meanwhile.
                let Some(held) = self.held.get_mut(&tag) else { return Ok(()) };
                keys.check_member(&held.ledger.0, &feed, &signature).map_err(|_| End::Senseless)?;
                if held.peer != Peer::Unknown {
                    return Err(End::Senseless);
                }
                held.peer = Peer::Proved(feed);
                self.events.push_back(Event::Member { ledger: held.ledger, feed });
            }
            Message::Stranger { tag } => {
                // Once, and to nobody who is not a member by what they have proved.
                let may_ask = |held: &&mut Held| held.peer != Peer::Unknown && !held.introduced;
                if let Some(held) = self.held.get_mut(&tag).filter(may_ask) {
                    held.introduced = true;
                    self.events.push_back(Event::Stranger { ledger: held.ledger });
                }
            }
            Message::Shut { tag } => self.about(&tag, |ledger| Event::Shut { ledger }),
            Message::Refused { tag, block, code } => {
                self.about(&tag, |ledger| Event::Refused { ledger, block, code });
            }
            Message::Begin { parcel, tag, lengths } => {
                if self.incoming.is_some() || (parcel == Parcel::Invitation && !self.is_met()) {
                    return Err(End::Senseless);
                }
                let peer = self.held.get(&tag).map_or(Peer::Unknown, |held| held.peer);
                // What would not be listened to is not kept either.
                let is_kept = match parcel {
                    Parcel::Block => peer == Peer::Admitted,
                    // It convinces by itself, whoever brings it.
                    Parcel::Fork => self.held.get(&tag).is_some_and(|held| held.forks < MAX_FORKS),
                    Parcel::Introduction | Parcel::Frontier { .. } => matches!(peer, Peer::Proved(_) | Peer::Admitted),
                    Parcel::Invitation => true,
                };
                self.incoming = Some(Incoming::begin(parcel, tag, lengths, is_kept));
                self.finish_incoming()?;
            }
            Message::Piece(piece) => {
                let incoming = self.incoming.as_mut().ok_or(End::Senseless)?;
                self.room = self.room.checked_sub(piece.len() as u64).ok_or(End::Senseless)?;
                incoming.add(&piece).ok_or(End::Senseless)?;
                if let Some(owed) = incoming.take_owed() {
                    self.done(owed);
                }
                self.finish_incoming()?;
            }
            Message::Credit(bytes) => {
                if !self.out.credit(bytes) {
                    return Err(End::Senseless);
                }
            }
            Message::Commit(commitment) => {
                if self.side != SessionSide::Answering || !matches!(self.compare, Compare::Not) {
                    return Err(End::Senseless);
                }
                let nonce = make_random(rng);
                self.compare = Compare::Answered(commitment, nonce);
                self.out.push(Message::Nonce(nonce));
            }
            Message::Nonce(theirs) => {
                let (Compare::Committed(nonce), Stage::Open(keys)) = (&self.compare, &self.stage) else {
                    return Err(End::Senseless);
                };
                let code = keys.derive_code(nonce, &theirs);
                self.out.push(Message::Reveal(*nonce));
                self.show(code);
            }
            Message::Reveal(theirs) => {
                let (Compare::Answered(commitment, nonce), Stage::Open(keys)) = (&self.compare, &self.stage) else {
                    return Err(End::Senseless);
                };
                if keys.commit(&theirs) != *commitment {
                    return Err(End::Between);
                }
                let code = keys.derive_code(&theirs, nonce);
                self.show(code);
            }
            Message::Same(same) => {
                let Compare::Shown { there: there @ None, .. } = &mut self.compare else { return Err(End::Senseless) };
                *there = Some(same);
                self.events.push_back(Event::Same(same));
                if !same {
                    self.fail(End::Between);
                }
            }
            Message::Ask { device, name } => {
                if !self.is_met() {
                    return Err(End::Senseless);
                }
                let device = Box::new(read_device_bytes(&device).map_err(|_| End::Senseless)?);
                self.events.push_back(Event::Asked { device, name });
            }
            Message::End(_) => self.fail(End::Left),
        }
        Ok(())
    }

    fn show(&mut self, code: u32) {
        self.compare = Compare::Shown { here: None, there: None };
        self.events.push_back(Event::Code(code));
    }

    fn about(&mut self, tag: &Tag, event: impl FnOnce(Hash) -> Event) {
        if let Some(held) = self.held.get(tag) {
            self.events.push_back(event(held.ledger));
        }
    }

    fn take_holds(&mut self, ledgers: Vec<(Tag, [u8; 8])>) -> Result<(), End> {
        for (tag, state) in ledgers {
            self.theirs.insert(tag, state);
            if let Some(held) = self.held.get(&tag) {
                self.events.push_back(Event::Common { ledger: held.ledger, same: held.state == state });
            }
        }
        if self.theirs.len() > MAX_LEDGERS { Err(End::Senseless) } else { Ok(()) }
    }

    fn finish_incoming(&mut self) -> Result<(), End> {
        let Some(incoming) = self.incoming.take_if(|incoming| incoming.is_whole()) else { return Ok(()) };
        let Arrived { parcel, tag, parts, owed } = incoming.finish();
        if parcel != Parcel::Block || parts.is_empty() {
            self.done(owed);
        }
        if parts.is_empty() {
            return Ok(());
        }
        let mut parts = parts.into_iter();
        let mut part = || parts.next().unwrap_or_default();
        if parcel == Parcel::Invitation {
            let (genesis, enrolment) = ((part(), part()), part());
            self.events.push_back(Event::Invited { genesis, enrolment });
            return Ok(());
        }
        // Of a ledger that is gone here meanwhile.
        let Some(held) = self.held.get_mut(&tag) else {
            if parcel == Parcel::Block {
                self.done(owed);
            }
            return Ok(());
        };
        let (ledger, peer) = (held.ledger, held.peer);
        let event = match (parcel, peer) {
            (Parcel::Block, Peer::Admitted) => Event::Block { ledger, header: part(), body: part(), bytes: owed },
            (Parcel::Introduction, Peer::Proved(feed)) if held.introductions < MAX_INTRODUCTIONS => {
                held.introductions += 1;
                Event::Introduced { ledger, feed, header: part(), body: part() }
            }
            (Parcel::Frontier { wants }, Peer::Admitted) => {
                let frontier = Frontier::read(&part()).map_err(|_| End::Senseless)?;
                Event::Frontier { ledger, frontier, wants }
            }
            (Parcel::Fork, _) => {
                held.forks += 1;
                let proof = ForkProof::from_bytes(&part()).map_err(|_| End::Senseless)?;
                if proof.ledger() != ledger {
                    return Err(End::Senseless);
                }
                Event::Fork { ledger, proof: Box::new(proof) }
            }
            // Sent before it could know that it is not admitted here, or not any more.
            (Parcel::Block, _) => {
                self.done(owed);
                return Ok(());
            }
            (Parcel::Frontier { wants }, Peer::Proved(_)) => {
                held.early = Some((Frontier::read(&part()).map_err(|_| End::Senseless)?, wants));
                return Ok(());
            }
            (Parcel::Frontier { .. } | Parcel::Introduction, _) => return Ok(()),
            (Parcel::Invitation, _) => return Err(End::Senseless),
        };
        self.events.push_back(event);
        Ok(())
    }
}

fn tag_of(keys: &SessionKeys, ledger: &Hash) -> Tag {
    first_half(&keys.derive_ledger_tag(&ledger.0))
}

/// The first bytes, as many as are wanted.
fn first_half<const N: usize>(bytes: &[u8; 32]) -> [u8; N] {
    let mut first = [0; N];
    for (to, from) in first.iter_mut().zip(bytes) {
        *to = *from;
    }
    first
}

const _: () = assert!(MAX_MESSAGE_BYTES + chartchain_keys::SEALED_OVERHEAD_BYTES <= MAX_FRAME_BYTES);
