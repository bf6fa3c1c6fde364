//! What happens in a life, before anything is written.

use super::story::Operation;
use crate::body::{Body, Load};
use crate::date::{Date, Moment};
use crate::episodes::{COVID, EPISODES, Episode};
use crate::illness::{ILLNESSES, Ill, Illness};
use crate::place::{Name, Place};
use crate::rng::Rng;
use crate::scribe::Sex;

/// Who someone is.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) place: &'static Place,
    pub(super) name: Name,
    pub(super) sex: Sex,
    pub(super) birth: Date,
    pub(super) died: Option<Moment>,
    /// The last day of the record: that of death, else today.
    pub(super) end: Date,
    /// From this day on visits were recorded as they took place; what was before is remembered.
    pub(super) digital: Date,
    pub(super) smoking: Smoking,
    /// Drinks a day, in tenths.
    pub(super) drinks: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Smoking {
    Never,
    /// From this age.
    Still(i32),
    /// From one age to another.
    Former(i32, i32),
}

impl Person {
    pub(super) fn new(place: &'static Place, today: Date, rng: &mut Rng) -> Self {
        let sex = if rng.chance(510) { Sex::Female } else { Sex::Male };
        let days_old = match rng.below(100) {
            0..6 => rng.between(0, 400),
            6..94 => rng.between(365, 88 * 365),
            _ => rng.between(86 * 365, 101 * 365),
        };
        let birth = today.plus_days(-days_old);
        let age = today.years_since(birth);
        let dies = rng.chance(match age {
            ..1 => 6,
            1..40 => 8,
            40..65 => 45,
            65..80 => 120,
            _ => 260,
        });
        let gone = rng.between(0, 1500).min(days_old - 1);
        let died = (dies && gone >= 0)
            .then(|| Moment::new(today.plus_days(-gone), u16::try_from(rng.between(30, 1400)).unwrap_or(700)));
        let end = died.map_or(today, |died| died.date);
        let years = if rng.chance(150) { rng.between(3, 6) } else { rng.between(9, 20) };
        let digital = today.plus_years(-years).max(birth);
        let began = rng.between(14, 24);
        let smoking = match rng.below(100) {
            0..54 => Smoking::Never,
            54..74 => Smoking::Still(began),
            _ => Smoking::Former(began, began + rng.between(3, 35)),
        };
        let drinks = (rng.between(-12, 22) + rng.spread(6)).max(0);
        let name = place.name(rng, sex.is_female());
        Self { place, name, sex, birth, died, end, digital, smoking, drinks }
    }

    pub(super) fn age(&self, on: Date) -> i32 {
        on.years_since(self.birth)
    }

    pub(super) fn ever_smoked(&self) -> bool {
        self.smoking != Smoking::Never
    }
}

/// A lasting condition that someone has or had.
#[derive(Debug)]
pub(super) struct Had {
    pub(super) row: &'static Illness,
    pub(super) onset: Date,
    /// When it was over; may lie after the end of the record.
    pub(super) over: Option<Date>,
    /// Address of the condition, once written.
    pub(super) url: String,
}

impl Had {
    pub(super) fn is_on(&self, date: Date) -> bool {
        self.onset <= date && self.over.is_none_or(|over| date < over)
    }
}

