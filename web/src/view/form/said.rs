//! What was answered in a form, in words.

use super::{Draft, Shape, questions};
use crate::components::field::Answer;

/// The questions that were answered, each with its answer.
#[must_use]
pub fn said(draft: &Draft) -> Vec<(String, String)> {
    let answered = questions(draft).into_iter().map(|asked| {
        let text = draft.text(asked.slot).trim();
        let words = match &asked.shape {
            Shape::Text | Shape::Long => text.to_owned(),
            Shape::Number(Some(unit)) if !text.is_empty() => format!("{text} {unit}"),
            Shape::Number(_) => text.to_owned(),
            Shape::Radios(answers) | Shape::Select(answers) => chosen(answers, text),
            Shape::Date { .. } => {
                let parts = draft.parts(asked.slot);
                let given = [&parts.day, &parts.month, &parts.year, &parts.clock];
                given.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
            }
            Shape::File => draft.file.as_ref().map(|filed| filed.card.name.clone()).unwrap_or_default(),
        };
        (asked.label, words)
    });
    answered.filter(|(_, words)| !words.is_empty()).collect()
}

fn chosen(answers: &[Answer], value: &str) -> String {
    let chosen = answers.iter().filter(|_| !value.is_empty()).find(|answer| answer.value.as_str() == value);
    chosen.map(|answer| answer.words.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::form::Field;

    use super::*;
    use crate::view::form::{Slot, Sort};

    #[test]
    fn only_what_was_answered_is_said_and_choices_in_words() {
        let mut draft = Draft::new(Sort::Note, Vec::new());
        assert_eq!(said(&draft), []);
        draft.set(Slot::Of(Field::Text), " Slept badly ".into());
        let mut parts = draft.parts(Slot::Of(Field::When));
        (parts.day, parts.year) = ("4".into(), "2020".into());
        draft.set_parts(Slot::Of(Field::When), parts);
        let words: Vec<String> = said(&draft).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["Slept badly", "4 2020"]);

        let mut draft = Draft::new(Sort::Symptom, Vec::new());
        let quiet = said(&draft).len();
        draft.set(Slot::Severity, "2".into());
        let words = said(&draft);
        assert_eq!(words.len(), quiet + 1);
        assert!(words.iter().all(|(_, words)| words != "2"));
    }
}
