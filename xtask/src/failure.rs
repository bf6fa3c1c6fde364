//! Why a command of the developer tool stops.

use std::{fmt, io, path::Path};

/// Every way to stop; what a person can do about it is part of the message.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line was not understood.
    Usage(String),
    /// A program ran and failed; its own words are already on the terminal.
    Program { line: String, outcome: String },
    /// Something is not on this machine and could not be installed.
    Missing { what: String, remedy: String },
    /// A file or folder could not be read or written.
    Files { doing: String, source: io::Error },
    /// The wasm-bindgen library refused the module.
    Bindings { module: String, reason: String },
    /// A file of the project does not have the form that this tool relies on.
    Form { file: String, reason: String },
    /// What people download is longer than we allow.
    TooLong { what: &'static str, bytes: u64, budget: u64 },
}

impl Failure {
    pub(crate) fn files(verb: &str, path: &Path, source: io::Error) -> Self {
        Self::Files { doing: format!("{verb} {}", path.display()), source }
    }

    pub(crate) fn missing(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Missing { what: what.into(), remedy: remedy.into() }
    }

    pub(crate) fn form(file: impl fmt::Display, reason: impl Into<String>) -> Self {
        Self::Form { file: file.to_string(), reason: reason.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(reason) => write!(f, "{reason}\n\n{}", crate::USAGE),
            Self::Program { line, outcome } => write!(f, "failed: {line} ({outcome})"),
            Self::Missing { what, remedy } => write!(f, "missing: {what}\n  do this: {remedy}"),
            Self::Files { doing, source } => write!(f, "cannot {doing}: {source}"),
            Self::Bindings { module, reason } => write!(f, "cannot make the bindings of {module}: {reason}"),
            Self::Form { file, reason } => write!(f, "{file}: {reason}"),
            Self::TooLong { what, bytes, budget } => {
                write!(f, "{what} downloads {bytes} bytes, which is more than the {budget} that we allow")
            }
        }
    }
}

impl std::error::Error for Failure {}
