//! The process is killed in the middle of an import, at a moment that nobody chose.

use std::time::{Duration, Instant};

use chartchain_vault::protocol::{ExportFormat, Person};

use crate::tool::{Quick, Tool};

const KILLS: u32 = 20;
const OBSERVATIONS: usize = 3000;

/// Lines about one person, which take several blocks.
fn observations() -> Vec<String> {
    let of_one = |line: String| {
        let at = line.find("\"Patient/pt-").unwrap() + "\"Patient/pt-".len();
        format!("{}0000001{}", &line[..at], &line[at + 7..])
    };
    chartchain_synth::observations(5, OBSERVATIONS).map(of_one).collect()
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn an_import_that_is_killed_at_any_moment_loses_nothing_and_doubles_nothing() {
    let tool = Tool::new();
    let lines = observations();
    let text = lines.join("\n");
    tool.write("many.ndjson", &text);
    let empty = tool.ledger("empty.cc", Person::default());

    std::fs::copy(&empty, tool.path("calm.cc")).unwrap();
    let start = Instant::now();
    assert_eq!(tool.run(&[&"import", &"calm.cc", &"many.ndjson"]).code, 0);
    let whole = start.elapsed();

    let mut blocks_at_kill = Vec::new();
    for number in 0..KILLS {
        let path = tool.path("a.cc");
        std::fs::copy(&empty, &path).unwrap();
        let mut child = tool.process(&[&"import", &"a.cc", &"many.ndjson"]).spawn().unwrap();
        // Spread over the time that an import takes, less over the start of the program, and not in step with it.
        let fraction = 0.3 + 0.7 * f64::from(number) / f64::from(KILLS);
        let jitter = u64::from(number).wrapping_mul(2_654_435_761) % 997;
        std::thread::sleep(whole.mul_f64(fraction) + Duration::from_micros(jitter * 20));
        child.kill().unwrap();
        child.wait().unwrap();

        // What is in holds, before anything goes on.
        let list = tool.run(&[&"list", &"a.cc", &"--json"]);
        assert_eq!(list.code, 0, "kill {number}: {list:?}");
        let there = list.json()[0].as_array().unwrap().len();
        assert!(there <= OBSERVATIONS);
        blocks_at_kill.push(there);

        let again = tool.run(&[&"import", &"a.cc", &"many.ndjson", &"--json"]);
        assert_eq!(again.code, 0, "kill {number}: {again:?}");
        let report = again.json().pop().unwrap();
        let count = |field: &str| usize::try_from(report[field].as_u64().unwrap()).unwrap();
        assert_eq!(count("added") + count("known"), OBSERVATIONS, "kill {number}: {report}");
        let mut quick = Quick::open(&path);
        assert_eq!(quick.problems(), 0, "kill {number}");
        let out = quick.export(ExportFormat::Ndjson, true);
        assert!(sorted(&out) == sorted(&text), "kill {number}: {} lines", out.lines().count());
    }
    println!("an import takes {whole:?}; entries at the moment of each kill: {blocks_at_kill:?}");
}
