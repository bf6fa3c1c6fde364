//! Sessions between two devices: which ledgers are common, who may have what of them, and blocks in pieces. And
//! [parcels](ParcelWriter): the same in one direction, for others who are not there at the time.
//!
//! The crate does no IO and has no clock: whoever drives a [`Session`] carries frames between the two sides, judges and stores what
//! comes, and says what is given. A session is sealed for its two sides alone, whatever carries the frames; who the other
//! side is, it proves for each ledger. Nothing here has an effect on a ledger: blocks are handed on as they came.

mod event;
mod incoming;
mod message;
mod outgoing;
mod parcel;
mod request;
mod session;

#[cfg(test)]
mod session_test;

#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

pub use event::{End, Event};
pub use parcel::{
    Introduction, Invitation, MAX_PARCEL_BYTES, MAX_PARCEL_FORKS, MAX_PARCEL_INTRODUCTIONS, ParcelError, ParcelHead,
    ParcelReader, ParcelRecord, ParcelWriter, Receipt,
};
pub use request::{MAX_REQUEST_BYTES, Request, RequestError, invitation_number};
pub use session::Session;

/// Longest frame, bytes. (16 KiB is what every kind of data channel carries.)
pub const MAX_FRAME_BYTES: usize = 16 * 1024;
/// So many bytes of blocks may be under way before the other side has done with them.
pub const WINDOW_BYTES: u64 = 1024 * 1024;
/// Longest body of a block that goes through a session, bytes.
pub const MAX_BODY_BYTES: u64 = 64 * 1024 * 1024;
