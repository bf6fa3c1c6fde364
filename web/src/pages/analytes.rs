//! Test results and vital signs: one row for each thing that is measured, and below it what has no value.

use chartchain_vault::protocol::{Analytes, Command, Fault, Kind, LatestValue, Query, Reply, Timeline};
use yew::prelude::*;

use crate::components::basics::{empty, section, sentence, shown};
use crate::components::button::{Look, button_link, link};
use crate::components::entries;
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::pager::Pager;
use crate::components::value_card::review_or_entry;
use crate::hooks::ask::use_load;
use crate::hooks::lines::lines;
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::kinds::Section;
use crate::view::{dates, meaning, titles, values};

const PAGE: u32 = 60;

/// Properties of [`AnalytesPage`].
#[derive(Properties, PartialEq)]
pub struct AnalytesProps {
    /// Which page it is.
    pub which: Section,
    /// What it shows.
    pub kind: Kind,
}

/// The page.
#[component]
pub fn AnalytesPage(props: &AnalytesProps) -> Html {
    let shell = use_context::<Shell>();
    let (limit, others) = (use_state(|| PAGE), use_state(|| PAGE));
    let asked = use_load((props.kind, *limit, *others), |shell, (kind, limit, others)| async move {
        let query = Query { kinds: vec![kind], without_values: true, ..Query::default() };
        Ok((rows(&shell, kind, limit).await?, lines(&shell, &query, others).await?))
    });
    let name = shell.map(|shell| shell.first_name()).unwrap_or_default();
    let which = props.which;
    html! {
        <Page title={which.words()} tab={t!("tab-list")}>
            { shown(&asked, |answer| {
                let (measured, rest) = (&answer.0, &answer.1);
                if measured.total == 0 && rest.total == 0 {
                    let add = button_link(Route::Add, Look::Secondary, Some(Icon::Plus), t!("add-to-record"), "");
                    return empty(which.icon(), which.empty_words(&name), t!("empty-how"), add);
                }
                html! { <>{ table(measured, &more(&limit)) }{ below(rest, &more(&others)) }</> }
            }) }
        </Page>
    }
}

fn more(limit: &UseStateHandle<u32>) -> Callback<()> {
    let limit = limit.clone();
    Callback::from(move |()| limit.set(*limit + PAGE))
}

async fn rows(shell: &Shell, kind: Kind, limit: u32) -> Result<Analytes, Fault> {
    let reply = shell.ask(Command::Analytes { kind, offset: 0, limit }).await?;
    let Reply::Analytes(found) = reply else { return Err(unexpected()) };
    shell.change(Change::Banner(found.banner.clone()));
    Ok(found)
}

fn table(found: &Analytes, more: &Callback<()>) -> Html {
    if found.total == 0 {
        return html! {};
    }
    html! {
        <>
            <div class="card">
                <table id="analytes" class="table-cards analytes">
                    <caption>{ t!("analytes-caption", count = found.total) }</caption>
                    <thead><tr>
                        <th scope="col">{ t!("analyte-name") }</th>
                        <th scope="col" class="number">{ t!("review-newest") }</th>
                        <th scope="col">{ t!("usual-range") }</th>
                        <th scope="col">{ t!("what-it-means") }</th>
                        <th scope="col">{ t!("taken") }</th>
                    </tr></thead>
                    <tbody>{ for found.rows.iter().map(row) }</tbody>
                </table>
            </div>
            <Pager shown={found.rows.len()} total={found.total} step={PAGE} items="#analytes tbody th a" more={more.clone()} />
        </>
    }
}

fn row(latest: &LatestValue) -> Html {
    let line = &latest.line;
    let meaning = meaning::of(line.value.as_ref(), latest.range.as_ref(), latest.interpretation.as_deref());
    let range = latest.range.as_ref().and_then(values::range_words);
    let when = line.when.as_ref().map_or_else(|| t!("no-date"), dates::day_words);
    html! {
        <tr key={line.entry.0.clone()}>
            <th scope="row">{ link(review_or_entry(latest), titles::short_title(&line.title)) }</th>
            <td class="number analyte-value"><span class="isolate">{ line.value.as_ref().and_then(values::line).unwrap_or_else(|| t!("no-data")) }</span></td>
            <td>{ range.map_or_else(|| html! { <span class="quiet">{ t!("no-range") }</span> }, |words| html! { <span class="isolate">{ words }</span> }) }</td>
            <td>{ meaning.as_ref().map_or_else(|| html! { <span class="quiet">{ t!("no-meaning") }</span> }, sentence) }</td>
            <td>{ when }<br /><span class="small quiet">{ t!("analyte-values", count = latest.count) }</span></td>
        </tr>
    }
}

fn below(rest: &Timeline, more: &Callback<()>) -> Html {
    if rest.total == 0 {
        return html! {};
    }
    let shown = rest.lines.len();
    section(
        t!("others-heading"),
        Some(t!("showing", shown = shown, total = rest.total)),
        html! {
            <>
                { entries::rail(&rest.lines) }
                <Pager {shown} total={rest.total} step={PAGE} items=".rail-item .thing-title a" more={more.clone()} />
            </>
        },
    )
}
