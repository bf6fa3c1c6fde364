//! Finds what a text can be told in.

use crate::token::{MOST_LENGTH, Token};

/// How long copies are at least that are looked for by their first bytes.
const LEAST: usize = 4;
const NOWHERE: u32 = u32::MAX;

/// How hard to look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// How many places with the same first bytes are tried in the dictionary, the last ones.
    known: usize,
    /// And how many earlier in the text, the nearest ones.
    earlier: usize,
    /// Whether to look for a longer copy one byte on.
    ahead: bool,
}

impl Effort {
    /// All places, and each step the one that looks best: what samples teach is part of the format and easily described.
    pub(crate) const SAMPLE: Self = Self { known: usize::MAX, earlier: usize::MAX, ahead: false };
    pub(crate) const SHORT: Self = Self { known: 16, earlier: 2, ahead: true };
    pub(crate) const LONG: Self = Self { known: 16, earlier: 8, ahead: true };
}

/// A copy that is as long is taken without looking further.
const ENOUGH: usize = 32;

/// Places with the same first four bytes, the last one first.
#[derive(Debug, Default)]
struct Chains {
    heads: Vec<u32>,
    before: Vec<u32>,
    bits: u32,
    /// The place that the first one stands for: 0 for a dictionary, which copies do not leave.
    from: usize,
}

impl Chains {
    /// Forgets everything, for another text, hashes having so many bits.
    fn clear(&mut self, bits: u32, from: usize) {
        self.bits = bits;
        self.heads.clear();
        self.heads.resize(1 << self.bits, NOWHERE);
        self.before.clear();
        self.from = from;
    }

    /// Adds the places up to here.
    #[inline]
    fn push_to(&mut self, text: &[u8], end: usize) {
        let Self { heads, before, bits, from } = self;
        let begin = *from + before.len();
        // The last places of a text have no four bytes.
        let starts = text.get(begin..text.len().min(end + LEAST - 1)).unwrap_or_default().windows(LEAST);
        before.extend((before.len() as u32..).zip(starts).map(|(place, start)| {
            let hash = start.first_chunk().map_or(0, |start| hash(*start, *bits));
            heads.get_mut(hash).map_or(NOWHERE, |head| core::mem::replace(head, place))
        }));
        before.resize(end - *from, NOWHERE);
    }

    #[inline]
    fn head(&self, start: [u8; LEAST]) -> u32 {
        self.heads.get(hash(start, self.bits)).copied().unwrap_or(NOWHERE)
    }
}

/// As many as it takes to count its places.
fn bits_of(text: &[u8]) -> u32 {
    text.len().max(1).ilog2()
}

#[inline]
fn hash(start: [u8; LEAST], bits: u32) -> usize {
    (u32::from_le_bytes(start).wrapping_mul(0x9e37_79b1) >> (32 - bits)) as usize
}

/// The dictionary.
#[derive(Debug)]
pub(crate) struct Known {
    chains: Chains,
    length: usize,
}

impl Known {
    pub(crate) fn new(dictionary: &[u8]) -> Self {
        let mut chains = Chains::default();
        chains.clear((bits_of(dictionary) + 2).min(18), 0);
        chains.push_to(dictionary, dictionary.len());
        Self { chains, length: dictionary.len() }
    }

    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    /// How many bits name a place in it.
    pub(crate) fn position_bits(&self) -> u32 {
        usize::BITS - self.length.max(2).saturating_sub(1).leading_zeros()
    }
}

/// What finding needs room for, kept from text to text.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// The dictionary and the text behind it.
    text: Vec<u8>,
    length: usize,
    earlier: Chains,
}

impl Room {
    pub(crate) fn new(dictionary: &[u8]) -> Self {
        Self { text: dictionary.to_vec(), earlier: Chains::default(), length: dictionary.len() }
    }

    pub(crate) fn dictionary(&self) -> &[u8] {
        self.text.get(..self.length).unwrap_or_default()
    }
}

