//! Files that are written whole or not at all.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use chartchain_cli::{Failure, Session, draft_beside};
use chartchain_store::create_private;
use chartchain_vault::protocol::{Command, JobId, Reply};

/// A file that could not be written.
pub fn not_written(out: &Path, error: &std::io::Error) -> Failure {
    Failure::File { file: out.display().to_string(), error: error.to_string() }
}

/// Writes what a job made.
///
/// # Errors
/// The engine's fault, or the file cannot be written.
pub fn write_out(session: &mut Session, job: JobId, out: &Path) -> Result<(), Failure> {
    write_whole(out, |file| {
        let mut offset = 0;
        loop {
            let Reply::Part(part) = session.ask(Command::ExportPart { job, offset })? else {
                return Err(Failure::Unexpected);
            };
            if part.is_empty() {
                return Ok(());
            }
            offset += part.len() as u64;
            file.write_all(&part).map_err(|error| not_written(out, &error))?;
        }
    })
}

/// Written beside its place and moved there when whole: never half a file, and nobody else reads it.
///
/// # Errors
/// What `write` gives, or the file cannot be written.
pub fn write_whole(out: &Path, write: impl FnOnce(&mut File) -> Result<(), Failure>) -> Result<(), Failure> {
    let io = |error: std::io::Error| not_written(out, &error);
    let draft = draft_beside(out);
    let mut file = create_private(&draft).map_err(io)?;
    let written = write(&mut file)
        .and_then(|()| file.sync_all().map_err(io))
        .and_then(|()| std::fs::rename(&draft, out).map_err(io));
    if written.is_err() {
        // It may not be encrypted: nothing of it stays. The first failure is the one to tell.
        let _ = std::fs::remove_file(&draft);
    }
    written
}
