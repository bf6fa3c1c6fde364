//! Checks at the clinic: vital signs, tests that are due, questions, notes.

use super::Life;
use super::course::{Had, Shot};
use crate::analytes::{self as a, Measure};
use crate::body::Body;
use crate::codes::{Code, hl7, loinc, snomed};
use crate::date::Date;
use crate::illness::Ill;
use crate::scribe::Visit;
use crate::vaccines;

const AMBULATORY: Code = hl7("v3-ActCode", "AMB", "ambulatory");
const CHECK_UP: Code = snomed("185349003", "Encounter for check up");
const FOLLOW_UP: Code = snomed("390906007", "Follow-up encounter");

/// Tests that are done together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Panel {
    Sugar,
    Kidney,
    Albumin,
    Lipids,
    Blood,
    Liver,
    Thyroid,
    Prostate,
    Clotting,
    Heart,
    Lithium,
    Immune,
    Lungs,
    Urate,
    Habits,
    Mood,
    Drinking,
}

impl Life {
    /// A check of an adult.
    pub(super) fn check(&mut self, date: Date) {
        let reviewed = self.most_important(date).map(|had| (had.row, had.url.clone()));
        let mut visit = self.at_clinic(date, true);
        let minutes = u16::try_from(self.rng.between(12, 35)).unwrap_or(20);
        let end = visit.when.later(minutes);
        match &reviewed {
            Some((row, url)) => {
                visit.label = row.label.filter(|_| self.rng.chance(600));
                self.scribe.encounter(&mut visit, &AMBULATORY, (&FOLLOW_UP, row.review), (&[], row.review, url), end);
            }
            None => {
                let kind = (&CHECK_UP, "Check-up");
                self.scribe.encounter(&mut visit, &AMBULATORY, kind, (&[], "General check-up", ""), end);
            }
        }
        let general = Visit { label: None, ..visit.clone() };
        self.vitals(&general, 0);
        self.tests(&general, date);
        self.questions(&visit, date);
        if let Some((row, _)) = reviewed
            && self.rng.chance(350)
        {
            let text = self.rng.word(
                "Feels well. Takes the medicines every day.|Tired lately, sleeps badly. We look at it again next time.|\
                 Forgets the evening dose at times. A pill box may help.|Wants to move more. Leaflet given.|\
                 No new complaints. Values discussed.|Worried about side effects; talked it through.",
            );
            self.scribe.message(&visit.later(15), row.review, text, None);
        }
    }

    /// What a check is mainly about: often the first of what needs regular visits, sometimes another.
    fn most_important(&mut self, date: Date) -> Option<&Had> {
        let shift = self.rng.below(3) as usize;
        let on = |had: &&Had| had.is_on(date) && !had.row.review.is_empty() && !had.url.is_empty();
        let count = self.had.iter().filter(on).count();
        self.had.iter().filter(on).nth(if count > 0 { shift % count } else { 0 })
    }

    /// Weight, blood pressure and what else is measured at every visit; temperature in tenths of °C where given.
    pub(super) fn vitals(&mut self, visit: &Visit, temperature: i32) {
        let date = visit.when.date;
        let (age, load) = (self.body.age(date), self.load(date));
        let feverish = if temperature > 0 { temperature + self.rng.spread(3) } else { 370 };
        if age >= 3 {
            let (systolic, diastolic) = self.body.pressure(date, &load, &mut self.rng);
            self.scribe.pressure(&visit.later(2), systolic, diastolic, "");
        }
        let pulse = self.body.pulse(date, feverish, &mut self.rng);
        self.scribe.measured(&visit.later(2), &a::PULSE, pulse);
        if temperature > 0 {
            self.scribe.measured(&visit.later(3), &a::TEMPERATURE, feverish);
            let breaths = if age < 2 {
                34
            } else if age < 10 {
                22
            } else {
                15
            } + (feverish - 370).max(0) / 4;
            self.scribe.measured(&visit.later(3), &a::BREATHS, breaths);
            let air = (98 - (feverish - 375).max(0) / 4 + self.rng.spread(1)).clamp(86, 100);
            self.scribe.measured(&visit.later(3), &a::OXYGEN, air);
            return;
        }
        let height = self.body.height_mm(date);
        let weight = self.body.weight_hg(date, &load);
        let weight = weight + self.rng.spread((weight / 120).max(1));
        self.scribe.measured(&visit.later(4), &a::WEIGHT, weight);
        if age < 20 || self.due(Panel::Habits, date, 700) {
            self.scribe.measured(&visit.later(4), &a::HEIGHT, height);
        }
        if age >= 2 {
            self.scribe.measured(&visit.later(4), &a::BMI, Body::index(height, weight));
        }
    }

