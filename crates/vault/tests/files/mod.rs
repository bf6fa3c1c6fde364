//! Documents with files, and drafts of forms.

use chartchain_vault::protocol::form::{Attachment, Document, DocumentKind, Form, FormDate, Note};
use chartchain_vault::protocol::{
    Command, DraftFrom, DraftKept, DraftOf, EntryId, EntryPage, ExportFormat, Fault, FileCard, FormDraft, InputId,
    MAX_DRAFT_BYTES, MAX_FILE_BYTES, Person, Reply,
};

use crate::bench_person::{Bench, PASSPHRASE, World};
use crate::crash::{enter, fail_everywhere};

/// Bytes that begin like a picture, no two parts alike.
pub fn picture(bytes: usize) -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut state = 7u32;
    picture.extend((picture.len()..bytes).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    }));
    picture
}

fn send(bench: &mut Bench, bytes: &[u8]) -> Result<InputId, Fault> {
    let begin = Command::BeginInput { name: "scan.png".into(), size_bytes: bytes.len() as u64 };
    let Reply::Input(input) = bench.ask(begin)? else { panic!() };
    for part in bytes.chunks(1024 * 1024) {
        bench.ask(Command::InputPart { input, bytes: part.to_vec() })?;
    }
    Ok(input)
}

pub fn bring(bench: &mut Bench, bytes: &[u8]) -> Result<FileCard, Fault> {
    let input = send(bench, bytes)?;
    match bench.ask(Command::InspectFile { input })? {
        Reply::File(Some(card)) => Ok(card),
        other => panic!("{other:?}"),
    }
}

pub fn form_of(card: &FileCard, title: &str) -> Form {
    Form::Document(Document {
        title: title.into(),
        kind: DocumentKind::Letter,
        when: FormDate::new("2020-05-04"),
        attachment: Attachment {
            content_type: card.content_type.clone(),
            size_bytes: card.size_bytes,
            sha256: card.sha256,
            url: card.url.clone(),
        },
    })
}

/// Saves a form on what is kept of it now.
pub fn save(bench: &mut Bench, form: Form, amends: Option<EntryId>, draft: Option<DraftOf>) -> Result<EntryId, Fault> {
    let draft = draft.map(|of| from_now(bench, of));
    match bench.ask(Command::SaveForm { form: Box::new(form), amends: amends.into_iter().collect(), draft })? {
        Reply::Saved(entry) => Ok(entry),
        other => panic!("{other:?}"),
    }
}

pub fn page(bench: &mut Bench, entry: &EntryId) -> EntryPage {
    let Reply::Entry(page) = bench.ask(Command::Entry { entry: entry.clone() }).unwrap() else { panic!() };
    *page
}

