//! Whose record this is, on every page: name, birth date, age, sex, allergies.

use chartchain_vault::protocol::{AllergyLine, Banner, Person};
use yew::prelude::*;

use super::button::link;
use super::icon::{Icon, icon};
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::dates::Date;
use crate::view::statuses::sex_words;

/// The patient banner with the allergy strip below it.
pub fn banner(banner: &Banner) -> Html {
    let person = &banner.subject;
    let born = born_words(person);
    let died = person
        .deceased
        .as_deref()
        .filter(|written| *written != "false")
        .map(|written| Date::read(written).map_or_else(|| t!("died-unknown"), |date| date.day_words()));
    let fact = |name: String, value: String| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <>
            <section class={classes!("banner", banner.made_up.then_some("banner-made-up"))} aria-label={t!("banner-label")}>
                <p class="banner-name">{ person.name.clone().unwrap_or_else(|| t!("no-name")) }</p>
                <dl>
                    { for born.map(|born| fact(t!("born"), born)) }
                    { for died.map(|died| fact(t!("died"), died)) }
                    { for person.sex.map(|sex| fact(t!("sex"), sex_words(sex))) }
                </dl>
                { for banner.made_up.then(|| html! { <p class="made-up"><span>{ t!("made-up") }</span></p> }) }
            </section>
            { allergies(banner) }
            { for banner.retired.then(|| html! {
                <section class="allergies" aria-label={t!("retired-label")}>
                    { icon(Icon::Warning) }
                    <p>{ t!("fault-retired") }{ " " }{ link(Route::Recovery, t!("retired-do")) }</p>
                </section>
            }) }
            { for banner.damaged.then(|| html! {
                <section class="allergies" aria-label={t!("damaged-label")}>
                    { icon(Icon::Warning) }
                    <p>{ t!("damaged") }{ " " }{ link(Route::History, t!("damaged-do")) }</p>
                </section>
            }) }
        </>
    }
}

/// `14 March 1968 (58 years)`; without the age of who has died.
#[must_use]
pub fn born_words(person: &Person) -> Option<String> {
    person.birth_date.as_deref().map(|written| match Date::read(written) {
        None => written.to_owned(),
        Some(date) => match date.age_words(&browser::today()).filter(|_| person.deceased.is_none()) {
            Some(age) => t!("born-with-age", date = date.day_words(), age = age),
            None => date.day_words(),
        },
    })
}

fn allergies(banner: &Banner) -> Html {
    if banner.allergies.is_empty() {
        let words = if banner.no_known_allergies { t!("allergies-none-known") } else { t!("allergies-none-noted") };
        return html! {
            <section class="allergies allergies-none" aria-label={t!("allergies-label")}>
                { icon(Icon::Info) }<p>{ words }</p>
            </section>
        };
    }
    let last = banner.allergies.len() - 1;
    let item = |(at, allergy): (usize, &AllergyLine)| {
        html! {
            <>
                { link(Route::Entry { entry: allergy.entry.0.clone() }, allergy.substance.clone()) }
                { for how_bad(allergy) }
                { for allergy.disputed.then(|| format!(" [{}]", t!("flag-disputed"))) }
                { if at < last { ", " } else { "" } }
            </>
        }
    };
    html! {
        <section class="allergies" aria-label={t!("allergies-label")}>
            { icon(Icon::Warning) }
            <p><strong>{ t!("allergies") }</strong>{ " " }{ for banner.allergies.iter().enumerate().map(item) }</p>
        </section>
    }
}

/// How bad it is, in words.
pub fn how_bad(allergy: &AllergyLine) -> Option<String> {
    let severity = allergy.severity.as_deref().map(severity_words);
    match (severity, &allergy.reaction) {
        (Some(severity), Some(reaction)) => Some(format!(" ({severity}: {reaction})")),
        (Some(severity), None) => Some(format!(" ({severity})")),
        (None, Some(reaction)) => Some(format!(" ({reaction})")),
        (None, None) => None,
    }
}

/// How bad an allergy is; a word that is not known stands as written.
#[must_use]
pub fn severity_words(severity: &str) -> String {
    match severity {
        "high" => t!("severity-high"),
        "low" => t!("severity-low"),
        "severe" => t!("severity-severe"),
        "moderate" => t!("severity-moderate"),
        "mild" => t!("severity-mild"),
        "unable-to-assess" => t!("severity-unknown"),
        other => other.to_owned(),
    }
}
