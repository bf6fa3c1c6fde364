//! Two and more devices that write apart, in every order.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests, helpers of tests included")]

use chartchain_docs::{
    Author, CarePlan, ContactDraft, Day, DocsError, DocumentKind, Done, Edit, Goal, Mark, Note, Profile, ProfileField,
    Repeat, Schedule, TaskDraft, TaskStatus, Version, View, Work,
};
use proptest::prelude::*;

/// A device with its copy of a document.
#[derive(Clone)]
struct Device {
    kind: DocumentKind,
    author: Author,
    last: Option<Done>,
    written: Vec<(Author, Vec<u8>)>,
    clock: i64,
}

fn carry_out(work: &Work) -> Result<Done, DocsError> {
    pollster::block_on(work.carry_out(async |work| work.attempt()))
}

impl Device {
    fn new(kind: DocumentKind, number: u8) -> Self {
        let author = Author::derive(&[7; 32], &[number; 32]);
        Self { kind, author, last: None, written: Vec::new(), clock: 1_795_000_000_000 + i64::from(number) }
    }

    fn work(&self, changes: Vec<(Author, Vec<u8>)>, goal: Goal) -> Work {
        let snapshot = self.last.as_ref().map(|done| done.snapshot.clone()).unwrap_or_default();
        let mut random = self.author.0;
        random[0] = u8::try_from(self.clock % 251).unwrap();
        Work { kind: self.kind, author: self.author, branch: 0, snapshot, changes, goal, now_ms: self.clock, random }
    }

    fn edit(&mut self, edits: Vec<Edit>) -> Result<Done, DocsError> {
        self.clock += 1000;
        let done = carry_out(&self.work(Vec::new(), Goal::Edit(edits)))?;
        self.written.extend(done.changes.iter().map(|change| (self.author, change.clone())));
        self.last = Some(done.clone());
        Ok(done)
    }

    fn take(&mut self, changes: &[(Author, Vec<u8>)]) -> Done {
        let done = carry_out(&self.work(changes.to_vec(), Goal::Edit(Vec::new()))).unwrap();
        self.last = Some(done.clone());
        done
    }

    fn plan(&self) -> CarePlan {
        let Some(View::CarePlan(plan)) = self.last.as_ref().map(|done| done.view.clone()) else { panic!() };
        plan
    }

    fn note(&self) -> Note {
        let Some(View::Note(note)) = self.last.as_ref().map(|done| done.view.clone()) else { panic!() };
        note
    }

    fn profile(&self) -> Profile {
        let Some(View::Profile(profile)) = self.last.as_ref().map(|done| done.view.clone()) else { panic!() };
        profile
    }
}

/// Both take what the other wrote.
fn meet(one: &mut Device, other: &mut Device) {
    let (from_one, from_other) = (one.written.clone(), other.written.clone());
    let (first, second) = (one.take(&from_other), other.take(&from_one));
    assert_eq!((&first.view, &first.version), (&second.view, &second.version));
    assert_eq!((first.refused, second.refused), (0, 0));
}

fn draft(title: &str) -> TaskDraft {
    let schedule = Schedule { due: Day::from_iso("2026-11-28"), repeat: Repeat::Days(7) };
    TaskDraft { title: title.into(), detail: String::new(), schedule }
}

fn write(seen: &Version, text: &str) -> Vec<Edit> {
    vec![Edit::WriteNote { seen: seen.clone(), title: "Knee".into(), text: text.into() }]
}

fn two(kind: DocumentKind) -> (Device, Device) {
    (Device::new(kind, 1), Device::new(kind, 2))
}