/// Decides which lasting conditions someone gets before the end of their record, in order of time.
pub(super) fn illnesses(person: &Person, body: &Body, rng: &mut Rng) -> Vec<Had> {
    let mut all: Vec<Had> = Vec::new();
    for row in ILLNESSES {
        // The same numbers are drawn whatever comes of them, so that rows do not move each other.
        let mut rng = Rng::new(rng.next());
        let since = |ill: Ill| all.iter().find(|had| had.row.ill == ill).map(|had| had.onset);
        let onset = match row.ill {
            Ill::Obesity => obese_from(person, body),
            Ill::Tobacco => smoked_from(person, &mut rng),
            Ill::Type2Diabetes if since(Ill::Type1Diabetes).is_some() => None,
            Ill::HeartAttack if since(Ill::CoronaryDisease).is_none() => None,
            _ => {
                let (women, men) = row.per_mille;
                let base = if person.sex.is_female() { women } else { men };
                let chance = base * percent(row.ill, person, &since) / 100;
                let onset = onset_day(person, row, &mut rng);
                let heart = since(Ill::CoronaryDisease).filter(|_| row.ill == Ill::HeartAttack);
                rng.chance(chance.min(900)).then(|| heart.map_or(onset, |heart| onset.max(heart)))
            }
        };
        let Some(onset) = onset.filter(|onset| *onset <= person.end && *onset > person.birth) else { continue };
        let over = match (row.ill, person.smoking) {
            (Ill::Tobacco, Smoking::Former(_, to)) => Some(person.birth.plus_years(to).max(onset.plus_days(90))),
            _ => row.months.map(|(from, to)| onset.plus_months(rng.between(from, to))),
        };
        all.push(Had { row, onset, over, url: String::new() });
    }
    all.sort_by_key(|had| had.onset);
    all
}

/// How much more or less often it comes, given who someone is and what they had before: per cent.
fn percent(ill: Ill, person: &Person, since: &impl Fn(Ill) -> Option<Date>) -> u32 {
    let mut percent = 100;
    let mut given = |holds: bool, yes: u32, no: u32| percent = percent * if holds { yes } else { no } / 100;
    let (obese, sugar) = (since(Ill::Obesity).is_some(), since(Ill::Type2Diabetes).is_some());
    let (pressure, heart) = (since(Ill::Hypertension).is_some(), since(Ill::CoronaryDisease).is_some());
    match ill {
        Ill::Type2Diabetes => given(obese, 230, 65),
        Ill::Hypertension => {
            given(obese, 135, 90);
            given(sugar, 150, 95);
        }
        Ill::HighLipids => given(sugar, 180, 95),
        Ill::Copd => given(person.ever_smoked(), 300, 20),
        Ill::CoronaryDisease => {
            given(person.ever_smoked(), 150, 80);
            given(sugar, 170, 90);
            given(pressure, 140, 80);
        }
        Ill::HeartAttack => given(heart, 450, 0),
        Ill::AtrialFibrillation => given(pressure, 140, 80),
        Ill::Stroke => given(pressure, 150, 80),
        Ill::HeartFailure => given(heart, 280, 85),
        Ill::KidneyDisease => given(sugar || pressure, 190, 60),
        Ill::Osteoarthritis => given(obese, 160, 90),
        _ => {}
    }
    percent
}

fn onset_day(person: &Person, row: &Illness, rng: &mut Rng) -> Date {
    let (from, usual, to) = row.ages;
    let early = rng.chance(500);
    let (a, b) = if early { (from, usual) } else { (usual, to) };
    let (one, other) = (rng.between(a * 365, b * 365), rng.between(a * 365, b * 365));
    person.birth.plus_days(if early { one.max(other) } else { one.min(other) })
}

fn obese_from(person: &Person, body: &Body) -> Option<Date> {
    let load = Load::default();
    (19..61)
        .map(|age| person.birth.plus_years(age))
        .find(|on| Body::index(body.height_mm(*on), body.weight_hg(*on, &load)) >= 308)
}

fn smoked_from(person: &Person, rng: &mut Rng) -> Option<Date> {
    let (Smoking::Still(age) | Smoking::Former(age, _)) = person.smoking else { return None };
    Some(person.birth.plus_days(age * 365 + rng.between(0, 900)))
}

/// A pregnancy, to its birth or loss.
#[derive(Debug)]
pub(super) struct Pregnancy {
    pub(super) start: Date,
    /// The day of birth or loss; may lie after the end of the record.
    pub(super) end: Date,
    pub(super) lost: bool,
    pub(super) cesarean: bool,
    /// Address of its condition, once written.
    pub(super) url: String,
}

