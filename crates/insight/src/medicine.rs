//! Whether a medicine is taken now, and which entries speak of the same one.
//!
//! | entry | is |
//! |---|---|
//! | statement or request, active | current; past after its last day; planned before its first day, or if it is only a plan or a proposal |
//! | the same, on hold | paused; past after its last day |
//! | the same, intended or draft | planned; past after its last day |
//! | the same, completed, stopped, cancelled, not taken | past |
//! | the same, unknown or without a status | unknown; past after its last day |
//! | dose given by somebody | past; current while it is being given |
//! | handed out by a pharmacy | unknown: nobody says whether it is taken; past if it was not handed out |
//! | dose of the person's own log, box of medicine, "no medicines" | not a medicine of its own |
//!
//! A last day counts until it is over, in the calendar that it was written in. A date without its day lasts as long as it can.

use chartchain_fhir::{Facts, Kind, When, is_no_known};
use serde::{Deserialize, Serialize};

/// Whether a medicine is taken, first what matters most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standing {
    /// It is taken now.
    Current,
    /// It is not taken for the time being.
    Paused,
    /// It will be taken.
    Planned,
    /// The record does not say.
    Unknown,
    /// It is no longer taken, or was given once.
    Past,
}

/// How a medicine stands on a day (`2026-11-22`); `None` where an entry is no medicine of its own.
#[must_use]
pub fn standing(facts: &Facts, today: &str) -> Option<Standing> {
    let medicine = facts.medicine.as_deref()?;
    if facts.kind != Kind::Medicine || medicine.dose.is_some() || is_no_known(facts) {
        return None;
    }
    let status = facts.status.as_deref();
    match facts.type_name.as_str() {
        "MedicationAdministration" => {
            return Some(match status {
                Some("in-progress") => Standing::Current,
                Some("on-hold") => Standing::Paused,
                None | Some("unknown") => Standing::Unknown,
                Some(_) => Standing::Past,
            });
        }
        "MedicationDispense" => {
            return Some(match status {
                Some("cancelled" | "declined" | "stopped" | "not-done") => Standing::Past,
                _ => Standing::Unknown,
            });
        }
        _ => {}
    }
    if facts.until.as_ref().is_some_and(|until| is_before(until, today)) {
        return Some(Standing::Past);
    }
    let begins_later = begin_of(facts).is_some_and(|begins| is_later(begins, today));
    let is_only_meant = matches!(medicine.intent.as_deref(), Some("proposal" | "plan" | "option"));
    Some(match status {
        Some("active" | "in-progress") if is_only_meant || begins_later => Standing::Planned,
        Some("active" | "in-progress") => Standing::Current,
        Some("on-hold") => Standing::Paused,
        Some("intended" | "draft") => Standing::Planned,
        Some("completed" | "stopped" | "cancelled" | "not-taken" | "not-done" | "ended") => Standing::Past,
        _ => Standing::Unknown,
    })
}

/// The earliest day from this one on (`2026-11-22`, or only its beginning, as it is written) on which or after which a medicine may stand
/// otherwise than before.
#[must_use]
pub fn turn<'a>(facts: &'a Facts, today: &str) -> Option<&'a str> {
    facts.medicine.as_ref()?;
    let days = [facts.until.as_ref().map(|until| until.written.as_str()), begin_of(facts)];
    let days = days.into_iter().flatten().map(|day| day.get(..10).unwrap_or(day));
    days.filter(|day| compare(day, today).is_none_or(core::cmp::Ordering::is_ge)).min()
}

/// When a medicine begins. When a request was written is not when it begins.
fn begin_of(facts: &Facts) -> Option<&str> {
    match facts.type_name.as_str() {
        "MedicationStatement" => facts.when.as_ref().map(|when| when.written.as_str()),
        _ => facts.medicine.as_ref()?.schedule.as_ref().and_then(|schedule| schedule.from.as_deref()),
    }
}

fn is_before(when: &When, today: &str) -> bool {
    compare(&when.written, today).is_some_and(core::cmp::Ordering::is_lt)
}

fn is_later(written: &str, today: &str) -> bool {
    compare(written, today).is_some_and(core::cmp::Ordering::is_gt)
}

/// Compares as far as both are written: `2026` is neither before nor after `2026-11-22`.
fn compare(written: &str, today: &str) -> Option<core::cmp::Ordering> {
    let length = written.len().min(today.len()).min(10);
    Some(written.get(..length)?.cmp(today.get(..length)?))
}

