//! Long texts, told bit by bit: what came before in the text itself teaches how likely everything is.

use crate::chances::{
    Chances, DISTANCE, DISTANCE_LOW, IS_COPY, IS_EARLIER, IS_OTHER, LENGTH, LENGTH_PLACES, LITERAL, POSITION,
};
use crate::coder::Coder;
use crate::tables::CLASSES;
use crate::token::{Context, Token};

/// Codes one token; a decoder is given any and returns the one it read.
#[inline]
pub(crate) fn code_token<C: Coder>(coder: &mut C, chances: &mut Chances, context: &Context, token: Token) -> Token {
    let (literal, kind, value, length) = token.parts();
    let value = value as u32;
    if !chances.bit(coder, IS_COPY + context.kind() * CLASSES + context.class(), kind > 0) {
        let place = LITERAL + usize::from(context.last()) * 256;
        return Token::Literal(chances.number(coder, place, 8, u32::from(literal)) as u8);
    }
    if !chances.bit(coder, IS_OTHER + context.kind(), kind > 1) {
        return Token::Again { length: code_length(coder, chances, 0, length) };
    }
    if !chances.bit(coder, IS_EARLIER + context.kind(), kind > 2) {
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
