//! What rooms, mailboxes and parcels are called.

use core::fmt;

/// What a room or a mailbox is called: 16 bytes, a secret of those who use it. It is written nowhere but in the folder of the mailbox.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Tag([u8; 16]);

/// What a parcel is called: the SHA-256 of its bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name([u8; 32]);

impl Tag {
    /// Reads 32 lower-case hex digits, and nothing else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        read(text).map(Self)
    }

    /// One of 256 kinds of tags, alike for alike tags.
    pub(crate) fn kind(&self) -> usize {
        usize::from(self.0[0])
    }
}

impl Name {
    /// Reads 64 lower-case hex digits, and nothing else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        read(text).map(Self)
    }

    pub(crate) fn is(&self, hash: &[u8]) -> bool {
        self.0 == hash
    }
}

fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (digits, rest) = text.as_bytes().as_chunks::<2>();
    let mut bytes = [0; N];
    if digits.len() != N || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(digits) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

fn write(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(&self.0, f)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(&self.0, f)
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tag")
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lower_case_hex_of_the_right_length_is_a_tag() {
        let good = "00ff102030405060708090a0b0c0d0ef";
        let tag = Tag::read(good).unwrap();
        assert_eq!(tag.to_string(), good);
        assert_eq!(tag.kind(), 0);
        for bad in ["", &good[1..], &good[2..], &format!("{good}00"), &good.to_uppercase(), &good.replace('e', "g")] {
            assert!(Tag::read(bad).is_none(), "{bad}");
        }
        assert!(Tag::read("+0ff102030405060708090a0b0c0d0ef").is_none());
        assert!(Name::read(good).is_none() && Name::read(&good.repeat(2)).is_some());
    }

    #[test]
    fn a_tag_shows_itself_to_no_log() {
        assert_eq!(format!("{:?}", Tag::read(&"ab".repeat(16)).unwrap()), "Tag");
    }
}
