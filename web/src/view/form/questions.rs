//! What each form asks, in order.

use chartchain_vault::protocol::MAX_FILE_BYTES;
use chartchain_vault::protocol::form::{DocumentKind, Field, MOST_TIMES_A_DAY, MeasurementKind};

use super::{Draft, Slot, Sort, document_name, measured_name, unit_name};
use crate::components::field::Answer;
use crate::t;
use crate::view::faults::size_words;

/// How a question is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One line.
    Text,
    /// Several lines.
    Long,
    /// A number, and its unit where it has but one.
    Number(Option<String>),
    /// Day, month and year.
    Date {
        /// Asks for the time too.
        clock: bool,
    },
    /// One of a few answers, all to be seen.
    Radios(Vec<Answer>),
    /// One of many answers.
    Select(Vec<Answer>),
    /// A PDF or a picture.
    File,
}

/// A question of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it fills.
    pub slot: Slot,
    /// Label.
    pub label: String,
    /// Hint.
    pub hint: Option<String>,
    /// How it is answered.
    pub shape: Shape,
}

impl Question {
    /// The id of what takes focus when something is wrong here.
    #[must_use]
    pub fn anchor(&self) -> String {
        let id = self.slot.id();
        match self.shape {
            Shape::Date { .. } => format!("{id}-day"),
            Shape::Radios(_) => format!("{id}-0"),
            _ => id.to_owned(),
        }
    }
}

fn ask(slot: Slot, label: String, hint: Option<String>, shape: Shape) -> Question {
    Question { slot, label, hint, shape }
}

fn text(field: Field, label: String) -> Question {
    ask(Slot::Of(field), label, None, Shape::Text)
}

fn optional(question: Question) -> Question {
    Question { label: t!("optional", label = question.label), ..question }
}

fn hinted(question: Question, hint: String) -> Question {
    Question { hint: Some(hint), ..question }
}

fn date(field: Field, label: String) -> Question {
    ask(Slot::Of(field), label, Some(t!("ask-date-hint")), Shape::Date { clock: false })
}

fn comment() -> Question {
    optional(ask(Slot::Of(Field::Comment), t!("ask-comment"), None, Shape::Long))
}

fn site() -> Question {
    optional(text(Field::Site, t!("ask-site")))
}

/// Answers by their places: `0`, `1`, and so on; an empty one where nothing needs to be said.
fn answers(words: impl IntoIterator<Item = String>, none: Option<String>) -> Vec<Answer> {
    let numbered = words.into_iter().enumerate().map(|(at, words)| Answer::new(at.to_string(), words));
    numbered.chain(none.map(|words| Answer::new("", words))).collect()
}

fn choices(words: impl IntoIterator<Item = String>, first: String) -> Vec<Answer> {
    let mut all = vec![Answer::new("", first)];
    all.extend(answers(words, None));
    all
}

fn severity() -> Question {
    let words = [t!("severity-mild"), t!("severity-moderate"), t!("severity-severe")];
    ask(Slot::Severity, t!("ask-severity"), None, Shape::Radios(answers(words, Some(t!("sex-unsaid")))))
}

