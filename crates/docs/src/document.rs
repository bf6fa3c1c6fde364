use automerge::transaction::{CommitOptions, Transactable};
use automerge::{
    ActorId, AutoCommit, Change, ChangeHash, LoadOptions, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, TextEncoding,
    Value,
};

use crate::calendar::{Day, Schedule};
use crate::edit::{ContactDraft, Edit, ProfileField, TaskDraft};
use crate::limits::MAX_CHANGE_BYTES;
use crate::name::{Author, DocumentKind, Version};
use crate::task::{Mark, Task, TaskStatus};
use crate::text;
use crate::view::{CarePlan, Contact, Field, Note, Profile, View};
use crate::work::DocsError;

/// How places in a text are counted, on all platforms alike.
const ENCODING: TextEncoding = TextEncoding::UnicodeCodePoint;
/// Longest value that says one thing, characters.
const MAX_VALUE: usize = 2_000;
/// Longest text of a note, characters. Automerge deletes one by one: to replace 50,000 takes a second, 200,000 take six and more.
const MAX_TEXT: usize = 50_000;
/// Most tasks or contacts that are shown.
const MAX_ITEMS: usize = 2_000;
/// Most days of a task that are shown.
const MAX_MARKS: usize = 20_000;

const TASK: &str = "task/";
const CONTACT: &str = "contact/";

/// An Automerge document with its schema. Everything hangs on the root under a name of its own, and every object is made by
/// one change under a random name, so that no two devices ever make the same object twice.
///
/// - profile: a value per [`ProfileField::key`]; `contact/<id>` → map of `name`, `relation`, `phone`
/// - care plan: `task/<id>` → map of `title`, `detail`, `schedule`, `status`, `created` and a map `marks` of day → `done 123`
/// - note: `title` and `text`, which merge character by character; `created`, `removed`
pub(crate) struct Document {
    doc: AutoCommit,
}

impl Document {
    /// From a snapshot; empty bytes are an empty document.
    pub(crate) fn load(snapshot: &[u8]) -> Result<Self, DocsError> {
        if snapshot.is_empty() {
            return Ok(Self { doc: AutoCommit::new_with_encoding(ENCODING) });
        }
        let options = LoadOptions::new().text_encoding(ENCODING);
        let doc = AutoCommit::load_with_options(snapshot, options).map_err(|_| DocsError::Snapshot)?;
        Ok(Self { doc })
    }

    pub(crate) fn save(&mut self) -> Vec<u8> {
        self.doc.save()
    }

