//! A visit: what is written down of it at once.

use serde::{Deserialize, Serialize};

use super::check::{MAX_TEXT_BYTES, Problem, problem_of_day};
use super::context::{FormContext, subject_key};
use super::date::FormDate;
use super::output::{Output, tidy};
use super::{Form, FormProblem};

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// Most forms of one visit.
pub const MAX_FORMS: usize = 32;

/// What a clinic writes of one visit: it is signed at once, or not at all.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Visit {
    /// What it was for.
    pub reason: String,
    /// When it began; at least the day. Required.
    pub start: FormDate,
    /// What was measured, said, given and found; at most [`MAX_FORMS`], no documents.
    pub forms: Vec<Form>,
}

/// What is in it is nobody's but the person's.
impl core::fmt::Debug for Visit {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Visit(…)")
    }
}

/// What keeps a visit from being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VisitProblem {
    /// It says nothing.
    Empty,
    /// It has too many forms, or a document.
    Forms,
    /// What is wrong with the day.
    Start(Problem),
    /// Its reason is too long.
    Reason,
    /// A form has to be mended, or raises a question.
    Form {
        /// Which, from 0.
        at: u8,
        /// What is wrong with it.
        problem: FormProblem,
    },
}

impl VisitProblem {
    /// Whether it may be written all the same, once the person has looked at it again.
    #[must_use]
    pub fn is_question(&self) -> bool {
        matches!(self, Self::Form { problem, .. } if problem.is_question())
    }
}

impl Visit {
    /// What is wrong or odd with it. `now` is the date, time and offset of whoever writes it.
    #[must_use]
    pub fn check(&self, now: &FormDate) -> Vec<VisitProblem> {
        let mut problems = Vec::new();
        if self.forms.is_empty() && tidy(&self.reason).is_empty() {
            problems.push(VisitProblem::Empty);
        }
        if self.forms.len() > MAX_FORMS || self.forms.iter().any(|form| matches!(form, Form::Document(_))) {
            problems.push(VisitProblem::Forms);
        }
        problems.extend(problem_of_day(&self.start, now).map(VisitProblem::Start));
        if self.reason.len() > MAX_TEXT_BYTES {
            problems.push(VisitProblem::Reason);
        }
        for (at, form) in (0..).zip(self.forms.iter().take(MAX_FORMS)) {
            let of_form = form.check(now).into_iter();
            problems.extend(of_form.map(|problem| VisitProblem::Form { at, problem }));
        }
        problems
    }

    /// The visit itself as a FHIR R4 `Encounter`, ambulatory and finished. Its forms are resources of their own
    /// ([`FormContext::within`]).
    #[must_use]
    pub fn to_resource(&self, context: &FormContext) -> String {
        let mut out = Output::object();
        out.text("resourceType", "Encounter").text("id", &context.id).text("status", "finished");
        out.open("class").system(ACT_CODE, ("AMB", "ambulatory")).end();
        out.open(subject_key("Encounter")).text("reference", &context.subject).end();
        out.period("period", self.start.as_str(), "");
        if !tidy(&self.reason).is_empty() {
            out.one_of("reasonCode").text("text", &self.reason).end().end();
        }
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Measurement, MeasurementKind, Medicine, Note, Reading, Unit, Vaccination};
    use super::*;

    const NOW: &str = "2026-11-22T14:31:00+01:00";

    fn forms() -> Vec<Form> {
        let day = || FormDate::new("2026-11-22");
        let pressure = Reading::Pressure { systolic: "136".into(), diastolic: "82".into() };
        let measurement = Measurement {
            kind: MeasurementKind::BloodPressure,
            reading: pressure,
            unit: Some(Unit::MillimetreOfMercury),
            when: day(),
            site: String::new(),
            comment: String::new(),
        };
        vec![
            Form::Measurement(measurement),
            Form::Note(Note { text: "Feels well.".into(), when: day(), ..Note::default() }),
            Form::Medicine(Medicine { name: "Metformin".into(), ..Medicine::default() }),
            Form::Vaccination(Vaccination { vaccine: "Influenza".into(), when: day(), ..Vaccination::default() }),
        ]
    }

