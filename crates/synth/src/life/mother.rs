//! Pregnancies, births and losses.

use super::Life;
use crate::codes::{Code, System, code, hl7, loinc, snomed};
use crate::date::Date;
use crate::drugs;
use crate::illness::SEXUAL;
use crate::scribe::{Course, Known, Visit};

const PREGNANCY: [Code; 2] = [
    snomed("72892002", "Normal pregnancy"),
    code(System::Icd10, "Z34.9", "Supervision of normal pregnancy, unspecified"),
];
const MISCARRIAGE: [Code; 2] = [
    snomed("19169002", "Miscarriage in first trimester"),
    code(System::Icd10, "O03.9", "Spontaneous abortion: Complete or unspecified, without complication"),
];

impl Life {
    /// A check in pregnancy; the first one writes the pregnancy itself.
    pub(super) fn prenatal(&mut self, date: Date, which: usize, week: i32) {
        let Some((start, end, lost, written)) =
            self.pregnancies.get(which).map(|p| (p.start, p.end, p.lost, !p.url.is_empty()))
        else {
            return;
        };
        let mut visit = Visit { label: Some(&SEXUAL), ..self.at_clinic(date, true) };
        let class = hl7("v3-ActCode", "AMB", "ambulatory");
        let first = !written;
        let kind =
            if first { snomed("424441002", "Prenatal initial visit") } else { snomed("424619006", "Prenatal visit") };
        let close = visit.when.later(25);
        let reason = format!("Week {week} of pregnancy");
        self.scribe.encounter(&mut visit, &class, (&kind, "Pregnancy check"), (&[], &reason, ""), close);
        if first {
            let course = match self.capped(end) {
                Some(end) => Course::Resolved(end),
                None => Course::Active,
            };
            let url = self.scribe.condition(&visit, (&PREGNANCY, "Pregnancy"), Known::Day(start), course, None);
            let answer = snomed("77386006", "Pregnant");
            let question = loinc("82810-3", "Pregnancy status");
            self.scribe.answer(&visit, "social-history", &question, "Pregnancy status", (&[answer], "Pregnant"));
            let stop = start.plus_days(91).max(date.plus_days(7));
            let stop = if lost { end } else { stop };
            self.prescribe(&visit, &drugs::FOLIC_ACID, ("Pregnancy", &url), Some((stop, "")));
            if let Some(pregnancy) = self.pregnancies.get_mut(which) {
                pregnancy.url = url;
            }
        }
        self.vitals(&visit, 0);
        if matches!(week, 8 | 28) {
            let sample = Visit { by: self.clinic.clone(), ..visit.later(9) };
            self.blood(&sample);
        }
        if matches!(week, 12 | 20) {
            let scan =
                if week == 12 { "First scan: one child, heart beats." } else { "Second scan: grows as expected." };
            let study = loinc("11525-3", "US Pelvis Fetus for pregnancy");
            self.scribe.imaging(&visit.later(15), &study, "Ultrasound in pregnancy", scan);
        }
    }

    /// A pregnancy ends.
    pub(super) fn delivery(&mut self, date: Date, which: usize) {
        let Some((start, lost, cesarean, written)) =
            self.pregnancies.get(which).map(|p| (p.start, p.lost, p.cesarean, !p.url.is_empty()))
        else {
            return;
        };
        let recorded = self.is_digital(date);
        let minute = u16::try_from(self.rng.between(5, 1300)).unwrap_or(0);
        let mut visit = Visit {
            label: Some(&SEXUAL),
            ..self.at_hospital(if recorded { date } else { self.person.digital }, minute)
        };
        if lost {
            let known = self.known(date);
            let course = Course::Resolved(date);
            self.scribe.condition(&visit, (&MISCARRIAGE, "Miscarriage"), known, course, None);
            return;
        }
        let known = self.known(date);
        if recorded {
            let class = hl7("v3-ActCode", "IMP", "inpatient encounter");
            let kind = snomed("32485007", "Hospital admission");
            let end = self.before_the_end(visit.when.later(900)).max(visit.when);
            self.scribe.encounter(&mut visit, &class, (&kind, "Birth of a child"), (&[], "Birth", ""), end);
        }
        if !written {
            let began = if recorded { Known::Day(start) } else { Known::Month(start) };
            let course = Course::Resolved(date);
            self.scribe.condition(&visit, (&PREGNANCY, "Pregnancy"), began, course, None);
        }
        let (code, name) = if cesarean {
            (snomed("11466000", "Cesarean section"), "Caesarean birth")
        } else {
            (snomed("236973005", "Delivery procedure"), "Birth")
        };
        let note = if recorded { "Mother and child are well." } else { "" };
        self.scribe.procedure(&visit.later(40), (&code, name), known, note, "");
    }
}
