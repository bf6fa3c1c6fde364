//! Records as other programs wrote them come in and go out again, token for token. They are not part of this
//! repository: `../shared/data` beside the checkout, or the folder that `CHARTCHAIN_DATA` names.

use std::path::{Path, PathBuf};

use chartchain_vault::protocol::{Command, ExportFormat, JobResult, Person};

use crate::tool::{Quick, Tool};

/// Files that go through the binary; the others through the engine in this process.
const THROUGH_THE_BINARY: usize = 6;

fn files(folders: &[&str]) -> Vec<PathBuf> {
    let root = std::env::var_os("CHARTCHAIN_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let mut found: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(root.join(folder)).ok())
        .flat_map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    found.sort();
    if found.is_empty() {
        println!("skipped: no data in {}", root.display());
    }
    found
}

/// JSON without the white space between its tokens; everything else as written.
fn tokens(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut inside, mut escaped) = (false, false);
    for c in text.trim_start_matches('\u{feff}').chars() {
        if inside || !c.is_ascii_whitespace() {
            out.push(c);
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            _ => {}
        }
    }
    out
}

/// Full URL and text of every resource in a Bundle, in a fixed order.
fn resources(bundle: &str) -> Vec<(String, String)> {
    #[derive(serde::Deserialize)]
    struct Bundle<'a> {
        #[serde(borrow, default)]
        entry: Vec<Entry<'a>>,
    }
    #[derive(serde::Deserialize)]
    struct Entry<'a> {
        #[serde(rename = "fullUrl", default)]
        full_url: String,
        #[serde(borrow)]
        resource: &'a serde_json::value::RawValue,
    }
    let bundle: Bundle<'_> = serde_json::from_str(bundle).unwrap();
    let mut all: Vec<_> =
        bundle.entry.into_iter().map(|entry| (entry.full_url, tokens(entry.resource.get()))).collect();
    all.sort();
    all
}

fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

fn through_the_engine(path: &Path) -> (String, String) {
    let tool = Tool::new();
    let mut quick = Quick::create(&tool.path("a.cc"));
    quick.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let result = quick.import("record.json", &std::fs::read(path).unwrap());
    assert!(matches!(result, JobResult::Imported { rejected: 0, known: 0, .. }), "{}: {result:?}", path.display());
    // Read back from the file, not from memory.
    drop(quick);
    let mut quick = Quick::open(&tool.path("a.cc"));
    assert_eq!(quick.problems(), 0, "{}", path.display());
    (quick.export(ExportFormat::Ndjson, true), quick.export(ExportFormat::Bundle, true))
}

fn through_the_binary(path: &Path) -> (String, String) {
    let tool = Tool::new();
    tool.ledger("a.cc", Person::default());
    let mut import = tool.process(&[&"import", &"a.cc", &path, &"--json"]);
    let first = crate::tool::ran(tool.process(&[&"import", &"a.cc", &path, &"--json"]));
    if first.code == 6 {
        // It speaks of several people: all of them are meant here.
        let people = first.errors.lines().skip(1).filter_map(|line| line.rsplit_once('(')?.1.strip_suffix(')'));
        for person in people {
            import.args(["--person", person]);
        }
        assert_eq!(crate::tool::ran(import).code, 0, "{}", path.display());
    } else {
        assert_eq!(first.code, 0, "{}: {first:?}", path.display());
    }
    assert_eq!(tool.run(&[&"verify", &"a.cc"]).code, 0);
    let export = |format: &str| {
        let out = tool.path(format);
        let run = tool.run(&[&"export", &"a.cc", &"--format", &format, &"--all-versions", &"--out", &out]);
        assert_eq!(run.code, 0, "{run:?}");
        std::fs::read_to_string(out).unwrap()
    };
    (export("ndjson"), export("bundle"))
}

#[test]
fn every_resource_of_every_record_goes_out_token_by_token_as_it_came_in() {
    let files = files(&["synthea", "ips"]);
    for (number, path) in files.iter().enumerate() {
        let text = std::fs::read_to_string(path).unwrap();
        let through_binary = number % files.len().div_ceil(THROUGH_THE_BINARY) == 0;
        let (ndjson, bundle) = if through_binary { through_the_binary(path) } else { through_the_engine(path) };
        let expected = resources(&text);
        assert!(!expected.is_empty(), "{}", path.display());
        assert!(resources(&bundle) == expected, "{}: the Bundle differs", path.display());
        let mut texts: Vec<&str> = expected.iter().map(|(_, text)| text.as_str()).collect();
        texts.sort_unstable();
        assert!(lines(&ndjson) == texts, "{}: the NDJSON differs", path.display());
    }
    println!("{} records", files.len());
}
