//! Two tabs on one form: nothing that was typed is overwritten.

use chartchain_vault::protocol::form::{Form, FormDate, Note};
use chartchain_vault::protocol::{Command, DraftFrom, DraftKept, DraftOf, Elsewhere, Fault, FormDraft, Person, Reply};

use crate::bench_person::{Bench, PASSPHRASE};
use crate::crash::{enter, fail_everywhere};
use crate::files::{bring, draft, file, form_of, keep, picture};

const NOTE: DraftOf = DraftOf::New(7);

fn aside() -> DraftOf {
    DraftOf::Aside(Box::new(NOTE))
}

fn two_tabs() -> (Bench, Bench) {
    let first = Bench::with_ledger(None, None);
    let mut second = Bench::start(first.world.beside());
    second.unlock(PASSPHRASE).unwrap();
    (first, second)
}

fn try_keep(bench: &mut Bench, of: DraftOf, since_ms: Option<i64>, text: &str) -> Result<DraftKept, Fault> {
    let from = DraftFrom { of, since_ms };
    match bench.ask(Command::SaveDraft { from, content: text.into(), file: None })? {
        Reply::DraftKept(kept) => Ok(kept),
        other => panic!("{other:?}"),
    }
}

fn kept(bench: &mut Bench, since_ms: Option<i64>, text: &str) -> i64 {
    match try_keep(bench, NOTE, since_ms, text).unwrap() {
        DraftKept::At(at_ms) => at_ms,
        other => panic!("{other:?}"),
    }
}

/// What the other tab did, and since when this text is kept beside it.
fn refused(bench: &mut Bench, since_ms: Option<i64>, text: &str) -> (Elsewhere, Option<i64>) {
    match try_keep(bench, NOTE, since_ms, text).unwrap() {
        DraftKept::Elsewhere { what, aside_ms } => (what, aside_ms),
        kept => panic!("{kept:?}"),
    }
}

fn text(draft: Option<FormDraft>) -> Option<String> {
    draft.map(|draft| String::from_utf8(draft.content).unwrap())
}

fn hand_in(bench: &mut Bench, since_ms: Option<i64>) -> Result<(), Fault> {
    let form = Form::Note(Note { title: String::new(), text: "Slept".into(), when: FormDate::default() });
    let draft = Some(DraftFrom { of: NOTE, since_ms });
    bench.ask(Command::SaveForm { form: Box::new(form), amends: Vec::new(), draft }).map(|_| ())
}

#[test]
fn a_text_that_another_tab_kept_is_not_overwritten_and_both_are_there() {
    let (mut first, mut second) = two_tabs();
    let begun = kept(&mut first, None, "Slept");
    let theirs = kept(&mut second, Some(begun), "Slept well");
    let (what, aside_ms) = refused(&mut first, Some(begun), "Slept badly");
    let Elsewhere::Wrote(other) = what else { panic!("{what:?}") };
    assert_eq!((other.at_ms, text(Some(*other)).as_deref()), (theirs, Some("Slept well")));
    for bench in [&mut first, &mut second] {
        assert_eq!(text(draft(bench, &NOTE)).as_deref(), Some("Slept well"));
        assert_eq!(text(draft(bench, &aside())).as_deref(), Some("Slept badly"));
    }
    // Mine, knowingly; then the other tab is the one that is asked.
    let mine = kept(&mut first, Some(theirs), "Slept badly");
    first.ask(Command::DropDraft { of: aside(), at_ms: aside_ms.unwrap() }).unwrap();
    let (what, _) = refused(&mut second, Some(theirs), "Slept well, and long");
    assert!(matches!(what, Elsewhere::Wrote(other) if other.at_ms == mine));
    let mut third = Bench::start(first.world.clone());
    third.unlock(PASSPHRASE).unwrap();
    assert_eq!(text(draft(&mut third, &NOTE)).as_deref(), Some("Slept badly"));
    assert_eq!(text(draft(&mut third, &aside())).as_deref(), Some("Slept well, and long"));
    assert_eq!(third.verify().problems, []);
}

#[test]
fn a_form_that_was_begun_in_both_tabs_is_one_form() {
    let (mut first, mut second) = two_tabs();
    kept(&mut first, None, "Slept");
    let (what, aside_ms) = refused(&mut second, None, "Dreamt");
    assert!(matches!(what, Elsewhere::Wrote(_)) && aside_ms.is_some());
}

#[test]
fn the_same_text_is_no_conflict_and_a_third_text_is_told_that_it_is_not_kept() {
    let (mut first, mut second) = two_tabs();
    let begun = kept(&mut first, None, "Slept");
    let theirs = kept(&mut second, Some(begun), "Slept well");
    assert_eq!(kept(&mut first, Some(begun), "Slept well"), theirs);
    let (_, aside_ms) = refused(&mut first, Some(begun), "Slept badly");
    assert!(aside_ms.is_some());
    // Asked again for the same text, it is the same place.
    assert_eq!(refused(&mut first, Some(begun), "Slept badly").1, aside_ms);
    assert_eq!(refused(&mut first, None, "Did not sleep").1, None);
    assert_eq!(text(draft(&mut first, &aside())).as_deref(), Some("Slept badly"));
    // The text beside is written on like any other.
    let again = try_keep(&mut first, aside(), aside_ms, "Slept very badly").unwrap();
    assert!(matches!(again, DraftKept::At(at_ms) if Some(at_ms) > aside_ms));
    let stale = try_keep(&mut second, aside(), aside_ms, "x").unwrap();
    assert!(matches!(stale, DraftKept::Elsewhere { what: Elsewhere::Wrote(_), aside_ms: None }));
}

