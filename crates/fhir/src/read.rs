//! Bytes of a file to resources: Bundles of every type, single resources, NDJSON.
//!
//! The text is gone through once. What a resource says is not looked at beyond its type, so one that this crate has
//! never heard of comes in as well as any other.

use crate::json::{Fault, MAX_DEPTH, MAX_RESOURCE_DEPTH, Scanner, append_minified, newlines};
use crate::sniff;
use crate::tree::is_type_name;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

pub use crate::json::minify;

/// Largest input that [`read`] takes at once.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Bundles in Bundles are unpacked this deep.
const MAX_NESTED_BUNDLES: usize = 4;
/// After so many unusable entries an input is given up.
const MAX_REJECTED: usize = 1_000_000;
/// So many lines decide whether an input that is not one JSON value has one a line.
const LINES_TO_JUDGE_BY: usize = 16;

/// One resource as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its text as written, without white space between tokens.
    pub json: Box<str>,
    /// `fullUrl` of its Bundle entry.
    pub full_url: Option<Box<str>>,
    /// Line of the file that it starts on, in NDJSON (first is 1).
    pub line: Option<u32>,
    /// Place in the outermost Bundle (first is 0).
    pub index: Option<u32>,
}

/// What an input is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A Bundle, and its type as written (empty where it has none).
    Bundle(String),
    /// One resource, and its type.
    Resource(String),
    /// Several resources, one a line.
    Ndjson,
}

/// Why an input, or a part of it, cannot be read. Whoever made the file has to act, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// Not UTF-8 (nor UTF-16 with a byte order mark).
    #[error("it is not text in UTF-8 or UTF-16")]
    Encoding,
    /// Not JSON.
    #[error("it is not JSON (line {line}, column {column})")]
    NotJson {
        /// First line is 1.
        line: u32,
        /// First column is 1, counted in characters.
        column: u32,
    },
    /// JSON, but not FHIR.
    #[error("it is JSON, but not a FHIR resource")]
    NotFhir,
    /// FHIR of another version, and which.
    #[error("it is FHIR {0}, only R4 can be read")]
    OtherVersion(String),
    /// Nested deeper than anyone needs (124 levels for a resource).
    #[error("it is nested too deeply")]
    TooDeep,
    /// Larger than can be read at once; the caller can split it.
    #[error("it is larger than {max_bytes} bytes; split it or use NDJSON")]
    TooLarge {
        /// The limit.
        max_bytes: u64,
    },
    /// XML, PDF, zip or another format that is known but is not FHIR in JSON.
    #[error("it is {0}, which cannot be read")]
    OtherFormat(String),
}

/// A part of an input that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Line of the file, in NDJSON (first is 1).
    pub line: Option<u32>,
    /// Place in the outermost Bundle (first is 0).
    pub index: Option<u32>,
    /// Why.
    pub why: ReadError,
}

/// What is in an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// What it is.
    pub format: Format,
    /// Of a Bundle: everything but its `entry`, as written, without white space between tokens.
    pub shell: Option<Box<str>>,
    /// The resources, in order.
    pub resources: Vec<Resource>,
    /// What cannot be read.
    pub rejected: Vec<Rejected>,
}

/// Reads a whole file: a Bundle, a resource or NDJSON, in UTF-8 or in UTF-16 with a byte order mark.
///
/// Entries that carry no resource by their nature are passed over: deletions, outcomes of a search, answers to a
/// transaction. Any other entry or line without a usable resource is listed in [`Intake::rejected`].
///
/// # Errors
/// [`ReadError`] where nothing at all can be read.
pub fn read(bytes: &[u8]) -> Result<Intake, ReadError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge { max_bytes: MAX_BYTES });
    }
    let text = sniff::decode(bytes)?;
    sniff::refuse_other_formats(&text)?;
    let mut scanner = Scanner::new(&text, MAX_DEPTH).recording();
    scanner.gap();
    match top(&mut scanner) {
        Ok(Top::Card) => Err(sniff::health_card()),
        Ok(found) => {
            scanner.gap();
            if scanner.at_end() { single(found) } else { lines(&text) }
        }
        Err(_) if looks_like_lines(&text) => lines(&text),
        Err(fault) => Err(fault.explain(&text)),
    }
}

