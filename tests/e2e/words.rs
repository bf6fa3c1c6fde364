//! The app's own words, from its catalogue: tests follow when somebody polishes them.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

const CATALOGUE: &str = include_str!("../../static/i18n/en/app.ftl");

/// The words of a message: `say!("nav-home")`, `say!("found-import", count = 3)`.
macro_rules! say {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        crate::words::message($key, &[$((stringify!($name), fluent_bundle::FluentValue::from($value))),*])
    };
}
pub(crate) use say;

/// The words of a message; for one that is missing, something that no page reads.
pub(crate) fn message(key: &str, values: &[(&'static str, FluentValue<'static>)]) -> String {
    let mut bundle = FluentBundle::new(vec![unic_langid::LanguageIdentifier::default()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(with_thousands_apart(&format!("{:.0}", number.value))),
        _ => None,
    }));
    let resource = FluentResource::try_new(CATALOGUE.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    let values: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    pattern.map_or_else(
        || format!("‹no message {key}›"),
        |pattern| bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned(),
    )
}

pub(crate) fn with_thousands_apart(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[test]
fn a_message_is_filled_and_a_missing_one_is_named() {
    assert_eq!(say!("nav-home"), "Home");
    assert!(say!("found-import", count = 1204).contains("1,204"));
    assert_ne!(say!("found-import", count = 1), say!("found-import", count = 2).replace('2', "1"));
    assert!(say!("nothing-has-this-name").contains("nothing-has-this-name"));
}
