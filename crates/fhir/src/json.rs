//! JSON as text: what is checked, cut and indented here keeps every token as it was written.
//!
//! A general JSON library either skips values without bounding their depth or turns numbers and repeated keys into
//! something else; both are needed here the other way round. The grammar is that of RFC 8259.

use crate::read::ReadError;
use std::borrow::Cow;

/// Deepest nesting of any text that is read: what the usual JSON libraries take.
pub(crate) const MAX_DEPTH: usize = 127;
/// Deeper levels are no longer indented further, so that indented text stays in proportion.
const MAX_INDENT: usize = 24;
/// Deepest nesting of one resource, so that it can stand in a Bundle (three levels) and still be read again.
pub(crate) const MAX_RESOURCE_DEPTH: usize = MAX_DEPTH - 3;

/// Where the text stops being acceptable JSON, and whether that is for its depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Byte offset.
    pub at: usize,
    /// Nested too deeply, otherwise not JSON.
    pub too_deep: bool,
}

impl Fault {
    /// The same for the caller, with line and column of `text`.
    pub fn explain(self, text: &str) -> ReadError {
        self.explain_after(text, 0, 1)
    }

    /// As [`Fault::explain`] where it is known that `from` is on line `line`.
    pub fn explain_after(self, text: &str, from: usize, line: u32) -> ReadError {
        if self.too_deep {
            return ReadError::TooDeep;
        }
        let line = line.saturating_add(newlines(text, from, self.at));
        let before = text.get(..self.at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        ReadError::NotJson { line, column: u32::try_from(column).unwrap_or(u32::MAX) }
    }
}

/// How many line ends there are between two offsets.
pub(crate) fn newlines(text: &str, from: usize, to: usize) -> u32 {
    let count = text.as_bytes().get(from..to).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A string token between its quotes, escapes still in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawText<'a> {
    /// Byte offset of its opening quote.
    pub start: usize,
    text: &'a str,
    escaped: bool,
}

impl<'a> RawText<'a> {
    /// The string it stands for. Half a surrogate pair becomes U+FFFD.
    pub fn decode(self) -> Cow<'a, str> {
        if self.escaped { Cow::Owned(unescape(self.text)) } else { Cow::Borrowed(self.text) }
    }
}

/// Goes through JSON text token by token.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    position: usize,
    depth: usize,
    deepest: usize,
    max_depth: usize,
    gaps: Option<Vec<(usize, usize)>>,
}

impl<'a> Scanner<'a> {
    /// Starts before the first token.
    pub fn new(text: &'a str, max_depth: usize) -> Self {
        Self { text, bytes: text.as_bytes(), position: 0, depth: 0, deepest: 0, max_depth, gaps: None }
    }

    /// Remembers white space between tokens, for [`Scanner::cut`].
    pub fn recording(mut self) -> Self {
        self.gaps = Some(Vec::new());
        self
    }

    pub fn position(&self) -> usize {
        self.position
    }

    /// How deep it has been.
    pub fn deepest(&self) -> usize {
        self.deepest
    }

    /// Goes on at `position` as if that were the start.
    pub fn restart_at(&mut self, position: usize) {
        self.position = position;
        self.depth = 0;
        self.deepest = 0;
        if let Some(gaps) = &mut self.gaps {
            gaps.clear();
        }
    }

