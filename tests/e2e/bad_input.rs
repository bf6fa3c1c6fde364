//! Files that are not what they should be, and files about others.

use chartchain_synth::observations;
use chartchain_tests::{Browser, Site, Trouble};

use crate::{
    given::{Given, about, counted},
    in_both_browsers,
    steps::{self, As, Keeper, is, same},
    words::say,
};

in_both_browsers!(what_cannot_be_read_is_told_and_changes_nothing);
in_both_browsers!(only_what_belongs_to_the_person_comes_in_unless_they_insist);

fn keeper() -> Keeper {
    Keeper::new("Orla Brandvold", ["14", "3", "1968"], false, "thimble orchard ninety")
}

async fn what_cannot_be_read_is_told_and_changes_nothing(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = keeper();
    steps::start_record(browser, site, &keeper).await?;
    let deep = format!("{{\"resourceType\":\"Basic\",\"x\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let bad: [(&str, Vec<u8>, String); 7] = [
        (
            "letter.json",
            b"Dear patient,\nyour results are fine.".to_vec(),
            say!("unreadable-not-json", line = "1", column = "1"),
        ),
        (
            "cut.json",
            br#"{"resourceType":"Patient","name":[{"fam"#.to_vec(),
            say!("unreadable-not-json", line = "1", column = "40"),
        ),
        (
            "latin.json",
            b"{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"Ren\xe9e\"}]}".to_vec(),
            say!("unreadable-encoding"),
        ),
        ("letter.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n".to_vec(), say!("unreadable-format", format = "PDF")),
        ("empty.json", Vec::new(), say!("unreadable-empty")),
        ("deep.json", deep.into_bytes(), say!("unreadable-too-deep")),
        ("list.json", br#"{"patients":["Ada"]}"#.to_vec(), say!("unreadable-not-fhir")),
    ];
    for (name, bytes, wanted) in bad {
        let file = Given::file(name, &bytes)?;
        steps::choose_file(browser, &file.path).await?;
        refused(browser, name, &wanted).await?;
    }
    let most = format!("{} MB", chartchain_fhir::MAX_BYTES / 1_000_000);
    let huge = Given::hollow("everything.json", 2 << 30)?;
    steps::choose_file(browser, &huge.path).await?;
    refused(browser, "everything.json", &say!("unreadable-too-large", size = most)).await?;
    is(steps::taken_out(browser, As::Ndjson, &keeper).await?.is_empty(), || "something came in".into())?;
    browser.expect_no_complaints().await
}

/// The page says that the file was refused and why; the way back leads to another try.
async fn refused(browser: &Browser, name: &str, why: &str) -> Result<(), Trouble> {
    let told = |trouble| Trouble::wrong(format!("{name}: {trouble}"));
    browser.wait_for(&say!("add-failed-title")).await.map_err(told)?;
    // Where exactly a text ends to be JSON is tested where it is read.
    let start = why.split(": see").next().unwrap_or(why);
    let page = browser.text().await?;
    is(page.contains(start), || format!("{name}: the page does not say {why:?}; it reads:\n{page}"))?;
    is(page.contains(&say!("nothing-changed")), || format!("{name}: the page does not calm"))?;
    browser.click(&say!("add-choose-again")).await
}

async fn only_what_belongs_to_the_person_comes_in_unless_they_insist(
    browser: &mut Browser,
    site: &Site,
) -> Result<(), Trouble> {
    let keeper = keeper();
    let other = Keeper::new("Bo Tamsin", ["2", "11", "2001"], true, "");
    let mut seen: Vec<String> = observations(11, 12).map(|text| about(&text, "orla")).collect::<Result<_, _>>()?;
    steps::start_record(browser, site, &keeper).await?;

    // Lines 3 and 6 cannot be read; the last one breaks off.
    let [first, second, third, ..] = seen.as_slice() else { return Err(Trouble::wrong("too few")) };
    let broken = third.get(..200).unwrap_or_default();
    let lines = [&keeper.resource("orla"), first, "{\"resourceType\":", second, "", "[1, 2]", broken].join("\n");
    let file = Given::file("broken.ndjson", lines.as_bytes())?;
    steps::choose_file(browser, &file.path).await?;
    browser.heading(&say!("found-title")).await?;
    browser.click(&say!("rejected-title", count = 3)).await?;
    for line in ["3", "6", "7"] {
        browser.wait_for(&say!("at-line", line = line)).await?;
    }
    browser.click(&say!("found-import", count = 3)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 3), steps::LONG).await?;
    browser.wait_for(&say!("imported-rejected", count = 3)).await?;
    browser.click(&say!("add-another")).await?;
    let mut expected = vec![keeper.resource("orla"), first.clone(), second.clone()];

    // Two people in one file: who is surely the same is ticked, the other is not.
    let [_, _, _, fourth, fifth, sixth, ..] = seen.as_mut_slice() else { return Err(Trouble::wrong("too few")) };
    let (mine, his) = (fourth.clone(), about(fifth, "bo")?);
    let both = [keeper.resource("orla"), other.resource("bo"), mine.clone(), his].join("\n");
    let both = Given::file("both.ndjson", both.as_bytes())?;
    steps::choose_file(browser, &both.path).await?;
    browser.heading(&say!("found-title")).await?;
    browser.wait_for(&other.name).await?;
    browser.wait_for(&say!("different")).await?;
    browser.click(&say!("found-import", count = 2)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 1), steps::LONG).await?;
    browser.wait_for(&say!("imported-known", count = 1)).await?;
    browser.click(&say!("add-another")).await?;
    expected.push(mine);
    same(&counted(&expected), &steps::taken_out(browser, As::Ndjson, &keeper).await?)?;

    // Another person's record: nothing is ticked, and a tick alone is not enough.
    let his = about(sixth, "bo")?;
    let record = Given::file("his.ndjson", [other.resource("bo"), his.clone()].join("\n").as_bytes())?;
    steps::choose_file(browser, &record.path).await?;
    browser.heading(&say!("found-title")).await?;
    browser.click(&say!("found-import-none")).await?;
    browser.wait_for(&say!("error-heading")).await?;
    browser.click(&other.name).await?;
    browser.wait_for(&say!("different-title")).await?;
    browser.click(&say!("found-import", count = 2)).await?;
    browser.wait_for(&say!("confirm-different")).await?;
    browser.click(&say!("different-confirm", name = keeper.name.clone())).await?;
    browser.click(&say!("found-import", count = 2)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 2), steps::LONG).await?;
    browser.click(&say!("add-another")).await?;
    expected.extend([other.resource("bo"), his]);

    // Pasted, and dropped.
    let [.., seventh, eighth] = seen.as_slice() else { return Err(Trouble::wrong("too few")) };
    steps::paste(browser, seventh).await?;
    bring_in_unclear(browser).await?;
    drop_file(browser, eighth).await?;
    bring_in_unclear(browser).await?;
    expected.extend([seventh.clone(), eighth.clone()]);
    same(&counted(&expected), &steps::taken_out(browser, As::Ndjson, &keeper).await?)?;
    is(steps::verify(browser).await?, || "the record does not hold".into())?;
    browser.expect_no_complaints().await
}

/// One resource whose person the input does not name: it has to be ticked.
async fn bring_in_unclear(browser: &Browser) -> Result<(), Trouble> {
    browser.heading(&say!("found-title")).await?;
    browser.click(&say!("unclear")).await?;
    browser.click(&say!("found-import", count = 1)).await?;
    browser.wait_for_within(&say!("add-done-title", count = 1), steps::LONG).await?;
    browser.click(&say!("add-another")).await?;
    browser.heading(&say!("add-title")).await.map(|_| ())
}

/// Drops a file on the page as a mouse would.
async fn drop_file(browser: &Browser, text: &str) -> Result<(), Trouble> {
    let zone = browser.element_with(&say!("drop-here")).await?;
    let script = "const [zone, text] = arguments;
        const data = new DataTransfer();
        data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
        for (const kind of ['dragenter', 'dragover', 'drop'])
            zone.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));";
    let zone = serde_json::to_value(&zone).map_err(|error| Trouble::wrong(error.to_string()))?;
    browser.evaluate(script, vec![zone, text.into()]).await.map(|_| ())
}
