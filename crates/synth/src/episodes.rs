//! Illnesses and injuries that come and go.

use crate::codes::{Code, System, code, snomed};
use crate::drugs::{self, Drug};
use crate::illness::SEXUAL;

/// One row of the table.
#[derive(Debug)]
pub(crate) struct Episode {
    pub(crate) codes: [Code; 2],
    /// Name for people.
    pub(crate) name: &'static str,
    /// What someone says who comes with it.
    pub(crate) complaint: &'static str,
    /// Weight among the episodes of a child, an adult, someone over 65.
    pub(crate) weight: [u32; 3],
    /// How many days it lasts, from and to.
    pub(crate) days: (i32, i32),
    /// Temperature in tenths of °C on the day of the visit; 0: not taken.
    pub(crate) temperature: i32,
    pub(crate) drug: Option<Drug>,
    /// What is done, and what comes of it.
    pub(crate) procedure: Option<(Code, &'static str, &'static str)>,
    /// To the emergency department, and how many nights in hospital after it.
    pub(crate) emergency: Option<u8>,
    pub(crate) label: Option<&'static Code>,
}

type Term = (&'static str, &'static str);

const fn row(
    sct: Term,
    icd: Term,
    name: &'static str,
    complaint: &'static str,
    weight: [u32; 3],
    days: (i32, i32),
) -> Episode {
    Episode {
        codes: [snomed(sct.0, sct.1), code(System::Icd10, icd.0, icd.1)],
        name,
        complaint,
        weight,
        days,
        temperature: 0,
        drug: None,
        procedure: None,
        emergency: None,
        label: None,
    }
}

