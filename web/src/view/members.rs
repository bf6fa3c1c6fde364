//! Who belongs to a record, in words.

use chartchain_vault::protocol::{DeviceHas, DeviceLine, DeviceStanding, MemberChange, MemberRole, Members, Signer};

use crate::components::tag::Tone;
use crate::t;

/// As what somebody can be let in, in the order in which that is asked.
pub const ROLES: [MemberRole; 4] =
    [MemberRole::Patient, MemberRole::Delegate, MemberRole::Clinician, MemberRole::Witness];

/// As what a device belongs to a record, in words.
#[must_use]
pub fn role_words(role: MemberRole) -> String {
    match role {
        MemberRole::Patient => t!("role-patient"),
        MemberRole::Delegate => t!("role-delegate"),
        MemberRole::Clinician => t!("role-clinician"),
        MemberRole::Witness => t!("role-witness"),
    }
}

/// The same where one is chosen: what it means.
#[must_use]
pub fn role_choice(role: MemberRole) -> String {
    match role {
        MemberRole::Patient => t!("role-patient-choice"),
        MemberRole::Delegate => t!("role-delegate-choice"),
        MemberRole::Clinician => t!("role-clinician-choice"),
        MemberRole::Witness => t!("role-witness-choice"),
    }
}

/// As whom a device with this role may let others in.
#[must_use]
pub fn roles_for(own: Option<MemberRole>) -> Vec<MemberRole> {
    match own {
        Some(MemberRole::Patient) => ROLES.to_vec(),
        Some(role @ (MemberRole::Delegate | MemberRole::Clinician)) => vec![role],
        Some(MemberRole::Witness) | None => Vec::new(),
    }
}

/// What a device is called.
#[must_use]
pub fn name_words(line: &DeviceLine) -> String {
    match (line.this_device, line.name.is_empty()) {
        (true, true) => t!("this-device"),
        (true, false) => t!("this-device-called", name = line.name.clone()),
        (false, false) => line.name.clone(),
        (false, true) => t!("device-unnamed"),
    }
}

/// Who somebody is that signs entries, as others see them: by what they are, which is sure, and as their device is called, which
/// whoever let it in has chosen.
#[must_use]
pub fn signer_words(signer: &Signer) -> String {
    let who = match signer.role {
        Some(MemberRole::Patient) => t!("signer-patient"),
        Some(role) => role_words(role),
        None => t!("signer-nobody"),
    };
    if signer.name.is_empty() { who } else { t!("signer-named", name = signer.name.clone(), role = who) }
}

/// How it stands, where that is not good.
#[must_use]
pub fn standing_words(standing: DeviceStanding) -> Option<(Tone, String)> {
    match standing {
        DeviceStanding::Good => None,
        DeviceStanding::Coming => Some((Tone::Neutral, t!("device-coming"))),
        DeviceStanding::NotLetIn => Some((Tone::Attention, t!("device-not-let-in"))),
        DeviceStanding::Suspended => Some((Tone::Attention, t!("device-suspended"))),
        DeviceStanding::Removed => Some((Tone::Neutral, t!("device-removed"))),
        DeviceStanding::Forked => Some((Tone::Attention, t!("device-forked"))),
    }
}

/// What it holds, as it said last.
#[must_use]
pub fn has_words(line: &DeviceLine) -> String {
    match line.has {
        _ if line.this_device => t!("device-everything"),
        _ if line.role == Some(MemberRole::Witness) => t!("device-headers"),
        DeviceHas::Unknown => t!("device-unknown"),
        DeviceHas::Everything => t!("device-everything"),
        DeviceHas::Lacks(count) => t!("device-lacks", count = count),
        DeviceHas::InLetters(count) => t!("device-in-letters", count = count),
    }
}

/// What can be done about a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It gets nothing more, on sight.
    Stop,
    /// It gets everything again.
    Resume,
    /// It never comes back.
    Remove,
    /// It decides from now on.
    Decide,
}

impl Act {
    /// As it stands in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Resume => "resume",
            Self::Remove => "remove",
            Self::Decide => "decide",
        }
    }

    /// From an address.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        [Self::Stop, Self::Resume, Self::Remove, Self::Decide].into_iter().find(|act| act.name() == name)
    }
}

