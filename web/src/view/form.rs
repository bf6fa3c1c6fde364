//! Forms that a person fills in: what they ask, what was answered, and what is wrong with it in words.

mod answers;
mod kept;
mod names;
mod problems;
mod questions;
mod said;

pub use answers::{Draft, Filed, normal_number, parts_of};
pub use names::{document_name, measured_name, unit_name};
pub use problems::{ask_words, question_words, words};
pub use questions::{Question, Shape, questions, times_words};
use said::said;

use chartchain_vault::protocol::form::Field;
use serde::{Deserialize, Serialize};

use crate::components::icon::Icon;
use crate::t;

/// What can be written by hand. Its number is all that its address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// Something that is felt.
    Symptom,
    /// A number that was measured.
    Measurement,
    /// A medicine.
    Medicine,
    /// An allergy or intolerance.
    Allergy,
    /// An illness or another problem that lasts.
    Condition,
    /// A vaccination.
    Vaccination,
    /// Free text.
    Note,
    /// A PDF or a picture.
    Document,
}

impl Sort {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Symptom,
        Self::Measurement,
        Self::Medicine,
        Self::Allergy,
        Self::Condition,
        Self::Vaccination,
        Self::Note,
        Self::Document,
    ];

    /// Its number in addresses.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Symptom => 1,
            Self::Measurement => 2,
            Self::Medicine => 3,
            Self::Allergy => 4,
            Self::Condition => 5,
            Self::Vaccination => 6,
            Self::Note => 7,
            Self::Document => 8,
        }
    }

    /// The sort with a number.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.number() == number)
    }

    /// Its name.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Symptom => t!("sort-symptom"),
            Self::Measurement => t!("sort-measurement"),
            Self::Medicine => t!("sort-medicine"),
            Self::Allergy => t!("sort-allergy"),
            Self::Condition => t!("sort-condition"),
            Self::Vaccination => t!("sort-vaccination"),
            Self::Note => t!("sort-note"),
            Self::Document => t!("sort-document"),
        }
    }

    /// Beside its name.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Symptom => Icon::Person,
            Self::Measurement => Icon::Pulse,
            Self::Medicine => Icon::Pill,
            Self::Allergy => Icon::Warning,
            Self::Condition => Icon::Heart,
            Self::Vaccination => Icon::Syringe,
            Self::Note => Icon::Pen,
            Self::Document => Icon::Document,
        }
    }
}

/// A place in a form: a field of the engine's, or a choice that it has no field for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slot {
    /// A field.
    Of(Field),
    /// What was measured.
    Measured,
    /// How bad it is.
    Severity,
    /// How sure the person is.
    Certainty,
    /// How many times a day.
    TimesADay,
    /// What sort of document it is.
    Kind,
}

impl Slot {
    /// Id of its input, or the beginning of the ids of its inputs.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Severity => "severity",
            Self::Certainty => "certainty",
            Self::TimesADay => "times-a-day",
            Self::Kind => "kind",
            Self::Of(field) => match field {
                Field::Name => "what",
                Field::Title => "title",
                Field::Text => "text",
                Field::When => "when",
                Field::From => "from",
                Field::Until => "until",
                Field::Number => "number",
                Field::Diastolic => "lower",
                Field::Unit => "unit",
                Field::Site => "site",
                Field::Comment => "comment",
                Field::Dose => "dose",
                Field::HowOften => "how-often",
                Field::Route => "route",
                Field::Reason => "reason",
                Field::Reaction => "reaction",
                Field::Status => "status",
                Field::Lot => "lot",
                Field::Maker => "maker",
                Field::Place => "place",
                Field::File => "file",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_is_found_by_its_number_and_no_other_number_is_one() {
        for sort in Sort::ALL {
            assert_eq!(Sort::of_number(sort.number()), Some(sort));
        }
        assert_eq!((Sort::of_number(0), Sort::of_number(9)), (None, None));
    }
}
