use chartchain_fhir::ReadError;
use serde::{Deserialize, Serialize};

use super::WordsProblem;

/// Why a command was not carried out. The interface has words for each; none carries content of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Fault {
    /// The passphrase does not open this person.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// These are not the person's recovery words.
    #[error("wrong recovery words")]
    WrongWords(WordsProblem),
    /// The file is no backup.
    #[error("this file is no backup")]
    NotABackup,
    /// The file is no recovery file.
    #[error("this file is no recovery file")]
    NotARecoveryFile,
    /// The file is no parcel.
    #[error("this file is no parcel from another device")]
    NotAParcel,
    /// The parcel is sealed to others.
    #[error("this file is for another device; its sender has to choose this one")]
    NotForThisDevice,
    /// The file is no request to be let in.
    #[error("this file is no request to be let in")]
    NotARequest,
    /// The code is not that of a recovery sheet.
    #[error("this code is not that of a recovery sheet")]
    NotASheet,
    /// A file was changed on its way, or is not whole.
    #[error("this file was changed, or is not whole; try another copy of it")]
    FileDamaged,
    /// The passkey does not open this person.
    #[error("this passkey opens nobody here")]
    WrongPasskey,
    /// The key of this device never writes again: it was used in two places, or was ended. The recovery words give this
    /// device a new one.
    #[error(
        "this device was probably restored from a backup, and its key is retired; the recovery words give it a new one"
    )]
    Retired,
    /// Another device decides who belongs to the record: it has to be done there, or with the recovery words.
    #[error("another device decides who belongs to this record; do it there, or with the recovery words")]
    NotSteward,
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
    Unreadable(ReadError),
    /// There is no room left on this device. Nothing was half-written.
    #[error("no room left on this device")]
    StorageFull,
    /// Another tab or program has the ledger open for writing, or wrote in the middle of this.
    #[error("open elsewhere")]
    OpenElsewhere,
    /// What is stored here was changed or damaged, and where.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// The device's storage failed.
    #[error("storage failed: {0}")]
    Storage(String),
    /// The browser deleted everything that was stored here, because it found it damaged. Said once.
    #[error("the browser deleted everything that was stored here")]
    Lost,
    /// A record is stored here, but nobody is on the list of people: the list was not read, or is lost.
    #[error("a record is stored here, but the list of people is empty")]
    Unlisted,
    /// Another tab kept another text of this form, saved it or threw it away. Nothing was written.
    #[error("another tab wrote in this draft")]
    DraftElsewhere,
    /// Made by a newer version of the program.
    #[error("made by a newer version")]
    TooNew,
    /// The command does not fit what is going on, and why.
    #[error("not possible now: {0}")]
    NotNow(String),
    /// The part of the program that does this could not be loaded. Nothing was written.
    #[error("a part of the program could not be loaded")]
    NotLoaded,
}
