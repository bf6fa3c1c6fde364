//! Long work: a thin bar on every page, and the full account on its own.

use chartchain_vault::protocol::{Command, Job, JobKind, JobState};
use yew::prelude::*;

use super::button::{Button, Look, link};
use super::icon::Icon;
use crate::hooks::session::{Shell, is_under_way};
use crate::route::Route;
use crate::t;

/// The page of a job.
#[must_use]
pub const fn route_of(kind: JobKind) -> Route {
    match kind {
        JobKind::Import => Route::Add,
        JobKind::Verify => Route::History,
        JobKind::Export => Route::TakeOut,
        JobKind::Backup => Route::Backup,
        JobKind::Parcel => Route::SendFile,
    }
}

fn percent(job: &Job) -> u64 {
    percent_of(job.done, job.total)
}

fn percent_of(done: u64, total: u64) -> u64 {
    (done.min(total) * 100).checked_div(total).unwrap_or(0)
}

fn name(kind: JobKind) -> String {
    match kind {
        JobKind::Import => t!("job-import"),
        JobKind::Verify => t!("job-verify"),
        JobKind::Export => t!("job-export"),
        JobKind::Backup => t!("job-backup"),
        JobKind::Parcel => t!("job-parcel"),
    }
}

/// How far a job is, in its own unit.
#[must_use]
pub fn count_words(job: &Job) -> String {
    match job.kind {
        _ if job.total == 0 => t!("job-beginning"),
        JobKind::Backup | JobKind::Parcel => t!("job-of-blocks", done = job.done, total = job.total),
        JobKind::Verify => t!("job-of-checks", done = job.done, total = job.total),
        JobKind::Import | JobKind::Export => t!("job-of-entries", done = job.done, total = job.total),
    }
}

/// A progress bar.
pub fn progress(label: String, done: u64, total: u64) -> Html {
    let percent = percent_of(done, total);
    html! {
        <svg class="progress" role="progressbar" aria-label={label} aria-valuemin="0" aria-valuemax="100" aria-valuenow={percent.to_string()}>
            <rect class="progress-track" width="100%" height="100%" />
            <rect class="progress-fill" width={format!("{percent}%")} height="100%" rx="4" />
        </svg>
    }
}

/// The thin bar on pages that are not the job's own.
pub fn job_bar(jobs: &[Job], current: &Route) -> Html {
    let running = jobs.iter().filter(|job| is_under_way(job) && route_of(job.kind) != *current);
    let bar = |job: &Job| {
        let words = if job.state == JobState::Paused { t!("job-paused", job = name(job.kind)) } else { name(job.kind) };
        html! {
            <section class="job-bar" aria-label={words.clone()} key={job.id.0}>
                { link(route_of(job.kind), words.clone()) }
                { progress(words, job.done, job.total) }
                <span>{ t!("percent", count = percent(job).to_string()) }</span>
            </section>
        }
    };
    html! { <>{ for running.map(bar) }</> }
}

/// Properties of [`JobCard`].
#[derive(Properties, PartialEq)]
pub struct JobCardProps {
    /// The job.
    pub job: Job,
}

/// The full account of a job that is under way.
#[component]
pub fn JobCard(props: &JobCardProps) -> Html {
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    let job = &props.job;
    let tell = |command: Command| {
        let engine = shell.engine.clone();
        Callback::from(move |()| engine.tell(command.clone()))
    };
    let is_paused = job.state == JobState::Paused;
    html! {
        <div class="card stack">
            <div class="spread">
                <h2>{ name(job.kind) }</h2>
                <p class="quiet dense">{ count_words(job) }</p>
            </div>
            { progress(name(job.kind), job.done, job.total) }
            <div class="actions">
                { if is_paused {
                    html! { <Button look={Look::Secondary} picture={Icon::Play} words={t!("resume")} onclick={tell(Command::ResumeJob(job.id))} /> }
                } else {
                    html! { <Button look={Look::Secondary} picture={Icon::Pause} words={t!("pause")} onclick={tell(Command::PauseJob(job.id))} /> }
                } }
                <Button look={Look::Quiet} words={t!("cancel")} onclick={tell(Command::CancelJob(job.id))} />
                <span class="small quiet">{ t!("job-leave") }</span>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::JobId;

    use super::*;

    #[test]
    fn progress_never_passes_a_hundred() {
        let job = |done, total| Job { id: JobId(1), kind: JobKind::Import, state: JobState::Running, done, total };
        assert_eq!([percent(&job(0, 0)), percent(&job(5, 10)), percent(&job(11, 10))], [0, 50, 100]);
    }
}
