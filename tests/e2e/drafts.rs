//! One form in two tabs: nothing that was typed is overwritten, and the person chooses.

use std::time::{Duration, Instant};

use chartchain_tests::{Browser, Site, Trouble};
use fantoccini::wd::WindowHandle;

use crate::{
    in_both_browsers,
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(of_two_texts_in_one_draft_the_person_takes_one);
in_both_browsers!(a_draft_that_another_tab_saved_goes_on_as_a_new_entry_or_is_thrown_away);
in_both_browsers!(both_texts_are_there_after_a_restart_and_one_of_them_goes_on);

fn keeper() -> Keeper {
    Keeper::new("Ida Quill", ["14", "3", "1968"], false, "copper heron seven lamps")
}

/// The note that is being written, the same in both tabs; the first tab is in front.
async fn two_tabs(browser: &Browser, site: &Site) -> Result<[WindowHandle; 2], Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    let client = browser.client()?;
    let first = client.window().await?;
    let second = client.new_window(true).await?.handle;
    client.switch_to_window(second.clone()).await?;
    browser.open(&site.url("")).await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    client.switch_to_window(first.clone()).await?;
    note(browser).await?;
    write(browser, "Slept").await?;
    kept(browser).await?;
    client.switch_to_window(second.clone()).await?;
    note(browser).await?;
    browser.heading(&say!("draft-heading")).await?;
    browser.click(&say!("draft-go-on")).await?;
    holds(browser, "Slept").await?;
    client.switch_to_window(first.clone()).await?;
    Ok([first, second])
}

async fn note(browser: &Browser) -> Result<(), Trouble> {
    steps::go(browser, "#/write/7").await?;
    browser.heading(&say!("sort-note")).await.map(|_| ())
}

/// Writes without leaving the field.
async fn write(browser: &Browser, text: &str) -> Result<(), Trouble> {
    browser.type_into(&say!("ask-text"), text).await
}

async fn kept(browser: &Browser) -> Result<(), Trouble> {
    tokio::time::sleep(Duration::from_millis(1500)).await;
    browser.wait_for(&say!("draft-kept")).await.map(|_| ())
}

async fn holds(browser: &Browser, wanted: &str) -> Result<(), Trouble> {
    becomes(browser, "return document.querySelector('#text')?.value", &wanted.into()).await
}

/// Waits until a script answers this.
async fn becomes(browser: &Browser, script: &str, wanted: &serde_json::Value) -> Result<(), Trouble> {
    let start = Instant::now();
    loop {
        let answer = browser.evaluate(script, Vec::new()).await?;
        if answer == *wanted {
            return Ok(());
        }
        is(start.elapsed() < Duration::from_secs(20), || format!("{script}: {answer}, not {wanted}"))?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn of_two_texts_in_one_draft_the_person_takes_one(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let [first, second] = two_tabs(browser, site).await?;
    write(browser, "Slept well").await?;
    kept(browser).await?;
    browser.client()?.switch_to_window(second.clone()).await?;
    write(browser, "Slept badly").await?;
    browser.wait_for(&say!("other-tab-wrote")).await?;
    // Typing goes on, and it is read out.
    let told = "return [document.activeElement.id, \
                document.querySelector('.hidden-text[role=status][aria-live=polite]').textContent]";
    becomes(browser, told, &serde_json::json!(["text", say!("other-tab-wrote")])).await?;
    browser.screenshot("other-tab-wrote").await?;
    write(browser, "Slept very badly").await?;
    browser.click(&say!("other-tab-look")).await?;
    becomes(browser, "return document.activeElement.id", &"elsewhere".into()).await?;
    browser.click(&say!("other-tab-compare")).await?;
    for words in ["Slept well", "Slept very badly"] {
        browser.wait_for(words).await?;
    }
    browser.screenshot("other-tab-compare").await?;
    let saves = "return [...document.querySelectorAll('form button')].filter(one => one.textContent.trim() === arguments[0]).length";
    let saves = browser.evaluate(saves, vec![say!("write-save").into()]).await?;
    is(saves == 0, || "it could be saved without a choice".into())?;
    browser.click(&say!("other-tab-mine")).await?;
    browser.wait_gone(&say!("other-tab-wrote")).await?;
    holds(browser, "Slept very badly").await?;
    kept(browser).await?;

    // Now the first tab is the one that is behind, and sees it when it saves.
    browser.client()?.switch_to_window(first).await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("other-tab-wrote")).await?;
    let focus = "return document.activeElement.closest('#elsewhere') !== null";
    becomes(browser, focus, &true.into()).await?;
    browser.click(&say!("other-tab-theirs")).await?;
    browser.wait_gone(&say!("other-tab-wrote")).await?;
    holds(browser, "Slept very badly").await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("acts-heading")).await?;
    browser.wait_for("Slept very badly").await?;
    note(browser).await?;
    browser.wait_gone(&say!("draft-heading")).await?;
    holds(browser, "").await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn a_draft_that_another_tab_saved_goes_on_as_a_new_entry_or_is_thrown_away(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let [first, second] = two_tabs(browser, site).await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("acts-heading")).await?;
    let client = browser.client()?;
    client.switch_to_window(second.clone()).await?;
    // The same once more would be a second entry: it is asked first.
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("other-tab-saved")).await?;
    browser.click(&say!("other-tab-mine-new")).await?;
    browser.wait_gone(&say!("other-tab-saved")).await?;
    write(browser, "Woke early").await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("acts-heading")).await?;
    steps::go(browser, "#/timeline").await?;
    for words in ["Slept", "Woke early"] {
        browser.wait_for(words).await?;
    }

    client.switch_to_window(first.clone()).await?;
    note(browser).await?;
    write(browser, "Dreamt").await?;
    kept(browser).await?;
    client.switch_to_window(second).await?;
    note(browser).await?;
    browser.heading(&say!("draft-heading")).await?;
    browser.click(&say!("draft-anew")).await?;
    holds(browser, "").await?;
    browser.client()?.switch_to_window(first).await?;
    write(browser, "Dreamt of geese").await?;
    browser.wait_for(&say!("other-tab-away")).await?;
    browser.click(&say!("other-tab-throw")).await?;
    browser.heading(&say!("nav-timeline")).await?;
    note(browser).await?;
    holds(browser, "").await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn both_texts_are_there_after_a_restart_and_one_of_them_goes_on(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let [_, second] = two_tabs(browser, site).await?;
    write(browser, "Slept well").await?;
    kept(browser).await?;
    browser.client()?.switch_to_window(second).await?;
    write(browser, "Slept badly").await?;
    browser.wait_for(&say!("other-tab-wrote")).await?;
    browser.kill();
    browser.reopen().await?;
    browser.open(&site.url("")).await?;
    steps::unlock(browser, &keeper().passphrase).await?;
    note(browser).await?;
    browser.heading(&say!("draft-two")).await?;
    for words in ["Slept well", "Slept badly"] {
        browser.wait_for(words).await?;
    }
    // The second of them is the text that was kept beside.
    let choose = "[...document.querySelectorAll('.two-texts section')].find(text => text.textContent.includes('badly'))\
                  .querySelector('button').click()";
    browser.evaluate(choose, Vec::new()).await?;
    holds(browser, "Slept badly").await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("acts-heading")).await?;
    note(browser).await?;
    browser.wait_gone(&say!("draft-heading")).await?;
    browser.wait_gone(&say!("draft-two")).await?;
    holds(browser, "").await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}
