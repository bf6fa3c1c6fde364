//! FHIR R4 in and out.
//!
//! What comes in is kept as the text it came as (only white space between tokens is dropped), so that what goes out
//! has every element and every number as it was written. Beside the text this crate derives [`Facts`]: the few things
//! that an index and a page for people need. It knows nothing of blocks, keys, storage or languages.

mod attachment;
mod contacts;
pub mod describe;
mod dose;
mod extract;
pub mod facts;
mod fold;
pub mod form;
pub mod identity;
mod json;
mod medicine;
mod narrative;
pub mod read;
mod reference;
mod sensitivity;
mod sniff;
mod tree;
mod when;
mod whose;
mod words;
pub mod write;

pub use attachment::{Inline, Named, decode_base64, inline_files, named_file, with_data};
pub use contacts::{Contact, contacts, languages};
pub use describe::{Element, describe};
pub use dose::{Dose, dose_resource};
pub use facts::{
    Coding, Compartment, Component, Facts, Kind, Person, Range, Sex, Value, When, WhenPrecision, facts, is_no_known,
    is_no_known_allergy,
};
pub use fold::{is_mark, push_folded};
pub use identity::{Sameness, same_person};
pub use json::{minify, pretty};
pub use medicine::{DayTime, DoseName, MOST_DOSES, MedicineFacts, Schedule};
pub use narrative::narrative_text;
pub use read::{Format, Intake, MAX_BYTES, ReadError, Rejected, Resource, read, read_line};
pub use reference::{
    absolute_reference, bare_reference, base_of, is_address, is_uuid, is_web_address, reference_targets,
    short_reference,
};
pub use when::parse_when;
pub use whose::{People, find_people};
pub use write::{BundleWriter, ndjson_line};
