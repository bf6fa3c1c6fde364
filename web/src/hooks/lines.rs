//! Long lists of entries, asked for in parts.

use std::collections::HashSet;

use chartchain_vault::protocol::{Command, EntryId, Fault, Query, Reply, Timeline};

use super::session::{Change, Shell};
use crate::services::engine::unexpected;

/// The engine gives at most this many at once.
const MOST_AT_ONCE: u32 = 500;

/// The first `limit` entries that fit a query, whose own offset and limit do not count.
///
/// # Errors
/// The engine's fault.
pub async fn lines(shell: &Shell, query: &Query, limit: u32) -> Result<Timeline, Fault> {
    let mut all: Option<Timeline> = None;
    loop {
        let offset = all.as_ref().map_or(0, |all| u32::try_from(all.lines.len()).unwrap_or(u32::MAX));
        if all.as_ref().is_some_and(|all| offset >= limit.min(all.total)) {
            break;
        }
        let part = Query { offset, limit: (limit - offset).min(MOST_AT_ONCE), ..query.clone() };
        let Reply::Timeline(page) = shell.ask(Command::Timeline(part)).await? else { return Err(unexpected()) };
        if page.lines.is_empty() {
            all.get_or_insert(page);
            break;
        }
        match &mut all {
            None => {
                shell.change(Change::Banner(page.banner.clone()));
                all = Some(page);
            }
            Some(all) => {
                // What arrives between two requests moves the places, so that an entry may come twice.
                let known: HashSet<EntryId> = all.lines.iter().map(|line| line.entry.clone()).collect();
                let before = all.lines.len();
                all.lines.extend(page.lines.into_iter().filter(|line| !known.contains(&line.entry)));
                (all.total, all.sources, all.kinds) = (page.total, page.sources, page.kinds);
                if all.lines.len() == before {
                    break;
                }
            }
        }
    }
    all.ok_or_else(unexpected)
}
