//! What waits for one participant. Nothing is dropped: where it is full, whoever wants to put something in waits.

use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// What a message takes beside its bytes.
pub(crate) const OVERHEAD_BYTES: usize = 64;

/// The end where messages are put in. Any number of senders has one.
#[derive(Debug, Clone)]
pub(crate) struct Putter {
    room: Arc<Semaphore>,
    most: usize,
    queue: mpsc::UnboundedSender<Waiting>,
}

/// The end where messages are taken out. Dropped, nobody waits any more to put something in.
#[derive(Debug)]
pub(crate) struct Taker {
    room: Arc<Semaphore>,
    queue: mpsc::UnboundedReceiver<Waiting>,
}

/// A message; the room that it takes is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) frame: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

/// A queue for so many bytes, [`OVERHEAD_BYTES`] more for each message; a message that alone is more has room in an empty one.
pub(crate) fn queue(most: usize) -> (Putter, Taker) {
    let most = most.clamp(1, Semaphore::MAX_PERMITS);
    let room = Arc::new(Semaphore::new(most));
    let (putter, taker) = mpsc::unbounded_channel();
    (Putter { room: Arc::clone(&room), most, queue: putter }, Taker { room, queue: taker })
}

impl Putter {
    /// Puts a message in as soon as there is room; those who wait take turns in the order in which they came. Tells whether it is in: it
    /// is not when nobody takes anything out any more.
    pub(crate) async fn put(&self, frame: Bytes) -> bool {
        let bytes = frame.len().saturating_add(OVERHEAD_BYTES).min(self.most);
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        match Arc::clone(&self.room).acquire_many_owned(bytes).await {
            Ok(room) => self.queue.send(Waiting { frame, _room: Some(room) }).is_ok(),
            Err(_) => false,
        }
    }

    /// Puts a message in whether or not there is room; for the first one.
    pub(crate) fn put_first(&self, frame: Bytes) {
        // The other end is there: it was made with this one.
        let _sent = self.queue.send(Waiting { frame, _room: None });
    }
}

impl Taker {
    /// The next message, when there is one. `None`: there will be none.
    pub(crate) async fn take(&mut self) -> Option<Waiting> {
        self.queue.recv().await
    }
}

impl Drop for Taker {
    fn drop(&mut self) {
        self.room.close();
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use tokio::pin;

    use super::*;

    fn frame(byte: u8) -> Bytes {
        vec![byte; 36].into()
    }

    #[tokio::test]
    async fn who_puts_into_a_full_queue_waits_until_something_was_done_with() {
        let (putter, mut taker) = queue(2 * (36 + OVERHEAD_BYTES));
        assert!(putter.put(frame(1)).await && putter.put(frame(2)).await);
        let third = putter.put(frame(3));
        pin!(third);
        assert!((&mut third).now_or_never().is_none());
        let first = taker.take().await.unwrap();
        assert!((&mut third).now_or_never().is_none(), "taken out is not yet sent");
        drop(first);
        assert!(third.await);
        let order = [taker.take().await.unwrap().frame[0], taker.take().await.unwrap().frame[0]];
        assert_eq!(order, [2, 3]);
    }

    #[tokio::test]
    async fn nobody_waits_for_a_participant_that_is_gone() {
        let (putter, taker) = queue(100);
        assert!(putter.put(frame(1)).await);
        let second = putter.put(frame(2));
        pin!(second);
        assert!((&mut second).now_or_never().is_none());
        drop(taker);
        assert_eq!(second.now_or_never(), Some(false));
        assert!(!putter.put(frame(3)).await);
    }

    #[tokio::test]
    async fn a_message_that_is_more_than_the_queue_has_room_in_an_empty_one() {
        let (putter, mut taker) = queue(10);
        assert!(putter.put(frame(1)).await);
        assert!(putter.put(frame(2)).now_or_never().is_none());
        drop(taker.take().await.unwrap());
        assert!(putter.put(frame(3)).await);
    }
}
