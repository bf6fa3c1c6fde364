//! The third engine. WebKitGTK has neither WebRTC nor `navigator.storage`: the app says what it cannot know and goes on.
//! What its driver cannot do stands in the module `webkit` of this package: a session begins with an empty profile, so a
//! "lost device" is simply the next session, and nothing that outlives one can be tested here.

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};
use serde_json::json;

use crate::{
    given::Given,
    steps::{self, is, shown_words},
    words::say,
};

#[tokio::test]
async fn the_whole_path_from_first_start_to_restore_in_webkit() -> Result<(), Trouble> {
    with_browser(Kind::WebKit, Setup::default(), the_whole_path).await
}

#[tokio::test]
async fn files_go_in_and_come_out_in_webkit() -> Result<(), Trouble> {
    with_browser(Kind::WebKit, Setup::default(), crate::harness::files_go_in_and_come_out).await
}

async fn the_whole_path(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let given = Given::person()?;
    let keeper = given.keeper()?;
    steps::start_record(browser, site, &keeper).await?;
    let missing = "return ['RTCPeerConnection' in window, 'storage' in navigator]";
    let missing = browser.evaluate(missing, Vec::new()).await?;
    is(missing == json!([false, false]), || {
        format!("WebRTC and navigator.storage: {missing}; what this test says of them is no longer so")
    })?;

    steps::add_file(browser, &given.path, given.texts.len()).await?;
    steps::go(browser, "#/s/3").await?;
    browser.heading(&say!("section-vitals")).await?;
    browser.click("Blood pressure ").await?;
    browser.click(&say!("review-open")).await?;
    browser.heading(&say!("trust-heading")).await?;
    browser.wait_for(&say!("signed-by-you")).await?;
    is(steps::verify(browser).await?, || "a fresh record does not hold".into())?;
    steps::go(browser, "#/settings").await?;
    browser.wait_for(&say!("storage-unknown")).await?;

    browser.click(&say!("lock")).await?;
    browser.wait_for(&say!("locked-asked")).await?;
    is(!browser.text().await?.contains(&keeper.name), || "the lock screen shows a name".into())?;
    steps::unlock(browser, &keeper.passphrase).await?;
    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    let before = steps::taken_out(browser, steps::As::Bundle, &keeper).await?;

    steps::go(browser, "#/recovery").await?;
    let words = shown_words(browser).await?.join(" ");
    steps::go(browser, "#/backup").await?;
    browser.heading(&say!("backup-title")).await?;
    browser.click(&say!("backup-do")).await?;
    browser.heading(&say!("backup-saved")).await?;
    let file = browser.downloaded(".backup").await?;
    browser.expect_no_complaints().await?;

    // Another device.
    let mut other = Browser::start(Kind::WebKit, Setup::default()).await?;
    other.open(&site.url("")).await?;
    other.click(&say!("start-restore")).await?;
    other.heading(&say!("restore-title")).await?;
    other.upload(&[&file]).await?;
    other.type_into(&say!("word-of", place = "1"), &words).await?;
    let passphrase = "pebble lantern fourteen";
    other.type_into(&say!("passphrase"), passphrase).await?;
    other.type_into(&say!("passphrase-again"), passphrase).await?;
    other.click(&say!("restore-do")).await?;
    other.heading(&say!("home-record")).await?;
    other.wait_for(&keeper.name).await?;
    let after = steps::taken_out(&other, steps::As::Bundle, &keeper).await?;
    steps::same(&before, &after)?;
    is(steps::verify(&other).await?, || "what came back does not hold".into())?;
    other.expect_no_complaints().await?;
    other.close().await
}
