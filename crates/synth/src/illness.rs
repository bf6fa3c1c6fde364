//! Conditions that last: codes, who gets them and when, and the medicines that follow. Rates are rough and for
//! plausibility only.

use crate::codes::{Code, System, code, hl7, snomed};
use crate::drugs::{self, Drug};

/// A lasting condition that other parts of a life depend on, or [`Ill::Other`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ill {
    Obesity,
    Type2Diabetes,
    Type1Diabetes,
    Hypertension,
    HighLipids,
    Asthma,
    Copd,
    HeartFailure,
    AtrialFibrillation,
    CoronaryDisease,
    HeartAttack,
    Stroke,
    LowThyroid,
    KidneyDisease,
    Osteoarthritis,
    Gout,
    Rheumatoid,
    IronDeficiency,
    Cataract,
    BreastCancer,
    ProstateCancer,
    ColonCancer,
    Prostate,
    Depression,
    Anxiety,
    Bipolar,
    Alcohol,
    Opioid,
    Tobacco,
    Hiv,
    Other,
}

/// One row of the table.
#[derive(Debug)]
pub(crate) struct Illness {
    pub(crate) ill: Ill,
    pub(crate) codes: [Code; 2],
    /// Name for people.
    pub(crate) name: &'static str,
    /// How many of a thousand women and men get it if they live to the end of `ages`.
    pub(crate) per_mille: (u32, u32),
    /// Earliest, usual and latest age at onset, in years.
    pub(crate) ages: (i32, i32, i32),
    /// How many months it lasts, from and to; `None`: for life.
    pub(crate) months: Option<(i32, i32)>,
    /// Sensitivity that a careful source marks it with.
    pub(crate) label: Option<&'static Code>,
    /// First medicines of which one is tried, then the ones that are added later.
    pub(crate) first: &'static [Drug],
    pub(crate) later: &'static [Drug],
    /// What a visit because of it is called; empty: it needs no regular visits.
    pub(crate) review: &'static str,
}

pub(crate) static MENTAL: Code = hl7("v3-ActCode", "PSY", "psychiatry disorder information sensitivity");
pub(crate) static SUBSTANCE: Code = hl7("v3-ActCode", "ETH", "substance abuse information sensitivity");
pub(crate) static SEXUAL: Code = hl7("v3-ActCode", "SEX", "sexuality and reproductive health information sensitivity");
pub(crate) static HIV: Code = hl7("v3-ActCode", "HIV", "HIV/AIDS information sensitivity");
pub(crate) static VIOLENCE: Code =
    hl7("v3-ActCode", "SDV", "sexual assault, abuse, or domestic violence information sensitivity");
pub(crate) static GENETIC: Code = hl7("v3-ActCode", "GDIS", "genetic disease information sensitivity");

type Term = (&'static str, &'static str);

const fn row(
    ill: Ill,
    sct: Term,
    icd: Term,
    name: &'static str,
    per_mille: (u32, u32),
    ages: (i32, i32, i32),
) -> Illness {
    Illness {
        ill,
        codes: [snomed(sct.0, sct.1), code(System::Icd10, icd.0, icd.1)],
        name,
        per_mille,
        ages,
        months: None,
        label: None,
        first: &[],
        later: &[],
        review: "",
    }
}

