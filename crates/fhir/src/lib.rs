//! FHIR R4 in and out.
//!
//! What comes in is kept as the text it came as (only white space between tokens is dropped), so that what goes out
//! has every element and every number as it was written. Beside the text this crate derives [`Facts`]: the few things
//! that an index and a page for people need. It knows nothing of blocks, keys, storage or languages.

mod facts;

pub use facts::{Coding, Compartment, Component, Facts, Kind, Person, Range, Sex, Value, When, WhenPrecision};
