//! A browser that dies in the middle of its work.

use std::time::Duration;

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::Given,
    in_both_browsers,
    steps::{self, As, Keeper, first_of, is, same},
    words::{say, with_commas},
};

in_both_browsers!(an_import_that_was_killed_goes_on_and_brings_everything_in_once);

const COUNT: usize = 8_000;

async fn an_import_that_was_killed_goes_on_and_brings_everything_in_once(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ines Valtorta", ["3", "9", "1971"], false, "umbrella gravel sonnet");
    let given = Given::measurements(&keeper, COUNT)?;
    let count = given.texts.len();
    is(count == COUNT + 1, || format!("the file holds {count} resources"))?;
    steps::start_record(browser, site, &keeper).await?;
    steps::choose_file(browser, &given.path).await?;
    browser.wait_for_within(&say!("found-title"), steps::LONG).await?;
    browser.click(&say!("found-import", count = count)).await?;
    let done = progress(browser, count).await?;
    browser.kill();
    browser.reopen().await?;

    browser.open(&site.url("#/add")).await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    first_of(browser, &[&say!("add-done"), &say!("add-known-title")], Duration::from_secs(240))
        .await
        .map_err(|trouble| Trouble::wrong(format!("killed when {done} were in: {trouble}")))?;
    same(&given.counted(), &steps::taken_out(browser, As::Ndjson, &keeper).await?)?;
    is(steps::verify(browser).await?, || "the record does not hold after a kill".into())?;
    browser.expect_no_complaints().await
}

/// Waits until some, but not all, are in; tells how many.
async fn progress(browser: &Browser, count: usize) -> Result<usize, Trouble> {
    let total = with_commas(u32::try_from(count).map_or(f64::MAX, f64::from));
    let start = std::time::Instant::now();
    while start.elapsed() < steps::LONG {
        let page = browser.text().await?;
        let said = page.lines().find_map(|line| {
            let done = line.strip_suffix(&say!("job-of-entries", done = "", total = total.clone()))?;
            done.replace(',', "").trim().parse::<usize>().ok()
        });
        if let Some(done) = said.filter(|done| *done > 0) {
            is(done < count, || "the import ended before it could be killed".into())?;
            return Ok(done);
        }
        is(!page.contains(&say!("add-done")), || "the import ended before it could be killed".into())?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(Trouble::Late { wanted: "the first entries".into(), waited: steps::LONG })
}
