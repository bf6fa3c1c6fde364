use std::collections::BTreeMap;

use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::backup::BackupJob;
use crate::export::ExportJob;
use crate::import::{ImportJob, ImportState, Input};
use crate::open::OpenLedger;
use crate::parcels::ParcelJob;
use crate::platform::Platform;
use crate::protocol::{Event, ExportFormat, Fault, Job, JobId, JobKind, JobResult, JobState};
use crate::rows::{RowBatch, Rows};
use crate::verify::VerifyJob;

/// Parts of an export that are handed out are at most this long.
const PART_BYTES: usize = 1024 * 1024;
/// Ended jobs that are remembered.
const MAX_ENDED: usize = 8;

/// What a job works at.
pub(crate) enum Task {
    Import(Box<ImportJob>),
    Verify(Box<VerifyJob>),
    Export(Box<ExportJob>),
    Backup(Box<BackupJob>),
    Parcel(Box<ParcelJob>),
    /// An import that was interrupted, before its input is read again: how far it is stands in the head.
    Interrupted,
}

impl Task {
    pub(crate) fn import(input: Input, people: Vec<String>) -> Result<Self, Fault> {
        Ok(Self::Import(Box::new(ImportJob::begin(input, people)?)))
    }

    pub(crate) fn verify(open: &OpenLedger) -> Self {
        Self::Verify(Box::new(VerifyJob::begin(open)))
    }

    pub(crate) fn export(open: &OpenLedger, format: ExportFormat, all_versions: bool, now_ms: i64) -> Self {
        Self::Export(Box::new(ExportJob::begin(open, format, all_versions, now_ms)))
    }

    pub(crate) fn import_state(&self) -> Option<&ImportState> {
        match self {
            Self::Import(job) => Some(job.state()),
            _ => None,
        }
    }

    const fn kind(&self) -> JobKind {
        match self {
            Self::Import(_) | Self::Interrupted => JobKind::Import,
            Self::Verify(_) => JobKind::Verify,
            Self::Export(_) => JobKind::Export,
            Self::Backup(_) => JobKind::Backup,
            Self::Parcel(_) => JobKind::Parcel,
        }
    }

    fn progress(&self) -> (u64, u64) {
        match self {
            Self::Import(job) => (job.done(), job.total()),
            Self::Verify(job) => (job.done(), job.total()),
            Self::Export(job) => (job.done(), job.total()),
            Self::Backup(job) => (job.done(), job.total()),
            Self::Parcel(job) => (job.done(), job.total()),
            Self::Interrupted => (0, 0),
        }
    }

    /// One slice of an import; the result once there is one.
    pub(crate) async fn step<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        open: &mut OpenLedger,
    ) -> Result<Option<JobResult>, Fault> {
        let (now_ms, rng) = (platform.now_ms(), &mut platform.rng());
        match self {
            Self::Import(job) => {
                if !job.step(rows, open, now_ms, rng).await? {
                    return Ok(None);
                }
                job.finish(rows, open, rng).await.map(Some)
            }
            Self::Interrupted => {
                let state = open.head.import.clone().ok_or(Fault::NotFound)?;
                match ImportJob::resume(rows, open, state.clone()).await {
                    Ok(job) => {
                        *self = Self::Import(Box::new(job));
                        Ok(None)
                    }
                    Err(lost @ (Fault::Damaged(_) | Fault::Unreadable(_))) => {
                        // The rest of this input is lost; the record is not. If that is not stored, it is said again.
                        let _ = state.put_away(rows, open, rng).await;
                        Err(lost)
                    }
                    Err(fault) => Err(fault),
                }
            }
            Self::Verify(_) | Self::Export(_) | Self::Backup(_) | Self::Parcel(_) => {
                Err(Fault::NotNow("this is no import".into()))
            }
        }
    }

    /// One slice of anything else; the result once there is one.
    pub(crate) async fn step_later<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        open: &mut OpenLedger,
    ) -> Result<Option<JobResult>, Fault> {
        let (now_ms, rng) = (platform.now_ms(), &mut platform.rng());
        match self {
            Self::Verify(job) => {
                if !job.step(platform, rows, open).await? {
                    return Ok(None);
                }
                let verdict = job.verdict();
                if job.is_back() {
                    tolerate_full(open.erase_again(rows, &open.erased, rng).await)?;
                }
                if let Some(chart) = job.take_better_index() {
                    open.chart = chart;
                    tolerate_full(open.store_index(rows, rng).await)?;
                }
                if job.documents_differ() {
                    tolerate_full(open.remake_documents(platform, rows).await)?;
                }
                let (checked, lost) = ((now_ms, verdict.blocks), job.take_lost());
                let change = |head: &mut crate::open::Head| {
                    head.mended = false;
                    head.lost = lost;
                    if verdict.problems_total == 0 {
                        head.last_verified = Some(checked);
                    }
                };
                // What was found holds, even if there is no room to note it.
                tolerate_full(open.store_head(rows, RowBatch::default(), change, rng).await)?;
                Ok(Some(JobResult::Verified(verdict)))
            }
            Self::Export(job) => Ok(job.step(rows, open).await?.then(|| job.result())),
            Self::Backup(job) => Ok(job.step(rows).await?.then(|| job.result())),
            Self::Parcel(job) => Ok(job.step(rows, open).await?.then(|| job.result())),
            Self::Import(_) | Self::Interrupted => Err(Fault::NotNow("this is an import".into())),
        }
    }
}

