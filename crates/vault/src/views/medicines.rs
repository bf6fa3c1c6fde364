use std::collections::{BTreeMap, BTreeSet, HashMap};

use chartchain_chart::{Medicine, Record};
use chartchain_fhir::{DoseName, Schedule};
use chartchain_insight::{Standing, day_before, day_number, doses_due};

use super::entry_id;
use crate::open::OpenLedger;
use crate::protocol::{
    DayDose, DoseLog, EntryId, Fault, LogDay, LogLine, MOST_DOSES, MedicineCard, MedicineEntry, Medicines, NotedDose,
};

const MAX_PAST: u32 = 10_000;
const MAX_LOG: u32 = 500;
/// So many days are shown, and as many before them tell since when a medicine is in the log.
const WEEK: u16 = 7;

/// Which of the medicines each of their entries belongs to.
type Places = HashMap<u32, usize>;

/// Numbers of doses of one day by medicine (its place among the medicines) and number.
type Noted = BTreeMap<(Option<usize>, u8), u32>;

impl OpenLedger {
    pub(crate) fn medicines(&mut self, today: &str, past: u32) -> Result<Medicines, Fault> {
        check_day(today)?;
        let all = self.chart.medicines(today);
        let places = places(&all);
        let noted = self.noted(&places, today);
        let due: Vec<Option<u8>> = all.iter().map(|medicine| self.due(medicine, today)).collect();
        let mut cards = Vec::new();
        let mut past_total = 0;
        for (place, (medicine, due)) in all.iter().zip(&due).enumerate() {
            if medicine.standing == Standing::Past {
                past_total += 1;
                if past_total > past.min(MAX_PAST) {
                    continue;
                }
            }
            let last = noted.keys().filter(|(of, _)| *of == Some(place)).map(|(_, number)| *number).max();
            let next = last.unwrap_or(0).max(due.unwrap_or(0)) + 1;
            cards.push(MedicineCard {
                standing: medicine.standing,
                entries: self.medicine_entries(medicine),
                next_dose: (medicine.standing == Standing::Current && next <= MOST_DOSES).then_some(next),
                due_today: *due,
            });
        }
        let doses = self.doses_of_day(&all, &due, noted);
        let week = self.week(&all, &places, today);
        let has_log =
            !doses.iter().all(|dose| dose.noted.is_none()) || !self.chart.doses(FIRST_DAY, LAST_DAY).is_empty();
        Ok(Medicines { banner: self.banner(), cards, past: past_total, doses, week, has_log })
    }

    pub(super) fn medicine_entries(&self, medicine: &Medicine) -> Vec<MedicineEntry> {
        let entry = |(number, standing): &(u32, Standing)| {
            let record = self.chart.record(*number)?;
            let facts = record.facts.medicine.as_deref();
            let mut line = self.line(*number)?;
            line.title = self.chart.medicine_title(record).to_owned();
            Some(MedicineEntry {
                line,
                standing: *standing,
                reason: facts.and_then(|facts| facts.reason.clone()),
                as_needed: facts.and_then(|facts| facts.schedule.as_ref()).is_some_and(|schedule| schedule.as_needed),
            })
        };
        let lead = medicine.entries.iter().filter(|(number, _)| *number == medicine.lead);
        let others = medicine.entries.iter().filter(|(number, _)| *number != medicine.lead);
        lead.chain(others).filter_map(entry).collect()
    }

    fn schedule(&self, medicine: &Medicine) -> Option<&Schedule> {
        self.chart.record(medicine.lead)?.facts.medicine.as_deref()?.schedule.as_ref()
    }

    /// How many doses of a medicine that is taken now are due on a day.
    fn due(&self, medicine: &Medicine, day: &str) -> Option<u8> {
        // When a request was written is not when it begins.
        let facts = &self.chart.record(medicine.lead)?.facts;
        let began = facts.when.as_ref().filter(|_| facts.type_name == "MedicationStatement");
        let began = began.map(|when| when.written.as_str());
        let schedule = self.schedule(medicine).filter(|_| medicine.standing == Standing::Current)?;
        doses_due(schedule, day, began)
    }

    fn noted(&mut self, places: &Places, day: &str) -> Noted {
        let doses = self.chart.doses(day, day);
        // Of several versions of a dose one is counted, the same one on all devices.
        let is_it = |record: &Record, name: &DoseName| {
            record.facts.medicine.as_deref().is_some_and(|medicine| medicine.dose.as_ref() == Some(name))
        };
        let counted =
            doses.into_iter().filter(|(name, number)| self.chart.is_counted(*number, |other| is_it(other, name)));
        counted.map(|(name, number)| ((self.place_of_dose(places, number), name.number), number)).collect()
    }

    /// Which of the medicines a dose is one of.
    fn place_of_dose(&self, places: &Places, dose: u32) -> Option<usize> {
        places.get(&self.chart.medicine_of_dose(dose)?).copied()
    }

    fn noted_dose(&self, number: u32) -> Option<NotedDose> {
        let record = self.chart.record(number)?;
        let taken = record.facts.status.as_deref() == Some("completed");
        let disputed = self.chart.is_disputed(number);
        Some(NotedDose { entry: entry_id(record), taken, at: record.facts.when.clone(), disputed })
    }

