//! What the window (or the command line) and the engine say to each other.
//!
//! Every [`Command`] gets exactly one answer: a [`Reply`] or a [`Fault`]. Long work answers with
//! [`Reply::Started`] at once and reports through [`Event::Job`]. Words for people are made by the interface; what
//! stands here is either structure or text from the record itself.

mod card;
mod care;
mod command;
mod companions;
mod document;
mod fault;
mod file;
mod history;
mod input;
mod job;
mod link;
mod mail;
mod medicines;
mod network;
mod person;
mod record;
mod reply;
mod versions;

pub use chartchain_docs as docs;
pub use chartchain_fhir::form;
pub use chartchain_fhir::{
    Coding, Compartment, Component, DayTime, Format as InputFormat, Kind, MOST_DOSES, Person, Range,
    ReadError as Unreadable, Rejected, Sameness, Sex, Value, When, WhenPrecision, push_folded,
};

pub use chartchain_insight::Standing;

pub(crate) use card::LONGEST_KEY_BYTES;
pub use card::{CardItem, CardPart, EmergencyCard, MOST_LEFT_OUT};
pub use care::{Analytes, LastMeasured, MOST_IN_REVIEW, Review, Series, SeriesPoint};
pub use command::{Command, Event, LockReason, Message, Request};
pub use companions::{Companion, MeetingSecret};
pub use document::{DocumentPage, NoteLine, NotesPage};
pub use fault::Fault;
pub use file::{
    DraftFrom, DraftKept, DraftOf, Elsewhere, FileCard, FileLine, FormDraft, MAX_DRAFT_BYTES, MAX_FILE_BYTES,
};
pub use history::{BlockKind, BlockLine, Blocks, ForkLine, Problem, ProblemCode, Verdict};
pub use input::{FoundPerson, InputId, Inspection};
pub use job::{ExportFormat, Job, JobId, JobKind, JobResult, JobState};
pub use link::{
    DeviceHas, DeviceLine, DeviceStanding, LinkAccess, LinkCard, LinkEnd, LinkId, LinkRecord, LinkSide, LinkStage,
    MemberChange, MemberRole, Members, ParcelCard, ParcelFor,
};
pub use mail::{Letter, LetterDue, LetterMark, MAX_LETTER_BYTES, MailTag, Mailboxes};
pub use medicines::{DayDose, DoseLog, LogDay, LogLine, MedicineCard, MedicineEntry, Medicines, NotedDose};
pub use network::{MOST_SERVERS, Network, NetworkServer, ServerProblem};
pub use person::{PasskeyCard, PersonCard, PersonId, Secret, SecretBytes, Settings, Theme, WordsProblem};
pub use record::{
    AllergyLine, Banner, BroughtIn, EntryId, EntryLine, EntryPage, Fact, Home, LatestValue, LedgerCard, LedgerId, Link,
    MOST_IN_SERIES, MOST_VERSION_LINES, Query, Signer, Status, Timeline,
};
pub use reply::Reply;
pub use versions::{FormToAmend, MOST_VERSIONS, Version, Versions};
