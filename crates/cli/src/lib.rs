//! The engine on a file: what the command line and the benchmarks share.

mod failure;
mod session;

pub use failure::Failure;
pub use session::{Session, draft_beside, read_new_passphrase, read_passphrase, read_words};
