//! What goes between a participant and a relay's room (`/v0/meet/{tag}`). Numbers are big endian.

const WELCOME: u8 = 0;
const CAME: u8 = 1;
const LEFT: u8 = 2;
const SAID: u8 = 3;

/// Bytes of what one participant says to another.
pub(crate) const PAYLOAD_BYTES: usize = 16_384 + 64;

/// What a room says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard<'a> {
    /// Own number, and who is there.
    Welcome(u32, &'a [[u8; 4]]),
    /// Somebody came.
    Came(u32),
    /// Somebody left.
    Left(u32),
    /// Somebody said something.
    Said(u32, &'a [u8]),
}

impl<'a> Heard<'a> {
    /// `None`: it is not of this form.
    pub(crate) fn read(frame: &'a [u8]) -> Option<Self> {
        let (kind, rest) = frame.split_first()?;
        let (number, rest) = rest.split_first_chunk()?;
        let number = Some(u32::from_be_bytes(*number)).filter(|number| *number != 0)?;
        match *kind {
            WELCOME => {
                let (numbers, more) = rest.as_chunks();
                more.is_empty().then_some(Self::Welcome(number, numbers))
            }
            CAME => rest.is_empty().then_some(Self::Came(number)),
            LEFT => rest.is_empty().then_some(Self::Left(number)),
            SAID => (rest.len() <= PAYLOAD_BYTES).then_some(Self::Said(number, rest)),
            _ => None,
        }
    }
}

/// A message to a participant.
pub(crate) fn say(recipient: u32, payload: &[u8]) -> Vec<u8> {
    [&recipient.to_be_bytes(), payload].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_room_says_is_read_as_it_is_written_down() {
        assert_eq!(Heard::read(&[0, 0, 0, 1, 2]), Some(Heard::Welcome(258, &[])));
        assert_eq!(Heard::read(&[0, 0, 0, 0, 2, 0, 0, 0, 1]), Some(Heard::Welcome(2, &[[0, 0, 0, 1]])));
        assert_eq!(Heard::read(&[1, 0, 0, 0, 7]), Some(Heard::Came(7)));
        assert_eq!(Heard::read(&[2, 0, 0, 0, 7]), Some(Heard::Left(7)));
        assert_eq!(Heard::read(&[3, 0, 0, 0, 7, 9]), Some(Heard::Said(7, &[9])));
        let wrong: [&[u8]; 7] =
            [&[], &[0], &[0, 0, 0, 0, 0], &[0, 0, 0, 0, 1, 2], &[1, 0, 0, 0, 1, 2], &[2, 0, 0, 0], &[4, 0, 0, 0, 1]];
        assert!(wrong.iter().all(|frame| Heard::read(frame).is_none()));
        let longest = [&[3, 0, 0, 0, 1][..], &[0; PAYLOAD_BYTES]].concat();
        assert!(Heard::read(&longest).is_some() && Heard::read(&[longest, vec![0]].concat()).is_none());
        assert_eq!(say(258, b"a"), [0, 0, 1, 2, b'a']);
    }
}
