//! What a text is told in: single bytes and copies.

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

impl Token {
    /// How many bytes it tells.
    pub(crate) const fn length(self) -> usize {
        match self {
            Self::Literal(_) => 1,
            Self::Again { length } | Self::Known { length, .. } | Self::Earlier { length, .. } => length,
        }
    }

    /// Byte, kind, place or distance, length: 0, and 2 for the length, where it has none.
    pub(crate) const fn parts(self) -> (u8, usize, usize, usize) {
        match self {
            Self::Literal(byte) => (byte, 0, 0, 2),
            Self::Again { length } => (0, 1, 0, length),
            Self::Known { at, length } => (0, 2, at, length),
            Self::Earlier { distance, length } => (0, 3, distance, length),
        }
    }
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

    pub(crate) const fn kind(&self) -> usize {
        self.kind
    }

    /// The byte before; 0 at the beginning.
    pub(crate) const fn last(&self) -> u8 {
        self.last
    }

    /// What sort of byte stood before.
    #[inline]
    pub(crate) fn class(&self) -> usize {
        CLASS.get(usize::from(self.last)).map_or(7, |class| usize::from(*class))
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

/// Digits, letters, signs of JSON.
static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [7; 256];
    let mut byte = 0;
    while byte < 128u8 {
        let class = match byte {
            b'0'..=b'9' => 0,
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'"' => 3,
            b' ' => 4,
            b':' | b',' | b'/' | b'.' | b'-' => 5,
            b'{' | b'}' | b'[' | b']' => 6,
            _ => 7,
        };
        #[expect(clippy::indexing_slicing, reason = "evaluated when this is compiled")]
        {
            classes[byte as usize] = class;
        }
        byte += 1;
    }
    classes
}