/// What does one slice of a task.
pub(crate) trait Step<P: Platform>:
    AsyncFnOnce(&mut Task, &P, &Rows<P::Store>, &mut OpenLedger) -> Result<Option<JobResult>, Fault>
{
}

impl<P, F> Step<P> for F
where
    P: Platform,
    F: AsyncFnOnce(&mut Task, &P, &Rows<P::Store>, &mut OpenLedger) -> Result<Option<JobResult>, Fault>,
{
}

/// All jobs of the open ledger; one runs at a time, in order of number.
#[derive(Default)]
pub(crate) struct Jobs {
    jobs: BTreeMap<u32, (Job, Task)>,
    next: u32,
}

impl Jobs {
    pub(crate) fn start(&mut self, task: Task) -> JobId {
        let id = JobId(self.next);
        self.next += 1;
        let (done, total) = task.progress();
        let job = Job { id, kind: task.kind(), state: JobState::Running, done, total };
        self.jobs.insert(id.0, (job, task));
        let ended: Vec<u32> = self.jobs.iter().filter(|(_, (job, _))| is_ended(job)).map(|(id, _)| *id).collect();
        for old in ended.iter().take(ended.len().saturating_sub(MAX_ENDED)) {
            self.jobs.remove(old);
        }
        id
    }

    pub(crate) fn clear(&mut self) {
        self.jobs.clear();
    }

    /// Ends everything that has not ended yet.
    pub(crate) fn fail_all(&mut self, fault: &Fault) {
        for (job, _) in self.jobs.values_mut().filter(|(job, _)| !is_ended(job)) {
            job.state = JobState::Failed(fault.clone());
        }
    }

    pub(crate) fn ids(&self) -> Vec<JobId> {
        self.jobs.keys().map(|id| JobId(*id)).collect()
    }

    pub(crate) fn list(&self) -> Vec<Job> {
        self.jobs.values().map(|(job, _)| job.clone()).collect()
    }

    pub(crate) fn event(&self, id: JobId) -> Option<Event> {
        self.jobs.get(&id.0).map(|(job, _)| Event::Job(job.clone()))
    }

    pub(crate) fn running(&self) -> Option<JobId> {
        self.jobs.values().find(|(job, _)| job.state == JobState::Running).map(|(job, _)| job.id)
    }

    /// What is running.
    pub(crate) fn kind(&self) -> Option<JobKind> {
        self.jobs.values().find(|(job, _)| job.state == JobState::Running).map(|(job, _)| job.kind)
    }

    /// Whether anything has not ended yet.
    pub(crate) fn is_busy(&self) -> bool {
        self.jobs.values().any(|(job, _)| !is_ended(job))
    }

    /// Whether an import has not ended yet.
    pub(crate) fn imports(&self) -> bool {
        self.jobs.values().any(|(job, _)| job.kind == JobKind::Import && !is_ended(job))
    }

    /// Whether the job makes a backup.
    pub(crate) fn is_backup(&self, id: JobId) -> bool {
        self.jobs.get(&id.0).is_some_and(|(job, _)| job.kind == JobKind::Backup)
    }

    /// Whether the job brings in entries, so that pages have something new to show.
    pub(crate) fn changed_record(&self, id: JobId) -> bool {
        self.jobs.get(&id.0).is_some_and(|(job, _)| job.kind == JobKind::Import)
    }

