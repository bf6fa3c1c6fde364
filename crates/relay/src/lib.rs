//! What a host does for devices: it gives them the app's files, lets them meet in rooms and keeps parcels for them. It reads nothing
//! of what it carries and knows nobody: whoever knows a tag may enter its room and use its mailbox.
//!
//! [`Server`] does all of it, as a [`Config`] says. `docs/protocol.md`, "Relay", is what it speaks.

mod bucket;
mod client;
mod config;
mod counters;
mod files;
mod mail;
mod meet;
mod relay;
mod server;
mod tag;

#[cfg(test)]
mod server_test;
#[cfg(test)]
mod testing;

pub use config::{Clock, Config, Files, Limits, Mail, MailLimits, Rate, Relay};
pub use files::CONTENT_SECURITY_POLICY;
pub use server::Server;
