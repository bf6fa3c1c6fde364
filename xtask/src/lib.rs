//! What the developer tool shares with others: the server of static files, and what a first visit downloads.

pub mod keep;
pub mod serve;
pub mod size;
