//! Visits: what a clinic writes at once.

use chartchain_chart::Record;
use chartchain_fhir::form::{FormContext, FormDate, Visit, VisitProblem};
use chartchain_keys::make_random;
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::append::NewBlocks;
use crate::entry::ResourceEntry;
use crate::export::iso_instant;
use crate::index::{NewResource, content_hash};
use crate::open::OpenLedger;
use crate::protocol::{EntryId, Fault};
use crate::rows::Rows;
use crate::written::{first_now, make_uuid};

/// What keeps a visit from being written, and what is asked.
pub(crate) fn check(visit: &Visit, now_ms: i64) -> Vec<VisitProblem> {
    visit.check(&first_now(now_ms))
}

impl OpenLedger {
    /// Writes a visit and all its forms in one block, together with what else is in `new`: all of it is there, or nothing.
    pub(crate) async fn write_visit<S: Store>(
        &mut self,
        rows: &Rows<S>,
        new: NewBlocks,
        visit: &Visit,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<EntryId, Fault> {
        let count = check(visit, now_ms).iter().filter(|problem| !problem.is_question()).count();
        if count > 0 {
            return Err(Fault::NotNow(format!("{count} parts of the visit have to be mended first")));
        }
        if !self.is_clinics() {
            return Err(Fault::NotNow("only a clinic that belongs to this record writes visits into it".into()));
        }
        let refused = |error: &dyn core::fmt::Display| Fault::NotNow(error.to_string());
        let recorded = FormDate::new(&iso_instant(now_ms));
        let subject = self.subject_reference();
        let context = |rng: &mut _| {
            let id = make_uuid(make_random(rng));
            FormContext::new(&id, &subject, &recorded).map(|context| (id, context)).map_err(|error| refused(&error))
        };
        let (id, own) = context(rng)?;
        let address = format!("urn:uuid:{id}");
        let mut resources = Vec::new();
        for form in &visit.forms {
            let (id, context) = context(rng)?;
            let context = context.within(&address).map_err(|error| refused(&error))?;
            let json = form.to_resource(&context).map_err(|error| refused(&error))?;
            resources.push(resource(&id, json)?);
        }
        resources.push(resource(&id, visit.to_resource(&own))?);
        let count = resources.len();
        self.append_to(rows, new, (None, None), resources, now_ms, rng).await?;
        // A block is read by compartment: whatever comes last, the visit is among so many.
        let newest = (0..u32::try_from(self.chart.len()).unwrap_or(u32::MAX)).rev().take(count);
        let is_visit = |record: &&Record| record.full_url.as_deref() == Some(address.as_str());
        let record = newest.filter_map(|number| self.chart.record(number)).find(is_visit).ok_or(Fault::NotFound)?;
        Ok(crate::views::entry_id(record))
    }
}

fn resource(id: &str, json: String) -> Result<NewResource, Fault> {
    let facts = chartchain_fhir::facts(&json).map_err(Fault::Unreadable)?;
    let full_url = Some(format!("urn:uuid:{id}"));
    let content = content_hash(full_url.as_deref(), &json);
    Ok(NewResource { entry: ResourceEntry { full_url, json, ..ResourceEntry::default() }, content, facts })
}
