//! `cargo xtask bench`: medians of five runs, as JSON.
//!
//! A benchmark is an example of a package (so that it uses the package as anyone would). It is run once per repetition
//! and prints, as its last line, a JSON object of figures: names with their unit at the end (`import_ms`,
//! `disk_bytes`) and numbers.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::{Map, Value, json};

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
];

/// Runs the benchmarks named, or all.
pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let out = arguments.value::<PathBuf>("--out")?;
    let wanted = arguments.rest();
    if let Some(unknown) = wanted.iter().find(|name| !BENCHES.iter().any(|bench| bench.name == name.as_str())) {
        let names: Vec<_> = BENCHES.iter().map(|bench| bench.name).collect();
        return Err(Failure::Usage(format!("there is no benchmark {unknown}; there are: {}", names.join(", "))));
    }
    let mut report = Map::new();
    for bench in BENCHES.iter().filter(|bench| wanted.is_empty() || wanted.iter().any(|name| name == bench.name)) {
        report.insert(bench.name.to_owned(), bench.measure()?);
    }
    let text = format!("{:#}", json!({ "repetitions": REPETITIONS, "medians": report }));
    match out {
        Some(path) => place::write(&path, text),
        None => {
            println!("{text}");
            Ok(())
        }
    }
}

/// Where the optimised app of the benchmarks goes.
fn dist() -> Result<PathBuf, Failure> {
    Ok(place::target()?.join("bench-dist"))
}

impl Bench {
    fn measure(&self) -> Result<Value, Failure> {
        if self.needs_app {
            app::build(&Wanted { release: true, dist: dist()? }, &mut Stages::default())?;
        }
        let mut seen: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for repetition in 1..=REPETITIONS {
            eprintln!("{} {repetition}/{REPETITIONS}", self.name);
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
