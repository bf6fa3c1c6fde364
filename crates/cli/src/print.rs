use std::io::Write as _;
use std::path::Path;

use chartchain_vault::protocol::{
    DeviceLine, EntryLine, EntryPage, LedgerCard, LinkCard, LinkRecord, ParcelCard, Problem, Rejected, Secret, Value,
    Verdict,
};
use serde::Serialize;

use chartchain_cli::Failure;

use crate::mail::Mailed;

/// Prints for people, or JSON for programs.
pub struct Printer {
    json: bool,
}

impl Printer {
    pub const fn new(json: bool) -> Self {
        Self { json }
    }

    fn value(&self, value: &impl Serialize, people: impl FnOnce() -> String) -> Result<(), Failure> {
        if self.json {
            say(&serde_json::to_string(value).map_err(|_| Failure::Unexpected)?)
        } else {
            say(&plain(&people()))
        }
    }

    pub fn failure(&self, failure: &Failure) {
        if self.json {
            let error = serde_json::json!({ "error": failure.to_string(), "exit_code": failure.exit_code() });
            let _ = say(&error.to_string());
        }
        let _ = writeln!(std::io::stderr().lock(), "chartchain: {}", plain(&failure.to_string()));
    }

    /// For people only: what a program reads stays one answer.
    pub fn interrupted(&self) {
        let note = "an import was interrupted; the next `import` into this file finishes it first";
        let _ = writeln!(std::io::stderr().lock(), "chartchain: {note}");
    }

    pub fn ledger(&self, card: &LedgerCard) -> Result<(), Failure> {
        self.value(card, || format!("Ledger {} is ready.", card.id.0))
    }

    pub fn imported(
        &self,
        file: &str,
        (added, amended, known, rejected): (u32, u32, u32, u32),
        list: &[Rejected],
    ) -> Result<(), Failure> {
        let value = serde_json::json!({
            "file": file, "added": added, "amended": amended, "known": known, "rejected": rejected,
            "rejected_first": list,
        });
        self.value(&value, || {
            let head =
                format!("{file}: {added} new, {amended} amended, {known} known already, {rejected} could not be read");
            let bad = list.iter().map(|bad| match (bad.line, bad.index) {
                (Some(line), _) => format!("\n  line {line}: {}", bad.why),
                (None, Some(index)) => format!("\n  entry {index}: {}", bad.why),
                (None, None) => format!("\n  {}", bad.why),
            });
            head + &bad.collect::<String>()
        })
    }

    pub fn lines(&self, lines: &[EntryLine]) -> Result<(), Failure> {
        self.value(&lines, || {
            let line = |line: &EntryLine| {
                let when = line.when.as_ref().map_or("", |when| when.written.as_str());
                let value = line.value.as_ref().map(value_text).unwrap_or_default();
                format!("{}  {when:<25}  {:<22}  {}  {value}", line.entry.0, line.type_name, one_line(&line.title))
            };
            lines.iter().map(line).collect::<Vec<_>>().join("\n")
        })
    }

    pub fn entry(&self, page: &EntryPage) -> Result<(), Failure> {
        self.value(page, || {
            let mut lines = vec![one_line(&page.line.title)];
            lines.extend(page.facts.iter().map(|fact| format!("  {}: {}", fact.label, fact.text)));
            lines.extend(
                page.links
                    .iter()
                    .map(|link| format!("  {}: {} ({})", link.label, one_line(&link.line.title), link.line.entry.0)),
            );
            lines.push(format!("  Block {} of feed {}, row {}", page.block.hash, page.block.feed, page.place.1));
            lines.push(page.source_json.clone());
            lines.join("\n")
        })
    }

    pub fn exported(&self, out: &Path, resources: u32, bytes: u64) -> Result<(), Failure> {
        let value = serde_json::json!({ "out": out.display().to_string(), "resources": resources, "bytes": bytes });
        self.value(&value, || format!("{resources} resources in {}. The file is not encrypted.", out.display()))
    }

    pub fn backed_up(&self, out: &Path, records: u32, bytes: u64) -> Result<(), Failure> {
        let value = serde_json::json!({ "out": out.display().to_string(), "records": records, "bytes": bytes });
        self.value(&value, || format!("{records} records in {}. The recovery words open it.", out.display()))
    }

