//! Every command, for people and as JSON.

use chartchain_vault::protocol::Person;

use crate::tool::{Tool, life, ran};

const WEIGHT: &str = r#"{"resourceType":"Observation","id":"w1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}],"text":"Body weight"},"effectiveDateTime":"2020-02-03","valueQuantity":{"value":81.50,"unit":"kg"}}"#;

#[test]
fn a_newcomer_makes_a_ledger_brings_a_life_in_reads_it_verifies_it_and_takes_it_out() {
    let tool = Tool::new();
    let life = life(7);
    tool.write("life.json", &life);
    let made = tool.run(&[&"init", &"mine.cc", &"--json"]);
    assert_eq!(made.code, 0, "{made:?}");
    let card = &made.json()[0];
    assert_eq!((card["entries"].as_u64(), card["made_up"].as_bool()), (Some(0), Some(false)));

    let imported = tool.run(&[&"--json", &"import", &"mine.cc", &"life.json"]);
    assert_eq!(imported.code, 0, "{imported:?}");
    let added = imported.json()[0]["added"].as_u64().unwrap();
    assert_eq!(added as usize, life.matches("\"fullUrl\"").count());
    let again = tool.run(&[&"import", &"mine.cc", &"life.json"]);
    assert!(again.code == 0 && again.out.contains("0 new, 0 amended"), "{again:?}");

    let list = tool.run(&[&"list", &"mine.cc", &"--json"]);
    assert_eq!(list.json()[0].as_array().unwrap().len() as u64, added);
    let vaccines = tool.run(&[&"list", &"mine.cc", &"--type", &"Immunization"]);
    assert_eq!(vaccines.out.lines().count(), life.matches("\"resourceType\":\"Immunization\"").count());
    assert!(vaccines.out.lines().all(|line| line.contains("Immunization")), "{}", vaccines.out);

    let found = tool.run(&[&"search", &"mine.cc", &"blood", &"pressure", &"--json"]);
    let first = found.json()[0][0].clone();
    assert_eq!(first["title"], "Blood pressure");
    let entry = first["entry"].as_str().unwrap();
    let shown = tool.run(&[&"show", &"mine.cc", &entry]);
    assert!(shown.code == 0 && shown.out.contains("85354-9") && shown.out.contains("Block "), "{shown:?}");
    let page = tool.run(&[&"show", &"mine.cc", &entry, &"--json"]);
    assert_eq!(page.json()[0]["line"]["entry"], entry);

    let verified = tool.run(&[&"verify", &"mine.cc"]);
    assert!(verified.code == 0 && verified.out.starts_with("ok: "), "{verified:?}");
    let verdict = tool.run(&[&"verify", &"mine.cc", &"--json"]).json()[0].clone();
    assert_eq!(verdict["problems_total"], 0);
    assert!(verdict["entries"].as_u64().unwrap() > added);

    for (format, out) in [("bundle", "all.json"), ("ndjson", "all.ndjson")] {
        let taken = tool.run(&[&"export", &"mine.cc", &"--format", &format, &"--out", &out, &"--json"]);
        assert_eq!(taken.code, 0, "{taken:?}");
        assert_eq!(taken.json()[0]["resources"].as_u64(), Some(added));
        assert_eq!(taken.json()[0]["bytes"].as_u64(), Some(tool.path(out).metadata().unwrap().len()));
    }
    let bundle: serde_json::Value = serde_json::from_slice(&std::fs::read(tool.path("all.json")).unwrap()).unwrap();
    assert_eq!(bundle["entry"].as_array().unwrap().len() as u64, added);
    let left: Vec<_> = std::fs::read_dir(tool.folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "only what was asked for: {left:?}");
}

#[test]
fn old_versions_go_out_when_they_are_asked_for() {
    let tool = Tool::new();
    tool.ledger("a.cc", Person::default());
    tool.write("one.json", WEIGHT);
    tool.write("two.json", WEIGHT.replace("\"id\":\"w1\"", "\"id\":\"w1\",\"language\":\"en\""));
    assert_eq!(tool.run(&[&"import", &"a.cc", &"one.json", &"two.json"]).code, 0);
    let export = |more: &[&str]| {
        let mut process = tool.process(&[&"export", &"a.cc", &"--format", &"ndjson", &"--out", &"out"]);
        process.args(more);
        assert_eq!(ran(process).code, 0);
        std::fs::read_to_string(tool.path("out")).unwrap()
    };
    assert_eq!(export(&[]).lines().count(), 1);
    assert_eq!(export(&["--all-versions"]).lines().count(), 2);
}

