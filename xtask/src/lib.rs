//! What the developer tool shares with others: the server of static files.

pub mod serve;
