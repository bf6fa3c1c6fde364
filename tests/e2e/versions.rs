//! Two browsers amend one entry apart: both show both versions, one person settles it, both agree.

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};

use crate::{
    meeting::{compare, let_in, meet, part, same, start_second},
    pages::Found,
    steps::{self, Keeper, LONG, finish_recovery, is},
    words::say,
};

#[tokio::test]
async fn an_entry_amended_apart_is_settled_between_chromium_and_firefox() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), async |one: &mut Browser, site: &Site| {
        let mut other = Browser::start(Kind::Firefox, Setup::default()).await?;
        let result = amended_apart(one, &mut other, site).await;
        if result.is_err() {
            let _ = other.screenshot("failed-versions-other").await;
        }
        result
    })
    .await
}

/// Amends the only weight of the record.
async fn amend(browser: &Browser, before: &str, number: &str) -> Result<(), Trouble> {
    steps::go(browser, "#/timeline").await?;
    browser.click(&format!("Body weight {before}")).await?;
    browser.heading(&say!("trust-heading")).await?;
    browser.click(&say!("amend")).await?;
    browser.heading(&say!("amend-title")).await?;
    browser.type_into(&say!("measured-weight"), number).await?;
    browser.click(&say!("write-save")).await?;
    browser.heading("Body weight").await.map(|_| ())
}

async fn amended_apart(one: &mut Browser, other: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ida Quill", ["1", "5", "1970"], false, "walnut ferry candle");
    steps::start_record(one, site, &keeper).await?;
    steps::go(one, "#/write/2").await?;
    one.heading(&say!("sort-measurement")).await?;
    one.type_into(&say!("ask-measured"), &say!("measured-weight")).await?;
    one.type_into(&say!("measured-weight"), "80").await?;
    one.type_into(&say!("ask-unit"), "kg").await?;
    one.click(&say!("fill-now")).await?;
    one.click(&say!("write-save")).await?;
    one.heading("Body weight").await?;
    finish_recovery(one).await?;

    start_second(other, site).await?;
    other.click(&say!("connect-title")).await?;
    steps::go(one, "#/connect").await?;
    for browser in [&*one, &*other] {
        browser.heading(&say!("connect-title")).await?;
    }
    meet(one, other).await?;
    compare(one, other).await?;
    let_in(one, other, ("Second browser", &say!("role-patient-choice")), &keeper).await?;
    steps::go(other, "#/timeline").await?;
    other.wait_for_within("Body weight 80", LONG).await?;

    part(one, other).await?;
    for browser in [&*one, &*other] {
        steps::without_letters(browser).await?;
    }
    amend(one, "80", "81").await?;
    amend(other, "80", "82").await?;
    for browser in [&*one, &*other] {
        steps::go(browser, "#/connect").await?;
        browser.click(&say!("connect-again")).await?;
        browser.heading(&say!("connect-title")).await?;
    }
    meet(other, one).await?;
    same(one, other).await?;

    // Both see both, on the first page and in lists.
    let mut found = Found::default();
    for browser in [&mut *one, &mut *other] {
        steps::go(browser, "#/timeline").await?;
        for value in ["81", "82"] {
            browser.wait_for(&format!("Body weight {value}")).await?;
        }
        browser.wait_for(&say!("flag-disputed")).await?;
        steps::go(browser, "#/").await?;
        browser.heading(&say!("home-disputed", count = 1)).await?;
        let link = "document.querySelector('main a[href$=\"/versions\"]').click()";
        browser.evaluate(link, Vec::new()).await?;
        browser.heading(&say!("versions-title")).await?;
        for value in ["81", "82"] {
            browser.wait_for(&format!("{value} kg")).await?;
        }
        browser.wait_for(&say!("versions-differs")).await?;
        for width in [390, 1280] {
            browser.resize(width, 900).await?;
            found.look(browser, &format!("versions ({width} px)")).await?;
        }
    }
    found.nothing()?;

    // One keeps the version that the other device wrote.
    let keep = "const card = [...document.querySelectorAll('main section.card')].find((card) => card.textContent.includes('82'));
        card.querySelector('button').click()";
    one.evaluate(keep, Vec::new()).await?;
    one.heading(&say!("versions-question")).await?;
    let violations = one.accessibility().await?;
    is(violations.is_empty(), || format!("{violations:?}"))?;
    one.click(&say!("versions-do")).await?;
    one.heading("Body weight").await?;
    other.wait_for_within(&say!("versions-settled"), LONG).await?;
    for browser in [&*one, &*other] {
        steps::go(browser, "#/timeline").await?;
        browser.wait_for("Body weight 82").await?;
        browser.wait_gone("Body weight 81").await?;
        browser.wait_gone(&say!("flag-disputed")).await?;
        is(steps::verify(browser).await?, || "the record does not hold".into())?;
    }
    Ok(())
}
