//! How large a picture is, told from its first bytes, so that a small file which unfolds to gigabytes is never unfolded.

/// Width and height that a PNG, JPEG, GIF or WebP says it has; `None` for anything else.
#[must_use]
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    png(bytes).or_else(|| gif(bytes)).or_else(|| webp(bytes)).or_else(|| jpeg(bytes))
}

fn big(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(count)?)?;
    Some(bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

fn little(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(count)?)?;
    Some(bytes.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some(())?;
    Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?))
}

fn gif(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a")).then_some(())?;
    Some((little(bytes, 6, 2)?, little(bytes, 8, 2)?))
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")).then_some(())?;
    match bytes.get(12..16)? {
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        b"VP8 " => Some((little(bytes, 26, 2)? & 0x3fff, little(bytes, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let packed = little(bytes, 21, 4)?;
            Some(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1))
        }
        _ => None,
    }
}

/// The first frame header behind whatever segments come before it.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    bytes.starts_with(b"\xff\xd8").then_some(())?;
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // A marker may have any number of these before it.
            0xff => at += 1,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
            }
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => at += 2 + usize::try_from(big(bytes, at + 2, 2)?.max(2)).ok()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_every_kind_of_picture_is_told_from_its_beginning() {
        let png =
            [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &40_000_u32.to_be_bytes(), &7_u32.to_be_bytes()].concat();
        assert_eq!(size(&png), Some((40_000, 7)));
        assert_eq!(size(b"GIF89a\x10\x01\x02\x00"), Some((272, 2)));
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08\x03\x20\x04\xb0\x03";
        assert_eq!(size(jpeg), Some((1200, 800)));
        let webp = |kind: &[u8], rest: &[u8]| [b"RIFF\0\0\0\0WEBP".as_slice(), kind, b"\0\0\0\0", rest].concat();
        assert_eq!(size(&webp(b"VP8X", b"\0\0\0\0\xff\x03\0\x01\0\0")), Some((1024, 2)));
        assert_eq!(size(&webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a\x40\x01\xf0\0")), Some((320, 240)));
        assert_eq!(size(&webp(b"VP8L", b"\x2f\x3f\x01\x00\x00")), Some((320, 1)));
    }

    #[test]
    fn half_a_picture_and_other_files_have_no_size() {
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08\x03\x20\x04\xb0\x03";
        for length in 0..18 {
            assert_eq!(size(&jpeg[..length]), None, "{length}");
        }
        for other in [b"".as_slice(), b"%PDF-1.7", b"<svg xmlns", b"\xff\xd8\xff\xe1\x00\x00", b"RIFF\0\0\0\0WAVE"] {
            assert_eq!(size(other), None, "{other:?}");
        }
    }
}
