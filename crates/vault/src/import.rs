use std::collections::{BTreeMap, HashMap};

use chartchain_chart::{Commitment, ContentHash};
use chartchain_fhir::{Facts, Format, ReadError, Resource};
use chartchain_ledger::Hash;
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::entry::{InputEntry, ResourceEntry};
use crate::index::{NewResource, content_hash};
use crate::open::OpenLedger;
use crate::protocol::{
    Fault, FoundPerson, InputFormat, InputId, Inspection, JobResult, Person, Rejected, Sameness, Unreadable,
};
use crate::rows::{RowBatch, RowName, Rows};

/// Entries to a block. One signature for all of them.
const BATCH_ENTRIES: usize = 512;
/// Text to a block, bytes.
const BATCH_BYTES: usize = 1024 * 1024;
/// Longest single resource. An entry may not exceed what a segment takes even where it does not shrink.
const MAX_RESOURCE_BYTES: usize = 24 * 1024 * 1024;
/// Rejected resources that are listed one by one.
const MAX_LISTED: usize = 100;
/// Parts of an input come in pieces of at most this length.
pub(crate) const MAX_PART_BYTES: usize = 1024 * 1024;

/// How far an import is: written with every block, so that a killed tab goes on where it was.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ImportState {
    input: u32,
    name: String,
    parts: u32,
    people: Vec<String>,
    next: u32,
    added: u32,
    amended: u32,
    known: u32,
    entry: Option<Commitment>,
    /// How often it was gone on with after an end in the middle of it, without a block stored since.
    tries: u32,
}

impl ImportState {
    /// Which input it brings in.
    pub(crate) const fn input(&self) -> u32 {
        self.input
    }

    /// With the entry of its input, once that is known, and a block further.
    pub(crate) fn moved_on(self, made: Option<Commitment>) -> Self {
        Self { entry: self.entry.or(made), tries: 0, ..self }
    }

    pub(crate) const fn tries(&self) -> u32 {
        self.tries
    }

    /// Gone on with once more.
    pub(crate) fn with_try(self) -> Self {
        Self { tries: self.tries.saturating_add(1), ..self }
    }

    /// Puts away what is left of its input; what was stored stays.
    pub(crate) async fn put_away<S: Store>(
        &self,
        rows: &Rows<S>,
        open: &mut OpenLedger,
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let mut batch = RowBatch::default();
        Input::forget(rows, &open.id, self.input, &mut batch).await?;
        let change = |head: &mut crate::open::Head| {
            head.import = None;
            head.staged.retain(|staged| *staged != self.input);
        };
        open.store_head(rows, batch, change, rng).await
    }
}

/// Bytes that come in: kept here until they are inspected, and sealed in storage at once.
pub(crate) struct Input {
    pub(crate) number: u32,
    pub(crate) name: String,
    parts: u32,
    bytes: Vec<u8>,
    prepared: Option<Prepared>,
}

/// An input that was read.
pub(crate) struct Prepared {
    sha256: [u8; 32],
    shell: String,
    resources: Vec<Option<(Resource, Facts)>>,
    /// Who each resource is about: number of a found person, or nobody in particular.
    about: Vec<Option<usize>>,
    keys: Vec<String>,
    people: Vec<Person>,
    rejected: u32,
    inspection: Inspection,
}

impl Input {
    pub(crate) const fn new(number: u32, name: String) -> Self {
        Self { number, name, parts: 0, bytes: Vec::new(), prepared: None }
    }

    /// Takes the next part and stores it sealed.
    pub(crate) async fn take_part<S: Store>(
        &mut self,
        rows: &Rows<S>,
        ledger: &[u8; 32],
        part: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        if part.len() > MAX_PART_BYTES {
            return Err(Fault::NotNow("parts are at most 1 MiB".into()));
        }
        if (self.bytes.len() + part.len()) as u64 > chartchain_fhir::MAX_BYTES {
            return Err(Fault::Unreadable(Unreadable::TooLarge { max_bytes: chartchain_fhir::MAX_BYTES }));
        }
        let mut batch = RowBatch::default();
        batch.put(RowName::staged(ledger, self.number, self.parts), part.to_vec());
        rows.commit_relaxed(batch, rng).await?;
        self.parts += 1;
        self.bytes.extend_from_slice(part);
        Ok(())
    }

