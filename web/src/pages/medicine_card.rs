//! One medicine: all that the record says of it, in each source's own words.

use chartchain_vault::protocol::{MedicineCard, MedicineEntry};
use yew::prelude::*;

use crate::components::button::link;
use crate::components::ring;
use crate::components::tag::{Tone, tag};
use crate::route::Route;
use crate::t;
use crate::view::doses::{sources_differ, standing_words};
use crate::view::{dates, lines, titles};

/// The card.
pub fn medicine_card(card: &MedicineCard) -> Html {
    let Some((lead, others)) = card.entries.split_first() else { return html! {} };
    let name = titles::short_title(&lead.line.title);
    html! {
        <div class="card medicine" key={lead.line.entry.0.clone()}>
            <h3 class="thing-title">{ link(Route::Entry { entry: lead.line.entry.0.clone() }, name.clone()) }</h3>
            <p>{ lead.line.detail.clone().unwrap_or_else(|| t!("medicine-no-dose")) }</p>
            { for facts(lead).map(|facts| html! { <p class="quiet">{ facts }</p> }) }
            { if lead.as_needed || lead.line.disputed || sources_differ(card) {
                html! {
                    <p class="row">
                        { for lead.as_needed.then(|| tag(Tone::Neutral, None, t!("medicine-as-needed"))) }
                        { for lead.line.disputed.then(|| tag(Tone::Attention, None, t!("flag-disputed"))) }
                        { for sources_differ(card).then(|| tag(Tone::Attention, None, t!("medicine-differ"))) }
                    </p>
                }
            } else { html! {} } }
            <p class="thing-facts small"><span class="thing-from">{ lines::from_whom(&lead.line) }</span>{ ring::status(lead.line.status) }</p>
            { if others.is_empty() { html! {} } else { html! {
                <div class="medicine-others">
                    <p class="small quiet">{ t!("medicine-others", count = others.len()) }</p>
                    <ul>{ for others.iter().map(other) }</ul>
                </div>
            } } }
            <p class="no-print small">
                { link(Route::LogOf { entry: lead.line.entry.0.clone() }, html_words(&name)) }
            </p>
        </div>
    }
}

fn html_words(name: &str) -> String {
    t!("log-of-medicine", name = name)
}

/// What for and since when.
fn facts(entry: &MedicineEntry) -> Option<String> {
    let reason = entry.reason.as_ref().map(|reason| t!("medicine-for", reason = reason));
    let since = entry.line.when.as_ref().map(dates::day_words);
    let until = entry.line.until.as_ref().map(dates::day_words);
    let time = match (since, until) {
        (Some(since), Some(until)) => Some(t!("date-to-date", from = since, to = until)),
        (Some(since), None) => Some(t!("medicine-since", date = since)),
        (None, _) => None,
    };
    let parts: Vec<String> = reason.into_iter().chain(time).collect();
    (!parts.is_empty()).then(|| parts.join(". "))
}

fn other(entry: &MedicineEntry) -> Html {
    let line = &entry.line;
    let facts = [line.detail.clone(), facts(entry), Some(lines::from_whom(line))];
    html! {
        <li key={line.entry.0.clone()}>
            { link(Route::Entry { entry: line.entry.0.clone() }, titles::short_title(&line.title)) }
            <span class="small quiet">{ " " }{ standing_words(entry.standing) }{ ". " }{ facts.into_iter().flatten().collect::<Vec<_>>().join(". ") }</span>
            { for line.disputed.then(|| html! { <>{ " " }{ tag(Tone::Attention, None, t!("flag-disputed")) }</> }) }
        </li>
    }
}
