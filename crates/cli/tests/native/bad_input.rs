//! What cannot be read is named, quickly, with its exit code; what is there stays as it was.

use std::fs::File;
use std::time::{Duration, Instant};

use chartchain_vault::protocol::{ExportFormat, Person};

use crate::tool::{Quick, Tool, life};

const PULSE: &str = r#"{"resourceType":"Observation","status":"final","code":{"text":"Pulse"},"valueQuantity":{"value":61.0,"unit":"/min"}}"#;

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let mark = std::iter::once(0xfeffu16);
    let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    mark.chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn each_unreadable_file_is_named_and_changes_nothing() {
    let tool = Tool::new();
    let ledger = tool.ledger("a.cc", Person::default());
    tool.write("good.json", PULSE);
    assert_eq!(tool.run(&[&"import", &"a.cc", &"good.json"]).code, 0);
    let before = Quick::open(&ledger).export(ExportFormat::Ndjson, true);

    let deep =
        [b"{\"resourceType\":\"Basic\",\"a\":".to_vec(), b"[".repeat(10_000), b"]".repeat(10_000), b"}".to_vec()];
    let r5 = r#"{"resourceType":"Bundle","type":"transaction","meta":{"profile":["http://hl7.org/fhir/5.0/StructureDefinition/Bundle"]},"entry":[]}"#;
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("empty.json", Vec::new(), "empty"),
        ("white.json", b" \n\t ".to_vec(), "empty"),
        ("not.json", b"{\"resourceType\":\"Patient\",}".to_vec(), "not JSON (line 1"),
        ("other.json", b"{\"a\":1}".to_vec(), "not a FHIR resource"),
        ("deep.json", deep.concat(), "nested too deeply"),
        ("latin1.json", b"{\"resourceType\":\"Basic\",\"id\":\"caf\xe9\"}".to_vec(), "not text in UTF-8 or UTF-16"),
        ("scan.pdf", b"%PDF-1.7\n".to_vec(), "PDF"),
        ("photo.png", b"\x89PNG\r\n\x1a\n0000".to_vec(), "cannot be read"),
        ("nothing.json", r5.into(), ""),
    ];
    for (name, content, why) in cases {
        tool.write(name, content);
        let run = tool.run(&[&"import", &"a.cc", &name]);
        assert_eq!(run.code, 4, "{name}: {run:?}");
        assert!(run.errors.contains(name) && run.errors.contains(why), "{name}: {run:?}");
    }
    let folder = tool.run(&[&"import", &"a.cc", &"."]);
    assert_eq!(folder.code, 4, "{folder:?}");

    let large = File::create(tool.path("large.json")).unwrap();
    large.set_len(2 << 30).unwrap();
    let start = Instant::now();
    let run = tool.run(&[&"import", &"a.cc", &"large.json"]);
    assert!(run.code == 4 && run.errors.contains("larger than"), "{run:?}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());

    let mut after = Quick::open(&ledger);
    assert_eq!(after.export(ExportFormat::Ndjson, true), before);
    assert_eq!(after.problems(), 0);
}

