//! The latest value of something measured, and values in general.

use chartchain_vault::protocol::{LatestValue, Value};
use yew::prelude::*;

use super::basics::sentence;
use super::button::link;
use super::range_bar::range_bar;
use super::tag::{Tone, tag};
use crate::route::Route;
use crate::t;
use crate::view::dates;
use crate::view::values::{self, Digits, Shown};
use crate::view::{meaning, range_bar as bars, titles};

/// Number and unit, left to right in every language; words in a smaller size.
pub fn value(shown: &Shown, class: &'static str, words_class: &'static str) -> Html {
    if shown.is_words {
        return html! { <p class={words_class}>{ &shown.main }</p> };
    }
    html! {
        <p {class}>
            <span class="isolate">
                { &shown.main }
                { for shown.unit.as_ref().map(|unit| html! { <span class="unit">{ unit }</span> }) }
            </span>
        </p>
    }
}

/// Where the name of a value leads: to all its values, or to the only one.
pub fn review_or_entry(latest: &LatestValue) -> Route {
    let entry = latest.line.entry.0.clone();
    if latest.count > 1 { Route::Review { entry } } else { Route::Entry { entry } }
}

/// The card.
pub fn value_card(latest: &LatestValue) -> Html {
    let line = &latest.line;
    let name = titles::short_title(&line.title);
    let said = line.value.as_ref();
    let range = latest.range.as_ref().or(line.range.as_ref());
    let interpretation = latest.interpretation.as_deref().or(line.interpretation.as_deref());
    let meaning = meaning::of(said, range, interpretation);
    let change = latest.previous.as_ref().zip(said).and_then(|((before, when), now)| {
        meaning::change(now, before, &meaning::since(when.as_ref(), line.when.as_ref()))
    });
    let bar = said.zip(range).and_then(|(value, range)| bars::bar(value, range));
    let to = review_or_entry(latest);
    html! {
        <div class="card value-card">
            <div class="value-head">
                <h3>{ &name }</h3>
                { for line.disputed.then(|| tag(Tone::Attention, None, t!("flag-disputed"))) }
                <p class="small quiet">{ line.when.as_ref().map_or_else(|| t!("no-date"), dates::day_words) }</p>
            </div>
            <div class="value-body">
            { match said {
                Some(Value::Components(_)) | None => html! { <p class="value-words">{ said.and_then(values::line).unwrap_or_default() }</p> },
                Some(said) => html! { <>{ for values::shown(said, Digits::Short).map(|shown| value(&shown, "value", "value-words")) }</> },
            } }
            <div class="value-range">
            { for bar.as_ref().map(range_bar) }
            { for range.and_then(values::range_words).map(|words| html! { <p class="small quiet">{ t!("usual", range = words) }</p> }) }
            </div>
            </div>
            { for meaning.as_ref().or(change.as_ref()).map(|meaning| html! { <div class="value-sentence">{ sentence(meaning) }</div> }) }
            <p class="value-more">
                { if latest.count > 1 { link(to, t!("review-over-time", name = titles::in_sentence(&name))) } else { link(to, t!("open-thing", name = titles::in_sentence(&name))) } }
            </p>
        </div>
    }
}
