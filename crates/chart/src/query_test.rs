use chartchain_fhir::Kind;
use proptest::prelude::*;

use crate::test_entry::{chart, commitment, entry, measured};
use crate::{Chart, Filter, Found, NewEntry, Relation};

const CONDITION: &str = r#"{"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003"}],"text":"High blood pressure"},"recordedDate":"2018-03-04"}"#;
const PROVIDER: &str = r#"{"resourceType":"Practitioner","id":"dr","name":[{"text":"Dr Ada Stone"}]}"#;

fn example() -> Chart {
    let by_stone = measured("8302-2", "Height", "2020-06-01", "170").replacen(
        "\"status\":\"final\"",
        "\"performer\":[{\"display\":\"Dr Ada Stone\"}],\"status\":\"amended\"",
        1,
    );
    let wrong = measured("29463-7", "Weight", "2022-01-01", "800").replace("final", "entered-in-error");
    chart(&[&measured("29463-7", "Weight", "2020-01-01", "80"), CONDITION, PROVIDER, &by_stone, &wrong])
}

fn found(chart: &mut Chart, filter: Filter) -> Vec<u32> {
    let found = chart.query(&filter, 0, 100);
    assert_eq!(found.total as usize, found.page.len());
    found.page
}

#[test]
fn each_filter_leaves_what_fits() {
    let mut chart = example();
    let base = Filter::default;
    let text = |text: &str| Some(text.to_owned());
    let ms = |day: &str| chartchain_fhir::parse_when(day).unwrap().sort_ms;
    let cases = [
        ("nothing asked", base(), vec![3, 0, 1]),
        ("type", Filter { type_name: text("Condition"), ..base() }, vec![1]),
        ("type that is not shown by itself", Filter { type_name: text("Practitioner"), ..base() }, vec![2]),
        ("half a type", Filter { type_name: text("Cond"), ..base() }, vec![]),
        ("code", Filter { code: text("38341003"), ..base() }, vec![1]),
        ("system and code", Filter { code: text("http://snomed.info/sct|38341003"), ..base() }, vec![1]),
        ("another system", Filter { code: text("http://loinc.org|38341003"), ..base() }, vec![]),
        ("status", Filter { status: text("amended"), ..base() }, vec![3]),
        ("clinical status", Filter { status: text("active"), ..base() }, vec![1]),
        ("source", Filter { source: text("Dr Ada Stone"), ..base() }, vec![3]),
        ("unknown source", Filter { source: text("Dr Nobody"), ..base() }, vec![]),
        ("from", Filter { from_ms: Some(ms("2020-01-01")), ..base() }, vec![3, 0]),
        ("before", Filter { before_ms: Some(ms("2020-01-01")), ..base() }, vec![1]),
        ("range", Filter { from_ms: Some(ms("2019")), before_ms: Some(ms("2020-06-01")), ..base() }, vec![0]),
        ("kind", Filter { kinds: vec![Kind::Condition], ..base() }, vec![1]),
        ("kinds", Filter { kinds: vec![Kind::Condition, Kind::Provider], ..base() }, vec![1, 2]),
        ("word", Filter { words: "pressure".into(), ..base() }, vec![1]),
        ("starts of words, any case", Filter { words: "PRESS hig".into(), ..base() }, vec![1]),
        ("a word that only one of two has", Filter { words: "high weight".into(), ..base() }, vec![]),
        ("errors too", Filter { include_superseded: true, ..base() }, vec![4, 3, 0, 1]),
        ("all at once", Filter { words: "weight".into(), type_name: text("Condition"), ..base() }, vec![]),
    ];
    for (name, filter, expected) in cases {
        assert_eq!(found(&mut chart, filter), expected, "{name}");
    }
}

#[test]
fn what_was_superseded_or_made_in_error_is_not_found_unless_asked_for() {
    let mut chart = example();
    let newer = measured("29463-7", "Weight", "2020-01-01", "81");
    let relation = Relation { supersedes: vec![commitment(0)], older_than: None };
    chart.add(NewEntry { relation, ..entry(5, &newer) });
    assert_eq!(found(&mut chart, Filter { words: "weight".into(), ..Filter::default() }), [5]);
    let all = Filter { words: "weight".into(), include_superseded: true, ..Filter::default() };
    assert_eq!(found(&mut chart, all), [4, 5, 0]);
}

