//! What was measured, asked and seen.

use super::{Scribe, Visit};
use crate::analytes::{Analyte, Group, Measure, NO_LIMIT};
use crate::codes::{Code, hl7, loinc};
use crate::json::decimal;

const PRESSURE: Code = loinc("85354-9", "Blood pressure panel with all children optional");
const SYSTOLIC: Code = loinc("8480-6", "Systolic blood pressure");
const DIASTOLIC: Code = loinc("8462-4", "Diastolic blood pressure");
/// An older code for the same thing, that many readers know.
const OXYGEN_SATURATION: Code = loinc("2708-6", "Oxygen saturation in Arterial blood");

impl Group {
    fn category(self) -> Code {
        const fn category(id: &'static str, display: &'static str) -> Code {
            hl7("observation-category", id, display)
        }
        match self {
            Self::Vital => category("vital-signs", "Vital Signs"),
            Self::Laboratory => category("laboratory", "Laboratory"),
            Self::Survey => category("survey", "Survey"),
            Self::Exam => category("exam", "Exam"),
        }
    }
}

impl Scribe {
    /// Writes a measurement; `n` in the digits of the measure's `world` unit. Gives its address.
    pub(crate) fn measured(&mut self, visit: &Visit, measure: &Measure, n: i32) -> String {
        self.measured_with(visit, measure, n, "")
    }

    /// The same with a remark of whoever measured.
    pub(crate) fn measured_with(&mut self, visit: &Visit, measure: &Measure, n: i32, note: &str) -> String {
        let (analyte, n) = measure.in_units(self.states_units, n);
        let analyte = *analyte;
        let extra: &[Code] =
            if analyte.code.code == "59408-5" { &[analyte.code, OXYGEN_SATURATION] } else { &[analyte.code] };
        let mut draft = self.observation(visit, analyte.group, extra, analyte.name);
        let json = &mut draft.json;
        json.quantity("valueQuantity", &decimal(n, analyte.places), analyte.unit, analyte.ucum);
        if let Some((code, word)) = interpretation(&analyte, n) {
            json.concepts("interpretation", &[hl7("v3-ObservationInterpretation", code, word)], "");
        }
        if !note.is_empty() {
            json.list("note").item().text("text", note).end().end();
        }
        if analyte.low != NO_LIMIT || analyte.high != NO_LIMIT {
            json.list("referenceRange").item();
            for (key, limit) in [("low", analyte.low), ("high", analyte.high)] {
                if limit != NO_LIMIT {
                    json.quantity(key, &decimal(i64::from(limit), analyte.places), analyte.unit, analyte.ucum);
                }
            }
            json.end().end();
        }
        self.keep(visit.when, draft)
    }

    /// Writes a blood pressure in mmHg.
    pub(crate) fn pressure(&mut self, visit: &Visit, systolic: i32, diastolic: i32, note: &str) -> String {
        let mut draft = self.observation(visit, Group::Vital, &[PRESSURE], "Blood pressure");
        let json = &mut draft.json;
        if systolic >= 140 || diastolic >= 90 {
            json.concepts("interpretation", &[hl7("v3-ObservationInterpretation", "H", "High")], "");
        } else if systolic < 90 && visit.label.is_none() {
            json.concepts("interpretation", &[hl7("v3-ObservationInterpretation", "L", "Low")], "");
        }
        if !note.is_empty() {
            json.list("note").item().text("text", note).end().end();
        }
        json.list("component");
        for (code, n) in [(SYSTOLIC, systolic), (DIASTOLIC, diastolic)] {
            json.item().concept("code", &[code], code.display);
            json.quantity("valueQuantity", &n.to_string(), "mmHg", "mm[Hg]").end();
        }
        json.end();
        self.keep(visit.when, draft)
    }

