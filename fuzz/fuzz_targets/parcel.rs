//! See `chartchain_fuzz::parcel`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chartchain_fuzz::parcel::run(bytes));
