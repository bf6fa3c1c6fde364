use serde::{Deserialize, Serialize};

use crate::index::PAGE_RECORDS;
use crate::words::BUCKETS;
use crate::{Chart, Record};

const FORMAT: u8 = 3;

/// Pages that cannot be read: made by another version, or not pages at all. The chart is rebuilt from blocks then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("index page cannot be read")]
pub struct PageError;

/// A stored part of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartPage {
    /// Names of sources.
    Sources,
    /// Records from number × 1024 on.
    Records(u32),
    /// Words of one bucket, 0 to 31.
    Words(u32),
}

impl ChartPage {
    /// Every page that a chart of so many records has.
    pub fn all(records: u32) -> Vec<Self> {
        let pages = records.div_ceil(PAGE_RECORDS as u32);
        let words = (0..BUCKETS as u32).map(Self::Words);
        [Self::Sources].into_iter().chain((0..pages).map(Self::Records)).chain(words).collect()
    }

    /// Stable bytes for the name of its row.
    pub fn to_name(self) -> [u8; 5] {
        let (kind, number) = match self {
            Self::Sources => (0, 0),
            Self::Records(number) => (1, number),
            Self::Words(number) => (2, number),
        };
        let [a, b, c, d] = number.to_be_bytes();
        [kind, a, b, c, d]
    }
}

#[derive(Serialize, Deserialize)]
enum Content<'a> {
    Sources(Vec<std::borrow::Cow<'a, str>>),
    Records(std::borrow::Cow<'a, [Record]>),
    Words(Vec<(String, Vec<u32>)>),
}

impl Chart {
    /// Pages that changed since the last call, with their content: what has to be stored.
    pub fn take_changed_pages(&mut self) -> Result<Vec<(ChartPage, Vec<u8>)>, PageError> {
        let mut pages = Vec::new();
        let changed = core::mem::take(&mut self.dirty);
        if changed.is_empty() {
            return Ok(pages);
        }
        let sources = self.sources.iter().map(|name| name.as_str().into()).collect();
        pages.push((ChartPage::Sources, encode(&Content::Sources(sources))?));
        for page in changed {
            let end = ((page + 1) * PAGE_RECORDS).min(self.records.len());
            let records = self.records.get(page * PAGE_RECORDS..end).ok_or(PageError)?;
            let number = u32::try_from(page).map_err(|_| PageError)?;
            pages.push((ChartPage::Records(number), encode(&Content::Records(records.into()))?));
        }
        for bucket in self.words.take_dirty() {
            let entries = self.words.bucket_entries(bucket);
            let entries = entries.into_iter().map(|(word, records)| (word.to_owned(), gaps(records))).collect();
            let number = u32::try_from(bucket).map_err(|_| PageError)?;
            pages.push((ChartPage::Words(number), encode(&Content::Words(entries))?));
        }
        Ok(pages)
    }

    /// Rebuilds a chart of `count` records from its pages, given in the order of [`ChartPage::all`].
    pub fn from_pages<'a>(count: u32, pages: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, PageError> {
        let mut chart = Self::default();
        let mut wanted = ChartPage::all(count).into_iter();
        for page in pages {
            match (wanted.next(), decode(page)?) {
                (Some(ChartPage::Sources), Content::Sources(names)) => {
                    chart.sources = names.into_iter().map(|name| name.into_owned()).collect();
                }
                (Some(ChartPage::Records(_)), Content::Records(records)) => chart.records.extend(records.into_owned()),
                (Some(ChartPage::Words(_)), Content::Words(entries)) => {
                    chart.words.load(entries.into_iter().map(|(word, gaps)| (word, from_gaps(&gaps))).collect());
                }
                _ => return Err(PageError),
            }
        }
        if wanted.next().is_some() || chart.records.len() != count as usize {
            return Err(PageError);
        }
        chart.words.take_dirty();
        chart.relink();
        Ok(chart)
    }
}

fn encode(content: &Content<'_>) -> Result<Vec<u8>, PageError> {
    postcard::to_extend(content, vec![FORMAT]).map_err(|_| PageError)
}

fn decode(page: &[u8]) -> Result<Content<'_>, PageError> {
    match page.split_first() {
        Some((&FORMAT, content)) => postcard::from_bytes(content).map_err(|_| PageError),
        _ => Err(PageError),
    }
}

/// Ascending numbers as distances: small numbers, short bytes.
fn gaps(numbers: &[u32]) -> Vec<u32> {
    let mut last = 0;
    numbers.iter().map(|number| number.wrapping_sub(core::mem::replace(&mut last, *number))).collect()
}

fn from_gaps(gaps: &[u32]) -> Vec<u32> {
    let mut last = 0u32;
    gaps.iter()
        .map(|gap| {
            last = last.wrapping_add(*gap);
            last
        })
        .collect()
}
