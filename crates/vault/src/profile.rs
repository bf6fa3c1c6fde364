use chartchain_keys::{
    KdfParams, MasterKey, PasskeyLock, PassphraseLock, RecoveryWords, Sensitive, UnlockError, WordsLock, make_random,
};
use chartchain_ledger::{CborError, CborReader, CborWriter, Hash};
use chartchain_store::{Batch, Durability, RowKey, Store};

use crate::platform::Platform;
use crate::protocol::{Fault, PasskeyCard, PersonCard, PersonId, Secret, SecretBytes, WordsProblem};
use crate::rows::fault;

const VERSION: u64 = 0;
const MAX_PEOPLE: usize = 64;
/// Emblems that the lock screen knows.
const EMBLEMS: u8 = 24;
/// Shortest passphrase, in characters.
const MIN_PASSPHRASE: usize = 8;
/// Rows of a person who was begun and is not on the list yet: who writes, and the person, twice.
const ROWS_OF_A_START: usize = 3;
/// The rows of a profile store: the list of people, twice. Nothing seals it, and every record hangs on it, so each copy
/// ends with its SHA-256 and the other one counts where that does not fit.
const PEOPLE: [RowKey; 2] =
    [RowKey(*b"chartchain profile: people, v0  "), RowKey(*b"chartchain profile: copy, v0    ")];

/// A person as the profile knows them: an emblem and a key locked in two or three ways. No name.
#[derive(Clone)]
pub(crate) struct Entry {
    id: [u8; 16],
    emblem: u8,
    created_ms: i64,
    lock: PassphraseLock,
    words: WordsLock,
    passkey: Option<PasskeyLock>,
}

/// A person whose lock was opened.
pub(crate) struct Opened {
    pub(crate) card: PersonCard,
    pub(crate) master: MasterKey,
    /// A copy of the list of people was damaged and is whole again.
    pub(crate) mended: bool,
}

/// The people of a browser profile.
struct Profile {
    people: Vec<Entry>,
    stored: Vec<Option<Vec<u8>>>,
}

impl Entry {
    pub(crate) fn card(&self) -> PersonCard {
        let passkey = self.passkey.as_ref();
        let passkey = passkey.map(|lock| PasskeyCard { credential: lock.credential().to_vec(), salt: *lock.salt() });
        PersonCard { id: PersonId(to_hex(&self.id)), emblem: self.emblem, created_ms: self.created_ms, passkey }
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
                reader.array(6)?;
                let id = reader.bytes_exact()?;
                let emblem = u8::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
                let created_ms = i64::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
                let lock = PassphraseLock::from_bytes(reader.bytes()?).map_err(|_| CborError::Type)?;
                let words = WordsLock::from_bytes(reader.bytes()?).map_err(|_| CborError::Type)?;
                let passkey = match reader.bytes()? {
                    [] => None,
                    lock => Some(PasskeyLock::from_bytes(lock).map_err(|_| CborError::Type)?),
                };
                people.push(Entry { id, emblem, created_ms, lock, words, passkey });
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
            writer.array(6).bytes(&person.id).uint(u64::from(person.emblem));
            writer.uint(u64::try_from(person.created_ms).unwrap_or(0)).bytes(&person.lock.to_bytes());
            writer.bytes(&person.words.to_bytes());
            writer.bytes(&person.passkey.as_ref().map(PasskeyLock::to_bytes).unwrap_or_default());
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

/// Who keeps a record here. Nobody, only where there is no record.
pub(crate) async fn list<P: Platform>(platform: &P) -> Result<Vec<PersonCard>, Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let people: Vec<PersonCard> = Profile::load(&store).await?.people.iter().map(Entry::card).collect();
    if people.is_empty() {
        for person in platform.stored_people().await.map_err(fault)? {
            let store = platform.person_store(&person).await.map_err(fault)?;
            if store.keys().await.map_err(fault)?.len() > ROWS_OF_A_START {
                return Err(Fault::Unlisted);
            }
        }
    }
    Ok(people)
}

/// Makes a person, who is not on the list yet, and their master key.
pub(crate) async fn make<P: Platform>(
    platform: &P,
    passphrase: &Secret,
    words: &RecoveryWords,
) -> Result<(Entry, MasterKey), Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let profile = Profile::load(&store).await?;
    if profile.people.len() >= MAX_PEOPLE {
        return Err(too_many());
    }
    let mut rng = platform.rng();
    let master = MasterKey::make(&mut rng);
    let entry = Entry {
        id: make_random(&mut rng),
        emblem: profile.free_emblem(),
        created_ms: platform.now_ms(),
        lock: lock(platform, &master, passphrase).await?,
        words: WordsLock::close(&master, words, &mut rng),
        passkey: None,
    };
    Ok((entry, master))
}

