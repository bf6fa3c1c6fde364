//! IndexedDB in a dedicated worker, where the vault lives.
#![cfg(target_arch = "wasm32")]

#[path = "browser/suite.rs"]
mod suite;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