pub fn file(bench: &mut Bench, entry: &EntryId, file: u32) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    loop {
        let offset = bytes.len() as u64;
        match bench.ask(Command::FilePart { entry: entry.clone(), file, offset })? {
            Reply::Part(part) if part.is_empty() => return Ok(bytes),
            Reply::Part(part) => bytes.extend(part),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_picture_comes_in_is_shown_and_goes_out_with_its_bytes() {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let bytes = picture(2_500_000);
    let card = bring(&mut bench, &bytes).unwrap();
    assert_eq!((card.content_type.as_str(), card.size_bytes), ("image/png", 2_500_000));
    let entry = save(&mut bench, form_of(&card, "X-ray of my hand"), None, None).unwrap();
    let shown = page(&mut bench, &entry);
    assert_eq!((shown.files.len(), shown.files[0].size_bytes), (1, 2_500_000));
    assert!(file(&mut bench, &entry, 0).unwrap() == bytes);
    assert_eq!(file(&mut bench, &entry, 1), Err(Fault::NotFound));

    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    assert!(file(&mut bench, &entry, 0).unwrap() == bytes);
    assert_eq!(bench.verify().problems, []);
    // What is amended keeps its file, and what is withdrawn too.
    let Reply::Form(Some(form)) = bench.ask(Command::EditForm { entry: entry.clone() }).unwrap() else { panic!() };
    let form = form.form;
    assert!(form == form_of(&card, "X-ray of my hand"));
    let second = save(&mut bench, form_of(&card, "X-ray of my left hand"), Some(entry), None).unwrap();
    assert!(file(&mut bench, &second, 0).unwrap() == bytes);
    let Reply::Saved(third) = bench.ask(Command::MarkWrong { entry: second }).unwrap() else { panic!() };
    assert!(file(&mut bench, &third, 0).unwrap() == bytes);

    let out = bench.export(ExportFormat::Bundle);
    let mut other = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let inspection = other.inspect("out.json", out.as_bytes()).unwrap();
    other.import_all(&inspection);
    let query = chartchain_vault::protocol::Query {
        words: "ray".into(),
        include_superseded: true,
        limit: 9,
        ..Default::default()
    };
    let Reply::Timeline(found) = other.ask(Command::Timeline(query)).unwrap() else { panic!() };
    let line = found.lines.into_iter().next().unwrap();
    let shown = page(&mut other, &line.entry);
    assert_eq!((shown.files.len(), shown.files[0].content_type.as_str(), shown.files[0].known), (1, "image/png", true));
    assert!(file(&mut other, &line.entry, 0).unwrap() == bytes);
    assert_eq!(other.verify().problems, []);
}

#[test]
fn what_is_no_picture_is_too_long_or_is_another_file_is_refused() {
    let mut bench = Bench::with_ledger(None, None);
    let input = send(&mut bench, b"MZ this is a program").unwrap();
    assert!(matches!(bench.ask(Command::InspectFile { input }), Ok(Reply::File(None))));
    let input = send(&mut bench, &picture(MAX_FILE_BYTES as usize + 1)).unwrap();
    assert!(matches!(bench.ask(Command::InspectFile { input }), Err(Fault::Unreadable(_))));
    bench.ask(Command::DropInput { input }).unwrap();

    let card = bring(&mut bench, &picture(300)).unwrap();
    let other = FileCard { url: "urn:uuid:00000000-0000-4000-8000-000000000001".into(), ..card.clone() };
    assert!(matches!(save(&mut bench, form_of(&other, "x"), None, None), Err(Fault::NotNow(_))));
    let changed = FileCard { sha256: [1; 32], ..card };
    assert!(matches!(save(&mut bench, form_of(&changed, "x"), None, None), Err(Fault::NotNow(_))));
    assert_eq!(bench.blocks().unwrap().total, 1);
}

/// A person with an empty ledger.
fn settled() -> (World, crate::bench_person::Past) {
    let mut bench = Bench::unlocked();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let past = bench.world.snapshot();
    (bench.world, past)
}

#[test]
fn a_document_is_there_whole_or_not_at_all() {
    let (world, past) = settled();
    let bytes = picture(1_300_000);
    let act = |bench: &mut Bench| {
        let card = bring(bench, &bytes)?;
        save(bench, form_of(&card, "Scan"), None, None).map(|_| ())
    };
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        let total = bench.blocks().unwrap().total;
        assert!(total == 4 || total == 1 && !acknowledged, "{case}: {total} blocks");
        assert_eq!(bench.count_found("scan"), u32::from(total == 4), "{case}");
        assert_eq!(bench.verify().problems, [], "{case}");
    });
}

pub fn draft(bench: &mut Bench, of: &DraftOf) -> Option<FormDraft> {
    match bench.ask(Command::LoadDraft { of: of.clone() }).unwrap() {
        Reply::Draft(draft) => draft.map(|draft| *draft),
        other => panic!("{other:?}"),
    }
}

fn from_now(bench: &mut Bench, of: DraftOf) -> DraftFrom {
    let since_ms = draft(bench, &of).map(|draft| draft.at_ms);
    DraftFrom { of, since_ms }
}

fn throw_away(bench: &mut Bench, of: &DraftOf) {
    let at_ms = draft(bench, of).unwrap().at_ms;
    bench.ask(Command::DropDraft { of: of.clone(), at_ms }).unwrap();
}

