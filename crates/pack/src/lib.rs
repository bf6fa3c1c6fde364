//! Makes short texts small. Entries are sealed one by one, so each has to be compressed alone; what they have in common
//! is therefore given: a dictionary to copy from, and samples whose coding teaches how likely everything is.
//!
//! Packed bytes are a number (LEB128: four times the plain length, and how it is told) and the plain bytes as they are, or
//! a stream of a range coder: of symbols whose shares the samples gave, where the text is short, else of bits whose chances
//! it learns as it goes. Work is bounded by the length of what comes in. `docs/formats.md` has all of it.

mod chances;
mod coder;
mod find;
mod long;
mod short;
mod tables;
mod token;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::chances::Chances;
use crate::coder::{Decoder, Encoder};
use crate::find::{Effort, Finder, Known, Room};
use crate::long::code_token;
use crate::short::{Listener, Teller, tell};
use crate::tables::{Counts, Layout, Tables};
use crate::token::{Context, Token};

/// Never more plain bytes than this for one packed byte: what shrinks further is kept as it is.
const MOST_PLAIN_FOR_ONE: usize = 2048;

/// Bytes that were not packed like this, or would be longer than is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("packed bytes cannot be read")]
pub struct Broken;

/// How the bytes behind the number are told: the number's last two bits.
const STORED: u64 = 0;
const SHORT: u64 = 1;
const LONG: u64 = 2;
/// Longest text that is told as a short one.
const MOST_SHORT: usize = 4095;
/// Most bytes that room is made for before they are there.
const MOST_RESERVED: usize = 1 << 20;
/// From here on it is looked first whether a text can shrink at all: pictures and the like cannot.
const LEAST_DOUBTED: usize = 4096;

/// A dictionary and what samples taught.
#[derive(Debug)]
pub struct Packer {
    known: Known,
    room: Room,
    tables: Tables,
    chances: Chances,
    taught: bool,
}

impl Packer {
    /// Learns from samples. Dictionary and samples are part of the format: with others nothing can be read.
    pub fn new<'a>(dictionary: &[u8], samples: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let (known, mut room) = (Known::new(dictionary), Room::new(dictionary));
        let layout = Layout::new(known.position_bits());
        let (mut counts, mut chances) = (Counts::new(&layout), Chances::new(known.position_bits()));
        let mut taught = false;
        for sample in samples {
            let mut coder = Encoder::default();
            go_through(Finder::new(&known, &mut room, sample, Effort::SAMPLE), |context, token| {
                tell(&mut counts, &layout, context, token);
                code_token(&mut coder, &mut chances, context, token);
            });
            taught = true;
        }
        chances.keep();
        Self { known, room, tables: Tables::new(layout, &counts), chances, taught }
    }

    /// Packs.
    pub fn pack(&mut self, plain: &[u8]) -> Vec<u8> {
        let mut best = (STORED, None);
        let shorter = |than: &Option<Vec<u8>>, coded: &Vec<u8>| {
            coded.len() < than.as_ref().map_or(plain.len(), Vec::len)
                && plain.len() <= coded.len().saturating_mul(MOST_PLAIN_FOR_ONE)
        };
        if self.taught && plain.len() <= MOST_SHORT && self.known.len() + plain.len() < short::MOST_TEXT {
            let coded = self.pack_short(plain);
            if shorter(&best.1, &coded) {
                best = (SHORT, Some(coded));
            }
        }
        // What is like the samples shrinks to a third or less; what does not is given another try.
        let well = best.1.as_ref().is_some_and(|coded| coded.len() * 2 < plain.len());
        if !well && (plain.len() < LEAST_DOUBTED || can_shrink(plain)) {
            let coded = self.pack_long(plain);
            if shorter(&best.1, &coded) {
                best = (LONG, Some(coded));
            }
        }
        let (how, coded) = best;
        let coded = coded.as_deref().unwrap_or(plain);
        let mut packed = Vec::with_capacity(coded.len() + 4);
        push_number(&mut packed, (plain.len() as u64) << 2 | how);
        packed.extend_from_slice(coded);
        packed
    }

    fn pack_short(&mut self, plain: &[u8]) -> Vec<u8> {
        let mut teller = Teller::new(&self.tables);
        go_through(Finder::new(&self.known, &mut self.room, plain, Effort::SHORT), |context, token| {
            tell(&mut teller, &self.tables.layout, context, token);
        });
        teller.finish()
    }

    fn pack_long(&mut self, plain: &[u8]) -> Vec<u8> {
        let mut coder = Encoder::default();
        self.chances.expect(plain.len());
        go_through(Finder::new(&self.known, &mut self.room, plain, Effort::LONG), |context, token| {
            code_token(&mut coder, &mut self.chances, context, token);
        });
        self.chances.restore();
        coder.finish()
    }

    /// The reverse of [`Packer::pack`], for at most `most` plain bytes. What was changed on its way may give other
    /// bytes: whoever stores packed bytes seals them.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn unpack(&mut self, packed: &[u8], most: usize) -> Result<Vec<u8>, Broken> {
        let (number, rest) = read_number(packed)?;
        let length = usize::try_from(number >> 2).map_err(|_| Broken)?;
        if length > most || length > rest.len().saturating_mul(MOST_PLAIN_FOR_ONE) {
            return Err(Broken);
        }
        match number & 3 {
            STORED if rest.len() == length => Ok(rest.to_vec()),
            SHORT => {
                let mut listener = Listener::new(&self.tables, rest);
                let layout = &self.tables.layout;
                let next = |context: &Context| tell(&mut listener, layout, context, Token::Literal(0));
                rebuild(self.room.dictionary(), length, next)
            }
            LONG => {
                let mut coder = Decoder::new(rest);
                let chances = &mut self.chances;
                chances.expect(length);
                let next = |context: &Context| code_token(&mut coder, chances, context, Token::Literal(0));
                let plain = rebuild(self.room.dictionary(), length, next);
                self.chances.restore();
                plain
            }
            _ => Err(Broken),
        }
    }
}

