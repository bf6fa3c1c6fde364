//! What is loaded only when somebody asks for it, and what the browser does in the place of our own code.

use chartchain_tests::{Browser, Site, Trouble};
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

use crate::{
    ended::Altered,
    in_both_browsers,
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(a_made_up_person_is_loaded_when_somebody_asks_for_one);
in_both_browsers!(without_made_up_people_everything_else_works);
in_both_browsers!(a_passphrase_opens_however_its_letters_are_composed);
in_both_browsers!(the_browser_normalises_as_everyone_does);

/// Whether the page or one of its workers asked the server for made-up people.
async fn has_made_up(browser: &Browser) -> Result<bool, Trouble> {
    let script = "return performance.getEntriesByType('resource').some((entry) => entry.name.includes('worker-made-up'));";
    Ok(browser.evaluate(script, Vec::new()).await? == json!(true))
}

async fn a_made_up_person_is_loaded_when_somebody_asks_for_one(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    browser.open(&site.url("")).await?;
    browser.click(&say!("start-try")).await?;
    browser.heading(&say!("home-latest")).await?;
    is(!has_made_up(browser).await?, || "the window loaded what belongs to a worker".into())?;
    browser.expect_no_complaints().await
}

async fn without_made_up_people_everything_else_works(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let altered = Altered::serve(|dist| std::fs::remove_file(dist.join("made_up_worker_bg.wasm"))).await?;
    browser.open(&altered.site.url("")).await?;
    browser.click(&say!("start-try")).await?;
    browser.wait_for(&say!("error-heading")).await?;
    let keeper = Keeper::new("Ines Varga", ["3", "5", "1970"], false, "pewter lantern eleven");
    steps::start_record(browser, &altered.site, &keeper).await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

async fn a_passphrase_opens_however_its_letters_are_composed(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let decomposed = "Ma\u{308}rz e\u{301}clair \u{1112}\u{1161}\u{11ab}";
    let keeper = Keeper::new("Ines Varga", ["3", "5", "1970"], false, decomposed);
    steps::start_record(browser, site, &keeper).await?;
    browser.reload().await?;
    steps::unlock(browser, "M\u{e4}rz \u{e9}clair \u{d55c}").await?;
    browser.wait_for(&keeper.name).await
}

/// Native programs normalise with tables of their own: both have to come to the same.
async fn the_browser_normalises_as_everyone_does(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    browser.open(&site.url("")).await?;
    // Every letter alone, and with marks behind it in an order that is not the canonical one.
    let letters: Vec<char> = ('\0'..='\u{2fff}').chain('\u{a640}'..='\u{fb4f}').chain('\u{1e000}'..='\u{1efff}').collect();
    let texts: Vec<String> = letters
        .chunks(256)
        .flat_map(|letters| {
            let alone: String = letters.iter().collect();
            let marked = letters.iter().map(|letter| format!("{letter}\u{301}\u{323}\u{308}")).collect();
            [alone, marked]
        })
        .collect();
    let ours: Vec<String> = texts.iter().map(|text| text.nfc().collect()).collect();
    let theirs = browser.evaluate("return arguments[0].map((text) => text.normalize('NFC'));", vec![json!(texts)]).await?;
    is(theirs == json!(ours), || {
        let theirs = theirs.as_array().cloned().unwrap_or_default();
        let differing = theirs.iter().zip(&ours).position(|(theirs, ours)| theirs.as_str() != Some(ours));
        format!("they differ from text {differing:?} on")
    })
}
