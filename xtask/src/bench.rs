//! `cargo xtask bench`: medians of five runs (or as many as `--runs` says), as JSON.
//!
//! A benchmark is an example of a package (so that it uses the package as anyone would). It is run once per repetition
//! and prints, as its last line, a JSON object of figures: names with their unit at the end (`import_ms`,
//! `disk_bytes`) and numbers. What a first visit downloads is measured once, and more than the budget is a failure.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::{Map, Value, json};
use xtask::size::{FIRST_LOAD_BUDGET_BYTES, together};

use crate::{
    app::{self, Wanted},
    arguments::Arguments,
    failure::Failure,
    place,
    program::Program,
    stage::Stages,
};

const REPETITIONS: usize = 5;

/// One benchmark.
#[derive(Debug)]
struct Bench {
    name: &'static str,
    package: &'static str,
    example: &'static str,
    arguments: &'static [&'static str],
    /// Needs the optimised app, which `CHARTCHAIN_DIST` names then.
    needs_app: bool,
}

/// Every benchmark there is; a new one is a line here.
const BENCHES: &[Bench] = &[
    Bench { name: "engine", package: "chartchain-cli", example: "bench_engine", arguments: &[], needs_app: false },
    Bench { name: "app", package: "chartchain-tests", example: "bench_app", arguments: &[], needs_app: true },
    Bench { name: "worker", package: "chartchain-tests", example: "bench_worker", arguments: &[], needs_app: true },
    Bench {
        name: "large",
        package: "chartchain-tests",
        example: "bench_worker",
        arguments: &["100000"],
        needs_app: true,
    },
    Bench {
        name: "slow",
        package: "chartchain-tests",
        example: "bench_worker",
        arguments: &["10000", "slow"],
        needs_app: true,
    },
    Bench { name: "sync", package: "chartchain-tests", example: "bench_sync", arguments: &[], needs_app: true },
    Bench {
        name: "sync-large",
        package: "chartchain-tests",
        example: "bench_sync",
        arguments: &["100000", "0"],
        needs_app: true,
    },
];

/// The name under which other stores are measured, where their bench lies beside the checkout.
const PEERS: &str = "peers";
/// Of these the two that this one is held against, and the browser without any of them.
const PEERS_NAMED: &str = "yjs,jazz-list,floor";

/// The name under which the length of a first visit's downloads is asked for.
const FIRST_LOAD: &str = "first-load";

/// Runs the benchmarks named, or all.
pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let out = arguments.value::<PathBuf>("--out")?;
    let runs = arguments.value::<usize>("--runs")?.unwrap_or(REPETITIONS).max(1);
    let wanted = arguments.rest();
    let names: Vec<&str> = BENCHES.iter().map(|bench| bench.name).chain([FIRST_LOAD, PEERS]).collect();
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(Failure::Usage(format!("there is no benchmark {unknown}; there are: {}", names.join(", "))));
    }
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let mut report = Map::new();
    for bench in BENCHES.iter().filter(|bench| is_wanted(bench.name)) {
        report.insert(bench.name.to_owned(), bench.measure(runs)?);
    }
    let first_load_bytes = if is_wanted(FIRST_LOAD) { Some(first_load(&mut report)?) } else { None };
    if is_wanted(PEERS) {
        report.insert(PEERS.to_owned(), peers(runs)?);
    }
    let text = format!("{:#}", json!({ "repetitions": runs, "medians": report }));
    match out {
        Some(path) => place::write(&path, text)?,
        None => println!("{text}"),
    }
    match first_load_bytes {
        Some(bytes) if bytes > FIRST_LOAD_BUDGET_BYTES => {
            Err(Failure::TooLong { what: "a first visit", bytes, budget: FIRST_LOAD_BUDGET_BYTES })
        }
        _ => Ok(()),
    }
}