fn go_through(mut finder: Finder<'_>, mut each: impl FnMut(&Context, Token)) {
    let mut context = Context::default();
    while let Some(token) = finder.next(context.distance()) {
        each(&context, token);
        context.pass(finder.at(), token, finder.last());
    }
}

/// Whether some bytes are more frequent than others: by chance alone, two of them would be alike once in 256 times.
fn can_shrink(plain: &[u8]) -> bool {
    let mut counts = [0u64; 256];
    for byte in plain {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let (alike, all) = (counts.iter().map(|count| count * count).sum::<u64>(), plain.len() as u64);
    // A sixteenth more than by chance.
    alike.saturating_mul(256 * 16) > all.saturating_mul(all).saturating_mul(17) + all * 256 * 16
}

/// The text of so many bytes whose tokens come one by one.
fn rebuild(dictionary: &[u8], length: usize, mut next: impl FnMut(&Context) -> Token) -> Result<Vec<u8>, Broken> {
    let base = dictionary.len();
    let mut context = Context::default();
    let mut text = Vec::with_capacity(base + length.min(MOST_RESERVED));
    text.extend_from_slice(dictionary);
    while text.len() < base + length {
        let token = next(&context);
        let (at, count) = match token {
            Token::Literal(byte) => {
                text.push(byte);
                context.pass(text.len(), token, byte);
                continue;
            }
            Token::Again { length } => (text.len().checked_sub(context.distance()), length),
            Token::Known { at, length } => (Some(at).filter(|at| at + length <= base), length),
            Token::Earlier { distance, length } => (text.len().checked_sub(distance), length),
        };
        let at = at.filter(|at| *at < text.len()).ok_or(Broken)?;
        if text.len() + count > base + length {
            return Err(Broken);
        }
        copy_within(&mut text, at, count);
        let last = text.last().copied().unwrap_or_default();
        context.pass(text.len(), token, last);
    }
    Ok(text.split_off(base))
}

/// Appends `count` bytes from `at` on; they may overlap what is appended.
fn copy_within(text: &mut Vec<u8>, at: usize, count: usize) {
    let mut left = count;
    while left > 0 {
        let end = text.len().min(at + left);
        left -= end - at;
        text.extend_from_within(at..end);
        if end - at == 0 {
            return;
        }
    }
}

fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_number(bytes: &[u8]) -> Result<(u64, &[u8]), Broken> {
    let mut number = 0;
    for (place, byte) in bytes.iter().enumerate().take(6) {
        number |= u64::from(byte & 127) << (7 * place);
        if byte & 128 == 0 {
            return Ok((number, bytes.get(place + 1..).unwrap_or_default()));
        }
    }
    Err(Broken)
}
