//! Pages own their state.

pub mod add;
pub mod add_found;
pub mod delete;
pub mod entry;
pub mod entry_series;
pub mod entry_trust;
pub mod forgotten;
pub mod history;
pub mod home;
pub mod more;
pub mod new_person;
pub mod new_record;
pub mod obstacles;
pub mod passphrase;
pub mod records;
pub mod recovery;
pub mod section;
pub mod settings;
pub mod start;
pub mod take_out;
pub mod timeline;
pub mod timeline_filters;
pub mod try_out;
pub mod unlock;
pub mod verify;
