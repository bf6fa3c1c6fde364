//! Versions of one thing, however they come in: the newest counts, all stay readable, in their order.

use chartchain_vault::protocol::{Command, ExportFormat, Query, Reply};

use crate::bench_person::{Bench, imported};

const ID: &str = "00000000-0000-4000-8000-00000000000a";

fn version(number: u32) -> String {
    format!(
        r#"{{"resourceType":"Observation","id":"{ID}","meta":{{"versionId":"{number}","lastUpdated":"2020-01-0{number}T10:00:00Z"}},"status":"final","code":{{"text":"Weight"}},"valueQuantity":{{"value":8{number}.50,"unit":"kg"}}}}"#
    )
}

fn history(order: &[u32]) -> String {
    let entries: Vec<String> = order
        .iter()
        .map(|number| {
            let version = version(*number);
            format!(
                r#"{{"fullUrl":"urn:uuid:{ID}","resource":{version},"request":{{"method":"PUT","url":"Observation/{ID}"}},"response":{{"status":"200"}}}}"#
            )
        })
        .collect();
    format!(r#"{{"resourceType":"Bundle","type":"history","entry":[{}]}}"#, entries.join(","))
}

fn import(bench: &mut Bench, text: &str) -> (u32, u32, u32, u32) {
    let inspection = bench.inspect("x.json", text.as_bytes()).unwrap();
    imported(bench.import_all(&inspection))
}

/// Numbers of the versions, newest first, as the page of the current one lists them.
fn chain(bench: &mut Bench) -> Vec<String> {
    let query = Query { words: "weight".into(), limit: 10, ..Query::default() };
    let Reply::Timeline(found) = bench.ask(Command::Timeline(query)).unwrap() else { panic!() };
    assert_eq!(found.total, 1, "one of them is current");
    let Reply::Entry(page) = bench.ask(Command::Entry { entry: found.lines[0].entry.clone() }).unwrap() else {
        panic!()
    };
    let entries = page.versions.iter().map(|line| line.entry.clone()).collect::<Vec<_>>();
    entries
        .into_iter()
        .map(|entry| {
            let Reply::Entry(page) = bench.ask(Command::Entry { entry }).unwrap() else { panic!() };
            let at = page.source_json.find("\"versionId\": \"").unwrap() + 14;
            page.source_json[at..=at].to_owned()
        })
        .collect()
}

fn orders() -> Vec<Vec<u32>> {
    let mut all = Vec::new();
    for a in 1..=4 {
        for b in (1..=4).filter(|b| *b != a) {
            for c in (1..=4).filter(|c| ![a, b].contains(c)) {
                all.push(vec![a, b, c, 10 - a - b - c]);
            }
        }
    }
    all
}

#[test]
fn a_history_in_any_order_becomes_the_same_chain() {
    for order in orders() {
        let mut bench = Bench::with_ledger(None, None);
        assert_eq!(import(&mut bench, &history(&order)), (1, 3, 0, 0), "{order:?}");
        assert_eq!(chain(&mut bench), ["4", "3", "2", "1"], "{order:?}");
        assert_eq!(import(&mut bench, &history(&order)), (0, 0, 4, 0), "{order:?}: all of it is known");
        assert_eq!(bench.verify().problems, []);
    }
}

#[test]
fn versions_that_come_one_by_one_in_any_order_become_the_same_chain_after_a_restart_too() {
    for order in orders() {
        let mut bench = Bench::with_ledger(None, None);
        for number in &order {
            import(&mut bench, &version(*number));
        }
        assert_eq!(chain(&mut bench), ["4", "3", "2", "1"], "{order:?}");
        let out = bench.export(ExportFormat::Ndjson);
        assert_eq!(out.trim(), version(4), "{order:?}");
        let mut bench = Bench::start(bench.world.clone());
        bench.unlock_only().unwrap();
        assert_eq!(chain(&mut bench), ["4", "3", "2", "1"], "{order:?}");
        assert_eq!(bench.verify().problems, []);
    }
}
