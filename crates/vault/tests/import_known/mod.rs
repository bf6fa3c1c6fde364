//! What is known already, and what is new although it was there once.

use chartchain_vault::protocol::{Command, ExportFormat, Query, Reply};

use crate::bench_person::{Bench, imported};

const ID: &str = "00000000-0000-4000-8000-00000000000a";

fn weight(value: &str, meta: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","id":"{ID}",{meta}"status":"final","code":{{"text":"Weight"}},"effectiveDateTime":"2020-02-03","valueQuantity":{{"value":{value},"unit":"kg"}}}}"#
    )
}

fn numbered(value: &str, version: u32) -> String {
    weight(value, &format!(r#""meta":{{"versionId":"{version}","lastUpdated":"2020-01-0{version}T10:00:00Z"}},"#))
}

/// Versions of one thing without `meta`: `a`, `b`, `c`; with it: `1`, `2`, `3`.
fn lines(names: &str) -> String {
    let lines: Vec<String> = names
        .chars()
        .map(|name| match name.to_digit(10) {
            Some(number) => numbered(&format!("9{number}.50"), number),
            None => weight(&format!("8{}.25", u32::from(name) - u32::from('a')), ""),
        })
        .collect();
    lines.join("\n")
}

fn import(bench: &mut Bench, names: &str) -> (u32, u32, u32) {
    let text = lines(names);
    let inspection = bench.inspect("x.ndjson", text.as_bytes()).unwrap();
    let (added, amended, known, rejected) = imported(bench.import_all(&inspection));
    assert_eq!(rejected, 0);
    assert!(inspection.known <= known, "{names}: promised as known, but not");
    (added, amended, known)
}

/// Names of the versions, oldest first.
fn chain(bench: &mut Bench) -> String {
    let out = bench.try_export(ExportFormat::Ndjson, true).unwrap();
    let query = Query { words: "weight".into(), limit: 10, ..Query::default() };
    let Reply::Timeline(found) = bench.ask(Command::Timeline(query)).unwrap() else { panic!() };
    assert_eq!(found.total, 1, "one of them is current");
    let Reply::Entry(page) = bench.ask(Command::Entry { entry: found.lines[0].entry.clone() }).unwrap() else {
        panic!()
    };
    let mut entries: Vec<_> = page.versions.iter().map(|line| line.entry.clone()).collect();
    if entries.is_empty() {
        entries.push(found.lines[0].entry.clone());
    }
    assert_eq!(out.lines().count(), entries.len());
    let names = entries.into_iter().rev().map(|entry| {
        let Reply::Entry(page) = bench.ask(Command::Entry { entry }).unwrap() else { panic!() };
        let json = page.source_json;
        let at = json.find("\"value\": ").unwrap() + 9;
        let digit = json[at + 1..at + 2].parse::<u8>().unwrap();
        char::from(if json[at..].starts_with('9') { b'0' + digit } else { b'a' + digit })
    });
    names.collect()
}

#[test]
fn a_change_that_is_taken_back_is_a_new_version() {
    let mut bench = Bench::with_ledger(None, None);
    assert_eq!(import(&mut bench, "a"), (1, 0, 0));
    assert_eq!(import(&mut bench, "b"), (0, 1, 0));
    assert_eq!(import(&mut bench, "a"), (0, 1, 0));
    assert_eq!(import(&mut bench, "a"), (0, 0, 1), "now it is the newest");
    assert_eq!(chain(&mut bench), "aba");
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn an_old_version_that_says_which_one_it_is_is_known() {
    let mut bench = Bench::with_ledger(None, None);
    assert_eq!(import(&mut bench, "1"), (1, 0, 0));
    assert_eq!(import(&mut bench, "2"), (0, 1, 0));
    assert_eq!(import(&mut bench, "1"), (0, 0, 1));
    assert_eq!(chain(&mut bench), "12");
}

#[test]
fn any_input_brought_in_twice_adds_nothing_the_second_time() {
    let inputs =
        ["a", "aa", "ab", "ba", "aba", "abab", "abba", "abcabc", "12", "21", "a1", "1a", "21a", "a21b", "ab1ba", "a1a"];
    for before in ["", "a", "b", "ab", "ba", "aba", "1", "a1", "1a"] {
        for names in inputs {
            let mut bench = Bench::with_ledger(None, None);
            if !before.is_empty() {
                import(&mut bench, before);
            }
            import(&mut bench, names);
            let once = chain(&mut bench);
            let count = u32::try_from(names.len()).unwrap();
            let inspection = bench.inspect("x.ndjson", lines(names).as_bytes()).unwrap();
            assert_eq!(inspection.known, count, "{before} then {names}: {once}");
            assert_eq!(import(&mut bench, names), (0, 0, count), "{before} then {names}: {once}");
            assert_eq!(chain(&mut bench), once, "{before} then {names}");
        }
    }
}

#[test]
fn an_input_of_several_versions_becomes_what_it_says() {
    for (before, names, after) in [
        ("", "ab", "ab"),
        ("", "aab", "ab"),
        ("", "aba", "aba"),
        ("a", "ab", "ab"),
        ("ab", "ba", "aba"),
        ("ba", "ab", "bab"),
        ("ab", "ab", "ab"),
        ("ab", "abc", "abc"),
        ("ab", "a", "aba"),
        ("a1", "a", "a1a"),
        ("", "a21b", "a12b"),
    ] {
        let mut bench = Bench::with_ledger(None, None);
        if !before.is_empty() {
            import(&mut bench, before);
        }
        import(&mut bench, names);
        assert_eq!(chain(&mut bench), after, "{before} then {names}");
    }
}

#[test]
fn an_import_that_ends_at_any_block_goes_on_to_the_same() {
    for names in ["aba", "abab", "aabb", "a21b", "abcba"] {
        for before in ["", "a", "ab"] {
            let mut whole = Bench::with_ledger(None, None);
            if !before.is_empty() {
                import(&mut whole, before);
            }
            let past = whole.world.snapshot();
            import(&mut whole, names);
            let expected = chain(&mut whole);
            for steps in 0..names.len() {
                let mut bench = Bench::start(whole.world.resume(&past, 0));
                bench.unlock_only().unwrap();
                let inspection = bench.inspect("x.ndjson", lines(names).as_bytes()).unwrap();
                let people = inspection.people.iter().map(|person| person.key.clone()).collect();
                bench.ask(Command::Import { input: inspection.input, people }).unwrap();
                for _ in 0..steps {
                    bench.step();
                }
                let mut bench = Bench::start(bench.world.clone());
                bench.unlock_only().unwrap();
                while bench.engine.has_work() {
                    bench.step();
                }
                assert_eq!(chain(&mut bench), expected, "{before} then {names} ended after {steps}");
            }
        }
    }
}

#[test]
fn what_has_no_name_is_kept_as_often_as_it_is_there() {
    let pulse = r#"{"resourceType":"Observation","status":"final","code":{"text":"Pulse"},"valueQuantity":{"value":61,"unit":"/min"}}"#;
    let twice = format!("{pulse}\n{pulse}");
    let mut bench = Bench::with_ledger(None, None);
    let mut import = |text: &str| {
        let inspection = bench.inspect("x.ndjson", text.as_bytes()).unwrap();
        imported(bench.import_all(&inspection))
    };
    assert_eq!(import(pulse), (1, 0, 0, 0));
    assert_eq!(import(&twice), (1, 0, 1, 0));
    assert_eq!(import(&twice), (0, 0, 2, 0));
}
