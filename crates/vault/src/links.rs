//! Connections with other devices: sessions of `chartchain_sync`, driven here, and what they do to ledgers.

mod joining;
mod link;
mod shared;

use std::collections::BTreeMap;

use chartchain_keys::{DeviceKeys, VerifyKey};
use chartchain_ledger::{Authority, Class, Enrolment, Hash, Ledger, Refusal, Role};
use chartchain_store::Store;
use chartchain_sync::Event as Happened;
use rand_core::CryptoRng;

use self::link::Link;
use self::shared::Shared;
use crate::backup::{Record, read_block};
use crate::jobs::tolerate_full;
use crate::members::Gets;
use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::protocol::{Event, Fault, LedgerId, LinkId, LinkSide, Reply};
use crate::rows::Rows;
use crate::session::Session;
use crate::take_in::{Parts, TakenIn};

/// Most connections at once.
const MAX_LINKS: usize = 16;
/// Most ledgers that are kept at hand for connections, beside the open one.
const MAX_ASIDE: usize = 8;
/// Most blocks with which this device introduces itself.
const MAX_INTRODUCTIONS: usize = 16;
/// Most proofs of forks that somebody is told who gets nothing else.
const MAX_FORKS_TOLD: usize = 64;
/// Blocks are stored when so many bytes of them have come, and whenever there is nothing more to read.
const BATCH_BYTES: u64 = 512 * 1024;

/// All connections of a person.
#[derive(Default)]
pub(crate) struct Links {
    next: u32,
    pub(crate) links: BTreeMap<LinkId, Link>,
    /// Connections were looked at when so often something was written.
    at: Option<u64>,
    /// From which of the person's ledgers on letters are looked for next, of those that are not at hand.
    pub(crate) mail_at: usize,
    /// Ledgers that connections are about and that are not open.
    pub(crate) aside: BTreeMap<[u8; 32], OpenLedger>,
}

/// Connections as whoever knows nothing of them sees them: a browser has their code only where there are any.
pub(crate) trait Connected {
    /// All of them.
    fn links(&mut self) -> &mut Links;

    /// What was read of ledgers, or of this one, may be old.
    fn forget_ledgers(&mut self, which: Option<&[u8; 32]>);

    /// Keeps a ledger at hand that is open no longer: what was written in it last may still have to go.
    fn put_aside(&mut self, open: OpenLedger);

    /// Whether something was written since they were looked at.
    fn are_due(&self, written: u64) -> bool;
}

impl Connected for Links {
    fn links(&mut self) -> &mut Links {
        self
    }

    fn forget_ledgers(&mut self, which: Option<&[u8; 32]>) {
        self.at = None;
        match which {
            Some(id) => drop(self.aside.remove(id)),
            None => self.aside.clear(),
        }
    }

    fn put_aside(&mut self, open: OpenLedger) {
        make_room(&mut self.aside);
        self.at = None;
        self.aside.insert(open.id, open);
    }

    fn are_due(&self, written: u64) -> bool {
        !self.links.is_empty() && self.at != Some(written)
    }
}

/// The connections of a person, begun if there were none.
pub(crate) fn of(connected: &mut Option<Box<dyn Connected>>) -> &mut Links {
    connected.get_or_insert_with(|| Box::new(Links::default())).links()
}

impl Links {
    fn find(&mut self, link: LinkId) -> Result<&mut Link, Fault> {
        self.links.get_mut(&link).ok_or(Fault::NotFound)
    }
}

/// A ledger that a connection is about: the open one, or one that is kept at hand.
pub(crate) async fn ledger<'a, S: Store>(
    open: &'a mut Option<OpenLedger>,
    aside: &'a mut BTreeMap<[u8; 32], OpenLedger>,
    rows: &Rows<S>,
    id: &[u8; 32],
    rng: &mut impl CryptoRng,
) -> Result<&'a mut OpenLedger, Fault> {
    if let Some(open) = open.as_mut().filter(|open| open.id == *id) {
        return Ok(open);
    }
    if !aside.contains_key(id) {
        make_room(aside);
        let loaded = OpenLedger::load(rows, *id, rng).await?;
        aside.insert(*id, loaded);
    }
    aside.get_mut(id).ok_or(Fault::NotFound)
}

