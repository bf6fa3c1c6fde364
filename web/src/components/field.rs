//! Form fields: label above, hint below it, what is wrong at the field.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::icon::{Icon, icon};
use crate::t;

/// The frame of a field.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// The id of the input.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Hint below the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub wrong: Option<AttrValue>,
    /// The input.
    pub children: Children,
}

/// What describes an input: hint and error, by their ids.
#[must_use]
pub fn described_by(id: &str, hint: bool, wrong: bool) -> Option<String> {
    match (hint, wrong) {
        (true, true) => Some(format!("{id}-hint {id}-wrong")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-wrong")),
        (false, false) => None,
    }
}

fn wrong_line(id: &str, words: &AttrValue) -> Html {
    html! { <p class="field-error" id={format!("{id}-wrong")}>{ icon(Icon::Warning) }<span>{ words }</span></p> }
}

/// Label, hint and error around an input.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let class = classes!("field", props.wrong.is_some().then_some("field-wrong"));
    html! {
        <div {class}>
            <label for={props.id.clone()}>{ &props.label }</label>
            { for props.hint.as_ref().map(|hint| html! { <p class="hint" id={format!("{}-hint", props.id)}>{ hint }</p> }) }
            { for props.wrong.as_ref().map(|words| wrong_line(&props.id, words)) }
            <div class="field-body">{ props.children.clone() }</div>
        </div>
    }
}

/// Several inputs under one legend.
#[component]
pub fn FieldGroup(props: &FieldProps) -> Html {
    let class = classes!("field", props.wrong.is_some().then_some("field-wrong"));
    html! {
        <fieldset {class} aria-describedby={described_by(&props.id, props.hint.is_some(), props.wrong.is_some())}>
            <legend>{ &props.label }</legend>
            { for props.hint.as_ref().map(|hint| html! { <p class="hint" id={format!("{}-hint", props.id)}>{ hint }</p> }) }
            { for props.wrong.as_ref().map(|words| wrong_line(&props.id, words)) }
            <div class="field-body">{ props.children.clone() }</div>
        </fieldset>
    }
}

/// Properties of [`Passphrase`].
#[derive(Properties, PartialEq)]
pub struct PassphraseProps {
    /// Id of the input.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Hint.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub wrong: Option<AttrValue>,
    /// Where the value is read from. It is kept nowhere else.
    pub input: NodeRef,
    /// `new-password` or `current-password`.
    pub autocomplete: AttrValue,
    /// Hears of every change.
    #[prop_or_default]
    pub oninput: Callback<InputEvent>,
}

/// A passphrase that can be shown.
#[component]
pub fn Passphrase(props: &PassphraseProps) -> Html {
    let is_shown = use_state(|| false);
    let toggle = {
        let is_shown = is_shown.clone();
        Callback::from(move |_: MouseEvent| is_shown.set(!*is_shown))
    };
    let (words, about) =
        if *is_shown { (t!("hide"), t!("hide-passphrase")) } else { (t!("show"), t!("show-passphrase")) };
    html! {
        <Field id={props.id.clone()} label={props.label.clone()} hint={props.hint.clone()} wrong={props.wrong.clone()}>
            <div class="with-end">
                <input
                    id={props.id.clone()}
                    class="input"
                    type={if *is_shown { "text" } else { "password" }}
                    autocomplete={props.autocomplete.clone()}
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby={described_by(&props.id, props.hint.is_some(), props.wrong.is_some())}
                    aria-invalid={props.wrong.is_some().then_some("true")}
                    ref={props.input.clone()}
                    oninput={props.oninput.clone()}
                />
                <button type="button" class="button button-secondary" aria-label={about} onclick={toggle}>{ words }</button>
            </div>
        </Field>
    }
}

/// One answer of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What is reported.
    pub value: AttrValue,
    /// What is read.
    pub words: AttrValue,
}

impl Answer {
    /// From both.
    #[must_use]
    pub fn new(value: impl Into<AttrValue>, words: impl Into<AttrValue>) -> Self {
        Self { value: value.into(), words: words.into() }
    }
}

/// Radio buttons. Their ids are the name and their place: `sex-0`.
pub fn radios(
    name: &'static str,
    answers: &[Answer],
    chosen: &str,
    onchange: &Callback<AttrValue>,
    boxed: bool,
) -> Html {
    let radio = |(at, answer): (usize, &Answer)| {
        let (onchange, value) = (onchange.clone(), answer.value.clone());
        let onchange = Callback::from(move |_: Event| onchange.emit(value.clone()));
        html! {
            <label class={classes!("choice", boxed.then_some("choice-boxed"))}>
                <input type="radio" id={format!("{name}-{at}")} {name} value={answer.value.clone()} checked={answer.value.as_str() == chosen} {onchange} />
                <span>{ &answer.words }</span>
            </label>
        }
    };
    html! { <div class="choices">{ for answers.iter().enumerate().map(radio) }</div> }
}

/// A box to tick.
pub fn tick(id: &str, words: Html, ticked: bool, onchange: &Callback<bool>) -> Html {
    let onchange = onchange.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <label class="choice">
            <input type="checkbox" id={id.to_owned()} checked={ticked} {onchange} />
            <span>{ words }</span>
        </label>
    }
}

/// A list to choose from. `described` is what [`described_by`] gives.
pub fn select(
    id: &'static str,
    answers: &[Answer],
    chosen: &str,
    described: Option<String>,
    onchange: &Callback<String>,
) -> Html {
    let onchange = onchange.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let option = |answer: &Answer| {
        html! { <option value={answer.value.clone()} selected={answer.value.as_str() == chosen}>{ &answer.words }</option> }
    };
    html! {
        <div class="select">
            <select {id} class="input" aria-describedby={described} {onchange}>{ for answers.iter().map(option) }</select>
            { icon(Icon::ChevronDown) }
        </div>
    }
}
