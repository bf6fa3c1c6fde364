//! What the app leaves behind where a person does not look: storage, console, network, the window's names.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use base64::{Engine, prelude::BASE64_STANDARD};
use chartchain_tests::{Browser, Kind, Site, Trouble};
use serde_json::Value;

use crate::steps::is;

/// The keys of the list of people start so: they are not secret and the same for everyone.
const PEOPLE: &[u8] = b"chartchain profile: ";

/// Words, names and codes of at least five letters or digits that stand in the values of these JSON texts.
pub(crate) fn words_of(texts: &[String]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        if let Ok(value) = serde_json::from_str(text) {
            gather(&value, &mut words);
        }
    }
    words
}

fn gather(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let parts = text.split(|letter: char| !letter.is_alphabetic()).map(str::to_owned);
            words.extend(parts.filter(|part| part.chars().count() >= 5));
            // Codes hold digits; a shorter one would turn up in any random bytes.
            let codes = text.split(|letter: char| !letter.is_alphanumeric() && letter != '-').map(str::to_owned);
            words.extend(codes.filter(|code| code.len() >= 6 && code.bytes().any(|byte| byte.is_ascii_digit())));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, words)),
        Value::Object(members) => members.values().for_each(|member| gather(member, words)),
        _ => {}
    }
}

/// Every form in which a word could lie in stored bytes.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for spelling in BTreeSet::from([word.to_owned(), word.to_lowercase()]) {
        let bytes = spelling.as_bytes();
        forms.push(spelling.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(spelling.encode_utf16().flat_map(u16::to_be_bytes).collect());
        for before in 0..3 {
            let mut shifted = vec![b'A'; before];
            shifted.extend_from_slice(bytes);
            let text = BASE64_STANDARD.encode(&shifted);
            // Letters at both ends also depend on what stands beside the word.
            let (from, to) = ((before * 8).div_ceil(6), shifted.len() * 8 / 6);
            forms.extend(text.get(from..to).filter(|inner| inner.len() >= 6).map(|inner| inner.as_bytes().to_vec()));
        }
        forms.push(spelling.into_bytes());
    }
    forms
}

/// Looks for words in bytes.
pub(crate) struct Search {
    words: Vec<String>,
    of_form: Vec<usize>,
    machine: AhoCorasick,
}

impl Search {
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Result<Self, Trouble> {
        let words: Vec<String> = words.into_iter().collect();
        let forms = words.iter().enumerate().flat_map(|(at, word)| forms(word).into_iter().map(move |form| (at, form)));
        let (of_form, forms): (Vec<usize>, Vec<Vec<u8>>) = forms.unzip();
        let machine = AhoCorasick::new(forms).map_err(|error| Trouble::wrong(error.to_string()))?;
        Ok(Self { words, of_form, machine })
    }

    /// The first word found.
    pub(crate) fn find(&self, bytes: &[u8]) -> Option<&str> {
        let found = self.machine.find(bytes)?;
        self.of_form.get(found.pattern().as_usize()).and_then(|at| self.words.get(*at)).map(String::as_str)
    }
}