    pub fn devices(&self, lines: &[DeviceLine]) -> Result<(), Failure> {
        let line = |line: &DeviceLine| {
            let name = if line.name.is_empty() { "without a name" } else { &line.name };
            let this = if line.this_device { ", this one" } else { "" };
            let decides = if line.decides { ", decides" } else { "" };
            let role = line.role.map_or_else(|| "nobody".into(), |role| format!("{role:?}").to_lowercase());
            let key = line.feed.get(..16).unwrap_or_default();
            format!("{key} {name}: {role}{this}{decides}, {:?}, holds {:?}", line.standing, line.has)
        };
        self.value(&lines, || lines.iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    pub fn packed(&self, out: &Path, (devices, blocks, bytes): (usize, u32, u64)) -> Result<(), Failure> {
        let value = serde_json::json!({
            "out": out.display().to_string(), "devices": devices, "blocks": blocks, "bytes": bytes,
        });
        self.value(&value, || format!("{blocks} blocks for {devices} devices in {}.", out.display()))
    }

    pub fn parcel(&self, card: &ParcelCard) -> Result<(), Failure> {
        self.value(card, || {
            let from = if card.sender.is_empty() { "another device" } else { &card.sender };
            let lacks = match card.lacks {
                0 => String::new(),
                lacks => format!(" {lacks} blocks of this record were not there: send a file back."),
            };
            format!("{} new blocks from {from}, {} refused.{lacks}", card.added, card.refused)
        })
    }

    pub fn mail(&self, done: &Mailed) -> Result<(), Failure> {
        let value = serde_json::json!({
            "came": done.came, "added": done.added, "refused": done.refused, "unread": done.unread, "left": done.left,
        });
        self.value(&value, || {
            let unread = match done.unread {
                0 => String::new(),
                unread => format!(" {unread} could not be read and were thrown away."),
            };
            format!(
                "{} letters came with {} new blocks, {} refused.{unread} {} letters left for others.",
                done.came, done.added, done.refused, done.left
            )
        })
    }

    pub fn recovery_file(&self, out: &Path) -> Result<(), Failure> {
        let value = serde_json::json!({ "out": out.display().to_string() });
        self.value(&value, || format!("The recovery words are in {}. Its passphrase opens it.", out.display()))
    }

    pub fn ledgers(&self, cards: &[LedgerCard]) -> Result<(), Failure> {
        self.value(&cards, || format!("{} records are back.", cards.len()))
    }

    pub fn words(&self, words: &Secret) -> Result<(), Failure> {
        let value = serde_json::json!({ "words": words.0.split(' ').collect::<Vec<_>>() });
        self.value(&value, || {
            let numbered = |(number, word): (usize, &str)| format!("{number:2}  {word}");
            (1..).zip(words.0.split(' ')).map(numbered).collect::<Vec<_>>().join("\n")
        })
    }

    pub fn words_checked(&self) -> Result<(), Failure> {
        self.value(&serde_json::json!({ "checked": true }), || {
            "These are the recovery words. They are not kept in the file any longer.".to_owned()
        })
    }

    /// Where this host is reached, and what it does.
    pub fn serving(&self, address: &str, app: bool, mail: bool, public: bool) -> Result<(), Failure> {
        let value = serde_json::json!({ "address": address, "app": app, "mail": mail, "public": public });
        self.value(&value, || {
            let app = if app { "the app" } else { "no app (give its folder with --dist)" };
            let mail = if mail { "a mailbox" } else { "no mailbox (give it a folder with --mail)" };
            let tls = "\nOther machines reach this without TLS: put something before it that does TLS.";
            format!("{address}: {app}, rooms, {mail}. Ctrl-C ends it.{}", if public { tls } else { "" })
        })
    }

    /// The link for the other device. Whoever has it can come.
    pub fn invitation(&self, link: &str) -> Result<(), Failure> {
        self.value(&serde_json::json!({ "link": link }), || {
            format!("{link}\nOpen this link on the other device, or give it to `chartchain sync` there. Waiting.")
        })
    }

    /// The number that people compare.
    pub fn number(&self, code: u32, checked: bool) -> Result<(), Failure> {
        let digits = format!("{code:09}");
        self.value(&serde_json::json!({ "number": digits }), || {
            let groups: Vec<&str> = [0..3, 3..6, 6..9].into_iter().filter_map(|group| digits.get(group)).collect();
            let question = if checked { "" } else { "\nDoes the other device show the same number? (yes or no)" };
            format!("{}{question}", groups.join(" "))
        })
    }

    /// What came and went.
    pub fn met(&self, card: &LinkCard) -> Result<(), Failure> {
        self.value(&serde_json::json!({ "records": card.records, "let_in": card.let_in }), || {
            let line = |record: &LinkRecord| {
                let LinkRecord { ledger, taken, given, .. } = record;
                format!("Ledger {}: {taken} blocks came, {given} went; both hold the same.", ledger.0)
            };
            card.records.iter().map(line).collect::<Vec<_>>().join("\n")
        })
    }

    pub fn verdict(&self, verdict: &Verdict) -> Result<(), Failure> {
        self.value(verdict, || {
            if verdict.problems_total == 0 {
                return format!("ok: {} blocks, {} entries, every signature holds", verdict.blocks, verdict.entries);
            }
            let line = |problem: &Problem| {
                let block = problem.block.map_or("index".to_owned(), |block| format!("block {block}"));
                let row = problem.row.map(|row| format!(", row {row}")).unwrap_or_default();
                format!("{block}{row}: {:?}", problem.code)
            };
            verdict.problems.iter().map(line).collect::<Vec<_>>().join("\n")
        })
    }
}

/// Prints a line or several. Whoever reads them may have gone, and that is no reason to panic.
fn say(text: &str) -> Result<(), Failure> {
    let io = |error: std::io::Error| Failure::File { file: "standard output".to_owned(), error: error.to_string() };
    let mut out = std::io::stdout().lock();
    if !text.is_empty() {
        writeln!(out, "{text}").map_err(io)?;
    }
    out.flush().map_err(io)
}

/// Without control characters: a record must not command the terminal.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Quantity { comparator, number, unit } => {
            let comparator = comparator.as_deref().unwrap_or_default();
            format!("{comparator}{number} {}", unit.as_deref().unwrap_or_default())
        }
        Value::Pressure { systolic, diastolic, unit } => {
            format!("{systolic}/{diastolic} {}", unit.as_deref().unwrap_or_default())
        }
        Value::Text(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Range(range) => {
            format!("{} to {}", range.low.as_deref().unwrap_or("?"), range.high.as_deref().unwrap_or("?"))
        }
        Value::Components(parts) => parts
            .iter()
            .map(|part| format!("{}: {}", part.name, value_text(&part.value)))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Absent(why) => format!("no value ({why})"),
    }
}