#[test]
fn a_task_is_written_down_marked_taken_back_changed_stopped_and_removed() {
    let mut device = Device::new(DocumentKind::CarePlan, 1);
    device
        .edit(vec![Edit::AddTask(draft(" Walk 20 minutes ")), Edit::AddTask(draft("Measure blood pressure"))])
        .unwrap();
    let titles: Vec<String> = device.plan().tasks.iter().map(|task| task.title.value.clone()).collect();
    assert_eq!(titles.len(), 2);
    assert!(titles.contains(&"Walk 20 minutes".to_owned()));
    let task = device.plan().tasks[0].id;
    let day = Day::from_iso("2026-11-28");
    device.edit(vec![Edit::MarkTask { task, day, done: Some(true) }]).unwrap();
    assert_eq!(device.plan().tasks[0].marks, [(day, Mark { done: true, at_ms: device.clock })]);
    device.edit(vec![Edit::MarkTask { task, day, done: None }]).unwrap();
    assert!(device.plan().tasks[0].marks.is_empty());
    device.edit(vec![Edit::ChangeTask { task, draft: draft("Walk 30 minutes") }]).unwrap();
    assert_eq!(device.plan().tasks[0].title.value, "Walk 30 minutes");
    device.edit(vec![Edit::SetTaskStatus { task, status: TaskStatus::Ended }]).unwrap();
    assert_eq!(device.plan().tasks[0].status, TaskStatus::Ended);
    device.edit(vec![Edit::SetTaskStatus { task, status: TaskStatus::Removed }]).unwrap();
    assert_eq!(device.plan().tasks.len(), 1);
    assert_eq!(
        device.edit(vec![Edit::MarkTask { task: [9; 16], day, done: Some(true) }]).err(),
        Some(DocsError::NotFound)
    );
    assert_eq!(device.edit(vec![Edit::AddTask(draft("  "))]).err(), Some(DocsError::Broken));
}

#[test]
fn what_two_devices_wrote_into_one_note_is_all_there() {
    let (mut phone, mut laptop) = two(DocumentKind::Note);
    phone.edit(write(&Version::default(), "Left knee hurts on stairs.")).unwrap();
    meet(&mut phone, &mut laptop);
    let seen = phone.note().version;
    phone.edit(write(&seen, "Left knee hurts badly on stairs.")).unwrap();
    laptop.edit(write(&seen, "Left knee hurts on stairs. Cold helps 🧊.")).unwrap();
    meet(&mut phone, &mut laptop);
    assert_eq!(phone.note().text, "Left knee hurts badly on stairs. Cold helps 🧊.");
    assert_eq!((phone.note().title.as_str(), phone.note().removed), ("Knee", false));
}

#[test]
fn an_edit_to_an_older_version_on_the_same_device_keeps_what_was_written_since() {
    let mut device = Device::new(DocumentKind::Note, 1);
    device.edit(write(&Version::default(), "one two three")).unwrap();
    let seen = device.note().version;
    device.edit(write(&seen, "one two three four")).unwrap();
    let done = device.edit(write(&seen, "zero one two three")).unwrap();
    assert_eq!(device.note().text, "zero one two three four");
    // Whoever typed on saw only their own text.
    device.edit(write(&done.own, "zero one two three!")).unwrap();
    let text = device.note().text;
    assert!(text.contains('!') && text.contains("four"), "{text}");
}

#[test]
fn what_is_asked_twice_is_written_once() {
    let mut device = Device::new(DocumentKind::Note, 1);
    device.edit(write(&Version::default(), "one")).unwrap();
    let seen = device.note().version;
    device.edit(write(&seen, "one two")).unwrap();
    let again = device.edit(write(&seen, "one two")).unwrap();
    assert_eq!((device.note().text.as_str(), again.changes.len()), ("one two", 0));
    device.edit(write(&again.own, "one two three")).unwrap();
    assert_eq!(device.note().text, "one two three");
}

