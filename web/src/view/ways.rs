//! Ways to other devices, as pages see them.

use chartchain_vault::protocol::{LinkAccess, LinkCard, LinkEnd, LinkId, LinkRecord, LinkStage};

use crate::t;

/// How long a code is shown before a new one is needed.
pub const CODE_MS: i64 = 10 * 60_000;

/// A way to another device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Which.
    pub id: u32,
    /// This device waits to be answered; else it answers.
    pub offers: bool,
    /// The code that the other device has to read.
    pub code: String,
    /// The code is a link through a relay: who has read it needs no code of its own.
    pub by_relay: bool,
    /// Somebody else has used that link.
    pub is_used: bool,
    /// When the code was made, milliseconds since 1970.
    pub made_ms: i64,
    /// How far it is.
    pub state: WayState,
}

/// How far a way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayState {
    /// The other device has not read the code.
    Waiting,
    /// Both have read each other's code: the browsers look for each other.
    Connecting,
    /// The way is open.
    Linked(LinkId),
    /// It never came to be, or is closed.
    Gone,
}

/// What a connection shows at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// The keys are being made.
    Greeting,
    /// Both people compare the number; `said` says that the person here has.
    Compare {
        /// Below 1,000,000,000.
        code: u32,
        /// The person here said that they see the same.
        said: bool,
    },
    /// Both have, and nobody has asked for anything.
    Met,
    /// The other device asks to be let in, and calls itself so.
    Asked(String),
    /// Records go over.
    Sharing,
    /// It is over.
    Over(LinkEnd),
}

/// What a connection shows now; `more` where the person wants to share another record than those that go over.
#[must_use]
pub fn moment(card: &LinkCard, more: bool) -> Moment {
    let shares = |record: &LinkRecord| record.access != LinkAccess::Unproved;
    let is_sharing = !more && (card.let_in.is_some() || card.records.iter().any(shares));
    match (card.stage, card.code) {
        (LinkStage::Open, _)
            if card.asks.is_some() && card.same_here == Some(true) && card.same_there == Some(true) =>
        {
            Moment::Asked(card.asks.clone().unwrap_or_default())
        }
        (LinkStage::Over(end), _) => Moment::Over(end),
        (LinkStage::Greeting, _) => Moment::Greeting,
        (LinkStage::Open, _) if is_sharing => Moment::Sharing,
        (LinkStage::Open, None) => Moment::Greeting,
        (LinkStage::Open, Some(code)) => match (card.same_here, card.same_there) {
            (Some(true), Some(true)) => Moment::Met,
            (here, _) => Moment::Compare { code, said: here == Some(true) },
        },
    }
}

/// The number as people read it aloud: three groups of three digits.
#[must_use]
pub fn code_words(code: u32) -> String {
    let digits = format!("{code:09}");
    let groups = [digits.get(..3), digits.get(3..6), digits.get(6..)];
    groups.into_iter().flatten().collect::<Vec<_>>().join("\u{a0}")
}

/// A long number of digits in groups of four.
#[must_use]
pub fn digits_words(digits: &str) -> String {
    let groups = digits.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(" ")
}

/// How a record of a connection stands, in words.
#[must_use]
pub fn record_words(record: &LinkRecord) -> String {
    match record.access {
        LinkAccess::Unproved => t!("link-proving"),
        LinkAccess::Refused => t!("link-refused"),
        LinkAccess::RefusedThere => t!("link-refused-there"),
        LinkAccess::Admitted if record.same => t!("link-same"),
        LinkAccess::Admitted if record.to_give > 0 => {
            t!("link-giving", done = record.given, total = record.given.saturating_add(record.to_give))
        }
        LinkAccess::Admitted => t!("link-taking", count = record.taken),
    }
}

/// Why a connection is over, in words.
#[must_use]
pub fn end_words(end: LinkEnd) -> String {
    match end {
        LinkEnd::Left => t!("link-left"),
        LinkEnd::Broken => t!("link-broken"),
        LinkEnd::Between => t!("link-between"),
        LinkEnd::StorageFull => t!("link-full"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> LinkCard {
        LinkCard {
            id: LinkId(1),
            by_itself: false,
            stage: LinkStage::Open,
            code: Some(42),
            same_here: None,
            same_there: None,
            asks: None,
            let_in: None,
            records: Vec::new(),
        }
    }

    #[test]
    fn a_number_is_read_in_three_groups() {
        assert_eq!(code_words(42), "000\u{a0}000\u{a0}042");
        assert_eq!(digits_words("012345678901"), "0123 4567 8901");
        assert_eq!(code_words(999_999_999), "999\u{a0}999\u{a0}999");
    }

    #[test]
    fn nothing_is_asked_before_both_have_compared() {
        let asks = Some("Phone".to_owned());
        for (here, there) in [(None, None), (Some(true), None), (None, Some(true))] {
            let said = here == Some(true);
            let card = LinkCard { same_here: here, same_there: there, asks: asks.clone(), ..card() };
            assert_eq!(moment(&card, false), Moment::Compare { code: 42, said });
        }
        let both = LinkCard { same_here: Some(true), same_there: Some(true), ..card() };
        assert_eq!(moment(&both, false), Moment::Met);
        assert_eq!(moment(&LinkCard { asks, ..both.clone() }, false), Moment::Asked("Phone".into()));
        let shared = LinkCard { let_in: Some(chartchain_vault::protocol::LedgerId("a".into())), ..both.clone() };
        assert_eq!(moment(&shared, false), Moment::Sharing);
        assert_eq!(moment(&shared, true), Moment::Met, "for another record");
        let over = LinkCard { stage: LinkStage::Over(LinkEnd::Left), ..both };
        assert_eq!(moment(&over, false), Moment::Over(LinkEnd::Left));
    }
}
