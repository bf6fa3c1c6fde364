use zeroize::Zeroizing;

/// Two digits a byte, as `digits` has them (16).
pub(crate) fn write(bytes: &[u8], digits: &[u8; 16]) -> Zeroizing<String> {
    let digit = |nibble: u8| digits.get(usize::from(nibble)).copied().map(char::from);
    Zeroizing::new(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect())
}

/// Bytes of digits of either case; `None` where anything else stands.
pub(crate) fn read(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digit = |c: char| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let digits: Zeroizing<Vec<u8>> = Zeroizing::new(text.chars().map(digit).collect::<Option<_>>()?);
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| Zeroizing::new(pairs.iter().map(|[high, low]| high << 4 | low).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_other_text_does_not() {
        let text = write(&[0, 0x9f, 0xff], b"0123456789ABCDEF");
        assert_eq!(text.as_str(), "009FFF");
        assert_eq!(read("009fFF").unwrap().as_slice(), &[0, 0x9f, 0xff]);
        for wrong in ["0", "0g", "00 1", "é0"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }
}
