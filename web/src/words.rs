//! All words that people read, from Fluent catalogues. A key that no catalogue has does not compile.

use core::cell::RefCell;

use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

mod numbers;
#[cfg(debug_assertions)]
mod pseudo;

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

struct Bundle {
    language: &'static str,
    fluent: FluentBundle<FluentResource>,
}

impl Bundle {
    fn new(language: &'static str, catalogue: String) -> Self {
        let id: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut fluent = FluentBundle::new(vec![id]);
        fluent.set_use_isolating(direction_of(language) == "rtl");
        match language {
            "es" => fluent.set_formatter(Some(|value, _| grouped(value, numbers::spanish))),
            _ => fluent.set_formatter(Some(|value, _| grouped(value, numbers::with_commas))),
        }
        #[cfg(debug_assertions)]
        if language == pseudo::PSEUDO {
            fluent.set_transform(Some(pseudo::lengthen));
        }
        fluent.add_resource_overriding(
            FluentResource::try_new(catalogue).unwrap_or_else(|(what_is_whole, _)| what_is_whole),
        );
        Self { language, fluent }
    }

    fn say(&self, key: Key, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.fluent.get_message(key.0)?.value()?;
        let words = self.fluent.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned();
        #[cfg(debug_assertions)]
        if self.language == pseudo::PSEUDO {
            return Some(pseudo::bracket(&words));
        }
        Some(words)
    }
}

fn grouped(value: &FluentValue<'_>, group: fn(f64) -> String) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(group(number.value)),
        _ => None,
    }
}

/// English is always there; beside it the language that was chosen.
struct Words {
    english: Bundle,
    chosen: Option<Bundle>,
}

thread_local! {
    static WORDS: RefCell<Words> =
        RefCell::new(Words { english: Bundle::new(ENGLISH, catalogue::ENGLISH.to_owned()), chosen: None });
}

/// The language that the app carries.
pub const ENGLISH: &str = "en";

/// A language that there is a catalogue for, by its name or by the name of one of its kinds: `es` for `es-MX`.
#[must_use]
pub fn known(name: &str) -> Option<&'static str> {
    #[cfg(debug_assertions)]
    if name == pseudo::PSEUDO {
        return Some(pseudo::PSEUDO);
    }
    let (language, _) = name.split_once(['-', '_']).unwrap_or((name, ""));
    languages().find(|known| known.eq_ignore_ascii_case(language))
}

/// Speaks a language whose catalogue is here already; false for one that has to be fetched.
pub fn speak(language: &'static str) -> bool {
    WORDS.with_borrow_mut(|words| {
        if language == ENGLISH {
            words.chosen = None;
        }
        #[cfg(debug_assertions)]
        if language == pseudo::PSEUDO {
            words.chosen = Some(Bundle::new(language, catalogue::ENGLISH.to_owned()));
        }
        words.chosen.as_ref().map_or(ENGLISH, |chosen| chosen.language) == language
    })
}

/// Speaks a language from its catalogue. What it has no words for is said in English.
pub fn learn(language: &'static str, catalogue: String) {
    let bundle = Bundle::new(language, catalogue);
    WORDS.with_borrow_mut(|words| words.chosen = Some(bundle));
}

/// The language that is spoken now.
#[must_use]
pub fn language() -> &'static str {
    WORDS.with_borrow(|words| words.chosen.as_ref().map_or(ENGLISH, |chosen| chosen.language))
}

/// Every language that can be chosen, English first.
pub fn languages() -> impl Iterator<Item = &'static str> {
    catalogue::LANGUAGES.iter().copied()
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
        let chosen = words.chosen.as_ref().and_then(|chosen| chosen.say(key, &fluent));
        chosen.or_else(|| words.english.say(key, &fluent)).unwrap_or_else(|| key.0.to_owned())
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
    fn every_placeholder_of_a_message_is_given_where_it_is_used() {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let code: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        for message in catalogue::ENGLISH.lines() {
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
    fn what_a_language_has_no_words_for_is_said_in_english() {
        learn("es", "nav-home = Inicio\nnav-more = {\n".to_owned());
        assert_eq!((t!("nav-home"), t!("nav-add"), t!("nav-more")), ("Inicio".into(), "Add".into(), "More".into()));
        assert_eq!((language(), speak("es"), speak("ar")), ("es", true, false));
        assert_eq!((speak(ENGLISH), t!("nav-home")), (true, "Home".into()));
    }

    #[test]
    fn a_kind_of_a_language_is_that_language_and_others_are_unknown() {
        assert_eq!((known("en-GB"), known("EN"), known("tlh"), known("")), (Some("en"), Some("en"), None, None));
        assert_eq!(known("en-XA"), Some("en-XA"));
    }

    #[test]
    fn the_language_for_tests_is_longer_and_everything_in_it_is_marked() {
        assert!(speak("en-XA"));
        let words = t!("copies-why");
        assert!(words.starts_with('[') && words.ends_with(']') && !words.contains(['a', 'e', 'i', 'o', 'u']));
        assert!(speak(ENGLISH));
        assert!(words.chars().count() * 10 >= t!("copies-why").chars().count() * 12);
    }
}