    /// Whether a panel was last done at least so many days ago, without saying that it is done now.
    fn due(&self, panel: Panel, date: Date, days: i32) -> bool {
        let last = self.done.iter().find(|(done, _)| *done == panel).map(|(_, last)| last.to_days());
        last.is_none_or(|last| date.to_days() - last >= days)
    }

    /// The same, and from now on it counts as done.
    fn take(&mut self, panel: Panel, date: Date, days: i32) -> bool {
        let due = self.due(panel, date, days);
        if due {
            self.done.retain(|(done, _)| *done != panel);
            self.done.push((panel, date));
        }
        due
    }

    fn tests(&mut self, visit: &Visit, date: Date) {
        let sample = Visit { by: self.clinic.clone(), ..visit.later(8) };
        let age = self.body.age(date);
        let has = |life: &Self, ills: &[Ill]| ills.iter().any(|ill| life.has(*ill, date));
        let sugar = has(self, &[Ill::Type2Diabetes, Ill::Type1Diabetes]);
        let heart = has(self, &[Ill::Hypertension, Ill::CoronaryDisease, Ill::HeartFailure, Ill::AtrialFibrillation]);
        let kidney = has(self, &[Ill::KidneyDisease]);
        if sugar && self.take(Panel::Sugar, date, 140) || age > 44 && self.take(Panel::Sugar, date, 1000) {
            self.sugar(&sample);
        }
        if kidney && self.take(Panel::Kidney, date, 160)
            || (sugar || heart) && self.take(Panel::Kidney, date, 330)
            || age > 49 && self.take(Panel::Kidney, date, 1100)
        {
            self.kidney(&sample);
        }
        if sugar && self.take(Panel::Albumin, date, 330) {
            let ratio = (9 + self.load(date).diabetes / 400 + self.rng.between(0, 22)).max(3);
            self.scribe.measured(&sample, &a::ALBUMINURIA, ratio);
        }
        let lipids = has(self, &[Ill::HighLipids, Ill::CoronaryDisease, Ill::Stroke]);
        if (lipids || sugar) && self.take(Panel::Lipids, date, 330) || age > 39 && self.take(Panel::Lipids, date, 1300)
        {
            self.lipids(&sample);
        }
        let blood = has(self, &[Ill::IronDeficiency, Ill::Rheumatoid, Ill::ColonCancer, Ill::BreastCancer]);
        if blood && self.take(Panel::Blood, date, 150) || age > 39 && self.take(Panel::Blood, date, 1000) {
            self.blood(&sample);
        }
        if has(self, &[Ill::Rheumatoid, Ill::Alcohol]) && self.take(Panel::Liver, date, 170)
            || lipids && self.take(Panel::Liver, date, 720)
        {
            self.liver(&sample);
        }
        self.single_tests(&sample, date);
    }