#[test]
fn values_that_say_one_thing_are_never_mixed_and_stand_side_by_side_until_somebody_decides() {
    let (mut phone, mut laptop) = two(DocumentKind::CarePlan);
    phone.edit(vec![Edit::AddTask(draft("Take 1 tablet"))]).unwrap();
    meet(&mut phone, &mut laptop);
    let task = phone.plan().tasks[0].id;
    phone.edit(vec![Edit::ChangeTask { task, draft: draft("Take 2 tablets") }]).unwrap();
    laptop.edit(vec![Edit::ChangeTask { task, draft: draft("Take 3 tablets") }]).unwrap();
    meet(&mut phone, &mut laptop);
    let title = phone.plan().tasks[0].title.clone();
    let mut both = vec![title.value.clone()];
    both.extend(title.others);
    both.sort();
    assert_eq!(both, ["Take 2 tablets", "Take 3 tablets"]);
    phone.edit(vec![Edit::ChangeTask { task, draft: draft(&title.value) }]).unwrap();
    meet(&mut phone, &mut laptop);
    assert_eq!(
        (laptop.plan().tasks[0].title.value.clone(), laptop.plan().tasks[0].title.others.len()),
        (title.value, 0)
    );
}

#[test]
fn tasks_and_marks_of_two_devices_are_all_there_and_done_outweighs_not_done() {
    let (mut phone, mut laptop) = two(DocumentKind::CarePlan);
    phone.edit(vec![Edit::AddTask(draft("Walk"))]).unwrap();
    laptop.edit(vec![Edit::AddTask(draft("Drink"))]).unwrap();
    meet(&mut phone, &mut laptop);
    assert_eq!(phone.plan().tasks.len(), 2);
    let task = phone.plan().tasks[0].id;
    let day = Day::from_iso("2026-11-28");
    phone.edit(vec![Edit::MarkTask { task, day, done: Some(true) }]).unwrap();
    laptop.edit(vec![Edit::MarkTask { task, day, done: Some(false) }]).unwrap();
    phone.edit(vec![Edit::SetTaskStatus { task, status: TaskStatus::Ended }]).unwrap();
    meet(&mut phone, &mut laptop);
    assert!(phone.plan().tasks[0].marks[0].1.done);
    assert_eq!(laptop.plan().tasks[0].status, TaskStatus::Ended);
}

#[test]
fn what_a_person_tells_about_themselves_comes_back() {
    let (mut phone, mut laptop) = two(DocumentKind::Profile);
    let contact = ContactDraft { name: "Ben".into(), relation: "Brother".into(), phone: "+49 30 1".into() };
    phone
        .edit(vec![Edit::SetProfile(ProfileField::BloodGroup, "0+".into()), Edit::AddContact(contact.clone())])
        .unwrap();
    laptop.edit(vec![Edit::AddContact(ContactDraft { name: "Ada".into(), ..contact })]).unwrap();
    meet(&mut phone, &mut laptop);
    assert_eq!(laptop.profile().field(ProfileField::BloodGroup).unwrap().value, "0+");
    let mut names: Vec<String> = laptop.profile().contacts.iter().map(|contact| contact.name.value.clone()).collect();
    names.sort();
    assert_eq!(names, ["Ada", "Ben"]);
    let ada = laptop.profile().contacts.iter().find(|contact| contact.name.value == "Ada").unwrap().id;
    phone.edit(vec![Edit::RemoveContact(ada)]).unwrap();
    meet(&mut phone, &mut laptop);
    assert_eq!(laptop.profile().contacts.len(), 1);
}

#[test]
fn a_new_generation_says_the_same_and_holds_nothing_of_the_past() {
    let mut device = Device::new(DocumentKind::Note, 1);
    device.edit(write(&Version::default(), "a secret passage, and the rest")).unwrap();
    device.edit(write(&device.note().version, "the rest")).unwrap();
    let old = device.last.clone().unwrap();
    let founded = carry_out(&device.work(Vec::new(), Goal::Found)).unwrap();
    let (View::Note(before), View::Note(after)) = (&old.view, &founded.view) else { panic!() };
    assert_eq!((&before.title, &before.text, before.created_ms), (&after.title, &after.text, after.created_ms));
    assert_eq!(founded.changes.len(), 1);
    let holds = |bytes: &[u8]| bytes.windows(6).any(|window| window == b"secret");
    assert!(!holds(&founded.changes[0]) && !holds(&founded.snapshot));
    assert!(old.changes.iter().chain(device.written.iter().map(|(_, change)| change)).any(|change| holds(change)));
}