    /// Reads back what was stored of an input before the tab was closed or killed.
    pub(crate) async fn restore<S: Store>(
        rows: &Rows<S>,
        ledger: &[u8; 32],
        state: &ImportState,
    ) -> Result<Self, Fault> {
        let mut input = Self::new(state.input, state.name.clone());
        for part in 0..state.parts {
            let bytes = rows.read_one(RowName::staged(ledger, state.input, part)).await?;
            input.bytes.extend(bytes.ok_or_else(|| Fault::Damaged("a part of an input is missing".into()))?);
        }
        input.parts = state.parts;
        Ok(input)
    }

    /// Deletes the stored parts of an input, however many there are.
    pub(crate) async fn forget<S: Store>(
        rows: &Rows<S>,
        ledger: &[u8; 32],
        number: u32,
        batch: &mut RowBatch,
    ) -> Result<(), Fault> {
        let mut part = 0;
        // A part whose seal is broken is deleted like any other.
        while !matches!(rows.read_each(&[RowName::staged(ledger, number, part)]).await?.pop(), Some(Ok(None)) | None) {
            batch.delete(RowName::staged(ledger, number, part));
            part += 1;
        }
        Ok(())
    }

    /// Reads the input and says what is in it.
    pub(crate) fn inspect(&mut self, open: &OpenLedger) -> Result<Inspection, Fault> {
        let prepared = Prepared::read(self, open)?;
        self.bytes = Vec::new();
        let inspection = prepared.inspection.clone();
        self.prepared = Some(prepared);
        Ok(inspection)
    }
}

fn unreadable(error: ReadError) -> Unreadable {
    match error {
        ReadError::Empty => Unreadable::Empty,
        ReadError::Encoding => Unreadable::Encoding,
        ReadError::NotJson { line, column } => Unreadable::NotJson { line, column },
        ReadError::NotFhir => Unreadable::NotFhir,
        ReadError::OtherVersion(version) => Unreadable::OtherVersion(version),
        ReadError::TooDeep => Unreadable::TooDeep,
        ReadError::TooLarge { max_bytes } => Unreadable::TooLarge { max_bytes },
        ReadError::OtherFormat(format) => Unreadable::OtherFormat(format),
        _ => Unreadable::NotFhir,
    }
}

impl Prepared {
    fn read(input: &Input, open: &OpenLedger) -> Result<Self, Fault> {
        let sha256 = Hash::of(&[&input.bytes]).0;
        let intake = chartchain_fhir::read(&input.bytes).map_err(|error| Fault::Unreadable(unreadable(error)))?;
        let mut rejected: Vec<Rejected> = intake
            .rejected
            .into_iter()
            .map(|bad| Rejected { line: bad.line, index: bad.index, why: unreadable(bad.why) })
            .collect();
        let mut resources = Vec::with_capacity(intake.resources.len());
        for resource in intake.resources {
            if resource.json.len() > MAX_RESOURCE_BYTES {
                let why = Unreadable::TooLarge { max_bytes: MAX_RESOURCE_BYTES as u64 };
                rejected.push(Rejected { line: resource.line, index: resource.index, why });
                continue;
            }
            match chartchain_fhir::facts(&resource.json) {
                Ok(facts) => resources.push((resource, facts)),
                Err(error) => {
                    rejected.push(Rejected { line: resource.line, index: resource.index, why: unreadable(error) });
                }
            }
        }
        if resources.is_empty() && rejected.is_empty() {
            return Err(Fault::Unreadable(Unreadable::Empty));
        }
        if matches!(&intake.format, Format::Bundle(kind) if kind == "history") {
            resources.sort_by_key(|(_, facts)| version_order(facts));
        }
        let (keys, people, about) = find_people(&resources);
        let format = match intake.format {
            Format::Bundle(kind) => InputFormat::Bundle(kind),
            Format::Resource(kind) => InputFormat::Resource(kind),
            Format::Ndjson => InputFormat::Ndjson,
        };
        let inspection = describe_input(input, open, format, &resources, (&keys, &people, &about), rejected);
        Ok(Self {
            sha256,
            shell: intake.shell.map(String::from).unwrap_or_default(),
            resources: resources.into_iter().map(Some).collect(),
            about,
            keys,
            people,
            rejected: inspection.rejected_total,
            inspection,
        })
    }
}

