//! Two browsers that are never connected: one asks by file, is let in by file, and both give each other what is new by files.

use std::path::{Path, PathBuf};

use chartchain_tests::{Browser, Kind, Site, Trouble, with_browser};

use crate::{
    given::{Given, counted},
    meeting::{note, noted, start_second},
    steps::{self, As, LONG, finish_recovery, is},
    words::say,
};

#[tokio::test]
async fn firefox_gets_all_from_chromium_by_files_only() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Default::default(), async |one: &mut Browser, site: &Site| {
        let other = Browser::start(Kind::Firefox, Default::default()).await?;
        let result = a_record_goes_over_by_files(one, &other, site).await;
        if result.is_err() {
            let _ = other.screenshot("failed-by-file-other").await;
        }
        result
    })
    .await
}

/// Deletes older downloads, and lets the page make one.
async fn downloaded(browser: &Browser, ending: &str, click: &str, then: &str) -> Result<PathBuf, Trouble> {
    for old in std::fs::read_dir(browser.downloads()).into_iter().flatten().flatten() {
        std::fs::remove_file(old.path()).map_err(|error| Trouble::wrong(error.to_string()))?;
    }
    browser.click(click).await?;
    browser.wait_for_within(then, LONG).await?;
    browser.downloaded(ending).await
}

async fn number(browser: &Browser) -> Result<String, Trouble> {
    browser.text_of(".compare-code").await
}

/// Gives a file to the page for files from other devices.
async fn open(browser: &Browser, file: &Path) -> Result<(), Trouble> {
    steps::go(browser, "#/file/open").await?;
    browser.heading(&say!("open-title")).await?;
    browser.upload(&[file]).await
}

/// The second browser sends what the first lacks, and the first opens it.
async fn send(from: &Browser, to: &Browser) -> Result<(), Trouble> {
    steps::go(from, "#/").await?;
    from.wait_gone(&say!("send-saved")).await?;
    steps::go(from, "#/file/send").await?;
    from.heading(&say!("send-title")).await?;
    let violations = from.accessibility().await?;
    is(violations.is_empty(), || format!("{violations:?}"))?;
    let parcel = downloaded(from, ".parcel", &say!("send-make"), &say!("send-saved")).await?;
    open(to, &parcel).await?;
    to.heading(&say!("open-done")).await.map(|_| ())
}

async fn a_record_goes_over_by_files(one: &Browser, other: &Browser, site: &Site) -> Result<(), Trouble> {
    let given = Given::person()?;
    let keeper = given.keeper()?;
    steps::start_record(one, site, &keeper).await?;
    finish_recovery(one).await?;
    steps::add_file(one, &given.path, given.texts.len()).await?;

    // The other one asks.
    start_second(other, site).await?;
    other.click(&say!("connect-title")).await?;
    other.heading(&say!("connect-title")).await?;
    other.click(&say!("ask-file-title")).await?;
    other.heading(&say!("ask-file-title")).await?;
    other.type_into(&say!("met-name"), "Second browser").await?;
    let request = downloaded(other, ".request", &say!("ask-file-make"), &say!("ask-file-made")).await?;
    let asked = number(other).await?;
    other.click(&say!("send-moving-show")).await?;
    other.wait_for(&say!("moving-stop")).await?;
    let violations = other.accessibility().await?;
    is(violations.is_empty(), || format!("{violations:?}"))?;

    // What is no such file says so.
    open(one, &given.path).await?;
    one.wait_for(&say!("fault-not-a-parcel")).await?;

    // The first one lets it in.
    steps::go(one, "#/devices").await?;
    one.click(&say!("open-title")).await?;
    open(one, &request).await?;
    one.heading(&say!("let-in-title")).await?;
    let seen = number(one).await?;
    is(seen == asked, || format!("one shows {seen}, the other {asked}"))?;
    let violations = one.accessibility().await?;
    is(violations.is_empty(), || format!("{violations:?}"))?;
    one.click(&say!("role-delegate-choice")).await?;
    one.click(&say!("let-in-next")).await?;
    one.heading(&say!("let-in-question", name = "Second browser")).await?;
    let parcel = downloaded(one, ".parcel", &say!("let-in-do"), &say!("send-saved")).await?;
    let invited = number(one).await?;

    // The other one opens the answer.
    other.click(&say!("ask-file-open")).await?;
    open(other, &parcel).await?;
    other.heading(&say!("open-invited")).await?;
    let seen = number(other).await?;
    is(seen == invited, || format!("one shows {invited}, the other {seen}"))?;
    other.click(&say!("compare-same")).await?;
    other.heading(&say!("open-done")).await?;
    other.click(&say!("sharing-open")).await?;
    other.wait_for(&keeper.name).await?;
    steps::same(&counted(&given.texts), &steps::taken_out(other, As::Ndjson, &keeper).await?)?;

    // Both write, and files go both ways.
    for browser in [one, other] {
        steps::without_letters(browser).await?;
    }
    note(one, "written on the first").await?;
    note(other, "written on the second").await?;
    send(other, one).await?;
    send(one, other).await?;
    let notes = [noted("written on the first"), noted("written on the second")];
    let all: Vec<String> = given.texts.iter().cloned().chain(notes).collect();
    for browser in [one, other] {
        steps::same(&counted(&all), &steps::taken_out(browser, As::Ndjson, &keeper).await?)?;
        is(steps::verify(browser).await?, || "the record does not hold".into())?;
    }
    steps::go(one, "#/devices").await?;
    // What went last was not confirmed by a file back.
    one.wait_for(&say!("device-lacks", count = 1)).await
}
