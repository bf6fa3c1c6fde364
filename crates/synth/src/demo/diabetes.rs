//! Three years of diabetes reviews, with fourteen months in which none took place, and the plan that came of them.

use super::{Demo, FOLLOW_UP};
use crate::analytes as a;
use crate::codes::{hl7, loinc, snomed};
use crate::date::Moment;
use crate::math;
use crate::scribe::{Known, Visit};

/// A review: days ago, HbA1c in mmol/mol, blood pressure, weight in hundreds of grams, pulse.
struct Review {
    days_ago: i32,
    hba1c: i32,
    pressure: (i32, i32),
    weight: i32,
    pulse: i32,
    /// Bloods and urine of the yearly check: creatinine in µmol/L, albumin ratio in mg/g, and lipids in tenths of
    /// mmol/L (total, HDL, triglycerides).
    yearly: Option<(i32, i32, (i32, i32, i32))>,
    words: &'static str,
}

const fn review(
    days_ago: i32,
    hba1c: i32,
    pressure: (i32, i32),
    weight: i32,
    pulse: i32,
    words: &'static str,
) -> Review {
    Review { days_ago, hba1c, pressure, weight, pulse, yearly: None, words }
}

const REVIEWS: &[Review] = &[
    Review {
        yearly: Some((70, 38, (54, 11, 23))),
        ..review(1112, 69, (152, 92), 861, 82, "Feels tired. Wants to try walking before another tablet.")
    },
    review(1021, 66, (148, 90), 858, 80, "Walks 20 minutes most days. Metformin taken every day."),
    review(930, 63, (146, 88), 852, 78, "Sleeps better. Asked for recipes; booklet given."),
    Review {
        yearly: Some((72, 34, (49, 11, 20))),
        ..review(840, 61, (144, 88), 849, 80, "Feet checked, no problems found.")
    },
    Review {
        yearly: Some((74, 36, (46, 12, 18))),
        ..review(
            414,
            58,
            (150, 92),
            853,
            84,
            "Back after 14 months: cared for her mother. Tablets taken, no checks made.",
        )
    },
    review(302, 56, (142, 86), 846, 76, "Home readings are lower than here. Cuff compared: it agrees."),
    Review {
        yearly: Some((75, 31, (44, 12, 17))),
        ..review(190, 55, (138, 84), 840, 78, "Empagliflozin started to protect heart and kidneys.")
    },
    review(97, 54, (138, 86), 826, 74, "No side effects from the new tablet. Drinks enough."),
    Review {
        yearly: Some((76, 24, (40, 13, 16))),
        ..review(
            10,
            53,
            (136, 84),
            816,
            74,
            "Feet checked, no problems found. HbA1c is at the goal for the first time.",
        )
    },
];

impl Demo {
    pub(super) fn reviews(&mut self) {
        for review in REVIEWS {
            self.review(review);
        }
    }

    fn review(&mut self, review: &Review) {
        let date = self.ago(review.days_ago);
        let visit = self.at_surgery(date, 642, &self.nurse);
        let (diabetes, surgery) = (self.diabetes.clone(), self.surgery.clone());
        let visit = self.consult(visit, 25, (&FOLLOW_UP, "Diabetes review"), "Diabetes review", &diabetes);
        let age = date.years_since(self.birth);
        let scribe = &mut self.scribe;
        let (systolic, diastolic) = review.pressure;
        scribe.pressure(&visit.later(3), systolic, diastolic, "");
        scribe.measured(&visit.later(3), &a::PULSE, review.pulse);
        scribe.measured(&visit.later(5), &a::WEIGHT, review.weight);
        scribe.measured(&visit.later(5), &a::BMI, review.weight * 1000 / (164 * 164) * 10 + 4);
        if review.yearly.is_some() {
            scribe.measured(&visit.later(5), &a::HEIGHT, 1640);
        }
        let sample = Visit { by: surgery, ..visit.later(8) };
        scribe.measured(&sample, &a::HBA1C, review.hba1c);
        if let Some((creatinine, ratio, (total, hdl, triglyceride))) = review.yearly {
            let kidney = [
                scribe.measured(&sample, a::creatinine(true), creatinine),
                scribe.measured(&sample, &a::EGFR, math::egfr(creatinine, age, true)),
                scribe.measured(&sample, &a::SODIUM, 139 + review.pulse % 3),
                scribe.measured(&sample, &a::POTASSIUM, 42 + review.pulse % 5),
                scribe.measured(&sample, &a::UREA, 52 + review.pulse % 7),
                scribe.measured(&sample, &a::ALBUMINURIA, ratio),
            ];
            scribe.report(&sample, &a::PANEL_RENAL, "Kidney tests", &kidney, "");
            // Friedewald: LDL = total − HDL − triglycerides / 2.2, in mmol/L.
            let ldl = total - hdl - triglyceride * 10 / 22;
            let lipids = [
                scribe.measured(&sample, &a::CHOLESTEROL, total),
                scribe.measured(&sample, &a::HDL, hdl),
                scribe.measured(&sample, &a::LDL, ldl),
                scribe.measured(&sample, &a::NON_HDL, total - hdl),
                scribe.measured(&sample, &a::TRIGLYCERIDE, triglyceride),
            ];
            let words = if total - hdl < 28 { "Non-HDL cholesterol has fallen by more than a third." } else { "" };
            scribe.report(&sample, &a::PANEL_LIPID, "Cholesterol tests", &lipids, words);
            scribe.measured(&sample, &a::ALT, 41 - review.days_ago % 9);
            let foot = snomed("401191002", "Diabetic foot examination");
            let fine = "Pulses and feeling normal in both feet. Skin intact.";
            scribe.procedure(&visit.later(12), (&foot, "Diabetic foot check"), Known::Day(date), fine, &diabetes);
        }
        scribe.message(&visit.later(20), "Review note", review.words, None);
    }

