//! See `chartchain_fuzz::fhir`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| chartchain_fuzz::fhir::run(bytes));
