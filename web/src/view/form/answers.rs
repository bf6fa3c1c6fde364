//! What was answered so far, as texts, and the form of the engine that it makes.

use std::collections::BTreeMap;

use chartchain_vault::protocol::form::{
    Allergy, Attachment, Certainty, Condition, ConditionStatus, DateParts, Document, DocumentKind, Field, Form,
    FormDate, MOST_TIMES_A_DAY, Measurement, MeasurementKind, Medicine, Note, Reading, Severity, Symptom, Taken, Unit,
    Vaccination,
};
use chartchain_vault::protocol::{EntryId, FileCard, InputId};
use serde::{Deserialize, Serialize};

use super::{Slot, Sort};
use crate::view::dates::Date;

const SEVERITIES: [Severity; 3] = [Severity::Mild, Severity::Moderate, Severity::Severe];
const CERTAINTIES: [Certainty; 2] = [Certainty::Sure, Certainty::Suspected];
const TIMES: [u8; MOST_TIMES_A_DAY as usize] = [1, 2, 3, 4, 5, 6];
const TAKEN: [Taken; 3] = [Taken::Current, Taken::Planned, Taken::Stopped];
const STATUSES: [ConditionStatus; 4] =
    [ConditionStatus::Active, ConditionStatus::Remission, ConditionStatus::Inactive, ConditionStatus::Resolved];

/// A date in its fields, and as it was written where nobody changed it since.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
struct Dated {
    parts: DateParts,
    before: Option<(FormDate, DateParts)>,
}

/// Answers to the questions of a form. Choices are the places of the answers: `0`, `1`, and so on; empty is none.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What is written.
    pub sort: Sort,
    texts: BTreeMap<Slot, String>,
    dates: BTreeMap<Slot, Dated>,
    units: Vec<(MeasurementKind, Unit)>,
    /// The file of a document.
    pub file: Option<Filed>,
    /// Its place among drafts of new entries, where that is not the one of its sort.
    #[serde(skip)]
    pub(super) place: Option<u8>,
    /// The versions that it replaces, first the one it goes on from; none for a new entry. A version that comes while the person
    /// writes is none of them.
    pub amends: Vec<EntryId>,
}

/// The file of a document: one that waits for it, or the one that it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// What it is.
    pub card: FileCard,
    /// It waits to be saved.
    pub waits: bool,
}

impl Draft {
    /// An empty one. `units` are those that the person chose before.
    #[must_use]
    pub fn new(sort: Sort, units: Vec<(MeasurementKind, Unit)>) -> Self {
        let mut draft = Self {
            sort,
            texts: BTreeMap::new(),
            dates: BTreeMap::new(),
            units,
            file: None,
            place: None,
            amends: Vec::new(),
        };
        if matches!(sort, Sort::Medicine | Sort::Condition) {
            draft.put(Slot::Of(Field::Status), "0".into());
        }
        if sort == Sort::Document {
            draft.put(Slot::Kind, "0".into());
        }
        draft
    }

    /// What stands in a place.
    #[must_use]
    pub fn text(&self, slot: Slot) -> &str {
        self.texts.get(&slot).map_or("", String::as_str)
    }

    /// Answers a question. Another kind of measurement has other units: the one that was chosen for it before, or none.
    pub fn set(&mut self, slot: Slot, text: String) {
        self.put(slot, text);
        if slot == Slot::Measured {
            let unit = self.measured().and_then(|kind| {
                let known = self.units.iter().rev().find(|(of, _)| *of == kind).map(|(_, unit)| *unit);
                let mut all = kind.units();
                let first = all.next();
                known.or(first.filter(|_| all.next().is_none()))
            });
            self.put_unit(unit);
        }
    }

    /// The fields of a date.
    #[must_use]
    pub fn parts(&self, slot: Slot) -> DateParts {
        self.dates.get(&slot).map(|dated| dated.parts.clone()).unwrap_or_default()
    }

    /// Answers with a date.
    pub fn set_parts(&mut self, slot: Slot, parts: DateParts) {
        self.dates.entry(slot).or_default().parts = parts;
    }