    pub(super) fn plan(&mut self) {
        let visit = self.at_surgery(self.ago(10), 664, &self.nurse);
        let next = self.today.plus_months(6);
        let both = [self.diabetes.clone(), self.pressure.clone()];
        let scribe = &mut self.scribe;
        let goals = [
            scribe.goal(
                &visit,
                "HbA1c at 53 mmol/mol or lower",
                (
                    &loinc("59261-8", "Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol"),
                    53,
                    ("mmol/mol", "mmol/mol"),
                ),
                next,
                "achieved",
                &both[..1],
            ),
            scribe.goal(
                &visit,
                "Blood pressure at home below 135/85",
                (&loinc("8480-6", "Systolic blood pressure"), 135, ("mmHg", "mm[Hg]")),
                next,
                "improving",
                &both[1..],
            ),
            scribe.goal(
                &visit,
                "Weight of 80 kg or less",
                (&loinc("29463-7", "Body weight"), 80, ("kg", "kg")),
                next,
                "improving",
                &[],
            ),
        ];
        let category = snomed("698360004", "Diabetes self management plan");
        let plan = scribe.care_plan(
            &visit,
            (&category, "Diabetes and blood pressure plan"),
            None,
            &goals,
            &both,
            &[
                ("in-progress", "Walk 30 minutes on five days a week"),
                ("in-progress", "Measure blood pressure at home, morning and evening, for 7 days every 3 months"),
                ("in-progress", "Check feet every evening"),
                ("scheduled", "Eye screening once a year"),
                ("scheduled", "Blood and urine tests in 6 months"),
                ("not-started", "Cooking group at the community hall"),
            ],
        );
        let herself = scribe.subject.clone();
        let (eyes, week, tablets) = (self.today.plus_days(8), self.today.plus_days(2), self.today.plus_days(5));
        scribe.task(&visit.later(2), "Book your diabetic eye screening", eyes, &herself, &plan);
        scribe.task(
            &visit.later(3),
            "Measure your blood pressure, morning and evening, for 7 days",
            week,
            &herself,
            &plan,
        );
        let atorvastatin = self.at_surgery(self.ago(2), 700, &self.pharmacist);
        self.scribe.task(&atorvastatin, "Order atorvastatin: 7 tablets left", tablets, &herself, "");
    }

    /// The eye check of last year, and the year before.
    pub(super) fn eyes(&mut self) {
        for (days_ago, words) in [
            (356, "Both eyes: no sign of diabetic eye disease. Next photograph in one year."),
            (735, "Right eye: one tiny bleed, background changes only. Left eye: none. Next photograph in one year."),
        ] {
            let date = self.ago(days_ago);
            let mut visit = Visit { place: self.opticians.clone(), ..self.at_surgery(date, 915, &self.optometrist) };
            let kind = snomed("134395001", "Diabetic retinopathy screening");
            let (end, diabetes) = (Moment::new(date, 945), self.diabetes.clone());
            let class = hl7("v3-ActCode", "AMB", "ambulatory");
            self.scribe.encounter(&mut visit, &class, (&kind, "Diabetic eye screening"), (&[], "", &diabetes), end);
            self.scribe.procedure(
                &visit.later(10),
                (&kind, "Photographs of both eyes"),
                Known::Day(date),
                words,
                &diabetes,
            );
        }
    }
}
