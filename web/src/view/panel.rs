//! Finding one of many records by whose it is.

use chartchain_vault::protocol::{LedgerCard, push_folded};

use super::quick_line;

/// So many records are shown at once.
pub const MOST_SHOWN: usize = 50;
/// With more records than this a search stands above them.
pub const MANY: usize = 8;

/// Records that a search finds, by name, and how many more there are.
#[must_use]
pub fn find<'c>(cards: &'c [LedgerCard], typed: &str) -> (Vec<&'c LedgerCard>, usize) {
    let wanted = words(typed);
    let name = |card: &LedgerCard| card.subject.name.as_deref().map(fold).unwrap_or_default();
    let mut found: Vec<(String, &LedgerCard)> = cards
        .iter()
        .map(|card| (name(card), card))
        .filter(|(name, card)| {
            let born = card.subject.birth_date.as_deref();
            wanted.iter().all(|word| word.iter().any(|meant| fits(meant, name, born)))
        })
        .collect();
    found.sort_by(|one, other| (&one.0, &one.1.id.0).cmp(&(&other.0, &other.1.id.0)));
    let more = found.len().saturating_sub(MOST_SHOWN);
    (found.into_iter().take(MOST_SHOWN).map(|(_, card)| card).collect(), more)
}

/// A word of the search is the beginning of a part of the name, or all of the birth date, or its year.
fn fits(wanted: &str, name: &str, born: Option<&str>) -> bool {
    let is_born = || {
        let born = born.unwrap_or_default();
        let year = born.split('-').next().unwrap_or_default();
        !born.is_empty() && (born == wanted || year == wanted)
    };
    parts(name).any(|part| part.starts_with(wanted)) || is_born()
}

/// Words of a search, each with all that it may mean: a date is one as it is stored, whichever way round it was typed.
fn words(typed: &str) -> Vec<Vec<String>> {
    let short: String = typed.chars().take(200).collect();
    let plain: String = short.chars().map(quick_line::plain).collect();
    let mut words = Vec::new();
    for word in plain.split_whitespace() {
        match dates(word) {
            Some(dates) => words.push(dates),
            // As names are taken apart.
            None => words.extend(parts(&fold(word)).map(|part| vec![part.to_owned()])),
        }
    }
    words
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty())
}

fn dates(word: &str) -> Option<Vec<String>> {
    let parts: Vec<u16> = word.split(['.', '/', '-']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let written = |year: u16, month: u16, day: u16| format!("{year:04}-{month:02}-{day:02}");
    match *parts.as_slice() {
        [year, month, day] if year >= 1000 => Some(vec![written(year, month, day)]),
        [first, second, year] if year >= 1000 => Some(vec![written(year, second, first), written(year, first, second)]),
        _ => None,
    }
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_folded(&mut folded, letter));
    folded
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::{LedgerId, Person};

    use super::*;

    fn card(number: usize, name: &str, born: Option<&str>) -> LedgerCard {
        let subject = Person { name: Some(name.into()), birth_date: born.map(Into::into), ..Person::default() };
        let id = LedgerId(format!("{number:064x}"));
        LedgerCard { id, subject, made_up: false, entries: 0, blocks: 1, damaged: false }
    }

    fn found(typed: &str) -> Vec<String> {
        let cards = [
            card(1, "Zoë Álvarez-Núñez", Some("1970-05-01")),
            card(2, "Ida Quill", Some("1970-11-30")),
            card(3, "Idris Alvar", Some("1981")),
            card(4, "محمد علي", None),
        ];
        find(&cards, typed).0.into_iter().filter_map(|card| card.subject.name.clone()).collect()
    }

    #[test]
    fn people_are_found_by_any_part_of_their_name_and_by_their_birth_date() {
        assert_eq!(found(""), ["Ida Quill", "Idris Alvar", "Zoë Álvarez-Núñez", "محمد علي"]);
        assert_eq!(found("alv"), ["Idris Alvar", "Zoë Álvarez-Núñez"]);
        assert_eq!(found("ID al"), ["Idris Alvar"]);
        assert_eq!(found("nunez zoe"), ["Zoë Álvarez-Núñez"]);
        assert_eq!(found("علي"), ["محمد علي"]);
        for date in ["1.5.1970", "01/05/1970", "5/1/1970", "1970-05-01"] {
            assert_eq!(found(date), ["Zoë Álvarez-Núñez"], "{date}");
        }
        assert_eq!(found("id 1970"), ["Ida Quill"]);
        assert_eq!(found("1981"), ["Idris Alvar"]);
        assert_eq!(found("١٩٨١"), ["Idris Alvar"]);
        assert_eq!(found("Álvarez-Núñez"), ["Zoë Álvarez-Núñez"]);
        for nothing in ["uill", "1970-05", "0", "1.5.", "x".repeat(5000).as_str()] {
            assert!(found(nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn of_many_the_first_are_shown_and_the_rest_counted() {
        let cards: Vec<LedgerCard> = (0..1000).map(|number| card(number, "Ida Quill", None)).collect();
        let (shown, more) = find(&cards, "quill");
        assert_eq!((shown.len(), more), (MOST_SHOWN, 950));
        assert_eq!(shown.first().map(|card| &card.id), cards.first().map(|card| &card.id));
    }
}
