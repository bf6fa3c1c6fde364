//! A visit as it is filled in.

use chartchain_vault::protocol::form::{
    Form, FormDate, Measurement, MeasurementKind, Medicine, Note, Reading, Unit, Vaccination, Visit, VisitProblem,
};

use super::form::{normal_number, unit_name, words};
use super::quick_line;
use crate::t;

/// What is asked for in every visit.
const ALWAYS: [MeasurementKind; 4] = [
    MeasurementKind::BloodPressure,
    MeasurementKind::HeartRate,
    MeasurementKind::BodyWeight,
    MeasurementKind::BodyTemperature,
];

/// A number of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Of what.
    pub kind: MeasurementKind,
    /// As it was typed.
    pub number: String,
    /// In which unit.
    pub unit: Unit,
}

/// A text of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// What the visit is for.
    Reason,
    /// The quick line.
    Line,
    /// What was said and found.
    Note,
    /// What is to be done.
    Plan,
    /// A medicine that is taken from now on.
    Medicine,
    /// How much of it.
    Dose,
    /// How often.
    HowOften,
    /// A vaccine that was given.
    Vaccine,
    /// Its lot.
    Lot,
}

/// What stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitDraft {
    texts: [String; 9],
    /// In the order in which they are shown.
    pub values: Vec<Value>,
}

impl Default for VisitDraft {
    fn default() -> Self {
        let mut draft = Self { texts: Default::default(), values: Vec::new() };
        for kind in ALWAYS {
            draft.put(kind, String::new(), None);
        }
        draft
    }
}

impl VisitDraft {
    /// What stands in a place.
    #[must_use]
    pub fn text(&self, at: Text) -> &str {
        self.texts.get(at as usize).map_or("", String::as_str)
    }

    /// Writes a text. What the quick line says fills the numbers.
    pub fn set(&mut self, at: Text, text: String) {
        if at == Text::Line {
            for one in quick_line::read(&text).measured {
                self.put(one.kind, one.number, one.unit);
            }
        }
        if let Some(place) = self.texts.get_mut(at as usize) {
            *place = text;
        }
    }

    /// Writes a number.
    pub fn put(&mut self, kind: MeasurementKind, number: String, unit: Option<Unit>) {
        match self.values.iter_mut().find(|value| value.kind == kind) {
            Some(value) => {
                value.unit = unit.unwrap_or(value.unit);
                value.number = number;
            }
            None => {
                let Some(unit) = unit.or_else(|| kind.units().next()) else { return };
                self.values.push(Value { kind, number, unit });
            }
        }
    }

    /// Words of the quick line that say nothing there.
    #[must_use]
    pub fn rest(&self) -> String {
        quick_line::read(self.text(Text::Line)).rest
    }

    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.values.iter().filter(|value| !value.number.trim().is_empty()).count()).unwrap_or(u32::MAX)
    }

    /// The visit, at this moment, and for each of its forms the id of the field that it comes from.
    #[must_use]
    pub fn visit(&self, now: &str) -> (Visit, Vec<String>) {
        let when = || FormDate::new(now);
        let day = || FormDate::new(now.split('T').next().unwrap_or_default());
        let text = |at| self.text(at).trim().to_owned();
        let mut forms: Vec<(String, Form)> = Vec::new();
        for value in self.values.iter().filter(|value| !value.number.trim().is_empty()) {
            let measurement = Measurement {
                kind: value.kind,
                reading: reading(value),
                unit: Some(value.unit),
                when: when(),
                site: String::new(),
                comment: String::new(),
            };
            forms.push((field_of(value.kind), Form::Measurement(measurement)));
        }
        for (at, title) in [(Text::Note, t!("visit-note-title")), (Text::Plan, t!("visit-plan-title"))] {
            if !text(at).is_empty() {
                forms.push((id_of(at).into(), Form::Note(Note { title, text: text(at), when: day() })));
            }
        }
        if [Text::Medicine, Text::Dose, Text::HowOften].into_iter().any(|at| !text(at).is_empty()) {
            let medicine = Medicine {
                name: text(Text::Medicine),
                dose: text(Text::Dose),
                how_often: text(Text::HowOften),
                from: day(),
                ..Medicine::default()
            };
            forms.push((id_of(Text::Medicine).into(), Form::Medicine(medicine)));
        }
        if [Text::Vaccine, Text::Lot].into_iter().any(|at| !text(at).is_empty()) {
            let vaccination = Vaccination {
                vaccine: text(Text::Vaccine),
                lot: text(Text::Lot),
                when: day(),
                ..Vaccination::default()
            };
            forms.push((id_of(Text::Vaccine).into(), Form::Vaccination(vaccination)));
        }
        let (fields, forms) = forms.into_iter().unzip();
        (Visit { reason: text(Text::Reason), start: when(), forms }, fields)
    }

    /// What is wrong, or asked, in words, and at which field.
    #[must_use]
    pub fn words(&self, problem: &VisitProblem, fields: &[String]) -> (Option<String>, String) {
        let VisitProblem::Form { at, problem } = problem else {
            let said = match problem {
                VisitProblem::Empty => t!("visit-wrong-empty"),
                VisitProblem::Reason => t!("visit-wrong-reason"),
                _ => t!("wrong-other"),
            };
            return (
                Some(id_of(if matches!(problem, VisitProblem::Empty) { Text::Line } else { Text::Reason }).into()),
                said,
            );
        };
        let field = fields.get(usize::from(*at)).cloned();
        let value = self.values.iter().find(|value| Some(field_of(value.kind)) == field);
        let said = match value.filter(|_| problem.is_question()) {
            Some(value) => t!("ask-right", value = value_words(value)),
            None => words(problem),
        };
        (field, said)
    }
}

