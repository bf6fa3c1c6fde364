//! Who is in which room. All of it is in memory, and a room is gone with the last one who leaves it.

use core::cmp::max;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::body::Bytes;
use futures_util::future::join_all;

use super::{
    frame::{self, Recipient},
    queue::{Putter, Taker, queue},
};
use crate::{config::Limits, tag::Tag};

/// Why nobody enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Closed {
    /// As many are in the room as may be.
    #[error("room is full")]
    Room,
    /// There are as many rooms as there may be.
    #[error("too many rooms: try again later")]
    Rooms,
}

/// All rooms.
#[derive(Debug)]
pub(crate) struct Rooms {
    most: usize,
    participants: usize,
    queue_bytes: usize,
    rooms: Mutex<HashMap<Tag, Arc<Mutex<Room>>>>,
}

/// Those who know one tag. Locked after `Rooms::rooms`, never before.
#[derive(Debug)]
struct Room {
    /// The number that was given last; none is given twice.
    last: u32,
    present: BTreeMap<u32, Putter>,
    /// When somebody said something, or else when it was made.
    said: Instant,
}

/// Somebody's place in a room. Dropped, they are no longer in it.
#[derive(Debug)]
pub(crate) struct Seat {
    rooms: Arc<Rooms>,
    tag: Tag,
    room: Arc<Mutex<Room>>,
    number: u32,
    since: Instant,
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rooms {
    pub(crate) fn new(limits: &Limits) -> Self {
        let Limits { rooms, participants, queue_bytes, .. } = *limits;
        Self { most: rooms, participants, queue_bytes, rooms: Mutex::default() }
    }

    /// Enters a room, which is made where there is none. A welcome waits already; the others are told by [`Seat::announce`].
    ///
    /// # Errors
    /// The room is full, or there are too many.
    pub(crate) fn enter(self: &Arc<Self>, tag: Tag) -> Result<(Seat, Taker), Closed> {
        let since = Instant::now();
        let mut rooms = lock(&self.rooms);
        let room = match rooms.get(&tag) {
            Some(room) => Arc::clone(room),
            None if rooms.len() >= self.most => return Err(Closed::Rooms),
            None => {
                let room = Arc::new(Mutex::new(Room { last: 0, present: BTreeMap::new(), said: since }));
                rooms.insert(tag, Arc::clone(&room));
                room
            }
        };
        let (number, taker) = {
            let mut room = lock(&room);
            let next = room.last.checked_add(1).filter(|_| room.present.len() < self.participants);
            let number = next.ok_or(Closed::Room)?;
            let (putter, taker) = queue(self.queue_bytes);
            putter.put_first(frame::welcome(number, room.present.keys().copied()));
            room.last = number;
            room.present.insert(number, putter);
            (number, taker)
        };
        drop(rooms);
        Ok((Seat { rooms: Arc::clone(self), tag, room, number, since }, taker))
    }

    pub(crate) fn count(&self) -> usize {
        lock(&self.rooms).len()
    }
}

impl Seat {
    /// Tells the others that somebody came.
    pub(crate) async fn announce(&self) {
        tell(self.recipients(Recipient::Others), frame::came(self.number)).await;
    }

    /// Leaves the room, and tells the others.
    pub(crate) async fn leave(self) {
        let (others, number) = (self.recipients(Recipient::Others), self.number);
        drop(self);
        tell(others, frame::left(number)).await;
    }

    /// Says something, as soon as those to whom it is have room for it. Tells how many have it.
    pub(crate) async fn say(&self, recipient: Recipient, payload: &[u8]) -> usize {
        lock(&self.room).said = Instant::now();
        let recipients = self.recipients(recipient);
        if recipients.is_empty() { 0 } else { tell(recipients, frame::said(self.number, payload)).await }
    }

    /// How long nobody in the room said anything, at most since entering it.
    pub(crate) fn quiet(&self) -> Duration {
        max(lock(&self.room).said, self.since).elapsed()
    }

    fn recipients(&self, recipient: Recipient) -> Vec<Putter> {
        let room = lock(&self.room);
        let others = room.present.iter().filter(|(number, _)| **number != self.number);
        let meant = others.filter(|(number, _)| match recipient {
            Recipient::Others => true,
            Recipient::One(one) => **number == one,
        });
        meant.map(|(_, putter)| putter.clone()).collect()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut rooms = lock(&self.rooms.rooms);
        let mut room = lock(&self.room);
        room.present.remove(&self.number);
        if room.present.is_empty() {
            rooms.remove(&self.tag);
        }
    }
}

/// Puts it into all queues, each as soon as it has room; tells into how many.
async fn tell(recipients: Vec<Putter>, frame: Bytes) -> usize {
    let told = join_all(recipients.iter().map(|putter| putter.put(frame.clone()))).await;
    told.into_iter().filter(|told| *told).count()
}
