//! Recovery words in other forms, and devices that were put back.

use std::path::{Path, PathBuf};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use chartchain_tests::{Browser, Kind, Media, Site, Trouble};
use fantoccini::Locator;

use crate::{
    given::Given,
    in_both_browsers,
    steps::{self, Keeper, is, shown_words},
    words::say,
};

in_both_browsers!(a_printed_sheet_and_a_recovery_file_open_what_is_lost);
in_both_browsers!(the_camera_reads_a_sheet);
in_both_browsers!(a_device_that_was_put_back_gets_a_new_key);

fn failed(error: std::io::Error) -> Trouble {
    Trouble::wrong(error.to_string())
}

/// Gives a file to the input of this id.
async fn choose(browser: &Browser, id: &str, file: &Path) -> Result<(), Trouble> {
    let input = browser.client()?.find(Locator::Id(id)).await?;
    Ok(input.send_keys(&file.to_string_lossy()).await?)
}

/// From the recovery card to a picture of the sheet.
async fn sheet(browser: &Browser, name: &str) -> Result<PathBuf, Trouble> {
    browser.click(&say!("sheet-open")).await?;
    browser.heading(&say!("sheet-title")).await?;
    browser.wait_for(&say!("sheet-code-why")).await?;
    let sheet = browser.client()?.find(Locator::Css(".sheet")).await?;
    let text = sheet.text().await?;
    let given = name.split(' ').next().unwrap_or_default();
    // One of the words may be “health”.
    let said: String = text.lines().filter(|line| line.contains(' ')).collect();
    is(!text.contains(given) && !said.to_lowercase().contains("health"), || {
        format!("the sheet tells too much:\n{text}")
    })?;
    let path = browser.downloads().join("sheet.png");
    let code = browser.client()?.find(Locator::Css(".sheet-code svg")).await?;
    std::fs::write(&path, code.screenshot().await?).map_err(failed)?;
    Ok(path)
}

/// Whether all 24 fields are filled in.
async fn filled(browser: &Browser) -> Result<(), Trouble> {
    browser.wait_for(&say!("ways-filled")).await?;
    let script = "return [...document.querySelectorAll('.word-fields input')].map((word) => word.value).join(' ')";
    let words = browser.evaluate(script, Vec::new()).await?;
    let count = words.as_str().unwrap_or_default().split_whitespace().count();
    is(count == 24, || format!("{count} words"))
}

async fn backed_up(browser: &Browser) -> Result<PathBuf, Trouble> {
    steps::go(browser, "#/backup").await?;
    browser.click(&say!("backup-do")).await?;
    browser.heading(&say!("backup-saved")).await?;
    browser.downloaded(".backup").await
}