    pub fn at_end(&self) -> bool {
        self.position >= self.bytes.len()
    }

    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    /// The text from `start` up to here.
    pub fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.position).unwrap_or_default()
    }

    /// A mark for [`Scanner::cut`].
    pub fn mark(&self) -> usize {
        self.gaps.as_ref().map_or(0, Vec::len)
    }

    /// The text from `start` up to here without the white space that was passed since `mark`, and forgets that.
    pub fn cut(&mut self, start: usize, mark: usize) -> Box<str> {
        let mut out = String::with_capacity(self.position.saturating_sub(start));
        let mut from = start;
        if let Some(gaps) = &mut self.gaps {
            for (gap, end) in gaps.drain(mark.min(gaps.len())..) {
                out.push_str(self.text.get(from..gap).unwrap_or_default());
                from = end;
            }
        }
        out.push_str(self.since(from));
        out.into_boxed_str()
    }

    /// Passes white space.
    pub fn gap(&mut self) {
        let start = self.position;
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.position += 1;
        }
        if self.position > start
            && let Some(gaps) = &mut self.gaps
        {
            gaps.push((start, self.position));
        }
    }

    /// Passes one value of any sort.
    pub fn value(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'{') => self.object(|scanner, _| scanner.value()),
            Some(b'[') => self.array(Self::value),
            Some(b'"') => self.string().map(drop),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => self.number().map(drop),
        }
    }

    /// Passes an object; `member` is called with each key and has to pass its value.
    pub fn object(&mut self, mut member: impl FnMut(&mut Self, RawText<'a>) -> Result<(), Fault>) -> Result<(), Fault> {
        self.open(b'{')?;
        if self.peek() != Some(b'}') {
            loop {
                let key = self.string()?;
                self.gap();
                self.token(b':')?;
                self.gap();
                member(self, key)?;
                self.gap();
                if self.peek() != Some(b',') {
                    break;
                }
                self.position += 1;
                self.gap();
            }
        }
        self.close(b'}')
    }

    /// Passes an array; `item` has to pass each of its values.
    pub fn array(&mut self, mut item: impl FnMut(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.open(b'[')?;
        if self.peek() != Some(b']') {
            loop {
                item(self)?;
                self.gap();
                if self.peek() != Some(b',') {
                    break;
                }
                self.position += 1;
                self.gap();
            }
        }
        self.close(b']')
    }

    /// Passes a string.
    pub fn string(&mut self) -> Result<RawText<'a>, Fault> {
        self.token(b'"')?;
        let start = self.position;
        let mut escaped = false;
        loop {
            let rest = self.bytes.get(self.position..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            self.position += plain.unwrap_or(rest.len());
            match self.peek() {
                Some(b'"') => {
                    let text = self.since(start);
                    self.position += 1;
                    return Ok(RawText { start: start - 1, text, escaped });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.position += 1;
                    self.escape()?;
                }
                _ => return Err(self.fault()),
            }
        }
    }

    /// Passes a number and gives it as written.
    pub fn number(&mut self) -> Result<&'a str, Fault> {
        let start = self.position;
        if self.peek() == Some(b'-') {
            self.position += 1;
        }
        if self.peek() == Some(b'0') {
            self.position += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.position += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.position += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.position += 1;
            }
            self.digits()?;
        }
        Ok(self.since(start))
    }

    /// Passes exactly this word.
    pub fn word(&mut self, word: &str) -> Result<(), Fault> {
        for byte in word.bytes() {
            self.token(byte)?;
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.position += 1,
            Some(b'u') => {
                self.position += 1;
                for _ in 0..4 {
                    if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(self.fault());
                    }
                    self.position += 1;
                }
            }
            _ => return Err(self.fault()),
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.position;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.position += 1;
        }
        if self.position == start { Err(self.fault()) } else { Ok(()) }
    }

    fn open(&mut self, byte: u8) -> Result<(), Fault> {
        self.token(byte)?;
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        if self.depth > self.max_depth {
            return Err(Fault { at: self.position, too_deep: true });
        }
        self.gap();
        Ok(())
    }

    fn close(&mut self, byte: u8) -> Result<(), Fault> {
        self.token(byte)?;
        self.depth -= 1;
        Ok(())
    }

    fn token(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() != Some(byte) {
            return Err(self.fault());
        }
        self.position += 1;
        Ok(())
    }

    pub fn fault(&self) -> Fault {
        Fault { at: self.position, too_deep: false }
    }
}

fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (plain, escape) = rest.split_at(at);
        if !plain.is_empty() {
            flush(&mut units, &mut out);
            out.push_str(plain);
        }
        let code = escape.as_bytes().get(1).copied().unwrap_or_default();
        if code == b'u' {
            let digits = escape.get(2..6).unwrap_or_default();
            units.push(u16::from_str_radix(digits, 16).unwrap_or(0xfffd));
            rest = escape.get(6..).unwrap_or_default();
            continue;
        }
        flush(&mut units, &mut out);
        out.push(match code {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            other => char::from(other),
        });
        rest = escape.get(2..).unwrap_or_default();
    }
    flush(&mut units, &mut out);
    out.push_str(rest);
    out
}

fn flush(units: &mut Vec<u16>, out: &mut String) {
    out.extend(char::decode_utf16(units.drain(..)).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

/// The same JSON without white space between its tokens. Numbers, escapes, key order and repeated keys stay.
///
/// # Errors
/// [`ReadError::NotJson`] where it is no single JSON value, [`ReadError::TooDeep`] past 127 levels.
pub fn minify(json: &str) -> Result<Box<str>, ReadError> {
    let mut scanner = Scanner::new(json, MAX_DEPTH).recording();
    let result = (|| {
        scanner.gap();
        let (start, mark) = (scanner.position(), scanner.mark());
        scanner.value()?;
        let cut = scanner.cut(start, mark);
        scanner.gap();
        if scanner.at_end() { Ok(cut) } else { Err(scanner.fault()) }
    })();
    result.map_err(|fault| fault.explain(json))
}

/// Appends valid JSON, or a part of it, without the white space between its tokens.
pub(crate) fn append_minified(out: &mut String, json: &str) {
    let mut rest = json.trim_start_matches(is_white);
    while !rest.is_empty() {
        let length = if rest.starts_with('"') {
            string_length(rest)
        } else {
            rest.find(|c| c == '"' || is_white(c)).unwrap_or(rest.len())
        };
        let (tokens, after) = rest.split_at(length);
        out.push_str(tokens);
        rest = after.trim_start_matches(is_white);
    }
}

/// Indents JSON by two spaces a level for reading. Changes no token.
#[must_use]
pub fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut level = 0usize;
    let mut just_opened = false;
    let mut rest = json.trim_start_matches(is_white);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            _ => {
                rest.find(|c| matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | '"') || is_white(c)).unwrap_or(rest.len())
            }
        };
        let (token, after) = rest.split_at(length);
        let closes = matches!(first, '}' | ']');
        if closes {
            level = level.saturating_sub(1);
        }
        if just_opened != closes {
            new_line(&mut out, level);
        }
        just_opened = matches!(first, '{' | '[');
        out.push_str(token);
        match first {
            '{' | '[' => level += 1,
            ',' => new_line(&mut out, level),
            ':' => out.push(' '),
            _ => {}
        }
        rest = after.trim_start_matches(is_white);
    }
    out
}

fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '\t')
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn new_line(out: &mut String, level: usize) {
    out.push('\n');
    for _ in 0..level.min(MAX_INDENT) {
        out.push_str("  ");
    }
}
