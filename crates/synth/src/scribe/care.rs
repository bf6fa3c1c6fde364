//! What was found wrong, planned and done.

use super::{Draft, Known, Scribe, Visit, Who};
use crate::codes::{Code, hl7, snomed};
use crate::date::{Date, Moment};
use crate::json::{base64, decimal};

/// How a condition goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Course {
    Active,
    Remission(Date),
    Resolved(Date),
}

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    Mild,
    Moderate,
    Severe,
}

impl Severity {
    fn code(self) -> (Code, &'static str) {
        match self {
            Self::Mild => (snomed("255604002", "Mild"), "mild"),
            Self::Moderate => (snomed("6736007", "Moderate"), "moderate"),
            Self::Severe => (snomed("24484000", "Severe"), "severe"),
        }
    }
}

/// How a medicine is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dose {
    /// In words.
    pub(crate) text: &'static str,
    /// How much at a time, in tenths of `unit`.
    pub(crate) tenths: i64,
    /// `tablet`, `puff` …
    pub(crate) unit: &'static str,
    /// How often in `period_days`; 0 for when needed.
    pub(crate) times: u8,
    pub(crate) period_days: u8,
    pub(crate) route: Code,
}

/// A text that was sent or filed.
pub(crate) struct Letter<'a> {
    pub(crate) kind: Code,
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
}

impl Scribe {
    /// Writes an encounter. `class` is a code of v3-ActCode; `visit.url` is set to its address.
    pub(crate) fn encounter(
        &mut self,
        visit: &mut Visit,
        class: &Code,
        kind: (&Code, &str),
        reason: (&[Code], &str, &str),
        end: Moment,
    ) {
        let mut draft = self.draft("Encounter", visit.label);
        let (from, to) = (self.written(visit.when), self.written(end));
        let json = &mut draft.json;
        json.text("status", "finished").coding("class", class).concepts("type", &[*kind.0], kind.1);
        json.refer("subject", &self.subject);
        json.list("participant").item().refer("individual", &visit.by).end().end();
        json.open("period").text("start", &from).text("end", &to).end();
        let (codes, text, condition) = reason;
        if !text.is_empty() {
            json.concepts("reasonCode", codes, text);
        }
        if !condition.is_empty() {
            json.links("reasonReference", &[condition.to_owned()]);
        }
        json.refer("serviceProvider", &visit.place);
        visit.url = self.keep(visit.when, draft);
    }

    /// Writes a condition; gives its address.
    pub(crate) fn condition(
        &mut self,
        visit: &Visit,
        (codes, text): (&[Code], &str),
        onset: Known,
        course: Course,
        severity: Option<Severity>,
    ) -> String {
        let mut draft = self.draft("Condition", visit.label);
        let clinical = match course {
            Course::Active => hl7("condition-clinical", "active", "Active"),
            Course::Remission(_) => hl7("condition-clinical", "remission", "Remission"),
            Course::Resolved(_) => hl7("condition-clinical", "resolved", "Resolved"),
        };
        let confirmed = hl7("condition-ver-status", "confirmed", "Confirmed");
        let at = self.written(visit.when);
        let json = &mut draft.json;
        json.concept("clinicalStatus", &[clinical], "").concept("verificationStatus", &[confirmed], "");
        let category = match course {
            Course::Resolved(_) => hl7("condition-category", "encounter-diagnosis", "Encounter Diagnosis"),
            _ => hl7("condition-category", "problem-list-item", "Problem List Item"),
        };
        json.concepts("category", &[category], "");
        if let Some(severity) = severity {
            let code = severity.code().0;
            json.concept("severity", &[code], code.display);
        }
        json.concept("code", codes, text).refer("subject", &self.subject).link("encounter", &visit.url);
        json.text("onsetDateTime", &onset.written());
        if let Course::Remission(until) | Course::Resolved(until) = course {
            json.text("abatementDateTime", &until.to_string());
        }
        json.text("recordedDate", &at).refer("recorder", &visit.by);
        self.keep(Moment::new(onset.date().max(visit.when.date), visit.when.minute), draft)
    }

