//! What the window (or the command line) and the engine say to each other.
//!
//! Every [`Command`] gets exactly one answer: a [`Reply`] or a [`Fault`]. Long work answers with
//! [`Reply::Started`] at once and reports through [`Event::Job`]. Words for people are made by the interface; what
//! stands here is either structure or text from the record itself.

pub use chartchain_fhir::{Coding, Compartment, Component, Kind, Person, Range, Sex, Value, When, WhenPrecision};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A secret in words, wiped from memory when dropped and never shown by `Debug`.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Secret(pub String);

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// 32 lower-case hex digits: a person of this browser profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonId(pub String);

/// 64 lower-case hex digits: a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LedgerId(pub String);

/// 32 lower-case hex digits: an entry, named by the start of its commitment. Says nothing about its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(pub String);

/// Long work that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct JobId(pub u32);

/// Bytes that are being brought in, sealed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InputId(pub u32);

/// What the engine can be asked to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Command {
    /// Who keeps a record in this browser profile? → [`Reply::People`]
    ListPeople,
    /// Add a person and unlock. → [`Reply::Unlocked`]
    CreatePerson {
        /// What unlocks from now on. At least 8 characters.
        passphrase: Secret,
    },
    /// Unlock a person; locks whoever was unlocked. → [`Reply::Unlocked`]
    Unlock {
        /// Who.
        person: PersonId,
        /// Their passphrase.
        passphrase: Secret,
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
    /// The next part of an export. → [`Reply::Part`]; empty when all was given.
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
    /// End a job. What it has stored stays. → [`Reply::Done`]
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
    /// Now open.
    Opened(LedgerCard),
    /// First page.
    Home(Box<Home>),
    /// A page of entries.
    Timeline(Timeline),
    /// One entry.
    Entry(Box<EntryPage>),
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
    /// Whether the words were right.
    RecoveryChecked(RecoveryCheck),
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

/// Why a command was not carried out. The interface has words for each; none carries content of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Fault {
    /// The passphrase does not open this person.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The passphrase is too short.
    #[error("passphrase is shorter than 8 characters")]
    PassphraseTooShort,
    /// Unlock first.
    #[error("locked")]
    Locked,
    /// Open a ledger first.
    #[error("no ledger is open")]
    NoLedger,
    /// There is no such person, ledger, entry, input or job.
    #[error("not found")]
    NotFound,
    /// The input holds no readable health data.
    #[error("input cannot be read: {0}")]
    Unreadable(Unreadable),
    /// There is no room left on this device. Nothing was half-written.
    #[error("no room left on this device")]
    StorageFull,
    /// Another tab or program has the ledger open for writing.
    #[error("open elsewhere")]
    OpenElsewhere,
    /// What is stored here was changed or damaged, and where.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// The device's storage failed.
    #[error("storage failed: {0}")]
    Storage(String),
    /// Made by a newer version of the program.
    #[error("made by a newer version")]
    TooNew,
    /// The command does not fit what is going on, and why.
    #[error("not possible now: {0}")]
    NotNow(String),
}

/// Why an input cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Unreadable {
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// Not UTF-8 (nor UTF-16 with a byte order mark).
    #[error("it is not text in UTF-8 or UTF-16")]
    Encoding,
    /// Not JSON.
    #[error("it is not JSON (line {line}, column {column})")]
    NotJson {
        /// First line is 1.
        line: u32,
        /// First column is 1.
        column: u32,
    },
    /// JSON, but not FHIR.
    #[error("it is JSON, but not a FHIR resource")]
    NotFhir,
    /// FHIR of another version, and which.
    #[error("it is FHIR {0}, only R4 can be read")]
    OtherVersion(String),
    /// Nested deeper than anyone needs.
    #[error("it is nested too deeply")]
    TooDeep,
    /// Larger than can be read at once.
    #[error("it is larger than {max_bytes} bytes; split it or use NDJSON")]
    TooLarge {
        /// The limit.
        max_bytes: u64,
    },
    /// XML, PDF, zip or another format that is known but cannot be read yet.
    #[error("it is {0}, which cannot be read")]
    OtherFormat(String),
}