/// Puts a person on the list.
pub(crate) async fn enlist<P: Platform>(platform: &P, entry: Entry) -> Result<(), Fault> {
    change(platform, |people| {
        if people.len() >= MAX_PEOPLE {
            return Err(too_many());
        }
        people.push(entry.clone());
        Ok(())
    })
    .await
}

fn too_many() -> Fault {
    Fault::NotNow("64 people use this browser profile already".into())
}

/// Changes the list of people; again if somebody else changed it meanwhile.
async fn change<P: Platform>(platform: &P, change: impl Fn(&mut Vec<Entry>) -> Result<(), Fault>) -> Result<(), Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    for _ in 0..MAX_PEOPLE {
        let mut profile = Profile::load(&store).await?;
        change(&mut profile.people)?;
        match profile.store(&store).await {
            Err(Fault::OpenElsewhere) => {}
            stored => return stored,
        }
    }
    Err(Fault::NotNow("the list of people is being changed by another tab".into()))
}

/// Changes one person on the list.
async fn change_person<P: Platform>(platform: &P, id: [u8; 16], change_one: impl Fn(&mut Entry)) -> Result<(), Fault> {
    change(platform, |people| {
        change_one(people.iter_mut().find(|person| person.id == id).ok_or(Fault::NotFound)?);
        Ok(())
    })
    .await
}

/// Closes a person's lock anew.
async fn replace_lock<P: Platform>(platform: &P, id: [u8; 16], lock: PassphraseLock) -> Result<(), Fault> {
    change_person(platform, id, |person| person.lock = lock.clone()).await
}

/// Locks a master key under a new passphrase.
async fn lock<P: Platform>(platform: &P, master: &MasterKey, passphrase: &Secret) -> Result<PassphraseLock, Fault> {
    let (stretched, salt, params) = stretch_new(platform, passphrase, KdfParams::FLOOR).await?;
    Ok(PassphraseLock::close(master, &stretched, salt, params, &mut platform.rng()))
}

/// Stretches a new passphrase with a fresh salt, at a cost that fits this device, and at least at this one.
pub(crate) async fn stretch_new<P: Platform>(
    platform: &P,
    passphrase: &Secret,
    least: KdfParams,
) -> Result<(Sensitive<[u8; 32]>, [u8; 16], KdfParams), Fault> {
    if passphrase.0.chars().count() < MIN_PASSPHRASE {
        return Err(Fault::PassphraseTooShort);
    }
    let mut rng = platform.rng();
    let (mut params, target_ms) = platform.passphrase_cost();
    let salt = PassphraseLock::make_salt(&mut rng);
    let passphrase = &normalise(platform, passphrase);
    let mut stretched = platform.stretch(passphrase, salt, params).await.map_err(unlock_fault)?;
    let mut tuned = params.tuned(stretched.lasted_ms, target_ms).at_least(least);
    let mut tries = 0;
    // Once more where the device was only busy when it was measured, and could do much more.
    while (tries == 0 && tuned != params) || (tries == 1 && tuned.is_far_above(params)) {
        (params, tries) = (tuned, tries + 1);
        stretched = platform.stretch(passphrase, salt, params).await.map_err(unlock_fault)?;
        tuned = params.tuned(stretched.lasted_ms, target_ms).at_least(least);
    }
    Ok((stretched.key, salt, params))
}

/// Opens a person's lock.
pub(crate) async fn open<P: Platform>(platform: &P, person: &PersonId, passphrase: &Secret) -> Result<Opened, Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let profile = Profile::load(&store).await?;
    let entry = profile.find(person)?;
    let (salt, params) = entry.lock.work();
    let stretched = platform.stretch(&normalise(platform, passphrase), *salt, params).await.map_err(unlock_fault)?;
    let master = entry.lock.open(&stretched.key).map_err(unlock_fault)?;
    let opened = Opened { card: entry.card(), master, mended: profile.needs_mending() };
    if opened.mended {
        // One good copy is enough for now.
        let _ = profile.store(&store).await;
    }
    Ok(opened)
}

/// Opens a person's second lock with the recovery words, and closes the first one under a new passphrase.
pub(crate) async fn open_with_words<P: Platform>(
    platform: &P,
    person: &PersonId,
    words: &Secret,
    passphrase: &Secret,
) -> Result<Opened, Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let profile = Profile::load(&store).await?;
    let entry = profile.find(person)?;
    let master = try_words(&entry.words, words).map_err(Fault::WrongWords)?;
    let (id, card, mended) = (entry.id, entry.card(), profile.needs_mending());
    let lock = lock(platform, &master, passphrase).await?;
    replace_lock(platform, id, lock).await?;
    Ok(Opened { card, master, mended })
}