    /// What is measured, once that was chosen.
    #[must_use]
    pub fn measured(&self) -> Option<MeasurementKind> {
        chosen(&MeasurementKind::ALL, self.text(Slot::Measured))
    }

    /// The unit, once that was chosen.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        let units: Vec<Unit> = self.measured()?.units().collect();
        chosen(&units, self.text(Slot::Of(Field::Unit)))
    }

    /// The form, `None` while it is not said what was measured. `offset` tells by how many minutes this device's clock
    /// is east of UTC at a date.
    #[must_use]
    pub fn form(&self, offset: &dyn Fn(&DateParts) -> i16) -> Option<Form> {
        let text = |field| self.text(Slot::Of(field)).to_owned();
        let date = |field| self.date(Slot::Of(field), offset);
        let status = self.text(Slot::Of(Field::Status));
        let severity = chosen(&SEVERITIES, self.text(Slot::Severity));
        let (from, until, comment) = (date(Field::From), date(Field::Until), text(Field::Comment));
        Some(match self.sort {
            Sort::Symptom => Form::Symptom(Symptom {
                name: text(Field::Name),
                from,
                until,
                severity,
                site: text(Field::Site),
                comment,
            }),
            Sort::Measurement => {
                let kind = self.measured()?;
                let number = |field| normal_number(self.text(Slot::Of(field)));
                let reading = match kind {
                    MeasurementKind::BloodPressure => {
                        Reading::Pressure { systolic: number(Field::Number), diastolic: number(Field::Diastolic) }
                    }
                    _ => Reading::One(number(Field::Number)),
                };
                let (unit, when, site) = (self.unit(), date(Field::When), text(Field::Site));
                Form::Measurement(Measurement { kind, reading, unit, when, site, comment })
            }
            Sort::Medicine => Form::Medicine(Medicine {
                name: text(Field::Name),
                dose: text(Field::Dose),
                times_a_day: chosen(&TIMES, self.text(Slot::TimesADay)),
                // Who reads only the words learns how often, too.
                how_often: Some(text(Field::HowOften)).filter(|words| !words.trim().is_empty()).unwrap_or_else(|| {
                    chosen(&TIMES, self.text(Slot::TimesADay)).map_or_else(String::new, super::times_words)
                }),
                route: text(Field::Route),
                reason: text(Field::Reason),
                from,
                until,
                taken: chosen(&TAKEN, status).unwrap_or_default(),
                comment,
            }),
            Sort::Allergy => Form::Allergy(Allergy {
                substance: text(Field::Name),
                reaction: text(Field::Reaction),
                severity,
                from,
                certainty: chosen(&CERTAINTIES, self.text(Slot::Certainty)),
                comment,
            }),
            Sort::Condition => {
                let status = chosen(&STATUSES, status).unwrap_or_default();
                Form::Condition(Condition { name: text(Field::Name), from, until, status, comment })
            }
            Sort::Vaccination => Form::Vaccination(Vaccination {
                vaccine: text(Field::Name),
                when: date(Field::When),
                lot: text(Field::Lot),
                maker: text(Field::Maker),
                place: text(Field::Place),
                comment,
            }),
            Sort::Note => {
                Form::Note(Note { title: text(Field::Title), text: text(Field::Text), when: date(Field::When) })
            }
            Sort::Document => Form::Document(Document {
                title: text(Field::Title),
                kind: chosen(&DocumentKind::ALL, self.text(Slot::Kind)).unwrap_or(DocumentKind::Other),
                when: date(Field::When),
                attachment: self.attachment(),
            }),
        })
    }

    /// A form filled in.
    #[must_use]
    pub fn of_form(form: &Form) -> Self {
        use Field::{
            Comment, Diastolic, Dose, From, HowOften, Lot, Maker, Name, Number, Place, Reaction, Reason, Route, Site,
            Status, Text, Title, Until, When,
        };
        let new = |sort| Self::new(sort, Vec::new());
        match form {
            Form::Symptom(it) => new(Sort::Symptom)
                .with(&[(Name, &it.name), (Site, &it.site), (Comment, &it.comment)])
                .dated(&[(From, &it.from), (Until, &it.until)])
                .choosing(Slot::Severity, &SEVERITIES, it.severity),
            Form::Measurement(it) => {
                let mut draft = new(Sort::Measurement)
                    .choosing(Slot::Measured, &MeasurementKind::ALL, Some(it.kind))
                    .with(&[(Site, &it.site), (Comment, &it.comment)])
                    .dated(&[(When, &it.when)]);
                draft.put_unit(it.unit);
                match &it.reading {
                    Reading::One(number) => draft.with(&[(Number, number)]),
                    Reading::Pressure { systolic, diastolic } => {
                        draft.with(&[(Number, systolic), (Diastolic, diastolic)])
                    }
                }
            }
            Form::Medicine(it) => new(Sort::Medicine)
                .with(&[(Name, &it.name), (Dose, &it.dose), (HowOften, &it.how_often), (Route, &it.route)])
                .with(&[(Reason, &it.reason), (Comment, &it.comment)])
                .dated(&[(From, &it.from), (Until, &it.until)])
                .choosing(Slot::TimesADay, &TIMES, it.times_a_day)
                .choosing(Slot::Of(Status), &TAKEN, Some(it.taken)),
            Form::Allergy(it) => new(Sort::Allergy)
                .with(&[(Name, &it.substance), (Reaction, &it.reaction), (Comment, &it.comment)])
                .dated(&[(From, &it.from)])
                .choosing(Slot::Severity, &SEVERITIES, it.severity)
                .choosing(Slot::Certainty, &CERTAINTIES, it.certainty),
            Form::Condition(it) => new(Sort::Condition)
                .with(&[(Name, &it.name), (Comment, &it.comment)])
                .dated(&[(From, &it.from), (Until, &it.until)])
                .choosing(Slot::Of(Status), &STATUSES, Some(it.status)),
            Form::Vaccination(it) => new(Sort::Vaccination)
                .with(&[(Name, &it.vaccine), (Lot, &it.lot), (Maker, &it.maker), (Place, &it.place)])
                .with(&[(Comment, &it.comment)])
                .dated(&[(When, &it.when)]),
            Form::Note(it) => new(Sort::Note).with(&[(Title, &it.title), (Text, &it.text)]).dated(&[(When, &it.when)]),
            Form::Document(it) => {
                let mut draft = new(Sort::Document).with(&[(Title, &it.title)]).dated(&[(When, &it.when)]).choosing(
                    Slot::Kind,
                    &DocumentKind::ALL,
                    Some(it.kind),
                );
                let Attachment { content_type, size_bytes, sha256, url } = it.attachment.clone();
                let (input, name) = (InputId(u32::MAX), String::new());
                let card = FileCard { input, name, content_type, size_bytes, sha256, url };
                draft.file = (!card.url.is_empty()).then_some(Filed { card, waits: false });
                draft
            }
        }
    }

    fn attachment(&self) -> Attachment {
        match &self.file {
            Some(Filed { card, .. }) => Attachment {
                content_type: card.content_type.clone(),
                size_bytes: card.size_bytes,
                sha256: card.sha256,
                url: card.url.clone(),
            },
            None => Attachment { content_type: String::new(), size_bytes: 0, sha256: [0; 32], url: String::new() },
        }
    }

    /// The same, kept in a place of its own until it is saved.
    #[must_use]
    pub fn kept_as(self, place: u8) -> Self {
        Self { place: Some(place), ..self }
    }

    /// What was typed, one answer to a line, for a person to copy.
    #[must_use]
    pub fn typed(&self) -> String {
        let mut lines: Vec<&str> = self
            .texts
            .iter()
            .filter(|(slot, _)| matches!(slot, Slot::Of(field) if !matches!(field, Field::Status | Field::Unit)))
            .map(|(_, text)| text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    /// For keeping it as a draft.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_stdvec(self).ok()
    }

    /// What was kept; `None` for what another version wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        // What was kept before versions were named ends where their number stands.
        postcard::from_bytes(&[bytes, &[0]].concat()).ok()
    }

    fn put(&mut self, slot: Slot, text: String) {
        self.texts.insert(slot, text);
    }

    fn put_unit(&mut self, unit: Option<Unit>) {
        let units: Vec<Unit> = self.measured().map(|kind| kind.units().collect()).unwrap_or_default();
        self.put(Slot::Of(Field::Unit), place_of(&units, unit));
    }

    fn with(mut self, texts: &[(Field, &String)]) -> Self {
        for (field, text) in texts {
            self.put(Slot::Of(*field), (*text).clone());
        }
        self
    }

    fn dated(mut self, dates: &[(Field, &FormDate)]) -> Self {
        for (field, date) in dates {
            let parts = date.parts().unwrap_or_default();
            let before = Some(((*date).clone(), parts.clone()));
            self.dates.insert(Slot::Of(*field), Dated { parts, before });
        }
        self
    }

    fn choosing<T: PartialEq>(mut self, slot: Slot, all: &[T], one: Option<T>) -> Self {
        self.put(slot, place_of(all, one));
        self
    }

    /// A time that was written here keeps to this device's clock, one that was written elsewhere to its own.
    fn date(&self, slot: Slot, offset: &dyn Fn(&DateParts) -> i16) -> FormDate {
        let Some(Dated { parts, before }) = self.dates.get(&slot) else { return FormDate::default() };
        let elsewhere = match before {
            Some((written, old)) if old == parts => return written.clone(),
            Some((_, old)) => old.offset_minutes.filter(|minutes| *minutes != offset(old)),
            None => None,
        };
        FormDate::from_parts(&DateParts {
            offset_minutes: Some(elsewhere.unwrap_or_else(|| offset(parts))),
            ..parts.clone()
        })
    }
}

