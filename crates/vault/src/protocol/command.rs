use chartchain_docs::{DocumentName, Edit};
use chartchain_fhir::Person;
use chartchain_fhir::form::{Form, FormProblem};
use serde::{Deserialize, Serialize};

use super::{
    Blocks, DocumentPage, EntryId, EntryPage, ExportFormat, Fault, Home, InputId, Inspection, Job, JobId, LedgerCard,
    LedgerId, NotesPage, PersonCard, PersonId, Query, Secret, Settings, Timeline, WordsProblem,
};

/// What the engine can be asked to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Command {
    /// Who keeps a record in this browser profile? → [`Reply::People`]
    ListPeople,
    /// Add a person and unlock. → [`Reply::Unlocked`]
    CreatePerson {
        /// What unlocks from now on. At least 8 characters.
        passphrase: Secret,
        /// The recovery words that the person has already, from the device of a backup; `None` makes fresh ones.
        words: Option<Secret>,
    },
    /// Do these words open this backup? Needs nobody unlocked. → [`Reply::RecoveryChecked`]
    CheckBackup {
        /// The beginning of the file, 8 KiB or all of it.
        head: Vec<u8>,
        /// All 24 recovery words, separated by white space.
        words: Secret,
    },
    /// Begin to bring back the records of a backup. → [`Reply::Done`]
    BeginRestore {
        /// All 24 recovery words.
        words: Secret,
    },
    /// The next piece of the backup. A fault ends the restore, and nothing of it stays. → [`Reply::Done`]
    RestorePart {
        /// At most 1 MiB.
        bytes: Vec<u8>,
        /// Nothing follows: then [`Reply::Restored`] answers.
        last: bool,
    },
    /// End a restore before its end: nothing of it stays. → [`Reply::Done`]
    DropRestore,
    /// Make a backup of all records of the unlocked person. → [`Reply::Started`]; ends with [`JobResult::BackedUp`]
    Backup,
    /// Unlock a person; locks whoever was unlocked. → [`Reply::Unlocked`]
    Unlock {
        /// Who.
        person: PersonId,
        /// Their passphrase.
        passphrase: Secret,
    },
    /// Unlock a person whose passphrase is forgotten, and give them a new one. → [`Reply::Unlocked`]
    UnlockWithWords {
        /// Who.
        person: PersonId,
        /// All 24 recovery words, separated by white space.
        words: Secret,
        /// What unlocks from now on. At least 8 characters.
        passphrase: Secret,
    },
    /// Change the passphrase of the unlocked person. → [`Reply::Done`]
    ChangePassphrase {
        /// What unlocked until now.
        old: Secret,
        /// What unlocks from now on. At least 8 characters.
        new: Secret,
    },
    /// Look around with a made-up person whom only memory holds: locking ends them. → [`Reply::Unlocked`]
    Try {
        /// Which made-up person.
        seed: u64,
    },
    /// Forget all keys. → [`Reply::Done`]
    Lock,
    /// Delete a person and everything of theirs from this device, for ever. → [`Reply::Done`]
    DeletePerson {
        /// Who.
        person: PersonId,
        /// Their passphrase, so that nobody deletes someone else's record.
        passphrase: Secret,
    },
    /// Which ledgers does the unlocked person hold? → [`Reply::Ledgers`]
    ListLedgers,
    /// Start an empty ledger for someone and open it. → [`Reply::Opened`]
    CreateLedger {
        /// Whose it is.
        subject: Person,
    },
    /// Make a ledger of a made-up person, filled, and open it. → [`Reply::Opened`]
    CreateMadeUp {
        /// Which made-up person.
        seed: u64,
    },
    /// Open one of the person's ledgers. → [`Reply::Opened`]
    OpenLedger {
        /// Which.
        ledger: LedgerId,
    },
    /// First page. → [`Reply::Home`]
    Home,
    /// Entries, newest first. → [`Reply::Timeline`]
    Timeline(Query),
    /// One entry in full. → [`Reply::Entry`]
    Entry {
        /// Which.
        entry: EntryId,
    },
    /// What has to be mended in a form, and what is asked? → [`Reply::FormChecked`]
    CheckForm {
        /// As it is filled in.
        form: Box<Form>,
    },
    /// Write a form as a new entry, or as the next version of one. Questions are taken as answered. → [`Reply::Saved`]
    SaveForm {
        /// As it is filled in.
        form: Box<Form>,
        /// The entry that it replaces.
        amends: Option<EntryId>,
    },
    /// The form that an entry can be amended with. → [`Reply::Form`]
    EditForm {
        /// Which entry.
        entry: EntryId,
    },
    /// Say that an entry was made in error. It stays readable as an old version. → [`Reply::Saved`]
    MarkWrong {
        /// Which entry.
        entry: EntryId,
    },
    /// What a document says. → [`Reply::Document`]
    Document {
        /// Which.
        name: DocumentName,
    },
    /// Change a document: all of the edits or none. → [`Reply::Document`]
    EditDocument {
        /// Which; `None` begins a note.
        name: Option<DocumentName>,
        /// What the person did.
        edits: Vec<Edit>,
    },
    /// Begin a new generation of a document, which says the same and has no past. → [`Reply::Document`]
    ForgetPast {
        /// Which.
        name: DocumentName,
    },
    /// All notes. → [`Reply::Notes`]
    Notes,
    /// Announce bytes that come in parts of at most 1 MiB. → [`Reply::Input`]
    BeginInput {
        /// File name for people; empty for pasted text.
        name: String,
        /// Length, where known.
        size_bytes: u64,
    },
    /// The next part. → [`Reply::Done`]
    InputPart {
        /// Of which input.
        input: InputId,
        /// At most 1 MiB.
        bytes: Vec<u8>,
    },
    /// All parts were sent: read it and say what is in it, change nothing. → [`Reply::Inspection`]
    Inspect {
        /// Which input.
        input: InputId,
    },
    /// Bring it in. → [`Reply::Started`]; the job ends with [`JobResult::Imported`]
    Import {
        /// Which input, inspected before.
        input: InputId,
        /// Which of the people in it belong into the open ledger (`key`s of [`FoundPerson`]).
        people: Vec<String>,
    },
    /// Put it away again. → [`Reply::Done`]
    DropInput {
        /// Which input.
        input: InputId,
    },
    /// Blocks, newest first. → [`Reply::Blocks`]
    Blocks {
        /// How many to pass over.
        offset: u32,
        /// At most this many; the engine caps it at 200.
        limit: u32,
    },
    /// Check every block, every entry and the index. → [`Reply::Started`]; ends with [`JobResult::Verified`]
    Verify,
    /// Take the whole record out. → [`Reply::Started`]; ends with [`JobResult::Exported`]
    Export {
        /// As what.
        format: ExportFormat,
        /// Only these entries' current versions, or all versions too.
        all_versions: bool,
    },
    /// The next part of an export or a backup. → [`Reply::Part`]; empty when all was given.
    ExportPart {
        /// The job that made it.
        job: JobId,
        /// From which byte.
        offset: u64,
    },
    /// What is under way. → [`Reply::Jobs`]
    ListJobs,
    /// Hold a job where it is. → [`Reply::Done`]
    PauseJob(JobId),
    /// Go on. → [`Reply::Done`]
    ResumeJob(JobId),
    /// End a job, or put away an import that failed. What it has stored stays. → [`Reply::Done`]
    CancelJob(JobId),
    /// The recovery words, while the recovery card is not done. → [`Reply::RecoveryWords`]
    RecoveryWords,
    /// Check words that the person wrote down; right ones finish the recovery card. → [`Reply::RecoveryChecked`]
    CheckRecovery {
        /// All 24 words, separated by white space.
        words: Secret,
    },
    /// Settings of the unlocked person. → [`Reply::Settings`]
    LoadSettings,
    /// Store settings. → [`Reply::Settings`]
    SaveSettings(Settings),
    /// The person did something: auto-lock starts anew. → [`Reply::Done`]
    Touch,
}

