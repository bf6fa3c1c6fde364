//! Rows in one file, with redb 4.5 underneath.
//!
//! What redb does, and what is done about it:
//!
//! - A file has two commit slots and a byte that says which of them counts. Only the slots and the pages are
//!   checksummed, not that byte, and where the slot that counts or a page under it does not verify, redb goes back to
//!   the other slot without a word. So every strict commit here is two: the rows, then an empty one. Whenever a commit
//!   has been acknowledged, both slots hold the same rows, and going back changes nothing. Both are one-phase commits,
//!   so this costs the two syncs that redb's two-phase commit costs as well.
//! - A plain open trusts the file and may panic on a damaged one. Here every open checks every page, and a panic
//!   inside redb comes out as [`StoreError::Damaged`].
//! - After a write that failed redb reads and writes nothing any more, and what it had not synced is gone. So relaxed
//!   commits stay here, in memory, until they go into a strict one together with its rows: where there is no room for
//!   them they are still read. A kill loses them, never anything older.
//! - A file only grows while it is open, and deleted rows leave holes in it. An orderly close gives the room back when
//!   less than half of the file holds rows.
//! - redb locks the file (`flock`), so a second open answers [`StoreError::InUse`], in this process too.

#[cfg(test)]
mod tests;

use crate::store::{Batch, Durability, RowKey, Store, StoreError, row_bytes};
use redb::{
    Database, ReadOnlyTable, ReadableDatabase, ReadableTable, StorageError, Table, TableDefinition, TableError,
};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Values in pieces: the row's key, then the piece's number in big-endian order. A row that is there has a piece 0.
const PIECES: TableDefinition<'static, &'static [u8; 36], &'static [u8]> = TableDefinition::new("pieces");
const FORMAT: TableDefinition<'static, &'static str, u32> = TableDefinition::new("format");
const FORMAT_ROW: &str = "chartchain-store";

/// Hundreds are breaking, units are compatible.
const FORMAT_VERSION: u32 = 200;

/// Longest piece. redb gives a value as many pages as the next power of two, so that a long one in one piece takes up
/// to twice its length; a piece of this length takes 16 KiB.
const PIECE_BYTES: usize = 16 * 1024 - 128;

/// A file that has less room to give back is left as it is.
const LEAST_GAIN_BYTES: u64 = 256 << 10;

/// Values are read once and opened above; a large page cache would only hold them twice.
const CACHE_BYTES: usize = 32 << 20;

/// Relaxed commits beyond this are made durable, so that memory and what a kill can take stay small.
const RELAXED_BYTES: u64 = 4 << 20;

/// Names for drafts that a process tries, however many stores it makes.
const MOST_DRAFTS: u64 = 10_000;

/// Rows in one file. Clones are handles on the same open file; it is closed in good order when the last one is
/// dropped.
///
/// Calls block the thread that polls them, for as long as the disk takes.
#[derive(Clone)]
pub struct RedbStore {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    open: Box<dyn Fn() -> Result<Database, StoreError> + Send + Sync>,
    state: RwLock<State>,
}

struct State {
    /// Not there after it was closed, or for as long as it cannot be opened again.
    database: Option<Database>,
    /// Closed or wiped, for good.
    finished: bool,
    relaxed: Relaxed,
}

/// Rows of relaxed commits that no strict one has taken along yet.
#[derive(Default)]
struct Relaxed {
    rows: BTreeMap<RowKey, Option<Vec<u8>>>,
    bytes: u64,
}

