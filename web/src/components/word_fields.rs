//! 24 fields for recovery words. Several words pasted or typed into one field go on into the next ones.

use std::rc::Rc;

use chartchain_vault::protocol::WordsProblem;
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::error_summary::Wrong;
use super::word_ways::WordWays;
use crate::services::browser;
use crate::t;

const COUNT: usize = 24;

/// Why a field is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing stands in it.
    Missing,
    /// What stands in it may be wrong.
    Doubtful,
}

/// What is wrong with words: the lines of the error summary, and the places (first is 0) to mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrongWords {
    /// Lines.
    pub lines: Vec<Wrong>,
    /// Places.
    pub places: Vec<(usize, Flaw)>,
}

/// The fields, to be read when the form is sent.
#[hook]
pub fn use_word_fields() -> Rc<Vec<NodeRef>> {
    use_memo((), |()| (0..COUNT).map(|_| NodeRef::default()).collect::<Vec<_>>())
}

/// Properties of [`WordFields`].
#[derive(Properties, PartialEq)]
pub struct WordFieldsProps {
    /// From [`use_word_fields`].
    pub fields: Rc<Vec<NodeRef>>,
    /// Places to mark, first is 0.
    pub marked: Vec<(usize, Flaw)>,
}

/// The fields.
#[component]
pub fn WordFields(props: &WordFieldsProps) -> Html {
    let on_typed = |from: usize| {
        let fields = props.fields.clone();
        Callback::from(move |event: InputEvent| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            let count = typed.split_whitespace().count();
            if count < 2 {
                return;
            }
            spread(&fields, from, &typed);
            browser::focus_id(&field_id((from + count - 1).min(COUNT - 1)));
        })
    };
    let word = |(at, input): (usize, &NodeRef)| {
        let id = field_id(at);
        let flaw = props.marked.iter().find(|(marked, _)| *marked == at).map(|(_, flaw)| *flaw);
        let is_wrong = flaw.is_some();
        let place = (at + 1).to_string();
        let label = match flaw {
            None => t!("word-of", place = place),
            Some(Flaw::Missing) => t!("word-missing", place = place),
            Some(Flaw::Doubtful) => t!("word-check", place = place),
        };
        html! {
            <div class={is_wrong.then_some("word-wrong")} key={at}>
                <label for={id.clone()}>{ label }</label>
                <input {id} class="input mono" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"
                    aria-invalid={is_wrong.then_some("true")} ref={input.clone()} oninput={on_typed(at)} />
            </div>
        }
    };
    html! {
        <>
            <div class="word-fields" translate="no">{ for props.fields.iter().enumerate().map(word) }</div>
            <WordWays fields={props.fields.clone()} />
        </>
    }
}

/// Puts words into the fields from one on.
pub fn spread(fields: &[NodeRef], from: usize, words: &str) {
    for (field, word) in fields.iter().skip(from).zip(words.split_whitespace()) {
        if let Some(field) = field.cast::<HtmlInputElement>() {
            field.set_value(word);
        }
    }
}

fn field_id(at: usize) -> String {
    format!("word-{}", at + 1)
}

/// All words in one line, or which of them are missing.
pub fn gather(fields: &[NodeRef]) -> Result<String, WrongWords> {
    let value = |field: &NodeRef| field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
    let typed: Vec<String> = fields.iter().map(|field| value(field).trim().to_lowercase()).collect();
    let missing: Vec<usize> = typed.iter().enumerate().filter(|(_, word)| word.is_empty()).map(|(at, _)| at).collect();
    if missing.is_empty() { Ok(typed.join(" ")) } else { Err(missing_words(&missing)) }
}

fn place_words(at: usize) -> String {
    (at + 1).to_string()
}

fn at_field(at: usize, words: String) -> Wrong {
    Wrong { field: Some(field_id(at).into()), words: words.into() }
}