#[test]
fn every_documented_exit_code_is_given_and_says_why_in_json_too() {
    let tool = Tool::new();
    let ida = Person { name: Some("Ida Quill".into()), birth_date: Some("1970-05-01".into()), ..Person::default() };
    let ledger = tool.ledger("a.cc", ida);
    tool.write("other.json", life(7));
    tool.write("broken.json", "{");
    tool.write("half.ndjson", format!("{WEIGHT}\n{}", &WEIGHT[..50]));
    let mut damaged = std::fs::read(&ledger).unwrap();
    for byte in damaged.iter_mut().skip(4096) {
        *byte = !*byte;
    }
    tool.write("damaged.cc", damaged);

    let help = tool.run(&[&"--help"]);
    for code in 0..=9 {
        assert!(help.out.contains(&format!(" {code} ")), "{code}: {}", help.out);
    }
    let wrong = |arguments: &[&dyn AsRef<std::ffi::OsStr>]| {
        let mut process = tool.process(arguments);
        process.env("CHARTCHAIN_PASSPHRASE", "not the passphrase");
        ran(process)
    };
    let short = || {
        let mut process = tool.process(&[&"init", &"short.cc", &"--json"]);
        process.env("CHARTCHAIN_PASSPHRASE", "short");
        ran(process)
    };
    let runs = [
        (0, tool.run(&[&"verify", &"a.cc", &"--json"])),
        (1, tool.run(&[&"verify", &"damaged.cc", &"--json"])),
        (2, short()),
        (3, wrong(&[&"list", &"a.cc", &"--json"])),
        (4, tool.run(&[&"import", &"a.cc", &"broken.json", &"--json"])),
        (4, tool.run(&[&"import", &"a.cc", &"missing.json", &"--json"])),
        (5, tool.run(&[&"show", &"a.cc", &"00112233445566778899aabbccddeeff", &"--json"])),
        (5, tool.run(&[&"list", &"missing.cc", &"--json"])),
        (6, tool.run(&[&"import", &"a.cc", &"other.json", &"--json"])),
        (7, tool.run(&[&"init", &"a.cc", &"--json"])),
        (7, tool.run(&[&"export", &"a.cc", &"--format", &"bundle", &"--out", &"no/such/folder/x", &"--json"])),
        (8, tool.run(&[&"import", &"a.cc", &"half.ndjson", &"--json"])),
    ];
    for (expected, run) in runs {
        assert_eq!(run.code, expected, "{run:?}");
        let last = run.json().pop().unwrap();
        assert_eq!(
            last.get("exit_code").and_then(serde_json::Value::as_i64),
            (expected != 0).then_some(expected.into())
        );
        assert_eq!(run.errors.is_empty(), expected == 0, "{run:?}");
    }
    for arguments in [
        vec!["frobnicate"],
        vec!["init"],
        vec!["import", "a.cc"],
        vec!["export", "a.cc", "--format", "pdf", "--out", "x"],
        vec![],
    ] {
        let mut process = tool.process(&[]);
        process.args(&arguments);
        assert_eq!(ran(process).code, 2, "{arguments:?}");
    }
    assert!(!tool.path("short.cc").exists());
    assert_eq!(tool.run(&[&"--version"]).code, 0);
    // Whatever was refused, what was there is there.
    assert_eq!(tool.run(&[&"verify", &"a.cc"]).code, 0);
}

#[test]
fn two_runs_at_once_do_not_meet_in_one_file() {
    let tool = Tool::new();
    let ledger = tool.ledger("a.cc", Person::default());
    let held = crate::tool::Quick::open(&ledger);
    let refused = tool.run(&[&"list", &"a.cc"]);
    assert!(refused.code == 7 && refused.errors.contains("open elsewhere"), "{refused:?}");
    drop(held);
    assert_eq!(tool.run(&[&"list", &"a.cc"]).code, 0);
}

#[test]
fn nobody_reading_what_is_printed_is_no_reason_to_panic() {
    let tool = Tool::new();
    tool.ledger("a.cc", Person::default());
    tool.write("life.json", life(7));
    assert_eq!(tool.run(&[&"import", &"a.cc", &"life.json"]).code, 0);
    let mut process = tool.process(&[&"list", &"a.cc", &"--json"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    process.stdout(writer);
    assert_eq!(ran(process).code, 7);
}

#[test]
fn a_record_cannot_command_the_terminal() {
    let tool = Tool::new();
    tool.ledger("a.cc", Person::default());
    let hostile = WEIGHT.replace("Body weight", "Body\\u001b[2Jweight\\u0007\\nok: 9 blocks\\u009b31m");
    tool.write("hostile.json", hostile);
    let imported = tool.run(&[&"import", &"a.cc", &"hostile.json"]);
    assert_eq!(imported.code, 0, "{imported:?}");
    let list = tool.run(&[&"list", &"a.cc"]);
    assert_eq!(list.out.lines().count(), 1, "{}", list.out);
    let entry = tool.run(&[&"list", &"a.cc", &"--json"]).json()[0][0]["entry"].as_str().unwrap().to_owned();
    let shown = tool.run(&[&"show", &"a.cc", &entry]);
    for text in [list.out, shown.out] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    }
}
