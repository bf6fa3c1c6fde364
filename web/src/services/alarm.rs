//! A timer that something happening again does not put off.

use core::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;

use super::browser;

/// When it goes off, and what does it.
type Set = Option<(i64, Timeout)>;

/// Goes off once.
#[derive(Default)]
pub struct Alarm {
    set: Rc<RefCell<Set>>,
}

impl Alarm {
    /// Goes off after so long, unless it is set to something earlier.
    pub fn at_latest(&self, ms: u32, then: impl FnOnce() + 'static) {
        let at_ms = browser::now_ms() + i64::from(ms);
        if self.set.borrow().as_ref().is_some_and(|(set_ms, _)| *set_ms <= at_ms) {
            return;
        }
        let set = Rc::clone(&self.set);
        let timeout = Timeout::new(ms, move || {
            drop(set.borrow_mut().take());
            then();
        });
        *self.set.borrow_mut() = Some((at_ms, timeout));
    }

    /// Does not go off.
    pub fn stop(&self) {
        *self.set.borrow_mut() = None;
    }
}
