//! The wires between the window and the vault worker, and between that and the passphrase worker.

use chartchain_keys::{KdfParams, Sensitive, UnlockError};
use chartchain_vault::protocol::{Message, Request, Secret};
use gloo_worker::{HandlerId, Worker, WorkerScope};
use serde::{Deserialize, Serialize};

/// The vault worker as the window sees it: what it takes and what it gives. The worker's own program has the same
/// types and does the work; this side of the wire never runs.
#[derive(Debug)]
pub struct VaultWorker;

impl Worker for VaultWorker {
    type Message = ();
    type Input = Request;
    type Output = Message;

    fn create(_scope: &WorkerScope<Self>) -> Self {
        Self
    }

    fn update(&mut self, _scope: &WorkerScope<Self>, (): Self::Message) {}

    fn received(&mut self, _scope: &WorkerScope<Self>, _request: Self::Input, _from: HandlerId) {}
}

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
    /// Does the work (Argon2id, RFC 9106).
    #[must_use]
    pub fn carry_out(&self) -> Stretched {
        let params = KdfParams { memory_kib: self.memory_kib, passes: self.passes };
        match chartchain_keys::stretch(self.passphrase.0.as_bytes(), &self.salt, params) {
            Ok(key) => Stretched::Key(*key.expose()),
            Err(UnlockError::NoMemory) => Stretched::NoMemory,
            Err(_) => Stretched::Refused,
        }
    }
}

/// What the passphrase worker answers.
#[derive(Serialize, Deserialize)]
pub enum Stretched {
    /// The stretched passphrase.
    Key([u8; 32]),
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
    pub fn into_result(self) -> Result<Sensitive<[u8; 32]>, UnlockError> {
        match self {
            Self::Key(key) => Ok(Sensitive::new(key)),
            Self::NoMemory => Err(UnlockError::NoMemory),
            Self::Refused => Err(UnlockError::Damaged),
        }
    }
}

/// The passphrase worker as the vault worker sees it.
#[derive(Debug)]
pub struct StretchWorker;

impl Worker for StretchWorker {
    type Message = ();
    type Input = Stretch;
    type Output = Stretched;

    fn create(_scope: &WorkerScope<Self>) -> Self {
        Self
    }

    fn update(&mut self, _scope: &WorkerScope<Self>, (): Self::Message) {}

    fn received(&mut self, _scope: &WorkerScope<Self>, _request: Self::Input, _from: HandlerId) {}
}
