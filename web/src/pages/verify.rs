//! Verify everything: start, progress, and the verdict in words.

use chartchain_vault::protocol::{Command, JobKind, JobResult, JobState, Problem, Verdict};
use yew::prelude::*;

use crate::components::basics::{panel, problem};
use crate::components::button::Button;
use crate::components::icon::{Icon, icon};
use crate::components::job::JobCard;
use crate::hooks::session::{Shell, is_under_way};
use crate::pages::entry_trust::short;
use crate::services::browser;
use crate::t;
use crate::view::statuses;

/// Properties of [`Verify`].
#[derive(Properties, PartialEq)]
pub struct VerifyProps {
    /// When everything was last verified without a fault, and how many blocks that were.
    pub last: Option<(i64, u32)>,
}

/// The card and what came of it.
#[component]
pub fn Verify(props: &VerifyProps) -> Html {
    let fault = use_state(|| None);
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    let job = shell.job(JobKind::Verify);
    if let Some(job) = job.clone().filter(is_under_way) {
        return html! { <JobCard {job} /> };
    }
    let start = {
        let (shell, fault) = (shell.clone(), fault.clone());
        Callback::from(move |()| {
            let (shell, fault) = (shell.clone(), fault.clone());
            fault.set(None);
            wasm_bindgen_futures::spawn_local(async move {
                if let Err(why) = shell.ask(Command::Verify).await {
                    fault.set(Some(why));
                }
            });
        })
    };
    let last =
        props.last.map(|(at_ms, blocks)| t!("verified-last", date = browser::local(at_ms).words(), count = blocks));
    html! {
        <>
            { match job.map(|job| job.state) {
                Some(JobState::Finished(JobResult::Verified(verdict))) => html! { <div role="status">{ outcome(&verdict) }</div> },
                Some(JobState::Failed(why)) => problem(&why, None),
                Some(JobState::Cancelled) => panel("panel-know", t!("verify-cancelled-title"), html! { <p>{ t!("verify-cancelled") }</p> }),
                _ => html! {},
            } }
            { for (*fault).as_ref().map(|fault| problem(fault, None)) }
            <div class="card stack">
                <h2>{ t!("verify-title") }</h2>
                <p class="dense">{ t!("verify-what") }</p>
                <p class="dense quiet">{ last.unwrap_or_else(|| t!("verified-never")) }</p>
                <div class="actions"><Button picture={Icon::Shield} words={t!("verify-now")} onclick={start} /></div>
            </div>
        </>
    }
}

fn outcome(verdict: &Verdict) -> Html {
    let (blocks, entries, signatures) = (verdict.blocks, verdict.entries, verdict.signatures);
    let counts = html! {
        <p>{ t!("verdict-blocks", count = blocks) }{ ", " }{ t!("count-entries", count = entries) }{ ", " }{ t!("verdict-signatures", count = signatures) }</p>
    };
    if verdict.problems.is_empty() && verdict.problems_total == 0 {
        return panel("panel-ok", t!("verdict-good"), html! { <><p>{ t!("verdict-good-why") }</p>{ counts }</> });
    }
    let left = verdict.problems_total.saturating_sub(u32::try_from(verdict.problems.len()).unwrap_or(u32::MAX));
    panel(
        "panel-urgent",
        t!("verdict-bad", count = verdict.problems_total),
        html! {
            <>
                <p>{ t!("verdict-bad-why") }</p>
                <ul class="problems">{ for verdict.problems.iter().map(one) }</ul>
                { if left > 0 { html! { <p>{ t!("verdict-more", count = left) }</p> } } else { html! {} } }
                <p>{ t!("verdict-bad-do") }</p>
                { counts }
            </>
        },
    )
}

fn one(problem: &Problem) -> Html {
    let place = match (problem.block, problem.row) {
        (Some(block), Some(row)) => t!("problem-at-row", block = block.to_string(), row = row.to_string()),
        (Some(block), None) => t!("problem-at-block", block = block.to_string()),
        (None, _) => t!("problem-at-unknown"),
    };
    html! {
        <li class="row">
            { icon(Icon::Cross) }
            <span><b>{ place }</b>{ " " }{ statuses::problem_words(problem.code) }{ for problem.hash.as_deref().map(|hash| html! { <span class="mono small">{ " " }{ short(hash) }</span> }) }</span>
        </li>
    }
}
