//! Observations without a life around them, for benchmarks of import, storage and search.

use crate::codes::System;
use crate::date::{Date, Moment, Summer, Zone};
use crate::json::{Json, decimal};
use crate::rng::Rng;

/// LOINC code, its words, unit for people, UCUM unit, lowest and highest number in tenths.
type Row = (&'static str, &'static str, &'static str, &'static str, i32, i32);

const ROWS: &[Row] = &[
    ("8867-4", "Heart rate", "beats/minute", "/min", 450, 1400),
    ("9279-1", "Respiratory rate", "breaths/minute", "/min", 100, 320),
    ("8310-5", "Body temperature", "°C", "Cel", 350, 410),
    ("29463-7", "Body weight", "kg", "kg", 30, 1200),
    ("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%", "%", 820, 1000),
    ("8480-6", "Systolic blood pressure", "mmHg", "mm[Hg]", 850, 1900),
    ("8462-4", "Diastolic blood pressure", "mmHg", "mm[Hg]", 500, 1150),
    ("2345-7", "Glucose [Mass/volume] in Serum or Plasma", "mg/dL", "mg/dL", 500, 3200),
    ("718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL", "g/dL", 60, 180),
    ("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "mmol/L", "mmol/L", 28, 62),
];

const WORDS: &str = "seated|resting|after a walk|left arm|right arm|measured twice|second reading|clinic visit|home visit|\
                     at the village post|fever|cough|no complaints|follow up in two weeks|referred|advice given|\
                     medicine taken|medicine missed|mother present|large cuff|child cuff|feels well|tired|sleeps badly";

/// So many single measurements, minified, about 600 bytes each, of many people and in no order of time: `Observation`
/// resources with an id, a `Patient/…` reference, a value and a remark. As repetitive as what a health post sends.
pub fn observations(seed: u64, count: usize) -> impl Iterator<Item = String> {
    let of = Rng::new(seed);
    (0..count).map(move |i| observation(&mut of.fork(i as u64), i))
}

fn observation(rng: &mut Rng, i: usize) -> String {
    let (code, display, unit, ucum, low, high) = rng.pick(ROWS).copied().unwrap_or(("", "", "", "", 0, 0));
    let vital = !display.contains("/volume]");
    let day = Date { year: 2015, month: 1, day: 1 }.plus_days(rng.between(0, 3650));
    let minute = u16::try_from(rng.below(1440)).unwrap_or(0);
    let at = Moment::new(day, minute).written(Zone { standard: 180, summer: Summer::None });
    let mut note = String::new();
    let length = 60 + rng.below(50) as usize;
    while note.len() < length {
        if !note.is_empty() {
            note.push_str(", ");
        }
        note.push_str(rng.word(WORDS));
    }

    let mut json = Json::object();
    json.text("resourceType", "Observation").text("id", &format!("obs-{i:08}")).text("status", "final");
    json.list("category").item().list("coding").item();
    json.text("system", &System::Hl7("observation-category").url());
    json.text("code", if vital { "vital-signs" } else { "laboratory" }).end().end().end().end();
    json.open("code").list("coding").item().text("system", &System::Loinc.url()).text("code", code);
    json.text("display", display).end().end().end();
    json.open("subject").text("reference", &format!("Patient/pt-{:07}", rng.below(1_000_000))).end();
    json.text("effectiveDateTime", &at).list("performer").item();
    json.text("reference", &format!("Practitioner/pr-{:05}", rng.below(10_000))).end().end();
    json.quantity("valueQuantity", &decimal(i64::from(rng.between(low, high)), 1), unit, ucum);
    json.list("note").item().text("text", &note).end().end();
    json.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_about_six_hundred_bytes_all_different_and_the_same_for_the_same_seed() {
        let all: Vec<String> = observations(1, 2000).collect();
        let bytes = all.iter().map(String::len).sum::<usize>() / all.len();
        assert!((560..660).contains(&bytes), "{bytes}");
        let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), 2000);
        assert_eq!(all, observations(1, 2000).collect::<Vec<_>>());
        assert_ne!(all.first(), observations(2, 1).next().as_ref());
        // The first ones do not depend on how many are asked for.
        assert_eq!(all.get(..10), Some(observations(1, 10).collect::<Vec<_>>().as_slice()));
    }
}
