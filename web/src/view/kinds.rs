//! Words, icons and pages for the kinds of entries.

use chartchain_vault::protocol::Kind;

use crate::components::icon::Icon;
use crate::t;

/// A page that lists entries of some kinds. Its number is all that its address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Laboratory and other tests.
    TestResults,
    /// Medicines.
    Medicines,
    /// Vital signs.
    Vitals,
    /// Problems and diagnoses.
    Conditions,
    /// Vaccinations.
    Vaccinations,
    /// Documents and notes.
    Documents,
    /// Allergies.
    Allergies,
    /// Visits.
    Visits,
    /// Procedures.
    Procedures,
    /// Care plans and goals.
    Plans,
}

/// The sections that the menus show.
pub const IN_MENU: [Section; 6] = [
    Section::TestResults,
    Section::Medicines,
    Section::Vitals,
    Section::Conditions,
    Section::Vaccinations,
    Section::Documents,
];

impl Section {
    /// Its number in addresses.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::TestResults => 1,
            Self::Medicines => 2,
            Self::Vitals => 3,
            Self::Conditions => 4,
            Self::Vaccinations => 5,
            Self::Documents => 6,
            Self::Allergies => 7,
            Self::Visits => 8,
            Self::Procedures => 9,
            Self::Plans => 10,
        }
    }

    /// The section of a number.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        let others = [Self::Allergies, Self::Visits, Self::Procedures, Self::Plans];
        IN_MENU.into_iter().chain(others).find(|section| section.number() == number)
    }

    /// The section that an entry of a kind is listed in.
    #[must_use]
    pub const fn of_kind(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::TestResult => Self::TestResults,
            Kind::Medicine => Self::Medicines,
            Kind::Vital => Self::Vitals,
            Kind::Condition => Self::Conditions,
            Kind::Vaccination => Self::Vaccinations,
            Kind::Document | Kind::Note => Self::Documents,
            Kind::Allergy => Self::Allergies,
            Kind::Visit => Self::Visits,
            Kind::Procedure => Self::Procedures,
            Kind::Plan => Self::Plans,
            _ => return None,
        })
    }

    /// Which kinds it lists.
    #[must_use]
    pub fn kinds(self) -> Vec<Kind> {
        match self {
            Self::TestResults => vec![Kind::TestResult],
            Self::Medicines => vec![Kind::Medicine],
            Self::Vitals => vec![Kind::Vital],
            Self::Conditions => vec![Kind::Condition],
            Self::Vaccinations => vec![Kind::Vaccination],
            Self::Documents => vec![Kind::Document, Kind::Note],
            Self::Allergies => vec![Kind::Allergy],
            Self::Visits => vec![Kind::Visit],
            Self::Procedures => vec![Kind::Procedure],
            Self::Plans => vec![Kind::Plan],
        }
    }

    /// Its heading.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::TestResults => t!("section-test-results"),
            Self::Medicines => t!("section-medicines"),
            Self::Vitals => t!("section-vitals"),
            Self::Conditions => t!("section-conditions"),
            Self::Vaccinations => t!("section-vaccinations"),
            Self::Documents => t!("section-documents"),
            Self::Allergies => t!("section-allergies"),
            Self::Visits => t!("section-visits"),
            Self::Procedures => t!("section-procedures"),
            Self::Plans => t!("section-plans"),
        }
    }

    /// What its empty page says, with whose record it is.
    #[must_use]
    pub fn empty_words(self, name: &str) -> String {
        match self {
            Self::TestResults => t!("empty-test-results", name = name),
            Self::Medicines => t!("empty-medicines", name = name),
            Self::Vitals => t!("empty-vitals", name = name),
            Self::Conditions => t!("empty-conditions", name = name),
            Self::Vaccinations => t!("empty-vaccinations", name = name),
            Self::Documents => t!("empty-documents", name = name),
            Self::Allergies => t!("empty-allergies", name = name),
            Self::Visits => t!("empty-visits", name = name),
            Self::Procedures => t!("empty-procedures", name = name),
            Self::Plans => t!("empty-plans", name = name),
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> Icon {
        self.kinds().first().copied().map_or(Icon::Document, icon)
    }
}

/// Kinds that Timeline offers as filters, in this order.
pub const IN_TIMELINE: [Kind; 12] = [
    Kind::TestResult,
    Kind::Medicine,
    Kind::Visit,
    Kind::Vital,
    Kind::Condition,
    Kind::Vaccination,
    Kind::Procedure,
    Kind::Document,
    Kind::Note,
    Kind::Allergy,
    Kind::Plan,
    Kind::Lifestyle,
];

/// A kind in the plural.
#[must_use]
pub fn words(kind: Kind) -> String {
    match kind {
        Kind::TestResult => t!("section-test-results"),
        Kind::Vital => t!("section-vitals"),
        Kind::Medicine => t!("section-medicines"),
        Kind::Condition => t!("section-conditions"),
        Kind::Allergy => t!("section-allergies"),
        Kind::Vaccination => t!("section-vaccinations"),
        Kind::Visit => t!("section-visits"),
        Kind::Procedure => t!("section-procedures"),
        Kind::Document => t!("section-documents"),
        Kind::Note => t!("kind-notes"),
        Kind::Plan => t!("section-plans"),
        Kind::Lifestyle => t!("kind-lifestyle"),
        Kind::Person => t!("kind-people"),
        Kind::Provider => t!("kind-providers"),
        Kind::Device => t!("kind-devices"),
        Kind::Payment => t!("kind-payments"),
        Kind::Other => t!("kind-other"),
    }
}

/// The icon of a kind.
#[must_use]
pub const fn icon(kind: Kind) -> Icon {
    match kind {
        Kind::TestResult => Icon::Flask,
        Kind::Vital => Icon::Pulse,
        Kind::Medicine => Icon::Pill,
        Kind::Condition => Icon::Heart,
        Kind::Allergy => Icon::Warning,
        Kind::Vaccination => Icon::Syringe,
        Kind::Visit | Kind::Provider => Icon::Building,
        Kind::Procedure => Icon::Hand,
        Kind::Document => Icon::Document,
        Kind::Note => Icon::Pen,
        Kind::Plan => Icon::Checklist,
        Kind::Lifestyle => Icon::Leaf,
        Kind::Person => Icon::Person,
        Kind::Device => Icon::Device,
        Kind::Payment => Icon::Card,
        Kind::Other => Icon::Dots,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_found_by_its_number_and_by_its_kinds() {
        for number in 1..=10 {
            let section = Section::of_number(number).unwrap();
            assert_eq!(section.number(), number);
            for kind in section.kinds() {
                assert_eq!(Section::of_kind(kind), Some(section));
            }
        }
        assert_eq!(Section::of_number(0), None);
        assert_eq!(Section::of_number(11), None);
    }
}
