//! See `chartchain_fuzz::signal`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chartchain_fuzz::signal::run(bytes));
