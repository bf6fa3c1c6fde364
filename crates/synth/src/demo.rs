//! The person of "Try with a made-up person": always the same life, told back from today.

mod background;
mod diabetes;
mod home;
mod letters;

use crate::codes::System;
use crate::codes::{Code, code, hl7, snomed};
use crate::date::{Date, Moment};
use crate::place::{HOME, Name};
use crate::rng::Rng;
use crate::scribe::{Course, Known, Scribe, Sex, Visit, Who};
use crate::{Lifetime, drugs};

/// The fixed person shown by "Try with a made-up person": Mirela Sandoval, 58, with type 2 diabetes, high blood
/// pressure and two allergies. Dates are counted back from `today`, ids are always the same.
#[must_use]
pub fn demo(today: Date) -> Lifetime {
    let mut demo = Demo::new(today.as_today());
    demo.allergies();
    demo.conditions();
    demo.early_life();
    demo.reviews();
    demo.medicines();
    demo.other_visits();
    demo.vaccinations();
    demo.at_home();
    demo.letters();
    demo.plan();
    Lifetime { resources: demo.scribe.finish() }
}

struct Demo {
    scribe: Scribe,
    rng: Rng,
    today: Date,
    birth: Date,
    surgery: Who,
    hospital: Who,
    pharmacy: Who,
    opticians: Who,
    doctor: Who,
    nurse: Who,
    pharmacist: Who,
    optometrist: Who,
    surgeon: Who,
    diabetes: String,
    pressure: String,
    lipids: String,
    knee: String,
    mood: String,
}

const AMBULATORY: Code = hl7("v3-ActCode", "AMB", "ambulatory");
const INPATIENT: Code = hl7("v3-ActCode", "IMP", "inpatient encounter");
const FOLLOW_UP: Code = snomed("390906007", "Follow-up encounter");
const PROBLEM: Code = snomed("185347001", "Encounter for problem");
const PSYCHIATRY: Code = hl7("v3-ActCode", "PSY", "psychiatry disorder information sensitivity");
const REPRODUCTION: Code = hl7("v3-ActCode", "SEX", "sexuality and reproductive health information sensitivity");

impl Demo {
    fn new(today: Date) -> Self {
        let rng = Rng::new(0x4D69_7265_6C61);
        let mut scribe = Scribe::new(rng.fork(1), HOME.zone, false, today.plus_years(-9));
        // Her birthday is on 3 May; she is 58.
        let birthday = Date { year: today.year, month: 5, day: 3 };
        let birth = birthday.plus_years(if birthday > today { -59 } else { -58 });

        let (town, country) = (HOME.town, HOME.country);
        let surgery = scribe.organization("Willow Lane Surgery", town, country);
        let hospital = scribe.organization("Harbourgate Hospital", town, country);
        let pharmacy = scribe.organization("Brightwell Pharmacy", town, country);
        let opticians = scribe.organization("Fernside Eye Centre", town, country);
        let name = |given: &str, family: &str| Name { given: given.to_owned(), family: family.to_owned() };
        let doctor = scribe.practitioner("Dr", &name("Tomasz", "Ferreira"), "General practitioner");
        let nurse = scribe.practitioner("Nurse", &name("Abena", "Lindqvist"), "Practice nurse");
        let pharmacist = scribe.practitioner("Mr", &name("Yusuf", "Carrow"), "Pharmacist");
        let optometrist = scribe.practitioner("Ms", &name("Farah", "Delacroix"), "Optometrist");
        let surgeon = scribe.practitioner("Miss", &name("Ingrid", "Okonjo-Vale"), "General surgeon");
        let who = name("Mirela", "Sandoval");
        scribe.patient(&HOME, (&who, Sex::Female, birth), None, ("Heron Walk", 58_021), &surgery);
        let none = String::new;
        Self {
            scribe,
            rng: rng.fork(2),
            today,
            birth,
            surgery,
            hospital,
            pharmacy,
            opticians,
            doctor,
            nurse,
            pharmacist,
            optometrist,
            surgeon,
            diabetes: none(),
            pressure: none(),
            lipids: none(),
            knee: none(),
            mood: none(),
        }
    }

    /// A working day, so many days ago or up to two more.
    fn ago(&self, days: i32) -> Date {
        let date = self.today.plus_days(-days);
        match date.weekday() {
            0 => date.plus_days(-2),
            6 => date.plus_days(-1),
            _ => date,
        }
    }

    /// Something recorded at the surgery, outside an encounter.
    fn at_surgery(&self, date: Date, minute: u16, by: &Who) -> Visit {
        Visit {
            url: String::new(),
            when: Moment::new(date, minute),
            by: by.clone(),
            place: self.surgery.clone(),
            label: None,
        }
    }

    /// Something the person wrote down herself.
    fn herself(&self, date: Date, minute: u16) -> Visit {
        self.at_surgery(date, minute, &self.scribe.subject)
    }

    /// An encounter at the surgery of so many minutes.
    fn consult(&mut self, mut visit: Visit, minutes: u16, kind: (&Code, &str), reason: &str, about: &str) -> Visit {
        let end = visit.when.later(minutes);
        self.scribe.encounter(&mut visit, &AMBULATORY, kind, (&[], reason, about), end);
        visit
    }

