//! A person writes an entry by hand, amends it and marks it as made in error; everything holds afterwards.

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    in_both_browsers,
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(a_weight_is_written_amended_and_withdrawn);
in_both_browsers!(every_form_is_accessible_and_says_what_is_wrong);

async fn fill_in(browser: &Browser, number: &str) -> Result<(), Trouble> {
    browser.type_into(&say!("ask-measured"), &say!("measured-weight")).await?;
    browser.type_into(&say!("measured-weight"), number).await
}

async fn is_focused(browser: &Browser, id: &str) -> Result<(), Trouble> {
    let focused = browser.evaluate("return document.activeElement.id", Vec::new()).await?;
    is(focused.as_str() == Some(id), || format!("focus is on {focused}"))
}

async fn a_weight_is_written_amended_and_withdrawn(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ida Quill", ["14", "3", "1968"], false, "copper heron seven lamps");
    steps::start_record(browser, site, &keeper).await?;
    browser.click(&say!("sort-measurement")).await?;
    browser.heading(&say!("sort-measurement")).await?;
    fill_in(browser, "650,5").await?;
    browser.click(&say!("fill-now")).await?;
    browser.click(&say!("write-save")).await?;
    // A unit is never guessed.
    browser.wait_for(&say!("wrong-unit")).await?;
    browser.type_into(&say!("ask-unit"), "kg").await?;
    browser.click(&say!("write-save")).await?;
    browser.heading(&say!("ask-right", value = "650.5 kg")).await?;
    is_focused(browser, "questions").await?;
    browser.click(&say!("ask-change")).await?;
    is_focused(browser, "number").await?;
    browser.type_into(&say!("measured-weight"), "65,5").await?;
    browser.click(&say!("write-save")).await?;
    browser.heading("Body weight").await?;
    browser.wait_for("65.5").await?;
    browser.wait_for(&say!("write-saved")).await?;
    for page in ["#/", "#/s/3", "#/timeline"] {
        steps::go(browser, page).await?;
        browser.wait_for("65.5").await?;
    }

    browser.click("Body weight").await?;
    browser.click(&say!("amend")).await?;
    browser.heading(&say!("amend-title")).await?;
    browser.type_into(&say!("measured-weight"), "64.5").await?;
    browser.click(&say!("write-save")).await?;
    browser.heading(&say!("versions")).await?;
    browser.wait_for("64.5").await?;
    steps::go(browser, "#/").await?;
    browser.wait_for("64.5").await?;
    browser.wait_gone("65.5").await?;

    // What was chosen once in this session stands there the next time.
    steps::go(browser, "#/write/2").await?;
    browser.heading(&say!("sort-measurement")).await?;
    fill_in(browser, "64").await?;
    let unit = browser.evaluate("return document.querySelector('#unit').selectedOptions[0].text", Vec::new()).await?;
    is(unit.as_str() == Some("kg"), || format!("the unit is {unit}"))?;

    steps::go(browser, "#/timeline").await?;
    // The page shows first what it showed last.
    browser.wait_for("64.5").await?;
    browser.wait_gone("65.5").await?;
    browser.click("Body weight").await?;
    browser.click(&say!("withdraw")).await?;
    browser.heading(&say!("withdraw-question")).await?;
    browser.click(&say!("withdraw-do")).await?;
    browser.wait_for(&say!("acts-wrong")).await?;
    steps::go(browser, "#/").await?;
    browser.wait_gone("64.5").await?;
    is(steps::verify(browser).await?, || "what was written does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn every_form_is_accessible_and_says_what_is_wrong(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ida Quill", ["14", "3", "1968"], false, "copper heron seven lamps");
    steps::start_record(browser, site, &keeper).await?;
    let mut found = Vec::new();
    let titles = [
        say!("sort-symptom"),
        say!("sort-measurement"),
        say!("sort-medicine"),
        say!("sort-allergy"),
        say!("sort-condition"),
        say!("sort-vaccination"),
        say!("sort-note"),
        say!("sort-document"),
    ];
    for (at, title) in titles.iter().enumerate() {
        steps::go(browser, &format!("#/write/{}", at + 1)).await?;
        browser.heading(title).await?;
        browser.click(&say!("write-save")).await?;
        browser.heading(&say!("error-heading")).await?;
        if at == 1 {
            browser.type_into(&say!("ask-measured"), &say!("measured-pressure")).await?;
            browser.wait_for(&say!("trend-lower")).await?;
        }
        for (width, height) in [(390, 844), (1280, 900)] {
            browser.resize(width, height).await?;
            for violation in browser.accessibility().await? {
                found.push(format!("{title}, {width}: {}: {}", violation.rule, violation.places.join(" ")));
            }
            let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let wide = browser.evaluate(wide, Vec::new()).await?;
            if wide.as_i64().unwrap_or(0) > 0 {
                found.push(format!("{title}, {width}: {wide} px stick out at the side"));
            }
        }
    }
    is(found.is_empty(), || found.join("\n"))
}
