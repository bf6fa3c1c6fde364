//! On paper: every page says whose it is, and nothing on it is there to be clicked.

use base64::{Engine, prelude::BASE64_STANDARD};
use chartchain_tests::{Browser, Kind, Media, Setup, Site, Trouble, with_browser};
use serde_json::{Value, json};

use crate::{
    given::Given,
    pages::pages,
    steps::{self, is},
    words::say,
};

#[tokio::test]
async fn every_page_of_a_record_says_on_paper_whose_it_is_in_chromium() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), every_page_of_a_record_says_on_paper_whose_it_is).await
}

/// What a person might press, shown on the page. Buttons that read like text stay as text.
const TO_PRESS: &str =
    "return [...document.querySelectorAll('nav, button:not(.link), input, select, textarea, .button')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1)
    .filter((one) => !one.closest('form, fieldset'))
    .map((one) => one.outerHTML.slice(0, 90))";

async fn every_page_of_a_record_says_on_paper_whose_it_is(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let given = Given::person()?;
    let keeper = given.keeper()?;
    steps::start_record(browser, site, &keeper).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    let [_, _, year] = keeper.born.clone();
    let mut faults = Vec::new();
    let of_the_record = pages().into_iter().filter(|(page, _)| !["#/records/new", "#/nowhere"].contains(page));
    for (page, ready) in of_the_record {
        browser.show_as(Media::Screen).await?;
        steps::go(browser, page).await?;
        browser.wait_for(&ready).await?;
        browser.wait_gone(&say!("opening")).await?;
        browser.show_as(Media::Print).await?;
        let text = browser.text().await?;
        for wanted in [&keeper.name, &year, &say!("born")] {
            if !text.contains(wanted.as_str()) {
                faults.push(format!("{page} does not say {wanted} on paper"));
            }
        }
        let pressed = browser.evaluate(TO_PRESS, Vec::new()).await?;
        for one in pressed.as_array().into_iter().flatten().filter_map(Value::as_str) {
            faults.push(format!("{page} shows on paper {one}"));
        }
        let printed = browser.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true })).await?;
        let printed = printed.get("data").and_then(Value::as_str).unwrap_or_default();
        let printed = BASE64_STANDARD.decode(printed).unwrap_or_default();
        is(printed.starts_with(b"%PDF-"), || format!("{page} cannot be printed"))?;
    }
    is(faults.is_empty(), || faults.join("\n"))
}
