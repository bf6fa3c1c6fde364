//! What an index knows of a medicine beyond its name: what it is taken for, when, and of what a dose was one.

use crate::tree::Node;
use crate::words;
use serde::{Deserialize, Serialize};

/// System of the identifiers that doses of a person's own log carry: `2026-11-22/1` is the first dose of that day.
pub(crate) const DOSE_SYSTEM: &str = "urn:uuid:6f1f3a52-94d4-4f0c-8d0a-6b5a9f7c2e10";
/// So many doses a day are kept apart.
pub const MOST_DOSES: u8 = 24;
/// Longest reason, in characters.
const MAX_REASON_CHARS: usize = 200;

/// What an index knows of a medicine beyond its name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MedicineFacts {
    /// Reference, as written, to the Medication that names it, where it has no name of its own.
    pub named_by: Option<String>,
    /// `proposal`, `plan`, `order` and so on of a request.
    pub intent: Option<String>,
    /// What it is taken for.
    pub reason: Option<String>,
    /// When it is taken, where the source says that in parts.
    pub schedule: Option<Schedule>,
    /// Reference, as written, to the request or statement that a dose was given by.
    pub dose_of: Option<String>,
    /// Which dose of the person's own log it is.
    pub dose: Option<DoseName>,
}

/// A dose of a person's own log: the day in their calendar, and which of that day's doses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DoseName {
    /// `2026-11-22`
    pub day: String,
    /// First is 1.
    pub number: u8,
}

/// When a medicine is taken.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Schedule {
    /// Only when it is needed.
    pub as_needed: bool,
    /// How many doses on a day on which it is due; 0 where that is not said.
    pub doses: u8,
    /// When within the day, as far as that is said; at most as many as there are doses.
    pub times: Vec<DayTime>,
    /// 1 for every day, 2 for every other day, and so on.
    pub every_days: u16,
    /// Days of the week on which it is due, bit 0 is Monday; 0 for any.
    pub weekdays: u8,
    /// First day as written, where it is said.
    pub from: Option<String>,
    /// Last day as written, where it is said.
    pub until: Option<String>,
}

/// A time within a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DayTime {
    /// After waking, in the morning, with breakfast.
    Morning,
    /// At noon, in the afternoon, with lunch.
    Midday,
    /// In the evening, with the evening meal.
    Evening,
    /// Before sleep, at night.
    Night,
    /// By the clock, in minutes after midnight.
    Clock(u16),
}

/// Reads it from a request, a statement, a dispense or an administration.
pub(crate) fn facts(root: &Node<'_>, has_name: bool) -> MedicineFacts {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let reference = |path: &str| root.first(path, &mut |node| node.text().map(str::to_owned));
    let reason = ["reasonCode", "reasonReference.display", "reasonForUse", "reasonForUseCodeableConcept"];
    let reason = reason.into_iter().find_map(|path| root.first(path, &mut words::text_of));
    let instructions = root.get("dosageInstruction").or_else(|| root.get("dosage"));
    MedicineFacts {
        named_by: reference("medicationReference.reference").filter(|text| !has_name && !text.starts_with('#')),
        intent: owned(root.text_at("intent")),
        reason: reason.map(|reason| words::cut(&reason, MAX_REASON_CHARS)),
        schedule: instructions.and_then(schedule),
        dose_of: reference("request.reference").or_else(|| reference("supportingInformation.reference")),
        dose: root.each("identifier").iter().find_map(dose_name),
    }
}

fn dose_name(identifier: &Node<'_>) -> Option<DoseName> {
    let value = identifier.text_at("value").filter(|_| identifier.text_at("system") == Some(DOSE_SYSTEM))?;
    DoseName::parse(value)
}

impl DoseName {
    /// Reads `2026-11-22/1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (day, number) = text.split_once('/')?;
        let number = number.parse().ok().filter(|number| (1..=MOST_DOSES).contains(number))?;
        let is_day = day.len() == 10 && crate::when::parse_when(day).is_some();
        is_day.then(|| Self { day: day.to_owned(), number })
    }

    pub(crate) fn write(&self) -> String {
        format!("{}/{}", self.day, self.number)
    }
}

