//! `cargo xtask long`: the same tests as everywhere, with more cases, more seeds and more kills than CI has time for. A
//! machine takes the part of them that `--shard k/n` gives it.

use std::time::Instant;

use crate::{arguments::Arguments, failure::Failure, fuzz, place, program::Program};

/// Cases for each property, and bent seeds for each fuzz target.
const CASES: &str = "10000";
/// How often the browser and the command line are killed in mid-write.
const KILLS: &str = "200";
/// How differently each crash may end.
const CRASH_SEEDS: &str = "40";
/// How long each fuzz target is looked at.
const FUZZ_SECONDS: u32 = 600;

/// One part of the work.
#[derive(Debug, Clone, Copy)]
enum Work {
    /// Tests of a package whose names contain this.
    Tests { package: &'static str, filter: &'static str },
    /// The browser is killed again and again.
    BrowserKills,
    /// A fuzz target.
    Fuzz(&'static str),
    /// Seeds of the simulator.
    Simulate(&'static str),
}

/// All of it; a new part is a line here.
const PARTS: &[(&str, Work)] = &[
    ("fhir", Work::Tests { package: "chartchain-fhir", filter: "" }),
    ("ledger", Work::Tests { package: "chartchain-ledger", filter: "" }),
    ("store model and crashes", Work::Tests { package: "chartchain-store", filter: "" }),
    ("crash at every write", Work::Tests { package: "chartchain-vault", filter: "crash" }),
    ("flips of every row", Work::Tests { package: "chartchain-vault", filter: "flips" }),
    ("kills of the command line", Work::Tests { package: "chartchain-cli", filter: "kills" }),
    ("bent input", Work::Tests { package: "chartchain-fuzz", filter: "" }),
    ("kills of the browser", Work::BrowserKills),
    ("fuzz header", Work::Fuzz("header")),
    ("fuzz body", Work::Fuzz("body")),
    ("fuzz segment", Work::Fuzz("segment")),
    ("fuzz packed", Work::Fuzz("packed")),
    ("fuzz backup", Work::Fuzz("backup")),
    ("fuzz change", Work::Fuzz("change")),
    ("fuzz fhir", Work::Fuzz("fhir")),
    ("fuzz search", Work::Fuzz("search")),
    ("fuzz session", Work::Fuzz("session")),
    ("fuzz signal", Work::Fuzz("signal")),
    ("fuzz parcel", Work::Fuzz("parcel")),
    ("fuzz animated", Work::Fuzz("animated")),
    ("fuzz meeting", Work::Fuzz("meeting")),
    ("simulated devices", Work::Simulate("0..10000")),
];

/// Runs this machine's share to its end, whatever fails, and says what was done.
pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let shard: String = arguments.value("--shard")?.unwrap_or_else(|| "1/1".into());
    let (number, of) = read_shard(&shard)?;
    let only = arguments.values("--only")?;
    arguments.end()?;
    let mine = PARTS.iter().enumerate().filter(|(at, (name, _))| {
        at % of == number - 1 && (only.is_empty() || only.iter().any(|only| name.contains(only.as_str())))
    });
    let mut lines = Vec::new();
    let mut failed = 0;
    for (_, (name, work)) in mine {
        println!("== {name}");
        let start = Instant::now();
        let result = work.run();
        failed += usize::from(result.is_err());
        let word = if result.is_ok() { "ok" } else { "FAILED" };
        lines.push(format!("{word:<7}{:>8.0} s  {name}", start.elapsed().as_secs_f32()));
    }
    println!(
        "\n{}\nshard {shard}: {} parts, {failed} failed; {CASES} cases, {KILLS} kills",
        lines.join("\n"),
        lines.len()
    );
    if failed == 0 {
        return Ok(());
    }
    Err(Failure::Program { line: "cargo xtask long".into(), outcome: format!("{failed} parts failed") })
}

fn read_shard(shard: &str) -> Result<(usize, usize), Failure> {
    let parts = shard.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    parts
        .filter(|(number, of)| *number >= 1 && number <= of)
        .ok_or_else(|| Failure::Usage(format!("--shard takes k/n, for example 2/8, not {shard}")))
}

impl Work {
    fn run(self) -> Result<(), Failure> {
        match self {
            Self::Tests { package, filter } => {
                let test = Program::cargo().args(["test", "--release", "--package", package, "--lib", "--tests", "--"]);
                let test = test.args(Some(filter).filter(|filter| !filter.is_empty())).within(&place::root());
                let test = test.env("PROPTEST_CASES", CASES).env("CHARTCHAIN_BENT", CASES);
                test.env("CHARTCHAIN_KILLS", KILLS).env("CHARTCHAIN_CRASH_SEEDS", CRASH_SEEDS).run()
            }
            Self::Simulate(seeds) => crate::simulate::simulate(seeds),
            Self::BrowserKills => crate::test::browser_kills(KILLS),
            Self::Fuzz(target) => fuzz::fuzz(target, FUZZ_SECONDS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_a_part_of_at_least_one() {
        assert_eq!(read_shard("2/8").unwrap(), (2, 8));
        for wrong in ["0/3", "4/3", "3", "a/b", "1/0"] {
            assert!(read_shard(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_part_is_in_one_shard() {
        for of in [1, 2, 3, 8] {
            let parts: usize = (0..of).map(|k| (0..PARTS.len()).filter(|at| at % of == k).count()).sum();
            assert_eq!(parts, PARTS.len());
        }
    }
}
