use chartchain_store::Store;

use crate::entry::Entry;
use crate::open::OpenLedger;
use crate::profile::to_hex;
use crate::protocol::{BroughtIn, EntryId, EntryPage, Fact, Fault, Link, MOST_IN_SERIES, MOST_VERSION_LINES};
use crate::rows::Rows;

const MAX_LINKS: usize = 40;

impl OpenLedger {
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
        let mut versions = self.chart.versions(number);
        let versions_total = u32::try_from(versions.len()).unwrap_or(u32::MAX);
        versions.truncate(MOST_VERSION_LINES);
        let series = self.series_of(number, MOST_IN_SERIES);
        let banner = self.banner();
        let brought_in = record.input.and_then(|input| self.head.inputs.get(usize::from(input)));
        Ok(EntryPage {
            banner,
            line: self.line(number).ok_or(Fault::NotFound)?,
            codes: record.facts.codes.clone(),
            facts,
            links,
            versions: if versions.len() > 1 { self.lines(&versions) } else { Vec::new() },
            versions_total,
            live_versions: u32::try_from(self.chart.live_count(number)).unwrap_or(u32::MAX),
            series,
            files: crate::files::lines(&entry),
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
}
