//! The built app in Chromium, Firefox and WebKit, as a person meets it. One theme per file.

mod analytes;
mod bad_input;
mod by_file;
mod by_itself;
mod connect;
mod damage;
mod documents;
mod drafts;
mod ended;
mod first_record;
mod full;
mod given;
mod harness;
mod interrupted;
mod keyboard;
mod kills;
mod languages;
mod later;

mod lists;
mod locking;
mod medicines;
mod meeting;
mod month;
mod offline;
mod pages;
mod paper;
mod passkey;
mod people;
mod plans;
mod recovery;
mod start;
mod steps;
mod tabs;
mod torn;
mod traces;
mod trend;
mod turn;
mod versions;
mod visit;
mod webkit;
mod words;
mod written;

/// Makes a test of this name for each browser out of an `async fn(&mut Browser, &Site) -> Result<(), Trouble>`.
macro_rules! in_both_browsers {
    ($name:ident) => {
        mod $name {
            #[tokio::test]
            async fn in_chromium() -> Result<(), chartchain_tests::Trouble> {
                chartchain_tests::with_browser(chartchain_tests::Kind::Chromium, Default::default(), super::$name).await
            }

            #[tokio::test]
            async fn in_firefox() -> Result<(), chartchain_tests::Trouble> {
                chartchain_tests::with_browser(chartchain_tests::Kind::Firefox, Default::default(), super::$name).await
            }
        }
    };
}
pub(crate) use in_both_browsers;
