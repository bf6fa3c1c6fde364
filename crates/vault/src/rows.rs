use core::cell::{Cell, RefCell};

use chartchain_docs::DocumentName;
use chartchain_keys::{MasterKey, RowSeal, make_random};
use chartchain_store::{Batch, Durability, RowKey, Store, StoreError};
use rand_core::CryptoRng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::protocol::{DraftOf, Fault};

/// Names a row; stored only as a keyed hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowName(Vec<u8>);

impl RowName {
    pub(crate) fn person() -> Self {
        Self(b"person".to_vec())
    }

    /// Keys with which the person has asked to be let in by file.
    pub(crate) fn asking() -> Self {
        Self(b"asking".to_vec())
    }

    /// How other devices are reached.
    pub(crate) fn network() -> Self {
        Self(b"network".to_vec())
    }

    fn writer() -> Self {
        Self(b"writer".to_vec())
    }

    /// Both places of a row that everything hangs on.
    pub(crate) fn places(self) -> [Self; 2] {
        [Self([self.0.as_slice(), b"twin"].concat()), self]
    }

    fn of(ledger: &[u8; 32], kind: u8, rest: &[u8]) -> Self {
        Self([b"ledger".as_slice(), ledger, &[kind], rest].concat())
    }

    /// Keys and first block of a ledger. Stored twice.
    pub(crate) fn root(ledger: &[u8; 32]) -> Self {
        Self::of(ledger, b'r', &[])
    }

    /// State of a ledger.
    pub(crate) fn head(ledger: &[u8; 32]) -> Self {
        Self::of(ledger, b'h', &[])
    }

    /// Headers of 64 blocks, in order of arrival.
    pub(crate) fn headers(ledger: &[u8; 32], page: u32) -> Self {
        Self::of(ledger, b'b', &page.to_be_bytes())
    }

    /// A block.
    pub(crate) fn block(ledger: &[u8; 32], block: u32) -> Self {
        Self::of(ledger, b'd', &block.to_be_bytes())
    }

    /// A page of the index.
    pub(crate) fn page(ledger: &[u8; 32], page: [u8; 5]) -> Self {
        Self::of(ledger, b'i', &page)
    }

    /// The first page.
    pub(crate) fn front(ledger: &[u8; 32]) -> Self {
        Self::of(ledger, b'p', &[])
    }

    /// What this device knows of the others.
    pub(crate) fn devices(ledger: &[u8; 32]) -> Self {
        Self::of(ledger, b'v', &[])
    }

    /// What was written to the others.
    pub(crate) fn mail(ledger: &[u8; 32]) -> Self {
        Self::of(ledger, b't', &[])
    }

    /// What is left out of the emergency card.
    pub(crate) fn card(ledger: &[u8; 32]) -> Self {
        Self::of(ledger, b'c', &[])
    }

    /// A form that is not saved yet.
    pub(crate) fn draft(ledger: &[u8; 32], of: &DraftOf) -> Self {
        match of {
            DraftOf::New(sort) => Self::of(ledger, b'n', &[*sort]),
            DraftOf::Amends(entry) => Self::of(ledger, b'm', entry.0.as_bytes()),
            DraftOf::Aside(form) => Self::of(ledger, b'a', &Self::draft(ledger, form).0),
        }
    }

    /// Which drafts were saved as entries lately.
    pub(crate) fn handed_in(ledger: &[u8; 32]) -> Self {
        Self::of(ledger, b'f', &[])
    }

    /// The list of documents.
    pub(crate) fn shelf(ledger: &[u8; 32]) -> Self {
        Self::of(ledger, b'l', &[])
    }

    /// A document with everything in it.
    pub(crate) fn document(ledger: &[u8; 32], name: &DocumentName) -> Self {
        Self::of(ledger, b'o', &[[name.kind.number()].as_slice(), &name.id].concat())
    }

    /// Part of an input that waits to be brought in.
    pub(crate) fn staged(ledger: &[u8; 32], input: u32, part: u32) -> Self {
        Self::of(ledger, b's', &[input.to_be_bytes(), part.to_be_bytes()].concat())
    }
}

/// A person's store: values sealed, names hashed, writes fenced.
pub(crate) struct Rows<S: Store> {
    store: S,
    seal: RowSeal,
    writer: RefCell<Vec<u8>>,
    /// How many commits were carried out.
    commits: Cell<u64>,
    /// Whoever wrote before, while taking over writing could not be stored yet.
    unclaimed: RefCell<Option<Option<Vec<u8>>>>,
    /// The newest generation of rows that are stored twice.
    generation: Cell<u64>,
}

/// Rows to be written together; wiped from memory when written, because some hold keys.
#[derive(Default)]
pub(crate) struct RowBatch {
    puts: Vec<(RowName, Zeroizing<Vec<u8>>)>,
    deletes: Vec<RowName>,
    absent: Vec<RowName>,
    /// Rows that are stored twice, before they get their generation.
    twice: Vec<(RowName, Zeroizing<Vec<u8>>)>,
}

