//! How hard a passphrase is to guess, in words.

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nothing typed.
    Empty,
    /// Fewer than 8 characters: not taken.
    TooShort,
    /// Taken, but easy to guess.
    Weak,
    /// Good enough for most.
    Fair,
    /// Four words or the like.
    Strong,
}

/// A rough estimate: length, variety and repetition. It knows no list of common passphrases, so it never says more
/// than these five words.
#[must_use]
pub fn strength(passphrase: &str) -> Strength {
    let length = passphrase.chars().count();
    if length == 0 {
        return Strength::Empty;
    }
    if length < 8 {
        return Strength::TooShort;
    }
    let mut kinds: Vec<char> = passphrase.to_lowercase().chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let words = passphrase.split_whitespace().filter(|word| word.chars().count() >= 3).count();
    if kinds.len() < 5 || is_sequence(passphrase) {
        return Strength::Weak;
    }
    match (length, words, kinds.len()) {
        (24.., _, 10..) | (16.., 4.., 8..) => Strength::Strong,
        (14.., _, 7..) => Strength::Fair,
        _ => Strength::Weak,
    }
}

fn is_sequence(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let steps = codes.windows(2).filter(|pair| matches!(pair, [a, b] if a.abs_diff(*b) <= 1)).count();
    steps * 3 > codes.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_grows_with_what_makes_guessing_hard() {
        assert_eq!(strength(""), Strength::Empty);
        assert_eq!(strength("seven77"), Strength::TooShort);
        assert_eq!(strength("aaaaaaaaaaaaaaaaaaaaaaaaaaa"), Strength::Weak);
        assert_eq!(strength("12345678901234567890123456"), Strength::Weak);
        assert_eq!(strength("sunny day"), Strength::Weak);
        assert_eq!(strength("rivers and lamps"), Strength::Fair);
        assert_eq!(strength("copper heron under seven lamps"), Strength::Strong);
    }
}
