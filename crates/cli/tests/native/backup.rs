//! Backup, the recovery words, and a new file from both.

use crate::tool::{PASSPHRASE, Ran, Tool, ran};

const LINE: &str = r#"{"resourceType":"Observation","status":"final","code":{"text":"Pulse"},"valueQuantity":{"value":61.50,"unit":"/min"}}"#;

/// A ledger with an entry, its backup and its words.
fn backed_up(tool: &Tool) -> String {
    tool.write("in.ndjson", LINE);
    assert_eq!(tool.run(&[&"init", &"a.cc", &"--name", &"Ida Quill"]).code, 0);
    assert_eq!(tool.run(&[&"import", &"a.cc", &"in.ndjson", &"--person", &""]).code, 0);
    let words = tool.run(&[&"words", &"a.cc", &"--json"]).json();
    let words: Vec<&str> = words[0]["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(words.len(), 24);
    let made = tool.run(&[&"backup", &"a.cc", &"--out", &"a.backup", &"--json"]);
    assert_eq!((made.code, made.json()[0]["records"].as_u64()), (0, Some(1)), "{made:?}");
    words.join(" ")
}

fn restore(tool: &Tool, words: &str, file: &str, ledger: &str) -> Ran {
    let mut process = tool.process(&[&"restore", &file, &ledger]);
    process.env("CHARTCHAIN_WORDS", words);
    ran(process)
}

#[test]
fn a_lost_file_comes_back_from_its_backup_and_the_words() {
    let tool = Tool::new();
    let words = backed_up(&tool);
    let export = |ledger: &str, out: &str| {
        assert_eq!(tool.run(&[&"export", &ledger, &"--format", &"ndjson", &"--out", &out]).code, 0);
        std::fs::read(tool.path(out)).unwrap()
    };
    let before = export("a.cc", "before.ndjson");
    std::fs::remove_file(tool.path("a.cc")).unwrap();
    let back = restore(&tool, &words, "a.backup", "b.cc");
    assert_eq!(back.code, 0, "{back:?}");
    assert_eq!(export("b.cc", "after.ndjson"), before);
    assert_eq!(tool.run(&[&"verify", &"b.cc"]).code, 0);
    assert_eq!(restore(&tool, &words, "a.backup", "b.cc").code, 7, "the name is taken");
    // The words are on paper: they are not kept in the new file.
    assert_ne!(tool.run(&[&"words", &"b.cc"]).code, 0);
}

/// A recovery file of the ledger, under `passphrase`.
fn recovery_file(tool: &Tool, out: &str, passphrase: &str) -> Ran {
    let mut process = tool.process(&[&"recovery-file", &"a.cc", &"--out", &out]);
    process.env("CHARTCHAIN_RECOVERY_PASSPHRASE", passphrase);
    ran(process)
}

fn restore_with(tool: &Tool, recovery: &str, passphrase: &str, ledger: &str) -> Ran {
    let mut process = tool.process(&[&"restore", &"a.backup", &ledger, &"--recovery-file", &recovery]);
    process.env("CHARTCHAIN_RECOVERY_PASSPHRASE", passphrase);
    ran(process)
}

#[test]
fn a_recovery_file_stands_in_for_the_words() {
    let tool = Tool::new();
    let words = backed_up(&tool);
    assert_eq!(recovery_file(&tool, "a.recovery", "short").code, 2);
    assert_eq!(recovery_file(&tool, "a.recovery", "harbour of tin").code, 0);
    let text = String::from_utf8(std::fs::read(tool.path("a.recovery")).unwrap()).unwrap();
    assert!(text.len() < 300 && !words.split(' ').any(|word| text.contains(&format!(" {word} "))), "{text}");
    let back = restore_with(&tool, "a.recovery", "harbour of tin", "b.cc");
    assert_eq!(back.code, 0, "{back:?}");
    assert_eq!(tool.run(&[&"verify", &"b.cc"]).code, 0);
    // What does not open it leaves no file.
    assert_eq!(restore_with(&tool, "a.recovery", "harbour of zinc", "c.cc").code, 3);
    tool.write("half.recovery", &text[..text.len() / 2]);
    let half = restore_with(&tool, "half.recovery", "harbour of tin", "c.cc");
    assert!(half.code == 1 && half.errors.contains("not whole"), "{half:?}");
    assert_eq!(restore_with(&tool, "a.backup", "harbour of tin", "c.cc").code, 4);
    tool.write("newer.recovery", text.replace("v0", "v3"));
    assert_eq!(restore_with(&tool, "newer.recovery", "harbour of tin", "c.cc").code, 7);
    // Somebody else's opens with its own passphrase, but not this backup.
    std::fs::rename(tool.path("a.cc"), tool.path("mine.cc")).unwrap();
    assert_eq!(tool.run(&[&"init", &"a.cc", &"--name", &"Tom Quill"]).code, 0);
    assert_eq!(recovery_file(&tool, "others.recovery", "ladder of oak").code, 0);
    let others = restore_with(&tool, "others.recovery", "ladder of oak", "c.cc");
    assert!(others.code == 3 && others.errors.contains("not the recovery words"), "{others:?}");
    let left: Vec<_> = std::fs::read_dir(tool.folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("c.cc")), "{left:?}");
}

#[test]
fn wrong_words_half_a_backup_and_other_files_are_refused_and_leave_no_file() {
    let tool = Tool::new();
    let words = backed_up(&tool);
    let whole = std::fs::read(tool.path("a.backup")).unwrap();
    let mut slip: Vec<&str> = words.split(' ').collect();
    let meant = slip[3];
    slip[3] = if meant == "zoo" { "abandon" } else { "zoo" };
    let wrong = restore(&tool, &slip.join(" "), "a.backup", "b.cc");
    assert_eq!(wrong.code, 3);
    assert!(wrong.errors.contains("word 4") && wrong.errors.contains(meant), "{}", wrong.errors);
    tool.write("half.backup", &whole[..whole.len() / 2]);
    assert_eq!(restore(&tool, &words, "half.backup", "b.cc").code, 1);
    tool.write("other.backup", LINE);
    assert_eq!(restore(&tool, &words, "other.backup", "b.cc").code, 4);
    tool.write("newer.backup", [b"chartchain backup v7\n".as_slice(), &whole[21..]].concat());
    assert_eq!(restore(&tool, &words, "newer.backup", "b.cc").code, 7);
    assert_eq!(restore(&tool, &words, "nothing.backup", "b.cc").code, 4);
    let left: Vec<_> = std::fs::read_dir(tool.folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("b.cc")), "{left:?}");
    assert!(!whole.windows(4).any(|window| window == b"Ida "), "a name in the backup");
    assert_ne!(PASSPHRASE, words);
}
