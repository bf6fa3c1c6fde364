//! A chart of values over time, drawn from its layout. Its points are a group of choices: one stop for the Tab key,
//! arrow keys within, and the chosen value stands in words below.

use std::rc::Rc;

use chartchain_vault::protocol::{EntryId, SeriesPoint};
use yew::prelude::*;

use super::basics::sentence;
use super::button::link;
use super::tag::{Tone, tag};
use super::trend_marks::{legend, mark};
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::dates;
use crate::view::meaning;
use crate::view::trend::{self, Chart, Gap, HEIGHT, Moment, TimeTick, ValueTick};

/// Properties of [`TrendChart`].
#[derive(Properties, PartialEq)]
pub struct TrendChartProps {
    /// What to draw.
    pub chart: Chart,
    /// The series that it was laid out from.
    pub series: Rc<Vec<SeriesPoint>>,
    /// The entry that is read, if one is: chosen from the start, where it is drawn.
    pub here: Option<EntryId>,
    /// What is measured.
    pub name: AttrValue,
    /// Apart from other charts of the page.
    pub number: usize,
}

/// The chart.
#[component]
pub fn TrendChart(props: &TrendChartProps) -> Html {
    let chart = &props.chart;
    let entry_of = |moment: &Moment| props.series.get(moment.line).map(|line| &line.entry);
    let chosen = use_state(|| {
        let here =
            chart.moments.iter().position(|moment| props.here.is_some() && entry_of(moment) == props.here.as_ref());
        here.unwrap_or_else(|| chart.moments.len().saturating_sub(1))
    });
    let id = format!("trend-{}", props.number);
    let choose = {
        let (chosen, id) = (chosen.clone(), id.clone());
        Callback::from(move |at: usize| {
            chosen.set(at);
            browser::focus_id(&format!("{id}-{at}"));
        })
    };
    let onkeydown = {
        let (choose, at, last) = (choose.clone(), *chosen, chart.moments.len().saturating_sub(1));
        Callback::from(move |event: KeyboardEvent| {
            // Time runs left to right in every language, so the arrows mean the same everywhere.
            let next = match event.key().as_str() {
                "ArrowRight" | "ArrowUp" => (at + 1).min(last),
                "ArrowLeft" | "ArrowDown" => at.saturating_sub(1),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            choose.emit(next);
        })
    };
    let moment = |(at, moment): (usize, &Moment)| {
        let words = props.series.get(moment.line).map(point_words).unwrap_or_default();
        let onclick = choose.reform(move |_: MouseEvent| at);
        drawn_moment(moment, &format!("{id}-{at}"), words, at == *chosen, onclick)
    };
    let (title, how) = (format!("{id}-title"), format!("{id}-how"));
    html! {
        <figure class="trend">
            <div class="trend-head">
                <span class="quiet isolate">{ chart.unit.clone().unwrap_or_else(|| t!("trend-no-unit")) }</span>
                { legend(chart) }
            </div>
            <div role="radiogroup" aria-labelledby={title.clone()} aria-describedby={how.clone()} {onkeydown}>
                <svg class={classes!("trend-plot", room_class(&chart.value_ticks), crowd_class(chart.moments.len()))} focusable="false">
                    <title id={title}>{ t!("trend-title", name = props.name.as_str()) }</title>
                    <desc id={how}>{ t!("trend-how") }</desc>
                    <g aria-hidden="true">
                        { band(chart) }
                        { for chart.value_ticks.iter().map(value_tick) }
                        <line class="trend-tick" x1="0" x2="100%" y1={pixels(HEIGHT)} y2={pixels(HEIGHT)} />
                        { for chart.time_ticks.iter().map(time_tick) }
                        { for chart.gaps.iter().map(gap) }
                        { for chart.segments.iter().map(|segment| html! {
                            <line class={classes!("trend-line", segment.is_lower.then_some("trend-line-lower"))}
                                x1={percent(segment.x1)} y1={pixels(segment.y1)} x2={percent(segment.x2)} y2={pixels(segment.y2)} />
                        }) }
                    </g>
                    { for chart.moments.iter().enumerate().map(moment) }
                </svg>
            </div>
            { for chart.moments.get(*chosen).and_then(|moment| props.series.get(moment.line)).map(|line| told(line, props.here.as_ref())) }
            <figcaption>{ for chart.caption.iter().map(|words| html! { <>{ words }{ " " }</> }) }</figcaption>
        </figure>
    }
}

fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

fn pixels(place: f64) -> String {
    format!("{place:.1}")
}

/// How much room the numbers beside the value axis need.
fn room_class(ticks: &[ValueTick]) -> &'static str {
    match ticks.iter().map(|tick| tick.words.chars().count()).max() {
        Some(6..) => "trend-room-l",
        Some(4..) => "trend-room-m",
        _ => "trend-room-s",
    }
}

