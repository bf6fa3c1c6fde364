//! The words that a search may look for.

use crate::facts::{Facts, Value};
use crate::tree::Node;

/// Longest search text, in bytes.
const MAX_BYTES: usize = 4096;
/// A single text counts up to here, in bytes.
const MAX_PIECE_BYTES: usize = 1000;

pub(super) fn text<'n>(root: &'n Node<'_>, facts: &'n Facts) -> String {
    let mut found = Words { out: String::with_capacity(256), seen: Vec::new() };
    found.add(&facts.title);
    if let Some(Value::Text(text)) = &facts.value {
        found.add(text);
    }
    for text in [&facts.detail, &facts.severity, &facts.recorded_by].into_iter().flatten() {
        found.add(text);
    }
    collect(root, &mut found);
    found.out
}

struct Words<'n> {
    out: String,
    /// Few enough to be looked through: together they are at most [`MAX_BYTES`].
    seen: Vec<&'n str>,
}

impl<'n> Words<'n> {
    fn add(&mut self, piece: &'n str) {
        let end = piece.floor_char_boundary(MAX_PIECE_BYTES.min(MAX_BYTES.saturating_sub(self.out.len())));
        let piece = piece.get(..end).unwrap_or_default();
        if piece.is_empty() || self.seen.contains(&piece) {
            return;
        }
        for word in piece.split_whitespace() {
            if !self.out.is_empty() {
                self.out.push(' ');
            }
            self.out.push_str(word);
        }
        self.seen.push(piece);
    }
}

fn collect<'n>(node: &'n Node<'_>, found: &mut Words<'n>) {
    match node {
        Node::List(items) => items.iter().for_each(|item| collect(item, found)),
        Node::Object(members) => {
            for (key, value) in members {
                match value {
                    _ if matches!(key.as_ref(), "meta" | "extension" | "identifier" | "category" | "div") => {}
                    Node::Text(text) if is_words(key) => found.add(text.trim()),
                    Node::List(items) if is_words(key) => {
                        items.iter().filter_map(Node::text).for_each(|text| found.add(text))
                    }
                    Node::Text(_) => {}
                    other => collect(other, found),
                }
            }
        }
        _ => {}
    }
}

/// Elements that hold words for people.
fn is_words(key: &str) -> bool {
    matches!(
        key,
        "text"
            | "display"
            | "title"
            | "name"
            | "description"
            | "comment"
            | "conclusion"
            | "summary"
            | "patientInstruction"
            | "family"
            | "given"
            | "alias"
            | "lotNumber"
            | "valueString"
            | "contentString"
            | "deviceName"
            | "modelNumber"
            | "manufacturer"
            | "authorString"
            | "disposition"
            | "occurrenceString"
            | "onsetString"
            | "abatementString"
    )
}