/// For one more.
fn make_room(aside: &mut BTreeMap<[u8; 32], OpenLedger>) {
    if aside.len() >= MAX_ASIDE {
        aside.pop_first();
    }
}

impl<P: Platform> Session<P> {
    /// Begins a connection. The other side learns of each record only where it holds it too.
    pub(crate) fn begin_link(
        &mut self,
        platform: &P,
        (side, by_itself): (LinkSide, bool),
        binding: &[u8],
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        if of(&mut self.links).links.len() >= MAX_LINKS {
            return Err(Fault::NotNow("there are too many connections at once".into()));
        }
        let mut link = Link::begin((side, by_itself), binding, &mut platform.rng())?;
        let mut rng = platform.rng();
        for id in &self.person.ledgers {
            let known = self.open.as_ref().filter(|open| open.id == *id);
            if known.is_some_and(|open| open.head.made_up) {
                continue;
            }
            // What is held of a ledger that is not open is not looked up: that it may differ is all there is to say.
            let state = known
                .map_or_else(|| Hash(chartchain_keys::make_random(&mut rng)), |open| open.ledger.frontier().digest());
            link.hold(Hash(*id), state);
        }
        let links = of(&mut self.links);
        links.next += 1;
        let id = LinkId(links.next);
        links.links.insert(id, link);
        self.send(id, events);
        Ok(Reply::Link(id))
    }

    /// Takes in what came over a connection.
    pub(crate) async fn link_frames(
        &mut self,
        platform: &P,
        id: LinkId,
        frames: &[Vec<u8>],
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let taken = self.take_frames(platform, id, frames, events).await;
        if let Err(fault) = &taken {
            // What was read of the session is gone with it: it cannot go on.
            if let Ok(link) = of(&mut self.links).find(id) {
                link.fail(fault);
            }
            self.send(id, events);
        }
        taken?;
        self.links_step(platform, events).await?;
        Ok(Reply::Done)
    }

    async fn take_frames(
        &mut self,
        platform: &P,
        id: LinkId,
        frames: &[Vec<u8>],
        events: &mut Vec<Event>,
    ) -> Result<(), Fault> {
        let mut blocks = Batch::default();
        for frame in frames {
            let link = of(&mut self.links).find(id)?;
            link.session.receive(frame, &mut platform.rng());
            while let Some(event) = of(&mut self.links).find(id)?.session.take_event() {
                if let Happened::Block { ledger, header, body, bytes } = event {
                    if blocks.ledger != Some(ledger.0) || blocks.bytes >= BATCH_BYTES {
                        self.take_blocks(platform, id, core::mem::take(&mut blocks), events).await?;
                    }
                    blocks.ledger = Some(ledger.0);
                    blocks.bytes += bytes;
                    blocks.parts.push((header, body));
                } else {
                    self.take_blocks(platform, id, core::mem::take(&mut blocks), events).await?;
                    self.happened(platform, id, event, events).await?;
                }
            }
        }
        self.take_blocks(platform, id, blocks, events).await
    }

    /// Stores blocks that came. Nothing is told to the other side before it is durable.
    async fn take_blocks(
        &mut self,
        platform: &P,
        id: LinkId,
        blocks: Batch,
        events: &mut Vec<Event>,
    ) -> Result<(), Fault> {
        let Some(ledger_id) = blocks.ledger else { return Ok(()) };
        let taken = self.take_in_blocks(platform, &ledger_id, blocks.parts, events).await?;
        of(&mut self.links).find(id)?.taken(&ledger_id, &taken, blocks.bytes);
        Ok(())
    }

    /// Stores blocks that somebody else has written. What follows from them for this device is done, too.
    pub(crate) async fn take_in_blocks(
        &mut self,
        platform: &P,
        ledger_id: &[u8; 32],
        parts: Vec<Parts>,
        events: &mut Vec<Event>,
    ) -> Result<TakenIn, Fault> {
        let mut rng = platform.rng();
        let aside = &mut of(&mut self.links).aside;
        let open = ledger(&mut self.open, aside, &self.rows, ledger_id, &mut rng).await?;
        let taken = open.take_in(&self.rows, parts, &mut rng).await?;
        if taken.added > 0 {
            let now_ms = platform.now_ms();
            open.introduce(&self.rows, now_ms, &mut rng).await?;
            // The blocks are stored, whatever becomes of this.
            tolerate_full(open.confirm(&self.rows, now_ms, &mut rng).await.map(drop))?;
            if self.open.as_ref().is_some_and(|open| open.id == *ledger_id) {
                events.push(Event::Changed);
            }
        }
        Ok(taken)
    }

