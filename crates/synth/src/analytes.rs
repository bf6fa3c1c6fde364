//! What is measured: LOINC codes, UCUM units and usual ranges, in the units of most of the world and of the United
//! States. Numbers are whole, with a fixed number of decimals.

use crate::codes::{Code, loinc};

/// Something measured, in one unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Analyte {
    pub(crate) code: Code,
    /// Name for people.
    pub(crate) name: &'static str,
    /// Unit for people.
    pub(crate) unit: &'static str,
    pub(crate) ucum: &'static str,
    /// How many of the digits are decimals.
    pub(crate) places: u8,
    /// Lower limit of the usual range; [`NO_LIMIT`] where there is none.
    pub(crate) low: i32,
    /// Upper limit of the usual range; [`NO_LIMIT`] where there is none.
    pub(crate) high: i32,
    pub(crate) group: Group,
}

/// Category of an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Vital,
    Laboratory,
    Survey,
    Exam,
}

/// Something measured in places with either habit of units. The number is kept as `world` writes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    pub(crate) world: Analyte,
    /// How the United States write it: times, divided by, plus (before the division).
    pub(crate) states: Option<(Analyte, [i64; 3])>,
}

impl Measure {
    /// The analyte and number for a place.
    pub(crate) fn in_units(&self, states: bool, n: i32) -> (&Analyte, i64) {
        match &self.states {
            Some((analyte, [times, divisor, plus])) if states => {
                let divisor = (*divisor).max(1);
                (analyte, (i64::from(n) * times + plus + divisor / 2).div_euclid(divisor))
            }
            _ => (&self.world, i64::from(n)),
        }
    }
}

pub(crate) const NO_LIMIT: i32 = i32::MIN;
const NONE: i32 = NO_LIMIT;

type Unit = (&'static str, &'static str, u8);

const fn analyte(group: Group, code: Code, name: &'static str, unit: Unit, range: (i32, i32)) -> Analyte {
    Analyte { code, name, unit: unit.0, ucum: unit.1, places: unit.2, low: range.0, high: range.1, group }
}

const fn lab(id: &'static str, display: &'static str, name: &'static str, unit: Unit, range: (i32, i32)) -> Analyte {
    analyte(Group::Laboratory, loinc(id, display), name, unit, range)
}

const fn vital(id: &'static str, display: &'static str, unit: Unit, range: (i32, i32)) -> Analyte {
    analyte(Group::Vital, loinc(id, display), display, unit, range)
}

const fn everywhere(world: Analyte) -> Measure {
    Measure { world, states: None }
}

const fn either(world: Analyte, states: Analyte, factor: [i64; 3]) -> Measure {
    Measure { world, states: Some((states, factor)) }
}

/// The same LOINC term in another unit, or with another range.
const fn again(of: Analyte, unit: Unit, range: (i32, i32)) -> Analyte {
    analyte(of.group, of.code, of.name, unit, range)
}

const CM: Unit = ("cm", "cm", 1);
const MMOL: Unit = ("mmol/L", "mmol/L", 1);
const MG_DL: Unit = ("mg/dL", "mg/dL", 0);
const PERCENT: Unit = ("%", "%", 0);
const SCORE: Unit = ("points", "{score}", 0);

const HEIGHT_CM: Analyte = vital("8302-2", "Body height", CM, (NONE, NONE));
const WEIGHT_KG: Analyte = vital("29463-7", "Body weight", ("kg", "kg", 1), (NONE, NONE));
const TEMPERATURE_C: Analyte = vital("8310-5", "Body temperature", ("°C", "Cel", 1), (361, 380));
pub(crate) const HEIGHT: Measure =
    either(HEIGHT_CM, again(HEIGHT_CM, ("in", "[in_i]", 1), (NONE, NONE)), [1000, 2540, 0]);
pub(crate) const WEIGHT: Measure =
    either(WEIGHT_KG, again(WEIGHT_KG, ("lb", "[lb_av]", 1), (NONE, NONE)), [22_046, 10_000, 0]);
pub(crate) const TEMPERATURE: Measure =
    either(TEMPERATURE_C, again(TEMPERATURE_C, ("°F", "[degF]", 1), (970, 1004)), [18, 10, 3200]);
pub(crate) const BMI: Measure =
    everywhere(vital("39156-5", "Body mass index (BMI) [Ratio]", ("kg/m²", "kg/m2", 1), (NONE, NONE)));
pub(crate) const HEAD: Measure = everywhere(vital("9843-4", "Head Occipital-frontal circumference", CM, (NONE, NONE)));
pub(crate) const PULSE: Measure = everywhere(vital("8867-4", "Heart rate", ("beats/min", "/min", 0), (50, 100)));
pub(crate) const BREATHS: Measure =
    everywhere(vital("9279-1", "Respiratory rate", ("breaths/min", "/min", 0), (12, 20)));
