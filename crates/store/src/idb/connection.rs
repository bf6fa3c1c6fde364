//! Opening, losing, opening again, deleting.

use super::request::{explain, explain_rexie, settled};
use super::{ROWS, VERSION, log};
use crate::store::{Durability, StoreError};
use futures_channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use rexie::{ObjectStore, Rexie, RexieBuilder, TransactionMode};
use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransaction, IdbVersionChangeEvent};

/// How long to wait for a tab that does not let go.
const LIMIT_MS: u32 = if cfg!(test) { 1_500 } else { 15_000 };

/// A database that may have to be opened again.
pub(super) struct Link {
    name: String,
    connection: RefCell<Option<Connection>>,
    /// The database was deleted; opening it again would make an empty one.
    gone: Cell<bool>,
}

/// Two open connections to one database.
pub(super) struct Connection {
    reads: Option<Rexie>,
    writes: IdbDatabase,
    _on_version_change: Closure<dyn FnMut(IdbVersionChangeEvent)>,
    _on_close: Closure<dyn FnMut(Event)>,
}

impl Link {
    pub(super) async fn open(name: &str) -> Result<Rc<Self>, StoreError> {
        let link = Rc::new(Self { name: name.to_owned(), connection: RefCell::default(), gone: Cell::new(false) });
        let schema = || Rexie::builder(name).version(VERSION).add_object_store(ObjectStore::new(ROWS));
        if connect(&link).await?.is_none() {
            // Opening and closing makes the schema; whoever comes second finds it made.
            open_rexie(schema()).await?.close();
            connect(&link).await?.ok_or(StoreError::Closed)?;
        }
        Ok(link)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Begins a transaction, on a new connection if the old one turns out to be lost.
    pub(super) async fn begin<T>(
        self: &Rc<Self>,
        begin: impl Fn(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(connection) = self.connection.borrow().as_ref() {
            match begin(connection) {
                Err(StoreError::Closed) => {}
                begun => return begun,
            }
        }
        self.lose();
        if self.gone.get() {
            return Err(StoreError::Closed);
        }
        connect(self).await?.ok_or(StoreError::Closed)?;
        self.connection.borrow().as_ref().map_or(Err(StoreError::Closed), begin)
    }

    /// Closes the connections for good.
    pub(super) fn end(&self) {
        self.gone.set(true);
        self.lose();
    }

    /// Closes the connections; the next call opens them again.
    pub(super) fn lose(&self) {
        // Taken out first: closing must not find the cell borrowed.
        let lost = self.connection.borrow_mut().take();
        drop(lost);
    }
}

impl Connection {
    fn new(link: &Rc<Link>, writes: IdbDatabase) -> Self {
        // The events can come before the link has the connection, so they close it themselves.
        let (weak, closing) = (Rc::downgrade(link), writes.clone());
        let on_version_change = Closure::new(move |event: IdbVersionChangeEvent| {
            closing.close();
            if let Some(link) = weak.upgrade() {
                if event.new_version().is_none() {
                    link.gone.set(true);
                }
                link.lose();
            }
        });
        let weak = Rc::downgrade(link);
        let on_close = Closure::new(move |_: Event| {
            if let Some(link) = weak.upgrade() {
                link.lose();
            }
        });
        writes.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        writes.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Self { reads: None, writes, _on_version_change: on_version_change, _on_close: on_close }
    }

    pub(super) fn read(&self) -> Result<rexie::Transaction, StoreError> {
        let reads = self.reads.as_ref().ok_or(StoreError::Closed)?;
        reads.transaction(&[ROWS], TransactionMode::ReadOnly).map_err(|error| explain_rexie("read", &error))
    }

    pub(super) fn scan(&self) -> Result<IdbTransaction, StoreError> {
        self.writes.transaction_with_str(ROWS).map_err(|error| explain("measure", &error))
    }

    pub(super) fn write(&self, durability: Durability) -> Result<IdbTransaction, StoreError> {
        let durability = match durability {
            Durability::Strict => "strict",
            Durability::Relaxed => "relaxed",
        };
        self.begin_write(durability).map_err(|error| explain("commit", &error))
    }

    /// web-sys has the third argument of `transaction` only behind an unstable flag.
    fn begin_write(&self, durability: &str) -> Result<IdbTransaction, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &JsValue::from_str("durability"), &JsValue::from_str(durability))?;
        let transaction = Reflect::get(&self.writes, &JsValue::from_str("transaction"))?.dyn_into::<Function>()?;
        let (rows, mode) = (JsValue::from_str(ROWS), JsValue::from_str("readwrite"));
        transaction.call3(&self.writes, &rows, &mode, &options)?.dyn_into()
    }

    #[cfg(test)]
    pub(super) fn writes(&self) -> &IdbDatabase {
        &self.writes
    }
}

#[cfg(test)]
impl Link {
    pub(super) fn connection(&self) -> std::cell::Ref<'_, Option<Connection>> {
        self.connection.borrow()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.writes.set_onversionchange(None);
        self.writes.set_onclose(None);
        self.writes.close();
        if let Some(reads) = self.reads.take() {
            reads.close();
        }
    }
}

