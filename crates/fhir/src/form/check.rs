//! What is wrong with a form, and what is only odd.

use super::date::FormDate;
use super::measure::{Plausible, compare};
use super::output::tidy;
use super::{
    Allergy, Condition, ConditionStatus, Document, Form, MOST_TIMES_A_DAY, Measurement, MeasurementKind, Medicine,
    Note, Reading, Symptom, Taken, Vaccination,
};
use crate::facts::WhenPrecision;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Longest text of one field, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;
/// FHIR leaves it to programs how many digits they keep, but wants 18 kept (R4, datatypes `decimal`).
const MAX_DIGITS: usize = 18;
/// Largest FHIR `unsignedInt`.
const MAX_SIZE_BYTES: u32 = i32::MAX as u32;

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// What it is: symptom, medicine, substance, condition, vaccine.
    Name,
    /// Title of a note or document.
    Title,
    /// Text of a note.
    Text,
    /// When it was.
    When,
    /// When it began.
    From,
    /// When it ended.
    Until,
    /// The number of a measurement, of blood pressure the upper one.
    Number,
    /// The lower number of blood pressure.
    Diastolic,
    /// The unit.
    Unit,
    /// Where in or on the body.
    Site,
    /// Comment.
    Comment,
    /// Dose of a medicine.
    Dose,
    /// How often a medicine is taken.
    HowOften,
    /// Way of a medicine.
    Route,
    /// What a medicine is for.
    Reason,
    /// Reaction to a substance.
    Reaction,
    /// Status of a condition, or whether a medicine is taken.
    Status,
    /// Lot of a vaccine.
    Lot,
    /// Maker of a vaccine.
    Maker,
    /// Where a vaccine was given.
    Place,
    /// The file of a document.
    File,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Problem {
    /// It has to be filled in.
    Missing,
    /// A number is wanted: digits, a point where needed, at most 18 digits in all.
    NotANumber,
    /// No date of a calendar, or a time without its offset.
    NotADate,
    /// The day is needed, not only month or year.
    DayNeeded,
    /// It cannot have happened yet.
    InTheFuture,
    /// The end comes before the beginning.
    EndsBeforeItBegins,
    /// A unit has to be chosen.
    UnitRequired,
    /// Not a unit of this measurement.
    UnitNotForThis,
    /// Longer than so many bytes.
    TooLong {
        /// Most bytes.
        max_bytes: u32,
    },
    /// Something that has an end is said to last.
    EndedButLasting,
    /// Not a media type such as `image/png`, or not a reference.
    NotAFile,
    /// A question: the number is outside of what is expected, in the unit that was entered.
    Implausible {
        /// Lowest number that raises no question.
        low: String,
        /// Highest number that raises no question.
        high: String,
    },
    /// A question: the lower number of a blood pressure is not lower than the upper one.
    PressureUpsideDown,
}

/// A problem of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormProblem {
    /// Where.
    pub field: Field,
    /// What.
    pub problem: Problem,
}

impl FormProblem {
    /// Whether the person may confirm it and go on; otherwise it has to be mended.
    #[must_use]
    pub fn is_question(&self) -> bool {
        matches!(self.problem, Problem::Implausible { .. } | Problem::PressureUpsideDown)
    }
}

/// A form that cannot become a resource until whoever fills it in has mended it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} fields of the form have to be mended first", problems.len())]
pub struct FormRefused {
    /// What has to be mended; no questions. Never empty.
    pub problems: Vec<FormProblem>,
}

/// All problems in the order of the fields; those of the future only where it is told what is now.
pub(super) fn problems(form: &Form, now: Option<&FormDate>) -> Vec<FormProblem> {
    let mut check = Check { now, problems: Vec::new() };
    match form {
        Form::Symptom(symptom) => check.symptom(symptom),
        Form::Measurement(measurement) => check.measurement(measurement),
        Form::Medicine(medicine) => check.medicine(medicine),
        Form::Allergy(allergy) => check.allergy(allergy),
        Form::Condition(condition) => check.condition(condition),
        Form::Vaccination(vaccination) => check.vaccination(vaccination),
        Form::Note(note) => check.note(note),
        Form::Document(document) => check.document(document),
    }
    check.problems
}

