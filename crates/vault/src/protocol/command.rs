use chartchain_docs::{DocumentName, Edit};
use chartchain_fhir::form::{Form, Visit};
use chartchain_fhir::{Kind, Person};
use serde::{Deserialize, Serialize};

use super::{
    DraftFrom, DraftOf, EntryId, ExportFormat, Fault, InputId, Job, JobId, LedgerId, LetterMark, LinkCard, LinkId,
    LinkSide, MemberChange, MemberRole, Network, ParcelFor, PasskeyCard, PersonId, Query, Reply, Secret, SecretBytes,
    Settings,
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
    /// Open a recovery file. Needs nobody unlocked. → [`Reply::RecoveryWords`]
    OpenRecoveryFile {
        /// All of it.
        file: Vec<u8>,
        /// The passphrase of the file.
        passphrase: Secret,
    },
    /// Read the code of a recovery sheet. Needs nobody unlocked. → [`Reply::RecoveryWords`]
    ReadSheetCode {
        /// As its QR code has it.
        code: Secret,
    },
    /// The code for a recovery sheet of the unlocked person. → [`Reply::SheetCode`]
    MakeSheetCode {
        /// All 24 recovery words.
        words: Secret,
    },
    /// Make a recovery file for the unlocked person. → [`Reply::RecoveryFile`]
    MakeRecoveryFile {
        /// All 24 recovery words.
        words: Secret,
        /// What opens the file. At least 8 characters.
        passphrase: Secret,
    },
    /// Let a passkey unlock the unlocked person too; one that did before does no longer. →
    /// [`Reply::Person`]
    AddPasskey {
        /// The person's passphrase.
        passphrase: Secret,
        /// Which passkey, and what it was asked with.
        passkey: PasskeyCard,
        /// What it answered.
        secret: SecretBytes,
    },
    /// Let only the passphrase unlock the unlocked person. → [`Reply::Person`]
    RemovePasskey,
    /// Unlock a person with their passkey; locks whoever was unlocked. → [`Reply::Unlocked`]
    UnlockWithPasskey {
        /// Who.
        person: PersonId,
        /// What the passkey answered.
        secret: SecretBytes,
    },
    /// Begin to bring back the records of a backup: what is not here comes in whole, of what is here what is missing. →
    /// [`Reply::Done`]
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
    /// The latest values of what forms can measure. → [`Reply::LastMeasured`]
    LastMeasured,
    /// The latest value of each analyte. → [`Reply::Analytes`]
    Analytes {
        /// Of which kind of entries.
        kind: Kind,
        /// How many to pass over.
        offset: u32,
        /// At most this many; the engine caps it at 500.
        limit: u32,
    },
    /// All values of what an entry measures. → [`Reply::Review`]
    Review {
        /// Any entry of the series.
        entry: EntryId,
    },
    /// Medicines as they stand today, and the log of the last days. → [`Reply::Medicines`]
    Medicines {
        /// The day in the person's calendar, `2026-11-22`.
        today: String,
        /// So many of those that are past.
        past: u32,
    },
    /// Doses that were noted, newest first. → [`Reply::DoseLog`]
    DoseLog {
        /// Only of this medicine.
        medicine: Option<EntryId>,
        /// How many to pass over.
        offset: u32,
        /// At most this many; the engine caps it at 500.
        limit: u32,
    },
    /// Note a dose as taken or missed, or change what was noted of it. → [`Reply::Saved`]
    NoteDose {
        /// The medicine's entry.
        medicine: EntryId,
        /// The day in the person's calendar, `2026-11-22`.
        day: String,
        /// Which of the day's doses, first is 1.
        number: u8,
        /// Taken, else missed.
        taken: bool,
        /// When, with time and offset: `2026-11-22T08:12:00+01:00`.
        at: String,
    },
    /// What an emergency card is made of. → [`Reply::EmergencyCard`]
    EmergencyCard {
        /// The day in the person's calendar, `2026-11-22`.
        today: String,
    },
    /// Choose what is left out of the emergency card. → [`Reply::Done`]
    LeaveOut {
        /// Keys of its items; everything else stands on it.
        left_out: Vec<String>,
    },
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
    /// What keeps a visit from being written, and what is asked? → [`Reply::VisitChecked`]
    CheckVisit {
        /// As it is filled in.
        visit: Box<Visit>,
    },
    /// Write a visit: the encounter and all its forms in one block, signed at once. Questions are taken as answered. →
    /// [`Reply::Saved`] with the encounter
    SaveVisit {
        /// Into which record: no other one may be open by now.
        ledger: LedgerId,
        /// As it is filled in.
        visit: Box<Visit>,
        /// As for [`Command::SaveForm`].
        draft: Option<DraftFrom>,
    },
    /// Write a form as a new entry, or as the next version of one. Questions are taken as answered. What was kept of it as a
    /// draft goes with it. A document's file was looked at before ([`Command::InspectFile`]). → [`Reply::Saved`]
    SaveForm {
        /// As it is filled in.
        form: Box<Form>,
        /// The live versions of an entry that it replaces, at most 64; it goes on from the first. None for a new entry.
        amends: Vec<EntryId>,
        /// What is kept of it. Where another tab kept another text since, saved it or threw it away, nothing is written:
        /// [`Fault::DraftElsewhere`].
        draft: Option<DraftFrom>,
    },
    /// The form that an entry can be amended with. → [`Reply::Form`]
    EditForm {
        /// Which entry.
        entry: EntryId,
    },
    /// The live versions of an entry, side by side. → [`Reply::Versions`]
    Versions {
        /// Any version of it.
        entry: EntryId,
    },
    /// One of the live versions is right: it is written once more in the place of all of these. Those that are not named stay
    /// beside it, so that nothing is replaced that nobody saw. → [`Reply::Saved`]
    KeepVersion {
        /// The right one.
        entry: EntryId,
        /// The others that were seen, at most 63.
        over: Vec<EntryId>,
    },
    /// Say that an entry was made in error. It stays readable as an old version. → [`Reply::Saved`]
    MarkWrong {
        /// Which entry.
        entry: EntryId,
    },
    /// Erase an entry with all its versions, files and drafts, for ever, everywhere where this record is. → [`Reply::Erased`]
    Erase {
        /// Which entry.
        entry: EntryId,
    },
    /// An entry belongs to somebody else: write it in their record and say here that it was made in error. Asked again
    /// after an interruption it goes on and doubles nothing. → [`Reply::Saved`] of the entry here
    MoveEntry {
        /// Which entry.
        entry: EntryId,
        /// The record it belongs to.
        to: LedgerId,
    },
    /// Keep a form that is not saved yet, in the place of what it began from and of nothing else. → [`Reply::DraftKept`]
    SaveDraft {
        /// What is being written.
        from: DraftFrom,
        /// At most [`MAX_DRAFT_BYTES`](super::MAX_DRAFT_BYTES).
        content: Vec<u8>,
        /// The file of a document, looked at before.
        file: Option<InputId>,
    },
    /// What was kept of a form. → [`Reply::Draft`]
    LoadDraft {
        /// What is being written.
        of: DraftOf,
    },
    /// Throw away what was kept of a form. → [`Reply::Draft`] with what is there now: another text is not thrown away
    DropDraft {
        /// What is being written.
        of: DraftOf,
        /// [`FormDraft::at_ms`] of what is meant.
        at_ms: i64,
    },
    /// All parts were sent of a file that a document will tell of: what is it? → [`Reply::File`]
    InspectFile {
        /// Which input.
        input: InputId,
    },
    /// The next part of a file of an entry, at most 1 MiB. → [`Reply::Part`]; empty when all was given.
    FilePart {
        /// Which entry.
        entry: EntryId,
        /// Which of its files, as in [`EntryPage::files`].
        file: u32,
        /// From which byte; 0 reads it anew.
        offset: u64,
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
    /// Begin a new generation of a document, which says the same, and erase its past for ever, everywhere where this record
    /// is. → [`Reply::Document`]
    ForgetPast {
        /// Which.
        name: DocumentName,
    },
    /// Erase a note with everything that it ever said, for ever, everywhere where this record is. → [`Reply::Done`]
    EraseNote {
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
    /// Begin a connection with another device. What goes over it comes as [`Event::LinkFrames`], how it stands as
    /// [`Event::Link`]. → [`Reply::Link`]
    BeginLink {
        /// Which side this is.
        side: LinkSide,
        /// The devices know each other, and nobody has asked for this connection.
        by_itself: bool,
        /// What both sides know of the way between them, alike.
        binding: Vec<u8>,
    },
    /// Frames came over a connection, in their order. → [`Reply::Done`]
    LinkFrames {
        /// Which.
        link: LinkId,
        /// As they came.
        frames: Vec<Vec<u8>>,
    },
    /// End a connection. → [`Reply::Done`]
    EndLink {
        /// Which.
        link: LinkId,
    },
    /// Whether both people see the same number. If not, the connection is over. → [`Reply::Done`]
    SayCode {
        /// In which connection.
        link: LinkId,
        /// They do.
        same: bool,
    },
    /// Ask the other device to let this one into the record that is open there. Both people have said before that they see
    /// the same number. → [`Reply::Done`]
    AskToJoin {
        /// In which connection.
        link: LinkId,
        /// What this device calls itself there.
        name: String,
    },
    /// Let the other device, which asks for it, into the open record: it reads all of it, and writes in it. (A witness reads nothing.)
    /// → [`Reply::Done`]
    LetIn {
        /// In which connection.
        link: LinkId,
        /// As what.
        role: MemberRole,
        /// What everybody there will call it, at most 200 bytes.
        name: String,
    },
    /// Make keys and a request to be let into somebody's record with them, to be sent as a file or picture. → [`Reply::Request`]
    AskByFile {
        /// What this device calls itself, at most 200 bytes.
        name: String,
    },
    /// Who asks, in a request of another device. → [`Reply::Asked`]
    ReadRequest {
        /// The file, at most 2,048 bytes.
        bytes: Vec<u8>,
    },
    /// Make a parcel of what others lack of the open record, as far as that is known. → [`Reply::Started`]; ends with
    /// [`JobResult::Packed`]
    PackParcel {
        /// For whom.
        to: ParcelFor,
    },
    /// Begin to read a parcel from another device. → [`Reply::Done`]
    BeginParcel,
    /// The next part of it, at most 1 MiB. What is in it is stored as it comes. → [`Reply::Done`], [`Reply::Parcel`] with the last one
    ParcelPart {
        /// Bytes.
        bytes: Vec<u8>,
        /// Nothing follows.
        last: bool,
    },
    /// Go on with the record that the parcel read last lets this device into. Both people have compared its number. The parcel has to
    /// be read once more then, for what is in it. → [`Reply::Opened`]
    JoinByParcel,
    /// Which devices of the open record are to be met whenever they are there, and are not connected; at most 8. →
    /// [`Reply::Companions`]
    Companions,
    /// Where letters for this device are left, and to whom something is to be written. → [`Reply::Mailboxes`]
    Mailboxes,
    /// Write the next letter that is due. → [`Reply::Letter`]
    WriteLetter {
        /// Of which record.
        ledger: LedgerId,
        /// Feed key of the device, hex.
        to: String,
    },
    /// A letter lies in the mailbox, durably: what is in it is not written again before that device answers. → [`Reply::Done`]
    LetterLeft {
        /// Of which record.
        ledger: LedgerId,
        /// Feed key of the device, hex.
        to: String,
        /// As it came with the letter.
        mark: LetterMark,
    },
    /// Take in a letter from a mailbox of this device, at most [`MAX_LETTER_BYTES`]. → [`Reply::Parcel`]
    TakeLetter {
        /// As it lay there.
        bytes: Vec<u8>,
    },
    /// Devices of the open record. → [`Reply::Members`]
    ListDevices,
    /// Change who belongs to the open record, as the device that decides or by the recovery words. → [`Reply::Members`]
    ChangeMembers {
        /// What.
        change: MemberChange,
        /// All 24 recovery words, where this device does not decide.
        words: Option<Secret>,
    },
    /// Stop a device at once: none that hears of it gives it anything, until that is lifted. → [`Reply::Members`]
    Suspend {
        /// Feed key of the device, hex.
        feed: String,
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
    /// How other devices are reached. → [`Reply::Network`]
    LoadNetwork,
    /// Store how other devices are reached. → [`Reply::Network`]
    SaveNetwork(Network),
    /// Store settings. → [`Reply::Settings`]
    SaveSettings(Settings),
    /// The person did something: auto-lock starts anew. → [`Reply::Done`]
    Touch,
}

impl Command {
    /// It is no sign that the person is there: windows ask for it by themselves, because something has changed, because time has
    /// passed, or because another device says something.
    #[must_use]
    pub const fn goes_by_itself(&self) -> bool {
        matches!(
            self,
            Self::BeginLink { .. }
                | Self::LinkFrames { .. }
                | Self::EndLink { .. }
                | Self::Companions
                | Self::Mailboxes
                | Self::WriteLetter { .. }
                | Self::LetterLeft { .. }
                | Self::TakeLetter { .. }
                | Self::ListLedgers
                | Self::ListDevices
                | Self::Home
                | Self::Timeline(_)
                | Self::LoadNetwork
                | Self::LastMeasured
                | Self::Analytes { .. }
                | Self::Review { .. }
                | Self::Medicines { .. }
                | Self::DoseLog { .. }
                | Self::EmergencyCard { .. }
                | Self::Entry { .. }
                | Self::EditForm { .. }
                | Self::Versions { .. }
                | Self::Document { .. }
                | Self::Notes
                | Self::Blocks { .. }
        )
    }

    /// Whether nobody needs it before their first entry, so that a browser can do without the code of it until then.
    ///
    /// A new command has to say here which one it is.
    #[must_use]
    pub const fn is_later(&self) -> bool {
        match self {
            Self::Import { .. }
            | Self::DropInput { .. }
            | Self::ListPeople
            | Self::CreatePerson { .. }
            | Self::Unlock { .. }
            | Self::Lock
            | Self::ListLedgers
            | Self::CreateLedger { .. }
            | Self::OpenLedger { .. }
            | Self::Home
            | Self::Timeline(_)
            | Self::BeginInput { .. }
            | Self::InputPart { .. }
            | Self::Inspect { .. }
            | Self::ListJobs
            | Self::PauseJob(_)
            | Self::ResumeJob(_)
            | Self::CancelJob(_)
            | Self::LoadSettings
            | Self::SaveSettings(_)
            | Self::Touch => false,
            Self::LoadNetwork
            | Self::SaveNetwork(_)
            | Self::BeginRestore { .. }
            | Self::RestorePart { .. }
            | Self::DropRestore
            | Self::ExportPart { .. }
            | Self::CheckBackup { .. }
            | Self::OpenRecoveryFile { .. }
            | Self::ReadSheetCode { .. }
            | Self::MakeSheetCode { .. }
            | Self::MakeRecoveryFile { .. }
            | Self::AddPasskey { .. }
            | Self::RemovePasskey
            | Self::UnlockWithPasskey { .. }
            | Self::Backup
            | Self::UnlockWithWords { .. }
            | Self::ChangePassphrase { .. }
            | Self::Try { .. }
            | Self::DeletePerson { .. }
            | Self::CreateMadeUp { .. }
            | Self::LastMeasured
            | Self::Analytes { .. }
            | Self::Review { .. }
            | Self::Medicines { .. }
            | Self::DoseLog { .. }
            | Self::NoteDose { .. }
            | Self::EmergencyCard { .. }
            | Self::LeaveOut { .. }
            | Self::Entry { .. }
            | Self::Document { .. }
            | Self::EditDocument { .. }
            | Self::ForgetPast { .. }
            | Self::EraseNote { .. }
            | Self::Notes
            | Self::CheckForm { .. }
            | Self::CheckVisit { .. }
            | Self::SaveVisit { .. }
            | Self::SaveForm { .. }
            | Self::EditForm { .. }
            | Self::MarkWrong { .. }
            | Self::Versions { .. }
            | Self::KeepVersion { .. }
            | Self::Erase { .. }
            | Self::MoveEntry { .. }
            | Self::SaveDraft { .. }
            | Self::LoadDraft { .. }
            | Self::DropDraft { .. }
            | Self::InspectFile { .. }
            | Self::FilePart { .. }
            | Self::BeginLink { .. }
            | Self::LinkFrames { .. }
            | Self::EndLink { .. }
            | Self::SayCode { .. }
            | Self::AskToJoin { .. }
            | Self::LetIn { .. }
            | Self::ChangeMembers { .. }
            | Self::Suspend { .. }
            | Self::ListDevices
            | Self::AskByFile { .. }
            | Self::ReadRequest { .. }
            | Self::PackParcel { .. }
            | Self::BeginParcel
            | Self::ParcelPart { .. }
            | Self::JoinByParcel
            | Self::Companions
            | Self::Mailboxes
            | Self::WriteLetter { .. }
            | Self::LetterLeft { .. }
            | Self::TakeLetter { .. }
            | Self::Blocks { .. }
            | Self::Verify
            | Self::Export { .. }
            | Self::RecoveryWords
            | Self::CheckRecovery { .. } => true,
        }
    }
}

/// What happens without being asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Event {
    /// A job moved on or ended.
    Job(Job),
    /// The record changed: pages ask anew.
    Changed,
    /// How a connection stands, which is news.
    Link(LinkCard),
    /// To be sent over a connection, in their order.
    LinkFrames {
        /// Which.
        link: LinkId,
        /// Each at most 16 KiB.
        frames: Vec<Vec<u8>>,
    },
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
    /// The person locked it in another tab, or deleted it there.
    OtherTab,
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
