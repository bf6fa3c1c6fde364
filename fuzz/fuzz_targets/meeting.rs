//! See `chartchain_fuzz::meeting`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chartchain_fuzz::meeting::run(bytes));
