use chartchain_fhir::form::{FormProblem, VisitProblem};
use serde::{Deserialize, Serialize};

use super::{
    Analytes, Blocks, Companion, DocumentPage, DoseLog, DraftKept, EmergencyCard, EntryId, EntryPage, Fault, FileCard,
    FormDraft, FormToAmend, Home, InputId, Inspection, Job, JobId, LastMeasured, LedgerCard, Letter, LinkId, Mailboxes,
    Medicines, Members, Network, NotesPage, ParcelCard, PersonCard, Review, Secret, Settings, Timeline, Versions,
    WordsProblem,
};

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
        /// Blocks that came into records which were here already.
        added: u32,
        /// Records whose key was ahead of this device, so that it has a new one.
        renewed: u32,
    },
    /// Now open.
    Opened(LedgerCard),
    /// First page.
    Home(Box<Home>),
    /// A page of entries.
    Timeline(Timeline),
    /// How other devices are reached.
    Network(Network),
    /// Latest values of what forms can measure.
    LastMeasured(Vec<LastMeasured>),
    /// Latest values.
    Analytes(Analytes),
    /// Medicines.
    Medicines(Box<Medicines>),
    /// The log of doses.
    DoseLog(DoseLog),
    /// What an emergency card is made of.
    EmergencyCard(Box<EmergencyCard>),
    /// All values of one thing.
    Review(Box<Review>),
    /// One entry.
    Entry(Box<EntryPage>),
    /// What has to be mended in a form, and what is asked.
    FormChecked(Vec<FormProblem>),
    /// What has to be mended in a visit, and what is asked.
    VisitChecked(Vec<VisitProblem>),
    /// Durable as this entry.
    Saved(EntryId),
    /// A form filled in as an entry says; `None` where amending by a form would lose something.
    Form(Option<Box<FormToAmend>>),
    /// What stands beside each other.
    Versions(Box<Versions>),
    /// Erased, so many versions of it.
    Erased(u32),
    /// What was kept of a form.
    Draft(Option<Box<FormDraft>>),
    /// What came of keeping a form.
    DraftKept(DraftKept),
    /// What a file is; `None` if it is neither a PDF nor a picture.
    File(Option<FileCard>),
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
    /// A connection was begun.
    Link(LinkId),
    /// A request to be let in.
    Request {
        /// The file.
        bytes: Vec<u8>,
        /// The number that both people compare, 24 digits.
        number: String,
    },
    /// What a request of another device says.
    Asked {
        /// What it calls itself.
        name: String,
        /// The number that both people compare, 24 digits.
        number: String,
    },
    /// What came of a parcel.
    Parcel(Box<ParcelCard>),
    /// Letters that come and go.
    Mailboxes(Box<Mailboxes>),
    /// Devices that are to be met.
    Companions(Vec<Companion>),
    /// A letter, to be left in its mailbox.
    Letter(Box<Letter>),
    /// Who belongs to the record.
    Members(Box<Members>),
    /// A page of blocks.
    Blocks(Blocks),
    /// Part of an export.
    Part(Vec<u8>),
    /// What is under way or just ended.
    Jobs(Vec<Job>),
    /// 24 words.
    RecoveryWords(Secret),
    /// The code of a recovery sheet, as secret as the words.
    SheetCode(Secret),
    /// A recovery file.
    RecoveryFile {
        /// Suggested file name; says nothing about health.
        name: String,
        /// What stands in it.
        text: String,
    },
    /// The unlocked person, as the lock screen will show them.
    Person(PersonCard),
    /// What is wrong with the words; `None` if they are right.
    RecoveryChecked(Option<WordsProblem>),
    /// Settings.
    Settings(Settings),
    /// One of these as it was stored ([`Reply::unpacked`]).
    Stored(Vec<u8>),
}

impl Reply {
    /// What a [`Reply::Stored`] says; any other as it is.
    ///
    /// # Errors
    /// It is no reply.
    pub fn unpacked(self) -> Result<Self, Fault> {
        match self {
            Self::Stored(bytes) => postcard::from_bytes(&bytes)
                .map_err(|_| Fault::Damaged("the stored first page is not in its form".into())),
            reply => Ok(reply),
        }
    }
}
