//! Medicines as current, past and planned, doses noted and taken back, and the emergency card with its paper.

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::Given,
    in_both_browsers,
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(a_medicine_is_written_its_doses_noted_and_taken_back);
in_both_browsers!(an_emergency_card_is_chosen_warned_of_and_made_for_paper);

async fn a_medicine_is_written_its_doses_noted_and_taken_back(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ida Quill", ["14", "3", "1968"], false, "copper heron seven lamps");
    steps::start_record(browser, site, &keeper).await?;
    let request = r#"{"resourceType":"MedicationRequest","id":"r1","status":"stopped","intent":"order","subject":{"reference":"Patient/one"},"medicationCodeableConcept":{"text":"metformin hydrochloride 850 MG Oral Tablet"},"authoredOn":"2019-05-01"}"#;
    let unsaid =
        request.replace("r1", "r2").replace("stopped", "unknown").replace("metformin hydrochloride", "Codeine");
    let lines = [keeper.resource("one"), request.to_owned(), unsaid];
    let given = Given::file("medicines.ndjson", lines.join("\n").as_bytes())?;
    steps::add_file(browser, &given.path, lines.len()).await?;

    steps::go(browser, "#/write/3").await?;
    browser.heading(&say!("sort-medicine")).await?;
    browser.type_into(&say!("ask-medicine"), "Metformin 500 mg").await?;
    browser.type_into(&say!("optional", label = say!("ask-times")), &say!("times-a-day", count = 2)).await?;
    browser.click(&say!("write-save")).await?;
    browser.heading("Metformin 500 mg").await?;

    steps::go(browser, "#/s/2").await?;
    browser.wait_for(&say!("medicines-current", count = 1)).await?;
    browser.wait_for(&say!("medicines-unknown", count = 1)).await?;
    browser.wait_for(&say!("medicine-others", count = 1)).await?;
    browser.wait_for(&say!("doses-taken", taken = 0, due = 2)).await?;
    let press = "document.querySelectorAll('.dose-acts button')[0].click()";
    browser.evaluate(press, Vec::new()).await?;
    browser.wait_for(&say!("doses-taken", taken = 1, due = 2)).await?;
    browser.wait_for(&say!("log-last-days")).await?;
    browser.click(&say!("dose-missed")).await?;
    browser.wait_for(&say!("log-week-missed", count = 1)).await?;
    let mut found = Vec::new();
    for (width, height) in [(390, 844), (1280, 900)] {
        browser.resize(width, height).await?;
        found.extend(browser.accessibility().await?.into_iter().map(|one| format!("{width}: {one:?}")));
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let wide = browser.evaluate(wide, Vec::new()).await?;
        is(wide.as_i64() == Some(0), || format!("{wide} px stick out at the side of {width}"))?;
    }
    is(found.is_empty(), || found.join("\n"))?;

    // Taken back, it is as if nothing had been said; the other dose stays.
    let undo = "[...document.querySelectorAll('.dose-acts .link')][0].click()";
    browser.evaluate(undo, Vec::new()).await?;
    browser.wait_for(&say!("doses-taken", taken = 0, due = 2)).await?;
    browser.click(&say!("log-open")).await?;
    browser.heading(&say!("log-title")).await?;
    browser.wait_for(&say!("showing", shown = 1, total = 1)).await?;
    steps::go(browser, "#/timeline").await?;
    browser.wait_for("Metformin 500 mg").await?;
    let listed = browser.evaluate("return document.querySelectorAll('.rail-item').length", Vec::new()).await?;
    is(listed.as_u64() == Some(3), || format!("{listed} entries in the timeline"))?;
    is(steps::verify(browser).await?, || "what was noted does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn an_emergency_card_is_chosen_warned_of_and_made_for_paper(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ida Quill", ["14", "3", "1968"], false, "copper heron seven lamps");
    steps::start_record(browser, site, &keeper).await?;
    let condition = r#"{"resourceType":"Condition","id":"c1","clinicalStatus":{"coding":[{"code":"active"}]},"subject":{"reference":"Patient/one"},"code":{"text":"Asthma"}}"#;
    let lines = [keeper.resource("one"), condition.to_owned(), condition.replace("c1", "c2").replace("Asthma", "Gout")];
    let given = Given::file("conditions.ndjson", lines.join("\n").as_bytes())?;
    steps::add_file(browser, &given.path, lines.len()).await?;

    steps::go(browser, "#/card").await?;
    browser.heading(&say!("card-title")).await?;
    browser.wait_for(&say!("card-allergies-none")).await?;
    browser.wait_for("Gout").await?;
    browser.click(&say!("card-choose")).await?;
    browser.click("Gout").await?;
    browser.wait_for(&say!("card-left-out", count = 1)).await?;
    let found = browser.accessibility().await?;
    is(found.is_empty(), || format!("{found:?}"))?;
    browser.click(&say!("card-choose-done")).await?;
    browser.wait_gone("Gout").await?;
    steps::go(browser, "#/").await?;
    browser.heading(&say!("home-title")).await?;
    steps::go(browser, "#/card").await?;
    browser.wait_for("Asthma").await?;
    browser.wait_for(&say!("card-left-out", count = 1)).await?;

    browser.click(&say!("card-print")).await?;
    browser.heading(&say!("card-warning")).await?;
    browser.click(&say!("card-print-not")).await?;
    browser.wait_gone(&say!("card-warning")).await?;
    // What the stylesheet for paper shows; no driver has print media for both browsers.
    let as_paper = "document.querySelector('link[media=print]').media = 'all'";
    browser.evaluate(as_paper, Vec::new()).await?;
    browser.wait_gone(&say!("card-print")).await?;
    let paper = browser.text().await?;
    for wanted in ["Ida Quill", "14 March 1968", &say!("sex-female"), "Asthma"] {
        is(paper.contains(wanted), || format!("the paper lacks {wanted}: {paper}"))?;
    }
    for unwanted in ["Gout", &say!("card-print"), &say!("allergies-none-noted")] {
        is(!paper.contains(unwanted), || format!("the paper has {unwanted}"))?;
    }
    browser.expect_no_complaints().await
}
