//! Earlier and later values of the same thing: a chart, and the same as a table.

use std::rc::Rc;

use chartchain_vault::protocol::EntryLine;
use yew::prelude::*;

use crate::components::basics::section;
use crate::components::button::link;
use crate::components::icon::{Icon, icon};
use crate::components::pager::Pager;
use crate::components::trend_chart::TrendChart;
use crate::route::Route;
use crate::t;
use crate::view::meaning::{self, Meaning};
use crate::view::trend::{self, Gap};
use crate::view::{dates, titles, values};

/// So many are shown in the table until the person asks for all.
const FIRST: usize = 10;

/// Properties of [`OverTime`].
#[derive(Properties, PartialEq)]
pub struct OverTimeProps {
    /// Newest first.
    pub series: Rc<Vec<EntryLine>>,
    /// The one that is read.
    pub here: EntryLine,
}

/// Charts, one for each unit, and the table behind a toggle; the table alone where nothing can be drawn.
#[component]
pub fn OverTime(props: &OverTimeProps) -> Html {
    let trend = use_memo(props.series.clone(), |series| trend::trend(series));
    let is_open = use_state(|| false);
    let name = titles::short_title(&props.here.title);
    let chart = |(number, chart): (usize, &trend::Chart)| {
        html! {
            <TrendChart key={format!("{number}-{}", props.series.len())} {number} chart={chart.clone()} series={props.series.clone()}
                here={props.here.entry.clone()} name={name.clone()} />
        }
    };
    let gaps = match trend.charts.as_slice() {
        [only] => only.gaps.clone(),
        _ => Vec::new(),
    };
    let table = html! { <Table series={props.series.clone()} here={props.here.clone()} {gaps} /> };
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let body = if trend.charts.is_empty() {
        table
    } else {
        html! {
            <>
                <div class="card trends">
                    { for trend.charts.iter().enumerate().map(chart) }
                    { for trend.notes.iter().map(|note| html! { <p class="dense">{ note }</p> }) }
                    <button type="button" class="link twin-toggle no-print" aria-expanded={if *is_open { "true" } else { "false" }}
                        aria-controls="twin" onclick={toggle}>
                        { icon(Icon::ChevronDown) }<span>{ if *is_open { t!("trend-table-hide") } else { t!("trend-table-show") } }</span>
                    </button>
                </div>
                <div id="twin" class="twin" hidden={!*is_open}>{ table }</div>
            </>
        }
    };
    section(t!("over-time"), None, body)
}

#[derive(Properties, PartialEq)]
struct TableProps {
    series: Rc<Vec<EntryLine>>,
    here: EntryLine,
    gaps: Vec<Gap>,
}

fn meaning_of(line: &EntryLine) -> Option<Meaning> {
    meaning::of(line.value.as_ref(), line.range.as_ref(), line.interpretation.as_deref())
}

#[component]
fn Table(props: &TableProps) -> Html {
    let is_all = use_state(|| props.series.len() <= FIRST + 2);
    let shown = if *is_all { props.series.len() } else { FIRST };
    let has_meaning = props.series.iter().take(shown).any(|line| meaning_of(line).is_some());
    let row = |(at, line): (usize, &EntryLine)| {
        let when = line.when.as_ref().map_or_else(|| t!("no-date"), dates::when_words);
        let to = Route::Entry { entry: line.entry.0.clone() };
        let here = line.entry == props.here.entry;
        let gap = props.gaps.iter().find(|gap| gap.newer == at && gap.older == at + 1 && at + 1 < shown);
        html! {
            <>
                <tr tabindex="-1">
                    <th scope="row">{ if here { html! { <b>{ t!("this-one", when = when) }</b> } } else { link(to, when) } }</th>
                    <td class="number">
                        <span class="isolate">{ line.value.as_ref().and_then(values::line).unwrap_or_else(|| t!("no-data")) }</span>
                    </td>
                    { if has_meaning {
                        html! { <td>{ meaning_of(line).map_or_else(String::new, |meaning| meaning.words) }</td> }
                    } else { html! {} } }
                </tr>
                { for gap.map(|gap| html! {
                    <tr class="quiet">
                        <th scope="row">{ t!("trend-gap-row", time = gap.words.as_str()) }</th>
                        <td class="number">{ t!("no-data") }</td>
                        { if has_meaning { html! { <td /> } } else { html! {} } }
                    </tr>
                }) }
            </>
        }
    };
    let more = {
        let is_all = is_all.clone();
        Callback::from(move |()| is_all.set(true))
    };
    let total = u32::try_from(props.series.len()).unwrap_or(u32::MAX);
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
                    <tbody>{ for props.series.iter().take(shown).enumerate().map(row) }</tbody>
                </table>
            </div>
            <Pager {shown} {total} step={total} items="#series tbody tr[tabindex]" {more} />
        </>
    }
}
