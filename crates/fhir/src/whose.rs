//! Whose record each resource of an input belongs to.
//!
//! A reference means the entry of that very address; a relative one means an entry at the server that the resource
//! came from. Only what is found neither way may be meant by its short id, and never where two people share that:
//! what is about "somebody called `Patient/1`" is then somebody by themselves, for a person to decide on.

use crate::extract::subject::{Subject, identifiers, is_about_somebody, is_nobody, subject};
use crate::facts::{Facts, Person};
use crate::identity::{Sameness, same_person};
use crate::read::Resource;
use crate::reference::{
    absolute_reference, bare_reference, base_of, is_address, is_uuid, is_web_address, reference_targets,
    short_reference,
};
use std::collections::{HashMap, HashSet};

/// A subject that is no person is asked for its own subject, as a specimen for its patient, so many times.
const MAX_STEPS: usize = 4;

/// Who is in an input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// A name for each by which no other goes, and who that is as far as the input says. The name is the address or
    /// the reference that entries use; it is empty for the one that stands for all those who are not named at all.
    pub people: Vec<(String, Person)>,
    /// For each resource the number of its person, or nothing for what is about nobody in particular.
    pub about: Vec<Option<usize>>,
}

/// Finds out who is in an input and whom each of its resources is about.
#[must_use]
pub fn find_people(resources: &[(Resource, Facts)]) -> People {
    let mut finder = Finder { resources, about: vec![None; resources.len()], ..Finder::default() };
    for (place, (resource, facts)) in resources.iter().enumerate() {
        if let Some(person) = &facts.person {
            let number = finder.take_patient(person, facts, resource.full_url.as_deref());
            if let Some(slot) = finder.about.get_mut(place) {
                *slot = Some(number);
            }
        }
    }
    for (place, (_, facts)) in resources.iter().enumerate() {
        if facts.person.is_none() {
            let owner = finder.owner_of(place, MAX_STEPS);
            if let Some(slot) = finder.about.get_mut(place) {
                *slot = owner;
            }
        }
    }
    People { people: finder.people, about: finder.about }
}

/// What goes by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    One(usize),
    Several,
}

#[derive(Default)]
struct Names(HashMap<String, Named>);

impl Names {
    fn add(&mut self, name: String, number: usize) {
        let known = self.0.entry(name).or_insert(Named::One(number));
        if *known != Named::One(number) {
            *known = Named::Several;
        }
    }

    fn find(&self, name: &str) -> Option<Named> {
        self.0.get(name).copied()
    }

    fn only(&self, name: &str) -> Option<usize> {
        self.find(name).and_then(|named| if let Named::One(number) = named { Some(number) } else { None })
    }
}

#[derive(Default)]
struct Finder<'a> {
    resources: &'a [(Resource, Facts)],
    about: Vec<Option<usize>>,
    people: Vec<(String, Person)>,
    taken: HashSet<String>,
    /// People by address, by `Type/id` and, once asked for, by identifier.
    by_address: HashMap<String, usize>,
    by_short: Names,
    by_identifier: Option<Names>,
    /// Numbers of people of whom it is known at which server they are.
    located: HashSet<usize>,
    /// Places of what is no Patient, by address and by `Type/id`, once asked for.
    others: Option<Names>,
    /// People of whom there is no Patient, by what they are called.
    strangers: HashMap<String, usize>,
    /// People who stand inside of what is about them, by name and birth date.
    described: HashMap<(Option<String>, Option<String>), usize>,
    /// What references at a server were found to mean.
    met: HashMap<(&'a str, &'a str), Option<usize>>,
}

impl<'a> Finder<'a> {
    fn take_patient(&mut self, person: &Person, facts: &Facts, full_url: Option<&str>) -> usize {
        let targets = reference_targets(facts, full_url);
        let located = full_url.is_some_and(is_address);
        let known = targets.iter().find_map(|target| self.by_address.get(target).copied());
        // Without an address the short id has to do, unless what is said of the two contradicts.
        let alike = || {
            let number = targets.iter().find_map(|target| self.by_short.only(target))?;
            let (_, other) = self.people.get(number)?;
            let may_be = !(located && self.located.contains(&number));
            (may_be && same_person(person, other) != Sameness::Different).then_some(number)
        };
        let number = known.or_else(alike).unwrap_or_else(|| {
            let key = targets.first().cloned().unwrap_or_else(|| "Patient".to_owned());
            self.add_person(key, person.clone())
        });
        if located {
            self.located.insert(number);
        }
        for target in targets {
            if is_address(&target) {
                self.by_address.insert(target, number);
            } else {
                self.by_short.add(target, number);
            }
        }
        if person.name.is_some() && person.birth_date.is_some() {
            self.described.entry((person.name.clone(), person.birth_date.clone())).or_insert(number);
        }
        number
    }

    /// Adds a person under a key that nobody else has.
    fn add_person(&mut self, wanted: String, person: Person) -> usize {
        let number = self.people.len();
        let mut key = wanted;
        if self.taken.contains(&key) {
            key = format!("{key} #{}", number + 1);
        }
        // Somebody may be called so by the file.
        while self.taken.contains(&key) {
            key.push('*');
        }
        self.taken.insert(key.clone());
        self.people.push((key, person));
        number
    }

    fn stranger(&mut self, called: &str) -> usize {
        if let Some(known) = self.strangers.get(called) {
            return *known;
        }
        let number = self.add_person(called.to_owned(), Person::default());
        self.strangers.insert(called.to_owned(), number);
        number
    }

