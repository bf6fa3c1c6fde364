//! Prints made-up people: `print [FROM..TO | SEED] [--demo] [--today YYYY-MM-DD] [--ndjson]`.
//!
//! One Bundle a line, or with `--ndjson` one resource a line. Without a seed or `--demo`: seed 1.

use chartchain_synth::{Date, Lifetime, Options, bundle, demo, lifetime};
use std::io::{BufWriter, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: print [FROM..TO | SEED] [--demo] [--today YYYY-MM-DD] [--ndjson]";

fn main() -> ExitCode {
    let mut seeds = 0..0;
    let mut today = Date { year: 2026, month: 11, day: 22 };
    let (mut with_demo, mut ndjson) = (false, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let understood = match argument.as_str() {
            "--demo" => {
                with_demo = true;
                true
            }
            "--ndjson" => {
                ndjson = true;
                true
            }
            "--today" => arguments.next().and_then(|text| read_date(&text)).map(|date| today = date).is_some(),
            text => read_seeds(text).map(|range| seeds = range).is_some(),
        };
        if !understood {
            eprintln!("cannot read `{argument}`; {USAGE}");
            return ExitCode::from(2);
        }
    }
    if seeds.is_empty() && !with_demo {
        seeds = 1..2;
    }
    let people = with_demo.then(|| demo(today)).into_iter();
    let mut people = people.chain(seeds.map(|seed| lifetime(&Options { seed, today })));
    match people.try_for_each(|person| print(&person, ndjson)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(person: &Lifetime, ndjson: bool) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    if ndjson {
        for made in &person.resources {
            writeln!(out, "{}", made.json)?;
        }
    } else {
        writeln!(out, "{}", bundle(person))?;
    }
    out.flush()
}

fn read_seeds(text: &str) -> Option<std::ops::Range<u64>> {
    match text.split_once("..") {
        Some((from, to)) => Some(from.parse().ok()?..to.parse().ok()?),
        None => text.parse::<u64>().ok().map(|seed| seed..seed.saturating_add(1)),
    }
}

fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Date { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? })
}
