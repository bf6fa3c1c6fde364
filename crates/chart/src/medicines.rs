//! Medicines by substance, and doses of the person's own log by day. Brought up to date when somebody asks.

use std::collections::{BTreeMap, HashMap, HashSet};

use chartchain_fhir::{DoseName, Kind};
use chartchain_insight::{Standing, standing, substance, turn};

use crate::{Chart, Record};

/// A code that stands on entries of more substances than this is no code of a substance.
const MOST_SUBSTANCES: usize = 2;

/// The index.
#[derive(Debug, Default)]
pub(crate) struct Medicines {
    /// So many records are in it.
    known: usize,
    /// Records that may be a medicine of their own.
    own: Vec<u32>,
    /// Doses of the log.
    doses: BTreeMap<DoseName, Vec<u32>>,
}

/// Everything that a record says of one substance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medicine {
    /// How it stands: as the entry that matters most.
    pub standing: Standing,
    /// The entry to show first: of those that matter most one that says when it is taken, else the newest.
    pub lead: u32,
    /// All entries with how each stands, first what matters most, then newest first.
    pub entries: Vec<(u32, Standing)>,
}

impl Medicines {
    fn catch_up(&mut self, records: &[Record]) {
        for (number, record) in (0u32..).zip(records).skip(self.known) {
            let Some(medicine) = record.facts.medicine.as_deref() else { continue };
            match &medicine.dose {
                Some(name) => self.doses.entry(name.clone()).or_default().push(number),
                None => self.own.push(number),
            }
        }
        self.known = records.len();
    }
}

impl Chart {
    /// The name of a medicine; of an entry without one, that of the Medication that it points to.
    pub fn medicine_title<'a>(&'a self, record: &'a Record) -> &'a str {
        let named_by = record.facts.medicine.as_ref().and_then(|medicine| medicine.named_by.as_deref());
        let named = named_by.and_then(|reference| self.find_reference(reference, record.full_url.as_deref()));
        let named = named.and_then(|number| self.record(number)).filter(|named| named.facts.kind == Kind::Medicine);
        named.map_or(&record.facts.title, |named| &named.facts.title)
    }

    /// Medicines as they stand on a day (`2026-11-22`), first what matters most, then by name.
    pub fn medicines(&mut self, today: &str) -> Vec<Medicine> {
        self.medicines.catch_up(&self.records);
        let entries: Vec<(u32, &Record, Standing)> = self
            .medicines
            .own
            .iter()
            .filter_map(|number| {
                let record = self.record(*number).filter(|record| record.is_current())?;
                Some((*number, record, standing(&record.facts, today)?))
            })
            .collect();
        let mut groups: BTreeMap<usize, Medicine> = BTreeMap::new();
        for (place, (number, _, standing)) in self.group(&entries).into_iter().zip(&entries) {
            let group = groups.entry(place);
            let medicine =
                group.or_insert_with(|| Medicine { standing: *standing, lead: *number, entries: Vec::new() });
            medicine.entries.push((*number, *standing));
        }
        let mut medicines: Vec<Medicine> = groups.into_values().map(|medicine| self.in_order(medicine)).collect();
        medicines.sort_by_cached_key(|medicine| {
            let title = self.record(medicine.lead).map(|record| self.medicine_title(record).to_lowercase());
            (medicine.standing, title, medicine.lead)
        });
        medicines
    }

    /// The earliest day from this one on, or the beginning of its name, on which or after which a medicine may stand otherwise.
    pub fn medicines_turn(&mut self, today: &str) -> Option<String> {
        self.medicines.catch_up(&self.records);
        let own = self.medicines.own.iter().filter_map(|number| self.record(*number));
        own.filter(|record| record.is_current())
            .filter_map(|record| turn(&record.facts, today))
            .min()
            .map(str::to_owned)
    }

