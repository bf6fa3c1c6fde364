/// Domain strings: one for every signature, derived key and sealed box, each with its version. A new version of a
/// format is a new domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Domain {
    /// Signature over a block's envelope.
    BlockEnvelope,
    /// Signature that lets a device write.
    Enrolment,
    /// Name of a proposed change in the control chain.
    Proposal,
    /// Signature that a proposed change is in force.
    ControlProof,
    /// Request to be let in that goes by file, and the numbers that people compare for it.
    Request,
    /// Name of a member, sealed for those who read the ledger.
    MemberName,
    /// Where letters for a device are left.
    Mailbox,
    /// Where two devices of a ledger find each other.
    Companions,
    /// Key of a segment's table, from the compartment key.
    TableKey,
    /// Tag by which holders of a compartment key recognise its segments.
    SegmentTag,
    /// Associated data of a table row.
    TableRow,
    /// Associated data of an entry's ciphertext.
    Entry,
    /// Key of an entry's commitment, from its data key.
    EntryCommitment,
    /// Passphrase to master key.
    PassphraseLock,
    /// Recovery words to master key.
    WordsLock,
    /// Secret of a passkey to master key.
    PasskeyLock,
    /// Passphrase of a recovery file to recovery words.
    RecoveryFile,
    /// Check digits of the code on a recovery sheet.
    SheetCode,
    /// Row keys of a person's database.
    RowName,
    /// Row values of a person's database.
    RowValue,
    /// X-Wing wrap of a key list.
    KeyWrap,
    /// Recovery words to a ledger's recovery signing key.
    RecoverySigning,
    /// Recovery words to a ledger's recovery X-Wing key.
    RecoveryWrap,
    /// Recovery words to the X-Wing key of sealed files.
    FileWrap,
    /// Wrap of a sealed file's key, in the file's head.
    FileKey,
    /// Frame of a sealed file.
    FileFrame,
    /// Wrap of a parcel's key, in the parcel's head.
    ParcelKey,
    /// Key and frames of a parcel.
    ParcelFrame,
    /// Signature over all of a parcel.
    Parcel,
    /// Merge of concurrent key epochs.
    EpochMerge,
    /// Fork proof.
    ForkProof,
    /// Hashes and keys of a session between two devices.
    Session,
    /// Proof that a device of a ledger takes part in a session.
    SessionMember,
    /// Frame of a session.
    SessionFrame,
    /// What follows from an invitation to meet through a relay.
    Meeting,
    /// Message of a meeting.
    MeetingMessage,
}

impl Domain {
    /// The bytes that enter the computation.
    pub const fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::BlockEnvelope => b"chartchain.block-envelope.v0",
            Self::Enrolment => b"chartchain.enrolment.v0",
            Self::Proposal => b"chartchain.proposal.v0",
            Self::ControlProof => b"chartchain.control-proof.v0",
            Self::Request => b"chartchain.request.v0",
            Self::MemberName => b"chartchain.member-name.v0",
            Self::Mailbox => b"chartchain.mailbox.v0",
            Self::Companions => b"chartchain.companions.v0",
            Self::TableKey => b"chartchain.table-key.v0",
            Self::SegmentTag => b"chartchain.segment-tag.v0",
            Self::TableRow => b"chartchain.table-row.v0",
            Self::Entry => b"chartchain.entry.v0",
            Self::EntryCommitment => b"chartchain.entry-commitment.v0",
            Self::PassphraseLock => b"chartchain.passphrase-lock.v0",
            Self::WordsLock => b"chartchain.words-lock.v0",
            Self::PasskeyLock => b"chartchain.passkey-lock.v0",
            Self::RecoveryFile => b"chartchain.recovery-file.v0",
            Self::SheetCode => b"chartchain.sheet-code.v0",
            Self::RowName => b"chartchain.row-name.v0",
            Self::RowValue => b"chartchain.row-value.v0",
            Self::KeyWrap => b"chartchain.key-wrap.v0",
            Self::RecoverySigning => b"chartchain.recovery-signing.v0",
            Self::RecoveryWrap => b"chartchain.recovery-wrap.v0",
            Self::FileWrap => b"chartchain.file-wrap.v0",
            Self::FileKey => b"chartchain.file-key.v0",
            Self::FileFrame => b"chartchain.file-frame.v0",
            Self::ParcelKey => b"chartchain.parcel-key.v0",
            Self::ParcelFrame => b"chartchain.parcel-frame.v0",
            Self::Parcel => b"chartchain.parcel.v0",
            Self::EpochMerge => b"chartchain.epoch-merge.v0",
            Self::ForkProof => b"chartchain.fork-proof.v0",
            Self::Session => b"chartchain.session.v0",
            Self::SessionMember => b"chartchain.session-member.v0",
            Self::SessionFrame => b"chartchain.session-frame.v0",
            Self::Meeting => b"chartchain.meeting.v0",
            Self::MeetingMessage => b"chartchain.meeting-message.v0",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_domain_is_the_beginning_of_another() {
        // Messages follow their domain without a separator, so one domain must not run into another.
        let all = [
            Domain::BlockEnvelope,
            Domain::Enrolment,
            Domain::Proposal,
            Domain::ControlProof,
            Domain::Request,
            Domain::MemberName,
            Domain::Mailbox,
            Domain::Companions,
            Domain::TableKey,
            Domain::SegmentTag,
            Domain::TableRow,
            Domain::Entry,
            Domain::EntryCommitment,
            Domain::PassphraseLock,
            Domain::WordsLock,
            Domain::PasskeyLock,
            Domain::RecoveryFile,
            Domain::SheetCode,
            Domain::RowName,
            Domain::RowValue,
            Domain::KeyWrap,
            Domain::RecoverySigning,
            Domain::RecoveryWrap,
            Domain::FileWrap,
            Domain::FileKey,
            Domain::FileFrame,
            Domain::ParcelKey,
            Domain::ParcelFrame,
            Domain::Parcel,
            Domain::EpochMerge,
            Domain::ForkProof,
            Domain::Session,
            Domain::SessionMember,
            Domain::SessionFrame,
            Domain::Meeting,
            Domain::MeetingMessage,
        ];
        for (at, one) in all.iter().enumerate() {
            for (other_at, other) in all.iter().enumerate() {
                assert!(at == other_at || !other.as_bytes().starts_with(one.as_bytes()), "{one:?} begins {other:?}");
            }
        }
    }
}