impl RedbStore {
    /// Makes a new, empty store that only its owner may read. The file appears complete or not at all; one that is
    /// there already is not touched ([`StoreError::Failed`]).
    pub fn create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        static DRAFTS: AtomicU64 = AtomicU64::new(0);
        let path = path.as_ref();
        let made = loop {
            let number = DRAFTS.fetch_add(1, Ordering::Relaxed);
            let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
            name.push(format!(".new-{}-{number}", std::process::id()));
            let draft = path.with_file_name(name);
            match create_private(&draft) {
                // Another process had our number and was killed.
                Err(error) if error.kind() == ErrorKind::AlreadyExists && number < MOST_DRAFTS => continue,
                Err(error) => break Err(disk("create", &error)),
                Ok(_) => {}
            }
            let made = make(&draft).and_then(|()| publish(&draft, path).map_err(|error| disk("create", &error)));
            if made.is_err() {
                // The draft is ours alone, and of no use to anybody.
                let _ = fs::remove_file(&draft);
            }
            break made;
        };
        made?;
        Self::open(path)
    }

    /// Opens a store that is there, and checks every page of it. Reads the whole file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref().to_path_buf();
        let again = path.clone();
        Self::over(path, move || open_file(&again))
    }

    /// Makes durable what is not yet, and lets go of the file. All handles answer [`StoreError::Closed`] afterwards.
    /// Dropping the last handle does the same, but has nobody to tell about an error.
    pub fn close(&self) -> Result<(), StoreError> {
        self.shared.close()
    }

    fn over(
        path: PathBuf,
        open: impl Fn() -> Result<Database, StoreError> + Send + Sync + 'static,
    ) -> Result<Self, StoreError> {
        let state = State { database: Some(open()?), finished: false, relaxed: Relaxed::default() };
        Ok(Self { shared: Arc::new(Shared { path, open: Box::new(open), state: RwLock::new(state) }) })
    }
}

impl core::fmt::Debug for RedbStore {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("RedbStore").field("path", &self.shared.path).finish()
    }
}

impl Store for RedbStore {
    async fn read(&self, keys: &[RowKey]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let state = self.shared.read();
        state.with("read", |pieces| keys.iter().map(|key| state.relaxed.value("read", pieces, key)).collect())
    }

    async fn commit(&self, batch: Batch, durability: Durability) -> Result<(), StoreError> {
        let mut state = self.shared.write();
        let done = guarded("commit", || state.commit(&batch, durability));
        // The rows are durable where only the second commit could not be made; opening anew makes both slots equal.
        if matches!(done, Ok(false) | Err(StoreError::Full)) {
            self.shared.open_again(&mut state);
        }
        done.map(|_| ())
    }

    async fn keys(&self) -> Result<Vec<RowKey>, StoreError> {
        let state = self.shared.read();
        state.with("list", |pieces| {
            let relaxed = &state.relaxed.rows;
            let mut keys: Vec<RowKey> =
                relaxed.iter().filter(|(_, value)| value.is_some()).map(|(key, _)| *key).collect();
            for entry in pieces.iter().map_err(|error| explain("list", error))? {
                match split(entry.map_err(|error| explain("list", error))?.0.value()) {
                    (key, 0) if !relaxed.contains_key(&key) => keys.push(key),
                    _ => {}
                }
            }
            Ok(keys)
        })
    }

    async fn usage_bytes(&self) -> Result<u64, StoreError> {
        let state = self.shared.read();
        state.database.as_ref().ok_or(StoreError::Closed)?;
        let file = fs::metadata(&self.shared.path).map_err(|error| disk("measure", &error))?;
        Ok(file.len().saturating_add(state.relaxed.bytes))
    }

    async fn wipe(self) -> Result<(), StoreError> {
        self.shared.wipe()
    }
}

impl State {
    fn with<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&ReadOnlyTable<&'static [u8; 36], &'static [u8]>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let database = self.database.as_ref().ok_or(StoreError::Closed)?;
        guarded(operation, || {
            let transaction = database.begin_read().map_err(|error| explain(operation, error))?;
            work(&transaction.open_table(PIECES).map_err(|error| explain(operation, error))?)
        })
    }

    /// False if what was written is durable and the empty second commit failed.
    fn commit(&mut self, batch: &Batch, durability: Durability) -> Result<bool, StoreError> {
        let database = self.database.as_ref().ok_or(StoreError::Closed)?;
        let bytes = self.relaxed.bytes.saturating_add(batch.bytes());
        if durability == Durability::Relaxed && bytes <= RELAXED_BYTES {
            if !self.with("commit", |pieces| self.relaxed.guards_hold(pieces, batch))? {
                return Err(StoreError::Fenced);
            }
            self.relaxed.add(batch);
            return Ok(true);
        }
        write(database, &self.relaxed, batch)?;
        self.relaxed = Relaxed::default();
        Ok(settle(database).is_ok())
    }
}

