use argon2::{Algorithm, Argon2, Params, Version};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::hazmat::{seal_in_place, unseal};
use crate::{Domain, Sensitive, make_random};

/// Cost of one guess at a passphrase (Argon2id, RFC 9106, one lane).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfParams {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

/// Memory is taken in steps of 8 MiB where it is less than the default.
const MEMORY_STEP_KIB: u32 = 8 * 1024;

impl KdfParams {
    /// 64 MiB, three passes.
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3 };
    /// The least that is ever accepted (OWASP's floor).
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2 };
    /// The most that is ever worked for: a hostile file must not ask for more.
    pub const CEILING: Self = Self { memory_kib: 512 * 1024, passes: 16 };

    /// What makes one guess last at least `target_ms` on a device where these parameters lasted `measured_ms`: passes over the memory of
    /// [`Self::DEFAULT`], three or more. Where three last longer than three times that, two over as much memory as takes three
    /// times the target, and never less than [`Self::FLOOR`].
    pub fn tuned(self, measured_ms: u32, target_ms: u32) -> Self {
        let done = u64::from(self.memory_kib) * u64::from(self.passes);
        let affordable = done * u64::from(target_ms) / u64::from(measured_ms.max(1));
        let (memory, least) = (u64::from(Self::DEFAULT.memory_kib), u64::from(Self::DEFAULT.passes));
        if affordable * 3 >= memory * least {
            let passes = affordable.div_ceil(memory).clamp(least, u64::from(Self::CEILING.passes));
            return Self { passes: u32::try_from(passes).unwrap_or(Self::CEILING.passes), ..Self::DEFAULT };
        }
        let memory = u32::try_from(affordable * 3 / 2).unwrap_or(u32::MAX) / MEMORY_STEP_KIB * MEMORY_STEP_KIB;
        Self { memory_kib: memory.clamp(Self::FLOOR.memory_kib, Self::DEFAULT.memory_kib), passes: Self::FLOOR.passes }
    }

    /// These, or more of each where that is asked for.
    #[must_use]
    pub fn at_least(self, least: Self) -> Self {
        Self { memory_kib: self.memory_kib.max(least.memory_kib), passes: self.passes.max(least.passes) }
    }

    /// Whether a guess costs half as much again as with other parameters, or more.
    pub fn is_far_above(self, other: Self) -> bool {
        let work = |params: Self| u64::from(params.memory_kib) * u64::from(params.passes);
        work(self) * 2 >= work(other) * 3
    }

    const fn allowed(self) -> bool {
        self.memory_kib >= Self::FLOOR.memory_kib
            && self.passes >= Self::FLOOR.passes
            && self.memory_kib <= Self::CEILING.memory_kib
            && self.passes <= Self::CEILING.passes
    }
}

/// Why a lock does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// The passphrase is not the one, or the lock was changed; which of the two cannot be told.
    #[error("wrong passphrase, or the stored lock was changed")]
    WrongPassphrase,
    /// The stored lock is not in its form, or asks for work outside of the bounds.
    #[error("the stored lock is damaged")]
    Damaged,
    /// There is not enough memory for the work that the lock asks for.
    #[error("not enough memory to try the passphrase")]
    NoMemory,
}

/// Stretches a passphrase to a key. Slow and memory-hard on purpose: browsers run it in a worker that is thrown away
/// afterwards, because wasm memory never shrinks.
pub fn stretch(passphrase: &[u8], salt: &[u8; 16], params: KdfParams) -> Result<Sensitive<[u8; 32]>, UnlockError> {
    if !params.allowed() {
        return Err(UnlockError::Damaged);
    }
    let cost = Params::new(params.memory_kib, params.passes, 1, Some(32)).map_err(|_| UnlockError::Damaged)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password_into(passphrase, salt, key.as_mut_slice())
        .map_err(|_| UnlockError::NoMemory)?;
    Ok(Sensitive::new(*key))
}

/// The root of everything that a person keeps on a device. Random; passphrases only lock it.
#[derive(Clone)]
pub struct MasterKey(Sensitive<[u8; 32]>);

impl MasterKey {
    /// A fresh key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self(Sensitive::new(make_random(rng)))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|key| Self(Sensitive::new(key)))
    }

    pub(crate) const fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }
}

/// 32 secret bytes locked by a passphrase, as they are stored: version, cost, salt, nonce, sealed bytes. The domain says
/// what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Locked {
    params: KdfParams,
    salt: [u8; 16],
    nonce: [u8; 24],
    sealed: Vec<u8>,
}

impl Locked {
    pub(crate) const BYTES: usize = 1 + 4 + 4 + 16 + 24 + 32 + 16;

    pub(crate) fn close(
        domain: Domain,
        secret: &[u8; 32],
        stretched: &Sensitive<[u8; 32]>,
        (salt, params): ([u8; 16], KdfParams),
        rng: &mut impl CryptoRng,
    ) -> Self {
        let nonce = make_random(rng);
        let mut sealed = secret.to_vec();
        seal_in_place(stretched.expose(), &nonce, &Self::aad(domain, params, &salt), &mut sealed, 0);
        Self { params, salt, nonce, sealed }
    }

    pub(crate) const fn work(&self) -> (&[u8; 16], KdfParams) {
        (&self.salt, self.params)
    }

    pub(crate) fn open(
        &self,
        domain: Domain,
        stretched: &Sensitive<[u8; 32]>,
    ) -> Result<Sensitive<[u8; 32]>, UnlockError> {
        let aad = Self::aad(domain, self.params, &self.salt);
        let bytes = unseal(stretched.expose(), &self.nonce, &aad, &self.sealed)
            .map(Zeroizing::new)
            .map_err(|_| UnlockError::WrongPassphrase)?;
        <[u8; 32]>::try_from(bytes.as_slice()).map(Sensitive::new).map_err(|_| UnlockError::Damaged)
    }

