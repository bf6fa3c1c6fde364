//! References between resources: what they are written as and what they mean (FHIR R4, bundle.html#references).

use crate::facts::Facts;
use crate::tree::is_type_name;
use std::borrow::Cow;

/// A reference or a URL without a fragment and without a version: `Patient/1` for `Patient/1/_history/3#name`.
#[must_use]
pub fn bare_reference(reference: &str) -> &str {
    let whole = reference.split_once('#').map_or(reference, |(before, _)| before);
    let versioned = whole.split_once("/_history/").map(|(before, _)| before);
    versioned.or_else(|| whole.strip_suffix("/_history")).unwrap_or(whole)
}

/// `Type/id` at the end of a reference or a URL, without a version; `None` where it ends in nothing of that sort.
#[must_use]
pub fn short_reference(reference: &str) -> Option<&str> {
    let bare = bare_reference(reference);
    let (before, id) = bare.rsplit_once('/')?;
    let type_name = before.rsplit_once('/').map_or(before, |(_, last)| last);
    let start = bare.len().checked_sub(type_name.len() + 1 + id.len())?;
    (is_type_name(type_name) && !id.is_empty()).then(|| bare.get(start..)).flatten()
}

/// The address that a reference means, without a version: itself where it is one, else `Type/id` at the server that
/// the resource it stands in came from, by that one's full URL. `None` for a relative reference of unknown origin.
#[must_use]
pub fn absolute_reference<'a>(reference: &'a str, full_url: Option<&str>) -> Option<Cow<'a, str>> {
    let bare = bare_reference(reference);
    if is_address(bare) {
        return Some(Cow::Borrowed(bare));
    }
    let base = base_of(full_url?)?;
    (short_reference(bare) == Some(bare)).then(|| Cow::Owned(format!("{base}/{bare}")))
}

/// The strings by which other resources may refer to this one, each without a version: its full URL, the last two
/// segments of that, `Type/id`, and `urn:uuid:id` where the id is a UUID, since not every way of passing resources on
/// keeps full URLs. A full URL with a version stands in the list as written too.
#[must_use]
pub fn reference_targets(facts: &Facts, full_url: Option<&str>) -> Vec<String> {
    let mut targets: Vec<String> = Vec::with_capacity(3);
    let mut add = |target: Cow<'_, str>| {
        if !target.is_empty() && !targets.iter().any(|known| *known == target) {
            targets.push(target.into_owned());
        }
    };
    if let Some(url) = full_url {
        add(url.into());
        add(bare_reference(url).into());
        if is_web_address(url)
            && let Some(short) = short_reference(url)
            && short.split_once('/').is_some_and(|(type_name, _)| type_name == facts.type_name)
        {
            add(short.into());
        }
    }
    if let Some(id) = &facts.id {
        add(format!("{}/{id}", facts.type_name).into());
        if is_uuid(id) {
            add(format!("urn:uuid:{id}").into());
        }
    }
    targets
}

/// Whether a URL names one thing in the world.
#[must_use]
pub fn is_address(url: &str) -> bool {
    is_web_address(url) || url.starts_with("urn:uuid:") || url.starts_with("urn:oid:")
}

/// Whether a URL says at which server something is.
#[must_use]
pub fn is_web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Whether an id is a UUID, so that no other thing has it anywhere.
#[must_use]
pub fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// `https://example.org/fhir` of `https://example.org/fhir/Patient/1`; nothing for a URL that is not a server's.
#[must_use]
pub fn base_of(full_url: &str) -> Option<&str> {
    let short = short_reference(full_url).filter(|_| is_web_address(full_url))?;
    bare_reference(full_url).strip_suffix(short)?.strip_suffix('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::facts;

    #[test]
    fn a_resource_is_found_by_every_form_of_reference() {
        let patient = facts(r#"{"resourceType":"Patient","id":"7"}"#).unwrap();
        assert_eq!(reference_targets(&patient, None), ["Patient/7"]);
        assert_eq!(reference_targets(&patient, Some("urn:uuid:x")), ["urn:uuid:x", "Patient/7"]);
        assert_eq!(
            reference_targets(&patient, Some("https://a.org/fhir/Patient/9/_history/2")),
            ["https://a.org/fhir/Patient/9/_history/2", "https://a.org/fhir/Patient/9", "Patient/9", "Patient/7"]
        );
        assert_eq!(reference_targets(&patient, Some("https://a.org/files/9")), ["https://a.org/files/9", "Patient/7"]);
        let id = "0a1b2c3d-0000-4000-8000-00000000abcd";
        let patient = facts(&format!(r#"{{"resourceType":"Patient","id":"{id}"}}"#)).unwrap();
        assert_eq!(reference_targets(&patient, None), [format!("Patient/{id}"), format!("urn:uuid:{id}")]);
    }

    #[test]
    fn versions_and_fragments_are_no_part_of_what_a_reference_means() {
        for (written, bare, short) in [
            ("Patient/1", "Patient/1", Some("Patient/1")),
            ("Patient/1/_history/3", "Patient/1", Some("Patient/1")),
            ("Patient/1/_history", "Patient/1", Some("Patient/1")),
            ("Patient/1#name", "Patient/1", Some("Patient/1")),
            ("https://a.org/fhir/Patient/1/_history/3#x", "https://a.org/fhir/Patient/1", Some("Patient/1")),
            ("urn:uuid:1#x", "urn:uuid:1", None),
            ("#contained", "", None),
            ("https://a.org/files/1", "https://a.org/files/1", None),
            ("Patient/", "Patient/", None),
            ("Patient?identifier=x|1", "Patient?identifier=x|1", None),
            ("", "", None),
        ] {
            assert_eq!((bare_reference(written), short_reference(written)), (bare, short), "{written}");
        }
    }

    #[test]
    fn a_relative_reference_means_something_at_the_server_of_the_resource_that_holds_it() {
        let here = Some("https://a.org/fhir/Observation/5/_history/1");
        let absolute = |reference, from| absolute_reference(reference, from).map(Cow::into_owned);
        assert_eq!(absolute("Patient/1/_history/2", here).as_deref(), Some("https://a.org/fhir/Patient/1"));
        assert_eq!(absolute("http://b.org/Patient/1", here).as_deref(), Some("http://b.org/Patient/1"));
        assert_eq!(absolute("urn:uuid:1", here).as_deref(), Some("urn:uuid:1"));
        assert_eq!(absolute("Patient/1", Some("urn:uuid:2")), None);
        assert_eq!(absolute("Patient/1", Some("https://a.org/files/9")), None);
        assert_eq!(absolute("Patient?identifier=1", here), None);
        assert_eq!(absolute("Patient/1", None), None);
    }
}