/// Decides how often someone is pregnant before the end of their record.
pub(super) fn pregnancies(person: &Person, rng: &mut Rng) -> Vec<Pregnancy> {
    let mut all = Vec::new();
    if !person.sex.is_female() {
        return all;
    }
    let mut wanted = match rng.below(100) {
        0..22 => 0,
        22..42 => 1,
        42..74 => 2,
        74..90 => 3,
        _ => 4,
    };
    let mut start = person.birth.plus_days(rng.between(19 * 365, 36 * 365));
    while wanted > 0 && person.age(start) < 44 {
        let lost = rng.chance(130);
        let end = start.plus_days(if lost { rng.between(45, 85) } else { 280 + rng.spread(9).clamp(-35, 14) });
        let pregnancy = Pregnancy { start, end, lost, cesarean: rng.chance(230), url: String::new() };
        if start.plus_days(40) < person.end {
            all.push(pregnancy);
        }
        wanted -= i32::from(!lost);
        start = end.plus_days(rng.between(200, 1500));
    }
    all
}

/// What a visit or a memory is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event {
    Birth,
    /// A check of a healthy child of so many months.
    WellChild(i32),
    /// Vaccinations at so many months that are known from a booklet.
    OldShots(i32),
    /// A check of an adult, of what they have.
    Check,
    /// The lasting condition with this index begins.
    Onset(usize),
    Episode(&'static Episode),
    /// A check in a week of the pregnancy with this index.
    Prenatal(usize, i32),
    /// The pregnancy with this index ends.
    Delivery(usize),
    Shot(Shot),
    Operation(Operation),
}

/// A vaccination of an adult.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shot {
    Flu,
    Tetanus,
    Pneumococcal,
    Shingles(u8),
    Covid(u8),
}

/// Ages in months of checks of healthy children.
const WELL_CHILD: &[i32] = &[2, 4, 6, 9, 12, 15, 18, 24, 36, 48, 60, 72, 96, 120, 132, 138, 144, 150, 168, 192, 204];

/// Everything that happens, in order of time, from birth to the end of the record.
pub(super) fn events(person: &Person, had: &[Had], pregnancies: &[Pregnancy], rng: &mut Rng) -> Vec<(Date, Event)> {
    let mut all = vec![(person.birth, if person.digital == person.birth { Event::Birth } else { Event::OldShots(0) })];
    for &months in WELL_CHILD {
        let date = person.birth.plus_months(months).plus_days(rng.between(0, 16));
        all.push((date, if date >= person.digital { Event::WellChild(months) } else { Event::OldShots(months) }));
    }
    all.extend(had.iter().enumerate().map(|(i, had)| (had.onset, Event::Onset(i))));
    for (i, pregnancy) in pregnancies.iter().enumerate() {
        if pregnancy.start.plus_days(60) >= person.digital {
            let weeks = [8, 12, 16, 20, 24, 28, 31, 34, 36, 38, 40];
            let dates = weeks.map(|week| (pregnancy.start.plus_days(week * 7 + rng.between(-3, 3)), week));
            let kept = dates.iter().filter(|(date, _)| *date < pregnancy.end);
            all.extend(kept.map(|(date, week)| (*date, Event::Prenatal(i, *week))));
        }
        all.push((pregnancy.end, Event::Delivery(i)));
    }
    checks(person, had, rng, &mut all);
    episodes(person, rng, &mut all);
    shots(person, had, rng, &mut all);
    Operation::plan(person, had, rng, &mut all);
    all.retain(|(date, _)| *date >= person.birth && *date <= person.end);
    // A stable sort: what was decided first comes first on the same day.
    all.sort_by_key(|(date, _)| *date);
    all
}

