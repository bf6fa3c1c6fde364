//! What a person types into the search, over what stands in a record.

use chartchain_chart::{Chart, Filter, NewEntry, Place, Relation, split_words};

/// Up to a zero what the record says, then what is searched for.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (said, typed) = text.split_once('\0').unwrap_or((&text, ""));
    let said: String = said.chars().take(150).collect();
    let json = serde_json::json!({ "resourceType": "Condition", "code": { "text": said } }).to_string();
    let Ok(facts) = chartchain_fhir::facts(&json) else { return };
    let mut chart = Chart::default();
    chart.add(NewEntry {
        commitment: [1; 16],
        place: Place { block: 0, segment: 0, row: 0 },
        content: [2; 12],
        full_url: None,
        input: None,
        relation: Relation::default(),
        facts,
    });
    chart.resolve_sources();
    let mut find = |words: &str| chart.query(&Filter { words: words.into(), ..Filter::default() }, 0, 10).total;
    let _ = find(typed);
    for word in split_words(&said) {
        assert_eq!(find(&word), 1, "a word of the entry does not find it: {word:?}");
    }
    assert_eq!(find(&said), 1, "an entry is not found by its own text");
}

/// Texts in several scripts, with marks, numbers and what lies between.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        "HbA1c 7,0 % (blood)\0hba1c 7.0",
        "José Müller, Straße\0jose mull",
        "ارتفاع ضغط الدم\0ضغط",
        "e\u{301}\u{301}\u{301}…120/80\x00120",
        "\u{130}\u{df}\u{fb03}\0i",
    ];
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}
