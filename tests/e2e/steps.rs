//! What a person does in the app, step by step.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::{Texts, counted, texts},
    words::say,
};

/// Long work may take this long on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(120);

/// Who keeps a record.
#[derive(Debug, Clone)]
pub(crate) struct Keeper {
    /// Name as clinics write it.
    pub(crate) name: String,
    /// Day, month and year of birth.
    pub(crate) born: [String; 3],
    /// Male, else female.
    pub(crate) male: bool,
    /// What unlocks.
    pub(crate) passphrase: String,
}

impl Keeper {
    pub(crate) fn new(name: &str, [day, month, year]: [&str; 3], male: bool, passphrase: &str) -> Self {
        Self { name: name.into(), born: [day.into(), month.into(), year.into()], male, passphrase: passphrase.into() }
    }

    /// The person as the record itself notes them when it is started.
    pub(crate) fn founding(&self) -> String {
        let [day, month, year] = &self.born;
        let (name, sex) = (&self.name, if self.male { "male" } else { "female" });
        format!(
            r#"{{"resourceType":"Patient","name":[{{"text":"{name}"}}],"gender":"{sex}","birthDate":"{year}-{month:0>2}-{day:0>2}"}}"#
        )
    }

    /// This person as a FHIR Patient with an id.
    pub(crate) fn resource(&self, id: &str) -> String {
        let (given, family) = self.name.rsplit_once(' ').unwrap_or(("", &self.name));
        let [day, month, year] = &self.born;
        let sex = if self.male { "male" } else { "female" };
        format!(
            r#"{{"resourceType":"Patient","id":"{id}","name":[{{"family":"{family}","given":["{given}"]}}],"gender":"{sex}","birthDate":"{year}-{month:0>2}-{day:0>2}"}}"#
        )
    }
}

pub(crate) fn is(right: bool, otherwise: impl FnOnce() -> String) -> Result<(), Trouble> {
    if right { Ok(()) } else { Err(Trouble::wrong(otherwise())) }
}

/// From the first page to an empty record.
pub(crate) async fn start_record(browser: &Browser, site: &Site, keeper: &Keeper) -> Result<(), Trouble> {
    browser.open(&site.url("")).await?;
    browser.click(&say!("start-begin")).await?;
    choose_passphrase(browser, keeper).await?;
    name_the_record(browser, keeper).await
}

pub(crate) async fn choose_passphrase(browser: &Browser, keeper: &Keeper) -> Result<(), Trouble> {
    browser.heading(&say!("passphrase-title")).await?;
    browser.type_into(&say!("passphrase"), &keeper.passphrase).await?;
    browser.type_into(&say!("passphrase-again"), &keeper.passphrase).await?;
    browser.click(&say!("continue")).await
}

pub(crate) async fn name_the_record(browser: &Browser, keeper: &Keeper) -> Result<(), Trouble> {
    browser.wait_for_within(&say!("new-record-title"), LONG).await?;
    browser.type_into(&say!("name"), &keeper.name).await?;
    for (field, value) in [say!("day"), say!("month"), say!("year")].iter().zip(&keeper.born) {
        browser.type_into(field, value).await?;
    }
    browser.click(&if keeper.male { say!("sex-male-long") } else { say!("sex-female-long") }).await?;
    browser.click(&say!("new-record-begin")).await?;
    browser.heading(&say!("add-title")).await?;
    browser.wait_for(&keeper.name).await
}

/// Types the passphrase at the lock screen and waits until the record is open.
pub(crate) async fn unlock(browser: &Browser, passphrase: &str) -> Result<(), Trouble> {
    browser.heading(&say!("unlock-title")).await?;
    browser.type_into(&say!("passphrase"), passphrase).await?;
    browser.click(&say!("unlock")).await?;
    browser.wait_gone(&say!("unlock-title")).await
}

/// Switches letters off on the page of devices, so that only what a test does goes over.
pub(crate) async fn without_letters(browser: &Browser) -> Result<(), Trouble> {
    go(browser, "#/devices").await?;
    browser.click(&say!("letters-do")).await?;
    browser.wait_for(&say!("letters-off")).await?;
    // What was met by itself is left.
    browser.wait_gone(&say!("device-connected")).await
}

/// Goes to a page of the app by its address, without loading it anew, and waits until it stands there.
pub(crate) async fn go(browser: &Browser, page: &str) -> Result<(), Trouble> {
    // This listener comes after the app's own, and the pause after what that one draws.
    let script = "const [page, done] = arguments;
        if (location.hash === page) return done(0);
        addEventListener('hashchange', () => setTimeout(() => done(0)), { once: true });
        location.hash = page;";
    browser.client()?.execute_async(script, vec![page.into()]).await?;
    browser.text_of("h1").await.map(|_| ())
}

/// Gives a file to the page Add.
pub(crate) async fn choose_file(browser: &Browser, file: &Path) -> Result<(), Trouble> {
    go(browser, "#/add").await?;
    browser.heading(&say!("add-title")).await?;
    browser.upload(&[file]).await
}

