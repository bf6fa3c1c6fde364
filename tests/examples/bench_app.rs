//! Benchmark: the optimised app in Chromium, as a person meets it. First load, unlock, import of 10,000 Observations, first
//! page. Times are between what the page shows, so they hold the driver's polling of 50 ms too. Prints one JSON object.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints its figures and ends at any surprise"
)]

#[path = "../e2e/words.rs"]
#[expect(dead_code, unused_imports, reason = "made for the browser tests, which use all of it")]
mod words;

use std::io::Write as _;
use std::time::{Duration, Instant};

use chartchain_tests::{Browser, Site, Trouble};
use words::say;

const COUNT: usize = 10_000;
const LONG: Duration = Duration::from_secs(180);
const PASSPHRASE: &str = "copper heron seven lamps";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Trouble> {
    let site = Site::from_environment("/").await?.ok_or_else(|| Trouble::wrong("CHARTCHAIN_DIST is not set"))?;
    let mut browser = Browser::chromium().await?;
    let figures = measure(&browser, &site).await?;
    browser.close().await?;
    println!("{}", serde_json::Value::Object(figures));
    Ok(())
}

async fn measure(browser: &Browser, site: &Site) -> Result<serde_json::Map<String, serde_json::Value>, Trouble> {
    let mut figures = serde_json::Map::new();
    let mut note = |name: &str, value: f64| figures.insert(name.to_owned(), serde_json::json!(value));
    let start = Instant::now();
    browser.open(&site.url("")).await?;
    browser.heading(&say!("start-title")).await?;
    note("first_page_ms", ms(start));

    browser.click(&say!("start-begin")).await?;
    browser.heading(&say!("passphrase-title")).await?;
    browser.type_into(&say!("passphrase"), PASSPHRASE).await?;
    browser.type_into(&say!("passphrase-again"), PASSPHRASE).await?;
    browser.click(&say!("continue")).await?;
    browser.heading(&say!("new-record-title")).await?;
    browser.type_into(&say!("name"), "Bench Person").await?;
    browser.click(&say!("new-record-begin")).await?;
    browser.heading(&say!("add-title")).await?;

    let mut file = tempfile::Builder::new().suffix(".ndjson").tempfile().unwrap();
    let lines: Vec<String> = chartchain_synth::observations(1, COUNT).map(about_nobody).collect();
    file.write_all(lines.join("\n").as_bytes()).unwrap();
    let start = Instant::now();
    browser.upload(&[file.path()]).await?;
    browser.heading(&say!("found-title")).await?;
    note("read_10000_ms", ms(start));
    let start = Instant::now();
    // The entries name nobody: whose they are has to be said.
    browser.click(&say!("found-unnamed")).await?;
    browser.click(&say!("found-import", count = COUNT)).await?;
    browser.wait_for_within(&say!("add-done-title", count = COUNT), LONG).await?;
    note("import_10000_ms", ms(start));
    let tasks = long_tasks(browser).await?;
    note("import_longest_window_task_ms", tasks.iter().copied().fold(0.0, f64::max));
    note("import_window_tasks_over_50_ms", tasks.len() as f64);

    browser.evaluate("location.hash = '#/'", Vec::new()).await?;
    browser.reload().await?;
    browser.heading(&say!("unlock-title")).await?;
    browser.type_into(&say!("passphrase"), PASSPHRASE).await?;
    let start = Instant::now();
    browser.click(&say!("unlock")).await?;
    browser.heading(&say!("home-latest")).await?;
    note("unlock_to_home_with_key_derivation_ms", ms(start));
    let tasks = long_tasks(browser).await?;
    note("unlock_longest_window_task_ms", tasks.iter().copied().fold(0.0, f64::max));
    note("unlock_window_tasks_over_50_ms", tasks.len() as f64);
    Ok(figures)
}

/// How long each task of the window was that took more than 50 ms, since the page was loaded, in milliseconds.
async fn long_tasks(browser: &Browser) -> Result<Vec<f64>, Trouble> {
    let script = "return new Promise((done) => {
        const lengths = [];
        const observer = new PerformanceObserver((list) => lengths.push(...list.getEntries().map((task) => task.duration)));
        observer.observe({ type: 'longtask', buffered: true });
        setTimeout(() => done(lengths), 100);
    });";
    let lengths = browser.evaluate(script, Vec::new()).await?;
    Ok(lengths.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).collect())
}

/// Without its subject an Observation belongs to whoever's record it is: nobody has to be chosen.
fn about_nobody(line: String) -> String {
    let (before, rest) = line.split_once(",\"subject\":").unwrap();
    let (_, after) = rest.split_once('}').unwrap();
    format!("{before}{after}")
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
