//! Benchmark: two Chromium browsers hold one record over WebRTC. So many Observations (10,000, or as the first argument says) that
//! the first has and the second lacks, from the moment that the channel is open until the second has stored and checked all of
//! them; in the same run as many bytes over a bare data channel between the same two; then notes, from the click that saves one to
//! the moment that the other screen shows it. Prints one JSON object.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints its figures and ends at any surprise"
)]

#[path = "../e2e/given.rs"]
#[expect(dead_code, reason = "made for the browser tests, which use all of it")]
mod given;
#[path = "../e2e/meeting.rs"]
#[expect(dead_code, reason = "made for the browser tests, which use all of it")]
mod meeting;
#[path = "../e2e/steps.rs"]
#[expect(dead_code, reason = "made for the browser tests, which use all of it")]
mod steps;
#[path = "../e2e/words.rs"]
#[expect(dead_code, unused_imports, reason = "made for the browser tests, which use all of it")]
mod words;

use std::io::Write as _;
use std::time::{Duration, Instant};

use chartchain_tests::{Browser, Site, Trouble};
use serde_json::{Map, Value, json};
use steps::{Keeper, LONG, is};
use words::say;

const COUNT: usize = 10_000;
const NOTES: usize = 40;
/// The bare channel is measured so often.
const BARE: usize = 3;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Trouble> {
    let count = std::env::args().nth(1).map_or(COUNT, |count| count.parse().unwrap());
    let notes = std::env::args().nth(2).map_or(NOTES, |notes| notes.parse().unwrap());
    let site = Site::from_environment("/").await?.ok_or_else(|| Trouble::wrong("CHARTCHAIN_DIST is not set"))?;
    let mut one = Browser::chromium().await?;
    let mut other = Browser::chromium().await?;
    let measured = measure(&one, &other, &site, (count, notes)).await;
    if measured.is_err() {
        for (browser, name) in [(&one, "failed-sync-one"), (&other, "failed-sync-other")] {
            let _ = browser.screenshot(name).await;
        }
    }
    one.close().await?;
    other.close().await?;
    println!("{}", Value::Object(measured?));
    Ok(())
}

async fn measure(
    one: &Browser,
    other: &Browser,
    site: &Site,
    (count, notes): (usize, usize),
) -> Result<Map<String, Value>, Trouble> {
    let mut figures = Map::new();
    let mut note = |name: &str, value: f64| figures.insert(name.to_owned(), json!(value));
    share_an_empty_record(one, other, site).await?;
    import(one, count).await?;

    for browser in [one, other] {
        browser.evaluate(include_str!("js/sync.js"), Vec::new()).await?;
        steps::go(browser, "#/connect").await?;
        browser.click(&say!("connect-again")).await?;
        browser.heading(&say!("connect-title")).await?;
        browser.forget_renderer_peak();
    }
    let before = [one, other].map(Browser::renderer_peak_bytes);
    let same = say!("link-same");
    watch(other, &same).await?;
    meeting::meet(one, other).await?;
    let durable_at = seen(other, &same).await?;
    let way = other.evaluate("return bench.ways.at(-1)", Vec::new()).await?;
    let number = |name: &str| way.get(name).and_then(Value::as_f64).ok_or_else(|| Trouble::wrong("no way was opened"));
    let (opened, bytes, last) = (number("opened")?, number("bytes")?, number("last")?);
    let ms = durable_at - opened;
    note("sync_ms", ms);
    note("sync_last_byte_ms", last - opened);
    note("sync_bytes", bytes);
    note("sync_bytes_per_s", bytes * 1000.0 / ms);
    for (browser, before, name) in [(one, before[0], "giver"), (other, before[1], "taker")] {
        let grown = browser.renderer_peak_bytes().saturating_sub(before);
        note(&format!("memory_of_the_{name}_grows_bytes"), grown as f64);
    }
    is(steps::verify(other).await?, || "what came does not hold".into())?;

    let mut rates = Vec::new();
    for _ in 0..BARE {
        rates.push(bare(one, other, bytes).await?);
    }
    let rate = at_share(rates, 0.5);
    note("bare_channel_bytes_per_s", rate);
    note("sync_share_of_the_bare_channel", bytes * 1000.0 / ms / rate);

    let mut laps = Vec::new();
    steps::go(other, "#/timeline").await?;
    for number in 0..notes {
        laps.push(lap(one, other, number).await?);
    }
    if !laps.is_empty() {
        note("note_on_the_other_screen_p50_ms", at_share(laps.clone(), 0.5));
        note("note_on_the_other_screen_p95_ms", at_share(laps, 0.95));
    }
    Ok(figures)
}

