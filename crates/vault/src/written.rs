//! What the person writes: new entries, new versions, and entries that were made in error.

use chartchain_chart::{Commitment, Record};
use chartchain_fhir::form::{Document, Form, FormContext, FormDate, FormProblem, entered_in_error};
use chartchain_keys::make_random;
use chartchain_ledger::Hash;
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::append::NewBlocks;
use crate::entry::{Entry, MAX_SUPERSEDED, ResourceEntry};
use crate::export::iso_instant;
use crate::index::{NewResource, content_hash};
use crate::open::OpenLedger;
use crate::profile::to_hex;
use crate::protocol::{EntryId, Fault, FormToAmend};
use crate::rows::Rows;

/// What has to be mended in a form, and what is asked. A date without a time is one of the person's own calendar, and
/// where on Earth that hangs is not known here: a day is in the future until it has begun in the first place, at +14:00.
pub(crate) fn check(form: &Form, now_ms: i64) -> Vec<FormProblem> {
    form.check(&first_now(now_ms))
}

/// Now, where the day begins first.
pub(crate) fn first_now(now_ms: i64) -> FormDate {
    FormDate::new(&iso_instant(now_ms.saturating_add(14 * 3_600_000)).replace('Z', "+14:00"))
}

impl OpenLedger {
    /// Writes a form as a new entry, or as the next version of all of `amends`, together with what else is in `new`. A document
    /// brings its file or goes on with the one that it has.
    pub(crate) async fn write_form<S: Store>(
        &mut self,
        rows: &Rows<S>,
        new: NewBlocks,
        (form, amends, file): (&Form, &[EntryId], Option<&[u8]>),
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<EntryId, Fault> {
        let problems = check(form, now_ms);
        if let Some(count) = Some(problems.iter().filter(|problem| !problem.is_question()).count()).filter(|n| *n > 0) {
            return Err(Fault::NotNow(format!("{count} fields of the form have to be mended first")));
        }
        let recorded = FormDate::new(&iso_instant(now_ms));
        let refused = |error: &dyn core::fmt::Display| Fault::NotNow(error.to_string());
        let (context, old) = match amends.first() {
            Some(_) => {
                let old = self.current_of(rows, amends).await?;
                let context = FormContext::amending(&old.entry.json, &recorded).map_err(|error| refused(&error))?;
                let is_own = self.is_of_own_house(old.block);
                (if is_own { context } else { context.reported() }, Some(old))
            }
            None => {
                let id = make_uuid(make_random(rng));
                (FormContext::new(&id, &self.subject_reference(), &recorded).map_err(|error| refused(&error))?, None)
            }
        };
        if let (Form::Document(document), None) = (form, file)
            && !old.as_ref().is_some_and(|old| has_file(old, document))
        {
            return Err(Fault::NotNow("the file of this document is not here".into()));
        }
        let json = form.to_resource(&context).map_err(|error| refused(&error))?;
        self.write(rows, new, (json, old, file), now_ms, rng).await
    }

    /// The form that an entry can be amended with, and the live versions that are shown with it; `None` where editing it so would
    /// lose something.
    pub(crate) async fn read_form<S: Store>(
        &mut self,
        rows: &Rows<S>,
        id: &EntryId,
    ) -> Result<Option<FormToAmend>, Fault> {
        let Some(form) = Form::from_resource(&self.current(rows, id).await?.entry.json) else { return Ok(None) };
        let number = self.find_entry(id)?;
        let shown = self.shown_versions(number).0;
        let others = shown.into_iter().filter(|other| *other != self.chart.standing_for(number));
        let all = core::iter::once(number).chain(others).filter_map(|number| self.chart.record(number));
        Ok(Some(FormToAmend { form, amends: all.map(crate::views::entry_id).collect() }))
    }

    /// Writes one of the live versions of an entry once more, in the place of itself and others.
    pub(crate) async fn keep_version<S: Store>(
        &mut self,
        rows: &Rows<S>,
        id: &EntryId,
        over: Vec<EntryId>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<EntryId, Fault> {
        let others: Vec<EntryId> = over.into_iter().filter(|other| other != id).collect();
        if others.is_empty() {
            return Err(Fault::NotNow("a version is kept in the place of others, and none is named".into()));
        }
        let all: Vec<EntryId> = core::iter::once(id.clone()).chain(others).collect();
        let old = self.current_of(rows, &all).await?;
        let new = self.new_blocks()?;
        self.write(rows, new, (old.entry.json.clone(), Some(old), None), now_ms, rng).await
    }

    /// Writes the version of an entry that says it was made in error. Which version of a disputed entry is right has to be settled
    /// first; of a dose all versions go.
    pub(crate) async fn mark_wrong<S: Store>(
        &mut self,
        rows: &Rows<S>,
        id: &EntryId,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<EntryId, Fault> {
        let number = self.undisputed(id)?;
        let old = self.current_of(rows, &self.with_others(number)).await?;
        let json = entered_in_error(&old.entry.json).map_err(|error| Fault::NotNow(error.to_string()))?;
        let new = self.new_blocks()?;
        self.write(rows, new, (json, Some(old), None), now_ms, rng).await
    }

    /// The record of an id, if it has one version or is a dose.
    pub(crate) fn undisputed(&self, id: &EntryId) -> Result<u32, Fault> {
        let number = self.find_entry(id)?;
        if self.chart.is_disputed(number) && !self.chart.record(number).is_some_and(Record::is_dose) {
            return Err(Fault::NotNow("this entry has several versions; say first which of them is right".into()));
        }
        Ok(number)
    }

    /// A live version with all others of its entry.
    pub(crate) fn with_others(&self, number: u32) -> Vec<EntryId> {
        let others = self.chart.live_versions(number).into_iter().filter(|other| *other != number);
        let all = core::iter::once(number).chain(others).filter_map(|number| self.chart.record(number));
        all.map(crate::views::entry_id).take(MAX_SUPERSEDED).collect()
    }

    /// The entry of an id, if it is a live version.
    pub(crate) async fn current<S: Store>(&mut self, rows: &Rows<S>, id: &EntryId) -> Result<Current, Fault> {
        self.current_of(rows, core::slice::from_ref(id)).await
    }

    /// The entry of the first id, if that is a live version and the others are versions of it. What replaced one of these meanwhile
    /// stays as it is.
    pub(crate) async fn current_of<S: Store>(&mut self, rows: &Rows<S>, ids: &[EntryId]) -> Result<Current, Fault> {
        if ids.len() > MAX_SUPERSEDED {
            return Err(Fault::NotNow("these are too many versions".into()));
        }
        let numbers: Vec<u32> = ids.iter().map(|id| self.find_entry(id)).collect::<Result<_, _>>()?;
        let first = *numbers.first().ok_or(Fault::NotFound)?;
        if !self.chart.is_live(first) {
            return Err(Fault::NotNow("there is a newer version of this entry".into()));
        }
        if !numbers.iter().all(|number| self.chart.are_of_one(first, *number)) {
            return Err(Fault::NotNow("these are no versions of one entry".into()));
        }
        // What says the same as one of them goes with it, as far as there is room.
        let twins = numbers.iter().flat_map(|number| self.chart.live_alike(*number));
        let twins: Vec<u32> = twins.filter(|twin| !numbers.contains(twin)).collect();
        let all = numbers.iter().chain(&twins).copied().take(MAX_SUPERSEDED);
        let name = |number: u32| self.chart.record(number).map(|record| record.commitment);
        let supersedes = all.filter_map(name).collect();
        let place = self.chart.record(first).ok_or(Fault::NotFound)?.place;
        match self.read_entry(rows, place).await? {
            (commitment, Entry::Resource(entry)) => Ok(Current { commitment, block: place.block, supersedes, entry }),
            (_, Entry::Input(_) | Entry::Part(_) | Entry::Change(_)) => Err(Fault::NotFound),
        }
    }

    pub(crate) async fn write<S: Store>(
        &mut self,
        rows: &Rows<S>,
        new: NewBlocks,
        (json, old, file): (String, Option<Current>, Option<&[u8]>),
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<EntryId, Fault> {
        let facts = chartchain_fhir::facts(&json).map_err(Fault::Unreadable)?;
        let full_url = match &old {
            Some(old) => old.entry.full_url.clone(),
            None => facts.id.as_ref().map(|id| format!("urn:uuid:{id}")),
        };
        let content = content_hash(full_url.as_deref(), &json);
        // What is kept word for word comes from where it came from.
        let input = old.as_ref().filter(|old| old.entry.json == json).and_then(|old| old.entry.input);
        let (supersedes, kept) = old.map_or_else(Default::default, |old| (old.supersedes, old.entry.file));
        let entry = ResourceEntry { full_url, input, supersedes, file: kept, json, ..ResourceEntry::default() };
        let resource = NewResource { entry, content, facts };
        match file {
            Some(bytes) => self.append_with_file(rows, new, bytes, resource, now_ms, rng).await?,
            None => self.append_to(rows, new, (None, None), vec![resource], now_ms, rng).await.map(|_| ())?,
        }
        self.newest_entry()
    }

    /// The entry that was written last.
    pub(crate) fn newest_entry(&self) -> Result<EntryId, Fault> {
        let newest = u32::try_from(self.chart.len()).unwrap_or(u32::MAX).checked_sub(1);
        let record = newest.and_then(|number| self.chart.record(number)).ok_or(Fault::NotFound)?;
        Ok(crate::views::entry_id(record))
    }

    /// How entries name whose record this is: the Patient of the record, else an address made of the ledger's id.
    pub(crate) fn subject_reference(&self) -> String {
        let people = self.chart.people().filter(|record| record.facts.type_name == "Patient");
        let named = people.filter_map(|record| {
            let by_id = || record.facts.id.as_ref().map(|id| format!("Patient/{id}"));
            record.full_url.clone().or_else(by_id)
        });
        named.last().unwrap_or_else(|| patient_address(&self.id))
    }
}

pub(crate) struct Current {
    pub(crate) commitment: Commitment,
    /// The block that carries it.
    pub(crate) block: u32,
    /// What the next version supersedes.
    pub(crate) supersedes: Vec<Commitment>,
    pub(crate) entry: ResourceEntry,
}

/// Whether a version has the file that the next one tells of.
fn has_file(old: &Current, document: &Document) -> bool {
    let named = chartchain_fhir::named_file(&old.entry.json).ok().flatten();
    old.entry.file.is_some() && named.is_some_and(|named| named.url == document.attachment.url)
}

/// The address of the person whom a ledger was founded for.
pub(crate) fn patient_address(ledger: &[u8; 32]) -> String {
    let hash = Hash::of(&[b"chartchain.patient-address.v0", ledger]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(hash.0.split_at(16).0);
    format!("urn:uuid:{}", make_uuid(bytes))
}

/// A UUID of version 4 (RFC 9562) from these bytes.
pub(crate) fn make_uuid(mut bytes: [u8; 16]) -> String {
    let [.., seventh, _, ninth, _, _, _, _, _, _, _] = &mut bytes;
    *seventh = *seventh & 0x0f | 0x40;
    *ninth = *ninth & 0x3f | 0x80;
    let hex = to_hex(&bytes);
    let (one, rest) = hex.split_at(8);
    let (two, rest) = rest.split_at(4);
    let (three, rest) = rest.split_at(4);
    let (four, five) = rest.split_at(4);
    format!("{one}-{two}-{three}-{four}-{five}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_have_version_and_variant() {
        assert_eq!(make_uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(make_uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