/// Reads one line of NDJSON, so that a file can be streamed without holding it. `line_number` counts from 1. A
/// Bundle on a line is not unpacked here.
///
/// # Errors
/// [`Rejected`] with the line and the reason. An empty line gives [`ReadError::Empty`]: pass over it.
pub fn read_line(line: &str, line_number: u32) -> Result<Resource, Rejected> {
    let reject = |why| Rejected { line: Some(line_number), index: None, why };
    let text = line.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(reject(ReadError::Empty));
    }
    let mut scanner = Scanner::new(text, MAX_RESOURCE_DEPTH).recording();
    let found = resource(&mut scanner).and_then(|found| {
        scanner.gap();
        if scanner.at_end() { Ok(found) } else { Err(scanner.fault()) }
    });
    match found {
        Ok(found) => {
            let checked = found.check().map_err(reject)?;
            Ok(Resource { json: checked.json, full_url: None, line: Some(line_number), index: None })
        }
        Err(fault) => Err(reject(match fault.explain(text) {
            ReadError::NotJson { column, .. } => ReadError::NotJson { line: line_number, column },
            other => other,
        })),
    }
}

/// A value that stands where a resource is expected.
struct Found<'a> {
    json: Box<str>,
    type_name: Option<Cow<'a, str>>,
    other_version: Option<&'static str>,
}

impl Found<'_> {
    fn check(self) -> Result<Self, ReadError> {
        let type_name = self.type_name.as_deref().filter(|name| is_type_name(name)).ok_or(ReadError::NotFhir)?;
        match self.other_version.or_else(|| sniff::other_version_of(type_name)) {
            Some(version) => Err(ReadError::OtherVersion(version.to_owned())),
            None => Ok(self),
        }
    }
}

/// A Bundle entry.
struct Entry<'a> {
    full_url: Option<Box<str>>,
    resource: Option<Found<'a>>,
    /// A deletion or an outcome of a search.
    passed_over: bool,
}

enum Top<'a> {
    Bundle {
        kind: String,
        shell: Box<str>,
        entries: Vec<Entry<'a>>,
    },
    Resource(Found<'a>),
    /// A `.smart-health-card` file.
    Card,
}

fn top<'a>(scanner: &mut Scanner<'a>) -> Result<Top<'a>, Fault> {
    if scanner.peek() != Some(b'{') {
        return resource(scanner).map(Top::Resource);
    }
    let (start, mark) = (scanner.position(), scanner.mark());
    let mut type_name = None;
    let mut kind = None;
    let mut card = false;
    let mut other_version = None;
    let mut shell = String::from("{");
    let mut entries: Option<Vec<Entry<'a>>> = None;
    scanner.object(|scanner, key| {
        let name = key.decode();
        match name.as_ref() {
            "entry" if scanner.peek() == Some(b'[') => {
                let list = entries.get_or_insert_default();
                return scanner.array(|scanner| {
                    list.push(entry(scanner)?);
                    Ok(())
                });
            }
            "resourceType" => type_name = string_or_skip(scanner)?,
            "type" => kind = string_or_skip(scanner)?,
            other => {
                card |= other == "verifiableCredential";
                other_version = other_version.or(sniff::other_version_by_element(other));
                scanner.value()?;
            }
        }
        if type_name.as_deref().is_none_or(|name| name == "Bundle") {
            if shell.len() > 1 {
                shell.push(',');
            }
            append_minified(&mut shell, scanner.since(key.start));
        }
        Ok(())
    })?;
    if type_name.as_deref() == Some("Bundle") {
        shell.push('}');
        let kind = kind.unwrap_or_default().into_owned();
        return Ok(Top::Bundle { kind, shell: shell.into_boxed_str(), entries: entries.unwrap_or_default() });
    }
    // A resource alone may not be deeper than it could be in a Bundle.
    if scanner.deepest() > MAX_RESOURCE_DEPTH {
        return Err(Fault { at: start, too_deep: true });
    }
    if card && type_name.is_none() {
        return Ok(Top::Card);
    }
    let json = if entries.is_none() {
        scanner.cut(start, mark)
    } else {
        // Reading what looked like entries has used up the gaps that were recorded.
        let mut json = String::new();
        append_minified(&mut json, scanner.since(start));
        json.into_boxed_str()
    };
    Ok(Top::Resource(Found { json, type_name, other_version }))
}

