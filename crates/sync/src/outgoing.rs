use std::collections::VecDeque;

use crate::WINDOW_BYTES;
use crate::message::{LENGTH_BYTES, MAX_MESSAGE_BYTES, Message, PIECE_BYTES, Parcel, Tag, framed};

/// What a piece takes beside its bytes.
const PIECE_HEAD_BYTES: usize = 8;
/// A shorter piece goes only where it is the last one.
const LEAST_PIECE_BYTES: usize = 1024;

/// What is to be sent: short messages at once, parcels one after the other, as far as the other side has room.
pub(crate) struct Outgoing {
    /// As they are written.
    messages: VecDeque<Vec<u8>>,
    parcels: VecDeque<(Vec<u8>, Vec<u8>)>,
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

    pub(crate) fn push(&mut self, message: &Message) {
        self.messages.push_back(message.write());
    }

    pub(crate) fn push_parcel(&mut self, parcel: Parcel, tag: Tag, parts: &[&[u8]]) {
        let lengths = parts.iter().map(|part| part.len() as u64).collect();
        let bytes = parts.concat();
        self.waiting_bytes += bytes.len() as u64;
        self.parcels.push_back((Message::Begin { parcel, tag, lengths }.write(), bytes));
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

    /// What stands in the next frame: as many messages as it takes.
    pub(crate) fn next(&mut self) -> Option<Vec<u8>> {
        let mut frame = Vec::new();
        while let Some(room) = MAX_MESSAGE_BYTES.checked_sub(frame.len() + LENGTH_BYTES)
            && let Some(message) = self.next_within(room)
        {
            if frame.is_empty() {
                frame.reserve_exact(if message.len() < LEAST_PIECE_BYTES { 0 } else { MAX_MESSAGE_BYTES });
            }
            framed(&message, &mut frame);
        }
        (!frame.is_empty()).then_some(frame)
    }

    /// The next message, if it is not longer.
    fn next_within(&mut self, room: usize) -> Option<Vec<u8>> {
        if let Some(message) = self.messages.front() {
            return if message.len() <= room { self.messages.pop_front() } else { None };
        }
        let Some((bytes, sent)) = &mut self.current else {
            self.parcels.front().filter(|(begin, _)| begin.len() <= room)?;
            let (begin, bytes) = self.parcels.pop_front()?;
            if !bytes.is_empty() {
                self.current = Some((bytes, 0));
            }
            return Some(begin);
        };
        let credit = usize::try_from(self.credit).unwrap_or(usize::MAX);
        let rest = bytes.get(*sent..).unwrap_or_default();
        let length = rest.len().min(credit).min(PIECE_BYTES).min(room.saturating_sub(PIECE_HEAD_BYTES));
        let is_last = length == rest.len();
        if length == 0 || (!is_last && (credit < PIECE_BYTES || length < LEAST_PIECE_BYTES)) {
            return None;
        }
        let piece = Message::Piece(rest.get(..length).unwrap_or_default().to_vec()).write();
        *sent += length;
        if is_last {
            self.current = None;
        }
        self.credit -= length as u64;
        self.waiting_bytes = self.waiting_bytes.saturating_sub(length as u64);
        Some(piece)
    }
}
