//! The developer tool: `cargo xtask run`, `test`, `shot`, `bench`, `fuzz`, `simulate`, `long`.

mod app;
mod arguments;
mod bench;
mod browsers;
mod failure;
mod fonts;
mod fuzz;
mod long;
mod npm;
mod page;
mod place;
mod program;
mod run;
mod shot;
mod simulate;
mod split;
mod stage;
mod test;
mod tools;

use std::process::ExitCode;

use crate::{arguments::Arguments, failure::Failure};

const USAGE: &str = "usage:
  cargo xtask run [--release] [--offline] [--port 8080] [--no-serve] [--dist FOLDER]
      sets up, builds and serves the app; browsers keep it for use without a network where it is released or
      --offline asks for that
  cargo xtask test [--only STAGE]…
      sets up browsers and drivers too, and runs every check; stages: fmt clippy clippy-wasm deny native doc
      wasm-chromium wasm-firefox browsers webkit fhir
  cargo xtask shot [HASH] [--out FILE.png] [--width 390] [--height 844] [--dark] [--script FILE|-] [--step STEP]…
      pictures of the built app in Chromium; the steps are listed in tests/src/script.rs
  cargo xtask bench [NAME]… [--runs N] [--out FILE.json]
      medians of five runs as JSON: engine, app, and first-load, which fails above the budget
  cargo xtask fuzz TARGET [--seconds 60]
      libFuzzer looks for input that breaks a target; targets: header body segment packed backup change fhir search session signal
      parcel animated meeting
  cargo xtask simulate [--seeds FROM..TO]
      devices of one record in a network and on storage that fail in every way; says the seed where a promise breaks
  cargo xtask long [--shard k/n] [--only PART]…
      what is too long for CI: thousands of cases, hundreds of kills, minutes of fuzzing";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    match dispatch(&command, Arguments::new(words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, arguments: Arguments) -> Result<(), Failure> {
    match command {
        "run" => run::run(arguments),
        "test" => test::run(arguments),
        "shot" => shot::run(arguments),
        "bench" => bench::run(arguments),
        "fuzz" => fuzz::run(arguments),
        "long" => long::run(arguments),
        "simulate" => simulate::run(arguments),
        // Trunk's hook.
        "finish" => run::finish(arguments),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::Usage(format!("there is no command {other}"))),
    }
}