/// Connects to a database that is there and of a version that this program knows; `None` if there is none.
async fn connect(link: &Rc<Link>) -> Result<Option<()>, StoreError> {
    let Some(writes) = open_existing(&link.name).await? else { return Ok(None) };
    let mut connection = Connection::new(link, writes);
    // A number beyond any `u32` saturates, and is too new.
    let version = connection.writes.version() as u32;
    if version == 1 && connection.writes.object_store_names().length() == 0 {
        return Ok(None);
    }
    if version / 100 > VERSION / 100 {
        return Err(StoreError::TooNew);
    }
    if version / 100 < VERSION / 100 {
        return Err(StoreError::Damaged(format!("a database of another program, version {version}")));
    }
    let reads = connection.reads.insert(open_rexie(Rexie::builder(&link.name)).await?);
    if reads.store_names().is_empty() {
        // Deleted while we were connecting, so that rexie made an empty one. It is taken back.
        drop(connection);
        delete(&link.name).await?;
        return Ok(None);
    }
    if reads.version().ok() != Some(version) {
        return Err(StoreError::Closed);
    }
    let before = link.connection.borrow_mut().replace(connection);
    drop(before);
    Ok(Some(()))
}

/// Opens a database without making it.
async fn open_existing(name: &str) -> Result<Option<IdbDatabase>, StoreError> {
    let request = factory()?.open(name).map_err(|error| explain("open", &error))?;
    let (absent, lost) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
    let on_upgrade = {
        let (absent, lost, request) = (absent.clone(), lost.clone(), request.clone());
        Closure::once(move |event: Event| {
            // Without a version, only a database that is not there needs an upgrade. Aborting it leaves none.
            absent.set(true);
            lost.set(log::tells_of_loss(&event));
            if let Some(transaction) = request.transaction() {
                let _ = transaction.abort();
            }
        })
    };
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    let opened = settled("open", &request);
    let Some(opened) = within(LIMIT_MS, opened).await else {
        close_when_opened(&request, on_upgrade);
        return Err(StoreError::InUse);
    };
    match opened {
        _ if lost.get() => Err(StoreError::Lost),
        Ok(_) if absent.get() => Ok(None),
        Ok(database) => {
            let foreign = |_| StoreError::Failed { operation: "open", cause: "no database came".to_owned() };
            database.dyn_into().map(Some).map_err(foreign)
        }
        Err(_) if absent.get() => Ok(None),
        Err(error) => Err(error),
    }
}

/// A request that nobody waits for any more must not leave a connection that nobody closes.
fn close_when_opened(request: &IdbOpenDbRequest, keep: Closure<dyn FnMut(Event)>) {
    let opened = settled("open", request);
    spawn_local(async move {
        if let Ok(database) = opened.await
            && let Ok(database) = database.dyn_into::<IdbDatabase>()
        {
            database.close();
        }
        drop(keep);
    });
}

/// Opens through rexie, which waits for ever.
async fn open_rexie(builder: RexieBuilder) -> Result<Rexie, StoreError> {
    let (send, opened) = oneshot::channel();
    spawn_local(async move {
        if let Err(Ok(late)) = send.send(builder.build().await) {
            late.close();
        }
    });
    match within(LIMIT_MS, opened).await {
        Some(Ok(opened)) => opened.map_err(|error| explain_rexie("open", &error)),
        Some(Err(oneshot::Canceled)) => Err(StoreError::Closed),
        None => Err(StoreError::InUse),
    }
}

fn factory() -> Result<IdbFactory, StoreError> {
    let none = || StoreError::Failed { operation: "open", cause: "this browser grants no IndexedDB".to_owned() };
    let factory = Reflect::get(&js_sys::global(), &JsValue::from_str("indexedDB")).map_err(|_| none())?;
    factory.dyn_into().map_err(|_| none())
}

pub(super) async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name).map_err(|error| explain("delete", &error))?;
    // Tabs that answer let go when they hear of it. For the others the browser keeps the request: it is carried out
    // when they are gone.
    within(LIMIT_MS, settled("delete", &request)).await.unwrap_or(Err(StoreError::InUse)).map(|_| ())
}

pub(super) async fn names() -> Result<Option<Vec<String>>, StoreError> {
    let factory = factory()?;
    let databases = Reflect::get(&factory, &JsValue::from_str("databases")).map(|value| value.dyn_into::<Function>());
    let Ok(Ok(databases)) = databases else { return Ok(None) };
    let listed = async {
        let promise: Promise = databases.call0(&factory)?.dyn_into()?;
        let listed: Array = JsFuture::from(promise).await?.dyn_into()?;
        let name = |entry: JsValue| Reflect::get(&entry, &JsValue::from_str("name")).map(|name| name.as_string());
        listed.iter().filter_map(|entry| name(entry).transpose()).collect::<Result<Vec<_>, JsValue>>()
    };
    listed.await.map(Some).map_err(|error| explain("list", &error))
}

/// The future's output, unless it takes longer.
async fn within<T>(limit_ms: u32, future: impl Future<Output = T>) -> Option<T> {
    let mut limit = pin!(TimeoutFuture::new(limit_ms));
    let mut future = pin!(future);
    core::future::poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
