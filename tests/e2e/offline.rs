//! Without a network, and with a new build on the network.

use std::path::Path;

use chartchain_relay::CONTENT_SECURITY_POLICY;
use chartchain_tests::{Browser, Site, Trouble};
use tempfile::TempDir;

use crate::{
    ended::copy,
    in_both_browsers,
    steps::{self, As, Keeper, is},
    words::say,
};

in_both_browsers!(everything_works_without_a_network_after_the_first_visit);
in_both_browsers!(a_new_build_is_announced_and_begins_in_all_tabs_when_the_person_says_so);
in_both_browsers!(no_page_asks_anything_of_another_host);
in_both_browsers!(a_build_that_is_not_whole_is_not_kept);
in_both_browsers!(a_build_that_is_not_to_be_kept_takes_an_earlier_one_away);

fn keeper() -> Keeper {
    Keeper::new("Rosalind Tembe", ["2", "10", "1958"], false, "harbour kettle plum")
}

/// The built app, made into a build that browsers keep, under a path of a host.
pub(crate) struct Kept {
    folder: TempDir,
    site: Option<Site>,
    port: u16,
}

impl Kept {
    pub(crate) async fn serve() -> Result<Self, Trouble> {
        let failed = |error: std::io::Error| Trouble::wrong(error.to_string());
        let folder = tempfile::tempdir().map_err(failed)?;
        let dist = std::env::var_os("CHARTCHAIN_DIST").unwrap_or_default();
        copy(Path::new(&dist), folder.path()).map_err(failed)?;
        xtask::keep::keep(folder.path()).map_err(failed)?;
        let mut kept = Self { folder, site: None, port: 0 };
        kept.go_online().await?;
        Ok(kept)
    }

    pub(crate) async fn go_online(&mut self) -> Result<(), Trouble> {
        // Stricter than the page's own policy: whatever a page or a worker asks of another host is refused and told.
        let policy = CONTENT_SECURITY_POLICY.replace("'self' https: wss: ws://localhost:* ws://127.0.0.1:*", "'self'");
        let site = Site::serve_under(&policy, self.folder.path(), "/of/ours/", self.port).await?;
        self.port = site.port();
        self.site = Some(site);
        Ok(())
    }

    pub(crate) fn go_offline(&mut self) {
        self.site = None;
    }

    pub(crate) fn url(&self, page: &str) -> String {
        format!("http://127.0.0.1:{}/of/ours/{page}", self.port)
    }

    /// Changes a file of the app.
    fn change(&self, file: &str, change: impl FnOnce(String) -> String) -> Result<(), Trouble> {
        let path = self.folder.path().join(file);
        let failed = |error: std::io::Error| Trouble::wrong(error.to_string());
        let text = std::fs::read_to_string(&path).map_err(failed)?;
        std::fs::write(path, change(text)).map_err(failed)
    }

    /// Makes the next build, told from the first one by a name that its vault worker's script logs.
    fn build_anew(&self) -> Result<String, Trouble> {
        self.change("css/pages.css", |text| text + "\n:root { --build: second; }\n")?;
        self.change("worker-vault.js", |text| TELL.to_owned() + &text)?;
        xtask::keep::keep(self.folder.path()).map_err(|error| Trouble::wrong(error.to_string()))
    }
}

/// The second build's vault worker tells its build to whoever asks.
const TELL: &str = "\n{ const told = new BroadcastChannel('build');
  told.onmessage = ({ data }) => data === 'which' && told.postMessage('second'); }\n";

/// Waits until the build is kept whole and answers this page.
pub(crate) async fn until_kept(browser: &Browser) -> Result<(), Trouble> {
    let script = "const done = arguments[arguments.length - 1];
        navigator.serviceWorker.ready.then(async () => {
            while (!navigator.serviceWorker.controller) await new Promise((next) => setTimeout(next, 50));
            done(true);
        });";
    browser.client()?.execute_async(script, Vec::new()).await?;
    Ok(())
}

