//! A clinic writes a visit, and it appears on the patient's screen as the clinic's.

use chartchain_tests::{Browser, Kind, Setup, Site, Trouble, with_browser};

use crate::{
    connect::{PASSPHRASE, compare, finish_recovery, let_in, meet, start_second},
    pages::Found,
    steps::{self, Keeper, LONG, is},
    words::say,
};

/// What a nurse types at a follow-up.
const LINE: &str = "bp 136/82 hr 74 wt 81.4";
const NOTE: &str = "Feels well. Feet normal.";
/// A practised typist: 60 words of five letters a minute.
const KEYS_A_SECOND: usize = 5;

#[tokio::test]
async fn a_clinic_writes_a_follow_up_that_the_patient_sees_at_once() -> Result<(), Trouble> {
    with_browser(Kind::Chromium, Setup::default(), async |one: &mut Browser, site: &Site| {
        let mut other = Browser::start(Kind::Firefox, Setup::default()).await?;
        let result = a_follow_up(one, &mut other, site).await;
        if result.is_err() {
            let _ = other.screenshot("failed-visit-other").await;
        }
        result
    })
    .await
}

async fn a_follow_up(patient: &mut Browser, clinic: &mut Browser, site: &Site) -> Result<(), Trouble> {
    let keeper = Keeper::new("Ida Quill", ["1", "5", "1970"], false, PASSPHRASE);
    steps::start_record(patient, site, &keeper).await?;
    finish_recovery(patient).await?;
    start_second(clinic, site).await?;
    for browser in [&*patient, &*clinic] {
        steps::go(browser, "#/connect").await?;
        browser.heading(&say!("connect-title")).await?;
    }
    meet(patient, clinic).await?;
    compare(patient, clinic).await?;
    let_in(patient, clinic, ("Riverside Clinic", &say!("role-clinician-choice")), &keeper).await?;
    steps::go(patient, "#/timeline").await?;

    // Nothing to write is told, and where.
    steps::go(clinic, "#/add").await?;
    clinic.click(&say!("visit-write")).await?;
    clinic.heading(&say!("visit-title")).await?;
    clinic.click(&say!("visit-sign")).await?;
    clinic.wait_for(&say!("visit-wrong-empty")).await?;
    let mut found = Found::default();
    for width in [390, 1280] {
        clinic.resize(width, 900).await?;
        found.look(clinic, &format!("visit ({width} px)")).await?;
    }
    found.nothing()?;

    // A number that can hardly be is asked about.
    clinic.type_into(&say!("visit-line"), &LINE.replace("81.4", "814")).await?;
    clinic.wait_for(&say!("visit-understood", count = 3)).await?;
    clinic.click(&say!("visit-sign")).await?;
    clinic.wait_for(&say!("visit-asked")).await?;

    clinic.type_into(&say!("visit-line"), LINE).await?;
    clinic.type_into(&say!("visit-note-title"), NOTE).await?;
    clinic.click(&say!("visit-sign")).await?;
    clinic.heading(&say!("trust-heading")).await?;
    let keys = LINE.len() + NOTE.len() + "visit".len();
    is(keys <= 16 * KEYS_A_SECOND, || format!("{keys} keys take longer than 16 s"))?;

    patient.wait_for_within("Body weight 81.4", LONG).await?;
    patient.wait_for("Blood pressure").await?;
    patient.click("Body weight 81.4").await?;
    patient.heading(&say!("trust-heading")).await?;
    patient.wait_for("Riverside Clinic").await?;
    is(steps::verify(patient).await?, || "the record does not hold".into())
}
