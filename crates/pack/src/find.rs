//! Finds what a text can be told in.

use crate::token::{MOST_LENGTH, Token};

const LEAST: usize = 3;
const NOWHERE: u32 = u32::MAX;
/// How many places with the same first bytes are tried, the nearest ones.
const MOST_KNOWN: usize = 48;
const MOST_EARLIER: usize = 8;

/// Places with the same first three bytes, the last one first.
#[derive(Debug)]
struct Chains {
    heads: Vec<u32>,
    before: Vec<u32>,
    bits: u32,
    /// The place that the first one stands for: 0 for a dictionary, which copies do not leave.
    from: usize,
}

impl Chains {
    fn new(length: usize, from: usize) -> Self {
        let bits = if length > 1 << 14 { 16 } else { 11 };
        Self { heads: vec![NOWHERE; 1 << bits], before: Vec::with_capacity(length), bits, from }
    }

    fn hash(&self, text: &[u8], at: usize) -> Option<usize> {
        let start = text.get(at..)?.first_chunk::<LEAST>()?;
        let [a, b, c] = start.map(u32::from);
        Some(((a << 16 | b << 8 | c).wrapping_mul(0x9e37_79b1) >> (32 - self.bits)) as usize)
    }

    /// Adds the next place.
    fn push(&mut self, text: &[u8]) {
        let place = self.before.len() as u32;
        let head = self.hash(text, self.from + place as usize).and_then(|hash| self.heads.get_mut(hash));
        self.before.push(head.map_or(NOWHERE, |head| core::mem::replace(head, place)));
    }

    fn places(&self, text: &[u8], at: usize) -> impl Iterator<Item = usize> {
        let head = self.hash(text, at).and_then(|hash| self.heads.get(hash)).copied();
        let next = |place: &u32| self.before.get(*place as usize).copied();
        core::iter::successors(head, next).take_while(|place| *place != NOWHERE).map(|place| self.from + place as usize)
    }
}

/// The dictionary.
#[derive(Debug)]
pub(crate) struct Known {
    bytes: Vec<u8>,
    chains: Chains,
}

impl Known {
    pub(crate) fn new(dictionary: &[u8]) -> Self {
        let mut chains = Chains::new(dictionary.len(), 0);
        for _ in 0..dictionary.len() {
            chains.push(dictionary);
        }
        Self { bytes: dictionary.to_vec(), chains }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bits name a place in it.
    pub(crate) fn position_bits(&self) -> u32 {
        usize::BITS - self.bytes.len().max(2).saturating_sub(1).leading_zeros()
    }
}

/// Goes through a text from token to token.
pub(crate) struct Finder<'a> {
    known: &'a Known,
    text: Vec<u8>,
    at: usize,
    earlier: Chains,
    plainly: bool,
    /// What was found here while the place before it was looked at, for a distance.
    ahead: Option<(usize, usize, Option<Token>)>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(known: &'a Known, plain: &[u8], plainly: bool) -> Self {
        let at = known.bytes.len();
        let text = [known.bytes.as_slice(), plain].concat();
        Self { known, text, at, earlier: Chains::new(plain.len(), at), plainly, ahead: None }
    }

    /// The place behind the last token.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// The last byte of the last token.
    pub(crate) fn last(&self) -> u8 {
        self.at.checked_sub(1).and_then(|at| self.text.get(at)).copied().unwrap_or_default()
    }

    /// The next token; `distance` is how far back the last copy came from.
    pub(crate) fn next(&mut self, distance: usize) -> Option<Token> {
        let byte = *self.text.get(self.at)?;
        let here = match self.ahead.take() {
            Some((at, for_distance, found)) if at == self.at && for_distance == distance => found,
            _ => self.best(self.at, distance),
        };
        let copy = here.filter(|copy| {
            if self.plainly {
                return true;
            }
            // A byte alone may be worth it where a longer copy begins behind it.
            let next = self.best(self.at + 1, distance);
            let better = next.is_some_and(|next| length(next) > length(*copy) + 1);
            if better {
                self.ahead = Some((self.at + 1, distance, next));
            }
            !better
        });
        let token = copy.unwrap_or(Token::Literal(byte));
        for _ in 0..length(token) {
            self.earlier.push(&self.text);
        }
        self.at += length(token);
        Some(token)
    }

    /// The copy that saves most: eight bits a byte, less what it costs to tell it.
    fn best(&self, at: usize, distance: usize) -> Option<Token> {
        let (mut best, mut most) = (None, 0);
        let mut offer = |token: Token, worth: usize| {
            if worth > most {
                (best, most) = (Some(token), worth);
            }
        };
        if let Some(from) = at.checked_sub(distance).filter(|_| distance > 0) {
            let length = self.common(from, at);
            if length >= 2 {
                offer(Token::Again { length }, (8 * length).saturating_sub(6));
            }
        }
        if let Some((from, length)) = self.longest(&self.known.chains, at, MOST_KNOWN) {
            offer(Token::Known { at: from, length }, (8 * length).saturating_sub(14));
        }
        if let Some((from, length)) = self.longest(&self.earlier, at, MOST_EARLIER) {
            offer(Token::Earlier { distance: at - from, length }, (8 * length).saturating_sub(13));
        }
        best
    }

    /// The longest copy, of those the nearest, among so many places with the same first bytes.
    fn longest(&self, chains: &Chains, at: usize, most: usize) -> Option<(usize, usize)> {
        let start = self.text.get(at..)?.first_chunk::<LEAST>()?;
        let alike = |from: &usize| self.text.get(*from..).and_then(<[u8]>::first_chunk::<LEAST>) == Some(start);
        let end = chains.from + chains.before.len();
        let (mut place, mut longest) = (None, LEAST - 1);
        for from in chains.places(&self.text, at).filter(alike).take(most) {
            // Only what is longer counts, so that the byte behind tells first.
            if self.text.get(from + longest) != self.text.get(at + longest) {
                continue;
            }
            let length = self.common(from, at);
            let length = if chains.from == 0 { length.min(end - from) } else { length };
            if length > longest {
                (place, longest) = (Some(from), length);
            }
        }
        Some((place?, longest))
    }

    /// How many bytes from two places on are the same.
    fn common(&self, from: usize, at: usize) -> usize {
        let (Some(from), Some(here)) = (self.text.get(from..), self.text.get(at..)) else { return 0 };
        from.iter().zip(here).take(MOST_LENGTH).take_while(|(a, b)| a == b).count()
    }
}

const fn length(token: Token) -> usize {
    match token {
        Token::Literal(_) => 1,
        Token::Again { length } | Token::Known { length, .. } | Token::Earlier { length, .. } => length,
    }
}