#[test]
fn a_change_in_the_block_of_another_device_has_no_effect() {
    let (mut phone, mut laptop) = two(DocumentKind::CarePlan);
    phone.edit(vec![Edit::AddTask(draft("Walk"))]).unwrap();
    let stolen: Vec<_> = phone.written.iter().map(|(_, change)| (laptop.author, change.clone())).collect();
    let done = laptop.take(&stolen);
    assert_eq!((done.refused, done.view), (1, View::CarePlan(CarePlan::default())));
}

#[test]
fn two_changes_under_one_number_cost_nobody_the_document() {
    let (mut phone, mut laptop) = two(DocumentKind::CarePlan);
    // A device that was put back counts from where it was.
    let mut put_back = phone.clone();
    phone.edit(vec![Edit::AddTask(draft("Walk"))]).unwrap();
    put_back.clock += 1;
    put_back.edit(vec![Edit::AddTask(draft("Swim"))]).unwrap();
    laptop.edit(vec![Edit::AddTask(draft("Read"))]).unwrap();
    let both = [phone.written.clone(), put_back.written, laptop.written.clone()].concat();
    let titles = |done: &Done| -> Vec<String> {
        let View::CarePlan(plan) = &done.view else { panic!() };
        plan.tasks.iter().map(|task| task.title.value.clone()).collect()
    };
    let done = Device::new(DocumentKind::CarePlan, 3).take(&both);
    let stands = titles(&done)[0].clone();
    assert!(["Walk", "Swim"].contains(&stands.as_str()), "{stands}");
    assert_eq!((done.refused, titles(&done)), (1, vec![stands.clone(), "Read".into()]));
    // In whichever order they come.
    let there = laptop.take(&both.iter().rev().cloned().collect::<Vec<_>>());
    assert_eq!((there.refused, &there.view, &there.version), (1, &done.view, &done.version));
    laptop.edit(vec![Edit::AddTask(draft("Sleep"))]).unwrap();
    // Where one of them is in already, the other one costs only itself.
    let (mut tablet, other) = (Device::new(DocumentKind::CarePlan, 4), 1 - usize::from(stands == "Swim"));
    tablet.take(&both[other..=other]);
    let met = tablet.take(&both);
    assert_eq!((met.refused, titles(&met).len()), (1, 2));
}

#[test]
fn a_change_that_upsets_the_merging_costs_nobody_the_document() {
    let (mut phone, mut laptop) = two(DocumentKind::CarePlan);
    phone.edit(vec![Edit::AddTask(draft("Walk"))]).unwrap();
    laptop.take(&phone.written);
    let task = laptop.plan().tasks[0].id;
    laptop.edit(vec![Edit::ChangeTask { task, draft: draft("Run") }]).unwrap();
    phone.edit(vec![Edit::AddTask(draft("Read"))]).unwrap();
    // It speaks of an author that nobody knows, which Automerge takes for impossible.
    let (author, mut bent) = laptop.written[0].clone();
    let at = bent.windows(16).position(|window| window == phone.author.0).unwrap();
    bent[at..at + 16].copy_from_slice(&[0xee; 16]);
    mend(&mut bent);
    let changes = [phone.written.clone(), vec![(author, bent.clone())], phone.written[1..].to_vec()].concat();
    let reader = Device::new(DocumentKind::CarePlan, 3);
    let work = reader.work(changes, Goal::Edit(vec![Edit::AddTask(draft("Sleep"))]));
    assert_eq!(work.attempt().err(), Some(DocsError::Broken));
    let done = carry_out(&work).unwrap();
    let View::CarePlan(plan) = &done.view else { panic!() };
    let titles: Vec<&str> = plan.tasks.iter().map(|task| task.title.value.as_str()).collect();
    assert_eq!((done.refused, titles), (1, vec!["Sleep", "Walk", "Read"]));
    // Who sends nothing else is not tried for ever: everybody else's is there, and the number of tries is bounded.
    let many = vec![(author, bent.clone()); 200];
    let flood = reader.work([phone.written.clone(), many].concat(), Goal::Edit(Vec::new()));
    let tries = core::cell::Cell::new(0);
    let done = pollster::block_on(flood.carry_out(async |work| {
        tries.set(tries.get() + 1);
        work.attempt()
    }))
    .unwrap();
    let View::CarePlan(plan) = &done.view else { panic!() };
    assert_eq!((plan.tasks.len(), done.refused), (2, 200));
    assert!(tries.get() < 60, "{}", tries.get());
    // An edit that is none is told as that, and costs no change.
    let wrong = Work { goal: Goal::Edit(vec![Edit::AddTask(draft(" "))]), ..work.clone() };
    assert_eq!(carry_out(&wrong).err(), Some(DocsError::Broken));
    // A worker that cannot be had is no reason to leave anything out.
    let away = work.carry_out(async |work| match work.attempt() {
        Err(_) => Err(DocsError::Unavailable),
        done => done,
    });
    assert_eq!(pollster::block_on(away).err(), Some(DocsError::Unavailable));
    let asked = core::cell::Cell::new(0);
    let away = work.carry_out(async |work| {
        asked.set(asked.get() + 1);
        if asked.get() > 3 { Err(DocsError::Unavailable) } else { work.attempt() }
    });
    assert_eq!(pollster::block_on(away).err(), Some(DocsError::Unavailable));
}

