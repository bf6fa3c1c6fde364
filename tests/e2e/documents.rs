//! Documents with files, drafts of forms, entries that are erased and entries that belong to somebody else.

use std::time::{Duration, Instant};

use chartchain_tests::{Browser, Site, Trouble};
use fantoccini::error::CmdError;

use crate::{
    in_both_browsers,
    steps::{self, Keeper, is},
    words::say,
};

in_both_browsers!(a_picture_waits_in_its_draft_is_saved_shown_and_taken_out);
in_both_browsers!(an_entry_is_erased_and_another_moves_to_the_record_it_belongs_to);
in_both_browsers!(a_draft_is_there_in_another_tab_as_it_was_kept_last);

/// One red point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";

fn keeper() -> Keeper {
    Keeper::new("Ida Quill", ["14", "3", "1968"], false, "copper heron seven lamps")
}

fn failed(error: CmdError) -> Trouble {
    Trouble::from(error)
}

/// Waits until the page shows a picture.
async fn picture(browser: &Browser) -> Result<(), Trouble> {
    let start = Instant::now();
    let script = "return document.querySelector('.file-picture')?.naturalWidth ?? 0";
    while browser.evaluate(script, Vec::new()).await?.as_u64() != Some(1) {
        is(start.elapsed() < Duration::from_secs(30), || "no picture is shown".into())?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

async fn a_picture_waits_in_its_draft_is_saved_shown_and_taken_out(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    browser.click(&say!("sort-document")).await?;
    browser.heading(&say!("sort-document")).await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("wrong-file-missing")).await?;
    let folder = tempfile::tempdir().map_err(|error| Trouble::wrong(error.to_string()))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).map_err(|error| Trouble::wrong(error.to_string())).map(|()| path)
    };
    // The name says picture, the bytes do not.
    browser.upload(&[&write("scan.png", b"MZ no picture at all")?]).await?;
    browser.wait_for(&say!("file-unknown")).await?;
    browser.upload(&[&write("letter.png", PNG)?]).await?;
    browser.wait_for("letter.png").await?;
    browser.type_into(&say!("ask-title"), "Letter of the eye clinic").await?;
    browser.wait_for(&say!("draft-kept")).await?;
    tokio::time::sleep(Duration::from_millis(1500)).await;

    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    steps::go(browser, "#/write/8").await?;
    browser.heading(&say!("draft-heading")).await?;
    browser.click(&say!("draft-go-on")).await?;
    browser.wait_for("letter.png").await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("write-saved")).await?;
    browser.wait_for("Letter of the eye clinic").await?;
    picture(browser).await?;
    browser.click(&say!("file-take-out")).await?;
    let path = browser.downloaded(".png").await?;
    let bytes = std::fs::read(path).map_err(|error| Trouble::wrong(error.to_string()))?;
    is(bytes == PNG, || format!("{} other bytes came out", bytes.len()))?;

    // The draft went with it, and an amended document keeps its file.
    browser.click(&say!("amend")).await?;
    browser.heading(&say!("amend-title")).await?;
    browser.type_into(&say!("ask-title"), "Letter of the ear clinic").await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for("Letter of the ear clinic").await?;
    picture(browser).await?;
    steps::go(browser, "#/write/8").await?;
    browser.heading(&say!("sort-document")).await?;
    browser.wait_for(&say!("choose-file")).await?;
    browser.wait_gone(&say!("draft-heading")).await?;
    is(steps::verify(browser).await?, || "what was written does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn note(browser: &Browser, text: &str) -> Result<(), Trouble> {
    steps::go(browser, "#/write/7").await?;
    browser.heading(&say!("sort-note")).await?;
    browser.type_into(&say!("ask-text"), text).await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("acts-heading")).await?;
    browser.wait_for(text).await
}

async fn an_entry_is_erased_and_another_moves_to_the_record_it_belongs_to(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    note(browser, "A zebra in the night").await?;
    browser.click(&say!("erase")).await?;
    browser.heading(&say!("erase-question")).await?;
    browser.wait_for(&say!("erase-cannot-why")).await?;
    browser.click(&say!("erase-do")).await?;
    browser.heading(&say!("nav-timeline")).await?;
    browser.wait_gone("zebra").await?;
    is(steps::verify(browser).await?, || "what is left does not hold".into())?;
    browser.wait_for(&say!("block-erase")).await?;

    let ben = Keeper::new("Ben Quill", ["2", "5", "2015"], true, "");
    steps::go(browser, "#/records/new").await?;
    steps::name_the_record(browser, &ben).await?;
    note(browser, "A horse by day").await?;
    browser.click(&say!("move")).await?;
    browser.heading(&say!("move-question")).await?;
    browser.click(&say!("move-do")).await?;
    browser.wait_for(&say!("move-missing")).await?;
    browser.click(&keeper.name).await?;
    browser.click(&say!("move-do")).await?;
    browser.wait_for(&say!("acts-wrong")).await?;
    steps::go(browser, "#/timeline").await?;
    browser.wait_gone("horse").await?;
    steps::go(browser, "#/records").await?;
    browser.click(&keeper.name).await?;
    steps::go(browser, "#/timeline").await?;
    browser.wait_for("horse").await?;
    is(steps::verify(browser).await?, || "what was moved does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn a_draft_is_there_in_another_tab_as_it_was_kept_last(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    steps::go(browser, "#/write/7").await?;
    browser.heading(&say!("sort-note")).await?;
    browser.type_into(&say!("ask-text"), "Slept well").await?;
    browser.wait_for(&say!("draft-kept")).await?;
    let client = browser.client()?;
    let first = client.window().await.map_err(failed)?;
    let second = client.new_window(true).await.map_err(failed)?.handle;
    client.switch_to_window(second.clone()).await.map_err(failed)?;
    browser.open(&site.url("")).await?;
    steps::unlock(browser, &keeper.passphrase).await?;

    // Tabs take turns: what is typed in the first one is kept all the same.
    browser.client()?.switch_to_window(first).await.map_err(failed)?;
    browser.type_into(&say!("ask-text"), "Slept well, dreamt of geese").await?;
    tokio::time::sleep(Duration::from_millis(2500)).await;
    browser.wait_gone(&say!("draft-not-kept")).await?;

    browser.client()?.switch_to_window(second).await.map_err(failed)?;
    steps::go(browser, "#/write/7").await?;
    browser.heading(&say!("draft-heading")).await?;
    browser.click(&say!("draft-go-on")).await?;
    browser.heading(&say!("sort-note")).await?;
    let kept = browser.evaluate("return document.querySelector('#text').value", Vec::new()).await?;
    is(kept.as_str() == Some("Slept well, dreamt of geese"), || format!("the draft says {kept}"))?;
    browser.expect_no_complaints().await
}
