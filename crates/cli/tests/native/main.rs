//! The real binary on real files.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests, helpers of tests included")]

mod backup;
mod bad_input;
mod commands;
mod flips;
mod interrupted;
mod kills;
mod meet;
mod new;
mod rest;
mod round_trips;
mod tool;
