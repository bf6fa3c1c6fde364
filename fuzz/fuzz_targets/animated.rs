//! See `chartchain_fuzz::animated`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chartchain_fuzz::animated::run(bytes));
