//! What is wrong with a form, in words: how to mend it, or what is asked.

use chartchain_vault::protocol::form::{Field, FormProblem, Problem};

use super::{Draft, Slot, normal_number, unit_name};
use crate::t;
use crate::view::faults::size_words;

/// How to mend it.
#[must_use]
pub fn words(problem: &FormProblem) -> String {
    match (&problem.problem, problem.field) {
        (Problem::Missing, Field::When | Field::From) => t!("wrong-date-missing"),
        (Problem::Missing, Field::Number | Field::Diastolic) => t!("wrong-number-missing"),
        (Problem::Missing, Field::File) => t!("wrong-file-missing"),
        (Problem::Missing, Field::Text) => t!("wrong-text-missing"),
        (Problem::Missing, _) => t!("wrong-missing"),
        (Problem::NotANumber, _) => t!("wrong-number"),
        (Problem::NotADate, _) => t!("wrong-date"),
        (Problem::DayNeeded, _) => t!("wrong-day-needed"),
        (Problem::InTheFuture, _) => t!("wrong-future"),
        (Problem::EndsBeforeItBegins, _) => t!("wrong-order"),
        (Problem::UnitRequired | Problem::UnitNotForThis, _) => t!("wrong-unit"),
        (Problem::TooLong { max_bytes }, _) => t!("wrong-long", size = size_words(u64::from(*max_bytes))),
        (Problem::EndedButLasting, _) => t!("wrong-lasting"),
        _ => t!("wrong-other"),
    }
}

/// What is asked, with what is expected; `None` where it is no question.
#[must_use]
pub fn question_words(problem: &FormProblem, draft: &Draft) -> Option<(String, String)> {
    let unit = draft.unit().map(unit_name).unwrap_or_default();
    ask_words(&problem.problem, &normal_number(draft.text(Slot::Of(problem.field))), &unit)
}

/// What is asked about a number, with what is expected; `None` where it is no question.
#[must_use]
pub fn ask_words(problem: &Problem, number: &str, unit: &str) -> Option<(String, String)> {
    let with_unit = |number: &str| t!("value-with-unit", value = number, unit = unit);
    let value = with_unit(number);
    match problem {
        Problem::Implausible { low, high } => {
            let expected = t!("ask-expected", low = low, high = with_unit(high));
            Some((t!("ask-right", value = value), expected))
        }
        Problem::PressureUpsideDown => Some((t!("ask-right", value = value), t!("ask-upside-down"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::form::FormDate;

    use super::super::Sort;
    use super::*;

    fn heavy(number: &str) -> (Draft, Vec<FormProblem>) {
        let mut draft = Draft::new(Sort::Measurement, Vec::new());
        draft.set(Slot::Measured, "0".into());
        draft.set(Slot::Of(Field::Unit), "0".into());
        draft.set(Slot::Of(Field::Number), number.into());
        let problems = draft.form(&|_| 0).unwrap().check(&FormDate::default());
        (draft, problems)
    }

    #[test]
    fn an_odd_number_is_asked_about_with_its_unit_and_is_no_mistake() {
        let (draft, problems) = heavy("650,5");
        let questions: Vec<_> = problems.iter().filter_map(|problem| question_words(problem, &draft)).collect();
        let wanted = ("Is 650.5 kg right?".to_owned(), "Most values lie between 2 and 300 kg.".to_owned());
        assert_eq!(questions, [wanted]);
        assert_eq!(question_words(&heavy("x").1[0], &draft), None);
    }

    #[test]
    fn what_is_missing_is_told_by_what_it_is() {
        let (_, problems) = heavy("");
        let told: Vec<_> = problems.iter().map(words).collect();
        assert_eq!(told, ["Enter a number, for example 72.5", "Enter a date, for example 14 3 2026"]);
    }
}
