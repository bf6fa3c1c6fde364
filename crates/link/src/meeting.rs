use std::collections::VecDeque;

use chartchain_keys::{MEETING_OVERHEAD_BYTES, MeetingKeys, MeetingPlace, MeetingSide, make_random};
use rand_core::CryptoRng;

use crate::Invitation;
use crate::hello::{FRESH_BYTES, Hello, both};
use crate::room::{Heard, PAYLOAD_BYTES, say};

/// Longest frame of a session that a meeting carries.
pub const MAX_MEETING_FRAME_BYTES: usize = 16_384;
/// Longest text of a signal.
const MAX_SIGNAL_BYTES: usize = 4096;
/// Strangers are answered no more while so many frames wait to be sent.
const MAX_WAITING: usize = 64;

const SIGNAL: u8 = 1;
const FRAME: u8 = 2;
const TAKEN: u8 = 3;

const _: () = assert!(MEETING_OVERHEAD_BYTES + 1 + MAX_MEETING_FRAME_BYTES <= PAYLOAD_BYTES);

/// What happened in a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingEvent {
    /// The two found each other.
    Found {
        /// What both know of the way between them, alike: for sessions whose frames go over the room.
        binding: Vec<u8>,
        /// Both can connect by WebRTC.
        webrtc: bool,
    },
    /// Text of a signal (`Signal::to_text`) from the other side.
    Signal(String),
    /// A frame of a session from the other side.
    Frame(Vec<u8>),
    /// The other side left the room. The meeting is over.
    Gone,
    /// The host has met somebody else by this invitation. The meeting is over.
    Taken,
    /// Something was changed, left out, repeated or moved on its way, or makes no sense. The meeting is over.
    Broken,
}

/// Why something is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MeetingError {
    /// Nobody was found yet, or the meeting is over.
    #[error("there is nobody to send this to; wait until the other device is there, or meet by a new invitation")]
    Nobody,
    /// It is longer than any signal or frame.
    #[error("this is too long for a meeting; send it in pieces")]
    TooLong,
}

/// One of two devices that find each other by an invitation in a room of a relay, without any IO: what comes from the room's
/// WebSocket goes in, what is to be sent comes out. It trusts neither the relay nor who else is in the room.
#[derive(Debug)]
pub struct Meeting {
    keys: MeetingKeys,
    side: MeetingSide,
    can_webrtc: bool,
    own: Option<Own>,
    partner: Option<Partner>,
    over: bool,
    frames: VecDeque<Vec<u8>>,
    events: VecDeque<MeetingEvent>,
}

/// This side, once it is in the room.
#[derive(Debug, Clone, Copy)]
struct Own {
    number: u32,
    fresh: [u8; FRESH_BYTES],
}

#[derive(Debug)]
struct Partner {
    number: u32,
    /// What the guest, then the host has chosen.
    fresh: [u8; 2 * FRESH_BYTES],
    sent: u64,
    received: u64,
}

impl Meeting {
    /// Waits in the room for the first guest.
    pub fn host(invitation: &Invitation, can_webrtc: bool) -> Self {
        Self::begin(invitation, MeetingSide::Host, can_webrtc)
    }

    /// Looks in the room for the host.
    pub fn guest(invitation: &Invitation, can_webrtc: bool) -> Self {
        Self::begin(invitation, MeetingSide::Guest, can_webrtc)
    }