    /// Writes an allergy or intolerance. `category` is `medication`, `food`, `environment` or `biologic`.
    pub(crate) fn allergy(
        &mut self,
        visit: &Visit,
        (codes, text, category): (&[Code], &str, &str),
        onset: Known,
        (manifestation, words, severity): (&Code, &str, Severity),
        intolerance: bool,
    ) {
        let mut draft = self.allergy_draft(visit);
        let at = self.written(visit.when);
        let json = &mut draft.json;
        json.text("type", if intolerance { "intolerance" } else { "allergy" });
        json.list("category").value(category).end();
        json.text("criticality", if severity == Severity::Severe { "high" } else { "low" });
        json.concept("code", codes, text).refer("patient", &self.subject);
        json.text("onsetDateTime", &onset.written()).text("recordedDate", &at).refer("recorder", &visit.by);
        json.list("reaction").item().concepts("manifestation", &[*manifestation], words);
        json.text("severity", severity.code().1).end().end();
        self.keep(visit.when, draft);
    }

    /// Writes that no allergies are known.
    pub(crate) fn no_allergies(&mut self, visit: &Visit) {
        let mut draft = self.allergy_draft(visit);
        let at = self.written(visit.when);
        let json = &mut draft.json;
        json.concept("code", &[snomed("716186003", "No known allergy")], "No known allergies");
        json.refer("patient", &self.subject).text("recordedDate", &at).refer("recorder", &visit.by);
        self.keep(visit.when, draft);
    }

    fn allergy_draft(&mut self, visit: &Visit) -> Draft {
        let mut draft = self.draft("AllergyIntolerance", visit.label);
        let active = hl7("allergyintolerance-clinical", "active", "Active");
        let confirmed = hl7("allergyintolerance-verification", "confirmed", "Confirmed");
        draft.json.concept("clinicalStatus", &[active], "").concept("verificationStatus", &[confirmed], "");
        draft
    }

    /// Writes a prescription. `ended`: when and why; why is empty where the course was simply completed.
    pub(crate) fn prescription(
        &mut self,
        visit: &Visit,
        (codes, name): (&[Code], &str),
        dose: &Dose,
        (reason, condition): (&str, &str),
        ended: Option<(Date, &str)>,
    ) -> String {
        let mut draft = self.draft("MedicationRequest", visit.label);
        let at = self.remembered(visit.when);
        let json = &mut draft.json;
        let status = match ended {
            None => "active",
            Some((_, "")) => "completed",
            Some(_) => "stopped",
        };
        json.text("status", status);
        if let Some((_, why)) = ended
            && !why.is_empty()
        {
            json.concept("statusReason", &[], why);
        }
        json.text("intent", "order").concept("medicationCodeableConcept", codes, name);
        json.refer("subject", &self.subject).link("encounter", &visit.url).text("authoredOn", &at);
        json.refer("requester", &visit.by);
        if !reason.is_empty() {
            json.concepts("reasonCode", &[], reason);
        }
        if !condition.is_empty() {
            json.links("reasonReference", &[condition.to_owned()]);
        }
        json.list("dosageInstruction").item().dose(dose, visit.when.date, ended.map(|(date, _)| date)).end().end();
        json.open("dispenseRequest").open("validityPeriod").text("start", &visit.when.date.to_string());
        if let Some((date, _)) = ended {
            json.text("end", &date.to_string());
        }
        json.end().end();
        self.keep(visit.when.later(2), draft)
    }

    /// Writes a medicine that the person says they take, without a prescription.
    pub(crate) fn statement(
        &mut self,
        visit: &Visit,
        (codes, name): (&[Code], &str),
        dose: &Dose,
        (from, to): (Date, Option<Date>),
        reason: &str,
    ) {
        let mut draft = self.draft("MedicationStatement", visit.label);
        let at = self.written(visit.when);
        let json = &mut draft.json;
        json.text("status", if to.is_some() { "stopped" } else { "active" });
        if to.is_some() {
            json.concepts("statusReason", &[], reason);
        }
        json.concept("medicationCodeableConcept", codes, name).refer("subject", &self.subject);
        json.open("effectivePeriod").text("start", &from.to_string());
        if let Some(to) = to {
            json.text("end", &to.to_string());
        }
        json.end().text("dateAsserted", &at).refer("informationSource", &visit.by);
        if to.is_none() && !reason.is_empty() {
            json.concepts("reasonCode", &[], reason);
        }
        json.list("dosage").item().dose(dose, from, to).end().end();
        self.keep(visit.when, draft);
    }

