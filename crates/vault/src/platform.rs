use chartchain_docs::{DocsError, Done, Work};
use chartchain_keys::{KdfParams, Sensitive, UnlockError};
use chartchain_store::{Store, StoreError};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::protocol::{Fault, PersonId, Secret};

/// The seed of the person whom "Try with a made-up person" shows.
pub const DEMO_SEED: u64 = 0;

/// What the engine needs of the world: storage, time, randomness, and somewhere to stretch passphrases.
#[expect(async_fn_in_trait, reason = "the engine runs on one thread, in a worker or on the command line")]
pub trait Platform {
    /// Where rows are kept.
    type Store: Store;
    /// Cryptographic randomness; a handle that is cheap to make.
    type Rng: CryptoRng;

    /// A handle on randomness.
    fn rng(&self) -> Self::Rng;

    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;

    /// The store that lists the people of this profile. Holds no names and no secrets that are not locked.
    async fn profile_store(&self) -> Result<Self::Store, StoreError>;

    /// The store of one person.
    async fn person_store(&self, person: &PersonId) -> Result<Self::Store, StoreError>;

    /// Whose stores are here, on the list of people or not, where that can be told.
    async fn stored_people(&self) -> Result<Vec<PersonId>, StoreError> {
        Ok(Vec::new())
    }

    /// A store that is gone when it is dropped, for looking around with a made-up person; `None` where that is not
    /// offered.
    fn trial_store(&self) -> Option<Self::Store>;

    /// Whether nobody else who lives has this person unlocked, until [`Platform::leave`]. Who is not alone leaves alone
    /// what may be somebody's work under way.
    async fn is_alone(&self, _: &PersonId) -> bool {
        true
    }

    /// Nobody is unlocked here any more.
    fn leave(&self) {}

    /// What one guess at a passphrase shall cost, and how long it shall last at least, in milliseconds.
    fn passphrase_cost(&self) -> (KdfParams, u32);

    /// Stretches a passphrase, off this thread where that is possible.
    async fn stretch(&self, passphrase: &Secret, salt: [u8; 16], params: KdfParams) -> Result<Stretched, UnlockError>;

    /// Which build of the app this is. What one keeps in the form of its own answers no other one reads.
    fn build(&self) -> String {
        String::new()
    }

    /// Does what is to be done with a document ([`Work::carry_out`]), off this thread where that is possible.
    async fn merge(&self, work: Work) -> Result<Done, DocsError>;

    /// One form of every letter, however a keyboard composes it (Unicode's NFC). A browser has the tables for that.
    fn normalise(&self, text: &str) -> String {
        text.nfc().collect()
    }

    /// All resources of a made-up person on the day of `now_ms`. The engine makes up nobody itself, so that who never
    /// asks for one need not load that.
    async fn make_up(&self, _seed: u64, _now_ms: i64) -> Result<Vec<MadeUp>, Fault> {
        Err(Fault::NotNow("there are no made-up people here".into()))
    }
}

/// A resource of a made-up person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MadeUp {
    /// How the other resources refer to it.
    pub full_url: String,
    /// Its text.
    pub json: String,
}

/// A stretched passphrase.
pub struct Stretched {
    /// What locks and unlocks.
    pub key: Sensitive<[u8; 32]>,
    /// How long stretching lasted, without the start of whatever it ran in, in milliseconds.
    pub lasted_ms: u32,
}
