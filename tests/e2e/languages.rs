//! Other languages: every word comes from a catalogue and has room, right to left works on the narrowest page, what was
//! chosen stays, and a language that cannot be loaded is told.

use std::collections::BTreeSet;

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};
use serde_json::{Value, json};

use crate::{
    ended::Altered,
    given::Given,
    in_both_browsers,
    pages::{Found, pages},
    steps::{self, is},
    words::{PSEUDO, expect_in, say},
};

in_both_browsers!(a_language_that_is_chosen_first_stays_and_one_that_cannot_be_loaded_is_told);

#[tokio::test]
async fn every_word_comes_from_a_catalogue_and_has_room_when_it_is_longer_in_chromium() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), every_word_comes_from_a_catalogue_and_has_room).await
}

#[tokio::test]
async fn arabic_reads_right_to_left_on_the_narrowest_page_in_chromium() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), arabic_reads_right_to_left_on_the_narrowest_page).await
}

/// A person in Arabic chooses on the first page.
async fn choose(browser: &Browser, name: &str, language: &'static str) -> Result<(), Trouble> {
    browser.heading(&say!("start-title")).await?;
    browser.click(name).await?;
    expect_in(language);
    browser.heading(&say!("start-title")).await?;
    expect_root(browser, language).await
}

async fn expect_root(browser: &Browser, language: &str) -> Result<(), Trouble> {
    let wanted = json!([language, if language == "ar" { "rtl" } else { "ltr" }]);
    let root = "return [document.documentElement.lang, document.documentElement.dir]";
    let root = browser.evaluate(root, Vec::new()).await?;
    is(root == wanted, || format!("the page is in {root}, not in {wanted}"))
}

async fn a_language_that_is_chosen_first_stays_and_one_that_cannot_be_loaded_is_told(
    browser: &mut Browser,
    _: &Site,
) -> Result<(), Trouble> {
    let file = std::cell::RefCell::new(std::path::PathBuf::new());
    let altered = Altered::serve(|dist| {
        *file.borrow_mut() = dist.join("i18n/ar/app.ftl");
        std::fs::rename(&*file.borrow(), file.borrow().with_extension("away"))
    })
    .await?;
    let given = Given::made_up(5)?;
    let keeper = given.keeper()?;
    browser.open(&altered.site.url("")).await?;
    browser.heading(&say!("start-title")).await?;
    browser.click("العربية").await?;
    browser.wait_for(&say!("language-failed", language = "العربية")).await?;
    expect_root(browser, "en").await?;
    let file = file.into_inner();
    std::fs::rename(file.with_extension("away"), &file).map_err(|error| Trouble::wrong(error.to_string()))?;
    browser.click(&say!("try-again")).await?;
    browser.wait_gone(&say!("try-again")).await?;
    expect_in("ar");
    browser.heading(&say!("start-title")).await?;
    expect_root(browser, "ar").await?;
    choose(browser, "Español", "es").await?;
    let focused = browser.evaluate("return document.activeElement.id", Vec::new()).await?;
    is(focused == json!("language-es"), || format!("the focus is on {focused}"))?;

    steps::start_record(browser, &altered.site, &keeper).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    browser.heading(&say!("add-title")).await?;
    expect_root(browser, "es").await?;
    steps::go(browser, "#/settings").await?;
    browser.heading(&say!("settings-looks")).await?;
    browser.type_into(&say!("language"), "العربية").await?;
    expect_in("ar");
    browser.heading(&say!("settings-looks")).await?;
    expect_root(browser, "ar").await?;
    browser.click(&say!("lock")).await?;
    browser.heading(&say!("unlock-title")).await?;
    expect_root(browser, "ar").await
}

/// Opens a record in the language that is expected, with everything that a person's life brings.
async fn open_record(browser: &Browser, site: &Site) -> Result<Given, Trouble> {
    let given = Given::made_up(5)?;
    let keeper = given.keeper()?;
    steps::start_record(browser, site, &keeper).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    Ok(given)
}

/// Opens the first entries that a search finds, one after the other.
async fn entries(browser: &Browser) -> Result<Vec<String>, Trouble> {
    let mut found = Vec::new();
    for page in ["#/s/1", "#/s/2", "#/s/3", "#/s/4", "#/s/5"] {
        steps::go(browser, page).await?;
        browser.wait_gone(&say!("opening")).await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let link = "return document.querySelector('main a[href*=\"/e/\"]')?.getAttribute('href') ?? ''";
        let link = browser.evaluate(link, Vec::new()).await?;
        let link = link.as_str().and_then(|link| link.find('#').and_then(|at| link.get(at..))).map(str::to_owned);
        found.extend(link);
    }
    Ok(found)
}

