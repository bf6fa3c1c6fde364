//! How it stands with letters, in words.

use crate::t;

/// Letters for devices that are never here at the same time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Letters {
    /// Nobody has looked yet.
    #[default]
    Unknown,
    /// The person does not want any.
    Off,
    /// The host that the app came from keeps none.
    NotKept,
    /// They are being fetched and left.
    UnderWay,
    /// All were fetched and left.
    Done {
        /// When, milliseconds since 1970.
        at_ms: i64,
        /// Letters that could not be read, and were thrown away.
        unread: u32,
    },
    /// Not all could be fetched or left.
    Failed(Trouble),
}

/// Why letters do not come or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The host cannot be reached.
    Unreachable,
    /// A mailbox, or all of them together, are full: whom letters are for has not fetched them for long.
    Full,
    /// The host answers in another way than it should.
    Host,
    /// The engine could not write or read one.
    Engine,
}

/// In words. `moment` makes words of a time.
#[must_use]
pub fn words(letters: Letters, moment: impl Fn(i64) -> String) -> String {
    match letters {
        Letters::Unknown | Letters::UnderWay => t!("letters-under-way"),
        Letters::Off => t!("letters-off"),
        Letters::NotKept => t!("letters-not-kept"),
        Letters::Done { at_ms, unread: 0 } => t!("letters-done", when = moment(at_ms)),
        Letters::Done { at_ms, unread } => t!("letters-done-unread", when = moment(at_ms), count = unread),
        Letters::Failed(Trouble::Unreachable) => t!("letters-unreachable"),
        Letters::Failed(Trouble::Full) => t!("letters-full"),
        Letters::Failed(Trouble::Host) => t!("letters-host"),
        Letters::Failed(Trouble::Engine) => t!("letters-engine"),
    }
}
