//! Which language is spoken: English at once, others when their catalogue is here.

use core::cell::RefCell;

use crate::services::browser;
use crate::words;

/// What came of the wish for a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The language that the pages are in.
    pub language: &'static str,
    /// The language that was wanted and could not be loaded.
    pub failed: Option<&'static str>,
}

thread_local! {
    static WANTED: RefCell<&'static str> = const { RefCell::new(words::ENGLISH) };
}

/// Speaks a language, if it is here already.
#[must_use]
pub fn at_once(wanted: &str) -> Option<Spoken> {
    let language = words::known(wanted).unwrap_or(words::ENGLISH);
    WANTED.set(language);
    words::speak(language).then(|| say(None))
}

/// Speaks a language, after fetching it where that is needed; English where that fails. Nothing where somebody wished for
/// another one meanwhile.
pub async fn speak(wanted: String) -> Option<Spoken> {
    if let Some(spoken) = at_once(&wanted) {
        return Some(spoken);
    }
    let language = WANTED.with_borrow(|language| *language);
    let catalogue = browser::fetch_text(&format!("i18n/{language}/app.ftl")).await;
    if WANTED.with_borrow(|now| *now != language) {
        return None;
    }
    Some(match catalogue {
        Some(catalogue) => {
            words::learn(language, catalogue);
            say(None)
        }
        None => {
            let _ = words::speak(words::ENGLISH);
            say(Some(language))
        }
    })
}

fn say(failed: Option<&'static str>) -> Spoken {
    let language = words::language();
    browser::set_root("lang", Some(language));
    browser::set_root("dir", Some(words::direction_of(language)));
    Spoken { language, failed }
}
