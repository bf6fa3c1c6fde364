//! Whole numbers with their thousands apart. Digits are western in every language: clinics of all of them use these for
//! values.

/// `1,204,000`.
pub(crate) fn with_commas(value: f64) -> String {
    apart(&format!("{value:.0}"), ',')
}

/// `1204`, `12 040`: a narrow space, from five digits on (Ortografía de la lengua española, 2010). Point and comma mean
/// thousands in some countries of the language and decimals in others.
pub(crate) fn spanish(value: f64) -> String {
    let whole = format!("{value:.0}");
    if whole.len() < 5 { whole } else { apart(&whole, '\u{202f}') }
}

fn apart(whole: &str, mark: char) -> String {
    let mut out = String::with_capacity(whole.len() + 4);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_kept_apart() {
        assert_eq!(with_commas(7.0), "7");
        assert_eq!(with_commas(1204.0), "1,204");
        assert_eq!(with_commas(1_204_000.0), "1,204,000");
        assert_eq!(spanish(1204.0), "1204");
        assert_eq!(spanish(12_040.0), "12\u{202f}040");
    }
}
