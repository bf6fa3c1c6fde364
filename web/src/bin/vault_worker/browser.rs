use std::cell::{Cell, RefCell};
use std::pin::pin;

use chartchain_keys::{KdfParams, UnlockError};
use chartchain_store::{Batch, Durability, IdbStore, MemoryStore, RowKey, Store, StoreError};
use chartchain_vault::protocol::docs::{DocsError, Done, Work};
use chartchain_vault::protocol::{Fault, PersonId, Secret};
use chartchain_vault::{MadeUp, Platform};
use chartchain_web::services::wire::{Heard, Running, of_this_build};
use chartchain_web::worker::{MakeUp, Stretch, Stretched};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use getrandom::SysRng;
use gloo_timers::future::TimeoutFuture;
use rand_core::UnwrapErr;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::docs::DocsWorker;
use crate::turns::{Held, only};

/// One guess at a passphrase shall last half a second at least.
const PASSPHRASE_MS: u32 = 500;

/// IndexedDB, the browser's clock and randomness, a throw-away worker for passphrases, and one for documents.
pub struct Browser {
    /// Held while this is the only tab that has somebody unlocked.
    only: RefCell<Option<Held>>,
    /// The browser has lost everything, and nobody was told yet.
    lost: Cell<bool>,
    docs: DocsWorker,
}

const PROFILE: &str = "chartchain-profile";
/// Before the name of a person's database.
const PERSON: &str = "chartchain-";
/// Letters of a person's name.
const NAME_LETTERS: usize = 32;
/// Recovering the log waits no longer for tabs that do not answer.
const RECOVERED_WITHIN_MS: u32 = 2_000;

impl Browser {
    /// On storage that a kill of the browser has done nothing to.
    pub async fn recovered() -> Self {
        let recovering = pin!(IdbStore::recover_log());
        let ended = match select(recovering, TimeoutFuture::new(RECOVERED_WITHIN_MS)).await {
            Either::Left((ended, _)) => ended,
            Either::Right(_) => Ok(()),
        };
        // Any other error comes again with the first command.
        let lost = Cell::new(ended == Err(StoreError::Lost));
        Self { only: RefCell::default(), lost, docs: DocsWorker::default() }
    }
}

pub fn now_ms() -> i64 {
    // Dates are whole milliseconds far below 2^53.
    js_sys::Date::now() as i64
}

/// IndexedDB, or memory for a person who only tries the app.
pub enum BrowserStore {
    /// Stays when the browser is closed.
    Kept(IdbStore),
    /// Is gone when it is locked.
    Trial(MemoryStore),
}

impl Store for BrowserStore {
    async fn read(&self, keys: &[RowKey]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        match self {
            Self::Kept(store) => store.read(keys).await,
            Self::Trial(store) => store.read(keys).await,
        }
    }

    async fn commit(&self, batch: Batch, durability: Durability) -> Result<(), StoreError> {
        match self {
            Self::Kept(store) => store.commit(batch, durability).await,
            Self::Trial(store) => store.commit(batch, durability).await,
        }
    }

    async fn keys(&self) -> Result<Vec<RowKey>, StoreError> {
        match self {
            Self::Kept(store) => store.keys().await,
            Self::Trial(store) => store.keys().await,
        }
    }

    async fn usage_bytes(&self) -> Result<u64, StoreError> {
        match self {
            Self::Kept(store) => store.usage_bytes().await,
            Self::Trial(store) => store.usage_bytes().await,
        }
    }

    async fn wipe(self) -> Result<(), StoreError> {
        match self {
            Self::Kept(store) => store.wipe().await,
            Self::Trial(store) => store.wipe().await,
        }
    }
}

impl Platform for Browser {
    type Store = BrowserStore;
    type Rng = UnwrapErr<SysRng>;

    fn rng(&self) -> Self::Rng {
        UnwrapErr(SysRng)
    }

    fn now_ms(&self) -> i64 {
        now_ms()
    }

    async fn profile_store(&self) -> Result<BrowserStore, StoreError> {
        if self.lost.take() {
            return Err(StoreError::Lost);
        }
        IdbStore::open(PROFILE).await.map(BrowserStore::Kept)
    }

    async fn person_store(&self, person: &PersonId) -> Result<BrowserStore, StoreError> {
        IdbStore::open(&format!("{PERSON}{}", person.0)).await.map(BrowserStore::Kept)
    }

    async fn stored_people(&self) -> Result<Vec<PersonId>, StoreError> {
        let names = IdbStore::names().await?.unwrap_or_default();
        let people = names.iter().filter_map(|name| name.strip_prefix(PERSON));
        let is_person = |name: &&str| name.len() == NAME_LETTERS && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        Ok(people.filter(is_person).map(|name| PersonId(name.to_owned())).collect())
    }

    fn trial_store(&self) -> Option<BrowserStore> {
        Some(BrowserStore::Trial(MemoryStore::new()))
    }

    async fn is_alone(&self, person: &PersonId) -> bool {
        let (alone, held) = only(&person.0).await;
        self.only.replace(held);
        alone
    }

    fn leave(&self) {
        self.only.replace(None);
    }

    fn build(&self) -> String {
        of_this_build()
    }

    fn passphrase_cost(&self) -> (KdfParams, u32) {
        (KdfParams::DEFAULT, PASSPHRASE_MS)
    }

    /// In a worker of its own, because its 64 MiB would never be given back here.
    async fn stretch(
        &self,
        passphrase: &Secret,
        salt: [u8; 16],
        params: KdfParams,
    ) -> Result<chartchain_vault::Stretched, UnlockError> {
        let request =
            Stretch { passphrase: passphrase.clone(), salt, memory_kib: params.memory_kib, passes: params.passes };
        let stretched: Option<Stretched> = ask_once("worker-passphrase.js", &request).await;
        stretched.unwrap_or(Stretched::NoMemory).into_result()
    }

    fn normalise(&self, text: &str) -> String {
        js_sys::JsString::from(text).normalize("NFC").into()
    }

    async fn make_up(&self, seed: u64, now_ms: i64) -> Result<Vec<MadeUp>, Fault> {
        let made = ask_once("worker-made-up.js", &MakeUp { seed, now_ms }).await;
        made.ok_or_else(|| Fault::NotNow("made-up people could not be loaded".into()))
    }

    /// In a worker of its own, because nobody who has no documents should have to download what merges them.
    async fn merge(&self, work: Work) -> Result<Done, DocsError> {
        self.docs.carry_out(&work).await
    }
}

/// Asks a worker of its own one thing and throws it away; nothing where it failed.
async fn ask_once<A: DeserializeOwned + 'static>(script: &str, request: &impl Serialize) -> Option<A> {
    let (sender, receiver) = oneshot::channel();
    let sender = RefCell::new(Some(sender));
    let worker = Running::start(script, move |heard| {
        let answer = match heard {
            Heard::Message(answer) => Some(answer),
            Heard::Failed(failure) => {
                failure.settle();
                None
            }
        };
        if let Some(sender) = sender.borrow_mut().take() {
            // Nobody waits any more where the engine has ended.
            let _ = sender.send(answer);
        }
    });
    worker.send(request);
    let answer = receiver.await.ok().flatten();
    drop(worker);
    answer
}
