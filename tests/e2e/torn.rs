//! What a browser does with its storage after it was killed in the middle of a write, and what the app then shows.

use std::{
    fs::{File, read_dir},
    io::Write as _,
    path::PathBuf,
};

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};

use crate::{
    in_both_browsers,
    steps::{self, As, Keeper, is},
    tabs::{add, note},
    words::say,
};

in_both_browsers!(a_record_whose_list_of_people_is_lost_is_no_first_start);

/// Length of a block of LevelDB's log. No record goes over its end.
const BLOCK: u64 = 32 * 1024;

fn keeper() -> Keeper {
    Keeper::new("Runa Falkenberg", ["3", "2", "1971"], false, "anchor willow cream")
}

fn wrong(error: std::io::Error) -> Trouble {
    Trouble::wrong(format!("the browser's storage: {error}"))
}

/// The log that Chromium writes next to.
fn newest_log(browser: &Browser) -> Result<PathBuf, Trouble> {
    let mut found = Vec::new();
    for store in read_dir(browser.profile().join("Default/IndexedDB")).map_err(wrong)?.flatten() {
        let files = read_dir(store.path()).into_iter().flatten().flatten().map(|file| file.path());
        found.extend(files.filter(|path| path.extension().is_some_and(|extension| extension == "log")));
    }
    found.sort();
    found.pop().ok_or_else(|| Trouble::wrong("Chromium keeps no log where it did"))
}

/// Puts a record at the end of the log of which so many bytes are there: a header of check sum, length and kind, then garbage.
fn append(browser: &Browser, length: u16, there: u16) -> Result<(), Trouble> {
    let path = newest_log(browser)?;
    let taken = std::fs::metadata(&path).map_err(wrong)?.len() % BLOCK;
    let mut record = Vec::new();
    if BLOCK - taken < u64::from(length) + 7 {
        // An empty record of no kind ends a block.
        record.resize(usize::try_from(BLOCK - taken).unwrap_or(0), 0);
    }
    record.extend([7, 7, 7, 7]);
    record.extend(length.to_le_bytes());
    record.push(1);
    record.extend(std::iter::repeat_n(b'x', there.into()));
    File::options().append(true).open(path).and_then(|mut log| log.write_all(&record)).map_err(wrong)
}

#[tokio::test]
async fn chromium_killed_in_the_middle_of_a_write_and_once_more_loses_nothing_acknowledged() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), twice_killed).await
}

async fn twice_killed(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    for id in ["one", "two", "three"] {
        add(browser, &note(id)).await?;
        browser.kill();
        append(browser, 2000, 500)?;
        browser.reopen().await?;
        browser.open(&site.url("#/add")).await?;
        steps::unlock(browser, &keeper.passphrase).await?;
    }
    let taken = steps::taken_out(browser, As::Ndjson, &keeper).await?;
    is(taken.len() == 3, || format!("the record holds {:?}", taken.keys()))?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

#[tokio::test]
async fn what_chromium_has_lost_is_told_and_is_no_first_start() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), lost).await
}

async fn lost(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    browser.kill();
    append(browser, 500, 500)?;
    browser.reopen().await?;
    browser.open(&site.url("#/add")).await?;
    browser.wait_for(&say!("gone-title")).await?;
    browser.wait_for(&say!("start-restore")).await?;
    // It is told until the person knows it.
    browser.open(&site.url("")).await?;
    browser.reload().await?;
    browser.wait_for(&say!("gone-title")).await?;
    browser.click(&say!("gone-fine")).await?;
    browser.wait_gone(&say!("gone-title")).await?;
    steps::start_record(browser, site, &keeper).await?;
    is(steps::verify(browser).await?, || "the new record does not hold".into())
}

async fn a_record_whose_list_of_people_is_lost_is_no_first_start(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    let script = "return new Promise((done, failed) => {
        const opening = indexedDB.open('chartchain-profile');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
            const clearing = opening.result.transaction('rows', 'readwrite');
            clearing.objectStore('rows').clear();
            clearing.oncomplete = () => { opening.result.close(); done(true); };
        };
    })";
    browser.evaluate(script, Vec::new()).await?;
    browser.reload().await?;
    browser.heading(&say!("broken-title")).await?;
    browser.wait_for(&say!("fault-unlisted")).await?;
    browser.click(&say!("try-again")).await?;
    browser.wait_for(&say!("fault-unlisted")).await?;
    browser.click(&say!("unlisted-anew")).await?;
    browser.wait_for(&say!("gone-title")).await?;
    browser.wait_for(&say!("start-begin")).await.map(|_| ())
}