impl Relaxed {
    fn value(
        &self,
        operation: &'static str,
        pieces: &impl ReadableTable<&'static [u8; 36], &'static [u8]>,
        key: &RowKey,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.rows.get(key).map_or_else(|| value(operation, pieces, key), |value| Ok(value.clone()))
    }

    fn guards_hold(
        &self,
        pieces: &impl ReadableTable<&'static [u8; 36], &'static [u8]>,
        batch: &Batch,
    ) -> Result<bool, StoreError> {
        for (key, expected) in batch.guards() {
            if self.value("commit", pieces, key)?.as_deref() != expected {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn add(&mut self, batch: &Batch) {
        let length = |key: &RowKey, value: Option<&[u8]>| row_bytes(key, value.unwrap_or_default());
        for (key, value) in batch.changes() {
            let before = self.rows.insert(*key, value.map(<[u8]>::to_vec));
            self.bytes -= before.map_or(0, |before| length(key, before.as_deref()));
            self.bytes += length(key, value);
        }
    }
}

impl Shared {
    fn read(&self) -> RwLockReadGuard<'_, State> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        if state.database.is_some() || state.finished {
            return state;
        }
        drop(state);
        drop(self.write());
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if state.database.is_none() && !state.finished {
            self.open_again(&mut state);
        }
        state
    }

    /// After a write that failed. Where opening needs room too, it is tried again with the next call.
    fn open_again(&self, state: &mut State) {
        // Let go first: the file opens once.
        drop(state.database.take());
        state.database = (self.open)().ok();
    }

    /// Ends it for all handles.
    fn finish(&self) -> (Option<Database>, Relaxed) {
        let mut state = self.write();
        state.finished = true;
        (state.database.take(), core::mem::take(&mut state.relaxed))
    }

    fn close(&self) -> Result<(), StoreError> {
        let (database, relaxed) = self.finish();
        let Some(mut database) = database else {
            return if relaxed.rows.is_empty() { Ok(()) } else { Err(StoreError::Closed) };
        };
        guarded("close", move || {
            let written = if relaxed.rows.is_empty() { Ok(()) } else { write(&database, &relaxed, &Batch::new()) };
            // redb's own close commits once more and syncs; after this one, both slots hold the same rows.
            let settled = written.and_then(|()| settle(&database)).and_then(|()| compact(&mut database));
            let closed = database.close().map_err(|error| explain("close", error));
            settled.and(closed)
        })
    }

    fn wipe(&self) -> Result<(), StoreError> {
        let database = self.finish().0.ok_or(StoreError::Closed)?;
        // Where an open file can be deleted it is deleted first, so that nobody opens it in between.
        let early = fs::remove_file(&self.path);
        let closed = guarded("wipe", move || database.close().map_err(|error| explain("wipe", error)));
        if early.is_err() {
            closed?;
            fs::remove_file(&self.path).map_err(|error| disk("wipe", &error))?;
        }
        sync_folder(&self.path).map_err(|error| disk("wipe", &error))
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // Nobody is left to hear of an error; the next open finds every strict commit all the same.
        let _ = self.close();
    }
}

fn builder() -> redb::Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE_BYTES).set_check_integrity_on_open(true);
    builder
}

fn open_file(path: &Path) -> Result<Database, StoreError> {
    guarded("open", || {
        let database = builder().open(path).map_err(|error| explain("open", error))?;
        check_format(&database)?;
        Ok(database)
    })
}

