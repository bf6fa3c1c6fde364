//! The suite in IndexedDB, wherever the including test runs.

#![expect(clippy::unwrap_used, reason = "tests")]

use chartchain_store::conformance::{self, Factory};
use chartchain_store::{IdbStore, MemoryStore, Store, StoreError};
use wasm_bindgen_test::wasm_bindgen_test;

struct Databases;

impl Factory for Databases {
    type Store = IdbStore;

    async fn create(&self, place: &str) -> Result<IdbStore, StoreError> {
        IdbStore::delete(place).await?;
        IdbStore::open(place).await
    }

    async fn open(&self, place: &str) -> Result<IdbStore, StoreError> {
        IdbStore::open(place).await
    }

    async fn second(&self, place: &str, _: &IdbStore) -> Result<IdbStore, StoreError> {
        IdbStore::open(place).await
    }
}

macro_rules! run {
    ($($case:ident)*) => { $(
        #[wasm_bindgen_test]
        async fn $case() {
            conformance::$case(&Databases).await.unwrap();
        }
    )* };
}
chartchain_store::each_case!(run);

#[wasm_bindgen_test]
async fn memory_works_here_too() {
    let store = MemoryStore::new();
    store
        .commit(conformance::puts([(conformance::key(1), b"1".as_slice())]), chartchain_store::Durability::Strict)
        .await
        .unwrap();
    assert_eq!(store.keys().await, Ok(vec![conformance::key(1)]));
}