fn entry<'a>(scanner: &mut Scanner<'a>) -> Result<Entry<'a>, Fault> {
    let mut entry = Entry { full_url: None, resource: None, passed_over: false };
    if scanner.peek() != Some(b'{') {
        scanner.value()?;
        return Ok(entry);
    }
    scanner.object(|scanner, key| {
        match key.decode().as_ref() {
            "resource" => entry.resource = Some(resource(scanner)?),
            "fullUrl" => entry.full_url = string_or_skip(scanner)?.filter(|url| !url.is_empty()).map(Into::into),
            "request" => entry.passed_over |= member_is(scanner, "method", "DELETE")?,
            "search" => entry.passed_over |= member_is(scanner, "mode", "outcome")?,
            _ => scanner.value()?,
        }
        Ok(())
    })?;
    Ok(entry)
}

fn resource<'a>(scanner: &mut Scanner<'a>) -> Result<Found<'a>, Fault> {
    let (start, mark) = (scanner.position(), scanner.mark());
    let mut type_name = None;
    let mut other_version = None;
    if scanner.peek() == Some(b'{') {
        scanner.object(|scanner, key| {
            match key.decode().as_ref() {
                "resourceType" => type_name = string_or_skip(scanner)?,
                other => {
                    other_version = other_version.or(sniff::other_version_by_element(other));
                    scanner.value()?;
                }
            }
            Ok(())
        })?;
    } else {
        scanner.value()?;
    }
    Ok(Found { json: scanner.cut(start, mark), type_name, other_version })
}

fn string_or_skip<'a>(scanner: &mut Scanner<'a>) -> Result<Option<Cow<'a, str>>, Fault> {
    if scanner.peek() == Some(b'"') {
        return scanner.string().map(|text| Some(text.decode()));
    }
    scanner.value().map(|()| None)
}

fn member_is(scanner: &mut Scanner<'_>, name: &str, wanted: &str) -> Result<bool, Fault> {
    let mut found = false;
    if scanner.peek() != Some(b'{') {
        return scanner.value().map(|()| false);
    }
    scanner.object(|scanner, key| {
        if key.decode() == name {
            found = string_or_skip(scanner)?.as_deref() == Some(wanted);
            return Ok(());
        }
        scanner.value()
    })?;
    Ok(found)
}

impl Intake {
    fn empty() -> Self {
        Self { format: Format::Ndjson, shell: None, resources: Vec::new(), rejected: Vec::new() }
    }

    fn take_entries(
        &mut self,
        kind: &str,
        entries: Vec<Entry<'_>>,
        line: Option<u32>,
        outer_index: Option<u32>,
        levels_left: usize,
    ) -> Result<(), ReadError> {
        let answers = matches!(kind, "transaction-response" | "batch-response");
        for (index, entry) in entries.into_iter().enumerate() {
            let index = outer_index.or_else(|| u32::try_from(index).ok());
            if entry.passed_over || (answers && entry.resource.is_none()) {
                continue;
            }
            let checked = entry.resource.ok_or(ReadError::NotFhir).and_then(Found::check);
            match checked {
                Ok(found) => match found.type_name.as_deref() {
                    Some("Bundle") => self.take_bundle(&found.json, line, index, levels_left)?,
                    Some("OperationOutcome") if answers || kind == "searchset" => {}
                    _ => {
                        let full_url = entry.full_url;
                        self.resources.push(Resource { json: found.json, full_url, line, index });
                    }
                },
                Err(why) => self.reject(line, index, why)?,
            }
        }
        Ok(())
    }

