//! All values of one analyte: the newest, the chart, the table.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, EntryId, EntryLine, Reply, Review, Series};
use yew::prelude::*;

use crate::components::basics::{sentence, shown};
use crate::components::button::link;
use crate::components::page::Page;
use crate::components::range_bar::range_bar;
use crate::components::value_card::value;
use crate::hooks::ask::use_ask;
use crate::hooks::session::Change;
use crate::pages::entry_series::OverTime;
use crate::route::Route;
use crate::t;
use crate::view::kinds::Section;
use crate::view::values::{self, Digits};
use crate::view::{dates, meaning, range_bar as bars, titles};

/// So many rows of the table stand there at first.
const FIRST: usize = 50;

/// Properties of [`ReviewPage`].
#[derive(Properties, PartialEq)]
pub struct ReviewProps {
    /// Opaque id of any entry of the series.
    pub entry: String,
}

/// The page.
#[component]
pub fn ReviewPage(props: &ReviewProps) -> Html {
    let asked = use_ask(
        props.entry.clone(),
        |entry| Command::Review { entry: EntryId(entry.clone()) },
        |shell, reply| match reply {
            Reply::Review(review) => {
                shell.change(Change::Banner(review.banner.clone()));
                let Review { newest, series, .. } = *review;
                Some((newest, Rc::new(series)))
            }
            _ => None,
        },
    );
    let newest = asked.answer.as_ref().map(|answer| &answer.0);
    let title = newest.map_or_else(|| t!("over-time"), |line| titles::short_title(&line.title));
    let back = newest.and_then(|line| Section::of_kind(line.kind)).map_or_else(
        || (Route::Timeline, t!("nav-timeline")),
        |section| (Route::Section { number: section.number() }, section.words()),
    );
    html! {
        <Page {title} tab={t!("over-time")} back={(back.0, AttrValue::from(back.1))}>
            { shown(&asked, |answer| page(&answer.0, &answer.1)) }
        </Page>
    }
}

fn page(newest: &EntryLine, series: &Rc<Series>) -> Html {
    html! {
        <>
            { now(newest) }
            <OverTime series={series.clone()} name={titles::short_title(&newest.title)} first={FIRST} />
        </>
    }
}

fn now(line: &EntryLine) -> Html {
    let said = line.value.as_ref();
    let meaning = meaning::of(said, line.range.as_ref(), line.interpretation.as_deref());
    let bar = said.zip(line.range.as_ref()).and_then(|(value, range)| bars::bar(value, range));
    html! {
        <div class="card result">
            <div class="result-part">
                <p class="part-name">{ t!("review-newest") }</p>
                { match said.and_then(|said| values::shown(said, Digits::Short)) {
                    Some(shown) => value(&shown, "value-page", "value-page-words"),
                    None => html! { <p class="value-page-words">{ said.and_then(values::line).unwrap_or_else(|| t!("no-data")) }</p> },
                } }
                <p class="quiet">{ line.when.as_ref().map_or_else(|| t!("no-date"), dates::when_words) }</p>
            </div>
            { for bar.as_ref().map(range_bar) }
            { for line.range.as_ref().and_then(values::range_words).map(|words| html! {
                <div class="result-part"><p class="part-name">{ t!("usual-range") }</p><p class="isolate">{ words }</p></div>
            }) }
            { for meaning.as_ref().map(|meaning| html! {
                <div class="result-part"><p class="part-name">{ t!("what-it-means") }</p>{ sentence(meaning) }</div>
            }) }
            <p class="no-print">{ link(Route::Entry { entry: line.entry.0.clone() }, t!("review-open")) }</p>
        </div>
    }
}
