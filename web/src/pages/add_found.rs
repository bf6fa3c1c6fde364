//! What was found in an input, and whose record it is.

use std::collections::BTreeSet;
use std::rc::Rc;

use chartchain_vault::protocol::{FoundPerson, InputFormat, InputId, Inspection, Rejected, Sameness};
use yew::prelude::*;

use crate::components::basics::{panel, section};
use crate::components::button::{Button, Look};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::tick;
use crate::components::icon::{Icon, icon};
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::pages::found_people::FoundPeople;
use crate::t;
use crate::view::{faults, types};

/// Properties of [`AddFound`].
#[derive(Properties, PartialEq)]
pub struct AddFoundProps {
    /// What is in it.
    pub found: Rc<Inspection>,
    /// Brings it in, with the people chosen.
    pub import: Callback<(InputId, Vec<String>)>,
    /// Puts it away.
    pub put_away: Callback<InputId>,
}

/// Only who is surely the same person is chosen from the start.
fn chosen_from_start(people: &[FoundPerson]) -> BTreeSet<String> {
    people.iter().filter(|person| person.same == Sameness::Same).map(|person| person.key.clone()).collect()
}

fn entries_of(found: &Inspection, chosen: &BTreeSet<String>) -> u32 {
    let of_people: u32 =
        found.people.iter().filter(|person| chosen.contains(&person.key)).map(|person| person.entries).sum();
    of_people.saturating_add(found.shared)
}

/// The page.
#[component]
pub fn AddFound(props: &AddFoundProps) -> Html {
    let shell = use_context::<Shell>();
    let found = &props.found;
    let chosen = use_state(|| chosen_from_start(&found.people));
    let confirmed = use_state(|| false);
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let name = shell
        .as_ref()
        .and_then(|shell| shell.session.banner.as_ref()?.subject.name.clone())
        .unwrap_or_else(|| t!("no-name"));

    let toggle = {
        let chosen = chosen.clone();
        Callback::from(move |(key, ticked): (String, bool)| {
            let mut next = (*chosen).clone();
            if ticked {
                next.insert(key);
            } else {
                next.remove(&key);
            }
            chosen.set(next);
        })
    };
    let needs_word =
        found.people.iter().any(|person| person.same == Sameness::Different && chosen.contains(&person.key));
    let go = {
        let (import, input, chosen, wrong, attempt, confirmed) =
            (props.import.clone(), found.input, chosen.clone(), wrong.clone(), attempt.clone(), confirmed.clone());
        let names_someone = !found.people.is_empty();
        Callback::from(move |()| {
            attempt.set(*attempt + 1);
            if names_someone && chosen.is_empty() {
                wrong.set(vec![Wrong::at("person-0", t!("choose-person"))]);
            } else if needs_word && !*confirmed {
                wrong.set(vec![Wrong::at("different", t!("confirm-different"))]);
            } else {
                wrong.set(Vec::new());
                import.emit((input, chosen.iter().cloned().collect()));
            }
        })
    };
    let is_nobody = !found.people.is_empty() && chosen.is_empty();
    let away = {
        let (put_away, input) = (props.put_away.clone(), found.input);
        Callback::from(move |()| put_away.emit(input))
    };
    let confirm = {
        let confirmed = confirmed.clone();
        Callback::from(move |ticked| confirmed.set(ticked))
    };
    let lead = match &found.format {
        InputFormat::Bundle(kind) => t!("found-bundle", kind = kind),
        InputFormat::Resource(kind) => t!("found-resource", kind = kind),
        InputFormat::Ndjson => t!("found-ndjson"),
    };
    html! {
        <Page title={t!("found-title")} {lead}>
            <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
            { if found.people.is_empty() {
                panel("", t!("found-nobody-title"), html! { <p>{ t!("found-nobody", name = &name) }</p> })
            } else {
                html! {
                    <div class="card">
                        <FoundPeople found={found.clone()} chosen={(*chosen).clone()} {toggle} label={t!("found-people", name = &name)} wrong={Wrong::of(&wrong, "person-0")} />
                    </div>
                }
            } }
            { if needs_word {
                html! {
                    <div class="section">
                        { panel("panel-urgent", t!("different-title"), html! {
                            <>
                                <p>{ t!("different-why", name = &name) }</p>
                                { tick("different", html! { { t!("different-confirm", name = &name) } }, *confirmed, &confirm) }
                            </>
                        }) }
                    </div>
                }
            } else { html! {} } }
            { holds(found) }
            { if found.rejected_total > 0 { rejected(found) } else { html! {} } }
            <div class="actions">
                <Button class="button-choice" picture={Icon::Plus} words={if is_nobody { t!("found-import-none") } else { t!("found-import", count = entries_of(found, &chosen)) }} onclick={go} />
                <Button look={Look::Quiet} words={t!("found-put-away")} onclick={away} />
            </div>
        </Page>
    }
}

fn holds(found: &Inspection) -> Html {
    let row = |(kind, count): &(String, u32)| html! { <div><dt>{ types::words(kind) }</dt><dd>{ t!("number", count = *count) }</dd></div> };
    let known = (found.known > 0).then(|| t!("found-known", count = found.known));
    section(
        t!("found-types"),
        known,
        html! { <div class="card"><dl class="counts">{ for found.types.iter().map(row) }</dl></div> },
    )
}

fn rejected(found: &Inspection) -> Html {
    let row = |rejected: &Rejected| {
        let place = match (rejected.line, rejected.index) {
            (Some(line), _) => t!("at-line", line = line.to_string()),
            (None, Some(index)) => t!("at-place", place = (u64::from(index) + 1).to_string()),
            (None, None) => t!("at-unknown"),
        };
        html! { <li class="flush-row"><b>{ place }</b>{ " " }{ faults::unreadable_words(&rejected.why) }</li> }
    };
    let left = found.rejected_total.saturating_sub(u32::try_from(found.rejected.len()).unwrap_or(u32::MAX));
    html! {
        <section class="section">
            <details class="card">
                <summary>{ icon(Icon::ChevronDown) }<span>{ t!("rejected-title", count = found.rejected_total) }</span></summary>
                <p class="dense">{ t!("rejected-why") }</p>
                <ul class="problems">{ for found.rejected.iter().map(row) }</ul>
                { if left > 0 { html! { <p class="quiet dense">{ t!("rejected-more", count = left) }</p> } } else { html! {} } }
            </details>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::Person;

    use super::*;

    fn person(key: &str, same: Sameness, entries: u32) -> FoundPerson {
        FoundPerson { key: key.into(), person: Person::default(), entries, same }
    }

    #[test]
    fn only_who_is_surely_the_same_is_chosen_without_being_asked() {
        let people =
            [person("a", Sameness::Different, 1), person("b", Sameness::Unclear, 1), person("c", Sameness::Same, 1)];
        assert_eq!(chosen_from_start(&people), BTreeSet::from(["c".to_owned()]));
    }

    #[test]
    fn the_button_counts_what_will_come_in() {
        let found = Inspection {
            input: InputId(1),
            name: String::new(),
            format: InputFormat::Ndjson,
            people: vec![person("a", Sameness::Same, 7), person("b", Sameness::Different, 30)],
            shared: 2,
            types: Vec::new(),
            known: 0,
            rejected: Vec::new(),
            rejected_total: 0,
        };
        assert_eq!(entries_of(&found, &BTreeSet::from(["a".into()])), 9);
        assert_eq!(entries_of(&found, &BTreeSet::from(["a".into(), "b".into()])), 39);
    }
}
