use sha2::{Digest as _, Sha256};

use crate::base45;

/// Longest byte string that goes through a series of pictures.
pub const MAX_ANIMATED_BYTES: usize = 100 * 1024;
/// Bytes of it in each picture.
pub const PIECE_BYTES: usize = 240;

const START: &str = "CHARTCHAIN-FRAME-";
const VERSION: &str = "0:";
const CHECK_BYTES: usize = 4;
/// Of all letters of a frame.
const MAX_TEXT_CHARS: usize = 1024;

/// One picture of a series: what the series is, and pieces of it joined by exclusive or. Which ones follows from the index.
///
/// ```text
/// "CHARTCHAIN-FRAME-0:" ‖ base45( length of all (3) ‖ name of the series (8) ‖ index (4) ‖ piece (240)
///   ‖ first 4 bytes of SHA-256 of all before )
/// ```
/// in 408 letters, numbers being big endian. Letters and base45 (RFC 9285) are those of the alphanumeric mode of a QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Of all that the series carries, bytes: 1 to [`MAX_ANIMATED_BYTES`].
    pub length: u32,
    /// The first bytes of SHA-256 over all that the series carries.
    pub name: [u8; 8],
    /// Which picture of the series.
    pub index: u32,
    /// What it carries.
    pub piece: [u8; PIECE_BYTES],
}

/// Why a series cannot be shown, or a text is no part of the one that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnimatedError {
    /// It is something else.
    #[error("this is no picture of a series")]
    Other,
    /// Some of it is missing, or was changed; the next picture may be good.
    #[error("the picture is not whole")]
    Damaged,
    /// A newer version made it: this one has to be renewed first.
    #[error("the pictures were made by a newer version")]
    TooNew,
    /// It is one of another series. To read that one, begin anew.
    #[error("the picture belongs to another series")]
    OtherSeries,
    /// What the pictures said together was not what they had announced: reading begins anew.
    #[error("the pictures do not fit together")]
    Unfit,
    /// There is nothing to show, or too much for pictures: a file is better.
    #[error("this has no room in pictures")]
    Length,
}

impl Frame {
    /// Text for a QR code.
    pub fn to_text(&self) -> String {
        let mut bytes = Vec::with_capacity(3 + 8 + 4 + PIECE_BYTES + CHECK_BYTES);
        bytes.extend(self.length.to_be_bytes().into_iter().skip(1));
        bytes.extend(self.name);
        bytes.extend(self.index.to_be_bytes());
        bytes.extend(self.piece);
        bytes.extend(start::<CHECK_BYTES>(&[&bytes]));
        [START, VERSION, &base45::encode(&bytes)].concat()
    }

    /// Reads the text.
    ///
    /// # Errors
    /// Why it is none.
    pub fn from_text(text: &str) -> Result<Self, AnimatedError> {
        let rest = text.strip_prefix(START).filter(|_| text.len() <= MAX_TEXT_CHARS).ok_or(AnimatedError::Other)?;
        let Some(code) = rest.strip_prefix(VERSION) else {
            let version = rest.split_once(':').and_then(|(digits, _)| digits.parse::<u32>().ok());
            return Err(version.filter(|version| *version > 0).map_or(AnimatedError::Other, |_| AnimatedError::TooNew));
        };
        let bytes = base45::decode(code).ok_or(AnimatedError::Damaged)?;
        let frame = Self::read(&bytes).ok_or(AnimatedError::Damaged)?;
        let fits = (1..=MAX_ANIMATED_BYTES).contains(&usize::try_from(frame.length).unwrap_or(usize::MAX));
        if fits { Ok(frame) } else { Err(AnimatedError::Length) }
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (bytes, check) = bytes.split_last_chunk::<CHECK_BYTES>()?;
        let (length, rest) = bytes.split_first_chunk::<3>()?;
        let (name, rest) = rest.split_first_chunk()?;
        let (index, rest) = rest.split_first_chunk()?;
        let length = length.iter().fold(0, |length, byte| length << 8 | u32::from(*byte));
        let frame = Self { length, name: *name, index: u32::from_be_bytes(*index), piece: rest.try_into().ok()? };
        (start::<CHECK_BYTES>(&[bytes]) == *check).then_some(frame)
    }

