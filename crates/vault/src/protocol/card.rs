use chartchain_fhir::When;
use serde::{Deserialize, Serialize};

use super::Banner;

/// At most so many things can be left out of a card, each of at most so many bytes.
pub const MOST_LEFT_OUT: usize = 5000;
pub(crate) const LONGEST_KEY_BYTES: usize = 200;

/// What an emergency card is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyCard {
    /// Who; its allergies are those of every page.
    pub banner: Banner,
    /// Allergies, worst first.
    pub allergies: CardPart,
    /// Conditions that are not over.
    pub conditions: CardPart,
    /// Medicines that are taken now or are paused.
    pub medicines: CardPart,
    /// Implants and other devices, and procedures that put one in.
    pub implants: CardPart,
    /// Blood group as measured, the newest, and as the person tells.
    pub blood_group: CardPart,
    /// Whom to call.
    pub contacts: CardPart,
    /// Languages, the preferred one first.
    pub languages: CardPart,
    /// What helps the person, as they tell.
    pub needs: CardPart,
    /// When the newest block of this record was written, milliseconds since 1970.
    pub newest_ms: i64,
}

/// One part of a card.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CardPart {
    /// What there is.
    pub items: Vec<CardItem>,
    /// The record says in so many words that there is none.
    pub none_known: bool,
}

/// One line of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardItem {
    /// Names it when it is left out; stays the same when its entry is amended.
    pub key: String,
    /// What it is.
    pub title: String,
    /// How bad an allergy is, as the source says.
    pub severity: Option<String>,
    /// What happened, the dose, the telephone number.
    pub detail: Option<String>,
    /// Since when.
    pub when: Option<When>,
    /// The person tells it about themselves; nobody measured it.
    pub told: bool,
    /// Another version of its entry says something else.
    pub disputed: bool,
    /// The person left it out of the card.
    pub left_out: bool,
}