    fn aad(domain: Domain, params: KdfParams, salt: &[u8; 16]) -> Vec<u8> {
        let (memory, passes) = (params.memory_kib.to_be_bytes(), params.passes.to_be_bytes());
        [domain.as_bytes(), &memory, &passes, salt].concat()
    }

    /// 97 bytes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let (memory, passes) = (self.params.memory_kib.to_be_bytes(), self.params.passes.to_be_bytes());
        [&[0u8], memory.as_slice(), &passes, &self.salt, &self.nonce, &self.sealed].concat()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, UnlockError> {
        let parse = || {
            if bytes.len() != Self::BYTES {
                return None;
            }
            let (version, rest) = bytes.split_first()?;
            let (memory, rest) = rest.split_first_chunk::<4>()?;
            let (passes, rest) = rest.split_first_chunk::<4>()?;
            let (salt, rest) = rest.split_first_chunk::<16>()?;
            let (nonce, sealed) = rest.split_first_chunk::<24>()?;
            let params = KdfParams { memory_kib: u32::from_be_bytes(*memory), passes: u32::from_be_bytes(*passes) };
            (*version == 0 && params.allowed()).then(|| Self {
                params,
                salt: *salt,
                nonce: *nonce,
                sealed: sealed.to_vec(),
            })
        };
        parse().ok_or(UnlockError::Damaged)
    }
}

/// A master key locked by a passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassphraseLock(Locked);

impl PassphraseLock {
    /// What [`stretch`] needs before the lock is closed: a fresh salt.
    pub fn make_salt(rng: &mut impl CryptoRng) -> [u8; 16] {
        make_random(rng)
    }

    /// Locks `master` under a key stretched with `salt` and `params`.
    pub fn close(
        master: &MasterKey,
        stretched: &Sensitive<[u8; 32]>,
        salt: [u8; 16],
        params: KdfParams,
        rng: &mut impl CryptoRng,
    ) -> Self {
        Self(Locked::close(Domain::PassphraseLock, master.expose(), stretched, (salt, params), rng))
    }

    /// What the passphrase has to be stretched with.
    pub const fn work(&self) -> (&[u8; 16], KdfParams) {
        self.0.work()
    }

    /// Opens with the stretched passphrase.
    pub fn open(&self, stretched: &Sensitive<[u8; 32]>) -> Result<MasterKey, UnlockError> {
        self.0.open(Domain::PassphraseLock, stretched).map(MasterKey)
    }

    /// 97 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// From what [`PassphraseLock::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, UnlockError> {
        Locked::from_bytes(bytes).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn a_lock_opens_with_its_passphrase_only_and_notices_every_change() {
        let mut rng = test_rng(9);
        let master = MasterKey::make(&mut rng);
        let salt = PassphraseLock::make_salt(&mut rng);
        let right = stretch(b"correct horse", &salt, KdfParams::FLOOR).unwrap();
        let wrong = stretch(b"correct horsf", &salt, KdfParams::FLOOR).unwrap();
        let lock = PassphraseLock::close(&master, &right, salt, KdfParams::FLOOR, &mut rng);
        let stored = lock.to_bytes();
        let lock = PassphraseLock::from_bytes(&stored).unwrap();
        assert_eq!(lock.open(&right).unwrap().expose(), master.expose());
        assert_eq!(lock.open(&wrong).err(), Some(UnlockError::WrongPassphrase));
        for bit in 0..stored.len() * 8 {
            let mut changed = stored.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(PassphraseLock::from_bytes(&changed).and_then(|lock| lock.open(&right)).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn work_outside_of_the_bounds_is_refused() {
        for params in [
            KdfParams { memory_kib: 1024, passes: 3 },
            KdfParams { memory_kib: 64 * 1024, passes: 1 },
            KdfParams { memory_kib: u32::MAX, passes: 3 },
            KdfParams { memory_kib: 64 * 1024, passes: u32::MAX },
        ] {
            assert_eq!(stretch(b"x", &[0; 16], params).err(), Some(UnlockError::Damaged));
        }
    }

    #[test]
    fn a_guess_costs_half_a_second_or_more_and_never_less_than_the_floor() {
        let default = KdfParams::DEFAULT;
        assert_eq!(default.tuned(90, 500), KdfParams { passes: 16, ..default });
        assert_eq!(default.tuned(300, 500), KdfParams { passes: 5, ..default });
        assert_eq!(default.tuned(1500, 500), default);
        assert_eq!(default.tuned(1600, 500), KdfParams { passes: 2, ..default });
        assert_eq!(default.tuned(3000, 500), KdfParams { memory_kib: 48 * 1024, passes: 2 });
        assert_eq!(default.tuned(60_000, 500), KdfParams::FLOOR);
        assert_eq!(KdfParams::FLOOR.tuned(1, 0), KdfParams::FLOOR);
        // What was measured at less cost leads back to more.
        assert_eq!(KdfParams { memory_kib: 48 * 1024, passes: 2 }.tuned(250, 500), default);
        for (measured, target) in [(0, 500), (u32::MAX, 500), (1, u32::MAX), (u32::MAX, u32::MAX)] {
            let tuned = KdfParams::CEILING.tuned(measured, target);
            assert!(tuned.allowed() && tuned == tuned.at_least(KdfParams::FLOOR), "{tuned:?}");
        }
        assert_eq!(KdfParams::FLOOR.at_least(default), default);
        assert!(default.is_far_above(KdfParams { passes: 2, ..default }) && !default.is_far_above(default));
    }
}