    /// Writes a vaccination that was given.
    pub(crate) fn immunization(&mut self, visit: &Visit, (code, name): (&Code, &str), lot: &str, left: bool, dose: u8) {
        let mut draft = self.draft("Immunization", visit.label);
        let at = self.remembered(visit.when);
        let site = if left {
            snomed("368208006", "Left upper arm structure")
        } else {
            snomed("368209003", "Right upper arm structure")
        };
        let json = &mut draft.json;
        json.text("status", "completed").concept("vaccineCode", &[*code], name).refer("patient", &self.subject);
        json.link("encounter", &visit.url).text("occurrenceDateTime", &at).bare("primarySource", "true");
        if !lot.is_empty() {
            json.text("lotNumber", lot).concept("site", &[site], if left { "Left arm" } else { "Right arm" });
        }
        json.list("performer").item().refer("actor", &visit.by).end().end();
        if dose > 0 {
            json.list("protocolApplied").item().bare("doseNumberPositiveInt", &dose.to_string()).end().end();
        }
        self.keep(visit.when.later(3), draft);
    }

    /// Writes something that was done.
    pub(crate) fn procedure(
        &mut self,
        visit: &Visit,
        (code, name): (&Code, &str),
        when: Known,
        note: &str,
        reason: &str,
    ) {
        let mut draft = self.draft("Procedure", visit.label);
        let at = if when == Known::Day(visit.when.date) { self.written(visit.when) } else { when.written() };
        let json = &mut draft.json;
        json.text("status", "completed").concept("code", &[*code], name).refer("subject", &self.subject);
        json.link("encounter", &visit.url).text("performedDateTime", &at);
        json.list("performer").item().refer("actor", &visit.by).end().end();
        if !reason.is_empty() {
            json.links("reasonReference", &[reason.to_owned()]);
        }
        if !note.is_empty() {
            json.list("note").item().text("text", note).end().end();
        }
        self.keep(Moment::new(when.date(), visit.when.minute), draft);
    }

    /// Writes a letter or a note as a document with its text.
    pub(crate) fn document(&mut self, visit: &Visit, letter: &Letter<'_>) {
        let mut draft = self.draft("DocumentReference", visit.label);
        let at = self.written(visit.when);
        let json = &mut draft.json;
        json.text("status", "current").text("docStatus", "final").concept("type", &[letter.kind], letter.title);
        json.refer("subject", &self.subject).text("date", &at).refers("author", &visit.by);
        let description = format!("{} to {}", visit.place.name, self.subject.name);
        json.refer("custodian", &visit.place).text("description", &description);
        json.list("content").item().open("attachment").text("contentType", "text/plain; charset=utf-8");
        json.text("language", "en").text("data", &base64(letter.text.as_bytes()));
        json.bare("size", &letter.text.len().to_string()).text("title", letter.title).text("creation", &at);
        json.end().end().end();
        if !visit.url.is_empty() {
            json.open("context").links("encounter", std::slice::from_ref(&visit.url)).end();
        }
        self.keep(visit.when.later(20), draft);
    }

    /// Writes a message or a note of a few words.
    pub(crate) fn message(&mut self, visit: &Visit, topic: &str, text: &str, to: Option<&Who>) {
        let mut draft = self.draft("Communication", visit.label);
        let at = self.written(visit.when);
        let json = &mut draft.json;
        json.text("status", "completed").refer("subject", &self.subject).concept("topic", &[], topic);
        json.link("encounter", &visit.url).text("sent", &at);
        if let Some(to) = to {
            json.refers("recipient", to);
        }
        json.refer("sender", &visit.by).list("payload").item().text("contentString", text).end().end();
        self.keep(visit.when, draft);
    }