    /// What is to be done about something that happened in a connection.
    async fn happened(
        &mut self,
        platform: &P,
        id: LinkId,
        event: Happened,
        events: &mut Vec<Event>,
    ) -> Result<(), Fault> {
        let (mut rng, now_ms) = (platform.rng(), platform.now_ms());
        if let Happened::Invited { genesis, enrolment } = event {
            let device = of(&mut self.links).find(id)?.joining.take();
            // Who was removed does not learn of it otherwise.
            let name = Ledger::open(&genesis.0, &genesis.1).map(|ledger| ledger.id().0).unwrap_or_default();
            let shut_by = of(&mut self.links).find(id)?.shut_by(&name);
            let joined = self.join(platform, shut_by, device, (genesis, enrolment)).await?;
            let Links { links, aside, .. } = of(&mut self.links);
            let open = self.open.as_ref().filter(|open| open.id == joined).or_else(|| aside.get(&joined));
            if let (Some(link), Some(open)) = (links.get_mut(&id), open) {
                link.let_in(open);
            }
            events.push(Event::Changed);
            return Ok(());
        }
        let Links { links, aside, .. } = of(&mut self.links);
        let link = links.get_mut(&id).ok_or(Fault::NotFound)?;
        let Some(about) = about(&event) else {
            link.happened(event, &mut rng);
            return Ok(());
        };
        let open = match ledger(&mut self.open, aside, &self.rows, &about.0, &mut rng).await {
            // One that cannot be read is no reason to do without the others.
            Err(Fault::Damaged(_) | Fault::TooNew) => {
                link.shut(&about);
                return Ok(());
            }
            open => open?,
        };
        match event {
            // Also where both hold the same now: what is written later has to find its way. And with a key that never writes again:
            // what such a device may have is for the other one to say.
            Happened::Common { .. } => {
                link.shared(&about);
                link.session.prove(&about, &open.root.device().feed);
            }
            Happened::Member { feed, .. } => {
                let known = open.devices(&self.rows).await?.find(&feed);
                let is_let_in = known.is_some_and(|known| known.is_let_in());
                if known.is_some_and(|known| known.is_blind()) {
                    link.shared(&about).newcomer = Some(Role::Witness);
                }
                link.shared(&about).feed = Some(feed);
                // Whoever let this device in is not known here before their own blocks are.
                let is_expected = is_let_in || open.host() == Some(feed);
                let gets = open.gets(&feed);
                if gets.map_or(is_expected, |gets| gets != Gets::Nothing) {
                    link.admit(&about);
                    open.devices(&self.rows).await?.met(&feed, None, now_ms);
                    tolerate_full(open.store_devices(&self.rows, &mut rng).await)?;
                    link.session.prove(&about, &open.root.device().feed);
                } else if gets.is_none() {
                    link.session.ask_introduction(&about);
                } else {
                    // Its own, or that of whoever let it in.
                    for proof in open.ledger.forks().take(MAX_FORKS_TOLD) {
                        link.session.tell_fork(&about, proof);
                    }
                    link.shut(&about);
                }
            }
            Happened::Stranger { .. } => {
                for (header, body) in open.introductions(&self.rows).await? {
                    link.session.introduce(&about, &header, &body);
                }
            }
            Happened::Introduced { feed, header, body, .. } => {
                match open.ledger.check_newcomer(&header, &body, &link.shared(&about).vouched) {
                    Ok((newcomer, membership)) if newcomer == feed => {
                        link.shared(&about).newcomer = Some(membership.role);
                        link.admit(&about);
                    }
                    Ok((newcomer, membership)) => drop(link.shared(&about).vouched.insert(newcomer, membership)),
                    // One that is known need not be introduced.
                    Err(Refusal::NotEnrolled) if open.ledger.knows(&header) => {}
                    Err(_) => link.shut(&about),
                }
            }
            Happened::Frontier { frontier, wants, .. } => {
                let shared = link.shared(&about);
                let feed = shared.feed;
                shared.learn(frontier.clone(), wants, open);
                if let Some(feed) = feed
                    && open.ledger.lacking(&frontier).is_empty()
                {
                    open.devices(&self.rows).await?.met(&feed, Some(&frontier), now_ms);
                    tolerate_full(open.store_devices(&self.rows, &mut rng).await)?;
                }
            }
            Happened::Fork { proof, .. } => {
                let is_news = open.learn_fork(&self.rows, &proof, &mut rng).await?;
                events.extend(is_news.then_some(Event::Changed));
            }
            Happened::Refused { block, .. } => link.shared(&about).refused_there(block),
            Happened::Shut { .. } => link.shared(&about).shut_there = true,
            _ => {}
        }
        Ok(())
    }

