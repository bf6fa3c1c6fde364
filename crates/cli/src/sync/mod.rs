//! `chartchain sync`: meets another device in a room of a relay, and brings both to the same.

mod course;
mod room;

use core::future::{Future, pending};
use core::pin::{Pin, pin};
use std::io::BufRead as _;
use std::path::Path;

use chartchain_cli::{Failure, Session, Trouble, read_new_passphrase, read_passphrase};
use chartchain_link::{Invitation, Meeting, MeetingEvent};
use chartchain_vault::protocol::{Command, Event, LinkCard, LinkId, LinkSide, LinkStage, Reply};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use tokio::sync::oneshot;
use tokio::time::{Duration, sleep};

use self::course::{Course, Step, Wish};
use self::room::Room;
use crate::arguments::Sync;
use crate::print::Printer;

/// How long a guest waits for the host, where nothing else is said.
const WAIT: Duration = Duration::from_secs(120);

/// Runs it to its end.
///
/// # Errors
/// The file, the other device or the way between them.
pub fn run(wanted: &Sync, record: Option<usize>, printer: &Printer) -> Result<(), Failure> {
    let (way, wish) = (Way::of(wanted)?, wish(wanted));
    let is_new = matches!(wish, Wish::Ask(_)) && !wanted.ledger.exists();
    let passphrase = if is_new { read_new_passphrase()? } else { read_passphrase()? };
    if is_new {
        Session::create_person(&wanted.ledger, passphrase.clone())?;
    }
    let mut session = Session::open_to_meet(&wanted.ledger, passphrase, record, wanted.let_in.is_some())?;
    let done = meet(&mut session, &way, wanted, wish, printer);
    let is_empty = done.is_err() && session.count_records().is_ok_and(|count| count == 0);
    drop(session);
    if is_new && is_empty {
        forget(&wanted.ledger);
    }
    done
}

/// A new person who was let into nothing has nothing to lose. The first failure is the one to tell.
fn forget(file: &Path) {
    let _ = std::fs::remove_file(file);
}

fn wish(wanted: &Sync) -> Wish {
    match (&wanted.ask, wanted.let_in) {
        (Some(name), _) => Wish::Ask(name.clone()),
        (None, Some(role)) => Wish::LetIn(role.into(), wanted.name.clone()),
        (None, None) => Wish::Sync,
    }
}

/// Where to meet, and as whom.
struct Way {
    invitation: Invitation,
    /// Address of the room.
    room: String,
    /// The link to be given to the other device, at the host.
    link: Option<String>,
}

impl Way {
    fn of(wanted: &Sync) -> Result<Self, Trouble> {
        let (invitation, app) = match (&wanted.link, &wanted.host) {
            (Some(link), _) => (Invitation::from_text(link)?, link),
            (None, Some(app)) => (Invitation::make(&mut UnwrapErr(SysRng)), app),
            (None, None) => return Err(Trouble::Nobody),
        };
        let room = invitation.room_address(app)?;
        let link = wanted.link.is_none().then(|| invitation.to_link(app));
        Ok(Self { invitation, room, link })
    }

    const fn side(&self) -> LinkSide {
        if self.link.is_some() { LinkSide::Offering } else { LinkSide::Answering }
    }

    /// What it means that something ended the waiting for the other one.
    fn not_found(&self, trouble: Trouble) -> Trouble {
        match (trouble, self.side()) {
            (Trouble::NotInTime, LinkSide::Offering) => Trouble::NobodyCame,
            (Trouble::NotInTime, LinkSide::Answering) => Trouble::Nobody,
            (other, _) => other,
        }
    }

    fn meeting(&self) -> Meeting {
        match self.side() {
            LinkSide::Offering => Meeting::host(&self.invitation, false),
            LinkSide::Answering => Meeting::guest(&self.invitation, false),
        }
    }
}

fn meet(session: &mut Session, way: &Way, wanted: &Sync, wish: Wish, printer: &Printer) -> Result<(), Failure> {
    if matches!(wish, Wish::LetIn(..)) && session.keeps_words()? {
        return Err(Trouble::WordsFirst.into());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::File { file: "network".into(), error: error.to_string() })?;
    runtime.block_on(async {
        let mut end = pin!(end(wanted.seconds));
        let mut room = tokio::select! {
            entered = Room::enter(&way.room, way.meeting()) => entered?,
            trouble = end.as_mut() => return Err(trouble.into()),
        };
        if let Some(link) = &way.link {
            printer.invitation(link)?;
        }
        let binding = tokio::select! {
            biased;
            found = find(&mut room) => found?,
            trouble = end.as_mut() => return Err(way.not_found(trouble).into()),
            () = sleep(WAIT), if way.link.is_none() && wanted.seconds.is_none() => return Err(Trouble::Nobody.into()),
        };
        let Reply::Link(link) = session.ask(Command::BeginLink { side: way.side(), by_itself: false, binding })? else {
            return Err(Failure::Unexpected);
        };
        let course = Course::new(wish);
        let mut talk = Talk {
            session,
            room,
            link,
            course,
            card: None,
            printer,
            checked: wanted.number_checked,
            answer: None,
            ended: None,
        };
        let done = talk.run(end).await;
        talk.finish().await;
        let card = done?;
        printer.met(&card)
    })
}

