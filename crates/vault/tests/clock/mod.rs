//! A clock that is set ahead and back.

use chartchain_vault::protocol::form::{Form, FormDate, Note};
use chartchain_vault::protocol::{Command, Event, LockReason, Reply};

use crate::bench_person::{Bench, PASSPHRASE};

const MINUTE_MS: i64 = 60_000;
const YEAR_MS: i64 = 365 * 24 * 60 * MINUTE_MS;

/// Writes something and gives its block's number and whether its time is doubtful.
pub fn write(bench: &mut Bench, words: &str) -> (u64, bool) {
    let form = Form::Note(Note { title: words.into(), text: words.into(), when: FormDate::new("2020-05-04") });
    let Reply::Saved(_) =
        bench.ask(Command::SaveForm { form: Box::new(form), amends: Vec::new(), draft: None }).unwrap()
    else {
        panic!()
    };
    let newest = bench.blocks().unwrap().lines.remove(0);
    (newest.seq, newest.time_doubtful)
}

#[test]
fn what_is_written_while_the_clock_is_wrong_is_marked_stays_and_keeps_its_order() {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), None);
    let (first, doubtful) = write(&mut bench, "before");
    assert!(!doubtful);
    bench.world.set_clock(9 * YEAR_MS);
    bench.unlock(PASSPHRASE).unwrap();
    assert_eq!(write(&mut bench, "in 2035"), (first + 1, true));
    bench.world.set_clock(-9 * YEAR_MS);
    let (third, doubtful) = write(&mut bench, "after");
    assert_eq!((third, doubtful), (first + 2, true), "it goes back against the one before it");
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    for words in ["before", "2035", "after"] {
        assert_eq!(bench.count_found(words), 1, "{words}");
    }
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn a_clock_that_was_set_ahead_locks_and_one_that_was_set_back_does_not_put_off_the_lock() {
    let mut bench = Bench::with_ledger(None, None);
    let Reply::Settings(settings) = bench.ask(Command::LoadSettings).unwrap() else { panic!() };
    let patience_ms = i64::from(settings.auto_lock_minutes) * MINUTE_MS;
    let locked = |bench: &mut Bench| {
        bench.engine.tick();
        bench.events().iter().any(|event| matches!(event, Event::Locked(LockReason::Idle)))
    };
    bench.world.set_clock(9 * YEAR_MS);
    assert!(locked(&mut bench));
    bench.unlock(PASSPHRASE).unwrap();
    bench.events();
    bench.world.set_clock(-9 * YEAR_MS);
    assert!(!locked(&mut bench));
    bench.world.set_clock(patience_ms - MINUTE_MS);
    assert!(!locked(&mut bench));
    bench.world.set_clock(2 * MINUTE_MS);
    assert!(locked(&mut bench));
}

#[test]
fn what_the_window_asks_by_itself_does_not_put_off_the_lock() {
    let mut bench = Bench::with_ledger(None, None);
    let Reply::Settings(settings) = bench.ask(Command::LoadSettings).unwrap() else { panic!() };
    let half_ms = i64::from(settings.auto_lock_minutes) * MINUTE_MS / 2;
    for (command, stays) in
        [(Command::Touch, true), (Command::Home, false), (Command::ListDevices, false), (Command::Mailboxes, false)]
    {
        bench.unlock(PASSPHRASE).unwrap();
        bench.events();
        bench.world.set_clock(half_ms + MINUTE_MS);
        bench.ask(command).unwrap();
        bench.rest();
        bench.world.set_clock(half_ms);
        bench.engine.tick();
        let is_locked = bench.events().iter().any(|event| matches!(event, Event::Locked(LockReason::Idle)));
        assert_eq!(is_locked, !stays);
    }
}
