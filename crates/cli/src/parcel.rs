//! Files between devices: who holds a record, what they lack, what came from them.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chartchain_cli::{Failure, Session};
use chartchain_vault::protocol::{Command, DeviceLine, DeviceStanding, Fault, JobResult, ParcelFor, Reply};

use crate::arguments::Parcel;
use crate::out::write_out;
use crate::print::Printer;

/// Pieces in which a file is handed to the engine.
const PART_BYTES: usize = 1024 * 1024;

/// Lists who holds the record.
///
/// # Errors
/// The engine's fault.
pub fn devices(session: &mut Session, printer: &Printer) -> Result<(), Failure> {
    printer.devices(&lines(session)?)
}

fn lines(session: &mut Session) -> Result<Vec<DeviceLine>, Failure> {
    match session.ask(Command::ListDevices)? {
        Reply::Members(members) => Ok(members.devices),
        _ => Err(Failure::Unexpected),
    }
}

/// Makes a parcel, or opens one.
///
/// # Errors
/// There is no such device, the file cannot be read or written, or the engine's fault.
pub fn run(session: &mut Session, wanted: &Parcel, printer: &Printer) -> Result<(), Failure> {
    match (&wanted.r#in, &wanted.out) {
        (Some(file), _) => open(session, file, printer),
        (None, Some(out)) => make(session, &wanted.to, out, printer),
        (None, None) => Err(Failure::Unexpected),
    }
}

/// Devices that are called so, or whose key begins so; `all` is everybody who reads.
fn choose(lines: &[DeviceLine], wanted: &[String]) -> Result<Vec<String>, Failure> {
    let others = || lines.iter().filter(|line| !line.this_device && line.standing == DeviceStanding::Good);
    let mut chosen = Vec::new();
    for name in wanted {
        let is_it = |line: &&DeviceLine| {
            name == "all" || line.name == *name || (name.len() >= 8 && line.feed.starts_with(name.as_str()))
        };
        let found: Vec<String> = others().filter(is_it).map(|line| line.feed.clone()).collect();
        if found.is_empty() {
            return Err(Fault::NotFound.into());
        }
        chosen.extend(found);
    }
    chosen.sort();
    chosen.dedup();
    Ok(chosen)
}

fn make(session: &mut Session, to: &[String], out: &Path, printer: &Printer) -> Result<(), Failure> {
    let feeds = choose(&lines(session)?, to)?;
    let count = feeds.len();
    let (job, result) = session.work_as(Command::PackParcel { to: ParcelFor::Members(feeds) })?;
    let JobResult::Packed { blocks, bytes, .. } = result else { return Err(Failure::Unexpected) };
    write_out(session, job, out)?;
    printer.packed(out, (count, blocks, bytes))
}

fn open(session: &mut Session, path: &Path, printer: &Printer) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Input { file: path.display().to_string(), error: error.to_string() };
    let mut file = File::open(path).map_err(failed)?;
    session.ask(Command::BeginParcel)?;
    let mut next = read_part(&mut file).map_err(failed)?;
    loop {
        let part = core::mem::take(&mut next);
        next = read_part(&mut file).map_err(failed)?;
        match session.ask(Command::ParcelPart { bytes: part, last: next.is_empty() })? {
            Reply::Parcel(card) if card.number.is_none() => return printer.parcel(&card),
            // Being let in by file is for the app, where both people compare a number.
            Reply::Parcel(_) => return Err(Fault::NotForThisDevice.into()),
            Reply::Done if !next.is_empty() => {}
            _ => return Err(Failure::Unexpected),
        }
    }
}

/// As much as a part holds; nothing at the end.
fn read_part(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut part = Vec::new();
    file.take(PART_BYTES as u64).read_to_end(&mut part)?;
    Ok(part)
}
