//! Two fields for a new passphrase, with how strong it is.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::error_summary::Wrong;
use super::field::Passphrase;
use crate::t;
use crate::view::strength::{Strength, strength};

/// Properties of [`NewPassphrase`].
#[derive(Properties, PartialEq)]
pub struct NewPassphraseProps {
    /// Where it is read from.
    pub first: NodeRef,
    /// The same once more.
    pub again: NodeRef,
    /// What is wrong with the form.
    pub wrong: Vec<Wrong>,
}

/// The fields.
#[component]
pub fn NewPassphrase(props: &NewPassphraseProps) -> Html {
    let how_strong = use_state(|| Strength::Empty);
    let oninput = {
        let how_strong = how_strong.clone();
        Callback::from(move |event: InputEvent| {
            how_strong.set(strength(&event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    html! {
        <>
            <div>
                <Passphrase id="passphrase" label={t!("passphrase")} hint={t!("passphrase-hint")}
                    wrong={Wrong::of(&props.wrong, "passphrase")} input={props.first.clone()} autocomplete="new-password" {oninput} />
                <p class="strength" aria-live="polite">{ strength_words(*how_strong) }</p>
            </div>
            <Passphrase id="passphrase-again" label={t!("passphrase-again")}
                wrong={Wrong::of(&props.wrong, "passphrase-again")} input={props.again.clone()} autocomplete="new-password" />
        </>
    }
}

/// What a field holds.
#[must_use]
pub fn read(input: &NodeRef) -> String {
    input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

/// Empties a field.
pub fn clear(input: &NodeRef) {
    if let Some(input) = input.cast::<HtmlInputElement>() {
        input.set_value("");
    }
}

/// What is wrong with a new passphrase.
#[must_use]
pub fn check(first: &str, again: &str) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if first.chars().count() < 8 {
        wrong.push(Wrong::at("passphrase", t!("fault-passphrase-short")));
    } else if first != again {
        wrong.push(Wrong::at("passphrase-again", t!("passphrase-differs")));
    }
    wrong
}

fn strength_words(strength: Strength) -> String {
    match strength {
        Strength::Empty => String::new(),
        Strength::TooShort => t!("strength-short"),
        Strength::Weak => t!("strength-weak"),
        Strength::Fair => t!("strength-fair"),
        Strength::Strong => t!("strength-strong"),
    }
}