impl RowBatch {
    pub(crate) fn put(&mut self, name: RowName, value: Vec<u8>) {
        self.puts.push((name, Zeroizing::new(value)));
    }

    pub(crate) fn put_state<T: Serialize>(&mut self, name: RowName, state: &T) -> Result<(), Fault> {
        self.puts.push((name, Zeroizing::new(encode_state(state)?)));
        Ok(())
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.deletes.is_empty() && self.twice.is_empty()
    }

    /// The batch is refused if there is such a row.
    pub(crate) fn expect_none(&mut self, name: RowName) {
        self.absent.push(name);
    }

    /// Puts a row that everything hangs on into both of its places.
    pub(crate) fn put_twice<T: Serialize>(&mut self, name: RowName, state: &T) -> Result<(), Fault> {
        self.twice.push((name, Zeroizing::new(encode_state(state)?)));
        Ok(())
    }

    /// Deletes both places of a row.
    pub(crate) fn delete_twice(&mut self, name: RowName) {
        self.deletes.extend(name.places());
    }

    pub(crate) fn delete(&mut self, name: RowName) {
        self.deletes.push(name);
    }
}

const STATE_FORMAT: u8 = 1;

pub(crate) fn encode_state<T: Serialize>(state: &T) -> Result<Vec<u8>, Fault> {
    postcard::to_extend(state, vec![STATE_FORMAT]).map_err(|error| Fault::Storage(error.to_string()))
}

/// Reads what [`RowBatch::put_state`] wrote.
pub(crate) fn decode_state<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    match bytes.split_first() {
        Some((&STATE_FORMAT, state)) => {
            postcard::from_bytes(state).map_err(|_| Fault::Damaged("stored state is not in its form".into()))
        }
        Some((format, _)) if *format > STATE_FORMAT => Err(Fault::TooNew),
        _ => Err(Fault::Damaged("stored state is not in its form".into())),
    }
}

/// Generation (8 bytes, big endian) ‖ state.
fn decode_twice<T: DeserializeOwned>(bytes: &[u8]) -> Result<(u64, T), Fault> {
    let (generation, state) =
        bytes.split_first_chunk::<8>().ok_or_else(|| Fault::Damaged("stored state is not in its form".into()))?;
    Ok((u64::from_be_bytes(*generation), decode_state(state)?))
}

impl<S: Store> Rows<S> {
    /// Takes over writing: whoever wrote before is fenced from now on. Where a full disk takes not even that, it
    /// happens before the first write that there is room for: reading needs no room.
    pub(crate) async fn claim(store: S, master: &MasterKey, rng: &mut impl CryptoRng) -> Result<Self, Fault> {
        let rows = Self {
            store,
            seal: RowSeal::derive(master),
            writer: RefCell::default(),
            commits: Cell::new(0),
            unclaimed: RefCell::new(None),
            generation: Cell::new(0),
        };
        rows.claim_again(rng).await?;
        Ok(rows)
    }

    /// The same after somebody else took over. What was read until then may be old.
    pub(crate) async fn claim_again(&self, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        let key = self.key(&RowName::writer());
        let writer: [u8; 16] = make_random(rng);
        self.writer.replace(writer.to_vec());
        let mut batch = Batch::new();
        batch.put(key, writer.to_vec());
        let unclaimed = match self.store.commit(batch, Durability::Strict).await {
            Err(StoreError::Full) => Some(self.store.read(&[key]).await.map_err(fault)?.pop().flatten()),
            claimed => {
                claimed.map_err(fault)?;
                None
            }
        };
        self.unclaimed.replace(unclaimed);
        Ok(())
    }

    /// Whether nobody took over writing since.
    pub(crate) async fn is_writer(&self) -> Result<bool, Fault> {
        let stored = self.store.read(&[self.key(&RowName::writer())]).await.map_err(fault)?.pop().flatten();
        let expected = self.unclaimed.borrow().clone().unwrap_or_else(|| Some(self.writer.borrow().clone()));
        Ok(stored == expected)
    }

    /// How many commits were carried out: what did not change it has written nothing.
    pub(crate) const fn commits(&self) -> u64 {
        self.commits.get()
    }

    fn key(&self, name: &RowName) -> RowKey {
        RowKey(self.seal.derive_row_key(&name.0))
    }

    /// Values of rows, opened; `None` where there is no row. A row that does not open is an error.
    pub(crate) async fn read(&self, names: &[RowName]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        let opened = self.read_each(names).await?;
        opened.into_iter().map(|row| row.map_err(|()| Fault::Damaged("a stored row does not open".into()))).collect()
    }

    /// The same, but each row tells for itself whether its seal is broken.
    pub(crate) async fn read_each(&self, names: &[RowName]) -> Result<Vec<Result<Option<Vec<u8>>, ()>>, Fault> {
        let keys: Vec<RowKey> = names.iter().map(|name| self.key(name)).collect();
        let values = self.store.read(&keys).await.map_err(fault)?;
        let open = |(key, value): (&RowKey, Option<Vec<u8>>)| match value {
            Some(sealed) => self.seal.unseal(&key.0, &sealed).map(Some).map_err(|_| ()),
            None => Ok(None),
        };
        Ok(keys.iter().zip(values).map(open).collect())
    }

