//! Childhood, family, operations, everyday illnesses, screening and vaccinations.

use super::{AMBULATORY, Demo, FOLLOW_UP, INPATIENT, PROBLEM, PSYCHIATRY, REPRODUCTION};
use crate::analytes as a;
use crate::codes::{Code, System, code, hl7, loinc, snomed};
use crate::date::{Date, Moment};
use crate::drugs;
use crate::scribe::{Course, Known, Visit};

impl Demo {
    pub(super) fn early_life(&mut self) {
        let visit = self.at_surgery(self.ago(9 * 365), 630, &self.doctor);
        let (scribe, birth) = (&mut self.scribe, self.birth);
        let mother = hl7("v3-RoleCode", "MTH", "mother");
        let father = hl7("v3-RoleCode", "FTH", "father");
        scribe.relative(&visit, &mother, &[snomed("44054006", "Type 2 diabetes mellitus")], "Type 2 diabetes", 55);
        scribe.relative(&visit, &father, &[snomed("22298006", "Myocardial infarction")], "Heart attack", 61);
        let tonsils = snomed("173422009", "Tonsillectomy");
        scribe.procedure(&visit, (&tonsils, "Tonsils taken out"), Known::Year(birth.plus_years(7)), "", "");
        let wrist = [
            snomed("65966004", "Fracture of forearm"),
            code(System::Icd10, "S52.9", "Fracture of forearm, part unspecified"),
        ];
        let at_ten = birth.plus_years(10);
        scribe.condition(
            &visit,
            (&wrist, "Broken left forearm"),
            Known::Year(at_ten),
            Course::Resolved(at_ten.plus_days(80)),
            None,
        );
        let private = Visit { label: Some(&REPRODUCTION), ..visit };
        let pregnancy = snomed("72892002", "Normal pregnancy");
        for (years, words) in [(27, "First pregnancy, a daughter"), (30, "Second pregnancy, a son")] {
            let from = birth.plus_years(years).plus_months(2);
            let birth_day = from.plus_days(279);
            scribe.condition(&private, (&[pregnancy], words), Known::Month(from), Course::Resolved(birth_day), None);
            let delivery = snomed("236973005", "Delivery procedure");
            scribe.procedure(&private, (&delivery, "Birth"), Known::Day(birth_day), "Healthy mother and child.", "");
        }
    }

    pub(super) fn other_visits(&mut self) {
        self.gallbladder();
        self.low_mood();
        self.infection();
        self.knee_visit();
        self.dizzy();
        self.eyes();
        self.screening();
        for (days_ago, answer) in [(1112, "Stopped smoking 16 years ago"), (414, "Stopped smoking 18 years ago")] {
            let visit = self.at_surgery(self.ago(days_ago), 650, &self.nurse);
            let smoking = loinc("72166-2", "Tobacco smoking status");
            let former = [snomed("8517006", "Former smoker")];
            self.scribe.answer(&visit, "social-history", &smoking, "Smoking", (&former, answer));
            self.scribe.measured(&visit.later(1), &a::AUDIT_C, 2);
        }
        let visit = self.at_surgery(self.ago(190), 654, &self.nurse);
        let sample = Visit { by: self.surgery.clone(), ..visit };
        self.scribe.measured(&sample, &a::B12, 268);
        self.scribe.measured(&sample, &a::TSH, 212);
        let blood = [
            self.scribe.measured(&sample, a::hemoglobin(true), 131),
            self.scribe.measured(&sample, &a::HEMATOCRIT, 394),
            self.scribe.measured(&sample, &a::CELL_VOLUME, 89),
            self.scribe.measured(&sample, &a::WHITE_CELLS, 66),
            self.scribe.measured(&sample, &a::PLATELETS, 246),
        ];
        self.scribe.report(&sample, &a::PANEL_CBC, "Full blood count", &blood, "");
    }