    /// Gives what others lack of what is here now, and sends what is to be sent. To be called after anything was written.
    pub(crate) async fn links_step(&mut self, platform: &P, events: &mut Vec<Event>) -> Result<(), Fault> {
        let ids: Vec<LinkId> = of(&mut self.links).links.keys().copied().collect();
        for id in ids {
            self.give(platform, id, events).await?;
            self.send(id, events);
        }
        Ok(())
    }

    /// [`Session::links_step`] after a command or a slice of work.
    pub(crate) async fn step_links(&mut self, platform: &P, events: &mut Vec<Event>) -> Result<(), Fault> {
        of(&mut self.links).at = Some(self.rows.commits());
        self.load_rest_if_whole(platform, events).await?;
        self.links_step(platform, events).await
    }

    /// Gives a connection what the other side lacks, as far as it has room.
    async fn give(&mut self, platform: &P, id: LinkId, events: &mut Vec<Event>) -> Result<(), Fault> {
        let mut rng = platform.rng();
        let Links { links, aside, .. } = of(&mut self.links);
        let Some(link) = links.get_mut(&id).filter(|link| link.session.is_open()) else { return Ok(()) };
        let open_id = self.open.as_ref().map(|open| open.id);
        for ledger_id in link.ledgers() {
            let is_at_hand = open_id == Some(ledger_id.0) || aside.contains_key(&ledger_id.0);
            if !is_at_hand && !link.is_admitted(&ledger_id) {
                continue;
            }
            let open = match ledger(&mut self.open, aside, &self.rows, &ledger_id.0, &mut rng).await {
                Err(Fault::Damaged(_) | Fault::TooNew) => {
                    link.shut(&ledger_id);
                    continue;
                }
                open => open?,
            };
            link.tell(open);
            loop {
                while link.has_room()
                    && let Some(number) = link.next_to_give(open)
                {
                    // What is lost of a block here may be whole elsewhere. Entries may do without it, the rest may not.
                    let is_entries = open.meta(number).is_some_and(|block| block.class == Class::Data);
                    if is_entries && open.is_blind() && link.may_read(open) {
                        // Whoever can read would take the header alone for all there is.
                        continue;
                    }
                    let needs_body = open.meta(number).is_some_and(|block| block.body_bytes > 0) && !is_entries;
                    if let Record::Block { header, mut body } = read_block(&self.rows, &ledger_id.0, number).await?
                        && !(body.is_empty() && needs_body)
                    {
                        if is_entries && !link.may_read(open) {
                            body.clear();
                        }
                        let name = open.arrivals.get(number as usize).copied().flatten();
                        link.give(&ledger_id, name, &header, &body);
                    }
                }
                let frames = link.take_frames();
                if frames.is_empty() {
                    break;
                }
                events.push(Event::LinkFrames { link: id, frames });
            }
        }
        Ok(())
    }

    /// Sends what a connection has to send, and tells how it stands if that changed. One that is over is forgotten.
    fn send(&mut self, id: LinkId, events: &mut Vec<Event>) {
        let Links { links, aside, .. } = of(&mut self.links);
        let Some(link) = links.get_mut(&id) else { return };
        let frames = link.take_frames();
        if !frames.is_empty() {
            events.push(Event::LinkFrames { link: id, frames });
        }
        link.settle(self.open.as_ref().into_iter().chain(aside.values()));
        events.extend(link.card(id).map(Event::Link));
        if link.session.is_over() {
            links.remove(&id);
        }
    }

