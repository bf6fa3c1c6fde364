use serde::{Deserialize, Serialize};

use crate::index::PAGE_RECORDS;
use crate::words::BUCKETS;
use crate::{Chart, columns};

const FORMAT: u8 = 6;
/// Most records that room is made for before they are there.
const MOST_RESERVED: usize = 1 << 17;

/// Pages that cannot be read. The chart is rebuilt from blocks then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Another version of the app made them.
    #[error("index page is of another format")]
    OtherFormat,
    /// They are no pages, or not all of them.
    #[error("index page cannot be read")]
    Damaged,
}

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
    Records(std::borrow::Cow<'a, [u8]>),
    /// The words, how many records each leads to, and their numbers as distances.
    Words(Vec<std::borrow::Cow<'a, str>>, Vec<u32>, Vec<u32>),
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
        pages.push((ChartPage::Sources, encode(&[], &Content::Sources(sources))?));
        for page in changed {
            let end = ((page + 1) * PAGE_RECORDS).min(self.records.len());
            let records = self.records.get(page * PAGE_RECORDS..end).ok_or(PageError::Damaged)?;
            let number = u32::try_from(page).map_err(|_| PageError::Damaged)?;
            let names = columns::write_names(records);
            pages.push((
                ChartPage::Records(number),
                encode(&names, &Content::Records(columns::write(records)?.into()))?,
            ));
        }
        for (bucket, entries) in self.words.take_changed() {
            let words = entries.iter().map(|(word, _)| (*word).into()).collect();
            let counts = entries.iter().map(|(_, records)| u32::try_from(records.len()));
            let counts = counts.collect::<Result<_, _>>().map_err(|_| PageError::Damaged)?;
            let numbers = entries.iter().flat_map(|(_, records)| gaps(records)).collect();
            let number = u32::try_from(bucket).map_err(|_| PageError::Damaged)?;
            pages.push((ChartPage::Words(number), encode(&[], &Content::Words(words, counts, numbers))?));
        }
        Ok(pages)
    }

    /// Has every page stored again: which ones are stored is not known.
    pub fn mark_changed(&mut self) {
        self.dirty = (0..self.records.len().div_ceil(PAGE_RECORDS)).collect();
        self.words.mark_changed();
    }

    /// Rebuilds a chart of `count` records from its pages, given in the order of [`ChartPage::all`].
    pub fn from_pages<P: AsRef<[u8]>>(count: u32, pages: impl IntoIterator<Item = P>) -> Result<Self, PageError> {
        let mut reader = ChartReader::begin(count);
        for page in pages {
            reader.read(page.as_ref())?;
        }
        reader.finish()
    }
}

/// A chart of which some pages were read.
#[derive(Debug)]
pub struct ChartReader {
    chart: Chart,
    count: u32,
    wanted: std::vec::IntoIter<ChartPage>,
}

impl ChartReader {
    /// None of the pages of a chart of so many records.
    pub fn begin(count: u32) -> Self {
        let mut chart = Chart::default();
        // Growing would copy all of them again and again; only so many are taken at their word.
        chart.records.reserve_exact((count as usize).min(MOST_RESERVED));
        Self { chart, count, wanted: ChartPage::all(count).into_iter() }
    }

    /// The pages that are to be read still, in their order.
    pub fn wanted(&self) -> &[ChartPage] {
        self.wanted.as_slice()
    }

    /// Reads the next page.
    pub fn read(&mut self, page: &[u8]) -> Result<(), PageError> {
        match (self.wanted.next(), decode(page)?) {
            (Some(ChartPage::Sources), (_, Content::Sources(names))) => {
                self.chart.sources = names.into_iter().map(|name| name.into_owned()).collect();
            }
            (Some(ChartPage::Records(_)), (names, Content::Records(columns))) => {
                self.chart.records.extend(columns::read(names, &columns)?);
            }
            (Some(ChartPage::Words(_)), (_, Content::Words(words, counts, numbers))) => {
                self.chart.words.load(from_lists(words, &counts, &numbers)?);
            }
            _ => return Err(PageError::Damaged),
        }
        Ok(())
    }

    /// The chart, if that were all its pages.
    pub fn finish(mut self) -> Result<Chart, PageError> {
        if !self.wanted().is_empty() || self.chart.records.len() != self.count as usize {
            return Err(PageError::Damaged);
        }
        self.chart.words.mark_clean();
        self.chart.relink();
        Ok(self.chart)
    }
}

/// Format ‖ how long the names are (4 bytes, big endian) ‖ names ‖ the rest.
fn encode(names: &[u8], content: &Content<'_>) -> Result<Vec<u8>, PageError> {
    let length = u32::try_from(names.len()).map_err(|_| PageError::Damaged)?.to_be_bytes();
    postcard::to_extend(content, [&[FORMAT], length.as_slice(), names].concat()).map_err(|_| PageError::Damaged)
}

/// Cuts a page in two: what does not shrink when it is compressed, and what does.
pub fn split_page(page: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, _) = page.get(1..)?.split_first_chunk::<4>()?;
    page.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?.checked_add(5)?)
}

fn decode(page: &[u8]) -> Result<(&[u8], Content<'_>), PageError> {
    if page.first().is_some_and(|format| *format != FORMAT) {
        return Err(PageError::OtherFormat);
    }
    let (start, content) = split_page(page).ok_or(PageError::Damaged)?;
    Ok((start.get(5..).unwrap_or_default(), postcard::from_bytes(content).map_err(|_| PageError::Damaged)?))
}

/// The lists of records of each word.
fn from_lists(
    words: Vec<std::borrow::Cow<'_, str>>,
    counts: &[u32],
    mut numbers: &[u32],
) -> Result<Vec<(String, Vec<u32>)>, PageError> {
    if words.len() != counts.len() {
        return Err(PageError::Damaged);
    }
    let mut lists = Vec::with_capacity(words.len());
    for (word, count) in words.into_iter().zip(counts) {
        let (list, rest) = numbers.split_at_checked(*count as usize).ok_or(PageError::Damaged)?;
        numbers = rest;
        lists.push((word.into_owned(), from_gaps(list)));
    }
    if numbers.is_empty() { Ok(lists) } else { Err(PageError::Damaged) }
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