#[test]
fn a_draft_that_was_saved_or_thrown_away_in_another_tab_does_not_come_back_unasked() {
    let (mut first, mut second) = two_tabs();
    let begun = kept(&mut first, None, "Slept");
    hand_in(&mut second, Some(begun)).unwrap();
    assert_eq!(hand_in(&mut first, Some(begun)), Err(Fault::DraftElsewhere));
    first.engine.other_wrote();
    assert_eq!(first.count_found("slept"), 1);
    let (what, aside_ms) = refused(&mut first, Some(begun), "Slept badly");
    assert_eq!((what, aside_ms.is_some()), (Elsewhere::Saved, true));
    // As a new entry, knowingly.
    let mine = kept(&mut first, None, "Slept badly");
    hand_in(&mut first, Some(mine)).unwrap();
    assert_eq!(first.count_found("slept"), 2);

    let begun = kept(&mut first, None, "Woke");
    second.ask(Command::DropDraft { of: NOTE, at_ms: begun }).unwrap();
    assert_eq!(refused(&mut first, Some(begun), "Woke early").0, Elsewhere::ThrownAway);
    assert_eq!(first.verify().problems, []);
}

#[test]
fn a_newer_text_of_another_tab_is_neither_saved_over_nor_thrown_away() {
    let (mut first, mut second) = two_tabs();
    let begun = kept(&mut first, None, "Slept");
    let theirs = kept(&mut second, Some(begun), "Slept well");
    assert_eq!(hand_in(&mut first, Some(begun)), Err(Fault::DraftElsewhere));
    assert_eq!(hand_in(&mut first, None), Err(Fault::DraftElsewhere));
    assert_eq!(first.count_found("slept"), 0);
    let Reply::Draft(left) = first.ask(Command::DropDraft { of: NOTE, at_ms: begun }).unwrap() else { panic!() };
    assert_eq!(left.map(|left| left.at_ms), Some(theirs));
    // A form that nothing was kept of is saved whatever was saved before.
    hand_in(&mut second, Some(theirs)).unwrap();
    hand_in(&mut first, None).unwrap();
    assert_eq!(first.count_found("slept"), 2);
}

#[test]
fn texts_are_told_apart_by_a_clock_that_was_set_back_too() {
    let (mut first, mut second) = two_tabs();
    let begun = kept(&mut first, None, "Slept");
    first.world.set_clock(-3_600_000);
    let next = kept(&mut first, Some(begun), "Slept well");
    assert!(next > begun);
    assert!(matches!(refused(&mut second, Some(begun), "Slept badly").0, Elsewhere::Wrote(_)));
}

#[test]
fn a_file_that_both_texts_have_goes_with_the_last_of_them() {
    let mut bench = Bench::with_ledger(None, None);
    let (of, bytes) = (DraftOf::New(8), picture(1_200_000));
    let card = bring(&mut bench, &bytes).unwrap();
    keep(&mut bench, &of, b"Scan", Some(card.input)).unwrap();
    let from = DraftFrom { of: of.clone(), since_ms: None };
    let mine = Command::SaveDraft { from, content: b"My scan".to_vec(), file: Some(card.input) };
    let Reply::DraftKept(DraftKept::Elsewhere { aside_ms: Some(aside_ms), .. }) = bench.ask(mine).unwrap() else {
        panic!()
    };
    let aside = DraftOf::Aside(Box::new(of.clone()));
    bench.ask(Command::DropDraft { of: aside, at_ms: aside_ms }).unwrap();
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    let kept = draft(&mut bench, &of).unwrap();
    assert_eq!(kept.file.as_ref(), Some(&card));
    let draft = Some(DraftFrom { of, since_ms: Some(kept.at_ms) });
    let save = Command::SaveForm { form: Box::new(form_of(&card, "Scan")), amends: Vec::new(), draft };
    let Reply::Saved(entry) = bench.ask(save).unwrap() else { panic!() };
    assert!(file(&mut bench, &entry, 0).unwrap() == bytes);
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn the_text_beside_is_there_whole_or_not_at_all_and_the_other_one_always() {
    let mut bench = Bench::unlocked();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let theirs = kept(&mut bench, None, "theirs");
    let past = bench.world.snapshot();
    let act = |bench: &mut Bench| try_keep(bench, NOTE, Some(theirs - 1), "mine").map(|_| ());
    fail_everywhere(Some((&bench.world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        assert_eq!(text(draft(bench, &NOTE)).as_deref(), Some("theirs"), "{case}");
        let mine = text(draft(bench, &aside()));
        assert!(mine.as_deref() == Some("mine") || mine.is_none() && !acknowledged, "{case}: {mine:?}");
        assert_eq!(bench.verify().problems, [], "{case}");
    });
}
