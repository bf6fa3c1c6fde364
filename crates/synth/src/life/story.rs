//! Beginnings: registering with what is remembered, conditions and their medicines, episodes, operations, allergies.

use super::Life;
use super::course::{Event, Had, Person, Smoking};
use crate::analytes as a;
use crate::codes::{Code, System, code, hl7, loinc, snomed};
use crate::date::{Date, Moment};
use crate::drugs;
use crate::episodes::Episode;
use crate::illness::{GENETIC, Ill, SEXUAL};
use crate::rng::Rng;
use crate::scribe::{Course, Known, Letter, Severity, Visit};

const AMBULATORY: Code = hl7("v3-ActCode", "AMB", "ambulatory");
const EMERGENCY: Code = hl7("v3-ActCode", "EMER", "emergency");
const INPATIENT: Code = hl7("v3-ActCode", "IMP", "inpatient encounter");
const PROBLEM: Code = snomed("185347001", "Encounter for problem");
const EMERGENCY_ROOM: Code = snomed("50849002", "Emergency room admission");
const ADMISSION: Code = snomed("32485007", "Hospital admission");
const DISCHARGE: Code = loinc("18842-5", "Discharge summary");

/// A planned operation or screening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    CataractRemoval,
    NewHip,
    Stent,
    BreastLump,
    Tonsils,
    Colonoscopy,
    Mammogram,
    Implant,
}

impl Operation {
    /// Adds what is planned for someone with these conditions.
    pub(super) fn plan(person: &Person, had: &[Had], rng: &mut Rng, all: &mut Vec<(Date, Event)>) {
        let mut add = |date: Date, operation| all.push((date, Event::Operation(operation)));
        for one in had {
            let (chance, from, to, operation) = match one.row.ill {
                Ill::Cataract => (650, 120, 1500, Self::CataractRemoval),
                Ill::Osteoarthritis => (250, 700, 4000, Self::NewHip),
                Ill::HeartAttack => (700, 0, 3, Self::Stent),
                Ill::BreastCancer => (850, 20, 70, Self::BreastLump),
                _ => continue,
            };
            let date = one.onset.plus_days(rng.between(from, to));
            if rng.chance(chance) {
                add(date, operation);
            }
        }
        if rng.chance(90) {
            add(person.birth.plus_days(rng.between(4 * 365, 12 * 365)), Self::Tonsils);
        }
        let at_50 = person.birth.plus_days(50 * 365 + rng.between(0, 1500));
        if at_50.year >= 2000 && rng.chance(500) {
            add(at_50, Self::Colonoscopy);
        }
        if person.sex.is_female() {
            let mut date = person.birth.plus_days(50 * 365 + rng.between(0, 900));
            while person.age(date) < 72 {
                if date >= person.digital && rng.chance(720) {
                    add(date, Self::Mammogram);
                }
                date = date.plus_days(rng.between(900, 1150));
            }
            if rng.chance(180) {
                add(person.birth.plus_days(rng.between(18 * 365, 40 * 365)), Self::Implant);
            }
        }
    }

    fn details(self) -> (Code, &'static str, &'static str) {
        match self {
            Self::CataractRemoval => (
                snomed("54885007", "Cataract surgery"),
                "Cataract operation",
                "New lens in place. Sight better the next day.",
            ),
            Self::NewHip => (
                snomed("609588000", "Total knee replacement"),
                "New knee joint",
                "Walks with crutches on the second day.",
            ),
            Self::Stent => (
                snomed("415070008", "Percutaneous coronary intervention"),
                "Heart artery opened with a stent",
                "One stent in the front artery. Good flow.",
            ),
            Self::BreastLump => {
                (snomed("392021009", "Lumpectomy of breast"), "Breast lump taken out", "Edges free. Lymph nodes clear.")
            }
            Self::Tonsils => (snomed("173422009", "Tonsillectomy"), "Tonsils taken out", ""),
            Self::Colonoscopy => {
                (snomed("73761001", "Colonoscopy"), "Colonoscopy", "Normal. No polyps. Next one in ten years.")
            }
            Self::Mammogram => (snomed("71651007", "Mammography"), "Breast screening", "No sign of cancer."),
            Self::Implant => {
                (snomed("169553002", "Insertion of subcutaneous contraceptive"), "Contraceptive implant fitted", "")
            }
        }
    }
}

