//! Why an entry can be trusted: how firmly it holds, who signed it, which block carries it.

use chartchain_vault::protocol::EntryPage;
use yew::prelude::*;

use crate::components::button::link;
use crate::components::ring;
use crate::components::summary::{row, summary};
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::members::signer_words;
use crate::view::{dates, statuses};

/// The card.
pub fn trust(page: &EntryPage) -> Html {
    let block = &page.block;
    let signed = browser::local(block.at_ms).words();
    let by = match &page.line.signer {
        Some(signer) => signer_words(signer),
        None if block.this_device => t!("signed-by-you"),
        None => t!("signed-by-other"),
    };
    let first = page.line.first_signer.as_ref().map(|first| t!("signed-first-by", first = signer_words(first)));
    let doubtful = block.time_doubtful.then(|| t!("time-doubtful"));
    let source = page.line.source.as_ref().filter(|_| !page.line.by_hand);
    let brought = page.brought_in.as_ref().map(|from| {
        let name = if from.name.is_empty() { t!("pasted") } else { from.name.clone() };
        row(
            t!("brought-in"),
            html! { { t!("brought-in-from", name = name, date = browser::local(from.at_ms).words()) } },
            Some(t!("file-digest", digest = short(&from.sha256))),
        )
    });
    let (segment, place) = page.place;
    let written = page.line.when.as_ref().map(|when| {
        let zone = dates::zone_words(when);
        row(t!("date-written"), html! { <span class="mono">{ &when.written }</span> }, zone)
    });
    let codes = (!page.codes.is_empty()).then(|| {
        let codes = page.codes.iter().map(|code| {
            let system = code.system.as_deref().map(system_words).unwrap_or_default();
            html! { <div><span class="mono">{ &code.code }</span>{ " " }<span class="quiet">{ system }</span></div> }
        });
        row(t!("codes"), html! { <>{ for codes }</> }, None)
    });
    let rows = [
        Some(row(t!("signed-by"), html! { { by } }, first)),
        Some(row(t!("signed-on"), html! { { signed } }, doubtful)),
        source.map(|source| row(t!("recorded-by"), html! { { source } }, Some(t!("recorded-by-note")))),
        brought,
        written,
        codes,
        Some(row(t!("group"), html! { { statuses::compartment_words(page.compartment) } }, None)),
        Some(row(
            t!("block"),
            html! { <span class="mono" title={block.hash.clone()}>{ short(&block.hash) }</span> },
            Some(t!(
                "block-place",
                seq = block.seq.to_string(),
                segment = segment.to_string(),
                row = place.to_string()
            )),
        )),
    ];
    html! {
        <div class="card stack-m">
            <div class="trust-head">{ ring::ring(page.line.status) }<h3>{ statuses::words(page.line.status) }</h3></div>
            <p class="dense">{ t!("trust-words") }{ " " }{ link(Route::History, t!("trust-verify")) }</p>
            { summary(rows.into_iter().flatten()) }
        </div>
    }
}

/// The start and the end of a long hash.
#[must_use]
pub fn short(hash: &str) -> String {
    match (hash.get(..10), hash.len().checked_sub(6).and_then(|at| hash.get(at..))) {
        (Some(start), Some(end)) if hash.len() > 20 => format!("{start}…{end}"),
        _ => hash.to_owned(),
    }
}

/// The name that people know a code system by.
fn system_words(system: &str) -> String {
    match system {
        "http://loinc.org" => "LOINC".into(),
        "http://snomed.info/sct" => "SNOMED CT".into(),
        "http://www.nlm.nih.gov/research/umls/rxnorm" => "RxNorm".into(),
        "http://hl7.org/fhir/sid/cvx" => "CVX".into(),
        "http://hl7.org/fhir/sid/icd-10" | "http://hl7.org/fhir/sid/icd-10-cm" => "ICD-10".into(),
        "http://www.whocc.no/atc" => "ATC".into(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_shortened_and_a_short_one_stays() {
        assert_eq!(short(&"ab".repeat(32)), "ababababab…ababab");
        assert_eq!(short("abc"), "abc");
    }
}
