use chartchain_fhir::Kind;
use chartchain_insight::Standing;

use crate::open::OpenLedger;
use crate::person::PersonState;
use crate::protocol::Home;

const MAX_LATEST: usize = 8;
const MAX_NEW: usize = 6;
const MAX_DISPUTED: usize = 6;

impl OpenLedger {
    pub(crate) fn home(&mut self, person: &PersonState, now_ms: i64) -> Home {
        let mut latest = self.chart.latest_values(&[Kind::Vital, Kind::TestResult]);
        latest.truncate(MAX_LATEST);
        // By the calendar of Greenwich: on this page a day more or less decides nothing.
        let today = crate::export::iso_day(now_ms);
        let mut medicines = self.chart.medicines(&today);
        medicines.retain(|medicine| matches!(medicine.standing, Standing::Current | Standing::Paused));
        let entries = medicines.iter().filter_map(|medicine| self.medicine_entries(medicine).into_iter().next());
        let medicines = entries.map(|entry| entry.line).collect();
        let shown = |number: &u32| {
            self.chart.record(*number).is_some_and(|record| {
                record.is_current()
                    && !record.is_dose()
                    && !matches!(record.facts.kind, Kind::Provider | Kind::Payment | Kind::Person)
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
        let mut disputed = self.chart.disputed();
        let disputed_total = u32::try_from(disputed.len()).unwrap_or(u32::MAX);
        disputed.truncate(MAX_DISPUTED);
        Home {
            banner: self.banner(),
            medicines,
            latest: self.latest_lines(&latest),
            new: self.lines(&new),
            tasks: self.shelf.tasks(),
            preferred_name: self.shelf.preferred_name(),
            counts: self.chart.counts_by_kind(),
            disputed: self.lines(&disputed),
            disputed_total,
            recovery_done: person.recovery_done(),
            recovery_made_ms: person.recovery_made_ms(),
            last_backup_ms: person.last_backup_ms,
        }
    }
}