/// Substance or allergy, name, category, what happens in code and words, how bad, only intolerance.
type Allergen = (Code, &'static str, &'static str, Code, &'static str, Severity, bool);

const ALLERGENS: &[Allergen] = &[
    (
        snomed("91936005", "Allergy to penicillin"),
        "Penicillin",
        "medication",
        snomed("247472004", "Urticaria"),
        "Hives",
        Severity::Moderate,
        false,
    ),
    (
        snomed("91935009", "Allergy to peanut"),
        "Peanut",
        "food",
        snomed("39579001", "Anaphylaxis"),
        "Swollen throat, collapse",
        Severity::Severe,
        false,
    ),
    (
        snomed("91939003", "Allergy to sulfonamide"),
        "Sulfonamide antibiotics",
        "medication",
        snomed("271807003", "Rash"),
        "Rash",
        Severity::Moderate,
        false,
    ),
    (
        snomed("424213003", "Allergy to bee venom"),
        "Bee sting",
        "environment",
        snomed("39579001", "Anaphylaxis"),
        "Short of breath, collapse",
        Severity::Severe,
        false,
    ),
    (
        snomed("300913006", "Allergy to shellfish"),
        "Shellfish",
        "food",
        snomed("247472004", "Urticaria"),
        "Hives",
        Severity::Moderate,
        false,
    ),
    (
        snomed("300916003", "Allergy to latex"),
        "Latex",
        "environment",
        snomed("271807003", "Rash"),
        "Itchy rash",
        Severity::Mild,
        false,
    ),
    (
        snomed("418689008", "Allergy to grass pollen"),
        "Grass pollen",
        "environment",
        snomed("61582004", "Allergic rhinitis"),
        "Runny nose",
        Severity::Mild,
        false,
    ),
    (
        snomed("232350006", "House dust mite allergy"),
        "House dust mite",
        "environment",
        snomed("56018004", "Wheezing"),
        "Wheezing",
        Severity::Mild,
        false,
    ),
    (
        code(System::RxNorm, "2670", "codeine"),
        "Codeine",
        "medication",
        snomed("422587007", "Nausea"),
        "Sickness",
        Severity::Mild,
        true,
    ),
    (
        snomed("782415009", "Intolerance to lactose"),
        "Milk sugar (lactose)",
        "food",
        snomed("62315008", "Diarrhea"),
        "Diarrhoea",
        Severity::Mild,
        true,
    ),
];

impl Life {
    /// The first contact that was recorded: allergies, family, and what is remembered of the time before.
    pub(super) fn register(&mut self) {
        let date = self.person.digital;
        let mut visit = self.at_clinic(date, true);
        if date == self.person.birth {
            // Allergies of a newborn show later.
            visit = self.at_clinic(self.person.birth.plus_months(15).min(self.person.end), true);
        }
        self.allergies(&visit);
        self.family(&visit);
        let age = self.person.age(visit.when.date);
        if self.person.sex.is_female() && (17..40).contains(&age) && self.rng.chance(300) {
            let private = Visit { label: Some(&SEXUAL), ..visit.later(15) };
            let stop = visit.when.date.plus_days(self.rng.between(200, 3000));
            self.prescribe(&private, &drugs::PILL, ("Contraception", ""), Some((stop, "")));
        }
        if self.rng.chance(30) && self.person.age(visit.when.date) >= 18 {
            let gene = |id, symbol| code(System::Gene, id, symbol);
            let genes = [gene("HGNC:1100", "BRCA1"), gene("HGNC:1101", "BRCA2"), gene("HGNC:6547", "LDLR")];
            let chosen = self.rng.pick(&genes).copied();
            let found = self.rng.chance(450);
            if let Some(gene) = chosen {
                let visit = Visit { label: Some(&GENETIC), ..visit.later(20) };
                self.scribe.gene(&visit, &gene, found, &format!("Gene test: {}", gene.display));
            }
        }
    }

    fn allergies(&mut self, visit: &Visit) {
        let count = match self.rng.below(100) {
            0..64 => 0,
            64..86 => 1,
            86..96 => 2,
            _ => 3,
        };
        if count == 0 {
            if self.person.age(visit.when.date) >= 1 && self.rng.chance(850) {
                self.scribe.no_allergies(visit);
            }
            return;
        }
        let mut seen: Vec<&str> = Vec::new();
        for _ in 0..count {
            let Some((code, name, category, reaction, words, severity, intolerance)) =
                self.rng.pick(ALLERGENS).copied()
            else {
                return;
            };
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            self.allergic_to_penicillin |= name == "Penicillin";
            let age_days = visit.when.date.to_days() - self.person.birth.to_days();
            let onset = self.person.birth.plus_days(self.rng.between(age_days.min(200), age_days.max(0)));
            let onset = if onset.year > self.person.birth.year { Known::Year(onset) } else { Known::Day(onset) };
            self.scribe.allergy(visit, (&[code], name, category), onset, (&reaction, words, severity), intolerance);
        }
    }

    fn family(&mut self, visit: &Visit) {
        let relatives = [
            hl7("v3-RoleCode", "MTH", "mother"),
            hl7("v3-RoleCode", "FTH", "father"),
            hl7("v3-RoleCode", "BRO", "brother"),
            hl7("v3-RoleCode", "SIS", "sister"),
        ];
        let histories = [
            (snomed("44054006", "Type 2 diabetes mellitus"), "Type 2 diabetes", 52),
            (snomed("22298006", "Myocardial infarction"), "Heart attack", 58),
            (snomed("59621000", "Essential hypertension"), "High blood pressure", 47),
            (snomed("363406005", "Malignant tumor of colon"), "Bowel cancer", 61),
            (snomed("230690007", "Cerebrovascular accident"), "Stroke", 70),
        ];
        for relative in relatives {
            if self.rng.chance(220)
                && let Some((code, name, age)) = self.rng.pick(&histories).copied()
            {
                let onset = age + self.rng.between(-9, 9);
                self.scribe.relative(visit, &relative, &[code], name, onset);
            }
        }
    }

    /// A lasting condition begins: seen at a visit, or remembered.
    pub(super) fn onset(&mut self, date: Date, which: usize) {
        let Some((row, over)) = self.had.get(which).map(|had| (had.row, had.over)) else { return };
        let digital = self.is_digital(date);
        let mut visit = self.at_clinic(if digital { date } else { self.person.digital }, false);
        // Not every source marks what is sensitive.
        visit.label = row.label.filter(|_| self.rng.chance(600));
        if digital && row.ill != Ill::Tobacco {
            let sudden = matches!(row.ill, Ill::HeartAttack | Ill::Stroke);
            if sudden {
                self.emergency(&mut visit, row.name, 4);
            } else {
                let end = visit.when.later(20);
                self.scribe.encounter(
                    &mut visit,
                    &AMBULATORY,
                    (&PROBLEM, "Visit to the doctor"),
                    (&row.codes, row.name, ""),
                    end,
                );
                self.vitals(&visit, 0);
            }
        }
        let over_by_now = over.and_then(|over| self.capped(over));
        let course = match over_by_now {
            None => Course::Active,
            Some(over) if row.label.is_some() || row.ill == Ill::Tobacco => Course::Remission(over),
            Some(over) => Course::Resolved(over),
        };
        let severity = match self.rng.below(10) {
            0 => Some(Severity::Severe),
            1..4 => Some(Severity::Moderate),
            4..6 => Some(Severity::Mild),
            _ => None,
        };
        let known = self.known(date);
        let url = self.scribe.condition(&visit.later(6), (&row.codes, row.name), known, course, severity);
        if let Some(had) = self.had.get_mut(which) {
            had.url.clone_from(&url);
        }
        self.treat(&visit, date, which);
        let planned = matches!(
            row.ill,
            Ill::Type2Diabetes | Ill::Type1Diabetes | Ill::Depression | Ill::HeartFailure | Ill::Asthma
        );
        if planned && digital {
            self.care_plan(&visit, row.ill, &url, over_by_now);
        }
    }

    /// Medicines against a lasting condition: one of the first, perhaps changed, and others added over the years.
    fn treat(&mut self, seen: &Visit, onset: Date, which: usize) {
        let Some((row, over, url)) = self.had.get(which).map(|had| (had.row, had.over, had.url.clone())) else {
            return;
        };
        let mut rng = self.rng.fork(onset.to_days().unsigned_abs().into());
        let Some(mut drug) = rng.pick(row.first).copied() else { return };
        let mut start = onset.plus_days(rng.between(0, 120));
        let visit_on = |life: &mut Self, date: Date| {
            let visit = life.at_clinic(date, false);
            Visit { label: seen.label, ..visit }
        };
        let other = row.first.iter().find(|other| other.name != drug.name).copied();
        if let Some(other) = other
            && rng.chance(230)
        {
            let stop = start.plus_days(rng.between(30, 500));
            let why = rng.word("Dizziness|Dry cough|Swollen ankles|Rash|Upset stomach|Did not help enough|Headache");
            if over.is_none_or(|over| stop < over) {
                let visit = visit_on(self, start);
                self.prescribe(&visit, &drug, (row.name, &url), Some((stop, why)));
                (drug, start) = (other, stop);
            }
        }
        let visit = visit_on(self, start);
        let finished = over.map(|over| (over.max(start.plus_days(20)), ""));
        self.prescribe(&visit, &drug, (row.name, &url), finished);
        for later in row.later {
            start = start.plus_days(rng.between(300, 2600));
            if over.is_some_and(|over| start >= over) || !rng.chance(650) {
                continue;
            }
            let visit = visit_on(self, start);
            self.prescribe(&visit, later, (row.name, &url), finished);
        }
    }

    fn care_plan(&mut self, visit: &Visit, ill: Ill, condition: &str, until: Option<Date>) {
        let (category, title, activities): (Code, &str, &[&str]) = match ill {
            Ill::Type2Diabetes | Ill::Type1Diabetes => (
                snomed("698360004", "Diabetes self management plan"),
                "Diabetes plan",
                &["Walk 30 minutes on most days", "Check feet every evening", "Eye screening once a year"],
            ),
            Ill::Asthma => (
                snomed("699728000", "Asthma self management"),
                "Asthma plan",
                &["Use the preventer inhaler every day", "Know what to do when the blue inhaler does not help"],
            ),
            Ill::HeartFailure => (
                snomed("735984001", "Heart failure self management plan"),
                "Heart failure plan",
                &["Weigh every morning; call if 2 kg more in three days", "Less salt"],
            ),
            _ => (
                snomed("718347000", "Mental health care plan"),
                "Care plan for your mood",
                &["Talking therapy once a week", "Something pleasant every day", "Whom to call on a bad day"],
            ),
        };
        let activities: Vec<(&str, &str)> = activities.iter().map(|text| ("in-progress", *text)).collect();
        let conditions = [condition.to_owned()];
        let mut goals = Vec::new();
        if matches!(ill, Ill::Type2Diabetes | Ill::Type1Diabetes) {
            let due = visit.when.date.plus_years(1);
            let (analyte, target) = a::HBA1C.in_units(self.scribe.states_units, 53);
            let text = if self.scribe.states_units {
                "Hemoglobin A1c at 7% or lower"
            } else {
                "HbA1c at 53 mmol/mol or lower"
            };
            let target = if self.scribe.states_units { target / 10 } else { target };
            let target = (&analyte.code, target, (analyte.unit, analyte.ucum));
            goals.push(self.scribe.goal(visit, text, target, due, "in-progress", &conditions));
        }
        self.scribe.care_plan(visit, (&category, title), until, &goals, &conditions, &activities);
    }

    /// An illness or injury that passes.
    pub(super) fn episode(&mut self, date: Date, episode: &'static Episode) {
        let child = self.person.age(date) < 12;
        let mut visit = self.at_clinic(date, false);
        visit.label = episode.label.filter(|_| self.rng.chance(700));
        match episode.emergency {
            Some(nights) => self.emergency(&mut visit, episode.complaint, nights),
            None => {
                let end = visit.when.later(15);
                let reason: (&[Code], &str, &str) = (&[], episode.complaint, "");
                self.scribe.encounter(&mut visit, &AMBULATORY, (&PROBLEM, "Visit to the doctor"), reason, end);
            }
        }
        let days = self.rng.between(episode.days.0, episode.days.1);
        let over = date.plus_days(days);
        let course = self.capped(over).map_or(Course::Active, Course::Resolved);
        let url =
            self.scribe.condition(&visit.later(5), (&episode.codes, episode.name), Known::Day(date), course, None);
        self.vitals(&visit, episode.temperature);
        if let Some((code, name, note)) = episode.procedure {
            self.scribe.procedure(&visit.later(50), (&code, name), Known::Day(visit.when.date), note, &url);
        }
        let drug = self.drug_of(episode).filter(|_| !child || episode.temperature >= 384);
        if let Some(drug) = drug {
            let drug = if child { drugs::AMOXICILLIN_CHILD } else { drug };
            let drug = if child && self.allergic_to_penicillin { drugs::AZITHROMYCIN } else { drug };
            let course = Some((date.plus_days(self.rng.between(3, 9)), ""));
            self.prescribe(&visit, &drug, (episode.name, &url), course);
        }
    }

    /// To the emergency department, and so many nights in hospital, with a letter.
    fn emergency(&mut self, visit: &mut Visit, reason: &str, nights: u8) {
        let minute = u16::try_from(self.rng.between(20, 1300)).unwrap_or(0);
        let label = visit.label;
        *visit = Visit { label, ..self.at_hospital(visit.when.date, minute) };
        let home = visit.when.date.plus_days(i32::from(nights));
        let home = self.capped(home).unwrap_or(self.person.end);
        let end = if nights == 0 { visit.when.later(140) } else { Moment::new(home, 690) };
        let end = self.before_the_end(end).max(visit.when);
        let (class, kind) = if nights == 0 {
            (EMERGENCY, (&EMERGENCY_ROOM, "Emergency department"))
        } else {
            (INPATIENT, (&ADMISSION, "Stay in hospital"))
        };
        self.scribe.encounter(visit, &class, kind, (&[], reason, ""), end);
        if nights > 0 {
            let text = format!(
                "{}\n\n{} was with us from {} to {}.\n\nReason: {reason}.\n\nThe course was good. Please see your own \
                 doctor within two weeks and bring this letter.\n\n{}\n",
                visit.place.name,
                self.scribe.subject.name,
                visit.when.date.in_words(),
                end.date.in_words(),
                visit.by.name,
            );
            let writing = Visit { when: end, ..visit.clone() };
            let title = format!("Discharge letter: {}", reason.to_lowercase());
            self.scribe.document(&writing, &Letter { kind: DISCHARGE, title: &title, text: &text });
        }
    }

    /// A planned operation or screening.
    pub(super) fn operation(&mut self, date: Date, operation: Operation) {
        let (code, name, note) = operation.details();
        let mut visit = self.at_hospital(date, 540);
        if operation == Operation::Implant {
            visit.label = Some(&SEXUAL);
        }
        let known = self.known(date);
        if self.is_digital(date) {
            let end = self.before_the_end(visit.when.later(180)).max(visit.when);
            self.scribe.encounter(
                &mut visit,
                &AMBULATORY,
                (&snomed("371883000", "Outpatient procedure"), name),
                (&[], "", ""),
                end,
            );
            if operation == Operation::Mammogram {
                self.scribe.imaging(&visit.later(20), &loinc("24606-6", "MG Breast Screening"), name, note);
                return;
            }
        } else {
            visit.when = Moment::new(self.person.digital, visit.when.minute);
        }
        self.scribe.procedure(&visit.later(30), (&code, name), known, note, "");
    }

    /// Whether and how someone smokes on a day.
    pub(super) fn smoking(&self, on: Date) -> (Code, &'static str) {
        let age = self.person.age(on);
        match self.person.smoking {
            Smoking::Still(from) if age >= from => (snomed("449868002", "Smokes tobacco daily"), "Smokes every day"),
            Smoking::Former(from, to) if age >= from && age < to => {
                (snomed("449868002", "Smokes tobacco daily"), "Smokes every day")
            }
            Smoking::Former(_, to) if age >= to => (snomed("8517006", "Ex-smoker"), "Used to smoke"),
            _ => (snomed("266919005", "Never smoked tobacco"), "Never smoked"),
        }
    }
}
