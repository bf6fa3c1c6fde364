//! A month of a family's records, for a stranger to replay: three people in the care of one, an import, an entry a day
//! in turn, mended and withdrawn ones, locks, kills, a backup, and the whole browser lost. In the end everything is
//! found again, in its own record and nowhere else, and verified.

use std::collections::BTreeMap;

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::{Given, Texts},
    in_both_browsers,
    people::shown_words,
    steps::{self, As, Keeper, LONG, is},
    words::say,
};

in_both_browsers!(a_month_of_a_family_is_all_found_again);

const DAYS: usize = 30;

/// What the family knows to be in its records: by person, the titles of notes, and of those the ones that still hold.
#[derive(Default)]
struct Known {
    standing: BTreeMap<usize, Vec<String>>,
    withdrawn: BTreeMap<usize, Vec<String>>,
}

async fn a_month_of_a_family_is_all_found_again(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let given = Given::person()?;
    let family = [
        given.keeper()?,
        Keeper::new("Ottilie Fenwright", ["2", "4", "2015"], false, ""),
        Keeper::new("Bastian Fenwright", ["19", "11", "2018"], true, ""),
    ];
    let [parent, ..] = &family;
    steps::start_record(browser, site, parent).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    for child in family.iter().skip(1) {
        steps::go(browser, "#/records/new").await?;
        steps::name_the_record(browser, child).await?;
    }
    let mut known = Known::default();
    for day in 0..DAYS {
        let person = day % family.len();
        if let Some(keeper) = family.get(person) {
            open(browser, &keeper.name).await?;
        }
        one_day(browser, day, person, &mut known).await?;
        match day % 7 {
            // The phone runs out of power the moment that the entry is saved.
            2 => {
                browser.kill();
                browser.reopen().await?;
                browser.open(&site.url("")).await?;
                steps::unlock(browser, &parent.passphrase).await?;
            }
            5 => {
                browser.click(&say!("lock")).await?;
                steps::unlock(browser, &parent.passphrase).await?;
            }
            _ => {}
        }
    }
    let before = look(browser, &family, &known).await?;

    open(browser, &parent.name).await?;
    steps::go(browser, "#/recovery").await?;
    let words = shown_words(browser).await?.join(" ");
    steps::go(browser, "#/backup").await?;
    browser.heading(&say!("backup-title")).await?;
    browser.click(&say!("backup-do")).await?;
    browser.heading(&say!("backup-saved")).await?;
    let file = browser.downloaded(".backup").await?;
    steps::go(browser, "#/delete").await?;
    browser.type_into(&say!("passphrase"), &parent.passphrase).await?;
    browser.click(&say!("delete-do")).await?;
    browser.heading(&say!("start-title")).await?;

    let passphrase = "pebble lantern fourteen";
    browser.click(&say!("start-restore")).await?;
    browser.heading(&say!("restore-title")).await?;
    browser.upload(&[&file]).await?;
    browser.type_into(&say!("word-of", place = "1"), &words).await?;
    browser.type_into(&say!("passphrase"), passphrase).await?;
    browser.type_into(&say!("passphrase-again"), passphrase).await?;
    browser.click(&say!("restore-do")).await?;
    browser.wait_for_within(&say!("records-title"), LONG).await?;
    let after = look(browser, &family, &known).await?;
    for (before, after) in before.iter().zip(&after) {
        steps::same(before, after)?;
    }
    browser.reload().await?;
    steps::unlock(browser, passphrase).await?;
    browser.expect_no_complaints().await
}

/// Opens the record of the person of this name.
async fn open(browser: &Browser, name: &str) -> Result<(), Trouble> {
    steps::go(browser, "#/records").await?;
    browser.heading(&say!("records-title")).await?;
    browser.click(name).await?;
    browser.heading(&say!("home-record")).await?;
    browser.wait_for(name).await
}

/// A note, which every third day is withdrawn again and every fifth day mended.
async fn one_day(browser: &Browser, day: usize, person: usize, known: &mut Known) -> Result<(), Trouble> {
    let title = format!("Day {day} of person {person}");
    write_note(browser, &title).await?;
    if day % 5 == 4 {
        let mended = format!("{title}, mended");
        browser.click(&say!("amend")).await?;
        browser.heading(&say!("amend-title")).await?;
        browser.type_into(&say!("ask-title"), &mended).await?;
        browser.click(&say!("write-save")).await?;
        browser.heading(&mended).await?;
        known.standing.entry(person).or_default().push(mended);
    } else if day % 3 == 2 {
        browser.click(&say!("withdraw")).await?;
        browser.heading(&say!("withdraw-question")).await?;
        browser.click(&say!("withdraw-do")).await?;
        browser.wait_for(&say!("acts-wrong")).await?;
        known.withdrawn.entry(person).or_default().push(title);
    } else {
        known.standing.entry(person).or_default().push(title);
    }
    Ok(())
}

async fn write_note(browser: &Browser, title: &str) -> Result<(), Trouble> {
    steps::go(browser, "#/write/7").await?;
    browser.heading(&say!("sort-note")).await?;
    browser.type_into(&say!("ask-title"), title).await?;
    browser.type_into(&say!("ask-text"), "Slept well, ate little.").await?;
    browser.click(&say!("write-save")).await?;
    browser.heading(title).await.map(|_| ())
}

/// Verifies each record, takes it out, and holds it against what is known. Gives what was taken out.
async fn look(browser: &Browser, family: &[Keeper], known: &Known) -> Result<Vec<Texts>, Trouble> {
    let mut all = Vec::new();
    for (person, keeper) in family.iter().enumerate() {
        open(browser, &keeper.name).await?;
        is(steps::verify(browser).await?, || format!("the record of person {person} does not hold"))?;
        let taken = steps::taken_out(browser, As::Ndjson, keeper).await?;
        let text: String = taken.keys().map(String::as_str).collect();
        for title in known.standing.get(&person).into_iter().flatten() {
            is(text.contains(&format!("\"{title}\"")), || format!("{title} is lost"))?;
        }
        for other in (0..family.len()).filter(|other| *other != person) {
            is(!text.contains(&format!("of person {other}")), || format!("{other} is in the record of {person}"))?;
        }
        all.push(taken);
    }
    Ok(all)
}
