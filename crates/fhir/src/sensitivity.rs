//! Which confidentiality group a resource belongs to.
//!
//! Three sources, the first that says something counts: security labels that the source set (`meta.security`, HL7 v3
//! ActCode), codes of the table below, and a few words that mean one thing only. Where several groups fit, the order
//! is violence, sexual and reproductive, substance use, mental health, genomics. Tobacco is not substance use here,
//! nor are dementia and developmental disorders mental health: everyone who treats the person needs to see those.
//! Allergies and vaccinations stay in the general group unless the source labelled them, since hiding them does harm.

use crate::facts::{Compartment, Facts, Kind};
use crate::tree::Node;
use crate::words;
use Compartment::{General, Genomics, MentalHealth, SexualReproductive, SubstanceUse, Violence};
use std::sync::LazyLock;

/// So many different displays of one resource are looked at, and so much of each.
const MAX_TEXTS: usize = 300;
const MAX_TEXT_CHARS: usize = 300;

/// The group of a resource. Never [`Compartment::Emergency`]: what is in the emergency summary a person decides.
pub(crate) fn compartment(root: &Node<'_>, facts: &Facts) -> Compartment {
    let mut found = Best(General);
    for label in root.get("meta").map_or(&[][..], |meta| meta.each("security")) {
        found.add(by_label(label.text_at("code").unwrap_or_default()));
    }
    let labels_only = matches!(facts.kind, Kind::Allergy | Kind::Vaccination | Kind::Person | Kind::Provider)
        || matches!(facts.type_name.as_str(), "Composition" | "List" | "Questionnaire" | "AuditEvent");
    if found.0 != General || labels_only {
        return found.0;
    }
    if facts.type_name == "MolecularSequence" {
        return Genomics;
    }
    let mut texts = vec![facts.title.to_lowercase()];
    codings(root, &mut found, &mut texts);
    if facts.title.to_lowercase().contains("occupation") {
        // Whoever works in mental health is not thereby ill.
        texts.truncate(1);
    }
    if found.0 == General {
        for text in texts {
            found.add(by_words(&text));
        }
    }
    found.0
}

struct Best(Compartment);

impl Best {
    fn add(&mut self, other: Compartment) {
        let rank = |compartment| match compartment {
            Violence => 5,
            SexualReproductive => 4,
            SubstanceUse => 3,
            MentalHealth => 2,
            Genomics => 1,
            Compartment::General | Compartment::Emergency => 0,
        };
        if rank(other) > rank(self.0) {
            self.0 = other;
        }
    }
}

/// Looks at every coding of the resource and gathers the words of coded elements. Free text is left alone.
fn codings(node: &Node<'_>, found: &mut Best, texts: &mut Vec<String>) {
    match node {
        Node::List(items) => items.iter().for_each(|item| codings(item, found, texts)),
        Node::Object(members) => {
            if let (Some(system), Some(code)) = (node.text_at("system"), node.text_at("code")) {
                found.add(by_code(system, code));
            }
            let is_coding = node.get("code").is_some_and(|code| code.text().is_some());
            let is_concept = node.get("coding").is_some();
            for (key, value) in members {
                match value.text() {
                    Some(text) if key == "display" && is_coding || key == "text" && is_concept => {
                        let text = words::cut(text, MAX_TEXT_CHARS).to_lowercase();
                        if texts.len() < MAX_TEXTS && !texts.contains(&text) {
                            texts.push(text);
                        }
                    }
                    Some(_) => {}
                    None if matches!(key.as_ref(), "meta" | "identifier" | "text" | "extension") => {}
                    None => codings(value, found, texts),
                }
            }
        }
        _ => {}
    }
}

/// HL7 v3 ActCode, value set InformationSensitivityPolicy.
fn by_label(code: &str) -> Compartment {
    match code {
        "SDV" | "VIO" | "DVD" | "DV" | "SA" => Violence,
        "HIV" | "STD" | "SEX" | "GENDER" | "SEXORIENT" | "REPRODUCTIVE" | "RH" | "REPROHEALTH" | "MARIPOSA" => {
            SexualReproductive
        }
        "ETH" | "ETHUD" | "OPIOIDUD" | "SUD" | "ALC" | "DRUG" => SubstanceUse,
        "PSY" | "MH" | "BH" | "PSYTHPN" | "EMH" | "COGN" => MentalHealth,
        "GDIS" | "GEN" => Genomics,
        _ => General,
    }
}

