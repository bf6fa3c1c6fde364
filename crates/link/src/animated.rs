use crate::frame::{AnimatedError, Frame, MAX_ANIMATED_BYTES, PIECE_BYTES, joined, start};

/// Shows bytes as an endless series of pictures, of which a camera may miss any: each that it reads and had not read before
/// brings it on, whichever they are. Reading is done after as many pictures as there are pieces, and between one and two more
/// on average, whatever was lost.
pub struct AnimatedWriter {
    pieces: Vec<[u8; PIECE_BYTES]>,
    length: u32,
    name: [u8; 8],
}

impl AnimatedWriter {
    /// Over all of `bytes`.
    ///
    /// # Errors
    /// There are none, or more than 100 KiB.
    pub fn new(bytes: &[u8]) -> Result<Self, AnimatedError> {
        if bytes.is_empty() || bytes.len() > MAX_ANIMATED_BYTES {
            return Err(AnimatedError::Length);
        }
        let piece = |bytes: &[u8]| {
            let mut piece = [0; PIECE_BYTES];
            piece.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            piece
        };
        let length = u32::try_from(bytes.len()).map_err(|_| AnimatedError::Length)?;
        Ok(Self { pieces: bytes.chunks(PIECE_BYTES).map(piece).collect(), length, name: start(&[bytes]) })
    }

    /// How many pictures have to be read at least.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// The text of a picture. They are shown from 0 on and never from the beginning again, because each new one brings a reader
    /// on that missed some.
    pub fn frame(&self, index: u32) -> String {
        let bits = joined(&self.name, index, self.pieces.len());
        let mut piece = [0; PIECE_BYTES];
        for (at, other) in self.pieces.iter().enumerate() {
            if is_set(&bits, at) {
                add(&mut piece, other);
            }
        }
        Frame { length: self.length, name: self.name, index, piece }.to_text()
    }
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Pictures that said something new.
    pub done: usize,
    /// How many such there have to be.
    pub of: usize,
}

impl Progress {
    /// All of it is here.
    pub const fn is_whole(&self) -> bool {
        self.done == self.of
    }

    /// From 0 to 1.
    pub fn fraction(&self) -> f64 {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        number(self.done) / number(self.of).max(1.0)
    }
}

/// Reads such a series. It takes the first series that it is shown, and needs less than 256 KiB.
#[derive(Default)]
pub struct AnimatedReader {
    series: Option<Series>,
}

/// Pictures as linear equations over single bits: which pieces are joined, and what comes out. Each is kept with what is known
/// before it taken away, at the place of the first piece that is left (Gaussian elimination).
struct Series {
    length: u32,
    name: [u8; 8],
    pieces: usize,
    rows: Vec<Option<Vec<u8>>>,
    done: usize,
    whole: Option<Vec<u8>>,
}

impl AnimatedReader {
    /// Takes the text of a picture. One that was read before, or says nothing new, changes nothing.
    ///
    /// # Errors
    /// It does not belong to the series. After [`AnimatedError::Unfit`] everything begins anew, after any other error reading
    /// goes on.
    pub fn read(&mut self, text: &str) -> Result<Progress, AnimatedError> {
        let frame = Frame::from_text(text)?;
        let series = self.series.get_or_insert_with(|| Series::new(&frame));
        if (series.length, series.name) != (frame.length, frame.name) {
            return Err(AnimatedError::OtherSeries);
        }
        let result = series.add(&frame);
        if result.is_err() {
            self.series = None;
        }
        result
    }

    /// How far reading has come; `None` before the first picture.
    pub fn progress(&self) -> Option<Progress> {
        self.series.as_ref().map(Series::progress)
    }

    /// All that the series carries, once it is whole. The reader is as new then.
    pub fn take(&mut self) -> Option<Vec<u8>> {
        let whole = self.series.as_mut()?.whole.take()?;
        self.series = None;
        Some(whole)
    }
}

impl Series {
    fn new(frame: &Frame) -> Self {
        let pieces = frame.pieces();
        let rows = vec![None; pieces];
        Self { length: frame.length, name: frame.name, pieces, rows, done: 0, whole: None }
    }

    const fn progress(&self) -> Progress {
        Progress { done: self.done, of: self.pieces }
    }

    fn add(&mut self, frame: &Frame) -> Result<Progress, AnimatedError> {
        if self.whole.is_some() {
            return Ok(self.progress());
        }
        let mut row = joined(&self.name, frame.index, self.pieces);
        row.extend(frame.piece);
        for (at, known) in self.rows.iter_mut().enumerate() {
            if !is_set(&row, at) {
                continue;
            }
            let Some(known) = known else {
                *known = Some(row);
                self.done += 1;
                if self.done == self.pieces {
                    self.whole = Some(self.solve().ok_or(AnimatedError::Unfit)?);
                }
                return Ok(self.progress());
            };
            add(&mut row, known);
        }
        // The same pieces have to come to the same.
        if row.iter().all(|byte| *byte == 0) { Ok(self.progress()) } else { Err(AnimatedError::Unfit) }
    }

    /// Takes from each row, from the last one on, those behind it. `None` if that is not what was announced.
    fn solve(&mut self) -> Option<Vec<u8>> {
        let mut solved: Vec<Vec<u8>> = Vec::with_capacity(self.pieces);
        for (at, row) in core::mem::take(&mut self.rows).into_iter().enumerate().rev() {
            let mut row = row?;
            // What is solved stands from the last piece to the one behind this.
            for (behind, other) in (at + 1..self.pieces).rev().zip(&solved) {
                if is_set(&row, behind) {
                    add(&mut row, other);
                }
            }
            solved.push(row);
        }
        let bits = self.pieces.div_ceil(8);
        let mut whole: Vec<u8> = solved.into_iter().rev().flat_map(|row| row.into_iter().skip(bits)).collect();
        let padding = whole.split_off(usize::try_from(self.length).ok()?.min(whole.len()));
        let is_same = start(&[&whole]) == self.name && padding.iter().all(|byte| *byte == 0);
        is_same.then_some(whole)
    }
}

fn is_set(bits: &[u8], at: usize) -> bool {
    bits.get(at / 8).is_some_and(|byte| byte << (at % 8) & 0x80 != 0)
}

/// Joins by exclusive or.
fn add(to: &mut [u8], other: &[u8]) {
    to.iter_mut().zip(other).for_each(|(to, other)| *to ^= other);
}

#[cfg(test)]
mod tests {
    use super::*;

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
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;

    proptest::proptest! {
        #[test]
        fn bytes_come_back_from_pictures_in_any_order_with_any_losses(
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 1..3000),
            indices in proptest::collection::vec(0_u32..200, 0..40),
        ) {
            let writer = AnimatedWriter::new(&bytes).unwrap();
            let mut reader = AnimatedReader::default();
            for index in indices.into_iter().chain(1000..1100) {
                if reader.read(&writer.frame(index)).unwrap().is_whole() {
                    break;
                }
            }
            proptest::prop_assert_eq!(reader.take(), Some(bytes));
        }
    }
}
