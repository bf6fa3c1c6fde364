//! `cargo xtask shot`: pictures of the built app, taken by the harness of `tests/`.

use crate::{arguments::Arguments, browsers, failure::Failure, place, program::Program};

pub(crate) fn run(arguments: Arguments) -> Result<(), Failure> {
    let words = arguments.rest();
    // The script may come through a pipe, and relative paths are those of the caller.
    let mut program = Program::cargo()
        .args(["run", "--quiet", "--package", "chartchain-tests", "--bin", "shot", "--"])
        .args(&words)
        .with_input();
    let wants = |kind: &str| words.iter().any(|word| word == kind);
    if wants("--webkit") {
        for (name, value) in browsers::webkit_environment()? {
            program = program.env(name, value);
        }
    } else if wants("--firefox") {
        for (name, value) in browsers::Browsers::find()?.environment() {
            program = program.env(name, value);
        }
    } else {
        for (name, value) in browsers::chromium_environment()? {
            program = program.env(name, value);
        }
    }
    if std::env::var_os("CHARTCHAIN_DIST").is_none() {
        program = program.env("CHARTCHAIN_DIST", place::dist());
    }
    program.run()
}
