//! One participant's connection, from the welcome to the farewell.

use core::{future::pending, pin::pin};
use std::time::{Duration, Instant};

use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket},
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use tokio::{
    sync::watch,
    time::{self, MissedTickBehavior, interval_at, sleep, timeout},
};

use super::{
    frame,
    queue::{OVERHEAD_BYTES, Taker},
    room::{Closed, Seat},
};
use crate::{bucket::Bucket, counters::Refusal, relay::Shared, tag::Tag};

/// How long a participant may take to hear why it has to leave.
const FAREWELL: Duration = Duration::from_secs(3);

/// Why a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The participant leaves, or is gone.
    Left,
    Closed(Closed),
    /// Something came that is not of the protocol, or the connection broke off.
    Form,
    Idle,
    Stalled,
    /// The relay ends.
    Shutdown,
}

impl End {
    /// What the participant is told: a close code and words for whoever looks for an error.
    const fn farewell(self) -> Option<(u16, &'static str)> {
        Some(match self {
            Self::Left => return None,
            Self::Shutdown => (1001, "the relay ends"),
            Self::Closed(Closed::Rooms) => (1013, "too many rooms: try again later"),
            Self::Closed(Closed::Room) => (4001, "room is full"),
            Self::Form => (4002, "messages are binary, a recipient's number and at most 16448 bytes"),
            Self::Idle => (4003, "nobody said anything for too long"),
            Self::Stalled => (4004, "nothing was taken for too long"),
        })
    }

    const fn refusal(self) -> Option<Refusal> {
        Some(match self {
            Self::Left | Self::Shutdown => return None,
            Self::Closed(Closed::Rooms) => Refusal::Rooms,
            Self::Closed(Closed::Room) => Refusal::RoomFull,
            Self::Form => Refusal::Form,
            Self::Idle => Refusal::Idle,
            Self::Stalled => Refusal::Stalled,
        })
    }
}

/// Carries messages between a participant and its room until one of the two is gone.
pub(crate) async fn carry(socket: WebSocket, tag: Tag, relay: &Shared) {
    // Held until the end, see `Shared::everybody_gone`.
    let mut ending = relay.ending();
    let (mut sink, mut stream) = socket.split();
    let (end, seat) = match relay.rooms.enter(tag) {
        Err(closed) => (End::Closed(closed), None),
        Ok((seat, taker)) => {
            let end = tokio::select! {
                end = listen(&mut stream, &seat, relay) => end,
                end = speak(&mut sink, taker, &seat, relay, &mut ending) => end,
            };
            (end, Some(seat))
        }
    };
    if let Some(refusal) = end.refusal() {
        relay.counters.refused(refusal);
    }
    // The others hear of it at once, however long the farewell takes.
    let leave = async {
        match seat {
            Some(seat) if end != End::Shutdown => seat.leave().await,
            _ => {}
        }
    };
    tokio::join!(leave, part(sink, stream, end));
}

/// Reads what the participant says and passes it on. While a recipient has no room, nothing more is read.
async fn listen(stream: &mut SplitStream<WebSocket>, seat: &Seat, relay: &Shared) -> End {
    seat.announce().await;
    let mut sent = Bucket::full(relay.limits.sending, Instant::now());
    loop {
        let message = match timeout(relay.limits.silence, stream.next()).await {
            Err(_) | Ok(None | Some(Ok(Message::Close(_)))) => return End::Left,
            Ok(Some(Err(_) | Ok(Message::Text(_)))) => return End::Form,
            Ok(Some(Ok(message))) => message,
        };
        let is_said = matches!(message, Message::Binary(_));
        let message = message.into_data();
        let wait = sent.take(u32::try_from(message.len() + OVERHEAD_BYTES).unwrap_or(u32::MAX), Instant::now());
        if !wait.is_zero() {
            sleep(wait).await;
        }
        if is_said {
            let Some((recipient, payload)) = frame::read(&message) else { return End::Form };
            for _ in 0..seat.say(recipient, payload).await {
                relay.counters.passed_on(payload.len());
            }
        }
    }
}

/// Writes what waits for the participant, and pings.
async fn speak(
    sink: &mut SplitSink<WebSocket, Message>,
    mut taker: Taker,
    seat: &Seat,
    relay: &Shared,
    ending: &mut watch::Receiver<bool>,
) -> End {
    let mut ended = pin!(ending.wait_for(|ending| *ending));
    let mut pings = interval_at(time::Instant::now() + relay.limits.ping, relay.limits.ping);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let waiting = tokio::select! {
            biased;
            _ = &mut ended => return End::Shutdown,
            _ = pings.tick() => None,
            waiting = taker.take() => match waiting {
                Some(waiting) => Some(waiting),
                None => return End::Left,
            },
        };
        let message = match &waiting {
            Some(waiting) => Message::Binary(waiting.frame.clone()),
            None if seat.quiet() >= relay.limits.idle => return End::Idle,
            None => Message::Ping(Bytes::new()),
        };
        let sent = tokio::select! {
            _ = &mut ended => return End::Shutdown,
            sent = timeout(relay.limits.stall, sink.send(message)) => sent,
        };
        match sent {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return End::Left,
            Err(_) => return End::Stalled,
        }
        // Only now is there room for another one.
        drop(waiting);
    }
}

/// Says why, and waits until that was heard: a connection that is cut with something unread in it takes the last words with it.
async fn part(mut sink: SplitSink<WebSocket, Message>, mut stream: SplitStream<WebSocket>, end: End) {
    let Some((code, reason)) = end.farewell() else { return };
    let parted = async {
        let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
        if sink.send(close).await.is_err() {
            return;
        }
        loop {
            match stream.next().await {
                Some(Ok(Message::Close(_))) => return,
                Some(Ok(_)) => {}
                // Whoever sends something too long to be read to its end still listens.
                Some(Err(_)) | None if end == End::Form => pending().await,
                Some(Err(_)) | None => return,
            }
        }
    };
    let _parted = timeout(FAREWELL, parted).await;
}
