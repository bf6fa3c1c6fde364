//! The engine on a file: what the command line and the benchmarks share.

mod failure;
mod secrets;
mod session;
mod trouble;

pub use failure::Failure;
pub use secrets::{
    read_file_passphrase, read_new_file_passphrase, read_new_passphrase, read_passphrase, read_recovery_file,
    read_words,
};
pub use session::{Recovery, Session, draft_beside};
pub use trouble::Trouble;
