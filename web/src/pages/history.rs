//! Every block of the record, who signed it and how firmly it holds.

use std::rc::Rc;

use chartchain_vault::protocol::{BlockLine, Blocks, Command, Fault, ForkLine, Reply, Status};
use yew::prelude::*;

use crate::components::basics::{problem, section};
use crate::components::button::{Button, Look};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::pager::Pager;
use crate::components::ring;
use crate::hooks::session::{Change, Shell};
use crate::pages::entry_trust::short;
use crate::pages::verify::Verify;
use crate::services::browser::{self, Download};
use crate::services::engine::unexpected;
use crate::t;
use crate::view::{faults, statuses};

const PAGE: u32 = 25;
const MOST_AT_ONCE: u32 = 200;

async fn load(shell: &Shell, limit: u32) -> Result<Blocks, Fault> {
    let mut all: Option<Blocks> = None;
    loop {
        let offset = all.as_ref().map_or(0, |all| u32::try_from(all.lines.len()).unwrap_or(u32::MAX));
        if offset >= limit || all.as_ref().is_some_and(|all| offset >= all.total) {
            break;
        }
        let command = Command::Blocks { offset, limit: (limit - offset).min(MOST_AT_ONCE) };
        let Reply::Blocks(page) = shell.ask(command).await? else { return Err(unexpected()) };
        let is_end = page.lines.is_empty();
        match &mut all {
            None => all = Some(page),
            Some(all) => all.lines.extend(page.lines),
        }
        if is_end {
            break;
        }
    }
    all.ok_or_else(unexpected)
}

/// The page.
#[component]
pub fn History() -> Html {
    let shell = use_context::<Shell>();
    let limit = use_state(|| PAGE);
    let blocks = use_state(|| None::<Rc<Blocks>>);
    let fault = use_state(|| None::<Fault>);
    let newest = use_mut_ref(|| 0_u32);
    let revision = shell.as_ref().map_or(0, |shell| shell.session.revision);
    let ended = shell
        .as_ref()
        .map_or(0, |shell| shell.session.jobs.iter().filter(|job| !crate::hooks::session::is_under_way(job)).count());
    {
        let (blocks, fault) = (blocks.clone(), fault.clone());
        use_effect_with((*limit, revision, ended), move |(limit, ..)| {
            let mine = {
                let mut newest = newest.borrow_mut();
                *newest = newest.wrapping_add(1);
                *newest
            };
            let limit = *limit;
            if let Some(shell) = shell {
                wasm_bindgen_futures::spawn_local(async move {
                    let result = load(&shell, limit).await;
                    if *newest.borrow() != mine {
                        return;
                    }
                    match result {
                        Ok(all) => {
                            shell.change(Change::Banner(all.banner.clone()));
                            blocks.set(Some(Rc::new(all)));
                            fault.set(None);
                        }
                        Err(why) => fault.set(Some(why)),
                    }
                });
            }
        });
    }
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set(*limit + PAGE))
    };
    html! {
        <Page title={t!("nav-history")} lead={t!("history-lead")}>
            <Verify last={blocks.as_ref().and_then(|blocks| blocks.last_verified)} />
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            { for blocks.as_ref().map(|blocks| html! {
                <>
                    { for blocks.forks.iter().map(fork) }
                    { section(t!("blocks-all"), None, table(blocks, &more)) }
                </>
            }) }
            { section(t!("words-mean"), None, meanings()) }
        </Page>
    }
}

fn table(blocks: &Blocks, more: &Callback<()>) -> Html {
    let shown = blocks.lines.len();
    html! {
        <>
            <div class="card table-box">
                <table id="blocks" class="table-cards">
                    <caption>{ t!("blocks-caption") }{ " " }<span class="quiet">{ t!("blocks-shown", shown = shown, total = blocks.total) }</span></caption>
                    <thead><tr>
                        <th scope="col">{ t!("written") }</th>
                        <th scope="col">{ t!("what") }</th>
                        <th scope="col">{ t!("signed-by") }</th>
                        <th scope="col">{ t!("status") }</th>
                        <th scope="col">{ t!("block") }</th>
                        <th scope="col" class="number">{ t!("size") }</th>
                    </tr></thead>
                    <tbody>{ for blocks.lines.iter().map(row) }</tbody>
                </table>
            </div>
            <Pager {shown} total={blocks.total} step={PAGE} items="#blocks tbody tr" more={more.clone()} />
        </>
    }
}

fn row(block: &BlockLine) -> Html {
    html! {
        <tr tabindex="-1">
            <td class="block-when">
                { browser::local(block.at_ms).words() }
                { if block.time_doubtful { html! { <span class="small quiet">{ " " }{ t!("time-doubtful-short") }</span> } } else { html! {} } }
            </td>
            <th scope="row">{ statuses::block_words(block.kind, block.entries, &block.titles) }</th>
            <td>{ if block.this_device { t!("by-you-here") } else { t!("by-other-device") } }</td>
            <td>{ ring::status(block.status) }</td>
            <td class="mono small" title={block.hash.clone()}>{ short(&block.hash) }</td>
            <td class="number small"><span class="isolate">{ faults::size_words(block.bytes) }</span></td>
        </tr>
    }
}

fn fork(fork: &ForkLine) -> Html {
    let save = {
        let proof = fork.proof.clone();
        Callback::from(move |()| {
            let download = Download::default();
            download.add(&proof);
            let _ = download.save("fork.proof", "application/octet-stream");
        })
    };
    html! {
        <section class="section">
            <h2>{ t!("needs-choice") }</h2>
            <div class="card card-aside stack">
                <div class="trust-head">{ ring::ring(Status::Quarantined) }<h3>{ t!("fork-title", seq = fork.seq.to_string()) }</h3></div>
                <p class="dense">{ t!("fork-why") }{ " " }<b>{ t!("fork-calm") }</b></p>
                <p class="mono small">{ short(&fork.feed) }</p>
                <div class="actions"><Button look={Look::Secondary} picture={Icon::TakeOut} words={t!("fork-save")} onclick={save} /></div>
            </div>
        </section>
    }
}

fn meanings() -> Html {
    let one = |status: Status, words: String| html! { <div><dt>{ ring::status(status) }</dt><dd>{ words }</dd></div> };
    html! {
        <div class="card stack-m">
            <dl class="meanings">
                { one(Status::Recorded, t!("mean-recorded")) }
                { one(Status::Witnessed { have: 1, needed: 3 }, t!("mean-witnessed")) }
                { one(Status::Final, t!("mean-final")) }
                { one(Status::Quarantined, t!("mean-quarantined")) }
                { one(Status::Void, t!("mean-void")) }
            </dl>
            <p class="dense quiet">{ t!("mean-today") }</p>
        </div>
    }
}