fn describe_input(
    input: &Input,
    open: &OpenLedger,
    format: InputFormat,
    resources: &[(Resource, Facts)],
    (keys, people, about): (&[String], &[Person], &[Option<usize>]),
    mut rejected: Vec<Rejected>,
) -> Inspection {
    let mut types: BTreeMap<&str, u32> = BTreeMap::new();
    let mut known = 0;
    for (resource, facts) in resources {
        *types.entry(&facts.type_name).or_default() += 1;
        known += u32::from(open.chart.count_content(&content_hash(resource.full_url.as_deref(), &resource.json)) > 0);
    }
    let mut types: Vec<(String, u32)> = types.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    types.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let count = |wanted: Option<usize>| {
        u32::try_from(about.iter().filter(|about| **about == wanted).count()).unwrap_or(u32::MAX)
    };
    let rejected_total = u32::try_from(rejected.len()).unwrap_or(u32::MAX);
    rejected.truncate(MAX_LISTED);
    Inspection {
        input: InputId(input.number),
        name: input.name.clone(),
        format,
        people: keys
            .iter()
            .zip(people)
            .enumerate()
            .map(|(number, (key, person))| FoundPerson {
                key: key.clone(),
                person: person.clone(),
                entries: count(Some(number)),
                same: sameness(&open.head.subject, person),
            })
            .collect(),
        shared: count(None),
        types,
        known,
        rejected,
        rejected_total,
    }
}

fn sameness(subject: &Person, found: &Person) -> Sameness {
    match chartchain_fhir::same_person(subject, found) {
        chartchain_fhir::Sameness::Same => Sameness::Same,
        chartchain_fhir::Sameness::Unclear => Sameness::Unclear,
        chartchain_fhir::Sameness::Different => Sameness::Different,
    }
}

/// Who the resources are about: keys, persons, and for each resource the number of its person.
fn find_people(resources: &[(Resource, Facts)]) -> (Vec<String>, Vec<Person>, Vec<Option<usize>>) {
    let mut keys: Vec<String> = Vec::new();
    let mut people: Vec<Person> = Vec::new();
    let mut by_reference: HashMap<String, usize> = HashMap::new();
    let mut about = vec![None; resources.len()];
    for (place, (resource, facts)) in resources.iter().enumerate() {
        let Some(person) = &facts.person else { continue };
        let targets = chartchain_fhir::reference_targets(facts, resource.full_url.as_deref());
        let known = targets.iter().find_map(|target| by_reference.get(target).copied());
        let number = known.unwrap_or_else(|| {
            keys.push(targets.first().cloned().unwrap_or_else(|| format!("Patient #{}", keys.len() + 1)));
            people.push(person.clone());
            keys.len() - 1
        });
        by_reference.extend(targets.into_iter().map(|target| (target, number)));
        if let Some(slot) = about.get_mut(place) {
            *slot = Some(number);
        }
    }
    for (slot, (_, facts)) in about.iter_mut().zip(resources) {
        let Some(reference) = facts.subject_ref.as_ref().filter(|_| slot.is_none()) else { continue };
        let short = reference.rmatch_indices('/').nth(1).and_then(|(at, _)| reference.get(at + 1..));
        let known = by_reference.get(reference).or_else(|| by_reference.get(short?)).copied();
        let number = known.unwrap_or_else(|| {
            by_reference.insert(reference.clone(), keys.len());
            keys.push(reference.clone());
            people.push(Person::default());
            keys.len() - 1
        });
        *slot = Some(number);
    }
    (keys, people, about)
}

