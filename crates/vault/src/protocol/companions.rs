use core::fmt;

use serde::{Deserialize, Serialize};

/// What two devices know alike, and nobody outside of their record. It is not to be shown or logged.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingSecret(pub [u8; 16]);

impl fmt::Debug for MeetingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MeetingSecret(…)")
    }
}

/// A device that is to be met whenever it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companion {
    /// Its feed key, hex.
    pub feed: String,
    /// This device waits in the room as the host; else it looks for the host there.
    pub hosts: bool,
    /// What the room and the keys for it come from: that of an invitation which both have already.
    pub secret: MeetingSecret,
}
