//! What bytes are when they are not FHIR R4 in JSON, so that people are told what they have instead.

use crate::read::ReadError;
use std::borrow::Cow;

/// So much of an XML file is searched for the name of its root element.
const XML_HEAD_BYTES: usize = 4096;

/// Bytes to text: UTF-8 with or without a byte order mark, UTF-16 with one.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if let Some(name) = binary_format(bytes) {
        return Err(other(name));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes)?,
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => {
            Cow::Borrowed(std::str::from_utf8(rest).map_err(|_| ReadError::Encoding)?)
        }
    };
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

/// Fails for text that is of another format that can be told by its start.
pub(crate) fn refuse_other_formats(text: &str) -> Result<(), ReadError> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{b}');
    if start.starts_with('<') {
        let head = start.get(..start.floor_char_boundary(XML_HEAD_BYTES)).unwrap_or(start);
        return Err(other(if head.contains("ClinicalDocument") { "C-CDA" } else { "XML" }));
    }
    if ["MSH|", "FHS|", "BHS|", "MSH^"].iter().any(|segment| start.starts_with(segment)) {
        return Err(other("HL7 v2"));
    }
    if start.starts_with("shc:/") || start.starts_with("eyJ") {
        return Err(health_card());
    }
    if start.starts_with("shlink:/") {
        return Err(other("a SMART Health Link"));
    }
    Ok(())
}

pub(crate) fn health_card() -> ReadError {
    other("a SMART Health Card")
}

/// The version that alone has this resource type, where that is not R4.
pub(crate) fn other_version_of(type_name: &str) -> Option<&'static str> {
    match type_name {
        "Conformance"
        | "DeviceUseRequest"
        | "DiagnosticOrder"
        | "ImagingObjectSelection"
        | "MedicationOrder"
        | "Order"
        | "OrderResponse" => Some("DSTU2"),
        "BodySite"
        | "DataElement"
        | "DeviceComponent"
        | "EligibilityRequest"
        | "EligibilityResponse"
        | "ExpansionProfile"
        | "ImagingManifest"
        | "ProcedureRequest"
        | "ProcessRequest"
        | "ProcessResponse"
        | "ReferralRequest"
        | "Sequence"
        | "ServiceDefinition" => Some("STU3 or older"),
        "ActorDefinition" | "DeviceAssociation" | "DeviceDispense" | "DeviceUsage" | "EncounterHistory"
        | "FormularyItem" | "GenomicStudy" | "ImagingSelection" | "InventoryItem" | "InventoryReport"
        | "NutritionIntake" | "Requirements" | "Transport" => Some("R5"),
        _ => None,
    }
}

/// The version that alone has this top-level element. Reading past it would turn "not given" into "given".
pub(crate) fn other_version_by_element(name: &str) -> Option<&'static str> {
    matches!(name, "wasNotGiven" | "wasNotTaken").then_some("DSTU2")
}

fn other(name: &str) -> ReadError {
    ReadError::OtherFormat(name.to_owned())
}

fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("PDF"),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some("a zip archive"),
        [0x1f, 0x8b, ..] => Some("a gzip archive"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => Some("a picture"),
        _ if bytes.get(128..132) == Some(b"DICM") => Some("DICOM"),
        _ => None,
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'static, str>, ReadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(ReadError::Encoding);
    }
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    text.map(Cow::Owned).map_err(|_| ReadError::Encoding)
}
