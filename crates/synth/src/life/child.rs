//! Birth, checks of healthy children, and childhood vaccinations.

use super::Life;
use crate::analytes as a;
use crate::codes::{hl7, snomed};
use crate::date::Date;
use crate::scribe::Visit;
use crate::vaccines::{CHILDHOOD, Vaccine};

impl Life {
    /// The person's own birth, where the record begins with it.
    pub(super) fn born(&mut self, date: Date) {
        let minute = u16::try_from(self.rng.between(5, 1200)).unwrap_or(0);
        let mut visit = self.at_hospital(date, minute);
        let class = hl7("v3-ActCode", "IMP", "inpatient encounter");
        let kind = snomed("32485007", "Hospital admission");
        let end = self.before_the_end(visit.when.later(600)).max(visit.when);
        self.scribe.encounter(&mut visit, &class, (&kind, "Birth"), (&[], "Newborn care", ""), end);
        let score = (9 + self.rng.spread(1)).clamp(6, 10);
        self.scribe.measured(&visit.later(5), &a::APGAR, score);
        self.growth(&visit.later(30));
        self.shots_at(&visit.later(60), 0, true);
    }

    /// A check of a healthy child.
    pub(super) fn well_child(&mut self, date: Date, months: i32) {
        let mut visit = self.at_clinic(date, months % 12 != 0);
        let class = hl7("v3-ActCode", "AMB", "ambulatory");
        let kind = snomed("185349003", "Encounter for check up");
        let end = visit.when.later(25);
        let reason = if months < 24 { "Baby check" } else { "Child health check" };
        self.scribe.encounter(&mut visit, &class, (&kind, reason), (&[], reason, ""), end);
        self.growth(&visit);
        if months >= 36 {
            self.vitals(&visit, 0);
        }
        self.shots_at(&visit, months, true);
    }

    /// Vaccinations of a childhood before records were kept, from the booklet.
    pub(super) fn old_shots(&mut self, date: Date, months: i32) {
        let visit = self.at_clinic(date, true);
        self.shots_at(&visit, months, false);
    }

    fn growth(&mut self, visit: &Visit) {
        let date = visit.when.date;
        let months = (date.to_days() - self.person.birth.to_days()) * 12 / 365;
        if months < 36 {
            let load = self.load(date);
            let weight = self.body.weight_hg(date, &load);
            let (height, head) = (self.body.height_mm(date), self.body.head_mm(date));
            self.scribe.measured(visit, &a::HEIGHT, height);
            self.scribe.measured(visit, &a::WEIGHT, weight);
            self.scribe.measured(visit, &a::HEAD, head);
        }
    }

    fn shots_at(&mut self, visit: &Visit, months: i32, recorded: bool) {
        let year = visit.when.date.year;
        let due = |vaccine: &&'static Vaccine| {
            vaccine.months.contains(&months)
                && (vaccine.years.0..vaccine.years.1).contains(&year)
                && (!vaccine.bcg || self.person.place.bcg)
        };
        let due: Vec<&'static Vaccine> = CHILDHOOD.iter().filter(due).collect();
        for vaccine in due {
            if self.rng.chance(if recorded { 935 } else { 800 }) {
                let before = vaccine.months.iter().filter(|at| **at <= months).count();
                let lot = if recorded { self.lot() } else { String::new() };
                let dose = u8::try_from(before).unwrap_or(1);
                self.scribe.immunization(visit, (&vaccine.code, vaccine.name), &lot, dose % 2 == 1, dose);
            }
        }
    }
}
