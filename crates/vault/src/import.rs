mod known;

use std::collections::{BTreeMap, HashSet};

use chartchain_chart::Commitment;
use chartchain_fhir::{Facts, Format, People, Rejected, Resource};
use chartchain_ledger::Hash;
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::entry::{InputEntry, ResourceEntry, input_name};
use crate::import::known::{Known, Traces};
use crate::index::NewResource;
use crate::jobs::tolerate_full;
use crate::open::OpenLedger;
use crate::protocol::{Fault, FileCard, FoundPerson, InputId, Inspection, JobResult, Person, Unreadable};
use crate::rows::{RowBatch, RowName, Rows};

/// Entries to a block. One signature for all of them.
const BATCH_ENTRIES: usize = 1024;
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
        open.head.import = None;
        // If that is not stored for want of room, the next opening finds nothing left of the input, and says so.
        Input::put_away(rows, open, (self.input, self.parts), rng).await
    }
}

/// Bytes that come in: kept here until they are inspected, and sealed in storage at once.
pub(crate) struct Input {
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) parts: u32,
    pub(crate) bytes: Vec<u8>,
    prepared: Option<Prepared>,
    /// The file that it is, once it was looked at as one.
    pub(crate) file: Option<FileCard>,
}

/// An input that was read.
pub(crate) struct Prepared {
    sha256: [u8; 32],
    shell: String,
    resources: Vec<Option<(Resource, Facts)>>,
    traces: Traces,
    whose: People,
    rejected: u32,
    inspection: Inspection,
}

impl Input {
    pub(crate) const fn new(number: u32, name: String) -> Self {
        Self { number, name, parts: 0, bytes: Vec::new(), prepared: None, file: None }
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
        (number, name, parts): (u32, String, u32),
    ) -> Result<Self, Fault> {
        let mut input = Self::new(number, name);
        for part in 0..parts {
            let bytes = rows.read_one(RowName::staged(ledger, number, part)).await?;
            input.bytes.extend(bytes.ok_or_else(|| Fault::Damaged("a part of an input is missing".into()))?);
        }
        input.parts = parts;
        Ok(input)
    }

