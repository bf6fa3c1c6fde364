//! Who is the same person.

use crate::facts::{Person, Sex};
use crate::fold::{is_mark, push_folded};
use serde::{Deserialize, Serialize};

/// Whether two descriptions speak of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sameness {
    /// Name and full birth date agree, nothing contradicts.
    Same,
    /// Nothing contradicts, nothing proves it.
    Unclear,
    /// Name, birth date or sex contradict.
    Different,
}

/// Compares two people by name (capitals, accents and order do not matter), birth date (as exactly as both are known)
/// and sex.
#[must_use]
pub fn same_person(a: &Person, b: &Person) -> Sameness {
    let name = names(a.name.as_deref(), b.name.as_deref());
    let birth = birth_dates(a.birth_date.as_deref(), b.birth_date.as_deref());
    let sexes_differ =
        matches!((a.sex, b.sex), (Some(Sex::Female), Some(Sex::Male)) | (Some(Sex::Male), Some(Sex::Female)));
    if sexes_differ || name == Agreement::No || birth == Agreement::No {
        Sameness::Different
    } else if name == Agreement::Yes && birth == Agreement::Yes {
        Sameness::Same
    } else {
        Sameness::Unclear
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Yes,
    Partly,
    No,
}

fn names(a: Option<&str>, b: Option<&str>) -> Agreement {
    let (Some(a), Some(b)) = (a.map(name_parts), b.map(name_parts)) else { return Agreement::Partly };
    if a.is_empty() || b.is_empty() {
        return Agreement::Partly;
    }
    if a == b {
        return Agreement::Yes;
    }
    let (few, many) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let shared = few.iter().filter(|part| many.contains(part)).count();
    // A middle name may be missing or stand as an initial.
    let fits = |part: &String| {
        many.contains(part) || part.chars().count() == 1 && many.iter().any(|other| other.starts_with(part.as_str()))
    };
    if shared >= 2 && few.iter().all(fits) {
        Agreement::Yes
    } else if shared > 0 || script(&a) != script(&b) || a.concat() == b.concat() {
        Agreement::Partly
    } else {
        Agreement::No
    }
}

/// A name in another script may be the same name.
fn script(parts: &[String]) -> bool {
    parts.iter().flat_map(|part| part.chars()).all(|c| c.is_ascii())
}

/// Folded parts, sorted; titles dropped.
fn name_parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = name
        .split(|c: char| !(c.is_alphanumeric() || is_mark(c) || matches!(c, '\'' | '’')))
        .map(fold)
        .filter(|part| {
            !part.is_empty() && !matches!(part.as_str(), "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "jr" | "sr")
        })
        .collect();
    parts.sort_unstable();
    parts
}

/// Lower case without accents, vowel points and apostrophes.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\'' | '’')) {
        push_folded(&mut out, c);
    }
    out
}

/// [`Agreement::Yes`] only for two full dates that are the same.
fn birth_dates(a: Option<&str>, b: Option<&str>) -> Agreement {
    let (Some(a), Some(b)) = (a.map(str::trim), b.map(str::trim)) else { return Agreement::Partly };
    let day = |text: &str| crate::when::parse_when(text).map(|_| text.chars().take(10).collect::<String>());
    let (Some(a), Some(b)) = (day(a), day(b)) else { return Agreement::Partly };
    if a == b && a.len() == 10 {
        Agreement::Yes
    } else if a.starts_with(&b) || b.starts_with(&a) {
        Agreement::Partly
    } else {
        Agreement::No
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, birth_date: &str, sex: Option<Sex>) -> Person {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Person { name: given(name), birth_date: given(birth_date), sex, deceased: None }
    }

    fn compare(a: (&str, &str), b: (&str, &str)) -> Sameness {
        let one = same_person(&person(a.0, a.1, None), &person(b.0, b.1, None));
        let other = same_person(&person(b.0, b.1, None), &person(a.0, a.1, None));
        assert_eq!(one, other, "{a:?} {b:?}");
        one
    }

    #[test]
    fn spelling_of_a_name_does_not_matter() {
        let born = "1980-05-17";
        for other in
            ["OKAFOR Amara", "amara okafor", "Okafor, Amara", "Mrs. Amara Okafor", "Ámara Okafór", "Amara N. Okafor"]
        {
            assert_eq!(compare(("Amara Okafor", born), (other, born)), Sameness::Same, "{other}");
        }
        assert_eq!(compare(("Łukasz Müller", born), ("Lukasz Mu\u{308}ller", born)), Sameness::Same);
    }

    #[test]
    fn a_contradiction_makes_them_different() {
        assert_eq!(compare(("Amara Okafor", "1980-05-17"), ("Amara Okafor", "1980-05-18")), Sameness::Different);
        assert_eq!(compare(("Amara Okafor", "1980-05-17"), ("John Smith", "1980-05-17")), Sameness::Different);
        assert_eq!(compare(("Amara Okafor", "1980-05-17"), ("Amara Okafor", "1981")), Sameness::Different);
        let (woman, man) = (person("A B", "1980", Some(Sex::Female)), person("A B", "1980", Some(Sex::Male)));
        assert_eq!(same_person(&woman, &man), Sameness::Different);
    }

    #[test]
    fn what_proves_nothing_is_unclear() {
        assert_eq!(compare(("Amara Okafor", "1980-05"), ("Amara Okafor", "1980-05-17")), Sameness::Unclear);
        assert_eq!(compare(("Amara Okafor", ""), ("Amara Okafor", "1980-05-17")), Sameness::Unclear);
        assert_eq!(compare(("", "1980-05-17"), ("Amara Okafor", "1980-05-17")), Sameness::Unclear);
        assert_eq!(compare(("Mary Smith", "1980-05-17"), ("Mary Jones", "1980-05-17")), Sameness::Unclear);
        assert_eq!(compare(("أمارا أوكافور", "1980-05-17"), ("Amara Okafor", "1980-05-17")), Sameness::Unclear);
        assert_eq!(compare(("", ""), ("", "")), Sameness::Unclear);
    }
}