    /// Takes changes in, all at once, which is many times faster than one by one, and looks whether what comes of it can be read
    /// again: Automerge merges some changes that were made by hand into a document that it refuses to load. After an error
    /// some may be half in.
    pub(crate) fn apply(&mut self, changes: &[Change]) -> Result<(), DocsError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.doc.apply_changes_batch(changes.iter().cloned()).map_err(|_| DocsError::Broken)?;
        Self::load(&self.save()).map(drop)
    }

    /// Whether a change is in.
    pub(crate) fn holds(&mut self, change: &ChangeHash) -> bool {
        self.doc.get_change_by_hash(change).is_some()
    }

    pub(crate) fn write_as(&mut self, author: Author, branch: u32) {
        let branch = if branch == 0 { Vec::new() } else { branch.to_be_bytes().to_vec() };
        self.doc.set_actor(ActorId::from([branch.as_slice(), &author.0].concat()));
    }

    /// Names of the newest changes, in order.
    pub(crate) fn version(&mut self) -> Version {
        let mut heads: Vec<[u8; 32]> = self.doc.get_heads().iter().map(|head| head.0).collect();
        heads.sort_unstable();
        Version(heads)
    }

    /// What was written since a version.
    pub(crate) fn changes_since(&mut self, version: &Version) -> Result<Vec<Vec<u8>>, DocsError> {
        let changes: Vec<Vec<u8>> =
            self.doc.get_changes(&hashes(version)).iter().map(|change| change.raw_bytes().to_vec()).collect();
        if changes.iter().any(|change| change.len() > MAX_CHANGE_BYTES) { Err(DocsError::TooLong) } else { Ok(changes) }
    }

    /// Carries out an edit as one change; gives the version that it made by itself.
    pub(crate) fn edit(
        &mut self,
        kind: DocumentKind,
        edit: &Edit,
        now_ms: i64,
        id: [u8; 16],
    ) -> Result<Version, DocsError> {
        match (kind, edit) {
            (DocumentKind::CarePlan, Edit::AddTask(draft)) => self.add_task(id, draft, now_ms)?,
            (DocumentKind::CarePlan, Edit::ChangeTask { task, draft }) => {
                let object = self.find(TASK, *task)?;
                self.write_task(&object, draft)?;
            }
            (DocumentKind::CarePlan, Edit::SetTaskStatus { task, status }) => {
                let object = self.find(TASK, *task)?;
                self.set(&object, "status", status_text(*status))?;
            }
            (DocumentKind::CarePlan, Edit::MarkTask { task, day, done }) => {
                let object = self.find(TASK, *task)?;
                let mark = done.map(|done| Mark { done, at_ms: now_ms });
                self.mark(&object, *day, mark)?;
            }
            (DocumentKind::Note, Edit::WriteNote { seen, title, text }) => {
                return self.write_note(seen, title, text, now_ms);
            }
            (DocumentKind::Profile, Edit::SetProfile(field, value)) => self.set(&ROOT, field.key(), value)?,
            (DocumentKind::Profile, Edit::AddContact(draft)) => {
                let object = self.make(&ROOT, &item(CONTACT, id), ObjType::Map)?;
                self.write_contact(&object, draft)?;
            }
            (DocumentKind::Profile, Edit::ChangeContact { contact, draft }) => {
                let object = self.find(CONTACT, *contact)?;
                self.write_contact(&object, draft)?;
            }
            (DocumentKind::Profile, Edit::RemoveContact(contact)) => {
                self.find(CONTACT, *contact)?;
                self.doc.delete(ROOT, item(CONTACT, *contact)).map_err(|_| DocsError::Broken)?;
            }
            _ => return Err(DocsError::Broken),
        }
        self.commit(now_ms);
        Ok(self.version())
    }

    /// Writes what another generation said as the first change of this one.
    pub(crate) fn found(&mut self, view: &View, now_ms: i64) -> Result<Version, DocsError> {
        match view {
            View::Profile(profile) => {
                for (field, value) in &profile.fields {
                    self.set(&ROOT, field.key(), &value.value)?;
                }
                for contact in &profile.contacts {
                    let object = self.make(&ROOT, &item(CONTACT, contact.id), ObjType::Map)?;
                    let draft = ContactDraft {
                        name: contact.name.value.clone(),
                        relation: contact.relation.value.clone(),
                        phone: contact.phone.value.clone(),
                    };
                    self.write_contact(&object, &draft)?;
                }
            }
            View::CarePlan(plan) => {
                for task in &plan.tasks {
                    let draft = TaskDraft {
                        title: task.title.value.clone(),
                        detail: task.detail.value.clone(),
                        schedule: task.schedule,
                    };
                    self.add_task(task.id, &draft, task.created_ms)?;
                    let object = self.find(TASK, task.id)?;
                    self.set(&object, "status", status_text(task.status))?;
                    for (day, mark) in &task.marks {
                        self.mark(&object, *day, Some(*mark))?;
                    }
                }
            }
            View::Note(note) => {
                self.begin_note(note.created_ms)?;
                self.write_texts(&note.title, &note.text)?;
                if note.removed {
                    self.put(&ROOT, "removed", true)?;
                }
            }
        }
        self.commit(now_ms);
        Ok(self.version())
    }

    /// What it says.
    pub(crate) fn view(&mut self, kind: DocumentKind) -> View {
        match kind {
            DocumentKind::Profile => View::Profile(self.profile()),
            DocumentKind::CarePlan => View::CarePlan(CarePlan { tasks: self.tasks() }),
            DocumentKind::Note => View::Note(self.note()),
        }
    }

    fn commit(&mut self, now_ms: i64) {
        self.doc.commit_with(CommitOptions::default().with_time(now_ms.div_euclid(1000)));
    }

    fn add_task(&mut self, id: [u8; 16], draft: &TaskDraft, now_ms: i64) -> Result<(), DocsError> {
        let object = self.make(&ROOT, &item(TASK, id), ObjType::Map)?;
        self.write_task(&object, draft)?;
        self.set(&object, "status", status_text(TaskStatus::Active))?;
        self.put(&object, "created", now_ms)?;
        self.make(&object, "marks", ObjType::Map).map(drop)
    }

    fn write_task(&mut self, object: &ObjId, draft: &TaskDraft) -> Result<(), DocsError> {
        if draft.title.trim().is_empty() || draft.schedule.due.is_some_and(|due| !due.is_plausible()) {
            return Err(DocsError::Broken);
        }
        self.set(object, "title", draft.title.trim())?;
        self.set(object, "detail", draft.detail.trim())?;
        self.set(object, "schedule", &draft.schedule.to_text())
    }

    fn mark(&mut self, task: &ObjId, day: Option<Day>, mark: Option<Mark>) -> Result<(), DocsError> {
        let marks = self.object(task, "marks").ok_or(DocsError::NotFound)?;
        let key = day.map_or_else(|| "-".to_owned(), Day::to_iso);
        match mark {
            Some(mark) => self.put(&marks, &key, mark_text(mark)),
            None => self.doc.delete(&marks, key).map_err(|_| DocsError::Broken),
        }
    }

    fn write_contact(&mut self, object: &ObjId, draft: &ContactDraft) -> Result<(), DocsError> {
        self.set(object, "name", draft.name.trim())?;
        self.set(object, "relation", draft.relation.trim())?;
        self.set(object, "phone", draft.phone.trim())
    }

    fn begin_note(&mut self, now_ms: i64) -> Result<(), DocsError> {
        self.make(&ROOT, "title", ObjType::Text)?;
        self.make(&ROOT, "text", ObjType::Text)?;
        self.put(&ROOT, "created", now_ms)
    }

    /// Writes what differs from what the author saw, as if nobody else had written since.
    fn write_note(&mut self, seen: &Version, title: &str, text: &str, now_ms: i64) -> Result<Version, DocsError> {
        if title.chars().count() > MAX_VALUE || text.chars().count() > MAX_TEXT {
            return Err(DocsError::TooLong);
        }
        if self.object(&ROOT, "text").is_none() {
            self.begin_note(now_ms)?;
        } else if self.texts() == [title, text] {
            // Asked twice, or on two devices: nothing is written a second time.
            return Ok(self.version());
        }
        let seen = hashes(seen);
        let known = !seen.is_empty() && seen.iter().all(|hash| self.doc.get_change_by_hash(hash).is_some());
        let mut heads = self.doc.get_heads();
        heads.sort_unstable();
        let apart = known && heads != seen;
        if apart {
            self.doc.isolate(&seen);
        }
        let written = self.write_texts(title, text);
        self.doc.commit_with(CommitOptions::default().with_time(now_ms.div_euclid(1000)));
        let own = self.version();
        if apart {
            self.doc.integrate();
        }
        written.map(|()| own)
    }

    fn write_texts(&mut self, title: &str, text: &str) -> Result<(), DocsError> {
        for (key, new) in [("title", title), ("text", text)] {
            let object = self.object(&ROOT, key).ok_or(DocsError::NotFound)?;
            let old = text::read(&self.doc, &object);
            text::rewrite(&mut self.doc, &object, &old, new)?;
        }
        Ok(())
    }

    fn make(&mut self, parent: &ObjId, key: &str, kind: ObjType) -> Result<ObjId, DocsError> {
        self.doc.put_object(parent, key, kind).map_err(|_| DocsError::Broken)
    }

    fn put(&mut self, object: &ObjId, key: &str, value: impl Into<ScalarValue>) -> Result<(), DocsError> {
        self.doc.put(object, key, value).map_err(|_| DocsError::Broken)
    }

    /// Sets a value that says one thing, where it differs or is contested.
    fn set(&mut self, object: &ObjId, key: &str, value: &str) -> Result<(), DocsError> {
        if value.chars().count() > MAX_VALUE {
            return Err(DocsError::TooLong);
        }
        let there = self.field(object, key);
        if there.value == value && there.others.is_empty() {
            return Ok(());
        }
        self.put(object, key, value)
    }

    fn find(&self, kind: &str, id: [u8; 16]) -> Result<ObjId, DocsError> {
        self.object(&ROOT, &item(kind, id)).ok_or(DocsError::NotFound)
    }

    fn object(&self, parent: &ObjId, key: &str) -> Option<ObjId> {
        match self.doc.get(parent, key) {
            Ok(Some((Value::Object(_), id))) => Some(id),
            _ => None,
        }
    }

    fn values(&self, object: &ObjId, key: &str) -> Vec<String> {
        let all = self.doc.get_all(object, key).unwrap_or_default();
        let texts = all.into_iter().filter_map(|(value, _)| value.as_str().map(str::to_owned));
        texts.filter(|text| text.chars().count() <= MAX_VALUE).collect()
    }

    fn field(&self, object: &ObjId, key: &str) -> Field {
        let mut values = self.values(object, key);
        // The last one is the one that Automerge takes.
        let value = values.pop().unwrap_or_default();
        let mut others: Vec<String> = values.into_iter().filter(|other| *other != value).collect();
        others.sort_unstable();
        others.dedup();
        Field { value, others }
    }

    fn number(&self, object: &ObjId, key: &str) -> i64 {
        self.doc.get(object, key).ok().flatten().and_then(|(value, _)| value.as_i64()).unwrap_or(0)
    }

    /// Objects of the root with such a name, oldest first.
    fn items(&self, kind: &str) -> Vec<([u8; 16], ObjId)> {
        let keys = self.doc.keys(ROOT).filter_map(|key| Some((read_item(kind, &key)?, key)));
        keys.filter_map(|(id, key)| Some((id, self.object(&ROOT, &key)?))).take(MAX_ITEMS).collect()
    }

    fn profile(&self) -> Profile {
        let fields = ProfileField::ALL.iter().map(|field| (*field, self.field(&ROOT, field.key()))).collect();
        let contacts = self.items(CONTACT).into_iter().map(|(id, object)| Contact {
            id,
            name: self.field(&object, "name"),
            relation: self.field(&object, "relation"),
            phone: self.field(&object, "phone"),
        });
        Profile { fields, contacts: contacts.collect() }
    }

    fn tasks(&self) -> Vec<Task> {
        let tasks = self.items(TASK).into_iter().map(|(id, object)| self.task(id, &object));
        let mut tasks: Vec<Task> = tasks.filter(|task| task.status != TaskStatus::Removed).collect();
        tasks.sort_by_key(|task| (task.created_ms, task.id));
        tasks
    }

    fn task(&self, id: [u8; 16], object: &ObjId) -> Task {
        let schedule = self.field(object, "schedule");
        let statuses = self.values(object, "status");
        Task {
            id,
            title: self.field(object, "title"),
            detail: self.field(object, "detail"),
            schedule: Schedule::from_text(&schedule.value).unwrap_or(Schedule::ANY_TIME),
            other_schedules: schedule.others.iter().filter_map(|text| Schedule::from_text(text)).collect(),
            status: read_status(&statuses),
            created_ms: self.number(object, "created"),
            marks: self.object(object, "marks").map(|marks| self.marks(&marks)).unwrap_or_default(),
        }
    }

    fn marks(&self, marks: &ObjId) -> Vec<(Option<Day>, Mark)> {
        let days = self.doc.keys(marks).filter_map(|key| {
            let day = if key == "-" { None } else { Some(Day::from_iso(&key)?) };
            // Where one device says done and another not done, it was done.
            let said = self
                .values(marks, &key)
                .iter()
                .filter_map(|text| read_mark(text))
                .max_by_key(|mark| (mark.done, mark.at_ms));
            Some((day, said?))
        });
        let mut days: Vec<_> = days.take(MAX_MARKS).collect();
        days.sort_by_key(|(day, _)| *day);
        days
    }

    fn texts(&self) -> [String; 2] {
        ["title", "text"]
            .map(|key| self.object(&ROOT, key).map(|object| text::read(&self.doc, &object)).unwrap_or_default())
    }

    fn note(&mut self) -> Note {
        let version = self.version();
        let [title, text] = self.texts();
        let changed = self.doc.get_changes(&[]).iter().map(Change::timestamp).max().unwrap_or(0);
        let removed = self.doc.get(ROOT, "removed").ok().flatten().and_then(|(value, _)| value.as_bool());
        Note {
            title,
            text,
            created_ms: self.number(&ROOT, "created"),
            changed_ms: changed.saturating_mul(1000),
            // Changes without the first one, which was erased, say nothing.
            removed: removed.unwrap_or_else(|| self.object(&ROOT, "text").is_none()),
            version,
        }
    }
}

