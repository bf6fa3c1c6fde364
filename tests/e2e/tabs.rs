//! One record in two tabs.

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    in_both_browsers,
    steps::{self, As, Keeper, is},
    words::say,
};

in_both_browsers!(two_tabs_write_in_one_record_and_each_shows_what_the_other_wrote);
in_both_browsers!(a_tab_that_is_closed_takes_nothing_along_and_locking_locks_all_tabs);

fn keeper() -> Keeper {
    Keeper::new("Hanne Ostrowe", ["21", "7", "1984"], false, "lantern biscuit forty")
}

pub(crate) fn note(id: &str) -> String {
    format!(r#"{{"resourceType":"Basic","id":"{id}","code":{{"text":"Note {id}"}}}}"#)
}

pub(crate) async fn add(browser: &Browser, text: &str) -> Result<(), Trouble> {
    steps::paste(browser, text).await?;
    browser.click(&say!("found-import", count = 1)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 1), steps::LONG).await
}

/// A record in one tab, and the same unlocked in a second one, which is in front. Gives both.
async fn two_tabs(browser: &Browser, site: &Site) -> Result<[fantoccini::wd::WindowHandle; 2], Trouble> {
    steps::start_record(browser, site, &keeper()).await?;
    let client = browser.client()?;
    let first = client.window().await?;
    let second = client.new_window(true).await?.handle;
    client.switch_to_window(second.clone()).await?;
    browser.open(&site.url("#/timeline")).await?;
    steps::unlock(browser, &keeper().passphrase).await?;
    Ok([first, second])
}

async fn two_tabs_write_in_one_record_and_each_shows_what_the_other_wrote(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let [first, second] = two_tabs(browser, site).await?;
    browser.client()?.switch_to_window(first.clone()).await?;
    add(browser, &note("one")).await?;
    steps::go(browser, "#/timeline").await?;
    browser.client()?.switch_to_window(second.clone()).await?;
    // Without anything done here.
    browser.wait_for("Note one").await?;
    add(browser, &note("two")).await?;
    browser.client()?.switch_to_window(first).await?;
    browser.wait_for("Note two").await?;
    add(browser, &note("three")).await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())?;
    browser.client()?.switch_to_window(second).await?;
    let taken = steps::taken_out(browser, As::Ndjson, &keeper()).await?;
    let mut wanted = ["one", "two", "three"].map(note);
    wanted.sort();
    is(taken.keys().eq(wanted.iter()), || format!("the record holds {:?}", taken.keys()))?;
    is(steps::verify(browser).await?, || "the record does not hold in the second tab".into())?;
    browser.expect_no_complaints().await
}

async fn a_tab_that_is_closed_takes_nothing_along_and_locking_locks_all_tabs(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let [first, second] = two_tabs(browser, site).await?;
    let client = browser.client()?;
    client.switch_to_window(first).await?;
    add(browser, &note("before-the-end")).await?;
    client.close_window().await?;
    client.switch_to_window(second.clone()).await?;
    add(browser, &note("after-the-end")).await?;
    let taken = steps::taken_out(browser, As::Ndjson, &keeper()).await?;
    is(taken.len() == 2, || format!("the record holds {:?}", taken.keys()))?;

    let third = client.new_window(true).await?.handle;
    client.switch_to_window(third).await?;
    browser.open(&site.url("")).await?;
    steps::unlock(browser, &keeper().passphrase).await?;
    browser.click(&say!("lock")).await?;
    browser.heading(&say!("unlock-title")).await?;
    client.switch_to_window(second).await?;
    browser.wait_for(&say!("locked-other-tab")).await?;
    is(!browser.text().await?.contains(&keeper().name), || "the lock screen shows a name".into())?;
    browser.expect_no_complaints().await
}
