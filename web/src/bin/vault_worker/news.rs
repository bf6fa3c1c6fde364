//! What the vault workers of several tabs tell each other: that something was written, done or locked for a person. Nothing
//! of the record and no key.

use chartchain_vault::protocol::PersonId;
use gloo_events::EventListener;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// What happened in another tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The person's rows changed.
    Wrote,
    /// The person did something.
    Touched,
    /// The person locked.
    Locked,
}

const WORDS: [(News, &str); 3] = [(News::Wrote, "wrote "), (News::Touched, "touched "), (News::Locked, "locked ")];

/// The way to the other tabs, where the browser has one.
pub struct Others(Option<BroadcastChannel>);

impl Others {
    /// Hears of the other tabs from now on.
    pub fn listen(on_news: impl Fn(News, PersonId) + 'static) -> Self {
        let channel = BroadcastChannel::new("chartchain").ok();
        if let Some(channel) = &channel {
            EventListener::new(channel, "message", move |event| {
                let told = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                let told = told.unwrap_or_default();
                let news = WORDS.iter().find_map(|(news, word)| Some((*news, told.strip_prefix(word)?)));
                if let Some((news, person)) = news {
                    on_news(news, PersonId(person.to_owned()));
                }
            })
            .forget();
        }
        Self(channel)
    }

    /// Tells them; nobody of whom somebody only tries the app.
    pub fn tell(&self, news: News, person: &PersonId) {
        let word = WORDS.iter().find(|(known, _)| *known == news).map_or("", |(_, word)| word);
        if let Some(channel) = self.0.as_ref().filter(|_| !person.0.is_empty()) {
            // Text can always be cloned.
            let _ = channel.post_message(&JsValue::from_str(&format!("{word}{}", person.0)));
        }
    }
}
