//! A whole life from a seed: first what happens is decided, then it is written down in order of time.

mod child;
mod clinic;
mod course;
mod last;
mod mother;
mod story;

use crate::body::{Body, Load};
use crate::date::{Date, Moment};
use crate::drugs::Drug;
use crate::episodes::Episode;
use crate::illness::Ill;
use crate::place::Place;
use crate::rng::Rng;
use crate::scribe::{Known, Scribe, Visit, Who};
use crate::{Lifetime, Options};
use clinic::Panel;
use course::{Event, Had, Person, Pregnancy};

/// Makes up the life of a seed.
pub(crate) fn live(options: &Options) -> Lifetime {
    let seed = Rng::new(options.seed);
    let mut who = seed.fork(1);
    let place = Place::any(&mut who);
    let person = Person::new(place, options.today.as_today(), &mut who);
    let body = Body::new(person.sex, person.birth, &mut seed.fork(2));
    let had = course::illnesses(&person, &body, &mut seed.fork(3));
    let pregnancies = course::pregnancies(&person, &mut seed.fork(4));
    let events = course::events(&person, &had, &pregnancies, &mut seed.fork(5));

    let mut life = Life::new(person, body, had, pregnancies, &seed);
    life.register();
    for (date, event) in events {
        life.happen(date, event);
    }
    life.end();
    Lifetime { resources: life.scribe.finish() }
}

/// A life while it is written down.
struct Life {
    scribe: Scribe,
    rng: Rng,
    person: Person,
    body: Body,
    had: Vec<Had>,
    pregnancies: Vec<Pregnancy>,
    clinic: Who,
    hospital: Who,
    pharmacy: Who,
    doctors: Vec<Who>,
    nurse: Who,
    hospital_doctor: Who,
    pharmacist: Who,
    /// When each panel of tests was done last.
    done: Vec<(Panel, Date)>,
    allergic_to_penicillin: bool,
}

impl Life {
    fn new(person: Person, body: Body, had: Vec<Had>, pregnancies: Vec<Pregnancy>, seed: &Rng) -> Self {
        let mut rng = seed.fork(6);
        let place = person.place;
        let mut scribe = Scribe::new(seed.fork(7), place.zone, place.states_units, person.digital);
        let clinic = scribe.organization(rng.word(place.clinics), place.town, place.country);
        let hospital = scribe.organization(place.hospital, place.town, place.country);
        let pharmacy = scribe.organization(&format!("{} Pharmacy", place.town), place.town, place.country);
        let mut staff = |prefix: &str, work: &str| {
            let female = rng.chance(550);
            let name = place.name(&mut rng, female);
            let prefix = match (prefix, female) {
                ("", true) => "Ms",
                ("", false) => "Mr",
                (prefix, _) => prefix,
            };
            scribe.practitioner(prefix, &name, work)
        };
        let doctors = vec![staff("Dr", "General practitioner"), staff("Dr", "General practitioner")];
        let nurse = staff("Nurse", "Practice nurse");
        let hospital_doctor = staff("Dr", "Hospital doctor");
        let pharmacist = staff("", "Pharmacist");
        let address = (rng.word(place.streets), rng.below(100_000_000));
        scribe.patient(place, (&person.name, person.sex, person.birth), person.died, address, &clinic);
        Self {
            scribe,
            rng,
            person,
            body,
            had,
            pregnancies,
            clinic,
            hospital,
            pharmacy,
            doctors,
            nurse,
            hospital_doctor,
            pharmacist,
            done: Vec::new(),
            allergic_to_penicillin: false,
        }
    }

    fn happen(&mut self, date: Date, event: Event) {
        match event {
            Event::Birth => self.born(date),
            Event::WellChild(months) => self.well_child(date, months),
            Event::OldShots(months) => self.old_shots(date, months),
            Event::Check => self.check(date),
            Event::Onset(which) => self.onset(date, which),
            Event::Episode(episode) => self.episode(date, episode),
            Event::Prenatal(which, week) => self.prenatal(date, which, week),
            Event::Delivery(which) => self.delivery(date, which),
            Event::Shot(shot) => self.shot(date, shot),
            Event::Operation(operation) => self.operation(date, operation),
        }
    }