/// A person on the lock screen. No name: whoever holds the computer learns how many people use it, not who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    /// Who; empty for somebody who only tries the app with a made-up person.
    pub id: PersonId,
    /// Number of the emblem (picture and word) that tells people apart on the lock screen, 0 to 23.
    pub emblem: u8,
    /// When this person was added, milliseconds since 1970.
    pub created_ms: i64,
}

/// A ledger of the unlocked person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCard {
    /// Which.
    pub id: LedgerId,
    /// Whose record it is.
    pub subject: Person,
    /// A made-up person: banner, and never mixed with real ones.
    pub made_up: bool,
    /// How many entries can be read.
    pub entries: u32,
    /// How many blocks.
    pub blocks: u32,
}

/// Name, birth date, sex and allergies: on every chart page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Banner {
    /// Which ledger.
    pub ledger: LedgerId,
    /// Whose.
    pub subject: Person,
    /// Made-up person.
    pub made_up: bool,
    /// Active allergies, worst first.
    pub allergies: Vec<AllergyLine>,
    /// The record says that there are no known allergies.
    pub no_known_allergies: bool,
}

/// An allergy in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllergyLine {
    /// The entry.
    pub entry: EntryId,
    /// Substance.
    pub substance: String,
    /// How bad, as the source says.
    pub severity: Option<String>,
    /// What happened.
    pub reaction: Option<String>,
}

/// First page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Who.
    pub banner: Banner,
    /// Current medicines.
    pub medicines: Vec<EntryLine>,
    /// Latest value of each analyte or vital sign, newest first, at most 8.
    pub latest: Vec<LatestValue>,
    /// What came in last, newest arrival first, at most 6.
    pub new: Vec<EntryLine>,
    /// How many current entries of each kind.
    pub counts: Vec<(Kind, u32)>,
    /// When the recovery words were checked; `None` while the recovery card is not done.
    pub recovery_done: bool,
    /// When the recovery words were made, milliseconds since 1970.
    pub recovery_made_ms: i64,
}

/// Latest value of something measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestValue {
    /// The entry.
    pub line: EntryLine,
    /// The usual range that the source gave.
    pub range: Option<Range>,
    /// The source's interpretation (`H`, `L`, `N` … or its words).
    pub interpretation: Option<String>,
    /// The value before it, if any, and when.
    pub previous: Option<(Value, Option<When>)>,
    /// How many values of it there are.
    pub count: u32,
}

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Words that all have to be found; each may be the start of a word. Empty: no search.
    pub words: String,
    /// Kinds; empty: every kind but providers, payments and the person.
    pub kinds: Vec<Kind>,
    /// FHIR resource type, exactly.
    pub type_name: Option<String>,
    /// Only entries from this source (as in [`Timeline::sources`]).
    pub source: Option<String>,
    /// Only entries with a code `code` or `system|code`.
    pub code: Option<String>,
    /// Only entries with this FHIR status.
    pub status: Option<String>,
    /// Not before, milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Before, milliseconds since 1970.
    pub before_ms: Option<i64>,
    /// Old versions and entries made in error too.
    pub include_superseded: bool,
    /// How many to pass over.
    pub offset: u32,
    /// At most this many; the engine caps it at 500.
    pub limit: u32,
}

/// A page of entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// Who.
    pub banner: Banner,
    /// The entries.
    pub lines: Vec<EntryLine>,
    /// How many fit the query.
    pub total: u32,
    /// Every source there is, for the filter, with how many entries.
    pub sources: Vec<(String, u32)>,
    /// How many fit the query apart from its kinds, by kind.
    pub kinds: Vec<(Kind, u32)>,
}

/// How firmly an entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Durable on this device.
    Recorded,
    /// Confirmed by some of the witnesses that are needed.
    Witnessed {
        /// So many have.
        have: u16,
        /// So many are needed.
        needed: u16,
    },
    /// A quorum of independent witnesses holds it.
    Final,
    /// Set aside.
    Quarantined,
    /// Well formed, but its effect breaks a rule.
    Void,
}

