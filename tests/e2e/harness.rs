//! The eyes of the other tests: what they look for is seen where it is, on a page made for that.

use std::path::{Path, PathBuf};

use chartchain_tests::{Browser, Site, Trouble};

use crate::in_both_browsers;

in_both_browsers!(errors_and_breaches_of_the_policy_are_seen);
in_both_browsers!(stored_rows_are_read_outlive_a_kill_and_can_be_flipped);
in_both_browsers!(files_go_in_and_come_out);
in_both_browsers!(what_axe_core_must_find_is_found);

async fn errors_and_breaches_of_the_policy_are_seen(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let site = things().await?;
    browser.open(&site.url("")).await?;
    browser.expect_no_complaints().await?;
    browser.click("trip").await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let complaints = browser.complaints().await?.join("\n").to_lowercase();
    for wanted in ["tripped in the console", "tripped over a stone", "style-src", "trusted"] {
        is(complaints.contains(wanted), &format!("no {wanted} in: {complaints}"))?;
    }
    is(browser.expect_no_complaints().await.is_err(), "complaints are forgotten")
}

async fn stored_rows_are_read_outlive_a_kill_and_can_be_flipped(
    browser: &mut Browser,
    _: &Site,
) -> Result<(), Trouble> {
    let site = things().await?;
    browser.open(&site.url("")).await?;
    browser.wait_for("nothing yet").await?;
    browser.type_into("Your name", "Ada").await?;
    browser.click("Save it").await?;
    browser.wait_for("saved").await?;
    let rows = browser.stored_rows().await?;
    is(rows.iter().any(|row| row.key == [1, 2, 3] && row.value == b"sealedAda"), &format!("stored: {rows:?}"))?;

    browser.kill();
    is(browser.text().await.is_err(), "a killed browser still answers")?;
    browser.reopen().await?;
    browser.open(&site.url("")).await?;
    browser.wait_for("kept: Ada").await?;

    // The lowest bit of the first letter turns A into @.
    is(browser.flip_stored_bit("things", "rows", 0, 0).await?, "there were no bytes")?;
    browser.reload().await?;
    browser.wait_for("kept: @da").await
}

pub(crate) async fn files_go_in_and_come_out(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let site = things().await?;
    browser.open(&site.url("")).await?;
    browser.upload(&[&page().join("notes.txt")]).await?;
    browser.wait_for("taken out").await?;
    browser.click("Take out").await?;
    let path = browser.downloaded("notes.txt").await?;
    let text = std::fs::read_to_string(&path).map_err(|error| Trouble::wrong(error.to_string()))?;
    is(text == "taken out\n", "another file came out")
}

async fn what_axe_core_must_find_is_found(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let site = things().await?;
    browser.open(&site.url("")).await?;
    let found = browser.accessibility().await?;
    is(found.iter().any(|violation| violation.rule == "image-alt"), &format!("found: {found:?}"))
}

async fn things() -> Result<Site, Trouble> {
    Site::serve(&page(), "/", 0).await
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/page")
}

fn is(right: bool, otherwise: &str) -> Result<(), Trouble> {
    if right { Ok(()) } else { Err(Trouble::wrong(otherwise)) }
}