/// Answers to commands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Reply {
    /// Nothing more to say.
    Done,
    /// People of this browser profile.
    People(Vec<PersonCard>),
    /// Now unlocked.
    Unlocked {
        /// Who.
        person: PersonCard,
        /// Their ledgers.
        ledgers: Vec<LedgerCard>,
        /// Work that was interrupted and goes on.
        resumed: Vec<JobId>,
    },
    /// The person's ledgers.
    Ledgers(Vec<LedgerCard>),
    /// The records of a backup are back.
    Restored {
        /// The person's ledgers.
        ledgers: Vec<LedgerCard>,
        /// Blocks that the backup lacks, because they were damaged when it was made.
        left_out: u32,
    },
    /// Now open.
    Opened(LedgerCard),
    /// First page.
    Home(Box<Home>),
    /// A page of entries.
    Timeline(Timeline),
    /// One entry.
    Entry(Box<EntryPage>),
    /// What has to be mended in a form, and what is asked.
    FormChecked(Vec<FormProblem>),
    /// Durable as this entry.
    Saved(EntryId),
    /// A form filled in as an entry says; `None` where amending by a form would lose something.
    Form(Option<Box<Form>>),
    /// A document.
    Document(Box<DocumentPage>),
    /// All notes.
    Notes(NotesPage),
    /// Send its parts under this name.
    Input(InputId),
    /// What is in an input.
    Inspection(Inspection),
    /// A job runs.
    Started(JobId),
    /// A page of blocks.
    Blocks(Blocks),
    /// Part of an export.
    Part(Vec<u8>),
    /// What is under way or just ended.
    Jobs(Vec<Job>),
    /// 24 words.
    RecoveryWords(Secret),
    /// What is wrong with the words; `None` if they are right.
    RecoveryChecked(Option<WordsProblem>),
    /// Settings.
    Settings(Settings),
}

/// What happens without being asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Event {
    /// A job moved on or ended.
    Job(Job),
    /// The record changed: pages ask anew.
    Changed,
    /// Keys are forgotten.
    Locked(LockReason),
}

/// Why keys were forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockReason {
    /// The person asked for it.
    Asked,
    /// Nobody did anything for as long as the settings say.
    Idle,
    /// Another tab took over writing.
    TakenOver,
}

/// Sent to the worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Comes back with the answer.
    pub id: u32,
    /// What to do.
    pub command: Command,
}

/// Sent by the worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Message {
    /// Answer to a request.
    Answer {
        /// Of which request.
        id: u32,
        /// What came of it.
        result: Result<Reply, Fault>,
    },
    /// Something happened.
    Event(Event),
}
