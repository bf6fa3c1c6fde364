//! What every store is.

use std::collections::BTreeMap;

/// Name of a row: a hash made by the layer above. Rows have no order that means anything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey(pub [u8; 32]);

impl core::fmt::Debug for RowKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("RowKey(")?;
        for byte in self.0.iter().take(4) {
            write!(f, "{byte:02x}")?;
        }
        f.write_str("…)")
    }
}

/// When a commit may say that it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Once the rows are on the medium. Killing the process or cutting the power afterwards loses nothing.
    Strict,
    /// Once every later read sees the rows. They are durable with the next strict commit. A crash may lose the newest of
    /// these commits, whole, never in part and never one that came before a strict commit of the same store; a later
    /// commit that fails loses none.
    Relaxed,
}

/// Rows to write and delete together, and rows that must hold certain values for it to happen.
///
/// A later `put` or `delete` of a row replaces an earlier one in the same batch.
#[derive(Clone, Default)]
pub struct Batch {
    changes: BTreeMap<RowKey, Option<Vec<u8>>>,
    guards: Vec<(RowKey, Option<Vec<u8>>)>,
}

impl Batch {
    /// Nothing to do yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes the row, whatever it held. An empty value is a value.
    pub fn put(&mut self, key: RowKey, value: Vec<u8>) {
        self.changes.insert(key, Some(value));
    }

    /// Deletes the row, if there is one.
    pub fn delete(&mut self, key: RowKey) {
        self.changes.insert(key, None);
    }

    /// The commit happens only if the row holds exactly this value when it does (`None`: only if there is no such
    /// row). Checked in the transaction that writes, before anything is written. Every guard must hold.
    pub fn expect(&mut self, key: RowKey, value: Option<Vec<u8>>) {
        self.guards.push((key, value));
    }

    /// Whether no row is written or deleted. A batch with only guards is empty and still worth committing: they are
    /// checked.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many rows are written or deleted.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Length of the keys and values that are written, and of the keys that are deleted.
    pub fn bytes(&self) -> u64 {
        self.changes.iter().map(|(key, value)| row_bytes(key, value.as_deref().unwrap_or_default())).sum()
    }

    pub(crate) fn guards(&self) -> impl Iterator<Item = (&RowKey, Option<&[u8]>)> {
        self.guards.iter().map(|(key, value)| (key, value.as_deref()))
    }

    pub(crate) fn changes(&self) -> impl Iterator<Item = (&RowKey, Option<&[u8]>)> {
        self.changes.iter().map(|(key, value)| (key, value.as_deref()))
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn changes_row(&self, key: &RowKey) -> bool {
        self.changes.contains_key(key)
    }

    pub(crate) fn into_changes(self) -> impl Iterator<Item = (RowKey, Option<Vec<u8>>)> {
        self.changes.into_iter()
    }

    /// Whether anything in it needs room.
    pub(crate) fn writes(&self) -> bool {
        self.changes.values().any(Option::is_some)
    }
}

impl core::fmt::Debug for Batch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Batch")
            .field("rows", &self.len())
            .field("bytes", &self.bytes())
            .field("guards", &self.guards.len())
            .finish()
    }
}

/// Length of a row: key and value.
pub(crate) fn row_bytes(key: &RowKey, value: &[u8]) -> u64 {
    u64::try_from(key.0.len().saturating_add(value.len())).unwrap_or(u64::MAX)
}

/// Rows at rest.
///
/// A commit that answers [`StoreError::Fenced`] or [`StoreError::Full`] has changed nothing. After any other error it
/// has happened whole or not at all: open again and look.
#[expect(async_fn_in_trait, reason = "a browser's futures cannot be `Send`, and nobody needs these to be")]
pub trait Store {
    /// The values of these rows as of one moment, in the same order; `None` where there is no such row.
    async fn read(&self, keys: &[RowKey]) -> Result<Vec<Option<Vec<u8>>>, StoreError>;

    /// Does all of the batch or nothing. When this returns, every later read sees it.
    async fn commit(&self, batch: Batch, durability: Durability) -> Result<(), StoreError>;

    /// The keys of all rows, in no particular order.
    async fn keys(&self) -> Result<Vec<RowKey>, StoreError>;

    /// Bytes that the rows take: at least the sum of the lengths of keys and values, at most what the store occupies
    /// on the medium. May have to look at every row.
    async fn usage_bytes(&self) -> Result<u64, StoreError>;

    /// Deletes all rows and the place that held them, for ever. Other handles on it answer [`StoreError::Closed`].
    async fn wipe(self) -> Result<(), StoreError>;
}

/// Why a store did not do as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A guard did not hold: another writer was here. Nothing was changed. Stop writing.
    #[error("a guarded row holds something else: another writer was here")]
    Fenced,
    /// No room on the medium, or none that the browser grants. Nothing was changed. Make room, then open again if the
    /// next call answers [`StoreError::Closed`].
    #[error("no room left for this store")]
    Full,
    /// What is stored is not what was written, and what was noticed.
    #[error("stored rows are damaged: {0}")]
    Damaged(String),
    /// Written by a newer version of the program.
    #[error("the store was written by a newer version")]
    TooNew,
    /// The connection to the medium is gone. Open again and look what was committed.
    #[error("the store is closed")]
    Closed,
    /// The browser found its storage damaged and deleted all of it, this store too. It says so once.
    #[error("the browser found its storage damaged and deleted it")]
    Lost,
    /// Another process or tab holds it.
    #[error("the store is in use elsewhere")]
    InUse,
    /// The medium failed for another reason.
    #[error("{operation} failed: {cause}")]
    Failed {
        /// What was under way.
        operation: &'static str,
        /// What the medium said.
        cause: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_shows_four_bytes_and_a_batch_no_content() {
        assert_eq!(format!("{:?}", RowKey([0xab; 32])), "RowKey(abababab…)");
        let mut batch = Batch::new();
        batch.put(RowKey([1; 32]), b"secret".to_vec());
        batch.expect(RowKey([2; 32]), Some(b"secret".to_vec()));
        assert_eq!(format!("{batch:?}"), "Batch { rows: 1, bytes: 38, guards: 1 }");
    }

    #[test]
    fn a_batch_counts_each_row_once_and_guards_not_at_all() {
        let mut batch = Batch::new();
        assert!(batch.is_empty());
        batch.expect(RowKey([9; 32]), None);
        assert!(batch.is_empty());
        batch.put(RowKey([1; 32]), vec![0; 100]);
        batch.put(RowKey([1; 32]), vec![0; 10]);
        batch.delete(RowKey([2; 32]));
        assert_eq!((batch.len(), batch.bytes(), batch.is_empty()), (2, 32 + 10 + 32, false));
    }
}
