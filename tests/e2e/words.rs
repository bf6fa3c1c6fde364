//! The app's own words, from its catalogue: tests follow when somebody polishes them.

use core::cell::Cell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

#[path = "../../web/src/words/numbers.rs"]
mod numbers;
#[path = "../../web/src/words/pseudo.rs"]
mod pseudo;

pub(crate) use numbers::with_commas;
pub(crate) use pseudo::PSEUDO;

const ENGLISH: &str = include_str!("../../static/i18n/en/app.ftl");
const SPANISH: &str = include_str!("../../static/i18n/es/app.ftl");
const ARABIC: &str = include_str!("../../static/i18n/ar/app.ftl");

thread_local! {
    /// Each test runs on a thread of its own.
    static LANGUAGE: Cell<&'static str> = const { Cell::new("en") };
}

/// Expects the app's words in this language from now on, in this test.
pub(crate) fn expect_in(language: &'static str) {
    LANGUAGE.set(language);
}

/// The words of a message: `say!("nav-home")`, `say!("found-import", count = 3)`.
macro_rules! say {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        crate::words::message($key, &[$((stringify!($name), fluent_bundle::FluentValue::from($value))),*])
    };
}
pub(crate) use say;

/// The words of a message; for one that is missing, something that no page reads.
pub(crate) fn message(key: &str, values: &[(&'static str, FluentValue<'static>)]) -> String {
    let language = LANGUAGE.get();
    let id: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![id]);
    bundle.set_use_isolating(language == "ar");
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) if LANGUAGE.get() == "es" => Some(numbers::spanish(number.value)),
        FluentValue::Number(number) => Some(numbers::with_commas(number.value)),
        _ => None,
    }));
    if language == PSEUDO {
        bundle.set_transform(Some(pseudo::lengthen));
    }
    let catalogue = match language {
        "es" => SPANISH,
        "ar" => ARABIC,
        _ => ENGLISH,
    };
    let resource = FluentResource::try_new(catalogue.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    let values: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    let words = pattern.map(|pattern| bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned());
    match words {
        None => format!("‹no message {key}›"),
        Some(words) if language == PSEUDO => pseudo::bracket(&words),
        Some(words) => words,
    }
}

#[test]
fn a_message_is_filled_and_a_missing_one_is_named() {
    assert_eq!(say!("nav-home"), "Home");
    assert!(say!("found-import", count = 1204).contains("1,204"));
    assert_ne!(say!("found-import", count = 1), say!("found-import", count = 2).replace('2', "1"));
    assert!(say!("nothing-has-this-name").contains("nothing-has-this-name"));
}
