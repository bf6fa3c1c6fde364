//! `cargo xtask fuzz TARGET`: libFuzzer looks for input that breaks a target of `fuzz/`.
//!
//! Which parts of the code a piece of input reaches is counted by LLVM, which the stable compiler offers as well; our code
//! has no `unsafe` for a sanitiser to watch.

use std::path::PathBuf;

use crate::{arguments::Arguments, failure::Failure, place, program::Program};

const PACKAGE: &str = "chartchain-fuzz";

/// Counts edges and watches comparisons, as `cargo fuzz` has it done.
const WATCHED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";

/// Longest input, bytes.
const MOST_BYTES: &str = "-max_len=65536";

pub(crate) fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let seconds: u32 = arguments.value("--seconds")?.unwrap_or(60);
    let [target] = <[String; 1]>::try_from(arguments.rest())
        .map_err(|_| Failure::Usage("cargo xtask fuzz TARGET [--seconds 60]".into()))?;
    fuzz(&target, seconds)
}

/// Runs one target; what breaks it stays under `fuzz/crashers`, which the tests replay.
pub(crate) fn fuzz(target: &str, seconds: u32) -> Result<(), Failure> {
    let folder = place::target()?.join("fuzz");
    let corpus = folder.join("corpus").join(target);
    let cargo = |words: &[&str]| Program::cargo().args(words).within(&place::root());
    let seeds = cargo(&["run", "--quiet", "--package", PACKAGE, "--example", "seeds", "--", target]).args([&corpus]);
    seeds.run()?;
    let build = cargo(&["build", "--package", PACKAGE, "--release", "--features", "libfuzzer", "--bin", target]);
    // With a target named, build scripts and macros are not watched.
    let host = host()?;
    let build = build.args(["--target", &host, "--target-dir"]).args([&folder]);
    build.env("RUSTFLAGS", WATCHED).run()?;
    let crashers = place::root().join("fuzz/crashers").join(target);
    place::make_folder(&crashers)?;
    let program: PathBuf = folder.join(host).join("release").join(target);
    Program::new(&program)
        .args([format!("-max_total_time={seconds}"), format!("-artifact_prefix={}/", crashers.display())])
        .args([MOST_BYTES, "-print_final_stats=1", "-timeout=20"])
        .args([&corpus])
        .within(&folder)
        .run()
}

fn host() -> Result<String, Failure> {
    let about = Program::new("rustc").args(["-vV"]).within(&place::root()).read()?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::form("rustc -vV", "names no host"))
}
