//! Several people on one device, their recovery words, and their leaving.

use std::collections::BTreeSet;

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::Given,
    in_both_browsers,
    steps::{self, Keeper, is, shown_words},
    traces::{self, Search},
    words::say,
};

in_both_browsers!(two_people_share_a_device_and_see_nothing_of_each_other);
in_both_browsers!(the_recovery_card_is_done_with_the_right_words_only);
in_both_browsers!(a_forgotten_passphrase_is_replaced_with_the_recovery_words);
in_both_browsers!(a_lost_record_comes_back_from_its_backup_and_the_words);

async fn two_people_share_a_device_and_see_nothing_of_each_other(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let given = Given::person()?;
    let first = given.keeper()?;
    let second = Keeper::new("Marisol Quennell", ["30", "1", "1990"], false, "quarry velvet sixpence");
    steps::start_record(browser, site, &first).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    browser.click(&say!("lock")).await?;
    browser.heading(&say!("unlock-title")).await?;
    let before = databases(browser).await?;
    is(before.len() == 2, || format!("one person has {before:?}"))?;

    browser.click(&say!("unlock-add-person")).await?;
    steps::choose_passphrase(browser, &second).await?;
    steps::name_the_record(browser, &second).await?;
    let measurements = Given::measurements(&second, 30)?;
    steps::add_file(browser, &measurements.path, measurements.texts.len()).await?;
    for page in ["#/", "#/timeline", "#/records", "#/history", "#/settings"] {
        steps::go(browser, page).await?;
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        let text = browser.text().await?;
        is(!text.contains(&first.name), || format!("{page} of one person shows the other:\n{text}"))?;
    }
    is(databases(browser).await?.len() == 3, || "the second person has no store of their own".into())?;

    // Each passphrase opens its own record only.
    browser.click(&say!("switch-person")).await?;
    browser.heading(&say!("unlock-who")).await?;
    browser.click(&say!("emblem-lantern")).await?;
    browser.type_into(&say!("passphrase"), &first.passphrase).await?;
    browser.click(&say!("unlock")).await?;
    browser.wait_for(&say!("fault-wrong-passphrase")).await?;
    browser.click(&say!("unlock-someone-else")).await?;
    browser.click(&say!("emblem-heron")).await?;
    steps::unlock(browser, &first.passphrase).await?;
    steps::go(browser, "#/").await?;
    browser.wait_for(&first.name).await?;
    is(!browser.text().await?.contains(&second.name), || "the first person sees the second".into())?;
    browser.click(&say!("lock")).await?;

    // The second leaves: nothing of theirs is left, the first keeps everything.
    browser.click(&say!("emblem-lantern")).await?;
    steps::unlock(browser, &second.passphrase).await?;
    steps::go(browser, "#/delete").await?;
    browser.heading(&say!("delete-question")).await?;
    browser.type_into(&say!("passphrase"), "not the passphrase").await?;
    browser.click(&say!("delete-do")).await?;
    browser.wait_for(&say!("fault-wrong-passphrase")).await?;
    browser.type_into(&say!("passphrase"), &second.passphrase).await?;
    browser.click(&say!("delete-do")).await?;
    browser.wait_for(&say!("unlock-title")).await?;
    is(databases(browser).await? == before, || "the store of a person who left is still there".into())?;
    steps::unlock(browser, &first.passphrase).await?;
    is(steps::verify(browser).await?, || "the record of who stayed does not hold".into())?;
    browser.expect_no_complaints().await
}

/// Databases of this origin that hold at least one row.
async fn databases(browser: &Browser) -> Result<BTreeSet<String>, Trouble> {
    Ok(browser.stored_rows().await?.into_iter().map(|row| row.database).collect())
}

async fn the_recovery_card_is_done_with_the_right_words_only(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Tobias Wrenfield", ["5", "5", "1955"], true, "harbour nickel drumbeat");
    steps::start_record(browser, site, &keeper).await?;
    steps::go(browser, "#/").await?;
    browser.click(&say!("recovery-card-do")).await?;
    let words = shown_words(browser).await?;
    // Shorter ones turn up in any random bytes, and one of the words may be “cover”, as in the address of this page.
    let secrets = words.iter().filter(|word| word.len() >= 5 && !"recovery".contains(word.as_str())).cloned();
    let secrets = Search::new(secrets.chain(["Wrenfield", "Tobias", "harbour nickel", "drumbeat"].map(str::to_owned)))?;
    traces::expect_sealed(browser, &secrets).await?;

    browser.click(&say!("recovery-written")).await?;
    browser.heading(&say!("recovery-type-title")).await?;
    let wrong = if words.get(4).is_some_and(|word| word == "abandon") { "zoo" } else { "abandon" };
    for (at, word) in words.iter().enumerate() {
        let field = say!("word-of", place = (at + 1).to_string());
        browser.type_into(&field, if at == 4 { wrong } else { word }).await?;
    }
    browser.click(&say!("recovery-check")).await?;
    browser.wait_for(&say!("recovery-wrong-at", place = "5")).await?;
    let page = browser.text().await?;
    is(!page.contains(&say!("recovery-wrong-at", place = "6")), || format!("a right word is called wrong:\n{page}"))?;
    let right = words.get(4).map(String::as_str).unwrap_or_default();
    browser.type_into(&say!("word-of", place = "5"), right).await?;
    browser.click(&say!("recovery-check")).await?;
    browser.heading(&say!("recovery-done-title")).await?;

    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    steps::go(browser, "#/").await?;
    browser.heading(&say!("home-record")).await?;
    // The words are done; what lacks is a backup, and the card says so until there is one.
    browser.wait_for(&say!("recovery-card-backup-why")).await?;
    browser.click(&say!("backup-open")).await?;
    browser.click(&say!("backup-do")).await?;
    browser.heading(&say!("backup-saved")).await?;
    steps::go(browser, "#/").await?;
    browser.wait_for(say!("copies-backup", date = "").trim()).await?;
    is(!browser.text().await?.contains(&say!("recovery-card-title")), || "the card is still to be done".into())?;
    steps::go(browser, "#/recovery").await?;
    browser.click(&say!("recovery-show")).await?;
    browser.wait_for(&say!("recovery-already")).await?;
    traces::expect_sealed(browser, &secrets).await?;
    traces::expect_quiet(browser, site, &secrets).await
}