fn again(bench: &Bench) -> Bench {
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    bench
}

/// Keeps a text on what is kept now.
pub fn keep(bench: &mut Bench, of: &DraftOf, text: &[u8], file: Option<InputId>) -> Result<(), Fault> {
    let Reply::Draft(there) = bench.ask(Command::LoadDraft { of: of.clone() })? else { panic!() };
    let from = DraftFrom { of: of.clone(), since_ms: there.map(|there| there.at_ms) };
    match bench.ask(Command::SaveDraft { from, content: text.to_vec(), file })? {
        Reply::DraftKept(DraftKept::At(_)) => Ok(()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn drafts_survive_a_restart_and_go_when_they_are_saved_or_thrown_away() {
    let mut bench = Bench::with_ledger(None, None);
    let of = DraftOf::New(7);
    keep(&mut bench, &of, b"Slept bad", None).unwrap();
    keep(&mut bench, &of, b"Slept badly", None).unwrap();
    keep(&mut bench, &DraftOf::New(3), b"", None).unwrap();
    let mut bench = again(&bench);
    assert_eq!(draft(&mut bench, &of).unwrap().content, b"Slept badly");
    let note = || Form::Note(Note { title: String::new(), text: "Slept badly".into(), when: FormDate::default() });
    save(&mut bench, note(), None, Some(of.clone())).unwrap();
    assert_eq!(draft(&mut bench, &of), None);
    let mut bench = again(&bench);
    assert_eq!(draft(&mut bench, &of), None);
    let rows = bench.world.count_rows();
    throw_away(&mut bench, &DraftOf::New(3));
    assert_eq!((draft(&mut bench, &DraftOf::New(3)), bench.world.count_rows()), (None, rows - 1));
    let too_long = vec![0; MAX_DRAFT_BYTES + 1];
    assert!(matches!(keep(&mut bench, &of, &too_long, None), Err(Fault::NotNow(_))));
}

#[test]
fn the_file_of_a_draft_is_there_after_a_restart_and_leaves_nothing_behind() {
    let mut bench = Bench::with_ledger(None, None);
    let (of, bytes) = (DraftOf::New(8), picture(1_200_000));
    let empty = bench.world.count_rows();
    let first = bring(&mut bench, &picture(400)).unwrap();
    keep(&mut bench, &of, b"Scan", Some(first.input)).unwrap();
    // Another file takes its place.
    let card = bring(&mut bench, &bytes).unwrap();
    keep(&mut bench, &of, b"Scan", Some(card.input)).unwrap();
    assert_eq!(bench.world.count_rows(), empty + 3, "a draft and two parts");
    let mut bench = again(&bench);
    let kept = draft(&mut bench, &of).unwrap();
    assert_eq!(kept.file.as_ref(), Some(&card));
    let entry = save(&mut bench, form_of(&card, "Scan"), None, Some(of.clone())).unwrap();
    assert!(file(&mut bench, &entry, 0).unwrap() == bytes);
    let rows = bench.world.count_rows();
    let mut bench = again(&bench);
    assert_eq!(draft(&mut bench, &of), None);
    assert_eq!(bench.world.count_rows(), rows, "nothing was left to put away");
    let card = bring(&mut bench, &bytes).unwrap();
    keep(&mut bench, &of, b"Scan", Some(card.input)).unwrap();
    throw_away(&mut bench, &of);
    assert_eq!(bench.world.count_rows(), rows);
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn a_draft_is_the_old_or_the_new_one_whatever_fails() {
    let (world, past) = settled();
    let of = DraftOf::New(1);
    let act = |bench: &mut Bench| {
        keep(bench, &of, b"one", None)?;
        keep(bench, &of, b"two", None)
    };
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        let content = draft(bench, &of).map(|draft| draft.content);
        assert!(content.as_deref() == Some(b"two") || !acknowledged, "{case}: {content:?}");
        assert_eq!(bench.verify().problems, [], "{case}");
    });
}