fn hashes(version: &Version) -> Vec<ChangeHash> {
    version.0.iter().map(|hash| ChangeHash(*hash)).collect()
}

fn item(kind: &str, id: [u8; 16]) -> String {
    let mut key = String::with_capacity(kind.len() + 32);
    key.push_str(kind);
    for byte in id {
        for digit in [byte >> 4, byte & 15] {
            key.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    key
}

fn read_item(kind: &str, key: &str) -> Option<[u8; 16]> {
    let digits = key.strip_prefix(kind)?.as_bytes();
    let (pairs, rest) = digits.as_chunks::<2>();
    let mut id = [0; 16];
    if pairs.len() != id.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in id.iter_mut().zip(pairs) {
        let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        *byte = digit(high)? << 4 | digit(low)?;
    }
    (item(kind, id) == key).then_some(id)
}

const fn status_text(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Active => "active",
        TaskStatus::Ended => "ended",
        TaskStatus::Removed => "removed",
    }
}

/// Where devices disagree, a task that one of them goes on with goes on.
fn read_status(said: &[String]) -> TaskStatus {
    let says = |text: &str| said.iter().any(|status| status == text);
    match (says("active"), says("ended"), says("removed")) {
        (true, ..) => TaskStatus::Active,
        (_, true, _) => TaskStatus::Ended,
        (.., true) => TaskStatus::Removed,
        _ => TaskStatus::Active,
    }
}

fn mark_text(mark: Mark) -> String {
    format!("{} {}", if mark.done { "done" } else { "not-done" }, mark.at_ms)
}

fn read_mark(text: &str) -> Option<Mark> {
    let (said, at) = text.split_once(' ')?;
    let done = match said {
        "done" => true,
        "not-done" => false,
        _ => return None,
    };
    Some(Mark { done, at_ms: at.parse().ok()? })
}
