//! The people that an input speaks of, to choose from. They may be very many, so only the first are shown.

use std::collections::BTreeSet;
use std::rc::Rc;

use chartchain_vault::protocol::{FoundPerson, Inspection, Sameness};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::field::{Field, FieldGroup, tick};
use crate::components::icon::Icon;
use crate::components::pager::Pager;
use crate::components::tag::{Tone, tag};
use crate::t;
use crate::view::dates::Date;
use crate::view::statuses;

/// So many are shown at once, and so many more each time.
const PAGE: usize = 20;

/// Properties of [`FoundPeople`].
#[derive(Properties, PartialEq)]
pub struct FoundPeopleProps {
    /// What is in the input.
    pub found: Rc<Inspection>,
    /// Keys of who is chosen.
    pub chosen: BTreeSet<String>,
    /// Chooses, or no longer.
    pub toggle: Callback<(String, bool)>,
    /// The question.
    pub label: AttrValue,
    /// What is wrong with the answer.
    pub wrong: Option<AttrValue>,
}

/// The name, else the reference that entries use, else that they name nobody.
fn name_of(found: &FoundPerson) -> String {
    match &found.person.name {
        Some(name) => name.clone(),
        None if found.key.is_empty() => t!("found-unnamed"),
        None => found.key.clone(),
    }
}

/// Who fits the words, whoever may be the person of the record first. Places in the list of all people.
fn fitting(people: &[FoundPerson], words: &str) -> Vec<usize> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let fits = |found: &FoundPerson| {
        let born = found.person.birth_date.as_deref();
        let born_words = born.and_then(Date::read).map(|date| date.day_words());
        let name = name_of(found);
        let all = [Some(name.as_str()), Some(found.key.as_str()), born, born_words.as_deref()];
        let all = all.into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase();
        words.iter().all(|word| all.contains(word.as_str()))
    };
    let mut places: Vec<(u8, usize)> = people
        .iter()
        .enumerate()
        .filter(|(_, found)| words.is_empty() || fits(found))
        .map(|(at, found)| {
            let rank = match found.same {
                Sameness::Same => 0,
                Sameness::Unclear => 1,
                Sameness::Different => 2,
            };
            (rank, at)
        })
        .collect();
    places.sort_unstable();
    places.into_iter().map(|(_, at)| at).collect()
}

/// The boxes, with a field to find someone where they are many.
#[component]
pub fn FoundPeople(props: &FoundPeopleProps) -> Html {
    let words = use_state(String::new);
    let limit = use_state(|| PAGE);
    let places = use_memo((props.found.clone(), (*words).clone()), |(found, words)| fitting(&found.people, words));
    let people = &props.found.people;
    let oninput = {
        let (words, limit) = (words.clone(), limit.clone());
        Callback::from(move |event: InputEvent| {
            words.set(event.target_unchecked_into::<HtmlInputElement>().value());
            limit.set(PAGE);
        })
    };
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set(*limit + PAGE))
    };
    let person = |(at, found): (usize, &FoundPerson)| {
        let key = found.key.clone();
        let onchange = props.toggle.reform(move |ticked| (key.clone(), ticked));
        let ticked = props.chosen.contains(&found.key);
        html! {
            <div class="person-found" key={found.key.clone()}>{ tick(&format!("person-{at}"), person_words(found), ticked, &onchange) }</div>
        }
    };
    let total = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let shown = places.iter().take(*limit).filter_map(|at| people.get(*at)).enumerate();
    html! {
        <FieldGroup id="people" label={props.label.clone()} wrong={props.wrong.clone()}>
            { if people.len() > PAGE {
                html! {
                    <div class="people-filter">
                        <Field id="people-words" label={t!("found-filter")} hint={t!("found-filter-hint")}>
                            <input id="people-words" class="input" type="search" autocomplete="off" value={(*words).clone()} aria-describedby="people-words-hint" {oninput} />
                        </Field>
                        <p class="quiet dense" role="status">
                            { if places.is_empty() { t!("found-filter-none") } else { t!("shown-of", shown = places.len().min(*limit), total = places.len()) } }
                            { ". " }{ t!("found-chosen", count = props.chosen.len()) }
                        </p>
                    </div>
                }
            } else { html! {} } }
            <div>{ for shown.map(person) }</div>
            <Pager shown={places.len().min(*limit)} {total} step={20} items=".person-found input" {more} />
        </FieldGroup>
    }
}

fn person_words(found: &FoundPerson) -> Html {
    let person = &found.person;
    let born = person
        .birth_date
        .as_deref()
        .map(|written| Date::read(written).map_or_else(|| written.to_owned(), |date| date.day_words()));
    let (tone, picture, words) = match found.same {
        Sameness::Same => (Tone::Ok, Icon::Check, t!("same")),
        Sameness::Unclear => (Tone::Attention, Icon::Info, t!("unclear")),
        Sameness::Different => (Tone::Urgent, Icon::Warning, t!("different")),
    };
    html! {
        <>
            <span class="strong">{ name_of(found) }</span>
            <span class="thing-facts dense">
                { for born.map(|born| html! { <span>{ t!("born-on", date = born) }</span> }) }
                { for person.sex.map(|sex| html! { <span>{ statuses::sex_words(sex) }</span> }) }
                <span>{ t!("count-entries", count = found.entries) }</span>
                { tag(tone, Some(picture), words) }
            </span>
        </>
    }
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::Person;

    use super::*;

    fn found(key: &str, name: Option<&str>, born: Option<&str>, same: Sameness) -> FoundPerson {
        let person = Person { name: name.map(Into::into), birth_date: born.map(Into::into), ..Person::default() };
        FoundPerson { key: key.into(), person, entries: 1, same }
    }

    #[test]
    fn who_has_no_name_is_told_by_reference_and_nobody_is_called_so() {
        assert_eq!(name_of(&found("Patient/7", Some("Ada"), None, Sameness::Same)), "Ada");
        assert_eq!(name_of(&found("Patient/7", None, None, Sameness::Unclear)), "Patient/7");
        assert_eq!(name_of(&found("", None, None, Sameness::Unclear)), "Entries that name nobody");
    }

    #[test]
    fn people_are_found_by_name_birth_date_and_reference_likely_ones_first() {
        let people = [
            found("Patient/1", Some("Bo Tamsin"), Some("2001-11-02"), Sameness::Different),
            found("Patient/2", Some("Ada Bo"), Some("1968-03-14"), Sameness::Same),
            found("Patient/3", None, None, Sameness::Unclear),
        ];
        assert_eq!(fitting(&people, ""), [1, 2, 0]);
        assert_eq!(fitting(&people, "BO tam"), [0]);
        assert_eq!(fitting(&people, "march 1968"), [1]);
        assert_eq!(fitting(&people, "patient/3"), [2]);
        assert_eq!(fitting(&people, "nobody here"), [0; 0]);
    }
}
