//! Workers that cannot be loaded or fail, and pages that are left: the person is told, no page waits for ever, and
//! nothing that was saved is lost.

use std::path::Path;

use chartchain_tests::{Browser, Site, Trouble};
use tempfile::TempDir;

use crate::{
    in_both_browsers,
    steps::{self, As, Keeper, is},
    words::say,
};

in_both_browsers!(a_vault_worker_that_cannot_be_loaded_is_told);
in_both_browsers!(a_vault_worker_that_fails_is_told_and_nothing_saved_is_lost);
in_both_browsers!(a_passphrase_worker_that_cannot_be_loaded_is_told);
in_both_browsers!(a_part_that_cannot_be_loaded_is_told_and_loaded_at_the_next_try);
in_both_browsers!(locking_does_not_wait_for_a_part_that_is_being_loaded);
in_both_browsers!(the_way_back_to_a_page_that_was_left_leads_to_the_lock_screen);

/// A message on this channel makes the vault worker fail in a promise, as Rust does when it traps.
const TRAP: &str =
    "\nnew BroadcastChannel('trap').onmessage = async () => { throw new WebAssembly.RuntimeError('unreachable'); };\n";

fn keeper() -> Keeper {
    Keeper::new("Ottilie Marchbanks", ["9", "4", "1979"], false, "saddle turnip violet")
}

/// The built app with something done to its files.
pub(crate) struct Altered {
    pub(crate) site: Site,
    folder: TempDir,
}

impl Altered {
    pub(crate) async fn serve(alter: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<Self, Trouble> {
        let failed = |error: std::io::Error| Trouble::wrong(error.to_string());
        let folder = tempfile::tempdir().map_err(failed)?;
        let dist = std::env::var_os("CHARTCHAIN_DIST").unwrap_or_default();
        copy(Path::new(&dist), folder.path()).map_err(failed)?;
        alter(folder.path()).map_err(failed)?;
        Ok(Self { site: Site::serve(folder.path(), "/", 0).await?, folder })
    }
}

pub(crate) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else if !matches!(to.extension().and_then(|ending| ending.to_str()), Some("br" | "gz")) {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

async fn a_vault_worker_that_cannot_be_loaded_is_told(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    for file in ["worker-vault.js", "vault_worker.js", "vault_worker_bg.wasm"] {
        let told = |trouble| Trouble::wrong(format!("without {file}: {trouble}"));
        let altered = Altered::serve(|dist| std::fs::remove_file(dist.join(file))).await?;
        browser.open(&altered.site.url("")).await?;
        browser.heading(&say!("ended-title")).await.map_err(told)?;
    }
    let altered =
        Altered::serve(|dist| std::fs::write(dist.join("vault_worker_bg.wasm"), b"\0asm\x01\0\0\0 cut")).await?;
    browser.open(&altered.site.url("#/timeline")).await?;
    browser.heading(&say!("ended-title")).await?;
    let violations = browser.accessibility().await?;
    is(violations.is_empty(), || format!("{violations:?}"))?;

    // The page tries again, and says so again.
    browser.evaluate("document.body.dataset.before = 'yes'", Vec::new()).await?;
    browser.click(&say!("reload")).await?;
    browser.heading(&say!("ended-title")).await?;
    let is_new = browser.evaluate("return document.body.dataset.before !== 'yes'", Vec::new()).await?;
    is(is_new.as_bool() == Some(true), || "the page was not loaded anew".into())
}

async fn a_vault_worker_that_fails_is_told_and_nothing_saved_is_lost(
    browser: &mut Browser,
    _: &Site,
) -> Result<(), Trouble> {
    let altered = Altered::serve(|dist| {
        let script = dist.join("worker-vault.js");
        let text = std::fs::read_to_string(&script)?;
        std::fs::write(script, text + TRAP)
    })
    .await?;
    let keeper = keeper();
    steps::start_record(browser, &altered.site, &keeper).await?;
    let note = r#"{"resourceType":"Basic","id":"before-the-end","code":{"text":"Note"}}"#;
    steps::paste(browser, note).await?;
    browser.click(&say!("found-import", count = 1)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 1), steps::LONG).await?;

    browser.evaluate("new BroadcastChannel('trap').postMessage(0)", Vec::new()).await?;
    browser.heading(&say!("ended-title")).await?;
    is(!browser.text().await?.contains(&keeper.name), || "the page still shows whose record it was".into())?;
    browser.click(&say!("reload")).await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    let taken = steps::taken_out(browser, As::Ndjson, &keeper).await?;
    is(taken.keys().eq([note]), || format!("the record holds {:?}", taken.keys()))?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

async fn a_passphrase_worker_that_cannot_be_loaded_is_told(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let altered = Altered::serve(|dist| std::fs::remove_file(dist.join("passphrase_worker_bg.wasm"))).await?;
    browser.open(&altered.site.url("")).await?;
    browser.click(&say!("start-begin")).await?;
    steps::choose_passphrase(browser, &keeper()).await?;
    browser.wait_for(&say!("error-heading")).await?;
    is(!browser.text().await?.contains(&say!("ended-title")), || "the vault worker ended too".into())
}

async fn a_part_that_cannot_be_loaded_is_told_and_loaded_at_the_next_try(
    browser: &mut Browser,
    _: &Site,
) -> Result<(), Trouble> {
    const PAGES: &str = "chartchain-web_split_pages.wasm";
    const COMMANDS: &str = "vault_worker_split_later.wasm";
    let away = |part: &str| format!("{part}.away");
    let altered = Altered::serve(|dist| {
        [PAGES, COMMANDS].iter().try_for_each(|part| std::fs::rename(dist.join(part), dist.join(away(part))))
    })
    .await?;
    let put_back = |part: &str| {
        let dist = altered.folder.path();
        std::fs::rename(dist.join(away(part)), dist.join(part)).map_err(|error| Trouble::wrong(error.to_string()))
    };
    steps::start_record(browser, &altered.site, &keeper()).await?;
    steps::go(browser, "#/write/7").await?;
    browser.heading(&say!("later-title")).await?;
    let violations = browser.accessibility().await?;
    is(violations.is_empty(), || format!("{violations:?}"))?;
    browser.click(&say!("try-again")).await?;
    browser.heading(&say!("later-title")).await?;
    put_back(PAGES)?;
    browser.click(&say!("try-again")).await?;
    // The page is there, what it asks for is not.
    browser.wait_gone(&say!("later-title")).await?;
    browser.wait_for(&say!("later-why")).await?;
    browser.screenshot("part-not-loaded").await?;
    put_back(COMMANDS)?;
    browser.click(&say!("try-again")).await?;
    browser.type_into(&say!("ask-text"), "Walked to the lighthouse").await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("acts-heading")).await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

/// The vault worker's other part comes only after a message on this channel.
const HOLD: &str = "{ const real = fetch; const released = new Promise((go) => {
      new BroadcastChannel('release').onmessage = go; });
    globalThis.fetch = async (url, ...rest) => {
      if (String(url).includes('_split_')) await released;
      return real(url, ...rest);
    }; }\n";

