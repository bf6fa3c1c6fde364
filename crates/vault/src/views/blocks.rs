use chartchain_chart::Record;
use chartchain_ledger::Class;

use crate::open::OpenLedger;
use crate::profile::to_hex;
use crate::protocol::{BlockKind, BlockLine, Blocks, ForkLine};

const MAX_BLOCKS: u32 = 200;
const MAX_TITLES: usize = 3;

impl OpenLedger {
    pub(super) fn block_line(&self, block: u32) -> Option<BlockLine> {
        let meta = self.meta(block)?;
        // Records of one block stand one after the other, in the order of arrival.
        let all = self.chart.records();
        let of_block: Vec<&Record> =
            all.map(|(_, record)| record).filter(|record| record.place.block == block).collect();
        let kind = match meta.class {
            Class::Control if meta.hash.0 == self.id => BlockKind::Genesis,
            Class::Control => BlockKind::Control,
            // Only a file's parts are no entries, and what is erased.
            Class::Data if of_block.is_empty() && self.erased.touches(block) => BlockKind::Erased,
            Class::Data if of_block.is_empty() => BlockKind::File,
            Class::Data => BlockKind::Entries,
            Class::Ack => BlockKind::Ack,
            Class::Erase => BlockKind::Erase,
        };
        Some(BlockLine {
            hash: meta.hash.to_hex(),
            feed: to_hex(&meta.feed.0),
            seq: meta.seq,
            this_device: meta.feed == self.own_feed(),
            at_ms: i64::try_from(meta.claimed_ms).unwrap_or(i64::MAX),
            time_doubtful: meta.time_doubtful,
            kind,
            entries: u32::try_from(of_block.len()).unwrap_or(u32::MAX),
            titles: of_block.iter().take(MAX_TITLES).map(|record| record.facts.title.clone()).collect(),
            status: self.status_of(block),
            bytes: meta.body_bytes,
        })
    }

    pub(crate) fn blocks(&mut self, offset: u32, limit: u32) -> Blocks {
        let total = u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX);
        let newest_first = (0..total).rev().skip(offset as usize).take(limit.min(MAX_BLOCKS) as usize);
        Blocks {
            banner: self.banner(),
            lines: newest_first.filter_map(|block| self.block_line(block)).collect(),
            total,
            forks: self
                .ledger
                .forks()
                .map(|fork| ForkLine { feed: to_hex(&fork.feed().0), seq: fork.seq(), proof: fork.to_bytes() })
                .collect(),
            last_verified: self.head.last_verified,
        }
    }
}