/// Older versions first.
fn version_order(facts: &Facts) -> (i64, u64) {
    let number = facts.version_id.as_deref().and_then(|version| version.parse().ok());
    (facts.last_updated.as_ref().map_or(i64::MIN, |when| when.sort_ms), number.unwrap_or(0))
}

/// An import under way.
pub(crate) struct ImportJob {
    state: ImportState,
    prepared: Prepared,
    /// How often each content was met in this input so far: an input may hold the same twice, and keeps it twice.
    met: HashMap<ContentHash, u32>,
}

impl ImportJob {
    /// Begins with an input that was inspected. `people` are the keys of those whose entries belong in.
    pub(crate) fn begin(mut input: Input, people: Vec<String>) -> Result<Self, Fault> {
        let prepared = input.prepared.take().ok_or_else(|| Fault::NotNow("inspect the input first".into()))?;
        if let Some(unknown) = people.iter().find(|key| !prepared.keys.contains(key)) {
            return Err(Fault::NotNow(format!("the input names nobody as {unknown}")));
        }
        let state = ImportState {
            input: input.number,
            name: input.name,
            parts: input.parts,
            people,
            next: 0,
            added: 0,
            amended: 0,
            known: 0,
            entry: None,
            tries: 0,
        };
        Ok(Self { state, prepared, met: HashMap::new() })
    }

    /// Goes on with what was interrupted.
    pub(crate) async fn resume<S: Store>(rows: &Rows<S>, open: &OpenLedger, state: ImportState) -> Result<Self, Fault> {
        let input = Input::restore(rows, &open.id, &state).await?;
        let prepared = Prepared::read(&input, open)?;
        let mut met = HashMap::new();
        for (resource, _) in prepared.resources.iter().take(state.next as usize).flatten() {
            *met.entry(content_hash(resource.full_url.as_deref(), &resource.json)).or_default() += 1;
        }
        Ok(Self { state, prepared, met })
    }

    pub(crate) const fn done(&self) -> u64 {
        self.state.next as u64
    }

    pub(crate) fn total(&self) -> u64 {
        self.prepared.resources.len() as u64
    }

    /// What the head keeps while the import runs.
    pub(crate) const fn state(&self) -> &ImportState {
        &self.state
    }