fn marked(places: &[usize], flaw: Flaw) -> Vec<(usize, Flaw)> {
    places.iter().map(|at| (*at, flaw)).collect()
}

/// One line for each missing word, or one for all where they are many.
fn missing_words(places: &[usize]) -> WrongWords {
    let lines = match places {
        [first, ..] if places.len() == COUNT => vec![at_field(*first, t!("recovery-missing-every"))],
        [first, _, _, _, ..] => {
            let all = places.iter().map(|at| place_words(*at)).collect::<Vec<_>>().join(", ");
            vec![at_field(*first, t!("recovery-missing-all", places = all))]
        }
        few => few.iter().map(|at| at_field(*at, t!("recovery-missing-at", place = place_words(*at)))).collect(),
    };
    WrongWords { lines, places: marked(places, Flaw::Missing) }
}

/// What the engine found wrong, in words.
#[must_use]
pub fn explain(problem: &WordsProblem) -> WrongWords {
    let from_zero =
        |places: &[u8]| places.iter().map(|place| usize::from(*place).saturating_sub(1)).collect::<Vec<_>>();
    match problem {
        WordsProblem::Count(count) => {
            WrongWords { lines: vec![Wrong::whole(t!("recovery-wrong-count", count = *count))], places: Vec::new() }
        }
        WordsProblem::Unknown(places) => {
            let places = from_zero(places);
            let line = |at: &usize| at_field(*at, t!("recovery-unknown-at", place = place_words(*at)));
            WrongWords { lines: places.iter().map(line).collect(), places: marked(&places, Flaw::Doubtful) }
        }
        WordsProblem::Differ(places) => {
            let places = from_zero(places);
            let line = |at: &usize| at_field(*at, t!("recovery-wrong-at", place = place_words(*at)));
            WrongWords { lines: places.iter().map(line).collect(), places: marked(&places, Flaw::Doubtful) }
        }
        WordsProblem::Word { place, meant } => {
            let at = usize::from(*place).saturating_sub(1);
            let words = t!("recovery-meant-at", place = place_words(at), meant = meant.as_str());
            WrongWords { lines: vec![at_field(at, words)], places: marked(&[at], Flaw::Doubtful) }
        }
        WordsProblem::Swapped { first, second } => {
            let places = from_zero(&[*first, *second]);
            let words = t!("recovery-swapped", first = first.to_string(), second = second.to_string());
            let lines = places.iter().take(1).map(|at| at_field(*at, words.clone())).collect();
            WrongWords { lines, places: marked(&places, Flaw::Doubtful) }
        }
        WordsProblem::OthersWords => {
            WrongWords { lines: vec![Wrong::whole(t!("recovery-others"))], places: Vec::new() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_words_and_leads_to_its_field() {
        let meant = explain(&WordsProblem::Word { place: 7, meant: "ocean".into() });
        assert_eq!(meant.places, [(6, Flaw::Doubtful)]);
        assert_eq!(meant.lines[0].field.as_deref(), Some("word-7"));
        assert!(meant.lines[0].words.contains("ocean") && meant.lines[0].words.contains('7'));
        assert_eq!(explain(&WordsProblem::Swapped { first: 1, second: 24 }).places.len(), 2);
        assert_eq!(explain(&WordsProblem::Unknown(vec![2, 3])).lines.len(), 2);
        assert_eq!(explain(&WordsProblem::OthersWords).lines[0].field, None);
    }

    #[test]
    fn missing_words_are_listed_while_they_are_few_and_stand_as_missing() {
        assert_eq!(missing_words(&[0, 4]).lines.len(), 2);
        assert_eq!(missing_words(&[0, 4, 5, 6]).lines.len(), 1);
        let all: Vec<usize> = (0..COUNT).collect();
        let every = missing_words(&all);
        assert_eq!(every.lines, [at_field(0, "Type all 24 words".into())]);
        assert!(every.places.len() == COUNT && every.places.iter().all(|(_, flaw)| *flaw == Flaw::Missing));
    }
}
