//! What entries mean together: which values are of one analyte, which units can be put on one scale, which medicines are
//! taken now and when.
//!
//! Rules only: no index, no clock, no language. Where a rule cannot be sure, it says so instead of guessing.

mod analyte;
mod convert;
mod day;
mod medicine;
mod unit;

pub use analyte::Analyte;
pub use convert::{range_in, unit_of, value_in};
pub use day::{day_before, day_number, doses_due};
pub use medicine::{Standing, standing, substance, turn};
pub use unit::Conversion;
