//! A care plan, a note and what a person tells about themselves: written, found again after a lock and a reload, verified.

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    in_both_browsers,
    steps::{self, As, Keeper, LONG, is},
    words::say,
};

in_both_browsers!(a_task_is_written_ticked_taken_back_and_found_again);
in_both_browsers!(a_note_saves_itself_and_a_profile_comes_back);
in_both_browsers!(pages_of_documents_are_accessible);

fn keeper() -> Keeper {
    Keeper::new("Ida Quill", ["14", "3", "1968"], false, "copper heron seven lamps")
}

pub(crate) async fn write_task(browser: &Browser, title: &str) -> Result<(), Trouble> {
    steps::go(browser, "#/p/new").await?;
    browser.heading(&say!("task-add")).await?;
    browser.type_into(&say!("task-what"), title).await?;
    browser.type_into(&say!("task-repeat"), &say!("repeat-day")).await?;
    browser.click(&say!("task-save")).await?;
    browser.heading(&say!("plan-title")).await?;
    browser.wait_for_within(title, LONG).await
}

async fn a_task_is_written_ticked_taken_back_and_found_again(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    steps::go(browser, "#/p").await?;
    browser.heading(&say!("plan-empty")).await?;
    steps::go(browser, "#/p/new").await?;
    browser.heading(&say!("task-add")).await?;
    browser.click(&say!("task-save")).await?;
    browser.wait_for(&say!("task-wrong-title")).await?;
    write_task(browser, "Walk for 20 minutes").await?;

    steps::go(browser, "#/").await?;
    browser.heading(&say!("home-to-do")).await?;
    browser.wait_for(&say!("task-today")).await?;
    browser.click(&format!("{} Walk for 20 minutes", say!("task-mark-done"))).await?;
    browser.wait_for(&say!("task-undo")).await?;
    browser.click(&say!("task-undo")).await?;
    browser.wait_for(&say!("task-today")).await?;
    browser.click(&format!("{} Walk for 20 minutes", say!("task-mark-done"))).await?;
    browser.wait_for(&say!("task-undo")).await?;

    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    steps::go(browser, "#/p").await?;
    browser.heading(&say!("plan-later")).await?;
    browser.click("Walk for 20 minutes").await?;
    browser.heading(&say!("task-history")).await?;
    browser.wait_for(&say!("task-done")).await?;
    browser.click(&say!("task-stop")).await?;
    browser.heading(&say!("plan-settled")).await?;
    browser.wait_for(&say!("task-stopped")).await?;
    is(steps::verify(browser).await?, || "what was written does not hold".into())?;
    let taken = steps::take_out(browser, As::Bundle).await?;
    let text = std::fs::read_to_string(&taken).map_err(|error| Trouble::wrong(error.to_string()))?;
    is(text.contains("CarePlan") && text.contains("Walk for 20 minutes"), || format!("taken out: {text}"))?;
    browser.expect_no_complaints().await
}

async fn a_note_saves_itself_and_a_profile_comes_back(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    steps::go(browser, "#/n").await?;
    browser.heading(&say!("notes-empty")).await?;
    browser.click(&say!("note-new")).await?;
    browser.type_into(&say!("note-title"), "Knee").await?;
    browser.type_into(&say!("note-text"), "Hurts on stairs.").await?;
    // Nobody saves it.
    browser.wait_for_within(&say!("note-end"), LONG).await?;
    browser.type_into(&say!("note-text"), "Hurts on stairs. Cold helps.").await?;
    // Whoever leaves at once loses nothing.
    steps::go(browser, "#/n").await?;
    browser.wait_for_within("Cold helps.", LONG).await?;

    steps::go(browser, "#/me").await?;
    browser.heading(&say!("about-title")).await?;
    browser.type_into(&say!("about-name"), "Idi").await?;
    browser.type_into(&say!("about-blood"), "0 Rh positive").await?;
    browser.click(&say!("task-save")).await?;
    browser.wait_for_within(&say!("task-saved"), LONG).await?;

    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    steps::go(browser, "#/n").await?;
    browser.click("Knee").await?;
    browser.heading(&say!("note")).await?;
    let value = |id: &str| format!("return document.getElementById('{id}').value");
    browser.wait_for(&say!("note-end")).await?;
    let text = browser.evaluate(&value("note-text"), Vec::new()).await?;
    is(text.as_str() == Some("Hurts on stairs. Cold helps."), || format!("the note says {text}"))?;
    browser.click(&say!("note-forget")).await?;
    browser.heading(&say!("note-forget-question")).await?;
    browser.click(&say!("note-forget-do")).await?;
    browser.heading(&say!("notes-title")).await?;
    browser.wait_for_within("Cold helps.", LONG).await?;
    browser.click("Knee").await?;
    browser.wait_for(&say!("note-end")).await?;
    browser.click(&say!("note-erase")).await?;
    browser.heading(&say!("note-erase-question")).await?;
    browser.click(&say!("erase-keep")).await?;
    browser.wait_for(&say!("note-end")).await?;
    browser.click(&say!("note-erase")).await?;
    browser.click(&say!("erase-do")).await?;
    browser.heading(&say!("notes-empty")).await?;
    steps::go(browser, "#/me").await?;
    browser.heading(&say!("contacts")).await?;
    let blood = browser.evaluate(&value("blood-group"), Vec::new()).await?;
    is(blood.as_str() == Some("0 Rh positive"), || format!("the profile says {blood}"))?;
    // Helpers read it on the emergency card, and that nobody measured it.
    steps::go(browser, "#/card").await?;
    browser.wait_for(&format!("0 Rh positive ({})", say!("card-told"))).await?;
    is(steps::verify(browser).await?, || "what was written does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn pages_of_documents_are_accessible(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    steps::start_record(browser, site, &keeper()).await?;
    write_task(browser, "Walk for 20 minutes").await?;
    let mut found = Vec::new();
    for (page, title) in [
        ("#/", say!("home-to-do")),
        ("#/p", say!("plan-title")),
        ("#/p/new", say!("task-add")),
        ("#/n", say!("notes-title")),
        ("#/n/new", say!("note-new")),
        ("#/me", say!("about-title")),
    ] {
        steps::go(browser, page).await?;
        browser.heading(&title).await?;
        for (width, height) in [(390, 844), (1280, 900)] {
            browser.resize(width, height).await?;
            for violation in browser.accessibility().await? {
                found.push(format!("{page}, {width}: {}: {}", violation.rule, violation.places.join(" ")));
            }
            let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let wide = browser.evaluate(wide, Vec::new()).await?;
            if wide.as_i64().unwrap_or(0) > 0 {
                found.push(format!("{page}, {width}: {wide} px stick out at the side"));
            }
        }
    }
    is(found.is_empty(), || found.join("\n"))
}
