//! What a device can read of a ledger: an index of its entries, kept in memory and stored in sealed pages.
//!
//! The chart is a function of the entries added to it, in order. It has no clock, no keys and no storage: pages are
//! bytes that the vault seals, and "today" is an argument.

mod agree;
mod analytes;
mod columns;
mod index;
mod medicines;
mod pages;
mod query;
mod record;
mod remove;
mod summary;
mod things;
mod words;

#[cfg(test)]
mod analytes_test;
#[cfg(test)]
mod columns_test;
#[cfg(test)]
mod index_test;
#[cfg(test)]
mod medicines_test;
#[cfg(test)]
mod pages_test;
#[cfg(test)]
mod query_test;
#[cfg(test)]
mod summary_test;
#[cfg(test)]
mod test_entry;
#[cfg(test)]
mod things_test;

pub use agree::Differences;
pub use analytes::{Latest, Series};
pub use index::Chart;
pub use medicines::Medicine;
pub use pages::{ChartPage, ChartReader, PageError, split_page};
pub use query::{Filter, Found};
pub use record::{Commitment, ContentHash, NewEntry, Place, Record, Relation};
pub use words::split_words;