    fn context(id: &str) -> FormContext {
        FormContext::new(id, "urn:uuid:p", &FormDate::new(NOW)).unwrap()
    }

    #[test]
    fn a_visit_is_an_encounter_and_its_forms_name_it() {
        let visit = Visit { reason: "Diabetes follow-up".into(), start: FormDate::new(NOW), forms: forms() };
        assert_eq!(visit.check(&FormDate::new(NOW)), []);
        let json = visit.to_resource(&context("v"));
        let expected = r#"{"resourceType":"Encounter","id":"v","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"ambulatory"},"subject":{"reference":"urn:uuid:p"},"period":{"start":"2026-11-22T14:31:00+01:00"},"reasonCode":[{"text":"Diabetes follow-up"}]}"#;
        assert_eq!(json, expected);
        for form in &visit.forms {
            let within = context("f").within("urn:uuid:v").unwrap();
            let json = form.to_resource(&within).unwrap();
            assert!(json.contains(r#":{"reference":"urn:uuid:v"}"#), "{json}");
            // It is amended as what it is, and stays part of the visit.
            assert!(Form::from_resource(&json).as_ref() == Some(form), "{json}");
            let next = FormContext::amending(&json, &FormDate::new(NOW)).unwrap();
            assert!(form.to_resource(&next).unwrap().contains("urn:uuid:v"));
        }
        let given = forms().pop().unwrap().to_resource(&context("f").within("urn:uuid:v").unwrap()).unwrap();
        assert!(given.contains(r#""primarySource":true"#), "whoever gave it writes it down");
        let Some(vaccination) = forms().pop() else { panic!() };
        let next = FormContext::amending(&given, &FormDate::new(NOW)).unwrap();
        assert!(vaccination.to_resource(&next).unwrap().contains(r#""primarySource":true"#));
        let told = vaccination.to_resource(&next.reported()).unwrap();
        assert!(told.contains(r#""primarySource":false"#) && told.contains("urn:uuid:v"));
        assert!(Form::from_resource(&told).as_ref() == Some(&vaccination), "and that can be amended again");
        let next = FormContext::amending(&told, &FormDate::new(NOW)).unwrap();
        assert!(vaccination.to_resource(&next).unwrap().contains(r#""primarySource":false"#));
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let now = FormDate::new(NOW);
        let empty = Visit { start: now.clone(), ..Visit::default() };
        assert_eq!(empty.check(&now), [VisitProblem::Empty]);
        let undated = Visit { reason: "Cough".into(), ..Visit::default() };
        assert_eq!(undated.check(&now), [VisitProblem::Start(Problem::Missing)]);
        for (start, problem) in
            [("2026", Problem::DayNeeded), ("2026-11-24", Problem::InTheFuture), ("2026-02-30", Problem::NotADate)]
        {
            let odd = Visit { start: FormDate::new(start), reason: "Cough".into(), ..Visit::default() };
            assert_eq!(odd.check(&now), [VisitProblem::Start(problem)]);
        }
        let many =
            Visit { start: now.clone(), forms: vec![Form::Note(Note::default()); MAX_FORMS + 1], ..Visit::default() };
        assert!(many.check(&now).contains(&VisitProblem::Forms));
        let mut odd = Visit { start: now.clone(), forms: forms(), ..Visit::default() };
        if let Some(Form::Measurement(measurement)) = odd.forms.first_mut() {
            measurement.reading = Reading::Pressure { systolic: "82".into(), diastolic: "136".into() };
        }
        let problems = odd.check(&now);
        assert!(!problems.is_empty() && problems.iter().all(VisitProblem::is_question), "{problems:?}");
        assert!(context("f").within("two words").is_err());
    }
}
