//! Languages, each called what its own speakers call it.

use yew::prelude::*;

use super::button::{Button, Look};
use crate::hooks::session::{Change, Shell};
use crate::{t, words};

/// A language in its own words, the same in every catalogue.
#[must_use]
pub fn own_name(language: &str) -> String {
    match language {
        "en" => "English",
        "es" => "Español",
        "ar" => "العربية",
        other => other,
    }
    .to_owned()
}

/// The id of the button that chooses a language on the first page.
#[must_use]
pub fn button_id(language: &str) -> String {
    format!("language-{language}")
}

/// One button for each language.
pub fn choose(shell: &Shell) -> Html {
    let button = |language: &'static str| {
        let shell = shell.clone();
        let onclick = Callback::from(move |_: MouseEvent| wish(&shell, language));
        let spoken = words::language() == language;
        html! {
            <button type="button" class="link own-name" id={button_id(language)} lang={language}
                aria-pressed={spoken.to_string()} {onclick}>{ own_name(language) }</button>
        }
    };
    html! {
        <div class="row languages" role="group" aria-label={t!("language")}>{ for words::languages().map(button) }</div>
    }
}

fn wish(shell: &Shell, language: &str) {
    let settings = shell.session.settings.clone();
    shell.change(Change::Settings(chartchain_vault::protocol::Settings { language: language.into(), ..settings }));
}

/// That a language could not be loaded, and a way to try again.
pub fn not_loaded(language: &'static str, shell: &Shell) -> Html {
    let again = {
        let shell = shell.clone();
        Callback::from(move |()| crate::app::speak(shell.clone(), language.into()))
    };
    html! {
        <div class="panel panel-know no-print" role="alert">
            <p>{ t!("language-failed", language = own_name(language)) }</p>
            <div class="actions"><Button look={Look::Secondary} words={t!("try-again")} onclick={again} /></div>
        </div>
    }
}
