//! The first five minutes with a record, and what they leave behind.

use chartchain_fhir::{Facts, Value};
use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::Given,
    in_both_browsers,
    steps::{self, As, is, same},
    traces::{self, Search},
    words::say,
};

in_both_browsers!(a_record_is_brought_in_read_verified_and_taken_out_as_it_was);

async fn a_record_is_brought_in_read_verified_and_taken_out_as_it_was(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let given = Given::person()?;
    let keeper = given.keeper()?;
    steps::start_record(browser, site, &keeper).await?;
    steps::choose_file(browser, &given.path).await?;
    browser.heading(&say!("found-title")).await?;
    browser.wait_for(&say!("same")).await?;
    let count = given.texts.len();
    browser.click(&say!("found-import", count = count)).await?;
    browser.wait_for_within(&say!("add-done-title", count = count), steps::LONG).await?;

    browser.click(&say!("nav-home")).await?;
    browser.heading(&say!("home-latest")).await?;
    let pressure = last_blood_pressure(&given)?;
    find_on_its_page(browser, &pressure).await?;

    browser.reload().await?;
    browser.heading(&say!("unlock-title")).await?;
    is(!browser.text().await?.contains(&keeper.name), || "the lock screen shows a name".into())?;
    browser.type_into(&say!("passphrase"), "copper heron seven lamp").await?;
    browser.click(&say!("unlock")).await?;
    browser.wait_for(&say!("fault-wrong-passphrase")).await?;
    steps::unlock(browser, &keeper.passphrase).await?;

    is(steps::verify(browser).await?, || "a fresh record does not hold".into())?;
    for format in [As::Ndjson, As::Bundle] {
        same(&given.counted(), &steps::taken_out(browser, format, &keeper).await?)?;
    }

    let mut words = traces::words_of(&given.texts);
    words.extend(keeper.passphrase.split(' ').filter(|word| word.len() >= 5).map(str::to_owned));
    words.extend(["Record of a clinic".to_owned(), "Made up".to_owned()]);
    let words = Search::new(words)?;
    traces::expect_sealed(browser, &words).await?;
    browser.click(&say!("lock")).await?;
    browser.wait_for(&say!("locked-asked")).await?;
    is(!browser.text().await?.contains(&keeper.name), || "the lock screen shows a name".into())?;
    traces::expect_sealed(browser, &words).await?;
    traces::expect_quiet(browser, site, &words).await
}

/// The newest one, and what it says.
fn last_blood_pressure(given: &Given) -> Result<Facts, Trouble> {
    let all = given.facts().map(|(facts, _)| facts);
    let pressures = all.filter(|facts| matches!(facts.value, Some(Value::Pressure { .. })));
    let last = pressures.max_by_key(|facts| facts.when.as_ref().map(|when| when.sort_ms));
    last.ok_or_else(|| Trouble::wrong("the record has no blood pressure"))
}

async fn find_on_its_page(browser: &Browser, pressure: &Facts) -> Result<(), Trouble> {
    let (Some(Value::Pressure { systolic, diastolic, .. }), Some(when)) = (&pressure.value, &pressure.when) else {
        return Err(Trouble::wrong("the blood pressure has no value or no date"));
    };
    browser.click(&say!("nav-timeline")).await?;
    browser.type_into(&say!("search-label"), "blood pressure").await?;
    browser.wait_gone(&say!("show-more", count = 40)).await?;
    browser.click("Blood pressure ").await?;
    browser.heading(&say!("trust-heading")).await?;
    let page = browser.text().await?;
    let year = when.written.get(..4).unwrap_or_default();
    let wanted = [
        format!("{systolic}/{diastolic}"),
        when.written.clone(),
        year.to_owned(),
        say!("recorded"),
        say!("signed-by-you"),
        say!("status-recorded"),
        say!("block"),
        say!("brought-in"),
    ];
    for wanted in wanted {
        is(page.contains(&wanted), || format!("the entry does not say {wanted}; it reads:\n{page}"))?;
    }
    browser.click(&say!("source-show")).await?;
    browser.wait_for("\"resourceType\": \"Observation\"").await?;
    browser.wait_for(&when.written).await
}
