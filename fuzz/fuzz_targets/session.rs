//! See `chartchain_fuzz::session`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chartchain_fuzz::session::run(bytes));
