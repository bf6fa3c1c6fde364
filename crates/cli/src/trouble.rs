use chartchain_link::InvitationError;

/// Why two devices did not come to hold the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The text is no invitation, or says nowhere to meet.
    #[error(transparent)]
    Invitation(#[from] InvitationError),
    /// There is no host at the address.
    #[error("{host} cannot be reached ({error}); check the address, and whether the host runs")]
    Unreachable {
        /// Which. The rest of the address is a secret.
        host: String,
        /// What the system says.
        error: String,
    },
    /// The host does not do what a relay does.
    #[error("{host} has no rooms to meet in (it answers {status}); use a host that runs `chartchain serve`")]
    NoRelay {
        /// Which.
        host: String,
        /// The status of its answer.
        status: u16,
    },
    /// An address names no host.
    #[error("this is no address of a host; give it as https://NAME")]
    NoAddress,
    /// The host keeps no letters.
    #[error("{host} keeps no mail; use a host that runs `chartchain serve --mail FOLDER`")]
    NoMail {
        /// Which.
        host: String,
    },
    /// The host takes no more letters now.
    #[error("{host} takes no more letters now (it answers {status}); nothing is lost, try again later")]
    MailFull {
        /// Which.
        host: String,
        /// The status of its answer.
        status: u16,
    },
    /// The relay has no room or time for this.
    #[error("the relay ended the connection ({0}); what came is kept, try again later")]
    RelayEnded(String),
    /// Nobody was there in time.
    #[error("nobody is at the other end of this link; ask for a new one, and use it while the other device waits")]
    Nobody,
    /// Nobody used the link in time.
    #[error("nobody came by this link in time; make a new one when the other device is ready")]
    NobodyCame,
    /// The link was used before.
    #[error("this link was used by another device already; ask for a new one")]
    Taken,
    /// The other side left.
    #[error("the other device left before both held the same; what came is kept, and goes on the next time")]
    Left,
    /// Something was changed on its way.
    #[error("what came was changed on its way, so the connection was ended; what came before is kept, try a new link")]
    Broken,
    /// The people see different numbers.
    #[error("the numbers differ: somebody may sit between the two devices; nothing was given, make a new link")]
    NumbersDiffer,
    /// Nobody said whether they see the same.
    #[error("nobody said whether both see the same number; answer at the terminal, or give --number-checked")]
    NumberNotCompared,
    /// There is nothing to sync.
    #[error(
        "the two devices hold no record in common; use --let-in ROLE here and --ask NAME there, or the other way round"
    )]
    NothingInCommon,
    /// One of the two gives the other nothing.
    #[error("one of the two devices does not belong to the record any more, or forked; see the list of devices there")]
    Refused,
    /// The time was over.
    #[error("the time was over before both held the same; what came is kept, and goes on the next time")]
    NotInTime,
    /// Somebody pressed Ctrl-C.
    #[error("ended before both held the same; what came is kept, and goes on the next time")]
    Interrupted,
    /// Who lets somebody in has to be able to undo it.
    #[error(
        "nobody is let in before the recovery words are written down: run `chartchain words` and then `chartchain check-words`"
    )]
    WordsFirst,
}

impl Trouble {
    /// As documented in the help.
    pub(crate) const fn exit_code(&self) -> u8 {
        match self {
            Self::Invitation(_) => 4,
            Self::WordsFirst | Self::NumberNotCompared => 2,
            _ => 9,
        }
    }
}