    /// Unpacks a Bundle that stands inside something else.
    fn take_bundle(
        &mut self,
        json: &str,
        line: Option<u32>,
        index: Option<u32>,
        levels_left: usize,
    ) -> Result<(), ReadError> {
        if levels_left == 0 {
            return self.reject(line, index, ReadError::TooDeep);
        }
        match top(&mut Scanner::new(json, MAX_DEPTH)) {
            Ok(Top::Bundle { kind, entries, .. }) => self.take_entries(&kind, entries, line, index, levels_left - 1),
            Ok(_) => self.reject(line, index, ReadError::NotFhir),
            Err(fault) => self.reject(line, index, fault.explain(json)),
        }
    }

    fn reject(&mut self, line: Option<u32>, index: Option<u32>, why: ReadError) -> Result<(), ReadError> {
        if self.rejected.len() >= MAX_REJECTED {
            return Err(why);
        }
        self.rejected.push(Rejected { line, index, why });
        Ok(())
    }
}

fn single(found: Top<'_>) -> Result<Intake, ReadError> {
    let mut intake = Intake::empty();
    match found {
        Top::Bundle { kind, shell, entries } => {
            intake.take_entries(&kind, entries, None, None, MAX_NESTED_BUNDLES)?;
            intake.format = Format::Bundle(kind);
            intake.shell = Some(shell);
        }
        Top::Resource(found) => {
            let found = found.check()?;
            intake.format = Format::Resource(found.type_name.unwrap_or_default().into_owned());
            intake.resources.push(Resource { json: found.json, full_url: None, line: None, index: None });
        }
        Top::Card => return Err(sniff::health_card()),
    }
    Ok(intake)
}

/// Several values, normally one a line. After one that cannot be read it goes on with the next line.
fn lines(text: &str) -> Result<Intake, ReadError> {
    let mut intake = Intake::empty();
    let mut scanner = Scanner::new(text, MAX_DEPTH).recording();
    let (mut line, mut counted) = (1u32, 0usize);
    loop {
        scanner.gap();
        let start = scanner.position();
        if scanner.at_end() {
            break;
        }
        line = line.saturating_add(newlines(text, counted, start));
        counted = start;
        scanner.restart_at(start);
        match top(&mut scanner) {
            Ok(Top::Bundle { kind, entries, .. }) => {
                intake.take_entries(&kind, entries, Some(line), None, MAX_NESTED_BUNDLES - 1)?;
            }
            Ok(Top::Resource(found)) => match found.check() {
                Ok(found) => {
                    intake.resources.push(Resource { json: found.json, full_url: None, line: Some(line), index: None });
                }
                Err(why) => intake.reject(Some(line), None, why)?,
            },
            Ok(Top::Card) => intake.reject(Some(line), None, sniff::health_card())?,
            Err(fault) => {
                intake.reject(Some(line), None, fault.explain_after(text, start, line))?;
                let rest = text.get(start..).unwrap_or_default();
                scanner.restart_at(rest.find('\n').map_or(text.len(), |at| start + at));
            }
        }
    }
    let nothing_like_fhir =
        |rejected: &Rejected| matches!(rejected.why, ReadError::NotJson { .. } | ReadError::NotFhir);
    match intake.rejected.first() {
        Some(first) if intake.resources.is_empty() && intake.rejected.iter().all(nothing_like_fhir) => {
            Err(first.why.clone())
        }
        _ => Ok(intake),
    }
}

/// Whether one of the first lines is a resource by itself.
fn looks_like_lines(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(LINES_TO_JUDGE_BY);
    text.contains('\n') && lines.any(|line| line.starts_with('{') && read_line(line, 1).is_ok())
}