    fn gallbladder(&mut self) {
        let date = self.ago(12 * 365);
        let mut visit = Visit { place: self.hospital.clone(), ..self.at_surgery(date, 480, &self.surgeon) };
        let end = Moment::new(date.plus_days(1), 660);
        let kind = snomed("32485007", "Hospital admission");
        self.scribe.encounter(
            &mut visit,
            &INPATIENT,
            (&kind, "Stay in hospital"),
            (&[], "Planned gallbladder operation", ""),
            end,
        );
        let operation = snomed("38102005", "Cholecystectomy");
        let note = "Keyhole operation. No complications. Latex-free theatre after a rash from gloves.";
        self.scribe.procedure(&visit.later(150), (&operation, "Gallbladder taken out"), Known::Day(date), note, "");
        self.discharge_letter(&visit);
    }

    fn low_mood(&mut self) {
        for (months, score, words) in
            [(75, 16, "Low mood for three months"), (70, 9, "Mood review"), (62, 4, "Mood review")]
        {
            let date = self.ago(months * 61 / 2);
            let visit = Visit { label: Some(&PSYCHIATRY), ..self.at_surgery(date, 870, &self.doctor) };
            let mood = self.mood.clone();
            let visit = self.consult(visit, 20, (&PROBLEM, "Talk with the doctor"), words, &mood);
            self.scribe.measured(&visit.later(5), &a::PHQ9, score);
        }
    }

    fn infection(&mut self) {
        let date = self.ago(655);
        let visit = self.at_surgery(date, 1010, &self.doctor);
        let visit = self.consult(visit, 12, (&PROBLEM, "Visit to the doctor"), "Burning when passing water, fever", "");
        let infection = [
            snomed("68566005", "Urinary tract infectious disease"),
            code(System::Icd10, "N39.0", "Urinary tract infection, site not specified"),
        ];
        let course = Course::Resolved(date.plus_days(6));
        let url = self.scribe.condition(&visit, (&infection, "Urine infection"), Known::Day(date), course, None);
        self.scribe.measured(&visit.later(3), &a::TEMPERATURE, 382);
        self.scribe.pressure(&visit.later(4), 141, 87, "");
        self.scribe.measured(&visit.later(4), &a::PULSE, 96);
        self.scribe.measured(&visit.later(4), &a::OXYGEN, 98);
        let sample = Visit { by: self.surgery.clone(), ..visit.clone() };
        self.scribe.measured(&sample, &a::CRP, 28);
        let drug = drugs::NITROFURANTOIN;
        let ended = Some((date.plus_days(5), ""));
        self.scribe.prescription(&visit, (&drug.codes, drug.name), &drug.dose, ("Urine infection", &url), ended);
    }

    fn knee_visit(&mut self) {
        let visit = self.at_surgery(self.ago(43 * 30), 560, &self.doctor);
        let knee = self.knee.clone();
        let visit =
            self.consult(visit, 15, (&PROBLEM, "Visit to the doctor"), "Pain in the right knee on stairs", &knee);
        self.scribe.pressure(&visit.later(3), 150, 90, "");
        let image = Visit { place: self.hospital.clone(), by: self.hospital.clone(), ..visit.later(0) };
        let xray = snomed("1597004", "Skeletal X-ray of lower limb");
        let words = "Narrowed inner joint space, small spurs: moderate osteoarthritis.";
        self.scribe.procedure(
            &image.later(90),
            (&xray, "X-ray of the right knee"),
            Known::Day(image.when.date),
            words,
            &knee,
        );
    }

    fn dizzy(&mut self) {
        let visit = self.at_surgery(self.ago(31), 935, &self.doctor);
        let pressure = self.pressure.clone();
        let visit =
            self.consult(visit, 15, (&FOLLOW_UP, "Blood pressure check"), "Blood pressure and medicines", &pressure);
        self.scribe.pressure(&visit.later(3), 138, 84, "Sitting");
        self.scribe.pressure(&visit.later(7), 130, 82, "After standing for 3 minutes");
        let words = "Medicines checked together. Stand up slowly, drink enough. Losartan stays at 50 mg.";
        self.scribe.message(&visit.later(12), "Doctor's note", words, None);
    }

