use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};

/// A deterministic generator for tests: SHA-256 in counter mode. Never for keys that protect anything.
pub struct TestRng {
    seed: u64,
    counter: u64,
}

/// A generator that gives the same bytes for the same seed, everywhere.
pub fn test_rng(seed: u64) -> TestRng {
    TestRng { seed, counter: 0 }
}

impl TryRng for TestRng {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in dst.chunks_mut(32) {
            self.counter += 1;
            let block = Sha256::digest([self.seed.to_le_bytes(), self.counter.to_le_bytes()].concat());
            for (byte, value) in chunk.iter_mut().zip(block) {
                *byte = value;
            }
        }
        Ok(())
    }
}

impl TryCryptoRng for TestRng {}
