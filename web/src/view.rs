//! What a page shows, worked out without a browser: dates, values, words for codes.

pub mod dates;
pub mod doses;
pub mod emblems;
pub mod faults;
pub mod form;
pub mod intake;
pub mod kept;
pub mod kinds;
pub mod letters;
pub mod lines;
pub mod meaning;
pub mod members;
pub mod panel;
pub mod picture;
pub mod quick_line;
pub mod range_bar;
pub mod statuses;
pub mod strength;
pub mod tasks;
pub mod titles;
pub mod trend;
pub mod types;
pub mod values;
pub mod versions;
pub mod visit;
pub mod ways;