/// When, how much, and what it means, in one line for readers.
fn point_words(point: &SeriesPoint) -> String {
    let when = point.when.as_ref().map_or_else(|| t!("no-date"), dates::when_words);
    let mut said = t!("trend-point", when = when, value = trend::value_words(point));
    if point.disputed {
        said = format!("{said} ({})", t!("flag-disputed"));
    }
    let meaning = meaning::of(Some(&point.value), point.range.as_ref(), point.interpretation.as_deref());
    meaning.map_or_else(|| said.clone(), |meaning| t!("trend-point-meaning", point = &said, meaning = meaning.words))
}

fn told(point: &SeriesPoint, here: Option<&EntryId>) -> Html {
    let meaning = meaning::of(Some(&point.value), point.range.as_ref(), point.interpretation.as_deref());
    html! {
        <div class="trend-told">
            <p><span>{ point.when.as_ref().map(dates::when_words) }</span>{ " " }<b class="isolate">{ trend::value_words(point) }</b></p>
            { for meaning.as_ref().map(sentence) }
            { for point.disputed.then(|| tag(Tone::Attention, None, t!("flag-disputed"))) }
            <p class="no-print">
                { if here == Some(&point.entry) {
                    html! { <span class="quiet">{ t!("trend-here") }</span> }
                } else {
                    link(Route::Entry { entry: point.entry.0.clone() }, t!("trend-open"))
                } }
            </p>
        </div>
    }
}

fn band(chart: &Chart) -> Html {
    let Some(band) = &chart.band else { return html! {} };
    let words = band.words_at.zip(chart.range.as_ref());
    html! {
        <>
            <rect class="trend-band" x="0" y={pixels(band.y)} width="100%" height={pixels(band.height)} />
            { for words.map(|(at, range)| html! {
                <text class="trend-band-words" x="6" y={pixels(at)}>{ t!("usual", range = range) }</text>
            }) }
        </>
    }
}

fn value_tick(tick: &ValueTick) -> Html {
    html! {
        <>
            <line class="trend-grid" x1="0" x2="100%" y1={pixels(tick.y)} y2={pixels(tick.y)} />
            <text class="trend-number" x="-8" y={pixels(tick.y)} dy="0.35em" text-anchor="end">{ &tick.words }</text>
        </>
    }
}

fn time_tick(tick: &TimeTick) -> Html {
    let x = percent(tick.x);
    let (top, end) = (pixels(HEIGHT), pixels(HEIGHT + 6.0));
    html! {
        <g class="trend-time">
            <line class="trend-tick" x1={x.clone()} x2={x.clone()} y1={top.clone()} y2={end} />
            <text class="trend-number" x={x.clone()} y={top.clone()} dy="1.45em" text-anchor="middle">{ &tick.words }</text>
            { for tick.within.as_ref().map(|within| html! {
                <text class="trend-number" {x} y={top} dy="2.6em" text-anchor="middle">{ within }</text>
            }) }
        </g>
    }
}

fn gap(gap: &Gap) -> Html {
    let (x, y) = (percent(gap.x), pixels(gap.y));
    html! {
        <>
            <text class="trend-gap" x={x.clone()} y={y.clone()} text-anchor="middle">{ t!("trend-gap") }</text>
            <text class="trend-gap" {x} {y} dy="1.2em" text-anchor="middle">{ &gap.words }</text>
        </>
    }
}

/// Many marks are small, and of very many only those that say something are drawn.
fn crowd_class(moments: usize) -> Option<&'static str> {
    match moments {
        61.. => Some("trend-crowd"),
        25.. => Some("trend-many"),
        _ => None,
    }
}

fn drawn_moment(moment: &Moment, id: &str, words: String, is_chosen: bool, onclick: Callback<MouseEvent>) -> Html {
    let x = percent(moment.x);
    let (start, width) = moment.reach;
    html! {
        <g id={id.to_owned()} class="trend-moment" role="radio" aria-label={words} tabindex={if is_chosen { "0" } else { "-1" }}
            aria-checked={if is_chosen { "true" } else { "false" }} {onclick}>
            <rect class="trend-reach" x={percent(start)} y="0" width={percent(width)} height={pixels(HEIGHT)} />
            <line class="trend-guide" x1={x.clone()} x2={x.clone()} y1="0" y2={pixels(HEIGHT)} />
            { for moment.bar.map(|(from, until)| html! {
                <line class="trend-span" x1={x.clone()} x2={x.clone()} y1={pixels(from)} y2={pixels(until)} />
            }) }
            { for moment.marks.iter().map(|one| mark(moment, one)) }
        </g>
    }
}
