//! The range coder: bits with the chance that each is 0, in 4096ths, or symbols with their share of a power of two.

/// One side of the coder. The same code runs on both: an encoder writes the bit it is given and returns it, a decoder
/// ignores it and returns the one it reads.
pub(crate) trait Coder {
    /// One bit, with the chance that it is 0 (1 to 4095, in 4096ths).
    fn bit(&mut self, zero: u32, bit: bool) -> bool;

    /// Bits of which nothing is known.
    fn plain(&mut self, value: u32, bits: u32) -> u32 {
        (0..bits).rev().fold(0, |read, place| read << 1 | u32::from(self.bit(2048, value >> place & 1 == 1)))
    }
}

const TOP: u32 = 1 << 24;

#[derive(Debug)]
pub(crate) struct Encoder {
    low: u64,
    range: u32,
    /// The last byte that a carry can still change, and how many bytes of ones stand behind it.
    cache: Option<u8>,
    ones: u64,
    out: Vec<u8>,
}

impl Default for Encoder {
    fn default() -> Self {
        Self { low: 0, range: u32::MAX, cache: None, ones: 0, out: Vec::new() }
    }
}

impl Encoder {
    fn shift(&mut self) {
        let carry = self.low >> 32 != 0;
        if carry || self.low < 0xff00_0000 {
            if let Some(cache) = self.cache {
                self.out.push(cache.wrapping_add(u8::from(carry)));
            }
            for _ in 0..self.ones {
                self.out.push(if carry { 0 } else { 0xff });
            }
            self.ones = 0;
            self.cache = Some((self.low >> 24) as u8);
        } else {
            self.ones += 1;
        }
        self.low = (self.low & 0x00ff_ffff) << 8;
    }

    /// A symbol whose share of `1 << bits` begins at `start` and is `size` wide; 15 bits at most.
    #[inline]
    pub(crate) fn share(&mut self, bits: u32, start: u32, size: u32) {
        let unit = self.range >> bits;
        self.low += u64::from(unit.wrapping_mul(start));
        self.range = unit.wrapping_mul(size);
        while self.range < TOP {
            self.range <<= 8;
            self.shift();
        }
    }

    /// The shortest bytes that tell all bits; a decoder reads zeros behind them.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let end = self.low + u64::from(self.range);
        let shortest = [24u32, 16, 8, 0].into_iter().map(|bits| {
            let mask = (1u64 << bits) - 1;
            (self.low + mask) & !mask
        });
        if let Some(low) = shortest.into_iter().find(|low| *low < end) {
            self.low = low;
        }
        for _ in 0..5 {
            self.shift();
        }
        while self.out.last() == Some(&0) {
            self.out.pop();
        }
        self.out
    }
}

impl Coder for Encoder {
    #[inline]
    fn bit(&mut self, zero: u32, bit: bool) -> bool {
        let bound = (self.range >> 12).wrapping_mul(zero);
        if bit {
            self.low += u64::from(bound);
            self.range = self.range.wrapping_sub(bound);
        } else {
            self.range = bound;
        }
        while self.range < TOP {
            self.range <<= 8;
            self.shift();
        }
        bit
    }
}

#[derive(Debug)]
pub(crate) struct Decoder<'a> {
    code: u32,
    range: u32,
    rest: core::slice::Iter<'a, u8>,
}

impl<'a> Decoder<'a> {
    pub(crate) fn new(coded: &'a [u8]) -> Self {
        let mut decoder = Self { code: 0, range: u32::MAX, rest: coded.iter() };
        for _ in 0..4 {
            decoder.code = decoder.code << 8 | decoder.next();
        }
        decoder
    }

    /// Into which share of `1 << bits` the next symbol falls; [`Decoder::take_share`] goes past it.
    #[inline]
    pub(crate) fn next_share(&self, bits: u32) -> u32 {
        (self.code / (self.range >> bits)).min((1 << bits) - 1)
    }

    #[inline]
    pub(crate) fn take_share(&mut self, bits: u32, start: u32, size: u32) {
        let unit = self.range >> bits;
        self.code = self.code.wrapping_sub(unit.wrapping_mul(start));
        self.range = unit.wrapping_mul(size);
        while self.range < TOP {
            self.range <<= 8;
            self.code = self.code << 8 | self.next();
        }
    }

    fn next(&mut self) -> u32 {
        u32::from(self.rest.next().copied().unwrap_or(0))
    }
}

impl Coder for Decoder<'_> {
    #[inline]
    fn bit(&mut self, zero: u32, _: bool) -> bool {
        let bound = (self.range >> 12).wrapping_mul(zero);
        let bit = self.code >= bound;
        if bit {
            self.code = self.code.wrapping_sub(bound);
            self.range = self.range.wrapping_sub(bound);
        } else {
            self.range = bound;
        }
        while self.range < TOP {
            self.range <<= 8;
            self.code = self.code << 8 | self.next();
        }
        bit
    }
}