pub(crate) const OXYGEN: Measure =
    everywhere(vital("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", PERCENT, (95, 100)));

pub(crate) const HBA1C: Measure = either(
    lab(
        "59261-8",
        "Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol",
        "HbA1c (average blood sugar)",
        ("mmol/mol", "mmol/mol", 0),
        (20, 41),
    ),
    lab(
        "4548-4",
        "Hemoglobin A1c/Hemoglobin.total in Blood",
        "Hemoglobin A1c (average blood sugar)",
        ("%", "%", 1),
        (40, 56),
    ),
    [915, 1000, 21_500],
);
pub(crate) const GLUCOSE: Measure = either(
    lab("14749-6", "Glucose [Moles/volume] in Serum or Plasma", "Blood sugar (glucose)", MMOL, (39, 55)),
    lab("2345-7", "Glucose [Mass/volume] in Serum or Plasma", "Glucose", MG_DL, (70, 99)),
    [18_016, 10_000, 0],
);
pub(crate) const SODIUM: Measure = everywhere(lab(
    "2951-2",
    "Sodium [Moles/volume] in Serum or Plasma",
    "Sodium",
    ("mmol/L", "mmol/L", 0),
    (135, 145),
));
pub(crate) const POTASSIUM: Measure =
    everywhere(lab("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "Potassium", MMOL, (35, 51)));
pub(crate) const UREA: Measure = either(
    lab("22664-7", "Urea [Moles/volume] in Serum or Plasma", "Urea", MMOL, (25, 78)),
    lab("3094-0", "Urea nitrogen [Mass/volume] in Serum or Plasma", "Urea nitrogen", MG_DL, (7, 20)),
    [2801, 10_000, 0],
);
const CREATININE_MALE: Measure = either(
    lab("14682-9", "Creatinine [Moles/volume] in Serum or Plasma", "Creatinine", ("µmol/L", "umol/L", 0), (59, 104)),
    lab("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "Creatinine", ("mg/dL", "mg/dL", 2), (67, 118)),
    [1000, 884, 0],
);
const CREATININE_FEMALE: Measure = either(
    again(CREATININE_MALE.world, ("µmol/L", "umol/L", 0), (45, 84)),
    lab("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "Creatinine", ("mg/dL", "mg/dL", 2), (51, 95)),
    [1000, 884, 0],
);
pub(crate) const EGFR: Measure = everywhere(lab(
    "98979-8",
    "Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by \
     Creatinine-based formula (CKD-EPI 2021)",
    "Kidney function (eGFR)",
    ("mL/min/1.73 m²", "mL/min/{1.73_m2}", 0),
    (60, NONE),
));
pub(crate) const ALBUMINURIA: Measure = everywhere(lab(
    "9318-7",
    "Albumin/Creatinine [Mass Ratio] in Urine",
    "Urine albumin to creatinine ratio",
    ("mg/g", "mg/g", 0),
    (NONE, 30),
));
pub(crate) const CHOLESTEROL: Measure = either(
    lab("14647-2", "Cholesterol [Moles/volume] in Serum or Plasma", "Total cholesterol", MMOL, (NONE, 50)),
    lab("2093-3", "Cholesterol [Mass/volume] in Serum or Plasma", "Total cholesterol", MG_DL, (NONE, 200)),
    [3867, 1000, 0],
);
pub(crate) const HDL: Measure = either(
    lab("14646-4", "Cholesterol in HDL [Moles/volume] in Serum or Plasma", "HDL cholesterol", MMOL, (10, NONE)),
    lab("2085-9", "Cholesterol in HDL [Mass/volume] in Serum or Plasma", "HDL cholesterol", MG_DL, (40, NONE)),
    [3867, 1000, 0],
);
pub(crate) const LDL: Measure = either(
    lab(
        "39469-2",
        "Cholesterol in LDL [Moles/volume] in Serum or Plasma by calculation",
        "LDL cholesterol",
        MMOL,
        (NONE, 30),
    ),
    lab(
        "13457-7",
        "Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation",
        "LDL cholesterol",
        MG_DL,
        (NONE, 130),
    ),
    [3867, 1000, 0],
);
pub(crate) const NON_HDL: Measure = either(
    lab("70204-3", "Cholesterol non HDL [Moles/volume] in Serum or Plasma", "Non-HDL cholesterol", MMOL, (NONE, 39)),
    lab("43396-1", "Cholesterol non HDL [Mass/volume] in Serum or Plasma", "Non-HDL cholesterol", MG_DL, (NONE, 160)),
    [3867, 1000, 0],
);
pub(crate) const TRIGLYCERIDE: Measure = either(
    lab("14927-8", "Triglyceride [Moles/volume] in Serum or Plasma", "Triglycerides", MMOL, (NONE, 17)),
    lab("2571-8", "Triglyceride [Mass/volume] in Serum or Plasma", "Triglycerides", MG_DL, (NONE, 150)),
    [8857, 1000, 0],
);
const HEMOGLOBIN_MALE: Measure = grams_per_litre(
    lab("718-7", "Hemoglobin [Mass/volume] in Blood", "Hemoglobin", ("g/L", "g/L", 0), (130, 170)),
    (130, 170),
);
const HEMOGLOBIN_FEMALE: Measure =
    grams_per_litre(again(HEMOGLOBIN_MALE.world, ("g/L", "g/L", 0), (120, 155)), (120, 155));
pub(crate) const HEMATOCRIT: Measure = everywhere(lab(
    "4544-3",
    "Hematocrit [Volume Fraction] of Blood by Automated count",
    "Hematocrit",
    ("%", "%", 1),
    (360, 500),
));
pub(crate) const CELL_VOLUME: Measure = everywhere(lab(
    "787-2",
    "MCV [Entitic mean volume] in Red Blood Cells by Automated count",
    "Red cell volume (MCV)",
    ("fL", "fL", 0),
    (80, 100),
));
pub(crate) const WHITE_CELLS: Measure =
    counts("6690-2", "Leukocytes [#/volume] in Blood by Automated count", "White blood cells", (1, 40, 110));
pub(crate) const PLATELETS: Measure =
    counts("777-3", "Platelets [#/volume] in Blood by Automated count", "Platelets", (0, 150, 400));
pub(crate) const ALT: Measure = everywhere(lab(
    "1742-6",
    "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma",
    "ALT (liver)",
    ("U/L", "U/L", 0),
    (7, 45),
));
pub(crate) const AST: Measure = everywhere(lab(
    "1920-8",
    "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma",
    "AST (liver)",
    ("U/L", "U/L", 0),
    (8, 40),
));
pub(crate) const ALBUMIN: Measure = grams_per_litre(
    lab("1751-7", "Albumin [Mass/volume] in Serum or Plasma", "Albumin", ("g/L", "g/L", 0), (35, 50)),
    (35, 50),
);
pub(crate) const TSH: Measure = either(
    lab(
        "3016-3",
        "Thyrotropin [Units/volume] in Serum or Plasma",
        "Thyroid stimulating hormone (TSH)",
        ("mIU/L", "m[IU]/L", 2),
        (40, 420),
    ),
    lab("3016-3", "Thyrotropin [Units/volume] in Serum or Plasma", "TSH", ("µIU/mL", "u[IU]/mL", 2), (40, 420)),
    [1, 1, 0],
);
pub(crate) const FERRITIN: Measure = everywhere(lab(
    "2276-4",
    "Ferritin [Mass/volume] in Serum or Plasma",
    "Ferritin (iron store)",
    ("ng/mL", "ng/mL", 0),
    (15, 200),
));
pub(crate) const B12: Measure = everywhere(lab(
    "14685-2",
    "Cobalamin (Vitamin B12) [Moles/volume] in Serum or Plasma",
    "Vitamin B12",
    ("pmol/L", "pmol/L", 0),
    (140, 650),
));
pub(crate) const URATE: Measure = either(
    lab("14933-6", "Urate [Moles/volume] in Serum or Plasma", "Urate (uric acid)", ("µmol/L", "umol/L", 0), (150, 420)),
    lab("3084-1", "Urate [Mass/volume] in Serum or Plasma", "Uric acid", ("mg/dL", "mg/dL", 1), (25, 70)),
    [1000, 5948, 0],
);
pub(crate) const CRP: Measure = everywhere(lab(
    "1988-5",
    "C reactive protein [Mass/volume] in Serum or Plasma",
    "C-reactive protein (inflammation)",
    ("mg/L", "mg/L", 0),
    (NONE, 5),
));
pub(crate) const NT_PRO_BNP: Measure = everywhere(lab(
    "33762-6",
    "Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma",
    "NT-proBNP (heart)",
    ("pg/mL", "pg/mL", 0),
    (NONE, 400),
));
pub(crate) const PSA: Measure = everywhere(lab(
    "2857-1",
    "Prostate specific Ag [Mass/volume] in Serum or Plasma",
    "PSA (prostate)",
    ("ng/mL", "ng/mL", 1),
    (NONE, 40),
));
pub(crate) const INR: Measure = everywhere(lab(
    "6301-6",
    "INR in Platelet poor plasma by Coagulation assay",
    "INR (blood clotting)",
    ("INR", "{INR}", 1),
    (20, 30),
));
pub(crate) const LITHIUM: Measure = everywhere(lab(
    "14334-7",
    "Lithium [Moles/volume] in Serum or Plasma",
    "Lithium level",
    ("mmol/L", "mmol/L", 1),
    (4, 10),
));
pub(crate) const CD4: Measure = everywhere(lab(
    "24467-3",
    "CD3+CD4+ (T4 helper) cells [#/volume] in Blood",
    "CD4 cells",
    ("cells/µL", "{cells}/uL", 0),
    (500, 1500),
));
pub(crate) const LUNG_RATIO: Measure =
    everywhere(analyte(Group::Exam, loinc("19926-5", "FEV1/FVC"), "Lung function (FEV1/FVC)", PERCENT, (70, NONE)));
pub(crate) const PEAK_FLOW: Measure = everywhere(analyte(
    Group::Exam,
    loinc("19935-6", "Maximum expiratory gas flow Respiratory system airway by Peak flow meter"),
    "Peak flow",
    ("L/min", "L/min", 0),
    (NONE, NONE),
));
pub(crate) const PHQ9: Measure =
    survey("44261-6", "Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]", "Mood score (PHQ-9)", 4);
pub(crate) const GAD7: Measure = survey(
    "70274-6",
    "Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]",
    "Worry score (GAD-7)",
    4,
);
pub(crate) const AUDIT_C: Measure = survey("75626-2", "Total score [AUDIT-C]", "Alcohol score (AUDIT-C)", 3);
pub(crate) const DRINKS: Measure = everywhere(analyte(
    Group::Survey,
    loinc("74013-4", "Alcoholic drinks per day"),
    "Alcoholic drinks per day",
    ("drinks/day", "{drinks}/d", 0),
    (NONE, NONE),
));
pub(crate) const APGAR: Measure = everywhere(analyte(
    Group::Exam,
    loinc("9274-2", "5 minute Apgar Score"),
    "Apgar score at 5 minutes",
    SCORE,
    (7, 10),
));

pub(crate) const PANEL_CBC: Code = loinc("58410-2", "CBC panel - Blood by Automated count");
pub(crate) const PANEL_RENAL: Code = loinc("24362-6", "Renal function 2000 panel - Serum or Plasma");
pub(crate) const PANEL_LIPID: Code = loinc("24331-1", "Lipid 1996 panel - Serum or Plasma");
pub(crate) const PANEL_LIVER: Code = loinc("24325-3", "Hepatic function 2000 panel - Serum or Plasma");

/// Creatinine with the usual range of a sex.
pub(crate) fn creatinine(female: bool) -> &'static Measure {
    if female { &CREATININE_FEMALE } else { &CREATININE_MALE }
}

/// Hemoglobin with the usual range of a sex.
pub(crate) fn hemoglobin(female: bool) -> &'static Measure {
    if female { &HEMOGLOBIN_FEMALE } else { &HEMOGLOBIN_MALE }
}

/// g/L in whole numbers has the digits of g/dL with one decimal.
const fn grams_per_litre(world: Analyte, range: (i32, i32)) -> Measure {
    either(world, again(world, ("g/dL", "g/dL", 1), range), [1, 1, 0])
}

const fn counts(
    id: &'static str,
    display: &'static str,
    name: &'static str,
    (places, low, high): (u8, i32, i32),
) -> Measure {
    let world = lab(id, display, name, ("10⁹/L", "10*9/L", places), (low, high));
    either(world, again(world, ("10³/µL", "10*3/uL", places), (low, high)), [1, 1, 0])
}

const fn survey(id: &'static str, display: &'static str, name: &'static str, high: i32) -> Measure {
    everywhere(analyte(Group::Survey, loinc(id, display), name, SCORE, (NONE, high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_the_united_states_follow_from_those_of_the_world() {
        for (measure, world, states) in [
            (&HBA1C, 53, 70),
            (&HBA1C, 31, 50),
            (&GLUCOSE, 55, 99),
            (&CHOLESTEROL, 50, 193),
            (&TRIGLYCERIDE, 17, 151),
            (creatinine(false), 88, 100),
            (&TEMPERATURE, 370, 986),
            (&WEIGHT, 814, 1795),
            (&HEIGHT, 1650, 650),
            (&URATE, 360, 61),
            (&UREA, 50, 14),
            (hemoglobin(true), 131, 131),
        ] {
            assert_eq!(measure.in_units(true, world).1, states, "{}", measure.world.name);
            assert_eq!(measure.in_units(false, world).1, i64::from(world));
        }
    }
}
