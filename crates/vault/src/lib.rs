//! The engine of Chartchain: one object that is driven by commands and answers with replies and events.
pub mod protocol;
