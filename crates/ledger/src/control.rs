//! What control blocks say, but for first blocks: changes of who belongs to a ledger, and suspensions.

use std::borrow::Cow;

use chartchain_keys::{Domain, SignatureBytes, SigningKey, VerifyError, VerifyKey};

use crate::cbor::{CborError, Reader, Writer};
use crate::{Body, Hash};

const FORMAT: u64 = 0;
const KIND_CHANGE: u64 = 2;
const KIND_SUSPENSION: u64 = 3;
/// Voting of witnesses has two phases; so far there is only the second.
const PHASE_COMMIT: u64 = 2;
/// Most changes of one proposal.
pub const MAX_CHANGES: usize = 256;
/// Most proofs of one proposal.
const MAX_PROOFS: usize = 64;
/// Longest sealed name of a member, bytes.
pub const MAX_NAME_BYTES: usize = 512;

/// Why bytes are no control block of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// Not the form of its kind, or over its bounds.
    #[error("control block is malformed: {0}")]
    Malformed(#[from] CborError),
    /// A proof in it was not signed by whoever it names.
    #[error("a proof of a control block does not hold: {0}")]
    Proof(#[from] VerifyError),
}

/// What a device is in a ledger. (Roles, design 3.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The person whose ledger it is: may let anybody in.
    Patient,
    /// A parent, carer or relative.
    Delegate,
    /// Somebody who treats the patient.
    Clinician,
    /// Keeps headers and countersigns; reads nothing.
    Witness,
}

impl Role {
    const ALL: [Self; 4] = [Self::Patient, Self::Delegate, Self::Clinician, Self::Witness];

    fn code(self) -> u64 {
        Self::ALL.iter().position(|role| *role == self).unwrap_or_default() as u64
    }

    fn of_code(code: u64) -> Result<Self, CborError> {
        usize::try_from(code).ok().and_then(|code| Self::ALL.get(code).copied()).ok_or(CborError::Type)
    }
}

/// For whom a device stands. Devices of one domain are of one person or house: they count once where witnesses are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DomainId(pub [u8; 16]);

impl DomainId {
    /// The patient's own.
    pub const PATIENT: Self = Self([0; 16]);
}

/// What a device belongs to a ledger as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    /// What it may do.
    pub role: Role,
    /// For whom it stands.
    pub domain: DomainId,
    /// What it is called, sealed for whoever can read the ledger; empty for none.
    pub name: Vec<u8>,
}

impl Membership {
    /// A device of the patient, without a name.
    pub const fn patient() -> Self {
        Self { role: Role::Patient, domain: DomainId::PATIENT, name: Vec::new() }
    }

    /// Whether its role and domain go together: the patient's domain is that of the patient's devices and of no others.
    const fn fits(&self) -> bool {
        let is_patients = u128::from_be_bytes(self.domain.0) == 0;
        is_patients == matches!(self.role, Role::Patient)
    }

    /// Whether a device that belongs as `self` may let one in that belongs as `other`.
    pub fn may_let_in(&self, other: &Self) -> bool {
        match self.role {
            Role::Patient => true,
            // Theirs is the same house and the same role.
            Role::Delegate | Role::Clinician => self.role == other.role && self.domain == other.domain,
            Role::Witness => false,
        }
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.array(3).uint(self.role.code()).bytes(&self.domain.0).bytes(&self.name);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.array(3)?;
        let (role, domain) = (Role::of_code(reader.uint()?)?, DomainId(reader.bytes_exact()?));
        let membership = Self { role, domain, name: reader.bytes()?.to_vec() };
        if membership.name.len() <= MAX_NAME_BYTES && membership.fits() {
            Ok(membership)
        } else {
            Err(CborError::Length)
        }
    }
}

/// A change of who belongs to a ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A feed belongs to it, whatever becomes of whoever let it in; or belongs as something else from now on.
    Admit {
        /// Whose.
        feed: VerifyKey,
        /// As what.
        membership: Membership,
    },
    /// A feed ends: its blocks from `length` on are set aside, it gets nothing, and it never comes back.
    Remove {
        /// Whose.
        feed: VerifyKey,
        /// How many of its blocks stand.
        length: u64,
    },
    /// From the next height on the changes are this device's to make, one of the patient's.
    Steward {
        /// Whose.
        feed: VerifyKey,
    },
    /// A suspension is over. Nobody lifts one of its own but by the recovery key.
    Lift {
        /// The block that suspended.
        suspension: Hash,
    },
}

impl Change {
    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Admit { feed, membership } => membership.write(writer.array(3).uint(0).bytes(&feed.0)),
            Self::Remove { feed, length } => drop(writer.array(3).uint(1).bytes(&feed.0).uint(*length)),
            Self::Steward { feed } => drop(writer.array(2).uint(2).bytes(&feed.0)),
            Self::Lift { suspension } => drop(writer.array(2).uint(3).bytes(&suspension.0)),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        let fields = reader.array_up_to(3)?;
        Ok(match (reader.uint()?, fields) {
            (0, 3) => Self::Admit { feed: VerifyKey(reader.bytes_exact()?), membership: Membership::read(reader)? },
            (1, 3) => Self::Remove { feed: VerifyKey(reader.bytes_exact()?), length: reader.uint()? },
            (2, 2) => Self::Steward { feed: VerifyKey(reader.bytes_exact()?) },
            (3, 2) => Self::Lift { suspension: Hash(reader.bytes_exact()?) },
            _ => return Err(CborError::Type),
        })
    }
}