#[test]
fn kinds_are_counted_whatever_kind_is_asked_for_and_sources_whatever_is_asked_for() {
    let mut chart = example();
    let all = chart.query(&Filter::default(), 0, 100);
    assert_eq!(all.kinds, [(Kind::Vital, 2), (Kind::Condition, 1), (Kind::Provider, 1)]);
    assert_eq!(all.sources, [("Dr Ada Stone".to_owned(), 1)]);
    let conditions = chart.query(&Filter { kinds: vec![Kind::Condition], ..Filter::default() }, 0, 100);
    assert_eq!((conditions.total, conditions.kinds), (1, all.kinds));
    let none = chart.query(&Filter { words: "zzz".into(), ..Filter::default() }, 0, 100);
    assert_eq!((none.total, none.kinds, none.sources), (0, vec![], all.sources));
}

#[test]
fn a_list_goes_on_after_its_first_five_hundred_entries() {
    let resources: Vec<String> = (0..1234)
        .map(|number| {
            let day = format!("{}-{:02}-{:02}", 2000 + number / 300, 1 + number % 12, 1 + number % 28);
            if number % 2 == 0 { measured("1", "Weight", &day, "1") } else { CONDITION.replace("2018-03-04", &day) }
        })
        .collect();
    let mut chart = chart(&resources.iter().map(String::as_str).collect::<Vec<_>>());
    let filter = Filter { kinds: vec![Kind::Vital], ..Filter::default() };
    let whole = chart.query(&filter, 0, u32::MAX).page;
    let mut pages = Vec::new();
    for (offset, expected) in [(0, 500), (500, 117), (617, 0), (u32::MAX, 0)] {
        let found = chart.query(&filter, offset, 500);
        assert_eq!((found.total, found.page.len()), (617, expected), "{offset}");
        pages.extend(found.page);
    }
    assert_eq!(pages, whole);
}

#[test]
fn an_empty_chart_answers_with_nothing() {
    let found = Chart::default().query(&Filter::default(), 0, 10);
    assert!(found.page.is_empty() && found.total == 0 && found.kinds.is_empty() && found.sources.is_empty());
}

proptest! {
    #[test]
    fn pages_of_any_length_put_together_are_the_whole(
        days in prop::collection::vec(1u32..28, 0..60),
        limit in 1u32..20,
    ) {
        let resources: Vec<String> =
            days.iter().map(|day| measured("1", "Weight", &format!("2020-01-{day:02}"), "1")).collect();
        let mut chart = chart(&resources.iter().map(String::as_str).collect::<Vec<_>>());
        let whole = chart.query(&Filter::default(), 0, u32::MAX);
        prop_assert_eq!(whole.total as usize, days.len());
        let mut parts: Vec<u32> = Vec::new();
        loop {
            let Found { page, total, .. } = chart.query(&Filter::default(), parts.len() as u32, limit);
            prop_assert_eq!(total, whole.total);
            prop_assert!(page.len() as u32 <= limit);
            if page.is_empty() {
                break;
            }
            parts.extend(page);
        }
        prop_assert_eq!(&parts, &whole.page);
        let sorted = whole.page.windows(2).all(|pair| {
            chart.record(pair[0]).unwrap().sort_ms() >= chart.record(pair[1]).unwrap().sort_ms()
        });
        prop_assert!(sorted);
    }

    #[test]
    fn no_query_text_panics_or_finds_what_is_not_there(words in "\\PC{0,40}", code in "\\PC{0,20}") {
        let mut chart = example();
        let filter = Filter { words: words.clone(), code: Some(code), ..Filter::default() };
        prop_assert!(chart.query(&filter, 0, 10).total <= 3);
        let by_words = chart.query(&Filter { words: words.clone(), ..Filter::default() }, 0, 10);
        if crate::split_words(&words).is_empty() {
            prop_assert_eq!(by_words.total, 3);
        }
    }
}
