use std::cell::RefCell;

use chartchain_keys::{KdfParams, Sensitive, UnlockError};
use chartchain_store::{IdbStore, StoreError};
use chartchain_vault::Platform;
use chartchain_vault::protocol::{PersonId, Secret};
use chartchain_web::worker::{Stretch, StretchWorker, Stretched};
use futures_channel::oneshot;
use getrandom::SysRng;
use gloo_worker::Spawnable;
use rand_core::UnwrapErr;

/// One guess at a passphrase shall last half a second at least.
const PASSPHRASE_MS: u32 = 500;

/// IndexedDB, the browser's clock and randomness, and a throw-away worker for passphrases.
pub struct Browser;

pub fn now_ms() -> i64 {
    // Dates are whole milliseconds far below 2^53.
    js_sys::Date::now() as i64
}

impl Platform for Browser {
    type Store = IdbStore;
    type Rng = UnwrapErr<SysRng>;

    fn rng(&self) -> Self::Rng {
        UnwrapErr(SysRng)
    }

    fn now_ms(&self) -> i64 {
        now_ms()
    }

    async fn profile_store(&self) -> Result<IdbStore, StoreError> {
        IdbStore::open("chartchain-profile").await
    }

    async fn person_store(&self, person: &PersonId) -> Result<IdbStore, StoreError> {
        IdbStore::open(&format!("chartchain-{}", person.0)).await
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
    ) -> Result<Sensitive<[u8; 32]>, UnlockError> {
        let (sender, receiver) = oneshot::channel();
        let sender = RefCell::new(Some(sender));
        let bridge = StretchWorker::spawner()
            .callback(move |stretched: Stretched| {
                if let Some(sender) = sender.borrow_mut().take() {
                    // Nobody waits any more where the engine has ended.
                    let _ = sender.send(stretched);
                }
            })
            .spawn_with_loader("worker-passphrase.js");
        bridge.send(Stretch {
            passphrase: passphrase.clone(),
            salt,
            memory_kib: params.memory_kib,
            passes: params.passes,
        });
        let stretched = receiver.await.map_err(|_| UnlockError::NoMemory)?;
        drop(bridge);
        stretched.into_result()
    }
}