    fn allergies(&mut self) {
        let visit = self.at_surgery(self.ago(9 * 365), 615, &self.doctor);
        let penicillin = [snomed("764146007", "Penicillin"), snomed("91936005", "Allergy to penicillin")];
        let swelling = snomed("278528006", "Facial swelling");
        self.scribe.allergy(
            &visit,
            (&penicillin, "Penicillin", "medication"),
            Known::Year(self.birth.plus_years(24)),
            (&swelling, "Face swelling", crate::scribe::Severity::Severe),
            false,
        );
        let latex = [snomed("111088007", "Latex"), snomed("300916003", "Allergy to latex")];
        let itching = snomed("271807003", "Rash");
        self.scribe.allergy(
            &visit.later(2),
            (&latex, "Latex", "environment"),
            Known::Month(self.ago(11 * 365)),
            (&itching, "Itchy rash on the hands", crate::scribe::Severity::Mild),
            false,
        );
    }

    fn conditions(&mut self) {
        let at = |years: i32, months: i32| self.today.plus_months(-12 * years - months);
        let (diabetes_since, gone) = (at(10, 5), self.ago(12 * 365));
        let visit = self.at_surgery(self.ago(9 * 365), 620, &self.doctor);
        let icd = |id, display| code(System::Icd10, id, display);
        let mut add = |codes: &[Code], text: &str, since: Known, course: Course| {
            self.scribe.condition(&visit, (codes, text), since, course, None)
        };
        self.diabetes = add(
            &[
                snomed("44054006", "Type 2 diabetes mellitus"),
                icd("E11.9", "Type 2 diabetes mellitus: Without complications"),
            ],
            "Type 2 diabetes",
            Known::Day(diabetes_since),
            Course::Active,
        );
        self.pressure = add(
            &[snomed("59621000", "Essential hypertension"), icd("I10", "Essential (primary) hypertension")],
            "High blood pressure",
            Known::Day(at(13, 2)),
            Course::Active,
        );
        self.lipids = add(
            &[snomed("55822004", "Hyperlipidemia"), icd("E78.5", "Hyperlipidaemia, unspecified")],
            "High cholesterol",
            Known::Month(at(8, 0)),
            Course::Active,
        );
        self.knee = add(
            &[snomed("239873007", "Osteoarthritis of knee"), icd("M17.9", "Gonarthrosis, unspecified")],
            "Osteoarthritis of the right knee",
            Known::Month(at(3, 6)),
            Course::Active,
        );
        add(
            &[
                snomed("235919008", "Gallbladder calculus"),
                icd("K80.2", "Calculus of gallbladder without cholecystitis"),
            ],
            "Gallstones",
            Known::Month(at(12, 4)),
            Course::Resolved(gone),
        );
        add(
            &[snomed("87522002", "Iron deficiency anemia"), icd("D50.9", "Iron deficiency anaemia, unspecified")],
            "Iron deficiency anaemia",
            Known::Year(self.birth.plus_years(30)),
            Course::Resolved(self.birth.plus_years(31)),
        );
        let depression = [snomed("35489007", "Depressive disorder"), icd("F32.9", "Depressive episode, unspecified")];
        let visit = Visit { label: Some(&PSYCHIATRY), ..visit };
        self.mood = self.scribe.condition(
            &visit,
            (&depression, "Depression after a loss"),
            Known::Month(at(6, 3)),
            Course::Remission(at(5, 1)),
            Some(crate::scribe::Severity::Moderate),
        );
    }

    fn medicines(&mut self) {
        use drugs as d;
        let months = |n: i32| self.today.plus_months(-n);
        let (diabetes, pressure, lipids) = (self.diabetes.clone(), self.pressure.clone(), self.lipids.clone());
        let current = [
            (d::METFORMIN, months(125), "Type 2 diabetes", &diabetes),
            (d::EMPAGLIFLOZIN, self.ago(190), "Type 2 diabetes", &diabetes),
            (d::AMLODIPINE, months(158), "High blood pressure", &pressure),
            (d::LOSARTAN, months(44), "High blood pressure", &pressure),
            (d::ATORVASTATIN, months(90), "To lower cholesterol", &lipids),
        ];
        for (drug, since, reason, condition) in current {
            let visit = self.at_surgery(since, 575, &self.doctor);
            self.scribe.prescription(&visit, (&drug.codes, drug.name), &drug.dose, (reason, condition), None);
        }
        let past = [
            (d::RAMIPRIL, months(150), months(44), "Dry cough", &pressure),
            (d::SIMVASTATIN, months(102), months(90), "Changed to atorvastatin: aching legs", &lipids),
            (d::IBUPROFEN, months(43), months(40), "Not good with blood pressure tablets", &self.knee.clone()),
        ];
        for (drug, from, to, why, condition) in past {
            let visit = self.at_surgery(from, 640, &self.doctor);
            self.scribe.prescription(&visit, (&drug.codes, drug.name), &drug.dose, ("", condition), Some((to, why)));
        }
        let visit = Visit { label: Some(&PSYCHIATRY), ..self.at_surgery(months(74), 640, &self.doctor) };
        let (drug, mood) = (d::SERTRALINE, self.mood.clone());
        self.scribe.prescription(&visit, (&drug.codes, drug.name), &drug.dose, ("", &mood), Some((months(61), "")));
        for (drug, since, why) in [
            (d::VITAMIN_D, months(20), "For bones, bought without prescription"),
            (d::PARACETAMOL, months(40), "For the knee, when needed"),
        ] {
            let visit = self.herself(months(20), 1130);
            self.scribe.statement(&visit, (&drug.codes, drug.name), &drug.dose, (since, None), why);
        }
    }
}