    fn change(&mut self, id: JobId, fits: impl Fn(&JobState, JobKind) -> bool, to: JobState) -> Result<JobId, Fault> {
        let (job, _) = self.jobs.get_mut(&id.0).ok_or(Fault::NotFound)?;
        if !fits(&job.state, job.kind) {
            return Err(Fault::NotNow("the job is not in a state for this".into()));
        }
        job.state = to;
        Ok(id)
    }

    pub(crate) fn pause(&mut self, id: JobId) -> Result<JobId, Fault> {
        self.change(id, |state, _| *state == JobState::Running, JobState::Paused)
    }

    /// Goes on with what is paused; an import also after a fault, for example when there is room again.
    pub(crate) fn resume(&mut self, id: JobId) -> Result<JobId, Fault> {
        let fits = |state: &JobState, kind| {
            *state == JobState::Paused || kind == JobKind::Import && matches!(state, JobState::Failed(_))
        };
        self.change(id, fits, JobState::Running)
    }

    /// Begins to verify once more, where a job of that kind has failed.
    pub(crate) fn verify_anew(&mut self, id: JobId, open: &OpenLedger) -> bool {
        let failed = |job: &Job| job.kind == JobKind::Verify && matches!(job.state, JobState::Failed(_));
        let Some((job, task)) = self.jobs.get_mut(&id.0).filter(|(job, _)| failed(job)) else { return false };
        *task = Task::verify(open);
        job.state = JobState::Running;
        true
    }

    /// Ends a job. What an import has stored stays.
    pub(crate) async fn cancel<S: Store>(
        &mut self,
        id: JobId,
        rows: &Rows<S>,
        open: &mut OpenLedger,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let (job, task) = self.jobs.get_mut(&id.0).ok_or(Fault::NotFound)?;
        let failed_import = job.kind == JobKind::Import && matches!(job.state, JobState::Failed(_));
        if is_ended(job) && !failed_import {
            return Err(Fault::NotNow("the job has ended".into()));
        }
        match task {
            Task::Import(_) | Task::Interrupted => {
                if let Some(state) = open.head.import.clone() {
                    state.put_away(rows, open, rng).await?;
                }
                // What came in is indexed again when the record is opened, if there is no room for it now.
                tolerate_full(open.store_index(rows, rng).await)?;
            }
            Task::Verify(_) | Task::Export(_) | Task::Backup(_) | Task::Parcel(_) => {}
        }
        job.state = JobState::Cancelled;
        Ok(())
    }

    /// Does one slice of a job. A fault ends it; an import goes on when its ledger is opened again.
    pub(crate) async fn step<P: Platform>(
        &mut self,
        platform: &P,
        id: JobId,
        rows: &Rows<P::Store>,
        open: &mut OpenLedger,
        step: impl Step<P>,
    ) -> Result<(), Fault> {
        let (job, task) = self.jobs.get_mut(&id.0).ok_or(Fault::NotFound)?;
        let result = step(task, platform, rows, open).await;
        (job.done, job.total) = task.progress();
        match result {
            Ok(None) => Ok(()),
            Ok(Some(result)) => {
                job.state = JobState::Finished(result);
                Ok(())
            }
            Err(fault) => {
                if matches!(task, Task::Import(_)) {
                    // What is in memory may be ahead of what is stored: what is stored counts.
                    *task = Task::Interrupted;
                }
                job.state = JobState::Failed(fault.clone());
                Err(fault)
            }
        }
    }

    /// A piece of an export's or backup's file; empty behind its end, and then the file is no longer kept here.
    pub(crate) fn file_part(&mut self, id: JobId, offset: u64) -> Result<Vec<u8>, Fault> {
        let file = match self.jobs.get_mut(&id.0) {
            Some((Job { state: JobState::Finished(_), .. }, Task::Export(job))) => &mut job.file,
            Some((Job { state: JobState::Finished(_), .. }, Task::Backup(job))) => &mut job.file,
            Some((Job { state: JobState::Finished(_), .. }, Task::Parcel(job))) => &mut job.file,
            _ => return Err(Fault::NotFound),
        };
        file.take_part(offset, PART_BYTES).ok_or(Fault::NotFound)
    }
}

/// What can be done later need not fail because there is no room now.
pub(crate) fn tolerate_full(result: Result<(), Fault>) -> Result<(), Fault> {
    match result {
        Err(Fault::StorageFull) => Ok(()),
        result => result,
    }
}

const fn is_ended(job: &Job) -> bool {
    matches!(job.state, JobState::Cancelled | JobState::Failed(_) | JobState::Finished(_))
}
