//! Every page for people who see, hear or move otherwise: axe-core finds nothing, light and dark, on phone and desktop.

use std::time::Duration;

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};

use crate::{
    given::Given,
    steps::{self, Keeper, is},
    traces::{self, Search},
    words::say,
};

#[tokio::test]
async fn every_page_is_accessible_in_chromium() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), every_page_is_accessible).await
}

#[tokio::test]
async fn every_page_is_accessible_in_firefox() -> Result<(), Trouble> {
    with_browser(Kind::Firefox, Setup { dark: true, ..Setup::default() }, every_page_is_accessible).await
}

/// Pages of an open record by their addresses, each with words that stand on it once it is there.
pub(crate) fn pages() -> Vec<(&'static str, String)> {
    let mut pages = vec![
        ("#/", say!("home-latest")),
        ("#/timeline", say!("search-label")),
        ("#/add", say!("drop-here")),
        ("#/history", say!("blocks-all")),
        ("#/take-out", say!("take-out-lead")),
        ("#/settings", say!("settings-looks")),
        ("#/passphrase", say!("passphrase-old")),
        ("#/recovery", say!("recovery-before-title")),
        ("#/more", say!("more-settings")),
        ("#/records", say!("records-lead")),
        ("#/records/new", say!("new-record-title")),
        ("#/intake", say!("intake-person")),
        ("#/visit", say!("visit-not-yours")),
        ("#/delete", say!("delete-question")),
        ("#/nowhere", say!("not-found-title")),
    ];
    let sections = [
        ("#/s/1", say!("section-test-results")),
        ("#/s/2", say!("section-medicines")),
        ("#/s/3", say!("section-vitals")),
        ("#/s/4", say!("section-conditions")),
        ("#/s/5", say!("section-vaccinations")),
        ("#/s/6", say!("section-documents")),
        ("#/s/7", say!("section-allergies")),
        ("#/s/8", say!("section-visits")),
        ("#/s/9", say!("section-procedures")),
        ("#/s/10", say!("section-plans")),
    ];
    pages.extend(sections);
    pages
}

/// What was found, so that one run tells of all pages.
#[derive(Default)]
pub(crate) struct Found(Vec<String>);

impl Found {
    pub(crate) async fn look(&mut self, browser: &Browser, page: &str) -> Result<(), Trouble> {
        // Colours on their way from one to another are nobody's colours.
        let still = "const done = arguments[0];
            Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => done(0));";
        browser.client()?.execute_async(still, Vec::new()).await?;
        for violation in browser.accessibility().await? {
            self.0.push(format!("{page}: {}: {}\n  {}", violation.rule, violation.help, violation.places.join("\n  ")));
        }
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let wide = browser.evaluate(wide, Vec::new()).await?;
        if wide.as_i64().unwrap_or(0) > 0 {
            self.0.push(format!("{page}: {wide} px stick out at the side"));
        }
        Ok(())
    }

    pub(crate) fn nothing(self) -> Result<(), Trouble> {
        is(self.0.is_empty(), || format!("{} faults:\n{}", self.0.len(), self.0.join("\n")))
    }
}

async fn every_page_is_accessible(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let mut found = Found::default();
    let given = Given::made_up(5)?;
    let keeper = given.keeper()?;
    browser.open(&site.url("")).await?;
    browser.heading(&say!("start-title")).await?;
    both_widths(browser, &mut found, "start").await?;
    browser.click(&say!("start-begin")).await?;
    browser.heading(&say!("passphrase-title")).await?;
    browser.click(&say!("continue")).await?;
    browser.wait_for(&say!("error-heading")).await?;
    both_widths(browser, &mut found, "passphrase, with an error").await?;
    steps::choose_passphrase(browser, &keeper).await?;
    browser.wait_for_within(&say!("new-record-title"), steps::LONG).await?;
    browser.click(&say!("new-record-begin")).await?;
    browser.wait_for(&say!("name-missing")).await?;
    both_widths(browser, &mut found, "new record, with an error").await?;
    steps::name_the_record(browser, &keeper).await?;
    empty_pages(browser, &mut found).await?;
    steps_of_adding(browser, &mut found, &given, &keeper).await?;
    for (width, dark) in looks(browser.kind()) {
        set_looks(browser, width, dark).await?;
        let look = format!("{width} px, {}", if dark { "dark" } else { "light" });
        for (page, ready) in pages() {
            steps::go(browser, page).await?;
            if page.starts_with("#/s/") {
                browser.heading(&ready).await?;
            }
            browser.wait_for(&ready).await?;
            browser.wait_gone(&say!("opening")).await?;
            found.look(browser, &format!("{page} ({look})")).await?;
        }
        an_entry(browser, &mut found, &look).await?;
    }
    acts(browser, &mut found).await?;
    browser.click(&say!("lock")).await?;
    browser.heading(&say!("unlock-title")).await?;
    browser.click(&say!("unlock")).await?;
    browser.wait_for(&say!("passphrase-missing")).await?;
    both_widths(browser, &mut found, "lock screen, with an error").await?;
    found.nothing()?;
    // Every page was seen, and every act: the console knows nothing of anyone.
    let mut words = traces::words_of(&given.texts);
    words.extend(keeper.passphrase.split(' ').filter(|word| word.len() >= 5).map(str::to_owned));
    traces::expect_nothing_told(browser, site, &Search::new(words)?).await
}

