//! The only rooms that touch the browser.

mod alarm;
pub mod browser;
pub mod companions;
pub mod engine;
pub mod letters;
pub mod offline;
pub mod outlet;
pub mod passkey;
pub mod qr;
pub mod reach;
pub mod relay;
pub mod room;
mod trusted;
pub mod ways;
pub mod wire;
