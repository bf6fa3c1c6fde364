//! Medicines: RxNorm ingredients and ATC codes, and how they are usually taken.

use crate::codes::{Code, System, code, snomed};
use crate::scribe::Dose;

/// A medicine in one strength.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drug {
    /// Name and strength for people.
    pub(crate) name: &'static str,
    pub(crate) codes: [Code; 2],
    pub(crate) dose: Dose,
}

const ORAL: Code = snomed("26643006", "Oral route");
const INHALED: Code = snomed("447694001", "Respiratory tract route");
const SKIN: Code = snomed("6064005", "Topical route");
const UNDER_SKIN: Code = snomed("34206005", "Subcutaneous route");
const EYE: Code = snomed("54485002", "Ophthalmic route");

/// When needed.
const NEEDED: u8 = 0;

type Codes = (&'static str, &'static str, &'static str);
type How = (&'static str, i64, &'static str, u8);

const fn drug(name: &'static str, (ingredient, rxnorm, atc): Codes, route: Code, how: How) -> Drug {
    let (text, tenths, unit, times) = how;
    Drug {
        name,
        codes: [code(System::RxNorm, rxnorm, ingredient), code(System::Atc, atc, ingredient)],
        dose: Dose { text, tenths, unit, times, period_days: 1, route },
    }
}

const fn tablets(name: &'static str, codes: Codes, text: &'static str, tenths: i64, times: u8) -> Drug {
    drug(name, codes, ORAL, (text, tenths, "tablet", times))
}

const fn weekly(of: Drug) -> Drug {
    Drug { dose: Dose { period_days: 7, ..of.dose }, ..of }
}

const DAILY: &str = "One tablet each morning";
const NIGHTLY: &str = "One tablet each night";
const TWICE: &str = "One tablet twice a day";

pub(crate) const METFORMIN: Drug = tablets(
    "Metformin 500 mg, slow release",
    ("metformin", "6809", "A10BA02"),
    "Two tablets, twice a day with meals",
    20,
    2,
);
pub(crate) const EMPAGLIFLOZIN: Drug =
    tablets("Empagliflozin 10 mg", ("empagliflozin", "1545653", "A10BK03"), DAILY, 10, 1);
pub(crate) const GLICLAZIDE: Drug =
    tablets("Gliclazide 80 mg", ("gliclazide", "4816", "A10BB09"), "One tablet with breakfast", 10, 1);
pub(crate) const INSULIN_GLARGINE: Drug = drug(
    "Insulin glargine 100 units/mL pen",
    ("insulin glargine", "274783", "A10AE04"),
    UNDER_SKIN,
    ("18 units each evening", 180, "units", 1),
);
pub(crate) const INSULIN_ASPART: Drug = drug(
    "Insulin aspart 100 units/mL pen",
    ("insulin aspart", "51428", "A10AB05"),
    UNDER_SKIN,
    ("6 units before each meal", 60, "units", 3),
);
pub(crate) const AMLODIPINE: Drug = tablets("Amlodipine 5 mg", ("amlodipine", "17767", "C08CA01"), DAILY, 10, 1);
pub(crate) const RAMIPRIL: Drug = tablets("Ramipril 5 mg", ("ramipril", "35296", "C09AA05"), DAILY, 10, 1);
pub(crate) const LISINOPRIL: Drug = tablets("Lisinopril 10 mg", ("lisinopril", "29046", "C09AA03"), DAILY, 10, 1);
pub(crate) const LOSARTAN: Drug = tablets("Losartan 50 mg", ("losartan", "52175", "C09CA01"), DAILY, 10, 1);
pub(crate) const THIAZIDE: Drug =
    tablets("Hydrochlorothiazide 25 mg", ("hydrochlorothiazide", "5487", "C03AA03"), DAILY, 10, 1);
pub(crate) const ATORVASTATIN: Drug =
    tablets("Atorvastatin 20 mg", ("atorvastatin", "83367", "C10AA05"), NIGHTLY, 10, 1);
pub(crate) const SIMVASTATIN: Drug = tablets("Simvastatin 40 mg", ("simvastatin", "36567", "C10AA01"), NIGHTLY, 10, 1);
pub(crate) const ASPIRIN: Drug =
    tablets("Aspirin 75 mg", ("aspirin", "1191", "B01AC06"), "One tablet each day with food", 10, 1);
pub(crate) const CLOPIDOGREL: Drug = tablets("Clopidogrel 75 mg", ("clopidogrel", "32968", "B01AC04"), DAILY, 10, 1);
pub(crate) const BISOPROLOL: Drug = tablets("Bisoprolol 2.5 mg", ("bisoprolol", "19484", "C07AB07"), DAILY, 10, 1);
pub(crate) const APIXABAN: Drug = tablets("Apixaban 5 mg", ("apixaban", "1364430", "B01AF02"), TWICE, 10, 2);
pub(crate) const WARFARIN: Drug = tablets(
    "Warfarin 3 mg",
    ("warfarin", "11289", "B01AA03"),
    "As the clinic says after each blood test, at 6pm",
    10,
    1,
);
pub(crate) const FUROSEMIDE: Drug = tablets("Furosemide 40 mg", ("furosemide", "4603", "C03CA01"), DAILY, 10, 1);
pub(crate) const SALBUTAMOL: Drug = drug(
    "Salbutamol 100 micrograms inhaler",
    ("albuterol", "435", "R03AC02"),
    INHALED,
    ("Two puffs when short of breath", 20, "puff", NEEDED),
);
pub(crate) const BECLOMETASONE: Drug = drug(
    "Beclometasone 100 micrograms inhaler",
    ("beclomethasone", "1347", "R03BA01"),
    INHALED,
    ("Two puffs twice a day", 20, "puff", 2),
);
pub(crate) const TIOTROPIUM: Drug = drug(
    "Tiotropium 18 micrograms inhaler",
    ("tiotropium", "69120", "R03BB04"),
    INHALED,
    ("One capsule inhaled each morning", 10, "capsule", 1),
);
pub(crate) const LEVOTHYROXINE: Drug = tablets(
    "Levothyroxine 75 micrograms",
    ("levothyroxine", "10582", "H03AA01"),
    "One tablet each morning, half an hour before breakfast",
    10,
    1,
);
pub(crate) const ALENDRONATE: Drug = weekly(tablets(
    "Alendronic acid 70 mg",
    ("alendronate", "46041", "M05BA04"),
    "One tablet once a week, with water, sitting up",
    10,
    1,
));
pub(crate) const ALLOPURINOL: Drug = tablets("Allopurinol 100 mg", ("allopurinol", "519", "M04AA01"), DAILY, 10, 1);
pub(crate) const METHOTREXATE: Drug = weekly(tablets(
    "Methotrexate 2.5 mg",
    ("methotrexate", "6851", "L04AX03"),
    "Six tablets once a week, on Mondays",
    60,
    1,
));
pub(crate) const FOLIC_ACID: Drug =
    tablets("Folic acid 400 micrograms", ("folic acid", "4511", "B03BB01"), DAILY, 10, 1);
pub(crate) const OMEPRAZOLE: Drug = drug(
    "Omeprazole 20 mg",
    ("omeprazole", "7646", "A02BC01"),
    ORAL,
    ("One capsule each morning before breakfast", 10, "capsule", 1),
);
pub(crate) const MESALAZINE: Drug =
    tablets("Mesalazine 800 mg", ("mesalamine", "52582", "A07EC02"), "Two tablets each morning", 20, 1);
pub(crate) const LEVETIRACETAM: Drug =
    tablets("Levetiracetam 500 mg", ("levetiracetam", "114477", "N03AX14"), TWICE, 10, 2);
pub(crate) const LAMOTRIGINE: Drug = tablets("Lamotrigine 100 mg", ("lamotrigine", "28439", "N03AX09"), TWICE, 10, 2);
pub(crate) const SUMATRIPTAN: Drug = tablets(
    "Sumatriptan 50 mg",
    ("sumatriptan", "37418", "N02CC01"),
    "One tablet when a migraine starts, at most two a day",
    10,
    NEEDED,
);
pub(crate) const DONEPEZIL: Drug = tablets("Donepezil 5 mg", ("donepezil", "135447", "N06DA02"), NIGHTLY, 10, 1);
pub(crate) const LATANOPROST: Drug = drug(
    "Latanoprost 50 micrograms/mL eye drops",
    ("latanoprost", "43611", "S01EE01"),
    EYE,
    ("One drop in each eye at night", 10, "drop", 1),
);
pub(crate) const IRON: Drug =
    tablets("Ferrous sulfate 200 mg", ("ferrous sulfate", "24947", "B03AA07"), "One tablet each day", 10, 1);
pub(crate) const TAMSULOSIN: Drug = drug(
    "Tamsulosin 400 micrograms",
    ("tamsulosin", "77492", "G04CA02"),
    ORAL,
    ("One capsule each morning", 10, "capsule", 1),
);
pub(crate) const TAMOXIFEN: Drug = tablets("Tamoxifen 20 mg", ("tamoxifen", "10324", "L02BA01"), DAILY, 10, 1);
pub(crate) const SERTRALINE: Drug = tablets("Sertraline 50 mg", ("sertraline", "36437", "N06AB06"), DAILY, 10, 1);
pub(crate) const CITALOPRAM: Drug = tablets("Citalopram 20 mg", ("citalopram", "2556", "N06AB04"), DAILY, 10, 1);
pub(crate) const LITHIUM: Drug = tablets("Lithium carbonate 400 mg", ("lithium", "6448", "N05AN01"), NIGHTLY, 10, 1);
pub(crate) const OLANZAPINE: Drug = tablets("Olanzapine 10 mg", ("olanzapine", "61381", "N05AH03"), NIGHTLY, 10, 1);
pub(crate) const METHYLPHENIDATE: Drug =
    tablets("Methylphenidate 18 mg, slow release", ("methylphenidate", "6901", "N06BA04"), DAILY, 10, 1);
pub(crate) const NALTREXONE: Drug = tablets("Naltrexone 50 mg", ("naltrexone", "7243", "N07BB04"), DAILY, 10, 1);
pub(crate) const BUPRENORPHINE: Drug = tablets(
    "Buprenorphine 8 mg under the tongue",
    ("buprenorphine", "1819", "N07BC01"),
    "One tablet under the tongue each morning",
    10,
    1,
);
pub(crate) const METHADONE: Drug = drug(
    "Methadone 1 mg/mL solution",
    ("methadone", "6813", "N07BC02"),
    ORAL,
    ("50 mL once a day, taken at the pharmacy", 500, "mL", 1),
);
pub(crate) const DOLUTEGRAVIR: Drug =
    tablets("Dolutegravir 50 mg", ("dolutegravir", "1433868", "J05AJ03"), "One tablet each day", 10, 1);
pub(crate) const HYDROCORTISONE: Drug = drug(
    "Hydrocortisone 1% cream",
    ("hydrocortisone", "5492", "D07AA02"),
    SKIN,
    ("A thin layer on sore skin twice a day", 10, "application", 2),
);
pub(crate) const CETIRIZINE: Drug =
    tablets("Cetirizine 10 mg", ("cetirizine", "20610", "R06AE07"), "One tablet each day in the season", 10, 1);
pub(crate) const PARACETAMOL: Drug = tablets(
    "Paracetamol 500 mg",
    ("acetaminophen", "161", "N02BE01"),
    "One or two tablets when needed, at most eight a day",
    20,
    NEEDED,
);
pub(crate) const IBUPROFEN: Drug =
    tablets("Ibuprofen 400 mg", ("ibuprofen", "5640", "M01AE01"), "One tablet three times a day with food", 10, 3);
pub(crate) const NAPROXEN: Drug =
    tablets("Naproxen 250 mg", ("naproxen", "7258", "M01AE02"), "One tablet twice a day with food", 10, 2);
pub(crate) const AMOXICILLIN: Drug = drug(
    "Amoxicillin 500 mg",
    ("amoxicillin", "723", "J01CA04"),
    ORAL,
    ("One capsule three times a day for 7 days", 10, "capsule", 3),
);
pub(crate) const AMOXICILLIN_CHILD: Drug = drug(
    "Amoxicillin 250 mg/5 mL liquid",
    ("amoxicillin", "723", "J01CA04"),
    ORAL,
    ("5 mL three times a day for 7 days", 50, "mL", 3),
);
pub(crate) const AZITHROMYCIN: Drug =
    tablets("Azithromycin 500 mg", ("azithromycin", "18631", "J01FA10"), "One tablet once a day for 3 days", 10, 1);
pub(crate) const NITROFURANTOIN: Drug = drug(
    "Nitrofurantoin 100 mg, slow release",
    ("nitrofurantoin", "7454", "J01XE01"),
    ORAL,
    ("One capsule twice a day for 5 days", 10, "capsule", 2),
);
pub(crate) const DOXYCYCLINE: Drug = drug(
    "Doxycycline 100 mg",
    ("doxycycline", "3640", "J01AA02"),
    ORAL,
    ("One capsule twice a day for 7 days", 10, "capsule", 2),
);
pub(crate) const PILL: Drug = tablets(
    "Levonorgestrel 150 micrograms and ethinylestradiol 30 micrograms",
    ("ethinyl estradiol / levonorgestrel", "", "G03AA07"),
    "One tablet each day for 21 days, then 7 days without",
    10,
    1,
);
pub(crate) const VITAMIN_D: Drug = tablets(
    "Vitamin D3 (colecalciferol) 800 units",
    ("cholecalciferol", "2418", "A11CC05"),
    "One tablet each day",
    10,
    1,
);
