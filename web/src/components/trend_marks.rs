//! Marks of a chart and the words that explain them.

use yew::prelude::*;

use crate::t;
use crate::view::trend::{Chart, Form, Label, Mark, Moment};

/// Its outline around the middle of the mark.
const fn outline(form: Form) -> &'static str {
    match form {
        Form::Above => "M0-7.500 7 5.500H-7Z",
        Form::Below => "M0 7.500-7-5.500H7Z",
        Form::Within => "M0-5.500A5.500 5.500 0 1 1 0 5.500A5.500 5.500 0 1 1 0-5.500",
        Form::Unusual => "M0-7.500 7.500 0 0 7.500-7.500 0Z",
        Form::Plain => "M0-4A4 4 0 1 1 0 4A4 4 0 1 1 0-4",
        Form::LessThan => "M-6-5H6M0-5V7M-5 2 0 7 5 2",
        Form::MoreThan => "M-6 5H6M0 5V-7M-5-2 0-7 5-2",
        Form::Between => "M-6 0H6",
    }
}

fn class(form: Form) -> &'static str {
    match form {
        Form::LessThan | Form::MoreThan | Form::Between => "trend-mark trend-mark-open",
        Form::Plain => "trend-mark trend-mark-full trend-mark-calm",
        Form::Within => "trend-mark trend-mark-calm",
        _ => "trend-mark",
    }
}

/// A mark with its number, rings for what is chosen and in focus, and how far its date may lie.
pub fn mark(moment: &Moment, one: &Mark) -> Html {
    let (x, y) = (format!("{:.2}%", moment.x), format!("{:.1}", one.y));
    let full = moment.is_newest.then_some("trend-mark-full trend-mark-newest");
    html! {
        <>
            { for moment.span.map(|(from, until)| html! {
                <line class="trend-span" x1={format!("{from:.2}%")} x2={format!("{until:.2}%")} y1={y.clone()} y2={y.clone()} />
            }) }
            <svg class="trend-place" {x} {y}>
                <circle class="trend-ring-out" r="15" />
                <circle class="trend-ring-in" r="12" />
                <path class={classes!(class(one.form), full)} d={outline(one.form)} />
                { for one.label.as_ref().map(|label| number(moment, label)) }
            </svg>
        </>
    }
}

fn number(moment: &Moment, label: &Label) -> Html {
    let anchor = match moment.x {
        ..25.0 => "start",
        75.0.. => "end",
        _ => "middle",
    };
    let x = match anchor {
        "start" => "-7",
        "end" => "7",
        _ => "0",
    };
    html! {
        <text class={classes!("trend-label", moment.is_newest.then_some("strong"))} {x} y={if label.above { "-17" } else { "17" }}
            dy={(!label.above).then_some("0.7em")} text-anchor={anchor}>{ &label.words }</text>
    }
}

fn form_words(form: Form) -> Option<String> {
    Some(match form {
        Form::Above => t!("meaning-high"),
        Form::Within => t!("meaning-normal"),
        Form::Below => t!("meaning-low"),
        Form::Unusual => t!("meaning-abnormal"),
        Form::LessThan => t!("trend-less-than"),
        Form::MoreThan => t!("trend-more-than"),
        Form::Between => t!("trend-between-two"),
        Form::Plain => return None,
    })
}

/// What the marks, the lines and the shade mean: only what is drawn.
pub fn legend(chart: &Chart) -> Html {
    let forms = chart.forms.iter().filter_map(|form| {
        let words = form_words(*form)?;
        Some(html! {
            <li><svg viewBox="-9 -9 18 18" aria-hidden="true" focusable="false"><path class={class(*form)} d={outline(*form)} /></svg><span>{ words }</span></li>
        })
    });
    let lines = [("trend-line", t!("trend-upper")), ("trend-line trend-line-lower", t!("trend-lower"))];
    let lines = lines.into_iter().filter(|_| chart.segments.iter().any(|segment| segment.is_lower)).map(|(class, words)| {
        html! {
            <li><svg viewBox="-9 -9 18 18" aria-hidden="true" focusable="false"><line {class} x1="-9" x2="9" y1="0" y2="0" /></svg><span>{ words }</span></li>
        }
    });
    let is_unnamed = chart.band.as_ref().is_some_and(|band| band.words_at.is_none());
    let shade = chart.range.as_ref().filter(|_| is_unnamed).map(|range| {
        html! {
            <li>
                <svg viewBox="-9 -9 18 18" aria-hidden="true" focusable="false"><rect class="trend-band" x="-9" y="-6" width="18" height="12" /></svg>
                <span>{ t!("usual", range = range) }</span>
            </li>
        }
    });
    html! { <ul class="trend-legend">{ for lines }{ for forms }{ for shade }</ul> }
}