    pub(crate) async fn read_one(&self, name: RowName) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.read(&[name]).await?.pop().flatten())
    }

    /// A row that is stored twice; one good copy is enough. Tells also whether both copies are good.
    pub(crate) async fn read_twice<T: DeserializeOwned>(&self, name: RowName) -> Result<Option<(T, bool)>, Fault> {
        let places = name.places();
        let mut good: Vec<(u64, T)> = Vec::new();
        let mut worst = None;
        for copy in self.read_each(&places).await? {
            match copy.map(|bytes| bytes.map(Zeroizing::new)) {
                Ok(Some(bytes)) => match decode_twice(&bytes) {
                    Ok(state) => good.push(state),
                    Err(fault) => worst = Some(fault),
                },
                Ok(None) => {}
                Err(()) => worst = Some(Fault::Damaged("both copies of a stored row".into())),
            }
        }
        let whole = matches!(good.as_slice(), [(one, _), (other, _)] if one == other);
        let newest = good.into_iter().max_by_key(|(generation, _)| *generation);
        match (newest, worst) {
            (Some((generation, state)), _) => {
                self.generation.set(self.generation.get().max(generation));
                Ok(Some((state, whole)))
            }
            (None, Some(fault)) => Err(fault),
            (None, None) => Ok(None),
        }
    }

    /// Writes all or nothing, durable when it returns, and only while nobody else took over writing.
    pub(crate) async fn commit(&self, rows: RowBatch, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        self.commit_as(rows, Durability::Strict, rng).await
    }

    /// The same for what is not acknowledged yet: durable with the next strict commit.
    pub(crate) async fn commit_relaxed(&self, rows: RowBatch, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        self.commit_as(rows, Durability::Relaxed, rng).await
    }

    /// Keeps what follows from other rows, if that is possible right now: nobody has to read it anew.
    pub(crate) async fn keep(&self, rows: RowBatch, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        if self.unclaimed.borrow().is_some() {
            return Err(Fault::StorageFull);
        }
        let commits = self.commits();
        self.commit_as(rows, Durability::Relaxed, rng).await?;
        self.commits.set(commits);
        Ok(())
    }

    async fn commit_as(&self, rows: RowBatch, durability: Durability, rng: &mut impl CryptoRng) -> Result<(), Fault> {
        self.claim_late().await?;
        let mut batch = Batch::new();
        batch.expect(self.key(&RowName::writer()), Some(self.writer.borrow().clone()));
        for name in rows.absent {
            batch.expect(self.key(&name), None);
        }
        for (name, value) in rows.puts {
            let key = self.key(&name);
            batch.put(key, self.seal.seal(&key.0, &value, rng));
        }
        if !rows.twice.is_empty() {
            // Both copies of a row carry the number of their writing, so that an older copy is told from the newer one.
            self.generation.set(self.generation.get().saturating_add(1));
        }
        for (name, value) in rows.twice {
            let numbered = Zeroizing::new([&self.generation.get().to_be_bytes(), value.as_slice()].concat());
            for place in name.places() {
                let key = self.key(&place);
                batch.put(key, self.seal.seal(&key.0, &numbered, rng));
            }
        }
        for name in rows.deletes {
            batch.delete(self.key(&name));
        }
        self.store.commit(batch, durability).await.map_err(fault)?;
        self.commits.set(self.commits.get().wrapping_add(1));
        Ok(())
    }

    /// Takes over writing where there was no room for it before. What was read until then may be old: whoever wrote
    /// before could go on. So this is all that happens now, and everything has to be read anew.
    async fn claim_late(&self) -> Result<(), Fault> {
        let Some(before) = self.unclaimed.borrow().clone() else { return Ok(()) };
        let writer = self.key(&RowName::writer());
        let mut batch = Batch::new();
        batch.expect(writer, before);
        batch.put(writer, self.writer.borrow().clone());
        self.store.commit(batch, Durability::Strict).await.map_err(fault)?;
        self.unclaimed.replace(None);
        Err(Fault::OpenElsewhere)
    }

    pub(crate) async fn wipe(self) -> Result<(), Fault> {
        self.store.wipe().await.map_err(fault)
    }
}

/// What a failure of storage means to whoever asked.
pub(crate) fn fault(error: StoreError) -> Fault {
    match error {
        StoreError::Fenced | StoreError::InUse => Fault::OpenElsewhere,
        StoreError::Full => Fault::StorageFull,
        StoreError::Damaged(what) => Fault::Damaged(what),
        StoreError::TooNew => Fault::TooNew,
        StoreError::Lost => Fault::Lost,
        StoreError::Closed => Fault::Storage("the connection to storage was lost".into()),
        StoreError::Failed { operation, cause } => Fault::Storage(format!("{operation}: {cause}")),
    }
}
