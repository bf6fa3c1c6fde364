use std::collections::BTreeSet;

use chartchain_chart::Record;
use chartchain_fhir::{Contact, Facts, Kind, contacts, is_no_known, languages};
use chartchain_insight::Standing;
use chartchain_store::Store;

use super::entry_id;
use crate::entry::Entry;
use crate::open::OpenLedger;
use crate::protocol::{CardItem, CardPart, EmergencyCard, Fault};
use crate::rows::Rows;

/// People whose entries are read for whom to call, the newest.
const MAX_PEOPLE: usize = 20;
/// LOINC: ABO and Rh group.
const BLOOD_GROUP: &str = "882-1";
/// LOINC: ABO group; Rh group.
const BLOOD_GROUP_PARTS: [&str; 2] = ["883-9", "10331-7"];

impl OpenLedger {
    /// What an emergency card is made of, on a day of the person's calendar.
    pub(crate) async fn card_of_emergency<S: Store>(
        &mut self,
        rows: &Rows<S>,
        today: &str,
    ) -> Result<EmergencyCard, Fault> {
        super::check_day(today)?;
        let left_out = self.left_out(rows).await?;
        let allergies = self.chart.active_allergies();
        let mut allergies = self.part(&allergies, &left_out);
        allergies.none_known = allergies.items.is_empty() && self.chart.says_no_allergies();
        let conditions = self.newest(|facts| facts.type_name == "Condition" && !is_over(facts) && !is_no_known(facts));
        let mut conditions = self.part(&conditions, &left_out);
        conditions.none_known = conditions.items.is_empty() && self.says_none(Kind::Condition);
        let implants = self.newest(|facts| {
            (matches!(facts.type_name.as_str(), "Device" | "DeviceUseStatement")
                && !is_over(facts)
                && !is_no_known(facts))
                || (facts.type_name == "Procedure" && is_implanting(facts))
        });
        let mut implants = self.part(&implants, &left_out);
        implants.none_known = implants.items.is_empty() && self.says_none(Kind::Device);
        let mut medicines = self.chart.medicines(today);
        medicines.retain(|medicine| matches!(medicine.standing, Standing::Current | Standing::Paused));
        let leads: Vec<u32> = medicines.iter().map(|medicine| medicine.lead).collect();
        let mut medicines = self.part(&leads, &left_out);
        medicines.none_known = medicines.items.is_empty() && self.says_none(Kind::Medicine);
        let blood_group = self.blood_group();
        let (contacts, languages) = self.people(rows, &left_out).await?;
        let newest = u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX).checked_sub(1);
        let newest = newest.and_then(|block| self.meta(block)).map_or(0, |meta| meta.claimed_ms);
        Ok(EmergencyCard {
            banner: self.banner(),
            allergies,
            conditions,
            medicines,
            implants,
            blood_group: self.part(&blood_group, &left_out),
            contacts,
            languages,
            newest_ms: i64::try_from(newest).unwrap_or(i64::MAX),
        })
    }

    /// Current entries that fit, the newest of each name, newest first.
    fn newest(&mut self, fits: impl Fn(&Facts) -> bool) -> Vec<u32> {
        let mut names = BTreeSet::new();
        let order = self.chart.newest_first().to_vec();
        let is_new = |number: &u32| {
            let record = self.chart.record(*number).filter(|record| record.is_current() && fits(&record.facts));
            record.is_some_and(|record| names.insert(record.facts.title.to_lowercase()))
        };
        order.into_iter().filter(is_new).collect()
    }

    fn says_none(&self, kind: Kind) -> bool {
        let says = |record: &Record| {
            record.is_current()
                && record.facts.kind == kind
                && is_no_known(&record.facts)
                && !is_over(&record.facts)
                && !says_nothing(&record.facts)
        };
        self.chart.records().any(|(_, record)| says(record))
    }

    /// The newest measurement of ABO and Rh together, else the newest of each.
    fn blood_group(&mut self) -> Vec<u32> {
        let mut newest_of = |code: &str| {
            let fits = |facts: &Facts| facts.value.is_some() && facts.codes.iter().any(|coding| coding.code == code);
            self.newest(fits).first().copied()
        };
        match newest_of(BLOOD_GROUP) {
            Some(both) => vec![both],
            None => BLOOD_GROUP_PARTS.iter().filter_map(|code| newest_of(code)).collect(),
        }
    }

    fn part(&self, numbers: &[u32], left_out: &BTreeSet<String>) -> CardPart {
        let item = |number: &u32| {
            let record = self.chart.record(*number)?;
            let facts = &record.facts;
            // The oldest version names it, so that an amended entry stays where the person wanted it.
            let oldest =
                self.chart.versions(*number).last().and_then(|oldest| self.chart.record(*oldest)).unwrap_or(record);
            let key = entry_id(oldest).0;
            let title = if facts.kind == Kind::Medicine { self.chart.medicine_title(record) } else { &facts.title };
            let value = match &facts.value {
                Some(chartchain_fhir::Value::Text(words)) => Some(words.clone()),
                _ => None,
            };
            Some(CardItem {
                left_out: left_out.contains(&key),
                key,
                title: title.to_owned(),
                severity: facts.severity.clone(),
                detail: value.or_else(|| facts.detail.clone()),
                when: facts.when.clone(),
            })
        };
        CardPart { items: numbers.iter().filter_map(item).collect(), none_known: false }
    }

    /// Whom to call and which languages, from the newest entries about the person and their relatives.
    async fn people<S: Store>(
        &mut self,
        rows: &Rows<S>,
        left_out: &BTreeSet<String>,
    ) -> Result<(CardPart, CardPart), Fault> {
        let is_person = |record: &Record| {
            record.is_current() && matches!(record.facts.type_name.as_str(), "Patient" | "RelatedPerson")
        };
        let mut places: Vec<_> =
            self.chart.records().filter(|(_, record)| is_person(record)).map(|(_, record)| record.place).collect();
        places.reverse();
        let (mut found, mut spoken): (Vec<Contact>, Vec<String>) = (Vec::new(), Vec::new());
        for place in places.into_iter().take(MAX_PEOPLE) {
            let (_, Entry::Resource(entry)) = self.read_entry(rows, place).await? else { continue };
            for contact in contacts(&entry.json).unwrap_or_default() {
                if !found.contains(&contact) {
                    found.push(contact);
                }
            }
            for language in languages(&entry.json).unwrap_or_default() {
                if !spoken.contains(&language) {
                    spoken.push(language);
                }
            }
        }
        let item = |kind: &str, title: String, relation: Option<String>, detail: Option<String>| {
            let mut key = format!("{kind}:{title}:{}", detail.as_deref().unwrap_or_default());
            while key.len() > crate::protocol::LONGEST_KEY_BYTES {
                key.pop();
            }
            CardItem { left_out: left_out.contains(&key), key, title, severity: relation, detail, when: None }
        };
        let calls = found.into_iter().map(|contact| {
            let ways = (!contact.ways.is_empty()).then(|| contact.ways.join(", "));
            match contact.name {
                Some(name) => item("call", name, contact.relation, ways),
                None => item("call", ways.unwrap_or_default(), contact.relation, None),
            }
        });
        let calls = CardPart { items: calls.collect(), none_known: false };
        let spoken = spoken.into_iter().map(|language| item("language", language, None, None));
        Ok((calls, CardPart { items: spoken.collect(), none_known: false }))
    }
}

/// Whether something has ended; what says nothing of it counts.
fn is_over(facts: &Facts) -> bool {
    matches!(
        facts.status.as_deref(),
        Some("inactive" | "resolved" | "remission" | "completed" | "stopped" | "cancelled")
    )
}

/// "No information" says less than "none known".
fn says_nothing(facts: &Facts) -> bool {
    facts.codes.iter().any(|coding| coding.code.ends_with("-info") || coding.code == "1003774007")
}

/// Whether a procedure has put something in, as far as its name says that.
fn is_implanting(facts: &Facts) -> bool {
    let title = facts.title.to_lowercase();
    let is_done = !matches!(facts.status.as_deref(), Some("not-done" | "preparation" | "stopped"));
    is_done
        && ["implant", "pacemaker", "stent", "prosthesis"].iter().any(|word| title.contains(word))
        && !title.contains("remov")
}
