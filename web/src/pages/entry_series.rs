//! Earlier and later values of the same thing, as a table.

use chartchain_vault::protocol::EntryLine;
use yew::prelude::*;

use crate::components::basics::section;
use crate::components::button::link;
use crate::components::pager::Pager;
use crate::route::Route;
use crate::t;
use crate::view::meaning::{self, Meaning};
use crate::view::{dates, titles, values};

/// So many are shown until the person asks for all.
const FIRST: usize = 10;

/// Properties of [`OverTime`].
#[derive(Properties, PartialEq)]
pub struct OverTimeProps {
    /// Newest first.
    pub series: Vec<EntryLine>,
    /// The one that is read.
    pub here: EntryLine,
}

fn meaning_of(line: &EntryLine) -> Option<Meaning> {
    meaning::of(line.value.as_ref(), line.range.as_ref(), line.interpretation.as_deref())
}

/// The table.
#[component]
pub fn OverTime(props: &OverTimeProps) -> Html {
    let is_all = use_state(|| props.series.len() <= FIRST + 2);
    let shown = if *is_all { props.series.len() } else { FIRST };
    let has_meaning = props.series.iter().take(shown).any(|line| meaning_of(line).is_some());
    let row = |line: &EntryLine| {
        let when = line.when.as_ref().map_or_else(|| t!("no-date"), dates::when_words);
        let to = Route::Entry { entry: line.entry.0.clone() };
        let here = line.entry == props.here.entry;
        html! {
            <tr tabindex="-1">
                <th scope="row">{ if here { html! { <b>{ t!("this-one", when = when) }</b> } } else { link(to, when) } }</th>
                <td class="number">
                    <span class="isolate">{ line.value.as_ref().and_then(values::line).unwrap_or_else(|| t!("no-data")) }</span>
                </td>
                { if has_meaning {
                    html! { <td>{ meaning_of(line).map_or_else(String::new, |meaning| meaning.words) }</td> }
                } else { html! {} } }
            </tr>
        }
    };
    let more = {
        let is_all = is_all.clone();
        Callback::from(move |()| is_all.set(true))
    };
    let total = u32::try_from(props.series.len()).unwrap_or(u32::MAX);
    section(
        t!("over-time"),
        None,
        html! {
            <>
                <div class="card table-box" tabindex="0" role="region" aria-label={t!("over-time")}>
                    <table id="series">
                        <caption>{ t!("series-caption", name = titles::short_title(&props.here.title)) }</caption>
                        <thead><tr>
                            <th scope="col">{ t!("taken") }</th>
                            <th scope="col" class="number">{ t!("value") }</th>
                            { if has_meaning { html! { <th scope="col">{ t!("what-it-means") }</th> } } else { html! {} } }
                        </tr></thead>
                        <tbody>{ for props.series.iter().take(shown).map(row) }</tbody>
                    </table>
                </div>
                <Pager {shown} {total} step={total} items="#series tbody tr" {more} />
            </>
        },
    )
}
