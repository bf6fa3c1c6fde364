use std::{fmt, io, path::Path, time::Duration};

use fantoccini::error::{CmdError, NewSessionError};

/// Why a step in a browser failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Trouble {
    /// The driver or the browser did not start; `cargo xtask test` installs both.
    Start {
        /// The program that was to be started.
        program: String,
        /// What it said.
        reason: String,
    },
    /// The browser refused a command.
    Command(Box<CmdError>),
    /// Nothing on the page answers to this name.
    Absent {
        /// What was looked for.
        wanted: String,
        /// The text of the page at that time.
        page: String,
    },
    /// Something that was waited for did not happen.
    Late {
        /// What was waited for.
        wanted: String,
        /// How long.
        waited: Duration,
    },
    /// What the browser shows is not what is right.
    Wrong(String),
    /// A file could not be read or written.
    Files {
        /// What was tried.
        doing: String,
        /// What the system said.
        source: io::Error,
    },
    /// A script for the browser does not follow the rules.
    Script {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

impl Trouble {
    /// For tests: what is seen is not what is right.
    pub fn wrong(what: impl Into<String>) -> Self {
        Self::Wrong(what.into())
    }

    pub(crate) fn files(verb: &str, path: &Path, source: io::Error) -> Self {
        Self::Files { doing: format!("{verb} {}", path.display()), source }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start { program, reason } => write!(f, "{program} did not start: {reason}"),
            Self::Command(error) => write!(f, "the browser refused: {error}"),
            Self::Absent { wanted, page } => write!(f, "{wanted} is not on the page, which reads:\n{page}"),
            Self::Late { wanted, waited } => write!(f, "{wanted} did not come within {} s", waited.as_secs()),
            Self::Wrong(what) => f.write_str(what),
            Self::Files { doing, source } => write!(f, "cannot {doing}: {source}"),
            Self::Script { line, reason } => write!(f, "line {line}: {reason}"),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<CmdError> for Trouble {
    fn from(error: CmdError) -> Self {
        Self::Command(Box::new(error))
    }
}

impl From<NewSessionError> for Trouble {
    fn from(error: NewSessionError) -> Self {
        Self::Start { program: "the browser".into(), reason: error.to_string() }
    }
}
