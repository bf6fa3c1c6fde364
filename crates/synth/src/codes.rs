//! Codes of clinical terminologies and how they are written.

use crate::json::Json;

/// A code system.
#[derive(Debug, Clone, Copy)]
pub(crate) enum System {
    Snomed,
    Loinc,
    Icd10,
    RxNorm,
    Atc,
    Cvx,
    Ucum,
    /// HGNC gene ids.
    Gene,
    /// One that HL7 keeps, by the end of its address.
    Hl7(&'static str),
}

impl System {
    /// Its canonical address, as a common beginning and an end.
    pub(crate) fn url(self) -> String {
        let (start, end) = match self {
            Self::Snomed => ("http://snomed.info/sct", ""),
            Self::Loinc => ("http://loinc.org", ""),
            Self::Icd10 => ("http://hl7.org/fhir/sid/icd-10", ""),
            Self::RxNorm => ("http://www.nlm.nih.gov/research/umls/rxnorm", ""),
            Self::Atc => ("http://www.whocc.no/atc", ""),
            Self::Cvx => ("http://hl7.org/fhir/sid/cvx", ""),
            Self::Ucum => ("http://unitsofmeasure.org", ""),
            Self::Gene => ("http://www.genenames.org/geneId", ""),
            Self::Hl7(end) => ("http://terminology.hl7.org/CodeSystem/", end),
        };
        format!("{start}{end}")
    }
}

/// A code with the words that its system has for it. An empty code is none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Code {
    pub(crate) system: System,
    pub(crate) code: &'static str,
    pub(crate) display: &'static str,
}

/// Any code.
pub(crate) const fn code(system: System, code: &'static str, display: &'static str) -> Code {
    Code { system, code, display }
}

/// A SNOMED CT concept.
pub(crate) const fn snomed(id: &'static str, display: &'static str) -> Code {
    code(System::Snomed, id, display)
}

/// A LOINC term.
pub(crate) const fn loinc(id: &'static str, display: &'static str) -> Code {
    code(System::Loinc, id, display)
}

/// A code of an HL7 code system.
pub(crate) const fn hl7(system: &'static str, id: &'static str, display: &'static str) -> Code {
    code(System::Hl7(system), id, display)
}

impl Json {
    /// `"key":{"coding":[…],"text":"…"}`
    pub(crate) fn concept(&mut self, key: &str, codes: &[Code], text: &str) -> &mut Self {
        self.open(key).concept_body(codes, text).end()
    }

    /// `"key":[{"coding":[…],"text":"…"}]`
    pub(crate) fn concepts(&mut self, key: &str, codes: &[Code], text: &str) -> &mut Self {
        self.list(key).item().concept_body(codes, text).end().end()
    }

    /// `"key":{"system":…}`
    pub(crate) fn coding(&mut self, key: &str, code: &Code) -> &mut Self {
        self.open(key).coding_body(code).end()
    }

    fn concept_body(&mut self, codes: &[Code], text: &str) -> &mut Self {
        let codes = codes.iter().filter(|code| !code.code.is_empty());
        if codes.clone().next().is_some() {
            self.list("coding");
            for code in codes {
                self.item().coding_body(code).end();
            }
            self.end();
        }
        if !text.is_empty() {
            self.text("text", text);
        }
        self
    }

    pub(crate) fn coding_body(&mut self, code: &Code) -> &mut Self {
        self.text("system", &code.system.url()).text("code", code.code);
        if !code.display.is_empty() {
            self.text("display", code.display);
        }
        self
    }

    /// `"key":{"value":…,"unit":…,"system":…,"code":…}`
    pub(crate) fn quantity(&mut self, key: &str, value: &str, unit: &str, ucum: &str) -> &mut Self {
        self.open(key).bare("value", value).text("unit", unit);
        self.text("system", &System::Ucum.url()).text("code", ucum).end()
    }
}
