//! A screen that shows a series, and a camera that misses some of it.

use crate::frame::{AnimatedError, Frame, MAX_ANIMATED_BYTES, PIECE_BYTES, start};
use crate::{AnimatedReader, AnimatedWriter};

fn bytes(length: usize, seed: u8) -> Vec<u8> {
    (0..length.div_ceil(32)).flat_map(|part| start::<32>(&[&[seed], &part.to_be_bytes()])).take(length).collect()
}

/// Shows pictures, of which those are lost that `is_lost` says, until it is read. Gives how many were read.
fn show(writer: &AnimatedWriter, is_lost: impl Fn(u32) -> bool) -> (Vec<u8>, usize) {
    let (mut reader, mut read) = (AnimatedReader::default(), 0);
    for index in (0..).filter(|index| !is_lost(*index)) {
        read += 1;
        let progress = reader.read(&writer.frame(index)).unwrap();
        assert_eq!(reader.progress(), Some(progress));
        if progress.is_whole() {
            break;
        }
    }
    (reader.take().unwrap(), read)
}

#[test]
fn without_losses_it_takes_as_many_pictures_as_there_are_pieces() {
    for length in [1, 239, 240, 241, 5000, MAX_ANIMATED_BYTES] {
        let bytes = bytes(length, 1);
        let writer = AnimatedWriter::new(&bytes).unwrap();
        assert_eq!(show(&writer, |_| false), (bytes, length.div_ceil(PIECE_BYTES)), "{length}");
    }
    for bad in [0, MAX_ANIMATED_BYTES + 1] {
        assert_eq!(AnimatedWriter::new(&vec![0; bad]).err(), Some(AnimatedError::Length));
    }
}

/// What `docs/formats.md` states.
#[test]
fn with_a_third_of_the_pictures_lost_two_more_than_there_are_pieces_are_enough() {
    for (pieces, tries) in [(1, 50_u8), (2, 50), (10, 50), (50, 50), (427, 20)] {
        let mut more = 0;
        for seed in 0..tries {
            let bytes = bytes((pieces * PIECE_BYTES - 5).min(MAX_ANIMATED_BYTES), seed);
            let writer = AnimatedWriter::new(&bytes).unwrap();
            let is_lost = |index: u32| start::<1>(&[&[seed], &index.to_be_bytes()])[0] < 77;
            let (read, count) = show(&writer, is_lost);
            assert_eq!(read, bytes);
            more += count - pieces;
        }
        let average = f64::from(u32::try_from(more).unwrap()) / f64::from(tries);
        println!("{pieces} pieces: {average} pictures more");
        assert!(average <= 2.5, "{pieces} pieces: {average}");
    }
}

#[test]
fn a_reader_that_comes_late_misses_nothing() {
    let bytes = bytes(10_000, 3);
    let writer = AnimatedWriter::new(&bytes).unwrap();
    let (read, count) = show(&writer, |index| index < 1_000_000);
    assert_eq!(read, bytes);
    assert!(count < writer.pieces() + 20, "{count}");
}

#[test]
fn pictures_of_two_series_are_told_apart_and_the_first_one_comes_to_its_end() {
    let (one, other) = (bytes(1000, 4), bytes(1000, 5));
    let [first, second] = [&one, &other].map(|bytes| AnimatedWriter::new(bytes).unwrap());
    let mut reader = AnimatedReader::default();
    for index in 0..5 {
        let progress = reader.read(&first.frame(index)).unwrap();
        assert!((progress.fraction() - f64::from(index + 1) / 5.0).abs() < 1e-9);
        assert_eq!(reader.read(&second.frame(index)), Err(AnimatedError::OtherSeries));
        assert_eq!(reader.read("hello"), Err(AnimatedError::Other));
        assert_eq!(reader.read(&first.frame(0)), Ok(progress), "again");
    }
    assert_eq!(reader.read(&first.frame(77)).map(|progress| progress.is_whole()), Ok(true));
    assert_eq!(reader.take(), Some(one));
    assert_eq!(reader.take(), None);
    assert!(reader.read(&second.frame(0)).is_ok(), "as new");
}

#[test]
fn pictures_that_contradict_each_other_or_their_name_make_it_begin_anew() {
    let writer = AnimatedWriter::new(&bytes(1000, 6)).unwrap();
    let mut wrong = Frame::from_text(&writer.frame(1)).unwrap();
    wrong.piece[7] ^= 1;
    let mut reader = AnimatedReader::default();
    reader.read(&wrong.to_text()).unwrap();
    assert_eq!(reader.read(&writer.frame(1)), Err(AnimatedError::Unfit));
    assert_eq!(reader.progress(), None);
    reader.read(&wrong.to_text()).unwrap();
    let results: Vec<_> = [0, 2, 3, 4].iter().map(|index| reader.read(&writer.frame(*index))).collect();
    assert_eq!(results.last(), Some(&Err(AnimatedError::Unfit)));
    assert_eq!((reader.progress(), reader.take()), (None, None));
    let padded = Frame { length: 1, name: start(&[&[5]]), index: 0, piece: [5; PIECE_BYTES] };
    assert_eq!(reader.read(&padded.to_text()), Err(AnimatedError::Unfit));
}

#[test]
fn any_index_and_any_length_are_taken_with_bounded_work() {
    for (length, index) in [(1, u32::MAX), (102_400, u32::MAX), (102_400, 427), (240, 1), (241, 0)] {
        let frame = Frame { length, name: [1; 8], index, piece: [2; PIECE_BYTES] };
        let mut reader = AnimatedReader::default();
        let result = reader.read(&frame.to_text());
        assert!(result.is_ok() || result == Err(AnimatedError::Unfit), "{length}, {index}");
    }
}
