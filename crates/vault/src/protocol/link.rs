use serde::{Deserialize, Serialize};

use super::LedgerId;

/// A connection with another device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LinkId(pub u32);

/// Which side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkSide {
    /// Speaks first.
    Offering,
    /// Is spoken to.
    Answering,
}

/// How a connection stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkCard {
    /// Which.
    pub id: LinkId,
    /// It came to be by itself, between devices that know each other.
    pub by_itself: bool,
    /// Whether both sides have the keys.
    pub stage: LinkStage,
    /// The number that both people compare, below 1,000,000,000.
    pub code: Option<u32>,
    /// Whether the person here said that both see the same.
    pub same_here: Option<bool>,
    /// Whether the person there said so.
    pub same_there: Option<bool>,
    /// The other device asks to be let in, and calls itself so.
    pub asks: Option<String>,
    /// The record into which one of the two let the other.
    pub let_in: Option<LedgerId>,
    /// Records that both hold.
    pub records: Vec<LinkRecord>,
}

/// How far a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkStage {
    /// The keys are being made.
    Greeting,
    /// Sealed for the two sides.
    Open,
    /// Over.
    Over(LinkEnd),
}

/// Why a connection is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkEnd {
    /// One of the two ended it, or it broke.
    Left,
    /// What came was changed on its way, or the other side does not keep to the protocol.
    Broken,
    /// The numbers differ: somebody may sit between the two.
    Between,
    /// There is no room to store what comes.
    StorageFull,
}

/// A record in a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// Which.
    pub ledger: LedgerId,
    /// What the other device may have of it.
    pub access: LinkAccess,
    /// Blocks that were given.
    pub given: u32,
    /// Blocks that the other device still lacks.
    pub to_give: u32,
    /// Blocks that came and are stored.
    pub taken: u32,
    /// Blocks that came and do not hold.
    pub refused: u32,
    /// The other device holds something that is not here.
    pub behind: bool,
    /// Both hold the same.
    pub same: bool,
}

/// What another device may have of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkAccess {
    /// It has not shown yet that it belongs to it.
    Unproved,
    /// It gets everything.
    Admitted,
    /// It gets nothing, because it was never let in, was removed, or forked.
    Refused,
    /// It gives nothing to this device.
    RefusedThere,
}

/// As what somebody belongs to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MemberRole {
    /// The person whose record it is: another device of theirs.
    Patient,
    /// A parent, carer or relative.
    Delegate,
    /// Somebody who treats the patient.
    Clinician,
    /// Countersigns, and reads nothing.
    Witness,
}

/// A change of who belongs to a record. Devices are named by their feed keys, hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberChange {
    /// These end here: they get nothing more, what they write later does not count, and they never come back.
    Remove {
        /// Which.
        feeds: Vec<String>,
    },
    /// This one gets everything again that was stopped.
    Lift {
        /// Which.
        feed: String,
    },
    /// What everybody calls this one.
    Name {
        /// Which.
        feed: String,
        /// At most 200 bytes.
        name: String,
    },
    /// This one, of the patient's, decides from now on.
    Steward {
        /// Which.
        feed: String,
    },
}

/// Who belongs to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// On how many of them everything is that is here, this one included, as they said last.
    pub copies: u32,
    /// Devices, this one first.
    pub devices: Vec<DeviceLine>,
    /// This device decides who belongs to it.
    pub decides: bool,
    /// Some device decides; else only the recovery words do.
    pub is_decided: bool,
    /// As what this device belongs to it.
    pub role: Option<MemberRole>,
    /// The words of the person here are those of the record.
    pub has_words: bool,
}

/// For whom a parcel is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParcelFor {
    /// Devices of the record, by their feed keys, hex; 1 to 16.
    Members(Vec<String>),
    /// A device that asks to be let in, and is by this.
    Newcomer {
        /// The file with which it asks.
        request: Vec<u8>,
        /// As what.
        role: MemberRole,
        /// What everybody there will call it, at most 200 bytes.
        name: String,
    },
}

/// What came of a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelCard {
    /// Of which record it is.
    pub ledger: LedgerId,
    /// What its sender is called; empty where that is not known.
    pub sender: String,
    /// Blocks that were not here.
    pub added: u32,
    /// Blocks that do not hold.
    pub refused: u32,
    /// Blocks that the sender lacked, as it said.
    pub lacks: u32,
    /// It lets this device in: the number that both people compare, 24 digits.
    pub number: Option<String>,
}

/// A device of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Its feed key, hex.
    pub feed: String,
    /// It is this one.
    pub this_device: bool,
    /// It is connected now. Only a list of all devices tells.
    pub connected: bool,
    /// What it is called; empty for none.
    pub name: String,
    /// As what it belongs to the record.
    pub role: Option<MemberRole>,
    /// Devices of one person or house have the same one, hex.
    pub house: String,
    /// It decides who belongs to the record.
    pub decides: bool,
    /// Feed key of the one that let it in, hex, where another one did.
    pub let_in_by: Option<String>,
    /// When it wrote its first block, as its clock showed; milliseconds since 1970.
    pub since_ms: Option<i64>,
    /// When the people at both devices compared a number.
    pub compared_ms: Option<i64>,
    /// When it was connected last.
    pub met_ms: Option<i64>,
    /// When a letter for it was left last, milliseconds since 1970.
    pub letter_ms: Option<i64>,
    /// Blocks that it wrote.
    pub blocks: u32,
    /// What it holds, as it said then.
    pub has: DeviceHas,
    /// How it stands.
    pub standing: DeviceStanding,
}

/// What another device holds of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceHas {
    /// It never said.
    Unknown,
    /// All that is here.
    Everything,
    /// So many blocks fewer.
    Lacks(u32),
    /// So many blocks fewer, all of which are in letters that were left for it.
    InLetters(u32),
}

/// How a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceStanding {
    /// Let in, and has not shown up yet.
    Coming,
    /// May write and read.
    Good,
    /// Nobody let it in who may.
    NotLetIn,
    /// Was stopped, for now.
    Suspended,
    /// Was removed.
    Removed,
    /// Signed two blocks for one place, as a copy of a device does.
    Forked,
}
