//! `cargo xtask simulate`: devices in a network in which everything goes wrong, seed by seed.

use crate::{arguments::Arguments, failure::Failure, place, program::Program};

/// What a run without `--seeds` does.
const SEEDS: &str = "0..300";

/// Runs the seeds; fails, with the seed, where one breaks a promise.
pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let seeds: String = arguments.value("--seeds")?.unwrap_or_else(|| SEEDS.into());
    arguments.end()?;
    simulate(&check(&seeds)?)
}

pub(crate) fn simulate(seeds: &str) -> Result<(), Failure> {
    let test = Program::cargo().args(["test", "--release", "--package", "chartchain-vault", "--test", "engine"]);
    let test = test.args(["--", "--nocapture", "simulation::devices"]).within(&place::root());
    test.env("CHARTCHAIN_SEEDS", seeds).run()
}

fn check(seeds: &str) -> Result<String, Failure> {
    let ends = seeds.split_once("..").and_then(|(from, to)| Some((from.parse::<u64>().ok()?, to.parse::<u64>().ok()?)));
    ends.filter(|(from, to)| from < to)
        .map(|(from, to)| format!("{from}..{to}"))
        .ok_or_else(|| Failure::Usage(format!("--seeds takes FROM..TO, for example 0..300, not {seeds}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_two_numbers_in_their_order() {
        assert_eq!(check("0..300").ok().as_deref(), Some("0..300"));
        for wrong in ["", "5", "5..5", "9..2", "a..b", "1..2..3"] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