/// What the person here can do about a device.
#[must_use]
pub fn acts(members: &Members, line: &DeviceLine) -> Vec<Act> {
    let is_patient = members.role == Some(MemberRole::Patient);
    let changes = is_patient && (members.decides || members.has_words);
    let is_there = matches!(line.standing, DeviceStanding::Good | DeviceStanding::Coming);
    let is_gone = line.standing == DeviceStanding::Removed;
    let of = |act: Act, may: bool| may.then_some(act);
    let decide = changes && !line.decides && is_there && line.role == Some(MemberRole::Patient);
    [
        of(Act::Resume, changes && line.standing == DeviceStanding::Suspended),
        // This device takes over by the words; others are given it by the one that decides.
        of(Act::Decide, decide && (members.decides || line.this_device)),
        of(Act::Stop, is_patient && !line.this_device && is_there),
        of(Act::Remove, changes && !line.this_device && !is_gone),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Devices that this one has let in, and that go on without it.
#[must_use]
pub fn let_in_by<'a>(members: &'a Members, feed: &str) -> Vec<&'a DeviceLine> {
    let is_of = |line: &&DeviceLine| {
        let is_there = !matches!(line.standing, DeviceStanding::Removed | DeviceStanding::NotLetIn);
        line.let_in_by.as_deref() == Some(feed) && !line.this_device && is_there
    };
    members.devices.iter().filter(is_of).collect()
}

/// What the engine is asked for; stopping is a command of its own.
#[must_use]
pub fn change_of(act: Act, feed: &str, with: &[String]) -> Option<MemberChange> {
    let feed = feed.to_owned();
    match act {
        Act::Stop => None,
        Act::Resume => Some(MemberChange::Lift { feed }),
        Act::Decide => Some(MemberChange::Steward { feed }),
        Act::Remove => Some(MemberChange::Remove { feeds: [vec![feed], with.to_vec()].concat() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(feed: &str, role: MemberRole, standing: DeviceStanding) -> DeviceLine {
        DeviceLine {
            feed: feed.into(),
            this_device: feed == "own",
            connected: false,
            name: String::new(),
            role: Some(role),
            house: String::new(),
            decides: false,
            let_in_by: None,
            since_ms: None,
            compared_ms: None,
            met_ms: None,
            blocks: 0,
            letter_ms: None,
            has: DeviceHas::Everything,
            standing,
        }
    }

    fn members(decides: bool, has_words: bool, role: MemberRole) -> Members {
        Members { copies: 1, devices: Vec::new(), decides, is_decided: true, role: Some(role), has_words }
    }

    #[test]
    fn what_can_be_done_follows_who_decides_and_how_a_device_stands() {
        let other = line("a", MemberRole::Patient, DeviceStanding::Good);
        let clinic = line("b", MemberRole::Clinician, DeviceStanding::Suspended);
        let own = line("own", MemberRole::Patient, DeviceStanding::Good);
        let steward = members(true, false, MemberRole::Patient);
        assert_eq!(acts(&steward, &other), [Act::Decide, Act::Stop, Act::Remove]);
        assert_eq!(acts(&steward, &clinic), [Act::Resume, Act::Remove]);
        assert_eq!(acts(&steward, &line("c", MemberRole::Patient, DeviceStanding::Removed)), []);
        let laptop = members(false, false, MemberRole::Patient);
        assert_eq!(acts(&laptop, &other), [Act::Stop]);
        assert_eq!(acts(&laptop, &own), []);
        let with_words = members(false, true, MemberRole::Patient);
        assert_eq!(acts(&with_words, &own), [Act::Decide]);
        assert_eq!(acts(&with_words, &other), [Act::Stop, Act::Remove]);
        assert_eq!(acts(&members(false, false, MemberRole::Clinician), &other), []);
    }

    #[test]
    fn a_house_lets_in_its_own() {
        assert_eq!(roles_for(Some(MemberRole::Patient)).len(), 4);
        assert_eq!(roles_for(Some(MemberRole::Clinician)), [MemberRole::Clinician]);
        assert!(roles_for(Some(MemberRole::Witness)).is_empty());
    }

    #[test]
    fn acts_are_found_by_their_names() {
        for act in [Act::Stop, Act::Resume, Act::Remove, Act::Decide] {
            assert_eq!(Act::find(act.name()), Some(act));
        }
        assert_eq!(Act::find("else"), None);
    }
}
