//! One entry in plain words: what it says, over time, whether to trust it, and its source.

use std::rc::Rc;

use chartchain_vault::protocol::{
    Command, Component as Part, EntryId, EntryLine, EntryPage as Entry, Link, Reply, Series, Value,
};
use yew::prelude::*;

use crate::components::basics::{panel, section, sentence, shown};
use crate::components::button::{Look, button_link, link};
use crate::components::entries;
use crate::components::files::files;
use crate::components::page::Page;
use crate::components::range_bar::range_bar;
use crate::components::source::Source;
use crate::components::summary::{row, summary};
use crate::components::tag::{Tone, tag};
use crate::components::value_card::value;
use crate::hooks::ask::use_ask;
use crate::hooks::session::Change;
use crate::pages::entry_acts::acts;
use crate::pages::entry_series::OverTime;
use crate::pages::entry_trust::trust;
use crate::route::Route;
use crate::t;
use crate::view::kinds::Section;
use crate::view::values::{self, Digits};
use crate::view::{dates, lines, meaning, range_bar as bars, titles};

/// Properties of [`EntryPage`].
#[derive(Properties, PartialEq)]
pub struct EntryProps {
    /// Opaque id.
    pub entry: String,
}

/// The page.
#[component]
pub fn EntryPage(props: &EntryProps) -> Html {
    let asked = use_ask(
        props.entry.clone(),
        |entry| Command::Entry { entry: EntryId(entry.clone()) },
        |shell, reply| match reply {
            Reply::Entry(page) => {
                shell.change(Change::Banner(page.banner.clone()));
                Some(*page)
            }
            _ => None,
        },
    );
    let line = asked.answer.as_ref().map(|page| &page.line);
    let title = line.map_or_else(|| t!("entry"), |line| titles::short_title(&line.title));
    let back = line.and_then(|line| Section::of_kind(line.kind)).map_or_else(
        || (Route::Timeline, t!("nav-timeline")),
        |section| (Route::Section { number: section.number() }, section.words()),
    );
    html! {
        <Page {title} tab={t!("entry")} lead={line.and_then(lead)} back={(back.0, AttrValue::from(back.1))}>
            { shown(&asked, page) }
        </Page>
    }
}

fn lead(line: &EntryLine) -> Option<AttrValue> {
    let when = line.when.as_ref()?;
    let words = dates::when_words(when);
    let words = match dates::zone_words(when) {
        Some(zone) => t!("when-with-zone", date = words, zone = zone),
        None => words,
    };
    Some(match &line.until {
        Some(until) => t!("date-to-date", from = words, to = dates::when_words(until)).into(),
        None => words.into(),
    })
}

fn page(page: &Rc<Entry>) -> Html {
    let series = (page.series.total > 1).then(|| Rc::new(page.series.clone()));
    html! {
        <>
            { disputed(page) }
            { flags(&page.line) }
            { said(page) }
            { for series.map(|series| over_time(&page.line, series)) }
            { if page.files.is_empty() { html! {} } else { section(t!("files-heading"), None, files(&page.line.entry, &page.files)) } }
            { acts(page) }
            { section(t!("trust-heading"), None, trust(page)) }
            { if page.facts.is_empty() { html! {} } else { facts(page) } }
            { if page.links.is_empty() { html! {} } else { links(&page.links) } }
            { if page.versions.len() > 1 {
                section(t!("versions"), Some(t!("versions-note")), versions(page))
            } else { html! {} } }
            <section class="section"><h2>{ t!("source-heading") }</h2><Source text={page.source_json.clone()} /></section>
        </>
    }
}

fn versions(page: &Entry) -> Html {
    let listed = u32::try_from(page.versions.len()).unwrap_or(u32::MAX);
    let more = page.versions_total.saturating_sub(listed);
    html! {
        <>
            { entries::list(&page.versions, None) }
            { for (more > 0).then(|| html! { <p>{ t!("versions-unlisted", count = more) }</p> }) }
        </>
    }
}

/// So many rows of the table stand on an entry's page at first.
const FIRST_VALUES: usize = 10;