/// Those that bring on others come first.
pub(crate) static ILLNESSES: &[Illness] = &[
    Illness {
        review: "Weight review",
        ..row(
            Ill::Obesity,
            ("414916001", "Obesity"),
            ("E66.9", "Obesity, unspecified"),
            "Obesity",
            (0, 0),
            (18, 40, 60),
        )
    },
    Illness {
        first: &[drugs::INSULIN_GLARGINE],
        later: &[drugs::INSULIN_ASPART],
        review: "Diabetes review",
        ..row(
            Ill::Type1Diabetes,
            ("46635009", "Type 1 diabetes mellitus"),
            ("E10.9", "Type 1 diabetes mellitus: Without complications"),
            "Type 1 diabetes",
            (6, 7),
            (2, 12, 35),
        )
    },
    Illness {
        first: &[drugs::METFORMIN],
        later: &[drugs::EMPAGLIFLOZIN, drugs::GLICLAZIDE, drugs::INSULIN_GLARGINE],
        review: "Diabetes review",
        ..row(
            Ill::Type2Diabetes,
            ("44054006", "Type 2 diabetes mellitus"),
            ("E11.9", "Type 2 diabetes mellitus: Without complications"),
            "Type 2 diabetes",
            (180, 210),
            (32, 58, 82),
        )
    },
    Illness {
        first: &[drugs::RAMIPRIL, drugs::AMLODIPINE, drugs::LISINOPRIL, drugs::LOSARTAN],
        later: &[drugs::THIAZIDE, drugs::BISOPROLOL],
        review: "Blood pressure review",
        ..row(
            Ill::Hypertension,
            ("59621000", "Essential hypertension"),
            ("I10", "Essential (primary) hypertension"),
            "High blood pressure",
            (520, 560),
            (30, 58, 85),
        )
    },
    Illness {
        first: &[drugs::ATORVASTATIN, drugs::SIMVASTATIN],
        review: "Heart health check",
        ..row(
            Ill::HighLipids,
            ("55822004", "Hyperlipidemia"),
            ("E78.5", "Hyperlipidaemia, unspecified"),
            "High cholesterol",
            (380, 400),
            (35, 55, 75),
        )
    },
    Illness {
        first: &[drugs::SALBUTAMOL],
        later: &[drugs::BECLOMETASONE],
        review: "Asthma review",
        ..row(Ill::Asthma, ("195967001", "Asthma"), ("J45.9", "Asthma, unspecified"), "Asthma", (95, 85), (3, 9, 50))
    },
    row(
        Ill::Other,
        ("24079001", "Atopic dermatitis"),
        ("L20.9", "Atopic dermatitis, unspecified"),
        "Eczema",
        (130, 120),
        (1, 2, 30),
    ),
    Illness {
        first: &[drugs::CETIRIZINE],
        ..row(
            Ill::Other,
            ("61582004", "Allergic rhinitis"),
            ("J30.4", "Allergic rhinitis, unspecified"),
            "Hay fever",
            (170, 160),
            (5, 14, 45),
        )
    },
    Illness {
        first: &[drugs::TIOTROPIUM],
        later: &[drugs::SALBUTAMOL],
        review: "Lung review",
        ..row(
            Ill::Copd,
            ("13645005", "Chronic obstructive lung disease"),
            ("J44.9", "Chronic obstructive pulmonary disease, unspecified"),
            "Chronic obstructive lung disease (COPD)",
            (60, 75),
            (45, 64, 82),
        )
    },
    Illness {
        first: &[drugs::ASPIRIN, drugs::CLOPIDOGREL],
        later: &[drugs::BISOPROLOL],
        review: "Heart review",
        ..row(
            Ill::CoronaryDisease,
            ("53741008", "Coronary arteriosclerosis"),
            ("I25.1", "Atherosclerotic heart disease"),
            "Coronary heart disease",
            (90, 160),
            (42, 64, 88),
        )
    },
    Illness {
        months: Some((1, 2)),
        ..row(
            Ill::HeartAttack,
            ("22298006", "Myocardial infarction"),
            ("I21.9", "Acute myocardial infarction, unspecified"),
            "Heart attack",
            (45, 85),
            (45, 66, 88),
        )
    },
    Illness {
        first: &[drugs::APIXABAN, drugs::WARFARIN],
        later: &[drugs::BISOPROLOL],
        review: "Heart rhythm review",
        ..row(
            Ill::AtrialFibrillation,
            ("49436004", "Atrial fibrillation"),
            ("I48", "Atrial fibrillation and flutter"),
            "Atrial fibrillation",
            (110, 140),
            (50, 73, 92),
        )
    },
    Illness {
        first: &[drugs::CLOPIDOGREL],
        review: "Stroke review",
        ..row(
            Ill::Stroke,
            ("230690007", "Cerebrovascular accident"),
            ("I64", "Stroke, not specified as haemorrhage or infarction"),
            "Stroke",
            (80, 85),
            (50, 73, 92),
        )
    },
    Illness {
        first: &[drugs::FUROSEMIDE],
        later: &[drugs::BISOPROLOL, drugs::EMPAGLIFLOZIN],
        review: "Heart failure review",
        ..row(
            Ill::HeartFailure,
            ("84114007", "Heart failure"),
            ("I50.9", "Heart failure, unspecified"),
            "Heart failure",
            (90, 100),
            (55, 77, 94),
        )
    },
    Illness {
        review: "Kidney review",
        ..row(
            Ill::KidneyDisease,
            ("433144002", "Chronic kidney disease stage 3"),
            ("N18.3", "Chronic kidney disease, stage 3"),
            "Chronic kidney disease stage 3",
            (110, 95),
            (55, 74, 92),
        )
    },
    Illness {
        first: &[drugs::LEVOTHYROXINE],
        review: "Thyroid review",
        ..row(
            Ill::LowThyroid,
            ("40930008", "Hypothyroidism"),
            ("E03.9", "Hypothyroidism, unspecified"),
            "Underactive thyroid",
            (95, 20),
            (22, 48, 75),
        )
    },
    Illness {
        first: &[drugs::PARACETAMOL, drugs::NAPROXEN],
        ..row(
            Ill::Osteoarthritis,
            ("239873007", "Osteoarthritis of knee"),
            ("M17.9", "Gonarthrosis, unspecified"),
            "Osteoarthritis of the knee",
            (240, 180),
            (45, 65, 85),
        )
    },
    Illness {
        first: &[drugs::ALENDRONATE],
        ..row(
            Ill::Other,
            ("64859006", "Osteoporosis"),
            ("M81.9", "Osteoporosis, unspecified"),
            "Osteoporosis",
            (190, 45),
            (55, 71, 88),
        )
    },
    Illness {
        first: &[drugs::ALLOPURINOL],
        ..row(Ill::Gout, ("90560007", "Gout"), ("M10.9", "Gout, unspecified"), "Gout", (20, 65), (38, 56, 80))
    },
    Illness {
        first: &[drugs::METHOTREXATE],
        later: &[drugs::FOLIC_ACID],
        review: "Joint review",
        ..row(
            Ill::Rheumatoid,
            ("69896004", "Rheumatoid arthritis"),
            ("M06.9", "Rheumatoid arthritis, unspecified"),
            "Rheumatoid arthritis",
            (14, 6),
            (25, 50, 75),
        )
    },
    Illness {
        first: &[drugs::HYDROCORTISONE],
        ..row(
            Ill::Other,
            ("9014002", "Psoriasis"),
            ("L40.9", "Psoriasis, unspecified"),
            "Psoriasis",
            (28, 28),
            (12, 28, 60),
        )
    },
    Illness {
        first: &[drugs::OMEPRAZOLE],
        ..row(
            Ill::Other,
            ("235595009", "Gastroesophageal reflux disease"),
            ("K21.9", "Gastro-oesophageal reflux disease without oesophagitis"),
            "Acid reflux",
            (150, 150),
            (22, 48, 75),
        )
    },
    Illness {
        first: &[drugs::MESALAZINE],
        review: "Bowel review",
        ..row(
            Ill::Other,
            ("34000006", "Crohn's disease"),
            ("K50.9", "Crohn disease, unspecified"),
            "Crohn's disease",
            (5, 5),
            (14, 26, 55),
        )
    },
    row(
        Ill::Other,
        ("10743008", "Irritable bowel syndrome"),
        ("K58.9", "Irritable bowel syndrome without diarrhoea"),
        "Irritable bowel",
        (110, 60),
        (16, 28, 55),
    ),
    Illness {
        first: &[drugs::LEVETIRACETAM, drugs::LAMOTRIGINE],
        review: "Epilepsy review",
        ..row(
            Ill::Other,
            ("84757009", "Epilepsy"),
            ("G40.9", "Epilepsy, unspecified"),
            "Epilepsy",
            (10, 11),
            (2, 14, 70),
        )
    },
    Illness {
        first: &[drugs::SUMATRIPTAN],
        ..row(
            Ill::Other,
            ("37796009", "Migraine"),
            ("G43.9", "Migraine, unspecified"),
            "Migraine",
            (170, 65),
            (11, 22, 45),
        )
    },
    Illness {
        first: &[drugs::DONEPEZIL],
        review: "Memory review",
        ..row(
            Ill::Other,
            ("26929004", "Alzheimer's disease"),
            ("G30.9", "Alzheimer disease, unspecified"),
            "Alzheimer's disease",
            (150, 95),
            (65, 81, 97),
        )
    },
    row(
        Ill::Other,
        ("49049000", "Parkinson's disease"),
        ("G20", "Parkinson disease"),
        "Parkinson's disease",
        (12, 17),
        (55, 70, 86),
    ),
    row(
        Ill::Cataract,
        ("193570009", "Cataract"),
        ("H26.9", "Cataract, unspecified"),
        "Cataract",
        (330, 290),
        (58, 73, 90),
    ),
    Illness {
        first: &[drugs::LATANOPROST],
        ..row(
            Ill::Other,
            ("23986001", "Glaucoma"),
            ("H40.9", "Glaucoma, unspecified"),
            "Glaucoma",
            (40, 40),
            (48, 66, 85),
        )
    },
    Illness {
        first: &[drugs::IRON],
        months: Some((4, 14)),
        ..row(
            Ill::IronDeficiency,
            ("87522002", "Iron deficiency anemia"),
            ("D50.9", "Iron deficiency anaemia, unspecified"),
            "Iron deficiency anaemia",
            (190, 40),
            (14, 33, 75),
        )
    },
    Illness {
        first: &[drugs::TAMOXIFEN],
        review: "Cancer follow-up",
        ..row(
            Ill::BreastCancer,
            ("254837009", "Malignant neoplasm of breast"),
            ("C50.9", "Malignant neoplasm: Breast, unspecified"),
            "Breast cancer",
            (95, 1),
            (32, 60, 85),
        )
    },
    Illness {
        review: "Cancer follow-up",
        ..row(
            Ill::ProstateCancer,
            ("399068003", "Malignant tumor of prostate"),
            ("C61", "Malignant neoplasm of prostate"),
            "Prostate cancer",
            (0, 95),
            (50, 69, 88),
        )
    },
    Illness {
        review: "Cancer follow-up",
        ..row(
            Ill::ColonCancer,
            ("363406005", "Malignant tumor of colon"),
            ("C18.9", "Malignant neoplasm: Colon, unspecified"),
            "Bowel cancer",
            (38, 45),
            (42, 69, 88),
        )
    },
    Illness {
        first: &[drugs::TAMSULOSIN],
        ..row(
            Ill::Prostate,
            ("266569009", "Benign prostatic hyperplasia"),
            ("N40", "Hyperplasia of prostate"),
            "Enlarged prostate",
            (0, 330),
            (50, 67, 86),
        )
    },
    Illness {
        label: Some(&MENTAL),
        first: &[drugs::SERTRALINE, drugs::CITALOPRAM],
        months: Some((7, 40)),
        review: "Mood review",
        ..row(
            Ill::Depression,
            ("35489007", "Depressive disorder"),
            ("F32.9", "Depressive episode, unspecified"),
            "Depression",
            (190, 110),
            (14, 34, 70),
        )
    },
    Illness {
        label: Some(&MENTAL),
        first: &[drugs::SERTRALINE],
        months: Some((12, 90)),
        review: "Mood review",
        ..row(
            Ill::Anxiety,
            ("21897009", "Generalized anxiety disorder"),
            ("F41.1", "Generalized anxiety disorder"),
            "Anxiety",
            (110, 60),
            (13, 28, 60),
        )
    },
    Illness {
        label: Some(&MENTAL),
        first: &[drugs::LITHIUM, drugs::OLANZAPINE],
        review: "Mood review",
        ..row(
            Ill::Bipolar,
            ("13746004", "Bipolar disorder"),
            ("F31.9", "Bipolar affective disorder, unspecified"),
            "Bipolar disorder",
            (13, 12),
            (17, 25, 45),
        )
    },
    Illness {
        label: Some(&MENTAL),
        first: &[drugs::OLANZAPINE],
        review: "Mental health review",
        ..row(
            Ill::Other,
            ("58214004", "Schizophrenia"),
            ("F20.9", "Schizophrenia, unspecified"),
            "Schizophrenia",
            (5, 8),
            (17, 24, 40),
        )
    },
    Illness {
        label: Some(&MENTAL),
        months: Some((10, 60)),
        review: "Mental health review",
        ..row(
            Ill::Other,
            ("47505003", "Posttraumatic stress disorder"),
            ("F43.1", "Post-traumatic stress disorder"),
            "Post-traumatic stress",
            (45, 25),
            (12, 30, 60),
        )
    },
    Illness {
        label: Some(&MENTAL),
        first: &[drugs::METHYLPHENIDATE],
        ..row(
            Ill::Other,
            ("406506008", "Attention deficit hyperactivity disorder"),
            ("F90.0", "Disturbance of activity and attention"),
            "Attention deficit (ADHD)",
            (30, 65),
            (5, 9, 18),
        )
    },
    Illness {
        label: Some(&SUBSTANCE),
        first: &[drugs::NALTREXONE],
        months: Some((14, 160)),
        review: "Alcohol support",
        ..row(
            Ill::Alcohol,
            ("66590003", "Alcohol dependence"),
            ("F10.2", "Mental and behavioural disorders due to use of alcohol: Dependence syndrome"),
            "Alcohol dependence",
            (28, 70),
            (20, 37, 60),
        )
    },
    Illness {
        label: Some(&SUBSTANCE),
        first: &[drugs::BUPRENORPHINE, drugs::METHADONE],
        months: Some((20, 140)),
        review: "Drug treatment review",
        ..row(
            Ill::Opioid,
            ("75544000", "Opioid dependence"),
            ("F11.2", "Mental and behavioural disorders due to use of opioids: Dependence syndrome"),
            "Opioid dependence",
            (8, 16),
            (18, 29, 50),
        )
    },
    row(
        Ill::Tobacco,
        ("56294008", "Nicotine dependence"),
        ("F17.2", "Mental and behavioural disorders due to use of tobacco: Dependence syndrome"),
        "Tobacco dependence",
        (0, 0),
        (14, 18, 30),
    ),
    Illness {
        label: Some(&HIV),
        first: &[drugs::DOLUTEGRAVIR],
        review: "Clinic review",
        ..row(
            Ill::Hiv,
            ("86406008", "Human immunodeficiency virus infection"),
            ("B24", "Unspecified human immunodeficiency virus [HIV] disease"),
            "HIV infection",
            (8, 11),
            (18, 31, 55),
        )
    },
    Illness {
        label: Some(&SEXUAL),
        ..row(
            Ill::Other,
            ("129103003", "Endometriosis"),
            ("N80.9", "Endometriosis, unspecified"),
            "Endometriosis",
            (60, 0),
            (16, 28, 42),
        )
    },
    Illness {
        label: Some(&SEXUAL),
        ..row(
            Ill::Other,
            ("237055002", "Polycystic ovary syndrome"),
            ("E28.2", "Polycystic ovarian syndrome"),
            "Polycystic ovaries",
            (70, 0),
            (15, 23, 38),
        )
    },
    Illness {
        label: Some(&VIOLENCE),
        months: Some((3, 50)),
        ..row(
            Ill::Other,
            ("706893006", "Victim of intimate partner abuse"),
            ("T74.1", "Physical abuse"),
            "Hurt by a partner",
            (22, 6),
            (18, 31, 60),
        )
    },
];
