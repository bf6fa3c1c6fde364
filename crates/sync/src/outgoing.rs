use std::collections::VecDeque;

use crate::WINDOW_BYTES;
use crate::message::{Message, PIECE_BYTES, Parcel, Tag};

/// What is to be sent: short messages at once, parcels one after the other, as far as the other side has room.
pub(crate) struct Outgoing {
    messages: VecDeque<Message>,
    parcels: VecDeque<(Message, Vec<u8>)>,
    /// The parcel under way, and how much of it was sent.
    current: Option<(Vec<u8>, usize)>,
    credit: u64,
    waiting_bytes: u64,
}

impl Outgoing {
    pub(crate) const fn new() -> Self {
        Self {
            messages: VecDeque::new(),
            parcels: VecDeque::new(),
            current: None,
            credit: WINDOW_BYTES,
            waiting_bytes: 0,
        }
    }

    pub(crate) fn push(&mut self, message: Message) {
        self.messages.push_back(message);
    }

    pub(crate) fn push_parcel(&mut self, parcel: Parcel, tag: Tag, parts: &[&[u8]]) {
        let lengths = parts.iter().map(|part| part.len() as u64).collect();
        let bytes = parts.concat();
        self.waiting_bytes += bytes.len() as u64;
        self.parcels.push_back((Message::Begin { parcel, tag, lengths }, bytes));
    }

    /// The other side has done with so much. False if it never had so much.
    pub(crate) fn credit(&mut self, bytes: u64) -> bool {
        self.credit = self.credit.saturating_add(bytes);
        self.credit <= WINDOW_BYTES
    }

    /// Bytes that wait for their turn.
    pub(crate) const fn waiting_bytes(&self) -> u64 {
        self.waiting_bytes
    }

    pub(crate) fn next(&mut self) -> Option<Message> {
        if let Some(message) = self.messages.pop_front() {
            return Some(message);
        }
        let Some((bytes, sent)) = &mut self.current else {
            let (begin, bytes) = self.parcels.pop_front()?;
            if !bytes.is_empty() {
                self.current = Some((bytes, 0));
            }
            return Some(begin);
        };
        let room = usize::try_from(self.credit).unwrap_or(usize::MAX).min(PIECE_BYTES);
        let rest = bytes.get(*sent..).unwrap_or_default();
        let length = rest.len().min(room);
        // A short piece only where it is the last one.
        if length == 0 || (length < PIECE_BYTES && length < rest.len()) {
            return None;
        }
        let piece = rest.get(..length).unwrap_or_default().to_vec();
        *sent += length;
        let done = *sent == bytes.len();
        self.credit -= length as u64;
        self.waiting_bytes = self.waiting_bytes.saturating_sub(length as u64);
        if done {
            self.current = None;
        }
        Some(Message::Piece(piece))
    }
}
