//! Running other programs.

use std::{
    ffi::OsStr,
    fs::File,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use crate::failure::Failure;

/// A program to be run to its end, with its output on this terminal.
#[derive(Debug)]
pub(crate) struct Program(Command);

impl Program {
    pub(crate) fn new(name: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(name);
        command.stdin(Stdio::null());
        Self(command)
    }

    /// The cargo that runs this tool.
    pub(crate) fn cargo() -> Self {
        let mut program = Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // Set for this tool by the cargo around it, and wrong for a package that it builds.
        for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
            program.0.env_remove(name);
        }
        program
    }

    pub(crate) fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.0.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.0.current_dir(folder);
        self
    }

    /// Lets it read what is typed or piped into this tool.
    pub(crate) fn with_input(mut self) -> Self {
        self.0.stdin(Stdio::inherit());
        self
    }

    pub(crate) fn reading(mut self, file: File) -> Self {
        self.0.stdin(file);
        self
    }

    pub(crate) fn writing(mut self, file: File) -> Self {
        self.0.stdout(file);
        self
    }

    /// Runs it; anything but exit code 0 is a failure.
    pub(crate) fn run(mut self) -> Result<(), Failure> {
        let status = self.0.status();
        self.judge(status)
    }

    /// Runs it without a word and tells whether it succeeded.
    pub(crate) fn succeeds(mut self) -> bool {
        self.0.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    /// Runs it and takes what it prints; its complaints stay on the terminal.
    pub(crate) fn read(mut self) -> Result<String, Failure> {
        match self.0.stderr(Stdio::inherit()).output() {
            Ok(output) => {
                self.judge(Ok(output.status))?;
                Ok(String::from_utf8_lossy(&output.stdout).into_owned())
            }
            Err(error) => Err(self.not_started(&error)),
        }
    }

    fn judge(&self, status: std::io::Result<ExitStatus>) -> Result<(), Failure> {
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(Failure::Program { line: self.line(), outcome: status.to_string() }),
            Err(error) => Err(self.not_started(&error)),
        }
    }

    fn not_started(&self, error: &std::io::Error) -> Failure {
        Failure::Program { line: self.line(), outcome: format!("did not start: {error}") }
    }

    fn line(&self) -> String {
        let words = std::iter::once(self.0.get_program()).chain(self.0.get_args());
        words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }
}

/// Where a program is on the PATH.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
