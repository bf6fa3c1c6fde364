use chartchain_keys::{MasterKey, PassphraseLock, UnlockError, make_random};
use chartchain_ledger::{CborError, CborReader, CborWriter, Hash};
use chartchain_store::{Batch, Durability, RowKey, Store};
use unicode_normalization::UnicodeNormalization as _;

use crate::platform::Platform;
use crate::protocol::{Fault, PersonCard, PersonId, Secret};
use crate::rows::fault;

const VERSION: u64 = 0;
const MAX_PEOPLE: usize = 64;
/// Emblems that the lock screen knows.
const EMBLEMS: u8 = 24;
/// Shortest passphrase, in characters.
const MIN_PASSPHRASE: usize = 8;
/// The rows of a profile store: the list of people, twice. Nothing seals it, and every record hangs on it, so each copy
/// ends with its SHA-256 and the other one counts where that does not fit.
const PEOPLE: [RowKey; 2] =
    [RowKey(*b"chartchain profile: people, v0  "), RowKey(*b"chartchain profile: copy, v0    ")];

/// A person as the profile knows them: an emblem and a locked key. No name.
struct Entry {
    id: [u8; 16],
    emblem: u8,
    created_ms: i64,
    lock: PassphraseLock,
}

/// The people of a browser profile.
struct Profile {
    people: Vec<Entry>,
    stored: Vec<Option<Vec<u8>>>,
}

impl Entry {
    fn card(&self) -> PersonCard {
        PersonCard { id: PersonId(to_hex(&self.id)), emblem: self.emblem, created_ms: self.created_ms }
    }
}

pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|n| char::from_digit(u32::from(n), 16)).collect()
}

pub(crate) fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let digits = digits?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

impl Profile {
    async fn load<S: Store>(store: &S) -> Result<Self, Fault> {
        let stored = store.read(&PEOPLE).await.map_err(fault)?;
        let copies: Vec<_> = stored.iter().flatten().map(|bytes| Self::read(bytes)).collect();
        let best = copies.into_iter().reduce(|first, second| if first.is_ok() { first } else { second.or(first) });
        Ok(Self { people: best.unwrap_or_else(|| Ok(Vec::new()))?, stored })
    }

    /// Whether a copy is lost or damaged, so that one of them would not be enough once more.
    fn needs_mending(&self) -> bool {
        !self.people.is_empty() && self.stored.iter().any(|copy| *copy != self.stored.first().cloned().flatten())
    }

    fn read(bytes: &[u8]) -> Result<Vec<Entry>, Fault> {
        let damaged = |_| Fault::Damaged("the list of people is not in its form".into());
        let (bytes, hash) = bytes.split_last_chunk::<32>().ok_or_else(|| damaged(()))?;
        if Hash::of(&[bytes]).0 != *hash {
            return Err(damaged(()));
        }
        let mut reader = CborReader::new(bytes);
        let mut parse = || -> Result<Option<Vec<Entry>>, CborError> {
            reader.array(2)?;
            if reader.uint()? != VERSION {
                return Ok(None);
            }
            let count = reader.array_up_to(MAX_PEOPLE)?;
            let mut people = Vec::with_capacity(count);
            for _ in 0..count {
                reader.array(4)?;
                let id = reader.bytes_exact()?;
                let emblem = u8::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
                let created_ms = i64::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
                let lock = PassphraseLock::from_bytes(reader.bytes()?).map_err(|_| CborError::Type)?;
                people.push(Entry { id, emblem, created_ms, lock });
            }
            reader.finish()?;
            Ok(Some(people))
        };
        parse().map_err(|_| damaged(()))?.ok_or(Fault::TooNew)
    }

    /// Stores the list if nobody changed it meanwhile.
    async fn store<S: Store>(&self, store: &S) -> Result<(), Fault> {
        let mut writer = CborWriter::default();
        writer.array(2).uint(VERSION).array(self.people.len());
        for person in &self.people {
            writer.array(4).bytes(&person.id).uint(u64::from(person.emblem));
            writer.uint(u64::try_from(person.created_ms).unwrap_or(0)).bytes(&person.lock.to_bytes());
        }
        let mut bytes = writer.take();
        let hash = Hash::of(&[&bytes]);
        bytes.extend(hash.0);
        let mut batch = Batch::new();
        for (row, stored) in PEOPLE.into_iter().zip(&self.stored) {
            batch.expect(row, stored.clone());
            batch.put(row, bytes.clone());
        }
        store.commit(batch, Durability::Strict).await.map_err(fault)
    }

