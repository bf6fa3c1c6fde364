use chartchain_chart::{Filter, Record};
use chartchain_ledger::{Class, Hash, Standing};
use chartchain_store::Store;

use crate::entry::Entry;
use crate::open::OpenLedger;
use crate::person::PersonState;
use crate::profile::{from_hex, to_hex};
use crate::protocol::{
    AllergyLine, Banner, BlockKind, BlockLine, Blocks, BroughtIn, EntryId, EntryLine, EntryPage, Fact, Fault, ForkLine,
    Home, LatestValue, LedgerId, Link, MOST_IN_SERIES, Query, Status, Timeline,
};
use crate::rows::Rows;

const MAX_LATEST: usize = 8;
const MAX_NEW: usize = 6;
const MAX_LINKS: usize = 40;
const MAX_PAGE: u32 = 500;
const MAX_BLOCKS: u32 = 200;
const MAX_TITLES: usize = 3;
/// Bytes of a commitment that name an entry in the interface.
const ID_BYTES: usize = 16;

impl OpenLedger {
    fn status_of(&self, block: u32) -> Status {
        match self.meta(block).map(|meta| self.ledger.standing(meta)) {
            Some(Standing::Quarantined) => Status::Quarantined,
            _ => Status::Recorded,
        }
    }

    fn line(&self, number: u32) -> Option<EntryLine> {
        let record = self.chart.record(number)?;
        let facts = &record.facts;
        Some(EntryLine {
            entry: entry_id(record),
            kind: facts.kind,
            type_name: facts.type_name.clone(),
            title: facts.title.clone(),
            value: facts.value.clone(),
            range: facts.range.clone(),
            interpretation: facts.interpretation.clone(),
            detail: facts.detail.clone(),
            when: facts.when.clone(),
            until: facts.until.clone(),
            fhir_status: facts.status.clone(),
            source: self.chart.source_of(record).map(str::to_owned),
            entered_by_you: record.input.is_none() && !self.head.made_up,
            status: self.status_of(record.place.block),
            superseded: record.superseded_by.is_some(),
            wrong: facts.wrong,
        })
    }

    fn lines(&self, numbers: &[u32]) -> Vec<EntryLine> {
        numbers.iter().filter_map(|number| self.line(*number)).collect()
    }

    pub(crate) fn banner(&mut self) -> Banner {
        let allergies = self.chart.active_allergies();
        let line = |number: &u32| {
            let record = self.chart.record(*number)?;
            Some(AllergyLine {
                entry: entry_id(record),
                substance: record.facts.title.clone(),
                severity: record.facts.severity.clone(),
                reaction: record.facts.detail.clone(),
            })
        };
        Banner {
            ledger: LedgerId(Hash(self.id).to_hex()),
            subject: self.head.subject.clone(),
            made_up: self.head.made_up,
            damaged: self.is_damaged(),
            allergies: allergies.iter().filter_map(line).collect(),
            no_known_allergies: allergies.is_empty() && self.chart.says_no_allergies(),
        }
    }

    pub(crate) fn home(&mut self, person: &PersonState, now_ms: i64) -> Home {
        let latest = self.chart.latest_values(MAX_LATEST);
        let medicines = self.chart.current_medicines(now_ms);
        let shown = |number: &u32| {
            self.chart.record(*number).is_some_and(|record| {
                use chartchain_fhir::Kind;
                record.is_current() && !matches!(record.facts.kind, Kind::Provider | Kind::Payment | Kind::Person)
            })
        };
        let count = u32::try_from(self.chart.len()).unwrap_or(u32::MAX);
        // An import brings old and new things at once: of the last block, what happened last is what is new.
        let mut new: Vec<u32> = (0..count).rev().filter(shown).take(400).collect();
        new.sort_by_key(|number| {
            let at = self.chart.record(*number).map(|record| (record.place.block, record.sort_ms()));
            core::cmp::Reverse(at)
        });
        new.truncate(MAX_NEW);
        Home {
            banner: self.banner(),
            medicines: self.lines(&medicines),
            latest: latest
                .iter()
                .filter_map(|latest| {
                    let record = self.chart.record(latest.record)?;
                    let previous = latest.previous.and_then(|number| self.chart.record(number));
                    Some(LatestValue {
                        line: self.line(latest.record)?,
                        range: record.facts.range.clone(),
                        interpretation: record.facts.interpretation.clone(),
                        previous: previous
                            .and_then(|record| Some((record.facts.value.clone()?, record.facts.when.clone()))),
                        count: latest.count,
                    })
                })
                .collect(),
            new: self.lines(&new),
            tasks: self.shelf.tasks(),
            preferred_name: self.shelf.preferred_name(),
            counts: self.chart.counts(),
            recovery_done: person.recovery_done(),
            recovery_made_ms: person.recovery_made_ms(),
        }
    }

