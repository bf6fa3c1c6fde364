//! Secrets from the environment, else from the terminal.

use std::io::Read as _;
use std::path::Path;

use chartchain_vault::protocol::Secret;

use crate::failure::Failure;

const PASSPHRASE_VARIABLE: &str = "CHARTCHAIN_PASSPHRASE";
const FILE_PASSPHRASE_VARIABLE: &str = "CHARTCHAIN_RECOVERY_PASSPHRASE";
const WORDS_VARIABLE: &str = "CHARTCHAIN_WORDS";
/// No recovery file is longer: what comes behind is not read.
const MAX_RECOVERY_FILE_BYTES: u64 = 64 * 1024;

/// The passphrase from `CHARTCHAIN_PASSPHRASE`, else typed at the terminal.
///
/// # Errors
/// There is neither.
pub fn read_passphrase() -> Result<Secret, Failure> {
    set(PASSPHRASE_VARIABLE).map_or_else(|| ask("Passphrase: "), Ok)
}

/// The same for a passphrase that is new: at the terminal it is typed twice, because nobody sees what they type.
///
/// # Errors
/// There is neither, or the second one differs.
pub fn read_new_passphrase() -> Result<Secret, Failure> {
    set(PASSPHRASE_VARIABLE).map_or_else(|| ask_twice("New passphrase: "), Ok)
}

/// The passphrase of a recovery file from `CHARTCHAIN_RECOVERY_PASSPHRASE`, else typed at the terminal.
///
/// # Errors
/// There is neither.
pub fn read_file_passphrase() -> Result<Secret, Failure> {
    set(FILE_PASSPHRASE_VARIABLE).map_or_else(|| ask("Passphrase of the recovery file: "), Ok)
}

/// The same for a file that is new.
///
/// # Errors
/// There is neither, or the second one differs.
pub fn read_new_file_passphrase() -> Result<Secret, Failure> {
    set(FILE_PASSPHRASE_VARIABLE).map_or_else(|| ask_twice("New passphrase for the recovery file: "), Ok)
}

/// The recovery words from `CHARTCHAIN_WORDS`, else typed at the terminal in one line.
///
/// # Errors
/// There is neither.
pub fn read_words() -> Result<Secret, Failure> {
    set(WORDS_VARIABLE).map_or_else(|| ask("24 recovery words: "), Ok)
}

/// A recovery file, as far as one can be long.
///
/// # Errors
/// It cannot be read.
pub fn read_recovery_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| Failure::Input { file: path.display().to_string(), error: error.to_string() };
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(failed)?.take(MAX_RECOVERY_FILE_BYTES).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn set(variable: &str) -> Option<Secret> {
    std::env::var(variable).ok().map(Secret)
}

fn ask(prompt: &str) -> Result<Secret, Failure> {
    rpassword::prompt_password(prompt).map(Secret).map_err(|error| Failure::NoPassphrase(error.to_string()))
}

fn ask_twice(prompt: &str) -> Result<Secret, Failure> {
    let passphrase = ask(prompt)?;
    if ask("The same again: ")?.0 == passphrase.0 { Ok(passphrase) } else { Err(Failure::PassphrasesDiffer) }
}