    /// Deletes the stored parts of an input, however many there are; so many are known of. That they are gone is noted where
    /// there is room for it.
    pub(crate) async fn put_away<S: Store>(
        rows: &Rows<S>,
        open: &mut OpenLedger,
        (number, known): (u32, u32),
        rng: &mut impl CryptoRng,
    ) -> Result<(), Fault> {
        let (mut parts, ledger) = (known, open.id);
        // A part whose seal is broken is deleted like any other.
        while !matches!(rows.read_each(&[RowName::staged(&ledger, number, parts)]).await?.pop(), Some(Ok(None)) | None)
        {
            parts += 1;
        }
        let deletions = || {
            let mut batch = RowBatch::default();
            (0..parts).for_each(|part| batch.delete(RowName::staged(&ledger, number, part)));
            batch
        };
        let change = |head: &mut crate::open::Head| head.staged.retain(|staged| *staged != number);
        match open.store_head(rows, deletions(), change, rng).await {
            // Deleting needs none.
            Err(Fault::StorageFull) => rows.commit(deletions(), rng).await,
            stored => stored,
        }
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

impl Prepared {
    fn read(input: &Input, open: &OpenLedger) -> Result<Self, Fault> {
        let sha256 = Hash::of(&[&input.bytes]).0;
        let intake = chartchain_fhir::read(&input.bytes).map_err(Fault::Unreadable)?;
        let shell = intake.shell.map(String::from).unwrap_or_default();
        if shell.len() > MAX_RESOURCE_BYTES {
            return Err(Fault::Unreadable(Unreadable::TooLarge { max_bytes: MAX_RESOURCE_BYTES as u64 }));
        }
        let mut rejected = intake.rejected;
        let mut resources = Vec::with_capacity(intake.resources.len());
        for resource in intake.resources {
            if resource.json.len() + resource.full_url.as_ref().map_or(0, |url| url.len()) > MAX_RESOURCE_BYTES {
                let why = Unreadable::TooLarge { max_bytes: MAX_RESOURCE_BYTES as u64 };
                rejected.push(Rejected { line: resource.line, index: resource.index, why });
                continue;
            }
            match chartchain_fhir::facts(&resource.json) {
                Ok(facts) => resources.push((resource, facts)),
                Err(error) => {
                    rejected.push(Rejected { line: resource.line, index: resource.index, why: error });
                }
            }
        }
        if resources.is_empty() && rejected.is_empty() {
            return Err(Fault::Unreadable(Unreadable::Empty));
        }
        if matches!(&intake.format, Format::Bundle(kind) if kind == "history") {
            resources.sort_by_key(|(_, facts)| version_order(facts));
        }
        for (resource, facts) in resources.iter_mut().filter(|(resource, _)| resource.full_url.is_none()) {
            resource.full_url = known_address(open, facts);
        }
        let whose = chartchain_fhir::find_people(&resources);
        let traces = Traces::of(&resources);
        let inspection = describe_input(input, open, intake.format, &resources, (&whose, &traces), rejected);
        Ok(Self {
            sha256,
            shell,
            resources: resources.into_iter().map(Some).collect(),
            traces,
            whose,
            rejected: inspection.rejected_total,
            inspection,
        })
    }
}

fn describe_input(
    input: &Input,
    open: &OpenLedger,
    format: Format,
    resources: &[(Resource, Facts)],
    (whose, traces): (&People, &Traces),
    mut rejected: Vec<Rejected>,
) -> Inspection {
    let mut types: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut there, mut known) = (Known::default(), 0);
    for (place, resource) in resources.iter().enumerate() {
        *types.entry(&resource.1.type_name).or_default() += 1;
        known += u32::from(there.is_known(traces, place, resource, &open.chart, |_| true));
    }
    let mut types: Vec<(String, u32)> = types.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    types.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let (mut shared, mut of_person) = (0, vec![0_u32; whose.people.len()]);
    for about in &whose.about {
        *about.and_then(|person| of_person.get_mut(person)).unwrap_or(&mut shared) += 1;
    }
    let rejected_total = u32::try_from(rejected.len()).unwrap_or(u32::MAX);
    rejected.truncate(MAX_LISTED);
    Inspection {
        input: InputId(input.number),
        name: input.name.clone(),
        format,
        people: whose
            .people
            .iter()
            .zip(of_person)
            .map(|((key, person), entries)| FoundPerson {
                key: key.clone(),
                person: person.clone(),
                entries,
                same: chartchain_fhir::same_person(&open.head.subject, person),
            })
            .collect(),
        shared,
        types,
        known,
        rejected,
        rejected_total,
    }
}

/// The address of a thing that comes without one and is there: what refers to it by that has to find the new version.
fn known_address(open: &OpenLedger, facts: &Facts) -> Option<Box<str>> {
    let record = open.chart.record(open.chart.find_same_thing(facts, None)?)?;
    record.full_url.as_deref().map(Into::into)
}

/// Older versions first.
fn version_order(facts: &Facts) -> (i64, u64) {
    let number = facts.version_id.as_deref().and_then(|version| version.parse().ok());
    (facts.last_updated.as_ref().map_or(i64::MIN, |when| when.sort_ms), number.unwrap_or(0))
}

/// Whether a version says itself that it comes before another. Dates are compared only where both are dated: a version without one
/// is neither old nor new by it.
fn comes_before(one: &Facts, other: &Facts) -> bool {
    let dated = one.last_updated.is_some() && other.last_updated.is_some();
    let counted = one.version_id.is_some() && other.version_id.is_some();
    let (one, other) = (version_order(one), version_order(other));
    if dated { one < other } else { counted && one.1 < other.1 }
}

/// An import under way.
pub(crate) struct ImportJob {
    state: ImportState,
    prepared: Prepared,
    /// Whether each of the people in it was chosen.
    chosen: Vec<bool>,
    known: Known,
}

impl ImportJob {
    /// Begins with an input that was inspected. `people` are the keys of those whose entries belong in.
    pub(crate) fn begin(mut input: Input, people: Vec<String>) -> Result<Self, Fault> {
        let prepared = input.prepared.take().ok_or_else(|| Fault::NotNow("inspect the input first".into()))?;
        let are_there: HashSet<&String> = prepared.whose.people.iter().map(|(key, _)| key).collect();
        if let Some(unknown) = people.iter().find(|key| !are_there.contains(key)) {
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
        Ok(Self::new(state, prepared))
    }

    fn new(state: ImportState, prepared: Prepared) -> Self {
        let wanted: HashSet<&String> = state.people.iter().collect();
        let chosen = prepared.whose.people.iter().map(|(key, _)| wanted.contains(key)).collect();
        Self { state, prepared, chosen, known: Known::default() }
    }

    /// Goes on with what was interrupted.
    pub(crate) async fn resume<S: Store>(rows: &Rows<S>, open: &OpenLedger, state: ImportState) -> Result<Self, Fault> {
        let input = Input::restore(rows, &open.id, (state.input, state.name.clone(), state.parts)).await?;
        let prepared = Prepared::read(&input, open)?;
        let mut job = Self::new(state, prepared);
        for place in 0..job.state.next as usize {
            if is_chosen(&job.prepared.whose, &job.chosen, place) {
                job.known.pass(&job.prepared.traces, place);
            }
        }
        Ok(job)
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
        let mut names: HashSet<u32> = HashSet::new();
        let mut bytes = 0;
        let Prepared { resources, traces, whose, .. } = &mut self.prepared;
        while batch.len() < BATCH_ENTRIES && bytes < BATCH_BYTES {
            let place = self.state.next as usize;
            let Some(slot) = resources.get_mut(place) else { break };
            let Some(resource) = slot.as_ref().filter(|_| is_chosen(whose, &self.chosen, place)) else {
                self.state.next += 1;
                continue;
            };
            // Two versions of one thing never share a block: the later one names the earlier one, which has to be there.
            if traces.names(place).any(|name| names.contains(&name)) {
                break;
            }
            self.state.next += 1;
            let chosen = |place| is_chosen(whose, &self.chosen, place);
            if self.known.is_known(traces, place, resource, &open.chart, chosen) {
                self.state.known += 1;
                continue;
            }
            let Some((resource, facts)) = slot.take() else { continue };
            let mut entry = ResourceEntry {
                full_url: resource.full_url.map(String::from),
                input: self.state.entry.as_ref().map(input_name),
                json: resource.json.into_string(),
                ..ResourceEntry::default()
            };
            if relate(open, &facts, &mut entry) {
                self.state.amended += 1;
            } else {
                self.state.added += 1;
            }
            bytes += entry.json.len();
            names.extend(traces.names(place));
            batch.push(NewResource { entry, content: traces.content(place), facts });
        }
        batch
    }

    /// Clears up behind a finished import.
    pub(crate) async fn finish<S: Store>(
        &self,
        rows: &Rows<S>,
        open: &mut OpenLedger,
        rng: &mut impl CryptoRng,
    ) -> Result<JobResult, Fault> {
        let people = self.prepared.whose.people.iter().zip(&self.chosen);
        let mut chosen = people.filter(|(_, chosen)| **chosen).map(|((_, person), _)| person);
        let person = chosen.find(|person| **person != Person::default());
        let change = |head: &mut crate::open::Head| {
            head.import = None;
            if let Some(person) = person {
                complete(&mut head.subject, person);
            }
        };
        // A large input of few entries is as much to read.
        if open.is_index_far_behind() || self.state.parts > 1 {
            open.store_index_and_head(rows, change, rng).await?;
        } else {
            open.store_head(rows, RowBatch::default(), change, rng).await?;
        }
        // All is in; what is left of the input is put away now or when the record is opened the next time.
        tolerate_full(Input::put_away(rows, open, (self.state.input, self.state.parts), rng).await)?;
        Ok(JobResult::Imported {
            added: self.state.added,
            amended: self.state.amended,
            known: self.state.known,
            rejected: self.prepared.rejected,
        })
    }
}

/// Whether what is at a place comes in: what is about a chosen person, or about nobody in particular.
fn is_chosen(whose: &People, chosen: &[bool], place: usize) -> bool {
    let about = whose.about.get(place).copied().flatten();
    about.is_none_or(|person| chosen.get(person).copied().unwrap_or(false))
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
    let record = |number: u32| open.chart.record(number);
    let order = |number: u32| record(number).map(|record| version_order(&record.facts));
    let is_newer = |number: &u32| record(*number).is_some_and(|record| comes_before(facts, &record.facts));
    // Of those that came later the first; of several of the same time the one that was there first.
    let versions = open.chart.versions(newest);
    if let Some(newer) = versions.into_iter().rev().filter(is_newer).min_by_key(|number| order(*number)) {
        entry.older_than = record(newer).map(|record| record.commitment);
        return true;
    }
    // Beside what the person or somebody else made of it, the version that this one says to come after.
    let is_older = |number: &u32| record(*number).is_some_and(|record| comes_before(&record.facts, facts));
    let live = open.chart.live_versions(newest);
    let replaced = live.into_iter().filter(is_older).max_by_key(|number| order(*number)).unwrap_or(newest);
    let alike = open.chart.live_alike(replaced).into_iter().filter_map(record);
    entry.supersedes = alike.map(|record| record.commitment).collect();
    true
}
