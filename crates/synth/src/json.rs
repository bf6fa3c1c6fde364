//! Minified JSON, written straight into a string.

/// A JSON object under construction. Whatever is still open is closed by [`Json::finish`].
pub(crate) struct Json {
    text: String,
    open: Vec<char>,
}

impl Json {
    pub(crate) fn object() -> Self {
        Self { text: String::from("{"), open: vec!['}'] }
    }

    /// `"key":"value"`
    pub(crate) fn text(&mut self, key: &str, value: &str) -> &mut Self {
        self.key(key);
        self.quoted(value);
        self
    }

    /// `"key":value`, for numbers, `true` and `false`.
    pub(crate) fn bare(&mut self, key: &str, value: &str) -> &mut Self {
        self.key(key);
        self.text.push_str(value);
        self
    }

    /// `"key":{`
    pub(crate) fn open(&mut self, key: &str) -> &mut Self {
        self.key(key);
        self.begin('{', '}')
    }

    /// `"key":[`
    pub(crate) fn list(&mut self, key: &str) -> &mut Self {
        self.key(key);
        self.begin('[', ']')
    }

    /// `{` in a list.
    pub(crate) fn item(&mut self) -> &mut Self {
        self.comma();
        self.begin('{', '}')
    }

    /// `"value"` in a list.
    pub(crate) fn value(&mut self, value: &str) -> &mut Self {
        self.comma();
        self.quoted(value);
        self
    }

    /// Closes what was opened last.
    pub(crate) fn end(&mut self) -> &mut Self {
        if let Some(bracket) = self.open.pop() {
            self.text.push(bracket);
        }
        self
    }

    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.text
    }

    fn begin(&mut self, opening: char, closing: char) -> &mut Self {
        self.text.push(opening);
        self.open.push(closing);
        self
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    fn key(&mut self, key: &str) {
        self.comma();
        self.quoted(key);
        self.text.push(':');
    }

    fn quoted(&mut self, value: &str) {
        self.text.push('"');
        for c in value.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                c if c.is_control() => self.text.push(' '),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }
}

/// A whole number with `places` decimals, written out: `decimal(70, 1)` is `7.0`.
pub(crate) fn decimal(n: i64, places: u8) -> String {
    let sign = if n < 0 { "-" } else { "" };
    if places == 0 {
        return format!("{n}");
    }
    let scale = 10_u64.saturating_pow(u32::from(places));
    let n = n.unsigned_abs();
    format!("{sign}{}.{:0width$}", n / scale, n % scale, width = usize::from(places))
}

/// Base64 with padding (RFC 4648), for attachments.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |word, i| word << 8 | u32::from(chunk.get(i).copied().unwrap_or(0)));
        for i in 0..4_usize {
            let digit = (word >> (18 - 6 * i)) & 63;
            let letter = ALPHABET.get(digit as usize).copied().unwrap_or(b'=');
            out.push(if i <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut json = Json::object();
        json.text("a", "quote \" slash \\ line\nend").list("b").value("x").item().bare("n", "7.0").end().item();
        let text = json.finish();
        assert_eq!(text, r#"{"a":"quote \" slash \\ line\nend","b":["x",{"n":7.0},{}]}"#);
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
    }

    #[test]
    fn decimals_keep_their_last_zero() {
        assert_eq!(decimal(70, 1), "7.0");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(136, 0), "136");
        assert_eq!(decimal(i64::MIN, 0), "-9223372036854775808");
    }

    #[test]
    fn base64_matches_the_vectors_of_rfc_4648() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
