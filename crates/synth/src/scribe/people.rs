//! The person, relatives, and who gives care.

use super::{Scribe, Visit, Who};
use crate::codes::{Code, hl7};
use crate::date::{Date, Moment};
use crate::place::{Name, Place};

/// Administrative sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

impl Sex {
    pub(crate) fn is_female(self) -> bool {
        self == Self::Female
    }

    fn code(self) -> &'static str {
        if self.is_female() { "female" } else { "male" }
    }
}

const TEST_DATA: Code = hl7("v3-ActReason", "HTEST", "test health data");
const RECORD_NUMBER: Code = hl7("v2-0203", "MR", "Medical record number");
const PROVIDER: Code = hl7("organization-type", "prov", "Healthcare Provider");

impl Scribe {
    /// Writes the person, who becomes the subject of all that follows. Comes first in the record.
    pub(crate) fn patient(
        &mut self,
        place: &Place,
        (name, sex, birth): (&Name, Sex, Date),
        died: Option<Moment>,
        (street, number): (&str, u32),
        practice: &Who,
    ) {
        let mut draft = self.draft("Patient", None);
        let json = &mut draft.json;
        json.open("meta").list("tag").item().coding_body(&TEST_DATA).end().end().end();
        json.list("identifier").item().concept("type", &[RECORD_NUMBER], "");
        json.text("system", "https://example.org/made-up/record-number").text("value", &format!("MU-{number:08}"));
        json.end().end().bare("active", "true");
        json.list("name").item().text("use", "official").text("text", &name.full()).text("family", &name.family);
        json.list("given").value(&name.given).end().end().end();
        json.list("telecom")
            .item()
            .text("system", "phone")
            .text("value", &format!("{}{:03}", place.phone, number % 1000));
        json.text("use", if number % 3 == 0 { "home" } else { "mobile" }).end().end();
        json.text("gender", sex.code()).text("birthDate", &birth.to_string());
        if let Some(died) = died {
            json.text("deceasedDateTime", &died.written(self.zone));
        }
        json.list("address").item().text("use", "home").list("line").value(&format!("{} {street}", number % 180 + 1));
        json.end().text("city", place.town).text("country", place.country).end().end();
        let (tag, language) = place.language;
        json.list("communication").item().open("language").list("coding").item();
        json.text("system", "urn:ietf:bcp:47").text("code", tag).text("display", language);
        json.end().end().end().bare("preferred", "true").end().end();
        json.refer("managingOrganization", practice);
        self.subject = Who { url: draft.url.clone(), name: name.full() };
        self.keep_at(i64::MIN, draft);
    }

    /// Writes a clinic, hospital or pharmacy.
    pub(crate) fn organization(&mut self, name: &str, town: &str, country: &str) -> Who {
        let mut draft = self.draft("Organization", None);
        let json = &mut draft.json;
        json.bare("active", "true").concepts("type", &[PROVIDER], "").text("name", name);
        json.list("address").item().text("city", town).text("country", country).end().end();
        Who { url: self.keep_at(i64::MIN + 1, draft), name: name.to_owned() }
    }

    /// Writes someone who gives care; `prefix` such as `Dr`, `work` such as `General practitioner`.
    pub(crate) fn practitioner(&mut self, prefix: &str, name: &Name, work: &str) -> Who {
        let mut draft = self.draft("Practitioner", None);
        let full = format!("{prefix} {}", name.full());
        let json = &mut draft.json;
        json.bare("active", "true").list("name").item().text("text", &full).text("family", &name.family);
        json.list("given").value(&name.given).end().list("prefix").value(prefix).end().end().end();
        json.list("qualification").item().concept("code", &[], work).end().end();
        Who { url: self.keep_at(i64::MIN + 2, draft), name: full }
    }

    /// Writes what a relative had. `onset` is their age at it, in years.
    pub(crate) fn relative(&mut self, visit: &Visit, relation: &Code, codes: &[Code], text: &str, onset: i32) {
        let mut draft = self.draft("FamilyMemberHistory", visit.label);
        let json = &mut draft.json;
        json.text("status", "completed").refer("patient", &self.subject).text("date", &visit.when.date.to_string());
        let mut title = relation.display.to_owned();
        title.get_mut(..1).map(str::make_ascii_uppercase);
        json.concept("relationship", &[*relation], &title);
        json.list("condition").item().concept("code", codes, text);
        json.unit_of_time("onsetAge", onset, "years", "a").end().end();
        self.keep(visit.when, draft);
    }
}
