//! Makes short texts small. Entries are sealed one by one, so each has to be compressed alone; what they have in common
//! is therefore given: a dictionary to copy from, and samples whose coding teaches how likely everything is.
//!
//! Packed bytes are a number (LEB128: twice the plain length, plus one where the plain bytes follow as they are) and
//! a stream of an adaptive binary range coder. Work is bounded by the length of what comes in.

mod chances;
mod coder;
mod find;
mod token;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::chances::Chances;
use crate::coder::{Decoder, Encoder};
use crate::find::{Finder, Known};
use crate::token::{Context, Token, code_token};

/// Never more plain bytes than this for one packed byte: what shrinks further is kept as it is.
const MOST_PLAIN_FOR_ONE: usize = 2048;

/// Bytes that were not packed like this, or would be longer than is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("packed bytes cannot be read")]
pub struct Broken;

/// A dictionary and what samples taught.
#[derive(Debug)]
pub struct Packer {
    known: Known,
    chances: Chances,
}

impl Packer {
    /// Learns from samples. Dictionary and samples are part of the format: with others nothing can be read.
    pub fn new<'a>(dictionary: &[u8], samples: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let known = Known::new(dictionary);
        let mut chances = Chances::new(known.position_bits());
        for sample in samples {
            encode(&known, &mut chances, sample, true);
        }
        chances.keep();
        Self { known, chances }
    }

    /// Packs.
    pub fn pack(&mut self, plain: &[u8]) -> Vec<u8> {
        let coded = encode(&self.known, &mut self.chances, plain, false);
        self.chances.restore();
        let stored = coded.len() >= plain.len() || plain.len() > coded.len().saturating_mul(MOST_PLAIN_FOR_ONE);
        let mut packed = Vec::with_capacity(coded.len() + 3);
        push_number(&mut packed, (plain.len() as u64) << 1 | u64::from(stored));
        packed.extend_from_slice(if stored { plain } else { &coded });
        packed
    }

    /// The reverse of [`Packer::pack`], for at most `most` plain bytes. What was changed on its way may give other
    /// bytes: whoever stores packed bytes seals them.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn unpack(&mut self, packed: &[u8], most: usize) -> Result<Vec<u8>, Broken> {
        let (number, rest) = read_number(packed)?;
        let length = usize::try_from(number >> 1).map_err(|_| Broken)?;
        if number & 1 == 1 {
            return if rest.len() == length && length <= most { Ok(rest.to_vec()) } else { Err(Broken) };
        }
        if length > most || length > rest.len().saturating_mul(MOST_PLAIN_FOR_ONE) {
            return Err(Broken);
        }
        let plain = decode(&self.known, &mut self.chances, rest, length);
        self.chances.restore();
        plain
    }
}

/// Samples are told plainly, each step being the one that looks best, so that the format is easily described; texts are told
/// with a look ahead.
fn encode(known: &Known, chances: &mut Chances, plain: &[u8], plainly: bool) -> Vec<u8> {
    let mut coder = Encoder::default();
    let mut finder = Finder::new(known, plain, plainly);
    let mut context = Context::default();
    while let Some(token) = finder.next(context.distance()) {
        code_token(&mut coder, chances, &context, token);
        context.pass(finder.at(), token, finder.last());
    }
    coder.finish()
}

fn decode(known: &Known, chances: &mut Chances, coded: &[u8], length: usize) -> Result<Vec<u8>, Broken> {
    let base = known.bytes().len();
    let mut coder = Decoder::new(coded);
    let mut context = Context::default();
    let mut text = known.bytes().to_vec();
    while text.len() < base + length {
        let token = code_token(&mut coder, chances, &context, Token::Literal(0));
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
