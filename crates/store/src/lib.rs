//! Where sealed rows rest: one trait, three stores, one suite that all of them pass.
//!
//! The layer above seals every value and hashes every key, so a store sees 32 opaque bytes that name a row and
//! opaque bytes in it. A store promises order, all-or-nothing batches, guards and durability, and nothing else: that
//! a row is the one that was written, unchanged, is for the seal above to say.
//!
//! | store | where | `Durability::Strict` | `Durability::Relaxed` |
//! |---|---|---|---|
//! | [`MemoryStore`] | memory, every target | survives a simulated crash | may be lost in one |
//! | `RedbStore` | one file, native | two redb commits, each synced to the disk | in memory: durable with the next strict commit, beyond 4 MiB, or with an orderly close |
//! | `IdbStore` | IndexedDB, window and workers | a transaction with `durability: "strict"` | one with `durability: "relaxed"` |

mod memory;
mod store;

#[cfg(not(target_arch = "wasm32"))]
mod file;
#[cfg(target_arch = "wasm32")]
mod idb;

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;

#[cfg(not(target_arch = "wasm32"))]
pub use file::{RedbStore, create_private, publish};
#[cfg(target_arch = "wasm32")]
pub use idb::IdbStore;

pub use memory::{Failure, MemoryStore, Snapshot};
pub use store::{Batch, Durability, RowKey, Store, StoreError};