/// Waits until the other one is there, and gives what both know of the way between them.
async fn find(room: &mut Room) -> Result<Vec<u8>, Trouble> {
    loop {
        room.hear().await?;
        room.send().await?;
        while let Some(event) = room.take_event() {
            match event {
                MeetingEvent::Found { binding, .. } => return Ok(binding),
                MeetingEvent::Taken => return Err(Trouble::Taken),
                MeetingEvent::Gone => return Err(Trouble::Left),
                MeetingEvent::Broken => return Err(Trouble::Broken),
                MeetingEvent::Signal(_) | MeetingEvent::Frame(_) => {}
            }
        }
    }
}

/// Ends when somebody presses Ctrl-C, or the time is over.
async fn end(seconds: Option<u64>) -> Trouble {
    let over = async {
        match seconds {
            Some(seconds) => sleep(Duration::from_secs(seconds)).await,
            None => pending().await,
        }
    };
    tokio::select! {
        Ok(()) = tokio::signal::ctrl_c() => Trouble::Interrupted,
        () = over => Trouble::NotInTime,
    }
}

/// A conversation of two engines.
struct Talk<'a> {
    session: &'a mut Session,
    room: Room,
    link: LinkId,
    course: Course,
    card: Option<LinkCard>,
    printer: &'a Printer,
    checked: bool,
    /// What the person at the terminal is going to say of the number.
    answer: Option<oneshot::Receiver<bool>>,
    /// Why nothing more comes.
    ended: Option<Trouble>,
}

impl Talk<'_> {
    async fn run(&mut self, mut end: Pin<&mut impl Future<Output = Trouble>>) -> Result<LinkCard, Failure> {
        loop {
            self.pass_on();
            if let Err(trouble) = self.room.send().await {
                self.ended.get_or_insert(trouble);
            }
            match self.card.clone() {
                None => self.wait(end.as_mut()).await?,
                Some(card) => match self.course.next(&card) {
                    Step::Done => return Ok(card),
                    Step::Fail(trouble) => return Err(trouble.into()),
                    Step::Compare(code) => self.compare(code)?,
                    Step::Say(same) => self.tell(|link| Command::SayCode { link, same })?,
                    Step::Ask(name) => self.tell(|link| Command::AskToJoin { link, name })?,
                    Step::LetIn(role, name) => self.tell(|link| Command::LetIn { link, role, name })?,
                    Step::Wait => self.wait(end.as_mut()).await?,
                },
            }
        }
    }

    /// Waits until the other side, the person or the end comes.
    async fn wait(&mut self, end: Pin<&mut impl Future<Output = Trouble>>) -> Result<(), Failure> {
        if let Some(trouble) = self.ended.take() {
            return Err(trouble.into());
        }
        tokio::select! {
            heard = self.room.hear() => self.ended = heard.err(),
            said = said(&mut self.answer) => self.course.answer(said.ok_or(Trouble::NumberNotCompared)?),
            trouble = end => return Err(trouble.into()),
        }
        self.take_in()
    }

    fn tell(&mut self, command: impl FnOnce(LinkId) -> Command) -> Result<(), Failure> {
        self.session.ask(command(self.link)).map(|_| ())
    }

    /// Gives the engine what came.
    fn take_in(&mut self) -> Result<(), Failure> {
        let mut frames = Vec::new();
        while let Some(event) = self.room.take_event() {
            match event {
                MeetingEvent::Frame(frame) => frames.push(frame),
                MeetingEvent::Gone => self.ended = Some(Trouble::Left),
                MeetingEvent::Taken => self.ended = Some(Trouble::Taken),
                MeetingEvent::Broken => self.ended = Some(Trouble::Broken),
                MeetingEvent::Found { .. } | MeetingEvent::Signal(_) => {}
            }
        }
        // Nothing comes over a connection that is over.
        if !frames.is_empty() && self.card.as_ref().is_none_or(|card| !matches!(card.stage, LinkStage::Over(_))) {
            self.session.ask(Command::LinkFrames { link: self.link, frames })?;
        }
        Ok(())
    }

    /// Gives the room what the engine says.
    fn pass_on(&mut self) {
        for event in self.session.link() {
            match event {
                // Where the other side is gone nobody misses them.
                Event::LinkFrames { frames, .. } => frames.iter().for_each(|frame| self.room.say(frame)),
                Event::Link(card) => self.card = Some(card),
                _ => {}
            }
        }
    }

    fn compare(&mut self, code: u32) -> Result<(), Failure> {
        self.printer.number(code, self.checked)?;
        if self.checked {
            self.course.answer(true);
        } else {
            self.answer = Some(ask_person());
        }
        Ok(())
    }

    /// Says good-bye, and leaves.
    async fn finish(mut self) {
        // It may be over already.
        let _ = self.session.ask(Command::EndLink { link: self.link });
        self.pass_on();
        self.room.leave().await;
    }
}

/// What the person says; `None` where nobody does. Waits for ever where nobody was asked.
async fn said(answer: &mut Option<oneshot::Receiver<bool>>) -> Option<bool> {
    match answer {
        Some(coming) => {
            let said = coming.await.ok();
            *answer = None;
            said
        }
        None => pending().await,
    }
}

/// Reads the person's answer from the terminal, beside everything else.
fn ask_person() -> oneshot::Receiver<bool> {
    let (tell, told) = oneshot::channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let same = match line.trim().to_lowercase().as_str() {
                "y" | "yes" => true,
                "n" | "no" => false,
                _ => continue,
            };
            let _gone = tell.send(same);
            return;
        }
    });
    told
}
