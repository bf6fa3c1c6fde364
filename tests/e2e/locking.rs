//! Keys are forgotten when nobody is there, and when another tab takes over.

use std::time::Duration;

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};

use crate::{
    in_both_browsers,
    steps::{self, As, Keeper, is},
    words::say,
};

in_both_browsers!(a_second_tab_takes_over_and_the_first_one_says_so);

// A minute's wait; time is the same in every browser.
#[tokio::test]
async fn the_record_locks_by_itself_when_nobody_does_anything() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), async |browser, site| {
        let keeper = keeper();
        steps::start_record(browser, site, &keeper).await?;
        steps::go(browser, "#/settings").await?;
        browser.type_into(&say!("auto-lock"), &say!("minutes", count = 1)).await?;
        browser.wait_for(&say!("settings-saved")).await?;
        tokio::time::sleep(Duration::from_secs(40)).await;
        is(!browser.text().await?.contains(&say!("unlock-title")), || "it locked too early".into())?;
        browser.wait_for_within(&say!("locked-idle"), Duration::from_secs(40)).await?;
        is(!browser.text().await?.contains(&keeper.name), || "the lock screen shows a name".into())?;
        steps::unlock(browser, &keeper.passphrase).await?;
        browser.expect_no_complaints().await
    })
    .await
}

fn keeper() -> Keeper {
    Keeper::new("Hanne Ostrowe", ["21", "7", "1984"], false, "lantern biscuit forty")
}

async fn a_second_tab_takes_over_and_the_first_one_says_so(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    let client = browser.client()?;
    let failed = |error: fantoccini::error::CmdError| Trouble::from(error);
    let first = client.window().await.map_err(failed)?;
    let second = client.new_window(true).await.map_err(failed)?.handle;
    client.switch_to_window(second.clone()).await.map_err(failed)?;
    browser.open(&site.url("")).await?;
    steps::unlock(browser, &keeper.passphrase).await?;

    // The first tab may not write any more, and says why.
    browser.client()?.switch_to_window(first).await.map_err(failed)?;
    let written = r#"{"resourceType":"Basic","id":"from-the-first-tab","code":{"text":"Note"}}"#;
    if !browser.text().await?.contains(&say!("elsewhere-title")) {
        steps::paste(browser, written).await?;
    }
    browser.wait_for(&say!("elsewhere-title")).await?;

    // The second goes on as if nothing had been.
    browser.client()?.switch_to_window(second).await.map_err(failed)?;
    let kept = r#"{"resourceType":"Basic","id":"from-the-second-tab","code":{"text":"Note"}}"#;
    steps::paste(browser, kept).await?;
    browser.click(&say!("found-import", count = 1)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 1), steps::LONG).await?;
    let taken = steps::taken_out(browser, As::Ndjson, &keeper).await?;
    is(taken.keys().eq([kept]), || format!("the record holds {:?}", taken.keys()))?;
    is(steps::verify(browser).await?, || "the record does not hold".into())?;
    browser.expect_no_complaints().await
}
