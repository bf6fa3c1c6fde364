//! Colours and text size, and which language is wanted: from the settings of the person, and for the lock screen from
//! what the browser remembers.

use chartchain_vault::protocol::{Settings, Theme};

use crate::services::browser;
use crate::words;

/// Text sizes that can be chosen, in percent.
pub const TEXT_SIZES: [u16; 6] = [100, 110, 125, 150, 175, 200];

/// What the lock screen looks like.
#[must_use]
pub fn remembered() -> (Theme, u16, String) {
    let theme = match browser::remembered("theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    };
    let text = browser::remembered("text").and_then(|text| text.parse().ok()).unwrap_or(100);
    let language = browser::remembered("language").as_deref().and_then(words::known).unwrap_or_else(proposed);
    (theme, text, language.to_owned())
}

/// The first of the browser's languages that there is a catalogue for.
fn proposed() -> &'static str {
    browser::languages().iter().find_map(|name| words::known(name)).unwrap_or(words::ENGLISH)
}

/// Shows and remembers the looks of the settings.
pub fn apply(settings: &Settings) {
    let theme = match settings.theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    browser::set_root("data-theme", theme);
    browser::remember("theme", theme.unwrap_or("system"));

    let text = settings.text_percent.to_string();
    let shown = (TEXT_SIZES.contains(&settings.text_percent) && settings.text_percent != 100).then_some(text.as_str());
    browser::set_root("data-text", shown);
    browser::remember("text", &text);

    browser::remember("language", &settings.language);
}