    /// Whom a resource is about.
    fn owner_of(&mut self, place: usize, steps_left: usize) -> Option<usize> {
        let (resource, facts) = self.resources.get(place)?;
        if facts.person.is_some() {
            return self.about.get(place).copied().flatten();
        }
        let Some(reference) = facts.subject_ref.as_deref() else {
            return is_about_somebody(&facts.type_name).then(|| self.by_name_alone(resource)).flatten();
        };
        if reference.starts_with('#') {
            return self.inside(resource, reference);
        }
        let full_url = resource.full_url.as_deref();
        let base = if is_address(reference) { "" } else { full_url.and_then(base_of).unwrap_or_default() };
        if let Some(known) = self.met.get(&(base, reference)) {
            return *known;
        }
        let owner = self.referred(reference, resource, steps_left);
        self.met.insert((base, reference), owner);
        owner
    }

    fn referred(&mut self, reference: &str, resource: &Resource, steps_left: usize) -> Option<usize> {
        let address = absolute_reference(reference, resource.full_url.as_deref());
        let typed = short_reference(reference);
        let short = typed.unwrap_or_else(|| bare_reference(reference));
        if let Some(number) = address.as_deref().and_then(|address| self.by_address.get(address)) {
            return Some(*number);
        }
        // At another server the same id is somebody else, unless nobody else can have it.
        let elsewhere = is_web_address(reference) && !short.rsplit('/').next().is_some_and(is_uuid);
        if let Some(number) = self.by_short.only(short).filter(|number| !(elsewhere && self.located.contains(number))) {
            return Some(number);
        }
        let type_name = typed.and_then(|typed| typed.split_once('/')).map(|(type_name, _)| type_name);
        if type_name != Some("Patient") && steps_left > 0 {
            let others = self.others.get_or_insert_with(|| name_others(self.resources));
            let by_address = address.as_deref().and_then(|address| others.only(address));
            let by_short = || others.only(short).filter(|_| !elsewhere);
            if let Some(place) = by_address.or_else(by_short) {
                return self.owner_of(place, steps_left - 1);
            }
        }
        // Read again only where there can be something to find.
        let may_say = type_name.is_none() || resource.json.contains("\"identifier\"");
        let said = if may_say { subject(&resource.json) } else { Subject::default() };
        if type_name.or(said.type_name.as_deref()).is_some_and(is_nobody) {
            return None;
        }
        let identified = said.identifier.and_then(|identifier| self.identified().only(&identifier));
        Some(identified.unwrap_or_else(|| self.stranger(address.as_deref().unwrap_or(short))))
    }

    /// Whom a resource is about that refers to nobody: a person by identifier, else one who is not named.
    fn by_name_alone(&mut self, resource: &Resource) -> Option<usize> {
        let may_say = resource.json.contains("\"identifier\"");
        let said = if may_say { subject(&resource.json) } else { Subject::default() };
        if said.type_name.as_deref().is_some_and(is_nobody) {
            return None;
        }
        let Some(identifier) = said.identifier else { return Some(self.stranger("")) };
        let known = self.identified().only(&identifier);
        Some(known.unwrap_or_else(|| self.stranger(&identifier)))
    }

    /// Whom a resource is about that holds its subject in itself.
    fn inside(&mut self, resource: &Resource, reference: &str) -> Option<usize> {
        let inner = match subject(&resource.json).contained {
            Some(inner) if is_nobody(&inner.type_name) => return None,
            Some(inner) if inner.type_name == "Patient" => inner,
            _ => return Some(self.stranger("")),
        };
        let described = Some((inner.person.name.clone(), inner.person.birth_date.clone()));
        let described = described.filter(|described| *described != (None, None));
        let identified = inner.identifiers.iter().find_map(|identifier| self.identified().only(identifier));
        let known = identified.or_else(|| self.described.get(described.as_ref()?).copied());
        if known.is_none() && described.is_none() && inner.identifiers.is_empty() {
            return Some(self.stranger(""));
        }
        let number = known.unwrap_or_else(|| self.add_person(reference.to_owned(), inner.person));
        if let Some(described) = described {
            self.described.entry(described).or_insert(number);
        }
        for identifier in inner.identifiers {
            self.identified().add(identifier, number);
        }
        Some(number)
    }

    fn identified(&mut self) -> &mut Names {
        let (resources, about) = (self.resources, &self.about);
        self.by_identifier.get_or_insert_with(|| {
            let mut names = Names::default();
            let patients = resources.iter().zip(about).filter(|((_, facts), _)| facts.person.is_some());
            for ((resource, _), number) in patients {
                for identifier in identifiers(&resource.json) {
                    if let Some(number) = number {
                        names.add(identifier, *number);
                    }
                }
            }
            names
        })
    }
}

/// Names what is no Patient. Several versions of one thing are that thing.
fn name_others(resources: &[(Resource, Facts)]) -> Names {
    let mut names = Names::default();
    for (place, (resource, facts)) in resources.iter().enumerate().filter(|(_, (_, facts))| facts.person.is_none()) {
        let address = |place: usize| resources.get(place).and_then(|(resource, _)| resource.full_url.as_deref());
        let same_thing = |other: usize| address(other).map(bare_reference) == address(place).map(bare_reference);
        for target in reference_targets(facts, resource.full_url.as_deref()) {
            if is_address(&target) || names.only(&target).is_some_and(same_thing) {
                names.0.insert(target, Named::One(place));
            } else {
                names.add(target, place);
            }
        }
    }
    names
}
