//! Made-up people for the demo, for tests and for benchmarks: whole lives as FHIR R4 resources.
//!
//! A seed decides everything: the same seed and day give the same bytes on every platform. There is no clock, no hash
//! map and no system mathematics in here; measured numbers are whole numbers with a fixed count of decimals. Nobody in
//! these records exists. Names, towns, clinics and phone numbers are invented (numbers are from ranges kept for fiction
//! or plainly artificial), and every `Patient` carries the tag `HTEST` (test health data). Courses of illness are
//! plausible for showing and testing software; they are no basis for anything else.

mod analytes;
mod benchmark;
mod body;
mod codes;
mod date;
mod demo;
mod drugs;
mod episodes;
mod illness;
mod json;
mod life;
mod math;
mod place;
mod rng;
mod scribe;
mod vaccines;

pub use benchmark::observations;
pub use date::Date;
pub use demo::demo;

/// Which person to make up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Decides who they are and what happens to them.
    pub seed: u64,
    /// Nothing in the record has happened after this day. A day that does not exist counts as the nearest one,
    /// one outside the years 1200 to 9900 as the first or last of them.
    pub today: Date,
}

/// A made-up person's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifetime {
    /// First the `Patient`, then organizations and practitioners, then everything else, oldest first.
    pub resources: Vec<Made>,
}

/// A made-up resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// `urn:uuid:…`; how the other resources refer to this one. The resource's `id` is the same UUID.
    pub full_url: String,
    /// The resource as minified JSON.
    pub json: String,
}

/// Makes up a person.
#[must_use]
pub fn lifetime(options: &Options) -> Lifetime {
    life::live(options)
}

/// The person whom an app shows for a seed on a day, counted from 1970-01-01: [`demo`] for 0, else a [`lifetime`].
#[must_use]
pub fn person(seed: u64, day: i32) -> Lifetime {
    let today = Date::from_days(day);
    if seed == 0 { demo(today) } else { lifetime(&Options { seed, today }) }
}

/// All resources of a record in one FHIR Bundle of type `collection`, as minified JSON.
#[must_use]
pub fn bundle(lifetime: &Lifetime) -> String {
    let size = lifetime.resources.iter().map(|made| made.json.len() + made.full_url.len() + 30).sum::<usize>();
    let mut text = String::with_capacity(size + 64);
    text.push_str(r#"{"resourceType":"Bundle","type":"collection","entry":["#);
    for (i, made) in lifetime.resources.iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        for part in [r#"{"fullUrl":""#, &made.full_url, r#"","resource":"#, &made.json, "}"] {
            text.push_str(part);
        }
    }
    text.push_str("]}");
    text
}
