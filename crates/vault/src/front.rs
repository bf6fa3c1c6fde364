//! The first page and the latest entries as they were after the last write. Opening shows them at once, however long the
//! record is, and reads the index behind them.

use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::export::iso_day;
use crate::load::Opening;
use crate::open::{Head, OpenLedger};
use crate::person::{PersonState, Shown};
use crate::platform::Platform;
use crate::protocol::{Command, Fault, LedgerCard, Query, Reply};
use crate::rows::{RowBatch, RowName, Rows, decode_state};

/// What is stored. The row goes with every write of the head ([`OpenLedger::put_head`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FrontPage {
    /// The build of the app: another one may read answers otherwise.
    build: String,
    /// SHA-256 of the head that was stored then: an older page is told from that.
    head: [u8; 32],
    /// The day that it was made on, `2026-11-22`, in Greenwich.
    day: String,
    /// The day from which on it may say something else, or the beginning of its name.
    turn: Option<String>,
    /// What it shows of the person's state.
    person: Shown,
    /// [`Reply::Home`], ready to be handed on.
    home: Vec<u8>,
    /// [`Reply::Timeline`] of [`Query::FIRST`].
    latest: Vec<u8>,
}

/// A ledger that is open as far as its first page.
pub(crate) struct Ahead {
    pub(crate) card: LedgerCard,
    pub(crate) id: [u8; 32],
    page: FrontPage,
    behind: Behind,
}

/// The ledger behind a first page.
enum Behind {
    Unread,
    Reading(Box<Opening>),
    /// Whoever needs it is told why.
    Failed,
}

impl FrontPage {
    /// Whether it says what it would say if it were made on this day.
    fn holds_on(&self, day: &str) -> bool {
        day == self.day || day > self.day.as_str() && self.turn.as_deref().is_none_or(|turn| day < turn)
    }
}

impl Ahead {
    /// The first page of a ledger whose index was not read yet, if one is stored and still right. None where something waits
    /// to be gone on with.
    pub(crate) async fn find<P: Platform>(
        platform: &P,
        rows: &Rows<P::Store>,
        id: [u8; 32],
    ) -> Result<Option<Self>, Fault> {
        let head = match rows.read_twice::<Head>(RowName::head(&id)).await {
            Ok(Some((head, true))) if head.import.is_none() && head.lost.is_empty() => head,
            Ok(_) | Err(Fault::Damaged(_) | Fault::TooNew) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let row = rows.read_each(&[RowName::front(&id)]).await?.pop().and_then(Result::ok).flatten();
        let page = row.and_then(|row| decode_state::<FrontPage>(&row).ok());
        let page = page.filter(|page| page.build == platform.build() && page.holds_on(&iso_day(platform.now_ms())));
        let (Some(page), hash) = (page, head.hash()?) else { return Ok(None) };
        let card = OpenLedger::card_of(&id, head, false);
        Ok((page.head == hash.0).then_some(Self { card, id, page, behind: Behind::Unread }))
    }

    /// The answer to a command that asks for nothing else, if it still is what it would be now.
    pub(crate) fn answer(&self, command: &Command, person: &PersonState, now_ms: i64) -> Option<Reply> {
        let reply = match command {
            Command::Home => &self.page.home,
            Command::Timeline(query) if *query == Query::FIRST => &self.page.latest,
            _ => return None,
        };
        let holds = self.page.person == person.shown() && self.page.holds_on(&iso_day(now_ms));
        holds.then(|| Reply::Stored(reply.clone()))
    }

    /// Whether the ledger behind it is being read.
    pub(crate) const fn is_loading(&self) -> bool {
        matches!(self.behind, Behind::Reading(_))
    }

    /// Whether the ledger behind it can be read, as far as is known.
    pub(crate) const fn may_load(&self) -> bool {
        !matches!(self.behind, Behind::Failed)
    }

    /// Reads some more of the ledger behind it. False once everything but the end is read.
    pub(crate) async fn step<S: Store>(&mut self, rows: &Rows<S>, rng: &mut impl CryptoRng) -> Result<bool, Fault> {
        let mut opening = match core::mem::replace(&mut self.behind, Behind::Failed) {
            Behind::Reading(opening) => opening,
            Behind::Unread | Behind::Failed => Box::new(Opening::begin(rows, self.id, rng).await?),
        };
        let goes_on = opening.step(rows).await?;
        self.behind = Behind::Reading(opening);
        Ok(goes_on)
    }

    /// All of the ledger, and whether it says what the first page said.
    pub(crate) async fn load<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        person: &PersonState,
    ) -> Result<(OpenLedger, bool), Fault> {
        let rng = &mut platform.rng();
        let mut open = match core::mem::replace(&mut self.behind, Behind::Failed) {
            // Pages of before and after what another tab wrote are no index.
            Behind::Reading(opening) if opening.is_current(rows).await? => opening.finish(rows, rng).await?,
            _ => OpenLedger::load(rows, self.id, rng).await?,
        };
        open.devices(rows).await?;
        let now = open.front_page(platform, person)?;
        let agrees = (&now.home, &now.latest) == (&self.page.home, &self.page.latest);
        open.front_due = !agrees || now.head != self.page.head;
        open.front_person = Some(now.person);
        Ok((open, agrees))
    }
}

impl OpenLedger {
    fn front_page<P: Platform>(&mut self, platform: &P, person: &PersonState) -> Result<FrontPage, Fault> {
        let now_ms = platform.now_ms();
        let day = iso_day(now_ms);
        let pack = |reply: Reply| postcard::to_allocvec(&reply).map_err(|error| Fault::Storage(error.to_string()));
        Ok(FrontPage {
            build: platform.build(),
            head: self.head.hash()?.0,
            turn: self.chart.medicines_turn(&day),
            person: person.shown(),
            home: pack(Reply::Home(Box::new(self.home(person, now_ms))))?,
            latest: pack(Reply::Timeline(self.timeline(Query::FIRST)))?,
            day,
        })
    }

    /// Stores the first page as it is now, unless it is not all there. Without room, or where another tab writes, it is not stored: it
    /// only saves time.
    pub(crate) async fn store_front<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        person: &PersonState,
    ) -> Result<(), Fault> {
        (self.front_due, self.front_person) = (false, Some(person.shown()));
        if self.head.import.is_some() || self.is_damaged() || self.shelf.first_page_is_behind() {
            return Ok(());
        }
        self.devices(rows).await?;
        let mut batch = RowBatch::default();
        batch.put_state(RowName::front(&self.id), &self.front_page(platform, person)?)?;
        rows.keep(batch, &mut platform.rng()).await
    }

    /// Puts a new head with what is written. The stored first page does not know of that, and goes.
    pub(crate) fn put_head(&mut self, head: &mut Head, batch: &mut RowBatch) -> Result<(), Fault> {
        head.writes += 1;
        self.front_due = true;
        batch.delete(RowName::front(&self.id));
        batch.put_twice(RowName::head(&self.id), head)
    }
}
