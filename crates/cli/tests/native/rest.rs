//! What a thief of the file can read: nothing.

use std::collections::BTreeSet;
use std::path::Path;

use chartchain_vault::protocol::Person;

use crate::tool::{Tool, life};

/// Words that a ledger file may hold, because the program writes them whatever the record is.
const OWN: &str = "chartchain profile people copy store format redb rows system";

/// Words of at least five letters, codes and numbers of every value in a resource, and whole names.
fn secrets(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            let words = text.split(|c: char| !c.is_alphabetic());
            found.extend(words.filter(|word| word.chars().count() >= 5).map(str::to_owned));
            if text.len() >= 6 {
                found.insert(text.clone());
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| secrets(item, found)),
        serde_json::Value::Object(fields) => fields.iter().for_each(|(name, field)| {
            if name.len() >= 6 {
                found.insert(name.clone());
            }
            secrets(field, found);
        }),
        _ => {}
    }
}

/// Positions of every sequence of four bytes, so that thousands of words are looked for in one pass.
fn leaks(file: &Path, words: &BTreeSet<String>) -> Vec<String> {
    let bytes = std::fs::read(file).unwrap();
    let mut at: std::collections::HashMap<[u8; 4], Vec<usize>> = std::collections::HashMap::new();
    for (place, start) in bytes.windows(4).enumerate() {
        at.entry(start.try_into().unwrap()).or_default().push(place);
    }
    let holds = |needle: &[u8]| {
        let places = at.get(&needle[..4]).map(Vec::as_slice).unwrap_or_default();
        places.iter().any(|place| bytes[*place..].starts_with(needle))
    };
    let utf16 = |word: &str, order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let held = |word: &&String| {
        holds(word.as_bytes()) || holds(&utf16(word, u16::to_le_bytes)) || holds(&utf16(word, u16::to_be_bytes))
    };
    words.iter().filter(held).cloned().collect()
}

#[test]
fn no_word_name_or_code_of_the_record_stands_in_the_file() {
    let text = life(7);
    let mut words = BTreeSet::new();
    secrets(&serde_json::from_str(&text).unwrap(), &mut words);
    for word in ["Ida", "Quill", "Ida Quill", "1970-05-01", "secret-name-of-a-file", "resourceType"] {
        words.insert(word.to_owned());
    }
    words.retain(|word| word.len() >= 5 && !OWN.split(' ').any(|own| own == word));
    assert!(words.len() > 500 && words.contains("85354-9") && words.contains("pressure"), "{}", words.len());

    let scan = |finish: bool| {
        let tool = Tool::new();
        let ida = Person { name: Some("Ida Quill".into()), birth_date: Some("1970-05-01".into()), ..Person::default() };
        let path = tool.ledger("a.cc", ida);
        tool.write("secret-name-of-a-file.json", &text);
        let mut words = words.clone();
        words.insert(tool.folder.path().display().to_string());
        if finish {
            let run = tool.run(&[&"import", &"a.cc", &"secret-name-of-a-file.json", &"--person", &"Kavya Pillai"]);
            assert_eq!(run.code, 0, "{run:?}");
        } else {
            // An import that was refused leaves its input behind, for a while.
            let run = tool.run(&[&"import", &"a.cc", &"secret-name-of-a-file.json"]);
            assert_eq!(run.code, 6, "{run:?}");
        }
        let entries = tool.run(&[&"verify", &"a.cc"]);
        assert_eq!(entries.code, 0);
        leaks(&path, &words)
    };
    for finish in [true, false] {
        // Random bytes may spell a short word once, never the same one twice.
        let (first, second) = (scan(finish), scan(finish));
        let both: Vec<_> = first.iter().filter(|word| second.contains(word)).collect();
        assert!(both.is_empty() && first.len() + second.len() <= 2, "{both:?} {first:?} {second:?}");
    }
}

#[test]
fn the_scan_finds_what_is_there_to_find() {
    let tool = Tool::new();
    let words = BTreeSet::from(["pressure".to_owned(), "weight".to_owned(), "absent".to_owned()]);
    let mut bytes = b"xxpressurexx".to_vec();
    bytes.extend("weight".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(leaks(&tool.write("x", bytes), &words), ["pressure", "weight"]);
}
