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
