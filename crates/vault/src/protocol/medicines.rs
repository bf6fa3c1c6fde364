use chartchain_fhir::{DayTime, When};
use chartchain_insight::Standing;
use serde::{Deserialize, Serialize};

use super::{Banner, EntryId, EntryLine};

/// Medicines as they stand on a day, and the log of their doses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medicines {
    /// Who.
    pub banner: Banner,
    /// First what matters most, then by name; of past ones as many as were asked for.
    pub cards: Vec<MedicineCard>,
    /// How many past ones there are.
    pub past: u32,
    /// Doses of today: those that are due, and others that were noted.
    pub doses: Vec<DayDose>,
    /// The last seven days, today last.
    pub week: Vec<LogDay>,
    /// Doses were noted at some time.
    pub has_log: bool,
}

/// Everything that the record says of one substance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedicineCard {
    /// How it stands.
    pub standing: Standing,
    /// The entry to show first, then all others.
    pub entries: Vec<MedicineEntry>,
    /// The number that one more dose of today would have; `None` where it is not taken now, or there are too many.
    pub next_dose: Option<u8>,
    /// How many doses are due today; `None` where that is not known, or where it is taken as needed.
    pub due_today: Option<u8>,
}

/// One entry of a medicine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedicineEntry {
    /// The entry; its title is that of the Medication that it points to, where it has none of its own.
    pub line: EntryLine,
    /// How it stands by itself.
    pub standing: Standing,
    /// What it is taken for.
    pub reason: Option<String>,
    /// Taken only as needed.
    pub as_needed: bool,
}

/// A dose of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayDose {
    /// Of which medicine: the entry to note it for.
    pub medicine: EntryId,
    /// Its name.
    pub title: String,
    /// How it is taken, in the source's words.
    pub detail: Option<String>,
    /// Which of the day's doses, first is 1.
    pub number: u8,
    /// So many are due on this day.
    pub due: u8,
    /// When within the day, where that is said.
    pub time: Option<DayTime>,
    /// What was noted.
    pub noted: Option<NotedDose>,
}

/// What was noted of a dose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedDose {
    /// The entry of the log.
    pub entry: EntryId,
    /// Taken, else missed.
    pub taken: bool,
    /// When it was taken.
    pub at: Option<When>,
    /// Another version of it says something else.
    pub disputed: bool,
}

/// A day of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogDay {
    /// `2026-11-22`
    pub day: String,
    /// Doses that were due, of medicines that were in the log by then.
    pub due: u32,
    /// Of these, taken.
    pub taken: u32,
    /// Of these, missed.
    pub missed: u32,
    /// Taken beyond what was due.
    pub others: u32,
}

/// The log of one medicine, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoseLog {
    /// Who.
    pub banner: Banner,
    /// Name of the medicine; `None` for all.
    pub title: Option<String>,
    /// Newest first.
    pub lines: Vec<LogLine>,
    /// How many there are.
    pub total: u32,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// `2026-11-22`
    pub day: String,
    /// Which of the day's doses.
    pub number: u8,
    /// Name of the medicine when it was noted.
    pub title: String,
    /// What was noted.
    pub noted: NotedDose,
}
