//! How much of the device a record takes.

use chartchain_store::Store as _;

use crate::bench_person::{Bench, imported};

const COUNT: u32 = 10_000;

fn stored_bytes(bench: &Bench) -> u64 {
    pollster::block_on(bench.world.person_store_only().usage_bytes()).unwrap()
}

#[test]
fn a_record_takes_four_tenths_of_the_text_that_came_in() {
    let mut bench = Bench::with_ledger(None, None);
    let lines: Vec<String> = chartchain_synth::observations(1, COUNT as usize).collect();
    let text = lines.join("\n");
    let before = stored_bytes(&bench);
    let inspection = bench.inspect("many.ndjson", text.as_bytes()).unwrap();
    let (added, ..) = imported(bench.import_all(&inspection));
    assert_eq!(added, COUNT);
    let stored = stored_bytes(&bench) - before;
    assert!(stored * 10 <= text.len() as u64 * 4, "{stored} of {}", text.len());
    assert_eq!(bench.verify().problems, []);
}