/// One link of the control chain (design 2, rule R9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// How many were in force before it, and 1.
    pub height: u64,
    /// Of several for one height the one with the higher view counts. Above 0 only with the recovery key's proof.
    pub view: u64,
    /// Name of the one before; zero for the first.
    pub previous: Hash,
    /// What changes, in this order.
    pub changes: Vec<Change>,
}

impl Proposal {
    fn write(&self, writer: &mut Writer) {
        writer.array(4).uint(self.height).uint(self.view).bytes(&self.previous.0).array(self.changes.len());
        for change in &self.changes {
            change.write(writer);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.array(4)?;
        let (height, view, previous) = (reader.uint()?, reader.uint()?, Hash(reader.bytes_exact()?));
        let count = reader.array_up_to(MAX_CHANGES)?;
        let changes: Result<Vec<Change>, CborError> = (0..count).map(|_| Change::read(reader)).collect();
        if height == 0 || (height == 1) != (previous == Hash::ZERO) {
            return Err(CborError::Length);
        }
        Ok(Self { height, view, previous, changes: changes? })
    }

    /// Its name: SHA-256 of domain, ledger and its bytes.
    pub fn name(&self, ledger: &Hash) -> Hash {
        let mut writer = Writer::with_capacity(256);
        self.write(&mut writer);
        Hash::of(&[Domain::Proposal.as_bytes(), &ledger.0, &writer.take()])
    }

    /// Signs that it is in force.
    pub fn prove(&self, ledger: &Hash, key: &SigningKey) -> Proof {
        let signature = key.sign(Domain::ControlProof, &proved(ledger, self, PHASE_COMMIT));
        Proof { key: key.verify_key(), signature }
    }
}

/// What a proof is signed over.
fn proved(ledger: &Hash, proposal: &Proposal, phase: u64) -> Vec<u8> {
    let mut writer = Writer::with_capacity(128);
    writer.array(5).bytes(&ledger.0).uint(proposal.height).uint(proposal.view).uint(phase);
    writer.bytes(&proposal.name(ledger).0).take()
}

/// Somebody's signature that a proposal is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Whose.
    pub key: VerifyKey,
    signature: SignatureBytes,
}

/// What a control block says that is not the first of its feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// A link of the control chain.
    Change {
        /// What changes.
        proposal: Proposal,
        /// Who says so beside the block's author, in order of key.
        proofs: Vec<Proof>,
    },
    /// A device gets nothing any more, on sight, until that is lifted. Any device of the patient may say so.
    Suspension {
        /// Whose feed.
        feed: VerifyKey,
    },
}

impl Control {
    /// The body of its block.
    pub fn to_body(&self) -> Body<'static> {
        let mut writer = Writer::with_capacity(512);
        match self {
            Self::Change { proposal, proofs } => {
                proposal.write(writer.array(4).uint(FORMAT).uint(KIND_CHANGE));
                writer.array(proofs.len());
                for proof in proofs {
                    writer.array(3).uint(PHASE_COMMIT).bytes(&proof.key.0).bytes(&proof.signature);
                }
            }
            Self::Suspension { feed } => {
                writer.array(3).uint(FORMAT).uint(KIND_SUSPENSION).bytes(&feed.0);
            }
        }
        Body::Open(Cow::Owned(writer.take()))
    }

    /// Reads the body of a control block and checks its proofs. `None` for other kinds and for newer ones, which are kept and have no
    /// effect here. Bounded: 256 changes, 64 proofs.
    pub fn read(ledger: &Hash, bytes: &[u8]) -> Result<Option<Self>, ControlError> {
        let mut reader = Reader::new(bytes);
        let head = (reader.array_up_to(64), reader.uint(), reader.uint());
        match head {
            (Ok(4), Ok(FORMAT), Ok(KIND_CHANGE)) => {
                // What a newer version changes is kept, and has no effect here.
                let (proposal, proofs) = match (Proposal::read(&mut reader), read_proofs(&mut reader)) {
                    (Err(CborError::Type), _) | (Ok(_), Err(CborError::Type)) => return Ok(None),
                    (proposal, proofs) => (proposal?, proofs?),
                };
                reader.finish()?;
                for proof in &proofs {
                    let signed = proved(ledger, &proposal, PHASE_COMMIT);
                    proof.key.verify(Domain::ControlProof, &signed, &proof.signature)?;
                }
                Ok(Some(Self::Change { proposal, proofs }))
            }
            (Ok(3), Ok(FORMAT), Ok(KIND_SUSPENSION)) => {
                let feed = VerifyKey(reader.bytes_exact()?);
                reader.finish()?;
                Ok(Some(Self::Suspension { feed }))
            }
            _ => Ok(None),
        }
    }
}

fn read_proofs(reader: &mut Reader<'_>) -> Result<Vec<Proof>, CborError> {
    let count = reader.array_up_to(MAX_PROOFS)?;
    let mut proofs: Vec<Proof> = Vec::with_capacity(count);
    for _ in 0..count {
        reader.array(3)?;
        if reader.uint()? != PHASE_COMMIT {
            return Err(CborError::Type);
        }
        let proof = Proof { key: VerifyKey(reader.bytes_exact()?), signature: reader.bytes_exact()? };
        if proofs.last().is_some_and(|last| last.key >= proof.key) {
            return Err(CborError::Length);
        }
        proofs.push(proof);
    }
    Ok(proofs)
}