fn make(draft: &Path) -> Result<(), StoreError> {
    guarded("create", || {
        let database = builder().create(draft).map_err(|error| explain("create", error))?;
        let transaction = database.begin_write().map_err(|error| explain("create", error))?;
        {
            let mut format = transaction.open_table(FORMAT).map_err(|error| explain("create", error))?;
            format.insert(FORMAT_ROW, FORMAT_VERSION).map_err(|error| explain("create", error))?;
            transaction.open_table(PIECES).map_err(|error| explain("create", error))?;
        }
        transaction.commit().map_err(|error| explain("create", error))?;
        settle(&database)?;
        database.close().map_err(|error| explain("create", error))
    })
}

/// Makes a new file that only its owner may read and write, where the system knows owners.
///
/// # Errors
/// What the system says, [`ErrorKind::AlreadyExists`] among others.
pub fn create_private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Gives a finished file its name, durably, unless that name is taken.
///
/// # Errors
/// What the system says; [`ErrorKind::AlreadyExists`] where the name is taken. The draft is there still.
pub fn publish(draft: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(draft, path) {
        // It has its name: a second one that stays behind is only untidy.
        Ok(()) => drop(fs::remove_file(draft)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
        // A file system without hard links: not atomic against another process that makes the same file.
        Err(_) if !fs::exists(path)? => fs::rename(draft, path)?,
        Err(_) => return Err(ErrorKind::AlreadyExists.into()),
    }
    sync_folder(path)
}

/// Makes a file's appearance or disappearance durable, where folders can be synced.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn check_format(database: &Database) -> Result<(), StoreError> {
    let transaction = database.begin_read().map_err(|error| explain("open", error))?;
    let format = match transaction.open_table(FORMAT) {
        Ok(format) => format,
        Err(TableError::Storage(error)) => return Err(explain("open", error)),
        Err(error) => return Err(StoreError::Damaged(format!("not a store: {error}"))),
    };
    let version = format.get(FORMAT_ROW).map_err(|error| explain("open", error))?.map(|version| version.value());
    match version {
        Some(version) if version / 100 == FORMAT_VERSION / 100 => Ok(()),
        Some(version) if version > FORMAT_VERSION => Err(StoreError::TooNew),
        version => Err(StoreError::Damaged(format!("not a store: format {version:?}"))),
    }
}

/// One synced commit of the rows of earlier relaxed commits and of a batch.
fn write(database: &Database, relaxed: &Relaxed, batch: &Batch) -> Result<(), StoreError> {
    let transaction = database.begin_write().map_err(|error| explain("commit", error))?;
    let holds = {
        let mut pieces = transaction.open_table(PIECES).map_err(|error| explain("commit", error))?;
        let holds = relaxed.guards_hold(&pieces, batch)?;
        if holds {
            // What the batch replaces needs no room any more.
            let earlier = relaxed.rows.iter().filter(|(key, _)| !batch.changes_row(key));
            let earlier = earlier.map(|(key, value)| (key, value.as_deref()));
            for (key, value) in earlier.chain(batch.changes()) {
                put(&mut pieces, key, value).map_err(|error| explain("commit", error))?;
            }
        }
        holds
    };
    if !holds {
        transaction.abort().map_err(|error| explain("commit", error))?;
        return Err(StoreError::Fenced);
    }
    transaction.commit().map_err(|error| explain("commit", error))
}

fn piece_key(key: &RowKey, number: u32) -> [u8; 36] {
    let mut name = [0; 36];
    for (byte, value) in name.iter_mut().zip(key.0.iter().chain(&number.to_be_bytes())) {
        *byte = *value;
    }
    name
}

fn split(name: &[u8; 36]) -> (RowKey, u32) {
    let (mut key, mut number) = ([0; 32], [0; 4]);
    for (byte, value) in key.iter_mut().chain(&mut number).zip(name) {
        *byte = *value;
    }
    (RowKey(key), u32::from_be_bytes(number))
}