/// All but Chromium keep the colours that they were started with.
fn looks(kind: Kind) -> Vec<(u32, bool)> {
    match kind {
        // 320 pixels are what is left of 1280 when a page is enlarged four times.
        Kind::Chromium => vec![(390, false), (1280, false), (390, true), (1280, true), (320, false)],
        Kind::Firefox | Kind::WebKit => vec![(500, true), (1280, true)],
    }
}

async fn set_looks(browser: &mut Browser, width: u32, dark: bool) -> Result<(), Trouble> {
    match browser.kind() {
        Kind::Chromium => browser.emulate(width, 900, dark).await,
        Kind::Firefox | Kind::WebKit => browser.resize(width, 900).await,
    }
}

async fn both_widths(browser: &mut Browser, found: &mut Found, page: &str) -> Result<(), Trouble> {
    let dark = browser.kind() == Kind::Firefox;
    let other = browser.kind() == Kind::Chromium;
    for (width, dark) in [(500, dark), (1280, dark), (1280, other)] {
        set_looks(browser, width, dark).await?;
        found.look(browser, &format!("{page} ({width} px, {})", if dark { "dark" } else { "light" })).await?;
    }
    set_looks(browser, 1280, false).await
}

async fn empty_pages(browser: &mut Browser, found: &mut Found) -> Result<(), Trouble> {
    for page in ["#/", "#/timeline", "#/s/1"] {
        steps::go(browser, page).await?;
        browser.wait_for(&say!("add-to-record")).await?;
        both_widths(browser, found, &format!("{page} of an empty record")).await?;
    }
    Ok(())
}

async fn steps_of_adding(
    browser: &mut Browser,
    found: &mut Found,
    given: &Given,
    keeper: &Keeper,
) -> Result<(), Trouble> {
    let bad = Given::file("letter.json", b"Dear patient")?;
    steps::choose_file(browser, &bad.path).await?;
    browser.wait_for(&say!("add-failed-title")).await?;
    both_widths(browser, found, "add, refused").await?;
    browser.click(&say!("add-choose-again")).await?;

    let other = Keeper::new("Bo Tamsin", ["2", "11", "2001"], true, "");
    let lines = [keeper.resource("a"), other.resource("b"), "{".into()].join("\n");
    let both = Given::file("both.ndjson", lines.as_bytes())?;
    steps::choose_file(browser, &both.path).await?;
    browser.heading(&say!("found-title")).await?;
    browser.click(&other.name).await?;
    browser.click(&say!("found-import", count = 2)).await?;
    browser.wait_for(&say!("confirm-different")).await?;
    browser.click(&say!("rejected-title", count = 1)).await?;
    both_widths(browser, found, "add, someone else's").await?;
    browser.click(&say!("found-put-away")).await?;

    steps::choose_file(browser, &given.path).await?;
    browser.heading(&say!("found-title")).await?;
    both_widths(browser, found, "add, found").await?;
    let count = given.texts.len();
    browser.click(&say!("found-import", count = count)).await?;
    browser.wait_for_within(&say!("add-done-title", count = count), steps::LONG).await?;
    both_widths(browser, found, "add, done").await?;
    browser.click(&say!("add-another")).await
}

async fn an_entry(browser: &Browser, found: &mut Found, look: &str) -> Result<(), Trouble> {
    for words in ["blood pressure", "immunization", ""] {
        steps::go(browser, "#/").await?;
        browser.wait_gone(&say!("search-label")).await?;
        steps::go(browser, "#/timeline").await?;
        browser.type_into(&say!("search-label"), words).await?;
        tokio::time::sleep(Duration::from_millis(900)).await;
        let entry = "return document.querySelector('main ol a')?.getAttribute('href') ?? ''";
        let entry = browser.evaluate(entry, Vec::new()).await?;
        let Some(entry) = entry.as_str().and_then(|entry| entry.find('#').and_then(|at| entry.get(at..))) else {
            continue;
        };
        steps::go(browser, entry).await?;
        browser.heading(&say!("trust-heading")).await?;
        let open = "document.querySelectorAll('main details').forEach((details) => (details.open = true))";
        browser.evaluate(open, Vec::new()).await?;
        found.look(browser, &format!("entry found by {words:?} ({look})")).await?;
    }
    Ok(())
}

/// Pages that come while something is done.
async fn acts(browser: &mut Browser, found: &mut Found) -> Result<(), Trouble> {
    steps::verify(browser).await?;
    both_widths(browser, found, "history, verified").await?;
    steps::go(browser, "#/take-out").await?;
    browser.heading(&say!("nav-take-out")).await?;
    browser.click(&say!("continue")).await?;
    browser.wait_for(&say!("take-out-question")).await?;
    both_widths(browser, found, "take out, asked").await?;
    browser.click(&say!("take-out-do")).await?;
    browser.wait_for_within(&say!("take-out-saved"), steps::LONG).await?;
    both_widths(browser, found, "take out, saved").await?;
    steps::go(browser, "#/recovery").await?;
    browser.click(&say!("recovery-show")).await?;
    browser.heading(&say!("recovery-words-title")).await?;
    both_widths(browser, found, "recovery, words").await?;
    browser.click(&say!("recovery-written")).await?;
    browser.click(&say!("recovery-check")).await?;
    browser.wait_for(&say!("error-heading")).await?;
    both_widths(browser, found, "recovery, typed wrong").await?;
    steps::go(browser, "#/").await?;
    browser.heading(&say!("home-latest")).await.map(|_| ())
}