    fn screening(&mut self) {
        let place = self.hospital.clone();
        for days_ago in [520, 1615] {
            let visit = Visit {
                place: place.clone(),
                by: place.clone(),
                ..self.at_surgery(self.ago(days_ago), 680, &self.nurse)
            };
            let study = loinc("24606-6", "MG Breast Screening");
            self.scribe.imaging(
                &visit,
                &study,
                "Breast screening",
                "No sign of cancer in either breast. Next invitation in three years.",
            );
        }
        let visit = Visit { label: Some(&REPRODUCTION), ..self.at_surgery(self.ago(710), 655, &self.nurse) };
        let smear = loinc("10524-7", "Microscopic observation [Identifier] in Cervix by Cyto stain");
        self.scribe.answer(&visit, "laboratory", &smear, "Cervical screening", (&[], "Normal, HPV not found"));
        let visit = Visit { by: self.hospital.clone(), ..self.at_surgery(self.ago(238), 700, &self.nurse) };
        let stool = loinc("57905-2", "Hemoglobin.gastrointestinal [Presence] in Stool by Immunologic method");
        let negative = [snomed("260385009", "Negative")];
        self.scribe.answer(&visit, "laboratory", &stool, "Bowel screening", (&negative, "No blood found"));
    }

    pub(super) fn vaccinations(&mut self) {
        let cvx = |id, display| code(System::Cvx, id, display);
        let flu = cvx("140", "Influenza, split virus, trivalent, PF");
        for back in 0..6 {
            let year = self.today.year - back;
            let date = Date { year, month: 10, day: 2 + u8::try_from(back).unwrap_or(0) };
            if date <= self.today {
                let visit = Visit { place: self.pharmacy.clone(), ..self.at_surgery(date, 855, &self.pharmacist) };
                let lot = format!("FL{:02}-{}", year.rem_euclid(100), 1187 + back * 37);
                self.scribe.immunization(&visit, (&flu, "Flu vaccine"), &lot, true, 0);
            }
        }
        let covid = cvx("208", "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose");
        let later = cvx("300", "COVID-19, mRNA, LNP-S, bivalent, PF, 30 mcg/0.3 mL dose");
        let on = |year, month, day| Date { year, month, day };
        let ago = |months: i32| self.today.plus_months(-months);
        let others: [(Date, Code, &str, &str, u8); 9] = [
            (on(2021, 4, 12), covid, "COVID-19 vaccine", "EX4120", 1),
            (on(2021, 7, 2), covid, "COVID-19 vaccine", "FA1038", 2),
            (on(2021, 12, 9), covid, "COVID-19 vaccine", "FK8822", 3),
            (on(2022, 10, 14), later, "COVID-19 vaccine (autumn booster)", "GJ7190", 4),
            (ago(110), cvx("33", "pneumococcal polysaccharide PPV23"), "Pneumonia vaccine", "PN33-208", 1),
            (ago(71), cvx("115", "Tdap"), "Tetanus, diphtheria and whooping cough booster", "TD5-4471", 0),
            (ago(22), cvx("187", "zoster recombinant"), "Shingles vaccine", "SH7-0931", 1),
            (ago(19), cvx("187", "zoster recombinant"), "Shingles vaccine", "SH7-1120", 2),
            (
                ago(195),
                cvx("113", "Td (adult), 5 Lf tetanus toxoid, preservative free, adsorbed"),
                "Tetanus booster",
                "TT-1952",
                0,
            ),
        ];
        for (date, vaccine, name, lot, dose) in others {
            // A demo that is told from a very early day has no vaccine that did not exist yet.
            if date <= self.today && date > self.birth {
                let visit = self.at_surgery(date, 640, &self.nurse);
                self.scribe.immunization(&visit, (&vaccine, name), lot, dose % 2 == 1, dose);
            }
        }
        let child = self.at_surgery(self.ago(9 * 365), 632, &self.nurse);
        let measles = Visit { when: Moment::new(self.birth.plus_months(15), 600), ..child };
        self.scribe.immunization(&measles, (&cvx("05", "measles"), "Measles vaccine"), "", true, 1);
        let mut visit = Visit { place: self.pharmacy.clone(), ..self.at_surgery(self.ago(62), 1020, &self.pharmacist) };
        let end = visit.when.later(10);
        let advice = (&FOLLOW_UP, "Talk with the pharmacist");
        self.scribe.encounter(&mut visit, &AMBULATORY, advice, (&[], "How the medicines go", ""), end);
    }
}