fn by_code(system: &str, code: &str) -> Compartment {
    let lower = system.to_ascii_lowercase();
    if lower.contains("snomed") || lower.ends_with("113883.6.96") {
        by_snomed(code)
    } else if lower.contains("loinc") || lower.ends_with("113883.6.1") {
        by_loinc(code)
    } else if lower.contains("icd-10") || lower.ends_with("113883.6.90") || lower.ends_with("113883.6.3") {
        by_icd_10(code)
    } else if lower.contains("/atc") || lower.ends_with("113883.6.73") {
        by_atc(code)
    } else if lower.contains("rxnorm") || lower.ends_with("113883.6.88") {
        by_rxnorm(code)
    } else if lower.ends_with("v2-0074") && matches!(code, "GE" | "CG") {
        Genomics
    } else {
        General
    }
}

fn by_snomed(code: &str) -> Compartment {
    match code {
        // Abuse of a child, of a partner; its victim.
        "397940009" | "371772008" | "706893006" | "371775004" | "371774000" => Violence,
        // HIV, AIDS, syphilis, gonorrhoea, chlamydia, genital herpes.
        "86406008" | "19030005" | "62479008" | "165816005" | "76272004" | "15628003" | "240589008" | "33839006"
        // Pregnancy, its visits, its loss.
        | "72892002" | "77386006" | "60001007" | "16356006" | "47200007" | "79586000" | "398254007" | "19169002"
        | "85116003" | "17369002" | "156073000" | "424441002" | "424619006" | "386394001" | "57797005" | "714812005"
        // Contraception.
        | "65200003" | "46706006" | "169553002" | "301807007" | "755621000000101" | "287664005" | "22523008" => {
            SexualReproductive
        }
        // Alcohol.
        "7200002" | "15167005" | "66590003" | "228273003" | "219006" | "10939881000119105" | "281117004"
        // Drugs.
        | "26416006" | "191816009" | "66214007" | "5602001" | "75544000" | "78267003" | "31956009" | "37344009"
        | "85005007" | "228366006" | "361055000" | "44870007" | "55680006" | "6525002" => SubstanceUse,
        // Depression, anxiety, psychosis, obsession, trauma, eating, personality, attention.
        "35489007" | "370143000" | "36923009" | "251000119105" | "66344007" | "161469008" | "48694002" | "197480006"
        | "21897009" | "371631005" | "47505003" | "13746004" | "58214004" | "69322001" | "191736004" | "56882008"
        | "78004001" | "20010003" | "406506008" | "192127007" | "35253001"
        // Suicide and self-harm.
        | "6471006" | "82313006" | "225337009" | "248062006"
        // Care for them.
        | "718347000" | "736254008" | "737434004" | "79094001" | "88848003" | "405783006" | "304822001" | "281121006"
        | "281122004" => MentalHealth,
        _ => General,
    }
}

fn by_loinc(code: &str) -> Compartment {
    match code {
        "28245-9" | "76501-6" | "76499-3" | "76500-8" | "93038-8" => Violence,
        // HIV tests.
        "55277-8" | "58900-2" | "80203-3" | "56888-1" | "75622-1" | "7917-8" | "29893-5" | "5221-7" | "25836-8" | "20447-9"
        // Syphilis, gonorrhoea, chlamydia.
        | "20507-0" | "20508-8" | "22461-8" | "43305-2" | "21613-5" | "36902-5"
        // Pregnancy, its tests, due date, counts; sexual orientation and gender identity.
        | "82810-3" | "2106-3" | "2110-5" | "2118-8" | "21198-7" | "11778-8" | "11779-6" | "11996-6" | "11977-6" | "8665-2"
        | "76690-7" | "76691-5" => SexualReproductive,
        // Alcohol and drugs: drinks, panels, questionnaires, tests.
        "74013-4" | "80439-3" | "11331-6" | "11343-1" | "75626-2" | "72109-2" | "82667-7" | "82666-9" | "5640-8" | "5643-2"
        | "3397-7" | "3426-4" | "3427-2" | "19295-5" => SubstanceUse,
        // PHQ-2, PHQ-9, PHQ-9 item 9, GAD-7, Columbia suicide severity.
        "55757-9" | "55758-7" | "44249-1" | "44261-6" | "44260-8" | "69737-5" | "70274-6" | "93373-9" => MentalHealth,
        // Genetic reports, genes, variants, karyotype.
        "51969-4" | "81247-9" | "48018-6" | "48004-6" | "48005-3" | "53037-8" | "69548-6" | "81252-9" | "55233-1" | "29770-5"
        | "47998-0" | "48013-7" | "21747-1" => Genomics,
        _ => General,
    }
}