/// All instructions together, if they hold at the same time and say how often. One that cannot be read leaves all of it
/// open: half a schedule would leave doses out.
fn schedule(instructions: &Node<'_>) -> Option<Schedule> {
    let items = instructions.items();
    let in_turn = items.iter().any(|item| item.get("sequence").and_then(Node::scalar).is_some_and(|at| at != "1"));
    let mut whole: Option<Schedule> = None;
    for item in items {
        let one = instruction(item)?;
        whole = Some(match whole {
            None => one,
            Some(before) => before.with(one)?,
        });
    }
    whole.filter(|whole| !in_turn || whole.as_needed)
}

impl Schedule {
    fn with(mut self, other: Self) -> Option<Self> {
        let alike = self.as_needed == other.as_needed
            && (self.every_days, self.weekdays) == (other.every_days, other.weekdays)
            && (&self.from, &self.until) == (&other.from, &other.until);
        if !alike {
            return None;
        }
        self.doses = self.doses.saturating_add(other.doses).min(MOST_DOSES);
        self.times.extend(other.times);
        self.times.sort_unstable();
        Some(self)
    }
}

fn instruction(item: &Node<'_>) -> Option<Schedule> {
    let as_needed = match item.choice("asNeeded") {
        Some(("Boolean", value)) => *value == Node::Bool(true),
        Some((_, _)) => true,
        None => item.is_true("asNeeded"),
    };
    let timing = item.get("timing");
    let repeat = timing.and_then(|timing| timing.get("repeat"));
    let mut found = repeat.and_then(repeated).or_else(|| timing.and_then(by_code));
    if let Some(found) = &mut found {
        found.as_needed = as_needed;
        let bound = |key: &str| repeat?.get("boundsPeriod")?.text_at(key).map(str::to_owned);
        (found.from, found.until) = (bound("start"), bound("end"));
    }
    found.or_else(|| as_needed.then(|| Schedule { as_needed, every_days: 1, ..Schedule::default() }))
}

