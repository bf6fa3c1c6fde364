//! Dense series: of each column of the picture, what is highest and lowest stands for all.

use super::samples::Sample;

/// More values than this are thinned; so many stand apart even on a narrow page.
const MOST_DRAWN: usize = 240;
const COLUMNS: usize = 100;

/// What is drawn, oldest first: all, or the highest and lowest of each column with the first and the last.
pub(super) fn thinned(samples: &[Sample]) -> Vec<&Sample> {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return Vec::new() };
    if samples.len() <= MOST_DRAWN {
        return samples.iter().collect();
    }
    let span = last.at_ms().saturating_sub(first.at_ms()).max(1);
    let columns = i64::try_from(COLUMNS).unwrap_or(1);
    let column = |sample: &&Sample| {
        let since = i128::from(sample.at_ms().saturating_sub(first.at_ms()));
        since * i128::from(columns) / i128::from(span)
    };
    let all: Vec<&Sample> = samples.iter().collect();
    let mut kept: Vec<&Sample> = Vec::with_capacity(2 * COLUMNS + 4);
    for together in all.chunk_by(|a, b| column(a) == column(b)) {
        let highest = together.iter().max_by(|a, b| a.numbers.upper().total_cmp(&b.numbers.upper()));
        let lowest = together.iter().min_by(|a, b| a.numbers.lower().total_cmp(&b.numbers.lower()));
        kept.extend(highest.into_iter().chain(lowest).copied());
    }
    kept.extend([first, last]);
    kept.sort_by_key(|sample| (sample.at_ms(), core::cmp::Reverse(sample.line)));
    kept.dedup_by_key(|sample| sample.line);
    kept
}
