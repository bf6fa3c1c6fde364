//! A passkey beside the passphrase. Chromium has an authenticator made for tests; a browser without one says so.

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};
use serde_json::{Value, json};

use crate::{
    steps::{self, Keeper, is},
    words::say,
};

const AUTHENTICATOR: &str = "WebAuthn.addVirtualAuthenticator";

fn keeper() -> Keeper {
    Keeper::new("Odette Marlow", ["7", "8", "1979"], false, "granite thimble oboe")
}

/// A passkey belongs to a name, not to a number.
fn by_name(site: &Site) -> String {
    site.url("").replace("127.0.0.1", "localhost")
}

async fn start(browser: &Browser, site: &Site, keeper: &Keeper) -> Result<(), Trouble> {
    browser.open(&by_name(site)).await?;
    browser.click(&say!("start-begin")).await?;
    steps::choose_passphrase(browser, keeper).await?;
    steps::name_the_record(browser, keeper).await
}

async fn add_authenticator(browser: &Browser, has_secret: bool) -> Result<(), Trouble> {
    browser.devtools("WebAuthn.enable", json!({ "enableUI": false })).await?;
    let options = json!({
        "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": true,
        "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true, "hasPrf": has_secret,
    });
    browser.devtools(AUTHENTICATOR, json!({ "options": options })).await.map(|_| ())
}

async fn a_passkey_opens_the_record_beside_the_passphrase(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = keeper();
    start(browser, site, &keeper).await?;
    add_authenticator(browser, true).await?;
    steps::go(browser, "#/settings").await?;
    browser.type_into(&say!("passphrase"), "not the passphrase").await?;
    browser.click(&say!("passkey-add")).await?;
    browser.wait_for(&say!("fault-wrong-passphrase")).await?;
    browser.type_into(&say!("passphrase"), &keeper.passphrase).await?;
    browser.click(&say!("passkey-add")).await?;
    browser.wait_for(&say!("passkey-there")).await?;

    browser.click(&say!("lock")).await?;
    browser.heading(&say!("unlock-title")).await?;
    browser.click(&say!("passkey-unlock")).await?;
    browser.wait_gone(&say!("unlock-title")).await?;
    browser.wait_for(&keeper.name).await?;
    // The passphrase goes on to work, and the passkey does after a new start of the app.
    browser.reload().await?;
    steps::unlock(browser, &keeper.passphrase).await?;
    browser.reload().await?;
    browser.heading(&say!("unlock-title")).await?;
    browser.click(&say!("passkey-unlock")).await?;
    browser.wait_for(&keeper.name).await?;
    // Neither the window nor what is stored tells a name or a secret.
    let script = "return Object.keys(localStorage).concat(Object.keys(window)).join(' ')";
    let kept = browser.evaluate(script, Vec::new()).await?;
    is(!kept.as_str().unwrap_or_default().contains("passkey"), || format!("the window keeps {kept}"))?;

    steps::go(browser, "#/settings").await?;
    browser.click(&say!("passkey-remove")).await?;
    browser.wait_for(&say!("passkey-why")).await?;
    browser.click(&say!("lock")).await?;
    browser.heading(&say!("unlock-title")).await?;
    is(!browser.text().await?.contains(&say!("passkey-unlock")), || "a removed passkey is offered".into())?;
    steps::unlock(browser, &keeper.passphrase).await?;
    browser.expect_no_complaints().await
}

async fn a_passkey_without_a_secret_is_refused(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = keeper();
    start(browser, site, &keeper).await?;
    add_authenticator(browser, false).await?;
    steps::go(browser, "#/settings").await?;
    browser.type_into(&say!("passphrase"), &keeper.passphrase).await?;
    browser.click(&say!("passkey-add")).await?;
    let refusals = [say!("passkey-no-secret"), say!("passkey-refused"), say!("passkey-impossible")];
    let refusals: Vec<&str> = refusals.iter().map(String::as_str).collect();
    steps::first_of(browser, &refusals, steps::LONG).await?;
    browser.click(&say!("lock")).await?;
    steps::unlock(browser, &keeper.passphrase).await
}

async fn a_browser_without_passkeys_says_so(browser: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = keeper();
    start(browser, site, &keeper).await?;
    browser.evaluate("delete window.PublicKeyCredential", Vec::<Value>::new()).await?;
    steps::go(browser, "#/settings").await?;
    browser.wait_for(&say!("passkey-impossible")).await?;
    is(!browser.text().await?.contains(&say!("passkey-add")), || "a passkey is offered".into())?;
    browser.expect_no_complaints().await
}

#[tokio::test]
async fn a_passkey_opens_the_record_beside_the_passphrase_in_chromium() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), a_passkey_opens_the_record_beside_the_passphrase).await
}

#[tokio::test]
async fn a_passkey_without_a_secret_is_refused_in_chromium() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), a_passkey_without_a_secret_is_refused).await
}

#[tokio::test]
async fn a_browser_without_passkeys_says_so_in_firefox() -> Result<(), Trouble> {
    with_browser(Kind::Firefox, Setup::default(), a_browser_without_passkeys_says_so).await
}
