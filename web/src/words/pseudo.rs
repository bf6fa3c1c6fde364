//! English as no catalogue has it: lengthened by 40 %, with accents and in brackets. What stands on a page without them
//! is in no catalogue; what is cut off would be in German too. Only builds for developers speak it.

use std::borrow::Cow;

/// Its name, in the form that browsers give languages.
pub const PSEUDO: &str = "en-XA";

/// A piece of text between placeholders: vowels with accents, and each small one twice.
#[must_use]
pub fn lengthen(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let (accented, again) = match letter {
            'a' => ('á', true),
            'e' => ('é', true),
            'i' => ('í', true),
            'o' => ('ó', true),
            'u' => ('ú', true),
            'A' => ('Á', false),
            'E' => ('É', false),
            'I' => ('Í', false),
            'O' => ('Ó', false),
            'U' => ('Ú', false),
            other => (other, false),
        };
        out.push(accented);
        if again {
            out.push(accented);
        }
    }
    Cow::Owned(out)
}

/// A whole message.
#[must_use]
pub fn bracket(message: &str) -> String {
    format!("[{message}]")
}
