//! What makes two values comparable.

use chartchain_fhir::{Coding, Facts};

const LOINC: &str = "http://loinc.org";

/// Something that is measured, whoever measured it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Analyte {
    /// A LOINC code; where several mean the same analyte, the first of them in this crate's list.
    Loinc(String),
    /// A code of another system.
    Code(String, String),
    /// Only a name, folded.
    Name(String),
}

/// LOINC codes of one analyte in one specimen, by whatever method or in whatever kind of unit: the first stands for all.
/// Methods that give other numbers, such as LDL measured and LDL calculated, are analytes of their own.
const SAME: [&[&str]; 19] = [
    // Blood pressure: panel with all children optional; the panel of earlier releases.
    &["85354-9", "55284-4"],
    // HbA1c: mass fraction, by HPLC, by the IFCC protocol, calculated from it.
    &["4548-4", "17856-6", "59261-8"],
    // Weight, as measured.
    &["29463-7", "3141-9"],
    // Height, as measured.
    &["8302-2", "3137-7"],
    // Oxygen saturation by pulse oximetry; FHIR's profile of vital signs puts both codes side by side.
    &["59408-5", "2708-6"],
    // From here on mass and moles per volume of serum or plasma: glucose, fasting glucose,
    &["2345-7", "14749-6"],
    &["1558-6", "14771-0"],
    // glucose of whole blood,
    &["2339-0", "15074-8"],
    // cholesterol, in HDL, in LDL, in LDL calculated, not in HDL,
    &["2093-3", "14647-2"],
    &["2085-9", "14646-4"],
    &["2089-1", "22748-8"],
    &["13457-7", "39469-2"],
    &["43396-1", "70204-3"],
    // triglycerides, creatinine, creatinine of whole blood, urate, bilirubin, calcium.
    &["2571-8", "14927-8"],
    &["2160-0", "14682-9"],
    &["38483-4", "59826-8"],
    &["3084-1", "14933-6"],
    &["1975-2", "14631-6"],
    &["17861-6", "2000-8"],
];

/// What a person looks for first: blood pressure, HbA1c, weight, LDL, cholesterol, glucose, kidney function, pulse,
/// oxygen, temperature, height, body mass index.
const FIRST: [&str; 18] = [
    "85354-9", "4548-4", "29463-7", "13457-7", "18262-6", "43396-1", "2093-3", "2339-0", "2345-7", "33914-3",
    "48642-3", "98979-8", "8867-4", "59408-5", "8310-5", "8302-2", "39156-5", "2160-0",
];

impl Analyte {
    /// Of a resource: by its first LOINC code, else by its first code of another system, else by its name.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let is_loinc = |coding: &&Coding| coding.system.as_deref() == Some(LOINC);
        if let Some(coding) = facts.codes.iter().find(is_loinc) {
            return Self::of_loinc(&coding.code);
        }
        let other = facts.codes.iter().find_map(|coding| Some((coding.system.clone()?, coding.code.clone())));
        match other {
            Some((system, code)) => Self::Code(system, code),
            None => Self::Name(facts.title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()),
        }
    }

    /// What a LOINC code measures.
    #[must_use]
    pub fn of_loinc(code: &str) -> Self {
        Self::Loinc(stands_for(code).to_owned())
    }

    /// Its codes of other systems than LOINC, each as an analyte: what another source may send alone.
    pub fn others(facts: &Facts) -> impl Iterator<Item = Self> {
        facts.codes.iter().filter_map(|coding| {
            let system = coding.system.as_ref().filter(|system| *system != LOINC)?;
            Some(Self::Code(system.clone(), coding.code.clone()))
        })
    }

    /// Its place among what people look for first.
    #[must_use]
    pub fn rank(&self) -> usize {
        let place = |code: &str| FIRST.iter().position(|first| *first == code);
        match self {
            Self::Loinc(code) => place(code).unwrap_or(FIRST.len()),
            _ => FIRST.len(),
        }
    }
}