/// What is wrong with the day on which something was that is over; more than the day may be said.
pub(super) fn problem_of_day(date: &FormDate, now: &FormDate) -> Option<Problem> {
    let mut check = Check { now: Some(now), problems: Vec::new() };
    check.past_required(Field::When, date);
    check.day(Field::When, date);
    check.problems.into_iter().next().map(|problem| problem.problem)
}

struct Check<'a> {
    now: Option<&'a FormDate>,
    problems: Vec<FormProblem>,
}

impl Check<'_> {
    fn symptom(&mut self, symptom: &Symptom) {
        self.required(Field::Name, &symptom.name);
        self.past_required(Field::From, &symptom.from);
        self.past(Field::Until, &symptom.until);
        self.order(&symptom.from, &symptom.until);
        self.texts(&[(Field::Site, &symptom.site), (Field::Comment, &symptom.comment)]);
    }

    fn measurement(&mut self, measurement: &Measurement) {
        let is_pressure = measurement.kind == MeasurementKind::BloodPressure;
        let row = measurement.unit.and_then(|unit| measurement.kind.row(unit).map(|_| unit));
        let upper = row.and_then(|unit| measurement.kind.plausible(unit));
        match (&measurement.reading, is_pressure) {
            (Reading::One(number), false) => self.number(Field::Number, number, upper),
            (Reading::Pressure { systolic, diastolic }, true) => {
                let lower = row.and_then(|unit| measurement.kind.plausible_diastolic(unit));
                self.number(Field::Number, systolic, upper);
                self.number(Field::Diastolic, diastolic, lower);
                let [systolic, diastolic] = [systolic, diastolic].map(|number| number.trim());
                if is_decimal(systolic) && is_decimal(diastolic) && compare(diastolic, systolic).is_ge() {
                    self.add(Field::Diastolic, Problem::PressureUpsideDown);
                }
            }
            (Reading::One(_), true) => self.add(Field::Diastolic, Problem::Missing),
            (Reading::Pressure { .. }, false) => self.add(Field::Number, Problem::Missing),
        }
        match (measurement.unit, row) {
            (None, _) => self.add(Field::Unit, Problem::UnitRequired),
            (Some(_), None) => self.add(Field::Unit, Problem::UnitNotForThis),
            (Some(_), Some(_)) => {}
        }
        self.past_required(Field::When, &measurement.when);
        // FHIR R4, observation-vitalsigns, vs-1.
        self.day(Field::When, &measurement.when);
        self.texts(&[(Field::Site, &measurement.site), (Field::Comment, &measurement.comment)]);
    }

    fn medicine(&mut self, medicine: &Medicine) {
        self.required(Field::Name, &medicine.name);
        self.texts(&[
            (Field::Dose, &medicine.dose),
            (Field::HowOften, &medicine.how_often),
            (Field::Route, &medicine.route),
            (Field::Reason, &medicine.reason),
        ]);
        if medicine.times_a_day.is_some_and(|times| !(1..=MOST_TIMES_A_DAY).contains(&times)) {
            self.add(Field::HowOften, Problem::NotANumber);
        }
        match medicine.taken {
            Taken::Planned => self.date(Field::From, &medicine.from),
            Taken::Current | Taken::Stopped => self.past(Field::From, &medicine.from),
        }
        match medicine.taken {
            Taken::Planned | Taken::Current => self.date(Field::Until, &medicine.until),
            Taken::Stopped => self.past(Field::Until, &medicine.until),
        }
        self.order(&medicine.from, &medicine.until);
        self.texts(&[(Field::Comment, &medicine.comment)]);
    }

    fn allergy(&mut self, allergy: &Allergy) {
        self.required(Field::Name, &allergy.substance);
        self.texts(&[(Field::Reaction, &allergy.reaction)]);
        self.past(Field::From, &allergy.from);
        self.texts(&[(Field::Comment, &allergy.comment)]);
    }

    fn condition(&mut self, condition: &Condition) {
        self.required(Field::Name, &condition.name);
        self.past(Field::From, &condition.from);
        self.past(Field::Until, &condition.until);
        self.order(&condition.from, &condition.until);
        // FHIR R4, Condition, con-4.
        if condition.status == ConditionStatus::Active && !condition.until.is_empty() {
            self.add(Field::Status, Problem::EndedButLasting);
        }
        self.texts(&[(Field::Comment, &condition.comment)]);
    }

    fn vaccination(&mut self, vaccination: &Vaccination) {
        self.required(Field::Name, &vaccination.vaccine);
        self.past_required(Field::When, &vaccination.when);
        self.texts(&[
            (Field::Lot, &vaccination.lot),
            (Field::Maker, &vaccination.maker),
            (Field::Place, &vaccination.place),
            (Field::Comment, &vaccination.comment),
        ]);
    }

    fn note(&mut self, note: &Note) {
        self.texts(&[(Field::Title, &note.title)]);
        self.required(Field::Text, &note.text);
        self.past(Field::When, &note.when);
    }

    fn document(&mut self, document: &Document) {
        self.required(Field::Title, &document.title);
        self.past(Field::When, &document.when);
        let file = &document.attachment;
        if file.content_type.is_empty() || file.url.is_empty() {
            self.add(Field::File, Problem::Missing);
        } else if !is_media_type(&file.content_type) || file.url.contains(|c: char| c.is_whitespace() || c.is_control())
        {
            self.add(Field::File, Problem::NotAFile);
        }
        self.texts(&[(Field::File, &file.content_type), (Field::File, &file.url)]);
        if file.size_bytes > MAX_SIZE_BYTES {
            self.add(Field::File, Problem::TooLong { max_bytes: MAX_SIZE_BYTES });
        }
    }

    fn add(&mut self, field: Field, problem: Problem) {
        self.problems.push(FormProblem { field, problem });
    }

    fn texts(&mut self, fields: &[(Field, &String)]) {
        for (field, text) in fields {
            if text.len() > MAX_TEXT_BYTES {
                self.add(*field, Problem::TooLong { max_bytes: MAX_TEXT_BYTES as u32 });
            }
        }
    }

    fn required(&mut self, field: Field, text: &String) {
        if tidy(text).is_empty() {
            self.add(field, Problem::Missing);
        }
        self.texts(&[(field, text)]);
    }

    fn number(&mut self, field: Field, number: &str, plausible: Option<Plausible>) {
        let number = number.trim();
        if number.is_empty() {
            self.add(field, Problem::Missing);
        } else if !is_decimal(number) {
            self.add(field, Problem::NotANumber);
        } else if let Some(plausible) = plausible.filter(|plausible| !plausible.holds(number)) {
            let Plausible { low, high } = plausible;
            self.add(field, Problem::Implausible { low: low.to_owned(), high: high.to_owned() });
        }
    }

    fn date(&mut self, field: Field, date: &FormDate) {
        if !date.is_empty() && date.when().is_none() {
            self.add(field, Problem::NotADate);
        }
    }

    fn past(&mut self, field: Field, date: &FormDate) {
        self.date(field, date);
        if self.now.is_some_and(|now| date.is_after(now)) {
            self.add(field, Problem::InTheFuture);
        }
    }

    fn past_required(&mut self, field: Field, date: &FormDate) {
        if date.is_empty() {
            self.add(field, Problem::Missing);
        }
        self.past(field, date);
    }

    fn day(&mut self, field: Field, date: &FormDate) {
        let too_vague = |precision| matches!(precision, WhenPrecision::Year | WhenPrecision::Month);
        if date.when().is_some_and(|when| too_vague(when.precision)) {
            self.add(field, Problem::DayNeeded);
        }
    }

    fn order(&mut self, from: &FormDate, until: &FormDate) {
        if until.is_before(from) {
            self.add(Field::Until, Problem::EndsBeforeItBegins);
        }
    }
}

/// A number of JSON without a sign or exponent.
fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && whole.len() + fraction.map_or(0, str::len) <= MAX_DIGITS
}

/// `type/subtype` of RFC 6838, with parameters or without.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default();
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    let is_printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !text.ends_with(' ');
    is_printable && essence.split_once('/').is_some_and(|(kind, sort)| is_name(kind) && is_name(sort))
}
