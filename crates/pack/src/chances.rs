//! How likely each bit is, and how that is learned.

use crate::coder::Coder;

/// What is learned fast and what is learned slowly: both together are a better guess than either.
const FAST: u32 = 4;
const SLOW: u32 = 7;
/// More places than this touched: everything is copied back instead of one by one.
const MOST_TOUCHED: usize = 1 << 16;

/// The chance that a bit is 0, twice, in 65536ths.
#[derive(Debug, Clone, Copy)]
struct Chance {
    fast: u16,
    slow: u16,
}

impl Chance {
    const EVEN: Self = Self { fast: 1 << 15, slow: 1 << 15 };

    /// In 4096ths, never certain.
    #[inline]
    fn zero(self) -> u32 {
        ((u32::from(self.fast) + u32::from(self.slow)) >> 5).clamp(32, 4064)
    }

    #[inline]
    fn learn(&mut self, bit: bool) {
        if bit {
            self.fast -= self.fast >> FAST;
            self.slow -= self.slow >> SLOW;
        } else {
            self.fast += (u16::MAX - self.fast) >> FAST;
            self.slow += (u16::MAX - self.slow) >> SLOW;
        }
    }
}

/// Parts of the table, by where they begin.
pub(crate) const IS_COPY: usize = 0;
pub(crate) const IS_OTHER: usize = IS_COPY + 64;
pub(crate) const IS_EARLIER: usize = IS_OTHER + 8;
pub(crate) const LENGTH: usize = IS_EARLIER + 8;
pub(crate) const LENGTH_PLACES: usize = 512;
pub(crate) const DISTANCE: usize = LENGTH + 3 * LENGTH_PLACES;
pub(crate) const DISTANCE_LOW: usize = DISTANCE + 4 * 32;
pub(crate) const LITERAL: usize = DISTANCE_LOW + 32 * 16;
pub(crate) const POSITION: usize = LITERAL + 256 * 256;

/// All chances of a model: as the samples left them, and as they are now.
#[derive(Debug)]
pub(crate) struct Chances {
    learned: Vec<Chance>,
    now: Vec<Chance>,
    touched: Vec<u32>,
    /// Whether what is touched is noted still.
    notes: bool,
    position_bits: u32,
}

impl Chances {
    pub(crate) fn new(position_bits: u32) -> Self {
        let now = vec![Chance::EVEN; POSITION + (1 << position_bits)];
        Self { learned: Vec::new(), now, touched: Vec::new(), notes: true, position_bits }
    }

    pub(crate) const fn position_bits(&self) -> u32 {
        self.position_bits
    }

    /// What was learned until now is what every text begins with.
    pub(crate) fn keep(&mut self) {
        self.learned.clone_from(&self.now);
        self.touched.clear();
    }

    /// A text of so many bytes comes. A long one touches so much that noting it all is of no use.
    pub(crate) fn expect(&mut self, bytes: usize) {
        self.notes &= bytes <= MOST_TOUCHED;
    }

    /// Forgets what the last text taught.
    pub(crate) fn restore(&mut self) {
        if !self.notes {
            self.now.clone_from(&self.learned);
        } else {
            for place in &self.touched {
                if let (Some(now), Some(learned)) =
                    (self.now.get_mut(*place as usize), self.learned.get(*place as usize))
                {
                    *now = *learned;
                }
            }
        }
        self.touched.clear();
        self.notes = true;
    }

    /// One bit with what is known of it.
    #[inline]
    pub(crate) fn bit<C: Coder>(&mut self, coder: &mut C, place: usize, bit: bool) -> bool {
        let Some(chance) = self.now.get_mut(place) else { return false };
        let bit = coder.bit(chance.zero(), bit);
        chance.learn(bit);
        if self.notes {
            self.touched.push(place as u32);
            self.notes = self.touched.len() < MOST_TOUCHED;
        }
        bit
    }

    /// A number of so many bits, the highest first, each with those before it as what is known.
    #[inline]
    pub(crate) fn number<C: Coder>(&mut self, coder: &mut C, place: usize, bits: u32, value: u32) -> u32 {
        let mut node = 1;
        for at in (0..bits).rev() {
            let bit = self.bit(coder, place + node, value >> at & 1 == 1);
            node = node << 1 | usize::from(bit);
        }
        (node - (1 << bits)) as u32
    }
}
