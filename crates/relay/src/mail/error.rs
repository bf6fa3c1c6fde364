use std::io;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::counters::Refusal;

/// Why a mailbox does not do what it was asked for. The words are for whoever reads the answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MailError {
    /// The address is none.
    #[error("a mailbox's tag is 32 lower-case hex digits, a parcel's name 64")]
    Address,
    /// No folder was given for mail.
    #[error("this relay keeps no mail")]
    NoMail,
    /// No such parcel, or not any more.
    #[error("there is no such parcel")]
    NotThere,
    /// The bytes are not what the name says.
    #[error("the name of a parcel is the SHA-256 of its bytes, and these have another one")]
    Hash,
    /// More bytes than a parcel may have.
    #[error("a parcel has at most {0} bytes")]
    ParcelSize(usize),
    /// The bytes did not all come, or too slowly.
    #[error("the parcel broke off: send it again")]
    BrokeOff,
    /// The mailbox of this tag is full.
    #[error("this mailbox is full: take parcels out, or wait until they are too old")]
    MailboxFull,
    /// All mailboxes together are full.
    #[error("this relay has no room for more mail: use another one, or try again later")]
    MailFull,
    /// More is coming than there is memory for.
    #[error("too much is coming at once: try again in a minute")]
    Busy,
    /// The folder cannot be read or written.
    #[error("the relay cannot use its storage: whoever runs it has to look")]
    Storage(#[from] io::Error),
}

impl MailError {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Address | Self::NoMail | Self::NotThere => StatusCode::NOT_FOUND,
            Self::Hash => StatusCode::BAD_REQUEST,
            Self::ParcelSize(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BrokeOff => StatusCode::REQUEST_TIMEOUT,
            Self::MailboxFull | Self::MailFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Storage(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// As what it is counted.
    pub(crate) const fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Hash => Some(Refusal::Hash),
            Self::ParcelSize(_) => Some(Refusal::ParcelSize),
            Self::MailboxFull => Some(Refusal::MailboxFull),
            Self::MailFull | Self::Busy => Some(Refusal::MailFull),
            Self::Address | Self::NoMail | Self::NotThere | Self::BrokeOff | Self::Storage(_) => None,
        }
    }
}

impl IntoResponse for MailError {
    fn into_response(self) -> Response {
        (self.status(), format!("{self}\n")).into_response()
    }
}
