//! Test results and vital signs by what they measure: one row each, and all its values on its page.

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::Given,
    in_both_browsers,
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(results_of_two_laboratories_are_one_row_and_one_chart);

fn result(number: usize, codes: &str, name: &str, day: &str, value: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","id":"o{number}","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}}]}}],"code":{{"coding":[{codes}],"text":"{name}"}},"subject":{{"reference":"Patient/one"}},"performer":[{{"display":"Laboratory {number}"}}],"effectiveDateTime":"{day}",{value}}}"#
    )
}

async fn results_of_two_laboratories_are_one_row_and_one_chart(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ada Okafor", ["14", "3", "1968"], false, "copper heron seven lamps");
    let (mass, moles) =
        (r#"{"system":"http://loinc.org","code":"2345-7"}"#, r#"{"system":"http://loinc.org","code":"14749-6"}"#);
    let quantity = |number: &str, unit: &str| format!(r#""valueQuantity":{{"value":{number},"unit":"{unit}"}}"#);
    let below = r#""valueQuantity":{"value":3.0,"comparator":"<","unit":"mmol/L"}"#;
    let between = r#""valueRange":{"low":{"value":4,"unit":"mmol/L"},"high":{"value":6,"unit":"mmol/L"}}"#;
    let lines = [
        keeper.resource("one"),
        result(1, moles, "Glucose", "2026-03-01", &quantity("5.5", "mmol/L")),
        result(2, mass, "Glucose", "2026-02-01", &quantity("100", "mg/dL")),
        result(3, moles, "Glucose", "2026-01-01", below),
        result(4, moles, "Glucose", "2025-12-01", between),
        result(5, moles, "Glucose", "2025-11-01", r#""valueString":"sample lost""#),
        result(6, r#"{"system":"http://loinc.org","code":"718-7"}"#, "Haemoglobin", "2026-01-01", &quantity("135", "g/L")),
        r#"{"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"text":"Letter of the laboratory"},"subject":{"reference":"Patient/one"}}"#.to_owned(),
    ];
    steps::start_record(browser, site, &keeper).await?;
    let given = Given::file("values.ndjson", lines.join("\n").as_bytes())?;
    steps::add_file(browser, &given.path, lines.len()).await?;
    steps::go(browser, "#/s/1").await?;
    browser.wait_for(&say!("analytes-caption", count = 2)).await?;
    browser.wait_for(&say!("analyte-values", count = 5)).await?;
    browser.wait_for("Letter of the laboratory").await?;
    let mut found = Vec::new();
    for (width, height) in [(390, 844), (1280, 900)] {
        browser.resize(width, height).await?;
        found.extend(browser.accessibility().await?.into_iter().map(|one| format!("{width}: {one:?}")));
    }

    browser.click("Glucose").await?;
    browser.heading("Glucose").await?;
    browser.wait_for(&say!("trend-converted", count = 1)).await?;
    browser.wait_for(&say!("trend-limits", count = 1)).await?;
    browser.wait_for(&say!("trend-ranges", count = 1)).await?;
    browser.wait_for(&say!("trend-not-drawn", count = 1)).await?;
    let drawn = browser.evaluate("return document.querySelectorAll('.trend [role=radio]').length", Vec::new()).await?;
    is(drawn.as_u64() == Some(4), || format!("{drawn} values are drawn"))?;
    browser.click(&say!("trend-table-show")).await?;
    browser.wait_for("100 mg/dL (5.55 mmol/L)").await?;
    browser.wait_for("sample lost").await?;
    browser.wait_for("Laboratory 5").await?;
    for (width, height) in [(390, 844), (1280, 900)] {
        browser.resize(width, height).await?;
        found.extend(browser.accessibility().await?.into_iter().map(|one| format!("{width}: {one:?}")));
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let wide = browser.evaluate(wide, Vec::new()).await?;
        is(wide.as_i64() == Some(0), || format!("{wide} px stick out at the side of {width}"))?;
    }
    is(found.is_empty(), || found.join("\n"))?;
    browser.expect_no_complaints().await
}