/// `Timing.repeat` of FHIR R4.
fn repeated(repeat: &Node<'_>) -> Option<Schedule> {
    let whole = |key: &str| repeat.get(key).and_then(Node::scalar).and_then(|text| text.parse::<f64>().ok());
    let mut times: Vec<DayTime> = repeat.each("timeOfDay").iter().filter_map(clock).collect();
    let events: Vec<&str> = repeat.each("when").iter().filter_map(Node::text).collect();
    times.extend(events.iter().copied().filter_map(event));
    times.sort_unstable();
    times.dedup();
    let weekdays =
        repeat.each("dayOfWeek").iter().filter_map(Node::text).filter_map(weekday).fold(0, |all, day| all | day);
    let frequency = whole("frequencyMax").or_else(|| whole("frequency"));
    let period = whole("periodMax").or_else(|| whole("period")).filter(|period| *period > 0.0);
    let (per_day, every_days) = match (frequency, period, repeat.text_at("periodUnit")) {
        (_, Some(period), Some("h")) => (frequency.unwrap_or(1.0) * 24.0 / period, 1.0),
        (_, Some(period), Some("d")) if period < 1.0 => (frequency.unwrap_or(1.0) / period, 1.0),
        (_, Some(period), Some("d")) => (frequency.unwrap_or(1.0), period),
        (_, Some(period), Some("wk")) if weekdays == 0 => (frequency.unwrap_or(1.0), period * 7.0),
        (_, Some(1.0), Some("wk")) => (1.0, 1.0),
        // Without a period: so many at the times that are named, every day.
        (None, None, None) if !times.is_empty() || !events.is_empty() || weekdays != 0 => (1.0, 1.0),
        _ => return None,
    };
    // Twice in ten days says nothing of a single day.
    let per_day = if every_days > 1.0 && per_day != 1.0 { return None } else { per_day };
    let is_whole = |number: f64| number.fract() == 0.0;
    if !(is_whole(per_day)
        && is_whole(every_days)
        && (1.0..=24.0).contains(&per_day)
        && (1.0..=366.0).contains(&every_days))
    {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within 1 to 366")]
    let (per_day, every_days) = (per_day as u8, every_days as u16);
    let doses = per_day.max(u8::try_from(times.len()).unwrap_or(MOST_DOSES)).min(MOST_DOSES);
    times.truncate(usize::from(doses));
    Some(Schedule { doses, times, every_days, weekdays, ..Schedule::default() })
}

/// `Timing.code`: abbreviations of HL7 v3 GTSAbbreviation.
fn by_code(timing: &Node<'_>) -> Option<Schedule> {
    let code = timing.get("code").and_then(words::concept_code)?;
    let (doses, times, every_days): (u8, &[DayTime], u16) = match code {
        "QD" | "OD" => (1, &[], 1),
        "AM" => (1, &[DayTime::Morning], 1),
        "PM" => (1, &[DayTime::Evening], 1),
        "BED" | "HS" => (1, &[DayTime::Night], 1),
        "BID" => (2, &[], 1),
        "TID" => (3, &[], 1),
        "QID" => (4, &[], 1),
        "QOD" => (1, &[], 2),
        "Q12H" => (2, &[], 1),
        "Q8H" => (3, &[], 1),
        "Q6H" => (4, &[], 1),
        "Q4H" => (6, &[], 1),
        "WK" => (1, &[], 7),
        _ => return None,
    };
    Some(Schedule { doses, times: times.to_vec(), every_days, ..Schedule::default() })
}

fn clock(node: &Node<'_>) -> Option<DayTime> {
    let mut parts = node.text()?.split(':');
    let hour: u16 = parts.next()?.parse().ok().filter(|hour| *hour < 24)?;
    let minute: u16 = parts.next()?.parse().ok().filter(|minute| *minute < 60)?;
    Some(DayTime::Clock(hour * 60 + minute))
}

/// FHIR's EventTiming and HL7 v3's TimingEvent; "with a meal" names no time of day.
fn event(code: &str) -> Option<DayTime> {
    Some(match code {
        "MORN" | "MORN.early" | "MORN.late" | "WAKE" | "CM" | "ACM" | "PCM" => DayTime::Morning,
        "NOON" | "AFT" | "AFT.early" | "AFT.late" | "CD" | "ACD" | "PCD" => DayTime::Midday,
        "EVE" | "EVE.early" | "EVE.late" | "CV" | "ACV" | "PCV" => DayTime::Evening,
        "NIGHT" | "HS" => DayTime::Night,
        _ => return None,
    })
}

fn weekday(code: &str) -> Option<u8> {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    days.iter().position(|day| *day == code).map(|at| 1 << at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(dosage: &str) -> Option<Schedule> {
        let json = format!(
            r#"{{"resourceType":"MedicationRequest","intent":"order","medicationCodeableConcept":{{"text":"X"}},"dosageInstruction":[{dosage}]}}"#
        );
        crate::facts(&json).unwrap().medicine.unwrap().schedule
    }

    fn repeat(repeat: &str) -> Option<Schedule> {
        read(&format!(r#"{{"timing":{{"repeat":{{{repeat}}}}}}}"#))
    }

    fn daily(doses: u8, times: &[DayTime]) -> Option<Schedule> {
        Some(Schedule { doses, times: times.to_vec(), every_days: 1, ..Schedule::default() })
    }

    #[test]
    fn so_many_times_a_day_is_read_in_every_way_that_fhir_has() {
        assert_eq!(repeat(r#""frequency":2,"period":1,"periodUnit":"d""#), daily(2, &[]));
        assert_eq!(repeat(r#""frequency":1,"period":6,"periodUnit":"h""#), daily(4, &[]));
        assert_eq!(repeat(r#""frequency":1,"period":0.5,"periodUnit":"d""#), daily(2, &[]));
        assert_eq!(read(r#"{"timing":{"code":{"coding":[{"code":"TID"}]}}}"#), daily(3, &[]));
        let times = [DayTime::Clock(480), DayTime::Clock(1200)];
        assert_eq!(repeat(r#""timeOfDay":["20:00:00","08:00:00"]"#), daily(2, &times));
        let times = [DayTime::Morning, DayTime::Evening];
        assert_eq!(repeat(r#""frequency":1,"period":1,"periodUnit":"d","when":["CV","MORN"]"#), daily(2, &times));
    }

    #[test]
    fn longer_periods_weekdays_and_bounds_are_kept() {
        let other_day = repeat(r#""frequency":1,"period":2,"periodUnit":"d""#).unwrap();
        assert_eq!((other_day.doses, other_day.every_days), (1, 2));
        let weekly = repeat(r#""frequency":1,"period":1,"periodUnit":"wk""#).unwrap();
        assert_eq!((weekly.doses, weekly.every_days), (1, 7));
        let days = repeat(r#""dayOfWeek":["mon","fri"]"#).unwrap();
        assert_eq!((days.doses, days.weekdays), (1, 0b1_0001));
        let bounded = repeat(
            r#""frequency":1,"period":1,"periodUnit":"d","boundsPeriod":{"start":"2026-01-01","end":"2026-01-07"}"#,
        );
        let bounded = bounded.unwrap();
        assert_eq!((bounded.from.as_deref(), bounded.until.as_deref()), (Some("2026-01-01"), Some("2026-01-07")));
    }

    #[test]
    fn what_does_not_say_how_often_on_a_day_is_no_schedule() {
        for unclear in [
            r#""frequency":2,"period":10,"periodUnit":"d""#,
            r#""frequency":1,"period":7,"periodUnit":"h""#,
            r#""frequency":3"#,
            r#""frequency":1,"period":1,"periodUnit":"mo""#,
            r#""frequency":1,"period":0,"periodUnit":"d""#,
            r#""frequency":1e9,"period":1,"periodUnit":"d""#,
            r#""frequency":"many","period":-1,"periodUnit":"d""#,
        ] {
            assert_eq!(repeat(unclear), None, "{unclear}");
        }
        assert_eq!(read(r#"{"text":"as directed"}"#), None);
        assert_eq!(read(r#"{"timing":{"code":{"text":"twice a day"}}}"#), None, "words are not guessed at");
    }

    #[test]
    fn several_instructions_hold_together_unless_they_follow_each_other() {
        let part = |code: &str| {
            format!(r#"{{"timing":{{"repeat":{{"frequency":1,"period":1,"periodUnit":"d","when":["{code}"]}}}}}}"#)
        };
        let both = read(&format!("{},{}", part("NIGHT"), part("MORN")));
        assert_eq!(both, daily(2, &[DayTime::Morning, DayTime::Night]));
        let turn = |at: u8| format!(r#"{{"sequence":{at},"timing":{{"code":{{"coding":[{{"code":"BID"}}]}}}}}}"#);
        assert_eq!(read(&format!("{},{}", turn(1), turn(2))), None);
        assert_eq!(read(&format!(r#"{},{{"text":"and at night"}}"#, part("MORN"))), None);
    }

    #[test]
    fn as_needed_is_kept_with_and_without_a_limit() {
        let limited =
            read(r#"{"asNeededBoolean":true,"timing":{"repeat":{"frequency":4,"period":1,"periodUnit":"d"}}}"#)
                .unwrap();
        assert!(limited.as_needed && limited.doses == 4);
        assert!(read(r#"{"asNeededCodeableConcept":{"text":"pain"}}"#).unwrap().as_needed);
    }

    #[test]
    fn names_of_doses_are_read_strictly() {
        let name = DoseName { day: "2026-11-22".into(), number: 2 };
        assert_eq!(DoseName::parse(&name.write()), Some(name));
        for wrong in ["", "2026-11-22", "2026-11-22/0", "2026-11-22/25", "2026-11-31/1", "2026-11/1", "2026-11-22/x"] {
            assert_eq!(DoseName::parse(wrong), None, "{wrong}");
        }
    }
}