    fn find(&self, id: &PersonId) -> Result<&Entry, Fault> {
        let wanted = from_hex(&id.0);
        self.people.iter().find(|person| Some(person.id.as_slice()) == wanted.as_deref()).ok_or(Fault::NotFound)
    }

    /// The first emblem that nobody has.
    fn free_emblem(&self) -> u8 {
        let used = |emblem: &u8| self.people.iter().any(|person| person.emblem == *emblem);
        let start = self.people.len() as u8 % EMBLEMS;
        (0..EMBLEMS).map(|step| (start + step) % EMBLEMS).find(|emblem| !used(emblem)).unwrap_or(start)
    }
}

/// Whether a row is one of the list of people, where that shares a store with a person.
pub(crate) fn is_people_row(row: &RowKey) -> bool {
    PEOPLE.contains(row)
}

/// Who keeps a record here.
pub(crate) async fn list<P: Platform>(platform: &P) -> Result<Vec<PersonCard>, Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    Ok(Profile::load(&store).await?.people.iter().map(Entry::card).collect())
}

/// Adds a person; gives their master key.
pub(crate) async fn add<P: Platform>(platform: &P, passphrase: &Secret) -> Result<(PersonCard, MasterKey), Fault> {
    if passphrase.0.chars().count() < MIN_PASSPHRASE {
        return Err(Fault::PassphraseTooShort);
    }
    let store = platform.profile_store().await.map_err(fault)?;
    let mut profile = Profile::load(&store).await?;
    if profile.people.len() >= MAX_PEOPLE {
        return Err(Fault::NotNow("64 people use this browser profile already".into()));
    }
    let mut rng = platform.rng();
    let (mut params, target_ms) = platform.passphrase_cost();
    let salt = PassphraseLock::make_salt(&mut rng);
    let started_ms = platform.now_ms();
    let passphrase = &normalise(passphrase);
    let mut stretched = platform.stretch(passphrase, salt, params).await.map_err(unlock_fault)?;
    let lasted_ms = u32::try_from(platform.now_ms() - started_ms).unwrap_or(0);
    let tuned = params.tuned(lasted_ms, target_ms);
    if tuned != params {
        params = tuned;
        stretched = platform.stretch(passphrase, salt, params).await.map_err(unlock_fault)?;
    }
    let master = MasterKey::make(&mut rng);
    let entry = Entry {
        id: make_random(&mut rng),
        emblem: profile.free_emblem(),
        created_ms: platform.now_ms(),
        lock: PassphraseLock::close(&master, &stretched, salt, params, &mut rng),
    };
    let card = entry.card();
    profile.people.push(entry);
    profile.store(&store).await?;
    Ok((card, master))
}

/// Opens a person's lock.
pub(crate) async fn open<P: Platform>(
    platform: &P,
    person: &PersonId,
    passphrase: &Secret,
) -> Result<(PersonCard, MasterKey), Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let profile = Profile::load(&store).await?;
    let entry = profile.find(person)?;
    let (salt, params) = entry.lock.work();
    let stretched = platform.stretch(&normalise(passphrase), *salt, params).await.map_err(unlock_fault)?;
    let opened = (entry.card(), entry.lock.open(&stretched).map_err(unlock_fault)?);
    if profile.needs_mending() {
        // One good copy is enough for now.
        let _ = profile.store(&store).await;
    }
    Ok(opened)
}

/// Takes a person off the list. Their store has to be wiped before.
pub(crate) async fn remove<P: Platform>(platform: &P, person: &PersonId) -> Result<(), Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let mut profile = Profile::load(&store).await?;
    let id = profile.find(person)?.id;
    profile.people.retain(|entry| entry.id != id);
    profile.store(&store).await
}

/// One form of every letter, however a keyboard composes it (NFC, as RFC 8265 asks for passwords).
fn normalise(passphrase: &Secret) -> Secret {
    Secret(passphrase.0.nfc().collect())
}

fn unlock_fault(error: UnlockError) -> Fault {
    match error {
        UnlockError::WrongPassphrase => Fault::WrongPassphrase,
        UnlockError::Damaged => Fault::Damaged("the lock of this person".into()),
        UnlockError::NoMemory => Fault::NotNow("not enough memory to try the passphrase".into()),
    }
}
