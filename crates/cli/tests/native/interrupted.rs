//! An import that was interrupted goes on with the next import, and with nothing else.

use chartchain_vault::protocol::{Command, Person, Reply};

use crate::tool::{Quick, Ran, Tool};

const LINES: usize = 30;

/// A ledger whose import has begun and brought nothing in yet.
fn interrupted(tool: &Tool) {
    let path = tool.ledger("a.cc", Person::default());
    let text: String = (0..LINES)
        .map(|number| format!("{{\"resourceType\":\"Basic\",\"id\":\"b{number}\",\"code\":{{\"text\":\"x\"}}}}\n"))
        .collect();
    let mut quick = Quick::open(&path);
    let begin = Command::BeginInput { name: "many.ndjson".into(), size_bytes: text.len() as u64 };
    let Reply::Input(input) = quick.ask(begin).unwrap() else { panic!() };
    quick.ask(Command::InputPart { input, bytes: text.into_bytes() }).unwrap();
    quick.ask(Command::Inspect { input }).unwrap();
    let started = quick.ask(Command::Import { input, people: Vec::new() }).unwrap();
    assert!(matches!(started, Reply::Started(_)));
}

fn entries(list: &Ran) -> usize {
    list.json()[0].as_array().unwrap().len()
}

#[test]
fn reading_commands_leave_it_alone_and_say_so_and_the_next_import_finishes_it() {
    let tool = Tool::new();
    interrupted(&tool);
    let looks: [&[&dyn AsRef<std::ffi::OsStr>]; 4] = [
        &[&"list", &"a.cc"],
        &[&"search", &"a.cc", &"x"],
        &[&"verify", &"a.cc"],
        &[&"export", &"a.cc", &"--format", &"ndjson", &"--out", &"out"],
    ];
    for look in looks {
        let looked = tool.run(look);
        assert!(looked.code == 0 && looked.errors.contains("interrupted"), "{looked:?}");
    }
    assert_eq!(std::fs::read_to_string(tool.path("out")).unwrap(), "");
    assert_eq!(entries(&tool.run(&[&"list", &"a.cc", &"--json"])), 0);

    tool.write("one.json", r#"{"resourceType":"Basic","id":"one","code":{"text":"x"}}"#);
    let imported = tool.run(&[&"import", &"a.cc", &"one.json"]);
    assert!(imported.code == 0 && imported.errors.is_empty(), "{imported:?}");
    let list = tool.run(&[&"list", &"a.cc", &"--json"]);
    assert_eq!((entries(&list), list.errors.as_str()), (LINES + 1, ""));
    assert_eq!(tool.run(&[&"verify", &"a.cc"]).code, 0);
}