    /// Ends a connection.
    pub(crate) fn end_link(&mut self, id: LinkId, events: &mut Vec<Event>) -> Result<Reply, Fault> {
        of(&mut self.links).find(id)?.leave();
        self.send(id, events);
        Ok(Reply::Done)
    }

    /// Whether the person here sees the same number as the one there.
    pub(crate) fn say_code(&mut self, id: LinkId, same: bool, events: &mut Vec<Event>) -> Result<Reply, Fault> {
        of(&mut self.links).find(id)?.say_same(same);
        self.send(id, events);
        Ok(Reply::Done)
    }

    /// Asks the other side to be let into the record that is open there.
    pub(crate) fn ask_to_join(
        &mut self,
        platform: &P,
        id: LinkId,
        name: &str,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let link = of(&mut self.links).find(id)?;
        if !link.session.is_met() {
            return Err(Fault::NotNow("both people have to say first that they see the same number".into()));
        }
        let device = DeviceKeys::make(&mut platform.rng());
        let public = device.public().map_err(|error| Fault::Storage(error.to_string()))?;
        link.session.ask(&public, name);
        link.joining = Some(device);
        self.send(id, events);
        Ok(Reply::Done)
    }

    /// All devices of the open record.
    pub(crate) async fn list_devices(&mut self) -> Result<Reply, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        open.devices(&self.rows).await?;
        open.mail(&self.rows).await?;
        let genesis = &open.ledger.genesis().recovery;
        let Links { links, .. } = of(&mut self.links);
        let id = Hash(open.id);
        let is_connected = |feed: &VerifyKey| links.values().any(|link| link.is_with(&id, feed));
        Ok(Reply::Members(Box::new(open.members(self.person.recovers(genesis), is_connected))))
    }
}

/// Blocks of one ledger that came one behind the other.
#[derive(Default)]
struct Batch {
    ledger: Option<[u8; 32]>,
    parts: Vec<Parts>,
    bytes: u64,
}

/// The ledger that an event is about.
const fn about(event: &Happened) -> Option<Hash> {
    match event {
        Happened::Common { ledger, .. }
        | Happened::Member { ledger, .. }
        | Happened::Stranger { ledger }
        | Happened::Shut { ledger }
        | Happened::Introduced { ledger, .. }
        | Happened::Frontier { ledger, .. }
        | Happened::Block { ledger, .. }
        | Happened::Fork { ledger, .. }
        | Happened::Refused { ledger, .. } => Some(*ledger),
        Happened::Opened
        | Happened::Code(_)
        | Happened::Same(_)
        | Happened::Asked { .. }
        | Happened::Invited { .. }
        | Happened::Ended(_) => None,
    }
}

impl OpenLedger {
    /// The blocks with which devices introduced themselves, from one that a founder let in to this one. None where it is a founder
    /// itself, whom everybody knows.
    async fn introductions<S: Store>(&self, rows: &Rows<S>) -> Result<Vec<Parts>, Fault> {
        let mut blocks = Vec::new();
        let mut next = Some(self.own_feed());
        while let Some(feed) = next.take().filter(|_| blocks.len() < MAX_INTRODUCTIONS) {
            let is_first = |number: &u32| self.meta(*number).is_some_and(|block| block.feed == feed && block.seq == 0);
            let Some(number) = (1..self.head.blocks).find(is_first) else { break };
            let Record::Block { header, body } = read_block(rows, &self.id, number).await? else { break };
            if let Ok(Enrolment { authority: Authority::Device(by), .. }) = Enrolment::read(&body) {
                next = Some(by);
            }
            blocks.push((header, body));
        }
        blocks.reverse();
        Ok(blocks)
    }

    /// Who has let this device in, while it has not introduced itself.
    fn host(&self) -> Option<VerifyKey> {
        match Enrolment::read(self.root.enrolment()?).ok()?.authority {
            Authority::Device(by) => Some(by),
            Authority::Recovery => None,
        }
    }

    pub(crate) fn ledger_id(&self) -> LedgerId {
        LedgerId(Hash(self.id).to_hex())
    }
}
