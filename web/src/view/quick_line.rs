//! The quick line of a visit: `bp 136/82 hr 74 wt 81.4 kg`, in any order, as fast as it is said.

use chartchain_vault::protocol::form::{MeasurementKind, Unit};

/// A number that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Of what.
    pub kind: MeasurementKind,
    /// As a form takes it; of a blood pressure both numbers with `/` between them.
    pub number: String,
    /// In which unit, where the line says so.
    pub unit: Option<Unit>,
}

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// The numbers, in their order. Of what stands there twice, the last.
    pub measured: Vec<Measured>,
    /// The words that say nothing here.
    pub rest: String,
}

/// Longest line that is read, in characters.
const MAX_CHARS: usize = 1000;

/// Short words, as they are said in English, Spanish and Arabic.
const WORDS: [(MeasurementKind, &[&str]); 16] = [
    (MeasurementKind::BloodPressure, &["bp", "ta", "pa", "ضغط"]),
    (MeasurementKind::HeartRate, &["hr", "pulse", "fc", "pulso", "نبض"]),
    (MeasurementKind::BodyWeight, &["wt", "weight", "peso", "وزن"]),
    (MeasurementKind::BodyHeight, &["ht", "height", "talla", "طول"]),
    (MeasurementKind::BodyTemperature, &["temp", "t", "حرارة"]),
    (MeasurementKind::RespiratoryRate, &["rr", "fr", "resp", "تنفس"]),
    (MeasurementKind::OxygenSaturation, &["spo2", "sat", "o2", "أكسجين"]),
    (MeasurementKind::BloodGlucose, &["glu", "glucose", "gluc", "سكر"]),
    (MeasurementKind::HbA1c, &["a1c", "hba1c"]),
    (MeasurementKind::TotalCholesterol, &["chol", "col"]),
    (MeasurementKind::HdlCholesterol, &["hdl"]),
    (MeasurementKind::LdlCholesterol, &["ldl"]),
    (MeasurementKind::Triglycerides, &["tg", "trig"]),
    (MeasurementKind::PeakFlow, &["pf", "pef", "peak"]),
    (MeasurementKind::Waist, &["waist", "cintura", "خصر"]),
    (MeasurementKind::HeadCircumference, &["hc", "head", "pc"]),
];

/// Reads a line.
#[must_use]
pub fn read(line: &str) -> Understood {
    let line: String = line.chars().take(MAX_CHARS).map(plain).collect();
    let words: Vec<&str> = line.split_whitespace().collect();
    let (mut understood, mut rest) = (Understood::default(), Vec::new());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let number = kind_of(word).and_then(|kind| Some((kind, number_of(kind, words.get(at)?)?)));
        let Some((kind, (number, attached))) = number else {
            rest.push(*word);
            continue;
        };
        at += 1;
        let own = |word: &str| unit_of(word).and_then(|unit| fitting(kind, unit));
        let unit = if attached.is_empty() {
            let unit = words.get(at).and_then(|word| own(word));
            at += usize::from(unit.is_some());
            unit
        } else {
            own(attached)
        };
        understood.measured.retain(|known| known.kind != kind);
        understood.measured.push(Measured { kind, number, unit });
    }
    understood.rest = rest.join(" ");
    understood
}

/// Digits of Arabic keyboards as digits, and their decimal mark as a point.
fn plain(letter: char) -> char {
    let digit = |zero: char| u32::from(letter).checked_sub(u32::from(zero)).filter(|digit| *digit < 10);
    match digit('٠').or_else(|| digit('۰')) {
        Some(digit) => char::from_digit(digit, 10).unwrap_or(letter),
        None if letter == '٫' => '.',
        None => letter,
    }
}

fn kind_of(word: &str) -> Option<MeasurementKind> {
    let word = word.trim_end_matches([':', '=']).to_lowercase();
    WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(kind, _)| *kind)
}

