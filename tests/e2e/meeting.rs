//! What two people do to connect their browsers, step by step.

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    steps::{self, Keeper, LONG, is},
    words::say,
};

/// What unlocks the second device.
pub(crate) const PASSPHRASE: &str = "walnut ferry candle";

/// The link under the code that the page shows.
pub(crate) async fn link_shown(browser: &Browser) -> Result<String, Trouble> {
    Ok(browser.text_of(".code-text").await?.trim().to_owned())
}

/// From the page "Connect" of both to the number that both show: with which codes.
pub(crate) async fn meet(one: &Browser, other: &Browser) -> Result<[String; 2], Trouble> {
    one.click(&say!("connect-show")).await?;
    one.heading(&say!("connect-code-title")).await?;
    let offer = link_shown(one).await?;
    other.type_into(&say!("connect-paste"), &offer).await?;
    other.click(&say!("connect-read")).await?;
    other.heading(&say!("connect-answer-title")).await?;
    let answer = link_shown(other).await?;
    one.type_into(&say!("connect-paste"), &answer).await?;
    one.click(&say!("connect-read")).await?;
    Ok([offer, answer])
}

pub(crate) async fn compare(one: &Browser, other: &Browser) -> Result<(), Trouble> {
    let mut numbers = Vec::new();
    for browser in [one, other] {
        browser.heading(&say!("compare-title")).await?;
        numbers.push(browser.text_of(".compare-code").await?);
    }
    is(numbers.first() == numbers.last(), || format!("they show {numbers:?}"))?;
    for browser in [one, other] {
        browser.click(&say!("compare-same")).await?;
    }
    Ok(())
}

/// A second device: somebody who keeps no record there yet.
pub(crate) async fn start_second(other: &Browser, site: &Site) -> Result<(), Trouble> {
    let second = Keeper::new("Nobody Yet", ["1", "1", "1990"], false, PASSPHRASE);
    other.open(&site.url("")).await?;
    other.click(&say!("start-begin")).await?;
    steps::choose_passphrase(other, &second).await?;
    other.heading(&say!("new-record-title")).await.map(|_| ())
}

/// After both have compared the number: the second asks by a name, and the first lets it in as this.
pub(crate) async fn let_in(
    one: &Browser,
    other: &Browser,
    (name, role): (&str, &str),
    keeper: &Keeper,
) -> Result<(), Trouble> {
    other.heading(&say!("met-title")).await?;
    other.type_into(&say!("met-name"), name).await?;
    other.click(&say!("met-ask")).await?;
    one.heading(&say!("let-in-title")).await?;
    one.click(role).await?;
    one.click(&say!("let-in-next")).await?;
    one.click(&say!("let-in-do")).await?;
    same(one, other).await?;
    other.click(&say!("sharing-open")).await?;
    other.wait_for(&keeper.name).await
}

/// The first ends the connection.
pub(crate) async fn part(one: &Browser, other: &Browser) -> Result<(), Trouble> {
    steps::go(one, "#/connect").await?;
    one.click(&say!("connect-stop")).await?;
    one.heading(&say!("link-over")).await?;
    steps::go(other, "#/connect").await?;
    other.heading(&say!("link-over")).await.map(|_| ())
}

/// Waits until both say that they hold the same.
pub(crate) async fn same(one: &Browser, other: &Browser) -> Result<(), Trouble> {
    for browser in [one, other] {
        browser.wait_for_within(&say!("link-same"), LONG).await?;
    }
    Ok(())
}

/// An entry of this text.
pub(crate) fn noted(text: &str) -> String {
    let id = text.replace(' ', "-");
    format!(r#"{{"resourceType":"Basic","id":"{id}","code":{{"text":"{text}"}}}}"#)
}

/// Adds an entry of this text.
pub(crate) async fn note(browser: &Browser, text: &str) -> Result<(), Trouble> {
    steps::paste(browser, &noted(text)).await?;
    browser.click(&say!("found-import", count = 1)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 1), LONG).await
}