    /// Single tests: which condition, how often, what, and the usual number with its spread.
    fn single_tests(&mut self, sample: &Visit, date: Date) {
        type Test = (Ill, Panel, i32, Measure, i32, i32);
        let tests: [Test; 9] = [
            (Ill::LowThyroid, Panel::Thyroid, 330, a::TSH, 260, 110),
            (Ill::ProstateCancer, Panel::Prostate, 170, a::PSA, 9, 7),
            (Ill::Prostate, Panel::Prostate, 360, a::PSA, 28, 12),
            (Ill::HeartFailure, Panel::Heart, 170, a::NT_PRO_BNP, 1250, 420),
            (Ill::Bipolar, Panel::Lithium, 110, a::LITHIUM, 7, 1),
            (Ill::Hiv, Panel::Immune, 170, a::CD4, 640, 120),
            (Ill::Copd, Panel::Lungs, 330, a::LUNG_RATIO, 58, 5),
            (Ill::Asthma, Panel::Lungs, 330, a::PEAK_FLOW, 430, 55),
            (Ill::Gout, Panel::Urate, 330, a::URATE, 392, 55),
        ];
        for (ill, panel, days, measure, usual, spread) in tests {
            if self.has(ill, date) && self.take(panel, date, days) {
                let n = (usual + self.rng.spread(spread)).max(1);
                self.scribe.measured(sample, &measure, n);
            }
        }
        if self.has(Ill::AtrialFibrillation, date) && self.take(Panel::Clotting, date, 80) {
            let n = (24 + self.rng.spread(5)).clamp(10, 48);
            self.scribe.measured(sample, &a::INR, n);
        }
    }

    fn sugar(&mut self, sample: &Visit) {
        let date = sample.when.date;
        let load = self.load(date);
        let hba1c = self.body.hba1c(date, &load, &mut self.rng);
        self.scribe.measured(sample, &a::HBA1C, hba1c);
        let glucose = Body::glucose(hba1c, &mut self.rng);
        self.scribe.measured(sample, &a::GLUCOSE, glucose);
    }

    fn kidney(&mut self, sample: &Visit) {
        let date = sample.when.date;
        let load = self.load(date);
        let (creatinine, egfr) = self.body.kidneys(date, &load, &mut self.rng);
        let female = self.body.sex.is_female();
        let (sodium, potassium) = (139 + self.rng.spread(2), 43 + self.rng.spread(3));
        let urea = (49 + (90 - egfr).max(-20) * 8 / 10 + self.rng.spread(8)).clamp(18, 340);
        let results = [
            self.scribe.measured(sample, a::creatinine(female), creatinine),
            self.scribe.measured(sample, &a::EGFR, egfr),
            self.scribe.measured(sample, &a::SODIUM, sodium),
            self.scribe.measured(sample, &a::POTASSIUM, potassium),
            self.scribe.measured(sample, &a::UREA, urea),
        ];
        self.scribe.report(sample, &a::PANEL_RENAL, "Kidney tests", &results, "");
    }

    fn lipids(&mut self, sample: &Visit) {
        let date = sample.when.date;
        let load = self.load(date);
        let (total, hdl, ldl, triglyceride) = self.body.cholesterol(date, &load, &mut self.rng);
        let results = [
            self.scribe.measured(sample, &a::CHOLESTEROL, total),
            self.scribe.measured(sample, &a::HDL, hdl),
            self.scribe.measured(sample, &a::LDL, ldl),
            self.scribe.measured(sample, &a::NON_HDL, total - hdl),
            self.scribe.measured(sample, &a::TRIGLYCERIDE, triglyceride),
        ];
        self.scribe.report(sample, &a::PANEL_LIPID, "Cholesterol tests", &results, "");
    }

    pub(super) fn blood(&mut self, sample: &Visit) {
        let date = sample.when.date;
        let load = self.load(date);
        let hemoglobin = self.body.hemoglobin(date, &load, &mut self.rng);
        let female = self.body.sex.is_female();
        let volume = if load.anemia >= 0 { 76 } else { 89 } + self.rng.spread(3);
        let (white, platelets) = ((68 + self.rng.spread(14)).max(28), (252 + self.rng.spread(45)).max(90));
        let results = [
            self.scribe.measured(sample, a::hemoglobin(female), hemoglobin),
            self.scribe.measured(sample, &a::HEMATOCRIT, hemoglobin * 3),
            self.scribe.measured(sample, &a::CELL_VOLUME, volume),
            self.scribe.measured(sample, &a::WHITE_CELLS, white),
            self.scribe.measured(sample, &a::PLATELETS, platelets),
        ];
        self.scribe.report(sample, &a::PANEL_CBC, "Full blood count", &results, "");
        if load.anemia >= 0 {
            let ferritin = (9 + load.anemia / 12 + self.rng.spread(3)).max(3);
            self.scribe.measured(sample, &a::FERRITIN, ferritin);
        }
    }

