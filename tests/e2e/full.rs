//! A device without room. Quotas that a driver sets do not reach IndexedDB, so the worker's own storage refuses to write.

use std::time::Duration;

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    ended::Altered,
    given::Given,
    in_both_browsers,
    steps::{self, As, Keeper, first_of, is, same},
    words::say,
};

in_both_browsers!(a_device_that_is_full_loses_nothing_and_says_what_to_do);

/// While the channel says that the device is full, every write fails as it does then.
const FULL: &str = "
let full = false;
new BroadcastChannel('full').onmessage = (event) => (full = event.data);
const { put } = IDBObjectStore.prototype;
IDBObjectStore.prototype.put = function (...row) {
  if (full) throw new DOMException('no room', 'QuotaExceededError');
  return put.apply(this, row);
};
";

async fn a_device_that_is_full_loses_nothing_and_says_what_to_do(
    browser: &mut Browser,
    _: &Site,
) -> Result<(), Trouble> {
    let altered = Altered::serve(|dist| {
        let script = dist.join("worker-vault.js");
        let text = std::fs::read_to_string(&script)?;
        std::fs::write(script, FULL.to_owned() + &text)
    })
    .await?;
    let keeper = Keeper::new("Philippa Drummond", ["17", "8", "1966"], false, "ribbon anvil mustard");
    let (before, after) = (Given::measurements(&keeper, 40)?, Given::measurements(&keeper, 900)?);
    steps::start_record(browser, &altered.site, &keeper).await?;
    steps::add_file(browser, &before.path, before.texts.len()).await?;

    // Full while the file is read.
    set_full(browser, true).await?;
    steps::choose_file(browser, &after.path).await?;
    told(browser).await?;
    let violations = browser.accessibility().await?;
    is(violations.is_empty(), || format!("{violations:?}"))?;

    // Full while its entries are written.
    set_full(browser, false).await?;
    browser.click(&say!("add-choose-again")).await?;
    steps::choose_file(browser, &after.path).await?;
    browser.wait_for_within(&say!("found-title"), steps::LONG).await?;
    set_full(browser, true).await?;
    browser.click(&say!("found-import", count = after.texts.len())).await?;
    told(browser).await?;
    steps::go(browser, "#/settings").await?;
    browser.heading(&say!("settings-storage")).await?;

    // With room again, the same file brings in the rest, and nothing twice.
    set_full(browser, false).await?;
    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    steps::go(browser, "#/add").await?;
    let (ready, done, known) = (say!("add-title"), say!("add-done"), say!("add-known-title"));
    if first_of(browser, &[&ready, &done, &known], steps::LONG).await? == ready {
        steps::choose_file(browser, &after.path).await?;
        browser.wait_for_within(&say!("found-title"), steps::LONG).await?;
        browser.click(&say!("found-import", count = after.texts.len())).await?;
        first_of(browser, &[&done, &known], Duration::from_secs(180)).await?;
    }
    let mut all = before.counted();
    all.extend(after.counted());
    same(&all, &steps::taken_out(browser, As::Ndjson, &keeper).await?)?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

async fn set_full(browser: &Browser, full: bool) -> Result<(), Trouble> {
    browser.evaluate("new BroadcastChannel('full').postMessage(arguments[0])", vec![full.into()]).await.map(|_| ())
}

async fn told(browser: &Browser) -> Result<(), Trouble> {
    browser.wait_for_within(&say!("fault-storage-full"), steps::LONG).await?;
    for step in [say!("full-free-room"), say!("full-look"), say!("full-again")] {
        browser.wait_for(&step).await?;
    }
    Ok(())
}