/// Two devices of one person, which are connected only when they are asked to.
async fn share_an_empty_record(one: &Browser, other: &Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ida Quill", ["1", "5", "1970"], false, "copper lantern meadow");
    steps::start_record(one, site, &keeper).await?;
    steps::finish_recovery(one).await?;
    meeting::start_second(other, site).await?;
    for browser in [one, other] {
        steps::go(browser, "#/connect").await?;
        browser.heading(&say!("connect-title")).await?;
    }
    meeting::meet(one, other).await?;
    meeting::compare(one, other).await?;
    meeting::let_in(one, other, ("Second browser", &say!("role-patient-choice")), &keeper).await?;
    meeting::part(one, other).await?;
    for browser in [one, other] {
        steps::without_letters(browser).await?;
    }
    Ok(())
}

async fn import(browser: &Browser, count: usize) -> Result<(), Trouble> {
    let mut file = tempfile::Builder::new().suffix(".ndjson").tempfile().unwrap();
    let lines: Vec<String> = chartchain_synth::observations(1, count).map(about_nobody).collect();
    file.write_all(lines.join("\n").as_bytes()).unwrap();
    steps::choose_file(browser, file.path()).await?;
    browser.wait_for_within(&say!("found-title"), LONG).await?;
    // The entries name nobody: whose they are has to be said.
    browser.click(&say!("found-unnamed")).await?;
    browser.click(&say!("found-import", count = count)).await?;
    browser.wait_for_within(&say!("add-done-title", count = count), LONG).await?;
    // What is done behind an import is no part of what is measured.
    tokio::time::sleep(Duration::from_secs(3)).await;
    Ok(())
}

/// Without its subject an Observation belongs to whoever's record it is: nobody has to be chosen.
fn about_nobody(line: String) -> String {
    let (before, rest) = line.split_once(",\"subject\":").unwrap();
    let (_, after) = rest.split_once('}').unwrap();
    format!("{before}{after}")
}

async fn watch(browser: &Browser, text: &str) -> Result<(), Trouble> {
    browser.evaluate("bench.watch(arguments[0])", vec![json!(text)]).await.map(|_| ())
}

/// When a text came to stand on a page.
async fn seen(browser: &Browser, text: &str) -> Result<f64, Trouble> {
    until(browser, "return bench.seen[arguments[0]] ?? null", vec![json!(text)]).await
}

/// Asks a page now and then until it gives a number.
async fn until(browser: &Browser, script: &str, arguments: Vec<Value>) -> Result<f64, Trouble> {
    let start = Instant::now();
    loop {
        if let Some(number) = browser.evaluate(script, arguments.clone()).await?.as_f64() {
            return Ok(number);
        }
        is(start.elapsed() < LONG, || format!("nothing came of `{script}`"))?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// So many bytes over a channel with nothing else, in bytes a second from its opening to the last of them.
async fn bare(one: &Browser, other: &Browser, bytes: f64) -> Result<f64, Trouble> {
    let offer = one.evaluate("return bench.offer()", Vec::new()).await?;
    let answer = other.evaluate("return bench.answer(arguments[0])", vec![offer]).await?;
    one.evaluate("return bench.accept(arguments[0], arguments[1])", vec![answer, json!(bytes)]).await?;
    let lasted = "const { bytes, opened, last } = bench.bare; return bytes < arguments[0] ? null : last - opened";
    Ok(bytes * 1000.0 / until(other, lasted, vec![json!(bytes)]).await?)
}

/// From the click that saves a note to the other screen, in milliseconds.
async fn lap(one: &Browser, other: &Browser, number: usize) -> Result<f64, Trouble> {
    let text = format!("Slept well, night {number} of the bench");
    steps::go(one, "#/write/7").await?;
    one.heading(&say!("sort-note")).await?;
    one.type_into(&say!("ask-text"), &text).await?;
    watch(other, &text).await?;
    one.click(&say!("write-save")).await?;
    let seen = seen(other, &text).await?;
    one.wait_for(&say!("acts-heading")).await?;
    Ok(seen - one.evaluate("return bench.clicked", Vec::new()).await?.as_f64().unwrap())
}

/// The smallest value that so large a share of them does not exceed.
fn at_share(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (values.len() as f64 * share).ceil() as usize;
    values.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
