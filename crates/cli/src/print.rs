use std::path::Path;

use chartchain_vault::protocol::{EntryLine, EntryPage, LedgerCard, Rejected, Value, Verdict};
use serde::Serialize;

use chartchain_cli::Failure;

/// Prints for people, or JSON for programs.
pub struct Printer {
    json: bool,
}

impl Printer {
    pub const fn new(json: bool) -> Self {
        Self { json }
    }

    fn value(&self, value: &impl Serialize, people: impl FnOnce()) -> Result<(), Failure> {
        if self.json {
            println!("{}", serde_json::to_string(value).map_err(|_| Failure::Unexpected)?);
        } else {
            people();
        }
        Ok(())
    }

    pub fn failure(&self, failure: &Failure) {
        if self.json {
            let error = serde_json::json!({ "error": failure.to_string(), "exit_code": failure.exit_code() });
            println!("{error}");
        }
        eprintln!("chartchain: {failure}");
    }

    pub fn ledger(&self, card: &LedgerCard) -> Result<(), Failure> {
        self.value(card, || println!("Ledger {} is ready.", card.id.0))
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
            println!("{file}: {added} new, {amended} amended, {known} known already, {rejected} could not be read");
            for bad in list {
                match (bad.line, bad.index) {
                    (Some(line), _) => println!("  line {line}: {}", bad.why),
                    (None, Some(index)) => println!("  entry {index}: {}", bad.why),
                    (None, None) => println!("  {}", bad.why),
                }
            }
        })
    }

    pub fn lines(&self, lines: &[EntryLine]) -> Result<(), Failure> {
        self.value(&lines, || {
            for line in lines {
                let when = line.when.as_ref().map_or("", |when| when.written.as_str());
                let value = line.value.as_ref().map(value_text).unwrap_or_default();
                println!("{}  {when:<25}  {:<22}  {}  {value}", line.entry.0, line.type_name, line.title);
            }
        })
    }

    pub fn entry(&self, page: &EntryPage) -> Result<(), Failure> {
        self.value(page, || {
            println!("{}", page.line.title);
            for fact in &page.facts {
                println!("  {}: {}", fact.label, fact.text);
            }
            for link in &page.links {
                println!("  {}: {} ({})", link.label, link.line.title, link.line.entry.0);
            }
            println!("  Block {} of feed {}, row {}", page.block.hash, page.block.feed, page.place.1);
            println!("{}", page.source_json);
        })
    }

    pub fn exported(&self, out: &Path, resources: u32, bytes: u64) -> Result<(), Failure> {
        let value = serde_json::json!({ "out": out.display().to_string(), "resources": resources, "bytes": bytes });
        self.value(&value, || {
            println!("{resources} resources in {}. The file is not encrypted.", out.display());
        })
    }

    pub fn verdict(&self, verdict: &Verdict) -> Result<(), Failure> {
        self.value(verdict, || {
            if verdict.problems_total == 0 {
                println!("ok: {} blocks, {} entries, every signature holds", verdict.blocks, verdict.entries);
            }
            for problem in &verdict.problems {
                let block = problem.block.map_or("index".to_owned(), |block| format!("block {block}"));
                let row = problem.row.map(|row| format!(", row {row}")).unwrap_or_default();
                println!("{block}{row}: {:?}", problem.code);
            }
        })
    }
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
