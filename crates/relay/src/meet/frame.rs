//! What goes over a connection to a room. Numbers are big endian.

use axum::body::Bytes;

/// Bytes of what one participant says to another: a sealed frame of `crates/sync`, and 64 more.
pub(crate) const PAYLOAD_BYTES: usize = 16_384 + 64;
/// Bytes of a participant's number.
const NUMBER_BYTES: usize = 4;
/// Bytes of the longest message that a participant may send.
pub(crate) const MESSAGE_BYTES: usize = NUMBER_BYTES + PAYLOAD_BYTES;

const WELCOME: u8 = 0;
const CAME: u8 = 1;
const LEFT: u8 = 2;
const SAID: u8 = 3;

/// To whom a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recipient {
    /// To everybody in the room but the sender.
    Others,
    /// To the participant of this number.
    One(u32),
}

/// Takes a participant's message apart: to whom it is, and what it says. `None`: it is too short or too long.
pub(crate) fn read(message: &[u8]) -> Option<(Recipient, &[u8])> {
    let (number, payload) = message.split_first_chunk::<NUMBER_BYTES>().filter(|_| message.len() <= MESSAGE_BYTES)?;
    Some((
        match u32::from_be_bytes(*number) {
            0 => Recipient::Others,
            number => Recipient::One(number),
        },
        payload,
    ))
}

/// The first message to a participant: its own number, and those of who is there.
pub(crate) fn welcome(own: u32, present: impl Iterator<Item = u32>) -> Bytes {
    let mut frame = numbered(WELCOME, own);
    present.for_each(|number| frame.extend(number.to_be_bytes()));
    frame.into()
}

pub(crate) fn came(number: u32) -> Bytes {
    numbered(CAME, number).into()
}

pub(crate) fn left(number: u32) -> Bytes {
    numbered(LEFT, number).into()
}

pub(crate) fn said(sender: u32, payload: &[u8]) -> Bytes {
    let mut frame = numbered(SAID, sender);
    frame.extend(payload);
    frame.into()
}

fn numbered(kind: u8, number: u32) -> Vec<u8> {
    let mut frame = vec![kind];
    frame.extend(number.to_be_bytes());
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_of_the_written_form() {
        assert_eq!(*welcome(3, [1, 258].into_iter()), [0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 1, 2]);
        assert_eq!(*came(7), [1, 0, 0, 0, 7]);
        assert_eq!(*left(7), [2, 0, 0, 0, 7]);
        assert_eq!(*said(1, b"ab"), [3, 0, 0, 0, 1, b'a', b'b']);
        assert_eq!(read(&[0, 0, 0, 0, 9]), Some((Recipient::Others, &[9][..])));
        assert_eq!(read(&[0, 0, 1, 0]), Some((Recipient::One(256), &[][..])));
        assert_eq!(read(&[0, 0, 1]), None);
        assert!(read(&[1; MESSAGE_BYTES]).is_some() && read(&[1; MESSAGE_BYTES + 1]).is_none());
    }
}
