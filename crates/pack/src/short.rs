//! Short texts, told in symbols whose shares never change: an entry is over before it could teach much.

use crate::coder::{Decoder, Encoder};
use crate::tables::{CLASSES, LOW_BITS, Layout, SHARE_BITS, Symbols, Table, Tables};
use crate::token::{Context, Token};

/// Longest text, with the dictionary before it, whose distances can be told.
pub(crate) const MOST_TEXT: usize = 1 << 16;

pub(crate) struct Teller<'a> {
    tables: &'a Tables,
    coder: Encoder,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(tables: &'a Tables) -> Self {
        Self { tables, coder: Encoder::default() }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.coder.finish()
    }
}

impl Symbols for Teller<'_> {
    #[inline]
    fn symbol(&mut self, table: Table, symbol: usize) -> usize {
        let (start, size) = self.tables.share(table, symbol);
        self.coder.share(SHARE_BITS, start, size);
        symbol
    }

    #[inline]
    fn plain(&mut self, value: usize, bits: u32) -> usize {
        self.coder.share(bits, value as u32, 1);
        value
    }
}

pub(crate) struct Listener<'a> {
    tables: &'a Tables,
    coder: Decoder<'a>,
}

impl<'a> Listener<'a> {
    pub(crate) fn new(tables: &'a Tables, coded: &'a [u8]) -> Self {
        Self { tables, coder: Decoder::new(coded) }
    }
}

impl Symbols for Listener<'_> {
    #[inline]
    fn symbol(&mut self, table: Table, _: usize) -> usize {
        let symbol = self.tables.find(table, self.coder.next_share(SHARE_BITS));
        let (start, size) = self.tables.share(table, symbol);
        self.coder.take_share(SHARE_BITS, start, size);
        symbol
    }

    #[inline]
    fn plain(&mut self, _: usize, bits: u32) -> usize {
        let value = self.coder.next_share(bits);
        self.coder.take_share(bits, value, 1);
        value as usize
    }
}

/// Tells one token; one that reads is given any and returns the one it read.
#[inline]
pub(crate) fn tell<S: Symbols>(symbols: &mut S, layout: &Layout, context: &Context, token: Token) -> Token {
    let (literal, kind, value, length) = token.parts();
    let kind = symbols.symbol(layout.kind(context.kind() * CLASSES + context.class()), kind);
    if kind == 0 {
        return Token::Literal(symbols.symbol(layout.literal(usize::from(context.last())), usize::from(literal)) as u8);
    }
    let length = symbols.symbol(layout.length(kind - 1), length - 2) + 2;
    match kind {
        1 => Token::Again { length },
        2 => {
            let high = symbols.symbol(layout.high(), value >> LOW_BITS);
            let low = symbols.symbol(layout.low(high), value & ((1 << LOW_BITS) - 1));
            Token::Known { at: high << LOW_BITS | low, length }
        }
        _ => {
            let slot = symbols.symbol(layout.slot((length - 2).min(3)), value.checked_ilog2().unwrap_or(0) as usize);
            let low_bits = slot.min(4);
            let middle = symbols.plain((value & !(1 << slot)) >> low_bits, (slot - low_bits) as u32);
            let low = symbols.symbol(layout.distance(slot), value & ((1 << low_bits) - 1)) & ((1 << low_bits) - 1);
            Token::Earlier { distance: 1 << slot | middle << low_bits | low, length }
        }
    }
}
