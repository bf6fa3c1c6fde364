//! Values over time: what the chart draws, what its sentence says and what the table lists are the same.

use std::time::{Duration, Instant};

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::Given,
    in_both_browsers,
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(a_chart_its_sentence_and_its_table_agree);

const VALUES: [(&str, &str); 7] = [
    ("2023-05-09", "71"),
    ("2023-11-14", "68"),
    ("2024-05-21", "64"),
    ("2025-08-05", "61"),
    ("2026-02-10", "58"),
    ("2026-05-06", "55"),
    ("2026-05-12", "53"),
];

fn lines(keeper: &Keeper) -> String {
    let mut text = keeper.resource("one");
    for (at, (date, number)) in VALUES.iter().enumerate() {
        text.push_str(&format!(
            r#"
{{"resourceType":"Observation","id":"o{at}","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}}]}}],"code":{{"coding":[{{"system":"http://loinc.org","code":"59261-8"}}],"text":"HbA1c"}},"subject":{{"reference":"Patient/one"}},"effectiveDateTime":"{date}","valueQuantity":{{"value":{number},"unit":"mmol/mol"}},"referenceRange":[{{"low":{{"value":20,"unit":"mmol/mol"}},"high":{{"value":41,"unit":"mmol/mol"}}}}]}}"#
        ));
    }
    text
}

async fn read(browser: &Browser, expression: &str) -> Result<String, Trouble> {
    let value = browser.evaluate(&format!("return String({expression})"), Vec::new()).await?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

async fn a_chart_its_sentence_and_its_table_agree(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ada Okafor", ["14", "3", "1968"], false, "copper heron seven lamps");
    steps::start_record(browser, site, &keeper).await?;
    let given = Given::file("values.ndjson", lines(&keeper).as_bytes())?;
    steps::add_file(browser, &given.path, VALUES.len() + 1).await?;
    steps::go(browser, "#/").await?;
    browser.click(&say!("review-over-time", name = "HbA1c")).await?;
    browser.heading(&say!("over-time")).await?;

    let points = "document.querySelectorAll('.trend [role=radio]').length";
    // It is drawn once its width is known, a moment after the heading stands.
    let (start, mut drawn) = (Instant::now(), read(browser, points).await?);
    while drawn == "0" && start.elapsed() < steps::LONG {
        tokio::time::sleep(Duration::from_millis(50)).await;
        drawn = read(browser, points).await?;
    }
    is(drawn == VALUES.len().to_string(), || format!("{drawn} points are drawn"))?;
    is(read(browser, "document.querySelector('#twin').offsetHeight").await? == "0", || "the table is open".into())?;
    browser.click(&say!("trend-table-show")).await?;
    browser.wait_for(&say!("series-caption", name = "HbA1c")).await?;
    let numbers =
        "[...document.querySelectorAll('#series tr[tabindex] .number')].map((one) => parseInt(one.textContent))";
    let newest_first = VALUES.iter().rev().map(|(_, number)| *number).collect::<Vec<_>>().join(",");
    let listed = read(browser, numbers).await?;
    is(listed == newest_first, || format!("the table lists {listed}"))?;
    let told = read(browser, "document.querySelector('.trend figcaption').textContent").await?;
    let moved = say!("trend-fell", first = "71", last = "53 mmol/mol", from = "May 2023", to = "May 2026");
    for sentence in [moved, say!("trend-all-high", count = VALUES.len())] {
        is(told.contains(&sentence), || format!("no {sentence} in {told}"))?;
    }
    // The place of a mark says the same as its number: higher values stand higher, later ones to the right.
    let places = "[...document.querySelectorAll('.trend .trend-place')].map((one) => [parseFloat(one.getAttribute('x')), parseFloat(one.getAttribute('y'))])";
    let in_order =
        format!("{places}.every(([x, y], at, all) => at === 0 || (x > all[at - 1][0] && y > all[at - 1][1]))");
    is(read(browser, &in_order).await? == "true", || "the marks do not fall as the values do".into())?;

    // One stop of the Tab key, and the arrows go from value to value.
    let focused = "document.querySelector('.trend [tabindex=\"0\"]').focus()";
    browser.evaluate(focused, Vec::new()).await?;
    browser.press("Down").await?;
    let chosen =
        "document.activeElement.getAttribute('aria-label') + document.activeElement.getAttribute('aria-checked')";
    let label = read(browser, chosen).await?;
    let point = say!("trend-point", when = "6 May 2026", value = "55 mmol/mol");
    let label_wanted = say!("trend-point-meaning", point = point, meaning = say!("meaning-high")) + "true";
    is(label == label_wanted, || format!("the arrow led to {label}"))?;
    let stops = read(browser, "document.querySelectorAll('.trend [tabindex=\"0\"]').length").await?;
    is(stops == "1", || format!("{stops} stops of the Tab key"))?;
    browser.click(&say!("trend-open")).await?;
    browser.wait_for("6 May 2026").await?;
    browser.heading("HbA1c").await?;
    let found = browser.accessibility().await?;
    is(found.is_empty(), || format!("{found:?}"))
}
