//! Rows in IndexedDB, in a window or a worker.
//!
//! One object store; keys are 32 bytes, values are `Uint8Array`s. Rexie makes the schema and reads. It has no
//! durability option, no `versionchange`, `close` or `blocked` event and does not give its connection away, so
//! writing goes through a second connection of our own, whose events close both. IndexedDB orders transactions across
//! connections: a read that starts after a commit was acknowledged sees it.

mod connection;
mod log;
mod request;

#[cfg(test)]
mod tests;

use crate::store::{Batch, Durability, RowKey, Store, StoreError, row_bytes};
use connection::{Connection, Link};
use futures_channel::oneshot;
use futures_util::future::try_join_all;
use js_sys::{ArrayBuffer, Uint8Array};
use request::{completed, explain, explain_rexie, settled};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdbCursorWithValue, IdbObjectStore, IdbRequest, IdbTransaction};

/// The object store. Part of the stored format.
const ROWS: &str = "rows";

/// Version of the database. Hundreds are breaking, units are compatible: a program opens what has its own hundred.
const VERSION: u32 = 100;

/// Rows in one IndexedDB database. Dropping it closes its connections.
///
/// Several may be open on one database, in one tab or in many: guards and the layer above decide who writes.
///
/// When the browser drops a connection, or another tab upgrades the database, the call that meets it opens it again and
/// does its work once more; a commit looks first whether its rows are there already. When the database was deleted, it
/// stays [`StoreError::Closed`].
pub struct IdbStore {
    link: Rc<Link>,
}

impl IdbStore {
    /// Opens the database of this name, and makes it if there is none.
    ///
    /// [`StoreError::InUse`]: a tab that does not answer holds it, for example while it is being deleted.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        Ok(Self { link: Link::open(name).await? })
    }

    /// Deletes the database of this name, for ever. Stores that are open on it, in any tab, answer
    /// [`StoreError::Closed`] from now on. No error if there is none.
    ///
    /// [`StoreError::InUse`]: a tab that does not answer still holds it; the browser deletes it when that tab is gone.
    pub async fn delete(name: &str) -> Result<(), StoreError> {
        connection::delete(name).await
    }

    /// Names of all databases of this origin, other programs' too; `None` where the browser does not tell.
    pub async fn names() -> Result<Option<Vec<String>>, StoreError> {
        connection::names().await
    }

    /// Does what keeps a browser that was killed from losing everything when it is killed again. To be called first of all;
    /// it takes a few milliseconds. Stores may be open meanwhile. Where nobody waits for it any more, it goes on.
    ///
    /// [`StoreError::Lost`]: it has lost everything already.
    pub async fn recover_log() -> Result<(), StoreError> {
        let (send, recovered) = oneshot::channel();
        // A request that was dropped halfway is answered all the same, and its connection would stay open.
        spawn_local(async move { drop(send.send(log::renew().await)) });
        recovered.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Does it again, once, on a new connection, where the old one was lost on the way.
    async fn twice<T>(&self, work: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        match work().await {
            Err(StoreError::Closed | StoreError::Failed { .. }) => {
                self.link.lose();
                work().await
            }
            done => done,
        }
    }

    /// Whether all that a batch would do is done.
    async fn has(&self, batch: &Batch) -> Result<bool, StoreError> {
        let (keys, wanted): (Vec<RowKey>, Vec<_>) = batch.changes().map(|(key, value)| (*key, value)).unzip();
        let there = self.read_once(&keys).await?;
        Ok(!batch.is_empty() && there.iter().map(Option::as_deref).eq(wanted))
    }

    async fn read_once(&self, keys: &[RowKey]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let transaction = self.link.begin(Connection::read).await?;
        let rows = transaction.store(ROWS).map_err(|error| explain_rexie("read", &error))?;
        let values = keys.iter().map(|key| rows.get(row_key(key)));
        let values = try_join_all(values).await.map_err(|error| explain_rexie("read", &error))?;
        values.into_iter().map(|value| value.map(bytes).transpose()).collect()
    }

    async fn commit_once(&self, batch: &Batch, durability: Durability) -> Result<(), StoreError> {
        self.write(durability, async |rows| {
            // All requests at once, and then the answers: where a guard does not hold, the transaction is aborted, and what
            // was put in it never was.
            let mut held = Vec::new();
            for (key, value) in batch.guards() {
                held.push((requested("commit", rows.get(&row_key(key)))?, value));
            }
            for (key, value) in batch.changes() {
                match value {
                    Some(value) => rows.put_with_key(&Uint8Array::from(value), &row_key(key)),
                    None => rows.delete(&row_key(key)),
                }
                .map_err(|error| explain("commit", &error))?;
            }
            for (answer, value) in held {
                let answer = answer.await?;
                let holds = match value {
                    Some(value) => array(answer).is_ok_and(|held| same(&held, value)),
                    None => answer.is_undefined(),
                };
                if !holds {
                    return Err(StoreError::Fenced);
                }
            }
            Ok(())
        })
        .await
    }

    async fn keys_once(&self) -> Result<Vec<RowKey>, StoreError> {
        let transaction = self.link.begin(Connection::read).await?;
        let rows = transaction.store(ROWS).map_err(|error| explain_rexie("list", &error))?;
        let keys = rows.get_all_keys(None, None).await.map_err(|error| explain_rexie("list", &error))?;
        keys.iter().map(to_row_key).collect()
    }

    async fn usage_once(&self) -> Result<u64, StoreError> {
        // One row after the other: the values together can be larger than the memory.
        let transaction = self.link.begin(|connection| connection.scan()).await?;
        finish("measure", &transaction, async |rows| {
            let request = rows.open_cursor().map_err(|error| explain("measure", &error))?;
            let mut sum = 0u64;
            loop {
                let answer = settled("measure", &request).await?;
                let Ok(cursor) = answer.dyn_into::<IdbCursorWithValue>() else { return Ok(sum) };
                let key = to_row_key(&cursor.key().map_err(|error| explain("measure", &error))?)?;
                let value = array(cursor.value().map_err(|error| explain("measure", &error))?)?;
                sum = sum.saturating_add(row_bytes(&key, &[])).saturating_add(u64::from(value.length()));
                cursor.continue_().map_err(|error| explain("measure", &error))?;
            }
        })
        .await
    }

    async fn write<T>(
        &self,
        durability: Durability,
        work: impl AsyncFnOnce(&IdbObjectStore) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.link.begin(|connection| connection.write(durability)).await?;
        finish("commit", &transaction, work).await
    }
}

