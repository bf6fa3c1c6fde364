//! State that pages share and ways to ask the engine.

pub mod ask;
pub mod doses;
pub mod draft;
pub mod edit;
pub mod language;
pub mod lines;
pub mod looks;
pub mod pen;
pub mod session;
