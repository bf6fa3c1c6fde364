use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chartchain_chart::{Chart, ContentHash};
use chartchain_fhir::{Facts, Resource, bare_reference, is_address, is_uuid};

use crate::index::content_hash;

/// What is remembered of each resource of an input until it is in.
pub(super) struct Traces {
    traces: Vec<Trace>,
    /// Places of the versions of a thing, for things that are there more than once.
    repeated: HashMap<u32, Vec<usize>>,
}

struct Trace {
    content: ContentHash,
    /// Says itself which version it is.
    has_version: bool,
    /// Numbers of its id and of its full URL, none of them equal.
    names: [Option<u32>; 2],
    /// What it is a version of; nothing for what has neither id nor address.
    thing: Option<u32>,
}

impl Traces {
    pub(super) fn of(resources: &[(Resource, Facts)]) -> Self {
        let (mut ids, mut urls, mut things) = (Numbers::default(), Numbers::default(), Numbers::default());
        let mut repeated: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut traces: Vec<Trace> = Vec::with_capacity(resources.len());
        for (resource, facts) in resources {
            let (url, id) = (resource.full_url.as_deref(), facts.id.as_deref());
            let type_name = facts.type_name.as_str();
            let address = url.map(bare_reference).filter(|url| is_address(url));
            let certain = id.filter(|id| is_uuid(id)).or(address);
            // Ids that others may have too count only together with name and date, as in the chart.
            let when = || facts.when.as_ref().map_or("", |when| when.written.as_str());
            let alike = || id.map(|id| (type_name, id, facts.title.as_str(), when()));
            let key = certain.map(|name| (type_name, name, "", "")).or_else(alike);
            let thing = key.map(|key| things.number(key));
            if let Some(thing) = thing {
                repeated.entry(thing).or_default().push(traces.len());
            }
            traces.push(Trace {
                content: content_hash(url, &resource.json),
                has_version: facts.version_id.is_some() || facts.last_updated.is_some(),
                names: [id.map(|id| 2 * ids.number((type_name, id))), url.map(|url| 2 * urls.number(url) + 1)],
                thing,
            });
        }
        repeated.retain(|_, places| places.len() > 1);
        Self { traces, repeated }
    }

    pub(super) fn content(&self, place: usize) -> ContentHash {
        self.traces.get(place).map(|trace| trace.content).unwrap_or_default()
    }

    /// Numbers that two resources share where one may be a version of the other.
    pub(super) fn names(&self, place: usize) -> impl Iterator<Item = u32> {
        self.traces.get(place).into_iter().flat_map(|trace| trace.names).flatten()
    }

    /// Versions of the thing at a place with their places, in order.
    fn versions(&self, place: usize) -> Vec<(usize, &Trace)> {
        let thing = self.traces.get(place).and_then(|trace| trace.thing);
        let places =
            thing.and_then(|thing| self.repeated.get(&thing)).map_or(core::slice::from_ref(&place), Vec::as_slice);
        places.iter().filter_map(|place| Some((*place, self.traces.get(*place)?))).collect()
    }
}

/// Gives equal things equal numbers.
struct Numbers<K>(HashMap<K, u32>);

impl<K> Default for Numbers<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq> Numbers<K> {
    fn number(&mut self, key: K) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(key).or_insert(next)
    }
}

/// Tells what of an input is there already, place by place in order.
///
/// What says which version it is, is known wherever it stands among the versions. What does not is known only while
/// it is the newest one: whoever says something again that had been replaced takes the replacement back. An input
/// that holds several such versions of a thing is known as far as the newest versions are just these, so bringing it
/// in twice adds nothing. What cannot be told apart by a name is known as often as it is there.
///
/// The answer for a place depends only on the input and the record, so that an import goes on where it was.
#[derive(Default)]
pub(super) struct Known {
    met: HashMap<ContentHash, u32>,
    judged: HashSet<u32>,
    known: HashSet<usize>,
}

impl Known {
    /// Passes a place that is in already.
    pub(super) fn pass(&mut self, traces: &Traces, place: usize) {
        *self.met.entry(traces.content(place)).or_default() += 1;
    }

    /// Whether the resource at a place is there already. `is_chosen` tells which places come in at all.
    pub(super) fn is_known(
        &mut self,
        traces: &Traces,
        place: usize,
        (resource, facts): &(Resource, Facts),
        chart: &Chart,
        is_chosen: impl Fn(usize) -> bool,
    ) -> bool {
        let Some(trace) = traces.traces.get(place) else { return false };
        let met = self.met.entry(trace.content).or_default();
        *met += 1;
        let Some(newest) = chart.find_same_thing(facts, resource.full_url.as_deref()) else {
            return chart.count_content(&trace.content) >= *met;
        };
        if trace.has_version {
            return chart.count_content(&trace.content) > 0;
        }
        if trace.thing.is_none_or(|thing| self.judged.insert(thing)) {
            let versions = traces.versions(place).into_iter().filter(|(place, _)| is_chosen(*place));
            self.judge(&versions.collect::<Vec<_>>(), chart, newest);
        }
        self.known.contains(&place)
    }

    /// Finds the most versions at the start of these that are the newest ones there.
    fn judge(&mut self, here: &[(usize, &Trace)], chart: &Chart, newest: u32) {
        let numbered: HashSet<ContentHash> =
            here.iter().filter(|(_, trace)| trace.has_version).map(|(_, trace)| trace.content).collect();
        let mut last = None;
        let mut sequence: Vec<(usize, ContentHash)> = Vec::new();
        for (place, trace) in here {
            let again = last.replace(trace.content) == Some(trace.content);
            if again && !trace.has_version {
                self.known.insert(*place);
            } else if !trace.has_version {
                sequence.push((*place, trace.content));
            }
        }
        let mut there: Vec<ContentHash> =
            chart.versions(newest).into_iter().filter_map(|number| chart.record(number)).map(|r| r.content).collect();
        there.retain(|content| !numbered.contains(content));
        there.truncate(sequence.len());
        let are_there = |count: &usize| {
            let newest_ones = there.get(..*count).unwrap_or_default().iter().rev();
            newest_ones.eq(sequence.iter().take(*count).map(|(_, content)| content))
        };
        let known = (1..=there.len()).rev().find(are_there).unwrap_or(0);
        self.known.extend(sequence.into_iter().take(known).map(|(place, _)| place));
    }
}
