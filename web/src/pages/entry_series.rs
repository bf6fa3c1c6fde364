//! Earlier and later values of the same thing: a chart, and the same as a table.

use std::rc::Rc;

use chartchain_vault::protocol::{EntryId, Series, SeriesPoint};
use yew::prelude::*;

use crate::components::basics::section;
use crate::components::button::link;
use crate::components::icon::{Icon, icon};
use crate::components::pager::Pager;
use crate::components::tag::{Tone, tag};
use crate::components::trend_chart::TrendChart;
use crate::route::Route;
use crate::t;
use crate::view::dates;
use crate::view::meaning::{self, Meaning};
use crate::view::trend::{self, Gap};

/// So many rows of the table come at once.
const STEP: usize = 50;

/// Properties of [`OverTime`].
#[derive(Properties, PartialEq)]
pub struct OverTimeProps {
    /// What to show.
    pub series: Rc<Series>,
    /// What is measured.
    pub name: AttrValue,
    /// The entry that is read, if one is.
    #[prop_or_default]
    pub here: Option<EntryId>,
    /// So many rows stand in the table at first.
    pub first: usize,
}

/// Charts, one for each unit, and the table behind a toggle; the table alone where nothing can be drawn.
#[component]
pub fn OverTime(props: &OverTimeProps) -> Html {
    let trend = use_memo(props.series.clone(), |series| trend::trend(series));
    let points = use_memo(props.series.clone(), |series| series.points.clone());
    let is_open = use_state(|| false);
    let chart = |(number, chart): (usize, &trend::Chart)| {
        html! {
            <TrendChart key={format!("{number}-{}", points.len())} {number} chart={chart.clone()} series={points.clone()}
                here={props.here.clone()} name={props.name.clone()} />
        }
    };
    let gaps = match trend.charts.as_slice() {
        [only] => only.gaps.clone(),
        _ => Vec::new(),
    };
    let (first, name, here) = (props.first, props.name.clone(), props.here.clone());
    let table = html! { <Table points={points.clone()} {here} {name} {gaps} {first} /> };
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let notes = html! { <>{ for trend.notes.iter().map(|note| html! { <p class="dense">{ note }</p> }) }</> };
    let body = if trend.charts.is_empty() {
        html! { <>{ table }{ notes }</> }
    } else {
        html! {
            <>
                <div class="card trends">
                    { for trend.charts.iter().enumerate().map(chart) }
                    { notes }
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
    points: Rc<Vec<SeriesPoint>>,
    here: Option<EntryId>,
    name: AttrValue,
    gaps: Vec<Gap>,
    first: usize,
}

fn meaning_of(point: &SeriesPoint) -> Option<Meaning> {
    meaning::of(Some(&point.value), point.range.as_ref(), point.interpretation.as_deref())
}

#[component]
fn Table(props: &TableProps) -> Html {
    let limit = use_state(|| props.first);
    let total = props.points.len();
    // Two more rows take less room than the button that would ask for them.
    let shown = if total <= *limit + 2 { total } else { *limit };
    let rows = || props.points.iter().take(shown);
    let has_meaning = rows().any(|point| meaning_of(point).is_some());
    let has_sources = rows().any(|point| point.source != props.points.first().and_then(|first| first.source.clone()));
    let row = |(at, point): (usize, &SeriesPoint)| {
        let when = point.when.as_ref().map_or_else(|| t!("no-date"), dates::when_words);
        let to = Route::Entry { entry: point.entry.0.clone() };
        let here = props.here.as_ref() == Some(&point.entry);
        let gap = props.gaps.iter().find(|gap| gap.newer == at && gap.older == at + 1 && at + 1 < shown);
        html! {
            <>
                <tr tabindex="-1">
                    <th scope="row">{ if here { html! { <b>{ t!("this-one", when = when) }</b> } } else { link(to, when) } }</th>
                    <td class="number">
                        <span class="isolate">{ trend::value_words(point) }</span>
                        { for point.disputed.then(|| html! { <>{ " " }{ tag(Tone::Attention, None, t!("flag-disputed")) }</> }) }
                    </td>
                    { if has_meaning {
                        html! { <td>{ meaning_of(point).map_or_else(String::new, |meaning| meaning.words) }</td> }
                    } else { html! {} } }
                    { if has_sources {
                        html! { <td>{ point.source.clone().unwrap_or_else(|| t!("source-unknown")) }</td> }
                    } else { html! {} } }
                </tr>
                { for gap.map(|gap| html! {
                    <tr class="quiet">
                        <th scope="row">{ t!("trend-gap-row", time = gap.words.as_str()) }</th>
                        <td class="number">{ t!("no-data") }</td>
                        { if has_meaning { html! { <td /> } } else { html! {} } }
                        { if has_sources { html! { <td /> } } else { html! {} } }
                    </tr>
                }) }
            </>
        }
    };
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set(*limit + STEP))
    };
    html! {
        <>
            <div class="card table-box" tabindex="0" role="region" aria-label={t!("over-time")}>
                <table id="series">
                    <caption>{ t!("series-caption", name = props.name.as_str()) }</caption>
                    <thead><tr>
                        <th scope="col">{ t!("taken") }</th>
                        <th scope="col" class="number">{ t!("value") }</th>
                        { if has_meaning { html! { <th scope="col">{ t!("what-it-means") }</th> } } else { html! {} } }
                        { if has_sources { html! { <th scope="col">{ t!("recorded-by") }</th> } } else { html! {} } }
                    </tr></thead>
                    <tbody>{ for rows().enumerate().map(row) }</tbody>
                </table>
            </div>
            <Pager {shown} total={u32::try_from(total).unwrap_or(u32::MAX)} step={u32::try_from(STEP).unwrap_or(u32::MAX)} items="#series tbody tr[tabindex]" {more} />
        </>
    }
}