/// Opens a person's third lock with what their passkey answered.
pub(crate) async fn open_with_passkey<P: Platform>(
    platform: &P,
    person: &PersonId,
    secret: &SecretBytes,
) -> Result<Opened, Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let profile = Profile::load(&store).await?;
    let entry = profile.find(person)?;
    let lock = entry.passkey.as_ref().ok_or(Fault::WrongPasskey)?;
    let master = lock.open(&Sensitive::new(secret.0)).map_err(|_| Fault::WrongPasskey)?;
    Ok(Opened { card: entry.card(), master, mended: profile.needs_mending() })
}

/// Closes a person's third lock, in place of one that there was.
pub(crate) async fn add_passkey<P: Platform>(
    platform: &P,
    person: &PersonId,
    passphrase: &Secret,
    passkey: &PasskeyCard,
    secret: &SecretBytes,
) -> Result<PersonCard, Fault> {
    let Opened { master, .. } = open(platform, person, passphrase).await?;
    let secret = Sensitive::new(secret.0);
    let lock = PasskeyLock::close(&master, &passkey.credential, passkey.salt, &secret, &mut platform.rng());
    set_passkey(platform, person, Some(lock.ok_or(Fault::WrongPasskey)?)).await
}

/// Puts a person's third lock in its place, or takes it away.
pub(crate) async fn set_passkey<P: Platform>(
    platform: &P,
    person: &PersonId,
    lock: Option<PasskeyLock>,
) -> Result<PersonCard, Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let id = Profile::load(&store).await?.find(person)?.id;
    change_person(platform, id, |person| person.passkey.clone_from(&lock)).await?;
    Ok(Profile::load(&store).await?.find(person)?.card())
}

/// Whether words are a person's recovery words.
pub(crate) async fn check_words<P: Platform>(
    platform: &P,
    person: &PersonId,
    words: &Secret,
) -> Result<Result<(), WordsProblem>, Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let profile = Profile::load(&store).await?;
    Ok(try_words(&profile.find(person)?.words, words).map(|_| ()))
}

fn try_words(lock: &WordsLock, given: &Secret) -> Result<MasterKey, WordsProblem> {
    find_words(given, |words| lock.open(words).ok()).map(|(_, master)| master)
}

/// The words that open something, with what they opened; or what is wrong with them.
pub(crate) fn find_words<T>(
    given: &Secret,
    open: impl Fn(&RecoveryWords) -> Option<T>,
) -> Result<(RecoveryWords, T), WordsProblem> {
    let parsed = RecoveryWords::parse(&given.0);
    if let Ok(words) = &parsed
        && let Some(opened) = open(words)
    {
        return Ok((RecoveryWords::from_entropy(*words.expose_entropy()), opened));
    }
    match (RecoveryWords::find_slip(&given.0, |words| open(words).is_some()), parsed) {
        (Some(slip), _) => Err(slip.into()),
        (None, Err(error)) => Err(error.into()),
        (None, Ok(_)) => Err(WordsProblem::OthersWords),
    }
}

/// Closes a person's lock under another passphrase.
pub(crate) async fn change_passphrase<P: Platform>(
    platform: &P,
    person: &PersonId,
    old: &Secret,
    new: &Secret,
) -> Result<(), Fault> {
    let Opened { master, .. } = open(platform, person, old).await?;
    let lock = lock(platform, &master, new).await?;
    let store = platform.profile_store().await.map_err(fault)?;
    let id = Profile::load(&store).await?.find(person)?.id;
    replace_lock(platform, id, lock).await
}

/// Takes a person off the list. Their store has to be wiped before.
pub(crate) async fn remove<P: Platform>(platform: &P, person: &PersonId) -> Result<(), Fault> {
    let store = platform.profile_store().await.map_err(fault)?;
    let id = Profile::load(&store).await?.find(person)?.id;
    change(platform, |people| {
        people.retain(|entry| entry.id != id);
        Ok(())
    })
    .await
}

/// One form of every letter, however a keyboard composes it (NFC, as RFC 8265 asks for passwords).
pub(crate) fn normalise<P: Platform>(platform: &P, passphrase: &Secret) -> Secret {
    Secret(platform.normalise(&passphrase.0))
}

pub(crate) fn unlock_fault(error: UnlockError) -> Fault {
    match error {
        UnlockError::WrongPassphrase => Fault::WrongPassphrase,
        UnlockError::Damaged => Fault::Damaged("the lock of this person".into()),
        UnlockError::NoMemory => Fault::NotNow("not enough memory to try the passphrase".into()),
    }
}