pub(crate) static EPISODES: &[Episode] = &[
    Episode {
        temperature: 376,
        ..row(
            ("54150009", "Upper respiratory infection"),
            ("J06.9", "Acute upper respiratory infection, unspecified"),
            "Cold",
            "Runny nose and cough",
            [30, 18, 10],
            (4, 12),
        )
    },
    Episode {
        temperature: 386,
        drug: Some(drugs::AMOXICILLIN_CHILD),
        ..row(
            ("65363002", "Otitis media"),
            ("H66.9", "Otitis media, unspecified"),
            "Middle ear infection",
            "Earache and fever",
            [20, 1, 0],
            (4, 9),
        )
    },
    Episode {
        temperature: 384,
        drug: Some(drugs::AMOXICILLIN),
        ..row(
            ("43878008", "Streptococcal sore throat"),
            ("J02.0", "Streptococcal pharyngitis"),
            "Strep throat",
            "Sore throat and fever",
            [10, 6, 1],
            (5, 10),
        )
    },
    Episode {
        temperature: 375,
        ..row(
            ("25374005", "Gastroenteritis"),
            ("A09", "Other gastroenteritis and colitis of infectious and unspecified origin"),
            "Stomach upset",
            "Vomiting and diarrhoea since yesterday",
            [14, 8, 4],
            (2, 6),
        )
    },
    row(
        ("9826008", "Conjunctivitis"),
        ("H10.9", "Conjunctivitis, unspecified"),
        "Pink eye",
        "Red, sticky eye",
        [9, 3, 2],
        (3, 8),
    ),
    Episode {
        temperature: 372,
        drug: Some(drugs::NITROFURANTOIN),
        ..row(
            ("68566005", "Urinary tract infectious disease"),
            ("N39.0", "Urinary tract infection, site not specified"),
            "Urine infection",
            "Burning when passing water",
            [3, 9, 16],
            (3, 9),
        )
    },
    Episode {
        temperature: 377,
        ..row(
            ("10509002", "Acute bronchitis"),
            ("J20.9", "Acute bronchitis, unspecified"),
            "Bronchitis",
            "Cough for two weeks",
            [6, 10, 14],
            (10, 24),
        )
    },
    Episode {
        temperature: 389,
        drug: Some(drugs::AMOXICILLIN),
        procedure: Some((snomed("399208008", "Plain chest X-ray"), "Chest X-ray", "Shadow in the lower right lung.")),
        emergency: Some(3),
        ..row(
            ("233604007", "Pneumonia"),
            ("J18.9", "Pneumonia, unspecified"),
            "Pneumonia",
            "Fever, cough and short of breath",
            [2, 2, 9],
            (14, 35),
        )
    },
    Episode {
        temperature: 388,
        ..row(
            ("6142004", "Influenza"),
            ("J11.1", "Influenza with other respiratory manifestations, virus not identified"),
            "Flu",
            "High fever and aching all over",
            [6, 6, 5],
            (5, 14),
        )
    },
    row(
        ("279039007", "Low back pain"),
        ("M54.5", "Low back pain"),
        "Low back pain",
        "Back pain after lifting",
        [0, 14, 10],
        (7, 50),
    ),
    row(
        ("44465007", "Sprain of ankle"),
        ("S93.4", "Sprain and strain of ankle"),
        "Sprained ankle",
        "Twisted ankle",
        [6, 6, 2],
        (10, 42),
    ),
    Episode {
        procedure: Some((snomed("274474001", "Bone immobilization"), "Plaster cast", "Cast fitted, fingers warm.")),
        emergency: Some(0),
        drug: Some(drugs::PARACETAMOL),
        ..row(
            ("65966004", "Fracture of forearm"),
            ("S52.9", "Fracture of forearm, part unspecified"),
            "Broken forearm",
            "Fell on an outstretched hand",
            [5, 2, 6],
            (40, 75),
        )
    },
    Episode {
        emergency: Some(1),
        ..row(
            ("62106007", "Concussion with no loss of consciousness"),
            ("S06.0", "Concussion"),
            "Concussion",
            "Hit the head, headache since",
            [4, 2, 3],
            (7, 30),
        )
    },
    Episode {
        temperature: 382,
        procedure: Some((
            snomed("80146002", "Appendectomy"),
            "Appendix taken out",
            "Keyhole operation, no complications.",
        )),
        emergency: Some(2),
        ..row(
            ("74400008", "Appendicitis"),
            ("K37", "Unspecified appendicitis"),
            "Appendicitis",
            "Pain low on the right side since the night",
            [2, 2, 0],
            (10, 25),
        )
    },
    Episode {
        procedure: Some((
            snomed("38102005", "Cholecystectomy"),
            "Gallbladder taken out",
            "Keyhole operation, no complications.",
        )),
        emergency: Some(1),
        ..row(
            ("235919008", "Gallbladder calculus"),
            ("K80.2", "Calculus of gallbladder without cholecystitis"),
            "Gallstones",
            "Cramps under the right ribs after meals",
            [0, 3, 3],
            (20, 60),
        )
    },
    Episode {
        emergency: Some(0),
        drug: Some(drugs::NAPROXEN),
        ..row(
            ("95570007", "Kidney stone"),
            ("N20.0", "Calculus of kidney"),
            "Kidney stone",
            "Waves of pain in the left side",
            [0, 3, 2],
            (4, 25),
        )
    },
    Episode {
        temperature: 378,
        drug: Some(drugs::DOXYCYCLINE),
        ..row(
            ("128045006", "Cellulitis"),
            ("L03.9", "Cellulitis, unspecified"),
            "Skin infection",
            "Red, hot skin on the lower leg",
            [1, 2, 6],
            (7, 18),
        )
    },
    row(
        ("4740000", "Herpes zoster"),
        ("B02.9", "Zoster without complication"),
        "Shingles",
        "Burning blisters on one side of the chest",
        [0, 1, 5],
        (14, 40),
    ),
    row(
        ("38907003", "Varicella"),
        ("B01.9", "Varicella without complication"),
        "Chickenpox",
        "Itchy blisters all over",
        [6, 0, 0],
        (7, 14),
    ),
    Episode {
        label: Some(&SEXUAL),
        drug: Some(drugs::AZITHROMYCIN),
        ..row(
            ("240589008", "Chlamydia trachomatis infection"),
            ("A56.0", "Chlamydial infection of lower genitourinary tract"),
            "Chlamydia",
            "Asks for a check-up after a new partner",
            [0, 3, 0],
            (7, 20),
        )
    },
];

/// Not in the table: bound to its years.
pub(crate) static COVID: Episode = Episode {
    temperature: 381,
    ..row(
        ("840539006", "COVID-19"),
        ("U07.1", "COVID-19, virus identified"),
        "COVID-19",
        "Fever, cough, no sense of smell",
        [0; 3],
        (6, 20),
    )
};
