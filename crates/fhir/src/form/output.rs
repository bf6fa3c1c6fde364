//! JSON of a resource, written token by token.

use crate::write::push_string;

pub(super) const LOINC: &str = "http://loinc.org";
pub(super) const SNOMED_CT: &str = "http://snomed.info/sct";
pub(super) const UCUM: &str = "http://unitsofmeasure.org";
pub(super) const DATA_ABSENT_REASON: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// A JSON object under construction. What says nothing is not written.
pub(crate) struct Output {
    json: Vec<u8>,
    open: Vec<u8>,
}

impl Output {
    pub fn object() -> Self {
        Self { json: vec![b'{'], open: vec![b'}'] }
    }

    /// `"key":"value"`; nothing for an empty text.
    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        let value = tidy(value);
        if !value.is_empty() {
            self.key(key);
            push_string(&mut self.json, &value);
        }
        self
    }

    /// `"key":value` of a number or a boolean.
    pub fn bare(&mut self, key: &str, value: &str) -> &mut Self {
        self.key(key);
        self.json.extend_from_slice(value.as_bytes());
        self
    }

    /// `"key":{`
    pub fn open(&mut self, key: &str) -> &mut Self {
        self.key(key);
        self.begin(b'{', b'}')
    }

    /// `"key":[{`: everything here has one item where FHIR allows for more. Two [`Output::end`] close it.
    pub fn one_of(&mut self, key: &str) -> &mut Self {
        self.key(key);
        self.begin(b'[', b']').begin(b'{', b'}')
    }

    /// `},{` in a list.
    pub fn next(&mut self) -> &mut Self {
        self.end();
        self.json.push(b',');
        self.begin(b'{', b'}')
    }

    /// Closes what was opened last.
    pub fn end(&mut self) -> &mut Self {
        self.json.extend(self.open.pop());
        self
    }

    /// `"key":{"text":"…"}`; nothing for an empty text.
    pub fn concept(&mut self, key: &str, text: &str) -> &mut Self {
        if !tidy(text).is_empty() {
            self.open(key).text("text", text).end();
        }
        self
    }

    /// `"coding":[{…}]`; without a display where that is empty.
    pub fn coding(&mut self, system: &str, (code, display): (&str, &str)) -> &mut Self {
        self.one_of("coding").system(system, (code, display)).end().end()
    }

    /// System, code and display of a coding that is open.
    pub fn system(&mut self, system: &str, (code, display): (&str, &str)) -> &mut Self {
        self.text("system", system).text("code", code).text("display", display)
    }

    /// `"key":{"coding":[{…}]}`
    pub fn coded(&mut self, key: &str, system: &str, code: (&str, &str)) -> &mut Self {
        self.open(key).coding(system, code).end()
    }

    /// `"note":[{"text":"…"}]`; nothing for an empty text.
    pub fn note(&mut self, text: &str) -> &mut Self {
        if !tidy(text).is_empty() {
            self.one_of("note").text("text", text).end().end();
        }
        self
    }

    /// `"key":{"start":"…","end":"…"}`; nothing where neither is said.
    pub fn period(&mut self, key: &str, from: &str, until: &str) -> &mut Self {
        if !(from.is_empty() && until.is_empty()) {
            self.open(key).text("start", from).text("end", until).end();
        }
        self
    }

    /// Closes everything.
    pub fn finish(mut self) -> String {
        while let Some(bracket) = self.open.pop() {
            self.json.push(bracket);
        }
        // Only text was put in.
        String::from_utf8(self.json).unwrap_or_default()
    }

    fn key(&mut self, key: &str) {
        if !self.json.ends_with(b"{") {
            self.json.push(b',');
        }
        push_string(&mut self.json, key);
        self.json.push(b':');
    }

    fn begin(&mut self, opening: u8, closing: u8) -> &mut Self {
        self.json.push(opening);
        self.open.push(closing);
        self
    }
}

/// A text as FHIR takes it (R4, datatypes `string`): no white space around it, no control characters but tab and line
/// ends.
pub(super) fn tidy(text: &str) -> String {
    let kept = |c: &char| matches!(c, '\t' | '\n' | '\r') || !c.is_control();
    let tidied: String = text.chars().filter(kept).collect();
    tidied.trim().to_owned()
}