/// What an entry's name says of the substance: the words before strength and form, without the salt. Two entries of one
/// substance are shown together, each in its own words.
#[must_use]
pub fn substance(title: &str) -> String {
    let mut parts: Vec<String> =
        title.to_lowercase().split(" / ").map(ingredient).filter(|part| !part.is_empty()).collect();
    parts.sort_unstable();
    parts.dedup();
    if parts.is_empty() { title.trim().to_lowercase() } else { parts.join("/") }
}

/// Words that say how a medicine is made, not what it is.
const FORMS: [&str; 34] = [
    "tablet",
    "tablets",
    "capsule",
    "capsules",
    "oral",
    "injection",
    "injectable",
    "solution",
    "suspension",
    "cream",
    "ointment",
    "gel",
    "drops",
    "spray",
    "inhaler",
    "inhalation",
    "patch",
    "syrup",
    "pill",
    "pills",
    "pack",
    "extended",
    "release",
    "slow",
    "modified",
    "delayed",
    "film",
    "coated",
    "hydrochloride",
    "hcl",
    "sodium",
    "maleate",
    "besylate",
    "tartrate",
];

/// Units of strength; a number before none of them is part of a name.
const UNITS: [&str; 18] = [
    "mg", "mcg", "ug", "µg", "g", "ml", "unt", "unt/ml", "units", "unit", "iu", "meq", "mmol", "mg/ml", "hr", "hour",
    "actuat", "%",
];