/// ICD-10 of any edition, with or without its point.
fn by_icd_10(code: &str) -> Compartment {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let Some((letter, rest)) = code.split_at_checked(1) else { return General };
    let Some(number) = rest.get(..2).and_then(|digits| digits.parse::<u8>().ok()) else { return General };
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    match (letter, number) {
        ("T", 74 | 76) | ("X", 85..=99) | ("Y", 0..=9) => Violence,
        ("Z", _) if starts(&["Z044", "Z047", "Z6281", "Z69", "Z9141"]) => Violence,
        ("A", 50..=64) | ("B", 20..=24) | ("F", 52 | 64..=66) | ("N", 46 | 52 | 96 | 97) => SexualReproductive,
        ("O", _) | ("Z", 21 | 30..=37 | 39 | 70) => SexualReproductive,
        ("Z", _) if starts(&["Z113", "Z114", "Z202", "Z206", "Z717", "Z9787"]) => SexualReproductive,
        ("F", 17) => General,
        ("F", 10..=19) => SubstanceUse,
        ("K", 70) | ("Z", _) if code.starts_with("K70") || starts(&["Z714", "Z715", "Z721", "Z722"]) => SubstanceUse,
        ("F", 20..=69 | 90..=99) | ("X", 60..=84) => MentalHealth,
        ("R", _) if code.starts_with("R4585") => MentalHealth,
        ("T", _) if code.starts_with("T1491") => MentalHealth,
        ("Z", _) if starts(&["Z915", "Z133"]) => MentalHealth,
        ("Z", 14 | 15) => Genomics,
        _ => General,
    }
}

fn by_atc(code: &str) -> Compartment {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    if starts(&["G02A", "G02B", "G03A", "G03G", "G03XB", "G04BE", "J05AJ", "J05AR", "J05AG"]) {
        SexualReproductive
    } else if starts(&["N07BB", "N07BC"]) {
        SubstanceUse
    } else if starts(&["N05A", "N06A", "N06B"]) {
        MentalHealth
    } else {
        General
    }
}

/// RxNorm has no hierarchy in its codes, so only ones that its own names do not give away.
fn by_rxnorm(code: &str) -> Compartment {
    match code {
        "389221" | "1856546" | "807283" => SexualReproductive,
        _ => General,
    }
}

