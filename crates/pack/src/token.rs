//! What a text is told in: single bytes and copies.

use crate::chances::{
    Chances, DISTANCE, DISTANCE_LOW, IS_COPY, IS_EARLIER, IS_OTHER, LENGTH, LENGTH_PLACES, LITERAL, POSITION,
};
use crate::coder::Coder;

/// Longest copy.
pub(crate) const MOST_LENGTH: usize = 512;

/// A step of a text. Lengths are 2 to 512.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Literal(u8),
    /// From as far back as the last copy.
    Again {
        length: usize,
    },
    /// From a place of the dictionary.
    Known {
        at: usize,
        length: usize,
    },
    /// From earlier in the text.
    Earlier {
        distance: usize,
        length: usize,
    },
}

/// What is known before a step.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// 0 behind two or more single bytes in a row that began a text or stand for themselves, else what came last.
    kind: usize,
    last: u8,
    distance: usize,
}

impl Context {
    /// How far back the last copy came from; 0 before the first one.
    pub(crate) const fn distance(&self) -> usize {
        self.distance
    }

    /// Goes past a token that ended at `at`, its last byte being `last`.
    pub(crate) fn pass(&mut self, at: usize, token: Token, last: u8) {
        self.last = last;
        self.kind = match token {
            Token::Literal(_) => match self.kind {
                1..=3 => 4,
                4 => 5,
                _ => 0,
            },
            Token::Again { .. } => 1,
            Token::Known { at: from, length } => {
                self.distance = at - length - from;
                2
            }
            Token::Earlier { distance, .. } => {
                self.distance = distance;
                3
            }
        };
    }
}

const fn class(byte: u8) -> usize {
    match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'"' => 3,
        b' ' => 4,
        b':' | b',' | b'/' | b'.' | b'-' => 5,
        b'{' | b'}' | b'[' | b']' => 6,
        _ => 7,
    }
}

/// Codes one token; a decoder is given any and returns the one it read.
#[inline]
pub(crate) fn code_token<C: Coder>(coder: &mut C, chances: &mut Chances, context: &Context, token: Token) -> Token {
    let (literal, kind, value, length) = match token {
        Token::Literal(byte) => (byte, 0, 0, 2),
        Token::Again { length } => (0, 1, 0, length),
        Token::Known { at, length } => (0, 2, at as u32, length),
        Token::Earlier { distance, length } => (0, 3, distance as u32, length),
    };
    if !chances.bit(coder, IS_COPY + context.kind * 8 + class(context.last), kind > 0) {
        let place = LITERAL + usize::from(context.last) * 256;
        return Token::Literal(chances.number(coder, place, 8, u32::from(literal)) as u8);
    }
    if !chances.bit(coder, IS_OTHER + context.kind, kind > 1) {
        return Token::Again { length: code_length(coder, chances, 0, length) };
    }
    if !chances.bit(coder, IS_EARLIER + context.kind, kind > 2) {
        let bits = chances.position_bits();
        let at = chances.number(coder, POSITION, bits, value) as usize;
        return Token::Known { at, length: code_length(coder, chances, 1, length) };
    }
    let length = code_length(coder, chances, 2, length);
    let short = (length.min(6) - 2).min(3);
    let slot = chances.number(coder, DISTANCE + short * 32, 5, value.checked_ilog2().unwrap_or(0));
    let low = slot.min(4);
    let high = coder.plain((value & !(1 << slot)) >> low, slot - low);
    let low_bits = chances.number(coder, DISTANCE_LOW + slot as usize * 16, low, value & ((1 << low) - 1));
    Token::Earlier { distance: (1 << slot | high << low | low_bits) as usize, length }
}

/// How many bits a length has, then the bits below the highest.
#[inline]
fn code_length<C: Coder>(coder: &mut C, chances: &mut Chances, kind: usize, length: usize) -> usize {
    let place = LENGTH + kind * LENGTH_PLACES;
    let value = length - 1;
    let wanted = value.checked_ilog2().unwrap_or(0) as usize;
    let mut bits = 0;
    while bits < 8 && chances.bit(coder, place + bits, bits < wanted) {
        bits += 1;
    }
    let mut node = 1;
    for at in (0..bits).rev() {
        let bit = chances.bit(coder, place + 16 + bits * 48 + node.min(47), value >> at & 1 == 1);
        node = node << 1 | usize::from(bit);
    }
    node + 1
}