/// A number, and what stands right behind it.
fn number_of(kind: MeasurementKind, word: &str) -> Option<(String, &str)> {
    let end = word.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ',' | '/')));
    let (number, attached) = word.split_at(end.unwrap_or(word.len()));
    let number = number.trim_end_matches([',', '.']).replace(',', ".");
    let parts: Vec<&str> = number.split('/').collect();
    let is_number = |part: &&str| {
        part.starts_with(|first: char| first.is_ascii_digit())
            && part.chars().filter(|letter| *letter == '.').count() < 2
    };
    let wanted = if kind == MeasurementKind::BloodPressure { 2 } else { 1 };
    // What behind the number is no unit is a word of its own: `74x` is no number.
    let holds = parts.len() == wanted && parts.iter().all(is_number);
    (holds && (attached.is_empty() || unit_of(attached).is_some())).then_some((number, attached))
}

fn unit_of(word: &str) -> Option<Vec<Unit>> {
    let word = word.trim_end_matches([',', ';', '.']).to_lowercase();
    let units: &[Unit] = match word.as_str() {
        "kg" | "كغ" => &[Unit::Kilogram],
        "g" => &[Unit::Gram],
        "lb" | "lbs" => &[Unit::Pound],
        "cm" | "سم" => &[Unit::Centimetre],
        "in" | "\"" => &[Unit::Inch],
        "c" | "°c" => &[Unit::Celsius],
        "f" | "°f" => &[Unit::Fahrenheit],
        "mmhg" => &[Unit::MillimetreOfMercury],
        "/min" | "bpm" | "lpm" => &[Unit::PerMinute, Unit::LitrePerMinute],
        "l/min" => &[Unit::LitrePerMinute],
        "%" => &[Unit::Percent],
        "mmol" | "mmol/l" => &[Unit::MillimolePerLitre],
        "mg" | "mg/dl" => &[Unit::MilligramPerDecilitre],
        "mmol/mol" => &[Unit::MillimolePerMole],
        _ => return None,
    };
    Some(units.to_vec())
}

fn fitting(kind: MeasurementKind, units: Vec<Unit>) -> Option<Unit> {
    units.into_iter().find(|unit| kind.units().any(|own| own == *unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Vec<(MeasurementKind, String, Option<Unit>)> {
        read(line).measured.into_iter().map(|one| (one.kind, one.number, one.unit)).collect()
    }

    #[test]
    fn numbers_are_read_in_any_order_with_or_without_units() {
        let expected = vec![
            (MeasurementKind::BloodPressure, "136/82".into(), None),
            (MeasurementKind::HeartRate, "74".into(), None),
            (MeasurementKind::BodyWeight, "81.4".into(), Some(Unit::Kilogram)),
            (MeasurementKind::BodyTemperature, "36.7".into(), Some(Unit::Celsius)),
        ];
        assert_eq!(said("bp 136/82 hr 74 wt 81.4 kg temp 36.7 C"), expected);
        assert_eq!(said("BP: 136/82  hr=74 HR: 74, wt 81,4kg temp: 36.7°C"), expected);
        assert_eq!(said("ضغط ١٣٦/٨٢ نبض ٧٤ وزن ٨١٫٤ كغ temp 36.7 c"), expected);
        assert_eq!(said("a1c 52 mmol/mol"), [(MeasurementKind::HbA1c, "52".into(), Some(Unit::MillimolePerMole))]);
    }

    #[test]
    fn what_is_not_understood_is_kept_as_it_was_said() {
        let understood = read("bp 136/82 feet ok next 6m wt heavy hr 74x bp 140");
        assert_eq!(understood.measured.len(), 1);
        assert_eq!(understood.rest, "feet ok next 6m wt heavy hr 74x bp 140");
        assert_eq!(
            read("hr 70 hr 74").measured,
            [Measured { kind: MeasurementKind::HeartRate, number: "74".into(), unit: None }]
        );
        for nothing in ["", "   ", "bp", "/", "bp /", "hr .", "wt 1.2.3", &"bp ".repeat(5000)] {
            assert!(read(nothing).measured.is_empty(), "{nothing}");
        }
        // A unit that it is not measured in is a word.
        assert_eq!(read("hr 74 kg").rest, "kg");
    }

    #[test]
    fn no_short_word_means_two_things() {
        let all: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(all.len(), once.len());
        assert!(MeasurementKind::ALL.iter().all(|kind| WORDS.iter().any(|(known, _)| known == kind)));
    }
}