/// Adds a file that is about nobody but the person of the record.
pub(crate) async fn add_file(browser: &Browser, file: &Path, entries: usize) -> Result<(), Trouble> {
    choose_file(browser, file).await?;
    browser.heading(&say!("found-title")).await?;
    browser.click(&say!("found-import", count = entries)).await?;
    browser.wait_for_within(&say!("add-done-title", count = entries), LONG).await?;
    browser.click(&say!("add-another")).await?;
    browser.heading(&say!("add-title")).await.map(|_| ())
}

/// Pastes a text into the page Add.
pub(crate) async fn paste(browser: &Browser, text: &str) -> Result<(), Trouble> {
    go(browser, "#/add").await?;
    browser.heading(&say!("add-title")).await?;
    browser.click(&say!("paste-instead")).await?;
    browser.type_into(&say!("paste-label"), text).await?;
    browser.click(&say!("paste-read")).await
}

/// Verifies everything and tells whether all holds.
pub(crate) async fn verify(browser: &Browser) -> Result<bool, Trouble> {
    go(browser, "#/history").await?;
    browser.heading(&say!("nav-history")).await?;
    browser.click(&say!("verify-now")).await?;
    let good = say!("verdict-good");
    let bad = say!("verdict-bad-why");
    let ends = [good.as_str(), bad.as_str(), &say!("problem-heading")];
    Ok(first_of(browser, &ends, LONG).await? == good)
}

/// As what a record is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum As {
    Bundle,
    Ndjson,
}

/// Takes the record out and gives the file.
pub(crate) async fn take_out(browser: &Browser, format: As) -> Result<PathBuf, Trouble> {
    for old in std::fs::read_dir(browser.downloads()).into_iter().flatten().flatten() {
        std::fs::remove_file(old.path()).map_err(|error| Trouble::wrong(error.to_string()))?;
    }
    go(browser, "#/").await?;
    browser.wait_gone(&say!("take-out-lead")).await?;
    go(browser, "#/take-out").await?;
    browser.heading(&say!("nav-take-out")).await?;
    let (choice, ending) = match format {
        As::Bundle => (say!("format-bundle"), ".json"),
        As::Ndjson => (say!("format-ndjson"), ".ndjson"),
    };
    browser.click(&choice).await?;
    browser.click(&say!("continue")).await?;
    browser.click(&say!("take-out-do")).await?;
    browser.wait_for_within(&say!("take-out-saved"), LONG).await?;
    browser.downloaded(ending).await
}

/// Takes the record out and counts the resources in the file, without the one that the app noted at the start.
pub(crate) async fn taken_out(browser: &Browser, format: As, keeper: &Keeper) -> Result<Texts, Trouble> {
    let path = take_out(browser, format).await?;
    let bytes = std::fs::read(&path).map_err(|error| Trouble::wrong(error.to_string()))?;
    let mut taken = counted(&texts(&bytes)?);
    is(taken.remove(&keeper.founding()) == Some(1), || "who was noted at the start did not come out".into())?;
    Ok(taken)
}

/// Waits until the page reads one of these and tells which.
pub(crate) async fn first_of(browser: &Browser, wanted: &[&str], patience: Duration) -> Result<String, Trouble> {
    let start = std::time::Instant::now();
    loop {
        let page = browser.text().await?.to_lowercase();
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(found) = wanted.iter().find(|wanted| page.contains(&wanted.to_lowercase())) {
            return Ok((*found).to_owned());
        }
        if start.elapsed() > patience {
            return Err(Trouble::Absent { wanted: format!("one of {wanted:?}"), page });
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The same resources token for token, or else the first that differs.
pub(crate) fn same(given: &Texts, taken: &Texts) -> Result<(), Trouble> {
    let lost = given.iter().find(|(text, count)| taken.get(*text) != Some(count));
    let more = taken.iter().find(|(text, count)| given.get(*text) != Some(count));
    is(lost.is_none() && more.is_none(), || {
        let [given, taken] = [given, taken].map(|texts| texts.values().sum::<usize>());
        format!("{given} resources went in, {taken} came out; lost: {lost:?}; new or another number: {more:?}")
    })
}

/// Asks for the recovery words and reads them off the page.
pub(crate) async fn shown_words(browser: &Browser) -> Result<Vec<String>, Trouble> {
    browser.click(&say!("recovery-show")).await?;
    browser.heading(&say!("recovery-words-title")).await?;
    let script = "return [...document.querySelectorAll('main ol li')].map((word) => word.innerText.trim())";
    let words = browser.evaluate(script, Vec::new()).await?;
    let words: Vec<String> =
        words.as_array().into_iter().flatten().filter_map(|word| Some(word.as_str()?.to_owned())).collect();
    is(words.len() == 24, || format!("{} words are shown", words.len()))?;
    Ok(words)
}

/// Shows the recovery words and types them back.
pub(crate) async fn finish_recovery(browser: &Browser) -> Result<(), Trouble> {
    go(browser, "#/recovery").await?;
    let words = shown_words(browser).await?;
    browser.click(&say!("recovery-written")).await?;
    browser.heading(&say!("recovery-type-title")).await?;
    for (at, word) in words.iter().enumerate() {
        browser.type_into(&say!("word-of", place = (at + 1).to_string()), word).await?;
    }
    browser.click(&say!("recovery-check")).await?;
    browser.heading(&say!("recovery-done-title")).await.map(|_| ())
}
