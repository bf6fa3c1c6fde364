//! All words that people read, from Fluent catalogues. A key that no catalogue has does not compile.

use core::cell::RefCell;

use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

/// The name of a message that every catalogue has. Made by [`key!`](crate::key).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(&'static str);

impl Key {
    /// Checked while compiling, because [`key!`](crate::key) calls it in a constant.
    #[must_use]
    pub const fn known(id: &'static str) -> Self {
        assert!(is_listed(id), "no catalogue has this key");
        Self(id)
    }
}

const fn is_listed(id: &str) -> bool {
    let mut keys = catalogue::KEYS;
    while let [first, rest @ ..] = keys {
        if is_equal(first.as_bytes(), id.as_bytes()) {
            return true;
        }
        keys = rest;
    }
    false
}

const fn is_equal(mut a: &[u8], mut b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    while let ([x, more_a @ ..], [y, more_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        a = more_a;
        b = more_b;
    }
    true
}

/// What a message is filled with.
#[derive(Debug, Clone)]
pub enum Arg {
    /// Stands as it is.
    Text(String),
    /// Chooses the plural and is written with thousands apart.
    Count(f64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Arg {
    fn from(count: u32) -> Self {
        Self::Count(f64::from(count))
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::from(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

impl From<u64> for Arg {
    fn from(count: u64) -> Self {
        Self::from(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// The checked name of a message: `key!("nav-home")`.
#[macro_export]
macro_rules! key {
    ($id:literal) => {{
        const KEY: $crate::words::Key = $crate::words::Key::known($id);
        KEY
    }};
}

/// The words of a message: `t!("nav-home")`, `t!("count-entries", count = 3u32)`.
#[macro_export]
macro_rules! t {
    ($id:literal) => {
        $crate::words::text($crate::key!($id), &[])
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::words::text($crate::key!($id), &[$((stringify!($name), $crate::words::Arg::from($value))),+])
    };
}

struct Words {
    language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

thread_local! {
    static WORDS: RefCell<Words> = RefCell::new(load("en"));
}

fn load(wanted: &str) -> Words {
    let chosen = catalogue::CATALOGUES.iter().find(|(language, _)| *language == wanted);
    let (language, text) = chosen.or(catalogue::CATALOGUES.first()).copied().unwrap_or(("en", ""));
    let id: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![id]);
    bundle.set_use_isolating(direction_of(language) == "rtl");
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(group_thousands(number.value)),
        _ => None,
    }));
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    Words { language, bundle }
}

fn group_thousands(value: f64) -> String {
    let whole = format!("{value:.0}");
    let mut out = String::with_capacity(whole.len() + 4);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Changes the language; one without a catalogue falls back to English.
pub fn speak(language: &str) {
    WORDS.with_borrow_mut(|words| {
        if words.language != language {
            *words = load(language);
        }
    });
}

/// The language that is spoken now.
#[must_use]
pub fn language() -> &'static str {
    WORDS.with_borrow(|words| words.language)
}

/// Every language that has a catalogue.
pub fn languages() -> impl Iterator<Item = &'static str> {
    catalogue::CATALOGUES.iter().map(|(language, _)| *language)
}

/// `ltr` or `rtl`.
#[must_use]
pub fn direction_of(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("ar" | "fa" | "he" | "ur") => "rtl",
        _ => "ltr",
    }
}

/// The words of a message. [`t!`](crate::t) is the short way to it.
#[must_use]
pub fn text(key: Key, args: &[(&'static str, Arg)]) -> String {
    let mut fluent = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        match value {
            Arg::Text(text) => fluent.set(*name, FluentValue::from(text.as_str())),
            Arg::Count(count) => fluent.set(*name, FluentValue::Number(FluentNumber::from(*count))),
        }
    }
    WORDS.with_borrow(|words| {
        let pattern = words.bundle.get_message(key.0).and_then(|message| message.value());
        let fill = |pattern| words.bundle.format_pattern(pattern, Some(&fluent), &mut Vec::new()).into_owned();
        pattern.map_or_else(|| key.0.to_owned(), fill)
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn every_message_of_the_catalogue_is_used_somewhere() {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let code: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        let unused: Vec<&&str> = catalogue::KEYS.iter().filter(|key| !code.contains(&format!("\"{key}\""))).collect();
        assert!(unused.is_empty(), "nothing uses {unused:?}");
    }

    #[test]
    fn every_catalogue_is_valid_fluent_without_a_leftover_line() {
        for (language, text) in catalogue::CATALOGUES {
            let parsed = FluentResource::try_new((*text).to_owned());
            assert!(parsed.is_ok(), "{language}: {:?}", parsed.err().map(|(_, errors)| errors));
        }
    }

    #[test]
    fn every_placeholder_of_a_message_is_given_where_it_is_used() {
        let (_, text) = catalogue::CATALOGUES.iter().find(|(language, _)| *language == "en").unwrap();
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let code: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        for message in text.split("\n\n").flat_map(|block| block.split('\n')) {
            let Some((key, body)) = message.split_once(" =") else { continue };
            if !key.starts_with(|c: char| c.is_ascii_lowercase()) {
                continue;
            }
            for (at, _) in body.match_indices("{ $") {
                let name: String =
                    body[at + 3..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                for (call, _) in code.match_indices(&format!("t!(\"{key}\"")) {
                    let after: String = code[call..].chars().take(400).collect();
                    assert!(after.contains(&format!("{name} = ")), "{key} is used without {name}");
                }
            }
        }
    }

    #[test]
    fn thousands_are_kept_apart() {
        assert_eq!(group_thousands(7.0), "7");
        assert_eq!(group_thousands(1204.0), "1,204");
        assert_eq!(group_thousands(1_204_000.0), "1,204,000");
    }
}