    fn doses_of_day(&self, all: &[Medicine], due: &[Option<u8>], mut noted: Noted) -> Vec<DayDose> {
        let mut doses = Vec::new();
        for (place, (medicine, due)) in all.iter().zip(due).enumerate() {
            let due = due.unwrap_or(0);
            let times = self.schedule(medicine).map(|schedule| schedule.times.as_slice()).unwrap_or_default();
            let beyond: BTreeSet<u8> = noted
                .keys()
                .filter(|(of, number)| *of == Some(place) && *number > due)
                .map(|(_, number)| *number)
                .collect();
            for number in (1..=due).chain(beyond) {
                let Some(record) = self.chart.record(medicine.lead) else { continue };
                doses.push(DayDose {
                    medicine: entry_id(record),
                    title: self.chart.medicine_title(record).to_owned(),
                    detail: record.facts.detail.clone(),
                    number,
                    due,
                    time: times.get(usize::from(number) - 1).copied().filter(|_| number <= due),
                    noted: noted.remove(&(Some(place), number)).and_then(|dose| self.noted_dose(dose)),
                });
            }
        }
        // What was noted of a medicine that the record no longer has stays in the log of the day.
        for ((_, number), dose) in noted {
            let (Some(record), Some(noted)) = (self.chart.record(dose), self.noted_dose(dose)) else { continue };
            let (medicine, title) = (entry_id(record), record.facts.title.clone());
            doses.push(DayDose { medicine, title, detail: None, number, due: 0, time: None, noted: Some(noted) });
        }
        doses
    }

    fn week(&mut self, all: &[Medicine], places: &Places, today: &str) -> Vec<LogDay> {
        // Before a medicine was first noted, nothing is said to be missing.
        let begin = day_before(today, 2 * WEEK).unwrap_or_default();
        let mut first: BTreeMap<usize, String> = BTreeMap::new();
        for (name, number) in self.chart.doses(&begin, today) {
            if let Some(place) = self.place_of_dose(places, number) {
                first.entry(place).or_insert(name.day);
            }
        }
        let mut days = Vec::new();
        for before in (0..WEEK).rev() {
            let Some(day) = day_before(today, before) else { continue };
            let mut one = LogDay { day, due: 0, taken: 0, missed: 0, others: 0 };
            let noted = self.noted(places, &one.day);
            let due: Vec<u8> = all.iter().map(|medicine| self.due(medicine, &one.day).unwrap_or(0)).collect();
            for (place, due) in due.iter().enumerate() {
                if one.day == today || first.get(&place).is_some_and(|first| *first <= one.day) {
                    one.due += u32::from(*due);
                }
            }
            for ((place, number), dose) in &noted {
                let taken = self.noted_dose(*dose).is_some_and(|noted| noted.taken);
                let is_due = place.and_then(|place| due.get(place)).is_some_and(|due| number <= due);
                match (is_due, taken) {
                    (true, true) => one.taken += 1,
                    (true, false) => one.missed += 1,
                    (false, true) => one.others += 1,
                    (false, false) => {}
                }
            }
            days.push(one);
        }
        days
    }

    pub(crate) fn dose_log(&mut self, medicine: Option<&EntryId>, offset: u32, limit: u32) -> Result<DoseLog, Fault> {
        let number = medicine.map(|id| self.find_entry(id)).transpose()?;
        let all = self.chart.medicines(FIRST_DAY);
        let places = places(&all);
        let place = number.map(|number| places.get(&number).copied().ok_or(Fault::NotFound)).transpose()?;
        let mut doses = self.chart.doses(FIRST_DAY, LAST_DAY);
        if place.is_some() {
            doses.retain(|(_, dose)| self.place_of_dose(&places, *dose) == place);
        }
        doses.reverse();
        let total = u32::try_from(doses.len()).unwrap_or(u32::MAX);
        let line = |(name, number): (chartchain_fhir::DoseName, u32)| {
            let title = self.chart.record(number)?.facts.title.clone();
            Some(LogLine { day: name.day, number: name.number, title, noted: self.noted_dose(number)? })
        };
        let page = doses.into_iter().skip(offset as usize).take(limit.min(MAX_LOG) as usize);
        let lines = page.filter_map(line).collect();
        let title = number
            .and_then(|number| self.chart.record(number))
            .map(|record| self.chart.medicine_title(record).to_owned());
        Ok(DoseLog { banner: self.banner(), title, lines, total })
    }

    /// The dose of a day that was noted for a medicine, whichever of its entries it was noted for.
    pub(crate) fn noted_for(&mut self, medicine: u32, day: &str, number: u8) -> Option<u32> {
        let places = places(&self.chart.medicines(day));
        let place = *places.get(&medicine)?;
        self.noted(&places, day).get(&(Some(place), number)).copied()
    }
}

fn places(all: &[Medicine]) -> Places {
    let entries =
        all.iter().enumerate().flat_map(|(place, one)| one.entries.iter().map(move |(number, _)| (*number, place)));
    entries.collect()
}

const FIRST_DAY: &str = "0001-01-01";
const LAST_DAY: &str = "9999-12-31";

/// A day of a calendar, `2026-11-22`.
pub(crate) fn check_day(day: &str) -> Result<(), Fault> {
    let is_day = day.len() == 10 && day_number(day).is_some();
    if is_day { Ok(()) } else { Err(Fault::NotNow("a day is written as 2026-11-22".into())) }
}
