//! What the developer tool shares with others: builds that are kept, and what a first visit downloads.

pub mod keep;
pub mod size;
