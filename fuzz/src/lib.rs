//! What comes from strangers, and the code that reads it. Each target is a plain function that must return whatever it is
//! given; `tests/replay.rs` gives it its seeds, bent in many ways, and everything that ever broke it.
//!
//! `cargo xtask fuzz TARGET` lets libFuzzer look for more.

#![forbid(unsafe_code)]

pub mod animated;
pub mod backup;
pub mod body;
pub mod change;
pub mod fhir;
pub mod header;
pub mod meeting;
pub mod packed;
pub mod parcel;
pub mod search;
pub mod segment;
pub mod session;
pub mod signal;
mod world;

/// One way in.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Takes any bytes.
    pub run: fn(&[u8]),
    /// Good input to begin with, made by our own code.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub const TARGETS: [Target; 13] = [
    Target { name: "header", run: header::run, seeds: header::seeds },
    Target { name: "body", run: body::run, seeds: body::seeds },
    Target { name: "segment", run: segment::run, seeds: segment::seeds },
    Target { name: "packed", run: packed::run, seeds: packed::seeds },
    Target { name: "backup", run: backup::run, seeds: backup::seeds },
    Target { name: "fhir", run: fhir::run, seeds: fhir::seeds },
    Target { name: "change", run: change::run, seeds: change::seeds },
    Target { name: "search", run: search::run, seeds: search::seeds },
    Target { name: "session", run: session::run, seeds: session::seeds },
    Target { name: "signal", run: signal::run, seeds: signal::seeds },
    Target { name: "parcel", run: parcel::run, seeds: parcel::seeds },
    Target { name: "animated", run: animated::run, seeds: animated::seeds },
    Target { name: "meeting", run: meeting::run, seeds: meeting::seeds },
];
