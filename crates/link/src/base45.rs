//! Base45 (RFC 9285): bytes in the letters that a QR code holds in the least room.

const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let mut number = pair.iter().fold(0, |number, byte| number * 256 + usize::from(*byte));
        for _ in 0..=pair.len() {
            text.push(LETTERS.get(number % 45).map_or('0', |letter| char::from(*letter)));
            number /= 45;
        }
    }
    text
}

/// `None` if the text is not what [`encode`] makes of any bytes.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for letters in text.as_bytes().chunks(3) {
        let mut number = 0_u32;
        for letter in letters.iter().rev() {
            let digit = LETTERS.iter().position(|known| known == letter)?;
            number = number * 45 + u32::try_from(digit).ok()?;
        }
        match letters.len() {
            3 => bytes.extend(u16::try_from(number).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(number).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc_come_out() {
        for (bytes, text) in
            [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(decode(""), Some(Vec::new()));
    }

    #[test]
    fn other_letters_lengths_and_numbers_are_refused() {
        for bad in ["A", "ABCD", "ab8", "BB8!", "GGW", ":::", "::", "V5", "¿?"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
        assert_eq!(decode("FGWU5"), Some(vec![0xff; 3]));
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;

    proptest::proptest! {
        #[test]
        fn bytes_have_one_text(bytes: Vec<u8>, text in "[0-9A-Z $%*+./:-]{0,12}") {
            proptest::prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
            if let Some(bytes) = decode(&text) {
                proptest::prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
