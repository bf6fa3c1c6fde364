use std::collections::BTreeSet;

use chartchain_chart::{Commitment, Record};
use chartchain_docs::{DocumentName, Field, Profile, ProfileField, View};
use chartchain_fhir::{Contact, Facts, Kind, contacts, is_no_known, languages};
use chartchain_insight::Standing;
use chartchain_ledger::Hash;
use chartchain_store::Store;

use crate::entry::Entry;
use crate::open::OpenLedger;
use crate::platform::Platform;
use crate::profile::to_hex;
use crate::protocol::{CardItem, CardPart, EmergencyCard, Fault, LONGEST_KEY_BYTES};
use crate::rows::Rows;

/// People whose entries are read for whom to call, the newest.
const MAX_PEOPLE: usize = 20;
/// LOINC: ABO and Rh group.
const BLOOD_GROUP: &str = "882-1";
/// LOINC: ABO group; Rh group.
const BLOOD_GROUP_PARTS: [&str; 2] = ["883-9", "10331-7"];

impl OpenLedger {
    /// What an emergency card is made of, on a day of the person's calendar.
    pub(crate) async fn card_of_emergency<P: Platform>(
        &mut self,
        platform: &P,
        rows: &Rows<P::Store>,
        today: &str,
    ) -> Result<EmergencyCard, Fault> {
        super::check_day(today)?;
        let told = self.told(platform, rows).await?;
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
        let taken: BTreeSet<u32> = medicines
            .iter()
            .flat_map(|medicine| &medicine.entries)
            .filter(|(_, standing)| matches!(standing, Standing::Current | Standing::Paused))
            .map(|(number, _)| *number)
            .collect();
        let leads = self.chart.with_versions(&leads, |number, _| taken.contains(&number));
        let mut medicines = self.part(&leads, &left_out);
        medicines.none_known = medicines.items.is_empty() && self.says_none(Kind::Medicine);
        let blood_group = self.blood_group();
        let mut blood_group = self.part(&blood_group, &left_out);
        let told_group = values(told.field(ProfileField::BloodGroup));
        blood_group.items.extend(told_group.map(|group| CardItem { told: true, ..item("blood", group, &left_out) }));
        let needs = values(told.field(ProfileField::Needs));
        let needs = needs.map(|need| CardItem { told: true, ..item("need", need, &left_out) });
        let needs = CardPart { items: needs.collect(), none_known: false };
        let (contacts, languages) = self.people(rows, &told, &left_out).await?;
        let newest = u32::try_from(self.arrivals.len()).unwrap_or(u32::MAX).checked_sub(1);
        let newest = newest.and_then(|block| self.meta(block)).map_or(0, |meta| meta.claimed_ms);
        Ok(EmergencyCard {
            banner: self.banner(),
            allergies,
            conditions,
            medicines,
            implants,
            blood_group,
            contacts,
            languages,
            needs,
            newest_ms: i64::try_from(newest).unwrap_or(i64::MAX),
        })
    }

    /// Current entries that fit, the newest of each name, newest first; all versions of one that is disputed.
    fn newest(&mut self, fits: impl Fn(&Facts) -> bool) -> Vec<u32> {
        let newest = self.newest_of_names(&fits);
        self.chart.with_versions(&newest, |_, record| fits(&record.facts))
    }

    fn newest_of_names(&mut self, fits: impl Fn(&Facts) -> bool) -> Vec<u32> {
        let mut names = BTreeSet::new();
        let order = self.chart.newest_first().to_vec();
        let is_new = |number: &u32| {
            let record = self.chart.record(*number).filter(|record| record.is_current() && fits(&record.facts));
            record.is_some_and(|record| names.insert(record.facts.title.to_lowercase()))
        };
        order.into_iter().filter(is_new).collect()
    }

    fn says_none(&self, kind: Kind) -> bool {
        self.chart.is_said(|record| {
            record.facts.kind == kind
                && is_no_known(&record.facts)
                && !is_over(&record.facts)
                && !says_nothing(&record.facts)
        })
    }

    /// The newest measurement of ABO and Rh together, else the newest of each.
    fn blood_group(&mut self) -> Vec<u32> {
        let mut newest_of = |code: &str| {
            let fits = |facts: &Facts| facts.value.is_some() && facts.codes.iter().any(|coding| coding.code == code);
            let newest: Vec<u32> = self.newest_of_names(fits).into_iter().take(1).collect();
            self.chart.with_versions(&newest, |_, record| fits(&record.facts))
        };
        let both = newest_of(BLOOD_GROUP);
        if both.is_empty() { BLOOD_GROUP_PARTS.iter().flat_map(|code| newest_of(code)).collect() } else { both }
    }