#[test]
fn a_change_that_comes_before_what_it_builds_on_waits_for_it() {
    let (mut phone, mut laptop) = two(DocumentKind::Note);
    phone.edit(write(&Version::default(), "one")).unwrap();
    phone.edit(write(&phone.note().version, "one two")).unwrap();
    laptop.take(&phone.written[1..]);
    assert_eq!(laptop.note().text, "");
    laptop.take(&phone.written[..1]);
    assert_eq!(laptop.note().text, "one two");
}

#[test]
fn texts_and_documents_beyond_all_bounds_are_refused() {
    let mut device = Device::new(DocumentKind::Note, 1);
    assert_eq!(device.edit(write(&Version::default(), &"x".repeat(50_001))).err(), Some(DocsError::TooLong));
    device.edit(write(&Version::default(), &"é".repeat(50_000))).unwrap();
    let mut work = device.work(Vec::new(), Goal::Edit(Vec::new()));
    work.snapshot = b"nonsense".to_vec();
    assert_eq!(carry_out(&work).err(), Some(DocsError::Snapshot));
}

/// Changes of three devices that wrote apart and met now and then.
fn story(kind: DocumentKind, steps: &[(u8, u8, String)]) -> Vec<(Author, Vec<u8>)> {
    let mut devices: Vec<Device> = (1..4).map(|number| Device::new(kind, number)).collect();
    for (who, what, text) in steps {
        let who = usize::from(who % 3);
        let all: Vec<_> = devices.iter().flat_map(|device| device.written.clone()).collect();
        let device = &mut devices[who];
        let edit = match (kind, what % 6) {
            (_, 0) => {
                device.take(&all);
                continue;
            }
            (DocumentKind::CarePlan, 1) => Edit::AddTask(draft(&format!("x{text}"))),
            (DocumentKind::CarePlan, action) => {
                let Some(task) = device.last.as_ref().and_then(|_| device.plan().tasks.first().cloned()) else {
                    continue;
                };
                let day = Some(Day(20_000 + i32::from(*what)));
                match action {
                    2 => Edit::MarkTask { task: task.id, day, done: Some(what % 2 == 0) },
                    3 => Edit::MarkTask { task: task.id, day, done: None },
                    4 => Edit::ChangeTask { task: task.id, draft: draft(&format!("y{text}")) },
                    _ => Edit::SetTaskStatus { task: task.id, status: TaskStatus::Ended },
                }
            }
            (_, _) => {
                let note = device.last.as_ref().map(|_| device.note()).unwrap_or_default();
                // A note is begun by one device.
                if who > 0 && note.version.0.is_empty() {
                    continue;
                }
                let at = note.text.char_indices().nth(usize::from(*what) % 9).map_or(note.text.len(), |(at, _)| at);
                let new = format!("{}{text}{}", &note.text[..at], &note.text[at..]);
                Edit::WriteNote { seen: note.version, title: text.clone(), text: new }
            }
        };
        device.edit(vec![edit]).unwrap();
    }
    devices.into_iter().flat_map(|device| device.written).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Commutative, associative, idempotent: whatever the order, the batches and the repetitions, the same changes are
    /// the same document.
    #[test]
    fn the_same_changes_are_the_same_document(
        note in any::<bool>(),
        steps in proptest::collection::vec((any::<u8>(), any::<u8>(), "[a-zé🧊 ]{0,6}"), 1..14),
        order in any::<u64>(), batch in 1usize..5, again in any::<usize>(),
    ) {
        let kind = if note { DocumentKind::Note } else { DocumentKind::CarePlan };
        let all = story(kind, &steps);
        let whole = Device::new(kind, 9).take(&all);
        let mut shuffled = all.clone();
        let mut state = order | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        let mut pieces = Device::new(kind, 9);
        let mut last = pieces.take(&[]);
        for part in shuffled.chunks(batch) {
            last = pieces.take(part);
        }
        if let Some(twice) = all.get(again % all.len().max(1)..) {
            last = pieces.take(twice);
        }
        prop_assert_eq!(&last.view, &whole.view);
        prop_assert_eq!(&last.version, &whole.version);
    }

    /// What a stranger sends is refused or applied, and never more than that.
    #[test]
    fn hostile_changes_are_survived(
        at in any::<proptest::sample::Index>(), flip in 1u8..=255, cut in any::<proptest::sample::Index>(),
        noise in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let steps: Vec<_> = (0..9u8).map(|step| (0, step, "ab".to_owned())).collect();
        let good = story(DocumentKind::CarePlan, &steps);
        let mut device = Device::new(DocumentKind::CarePlan, 9);
        let mut flipped = good[0].clone();
        let place = at.index(flipped.1.len());
        flipped.1[place] ^= flip;
        // A checksum over the rest, so that more than the checksum is put to the test.
        let mut signed = flipped.clone();
        mend(&mut signed.1);
        let cut = (good[0].0, good[0].1[..cut.index(good[0].1.len())].to_vec());
        let done = carry_out(&device.work(vec![flipped, signed, cut, (good[0].0, noise)], Goal::Edit(Vec::new())));
        prop_assert!(done.is_ok_and(|done| done.refused >= 2) || place >= 8);
        let done = device.take(&good);
        prop_assert_eq!(done.refused, 0);
    }
}

