//! With keys alone: a record is started, written to, locked and opened; on every page the Tab key reaches everything, in
//! sight, and comes round again.

use std::collections::BTreeSet;

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};
use serde_json::Value;

use crate::{
    given::Given,
    pages::pages,
    steps::{self, Keeper, is},
    words::say,
};

// In Chromium, as below: with Firefox's driver the Tab key does not come round from the end of a page to its beginning.
#[tokio::test]
async fn a_record_is_started_written_to_locked_and_opened_with_keys_alone_in_chromium() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), a_record_is_started_written_to_locked_and_opened_with_keys_alone)
        .await
}

#[tokio::test]
async fn the_tab_key_reaches_everything_on_every_page_in_chromium() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), the_tab_key_reaches_everything_on_every_page).await
}

/// No page has more places for the focus than this.
const MOST_TABS: usize = 250;

/// What the focused element is called.
const FOCUSED: &str = "const one = document.activeElement;
    const name = one.labels?.[0]?.innerText || one.getAttribute('aria-label') || one.innerText || '';
    return name.replace(/\\s+/g, ' ').trim()";

/// Presses Tab until the focus is on what is called so: how many times.
pub async fn tab_to(browser: &Browser, wanted: &str) -> Result<usize, Trouble> {
    let mut met = Vec::new();
    for count in 1..=MOST_TABS {
        browser.press("Tab").await?;
        let name = browser.evaluate(FOCUSED, Vec::new()).await?;
        let name = name.as_str().unwrap_or_default().to_owned();
        if name.starts_with(wanted) {
            return Ok(count);
        }
        met.push(name);
    }
    Err(Trouble::wrong(format!("the Tab key does not lead to “{wanted}”, but to {met:?}")))
}

async fn a_record_is_started_written_to_locked_and_opened_with_keys_alone(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Hester Quill", ["14", "3", "1968"], false, "copper heron seven lamps");
    browser.open(&site.url("")).await?;
    browser.heading(&say!("start-title")).await?;
    tab_to(browser, &say!("start-begin")).await?;
    browser.press("Enter").await?;
    browser.heading(&say!("passphrase-title")).await?;
    for label in [say!("passphrase"), say!("passphrase-again")] {
        tab_to(browser, &label).await?;
        browser.press(&keeper.passphrase).await?;
    }
    browser.press("Enter").await?;
    browser.wait_for_within(&say!("new-record-title"), steps::LONG).await?;
    let [day, month, year] = &keeper.born;
    let name = &keeper.name;
    for (label, value) in [(say!("name"), name), (say!("day"), day), (say!("month"), month), (say!("year"), year)] {
        tab_to(browser, &label).await?;
        browser.press(value).await?;
    }
    // Of radio buttons the Tab key finds the chosen one, and arrows choose another.
    tab_to(browser, &say!("sex-unsaid")).await?;
    for _ in 0..3 {
        browser.press("Up").await?;
    }
    tab_to(browser, &say!("new-record-begin")).await?;
    browser.press("Enter").await?;
    browser.heading(&say!("add-title")).await?;

    tab_to(browser, &say!("sort-note")).await?;
    browser.press("Enter").await?;
    browser.heading(&say!("sort-note")).await?;
    tab_to(browser, &say!("ask-text")).await?;
    browser.press("Ask about the new tablets").await?;
    tab_to(browser, &say!("write-save")).await?;
    browser.press("Enter").await?;
    browser.wait_for(&say!("write-saved")).await?;

    tab_to(browser, &say!("lock")).await?;
    browser.press("Enter").await?;
    browser.heading(&say!("unlock-title")).await?;
    tab_to(browser, &say!("passphrase")).await?;
    browser.press(&keeper.passphrase).await?;
    browser.press("Enter").await?;
    browser.wait_gone(&say!("unlock-title")).await?;
    browser.wait_for("Ask about the new tablets").await?;
    browser.expect_no_complaints().await
}

/// Numbers of the elements that can have the focus; of radio buttons that belong together, one can.
const PLACES: &str = "const all = [...document.querySelectorAll('*')];
    const kinds = 'a[href], button, input, select, textarea, summary, [tabindex=\"0\"]';
    return all.flatMap((one, at) =>
        one.matches(kinds) && !one.disabled && one.tabIndex >= 0 && one.type !== 'radio'
        && one.checkVisibility({ visibilityProperty: true }) ? [at] : [])";

/// The number of the focused element, and whether a person sees it.
const HERE: &str = "const one = document.activeElement;
    const box = (one.labels?.[0] ?? one).getBoundingClientRect();
    const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return one === document.body ? null : [[...document.querySelectorAll('*')].indexOf(one), seen, one.outerHTML.slice(0, 90)]";

async fn the_tab_key_reaches_everything_on_every_page(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let given = Given::person()?;
    let keeper = given.keeper()?;
    steps::start_record(browser, site, &keeper).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    let mut faults = Vec::new();
    for (page, ready) in pages() {
        steps::go(browser, page).await?;
        browser.wait_for(&ready).await?;
        browser.wait_gone(&say!("opening")).await?;
        browser.evaluate("document.activeElement.blur(); scrollTo(0, 0)", Vec::new()).await?;
        let places = browser.evaluate(PLACES, Vec::new()).await?;
        let places: BTreeSet<u64> = places.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        let mut met = BTreeSet::new();
        let mut came_round = false;
        for _ in 0..MOST_TABS {
            browser.press("Tab").await?;
            let here = browser.evaluate(HERE, Vec::new()).await?;
            let Some(at) = here.get(0).and_then(Value::as_u64) else { continue };
            if here.get(1) == Some(&Value::Bool(false)) {
                faults.push(format!("{page}: the focus is out of sight on {here}"));
            }
            if !met.insert(at) && met.first() == Some(&at) {
                came_round = true;
                break;
            }
        }
        let missed: Vec<&u64> = places.difference(&met).collect();
        if !missed.is_empty() || !came_round {
            faults.push(format!(
                "{page}: the Tab key came round: {came_round}; it did not reach {missed:?} of {}",
                places.len()
            ));
        }
    }
    is(faults.is_empty(), || faults.join("\n"))
}
