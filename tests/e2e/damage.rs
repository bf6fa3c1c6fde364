//! Bits that change at rest.

use std::{collections::BTreeMap, time::Duration};

use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::{Given, Texts},
    in_both_browsers,
    steps::{self, As, Keeper, first_of, is, same},
    words::say,
};

in_both_browsers!(a_bit_that_flips_at_rest_is_told_or_changes_nothing);

const FLIPS: u64 = 20;
/// So many of them hit the list of people, which is small, not sealed, and there twice.
const IN_PROFILE: u64 = 4;

async fn a_bit_that_flips_at_rest_is_told_or_changes_nothing(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let given = Given::person()?;
    let keeper = given.keeper()?;
    steps::start_record(browser, site, &keeper).await?;
    steps::add_file(browser, &given.path, given.texts.len()).await?;
    let whole = steps::taken_out(browser, As::Ndjson, &keeper).await?;
    browser.reload().await?;
    browser.heading(&say!("unlock-title")).await?;
    browser.keep_stored().await?;

    let places = places(browser).await?;
    let (mut told, mut random) = (0, Random(0x5EED));
    for flip in 0..FLIPS {
        let group = if flip < IN_PROFILE { &places.profile } else { &places.record };
        let (database, row) = random.pick(group)?;
        let bit = random.next();
        is(browser.flip_stored_bit(&database, "rows", row, bit).await?, || "a row holds no bytes".into())?;
        let place = format!("flip {flip}: bit {bit} of row {row} of {database}");
        let seen = after_a_flip(browser, &keeper, &whole).await;
        told += usize::from(seen.map_err(|trouble| Trouble::wrong(format!("{place}: {trouble}")))?);
        browser.restore_stored().await?;
    }
    is(told >= 10, || format!("only {told} of {FLIPS} flips were told: the flips miss what is stored"))?;
    // What was put back is whole again.
    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    is(steps::verify(browser).await?, || "the record does not hold after the flips were undone".into())
}

struct Places {
    profile: Vec<(String, usize)>,
    record: Vec<(String, usize)>,
}

/// Every stored row: its database and its place there.
async fn places(browser: &Browser) -> Result<Places, Trouble> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut places = Places { profile: Vec::new(), record: Vec::new() };
    for row in browser.stored_rows().await?.into_iter().filter(|row| !row.database.starts_with("kept")) {
        let at = seen.entry(row.database.clone()).or_default();
        let group = if row.database.ends_with("profile") { &mut places.profile } else { &mut places.record };
        group.push((row.database, *at));
        *at += 1;
    }
    is(!places.profile.is_empty() && places.record.len() > 3, || "there are few rows".into())?;
    Ok(places)
}

/// True if the app told of it, false if it had no effect.
async fn after_a_flip(browser: &Browser, keeper: &Keeper, whole: &Texts) -> Result<bool, Trouble> {
    browser.reload().await?;
    let start = first_of(browser, &[&say!("unlock-title"), &say!("broken-title")], steps::LONG).await?;
    if start == say!("broken-title") {
        return Ok(true);
    }
    browser.type_into(&say!("passphrase"), &keeper.passphrase).await?;
    browser.click(&say!("unlock")).await?;
    let problem = say!("error-heading");
    let outcomes = [problem.as_str(), &say!("problem-heading"), &say!("broken-title"), &say!("nav-control")];
    if first_of(browser, &outcomes, Duration::from_secs(60)).await? != say!("nav-control") {
        return Ok(true);
    }
    if !steps::verify(browser).await? {
        return Ok(true);
    }
    same(whole, &steps::taken_out(browser, As::Ndjson, keeper).await?)?;
    Ok(false)
}

/// The same sequence at every run (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        // JavaScript's numbers hold 53 bits.
        (mixed ^ (mixed >> 31)) >> 16
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> Result<T, Trouble> {
        let at = usize::try_from(self.next()).unwrap_or(0) % of.len().max(1);
        of.get(at).cloned().ok_or_else(|| Trouble::wrong("nothing to pick from"))
    }
}
