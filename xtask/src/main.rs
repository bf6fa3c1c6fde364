//! The developer tool: `cargo xtask run`, `test`, `shot`, `bench`.

mod app;
mod arguments;
mod failure;
mod fonts;
mod npm;
mod page;
mod place;
mod program;
mod run;
mod stage;
mod tools;

use std::process::ExitCode;

use crate::{arguments::Arguments, failure::Failure};

const USAGE: &str = "usage:
  cargo xtask run [--release] [--port 8080] [--no-serve] [--dist FOLDER]
      sets up, builds and serves the app";

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
        // Trunk's hook.
        "fonts" => run::fonts(arguments),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::Usage(format!("there is no command {other}"))),
    }
}