/// Makes the checksum of a chunk right.
fn mend(bytes: &mut [u8]) {
    use sha2::{Digest as _, Sha256};
    if bytes.len() > 8 {
        let hash = Sha256::digest(&bytes[8..]);
        bytes[4..8].copy_from_slice(&hash[..4]);
    }
}

#[test]
fn run_lengths_that_stand_for_billions_are_refused_at_once() {
    let mut device = Device::new(DocumentKind::CarePlan, 1);
    device.edit(vec![Edit::AddTask(draft("Walk"))]).unwrap();
    let (author, good) = device.written[0].clone();
    // The action column holds small runs: the last column bytes are replaced by a run of 2^40.
    let mut refused = 0;
    for at in 40..good.len() {
        let mut bomb = good[..at].to_vec();
        bomb.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0x01]);
        bomb.extend(good.get(at + 7..).unwrap_or_default());
        let length = bomb.len().min(good.len());
        bomb.truncate(length);
        mend(&mut bomb);
        let work = Device::new(DocumentKind::CarePlan, 2).work(vec![(author, bomb)], Goal::Edit(Vec::new()));
        let done = carry_out(&work);
        refused += u32::from(!done.is_ok_and(|done| done.refused == 0));
    }
    assert!(refused > 50, "{refused}");
}