    fn liver(&mut self, sample: &Visit) {
        let drinks = if self.has(Ill::Alcohol, sample.when.date) { 46 } else { 0 };
        let (alt, ast) = (24 + drinks + self.rng.spread(7), 23 + drinks * 3 / 2 + self.rng.spread(6));
        let albumin = 42 - drinks / 10 + self.rng.spread(2);
        let results = [
            self.scribe.measured(sample, &a::ALT, alt.max(6)),
            self.scribe.measured(sample, &a::AST, ast.max(7)),
            self.scribe.measured(sample, &a::ALBUMIN, albumin),
        ];
        self.scribe.report(sample, &a::PANEL_LIVER, "Liver tests", &results, "");
    }

    fn questions(&mut self, visit: &Visit, date: Date) {
        let general = Visit { label: None, ..visit.later(10) };
        if self.take(Panel::Habits, date, 700) {
            let (code, words) = self.smoking(date);
            let question = loinc("72166-2", "Tobacco smoking status");
            self.scribe.answer(&general, "social-history", &question, "Smoking", (&[code], words));
            self.scribe.measured(&general, &a::DRINKS, (self.person.drinks + 5) / 10);
        }
        if (self.has(Ill::Depression, date) || self.has(Ill::Anxiety, date)) && self.take(Panel::Mood, date, 60) {
            let low = (13 + self.rng.spread(4)).clamp(3, 27);
            self.scribe.measured(&visit.later(11), &a::PHQ9, low);
            let worry = (11 + self.rng.spread(4)).clamp(1, 21);
            self.scribe.measured(&visit.later(12), &a::GAD7, worry);
        }
        if self.has(Ill::Alcohol, date) && self.take(Panel::Drinking, date, 150) {
            let score = (8 + self.rng.spread(2)).clamp(3, 12);
            self.scribe.measured(&visit.later(12), &a::AUDIT_C, score);
        }
    }

    /// A vaccination of an adult, at the pharmacy where it is the flu's.
    pub(super) fn shot(&mut self, date: Date, shot: Shot) {
        let mut visit = self.at_clinic(date, true);
        if shot == Shot::Flu {
            visit.by = self.pharmacist.clone();
            visit.place = self.pharmacy.clone();
        }
        let maker = usize::from(self.person.birth.day.is_multiple_of(2));
        let (code, name, dose) = match shot {
            Shot::Flu => (vaccines::FLU, "Flu", 0),
            Shot::Tetanus => (vaccines::TETANUS, "Tetanus booster", 0),
            Shot::Pneumococcal => (vaccines::PNEUMOCOCCAL, "Pneumococcal", 1),
            Shot::Shingles(dose) if date.year < 2018 => (vaccines::SHINGLES_LIVE, "Shingles", dose),
            Shot::Shingles(dose) => (vaccines::SHINGLES, "Shingles", dose),
            Shot::Covid(dose) => (vaccines::COVID.get(maker).copied().unwrap_or(vaccines::FLU), "COVID-19", dose),
        };
        let lot = self.lot();
        let left = self.rng.chance(700);
        self.scribe.immunization(&visit, (&code, name), &lot, left, dose);
    }

    /// A batch number.
    pub(super) fn lot(&mut self) -> String {
        let letters = self.rng.word("AB|CK|EX|FD|GJ|HL|KV|LP|MR|TX|UW|ZA");
        format!("{letters}{:04}", self.rng.below(10_000))
    }
}