fn value(
    operation: &'static str,
    pieces: &impl ReadableTable<&'static [u8; 36], &'static [u8]>,
    key: &RowKey,
) -> Result<Option<Vec<u8>>, StoreError> {
    let (first, last) = (piece_key(key, 0), piece_key(key, u32::MAX));
    let all = pieces.range::<&[u8; 36]>(&first..=&last);
    let mut whole: Option<Vec<u8>> = None;
    for piece in all.map_err(|error| explain(operation, error))? {
        let (_, piece) = piece.map_err(|error| explain(operation, error))?;
        whole.get_or_insert_default().extend_from_slice(piece.value());
    }
    Ok(whole)
}

/// Writes a row, or deletes it.
fn put(
    pieces: &mut Table<'_, &'static [u8; 36], &'static [u8]>,
    key: &RowKey,
    value: Option<&[u8]>,
) -> Result<(), StorageError> {
    let mut number = 0;
    if let Some(value) = value {
        // An empty value is one empty piece.
        let first = value.get(..PIECE_BYTES).unwrap_or(value);
        let rest = value.get(first.len()..).unwrap_or_default();
        for piece in core::iter::once(first).chain(rest.chunks(PIECE_BYTES)) {
            pieces.insert(&piece_key(key, number), piece)?;
            number += 1;
        }
    }
    // What a longer value left behind.
    while pieces.remove(&piece_key(key, number))?.is_some() {
        number += 1;
    }
    Ok(())
}

/// Gives room back where less than half of the file holds rows. What it costs was written before and is free now.
fn compact(database: &mut Database) -> Result<(), StoreError> {
    let stats = {
        let transaction = database.begin_write().map_err(|error| explain("compact", error))?;
        let stats = transaction.stats().map_err(|error| explain("compact", error))?;
        transaction.abort().map_err(|error| explain("compact", error))?;
        stats
    };
    let unused = stats.fragmented_bytes();
    if unused < LEAST_GAIN_BYTES || unused < stats.stored_bytes().saturating_add(stats.metadata_bytes()) {
        return Ok(());
    }
    database.compact().map_err(|error| explain("compact", error))?;
    settle(database)
}

/// An empty synced commit: leaves both slots with the same rows.
fn settle(database: &Database) -> Result<(), StoreError> {
    let transaction = database.begin_write().map_err(|error| explain("commit", error))?;
    transaction.commit().map_err(|error| explain("commit", error))
}

/// Runs redb; a panic in it can only come from a damaged file.
fn guarded<T>(operation: &'static str, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let cause = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
            (Some(text), _) => text.as_str(),
            (_, Some(text)) => text,
            _ => "no reason given",
        };
        Err(StoreError::Damaged(format!("{operation}: {cause}")))
    })
}

fn explain(operation: &'static str, error: impl Into<redb::Error>) -> StoreError {
    use redb::Error;
    match error.into() {
        Error::DatabaseAlreadyOpen | Error::LockProtocolMismatch => StoreError::InUse,
        Error::Corrupted(cause) => StoreError::Damaged(cause),
        Error::Io(error) => disk(operation, &error),
        Error::PreviousIo | Error::DatabaseClosed | Error::LockPoisoned(_) => StoreError::Closed,
        error @ (Error::UpgradeRequired(_)
        | Error::TableTypeMismatch { .. }
        | Error::TableIsMultimap(_)
        | Error::TableIsNotMultimap(_)
        | Error::TypeDefinitionChanged { .. }
        | Error::TableDoesNotExist(_)) => StoreError::Damaged(error.to_string()),
        error => StoreError::Failed { operation, cause: error.to_string() },
    }
}

fn disk(operation: &'static str, error: &std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => StoreError::Full,
        // redb says so of a file without its magic number, and the system of one that ends too early.
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => StoreError::Damaged(error.to_string()),
        _ => StoreError::Failed { operation, cause: error.to_string() },
    }
}