/// A number with its unit.
#[must_use]
pub fn value_words(value: &Value) -> String {
    t!("value-with-unit", value = value.number.trim().to_owned(), unit = unit_name(value.unit))
}

/// The id of the input of a number.
#[must_use]
pub fn field_of(kind: MeasurementKind) -> String {
    let at = MeasurementKind::ALL.iter().position(|known| *known == kind).unwrap_or_default();
    format!("visit-value-{at}")
}

/// The id of the input of a text.
#[must_use]
pub const fn id_of(at: Text) -> &'static str {
    match at {
        Text::Reason => "visit-reason",
        Text::Line => "visit-line",
        Text::Note => "visit-note",
        Text::Plan => "visit-plan",
        Text::Medicine => "visit-medicine",
        Text::Dose => "visit-dose",
        Text::HowOften => "visit-how-often",
        Text::Vaccine => "visit-vaccine",
        Text::Lot => "visit-lot",
    }
}

fn reading(value: &Value) -> Reading {
    let number = normal_number(value.number.trim());
    match (value.kind, number.split_once('/')) {
        (MeasurementKind::BloodPressure, Some((systolic, diastolic))) => {
            Reading::Pressure { systolic: systolic.trim().into(), diastolic: diastolic.trim().into() }
        }
        (MeasurementKind::BloodPressure, None) => Reading::Pressure { systolic: number, diastolic: String::new() },
        _ => Reading::One(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-22T14:31:00+01:00";

    #[test]
    fn the_quick_line_fills_the_numbers_and_nothing_else() {
        let mut draft = VisitDraft::default();
        draft.set(Text::Line, "bp 136/82 wt 180 lb spo2 97 feet ok".into());
        assert_eq!((draft.count(), draft.rest()), (3, "feet ok".into()));
        assert_eq!(draft.values.len(), 5, "what is not asked for always comes behind");
        draft.put(MeasurementKind::BodyWeight, "181".into(), None);
        let (visit, fields) = draft.visit(NOW);
        assert_eq!((visit.forms.len(), fields.len()), (3, 3));
        assert_eq!(visit.check(&FormDate::new(NOW)), []);
        let Some(Form::Measurement(weight)) = visit.forms.get(1) else { panic!() };
        assert!(weight.reading == Reading::One("181".into()) && weight.unit == Some(Unit::Pound));
    }

    #[test]
    fn a_problem_leads_to_its_field() {
        let mut draft = VisitDraft::default();
        draft.set(Text::Line, "bp 136/82".into());
        draft.set(Text::Dose, "5 mg".into());
        let (visit, fields) = draft.visit(NOW);
        let problems = visit.check(&FormDate::new(NOW));
        assert_eq!(problems.len(), 1);
        assert_eq!(draft.words(&problems[0], &fields).0.as_deref(), Some("visit-medicine"));
        let (empty, fields) = VisitDraft::default().visit(NOW);
        let problems = empty.check(&FormDate::new(NOW));
        assert_eq!(VisitDraft::default().words(&problems[0], &fields).0.as_deref(), Some("visit-line"));
    }
}