/// Neither IndexedDB nor any other store of the browser holds one of the words, in any form.
pub(crate) async fn expect_sealed(browser: &Browser, search: &Search) -> Result<(), Trouble> {
    let rows = browser.stored_rows().await?;
    is(!rows.is_empty(), || "nothing is stored".into())?;
    for row in &rows {
        let own = row.database.strip_prefix("chartchain-").is_some_and(|name| {
            name == "profile" || name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        is(own && row.store == "rows", || format!("a store is called {}/{}", row.database, row.store))?;
        if !row.key.starts_with(PEOPLE) {
            is(search.find(&row.key).is_none(), || format!("a key holds the word {:?}", search.find(&row.key)))?;
        }
        let found = search.find(&row.value);
        is(found.is_none(), || format!("a row of {} bytes holds the word {found:?}", row.value.len()))?;
    }
    let other = "const done = arguments[arguments.length - 1];
        (async () => {
            const kept = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) kept.push(`${name} ${request.url}`);
            done([JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, kept.join(' ')]);
        })().catch((error) => done([String(error)]));";
    let other = browser.client()?.execute_async(other, Vec::new()).await?;
    let texts: Vec<&str> = other.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let [local, session, cookies, caches] = texts.as_slice() else {
        return Err(Trouble::wrong(format!("the other stores cannot be read: {other}")));
    };
    let local: serde_json::Map<String, Value> = serde_json::from_str(local).unwrap_or_default();
    let looks = ["theme", "text", "language", "kept"];
    is(local.keys().all(|key| looks.contains(&key.as_str())), || format!("localStorage holds {local:?}"))?;
    is(local.values().all(|value| value.as_str().is_some_and(|value| value.len() < 8)), || {
        format!("localStorage holds {local:?}")
    })?;
    is(*session == "{}" && cookies.is_empty(), || format!("sessionStorage {session}, cookies {cookies}"))?;
    is(search.find(caches.as_bytes()).is_none(), || format!("caches hold {caches}"))
}

/// Nothing complains, and no line of the console holds a word of the record.
pub(crate) async fn expect_nothing_told(browser: &mut Browser, site: &Site, words: &Search) -> Result<(), Trouble> {
    browser.expect_no_complaints().await?;
    // What the browser recommends are its own words.
    for line in browser.console().await?.into_iter().filter(|line| !line.starts_with("recommendation")) {
        // An address of the page's own files says nothing of anyone.
        let line = line.replace(&site.url(""), "");
        let found = words.find(line.as_bytes());
        is(found.is_none(), || format!("the console reads {line}, with {found:?}"))?;
    }
    Ok(())
}

/// Nothing is told, nothing came from elsewhere, and the window has no names that a page without the app does not have.
pub(crate) async fn expect_quiet(browser: &mut Browser, site: &Site, words: &Search) -> Result<(), Trouble> {
    expect_nothing_told(browser, site, words).await?;
    let loaded = browser.evaluate("return performance.getEntries().map((entry) => entry.name)", Vec::new()).await?;
    for name in loaded.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let foreign = name.contains("://") && !name.starts_with(&site.url("")) && !name.starts_with("blob:");
        is(!foreign, || format!("the page asked for {name}"))?;
    }
    let address = browser.client()?.current_url().await?;
    is(words.find(address.as_str().as_bytes()).is_none(), || format!("the address is {address}"))?;
    expect_no_globals(browser, site).await
}

async fn expect_no_globals(browser: &Browser, site: &Site) -> Result<(), Trouble> {
    if browser.kind() == Kind::Firefox {
        // Its driver looks from beside the page, where the page's own names are hidden; they are the same as in Chromium.
        return Ok(());
    }
    let names = || async {
        let names = browser.evaluate("return Object.getOwnPropertyNames(window)", Vec::new()).await?;
        let names = names.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned()));
        Ok::<BTreeSet<String>, Trouble>(names.collect())
    };
    let ours = names().await?;
    let here = browser.client()?.current_url().await?;
    browser.open(&site.url("css/tokens.css")).await?;
    let plain = names().await?;
    browser.open(here.as_str()).await?;
    // Two are of the driver, which leaves them where it has worked.
    let drivers = ["ret_nodes", "se_exportedFunctionSymbol"];
    let more: Vec<&String> = ours.difference(&plain).filter(|name| !drivers.contains(&name.as_str())).collect();
    is(more.is_empty(), || format!("the window has names of ours: {more:?}"))
}

#[test]
fn a_word_is_found_in_every_form_in_which_it_can_lie_in_bytes() {
    let search = Search::new(["Hydrochlor".to_owned()]).unwrap();
    for before in 0..3 {
        let mut bytes = vec![200; before];
        bytes.extend_from_slice(b"(Hydrochlor)");
        assert_eq!(search.find(BASE64_STANDARD.encode(&bytes).as_bytes()), Some("Hydrochlor"), "{before} bytes before");
        assert_eq!(search.find(&bytes), Some("Hydrochlor"));
    }
    let wide: Vec<u8> = "of hydrochlor".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(search.find(&wide), Some("Hydrochlor"));
    assert_eq!(search.find(b"Hydro chlor"), None);
}

#[test]
fn words_and_codes_of_a_record_are_gathered_from_its_values() {
    let text =
        r#"{"resourceType":"Observation","code":{"text":"Systolic blood pressure","coding":[{"code":"8480-6"}]}}"#;
    let words = words_of(&[text.to_owned()]);
    let wanted = ["8480-6", "Observation", "Systolic", "blood", "pressure"];
    assert_eq!(words.iter().map(String::as_str).collect::<Vec<_>>(), wanted);
}