    /// Writes a goal; `target` is a measure's code, a comparison in words and the number. Gives its address.
    pub(crate) fn goal(
        &mut self,
        visit: &Visit,
        text: &str,
        target: (&Code, i64, (&str, &str)),
        due: Date,
        achievement: &'static str,
        conditions: &[String],
    ) -> String {
        let mut draft = self.draft("Goal", visit.label);
        let json = &mut draft.json;
        json.text("lifecycleStatus", "active");
        json.concept("achievementStatus", &[hl7("goal-achievement", achievement, "")], "");
        json.concept("description", &[], text).refer("subject", &self.subject);
        json.text("startDate", &visit.when.date.to_string());
        let (measure, value, (unit, ucum)) = target;
        json.list("target").item().concept("measure", &[*measure], "").open("detailRange");
        json.quantity("high", &value.to_string(), unit, ucum).end().text("dueDate", &due.to_string()).end().end();
        json.refer("expressedBy", &visit.by).links("addresses", conditions);
        self.keep(visit.when.later(4), draft)
    }

    /// Writes a care plan with activities: `(status, words)`, status as in `care-plan-activity-status`.
    pub(crate) fn care_plan(
        &mut self,
        visit: &Visit,
        (category, title): (&Code, &str),
        until: Option<Date>,
        goals: &[String],
        conditions: &[String],
        activities: &[(&str, &str)],
    ) -> String {
        let mut draft = self.draft("CarePlan", visit.label);
        let json = &mut draft.json;
        json.text("status", if until.is_some() { "completed" } else { "active" }).text("intent", "plan");
        json.concepts("category", &[*category], category.display).text("title", title);
        json.refer("subject", &self.subject).link("encounter", &visit.url);
        json.open("period").text("start", &visit.when.date.to_string());
        if let Some(until) = until {
            json.text("end", &until.to_string());
        }
        json.end().refer("author", &visit.by).links("addresses", conditions).links("goal", goals);
        json.list("activity");
        for (status, text) in activities {
            json.item().open("detail").text("status", status).text("description", text).end().end();
        }
        json.end();
        self.keep(visit.when.later(5), draft)
    }

    /// Writes something to do. `owner` is who has to do it.
    pub(crate) fn task(&mut self, visit: &Visit, text: &str, due: Date, owner: &Who, plan: &str) {
        let mut draft = self.draft("Task", visit.label);
        let at = self.written(visit.when);
        let json = &mut draft.json;
        if !plan.is_empty() {
            json.links("basedOn", &[plan.to_owned()]);
        }
        json.text("status", "requested").text("intent", "order").text("priority", "routine").text("description", text);
        json.refer("for", &self.subject).link("encounter", &visit.url).text("authoredOn", &at);
        json.refer("requester", &visit.place).refer("owner", owner);
        json.open("restriction").open("period").text("end", &due.to_string()).end().end();
        self.keep(visit.when.later(6), draft);
    }
}

impl crate::json::Json {
    fn dose(&mut self, dose: &Dose, from: Date, to: Option<Date>) -> &mut Self {
        self.text("text", dose.text);
        if dose.times > 0 {
            self.open("timing").open("repeat").open("boundsPeriod").text("start", &from.to_string());
            if let Some(to) = to {
                self.text("end", &to.to_string());
            }
            self.end().bare("frequency", &dose.times.to_string()).bare("period", &dose.period_days.to_string());
            self.text("periodUnit", "d").end().end();
        } else {
            self.bare("asNeededBoolean", "true");
        }
        self.concept("route", &[dose.route], "").list("doseAndRate").item();
        let (value, places) = if dose.tenths % 10 == 0 { (dose.tenths / 10, 0) } else { (dose.tenths, 1) };
        self.open("doseQuantity").bare("value", &decimal(value, places)).text("unit", dose.unit).end().end().end()
    }
}
