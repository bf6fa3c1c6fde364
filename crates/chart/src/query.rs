use std::collections::{BTreeMap, BTreeSet};

use chartchain_fhir::Kind;

use crate::{Chart, Record};

/// Which entries.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words that all have to begin a word of the entry.
    pub words: String,
    /// Kinds; empty for every kind but providers, payments and the person.
    pub kinds: Vec<Kind>,
    /// FHIR type, exactly.
    pub type_name: Option<String>,
    /// Name of the source, exactly.
    pub source: Option<String>,
    /// `code` or `system|code`.
    pub code: Option<String>,
    /// FHIR status, exactly.
    pub status: Option<String>,
    /// Not before, milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Before, milliseconds since 1970.
    pub before_ms: Option<i64>,
    /// Old versions and entries made in error too.
    pub include_superseded: bool,
    /// Only what is no value of anything measured: reports and the like.
    pub without_values: bool,
    /// Doses of the person's own log too.
    pub doses: bool,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Numbers of the records of the page asked for, newest first.
    pub page: Vec<u32>,
    /// How many fit in all.
    pub total: u32,
    /// How many would fit whatever their kind, by kind.
    pub kinds: Vec<(Kind, u32)>,
    /// How many entries of the chart each source has, most first.
    pub sources: Vec<(String, u32)>,
}

impl Chart {
    /// Entries that fit, newest first.
    pub fn query(&mut self, filter: &Filter, offset: u32, limit: u32) -> Found {
        let words = self.words.find(&filter.words);
        let order = self.newest_first().to_vec();
        let mut found = Found::default();
        let mut kinds: BTreeMap<Kind, u32> = BTreeMap::new();
        let mut sources: BTreeMap<u32, u32> = BTreeMap::new();
        for number in order {
            let Some(record) = self.record(number) else { continue };
            if !(record.is_current() || filter.include_superseded) {
                continue;
            }
            if record.is_dose() && !filter.doses {
                continue;
            }
            let shown = is_shown(record.facts.kind);
            if let Some(source) = record.source.filter(|_| shown) {
                *sources.entry(source).or_default() += 1;
            }
            if !self.fits(filter, record, number, words.as_ref()) {
                continue;
            }
            *kinds.entry(record.facts.kind).or_default() += 1;
            let kind_fits = if filter.kinds.is_empty() {
                shown || filter.type_name.is_some()
            } else {
                filter.kinds.contains(&record.facts.kind)
            };
            if kind_fits {
                if found.total >= offset && (found.page.len() as u64) < u64::from(limit) {
                    found.page.push(number);
                }
                found.total += 1;
            }
        }
        found.kinds = kinds.into_iter().collect();
        found.sources = sources
            .into_iter()
            .filter_map(|(source, count)| Some((self.sources.get(source as usize)?.clone(), count)))
            .collect();
        found.sources.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found
    }

    fn fits(&self, filter: &Filter, record: &Record, number: u32, words: Option<&BTreeSet<u32>>) -> bool {
        let facts = &record.facts;
        let at = record.sort_ms();
        words.is_none_or(|words| words.contains(&number))
            && filter.type_name.as_ref().is_none_or(|name| *name == facts.type_name)
            && filter.source.as_deref().is_none_or(|name| self.source_of(record) == Some(name))
            && filter.status.as_ref().is_none_or(|status| facts.status.as_ref() == Some(status))
            && filter.code.as_deref().is_none_or(|code| has_code(record, code))
            && filter.from_ms.is_none_or(|from| at >= from)
            && filter.before_ms.is_none_or(|before| at < before)
            && !(filter.without_values && crate::analytes::is_measured(facts))
    }
}

const fn is_shown(kind: Kind) -> bool {
    !matches!(kind, Kind::Provider | Kind::Payment | Kind::Person)
}

fn has_code(record: &Record, wanted: &str) -> bool {
    let (system, code) = match wanted.rsplit_once('|') {
        Some((system, code)) => (Some(system), code),
        None => (None, wanted),
    };
    let fits = |coding: &chartchain_fhir::Coding| {
        coding.code == code && system.is_none_or(|system| coding.system.as_deref() == Some(system))
    };
    record.facts.codes.iter().any(fits)
}
