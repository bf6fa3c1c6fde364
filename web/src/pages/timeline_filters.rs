//! The search and the filters of Timeline.

use chartchain_calendar::DAY_MS;
use chartchain_vault::protocol::{Kind, Query, Timeline};
use web_sys::InputEvent;
use yew::prelude::*;

use crate::components::field::{Answer, Field, select};
use crate::components::icon::{Icon, icon};
use crate::services::browser;
use crate::t;
use crate::view::kinds::{self, IN_TIMELINE};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Words that all have to be found.
    pub words: String,
    /// Kinds; empty for all.
    pub kinds: Vec<Kind>,
    /// From whom.
    pub source: Option<String>,
    /// Not older than so many days.
    pub days: Option<i64>,
}

impl Filters {
    /// As the engine wants it, without which part.
    #[must_use]
    pub fn query(&self) -> Query {
        Query {
            words: self.words.clone(),
            kinds: self.kinds.clone(),
            source: self.source.clone(),
            from_ms: self.days.map(|days| browser::now_ms() - days * DAY_MS),
            ..Query::default()
        }
    }

    /// Whether anything is left out.
    #[must_use]
    pub fn is_any(&self) -> bool {
        *self != Self::default()
    }
}

/// The form.
pub fn form(
    filters: &Filters,
    found: Option<&Timeline>,
    change: &Callback<Filters>,
    oninput: &Callback<InputEvent>,
) -> Html {
    let sources = found.map(|found| found.sources.as_slice()).unwrap_or_default();
    let mut whom = vec![Answer::new("", t!("everyone"))];
    whom.extend(
        sources
            .iter()
            .take(60)
            .map(|(source, count)| Answer::new(source.clone(), t!("source-count", source = source, count = *count))),
    );
    let when = [
        Answer::new("", t!("period-all")),
        Answer::new("91", t!("period-3-months")),
        Answer::new("366", t!("period-12-months")),
        Answer::new("1827", t!("period-5-years")),
        Answer::new("3653", t!("period-10-years")),
    ];
    let choose_source = {
        let (filters, change) = (filters.clone(), change.clone());
        Callback::from(move |source: String| {
            change.emit(Filters { source: Some(source).filter(|source| !source.is_empty()), ..filters.clone() });
        })
    };
    let choose_period = {
        let (filters, change) = (filters.clone(), change.clone());
        Callback::from(move |days: String| change.emit(Filters { days: days.parse().ok(), ..filters.clone() }))
    };
    let days = filters.days.map(|days| days.to_string()).unwrap_or_default();
    html! {
        <form class="filters" role="search" onsubmit={Callback::from(|event: SubmitEvent| event.prevent_default())}>
            <div class="filters-row">
                <Field id="search" label={t!("search-label")}>
                    <div class="with-icon">
                        { icon(Icon::Search) }
                        <input id="search" class="input" type="search" autocomplete="off" spellcheck="false"
                            placeholder={t!("search-example")} value={filters.words.clone()} oninput={oninput.clone()} />
                    </div>
                </Field>
                <Field id="source" label={t!("from-whom")}>{ select("source", &whom, filters.source.as_deref().unwrap_or(""), None, &choose_source) }</Field>
                <Field id="period" label={t!("when")}>{ select("period", &when, &days, None, &choose_period) }</Field>
            </div>
            { chips(filters, found, change) }
        </form>
    }
}

fn chips(filters: &Filters, found: Option<&Timeline>, change: &Callback<Filters>) -> Html {
    let count_of = |kind: Kind| {
        found.and_then(|found| found.kinds.iter().find(|(known, _)| *known == kind)).map_or(0, |(_, count)| *count)
    };
    let chip = |words: String, count: Option<u32>, pressed: bool, next: Vec<Kind>| {
        let (change, next) = (change.clone(), Filters { kinds: next, ..filters.clone() });
        let onclick = Callback::from(move |_: MouseEvent| change.emit(next.clone()));
        html! {
            <button type="button" class="chip" aria-pressed={if pressed { "true" } else { "false" }} {onclick}>
                { if pressed { icon(Icon::Check) } else { html! {} } }
                <span>{ words }</span>
                { for count.map(|count| html! { <span class="quiet">{ count }</span> }) }
            </button>
        }
    };
    let of_kind = |kind: Kind| {
        let pressed = filters.kinds.contains(&kind);
        let count = count_of(kind);
        if count == 0 && !pressed {
            return html! {};
        }
        let mut next = filters.kinds.clone();
        if pressed {
            next.retain(|other| *other != kind)
        } else {
            next.push(kind)
        }
        chip(kinds::words(kind), Some(count), pressed, next)
    };
    html! {
        <div class="chips" role="group" aria-label={t!("kinds-label")}>
            { chip(t!("kinds-all"), None, filters.kinds.is_empty(), Vec::new()) }
            { for IN_TIMELINE.into_iter().map(of_kind) }
        </div>
    }
}
