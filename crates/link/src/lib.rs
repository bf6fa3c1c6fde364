//! Ways between two devices. What carries a session is nothing that a session trusts: it seals everything for its two sides
//! (`chartchain_sync`).
//!
//! [`Invitation`] is one link by which two devices meet in a room of a relay, as [`Meeting`] has it; the room carries signals, or a
//! whole session.
//!
//! [`Signal`] is what one end of a WebRTC connection says of how to reach it, short enough for a QR code; `Peer` is such an end, in a
//! browser's window. Where there is no connection at all, [`AnimatedWriter`] shows bytes as a series of QR codes to a camera.

mod animated;
#[cfg(test)]
mod animated_test;
mod base45;
mod frame;
mod hello;
mod invitation;
mod meeting;
#[cfg(test)]
mod meeting_test;
mod peer;
mod room;
mod sdp;
mod signal;

pub use animated::{AnimatedReader, AnimatedWriter, Progress};
pub use frame::{AnimatedError, Frame, MAX_ANIMATED_BYTES, PIECE_BYTES};
pub use invitation::{Invitation, InvitationError};
pub use meeting::{MAX_MEETING_FRAME_BYTES, Meeting, MeetingError, MeetingEvent};
pub use peer::{Heard, IceServer, Peer, PeerError, Reach, is_supported};
pub use signal::{Candidate, Role, Signal, SignalError};
