use chartchain_chart::Record;
use chartchain_ledger::{Hash, Role, Standing};

use crate::members::shown_role;
use crate::open::OpenLedger;
use crate::profile::{from_hex, to_hex};
use crate::protocol::{AllergyLine, Banner, EntryId, EntryLine, Fault, LedgerId, Signer, Status};

mod analytes;
mod blocks;
mod card;
mod entry;
mod home;
mod medicines;
mod timeline;
mod versions;

pub(crate) use medicines::check_day;

/// So many versions are gone back for who wrote the first.
const MOST_BACK: usize = 64;

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
        let by_hand = record.input.is_none() && !self.head.made_up;
        let signer = self.signer_of(record.place.block);
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
            by_hand,
            entered_by_you: by_hand && signer.is_none(),
            first_signer: self.first_signer_of(record).filter(|first| signer.as_ref() != Some(first)),
            signer,
            status: self.status_of(record.place.block),
            superseded: record.superseded,
            disputed: self.chart.is_disputed(number),
            wrong: facts.wrong,
        })
    }

    /// Whether this device belongs to the record as that of a clinic.
    pub(crate) fn is_clinics(&self) -> bool {
        self.ledger.membership(&self.own_feed()).is_some_and(|own| own.role == Role::Clinician)
    }

    /// Who signed a block, where that is somebody else. A person's devices are one, those of a clinic are many people.
    pub(crate) fn signer_of(&self, block: u32) -> Option<Signer> {
        let feed = self.meta(block)?.feed;
        if feed == self.own_feed() {
            return None;
        }
        // Whoever is out has signed what they signed.
        let Some(membership) = self.ledger.last_membership(&feed) else {
            return Some(Signer { name: String::new(), role: None });
        };
        let is_own = self.ledger.last_membership(&self.own_feed()).is_some_and(|own| {
            own.role != Role::Clinician && (own.role, own.domain) == (membership.role, membership.domain)
        });
        let name = || self.name_of(&feed, membership).unwrap_or_default();
        (!is_own).then(|| Signer { name: name(), role: Some(shown_role(membership.role)) })
    }

    /// Whether whoever signed a block stands for the same person or clinic as this device.
    pub(crate) fn is_of_own_house(&self, block: u32) -> bool {
        let Some(feed) = self.meta(block).map(|meta| meta.feed) else { return false };
        let own = self.own_feed();
        let house = |feed| self.ledger.last_membership(feed).map(|member| (member.role, member.domain));
        feed == own || house(&feed).is_some_and(|theirs| house(&own) == Some(theirs))
    }

    /// Who signed the version that a record goes back to, where that is somebody else; nothing for one that replaced none.
    fn first_signer_of(&self, record: &Record) -> Option<Signer> {
        let mut first = record;
        for _ in 0..MOST_BACK {
            let Some(older) = first.supersedes.first().and_then(|older| self.chart.record(*older)) else { break };
            first = older;
        }
        self.signer_of(first.place.block).filter(|_| first.commitment != record.commitment)
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
                disputed: self.chart.is_disputed(*number),
            })
        };
        Banner {
            ledger: LedgerId(Hash(self.id).to_hex()),
            subject: self.head.subject.clone(),
            made_up: self.head.made_up,
            damaged: self.is_damaged(),
            role: self.ledger.membership(&self.own_feed()).map(|own| shown_role(own.role)),
            shared: self.is_shared(),
            copies: self.copies(),
            retired: self.is_retired(),
            allergies: allergies.iter().filter_map(line).collect(),
            no_known_allergies: allergies.is_empty() && self.chart.says_no_allergies(),
        }
    }

    /// The record that an id names.
    pub(crate) fn find_entry(&self, id: &EntryId) -> Result<u32, Fault> {
        let start = from_hex(&id.0).filter(|start| start.len() >= 4).ok_or(Fault::NotFound)?;
        self.chart.find(&start).ok_or(Fault::NotFound)
    }
}

pub(crate) fn entry_id(record: &Record) -> EntryId {
    EntryId(to_hex(&record.commitment))
}
