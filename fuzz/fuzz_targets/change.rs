//! See `chartchain_fuzz::change`.
#![no_main]

libfuzzer_sys::fuzz_target!(
    // A panic that the target itself catches is no finding; one that leaves it still ends the program.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| chartchain_fuzz::change::run(bytes)
);
