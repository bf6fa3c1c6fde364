//! Records to bring in: a public synthetic patient where the data lies beside the checkout, else a made-up one.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use chartchain_fhir::{Facts, Sex, facts};
use chartchain_synth::{Date, Options, bundle, lifetime, observations};
use chartchain_tests::Trouble;
use tempfile::TempDir;

use crate::steps::Keeper;

/// Resources as they stand in a file, without white space between tokens: each text and how often it occurs.
pub(crate) type Texts = BTreeMap<String, usize>;

/// A record in a file, and what is in it.
pub(crate) struct Given {
    _folder: TempDir,
    /// The file.
    pub(crate) path: PathBuf,
    /// Its resources.
    pub(crate) texts: Vec<String>,
}

impl Given {
    /// The record of one real-looking person, of less than 200 resources, with blood pressures.
    pub(crate) fn person() -> Result<Self, Trouble> {
        let data = std::env::var_os("CHARTCHAIN_DATA")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
        let public = data.join("synthea/Fredrick_Kris_ec6a5bb6-b412-4bb6-8219-11d66f52ae8b.json");
        match std::fs::read(&public) {
            Ok(bytes) => Self::file("Record of a clinic.json", &bytes),
            Err(_) => Self::made_up(3),
        }
    }

    /// The whole record of a person who never was.
    pub(crate) fn made_up(seed: u64) -> Result<Self, Trouble> {
        let today = Date { year: 2026, month: 6, day: 1 };
        Self::file("Made up.json", bundle(&lifetime(&Options { seed, today })).as_bytes())
    }

    /// So many measurements of one person, one resource a line, after the person's own.
    pub(crate) fn measurements(keeper: &Keeper, count: usize) -> Result<Self, Trouble> {
        let mut text = keeper.resource("one") + "\n";
        for observation in observations(7, count) {
            text.push_str(&about(&observation, "one")?);
            text.push('\n');
        }
        Self::file("Measurements.ndjson", text.as_bytes())
    }

    /// A file of this name with these bytes, whatever they are.
    pub(crate) fn file(name: &str, bytes: &[u8]) -> Result<Self, Trouble> {
        let folder = tempfile::tempdir().map_err(|error| Trouble::wrong(error.to_string()))?;
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).map_err(|error| Trouble::wrong(error.to_string()))?;
        Ok(Self { _folder: folder, path, texts: texts(bytes).unwrap_or_default() })
    }

    /// A file of this length that holds nothing but zeros and takes no room on the disk.
    pub(crate) fn hollow(name: &str, bytes: u64) -> Result<Self, Trouble> {
        let given = Self::file(name, b"")?;
        let file = std::fs::File::options().write(true).open(&given.path);
        let failed = |error: std::io::Error| Trouble::wrong(error.to_string());
        file.map_err(failed)?.set_len(bytes).map_err(failed)?;
        Ok(given)
    }

    /// What its resources say.
    pub(crate) fn facts(&self) -> impl Iterator<Item = (Facts, &str)> {
        self.texts.iter().filter_map(|text| Some((facts(text).ok()?, text.as_str())))
    }

    /// Whoever it is about, as the one who keeps the record.
    pub(crate) fn keeper(&self) -> Result<Keeper, Trouble> {
        let person = self.facts().find_map(|(facts, _)| facts.person);
        let person = person.ok_or_else(|| Trouble::wrong("the record is about nobody"))?;
        let born = person.birth_date.unwrap_or_default();
        let born: Vec<&str> = born.split('-').collect();
        let [year, month, day] = born.as_slice() else { return Err(Trouble::wrong("the birth date is not a day")) };
        Ok(Keeper {
            name: person.name.unwrap_or_default(),
            born: [(*day).to_owned(), (*month).to_owned(), (*year).to_owned()],
            male: person.sex == Some(Sex::Male),
            passphrase: "copper heron seven lamps".to_owned(),
        })
    }

    /// Every resource, however often.
    pub(crate) fn counted(&self) -> Texts {
        counted(&self.texts)
    }
}

/// The observation, as one of the person with this id.
pub(crate) fn about(observation: &str, id: &str) -> Result<String, Trouble> {
    let (before, after) =
        observation.split_once("\"Patient/").ok_or_else(|| Trouble::wrong("a measurement is about nobody"))?;
    let (_, after) = after.split_once('"').unwrap_or_default();
    Ok(format!("{before}\"Patient/{id}\"{after}"))
}

/// The resources of a file, without white space between tokens.
pub(crate) fn texts(bytes: &[u8]) -> Result<Vec<String>, Trouble> {
    let intake = chartchain_fhir::read(bytes).map_err(|error| Trouble::wrong(error.to_string()))?;
    Ok(intake.resources.into_iter().map(|resource| resource.json.into_string()).collect())
}

/// How often each occurs.
pub(crate) fn counted(texts: &[String]) -> Texts {
    let mut counts = Texts::new();
    for text in texts {
        *counts.entry(text.clone()).or_default() += 1;
    }
    counts
}
