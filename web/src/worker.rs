//! What the vault worker asks of the workers that do one thing and are thrown away, and what comes back.

use chartchain_calendar::DAY_MS;
use chartchain_keys::{KdfParams, Sensitive, UnlockError};
use chartchain_vault::MadeUp;
use chartchain_vault::protocol::Secret;
use serde::{Deserialize, Serialize};

/// What the passphrase worker is asked: one guess at a passphrase.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stretch {
    /// The guess.
    pub passphrase: Secret,
    /// 16 random bytes.
    pub salt: [u8; 16],
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Stretch {
    /// Does the work (Argon2id, RFC 9106), timed with a clock in milliseconds.
    pub fn carry_out(&self, now_ms: impl Fn() -> f64) -> Stretched {
        let start_ms = now_ms();
        let params = KdfParams { memory_kib: self.memory_kib, passes: self.passes };
        match chartchain_keys::stretch(self.passphrase.0.as_bytes(), &self.salt, params) {
            // Whole milliseconds, far below 2^32.
            Ok(key) => Stretched::Key { key: *key.expose(), lasted_ms: (now_ms() - start_ms) as u32 },
            Err(UnlockError::NoMemory) => Stretched::NoMemory,
            Err(_) => Stretched::Refused,
        }
    }
}

/// What the passphrase worker answers.
#[derive(Serialize, Deserialize)]
pub enum Stretched {
    /// Done.
    Key {
        /// The stretched passphrase.
        key: [u8; 32],
        /// How long the work lasted, in milliseconds.
        lasted_ms: u32,
    },
    /// There was not enough memory.
    NoMemory,
    /// The cost asked for is out of bounds.
    Refused,
}

impl core::fmt::Debug for Stretched {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Stretched(…)")
    }
}

impl Stretched {
    /// As the engine wants it.
    ///
    /// # Errors
    /// What kept the work from being done.
    pub fn into_result(self) -> Result<chartchain_vault::Stretched, UnlockError> {
        match self {
            Self::Key { key, lasted_ms } => Ok(chartchain_vault::Stretched { key: Sensitive::new(key), lasted_ms }),
            Self::NoMemory => Err(UnlockError::NoMemory),
            Self::Refused => Err(UnlockError::Damaged),
        }
    }
}

/// What the worker for made-up people is asked: one of them.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct MakeUp {
    /// Which one.
    pub seed: u64,
    /// Today, milliseconds since 1970.
    pub now_ms: i64,
}

impl MakeUp {
    /// Does the work.
    #[must_use]
    pub fn carry_out(self) -> Vec<MadeUp> {
        let day = i32::try_from(self.now_ms.div_euclid(DAY_MS)).unwrap_or(0);
        let made = chartchain_synth::person(self.seed, day).resources.into_iter();
        made.map(|made| MadeUp { full_url: made.full_url, json: made.json }).collect()
    }
}
