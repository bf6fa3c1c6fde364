//! Takes pictures of the app in Chromium along a script of steps; `cargo xtask shot` starts it.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use chartchain_tests::{Browser, Kind, Script, Setup, Site, Trouble};

const USAGE: &str = "usage: cargo xtask shot [HASH] [--out FILE.png] [--script FILE|-] [--step STEP]…
    [--width 390] [--height 844] [--dark] [--firefox] [--webkit] [--profile FOLDER] [--port PORT] [--url ADDRESS]
  without a script: opens HASH (say #/timeline) and saves the whole page as FILE.png (shot.png)
  --profile keeps the browser's data between calls (then on port 8091, so that the origin stays the same)
  --url takes a server that runs already; otherwise dist/ is served for the time of the call";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match shoot(std::env::args().skip(1)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

async fn shoot(mut words: impl Iterator<Item = String>) -> Result<(), Trouble> {
    let mut setup = Setup::default();
    let (mut kind, mut hash, mut out) = (Kind::Chromium, String::new(), PathBuf::from("shot.png"));
    let (mut port, mut url, mut steps) = (None, None, String::new());
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| usage(&word));
        match word.as_str() {
            "--out" => out = value()?.into(),
            "--script" => steps.push_str(&script_text(&value()?)?),
            "--step" => steps = format!("{steps}{}\n", value()?),
            "--width" => setup.width = value()?.parse().map_err(|_| usage(&word))?,
            "--height" => setup.height = value()?.parse().map_err(|_| usage(&word))?,
            "--dark" => setup.dark = true,
            "--firefox" => kind = Kind::Firefox,
            "--webkit" => kind = Kind::WebKit,
            "--profile" => setup.profile = Some(value()?.into()),
            "--port" => port = Some(value()?.parse().map_err(|_| usage(&word))?),
            "--url" => url = Some(value()?),
            _ if word.starts_with("--") => return Err(usage(&word)),
            _ => hash = word,
        }
    }
    if steps.is_empty() {
        steps = format!("goto {hash}\nsleep 1500\nshot {}\nconsole\n", out.display());
    }
    let script = Script::read(&steps)?;
    let dist = std::env::var_os("CHARTCHAIN_DIST")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist"), PathBuf::from);
    let port = port.unwrap_or(if setup.profile.is_some() { 8091 } else { 0 });
    let site = if url.is_none() { Some(Site::serve(&dist, "/", port).await?) } else { None };
    let home = url.or_else(|| site.as_ref().map(|site| site.url(""))).unwrap_or_default();
    let mut browser = Browser::start(kind, setup).await?;
    let result = script.run(&mut browser, &home).await;
    if result.is_err() {
        println!("the page reads:\n{}", browser.text().await.unwrap_or_default());
        println!("console:\n{}", browser.complaints().await.unwrap_or_default().join("\n"));
    }
    browser.close().await?;
    result
}

fn script_text(path: &str) -> Result<String, Trouble> {
    let mut text = String::new();
    let read = match path {
        "-" => std::io::stdin().read_to_string(&mut text).map(|_| text),
        path => std::fs::read_to_string(path),
    };
    read.map_err(|source| Trouble::Files { doing: format!("read {path}"), source })
}

fn usage(word: &str) -> Trouble {
    Trouble::Wrong(format!("{word} is not understood here\n{USAGE}"))
}
