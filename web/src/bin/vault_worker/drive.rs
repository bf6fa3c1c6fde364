use std::collections::VecDeque;

use chartchain_vault::Engine;
use chartchain_vault::protocol::{Command, Event, Fault, LockReason, Message, PersonId, Reply, Request};
use chartchain_web::services::wire::Owner;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::future::{Either, select};
use futures_util::{FutureExt as _, StreamExt as _};
use gloo_timers::future::TimeoutFuture;

use crate::browser::Browser;
use crate::news::{News, Others};
use crate::parts;
use crate::turns::{Held, turn};

/// After this time without a request the engine does what nobody waits for.
const QUIET_MS: i64 = 300;

/// What comes to the loop that drives the engine.
enum Input {
    Request(Request),
    News(News, PersonId),
    /// The rest of the engine is there, or could not be loaded.
    Loaded(bool),
}

/// The rest of the engine, as far as requests wait for it.
enum Rest {
    Absent,
    /// It is being loaded, for these.
    Coming(VecDeque<Request>),
    There,
}

impl Rest {
    /// Asks for it, unless it is there or was asked for.
    fn ask(&mut self, inputs: &UnboundedSender<Input>) {
        if matches!(self, Self::Absent) {
            *self = Self::Coming(VecDeque::new());
            let inputs = inputs.clone();
            wasm_bindgen_futures::spawn_local(async move {
                // The loop ends only with the worker.
                drop(inputs.unbounded_send(Input::Loaded(parts::load().await)));
            });
        }
    }

    /// Whether a command waits for it: one of the rest, and behind one that waits all others, because another person or
    /// record may not come between. Locking, what the lock screen asks and a sign of life wait for nobody.
    fn is_waited_for(&self, command: &Command) -> bool {
        match self {
            Self::There => false,
            Self::Absent => command.is_later(),
            Self::Coming(waiting) => {
                let passes = matches!(command, Command::Lock | Command::ListPeople | Command::Touch);
                command.is_later() || !waiting.is_empty() && !passes
            }
        }
    }
}

/// Receives requests and hands them to the loop that drives the engine.
pub fn start() {
    let (sender, inputs) = unbounded();
    let (news, again) = (sender.clone(), sender.clone());
    // The loop ends only with the worker.
    let others = Others::listen(move |told, person| drop(news.unbounded_send(Input::News(told, person))));
    let window = Owner::listen(move |_, request: Request| drop(sender.unbounded_send(Input::Request(request))));
    wasm_bindgen_futures::spawn_local(drive(window, others, inputs, again));
}

/// One loop: requests as they come, slices of long work between them, auto-lock when its time has come.
async fn drive(window: Owner, others: Others, mut inputs: UnboundedReceiver<Input>, again: UnboundedSender<Input>) {
    let mut engine = Engine::new(Browser::recovered().await);
    let (mut rest, mut waited) = (Rest::Absent, VecDeque::new());
    let mut is_fetched = false;
    loop {
        let next = match waited.pop_front() {
            Some(request) => Some(Some(Input::Request(request))),
            None if engine.has_work() => inputs.next().now_or_never(),
            None => Some(wait(&mut inputs, &engine).await),
        };
        let (person, written) = (engine.person().cloned(), engine.written());
        match next {
            Some(Some(Input::Request(request))) if rest.is_waited_for(&request.command) => {
                rest.ask(&again);
                if let Rest::Coming(waiting) = &mut rest {
                    waiting.push_back(request);
                }
            }
            Some(Some(Input::Loaded(loaded))) => {
                let now = if loaded { Rest::There } else { Rest::Absent };
                if let Rest::Coming(waiting) = core::mem::replace(&mut rest, now) {
                    let lost: VecDeque<Request>;
                    (waited, lost) = waiting.into_iter().partition(|one| loaded || !one.command.is_later());
                    for Request { id, .. } in lost {
                        window.send(&Message::Answer { id, result: Err(Fault::NotLoaded) });
                    }
                }
            }
            Some(Some(Input::Request(Request { id, command }))) => {
                if let (Command::Touch, Some(person)) = (&command, &person) {
                    others.tell(News::Touched, person);
                }
                let turn = turn_for(&command, person.as_ref()).await;
                let result = parts::handle(&mut engine, command).await;
                drop(turn);
                // In advance once; after that, when it is needed.
                let is_in_use = match &result {
                    Ok(Reply::Home(home)) => !home.new.is_empty(),
                    Ok(Reply::Stored(_)) => true,
                    _ => false,
                };
                if !is_fetched && is_in_use {
                    is_fetched = true;
                    rest.ask(&again);
                }
                window.send(&Message::Answer { id, result });
            }
            Some(Some(Input::News(news, whose))) if Some(&whose) == person.as_ref() => match news {
                News::Wrote => engine.other_wrote(),
                News::Touched => engine.touch(),
                News::Locked => engine.lock_too(),
            },
            Some(Some(Input::News(..))) => {}
            Some(None) if engine.deadline_ms().is_some() => {
                engine.tick();
                if engine.has_rest() {
                    let turn = turn_of(person.as_ref()).await;
                    parts::quiet(&mut engine).await;
                    drop(turn);
                }
            }
            Some(None) => return,
            None => {
                let turn = turn_of(person.as_ref()).await;
                parts::step(&mut engine).await;
                drop(turn);
                // A store in memory never waits; messages have to get in all the same.
                TimeoutFuture::new(0).await;
            }
        }
        if engine.has_links() {
            let turn = turn_of(person.as_ref()).await;
            parts::link(&mut engine).await;
            drop(turn);
        }
        if let Some(person) = engine.person().filter(|now| Some(*now) == person.as_ref() && engine.written() != written)
        {
            others.tell(News::Wrote, person);
        }
        for event in engine.take_events() {
            if let (Event::Locked(LockReason::Asked), Some(person)) = (&event, &person) {
                others.tell(News::Locked, person);
            }
            window.send(&Message::Event(event));
        }
    }
}

/// The turn at the rows that a command is about. Locking and a sign of life wait for nobody.
async fn turn_for(command: &Command, unlocked: Option<&PersonId>) -> Option<Held> {
    match command {
        Command::Lock | Command::Touch => None,
        Command::Unlock { person, .. }
        | Command::UnlockWithWords { person, .. }
        | Command::UnlockWithPasskey { person, .. }
        | Command::DeletePerson { person, .. } => turn_of(Some(person)).await,
        _ => turn_of(unlocked).await,
    }
}

async fn turn_of(person: Option<&PersonId>) -> Option<Held> {
    turn(&person.filter(|person| !person.0.is_empty())?.0).await
}

/// The next input, or `None` when the moment of auto-lock may have come, or a quiet one.
async fn wait(inputs: &mut UnboundedReceiver<Input>, engine: &Engine<Browser>) -> Option<Input> {
    let Some(deadline_ms) = engine.deadline_ms() else { return inputs.next().await };
    let most_ms = if engine.has_rest() { QUIET_MS } else { 900_000 };
    let left_ms = u32::try_from((deadline_ms - crate::browser::now_ms()).clamp(0, most_ms)).unwrap_or(0);
    match select(inputs.next(), TimeoutFuture::new(left_ms)).await {
        Either::Left((input, _)) => input,
        Either::Right(_) => None,
    }
}