    /// Writes an answer in words, coded where there is a code.
    pub(crate) fn answer(
        &mut self,
        visit: &Visit,
        category: &str,
        question: &Code,
        name: &str,
        answer: (&[Code], &str),
    ) {
        let group = match category {
            "laboratory" => Group::Laboratory,
            "exam" => Group::Exam,
            _ => Group::Survey,
        };
        let mut draft = if category == "social-history" {
            let social = hl7("observation-category", "social-history", "Social History");
            self.observation_in(visit, &social, &[*question], name)
        } else {
            self.observation(visit, group, &[*question], name)
        };
        draft.json.concept("valueCodeableConcept", answer.0, answer.1);
        self.keep(visit.when, draft);
    }

    /// Writes whether a change was found in a gene (HGNC id and symbol).
    pub(crate) fn gene(&mut self, visit: &Visit, gene: &Code, found: bool, name: &str) {
        let studied = loinc("48018-6", "Gene studied [ID]");
        let answer = if found { loinc("LA9633-4", "Present") } else { loinc("LA9634-2", "Absent") };
        let mut draft =
            self.observation(visit, Group::Laboratory, &[loinc("69548-6", "Genetic variant assessment")], name);
        let json = &mut draft.json;
        json.concept("valueCodeableConcept", &[answer], answer.display);
        json.list("component").item().concept("code", &[studied], "");
        json.concept("valueCodeableConcept", &[*gene], gene.display).end().end();
        self.keep(visit.when, draft);
    }

    /// Writes a laboratory report over results.
    pub(crate) fn report(&mut self, visit: &Visit, panel: &Code, name: &str, results: &[String], conclusion: &str) {
        let laboratory = hl7("v2-0074", "LAB", "Laboratory");
        self.any_report(visit, &laboratory, panel, name, results, conclusion);
    }

    /// Writes an imaging report.
    pub(crate) fn imaging(&mut self, visit: &Visit, study: &Code, name: &str, conclusion: &str) {
        let radiology = hl7("v2-0074", "RAD", "Radiology");
        self.any_report(visit, &radiology, study, name, &[], conclusion);
    }

    fn any_report(
        &mut self,
        visit: &Visit,
        category: &Code,
        panel: &Code,
        name: &str,
        results: &[String],
        conclusion: &str,
    ) {
        let mut draft = self.draft("DiagnosticReport", visit.label);
        let (at, issued) = (self.written(visit.when), self.written(visit.when.later(95)));
        let json = &mut draft.json;
        json.text("status", "final").concepts("category", &[*category], "").concept("code", &[*panel], name);
        json.refer("subject", &self.subject).link("encounter", &visit.url);
        json.text("effectiveDateTime", &at).text("issued", &issued).refers("performer", &visit.place);
        json.links("result", results);
        if !conclusion.is_empty() {
            json.text("conclusion", conclusion);
        }
        self.keep(visit.when.later(1), draft);
    }

    fn observation(&mut self, visit: &Visit, group: Group, codes: &[Code], name: &str) -> super::Draft {
        self.observation_in(visit, &group.category(), codes, name)
    }

    fn observation_in(&mut self, visit: &Visit, category: &Code, codes: &[Code], name: &str) -> super::Draft {
        let mut draft = self.draft("Observation", visit.label);
        let at = self.written(visit.when);
        let json = &mut draft.json;
        json.text("status", "final").concepts("category", &[*category], "").concept("code", codes, name);
        json.refer("subject", &self.subject).link("encounter", &visit.url).text("effectiveDateTime", &at);
        json.refers("performer", &visit.by);
        draft
    }
}

/// Where a number lies against the usual range; far outside it counts as critical for results of a laboratory.
fn interpretation(analyte: &Analyte, n: i64) -> Option<(&'static str, &'static str)> {
    if analyte.low == NO_LIMIT && analyte.high == NO_LIMIT {
        return None;
    }
    let (low, high) = (i64::from(analyte.low), i64::from(analyte.high));
    Some(if analyte.low != NO_LIMIT && n < low {
        ("L", "Low")
    } else if analyte.high != NO_LIMIT && n > high {
        ("H", "High")
    } else {
        ("N", "Normal")
    })
}
