//! The end of a record: death, where there was one.

use super::Life;
use crate::codes::{Code, System, code, hl7, loinc, snomed};
use crate::date::Moment;
use crate::illness::Ill;
use crate::scribe::{Course, Known, Letter, Visit};

impl Life {
    pub(super) fn end(&mut self) {
        let Some(died) = self.person.died else { return };
        let grave = [
            Ill::ColonCancer,
            Ill::BreastCancer,
            Ill::ProstateCancer,
            Ill::HeartFailure,
            Ill::Stroke,
            Ill::Copd,
            Ill::CoronaryDisease,
        ];
        let cause = self.had.iter().find(|had| grave.contains(&had.row.ill) && had.is_on(died.date));
        let named = cause.map(|had| (had.row.codes, had.row.name));
        let before = Moment::new(died.date, died.minute / 3);
        let mut visit = Visit {
            url: String::new(),
            when: before,
            by: self.hospital_doctor.clone(),
            place: self.hospital.clone(),
            label: None,
        };
        let class = hl7("v3-ActCode", "IMP", "inpatient encounter");
        let kind = snomed("32485007", "Hospital admission");
        let (codes, name) = named.unwrap_or((
            [snomed("410429000", "Cardiac arrest"), code(System::Icd10, "I46.9", "Cardiac arrest, unspecified")],
            "Cardiac arrest",
        ));
        self.scribe.encounter(&mut visit, &class, (&kind, "Stay in hospital"), (&codes, name, ""), died);
        if named.is_none() {
            let course = Course::Active;
            self.scribe.condition(&visit, (&codes, name), Known::Day(died.date), course, None);
        }
        let summary: Code = loinc("18842-5", "Discharge summary");
        let text = format!(
            "{}\n\n{} died with us on {}.\nCause: {}.\n\nOur thoughts are with the family.\n\n{}\n",
            self.hospital.name,
            self.scribe.subject.name,
            died.date.in_words(),
            name,
            self.hospital_doctor.name,
        );
        let writing = Visit { when: died, ..visit };
        // The letter is filed at the hour of death, nothing later.
        self.scribe.document(&writing, &Letter { kind: summary, title: "Letter after death in hospital", text: &text });
    }
}
