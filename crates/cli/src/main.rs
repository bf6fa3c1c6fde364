//! `chartchain`: keep, read, verify and take out a record from the command line, with the engine of the app.

mod arguments;
mod mail;
mod out;
mod parcel;
mod print;
mod serve;
mod sync;

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use chartchain_vault::protocol::{
    Command, EntryId, ExportFormat, Fault, Inspection, JobResult, Person, Query, Reply, Sameness, Unreadable,
};
use clap::Parser as _;

use chartchain_cli::{
    Failure, Recovery, Session, read_file_passphrase, read_new_file_passphrase, read_new_passphrase, read_passphrase,
    read_recovery_file, read_words,
};

use crate::arguments::{Action, Arguments, Format};
use crate::out::{not_written, write_out, write_whole};
use crate::print::Printer;

const PART_BYTES: usize = 1024 * 1024;
const PAGE: u32 = 500;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to standard output and are a success.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let printer = Printer::new(arguments.json);
    match run(arguments, &printer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            printer.failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(arguments: Arguments, printer: &Printer) -> Result<(), Failure> {
    let record = arguments.record;
    let open = |ledger: &Path| Session::open(ledger, read_passphrase()?, record);
    let look = |ledger: &Path, printer: &Printer| look_at(ledger, record, printer);
    match arguments.action {
        Action::Init { ledger, name, birth_date, sex } => {
            let subject = Person { name, birth_date, sex: sex.map(Into::into), ..Person::default() };
            printer.ledger(&Session::create(&ledger, read_new_passphrase()?, subject)?)
        }
        Action::Import { ledger, files, person } => import(&mut open(&ledger)?, &files, &person, printer),
        Action::List { ledger, r#type } => {
            let mut session = look(&ledger, printer)?;
            let query = Query { include_superseded: false, type_name: r#type, ..everything() };
            list(&mut session, query, printer)
        }
        Action::Search { ledger, words } => {
            list(&mut look(&ledger, printer)?, Query { words: words.join(" "), ..everything() }, printer)
        }
        Action::Show { ledger, entry } => {
            let mut session = look(&ledger, printer)?;
            let Reply::Entry(page) = session.ask(Command::Entry { entry: EntryId(entry) })? else {
                return Err(Failure::Unexpected);
            };
            printer.entry(&page)
        }
        Action::Export { ledger, format, out, all_versions } => {
            export(&mut look(&ledger, printer)?, format, &out, all_versions, printer)
        }
        Action::Verify { ledger } => verify(&mut look(&ledger, printer)?, printer),
        Action::Backup { ledger, out } => backup(&mut look(&ledger, printer)?, &out, printer),
        Action::Devices { ledger } => parcel::devices(&mut look(&ledger, printer)?, printer),
        Action::Parcel(wanted) => parcel::run(&mut open(&wanted.ledger)?, &wanted, printer),
        Action::Mail { ledger, host } => mail::run(&mut open(&ledger)?, &host, printer),
        Action::Restore { file, ledger, recovery_file } => {
            let failed =
                |error: std::io::Error| Failure::Input { file: file.display().to_string(), error: error.to_string() };
            let mut backup = File::open(&file).map_err(failed)?;
            let recovery = match recovery_file {
                None => Recovery::Words(read_words()?),
                Some(path) => Recovery::File(read_recovery_file(&path)?, read_file_passphrase()?),
            };
            let (cards, left_out) = Session::restore(&ledger, &mut backup, &recovery, read_new_passphrase()?)?;
            printer.ledgers(&cards)?;
            if left_out == 0 { Ok(()) } else { Err(Failure::LeftOut(left_out)) }
        }
        Action::RecoveryFile { ledger, out } => {
            let mut session = look(&ledger, printer)?;
            let words = match session.ask(Command::RecoveryWords) {
                Ok(Reply::RecoveryWords(words)) => words,
                _ => read_words()?,
            };
            let passphrase = read_new_file_passphrase()?;
            let Reply::RecoveryFile { text, .. } = session.ask(Command::MakeRecoveryFile { words, passphrase })? else {
                return Err(Failure::Unexpected);
            };
            write_whole(&out, |file| file.write_all(text.as_bytes()).map_err(|error| not_written(&out, &error)))?;
            printer.recovery_file(&out)
        }
        Action::Words { ledger } => {
            let Reply::RecoveryWords(words) = look(&ledger, printer)?.ask(Command::RecoveryWords)? else {
                return Err(Failure::Unexpected);
            };
            printer.words(&words)
        }
        Action::CheckWords { ledger } => {
            let mut session = Session::open_to_meet(&ledger, read_passphrase()?, record, false)?;
            match session.ask(Command::CheckRecovery { words: read_words()? })? {
                Reply::RecoveryChecked(None) => printer.words_checked(),
                Reply::RecoveryChecked(Some(problem)) => Err(Fault::WrongWords(problem).into()),
                _ => Err(Failure::Unexpected),
            }
        }
        Action::Sync(wanted) => sync::run(&wanted, record, printer),
        Action::Serve(wanted) => serve::run(&wanted, printer),
    }
}

/// Opens a ledger to read it: what was interrupted is not gone on with.
fn look_at(ledger: &Path, record: Option<usize>, printer: &Printer) -> Result<Session, Failure> {
    let mut session = Session::open(ledger, read_passphrase()?, record)?;
    if session.is_interrupted()? {
        printer.interrupted();
    }
    Ok(session)
}

fn everything() -> Query {
    use chartchain_vault::protocol::Kind;
    let kinds = vec![
        Kind::TestResult,
        Kind::Vital,
        Kind::Medicine,
        Kind::Condition,
        Kind::Allergy,
        Kind::Vaccination,
        Kind::Visit,
        Kind::Procedure,
        Kind::Document,
        Kind::Note,
        Kind::Plan,
        Kind::Lifestyle,
        Kind::Person,
        Kind::Provider,
        Kind::Device,
        Kind::Payment,
        Kind::Other,
    ];
    Query { kinds, limit: PAGE, ..Query::default() }
}

fn list(session: &mut Session, mut query: Query, printer: &Printer) -> Result<(), Failure> {
    let mut lines = Vec::new();
    loop {
        query.offset = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let Reply::Timeline(page) = session.ask(Command::Timeline(query.clone()))? else {
            return Err(Failure::Unexpected);
        };
        let empty = page.lines.is_empty();
        lines.extend(page.lines);
        if empty || lines.len() >= page.total as usize {
            break;
        }
    }
    printer.lines(&lines)
}

fn import(session: &mut Session, files: &[String], person: &[String], printer: &Printer) -> Result<(), Failure> {
    // An import that was killed goes on first.
    session.finish_interrupted()?;
    let mut rejected = false;
    for file in files {
        let inspection = inspect(session, file)?;
        let people = choose_people(&inspection, person, file)?;
        let command = Command::Import { input: inspection.input, people };
        let JobResult::Imported { added, amended, known, rejected: bad } = session.work(command)? else {
            return Err(Failure::Unexpected);
        };
        rejected |= bad > 0;
        printer.imported(file, (added, amended, known, bad), &inspection.rejected)?;
    }
    if rejected { Err(Failure::PartlyRead) } else { Ok(()) }
}

fn inspect(session: &mut Session, file: &str) -> Result<Inspection, Failure> {
    let unreadable = |why: Unreadable| Failure::Unreadable { file: file.to_owned(), why };
    let io = |error: std::io::Error| Failure::Input { file: file.to_owned(), error: error.to_string() };
    let mut source = File::open(file).map_err(io)?;
    let size_bytes = source.metadata().map_err(io)?.len();
    let name = Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let named = |failure: Failure| match failure {
        Failure::Fault(Fault::Unreadable(why)) => unreadable(why),
        other => other,
    };
    let Reply::Input(input) = session.ask(Command::BeginInput { name, size_bytes }).map_err(named)? else {
        return Err(Failure::Unexpected);
    };
    loop {
        let mut bytes = Vec::with_capacity(PART_BYTES);
        std::io::Read::take(&mut source, PART_BYTES as u64).read_to_end(&mut bytes).map_err(io)?;
        if bytes.is_empty() {
            break;
        }
        session.ask(Command::InputPart { input, bytes }).map_err(named)?;
    }
    match session.ask(Command::Inspect { input }) {
        Ok(Reply::Inspection(inspection)) => Ok(inspection),
        Ok(_) => Err(Failure::Unexpected),
        Err(failure) => {
            session.ask(Command::DropInput { input })?;
            Err(named(failure))
        }
    }
}

/// Whose entries to bring in. Nobody else's record is brought in without being named.
fn choose_people(inspection: &Inspection, wanted: &[String], file: &str) -> Result<Vec<String>, Failure> {
    let refuse = |why: &str| {
        let people = inspection.people.iter().map(|found| (found.key.clone(), found.person.name.clone())).collect();
        Failure::WhoseRecord { file: file.to_owned(), why: why.to_owned(), people }
    };
    if !wanted.is_empty() {
        let chosen: Vec<String> = inspection
            .people
            .iter()
            .filter(|found| {
                wanted.iter().any(|wanted| *wanted == found.key || found.person.name.as_ref() == Some(wanted))
            })
            .map(|found| found.key.clone())
            .collect();
        return if chosen.is_empty() { Err(refuse("nobody in it is called that")) } else { Ok(chosen) };
    }
    match inspection.people.as_slice() {
        [] => Ok(Vec::new()),
        [only] if only.same == Sameness::Different => Err(refuse("it is about another person than this ledger")),
        [only] => Ok(vec![only.key.clone()]),
        several => {
            let same: Vec<String> =
                several.iter().filter(|found| found.same == Sameness::Same).map(|found| found.key.clone()).collect();
            if same.len() == several.len() { Ok(same) } else { Err(refuse("it is about several people")) }
        }
    }
}

fn export(
    session: &mut Session,
    format: Format,
    out: &Path,
    all_versions: bool,
    printer: &Printer,
) -> Result<(), Failure> {
    let format = match format {
        Format::Bundle => ExportFormat::Bundle,
        Format::Ndjson => ExportFormat::Ndjson,
    };
    let (job, result) = session.work_as(Command::Export { format, all_versions })?;
    let JobResult::Exported { resources, unreadable, bytes, .. } = result else { return Err(Failure::Unexpected) };
    write_out(session, job, out)?;
    printer.exported(out, resources, bytes)?;
    if unreadable == 0 { Ok(()) } else { Err(Failure::LeftOut(unreadable)) }
}

fn backup(session: &mut Session, out: &Path, printer: &Printer) -> Result<(), Failure> {
    let (job, result) = session.work_as(Command::Backup)?;
    let JobResult::BackedUp { records, unreadable, bytes, .. } = result else { return Err(Failure::Unexpected) };
    write_out(session, job, out)?;
    printer.backed_up(out, records, bytes)?;
    if unreadable == 0 { Ok(()) } else { Err(Failure::LeftOut(unreadable)) }
}

fn verify(session: &mut Session, printer: &Printer) -> Result<(), Failure> {
    let JobResult::Verified(verdict) = session.work(Command::Verify)? else { return Err(Failure::Unexpected) };
    printer.verdict(&verdict)?;
    if verdict.problems_total == 0 { Ok(()) } else { Err(Failure::DoesNotHold(verdict.problems_total)) }
}
