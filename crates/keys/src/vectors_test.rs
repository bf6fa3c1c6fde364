//! Published vectors against the primitives that the product links, natively and in browsers.

mod ed25519;
mod hybrid;
mod mlkem;
mod wycheproof_sets;

use crate::{TestRng, test_rng};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Says something where the person who runs the tests can read it.
fn say(text: &str) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_test::console_log!("{text}");
    #[cfg(not(target_arch = "wasm32"))]
    println!("{text}");
}

fn unhex(hex: &str) -> Vec<u8> {
    assert!(hex.len().is_multiple_of(2), "odd number of hex digits");
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn unhex_array<const N: usize>(hex: &str) -> [u8; N] {
    unhex(hex).try_into().unwrap()
}

/// Gives out fixed bytes, as the published vectors want, and panics when they are used up.
struct FixedBytes(Vec<u8>);

impl rand_core::TryRng for FixedBytes {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        panic!("vectors fix bytes, not numbers")
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        panic!("vectors fix bytes, not numbers")
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Self::Error> {
        dst.copy_from_slice(&self.0[..dst.len()]);
        self.0.drain(..dst.len());
        Ok(())
    }
}

impl rand_core::TryCryptoRng for FixedBytes {}

fn fresh() -> TestRng {
    test_rng(0x0076_6563_746f_7273)
}
