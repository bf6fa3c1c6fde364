//! The kit: props in, callbacks out.

pub mod banner;
pub mod basics;
pub mod button;
pub mod emblem;
pub mod entries;
pub mod error_summary;
pub mod field;
pub mod frame;
pub mod icon;
pub mod interruption;
pub mod job;
pub mod languages;
pub mod mark;
pub mod new_passphrase;
pub mod page;
pub mod pager;
pub mod question;
pub mod range_bar;
pub mod ring;
pub mod source;
pub mod summary;
pub mod tag;
pub mod trend_chart;
pub mod trend_marks;
pub mod value_card;
pub mod word_fields;