fn ingredient(text: &str) -> String {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '[' | ']' | ';');
    let words: Vec<&str> = text.split(between).filter(|word| !word.is_empty()).collect();
    let mut kept: Vec<&str> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let is_unit = |word: &&str| UNITS.contains(word);
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let has_unit =
            word.ends_with(|c: char| c.is_alphabetic() || c == '%') || words.get(at + 1).is_some_and(is_unit);
        let is_strength = (is_number && has_unit) || is_unit(word);
        // `24 hr metformin`: how long it works stands before the name.
        if kept.is_empty() && is_strength {
            continue;
        }
        if is_strength || (FORMS.contains(word) && !kept.is_empty()) {
            break;
        }
        kept.push(word);
    }
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-22";

    fn at(type_name: &str, status: &str, more: &str) -> Option<Standing> {
        let status = if status.is_empty() { String::new() } else { format!(r#""status":"{status}","#) };
        let json = format!(
            r#"{{"resourceType":"{type_name}",{status}"medicationCodeableConcept":{{"text":"Metformin"}}{more}}}"#
        );
        standing(&chartchain_fhir::facts(&json).unwrap(), TODAY)
    }

    #[test]
    fn a_statement_is_what_its_status_says() {
        let statement = |status| at("MedicationStatement", status, "");
        assert_eq!(statement("active"), Some(Standing::Current));
        assert_eq!(statement("on-hold"), Some(Standing::Paused));
        assert_eq!(statement("intended"), Some(Standing::Planned));
        for over in ["completed", "stopped", "not-taken"] {
            assert_eq!(statement(over), Some(Standing::Past), "{over}");
        }
        for unsaid in ["unknown", "", "something-new"] {
            assert_eq!(statement(unsaid), Some(Standing::Unknown), "{unsaid}");
        }
    }

    #[test]
    fn no_medicine_stands_otherwise_before_its_turn() {
        let days: Vec<String> =
            (10..13).flat_map(|month| (1..31).map(move |day| format!("2026-{month}-{day:02}"))).collect();
        let written = ["2026", "2027", "2026-11", "2026-12", "2026-11-05", "2026-11-20T10:00:00Z", "2026-12-01", "x"];
        let mut turned = 0;
        for (from, until) in written.iter().flat_map(|from| written.map(|until| (from, until))) {
            for type_name in ["MedicationStatement", "MedicationRequest"] {
                let period = format!(r#"{{"start":"{from}","end":"{until}"}}"#);
                let json = format!(
                    r#"{{"resourceType":"{type_name}","status":"active","medicationCodeableConcept":{{"text":"Metformin"}},"effectivePeriod":{period},"dosageInstruction":[{{"timing":{{"repeat":{{"boundsPeriod":{period}}}}}}}]}}"#
                );
                let facts = chartchain_fhir::facts(&json).unwrap();
                for (at, today) in days.iter().enumerate() {
                    let (stands, turn) = (standing(&facts, today), turn(&facts, today));
                    for later in &days[at..] {
                        let is_other = standing(&facts, later) != stands;
                        assert!(!is_other || turn.is_some_and(|turn| turn <= later), "{json} {today} {later} {turn:?}");
                        turned += u32::from(is_other);
                    }
                }
            }
        }
        assert!(turned > 1000, "{turned}");
    }

    #[test]
    fn a_last_day_counts_until_it_is_over() {
        let until = |end: &str| {
            at("MedicationStatement", "active", &format!(r#","effectivePeriod":{{"start":"2020","end":"{end}"}}"#))
        };
        assert_eq!(until("2026-11-21"), Some(Standing::Past));
        assert_eq!(until("2026-11-22"), Some(Standing::Current));
        assert_eq!(until("2026-11-21T23:00:00-05:00"), Some(Standing::Past));
        assert_eq!(until("2026"), Some(Standing::Current), "the year is not over");
        assert_eq!(until("2026-10"), Some(Standing::Past));
        assert_eq!(until("2025"), Some(Standing::Past));
    }

    #[test]
    fn what_begins_later_or_is_only_meant_is_planned() {
        let from =
            |start: &str| at("MedicationStatement", "active", &format!(r#","effectivePeriod":{{"start":"{start}"}}"#));
        assert_eq!(from("2026-11-23"), Some(Standing::Planned));
        assert_eq!(from("2026-11-22"), Some(Standing::Current));
        assert_eq!(
            at("MedicationRequest", "active", r#","intent":"order","authoredOn":"2030-01-01""#),
            Some(Standing::Current)
        );
        assert_eq!(at("MedicationRequest", "active", r#","intent":"plan""#), Some(Standing::Planned));
        assert_eq!(at("MedicationRequest", "draft", r#","intent":"order""#), Some(Standing::Planned));
        let bounded = r#","intent":"order","dosageInstruction":[{"timing":{"repeat":{"frequency":1,"period":1,"periodUnit":"d","boundsPeriod":{"start":"2027-01-01"}}}}]"#;
        assert_eq!(at("MedicationRequest", "active", bounded), Some(Standing::Planned));
    }

    #[test]
    fn what_was_given_or_handed_out_says_little_of_today() {
        assert_eq!(at("MedicationAdministration", "completed", ""), Some(Standing::Past));
        assert_eq!(at("MedicationAdministration", "in-progress", ""), Some(Standing::Current));
        assert_eq!(at("MedicationDispense", "completed", ""), Some(Standing::Unknown));
        assert_eq!(at("MedicationDispense", "cancelled", ""), Some(Standing::Past));
    }

    #[test]
    fn a_box_a_dose_of_the_log_and_no_medicines_are_no_medicine() {
        let facts = |json: &str| standing(&chartchain_fhir::facts(json).unwrap(), TODAY);
        assert_eq!(facts(r#"{"resourceType":"Medication","code":{"text":"Metformin"}}"#), None);
        let none = r#"{"resourceType":"MedicationStatement","status":"active","medicationCodeableConcept":{"coding":[{"code":"no-known-medications"}]}}"#;
        assert_eq!(facts(none), None);
        let dose = r#"{"resourceType":"MedicationAdministration","status":"completed","identifier":[{"system":"urn:uuid:6f1f3a52-94d4-4f0c-8d0a-6b5a9f7c2e10","value":"2026-11-22/1"}],"medicationCodeableConcept":{"text":"Metformin"}}"#;
        assert_eq!(facts(dose), None);
    }

    #[test]
    fn entries_of_one_substance_have_one_name_whatever_their_strength_and_form() {
        for (one, other) in [
            ("Metformin 500mg, slow release", "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet"),
            ("amLODIPine 5 MG Oral Tablet", "Amlodipine besylate"),
            ("Acetaminophen 325 MG / Hydrocodone 7.5 MG", "hydrocodone / acetaminophen 10 MG"),
        ] {
            assert_eq!(substance(one), substance(other));
        }
        for (one, other) in [
            ("Insulin glargine 100 UNT/ML", "Insulin lispro 100 UNT/ML"),
            ("Vitamin B12", "Vitamin D3"),
            ("Factor 8", "Factor 9"),
            ("Hydrocodone 7.5 MG", "Acetaminophen 325 MG / Hydrocodone 7.5 MG"),
        ] {
            assert_ne!(substance(one), substance(other));
        }
        assert_eq!(substance(" 500 "), "500", "a name that is no word stays what it is");
        assert_eq!(substance("Tablet"), "tablet");
    }
}
