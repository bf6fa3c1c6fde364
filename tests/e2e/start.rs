//! The first page.

use chartchain_tests::{Browser, Site, Trouble};

use crate::in_both_browsers;

in_both_browsers!(the_first_page_shows_a_heading_and_nothing_complains);
in_both_browsers!(the_app_works_under_any_path);

async fn the_first_page_shows_a_heading_and_nothing_complains(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    browser.open(&site.url("")).await?;
    let heading = browser.text_of("h1").await?;
    if heading.trim().is_empty() {
        return Err(Trouble::wrong("the heading is empty"));
    }
    browser.screenshot("first-page").await?;
    browser.expect_no_complaints().await
}

async fn the_app_works_under_any_path(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let Some(site) = Site::from_environment("/records/of/ours/").await? else {
        return Ok(());
    };
    browser.open(&site.url("")).await?;
    browser.text_of("h1").await?;
    browser.expect_no_complaints().await
}
