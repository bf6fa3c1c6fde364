//! The process is killed in the middle of an import, at a moment that nobody chose.

use std::process::Stdio;
use std::time::{Duration, Instant};

use chartchain_vault::protocol::{ExportFormat, Person};

use crate::tool::{Quick, Tool};

/// At least so often; `cargo xtask long` asks for more.
fn kills() -> u32 {
    std::env::var("CHARTCHAIN_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

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

    // How long the machine takes changes while this runs: what each kill met narrows down when the next one comes.
    let (mut early, mut late) = (Duration::ZERO, whole);
    let mut entries_at_kill = Vec::new();
    let mut kills_in_the_middle = 0;
    let wanted = kills();
    for number in 0..wanted * 3 {
        if number >= wanted && kills_in_the_middle >= 3 {
            break;
        }
        let path = tool.path("a.cc");
        std::fs::copy(&empty, &path).unwrap();
        let part = f64::from(number.wrapping_mul(2_654_435_761) % 1000) / 1000.0;
        let wait = early + late.saturating_sub(early).mul_f64(part);
        let mut child = tool.process(&[&"import", &"a.cc", &"many.ndjson"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();

        // What is in holds, before anything goes on.
        let list = tool.run(&[&"list", &"a.cc", &"--json"]);
        assert_eq!(list.code, 0, "kill {number}: {list:?}");
        let there = list.json()[0].as_array().unwrap().len();
        match there {
            0 => early = (early + wait) / 2,
            OBSERVATIONS => late = (late + wait) / 2,
            _ => kills_in_the_middle += 1,
        }
        if late < early + Duration::from_millis(20) {
            (early, late) = (early / 2, late * 2);
        }
        entries_at_kill.push(there);

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
    println!("an import takes {whole:?}; entries at the moment of each kill: {entries_at_kill:?}");
    assert!(kills_in_the_middle > 0, "{entries_at_kill:?}");
}