/// What a form asks, given what was answered so far.
#[must_use]
pub fn questions(draft: &Draft) -> Vec<Question> {
    match draft.sort {
        Sort::Symptom => vec![
            hinted(text(Field::Name, t!("ask-symptom")), t!("ask-symptom-hint")),
            date(Field::From, t!("ask-began")),
            severity(),
            optional(date(Field::Until, t!("ask-ended"))),
            site(),
            comment(),
        ],
        Sort::Measurement => measurement(draft),
        Sort::Medicine => {
            let taken = [t!("taken-current"), t!("taken-planned"), t!("taken-stopped")];
            vec![
                hinted(text(Field::Name, t!("ask-medicine")), t!("ask-medicine-hint")),
                ask(Slot::Of(Field::Status), t!("ask-taken"), None, Shape::Radios(answers(taken, None))),
                optional(hinted(text(Field::Dose, t!("ask-dose")), t!("ask-dose-hint"))),
                optional(hinted(text(Field::HowOften, t!("ask-how-often")), t!("ask-how-often-hint"))),
                optional(ask(
                    Slot::TimesADay,
                    t!("ask-times"),
                    Some(t!("ask-times-hint")),
                    Shape::Select(choices((1..=MOST_TIMES_A_DAY).map(times_words), t!("ask-times-none"))),
                )),
                optional(hinted(text(Field::Route, t!("ask-route")), t!("ask-route-hint"))),
                optional(text(Field::Reason, t!("ask-reason"))),
                optional(date(Field::From, t!("ask-since"))),
                optional(date(Field::Until, t!("ask-until"))),
                comment(),
            ]
        }
        Sort::Allergy => {
            let certain = answers([t!("certainty-sure"), t!("certainty-suspected")], Some(t!("sex-unsaid")));
            vec![
                hinted(text(Field::Name, t!("ask-substance")), t!("ask-substance-hint")),
                optional(hinted(text(Field::Reaction, t!("ask-reaction")), t!("ask-reaction-hint"))),
                severity(),
                ask(Slot::Certainty, t!("ask-certainty"), None, Shape::Radios(certain)),
                optional(date(Field::From, t!("ask-since"))),
                comment(),
            ]
        }
        Sort::Condition => {
            let status =
                [t!("condition-active"), t!("condition-remission"), t!("condition-inactive"), t!("condition-resolved")];
            vec![
                text(Field::Name, t!("ask-condition")),
                ask(Slot::Of(Field::Status), t!("ask-status"), None, Shape::Radios(answers(status, None))),
                optional(date(Field::From, t!("ask-since"))),
                optional(date(Field::Until, t!("ask-until"))),
                comment(),
            ]
        }
        Sort::Vaccination => vec![
            hinted(text(Field::Name, t!("ask-vaccine")), t!("ask-vaccine-hint")),
            date(Field::When, t!("ask-given")),
            optional(text(Field::Place, t!("ask-place"))),
            optional(text(Field::Maker, t!("ask-maker"))),
            optional(text(Field::Lot, t!("ask-lot"))),
            comment(),
        ],
        Sort::Note => vec![
            optional(text(Field::Title, t!("ask-title"))),
            ask(Slot::Of(Field::Text), t!("ask-text"), None, Shape::Long),
            optional(date(Field::When, t!("ask-about-day"))),
        ],
        Sort::Document => {
            let size = size_words(u64::from(MAX_FILE_BYTES));
            let kinds = answers(DocumentKind::ALL.map(document_name), None);
            vec![
                ask(Slot::Of(Field::File), t!("ask-file"), Some(t!("ask-file-hint", size = size)), Shape::File),
                hinted(text(Field::Title, t!("ask-title")), t!("ask-document-title-hint")),
                ask(Slot::Kind, t!("ask-document-kind"), None, Shape::Select(kinds)),
                optional(date(Field::When, t!("ask-document-day"))),
            ]
        }
    }
}

/// `Twice a day`.
#[must_use]
pub fn times_words(times: u8) -> String {
    t!("times-a-day", count = u32::from(times))
}

fn measurement(draft: &Draft) -> Vec<Question> {
    let kinds = choices(MeasurementKind::ALL.map(measured_name), t!("choose"));
    let mut asked = vec![ask(Slot::Measured, t!("ask-measured"), None, Shape::Select(kinds))];
    let Some(kind) = draft.measured() else { return asked };
    let units: Vec<String> = kind.units().map(unit_name).collect();
    let only = if let [only] = units.as_slice() { Some(only.clone()) } else { None };
    let number = |field, label, hint| ask(Slot::Of(field), label, hint, Shape::Number(only.clone()));
    if kind == MeasurementKind::BloodPressure {
        asked.push(number(Field::Number, t!("trend-upper"), None));
        asked.push(number(Field::Diastolic, t!("trend-lower"), None));
    } else {
        asked.push(number(Field::Number, measured_name(kind), Some(t!("ask-number-hint"))));
    }
    if only.is_none() {
        asked.push(ask(Slot::Of(Field::Unit), t!("ask-unit"), None, Shape::Select(choices(units, t!("choose")))));
    }
    let when =
        ask(Slot::Of(Field::When), t!("ask-measured-when"), Some(t!("ask-day-hint")), Shape::Date { clock: true });
    asked.extend([when, site(), comment()]);
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measurement_asks_for_its_kind_first_and_for_a_unit_only_where_there_are_several() {
        let mut draft = Draft::new(Sort::Measurement, Vec::new());
        assert_eq!(questions(&draft).len(), 1);
        let slots = |draft: &Draft| questions(draft).iter().map(|asked| asked.slot).collect::<Vec<_>>();
        draft.set(Slot::Measured, "0".into());
        assert!(slots(&draft).contains(&Slot::Of(Field::Unit)));
        draft.set(Slot::Measured, "1".into());
        assert!(slots(&draft).contains(&Slot::Of(Field::Diastolic)));
        assert!(!slots(&draft).contains(&Slot::Of(Field::Unit)));
    }

    #[test]
    fn no_form_asks_for_the_same_thing_twice() {
        for sort in Sort::ALL {
            let mut anchors: Vec<String> =
                questions(&Draft::new(sort, Vec::new())).iter().map(Question::anchor).collect();
            let all = anchors.len();
            anchors.sort();
            anchors.dedup();
            assert_eq!(anchors.len(), all, "{sort:?}");
        }
    }
}