    fn in_order(&self, mut medicine: Medicine) -> Medicine {
        // Of entries of one day the one that came last; of versions of one entry the same one on all devices.
        let newest = |number: u32| {
            let record = self.record(number);
            let entry = (record.map_or(i64::MIN, Record::sort_ms), self.newest_version(number));
            (core::cmp::Reverse(entry), record.map(|record| (record.content, record.commitment)))
        };
        medicine.entries.sort_by_key(|(number, standing)| (*standing, newest(*number)));
        let Some((_, best)) = medicine.entries.first().copied() else { return medicine };
        let says_when = |number: u32| {
            self.record(number)
                .and_then(|record| record.facts.medicine.as_deref()?.schedule.as_ref())
                .is_some_and(|schedule| schedule.doses > 0)
        };
        let leading = medicine.entries.iter().take_while(|(_, standing)| *standing == best);
        let lead = leading.min_by_key(|(number, _)| (!says_when(*number), newest(*number)));
        medicine.lead = lead.map_or(medicine.lead, |(number, _)| *number);
        medicine.standing = best;
        medicine
    }

    /// For each entry the place of the first entry of the same substance: by name, or by a code that both have.
    fn group(&self, entries: &[(u32, &Record, Standing)]) -> Vec<usize> {
        let names: Vec<String> = entries.iter().map(|(_, record, _)| substance(self.medicine_title(record))).collect();
        let codes = |record: &Record| -> Vec<String> {
            let coded = record.facts.codes.iter().filter_map(|coding| Some((coding.system.as_deref()?, &coding.code)));
            coded.map(|(system, code)| format!("{system}|{code}")).collect()
        };
        let mut named_by: HashMap<String, HashSet<&str>> = HashMap::new();
        for ((_, record, _), name) in entries.iter().zip(&names) {
            for code in codes(record) {
                named_by.entry(code).or_default().insert(name);
            }
        }
        let mut first_of: HashMap<String, usize> = HashMap::new();
        let mut places: Vec<usize> = Vec::with_capacity(entries.len());
        for (at, ((_, record, _), name)) in entries.iter().zip(&names).enumerate() {
            let telling = |code: &String| named_by.get(code).is_some_and(|names| names.len() <= MOST_SUBSTANCES);
            let keys: Vec<String> = codes(record).into_iter().filter(telling).chain([format!("name|{name}")]).collect();
            let found: Vec<usize> =
                keys.iter().filter_map(|key| first_of.get(key)).filter_map(|place| root(&places, *place)).collect();
            let place = found.iter().copied().min().unwrap_or(at);
            places.push(place);
            for other in found {
                if let Some(slot) = places.get_mut(other) {
                    *slot = place;
                }
            }
            for key in keys {
                first_of.entry(key).or_insert(place);
            }
        }
        (0..places.len()).map(|at| root(&places, at).unwrap_or(at)).collect()
    }

    /// Doses of the log from one day to another, both included, by day and number: those that hold today.
    pub fn doses(&mut self, first_day: &str, last_day: &str) -> Vec<(DoseName, u32)> {
        self.medicines.catch_up(&self.records);
        let name = |day: &str, number| DoseName { day: day.to_owned(), number };
        if first_day > last_day {
            return Vec::new();
        }
        let found = self.medicines.doses.range(name(first_day, 0)..=name(last_day, u8::MAX));
        found
            .flat_map(|(name, numbers)| numbers.iter().map(move |number| (name.clone(), *number)))
            .filter(|(_, number)| self.record(*number).is_some_and(Record::is_current))
            .collect()
    }

    /// The medicine's entry that a dose of the log was one of, in its newest version.
    pub fn medicine_of_dose(&self, number: u32) -> Option<u32> {
        let record = self.record(number)?;
        let reference = record.facts.medicine.as_deref()?.dose_of.as_deref()?;
        self.find_reference(reference, record.full_url.as_deref())
    }
}

/// The place that stands for a group; places only point to earlier ones.
fn root(places: &[usize], mut at: usize) -> Option<usize> {
    loop {
        let next = *places.get(at)?;
        if next == at {
            return Some(at);
        }
        at = next;
    }
}
