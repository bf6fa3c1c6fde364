//! Bytes that go over the wire in one piece. What is written is the same as for a list of numbers, which goes byte by byte.

use core::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};

struct Piece<'a>(&'a [u8]);

impl Serialize for Piece<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

struct Read(Vec<u8>);

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_byte_buf(Reading)
    }
}

struct Reading;

impl Visitor<'_> for Reading {
    type Value = Read;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Read, E> {
        Ok(Read(bytes.to_vec()))
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Read, E> {
        Ok(Read(bytes))
    }
}

/// One piece.
pub(crate) mod one {
    use super::{Deserialize, Deserializer, Piece, Read, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        Piece(bytes).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        Read::deserialize(deserializer).map(|read| read.0)
    }
}

/// Several.
pub(crate) mod many {
    use super::{Deserialize, Deserializer, Piece, Read, Serializer};

    pub(crate) fn serialize<S: Serializer>(pieces: &[Vec<u8>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(pieces.iter().map(|piece| Piece(piece)))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u8>>, D::Error> {
        let read = Vec::<Read>::deserialize(deserializer)?;
        Ok(read.into_iter().map(|read| read.0).collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::protocol::{Command, InputId, LinkId};

    #[test]
    fn bytes_in_one_piece_are_written_as_a_list_of_numbers_would_be() {
        let frames = vec![vec![0, 1, 255], Vec::new(), vec![7; 300]];
        let list = postcard::to_allocvec(&(LinkId(5), &frames)).unwrap();
        let command = Command::LinkFrames { link: LinkId(5), frames };
        comes_back(&command, &list);
        let bytes = vec![9; 20];
        let list = postcard::to_allocvec(&(InputId(1), &bytes)).unwrap();
        comes_back(&Command::InputPart { input: InputId(1), bytes }, &list);
    }

    fn comes_back(command: &Command, list: &[u8]) {
        let written = postcard::to_allocvec(command).unwrap();
        assert!(written.ends_with(list), "{written:?}");
        let read: Command = postcard::from_bytes(&written).unwrap();
        assert_eq!(postcard::to_allocvec(&read).unwrap(), written);
        for length in 0..written.len() {
            assert!(postcard::from_bytes::<Command>(&written[..length]).is_err(), "{length}");
        }
    }
}