async fn locking_does_not_wait_for_a_part_that_is_being_loaded(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let altered = Altered::serve(|dist| {
        let script = dist.join("worker-vault.js");
        let text = std::fs::read_to_string(&script)?;
        std::fs::write(script, HOLD.to_owned() + &text)
    })
    .await?;
    let keeper = keeper();
    steps::start_record(browser, &altered.site, &keeper).await?;
    // The form asks whether something was kept of it, and waits; so does whatever is asked behind that.
    steps::go(browser, "#/write/7").await?;
    browser.heading(&say!("sort-note")).await?;
    steps::go(browser, "#/").await?;
    browser.click(&say!("lock")).await?;
    browser.wait_for(&say!("locked-asked")).await?;
    browser.evaluate("new BroadcastChannel('release').postMessage(0)", Vec::new()).await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    steps::go(browser, "#/write/7").await?;
    browser.type_into(&say!("ask-text"), "Slept through the storm").await?;
    browser.click(&say!("write-save")).await?;
    browser.wait_for(&say!("acts-heading")).await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

async fn the_way_back_to_a_page_that_was_left_leads_to_the_lock_screen(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    browser.open(&site.url("css/tokens.css")).await?;
    browser.client()?.back().await?;
    browser.heading(&say!("unlock-title")).await?;
    is(!browser.text().await?.contains(&keeper.name), || "the lock screen shows a name".into())?;
    steps::unlock(browser, &keeper.passphrase).await?;
    browser.wait_for(&keeper.name).await
}
