//! Pictures of a series, as a camera reads them from whatever it is held at.

use chartchain_link::{AnimatedReader, AnimatedWriter, Frame, MAX_ANIMATED_BYTES, PIECE_BYTES};

/// Length (3), name (8), index (4).
const HEAD_BYTES: usize = 15;

/// Reads the bytes as texts of pictures, one a line, and then as what stands in pictures, so that their checks hold. What comes out
/// whole is what it was announced to be.
pub fn run(bytes: &[u8]) {
    let mut reader = AnimatedReader::default();
    for line in String::from_utf8_lossy(bytes).lines() {
        read(&mut reader, line);
        if let Ok(frame) = Frame::from_text(line) {
            assert_eq!(frame.to_text(), line, "a picture has two texts");
        }
    }
    let mut reader = AnimatedReader::default();
    for bytes in bytes.chunks(HEAD_BYTES + PIECE_BYTES) {
        if let Some(frame) = frame(bytes) {
            read(&mut reader, &frame.to_text());
        }
    }
}

fn read(reader: &mut AnimatedReader, text: &str) {
    let before = reader.progress();
    let Ok(progress) = reader.read(text) else { return };
    assert!(progress.done <= progress.of && progress.of <= MAX_ANIMATED_BYTES.div_ceil(PIECE_BYTES), "{progress:?}");
    assert!(before.is_none_or(|before| before.done <= progress.done), "{before:?} {progress:?}");
    if let Some(whole) = progress.is_whole().then(|| reader.take()).flatten() {
        let first = AnimatedWriter::new(&whole).ok().and_then(|writer| Frame::from_text(&writer.frame(0)).ok());
        let name = first.map(|first| first.name);
        assert_eq!(name, Frame::from_text(text).ok().map(|frame| frame.name), "not what was announced");
    }
}

/// A picture with these bytes; what is missing is zero.
fn frame(bytes: &[u8]) -> Option<Frame> {
    let (length, rest) = bytes.split_first_chunk::<3>()?;
    let (name, rest) = rest.split_first_chunk()?;
    let (index, rest) = rest.split_first_chunk()?;
    let mut piece = [0; PIECE_BYTES];
    piece.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let length = length.iter().fold(0, |length, byte| length << 8 | u32::from(*byte));
    Some(Frame { length, name: *name, index: u32::from_be_bytes(*index), piece })
}

/// Texts of a series with two pictures lost, and what stands in those.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let Ok(writer) = AnimatedWriter::new(&b"what goes from screen to camera".repeat(40)) else { return Vec::new() };
    let texts: Vec<String> = [0, 2, 3, 5, 6, 7, 8, 9, 10].iter().map(|index| writer.frame(*index)).collect();
    let frames = texts.iter().filter_map(|text| Frame::from_text(text).ok());
    let inside = frames.flat_map(|frame| {
        let length: Vec<u8> = frame.length.to_be_bytes().into_iter().skip(1).collect();
        [length.as_slice(), &frame.name, &frame.index.to_be_bytes(), &frame.piece].concat()
    });
    let inside = inside.collect();
    vec![texts.join("\n").into_bytes(), inside]
}
