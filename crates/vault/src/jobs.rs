use std::collections::BTreeMap;

use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::export::ExportJob;
use crate::import::{ImportJob, ImportState, Input};
use crate::open::OpenLedger;
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
    /// An import whose input was damaged while it waited.
    Lost,
}

impl Task {
    pub(crate) fn import(input: Input, people: Vec<String>) -> Result<Self, Fault> {
        Ok(Self::Import(Box::new(ImportJob::begin(input, people)?)))
    }

    pub(crate) async fn resume_import<S: Store>(
        rows: &Rows<S>,
        open: &OpenLedger,
        state: ImportState,
    ) -> Result<Self, Fault> {
        Ok(Self::Import(Box::new(ImportJob::resume(rows, open, state).await?)))
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
            Self::Import(_) | Self::Lost => JobKind::Import,
            Self::Verify(_) => JobKind::Verify,
            Self::Export(_) => JobKind::Export,
        }
    }

    fn progress(&self) -> (u64, u64) {
        match self {
            Self::Import(job) => (job.done(), job.total()),
            Self::Verify(job) => (job.done(), job.total()),
            Self::Export(job) => (job.done(), job.total()),
            Self::Lost => (0, 0),
        }
    }

    /// One slice; the result once there is one.
    async fn step<S: Store>(
        &mut self,
        rows: &Rows<S>,
        open: &mut OpenLedger,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<JobResult>, Fault> {
        match self {
            Self::Import(job) => {
                if !job.step(rows, open, now_ms, rng).await? {
                    return Ok(None);
                }
                job.finish(rows, open, false, rng).await.map(Some)
            }
            Self::Verify(job) => {
                if !job.step(rows, open).await? {
                    return Ok(None);
                }
                let verdict = job.verdict();
                if verdict.problems_total == 0 {
                    let checked = (now_ms, verdict.blocks);
                    let change = |head: &mut crate::open::Head| head.last_verified = Some(checked);
                    match open.store_head(rows, RowBatch::default(), change, rng).await {
                        // What was found holds, even if there is no room to note it.
                        Ok(()) | Err(Fault::StorageFull) => {}
                        Err(fault) => return Err(fault),
                    }
                }
                Ok(Some(JobResult::Verified(verdict)))
            }
            Self::Export(job) => Ok(job.step(rows, open).await?.then(|| job.result())),
            Self::Lost => Err(Fault::NotFound),
        }
    }
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

    /// Remembers an import that cannot go on, so that the person hears of it.
    pub(crate) fn start_lost(&mut self, fault: Fault) -> JobId {
        let id = self.start(Task::Lost);
        if let Some((job, _)) = self.jobs.get_mut(&id.0) {
            job.state = JobState::Failed(fault);
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

    /// Whether an import has not ended yet.
    pub(crate) fn imports(&self) -> bool {
        self.jobs.values().any(|(job, _)| job.kind == JobKind::Import && !is_ended(job))
    }

    /// Whether the job brings in entries, so that pages have something new to show.
    pub(crate) fn changed_record(&self, id: JobId) -> bool {
        self.jobs.get(&id.0).is_some_and(|(job, _)| job.kind == JobKind::Import)
    }

    fn change(&mut self, id: JobId, from: &JobState, to: JobState) -> Result<JobId, Fault> {
        let (job, _) = self.jobs.get_mut(&id.0).ok_or(Fault::NotFound)?;
        if job.state != *from {
            return Err(Fault::NotNow("the job is not in a state for this".into()));
        }
        job.state = to;
        Ok(id)
    }

    pub(crate) fn pause(&mut self, id: JobId) -> Result<JobId, Fault> {
        self.change(id, &JobState::Running, JobState::Paused)
    }

    pub(crate) fn resume(&mut self, id: JobId) -> Result<JobId, Fault> {
        self.change(id, &JobState::Paused, JobState::Running)
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
        if is_ended(job) {
            return Err(Fault::NotNow("the job has ended".into()));
        }
        if let Task::Import(import) = task {
            import.finish(rows, open, true, rng).await?;
        }
        job.state = JobState::Cancelled;
        Ok(())
    }

    /// Does one slice of a job. A fault ends it; an import goes on when its ledger is opened again.
    pub(crate) async fn step<S: Store>(
        &mut self,
        id: JobId,
        rows: &Rows<S>,
        open: &mut OpenLedger,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let (job, task) = self.jobs.get_mut(&id.0).ok_or(Fault::NotFound)?;
        let result = task.step(rows, open, now_ms, rng).await;
        (job.done, job.total) = task.progress();
        match result {
            Ok(None) => Ok(()),
            Ok(Some(result)) => {
                job.state = JobState::Finished(result);
                Ok(())
            }
            Err(fault) => {
                job.state = JobState::Failed(fault.clone());
                Err(fault)
            }
        }
    }

    /// A piece of an export's file; empty behind its end.
    pub(crate) fn export_part(&self, id: JobId, offset: u64) -> Result<Vec<u8>, Fault> {
        match self.jobs.get(&id.0) {
            Some((job, Task::Export(export))) if matches!(job.state, JobState::Finished(_)) => {
                let start = usize::try_from(offset).map_err(|_| Fault::NotFound)?.min(export.bytes().len());
                let rest = export.bytes().get(start..).unwrap_or_default();
                Ok(rest.get(..PART_BYTES).unwrap_or(rest).to_vec())
            }
            _ => Err(Fault::NotFound),
        }
    }
}

const fn is_ended(job: &Job) -> bool {
    matches!(job.state, JobState::Cancelled | JobState::Failed(_) | JobState::Finished(_))
}
