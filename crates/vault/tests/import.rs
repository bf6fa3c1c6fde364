//! Whose entries come in, what is known already, what survives going out as NDJSON, and how much it takes.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests, helpers of tests included")]

#[expect(dead_code, reason = "shared with the other tests of the engine")]
mod bench_person;
mod import_known;
mod import_people;
mod import_round_trip;
mod small;