/// Adds what a first visit downloads; returns its length as it goes over the wire.
fn first_load(report: &mut Map<String, Value>) -> Result<u64, Failure> {
    app::build(&Wanted { release: true, kept: true, dist: dist()? }, &mut Stages::default())?;
    let sum = together(&app::first_load(&dist()?)?);
    let later = together(&app::later_load(&dist()?)?);
    let figures = json!({
        "raw_bytes": sum.raw,
        "gzip_bytes": sum.gzip,
        "brotli_bytes": sum.brotli,
        "later_brotli_bytes": later.brotli,
    });
    report.insert(FIRST_LOAD.to_owned(), figures);
    Ok(sum.brotli)
}

/// Other stores with the same number of records, by a bench of its own. Every figure of every run, as that bench writes it.
fn peers(runs: usize) -> Result<Value, Failure> {
    let theirs = place::root().join("../shared/bench-peers");
    if !theirs.join("run.mjs").exists() {
        return Ok(json!("not measured: there is no bench of other stores beside this checkout"));
    }
    // Theirs may be read-only.
    let folder = place::target()?.join("bench-peers");
    for file in place::files_under(&theirs)?.into_iter().filter(|file| !file.starts_with("node_modules")) {
        place::write(&folder.join(&file), place::read(&theirs.join(&file))?)?;
    }
    // It adds to what is there.
    place::remove_folder(&folder.join("of-this-run"))?;
    let out = folder.join("of-this-run/results.json");
    place::make_folder(&folder.join("of-this-run"))?;
    if !folder.join("node_modules").exists() {
        Program::new("npm").args(["install", "--ignore-scripts", "--legacy-peer-deps"]).within(&folder).run()?;
    }
    let names = PEERS_NAMED.split(',');
    Program::new("node").args(["build.mjs"]).args(names).within(&folder).run()?;
    let runs = runs.to_string();
    Program::new("node")
        .args(["run.mjs", "--peers", PEERS_NAMED, "--n", "10000", "--runs", &runs, "--wait", "5", "--out"])
        .args([&out])
        .within(&folder)
        .run()?;
    serde_json::from_str(&place::read_text(&out)?).map_err(|_| Failure::form("the bench of other stores", "no JSON"))
}

/// Where the optimised app of the benchmarks goes.
fn dist() -> Result<PathBuf, Failure> {
    Ok(place::target()?.join("bench-dist"))
}

impl Bench {
    fn measure(&self, runs: usize) -> Result<Value, Failure> {
        if self.needs_app {
            app::build(&Wanted { release: true, kept: true, dist: dist()? }, &mut Stages::default())?;
        }
        let mut seen: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for repetition in 1..=runs {
            eprintln!("{} {repetition}/{runs}", self.name);
            for (figure, value) in self.figures()? {
                seen.entry(figure).or_default().push(value);
            }
        }
        Ok(seen.into_iter().map(|(figure, values)| (figure, json!(median(values)))).collect())
    }

    fn figures(&self) -> Result<Vec<(String, f64)>, Failure> {
        let printed = Program::cargo()
            .args(["run", "--quiet", "--release", "--package", self.package, "--example", self.example, "--"])
            .args(self.arguments)
            .env("CHARTCHAIN_DIST", dist()?)
            .within(&place::root())
            .read()?;
        let wrong = |reason: &str| Failure::form(format!("benchmark {}", self.name), reason);
        let last = printed.lines().last().ok_or_else(|| wrong("printed nothing"))?;
        let figures: Map<String, Value> =
            serde_json::from_str(last).map_err(|_| wrong("the last line is not a JSON object"))?;
        let number = |(name, value): (String, Value)| {
            let value = value.as_f64().ok_or_else(|| wrong(&format!("{name} is not a number")))?;
            Ok((name, value))
        };
        figures.into_iter().map(number).collect()
    }
}

/// The middle one, or the mean of the two in the middle; nothing has the median 0.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    let half = values.len() / 2;
    if values.len().is_multiple_of(2) { (at(half.saturating_sub(1)) + at(half)) / 2.0 } else { at(half) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_of_what_was_measured() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]), 5.0);
        assert_eq!(median(vec![4.0, 1.0, 3.0, 2.0]), 2.5);
        assert_eq!(median(Vec::new()), 0.0);
    }
}
