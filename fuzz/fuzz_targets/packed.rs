//! See `chartchain_fuzz::packed`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chartchain_fuzz::packed::run(bytes));
