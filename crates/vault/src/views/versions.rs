use chartchain_fhir::form::Form;
use chartchain_store::Store;

use crate::entry::Entry;
use crate::open::OpenLedger;
use crate::protocol::{EntryId, Fact, Fault, MOST_VERSIONS, Version, Versions};
use crate::rows::Rows;

impl OpenLedger {
    /// The live versions of the thing that an entry is a version of.
    pub(crate) async fn versions_page<S: Store>(&mut self, rows: &Rows<S>, id: &EntryId) -> Result<Versions, Fault> {
        let number = self.find_entry(id)?;
        // Names of devices are read once somebody asks for them.
        self.devices(rows).await?;
        let (numbers, total) = self.shown_versions(number);
        let mut versions = Vec::new();
        for number in numbers {
            versions.push(self.version(rows, number).await?);
        }
        Ok(Versions { banner: self.banner(), versions, total })
    }

    /// The live versions of an entry that are shown beside each other, what signed first first, and how many there are in all. The
    /// one that is asked for is always among them.
    pub(crate) fn shown_versions(&self, asked: u32) -> (Vec<u32>, u32) {
        let mut numbers = self.chart.live_versions(asked);
        let asked = self.chart.standing_for(asked);
        let total = u32::try_from(self.chart.live_count(asked)).unwrap_or(u32::MAX);
        let signed = |number: &u32| {
            let record = self.chart.record(*number);
            let signed_ms = record.and_then(|record| self.meta(record.place.block)).map(|meta| meta.claimed_ms);
            (signed_ms, record.map(|record| record.commitment))
        };
        numbers.sort_by_key(|number| (*number != asked, signed(number)));
        numbers.truncate(MOST_VERSIONS);
        numbers.sort_by_key(signed);
        (numbers, total)
    }

    async fn version<S: Store>(&mut self, rows: &Rows<S>, number: u32) -> Result<Version, Fault> {
        let place = self.chart.record(number).ok_or(Fault::NotFound)?.place;
        let (_, Entry::Resource(entry)) = self.read_entry(rows, place).await? else { return Err(Fault::NotFound) };
        let damaged = |_| Fault::Damaged("an entry is no resource".into());
        let elements = chartchain_fhir::describe(&entry.json).map_err(damaged)?;
        let fact =
            |element: chartchain_fhir::Element| Fact { path: element.path, label: element.label, text: element.text };
        let signer = self.meta(place.block).ok_or(Fault::NotFound)?.feed;
        Ok(Version {
            line: self.line(number).ok_or(Fault::NotFound)?,
            facts: elements.into_iter().map(fact).collect(),
            block: self.block_line(place.block).ok_or(Fault::NotFound)?,
            signer: self.device_line(&signer),
            has_form: Form::from_resource(&entry.json).is_some(),
        })
    }
}