/// An entry in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    /// Which.
    pub entry: EntryId,
    /// What sort of thing.
    pub kind: Kind,
    /// FHIR resource type.
    pub type_name: String,
    /// Main name, as the source wrote it.
    pub title: String,
    /// Main value.
    pub value: Option<Value>,
    /// Usual range and interpretation, where given.
    pub range: Option<Range>,
    /// The source's interpretation.
    pub interpretation: Option<String>,
    /// One more line.
    pub detail: Option<String>,
    /// When it happened.
    pub when: Option<When>,
    /// When it ended.
    pub until: Option<When>,
    /// FHIR status.
    pub fhir_status: Option<String>,
    /// Who recorded it, by name, where known.
    pub source: Option<String>,
    /// Written by the person on this device, not brought in.
    pub entered_by_you: bool,
    /// How firmly it holds.
    pub status: Status,
    /// A newer version exists.
    pub superseded: bool,
    /// Entered in error.
    pub wrong: bool,
}

/// One entry in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryPage {
    /// Who.
    pub banner: Banner,
    /// The entry in one line.
    pub line: EntryLine,
    /// All its main codes.
    pub codes: Vec<Coding>,
    /// Everything else it says, in reading order.
    pub facts: Vec<Fact>,
    /// Other entries it speaks of and that are in this record.
    pub links: Vec<Link>,
    /// Its versions, newest first, with itself, where there are several.
    pub versions: Vec<EntryLine>,
    /// Earlier and later values of the same thing, newest first, at most 50.
    pub series: Vec<EntryLine>,
    /// The block that carries it.
    pub block: BlockLine,
    /// Where in the block: segment and row.
    pub place: (u32, u32),
    /// Sensitivity group.
    pub compartment: Compartment,
    /// Where it was brought in from (file name and when), if it was.
    pub brought_in: Option<BroughtIn>,
    /// The resource as written, indented for reading.
    pub source_json: String,
}

/// Where an entry came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtIn {
    /// File name; empty for pasted text.
    pub name: String,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// SHA-256 of the file, hex.
    pub sha256: String,
}

/// One thing that a resource says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Element path without indexes and choice suffixes, for example `dosageInstruction.text`.
    pub path: String,
    /// Words for it where the interface has none of its own, for example `Dosage instruction: text`.
    pub label: String,
    /// What it says, for people.
    pub text: String,
}

/// A reference to another entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Element path, for example `encounter`.
    pub path: String,
    /// Words for it.
    pub label: String,
    /// The other entry.
    pub line: EntryLine,
}

/// A page of blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocks {
    /// Who.
    pub banner: Banner,
    /// Newest first.
    pub lines: Vec<BlockLine>,
    /// How many there are.
    pub total: u32,
    /// Proofs of forked feeds.
    pub forks: Vec<ForkLine>,
    /// When everything was last verified without a fault, milliseconds since 1970, and how many blocks that were.
    pub last_verified: Option<(i64, u32)>,
}

/// What a block does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Founds the ledger.
    Genesis,
    /// Members, devices, keys.
    Control,
    /// Entries.
    Entries,
    /// Countersignatures.
    Ack,
    /// Of a newer version: kept and passed on.
    Unknown,
}

/// A block in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockLine {
    /// SHA-256 of the header, hex.
    pub hash: String,
    /// Feed key of who signed it, hex.
    pub feed: String,
    /// Place in that feed.
    pub seq: u64,
    /// Signed by this device.
    pub this_device: bool,
    /// Claimed time, milliseconds since 1970.
    pub at_ms: i64,
    /// The claimed time goes back or jumps ahead against the blocks before it.
    pub time_doubtful: bool,
    /// What it does.
    pub kind: BlockKind,
    /// How many entries.
    pub entries: u32,
    /// Titles of the first entries, at most 3.
    pub titles: Vec<String>,
    /// How firmly it holds.
    pub status: Status,
    /// Bytes of the header and of the sealed body.
    pub bytes: u64,
}

