//! A month of a family's records, for a stranger to replay: three people in the care of one, an import, an entry a day
//! in turn, mended, withdrawn and erased ones, a week without a network and two days of it in two tabs, locks, kills, a
//! backup, and the whole browser lost. In the end everything is found again, in its own record and nowhere else, and
//! verified.

use std::collections::BTreeMap;

use chartchain_tests::{Browser, Site, Trouble};
use fantoccini::wd::WindowHandle;

use crate::{
    given::{Given, Texts},
    in_both_browsers,
    offline::{Kept, until_kept},
    steps::{self, As, Keeper, LONG, is, shown_words},
    words::say,
};

in_both_browsers!(a_month_of_a_family_is_all_found_again);

const DAYS: usize = 30;

/// On the days before the first of these and from the last one on there is a network; on the days before the second
/// one of them the family writes in two tabs in turn.
const WITHOUT_NETWORK: [usize; 3] = [13, 15, 20];

/// What the family knows to be in its records: by person, the titles of notes that are there and of those that are not
/// to be there any more.
#[derive(Default)]
struct Known {
    standing: BTreeMap<usize, Vec<String>>,
    erased: BTreeMap<usize, Vec<String>>,
}

async fn a_month_of_a_family_is_all_found_again(browser: &mut Browser, _: &Site) -> Result<(), Trouble> {
    let mut app = Kept::serve().await?;
    let given = Given::person()?;
    let family = [
        given.keeper()?,
        Keeper::new("Ottilie Fenwright", ["2", "4", "2015"], false, ""),
        Keeper::new("Bastian Fenwright", ["19", "11", "2018"], true, ""),
    ];
    let [parent, ..] = &family;
    browser.open(&app.url("")).await?;
    browser.click(&say!("start-begin")).await?;
    steps::choose_passphrase(browser, parent).await?;
    steps::name_the_record(browser, parent).await?;
    until_kept(browser).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    for child in family.iter().skip(1) {
        steps::go(browser, "#/records/new").await?;
        steps::name_the_record(browser, child).await?;
    }
    let mut known = Known::default();
    let [from, one_tab_from, until] = WITHOUT_NETWORK;
    let mut other_tab = None;
    for day in 0..DAYS {
        let person = day % family.len();
        if day == from {
            app.go_offline();
            other_tab = Some(second_tab(browser, &app, parent).await?);
        } else if day == until {
            app.go_online().await?;
        }
        if day == one_tab_from
            && let Some(other) = other_tab.take()
        {
            let client = browser.client()?;
            client.close_window().await?;
            client.switch_to_window(other).await?;
        }
        if let Some(other) = &mut other_tab {
            let client = browser.client()?;
            let this = client.window().await?;
            client.switch_to_window(core::mem::replace(other, this)).await?;
        }
        if let Some(keeper) = family.get(person) {
            open(browser, &keeper.name).await?;
        }
        one_day(browser, day, person, &mut known).await?;
        match day % 7 {
            // The phone runs out of power the moment that the entry is saved.
            2 => {
                browser.kill();
                browser.reopen().await?;
                browser.open(&app.url("")).await?;
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

/// The records, unlocked in a second tab, which is in front. Gives the first one.
async fn second_tab(browser: &Browser, app: &Kept, keeper: &Keeper) -> Result<WindowHandle, Trouble> {
    let client = browser.client()?;
    let first = client.window().await?;
    let second = client.new_window(true).await?.handle;
    client.switch_to_window(second).await?;
    browser.open(&app.url("")).await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    Ok(first)
}

/// Opens the record of the person of this name.
async fn open(browser: &Browser, name: &str) -> Result<(), Trouble> {
    steps::go(browser, "#/records").await?;
    browser.heading(&say!("records-title")).await?;
    browser.click(name).await?;
    browser.heading(&say!("home-record")).await?;
    browser.wait_for(name).await
}

/// A note, which on some days is erased again, mended or withdrawn.
async fn one_day(browser: &Browser, day: usize, person: usize, known: &mut Known) -> Result<(), Trouble> {
    let title = format!("Day {day} of person {person}");
    write_note(browser, &title).await?;
    if day % 10 == 6 {
        browser.click(&say!("erase")).await?;
        browser.heading(&say!("erase-question")).await?;
        browser.click(&say!("erase-do")).await?;
        browser.heading(&say!("nav-timeline")).await?;
        known.erased.entry(person).or_default().push(title);
    } else if day % 5 == 4 {
        let mended = format!("{title}, mended");
        browser.click(&say!("amend")).await?;
        browser.heading(&say!("amend-title")).await?;
        browser.type_into(&say!("ask-title"), &mended).await?;
        browser.click(&say!("write-save")).await?;
        let shown = browser.heading(&mended).await?;
        is(shown == mended, || format!("what was mended reads {shown}"))?;
        known.standing.entry(person).or_default().push(mended);
    } else if day % 3 == 2 {
        browser.click(&say!("withdraw")).await?;
        browser.heading(&say!("withdraw-question")).await?;
        browser.click(&say!("withdraw-do")).await?;
        browser.wait_for(&say!("acts-wrong")).await?;
        known.standing.entry(person).or_default().push(title);
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
            is(text.contains(&format!("\"{title}\"")), || {
                let days = text.split("\"Day ").skip(1).filter_map(|rest| rest.split('"').next());
                format!("{title} is lost; there are days {:?}", days.collect::<Vec<_>>())
            })?;
        }
        for title in known.erased.get(&person).into_iter().flatten() {
            is(!text.contains(&format!("\"{title}\"")), || format!("{title} is back"))?;
        }
        for other in (0..family.len()).filter(|other| *other != person) {
            is(!text.contains(&format!("of person {other}")), || format!("{other} is in the record of {person}"))?;
        }
        all.push(taken);
    }
    Ok(all)
}
