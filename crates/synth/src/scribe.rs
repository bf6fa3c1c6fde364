//! Writes FHIR R4 resources about one person. Knows how each resource type is written, nothing of when what happens.

mod care;
mod findings;
mod people;

pub(crate) use care::{Course, Dose, Letter, Severity};
pub(crate) use people::Sex;

use crate::Made;
use crate::codes::{Code, System};
use crate::date::{Date, Moment, Zone};
use crate::json::Json;
use crate::rng::Rng;

/// Someone or something that can be referred to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Who {
    pub(crate) url: String,
    pub(crate) name: String,
}

/// When, where and by whom something was recorded.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// The encounter; empty where there was none.
    pub(crate) url: String,
    pub(crate) when: Moment,
    pub(crate) by: Who,
    pub(crate) place: Who,
    /// Sensitivity that the source marks everything of this visit with.
    pub(crate) label: Option<&'static Code>,
}

impl Visit {
    /// The same visit, some minutes later.
    pub(crate) fn later(&self, minutes: u16) -> Self {
        Self { when: self.when.later(minutes), ..self.clone() }
    }
}

/// A resource under construction.
pub(crate) struct Draft {
    pub(crate) url: String,
    pub(crate) json: Json,
}

/// Writes resources and keeps them.
pub(crate) struct Scribe {
    ids: Rng,
    made: Vec<(i64, Made)>,
    /// The person the record is about.
    pub(crate) subject: Who,
    pub(crate) zone: Zone,
    pub(crate) states_units: bool,
    /// Before this day, of medicines and vaccinations only the day is known.
    pub(crate) exact_from: Date,
}

impl Scribe {
    pub(crate) fn new(ids: Rng, zone: Zone, states_units: bool, exact_from: Date) -> Self {
        Self { ids, made: Vec::new(), subject: Who::default(), zone, states_units, exact_from }
    }

    /// All that was written: the person first, then who cared for them, then what happened, oldest first.
    pub(crate) fn finish(mut self) -> Vec<Made> {
        self.made.sort_by_key(|(order, _)| *order);
        self.made.into_iter().map(|(_, made)| made).collect()
    }

    /// Starts a resource with a new id, marked with the sensitivity of the visit, if any.
    fn draft(&mut self, type_name: &str, label: Option<&Code>) -> Draft {
        let id = self.uuid();
        let mut json = Json::object();
        json.text("resourceType", type_name).text("id", &id);
        if let Some(label) = label {
            json.open("meta").list("security").item().coding_body(label).end().end().end();
        }
        Draft { url: format!("urn:uuid:{id}"), json }
    }

    /// Keeps a resource that belongs to a moment; gives its address.
    fn keep(&mut self, when: Moment, draft: Draft) -> String {
        self.keep_at(i64::from(when.date.to_days()) * 1440 + i64::from(when.minute), draft)
    }

    fn keep_at(&mut self, order: i64, draft: Draft) -> String {
        let full_url = draft.url.clone();
        self.made.push((order, Made { full_url: draft.url, json: draft.json.finish() }));
        full_url
    }

    /// A UUID of version 4 by its form (RFC 9562), from the seed and not from chance.
    fn uuid(&mut self) -> String {
        let (a, b) = (self.ids.next(), self.ids.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            a >> 32,
            (a >> 16) & 0xffff,
            a & 0xfff,
            0x8000 | (b >> 48) & 0x3fff,
            b & 0xffff_ffff_ffff
        )
    }

    fn written(&self, when: Moment) -> String {
        when.written(self.zone)
    }

    fn remembered(&self, when: Moment) -> String {
        if when.date < self.exact_from { when.date.to_string() } else { self.written(when) }
    }
}

/// How exactly the source knew a day: what is long ago is often known to the month or year only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Year(Date),
    Month(Date),
    Day(Date),
}

impl Known {
    pub(crate) fn written(self) -> String {
        match self {
            Self::Year(date) => format!("{:04}", date.year),
            Self::Month(date) => date.month_text(),
            Self::Day(date) => date.to_string(),
        }
    }

    pub(crate) fn date(self) -> Date {
        match self {
            Self::Year(date) | Self::Month(date) | Self::Day(date) => date,
        }
    }
}

impl Json {
    /// `"key":{"reference":…,"display":…}`
    pub(crate) fn refer(&mut self, key: &str, who: &Who) -> &mut Self {
        self.open(key).refer_body(who).end()
    }

    /// `"key":[{"reference":…,"display":…}]`
    fn refers(&mut self, key: &str, who: &Who) -> &mut Self {
        self.list(key).item().refer_body(who).end().end()
    }

    fn refer_body(&mut self, who: &Who) -> &mut Self {
        self.text("reference", &who.url);
        if !who.name.is_empty() {
            self.text("display", &who.name);
        }
        self
    }

    /// A reference without words; nothing where the address is empty.
    fn link(&mut self, key: &str, url: &str) -> &mut Self {
        if !url.is_empty() {
            self.open(key).text("reference", url).end();
        }
        self
    }

    fn links(&mut self, key: &str, urls: &[String]) -> &mut Self {
        if !urls.is_empty() {
            self.list(key);
            for url in urls {
                self.item().text("reference", url).end();
            }
            self.end();
        }
        self
    }

    fn unit_of_time(&mut self, key: &str, value: i32, unit: &str, ucum: &str) -> &mut Self {
        self.open(key).bare("value", &value.to_string()).text("unit", unit);
        self.text("system", &System::Ucum.url()).text("code", ucum).end()
    }
}
