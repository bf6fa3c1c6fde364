//! Keys are forgotten when nobody is there.

use std::time::Duration;

use chartchain_tests::{Kind, Setup, Trouble, with_browser};

use crate::{
    steps::{self, Keeper, is},
    words::say,
};

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
