//! A browser that is killed again and again while it writes: what was acknowledged is there afterwards, once.

use std::time::Duration;

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    in_both_browsers,
    steps::{self, As, Keeper, is},
    words::say,
};

in_both_browsers!(nothing_acknowledged_is_lost_however_often_the_browser_is_killed);

/// How often, unless `CHARTCHAIN_KILLS` says otherwise; a long run takes 200.
const KILLS: u32 = 3;

fn kills() -> u32 {
    std::env::var("CHARTCHAIN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS)
}

/// Begins to bring in one resource, once nothing else is under way.
async fn begin(browser: &Browser, text: &str) -> Result<(), Trouble> {
    let start = std::time::Instant::now();
    steps::go(browser, "#/add").await?;
    while browser.text_of("h1").await? != say!("add-title") {
        is(start.elapsed() < steps::LONG, || "an earlier import does not end".into())?;
        if browser.text().await?.contains(&say!("add-another")) {
            browser.click(&say!("add-another")).await?;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    steps::paste(browser, text).await?;
    browser.click(&say!("found-import", count = 1)).await
}

/// Brings in one resource and waits until the page says that it is in.
async fn add(browser: &Browser, text: &str) -> Result<(), Trouble> {
    begin(browser, text).await?;
    browser.wait_for_within(&say!("add-done-title", count = 1), steps::LONG).await
}

async fn nothing_acknowledged_is_lost_however_often_the_browser_is_killed(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Gwendal Abernathy", ["30", "11", "1962"], true, "cellar thimble fog");
    let note = |number: u32, word: &str| {
        format!(r#"{{"resourceType":"Basic","id":"{word}-{number}","code":{{"text":"Note {word} {number}"}}}}"#)
    };
    steps::start_record(browser, site, &keeper).await?;
    let mut acknowledged = Vec::new();
    for number in 0..kills() {
        let text = note(number, "said");
        add(browser, &text).await?;
        acknowledged.push(text);
        // One more is on its way when the browser dies, a little later every time.
        begin(browser, &note(number, "unsaid")).await?;
        tokio::time::sleep(Duration::from_millis(u64::from(number * 7 % 61))).await;
        browser.kill();
        browser.reopen().await?;
        browser.open(&site.url("#/add")).await?;
        steps::unlock(browser, &keeper.passphrase).await?;
    }
    let taken = steps::taken_out(browser, As::Ndjson, &keeper).await?;
    for text in &acknowledged {
        is(taken.get(text) == Some(&1), || format!("{text} is there {:?} times", taken.get(text)))?;
    }
    let more = taken.iter().find(|(text, count)| **count != 1 || !text.contains("said-"));
    is(more.is_none(), || format!("{more:?} is more than was written"))?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}
