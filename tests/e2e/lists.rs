//! Long lists: every entry can be reached, and whoever uses keys stays where they were.

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::Given,
    in_both_browsers,
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(a_list_of_one_kind_shows_all_of_it_and_focus_moves_to_what_came);

const CURRENT: usize = 70;
const PAST: usize = 530;

fn medicine(number: usize, status: &str) -> String {
    let (year, day) = (1990 + number % 30, 1 + number % 28);
    format!(
        r#"{{"resourceType":"MedicationStatement","id":"m{number}","status":"{status}","subject":{{"reference":"Patient/one"}},"medicationCodeableConcept":{{"text":"Remedy {number}"}},"effectiveDateTime":"{year}-05-{day:02}"}}"#
    )
}

async fn a_list_of_one_kind_shows_all_of_it_and_focus_moves_to_what_came(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Leopold Anstruther", ["1", "2", "1951"], true, "pebble harvest cinnamon");
    let mut lines = vec![keeper.resource("one")];
    lines.extend((0..CURRENT).map(|number| medicine(number, "active")));
    lines.extend((CURRENT..CURRENT + PAST).map(|number| medicine(number, "completed")));
    let given = Given::file("Medicines.ndjson", lines.join("\n").as_bytes())?;
    steps::start_record(browser, site, &keeper).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;

    steps::go(browser, "#/s/2").await?;
    browser.wait_for(&say!("medicines-current", count = CURRENT)).await?;
    browser.wait_for(&say!("medicines-past", count = PAST)).await?;
    is(shown(browser, "now").await? == 60, || "the first page is not 60 long".into())?;

    browser.click(&say!("show-more", count = CURRENT - 60)).await?;
    expect_focus(browser, "now", 60).await?;
    is(shown(browser, "now").await? == 70, || "not everything current is shown".into())?;
    let said =
        browser.evaluate("return document.querySelector('[role=status][aria-live=polite]').innerText", Vec::new());
    let said = said.await?;
    let wanted = say!("shown-of", shown = CURRENT, total = CURRENT);
    is(said.as_str() == Some(wanted.as_str()), || format!("read out was {said}"))?;

    // By keys alone: the button follows the last entry.
    let mut there = 60;
    while there < PAST {
        let focus = "document.querySelector('#past .pager button').focus()";
        browser.evaluate(focus, Vec::new()).await?;
        browser.press("Enter").await?;
        expect_focus(browser, "past", there).await?;
        there = shown(browser, "past").await?;
    }
    is(there == PAST, || format!("{there} of {PAST} are shown"))?;
    is(!browser.text().await?.contains(&say!("rest-in-timeline")), || "the list says that it is cut".into())?;
    browser.expect_no_complaints().await
}

async fn shown(browser: &Browser, list: &str) -> Result<usize, Trouble> {
    let script = "return document.querySelectorAll(`#${arguments[0]} .thing-title a`).length";
    let count = browser.evaluate(script, vec![list.into()]).await?;
    Ok(count.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
}

/// Waits until the entry at this place of the list has the focus.
async fn expect_focus(browser: &Browser, list: &str, at: usize) -> Result<(), Trouble> {
    let script =
        "return document.querySelectorAll(`#${arguments[0]} .thing-title a`)[arguments[1]] === document.activeElement";
    let start = std::time::Instant::now();
    while start.elapsed() < std::time::Duration::from_secs(10) {
        if browser.evaluate(script, vec![list.into(), at.into()]).await?.as_bool() == Some(true) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Err(Trouble::wrong(format!("entry {at} of {list} has no focus")))
}
