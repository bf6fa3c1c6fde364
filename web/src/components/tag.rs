//! A short state in at most three words. Never a link.

use yew::prelude::*;

use super::icon::{Icon, icon};

/// What sort of state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Unknown or later.
    Neutral,
    /// Waiting for someone.
    Info,
    /// Today or soon.
    Attention,
    /// Good.
    Ok,
    /// Harm or failure only.
    Urgent,
}

/// Draws a tag.
pub fn tag(tone: Tone, picture: Option<Icon>, words: String) -> Html {
    let class = match tone {
        Tone::Neutral => "tag",
        Tone::Info => "tag tag-info",
        Tone::Attention => "tag tag-att",
        Tone::Ok => "tag tag-ok",
        Tone::Urgent => "tag tag-urgent",
    };
    html! { <span {class}>{ for picture.map(icon) }<span>{ words }</span></span> }
}
