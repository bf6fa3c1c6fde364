use core::fmt;

use chartchain_vault::protocol::{Fault, Unreadable, WordsProblem};

use crate::trouble::Trouble;

/// Why the command did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The engine refused.
    Fault(Fault),
    /// A file could not be read or written.
    File {
        /// Which.
        file: String,
        /// What the system says.
        error: String,
    },
    /// A file that was to be brought in could not be opened or read.
    Input {
        /// Which.
        file: String,
        /// What the system says.
        error: String,
    },
    /// There is no such ledger.
    NoSuchLedger(String),
    /// A new file shall have a name that is taken.
    NameTaken(String),
    /// A file holds nothing that can be read.
    Unreadable {
        /// Which.
        file: String,
        /// Why.
        why: Unreadable,
    },
    /// Whose record it is has to be said.
    WhoseRecord {
        /// Which file.
        file: String,
        /// Why that is not clear.
        why: String,
        /// Reference and name of everyone in it.
        people: Vec<(String, Option<String>)>,
    },
    /// The file holds several records, and these are they.
    WhichRecord(Vec<Option<String>>),
    /// Some of it could not be read.
    PartlyRead,
    /// So many entries or blocks are damaged and were left out; the rest is written.
    LeftOut(u32),
    /// So many things do not hold.
    DoesNotHold(u32),
    /// No passphrase was given.
    NoPassphrase(String),
    /// A new passphrase was not typed the same way twice.
    PassphrasesDiffer,
    /// Two devices did not come to hold the same.
    Trouble(Trouble),
    /// The engine answered with something else than the protocol says.
    Unexpected,
}

impl Failure {
    /// As documented in the help.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::DoesNotHold(_) | Self::LeftOut(_) | Self::Fault(Fault::Damaged(_) | Fault::FileDamaged) => 1,
            Self::Fault(Fault::PassphraseTooShort) | Self::NoPassphrase(_) | Self::PassphrasesDiffer => 2,
            Self::Fault(Fault::WrongPassphrase | Fault::WrongWords(_)) => 3,
            Self::Input { .. }
            | Self::Unreadable { .. }
            | Self::Fault(Fault::Unreadable(_) | Fault::NotABackup | Fault::NotARecoveryFile | Fault::NotAParcel) => 4,
            Self::NoSuchLedger(_) | Self::Fault(Fault::NotFound | Fault::NoLedger | Fault::NotForThisDevice) => 5,
            Self::WhoseRecord { .. } | Self::WhichRecord(_) => 6,
            Self::File { .. } | Self::NameTaken(_) | Self::Fault(_) | Self::Unexpected => 7,
            Self::PartlyRead => 8,
            Self::Trouble(trouble) => trouble.exit_code(),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(Fault::WrongWords(problem)) => write_words_problem(f, problem),
            Self::Fault(fault) => write!(f, "{fault}"),
            Self::WhichRecord(names) => {
                f.write_str("this file holds several records; say which with --record:")?;
                for (number, name) in (1..).zip(names) {
                    write!(f, "\n  {number}  {}", name.as_deref().unwrap_or("without a name"))?;
                }
                Ok(())
            }
            Self::File { file, error } | Self::Input { file, error } => write!(f, "{file}: {error}"),
            Self::NoSuchLedger(file) => write!(f, "{file}: there is no such ledger"),
            Self::NameTaken(file) => write!(f, "{file}: there is a file of this name already; choose another name"),
            Self::Unreadable { file, why } => write!(f, "{file}: {why}"),
            Self::WhoseRecord { file, why, people } => {
                write!(f, "{file}: {why}; say whose record it is with --person:")?;
                for (key, name) in people {
                    write!(f, "\n  {}  ({key})", name.as_deref().unwrap_or("without a name"))?;
                }
                Ok(())
            }
            Self::PartlyRead => f.write_str("some of the input could not be read; the rest is in"),
            Self::LeftOut(count) => {
                write!(f, "{count} entries or blocks are damaged and were left out; the rest is written")
            }
            Self::DoesNotHold(count) => write!(f, "{count} things do not hold: this file was changed or damaged"),
            Self::NoPassphrase(why) => {
                write!(f, "no passphrase: type it at the terminal or set CHARTCHAIN_PASSPHRASE ({why})")
            }
            Self::PassphrasesDiffer => f.write_str("the two passphrases differ; nothing was made"),
            Self::Trouble(trouble) => write!(f, "{trouble}"),
            Self::Unexpected => f.write_str("unexpected answer of the engine; please report this"),
        }
    }
}

fn write_words_problem(f: &mut fmt::Formatter<'_>, problem: &WordsProblem) -> fmt::Result {
    match problem {
        WordsProblem::Count(count) => write!(f, "these are {count} recovery words, not 24"),
        WordsProblem::Unknown(places) => write!(f, "words at {places:?} are not in the list of words"),
        WordsProblem::Differ(places) => write!(f, "words at {places:?} differ"),
        WordsProblem::Word { place, meant } => write!(f, "word {place} is wrong; with `{meant}` all of them fit"),
        WordsProblem::Swapped { first, second } => write!(f, "words {first} and {second} have changed places"),
        WordsProblem::OthersWords => f.write_str("these are not the recovery words that open this"),
    }
}