    pub(crate) fn timeline(&mut self, query: Query) -> Timeline {
        let filter = Filter {
            words: query.words,
            kinds: query.kinds,
            type_name: query.type_name,
            source: query.source,
            code: query.code,
            status: query.status,
            from_ms: query.from_ms,
            before_ms: query.before_ms,
            include_superseded: query.include_superseded,
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

    /// The record that an id names.
    pub(crate) fn find_entry(&self, id: &EntryId) -> Result<u32, Fault> {
        let start = from_hex(&id.0).filter(|start| start.len() >= 4).ok_or(Fault::NotFound)?;
        self.chart.find(&start).ok_or(Fault::NotFound)
    }

    pub(crate) async fn entry_page<S: Store>(&mut self, rows: &Rows<S>, id: &EntryId) -> Result<EntryPage, Fault> {
        let number = self.find_entry(id)?;
        let record = self.chart.record(number).ok_or(Fault::NotFound)?.clone();
        let (commitment, entry) = self.read_entry(rows, record.place).await?;
        let Entry::Resource(entry) = entry else { return Err(Fault::NotFound) };
        if commitment != record.commitment {
            return Err(Fault::Damaged("the index names another entry than the block holds".into()));
        }
        let damaged = |_| Fault::Damaged("an entry is no resource".into());
        let elements = chartchain_fhir::describe(&entry.json).map_err(damaged)?;
        let mut facts = Vec::new();
        let mut links: Vec<Link> = Vec::new();
        for element in elements {
            let find = |reference: &str| self.chart.find_reference(reference, record.full_url.as_deref());
            let target = element.reference.as_deref().and_then(find);
            match target.filter(|target| *target != number).and_then(|target| self.line(target)) {
                Some(line) if links.len() < MAX_LINKS => {
                    links.push(Link { path: element.path, label: element.label, line });
                }
                _ => facts.push(Fact { path: element.path, label: element.label, text: element.text }),
            }
        }
        let versions = self.chart.versions(number);
        let series = self.chart.series(number, MOST_IN_SERIES);
        let banner = self.banner();
        let brought_in = record.input.and_then(|input| self.head.inputs.get(usize::from(input)));
        Ok(EntryPage {
            banner,
            line: self.line(number).ok_or(Fault::NotFound)?,
            codes: record.facts.codes.clone(),
            facts,
            links,
            versions: if versions.len() > 1 { self.lines(&versions) } else { Vec::new() },
            series: self.lines(&series),
            block: self.block_line(record.place.block).ok_or(Fault::NotFound)?,
            place: (u32::from(record.place.segment), record.place.row),
            compartment: record.facts.compartment,
            brought_in: brought_in.map(|input| BroughtIn {
                name: input.name.clone(),
                at_ms: input.at_ms,
                sha256: to_hex(&input.sha256),
            }),
            source_json: chartchain_fhir::pretty(&entry.json),
        })
    }

    fn block_line(&self, block: u32) -> Option<BlockLine> {
        let meta = self.meta(block)?;
        // Records of one block stand one after the other, in the order of arrival.
        let all = self.chart.records();
        let of_block: Vec<&Record> =
            all.map(|(_, record)| record).filter(|record| record.place.block == block).collect();
        let kind = match meta.class {
            Class::Control if meta.hash.0 == self.id => BlockKind::Genesis,
            Class::Control => BlockKind::Control,
            Class::Data => BlockKind::Entries,
            Class::Ack => BlockKind::Ack,
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

pub(crate) fn entry_id(record: &Record) -> EntryId {
    EntryId(to_hex(record.commitment.split_at(ID_BYTES).0))
}