impl core::fmt::Debug for IdbStore {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("IdbStore").field("name", &self.link.name()).finish()
    }
}

impl Store for IdbStore {
    async fn read(&self, keys: &[RowKey]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        self.twice(|| self.read_once(keys)).await
    }

    async fn commit(&self, batch: Batch, durability: Durability) -> Result<(), StoreError> {
        match self.commit_once(&batch, durability).await {
            Err(StoreError::Closed | StoreError::Failed { .. }) => {
                self.link.lose();
                // Whether it happened before the connection was lost only the rows can tell.
                if self.has(&batch).await? { Ok(()) } else { self.commit_once(&batch, durability).await }
            }
            done => done,
        }
    }

    async fn keys(&self) -> Result<Vec<RowKey>, StoreError> {
        self.twice(|| self.keys_once()).await
    }

    async fn usage_bytes(&self) -> Result<u64, StoreError> {
        self.twice(|| self.usage_once()).await
    }

    async fn wipe(self) -> Result<(), StoreError> {
        // The rows first: they are gone even where a tab that does not answer keeps the database alive.
        self.write(Durability::Strict, async |rows| {
            rows.clear().map_err(|error| explain("wipe", &error))?;
            Ok(())
        })
        .await?;
        self.link.end();
        connection::delete(self.link.name()).await
    }
}

/// Does the work in the transaction, aborts it if the work fails, and returns when it is over.
async fn finish<T>(
    operation: &'static str,
    transaction: &IdbTransaction,
    work: impl AsyncFnOnce(&IdbObjectStore) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let over = completed(operation, transaction);
    let worked = match transaction.object_store(ROWS) {
        Ok(rows) => work(&rows).await,
        Err(error) => Err(explain(operation, &error)),
    };
    if worked.is_err() {
        // Fails where the transaction has been aborted already, which is as well.
        let _ = transaction.abort();
    }
    match (worked, over.await) {
        (Ok(value), Ok(())) => Ok(value),
        // A request says what went wrong with it; that it came from a full disk only the transaction knows.
        (Err(StoreError::Failed { .. }) | Ok(_), Err(cause)) => Err(cause),
        (Err(cause), _) => Err(cause),
    }
}

/// The answer to a request that was just made. It has to be asked for before anything is awaited.
fn requested(
    operation: &'static str,
    request: Result<IdbRequest, JsValue>,
) -> Result<impl Future<Output = Result<JsValue, StoreError>>, StoreError> {
    Ok(settled(operation, &request.map_err(|error| explain(operation, &error))?))
}

fn row_key(key: &RowKey) -> JsValue {
    Uint8Array::from(key.0.as_slice()).into()
}

fn to_row_key(key: &JsValue) -> Result<RowKey, StoreError> {
    let bytes = key.dyn_ref::<ArrayBuffer>().map(|buffer| Uint8Array::new(buffer).to_vec());
    let key = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    key.map(RowKey).ok_or_else(|| StoreError::Damaged("a row with a foreign key".to_owned()))
}

fn array(value: JsValue) -> Result<Uint8Array, StoreError> {
    value.dyn_into().map_err(|_| StoreError::Damaged("a row without bytes".to_owned()))
}

fn bytes(value: JsValue) -> Result<Vec<u8>, StoreError> {
    Ok(array(value)?.to_vec())
}

fn same(held: &Uint8Array, value: &[u8]) -> bool {
    usize::try_from(held.length()).is_ok_and(|length| length == value.len()) && held.to_vec() == value
}
