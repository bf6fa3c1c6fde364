//! The log of doses that were taken and missed: each line is an entry of its own.

use chartchain_fhir::form::FormDate;
use chartchain_fhir::{Dose, DoseName, WhenPrecision, dose_resource};
use chartchain_keys::make_random;
use chartchain_store::Store;
use rand_core::CryptoRng;

use crate::open::OpenLedger;
use crate::protocol::{EntryId, Fault, MOST_DOSES};
use crate::rows::Rows;
use crate::views::check_day;
use crate::written::make_uuid;

/// What a person says of a dose.
pub(crate) struct Said<'a> {
    pub(crate) medicine: &'a EntryId,
    pub(crate) day: &'a str,
    pub(crate) number: u8,
    pub(crate) taken: bool,
    /// When, with a time and an offset.
    pub(crate) at: &'a str,
}

impl OpenLedger {
    /// Notes a dose as taken or missed. What was noted of the same dose before is amended; saying the same again changes
    /// nothing.
    pub(crate) async fn note_dose<S: Store>(
        &mut self,
        rows: &Rows<S>,
        said: &Said<'_>,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<EntryId, Fault> {
        check_day(said.day)?;
        if !(1..=MOST_DOSES).contains(&said.number) {
            return Err(Fault::NotNow(format!("the doses of a day are numbered 1 to {MOST_DOSES}")));
        }
        let at = FormDate::new(said.at);
        let when = at.when().filter(|when| when.precision == WhenPrecision::Time && when.offset_minutes.is_some());
        let when = when.ok_or_else(|| Fault::NotNow("a dose needs a time with an offset".into()))?;
        // Clocks of two devices may differ a little.
        if when.sort_ms > now_ms.saturating_add(10 * 60_000) {
            return Err(Fault::NotNow("a dose cannot be noted before its time".into()));
        }
        let number = self.find_entry(said.medicine)?;
        let record = self.chart.record(number).ok_or(Fault::NotFound)?;
        if chartchain_insight::standing(&record.facts, said.day).is_none() {
            return Err(Fault::NotNow("this entry is no medicine".into()));
        }
        let title = self.chart.medicine_title(record).to_owned();
        let by_id = || record.facts.id.as_ref().map(|id| format!("{}/{id}", record.facts.type_name));
        let reference = record.full_url.clone().or_else(by_id);
        let reference = reference.ok_or_else(|| Fault::NotNow("this medicine has no id to point to".into()))?;
        let medicine = self.current(rows, said.medicine).await?;
        let before = self.noted_for(number, said.day, said.number);
        let before = match before.and_then(|number| Some((number, self.chart.record(number)?))) {
            Some((number, record)) => {
                let was_taken = record.facts.status.as_deref() == Some("completed");
                let id = crate::views::entry_id(record);
                // Whoever says it once more where versions differ settles that.
                if was_taken == said.taken && !self.chart.is_disputed(number) {
                    return Ok(id);
                }
                let own_id = record.facts.id.clone();
                Some((own_id, self.current_of(rows, &self.with_others(number)).await?))
            }
            None => None,
        };
        let mut new_id = || make_uuid(make_random(rng));
        let (id, old) = match before {
            Some((Some(id), old)) => (id, Some(old)),
            Some((None, old)) => (new_id(), Some(old)),
            None => (new_id(), None),
        };
        let name = DoseName { day: said.day.to_owned(), number: said.number };
        let json = dose_resource(&Dose {
            id: &id,
            subject: &self.subject_reference(),
            medicine: (&medicine.entry.json, &reference),
            title: &title,
            name: &name,
            taken: said.taken,
            at: at.as_str(),
        });
        let json = json.map_err(|_| Fault::Damaged("an entry is no resource".into()))?;
        let new = self.new_blocks()?;
        self.write(rows, new, (json, old, None), now_ms, rng).await
    }
}
