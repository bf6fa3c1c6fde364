//! What goes by itself between two browsers: whenever both are here they meet, and else they leave each other letters.

use std::time::{Duration, Instant};

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};

use crate::{
    given::counted,
    meeting::{PASSPHRASE, compare, let_in, meet, note, noted, part, start_second},
    pages::Found,
    steps::{self, As, Keeper, LONG, finish_recovery, is},
    words::say,
};

/// Makes a test for Chromium and Firefox on one site.
macro_rules! between {
    ($name:ident, $what:ident) => {
        #[tokio::test]
        async fn $name() -> Result<(), Trouble> {
            with_browser(Kind::Chromium, Setup::default(), async |one: &mut Browser, site: &Site| {
                let mut other = Browser::start(Kind::Firefox, Setup::default()).await?;
                let result = $what(one, &mut other, site).await;
                if result.is_err() {
                    let _ = other.screenshot(concat!("failed-", stringify!($what), "-other")).await;
                }
                result
            })
            .await
        }
    };
}

between!(chromium_and_firefox_are_never_here_together_and_hold_the_same, letters_go);
between!(chromium_and_firefox_meet_whenever_both_are_here, both_meet);

/// Two devices of one person, which are connected.
async fn share(one: &Browser, other: &Browser, site: &Site) -> Result<Keeper, Trouble> {
    let keeper = Keeper::new("Ida Quill", ["1", "5", "1970"], false, "copper lantern meadow");
    steps::start_record(one, site, &keeper).await?;
    finish_recovery(one).await?;
    start_second(other, site).await?;
    for browser in [one, other] {
        steps::go(browser, "#/connect").await?;
        browser.heading(&say!("connect-title")).await?;
    }
    meet(one, other).await?;
    compare(one, other).await?;
    let_in(one, other, ("Second browser", &say!("role-patient-choice")), &keeper).await?;
    Ok(keeper)
}

/// Waits until both say that the other one is connected.
async fn connected(one: &Browser, other: &Browser) -> Result<(), Trouble> {
    for browser in [one, other] {
        steps::go(browser, "#/devices").await?;
        browser.wait_for_within(&say!("device-connected"), LONG).await?;
    }
    Ok(())
}

async fn both_meet(one: &mut Browser, other: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = share(one, other, site).await?;
    part(one, other).await?;
    connected(one, other).await?;
    // Whatever page it is, it says the same.
    one.wait_for(&say!("devices-safe", count = 2)).await?;
    one.wait_for(&say!("saved-here-more", count = 1)).await?;
    note(one, "written while both are here").await?;
    let first = noted("written while both are here");
    holds(other, &keeper, std::slice::from_ref(&first)).await?;

    // One goes away and comes back.
    leave(other).await?;
    steps::go(one, "#/").await?;
    note(one, "written while the second is away").await?;
    come(other, site, PASSPHRASE).await?;
    connected(one, other).await?;
    holds(other, &keeper, &[first, noted("written while the second is away")]).await?;

    // What is switched off on one meets nobody.
    steps::without_letters(one).await?;
    steps::go(other, "#/devices").await?;
    for browser in [&*one, &*other] {
        browser.wait_gone(&say!("device-connected")).await?;
    }
    Ok(())
}

/// Waits until the one block that was written here waits for the other device in a letter.
async fn all_left(browser: &Browser) -> Result<(), Trouble> {
    steps::go(browser, "#/devices").await?;
    browser.heading(&say!("devices-title")).await?;
    browser.wait_for_within(&say!("device-in-letters", count = 1), LONG).await
}

/// Waits on the page of devices until all letters were fetched and left.
async fn all_went(browser: &Browser) -> Result<(), Trouble> {
    steps::go(browser, "#/devices").await?;
    browser.heading(&say!("letters-title")).await?;
    let said = say!("letters-done", when = "");
    let said = said.split('(').next().unwrap_or_default();
    browser.wait_for_within(said, LONG).await
}

/// What a browser holds grows to this.
async fn holds(browser: &Browser, keeper: &Keeper, texts: &[String]) -> Result<(), Trouble> {
    let start = Instant::now();
    let mut taken = steps::taken_out(browser, As::Ndjson, keeper).await?;
    while taken.values().sum::<usize>() < texts.len() && start.elapsed() < LONG {
        tokio::time::sleep(Duration::from_millis(500)).await;
        taken = steps::taken_out(browser, As::Ndjson, keeper).await?;
    }
    steps::same(&counted(texts), &taken)
}

/// Nobody is there: the app is not open.
async fn leave(browser: &Browser) -> Result<(), Trouble> {
    browser.open("about:blank").await
}

async fn come(browser: &Browser, site: &Site, passphrase: &str) -> Result<(), Trouble> {
    browser.open(&site.url("")).await?;
    steps::unlock(browser, passphrase).await
}

async fn letters_go(one: &mut Browser, other: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = share(one, other, site).await?;
    part(one, other).await?;
    leave(other).await?;

    // The first writes and goes away; the second comes, finds it, writes and goes away.
    note(one, "written on the first").await?;
    all_left(one).await?;
    let mut found = Found::default();
    found.look(one, "letters").await?;
    found.nothing()?;
    leave(one).await?;
    come(other, site, PASSPHRASE).await?;
    let first = noted("written on the first");
    holds(other, &keeper, std::slice::from_ref(&first)).await?;
    note(other, "written on the second").await?;
    all_left(other).await?;
    leave(other).await?;

    // The first comes back and has both, and knows that the second has what it wrote.
    come(one, site, &keeper.passphrase).await?;
    let both = [first, noted("written on the second")];
    holds(one, &keeper, &both).await?;
    all_went(one).await?;
    one.wait_for(&say!("device-everything")).await?;
    is(steps::verify(one).await?, || "the record does not hold".into())?;

    // Switched off, nothing goes.
    steps::without_letters(one).await?;
    note(one, "kept here").await?;
    leave(one).await?;
    come(other, site, PASSPHRASE).await?;
    all_went(other).await?;
    steps::same(&counted(&both), &steps::taken_out(other, As::Ndjson, &keeper).await?)
}