fn checks(person: &Person, had: &[Had], rng: &mut Rng, all: &mut Vec<(Date, Event)>) {
    let mut date = person.digital.max(person.birth.plus_years(18)).plus_days(rng.between(1, 200));
    while date <= person.end {
        // Clinics are closed on Sundays.
        let open = if date.weekday() == 0 { date.plus_days(1) } else { date };
        all.push((open, Event::Check));
        let lasting = had.iter().filter(|had| had.is_on(date) && !had.row.review.is_empty()).count();
        let pause = match (lasting, person.age(date)) {
            (0, ..40) => rng.between(700, 1500),
            (0, 40..65) => rng.between(380, 800),
            (0, _) => rng.between(280, 420),
            (1 | 2, _) => rng.between(150, 240),
            _ => rng.between(90, 150),
        };
        date = date.plus_days(if rng.chance(40) { pause + rng.between(250, 500) } else { pause });
    }
}

fn episodes(person: &Person, rng: &mut Rng, all: &mut Vec<(Date, Event)>) {
    let mut date = person.digital.plus_days(rng.between(20, 400));
    let mut once: Vec<&str> = Vec::new();
    while date <= person.end {
        let age = person.age(date);
        let band = usize::from(age >= 16) + usize::from(age >= 65);
        let weight = |episode: &Episode| episode.weight.get(band).copied().unwrap_or(0);
        let mut left = rng.below(EPISODES.iter().map(weight).sum());
        for episode in EPISODES {
            if left < weight(episode) {
                // Operations and chickenpox come once.
                let again = episode.procedure.is_none() && episode.name != "Chickenpox";
                if again || !once.contains(&episode.name) {
                    all.push((date, Event::Episode(episode)));
                }
                once.push(episode.name);
                break;
            }
            left -= weight(episode);
        }
        let pause = if age < 8 { rng.between(60, 420) } else { rng.between(150, 1500) };
        date = date.plus_days(pause);
    }
    for year in 2020..=2023 {
        if rng.chance(140) {
            let date = Date { year, month: 1, day: 10 }.plus_days(rng.between(if year == 2020 { 70 } else { 0 }, 340));
            if date >= person.digital {
                all.push((date, Event::Episode(&COVID)));
            }
        }
    }
}

fn shots(person: &Person, had: &[Had], rng: &mut Rng, all: &mut Vec<(Date, Event)>) {
    let day = |year, month, rng: &mut Rng| Date { year, month, day: 1 }.plus_days(rng.between(0, 27));
    let willing = rng.between(100, 900);
    for year in person.digital.year..=person.end.year {
        let date = day(year, 10, rng);
        let age = person.age(date);
        let advised = age >= 65 || had.iter().any(|had| had.is_on(date) && !had.row.review.is_empty());
        let share = u32::try_from(willing).unwrap_or(0);
        if age >= 1 && date >= person.digital && rng.chance(if advised { share } else { share / 4 }) {
            all.push((date, Event::Shot(Shot::Flu)));
        }
    }
    let adult = person.birth.plus_years(25);
    for decade in 0..8 {
        let date = adult.plus_days(decade * 3650 + rng.between(0, 700));
        if rng.chance(600) {
            all.push((date, Event::Shot(Shot::Tetanus)));
        }
    }
    let at_65 = person.birth.plus_days(65 * 365 + rng.between(20, 700));
    if at_65.year >= 1990 && rng.chance(620) {
        all.push((at_65, Event::Shot(Shot::Pneumococcal)));
    }
    let first = person.birth.plus_days(60 * 365 + rng.between(20, 2500));
    if first.year >= 2007 && rng.chance(480) {
        all.push((first, Event::Shot(Shot::Shingles(1))));
        if first.year >= 2018 {
            all.push((first.plus_days(rng.between(60, 180)), Event::Shot(Shot::Shingles(2))));
        }
    }
    let covid = Date { year: 2021, month: 3, day: 1 }.plus_days(rng.between(0, 150));
    if person.age(covid) >= 12 && rng.chance(780) {
        all.push((covid, Event::Shot(Shot::Covid(1))));
        all.push((covid.plus_days(rng.between(21, 60)), Event::Shot(Shot::Covid(2))));
        if rng.chance(650) {
            all.push((covid.plus_days(rng.between(190, 320)), Event::Shot(Shot::Covid(3))));
        }
    }
}