/// A feed that was written twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForkLine {
    /// Feed key, hex.
    pub feed: String,
    /// Where it forked.
    pub seq: u64,
    /// The portable proof.
    pub proof: Vec<u8>,
}

/// What is in an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// Which input.
    pub input: InputId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub format: InputFormat,
    /// People it speaks of. Empty: it names nobody.
    pub people: Vec<FoundPerson>,
    /// Resources that belong to nobody in particular (organizations, practitioners …).
    pub shared: u32,
    /// How many of each resource type.
    pub types: Vec<(String, u32)>,
    /// Of these, how many the open ledger has already.
    pub known: u32,
    /// What cannot be read, at most 100 listed.
    pub rejected: Vec<Rejected>,
    /// How many cannot be read.
    pub rejected_total: u32,
}

/// What an input is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InputFormat {
    /// A Bundle, and its type as written.
    Bundle(String),
    /// One resource, and its type.
    Resource(String),
    /// One resource a line.
    Ndjson,
}

/// A person in an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPerson {
    /// Name for [`Command::Import`]: the reference that entries use, or empty for entries without one.
    pub key: String,
    /// Who that is, as far as the input says.
    pub person: Person,
    /// How many entries are about them.
    pub entries: u32,
    /// Whether that is the person of the open ledger.
    pub same: Sameness,
}

/// Whether a person in an input is the person of the open ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sameness {
    /// Name and birth date agree.
    Same,
    /// Nothing contradicts, nothing proves it.
    Unclear,
    /// Name, birth date or sex contradict.
    Different,
}

/// Something in an input that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Line of the file, where known (first is 1).
    pub line: Option<u32>,
    /// Place in the Bundle, where it is one (first is 0).
    pub index: Option<u32>,
    /// Why.
    pub why: Unreadable,
}

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
    /// Of an export: fetch it with [`Command::ExportPart`].
    Exported {
        /// Suggested file name; says nothing about health.
        name: String,
        /// How many resources.
        resources: u32,
        /// Length of the file.
        bytes: u64,
    },
}

/// What verifying found. All is well exactly when `problems` is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Blocks checked.
    pub blocks: u32,
    /// Entries opened and checked.
    pub entries: u32,
    /// Signatures checked.
    pub signatures: u32,
    /// What does not hold, at most 100 listed.
    pub problems: Vec<Problem>,
    /// How many do not hold.
    pub problems_total: u32,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The block's place in the order of arrival, where known.
    pub block: Option<u32>,
    /// The block's hash, where it could be read.
    pub hash: Option<String>,
    /// The entry's row, where it is about one entry.
    pub row: Option<u32>,
    /// What does not hold.
    pub code: ProblemCode,
}

/// What does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemCode {
    /// It is not there.
    Missing,
    /// The seal of this device's storage is broken.
    SealBroken,
    /// It is not in the form it has to have.
    Malformed,
    /// The signature does not fit.
    BadSignature,
    /// It does not follow the block before it.
    BrokenChain,
    /// Its body does not fit the content root that was signed.
    ContentChanged,
    /// The entry cannot be opened with its key or does not fit its commitment.
    EntryChanged,
    /// The index shows something else than the block says.
    IndexDiffers,
    /// The author signed two blocks for the same place.
    Forked,
}

/// Whether the recovery words were right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecoveryCheck {
    /// They are; the recovery card is done and the words are no longer kept here.
    Right,
    /// Words at these places (first is 1) differ or are not in the list.
    WrongAt(Vec<u8>),
    /// Not 24 words, but so many.
    WrongCount(u32),
}

/// What the person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Minutes without activity after which keys are forgotten, 1 to 15.
    pub auto_lock_minutes: u8,
    /// Language tag, for example `en`.
    pub language: String,
    /// Text size in percent, 100 to 200.
    pub text_percent: u16,
    /// `light`, `dark` or `system`.
    pub theme: Theme,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the device says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
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
