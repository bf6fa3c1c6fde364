//! Vaccinations by age and by the years in which a vaccine was in use. A mixture of schedules, not the schedule of
//! any country.

use crate::codes::{Code, System, code};

/// A vaccine of childhood and youth.
#[derive(Debug)]
pub(crate) struct Vaccine {
    pub(crate) code: Code,
    /// Name for people.
    pub(crate) name: &'static str,
    /// Ages in months at which doses are given.
    pub(crate) months: &'static [i32],
    /// In use from this year to before that one.
    pub(crate) years: (i32, i32),
    /// Only where this is given at birth.
    pub(crate) bcg: bool,
}

const NEVER: i32 = 9999;

const fn vaccine(
    cvx: &'static str,
    display: &'static str,
    name: &'static str,
    months: &'static [i32],
    years: (i32, i32),
) -> Vaccine {
    Vaccine { code: code(System::Cvx, cvx, display), name, months, years, bcg: false }
}

pub(crate) static CHILDHOOD: &[Vaccine] = &[
    Vaccine { bcg: true, ..vaccine("19", "BCG", "Tuberculosis (BCG)", &[0], (1955, NEVER)) },
    vaccine("08", "Hep B, adolescent or pediatric", "Hepatitis B", &[0, 2, 6], (1992, NEVER)),
    vaccine("119", "rotavirus, monovalent", "Rotavirus", &[2, 4], (2008, NEVER)),
    vaccine("01", "DTP", "Diphtheria, tetanus and whooping cough", &[2, 4, 6, 18], (1955, 1997)),
    vaccine("20", "DTaP", "Diphtheria, tetanus and whooping cough", &[2, 4, 6, 15, 60], (1997, NEVER)),
    vaccine("49", "Hib (PRP-OMP)", "Haemophilus (Hib)", &[2, 4, 12], (1991, NEVER)),
    vaccine("133", "Pneumococcal conjugate PCV 13", "Pneumococcal", &[2, 4, 6, 12], (2010, NEVER)),
    vaccine("02", "OPV", "Polio, by mouth", &[2, 4, 18], (1963, 2000)),
    vaccine("10", "IPV", "Polio", &[2, 4, 6, 60], (2000, NEVER)),
    vaccine("05", "measles", "Measles", &[12], (1965, 1973)),
    vaccine("03", "MMR", "Measles, mumps and rubella", &[12, 60], (1973, NEVER)),
    vaccine("21", "varicella", "Chickenpox", &[12, 60], (1996, NEVER)),
    vaccine("83", "Hep A, ped/adol, 2 dose", "Hepatitis A", &[12, 24], (2001, NEVER)),
    vaccine("115", "Tdap", "Tetanus, diphtheria and whooping cough booster", &[138], (2005, NEVER)),
    vaccine("62", "HPV, quadrivalent", "HPV", &[144, 150], (2008, 2016)),
    vaccine("165", "HPV9", "HPV", &[144, 150], (2016, NEVER)),
    vaccine("114", "meningococcal MCV4P", "Meningitis (ACWY)", &[132, 192], (2006, NEVER)),
];

pub(crate) const FLU: Code = code(System::Cvx, "140", "Influenza, split virus, trivalent, PF");
pub(crate) const TETANUS: Code =
    code(System::Cvx, "113", "Td (adult), 5 Lf tetanus toxoid, preservative free, adsorbed");
pub(crate) const PNEUMOCOCCAL: Code = code(System::Cvx, "33", "pneumococcal polysaccharide PPV23");
pub(crate) const SHINGLES_LIVE: Code = code(System::Cvx, "121", "zoster live");
pub(crate) const SHINGLES: Code = code(System::Cvx, "187", "zoster recombinant");
pub(crate) const COVID: [Code; 2] = [
    code(System::Cvx, "208", "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose"),
    code(System::Cvx, "207", "COVID-19, mRNA, LNP-S, PF, 100 mcg/0.5mL dose or 50 mcg/0.25mL dose"),
];
