//! Resources out: a collection Bundle written piece by piece, or NDJSON.

use crate::json::append_minified;

/// Writes a Bundle of type `collection` into a buffer, piece by piece, so that the caller can pass on and empty the
/// buffer between two pieces. Resources go out as the text they are.
#[derive(Debug)]
#[must_use = "a Bundle without its end is not JSON"]
pub struct BundleWriter {
    entries: u64,
}

impl BundleWriter {
    /// Appends the head. `timestamp` is a FHIR instant, for example `2025-01-31T09:30:00Z`; empty: none is written.
    pub fn begin(out: &mut Vec<u8>, timestamp: &str) -> Self {
        out.extend_from_slice(br#"{"resourceType":"Bundle","type":"collection""#);
        if !timestamp.is_empty() {
            out.extend_from_slice(br#","timestamp":"#);
            push_string(out, timestamp);
        }
        out.extend_from_slice(br#","entry":["#);
        Self { entries: 0 }
    }

    /// Appends an entry. `imported` is the full URL that the resource came with, `otherwise` the one that it gets
    /// where it had none (`urn:uuid:…`); an empty one is left out. `json` has to be a resource's valid JSON.
    pub fn entry(&mut self, out: &mut Vec<u8>, imported: Option<&str>, otherwise: &str, json: &str) {
        if self.entries > 0 {
            out.push(b',');
        }
        self.entries += 1;
        out.extend_from_slice(b"\n{");
        let full_url = imported.unwrap_or(otherwise);
        if !full_url.is_empty() {
            out.extend_from_slice(br#""fullUrl":"#);
            push_string(out, full_url);
            out.push(b',');
        }
        out.extend_from_slice(br#""resource":"#);
        out.extend_from_slice(json.as_bytes());
        out.push(b'}');
    }

    /// Appends the end and gives the number of entries.
    pub fn finish(self, out: &mut Vec<u8>) -> u64 {
        out.extend_from_slice(b"\n]}\n");
        self.entries
    }
}

/// Appends one resource and a line end. White space between tokens is dropped, since it could be a line end.
pub fn ndjson_line(out: &mut Vec<u8>, json: &str) {
    if json.contains(['\n', '\r']) {
        let mut line = String::with_capacity(json.len());
        append_minified(&mut line, json);
        out.extend_from_slice(line.as_bytes());
    } else {
        out.extend_from_slice(json.as_bytes());
    }
    out.push(b'\n');
}

pub(crate) fn push_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend_from_slice(&[b'\\', c as u8]),
            '\0'..='\u{1f}' => out.extend_from_slice(format!("\\u{:04x}", u32::from(c)).as_bytes()),
            _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, read};

    #[test]
    fn what_is_written_can_be_read_again_unchanged() {
        let resources =
            [r#"{"resourceType":"Observation","valueDecimal":1.50,"a":1e3,"a":2}"#, r#"{"resourceType":"Basic"}"#];
        let mut out = Vec::new();
        let mut writer = BundleWriter::begin(&mut out, "2025-01-31T09:30:00Z");
        writer.entry(&mut out, Some("http://example.org/a\"b\\c\nd"), "urn:uuid:1", resources[0]);
        writer.entry(&mut out, None, "urn:uuid:2", resources[1]);
        assert_eq!(writer.finish(&mut out), 2);
        let intake = read(&out).unwrap();
        assert_eq!(intake.format, Format::Bundle("collection".to_owned()));
        let read_again: Vec<&str> = intake.resources.iter().map(|resource| &*resource.json).collect();
        assert_eq!(read_again, resources);
        assert_eq!(intake.resources[0].full_url.as_deref(), Some("http://example.org/a\"b\\c\nd"));
        assert_eq!(intake.resources[1].full_url.as_deref(), Some("urn:uuid:2"));
    }

    #[test]
    fn an_empty_bundle_is_valid() {
        let mut out = Vec::new();
        BundleWriter::begin(&mut out, "").finish(&mut out);
        assert!(serde_json::from_slice::<serde_json::Value>(&out).is_ok());
    }

    #[test]
    fn a_line_never_holds_a_line_end() {
        let mut out = Vec::new();
        ndjson_line(&mut out, "{\"resourceType\":\n\"Basic\",\r\"note\":\"a b\\n\"}");
        assert_eq!(out, b"{\"resourceType\":\"Basic\",\"note\":\"a b\\n\"}\n");
    }
}