    fn part(&self, numbers: &[u32], left_out: &BTreeSet<String>) -> CardPart {
        let item = |number: &u32| {
            let record = self.chart.record(*number)?;
            let facts = &record.facts;
            // What it began with names it, so that an amended entry stays where the person wanted it.
            let key = name_of_origins(&self.chart.origins(*number));
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
                told: false,
                disputed: self.chart.is_disputed(*number),
            })
        };
        CardPart { items: numbers.iter().filter_map(item).collect(), none_known: false }
    }

    /// What the person tells about themselves. What another device added that cannot be merged now is not worth a card that does
    /// not come: then it says what was known before.
    async fn told<P: Platform>(&mut self, platform: &P, rows: &Rows<P::Store>) -> Result<Profile, Fault> {
        let name = DocumentName::PROFILE;
        let document = match self.document(platform, rows, name).await {
            Ok(document) => Some(document),
            Err(fault @ (Fault::OpenElsewhere | Fault::Storage(_))) => return Err(fault),
            Err(_) => self.stored_document(rows, &name).await?,
        };
        match document.map(|document| document.view) {
            Some(View::Profile(profile)) => Ok(profile),
            _ => Ok(Profile::default()),
        }
    }

    /// Whom to call and which languages: as the person tells, then from the newest entries about them and their relatives.
    async fn people<S: Store>(
        &mut self,
        rows: &Rows<S>,
        told: &Profile,
        left_out: &BTreeSet<String>,
    ) -> Result<(CardPart, CardPart), Fault> {
        let is_person = |record: &Record| {
            record.is_current() && matches!(record.facts.type_name.as_str(), "Patient" | "RelatedPerson")
        };
        let mut places: Vec<_> =
            self.chart.records().filter(|(_, record)| is_person(record)).map(|(_, record)| record.place).collect();
        places.reverse();
        let mut found: Vec<Contact> = told.contacts.iter().map(told_contact).collect();
        found.retain(|contact| contact.name.is_some() || !contact.ways.is_empty());
        let mut spoken: Vec<String> = values(told.field(ProfileField::Languages)).collect();
        let told_words: BTreeSet<String> = spoken
            .iter()
            .flat_map(|said| said.split(|letter: char| !letter.is_alphanumeric()))
            .map(str::to_lowercase)
            .collect();
        for place in places.into_iter().take(MAX_PEOPLE) {
            let (_, Entry::Resource(entry)) = self.read_entry(rows, place).await? else { continue };
            for contact in contacts(&entry.json).unwrap_or_default() {
                if found.iter().all(|known| !is_same(known, &contact)) {
                    found.push(contact);
                }
            }
            for language in languages(&entry.json).unwrap_or_default() {
                let is_said = |known: &String| *known == language || told_words.contains(&language.to_lowercase());
                if !spoken.iter().any(is_said) {
                    spoken.push(language);
                }
            }
        }
        let calls = found.into_iter().map(|contact| {
            let ways = (!contact.ways.is_empty()).then(|| contact.ways.join(", "));
            let (title, detail) = match contact.name {
                Some(name) => (name, ways),
                None => (ways.unwrap_or_default(), None),
            };
            let key = format!("{title}:{}", detail.as_deref().unwrap_or_default());
            CardItem { title, severity: contact.relation, detail, ..item("call", key, left_out) }
        });
        let calls = CardPart { items: calls.collect(), none_known: false };
        let spoken = spoken
            .into_iter()
            .map(|language| CardItem { title: language.clone(), ..item("language", format!("{language}:"), left_out) });
        Ok((calls, CardPart { items: spoken.collect(), none_known: false }))
    }
}

/// The version that a thing began with names it. One that began with several is not the one that somebody left out: it has a name of
/// its own.
fn name_of_origins(origins: &BTreeSet<Commitment>) -> String {
    let name = |origin: &Commitment| to_hex(origin);
    match origins.first().filter(|_| origins.len() == 1) {
        Some(origin) => name(origin),
        None => Hash::of(&[origins.iter().map(name).collect::<String>().as_bytes()]).to_hex(),
    }
}

/// A line that no entry says, called by what it says; a long one by its beginning and a hash.
fn item(kind: &str, title: String, left_out: &BTreeSet<String>) -> CardItem {
    let mut key = format!("{kind}:{title}");
    if key.len() > LONGEST_KEY_BYTES {
        let hash = Hash::of(&[key.as_bytes()]).to_string();
        while key.len() + hash.len() > LONGEST_KEY_BYTES {
            key.pop();
        }
        key.push_str(&hash);
    }
    CardItem {
        left_out: left_out.contains(&key),
        key,
        title,
        severity: None,
        detail: None,
        when: None,
        told: false,
        disputed: false,
    }
}

/// What a person says, and what another device of theirs said at the same time: which is right, helpers can ask.
fn values(field: Option<&Field>) -> impl Iterator<Item = String> {
    let all = field.into_iter().flat_map(|field| core::iter::once(&field.value).chain(&field.others));
    all.filter(|value| !value.trim().is_empty()).cloned()
}

fn told_contact(contact: &chartchain_docs::Contact) -> Contact {
    let said = |field: &Field| (!field.value.trim().is_empty()).then(|| field.value.clone());
    Contact {
        name: said(&contact.name),
        relation: said(&contact.relation),
        ways: values(Some(&contact.phone)).collect(),
    }
}

/// Whether a contact that is told already has this one's name and all of its ways.
fn is_same(known: &Contact, other: &Contact) -> bool {
    // One writes +1 555-0100, another 1 (555) 0100.
    let bare = |way: &String| -> String {
        let letters: String = way.chars().filter(|letter| letter.is_alphanumeric()).collect();
        if letters.is_empty() { way.clone() } else { letters.to_lowercase() }
    };
    let same_way = |way: &String| known.ways.iter().any(|known| bare(known) == bare(way));
    let name = |contact: &Contact| contact.name.as_deref().map(|name| name.trim().to_lowercase());
    name(known) == name(other) && other.ways.iter().all(same_way)
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
