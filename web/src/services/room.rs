//! A room of a relay: a WebSocket that carries what two devices say to find each other.

use core::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, MessageEvent, WebSocket};

/// What comes from a room.
#[derive(Debug)]
pub enum FromRoom {
    /// A message.
    Said(Vec<u8>),
    /// The way to it is closed.
    Closed,
}

/// A way to a room. Dropped, it is closed.
#[derive(Debug)]
pub struct Room {
    socket: WebSocket,
    /// What is said before the way is open.
    waiting: Rc<RefCell<Vec<Vec<u8>>>>,
    _listeners: Vec<EventListener>,
}

impl Room {
    /// Goes into the room of this tag at the host that the app came from; `None` where the browser refuses it.
    pub fn enter(tag: &str, heard: impl Fn(FromRoom) + 'static) -> Option<Self> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let socket = WebSocket::new(&format!("{scheme}://{}/v0/meet/{tag}", location.host().ok()?)).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let waiting: Rc<RefCell<Vec<Vec<u8>>>> = Rc::default();
        let heard = Rc::new(heard);
        let on_message = {
            let heard = Rc::clone(&heard);
            EventListener::new(&socket, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                if let Some(Ok(buffer)) = data.map(JsCast::dyn_into::<ArrayBuffer>) {
                    heard(FromRoom::Said(Uint8Array::new(&buffer).to_vec()));
                }
            })
        };
        let on_open = {
            let (socket, waiting) = (socket.clone(), Rc::clone(&waiting));
            EventListener::new(&socket.clone(), "open", move |_| {
                for bytes in waiting.borrow_mut().drain(..) {
                    // One that is closed already says so.
                    let _ = socket.send_with_u8_array(&bytes);
                }
            })
        };
        let on_close = EventListener::new(&socket, "close", move |_| heard(FromRoom::Closed));
        Some(Self { socket, waiting, _listeners: vec![on_message, on_open, on_close] })
    }

    /// Says something there.
    pub fn say(&self, bytes: Vec<u8>) {
        if self.socket.ready_state() == WebSocket::CONNECTING {
            self.waiting.borrow_mut().push(bytes);
        } else {
            // One that is closed says so.
            let _ = self.socket.send_with_u8_array(&bytes);
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self._listeners.clear();
        let _ = self.socket.close();
    }
}
