//! Documents as FHIR resources, for taking a record out. What they say now goes out; how they came to say it is in backups.

use chartchain_docs::{
    CarePlan, DocumentName, Field, Note, Profile, ProfileField, Repeat, Schedule, Task, TaskStatus, View,
};
use serde_json::{Map, Value, json};

use crate::export::iso_instant;
use crate::profile::to_hex;

/// Marks resources that were made of a document, so that whoever reads them knows that they were written by the person.
const SYSTEM: &str = "urn:chartchain:document";

/// The resources that a document is, each with its full URL.
pub(crate) fn resources(name: &DocumentName, view: &View, subject: &str) -> Vec<(String, String)> {
    let made = match view {
        View::CarePlan(plan) => care_plan(plan, subject),
        View::Note(note) => vec![document_reference(name, note, subject)],
        View::Profile(profile) => vec![questionnaire_response(profile, subject)],
    };
    made.into_iter().map(|(url, resource)| (url, resource.to_string())).collect()
}

fn url(what: &str, id: &[u8; 16]) -> String {
    format!("urn:chartchain:{what}:{}", to_hex(id))
}

fn resource(kind: &str, tag: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("resourceType".into(), kind.into());
    fields.insert("meta".into(), json!({ "tag": [{ "system": SYSTEM, "code": tag }] }));
    fields
}

fn put(fields: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    fields.insert(key.into(), value.into());
}

/// A value, and what other devices set at the same time, all of it.
fn text(field: &Field) -> String {
    [core::slice::from_ref(&field.value), field.others.as_slice()].concat().join(" / ")
}

fn care_plan(plan: &CarePlan, subject: &str) -> Vec<(String, Value)> {
    let tasks: Vec<&Task> = plan.tasks.iter().filter(|task| task.status != TaskStatus::Removed).collect();
    let mut fields = resource("CarePlan", "care-plan");
    put(&mut fields, "status", "active");
    put(&mut fields, "intent", "plan");
    put(&mut fields, "subject", json!({ "reference": subject }));
    let activities: Vec<Value> =
        tasks.iter().map(|task| json!({ "reference": { "reference": url("task", &task.id) } })).collect();
    if !activities.is_empty() {
        put(&mut fields, "activity", activities);
    }
    let plan = (url("care-plan", &[0; 16]), Value::Object(fields));
    core::iter::once(plan)
        .chain(tasks.into_iter().map(|task| (url("task", &task.id), task_resource(task, subject))))
        .collect()
}

fn task_resource(task: &Task, subject: &str) -> Value {
    let settled = task.schedule.repeat == Repeat::Once && !task.marks.is_empty();
    let done = task.marks.iter().any(|(_, mark)| mark.done);
    let status = match task.status {
        TaskStatus::Ended | TaskStatus::Removed => "cancelled",
        TaskStatus::Active if settled && done => "completed",
        TaskStatus::Active if settled => "failed",
        TaskStatus::Active => "accepted",
    };
    let mut fields = resource("Task", "task");
    put(&mut fields, "status", status);
    put(&mut fields, "intent", "plan");
    put(&mut fields, "description", text(&task.title));
    put(&mut fields, "for", json!({ "reference": subject }));
    put(&mut fields, "authoredOn", iso_instant(task.created_ms));
    let detail = text(&task.detail);
    if !detail.is_empty() {
        put(&mut fields, "note", json!([{ "text": detail }]));
    }
    let schedules = core::iter::once(&task.schedule).chain(&task.other_schedules);
    let input: Vec<Value> = schedules.filter_map(timing).collect();
    if !input.is_empty() {
        put(&mut fields, "input", input);
    }
    let output = task.marks.iter().map(|(day, mark)| {
        let said = if mark.done { "done" } else { "not done" };
        let what = day.map_or_else(|| said.to_owned(), |day| format!("{said}, due {}", day.to_iso()));
        json!({ "type": { "text": what }, "valueDateTime": iso_instant(mark.at_ms) })
    });
    let output: Vec<Value> = output.collect();
    if !output.is_empty() {
        put(&mut fields, "output", output);
    }
    Value::Object(fields)
}

fn timing(schedule: &Schedule) -> Option<Value> {
    let due = schedule.due?.to_iso();
    let repeat = |period: u16, unit: &str| json!({ "boundsPeriod": { "start": due }, "frequency": 1, "period": period, "periodUnit": unit });
    let timing = match schedule.repeat {
        Repeat::Once => return Some(json!({ "type": { "text": "due" }, "valueDate": due })),
        Repeat::Days(days) => repeat(days, "d"),
        Repeat::Months(months) => repeat(months, "mo"),
    };
    Some(json!({ "type": { "text": "due" }, "valueTiming": { "repeat": timing } }))
}

fn document_reference(name: &DocumentName, note: &Note, subject: &str) -> (String, Value) {
    let mut attachment = Map::new();
    put(&mut attachment, "contentType", "text/plain; charset=utf-8");
    put(&mut attachment, "data", base64(note.text.as_bytes()));
    if !note.title.is_empty() {
        put(&mut attachment, "title", note.title.as_str());
    }
    put(&mut attachment, "creation", iso_instant(note.created_ms));
    let mut fields = resource("DocumentReference", "note");
    put(&mut fields, "status", "current");
    put(&mut fields, "type", json!({ "text": "Note" }));
    put(&mut fields, "subject", json!({ "reference": subject }));
    put(&mut fields, "date", iso_instant(note.changed_ms));
    put(&mut fields, "content", json!([{ "attachment": attachment }]));
    (url("note", &name.id), Value::Object(fields))
}

fn questionnaire_response(profile: &Profile, subject: &str) -> (String, Value) {
    let answer = |link: &str, field: &Field| {
        let answers: Vec<Value> = core::iter::once(&field.value)
            .chain(&field.others)
            .filter(|value| !value.is_empty())
            .map(|value| json!({ "valueString": value }))
            .collect();
        (!answers.is_empty()).then(|| json!({ "linkId": link, "text": link, "answer": answers }))
    };
    let fields = profile.fields.iter().filter_map(|(field, value)| answer(ProfileField::key(*field), value));
    let contacts = profile.contacts.iter().map(|contact| {
        let parts = [("name", &contact.name), ("relation", &contact.relation), ("phone", &contact.phone)];
        let parts: Vec<Value> = parts.iter().filter_map(|(link, field)| answer(link, field)).collect();
        json!({ "linkId": "contact", "text": "contact", "item": parts })
    });
    let items: Vec<Value> = fields.chain(contacts).collect();
    let mut fields = resource("QuestionnaireResponse", "profile");
    put(&mut fields, "status", "completed");
    put(&mut fields, "subject", json!({ "reference": subject }));
    put(&mut fields, "item", items);
    (url("profile", &[0; 16]), Value::Object(fields))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: [char; 64] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V',
        'W', 'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r',
        's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '/',
    ];
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let [one, two, three] = [0, 1, 2].map(|at| u32::from(chunk.get(at).copied().unwrap_or(0)));
        let bits = one << 16 | two << 8 | three;
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = DIGITS.get((bits >> shift & 63) as usize).copied().unwrap_or('=');
            out.push(if place <= chunk.len() { digit } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