/// Forms, pages of long work and what only leads elsewhere, beside [`pages`].
const FORMS: [&str; 8] =
    ["#/write/1", "#/write/2", "#/write/3", "#/write/4", "#/write/5", "#/write/6", "#/write/7", "#/backup"];

async fn every_word_comes_from_a_catalogue_and_has_room(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    browser.open(&site.url("")).await?;
    // The app remembers its language once it has started, over whatever stands there before.
    browser.heading(&say!("start-title")).await?;
    browser.evaluate("localStorage.setItem('language', arguments[0])", vec![json!(PSEUDO)]).await?;
    browser.reload().await?;
    expect_in(PSEUDO);
    browser.heading(&say!("start-title")).await?;
    let mut found = Unclear::default();
    found.look(browser, "start").await?;
    let given = open_record(browser, site).await?;
    found.known = words_of(&given.texts);
    for width in [390, 1280] {
        browser.emulate(width, 900, false).await?;
        for (page, ready) in pages() {
            steps::go(browser, page).await?;
            browser.wait_for(&ready).await?;
            browser.wait_gone(&say!("opening")).await?;
            found.look(browser, &format!("{page} at {width}")).await?;
        }
        for page in FORMS.map(str::to_owned).into_iter().chain(entries(browser).await?) {
            steps::go(browser, &page).await?;
            browser.wait_gone(&say!("opening")).await?;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            found.look(browser, &format!("{page} at {width}")).await?;
        }
    }
    is(found.all.is_empty(), || format!("{} faults:\n{}", found.all.len(), found.all.join("\n")))
}

#[derive(Default)]
struct Unclear {
    /// Words of the record itself, which stand as they came.
    known: BTreeSet<String>,
    all: Vec<String>,
}

impl Unclear {
    async fn look(&mut self, browser: &Browser, page: &str) -> Result<(), Trouble> {
        let texts = browser.evaluate(include_str!("../src/js/words.js"), Vec::new()).await?;
        for text in texts.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let own = |word: &String| OWN_NAMES.contains(&word.as_str()) || OF_DOSES.contains(&word.as_str());
            // Whole, or its beginning and its end.
            let hex = text.replace('…', "");
            let is_hash =
                hex.len() == if hex == text { 64 } else { 16 } && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
            let strange =
                words(text).find(|word| word.chars().count() >= 4 && !self.known.contains(word) && !own(word));
            if let Some(word) = strange.filter(|_| !is_hash) {
                self.all.push(format!("{page}: “{text}” is in no catalogue ({word})"));
            }
        }
        let unclear = browser.evaluate(include_str!("../src/js/unclear.js"), Vec::new()).await?;
        for text in unclear.as_array().into_iter().flatten().filter_map(Value::as_str) {
            self.all.push(format!("{page}: {text}"));
        }
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let wide = browser.evaluate(wide, Vec::new()).await?;
        if wide.as_i64().unwrap_or(0) > 0 {
            self.all.push(format!("{page}: {wide} px stick out at the side"));
        }
        self.all.dedup();
        Ok(())
    }
}

/// What is called the same in every language.
const OWN_NAMES: [&str; 6] = ["chartchain", "mmhg", "mmol", "english", "español", "العربية"];

/// What is said of doses and lots in one line is put together below the catalogues, in English (docs/state.md).
const OF_DOSES: [&str; 4] = ["dose", "batch", "once", "twice"];

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Words of the record, and those of the names of its elements, which label what has no words of its own.
fn words_of(texts: &[String]) -> BTreeSet<String> {
    let apart = |text: &String| -> String {
        text.chars().flat_map(|letter| letter.is_uppercase().then_some(' ').into_iter().chain([letter])).collect()
    };
    let parts: Vec<String> = texts.iter().map(apart).collect();
    texts.iter().chain(&parts).flat_map(|text| words(text)).collect()
}

async fn arabic_reads_right_to_left_on_the_narrowest_page(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    browser.emulate(320, 900, false).await?;
    browser.open(&site.url("")).await?;
    choose(browser, "العربية", "ar").await?;
    let mut found = Found::default();
    found.look(browser, "start").await?;
    // On the narrowest page the driver takes what lies under the bar for what can be clicked.
    browser.emulate(1280, 900, false).await?;
    open_record(browser, site).await?;
    browser.emulate(320, 900, false).await?;
    for (page, ready) in pages() {
        steps::go(browser, page).await?;
        browser.wait_for(&ready).await?;
        browser.wait_gone(&say!("opening")).await?;
        found.look(browser, page).await?;
    }
    for page in FORMS.map(str::to_owned).into_iter().chain(entries(browser).await?) {
        steps::go(browser, &page).await?;
        browser.wait_gone(&say!("opening")).await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        found.look(browser, &page).await?;
    }
    browser.screenshot("arabic").await?;
    found.nothing()?;
    expect_root(browser, "ar").await?;
    browser.expect_no_complaints().await
}
