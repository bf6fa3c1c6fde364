//! Entries in lists: rows of a flush card, and cards on the rail of rings.

use chartchain_vault::protocol::{EntryLine, Status};
use yew::prelude::*;

use super::basics::tile;
use super::button::link;
use super::icon::icon;
use super::ring;
use super::tag::{Tone, tag};
use crate::route::Route;
use crate::t;
use crate::view::dates::{self, Date};
use crate::view::{kinds, lines, statuses};

fn open(line: &EntryLine, words: String) -> Html {
    link(Route::Entry { entry: line.entry.0.clone() }, words)
}

fn flags(line: &EntryLine) -> Html {
    html! {
        <>
            { for line.wrong.then(|| tag(Tone::Attention, None, t!("flag-wrong"))) }
            { for line.superseded.then(|| tag(Tone::Neutral, None, t!("flag-superseded"))) }
            { for line.disputed.then(|| tag(Tone::Attention, None, t!("flag-disputed"))) }
        </>
    }
}

/// A row of a flush list: tile, title, one fact, whose and how firm.
pub fn row(line: &EntryLine, relation: Option<&str>) -> Html {
    let when = line.when.as_ref().map(dates::day_words);
    html! {
        <li class="thing">
            { tile("", kinds::icon(line.kind)) }
            <div class="thing-body">
                { for relation.map(|relation| html! { <p class="small quiet">{ relation.to_owned() }</p> }) }
                <p class="thing-title">{ open(line, lines::title(line)) }</p>
                { for lines::below(line).map(|below| html! { <p class="clamp">{ below }</p> }) }
                <p class="thing-facts small">
                    { for when.map(|when| html! { <span>{ when }</span> }) }
                    <span class="thing-from">{ lines::from_whom(line) }</span>
                    { ring::status(line.status) }
                    { flags(line) }
                </p>
            </div>
        </li>
    }
}

/// A flush list.
pub fn list(entries: &[EntryLine], foot: Option<Html>) -> Html {
    html! {
        <div class="card card-flush">
            <ul>{ for entries.iter().map(|line| row(line, None)) }</ul>
            { for foot.map(|foot| html! { <div class="flush-foot">{ foot }</div> }) }
        </div>
    }
}

/// Properties of [`RailItem`].
#[derive(Properties, PartialEq)]
pub struct RailItemProps {
    /// The entry.
    pub line: EntryLine,
}

/// An entry on the rail: the rail shows the shape, the card says the word.
#[component]
pub fn RailItem(props: &RailItemProps) -> Html {
    let line = &props.line;
    let date = line.when.as_ref().and_then(|when| Date::read(&when.written));
    let aside = line.status == Status::Quarantined || line.wrong;
    html! {
        <li class="rail-item">
            { ring::ring(line.status) }
            <div class={classes!("rail-card", aside.then_some("card-aside"))}>
                <p class="rail-when">
                    { match (&date, &line.when) {
                        (Some(date), _) => html! {
                            <>
                                <span>{ date.day_words() }</span>
                                { for date.time_words().map(|time| html! { <span class="rail-time">{ time }</span> }) }
                            </>
                        },
                        (None, Some(when)) => html! { { &when.written } },
                        (None, None) => html! { { t!("no-date") } },
                    } }
                </p>
                <div class="rail-what">
                    { icon(kinds::icon(line.kind)) }
                    <p class="thing-title">{ open(line, lines::title(line)) }</p>
                    { for lines::below(line).map(|below| html! { <p class="clamp">{ below }</p> }) }
                    { if line.wrong || line.superseded || line.disputed { html! { <p class="row">{ flags(line) }</p> } } else { html! {} } }
                </div>
                <p class="rail-who"><span>{ lines::from_whom(line) }</span><b>{ statuses::words(line.status) }</b></p>
            </div>
        </li>
    }
}

/// Months with their entries.
pub fn rail(entries: &[EntryLine]) -> Html {
    let month = |(at, (month, group)): (usize, (String, Vec<EntryLine>))| {
        html! {
            <section class="month" key={at}>
                <h2>{ month }</h2>
                <ol>{ for group.into_iter().map(|line| html! { <RailItem key={line.entry.0.clone()} line={line.clone()} /> }) }</ol>
            </section>
        }
    };
    html! { <>{ for lines::by_month(entries).into_iter().enumerate().map(month) }</> }
}