    fn begin(invitation: &Invitation, side: MeetingSide, can_webrtc: bool) -> Self {
        Self {
            keys: invitation.keys().clone(),
            side,
            can_webrtc,
            own: None,
            partner: None,
            over: false,
            frames: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Which side this is.
    pub const fn side(&self) -> MeetingSide {
        self.side
    }

    /// The two found each other, and nothing has ended it.
    pub const fn is_open(&self) -> bool {
        self.partner.is_some() && !self.over
    }

    /// Nothing more comes of it.
    pub const fn is_over(&self) -> bool {
        self.over
    }

    /// The next message for the room.
    pub fn take_frame(&mut self) -> Option<Vec<u8>> {
        self.frames.pop_front()
    }

    /// What happened next.
    pub fn take_event(&mut self) -> Option<MeetingEvent> {
        self.events.pop_front()
    }

    /// Takes in a message of the room. What does not open, or is of no known form, is passed over, unless it comes from the one that
    /// was met.
    pub fn receive(&mut self, server_frame: &[u8], rng: &mut impl CryptoRng) {
        match (Heard::read(server_frame), self.own) {
            (Some(Heard::Welcome(number, present)), None) => {
                let own = Own { number, fresh: make_random(rng) };
                self.own = Some(own);
                for number in present {
                    self.greet(own, u32::from_be_bytes(*number), rng);
                }
            }
            (Some(Heard::Came(number)), Some(own)) => self.greet(own, number, rng),
            (Some(Heard::Left(number)), Some(_)) if self.has_met(number) => self.end(MeetingEvent::Gone),
            (Some(Heard::Said(sender, sealed)), Some(own)) if self.has_met(sender) => self.hear_partner(own, sealed),
            (Some(Heard::Said(sender, sealed)), Some(own)) => self.hear_stranger(own, sender, sealed, rng),
            _ => {}
        }
    }

    fn has_met(&self, number: u32) -> bool {
        self.partner.as_ref().is_some_and(|partner| partner.number == number)
    }

    /// Sends the text of a signal to the other side.
    ///
    /// # Errors
    /// There is nobody, or it is too long.
    pub fn send_signal(&mut self, text: &str, rng: &mut impl CryptoRng) -> Result<(), MeetingError> {
        if text.len() > MAX_SIGNAL_BYTES {
            return Err(MeetingError::TooLong);
        }
        self.send(SIGNAL, text.as_bytes(), rng)
    }

    /// Sends a frame of a session to the other side, at most [`MAX_MEETING_FRAME_BYTES`].
    ///
    /// # Errors
    /// There is nobody, or it is too long.
    pub fn send_frame(&mut self, frame: &[u8], rng: &mut impl CryptoRng) -> Result<(), MeetingError> {
        if frame.len() > MAX_MEETING_FRAME_BYTES {
            return Err(MeetingError::TooLong);
        }
        self.send(FRAME, frame, rng)
    }

    fn send(&mut self, kind: u8, rest: &[u8], rng: &mut impl CryptoRng) -> Result<(), MeetingError> {
        let (Some(own), Some(partner), false) = (self.own, self.partner.as_mut(), self.over) else {
            return Err(MeetingError::Nobody);
        };
        let (sender, recipient, number) = (own.number, partner.number, partner.sent);
        let place = MeetingPlace { sender, recipient, number, fresh: &partner.fresh };
        let sealed = self.keys.seal(self.side, &place, &[&[kind], rest].concat(), rng);
        partner.sent = partner.sent.saturating_add(1);
        self.frames.push_back(say(recipient, &sealed));
        Ok(())
    }

    /// A guest says hello to whoever is there: which of them is the host shows by the answer.
    fn greet(&mut self, own: Own, number: u32, rng: &mut impl CryptoRng) {
        if self.side == MeetingSide::Guest && self.partner.is_none() && !self.over && number != own.number {
            let hello = Hello { webrtc: self.can_webrtc, fresh: own.fresh };
            self.say_first(own, number, &[], &hello.to_bytes(), rng);
        }
    }

    /// Says something to somebody who was not met before. Strangers cannot make this side keep much: what is too much is not said.
    fn say_first(&mut self, own: Own, recipient: u32, fresh: &[u8], plain: &[u8], rng: &mut impl CryptoRng) {
        if self.frames.len() < MAX_WAITING {
            let place = MeetingPlace { sender: own.number, recipient, number: 0, fresh };
            let sealed = self.keys.seal(self.side, &place, plain, rng);
            self.frames.push_back(say(recipient, &sealed));
        }
    }

    fn hear_stranger(&mut self, own: Own, sender: u32, sealed: &[u8], rng: &mut impl CryptoRng) {
        let (from, fresh): (_, &[u8]) = match self.side {
            MeetingSide::Host => (MeetingSide::Guest, &[]),
            MeetingSide::Guest => (MeetingSide::Host, &own.fresh),
        };
        let place = MeetingPlace { sender, recipient: own.number, number: 0, fresh };
        let Ok(plain) = self.keys.unseal(from, &place, sealed) else { return };
        let hello = Hello::read(&plain);
        let is_free = self.partner.is_none() && !self.over;
        match (self.side, hello) {
            (MeetingSide::Host, Some(hello)) if is_free => {
                let answer = Hello { webrtc: self.can_webrtc, fresh: own.fresh };
                self.say_first(own, sender, &hello.fresh, &answer.to_bytes(), rng);
                self.found(own, sender, &hello);
            }
            (MeetingSide::Host, Some(hello)) => self.say_first(own, sender, &hello.fresh, &[TAKEN], rng),
            (MeetingSide::Guest, Some(hello)) if is_free => self.found(own, sender, &hello),
            (MeetingSide::Guest, None) if is_free && plain == [TAKEN] => self.end(MeetingEvent::Taken),
            // Another host in the room, which now waits for this side.
            (MeetingSide::Guest, Some(hello)) if self.frames.len() < MAX_WAITING => {
                let fresh = both(own.fresh, hello.fresh);
                let place = MeetingPlace { sender: own.number, recipient: sender, number: 1, fresh: &fresh };
                let sealed = self.keys.seal(self.side, &place, &[TAKEN], rng);
                self.frames.push_back(say(sender, &sealed));
            }
            _ => {}
        }
    }

    fn found(&mut self, own: Own, number: u32, hello: &Hello) {
        let ((host, host_fresh), (guest, guest_fresh)) = match self.side {
            MeetingSide::Host => ((own.number, own.fresh), (number, hello.fresh)),
            MeetingSide::Guest => ((number, hello.fresh), (own.number, own.fresh)),
        };
        let fresh = both(guest_fresh, host_fresh);
        let binding = self.keys.derive_binding(host, guest, &fresh).to_vec();
        self.partner = Some(Partner { number, fresh, sent: 1, received: 1 });
        self.events.push_back(MeetingEvent::Found { binding, webrtc: self.can_webrtc && hello.webrtc });
    }

    fn hear_partner(&mut self, own: Own, sealed: &[u8]) {
        let Some(partner) = self.partner.as_mut().filter(|_| !self.over) else { return };
        let from = match self.side {
            MeetingSide::Host => MeetingSide::Guest,
            MeetingSide::Guest => MeetingSide::Host,
        };
        let (sender, recipient, number) = (partner.number, own.number, partner.received);
        let place = MeetingPlace { sender, recipient, number, fresh: &partner.fresh };
        let opened = self.keys.unseal(from, &place, sealed);
        partner.received = partner.received.saturating_add(1);
        match opened.as_deref().map(<[u8]>::split_first) {
            Ok(Some((&SIGNAL, text))) if text.len() <= MAX_SIGNAL_BYTES => match core::str::from_utf8(text) {
                Ok(text) => self.events.push_back(MeetingEvent::Signal(text.to_owned())),
                Err(_) => self.end(MeetingEvent::Broken),
            },
            Ok(Some((&FRAME, frame))) if frame.len() <= MAX_MEETING_FRAME_BYTES => {
                self.events.push_back(MeetingEvent::Frame(frame.to_vec()));
            }
            Ok(Some((&TAKEN, []))) => self.end(MeetingEvent::Taken),
            // What a newer version says beside these.
            Ok(Some((kind, _))) if *kind > TAKEN => {}
            _ => self.end(MeetingEvent::Broken),
        }
    }

    fn end(&mut self, event: MeetingEvent) {
        if !self.over {
            self.over = true;
            self.events.push_back(event);
        }
    }
}