    /// How many pieces all that it is of has.
    pub(crate) fn pieces(&self) -> usize {
        usize::try_from(self.length).unwrap_or(MAX_ANIMATED_BYTES).div_ceil(PIECE_BYTES)
    }
}

/// Which pieces are joined in a picture: a bit for each piece, the highest one of the first byte for the first piece. The first
/// pictures carry one piece each, in their order; each later one half of them, drawn by its index, and always the piece number
/// `index mod pieces`.
pub(crate) fn joined(name: &[u8; 8], index: u32, pieces: usize) -> Vec<u8> {
    let own = usize::try_from(index).unwrap_or(0) % pieces.max(1);
    let mut bits = vec![0; pieces.div_ceil(8)];
    if usize::try_from(index).is_ok_and(|index| index >= pieces) {
        for (number, part) in (0_u8..).zip(bits.chunks_mut(32)) {
            let drawn: [u8; 32] = start(&[name, &index.to_be_bytes(), &[number]]);
            part.iter_mut().zip(drawn).for_each(|(to, from)| *to = from);
        }
        // Nothing behind the last piece.
        if let Some(last) = bits.last_mut() {
            *last &= 0xff << (7 - (pieces - 1) % 8);
        }
    }
    if let Some(byte) = bits.get_mut(own / 8) {
        *byte |= 0x80 >> (own % 8);
    }
    bits
}

/// The first bytes of SHA-256 over all parts.
pub(crate) fn start<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    let digest: [u8; 32] = hasher.finalize().into();
    let mut first = [0; N];
    first.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        Frame { length: 1000, name: [7; 8], index: 3, piece: [9; PIECE_BYTES] }
    }

    #[test]
    fn a_frame_comes_back_from_its_text_and_fits_a_code_that_a_phone_reads() {
        let text = frame().to_text();
        assert_eq!(Frame::from_text(&text), Ok(frame()));
        assert_eq!(text.len(), 408);
        for (level, most) in [(qrcodegen::QrCodeEcc::Low, 11), (qrcodegen::QrCodeEcc::Quartile, 15)] {
            let version = qrcodegen::QrCode::encode_text(&text, level).unwrap().version().value();
            assert!(version <= most, "{version}");
        }
    }

    #[test]
    fn what_was_cut_changed_is_newer_or_something_else_is_told_apart() {
        let text = frame().to_text();
        for length in 0..text.len() {
            assert!(Frame::from_text(&text[..length]).is_err(), "{length}");
        }
        for (at, letter) in text.char_indices() {
            let other = if letter == 'A' { 'B' } else { 'A' };
            let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            assert!(Frame::from_text(&changed).is_err(), "{at}");
        }
        let long = format!("{START}{}", "A".repeat(2000));
        for other in ["", "hello", "CHARTCHAIN-WORDS-0:5A", "CHARTCHAIN-FRAME-", "CHARTCHAIN-FRAME-X:", long.as_str()] {
            assert_eq!(Frame::from_text(other), Err(AnimatedError::Other), "{other}");
        }
        assert_eq!(Frame::from_text("CHARTCHAIN-FRAME-12:AB"), Err(AnimatedError::TooNew));
        for length in [0, 102_401, 0xff_ffff] {
            let hostile = Frame { length, ..frame() };
            assert_eq!(Frame::from_text(&hostile.to_text()), Err(AnimatedError::Length), "{length}");
        }
    }

    /// Pinned: another implementation joins the same pieces and writes the same text, as one in Python did.
    #[test]
    fn which_pieces_are_joined_and_the_text_of_a_frame_are_pinned() {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(hex(&joined(&[7; 8], 9, 12)), "0040");
        assert_eq!(hex(&joined(&[7; 8], 12, 12)), "91e0");
        assert_eq!(
            hex(&joined(&[7; 8], 1000, 270)),
            "5f9ad424c4f1179aa89d211cfceca3d41ce0cd6c23b48e4ec651d520b881716b40e8"
        );
        assert_eq!(hex(&joined(&[7; 8], 5, 1)), "80");
        assert_eq!(
            hex(&start::<32>(&[frame().to_text().as_bytes()])),
            "37da1f809c9b20a4e795122a40e36922615a8130dd00c5f3dcb254b02eb8f79b"
        );
    }
}