/// Beginnings of words, in lower case, that mean one thing only. A trailing `|` asks for the end of a word too.
const WORDS: &[(Compartment, &[&str])] = &[
    (
        Violence,
        &[
            "domestic violence",
            "domestic abuse",
            "intimate partner",
            "physical abuse",
            "child abuse",
            "elder abuse",
            "sexual abuse",
            "sexual assault",
            "rape|",
            "child maltreatment",
            "non-accidental injury",
            "abuse status",
            "human trafficking",
            "torture|",
        ],
    ),
    (
        SexualReproductive,
        &[
            "hiv|",
            "vih|",
            "human immunodeficiency virus",
            "acquired immun",
            "sexually transmitted",
            "syphilis",
            "treponema pallidum",
            "antiretroviral",
            "lamivudine",
            "zidovudine",
            "abacavir",
            "darunavir",
            "rilpivirine",
            "gonorrh",
            "neisseria gonorrhoeae",
            "chlamydia trachomatis",
            "genital herpes",
            "genital wart",
            "pregnan",
            "prenatal",
            "antenatal",
            "antepartum",
            "postpartum",
            "obstetric",
            "eclampsia",
            "pre-eclampsia",
            "preeclampsia",
            "miscarriage",
            "abortion",
            "cesarean",
            "caesarean",
            "contracept",
            "birth control",
            "28 day pack",
            "21 day pack",
            "91 day pack",
            "intrauterine system",
            "intrauterine device",
            "tubal ligation",
            "vasectomy",
            "infertility",
            "erectile dysfunction",
            "gender dysphoria",
            "gender identity",
            "sexual orientation",
            "emtricitabine",
            "dolutegravir",
            "bictegravir",
            "efavirenz",
            "raltegravir",
            "mifepristone",
            "etonogestrel",
        ],
    ),
    (
        SubstanceUse,
        &[
            "alcoholic",
            "alcoholism",
            "alcohol abuse",
            "alcohol dependence",
            "alcohol use",
            "alcohol intake",
            "alcohol drinking",
            "alcohol misuse",
            "alcohol withdrawal",
            "alcohol intoxication",
            "alcohol consumption",
            "unhealthy alcohol",
            "substance abuse",
            "substance use",
            "substance misuse",
            "drug abuse",
            "drug dependence",
            "drug addiction",
            "drug misuse",
            "drug overdose",
            "misuses drugs",
            "misused drugs",
            "illicit drug",
            "recreational drug",
            "opioid abuse",
            "opioid dependence",
            "opioid use disorder",
            "opioid overdose",
            "heroin",
            "cocaine",
            "opiates|",
            "drugs of abuse",
            "cannabis",
            "marijuana",
            "methamphetamine",
            "methadone",
            "suboxone",
            "naltrexone",
            "disulfiram",
            "acamprosate",
        ],
    ),
    (
        MentalHealth,
        &[
            "major depress",
            "depressive",
            "depressed mood",
            "history of depression",
            "depression screen",
            "severe depression",
            "mild depression",
            "moderate depression",
            "anxiety",
            "panic disorder",
            "panic attack",
            "bipolar",
            "schizo",
            "psychosis",
            "psychotic",
            "psychiatr",
            "psychotherap",
            "mental health",
            "suicid",
            "self-harm",
            "self harm",
            "post-traumatic stress",
            "posttraumatic stress",
            "ptsd|",
            "obsessive-compulsive",
            "obsessive compulsive",
            "eating disorder",
            "anorexia nervosa",
            "bulimia",
            "attention deficit",
            "adhd|",
            "personality disorder",
            "electroconvulsive",
            "phq-2|",
            "phq-9|",
            "gad-7|",
            "fluoxetine",
            "sertraline",
            "citalopram",
            "escitalopram",
            "paroxetine",
            "venlafaxine",
            "olanzapine",
            "risperidone",
            "quetiapine",
            "aripiprazole",
            "clozapine",
            "haloperidol",
            "lithium carbonate",
            "methylphenidate",
        ],
    ),
    (
        Genomics,
        &[
            "genetic test",
            "genetic analysis",
            "genetic counsel",
            "molecular genetics",
            "genomic",
            "gene mutation",
            "gene rearrangement",
            "karyotyp",
            "brca1",
            "brca2",
            "whole exome",
            "pharmacogen",
        ],
    ),
];

/// [`WORDS`] by their first byte: every word of every resource is looked up here.
static BY_LETTER: LazyLock<Vec<Vec<(Compartment, &str)>>> = LazyLock::new(|| {
    let all = || WORDS.iter().flat_map(|(compartment, words)| words.iter().map(|word| (*compartment, *word)));
    (0..=u8::MAX).map(|letter| all().filter(|(_, word)| word.bytes().next() == Some(letter)).collect()).collect()
});

fn by_words(text: &str) -> Compartment {
    if text == "depression" {
        return MentalHealth;
    }
    let mut found = Best(General);
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let starts = !inside && c.is_alphanumeric();
        inside = c.is_alphanumeric();
        let (before, from_here) = text.split_at(at);
        if starts && !before.ends_with("non-") && !before.ends_with("non ") {
            let words = from_here.bytes().next().and_then(|letter| BY_LETTER.get(usize::from(letter)));
            for (compartment, word) in words.into_iter().flatten() {
                if starts_with_word(from_here, word) {
                    found.add(*compartment);
                }
            }
        }
    }
    found.0
}

