//! Files inside of resources: `Attachment.data` and `Binary.data`, in base64.

use crate::read::ReadError;
use crate::tree::Node;

/// A file inside of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// What the resource calls it.
    pub title: Option<String>,
    /// What the resource says that it is.
    pub content_type: Option<String>,
    /// Its bytes in base64, as written.
    pub data: String,
}

/// Every file whose bytes stand in a resource, in order.
///
/// # Errors
/// [`ReadError`] for what is no resource.
pub fn inline_files(json: &str) -> Result<Vec<Inline>, ReadError> {
    let mut found = Vec::new();
    // Most resources hold none, and need not be parsed to see that.
    if json.contains("\"data\"") {
        let (root, _) = Node::parse_resource(json)?;
        collect(&root, &mut found);
    }
    Ok(found)
}

fn collect(node: &Node<'_>, found: &mut Vec<Inline>) {
    match node {
        Node::Object(members) => {
            // A signature and a series of samples have data too, but no content type.
            if let (Some(content_type), Some(data)) = (node.text_at("contentType"), node.text_at("data")) {
                found.push(Inline {
                    title: node.text_at("title").map(str::to_owned),
                    content_type: Some(content_type.to_owned()),
                    data: data.to_owned(),
                });
            }
            members.iter().for_each(|(_, value)| collect(value, found));
        }
        Node::List(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

/// A file that a resource names by an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What the resource calls it.
    pub title: Option<String>,
    /// What the resource says that it is.
    pub content_type: String,
    /// Length in bytes, as the resource says.
    pub size_bytes: u32,
    /// The address.
    pub url: String,
}

/// The first file of a document that is named by an address (`content.attachment.url`).
///
/// # Errors
/// [`ReadError`] for what is no resource.
pub fn named_file(json: &str) -> Result<Option<Named>, ReadError> {
    let (root, _) = Node::parse_resource(json)?;
    let read = |node: &Node<'_>| {
        Some(Named {
            title: node.text_at("title").map(str::to_owned),
            content_type: node.text_at("contentType")?.to_owned(),
            size_bytes: node.get("size").and_then(Node::scalar).and_then(|size| size.parse().ok()).unwrap_or(0),
            url: node.text_at("url")?.to_owned(),
        })
    };
    Ok(root.first("content.attachment", &mut { read }))
}

/// Puts the bytes of a file beside the address that names it in a resource, so that the resource holds all of it. The rest
/// is kept token for token. `None` if the resource does not name that address.
#[must_use]
pub fn with_data(json: &str, url: &str, bytes: &[u8]) -> Option<String> {
    let named = format!("\"url\":\"{url}\"");
    let at = json.find(&named)? + named.len();
    let (before, after) = json.split_at_checked(at)?;
    let mut out = String::with_capacity(json.len() + bytes.len().div_ceil(3) * 4 + 10);
    out.push_str(before);
    out.push_str(",\"data\":\"");
    push_base64(&mut out, bytes);
    out.push('"');
    out.push_str(after);
    Some(out)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding (RFC 4648, section 4).
fn push_base64(out: &mut String, bytes: &[u8]) {
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = (word >> (18 - 6 * at) & 63) as usize;
            let char = if at > chunk.len() { b'=' } else { ALPHABET.get(digit).copied().unwrap_or(b'=') };
            out.push(char::from(char));
        }
    }
}

/// Base64 or base64url, with or without padding and white space; `None` for anything else.
#[must_use]
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut word, mut digits, mut ended) = (0u32, 0u32, false);
    for byte in text.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                ended = true;
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => return None,
        };
        if ended {
            return None;
        }
        word = word << 6 | u32::from(digit);
        digits += 1;
        if digits == 4 {
            out.extend(word.to_be_bytes().iter().skip(1));
            (word, digits) = (0, 0);
        }
    }
    match digits {
        0 => {}
        2 => out.extend((word << 12).to_be_bytes().get(1..2)?),
        3 => out.extend((word << 6).to_be_bytes().get(1..3)?),
        _ => return None,
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_matches_the_vectors_of_rfc_4648_and_comes_back() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            let mut out = String::new();
            push_base64(&mut out, plain.as_bytes());
            assert_eq!(out, coded);
            assert_eq!(decode_base64(coded).as_deref(), Some(plain.as_bytes()));
            assert_eq!(decode_base64(coded.trim_end_matches('=')).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(decode_base64("Zm9v\r\nYmFy").as_deref(), Some(b"foobar".as_slice()));
        for bad in ["Z", "Zm9vY", "Zg==Zg==", "Zm9v!", "é"] {
            assert_eq!(decode_base64(bad), None, "{bad}");
        }
    }

    #[test]
    fn files_are_found_wherever_they_stand_and_nothing_else_is() {
        let json = r#"{"resourceType":"DiagnosticReport","status":"final","code":{"text":"x"},"presentedForm":[{"contentType":"application/pdf","data":"JVBERg==","title":"Report"},{"contentType":"text/plain","url":"Binary/1"}],"contained":[{"resourceType":"Binary","contentType":"image/png","data":"iVBORw=="}],"extension":[{"url":"x","valueSampledData":{"data":"1 2 3"}}]}"#;
        let found = inline_files(json).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].title.as_deref(), Some("Report"));
        assert_eq!(decode_base64(&found[1].data).unwrap(), b"\x89PNG");
        assert_eq!(inline_files(r#"{"resourceType":"Patient","id":"data"}"#).unwrap(), []);
        assert!(inline_files(r#"{"data":1"#).is_err());
    }

    #[test]
    fn data_is_put_beside_its_address_and_read_back() {
        let json = r#"{"resourceType":"DocumentReference","content":[{"attachment":{"contentType":"image/png","url":"urn:uuid:1","size":4}}]}"#;
        let whole = with_data(json, "urn:uuid:1", b"\x89PNG").unwrap();
        assert_eq!(decode_base64(&inline_files(&whole).unwrap()[0].data).unwrap(), b"\x89PNG");
        assert_eq!(whole.replace(r#","data":"iVBORw==""#, ""), json);
        assert_eq!(with_data(json, "urn:uuid:2", b"x"), None);
        let named = named_file(&whole).unwrap().unwrap();
        assert_eq!((named.url.as_str(), named.size_bytes), ("urn:uuid:1", 4));
    }
}