    /// What weighs on the body on a day.
    fn load(&self, on: Date) -> Load {
        let days = |ills: &[Ill]| {
            let found = self.had.iter().filter(|had| ills.contains(&had.row.ill) && had.is_on(on));
            found.map(|had| on.to_days() - had.onset.to_days()).max().unwrap_or(-1)
        };
        let carried = self.pregnancies.iter().find(|pregnancy| pregnancy.start <= on && on < pregnancy.end);
        Load {
            diabetes: days(&[Ill::Type2Diabetes, Ill::Type1Diabetes]),
            type_1: self.has(Ill::Type1Diabetes, on),
            pressure: days(&[Ill::Hypertension]),
            lipids: days(&[Ill::HighLipids, Ill::CoronaryDisease]),
            kidney: days(&[Ill::KidneyDisease]),
            anemia: days(&[Ill::IronDeficiency]),
            pregnant: carried.map_or(-1, |pregnancy| pregnancy.start.plus_days(280).to_days() - on.to_days()),
        }
    }

    fn has(&self, ill: Ill, on: Date) -> bool {
        self.had.iter().any(|had| had.row.ill == ill && had.is_on(on))
    }

    /// A visit to the clinic that has no encounter yet, at some time of the working day.
    fn at_clinic(&mut self, date: Date, nurse: bool) -> Visit {
        let by = if nurse { self.nurse.clone() } else { self.rng.pick(&self.doctors).cloned().unwrap_or_default() };
        let minute = u16::try_from(self.rng.between(8 * 60, 16 * 60 + 30)).unwrap_or(600) / 5 * 5;
        let when = self.before_the_end(Moment::new(date, minute));
        Visit { url: String::new(), when, by, place: self.clinic.clone(), label: None }
    }

    fn at_hospital(&mut self, date: Date, minute: u16) -> Visit {
        let when = self.before_the_end(Moment::new(date, minute));
        Visit { url: String::new(), when, by: self.hospital_doctor.clone(), place: self.hospital.clone(), label: None }
    }

    /// On the day of death nothing is recorded after it.
    fn before_the_end(&self, when: Moment) -> Moment {
        match self.person.died {
            Some(died) if when > died => Moment::new(died.date, died.minute / 2),
            _ => when,
        }
    }

    /// How exactly something is remembered: to the day where a record was kept, else to the month or year.
    fn known(&mut self, date: Date) -> Known {
        if date >= self.person.digital {
            Known::Day(date)
        } else if self.rng.chance(450) && date.years_since(self.person.birth) > 0 {
            Known::Month(date)
        } else if date.year > self.person.birth.year {
            Known::Year(date)
        } else {
            Known::Day(date)
        }
    }

    /// Writes a prescription; one that lies after the end of the record is not written.
    fn prescribe(&mut self, visit: &Visit, drug: &Drug, reason: (&str, &str), ended: Option<(Date, &str)>) {
        if visit.when.date > self.person.end {
            return;
        }
        let ended = match ended {
            Some((date, why)) if date <= self.person.end => Some((date, why)),
            _ if self.person.died.is_some() => Some((self.person.end, "Died")),
            _ => None,
        };
        self.scribe.prescription(visit, (&drug.codes, drug.name), &drug.dose, reason, ended);
    }

    /// A day not after the end of the record.
    fn capped(&self, date: Date) -> Option<Date> {
        (date <= self.person.end).then_some(date)
    }

    fn is_digital(&self, date: Date) -> bool {
        date >= self.person.digital
    }

    fn drug_of(&self, episode: &Episode) -> Option<Drug> {
        let penicillin = |drug: &Drug| drug.codes.iter().any(|code| code.code == "J01CA04");
        episode.drug.map(|drug| {
            if self.allergic_to_penicillin && penicillin(&drug) { crate::drugs::AZITHROMYCIN } else { drug }
        })
    }
}