fn starts_with_word(text: &str, word: &str) -> bool {
    match word.strip_suffix('|') {
        Some(whole) => text.strip_prefix(whole).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)),
        None => text.starts_with(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::facts;

    fn of(json: &str) -> Compartment {
        facts(json).unwrap().compartment
    }

    fn condition(system: &str, code: &str, display: &str) -> Compartment {
        of(&format!(
            r#"{{"resourceType":"Condition","code":{{"coding":[{{"system":"{system}","code":"{code}","display":"{display}"}}]}}}}"#
        ))
    }

    #[test]
    fn labels_of_the_source_decide_before_everything_else() {
        let with = |code: &str| {
            of(&format!(
                r#"{{"resourceType":"Condition","meta":{{"security":[{{"code":"R"}},{{"code":"{code}"}}]}},
                   "code":{{"text":"Sexually transmitted disease"}}}}"#
            ))
        };
        assert_eq!(with("ETH"), SubstanceUse);
        assert_eq!(with("PSY"), MentalHealth);
        assert_eq!(with("SDV"), Violence);
        assert_eq!(with("GDIS"), Genomics);
        assert_eq!(with("HIV"), SexualReproductive);
        assert_eq!(with("N"), SexualReproductive);
    }

    #[test]
    fn codes_need_no_words() {
        assert_eq!(condition("http://snomed.info/sct", "35489007", ""), MentalHealth);
        assert_eq!(condition("http://hl7.org/fhir/sid/icd-10-cm", "F32.9", ""), MentalHealth);
        assert_eq!(condition("http://hl7.org/fhir/sid/icd-10", "F102", ""), SubstanceUse);
        assert_eq!(condition("http://hl7.org/fhir/sid/icd-10", "K70.3", ""), SubstanceUse);
        assert_eq!(condition("http://hl7.org/fhir/sid/icd-10", "B20", ""), SexualReproductive);
        assert_eq!(condition("http://hl7.org/fhir/sid/icd-10", "Y07.0", ""), Violence);
        assert_eq!(condition("http://hl7.org/fhir/sid/icd-10", "Z15.01", ""), Genomics);
        assert_eq!(condition("http://www.whocc.no/atc", "N06AB03", ""), MentalHealth);
        assert_eq!(condition("http://loinc.org", "44261-6", ""), MentalHealth);
    }

    #[test]
    fn what_everyone_needs_to_see_stays_general() {
        for (code, words) in
            [("F17.2", "Nicotine dependence"), ("F03", "Dementia"), ("F84.0", "x"), ("I10", "Hypertension")]
        {
            assert_eq!(condition("http://hl7.org/fhir/sid/icd-10", code, words), General, "{code}");
        }
        assert_eq!(condition("http://example.org/local", "F32.9", "Local code"), General);
        assert_eq!(of(r#"{"resourceType":"AllergyIntolerance","code":{"text":"Methadone"}}"#), General);
    }

    #[test]
    fn words_count_only_where_they_mean_one_thing() {
        let by = |words: &str| condition("http://example.org", "1", words);
        assert_eq!(by("Major depressive disorder"), MentalHealth);
        assert_eq!(by("Depression"), MentalHealth);
        assert_eq!(by("Normal pregnancy"), SexualReproductive);
        assert_eq!(by("Victim of domestic violence, anxiety"), Violence);
        assert_eq!(by("HIV 1+2 antibody"), SexualReproductive);
        for harmless in [
            "Non-alcoholic fatty liver disease",
            "Nonalcoholic steatohepatitis",
            "ST segment depression",
            "Respiratory depression",
            "Abuse-Deterrent 12 HR Oxycodone",
            "Shiva syndrome",
            "Archiving",
            "Grapeseed allergy",
            "Drug therapy",
            "Alcohol swab",
            "Hearing aids",
        ] {
            assert_eq!(by(harmless), General, "{harmless}");
        }
    }

    #[test]
    fn values_and_reasons_count_as_well_as_the_main_code() {
        let observation = r#"{"resourceType":"Observation","code":{"text":"Finding"},"valueCodeableConcept":
            {"coding":[{"system":"http://snomed.info/sct","code":"361055000"}]}}"#;
        assert_eq!(of(observation), SubstanceUse);
        let visit = r#"{"resourceType":"Encounter","reasonCode":[{"coding":[{"system":"http://snomed.info/sct",
            "code":"72892002","display":"Normal pregnancy"}]}]}"#;
        assert_eq!(of(visit), SexualReproductive);
    }
}
