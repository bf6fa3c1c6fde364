//! See `chartchain_fuzz::change`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chartchain_fuzz::change::run(bytes));