#[test]
fn text_in_utf_16_and_with_a_byte_order_mark_is_read() {
    let tool = Tool::new();
    tool.ledger("a.cc", Person::default());
    let text = |word: &str| PULSE.replace("Pulse", word);
    tool.write("le.json", utf16(&text("Pulsé klein"), true));
    tool.write("be.json", utf16(&text("脈拍"), false));
    tool.write("bom.json", format!("\u{feff}{}", text("Ποδός")));
    let run = tool.run(&[&"import", &"a.cc", &"le.json", &"be.json", &"bom.json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let list = tool.run(&[&"list", &"a.cc"]).out;
    for word in ["Pulsé klein", "脈拍", "Ποδός"] {
        assert!(list.contains(word), "{list}");
    }
}

#[test]
fn good_lines_of_a_truncated_ndjson_are_in_and_bad_ones_are_listed() {
    let tool = Tool::new();
    let ledger = tool.ledger("a.cc", Person::default());
    let lines: Vec<String> = (60..80).map(|value| PULSE.replace("61.0", &format!("{value}.50"))).collect();
    let mut text = lines.join("\n");
    text.insert_str(0, "{\"resourceType\":\"Observation\",\n");
    text.truncate(text.len() - 30);
    tool.write("x.ndjson", &text);
    let run = tool.run(&[&"import", &"a.cc", &"x.ndjson", &"--json"]);
    assert_eq!(run.code, 8, "{run:?}");
    let report = run.json()[0].clone();
    assert_eq!((report["added"].as_u64(), report["rejected"].as_u64()), (Some(19), Some(2)));
    let bad: Vec<_> = report["rejected_first"].as_array().unwrap().iter().map(|bad| bad["line"].as_u64()).collect();
    assert_eq!(bad, [Some(1), Some(21)]);
    let out = Quick::open(&ledger).export(ExportFormat::Ndjson, false);
    assert_eq!(out.lines().collect::<Vec<_>>(), lines[..19].iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_file_about_several_people_is_split_by_person_and_asked_about() {
    let tool = Tool::new();
    let ledger = tool.ledger("a.cc", Person::default());
    let person = |id: &str, name: &str, born: &str| {
        format!(
            "{{\"resourceType\":\"Patient\",\"id\":\"{id}\",\"name\":[{{\"text\":\"{name}\"}}],\"birthDate\":\"{born}\"}}\n{}\n",
            PULSE.replace("\"code\"", &format!("\"subject\":{{\"reference\":\"Patient/{id}\"}},\"code\""))
        )
    };
    let text = person("p1", "Ida Quill", "1970-05-01") + &person("p2", "Carl Stone", "1951-01-01");
    tool.write("both.ndjson", text);
    let asked = tool.run(&[&"import", &"a.cc", &"both.ndjson"]);
    assert_eq!(asked.code, 6, "{asked:?}");
    assert!(asked.errors.contains("Ida Quill") && asked.errors.contains("Patient/p2"), "{asked:?}");
    assert_eq!(tool.run(&[&"list", &"a.cc"]).out, "");
    let nobody = tool.run(&[&"import", &"a.cc", &"both.ndjson", &"--person", &"Eve"]);
    assert_eq!(nobody.code, 6, "{nobody:?}");
    assert_eq!(tool.run(&[&"import", &"a.cc", &"both.ndjson", &"--person", &"Ida Quill"]).code, 0);
    let out = Quick::open(&ledger).export(ExportFormat::Ndjson, false);
    assert!(out.contains("Patient/p1") && !out.contains("Patient/p2") && !out.contains("Carl"), "{out}");

    // From now on the ledger knows whose it is.
    let carl = tool.write("carl.ndjson", person("p9", "Carl Stone", "1951-01-01"));
    let refused = tool.run(&[&"import", &"a.cc", &carl]);
    assert!(refused.code == 6 && refused.errors.contains("another person"), "{refused:?}");
    assert_eq!(tool.run(&[&"import", &"a.cc", &carl, &"--person", &"Patient/p9"]).code, 0);
}

#[test]
fn a_file_that_is_no_whole_ledger_is_called_damaged() {
    let tool = Tool::new();
    let ledger = tool.ledger("a.cc", Person::default());
    tool.write("life.json", life(7));
    let whole = std::fs::read(&ledger).unwrap();
    tool.write("short.cc", &whole[..whole.len() / 2]);
    tool.write("empty.cc", "");
    tool.write("text.cc", "this is not a ledger");
    for file in ["short.cc", "empty.cc", "text.cc", "life.json"] {
        for command in ["verify", "list"] {
            let run = tool.run(&[&command, &file]);
            assert_eq!(run.code, 1, "{file}: {run:?}");
        }
    }
    let folder = tool.run(&[&"verify", &"."]);
    assert_eq!(folder.code, 7, "{folder:?}");
}

#[test]
fn nothing_of_an_export_that_fails_stays() {
    let tool = Tool::new();
    tool.ledger("a.cc", Person::default());
    tool.write("life.json", life(7));
    assert_eq!(tool.run(&[&"import", &"a.cc", &"life.json"]).code, 0);
    std::fs::create_dir(tool.path("taken")).unwrap();
    std::fs::write(tool.path("taken.part"), "mine").unwrap();
    let run = tool.run(&[&"export", &"a.cc", &"--format", &"ndjson", &"--out", &"taken"]);
    assert_eq!(run.code, 7, "{run:?}");
    let mut left: Vec<_> =
        std::fs::read_dir(tool.folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["a.cc", "life.json", "taken", "taken.part"]);
    assert_eq!(std::fs::read_to_string(tool.path("taken.part")).unwrap(), "mine");
}