fn over_time(line: &EntryLine, series: Rc<Series>) -> Html {
    let name = titles::short_title(&line.title);
    let words = t!("review-over-time", name = titles::in_sentence(&name));
    html! {
        <>
            <OverTime key={line.entry.0.clone()} {series} {name} here={line.entry.clone()} first={FIRST_VALUES} />
            <p class="after-chart no-print">{ link(Route::Review { entry: line.entry.0.clone() }, words) }</p>
        </>
    }
}

/// That it has several versions, and where that is settled.
fn disputed(page: &Entry) -> Html {
    if page.live_versions < 2 {
        return html! {};
    }
    let to = Route::Versions { entry: page.line.entry.0.clone() };
    let body = html! {
        <><p>{ t!("versions-why") }</p><div class="actions no-print">{ button_link(to, Look::Primary, None, t!("versions-open"), "") }</div></>
    };
    panel("panel-know", t!("versions-live", count = page.live_versions), body)
}

fn flags(line: &EntryLine) -> Html {
    if !line.wrong && !line.superseded {
        return html! {};
    }
    html! {
        <p class="row">
            { for line.wrong.then(|| tag(Tone::Attention, None, t!("flag-wrong"))) }
            { for line.superseded.then(|| tag(Tone::Neutral, None, t!("flag-superseded"))) }
        </p>
    }
}

fn part(name: String, body: Html) -> Html {
    html! { <div class="result-part"><p class="part-name">{ name }</p>{ body }</div> }
}

fn said(page: &Entry) -> Html {
    let line = &page.line;
    let meaning = meaning::of(line.value.as_ref(), line.range.as_ref(), line.interpretation.as_deref());
    let bar = line.value.as_ref().zip(line.range.as_ref()).and_then(|(value, range)| bars::bar(value, range));
    let result = line.value.as_ref().map(|said| match said {
        Value::Components(parts) => components(parts),
        other => html! {
            <>
                { for values::shown(other, Digits::AsWritten).map(|shown| value(&shown, "value-page", "value-page-words")) }
                { match other {
                    Value::Absent(why) => html! { <p class="quiet">{ t!("absent-why", why = why) }</p> },
                    _ => html! {},
                } }
            </>
        },
    });
    let status = line.fhir_status.as_deref().map(|status| lines::status_words(line, status));
    let full = (titles::short_title(&line.title) != line.title).then(|| line.title.clone());
    html! {
        <div class="card result">
            { for result.map(|body| part(t!("result"), body)) }
            { for bar.as_ref().map(range_bar) }
            { for line.range.as_ref().and_then(values::range_words).map(|words| part(t!("usual-range"), html! { <p dir="auto">{ words }</p> })) }
            { for meaning.as_ref().map(|meaning| part(t!("what-it-means"), sentence(meaning))) }
            { for line.detail.as_ref().map(|detail| part(t!("detail"), html! { <p>{ detail }</p> })) }
            { for status.map(|status| part(t!("status"), html! { <p>{ status }</p> })) }
            { for full.map(|full| part(t!("full-name"), html! { <p>{ full }</p> })) }
            { part(t!("recorded"), html! { <p>{ lines::capital(&lines::from_whom(line)) }</p> }) }
        </div>
    }
}

fn components(parts: &[Part]) -> Html {
    let one = |part: &Part| {
        let shown = values::shown(&part.value, Digits::AsWritten);
        html! {
            <div>
                <p class="part-name">{ titles::short_title(&part.name) }</p>
                { for shown.map(|shown| value(&shown, "value", "value-words")) }
            </div>
        }
    };
    html! { <div class="parts">{ for parts.iter().map(one) }</div> }
}

/// Elements whose words stand at the top of the page already.
const SAID_ABOVE: [&str; 2] = ["status", "clinicalStatus"];

fn facts(page: &Entry) -> Html {
    let facts = page.facts.iter().filter(|fact| !SAID_ABOVE.contains(&fact.path.as_str()));
    let rows = facts.map(|fact| row(fact.label.clone(), html! { { dates::fact_words(&fact.text) } }, None));
    // Names of elements are those of the standard, in its language.
    section(t!("more-facts"), None, html! { <div class="card" lang="en" dir="ltr">{ summary(rows) }</div> })
}

fn links(links: &[Link]) -> Html {
    let rows = links.iter().map(|link| entries::row(&link.line, Some(&link.label)));
    section(t!("linked"), None, html! { <div class="card card-flush"><ul>{ for rows }</ul></div> })
}
