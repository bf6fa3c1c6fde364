use serde::{Deserialize, Serialize};

use crate::calendar::{Day, Schedule};
use crate::name::Version;
use crate::task::TaskStatus;

/// What a person does to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// Write down a task.
    AddTask(TaskDraft),
    /// Change what a task says.
    ChangeTask {
        /// Which.
        task: [u8; 16],
        /// As it is to be.
        draft: TaskDraft,
    },
    /// Stop a task, take it up again, or remove it.
    SetTaskStatus {
        /// Which.
        task: [u8; 16],
        /// What it is to be.
        status: TaskStatus,
    },
    /// Say that a task was done on its day, or not done; `None` takes that back.
    MarkTask {
        /// Which.
        task: [u8; 16],
        /// The day that it was to be done on; `None` of a task without one.
        day: Option<Day>,
        /// Done, or not done.
        done: Option<bool>,
    },
    /// Replace a note that a person saw by another: what differs is written, and what others wrote meanwhile stays.
    WriteNote {
        /// The version that the person saw; empty for a note that is just begun.
        seen: Version,
        /// The title as it is to be.
        title: String,
        /// The text as it is to be.
        text: String,
    },
    /// Say something about oneself; empty takes it back.
    SetProfile(ProfileField, String),
    /// Add somebody to call.
    AddContact(ContactDraft),
    /// Change somebody to call.
    ChangeContact {
        /// Whom.
        contact: [u8; 16],
        /// As it is to be.
        draft: ContactDraft,
    },
    /// Remove somebody to call.
    RemoveContact([u8; 16]),
}

/// A task as a person writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDraft {
    /// What is to be done.
    pub title: String,
    /// Why, or how.
    pub detail: String,
    /// When.
    pub schedule: Schedule,
}

/// Somebody to call, as a person writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDraft {
    /// Name.
    pub name: String,
    /// Who they are to the person.
    pub relation: String,
    /// Phone number.
    pub phone: String,
}

/// What a person can say about themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProfileField {
    /// What they like to be called.
    PreferredName,
    /// Languages they speak.
    Languages,
    /// Blood group.
    BloodGroup,
    /// Phone number.
    Phone,
    /// Email address.
    Email,
    /// Postal address.
    Address,
    /// What helps them: hearing aid, wheelchair, an interpreter.
    Needs,
    /// What matters to them.
    Wishes,
}

impl ProfileField {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::PreferredName,
        Self::Languages,
        Self::BloodGroup,
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::Needs,
        Self::Wishes,
    ];

    /// Its name in documents, for ever.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PreferredName => "preferred-name",
            Self::Languages => "languages",
            Self::BloodGroup => "blood-group",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
            Self::Needs => "needs",
            Self::Wishes => "wishes",
        }
    }
}