async fn a_printed_sheet_and_a_recovery_file_open_what_is_lost(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Thaddeus Brook", ["2", "3", "1950"], true, "sorrel lantern beads");
    steps::start_record(browser, site, &keeper).await?;
    steps::go(browser, "#/recovery").await?;
    shown_words(browser).await?;
    let picture = sheet(browser, &keeper.name).await?;
    if browser.kind() == Kind::Chromium {
        browser.show_as(Media::Print).await?;
        let paper = browser.text().await?;
        is(!paper.contains("Thaddeus") && !paper.contains(&say!("allergies-none-noted")), || {
            format!("on paper stands:\n{paper}")
        })?;
        browser.show_as(Media::Screen).await?;
    }
    browser.click(&say!("back")).await?;
    browser.click(&say!("recovery-file-open")).await?;
    browser.heading(&say!("recovery-file-title")).await?;
    let of_file = "hollow mandolin seven";
    browser.type_into(&say!("passphrase"), of_file).await?;
    browser.type_into(&say!("passphrase-again"), of_file).await?;
    browser.click(&say!("recovery-file-do")).await?;
    browser.heading(&say!("recovery-file-saved")).await?;
    let file = browser.downloaded(".recovery").await?;
    let backup = backed_up(browser).await?;

    // The device is lost, the sheet is not.
    steps::go(browser, "#/delete").await?;
    browser.type_into(&say!("passphrase"), &keeper.passphrase).await?;
    browser.click(&say!("delete-do")).await?;
    browser.click(&say!("start-restore")).await?;
    browser.heading(&say!("restore-title")).await?;
    choose(browser, "backup-file", &backup).await?;
    browser.click(&say!("ways-title")).await?;
    let hostile = browser.downloads().join("hostile.png");
    let head = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &60_000_u32.to_be_bytes(), &60_000_u32.to_be_bytes()];
    std::fs::write(&hostile, head.concat()).map_err(failed)?;
    choose(browser, "sheet-picture", &hostile).await?;
    browser.wait_for(&say!("picture-too-large")).await?;
    choose(browser, "sheet-picture", &backup).await?;
    browser.wait_for(&say!("picture-none")).await?;
    choose(browser, "sheet-picture", &picture).await?;
    filled(browser).await?;
    let passphrase = "pebble lantern fourteen";
    browser.type_into(&say!("passphrase"), passphrase).await?;
    browser.type_into(&say!("passphrase-again"), passphrase).await?;
    browser.click(&say!("restore-do")).await?;
    browser.heading(&say!("home-record")).await?;
    browser.wait_for(&keeper.name).await?;

    // The passphrase is forgotten, the file is not.
    browser.click(&say!("lock")).await?;
    browser.click(&say!("forgotten-title")).await?;
    browser.click(&say!("forgotten-use-words")).await?;
    browser.wait_for(&say!("forgotten-device")).await?;
    browser.click(&say!("ways-title")).await?;
    choose(browser, "recovery-file", &backup).await?;
    browser.type_into(&say!("ways-file-passphrase"), "wrong mandolin seven").await?;
    browser.click(&say!("ways-file-open")).await?;
    browser.wait_for(&say!("fault-not-a-recovery-file")).await?;
    choose(browser, "recovery-file", &file).await?;
    browser.click(&say!("ways-file-open")).await?;
    browser.wait_for(&say!("recovery-file-wrong")).await?;
    browser.type_into(&say!("ways-file-passphrase"), of_file).await?;
    browser.click(&say!("ways-file-open")).await?;
    filled(browser).await?;
    let last = "thimble orchard seven";
    browser.type_into(&say!("passphrase"), last).await?;
    browser.type_into(&say!("passphrase-again"), last).await?;
    browser.click(&say!("forgotten-open")).await?;
    browser.wait_for(&keeper.name).await?;
    is(steps::verify(browser).await?, || "what came back does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn the_camera_reads_a_sheet(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ines Calloway", ["1", "9", "1988"], false, "copper thistle rain");
    steps::start_record(browser, site, &keeper).await?;
    steps::go(browser, "#/recovery").await?;
    shown_words(browser).await?;
    let picture = std::fs::read(sheet(browser, &keeper.name).await?).map_err(failed)?;
    browser.click(&say!("lock")).await?;
    browser.click(&say!("forgotten-title")).await?;
    browser.click(&say!("forgotten-use-words")).await?;
    browser.click(&say!("ways-title")).await?;
    // A camera that nobody allows.
    let refuse =
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError') }";
    browser.evaluate(refuse, Vec::new()).await?;
    browser.click(&say!("ways-camera")).await?;
    browser.wait_for(&say!("camera-refused")).await?;
    browser.click(&say!("camera-close")).await?;
    // One that is held before the sheet.
    let hold = "
        const picture = new Image();
        picture.src = 'data:image/png;base64,' + arguments[0];
        const canvas = document.createElement('canvas');
        const draw = () => {
            canvas.width = picture.naturalWidth; canvas.height = picture.naturalHeight;
            canvas.getContext('2d').drawImage(picture, 0, 0);
        };
        window.tracks = [];
        navigator.mediaDevices.getUserMedia = async () => {
            await picture.decode();
            draw();
            const stream = canvas.captureStream(10);
            window.tracks.push(...stream.getTracks());
            setInterval(draw, 100);
            return stream;
        };";
    browser.evaluate(hold, vec![BASE64_STANDARD.encode(picture).into()]).await?;
    browser.click(&say!("ways-camera")).await?;
    filled(browser).await?;
    let live =
        browser.evaluate("return window.tracks.filter((track) => track.readyState === 'live').length", Vec::new());
    is(live.await?.as_u64() == Some(0), || "the camera is still on".into())?;
    let passphrase = "thimble orchard seven";
    browser.type_into(&say!("passphrase"), passphrase).await?;
    browser.type_into(&say!("passphrase-again"), passphrase).await?;
    browser.click(&say!("forgotten-open")).await?;
    browser.wait_for(&keeper.name).await?;
    browser.expect_no_complaints().await
}

async fn a_device_that_was_put_back_gets_a_new_key(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let given = Given::person()?;
    let keeper = given.keeper()?;
    steps::start_record(browser, site, &keeper).await?;
    steps::go(browser, "#/recovery").await?;
    let words = shown_words(browser).await?.join(" ");
    browser.keep_stored().await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    let backup = backed_up(browser).await?;
    // Somebody puts the whole profile back to an older copy.
    browser.restore_stored().await?;
    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    steps::go(browser, "#/backup").await?;
    browser.click(&say!("bring-back-open")).await?;
    browser.heading(&say!("bring-back-title")).await?;
    choose(browser, "backup-file", &backup).await?;
    browser.type_into(&say!("word-of", place = "1"), &words).await?;
    browser.click(&say!("bring-back-do")).await?;
    browser.heading(&say!("bring-back-done")).await?;
    browser.wait_for(&say!("retired-why")).await?;
    browser.expect_no_complaints().await?;
    let back = steps::taken_out(browser, steps::As::Ndjson, &keeper).await?;
    steps::same(&given.counted(), &back)?;
    is(steps::verify(browser).await?, || "what came in does not hold".into())?;
    // It goes on to write, and all of it is found again.
    let more = Given::measurements(&keeper, 12)?;
    steps::add_file(browser, &more.path, more.texts.len()).await?;
    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    is(steps::verify(browser).await?, || "what was written since does not hold".into())?;
    browser.expect_no_complaints().await
}
