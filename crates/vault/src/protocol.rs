//! What the window (or the command line) and the engine say to each other.
//!
//! Every [`Command`] gets exactly one answer: a [`Reply`] or a [`Fault`]. Long work answers with
//! [`Reply::Started`] at once and reports through [`Event::Job`]. Words for people are made by the interface; what
//! stands here is either structure or text from the record itself.

mod command;
mod document;
mod fault;
mod history;
mod input;
mod job;
mod person;
mod record;

pub use chartchain_docs as docs;
pub use chartchain_fhir::form;
pub use chartchain_fhir::{
    Coding, Compartment, Component, Format as InputFormat, Kind, Person, Range, ReadError as Unreadable, Rejected,
    Sameness, Sex, Value, When, WhenPrecision,
};

pub use command::{Command, Event, LockReason, Message, Reply, Request};
pub use document::{DocumentPage, NoteLine, NotesPage};
pub use fault::Fault;
pub use history::{BlockKind, BlockLine, Blocks, ForkLine, Problem, ProblemCode, Verdict};
pub use input::{FoundPerson, InputId, Inspection};
pub use job::{ExportFormat, Job, JobId, JobKind, JobResult, JobState};
pub use person::{PersonCard, PersonId, Secret, Settings, Theme, WordsProblem};
pub use record::{
    AllergyLine, Banner, BroughtIn, EntryId, EntryLine, EntryPage, Fact, Home, LatestValue, LedgerCard, LedgerId, Link,
    MOST_IN_SERIES, Query, Status, Timeline,
};