fn chosen<T: Copy>(all: &[T], place: &str) -> Option<T> {
    all.get(place.parse::<usize>().ok()?).copied()
}

fn place_of<T: PartialEq>(all: &[T], one: Option<T>) -> String {
    one.and_then(|one| all.iter().position(|other| *other == one)).map_or_else(String::new, |at| at.to_string())
}

/// A number with a point where a comma stood. A number with both, or with several, stays as it is, because nobody knows
/// which of them is the decimal one.
#[must_use]
pub fn normal_number(text: &str) -> String {
    let text = text.trim();
    let is_decimal_comma = text.matches(',').count() == 1 && !text.contains('.');
    if is_decimal_comma { text.replace(',', ".") } else { text.to_owned() }
}

/// The fields of a day, with its time or without.
#[must_use]
pub fn parts_of(date: &Date, clock: bool) -> DateParts {
    let part = |number: Option<u8>| number.map(|number| number.to_string()).unwrap_or_default();
    let clock = date.time.filter(|_| clock).map(|(hour, minute)| format!("{hour}:{minute:02}"));
    DateParts {
        year: date.year.to_string(),
        month: part(date.month),
        day: part(date.day),
        clock: clock.unwrap_or_default(),
        offset_minutes: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin(parts: &DateParts) -> i16 {
        if parts.month == "7" || parts.month == "07" { 120 } else { 60 }
    }

    fn weight(draft: &Draft) -> Measurement {
        let Some(Form::Measurement(form)) = draft.form(&berlin) else { panic!("a measurement") };
        form
    }

    fn parts(day: &str, month: &str, year: &str, clock: &str) -> DateParts {
        let [day, month, year, clock] = [day, month, year, clock].map(str::to_owned);
        DateParts { year, month, day, clock, offset_minutes: None }
    }

    #[test]
    fn a_decimal_comma_becomes_a_point_and_nothing_is_guessed() {
        for (typed, number) in
            [("72,5", "72.5"), (" 72.50 ", "72.50"), ("1,234.5", "1,234.5"), ("1,2,3", "1,2,3"), ("", "")]
        {
            assert_eq!(normal_number(typed), number);
        }
    }

    #[test]
    fn parts_of_a_date_make_it_as_exact_as_they_are() {
        let mut draft = Draft::new(Sort::Measurement, Vec::new());
        draft.set(Slot::Measured, "0".into());
        for (given, written) in [
            (parts("", "", "2026", ""), "2026"),
            (parts("", "7", "2026", ""), "2026-07"),
            (parts("4", "7", "2026", ""), "2026-07-04"),
            (parts("4", "7", "2026", "9:30"), "2026-07-04T09:30:00+02:00"),
            (parts("4", "12", "2026", "21:05"), "2026-12-04T21:05:00+01:00"),
        ] {
            draft.set_parts(Slot::Of(Field::When), given);
            assert_eq!(weight(&draft).when.as_str(), written);
        }
    }

    #[test]
    fn a_unit_is_chosen_by_the_person_now_or_before_but_never_for_them() {
        let mut draft = Draft::new(Sort::Measurement, vec![(MeasurementKind::BodyWeight, Unit::Pound)]);
        draft.set(Slot::Measured, "0".into());
        assert_eq!(weight(&draft).unit, Some(Unit::Pound));
        let mut draft = Draft::new(Sort::Measurement, Vec::new());
        draft.set(Slot::Measured, "0".into());
        assert_eq!(weight(&draft).unit, None);
        draft.set(Slot::Of(Field::Unit), "0".into());
        assert_eq!(weight(&draft).unit, Some(Unit::Kilogram));
        draft.set(Slot::Measured, "3".into());
        assert_eq!(draft.unit(), None, "a unit of another kind");
        draft.set(Slot::Measured, "1".into());
        assert_eq!(draft.unit(), Some(Unit::MillimetreOfMercury), "there is no other");
    }

    #[test]
    fn a_time_that_nobody_touches_stays_as_it_was_written() {
        let form = Measurement {
            kind: MeasurementKind::BodyWeight,
            reading: Reading::One("72.50".into()),
            unit: Some(Unit::Gram),
            when: FormDate::new("2020-07-04T09:30:15-05:00"),
            site: "left".into(),
            comment: "after breakfast".into(),
        };
        let mut draft = Draft::of_form(&Form::Measurement(form.clone()));
        assert!(weight(&draft) == form);
        let moved = DateParts { day: "5".into(), ..draft.parts(Slot::Of(Field::When)) };
        draft.set_parts(Slot::Of(Field::When), moved);
        assert_eq!(weight(&draft).when.as_str(), "2020-07-05T09:30:15-05:00", "the clock of where it was written");
    }

    #[test]
    fn every_sort_comes_back_from_its_form() {
        for sort in Sort::ALL {
            let mut draft = Draft::new(sort, Vec::new());
            for slot in [Slot::Measured, Slot::Severity, Slot::Certainty, Slot::TimesADay, Slot::Of(Field::Status)] {
                draft.set(slot, "1".into());
            }
            for field in [Field::Name, Field::Title, Field::Text, Field::Number, Field::Diastolic, Field::Comment] {
                draft.set(Slot::Of(field), "120".into());
            }
            for field in [Field::Dose, Field::Reaction, Field::Lot, Field::Site] {
                draft.set(Slot::Of(field), "x".into());
            }
            for field in [Field::When, Field::From, Field::Until] {
                draft.set_parts(Slot::Of(field), parts("4", "7", "2020", ""));
            }
            let form = draft.form(&berlin).unwrap();
            assert!(Draft::of_form(&form).form(&berlin).unwrap() == form, "{sort:?}");
            let kept = Draft::from_bytes(&draft.to_bytes().unwrap()).unwrap();
            assert!(kept == draft && Draft::from_bytes(b"").is_none(), "{sort:?}");
        }
    }

    #[test]
    fn a_draft_keeps_the_versions_that_it_replaces_and_an_older_one_names_none() {
        let mut draft = Draft::new(Sort::Note, Vec::new());
        draft.set(Slot::Of(Field::Text), "x".into());
        let bytes = draft.to_bytes().unwrap();
        assert!(Draft::from_bytes(&bytes[..bytes.len() - 1]).unwrap() == draft);
        draft.amends = vec![EntryId("a".into()), EntryId("b".into())];
        assert_eq!(Draft::from_bytes(&draft.to_bytes().unwrap()).unwrap().amends, draft.amends);
    }

    #[test]
    fn now_is_filled_in_with_its_time_where_that_is_asked_for() {
        let now = Date::read("2026-11-22T09:05:00Z").unwrap();
        assert!(parts_of(&now, true) == parts("22", "11", "2026", "9:05"));
        assert!(parts_of(&now, false) == parts("22", "11", "2026", ""));
    }
}