/// The recovery words, from the page that shows them.
async fn a_forgotten_passphrase_is_replaced_with_the_recovery_words(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = Keeper::new("Una Thistlewood", ["9", "12", "1961"], false, "meadow copper whistle");
    steps::start_record(browser, site, &keeper).await?;
    steps::go(browser, "#/recovery").await?;
    let words = shown_words(browser).await?;
    browser.click(&say!("lock")).await?;
    browser.heading(&say!("unlock-title")).await?;

    browser.click(&say!("forgotten-title")).await?;
    browser.click(&say!("forgotten-use-words")).await?;
    browser.heading(&say!("forgotten-words-title")).await?;
    let wrong = if words.get(11).is_some_and(|word| word == "abandon") { "zoo" } else { "abandon" };
    let mut typed = words.clone();
    if let Some(word) = typed.get_mut(11) {
        wrong.clone_into(word);
    }
    // All of them pasted into the first field spread over the rest.
    browser.type_into(&say!("word-of", place = "1"), &typed.join(" ")).await?;
    let chosen = "saddle ribbon cobalt";
    browser.type_into(&say!("passphrase"), chosen).await?;
    browser.type_into(&say!("passphrase-again"), chosen).await?;
    browser.click(&say!("forgotten-open")).await?;
    let right = words.get(11).cloned().unwrap_or_default();
    browser.wait_for(&say!("recovery-meant-at", place = "12", meant = right.clone())).await?;
    browser.type_into(&say!("word-of", place = "12"), &right).await?;
    browser.click(&say!("forgotten-open")).await?;
    browser.wait_for(&keeper.name).await?;

    steps::go(browser, "#/settings").await?;
    browser.click(&say!("passphrase-change-title")).await?;
    browser.heading(&say!("passphrase-change-title")).await?;
    let last = "thimble orchard seven";
    browser.type_into(&say!("passphrase-old"), &keeper.passphrase).await?;
    browser.type_into(&say!("passphrase"), last).await?;
    browser.type_into(&say!("passphrase-again"), last).await?;
    browser.click(&say!("passphrase-change")).await?;
    browser.wait_for(&say!("fault-wrong-passphrase")).await?;
    browser.type_into(&say!("passphrase-old"), chosen).await?;
    browser.click(&say!("passphrase-change")).await?;
    browser.heading(&say!("nav-settings")).await?;
    browser.reload().await?;
    steps::unlock(browser, last).await?;
    is(steps::verify(browser).await?, || "the record does not hold".into())?;
    browser.expect_no_complaints().await
}

async fn a_lost_record_comes_back_from_its_backup_and_the_words(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let given = Given::person()?;
    let keeper = given.keeper()?;
    steps::start_record(browser, site, &keeper).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    let before = steps::taken_out(browser, steps::As::Bundle, &keeper).await?;
    steps::go(browser, "#/recovery").await?;
    let words = shown_words(browser).await?.join(" ");
    steps::go(browser, "#/take-out").await?;
    browser.click(&say!("backup-open")).await?;
    browser.heading(&say!("backup-title")).await?;
    browser.click(&say!("backup-do")).await?;
    browser.heading(&say!("backup-saved")).await?;
    let file = browser.downloaded(".backup").await?;
    let sealed = std::fs::read(&file).map_err(|error| Trouble::wrong(error.to_string()))?;
    let name = keeper.name.as_bytes();
    is(!sealed.windows(name.len()).any(|part| part == name), || "the backup shows a name".into())?;

    // The record is lost with everything on this device.
    steps::go(browser, "#/delete").await?;
    browser.type_into(&say!("passphrase"), &keeper.passphrase).await?;
    browser.click(&say!("delete-do")).await?;
    browser.heading(&say!("start-title")).await?;
    let nobody = databases(browser).await?;
    browser.click(&say!("start-restore")).await?;
    browser.heading(&say!("restore-title")).await?;
    let half = file.with_file_name("half.backup");
    let cut = sealed.get(..sealed.len() / 2).unwrap_or_default();
    std::fs::write(&half, cut).map_err(|error| Trouble::wrong(error.to_string()))?;
    browser.upload(&[&half]).await?;
    browser.type_into(&say!("word-of", place = "1"), &words).await?;
    let passphrase = "pebble lantern fourteen";
    browser.type_into(&say!("passphrase"), passphrase).await?;
    browser.type_into(&say!("passphrase-again"), passphrase).await?;
    browser.click(&say!("restore-do")).await?;
    browser.wait_for("not whole").await?;
    is(databases(browser).await? == nobody, || "half a backup left something".into())?;
    browser.upload(&[&file]).await?;
    browser.click(&say!("restore-do")).await?;
    browser.heading(&say!("home-record")).await?;
    browser.wait_for(&keeper.name).await?;
    let after = steps::taken_out(browser, steps::As::Bundle, &keeper).await?;
    steps::same(&before, &after)?;
    is(steps::verify(browser).await?, || "what came back does not hold".into())?;
    browser.reload().await?;
    steps::unlock(browser, passphrase).await?;
    browser.wait_for(&keeper.name).await?;
    browser.expect_no_complaints().await
}