    /// Brings in the next block. True when all is in.
    pub(crate) async fn step<S: Store>(
        &mut self,
        rows: &Rows<S>,
        open: &mut OpenLedger,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<bool, Fault> {
        let before = self.state.clone();
        let result = self.try_step(rows, open, now_ms, rng).await;
        if result.is_err() {
            self.state = before;
        }
        result
    }

    async fn try_step<S: Store>(
        &mut self,
        rows: &Rows<S>,
        open: &mut OpenLedger,
        now_ms: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<bool, Fault> {
        let batch = self.next_batch(open);
        let input = self.state.entry.is_none().then(|| InputEntry {
            name: self.state.name.clone(),
            sha256: self.prepared.sha256,
            at_ms: now_ms,
            shell: self.prepared.shell.clone(),
        });
        if !batch.is_empty() {
            let made = open.append(rows, input, batch, Some(self.state.clone()), now_ms, rng).await?;
            if self.state.entry.is_none() {
                self.state.entry = made;
            }
        }
        Ok(self.state.next as usize >= self.prepared.resources.len())
    }

    /// The next resources that are not there yet, at most one block of them.
    fn next_batch(&mut self, open: &OpenLedger) -> Vec<NewResource> {
        let mut batch: Vec<NewResource> = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH_ENTRIES && bytes < BATCH_BYTES {
            let place = self.state.next as usize;
            let Some(slot) = self.prepared.resources.get_mut(place) else { break };
            let chosen = match self.prepared.about.get(place).copied().flatten() {
                Some(person) => self.prepared.keys.get(person).is_some_and(|key| self.state.people.contains(key)),
                None => true,
            };
            let Some((resource, facts)) = slot.as_ref().filter(|_| chosen) else {
                self.state.next += 1;
                continue;
            };
            let full_url = resource.full_url.as_deref();
            // Two versions of one thing never share a block: the later one names the earlier one, which has to be there.
            let meets = |other: &NewResource| {
                other.facts.type_name == facts.type_name
                    && (other.facts.id.is_some() && other.facts.id == facts.id
                        || full_url.is_some() && other.entry.full_url.as_deref() == full_url)
            };
            if batch.iter().any(meets) {
                break;
            }
            self.state.next += 1;
            let content = content_hash(full_url, &resource.json);
            let met = self.met.entry(content).or_default();
            *met += 1;
            if open.chart.count_content(&content) >= *met {
                self.state.known += 1;
                continue;
            }
            let mut entry = ResourceEntry {
                full_url: full_url.map(str::to_owned),
                input: self.state.entry,
                json: resource.json.to_string(),
                ..ResourceEntry::default()
            };
            if relate(open, facts, &mut entry) {
                self.state.amended += 1;
            } else {
                self.state.added += 1;
            }
            bytes += entry.json.len();
            if let Some((_, facts)) = slot.take() {
                batch.push(NewResource { entry, content, facts });
            }
        }
        batch
    }

    /// Clears up behind a finished or cancelled import.
    pub(crate) async fn finish<S: Store>(
        &self,
        rows: &Rows<S>,
        open: &mut OpenLedger,
        cancelled: bool,
        rng: &mut impl CryptoRng,
    ) -> Result<JobResult, Fault> {
        open.store_index(rows, rng).await?;
        let mut batch = RowBatch::default();
        Input::forget(rows, &open.id, self.state.input, &mut batch).await?;
        let chosen = self.prepared.keys.iter().zip(&self.prepared.people);
        let person = chosen.filter(|(key, _)| self.state.people.contains(key)).map(|(_, person)| person).next();
        // A cancelled import says nothing about whose record this is.
        let person = person.filter(|_| !cancelled);
        let input = self.state.input;
        let change = |head: &mut crate::open::Head| {
            head.import = None;
            head.staged.retain(|staged| *staged != input);
            if let Some(person) = person {
                complete(&mut head.subject, person);
            }
        };
        open.store_head(rows, batch, change, rng).await?;
        Ok(JobResult::Imported {
            added: self.state.added,
            amended: self.state.amended,
            known: self.state.known,
            rejected: self.prepared.rejected,
        })
    }
}

/// Fills in what the record did not know of its person yet.
fn complete(subject: &mut Person, found: &Person) {
    subject.name = subject.name.take().or_else(|| found.name.clone());
    subject.birth_date = subject.birth_date.take().or_else(|| found.birth_date.clone());
    subject.sex = subject.sex.or(found.sex);
    subject.deceased = subject.deceased.take().or_else(|| found.deceased.clone());
}

/// Finds the version of the same thing that is there already and relates the new entry to it. True if there is one.
fn relate(open: &OpenLedger, facts: &Facts, entry: &mut ResourceEntry) -> bool {
    let Some(newest) = open.chart.find_same_thing(facts, entry.full_url.as_deref()) else { return false };
    let versions = open.chart.versions(newest);
    let is_newer = |number: &&u32| {
        open.chart.record(**number).is_some_and(|record| {
            let (there, here) = (&record.facts, facts);
            let dated = there.last_updated.is_some() && here.last_updated.is_some();
            let counted = there.version_id.is_some() && here.version_id.is_some();
            let (there, here) = (version_order(there), version_order(here));
            // Dates are compared only where both are dated: a version without one is neither old nor new by it.
            if dated { there > here } else { counted && there.1 > here.1 }
        })
    };
    let name = |number: u32| open.chart.record(number).map(|record| record.commitment);
    match versions.iter().take_while(is_newer).last() {
        Some(newer) => entry.older_than = name(*newer),
        None => entry.supersedes = name(newest).into_iter().collect(),
    }
    true
}