/// Goes through a text from token to token.
pub(crate) struct Finder<'a> {
    known: &'a Known,
    room: &'a mut Room,
    at: usize,
    effort: Effort,
    /// What was found here while the place before it was looked at, for a distance.
    ahead: Option<(usize, usize, Option<Token>)>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(known: &'a Known, room: &'a mut Room, plain: &[u8], effort: Effort) -> Self {
        let at = known.len();
        room.text.truncate(at);
        room.text.extend_from_slice(plain);
        room.earlier.clear(bits_of(plain).clamp(10, 16), at);
        Self { known, room, at, effort, ahead: None }
    }

    /// The place behind the last token.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// The last byte of the last token.
    pub(crate) fn last(&self) -> u8 {
        self.at.checked_sub(1).and_then(|at| self.room.text.get(at)).copied().unwrap_or_default()
    }

    /// The next token; `distance` is how far back the last copy came from.
    pub(crate) fn next(&mut self, distance: usize) -> Option<Token> {
        let byte = *self.room.text.get(self.at)?;
        let here = match self.ahead.take() {
            Some((at, for_distance, found)) if at == self.at && for_distance == distance => found,
            _ => self.best(self.at, distance),
        };
        let copy = here.filter(|copy| {
            if !self.effort.ahead || copy.length() >= ENOUGH {
                return true;
            }
            // A byte alone may be worth it where a longer copy begins behind it.
            let next = self.best(self.at + 1, distance);
            let better = next.is_some_and(|next| next.length() > copy.length() + 1);
            if better {
                self.ahead = Some((self.at + 1, distance, next));
            }
            !better
        });
        let token = copy.unwrap_or(Token::Literal(byte));
        self.at += token.length();
        self.room.earlier.push_to(&self.room.text, self.at);
        Some(token)
    }

    /// The copy that saves most: eight bits a byte, less what it costs to tell it; of two alike the first one here.
    fn best(&self, at: usize, distance: usize) -> Option<Token> {
        let (mut best, mut most) = (None, 0);
        let mut offer = |token: Token, cost: usize| {
            let worth = (8 * token.length()).saturating_sub(cost);
            if worth > most {
                (best, most) = (Some(token), worth);
            }
        };
        let text = self.room.text.as_slice();
        if let Some(from) = at.checked_sub(distance).filter(|_| distance > 0) {
            let length = common(text, from, at, usize::MAX);
            if length >= 2 {
                offer(Token::Again { length }, 6);
            }
        }
        let start = *text.get(at..)?.first_chunk::<LEAST>()?;
        if let Some((from, length)) = longest(text, &self.known.chains, self.known.len(), at, start, self.effort.known)
        {
            offer(Token::Known { at: from, length }, 14);
        }
        if let Some((from, length)) = longest(text, &self.room.earlier, usize::MAX, at, start, self.effort.earlier) {
            offer(Token::Earlier { distance: at - from, length }, 13);
        }
        best
    }
}

/// The longest copy from before `end`, of those the last, among so many places with the same first bytes.
#[inline]
fn longest(
    text: &[u8],
    chains: &Chains,
    end: usize,
    at: usize,
    start: [u8; LEAST],
    most: usize,
) -> Option<(usize, usize)> {
    let (mut found, mut longest, mut tried) = (None, LEAST - 1, 0);
    let mut place = chains.head(start);
    while place != NOWHERE && tried < most {
        let from = chains.from + place as usize;
        place = chains.before.get(place as usize).copied().unwrap_or(NOWHERE);
        tried += 1;
        // Other bytes may have the same hash.
        if text.get(from..).and_then(<[u8]>::first_chunk) != Some(&start) {
            continue;
        }
        // Only what is longer counts, so that the byte behind tells first.
        if text.get(from + longest) != text.get(at + longest) {
            continue;
        }
        let length = common(text, from, at, end.saturating_sub(from));
        if length > longest {
            (found, longest) = (Some(from), length);
        }
    }
    Some((found?, longest))
}

/// How many bytes from two places on are the same.
#[inline]
fn common(text: &[u8], from: usize, at: usize, most: usize) -> usize {
    let (Some(from), Some(here)) = (text.get(from..), text.get(at..)) else { return 0 };
    let most = most.min(MOST_LENGTH).min(here.len()).min(from.len());
    let (Some(from), Some(here)) = (from.get(..most), here.get(..most)) else { return 0 };
    let mut length = 0;
    for (a, b) in from.as_chunks::<8>().0.iter().zip(here.as_chunks::<8>().0) {
        let differ = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differ != 0 {
            return length + differ.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + from.iter().zip(here).skip(length).take_while(|(a, b)| a == b).count()
}