fn stands_for(code: &str) -> &str {
    let same = SAME.iter().find(|same| same.contains(&code));
    same.and_then(|same| same.first().copied()).unwrap_or(code)
}

/// Grams per mole of what an analyte measures, where laboratories agree on it: only for these may mass and moles per volume
/// be put on one scale. Cholesterol and triglycerides count as cholesterol and as triolein, as laboratories have it.
pub(crate) fn molar_mass(analyte: &Analyte) -> Option<f64> {
    let Analyte::Loinc(code) = analyte else { return None };
    Some(match code.as_str() {
        "2345-7" | "1558-6" | "2339-0" => 180.156,
        "2093-3" | "2085-9" | "2089-1" | "13457-7" | "18262-6" | "43396-1" => 386.65,
        "2571-8" => 885.4,
        "2160-0" | "38483-4" => 113.12,
        "3084-1" => 168.11,
        "1975-2" => 584.66,
        "17861-6" => 40.078,
        _ => return None,
    })
}

/// Whether it is glycated haemoglobin, whose two units lie on one straight line.
pub(crate) fn is_hba1c(analyte: &Analyte) -> bool {
    matches!(analyte, Analyte::Loinc(code) if code == "4548-4")
}

/// Whether one mole of what it measures is one equivalent: sodium, potassium, chloride, bicarbonate.
pub(crate) fn is_monovalent(analyte: &Analyte) -> bool {
    let codes = ["2951-2", "2947-0", "2823-3", "6298-4", "2075-0", "2069-3", "2028-9", "1963-8"];
    matches!(analyte, Analyte::Loinc(code) if codes.contains(&code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyte(codings: &str, text: &str) -> Analyte {
        let json = format!(
            r#"{{"resourceType":"Observation","code":{{"coding":[{codings}],"text":"{text}"}},"valueQuantity":{{"value":1}}}}"#
        );
        Analyte::of(&chartchain_fhir::facts(&json).unwrap())
    }

    fn loinc(code: &str) -> String {
        format!(r#"{{"system":"http://loinc.org","code":"{code}"}}"#)
    }

    #[test]
    fn mass_and_moles_of_one_thing_are_one_analyte() {
        assert_eq!(analyte(&loinc("59261-8"), "HbA1c"), analyte(&loinc("4548-4"), "A1c"));
        assert_eq!(analyte(&loinc("14647-2"), ""), analyte(&loinc("2093-3"), ""));
        assert_ne!(analyte(&loinc("18262-6"), "LDL"), analyte(&loinc("13457-7"), "LDL"), "two methods");
        assert_ne!(analyte(&loinc("2345-7"), "Glucose"), analyte(&loinc("2339-0"), "Glucose"), "two specimens");
    }

    #[test]
    fn loinc_goes_before_other_codes_and_codes_before_names() {
        let local = r#"{"system":"urn:lab","code":"7"}"#;
        assert_eq!(analyte(&format!("{local},{}", loinc("718-7")), "Hb"), Analyte::Loinc("718-7".into()));
        assert_eq!(analyte(local, "Hb"), Analyte::Code("urn:lab".into(), "7".into()));
        assert_eq!(analyte("", " Iron  level"), Analyte::Name("iron level".into()));
        assert_eq!(
            analyte(r#"{"code":"7"}"#, "Hb"),
            Analyte::Name("hb".into()),
            "a code without a system names nothing"
        );
    }

    #[test]
    fn no_code_stands_in_two_groups_and_what_is_looked_for_first_stands_for_itself() {
        let mut all: Vec<&str> = SAME.iter().flat_map(|same| same.iter().copied()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        for code in FIRST {
            assert_eq!(stands_for(code), code);
        }
        assert_eq!(Analyte::Loinc("85354-9".into()).rank(), 0);
        assert_eq!(Analyte::Name("x".into()).rank(), FIRST.len());
    }
}
