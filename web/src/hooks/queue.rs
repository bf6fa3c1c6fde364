//! One after the other, in the order in which they came.

use core::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures_channel::oneshot;

/// Lets one go on at a time.
#[derive(Default)]
pub struct Queue {
    busy: Cell<bool>,
    waiting: RefCell<VecDeque<oneshot::Sender<()>>>,
}

/// Dropped, the next one goes on.
pub struct Turn<'a>(&'a Queue);

impl Queue {
    /// Waits for those that came before.
    pub async fn turn(&self) -> Turn<'_> {
        if self.busy.replace(true) {
            let (sender, come) = oneshot::channel();
            self.waiting.borrow_mut().push_back(sender);
            // The one before keeps it busy for this one; its end is its only message.
            let _ = come.await;
        }
        Turn(self)
    }

    fn next(&self) -> Option<oneshot::Sender<()>> {
        self.waiting.borrow_mut().pop_front()
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        while let Some(next) = self.0.next() {
            // Who does not wait any more is passed over.
            if next.send(()).is_ok() {
                return;
            }
        }
        self.0.busy.set(false);
    }
}

#[cfg(test)]
mod tests {
    use core::pin::pin;
    use core::task::{Context, Poll, Waker};

    use super::*;

    #[test]
    fn turns_come_in_order_and_whoever_left_is_passed_over() {
        let queue = Queue::default();
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(first) = pin!(queue.turn()).poll(&mut context) else { panic!("nobody is before it") };
        let mut second = Box::pin(queue.turn());
        let mut third = pin!(queue.turn());
        assert!(second.as_mut().poll(&mut context).is_pending() && third.as_mut().poll(&mut context).is_pending());
        drop(second);
        drop(first);
        let Poll::Ready(third) = third.poll(&mut context) else { panic!("it is its turn") };
        assert!(pin!(queue.turn()).poll(&mut context).is_pending());
        drop(third);
        assert!(pin!(queue.turn()).poll(&mut context).is_ready());
    }
}
