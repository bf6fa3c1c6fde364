//! Where what the engine says about connections goes. Whoever carries them comes with the pages for it; until then nobody is there.

use core::cell::RefCell;

use chartchain_vault::protocol::Event;
use yew::Callback;

thread_local! {
    static LISTENER: RefCell<Option<Callback<Event>>> = const { RefCell::new(None) };
}

/// From now on this one hears it.
pub fn lead_to(listener: Callback<Event>) {
    LISTENER.set(Some(listener));
}

/// Something to be heard.
pub fn hear(event: Event) {
    let listener = LISTENER.with_borrow(Clone::clone);
    if let Some(listener) = listener {
        listener.emit(event);
    }
}
