//! What is loaded only when somebody asks for it, and what the browser does in the place of our own code.

use chartchain_tests::{Browser, Site, Trouble};
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

use crate::{
    ended::Altered,
    in_both_browsers,
    offline::{Kept, until_kept},
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(without_made_up_people_everything_else_works);
in_both_browsers!(somebody_is_made_up_without_a_network_too);
in_both_browsers!(a_passphrase_opens_however_its_letters_are_composed);
in_both_browsers!(the_browser_normalises_as_everyone_does);

async fn without_made_up_people_everything_else_works(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let altered = Altered::serve(|dist| std::fs::remove_file(dist.join("made_up_worker_bg.wasm"))).await?;
    browser.open(&altered.site.url("")).await?;
    browser.click(&say!("start-try")).await?;
    browser.wait_for(&say!("error-heading")).await?;
    let keeper = Keeper::new("Ines Varga", ["3", "5", "1970"], false, "pewter lantern eleven");
    steps::start_record(browser, &altered.site, &keeper).await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

/// Their worker is asked for the first time when there is no network any more.
async fn somebody_is_made_up_without_a_network_too(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let mut kept = Kept::serve().await?;
    browser.open(&kept.url("")).await?;
    until_kept(browser).await?;
    kept.go_offline();
    browser.click(&say!("start-try")).await?;
    browser.heading(&say!("home-latest")).await?;
    browser.expect_no_complaints().await
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

/// Native programs normalise with tables of their own: both have to come to the same for all that both know. What
/// Unicode assigns later is left out.
async fn the_browser_normalises_as_everyone_does(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    browser.open(&site.url("")).await?;
    // Every letter alone, and with marks behind it in an order that is not the canonical one.
    let letters: Vec<char> =
        ('\0'..='\u{2fff}').chain('\u{a640}'..='\u{fb4f}').chain('\u{1e000}'..='\u{1efff}').collect();
    let texts: Vec<String> = letters
        .chunks(256)
        .flat_map(|letters| {
            let alone: String = letters.iter().collect();
            let marked = letters.iter().map(|letter| format!("{letter}\u{301}\u{323}\u{308}")).collect();
            [alone, marked]
        })
        .collect();
    let script = r"return arguments[0]
        .map((text) => text.replace(/\p{Cn}/gu, ''))
        .map((text) => [text, text.normalize('NFC')]);";
    let pairs = browser.evaluate(script, vec![json!(texts)]).await?;
    let pairs = pairs.as_array().ok_or_else(|| Trouble::wrong("no list"))?;
    is(pairs.len() == texts.len(), || format!("{} of {} texts", pairs.len(), texts.len()))?;
    let mut changed = 0;
    for pair in pairs {
        let text = |at: usize| pair.get(at).and_then(|text| text.as_str()).unwrap_or_default();
        let ours: String = text(0).nfc().collect();
        is(ours == text(1), || format!("they differ in {:?}", text(0)))?;
        changed += u32::from(ours != text(0));
    }
    is(changed > 80, || format!("only {changed} texts were changed at all"))
}
