//! The engine of Chartchain: one object that is driven by commands and answers with replies and events.
//!
//! It owns keys, ledgers, chart and store. The browser drives it in a worker, the command line on its only thread, and
//! tests with a store in memory, all with the same code. It has no clock, no randomness and no storage of its own: those
//! are the [`Platform`]'s. It knows no language and no page.

mod append;
mod backup;
mod block_row;
mod card;
mod companions;
mod devices;
mod documents;
mod doses;
mod drafts;
mod engine;
mod entry;
mod erase;
mod export;
mod files;
mod front;
mod import;
mod index;
mod jobs;
mod later;
mod links;
mod load;
mod made_up;
mod mail;
mod members;
mod moving;
mod network;
mod open;
mod out_file;
mod parcels;
mod per_feed;
mod person;
mod platform;
mod profile;
pub mod protocol;
mod receive;
mod recovery;
mod restore;
mod root;
mod rows;
mod session;
mod take_in;
mod verify;
mod views;
mod visit;
mod writing;
mod written;

pub use engine::Engine;
pub use platform::{DEMO_SEED, MadeUp, Platform, Stretched};
