use chartchain_chart::Filter;

use crate::open::OpenLedger;
use crate::protocol::{Query, Timeline};

const MAX_PAGE: u32 = 500;

impl OpenLedger {
    pub(crate) fn timeline(&mut self, query: Query) -> Timeline {
        let filter = Filter {
            doses: query.doses || !query.words.trim().is_empty(),
            words: query.words,
            kinds: query.kinds,
            type_name: query.type_name,
            source: query.source,
            code: query.code,
            status: query.status,
            from_ms: query.from_ms,
            before_ms: query.before_ms,
            include_superseded: query.include_superseded,
            without_values: query.without_values,
        };
        let found = self.chart.query(&filter, query.offset, query.limit.min(MAX_PAGE));
        Timeline {
            banner: self.banner(),
            lines: self.lines(&found.page),
            total: found.total,
            sources: found.sources,
            kinds: found.kinds,
        }
    }
}
