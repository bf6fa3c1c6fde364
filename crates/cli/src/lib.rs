//! The engine on a file: what the command line and the benchmarks share.

mod failure;
mod session;

pub use failure::Failure;
pub use session::{Session, read_passphrase};