/// Loads the page again, as a person does. Firefox's driver does it past the service worker.
async fn load_again(browser: &Browser) -> Result<(), Trouble> {
    browser.evaluate("document.body.dataset.before = 'yes'; location.reload()", Vec::new()).await?;
    let start = std::time::Instant::now();
    // Between two documents there is none to ask.
    let is_old = "return document.body?.dataset.before === 'yes' || document.readyState !== 'complete'";
    while browser.evaluate(is_old, Vec::new()).await.ok().and_then(|old| old.as_bool()) != Some(false) {
        is(start.elapsed() < steps::LONG, || "the page is not loaded again".into())?;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Ok(())
}

/// Which caches there are.
async fn caches(browser: &Browser) -> Result<Vec<String>, Trouble> {
    let script = "const done = arguments[arguments.length - 1]; caches.keys().then(done);";
    let names = browser.client()?.execute_async(script, Vec::new()).await?;
    Ok(names.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect())
}

async fn everything_works_without_a_network_after_the_first_visit(
    browser: &mut Browser,
    _: &Site,
) -> Result<(), Trouble> {
    let mut app = Kept::serve().await?;
    let keeper = keeper();
    browser.open(&app.url("")).await?;
    browser.click(&say!("start-begin")).await?;
    steps::choose_passphrase(browser, &keeper).await?;
    steps::name_the_record(browser, &keeper).await?;
    until_kept(browser).await?;
    app.go_offline();

    load_again(browser).await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    let note = r#"{"resourceType":"Basic","id":"without-a-network","code":{"text":"Note"}}"#;
    steps::paste(browser, note).await?;
    browser.click(&say!("found-import", count = 1)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 1), steps::LONG).await?;
    steps::go(browser, "#/settings").await?;
    browser.wait_for(&say!("storage-offline")).await?;

    // Also when the whole browser comes back without one.
    browser.reopen().await?;
    browser.open(&app.url("#/timeline")).await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    let taken = steps::taken_out(browser, As::Ndjson, &keeper).await?;
    is(taken.keys().eq([note]), || format!("the record holds {:?}", taken.keys()))?;
    // What merges documents was not asked for before.
    crate::plans::write_task(browser, "Walk for 20 minutes").await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

/// What the vault workers of all tabs say they are of.
async fn build_of_worker(browser: &Browser) -> Result<Option<String>, Trouble> {
    let script = "const done = arguments[arguments.length - 1];
        const told = new BroadcastChannel('build');
        const end = (answer) => { told.close(); done(answer); };
        told.onmessage = ({ data }) => end(data);
        told.postMessage('which');
        setTimeout(() => end(null), 1500);";
    let answer = browser.client()?.execute_async(script, Vec::new()).await?;
    Ok(answer.as_str().map(str::to_owned))
}

/// What the page's own style says it is of.
async fn build_of_page(browser: &Browser) -> Result<String, Trouble> {
    let script = "return getComputedStyle(document.documentElement).getPropertyValue('--build').trim()";
    Ok(browser.evaluate(script, Vec::new()).await?.as_str().unwrap_or_default().to_owned())
}

async fn a_new_build_is_announced_and_begins_in_all_tabs_when_the_person_says_so(
    browser: &mut Browser,
    _: &Site,
) -> Result<(), Trouble> {
    let app = Kept::serve().await?;
    let keeper = keeper();
    browser.open(&app.url("")).await?;
    browser.heading(&say!("start-title")).await?;
    until_kept(browser).await?;
    let old = caches(browser).await?;
    let new = app.build_anew()?;

    // The page that asks for it still runs the first build, all of it.
    load_again(browser).await?;
    browser.wait_for_within(&say!("new-version"), steps::LONG).await?;
    is(build_of_page(browser).await?.is_empty(), || "a style of the new build came by itself".into())?;
    is(build_of_worker(browser).await?.is_none(), || "the new build's worker runs beside the old page".into())?;
    let both = caches(browser).await?;
    is(old.iter().all(|name| both.contains(name)) && both.len() == 2, || format!("{old:?} then {both:?}"))?;
    let violations = browser.accessibility().await?;
    is(violations.is_empty(), || format!("{violations:?}"))?;

    // A record that is begun now is begun by the first build.
    browser.click(&say!("start-begin")).await?;
    steps::choose_passphrase(browser, &keeper).await?;
    steps::name_the_record(browser, &keeper).await?;
    let client = browser.client()?;
    let first = client.window().await?;
    let second = client.new_window(true).await?.handle;
    client.switch_to_window(second.clone()).await?;
    browser.open(&app.url("#/settings")).await?;
    browser.heading(&say!("unlock-title")).await?;
    is(build_of_page(browser).await?.is_empty(), || "a second tab runs another build than the first".into())?;
    browser.wait_for_within(&say!("new-version"), steps::LONG).await?;
    browser.click(&say!("new-version-do")).await?;

    for tab in [second, first] {
        browser.client()?.switch_to_window(tab).await?;
        browser.wait_for(&say!("unlock-title")).await?;
        let start = std::time::Instant::now();
        while build_of_page(browser).await? != "second" {
            is(start.elapsed() < steps::LONG, || "a tab stays with the old build".into())?;
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        // The page has its style before its worker runs; an old worker would never answer.
        while build_of_worker(browser).await?.as_deref() != Some("second") {
            is(start.elapsed() < steps::LONG, || "no worker of the new build answers".into())?;
        }
    }
    let left = caches(browser).await?;
    is(left.len() == 1 && left.iter().all(|name| name.ends_with(&new)), || format!("{left:?} are kept"))?;
    steps::unlock(browser, &keeper.passphrase).await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())
}

async fn a_build_that_is_not_whole_is_not_kept(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let mut app = Kept::serve().await?;
    // One byte more than the list says.
    app.change("css/print.css", |text| text + " ")?;
    browser.open(&app.url("")).await?;
    browser.heading(&say!("start-title")).await?;
    let script = "const done = arguments[arguments.length - 1];
        (async () => {
            const registration = await navigator.serviceWorker.register('service-worker.js').catch(() => undefined);
            const worker = registration?.installing;
            while (worker && !['redundant', 'activated'].includes(worker.state))
                await new Promise((next) => setTimeout(next, 50));
            done(worker?.state ?? 'gone');
        })();";
    let state = browser.client()?.execute_async(script, Vec::new()).await?;
    is(state != "activated", || "a build with a foreign file was kept".into())?;

    // The page works all the same while there is a network, and what was missing is loaded the next time.
    app.change("css/print.css", |text| text.trim_end_matches(' ').to_owned())?;
    load_again(browser).await?;
    until_kept(browser).await?;
    app.go_offline();
    load_again(browser).await?;
    browser.heading(&say!("start-title")).await.map(|_| ())
}

async fn a_build_that_is_not_to_be_kept_takes_an_earlier_one_away(
    browser: &mut Browser,
    _: &Site,
) -> Result<(), Trouble> {
    let app = Kept::serve().await?;
    browser.open(&app.url("")).await?;
    browser.heading(&say!("start-title")).await?;
    until_kept(browser).await?;
    let failed = |error: std::io::Error| Trouble::wrong(error.to_string());
    let dist = std::env::var_os("CHARTCHAIN_DIST").unwrap_or_default();
    copy(Path::new(&dist), app.folder.path()).map_err(failed)?;
    // The driver's own way of loading: past the service worker in Firefox.
    browser.reload().await?;
    let start = std::time::Instant::now();
    loop {
        let script = "return [navigator.serviceWorker.controller !== null, document.documentElement.dataset.build]";
        let state = browser.evaluate(script, Vec::new()).await?;
        if state == serde_json::json!([false, null]) && caches(browser).await?.is_empty() {
            break;
        }
        is(start.elapsed() < steps::LONG, || format!("still there: {state}"))?;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    browser.heading(&say!("start-title")).await.map(|_| ())
}

/// Every page of an open record that has an address of its own.
const PAGES: [&str; 29] = [
    "#/",
    "#/timeline",
    "#/search",
    "#/s/1",
    "#/s/2",
    "#/s/3",
    "#/s/4",
    "#/s/5",
    "#/s/6",
    "#/s/7",
    "#/s/8",
    "#/add",
    "#/write/1",
    "#/write/2",
    "#/write/3",
    "#/write/4",
    "#/write/5",
    "#/write/6",
    "#/history",
    "#/take-out",
    "#/backup",
    "#/settings",
    "#/passphrase",
    "#/recovery",
    "#/delete",
    "#/more",
    "#/records",
    "#/records/new",
    "#/nowhere",
];

/// Looks at every page and gives what was asked of others than the app's own host.
async fn walk(browser: &Browser, app: &Kept) -> Result<Vec<String>, Trouble> {
    load_again(browser).await?;
    steps::go(browser, "#/try").await?;
    browser.wait_for_within(&say!("made-up"), steps::LONG).await?;
    for page in PAGES {
        steps::go(browser, page).await?;
        browser.text_of("h1").await?;
    }
    steps::go(browser, "#/timeline").await?;
    browser.text_of("h1").await?;
    let entry = "return document.querySelector('a[href^=\"#/e/\"]')?.getAttribute('href')";
    let entry = browser.evaluate(entry, Vec::new()).await?;
    steps::go(browser, entry.as_str().ok_or_else(|| Trouble::wrong("the timeline leads to no entry"))?).await?;
    browser.text_of("h1").await?;
    let loaded = browser.evaluate("return performance.getEntries().map((entry) => entry.name)", Vec::new()).await?;
    let names = loaded.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned()));
    Ok(names
        .filter(|name| name.contains("://") && !name.starts_with(&app.url("")) && !name.starts_with("blob:"))
        .collect())
}

async fn no_page_asks_anything_of_another_host(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let mut app = Kept::serve().await?;
    browser.open(&app.url("")).await?;
    let asked = walk(browser, &app).await?;
    is(asked.is_empty(), || format!("the pages asked for {asked:?}"))?;
    browser.expect_no_complaints().await?;
    until_kept(browser).await?;
    app.go_offline();
    let asked = walk(browser, &app).await?;
    is(asked.is_empty(), || format!("without a network the pages asked for {asked:?}"))?;
    let refused =
        |lines: &[String]| lines.iter().any(|line| line.contains("connect-src") || line.contains("another.host"));
    is(!refused(&browser.complaints().await?), || "a request was refused".into())?;

    // The eyes see what they look for.
    let ask = "fetch('https://another.host/').catch(() => {})";
    browser.evaluate(ask, Vec::new()).await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let complaints = browser.complaints().await?;
    is(refused(&complaints), || format!("nobody noticed a request to another host: {complaints:?}"))
}
