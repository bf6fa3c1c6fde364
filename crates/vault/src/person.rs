use chartchain_keys::{RecoveryPublic, RecoveryWords, WordsError};
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::platform::Platform;
use crate::protocol::{Fault, RecoveryCheck, Secret, Settings, Theme};
use crate::rows::{RowBatch, RowName, Rows};

/// How many ledgers' recovery keys are made while the words are at hand.
const RECOVERY_POOL: u32 = 16;

/// What is kept of a person besides their ledgers' content.
#[derive(Serialize, Deserialize)]
pub(crate) struct PersonState {
    /// Only while the recovery card is not done.
    recovery_entropy: Option<[u8; 32]>,
    recovery_made_ms: i64,
    /// Public recovery keys, so that later ledgers can be founded without the words.
    recovery_pool: Vec<Vec<u8>>,
    next_recovery: u32,
    /// Ids of the ledgers, in order of founding.
    pub(crate) ledgers: Vec<[u8; 32]>,
    pub(crate) settings: Settings,
}

impl Drop for PersonState {
    fn drop(&mut self) {
        self.recovery_entropy.zeroize();
    }
}

impl PersonState {
    /// A new person, with fresh recovery words.
    pub(crate) fn make(now_ms: i64, rng: &mut impl CryptoRng) -> Result<Self, Fault> {
        let words = RecoveryWords::make(rng);
        let mut recovery_pool = Vec::new();
        for number in 0..RECOVERY_POOL {
            let public = words.derive_keys(number).public().map_err(|error| Fault::Storage(error.to_string()))?;
            recovery_pool.push(public.to_bytes());
        }
        Ok(Self {
            recovery_entropy: Some(*words.expose_entropy()),
            recovery_made_ms: now_ms,
            recovery_pool,
            next_recovery: 0,
            ledgers: Vec::new(),
            settings: Settings {
                auto_lock_minutes: 10,
                language: "en".into(),
                text_percent: 100,
                theme: Theme::System,
            },
        })
    }

    pub(crate) const fn recovery_done(&self) -> bool {
        self.recovery_entropy.is_none()
    }

    pub(crate) const fn recovery_made_ms(&self) -> i64 {
        self.recovery_made_ms
    }

    /// Recovery keys for the next ledger, and their number.
    pub(crate) fn next_recovery_keys(&mut self) -> Result<(u32, RecoveryPublic), Fault> {
        let number = self.next_recovery;
        let Some(bytes) = self.recovery_pool.get(number as usize) else {
            return Err(Fault::NotNow("all recovery keys made from these words are in use".into()));
        };
        let keys = RecoveryPublic::from_bytes(bytes).map_err(|_| Fault::Damaged("recovery keys".into()))?;
        self.next_recovery += 1;
        Ok((number, keys))
    }

    /// Forgets the words: they were checked, or nobody will need them.
    pub(crate) fn forget_words(&mut self) {
        self.recovery_entropy.zeroize();
        self.recovery_entropy = None;
    }

    pub(crate) fn recovery_words(&self) -> Option<Secret> {
        let words = RecoveryWords::from_entropy(self.recovery_entropy?);
        Some(Secret(words.to_text().to_string()))
    }

    /// Compares words that the person wrote down. Right ones are forgotten here.
    pub(crate) fn check_recovery(&mut self, given: &Secret) -> Result<RecoveryCheck, Fault> {
        let Some(entropy) = self.recovery_entropy else {
            return Err(Fault::NotNow("the recovery card is done already".into()));
        };
        let right = RecoveryWords::from_entropy(entropy);
        Ok(match RecoveryWords::parse(&given.0) {
            Ok(words) if words.expose_entropy() == right.expose_entropy() => {
                self.forget_words();
                RecoveryCheck::Right
            }
            Err(WordsError::Count(count)) => RecoveryCheck::WrongCount(u32::try_from(count).unwrap_or(u32::MAX)),
            _ => RecoveryCheck::WrongAt(right.differences(&given.0)),
        })
    }

    pub(crate) fn set_settings(&mut self, mut settings: Settings) {
        settings.auto_lock_minutes = settings.auto_lock_minutes.clamp(1, 15);
        settings.text_percent = settings.text_percent.clamp(100, 200);
        settings.language.truncate(16);
        self.settings = settings;
    }

    pub(crate) async fn load<S: Store>(rows: &Rows<S>) -> Result<Option<Self>, Fault> {
        rows.read_state(RowName::person()).await
    }

    pub(crate) async fn store<P: Platform>(&self, platform: &P, rows: &Rows<P::Store>) -> Result<(), Fault> {
        let mut batch = RowBatch::default();
        batch.put_state(RowName::person(), self)?;
        rows.commit(batch, &mut platform.rng()).await
    }
}
