//! Benchmark: the optimised app in Chromium, as a person meets it. First load, unlock, import of 10,000 Observations, first
//! page. Times are between what the page shows, so they hold the driver's polling of 50 ms too. Prints one JSON object.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints its figures and ends at any surprise"
)]

#[path = "../e2e/words.rs"]
mod words;

use std::io::Write as _;
use std::path::Path;
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
    let dist = std::env::var_os("CHARTCHAIN_DIST").unwrap();
    note("first_load_brotli_bytes", first_load_bytes(Path::new(&dist)) as f64);

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
    let lines: Vec<String> = chartchain_synth::observations(1, COUNT).collect();
    file.write_all(lines.join("\n").as_bytes()).unwrap();
    let start = Instant::now();
    browser.upload(&[file.path()]).await?;
    browser.heading(&say!("found-title")).await?;
    note("read_10000_ms", ms(start));
    // Entries without a subject belong to whoever's record it is; with one, the person is chosen as the page asks.
    let start = Instant::now();
    browser.click(&say!("found-import", count = COUNT)).await?;
    browser.wait_for_within(&say!("add-done-title", count = COUNT), LONG).await?;
    note("import_10000_ms", ms(start));

    browser.reload().await?;
    browser.heading(&say!("unlock-title")).await?;
    browser.type_into(&say!("passphrase"), PASSPHRASE).await?;
    let start = Instant::now();
    browser.click(&say!("unlock")).await?;
    browser.heading(&say!("home-latest")).await?;
    note("unlock_to_home_with_key_derivation_ms", ms(start));
    Ok(figures)
}

/// Everything that the first page needs, workers included, as it goes over the wire: brotli where there is a
/// compressed twin. Fonts: the three Latin ones that the page uses.
fn first_load_bytes(dist: &Path) -> u64 {
    let mut bytes = 0;
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".br") || (name.contains("latin-wght") && name.ends_with(".woff2")) {
                bytes += entry.metadata().unwrap().len();
            }
        }
    }
    bytes
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
