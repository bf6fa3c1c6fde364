//! What comes next in a connection: shows numbers, asks, lets in, and says when all is done.

use chartchain_cli::Trouble;
use chartchain_vault::protocol::{LinkAccess, LinkCard, LinkEnd, LinkStage, MemberRole};

/// What is wanted where the two hold no record in common.
#[derive(Debug, Clone)]
pub enum Wish {
    /// Nothing: there has to be one.
    Sync,
    /// To be let in, under this name.
    Ask(String),
    /// To let the other one in, as this, under this name or the one that it gives itself.
    LetIn(MemberRole, Option<String>),
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing until something comes.
    Wait,
    /// Both people compare this number.
    Compare(u32),
    /// Whether the person here sees the same number is to be said.
    Say(bool),
    /// This device asks to be let in, under this name.
    Ask(String),
    /// The other one is to be let in, as this, under this name.
    LetIn(MemberRole, String),
    /// Both hold the same.
    Done,
    /// It does not go on.
    Fail(Trouble),
}

/// How far it is.
#[derive(Debug)]
pub struct Course {
    wish: Wish,
    shown: bool,
    wished: bool,
    /// Whether the person here sees the same number, once that is known.
    same: Option<bool>,
    told: bool,
}

impl Course {
    /// A connection that begins.
    pub const fn new(wish: Wish) -> Self {
        Self { wish, shown: false, wished: false, same: None, told: false }
    }

    /// The person here has compared the number.
    pub const fn answer(&mut self, same: bool) {
        self.same = Some(same);
    }

    /// What comes next, as the connection stands.
    pub fn next(&mut self, card: &LinkCard) -> Step {
        let is_same = !card.records.is_empty() && card.records.iter().all(|record| record.same);
        match card.stage {
            LinkStage::Over(_) | LinkStage::Open if is_same => return Step::Done,
            // The other one saw it first.
            LinkStage::Over(LinkEnd::Left)
                if card.code.is_some() && card.records.is_empty() && self.wants_nothing() =>
            {
                return Step::Fail(Trouble::NothingInCommon);
            }
            LinkStage::Over(end) => return Step::Fail(trouble(end)),
            LinkStage::Greeting => return Step::Wait,
            LinkStage::Open => {}
        }
        let is_refused = |access| matches!(access, LinkAccess::Refused | LinkAccess::RefusedThere);
        if card.records.iter().any(|record| is_refused(record.access)) {
            let is_decided = card.records.iter().all(|record| record.same || is_refused(record.access));
            return if is_decided { Step::Fail(Trouble::Refused) } else { Step::Wait };
        }
        // What the other side holds is known before the number is.
        let Some(code) = card.code.filter(|_| card.records.is_empty()) else { return Step::Wait };
        if self.wants_nothing() {
            return Step::Fail(Trouble::NothingInCommon);
        }
        if !self.shown {
            self.shown = true;
            return Step::Compare(code);
        }
        match (self.same, card.same_there) {
            (Some(same), _) if !self.told => {
                self.told = true;
                Step::Say(same)
            }
            (Some(true), Some(true)) if !self.wished => self.make_wish(card),
            _ => Step::Wait,
        }
    }

    const fn wants_nothing(&self) -> bool {
        matches!(self.wish, Wish::Sync)
    }

    fn make_wish(&mut self, card: &LinkCard) -> Step {
        let step = match (&self.wish, &card.asks) {
            (Wish::Ask(name), _) => Step::Ask(name.clone()),
            (Wish::LetIn(role, name), Some(asks)) => Step::LetIn(*role, name.as_ref().unwrap_or(asks).clone()),
            _ => return Step::Wait,
        };
        self.wished = true;
        step
    }
}

const fn trouble(end: LinkEnd) -> Trouble {
    match end {
        LinkEnd::Left | LinkEnd::StorageFull => Trouble::Left,
        LinkEnd::Broken => Trouble::Broken,
        LinkEnd::Between => Trouble::NumbersDiffer,
    }
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::{LedgerId, LinkId, LinkRecord};

    use super::*;

    fn card() -> LinkCard {
        LinkCard {
            id: LinkId(1),
            by_itself: false,
            stage: LinkStage::Open,
            code: None,
            same_here: None,
            same_there: None,
            asks: None,
            let_in: None,
            records: Vec::new(),
        }
    }

    fn record(same: bool, access: LinkAccess) -> LinkRecord {
        let ledger = LedgerId("a".into());
        LinkRecord { ledger, access, given: 0, to_give: 0, taken: 0, refused: 0, behind: !same, same }
    }

    #[test]
    fn nobody_is_let_in_before_both_people_saw_the_same_number() {
        let mut course = Course::new(Wish::LetIn(MemberRole::Witness, None));
        assert_eq!(course.next(&card()), Step::Wait);
        let asked = LinkCard { code: Some(7), asks: Some("Laptop".into()), ..card() };
        assert_eq!([course.next(&asked), course.next(&asked)], [Step::Compare(7), Step::Wait]);
        course.answer(true);
        assert_eq!(course.next(&asked), Step::Say(true));
        assert_eq!(course.next(&asked), Step::Wait);
        let met = LinkCard { same_there: Some(true), ..asked };
        let let_in = Step::LetIn(MemberRole::Witness, "Laptop".into());
        assert_eq!([course.next(&met), course.next(&met)], [let_in, Step::Wait]);
    }

    #[test]
    fn where_both_hold_a_record_no_number_is_compared_and_it_ends_when_both_hold_the_same() {
        let mut course = Course::new(Wish::Sync);
        let apart = LinkCard { code: Some(7), records: vec![record(false, LinkAccess::Admitted)], ..card() };
        assert_eq!(course.next(&apart), Step::Wait);
        let same = LinkCard { records: vec![record(true, LinkAccess::Admitted)], ..apart.clone() };
        assert_eq!(course.next(&same), Step::Done);
        let over = |card: &LinkCard, end| LinkCard { stage: LinkStage::Over(end), ..card.clone() };
        assert_eq!(course.next(&over(&same, LinkEnd::Left)), Step::Done);
        assert_eq!(course.next(&over(&apart, LinkEnd::Left)), Step::Fail(Trouble::Left));
        let refused = LinkCard { records: vec![record(false, LinkAccess::RefusedThere)], ..apart };
        assert_eq!(course.next(&refused), Step::Fail(Trouble::Refused));
        let nothing = LinkCard { code: Some(7), ..card() };
        for nothing in [over(&nothing, LinkEnd::Left), nothing] {
            assert_eq!(course.next(&nothing), Step::Fail(Trouble::NothingInCommon));
        }
        assert_eq!(course.next(&over(&card(), LinkEnd::Left)), Step::Fail(Trouble::Left));
    }
}
