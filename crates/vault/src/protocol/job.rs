use serde::{Deserialize, Serialize};

use super::{Fault, Verdict};

/// Long work that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct JobId(pub u32);

/// As what to take the record out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportFormat {
    /// FHIR R4 Bundle of type `collection`.
    Bundle,
    /// FHIR R4, one resource a line.
    Ndjson,
}

/// Long work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// What it does.
    pub kind: JobKind,
    /// How far.
    pub state: JobState,
    /// Done so far, in its own unit (blocks, entries).
    pub done: u64,
    /// In all.
    pub total: u64,
}

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobKind {
    /// Brings in an input.
    Import,
    /// Checks everything.
    Verify,
    /// Takes the record out.
    Export,
    /// Makes a backup.
    Backup,
    /// Makes a parcel.
    Parcel,
}

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobState {
    /// Under way.
    Running,
    /// Held.
    Paused,
    /// Ended by the person.
    Cancelled,
    /// Ended by a fault; what was stored before stays.
    Failed(Fault),
    /// Ended.
    Finished(JobResult),
}

/// What came of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobResult {
    /// Of an import.
    Imported {
        /// New entries.
        added: u32,
        /// New versions of entries that were there.
        amended: u32,
        /// Left out because the same version was there already.
        known: u32,
        /// Could not be read.
        rejected: u32,
    },
    /// Of verifying everything.
    Verified(Verdict),
    /// Of a backup: fetch it with [`Command::ExportPart`].
    BackedUp {
        /// Suggested file name; says nothing about health.
        name: String,
        /// How many records are in it.
        records: u32,
        /// How many blocks could not be read any more and are not in it, or not whole.
        unreadable: u32,
        /// How many records are not in it because somebody else founded them: this person's words could not bring them back.
        others: u32,
        /// Length of the file.
        bytes: u64,
    },
    /// Of a parcel: fetch it with [`Command::ExportPart`].
    Packed {
        /// Suggested file name; says nothing about health.
        name: String,
        /// How many blocks are in it.
        blocks: u32,
        /// The number that both people compare, 24 digits, where it lets a device in.
        number: Option<String>,
        /// Length of the file.
        bytes: u64,
    },
    /// Of an export: fetch it with [`Command::ExportPart`].
    Exported {
        /// Suggested file name; says nothing about health.
        name: String,
        /// How many resources.
        resources: u32,
        /// How many more the record holds, but cannot be read any more.
        unreadable: u32,
        /// Length of the file.
        bytes: u64,
    },
}
