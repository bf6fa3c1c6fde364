//! The quick line of a visit: `bp 136/82 hr 74 wt 81.4 kg`, in any order, as fast as it is said.

use chartchain_vault::protocol::form::{MeasurementKind, Unit};

/// A number that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Of what.
    pub kind: MeasurementKind,
    /// As a form takes it; of a blood pressure both numbers with `/` between them.
    pub number: String,
    /// In which unit.
    pub said: Said,
}

/// What a line says of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing: another number follows, or none.
    Nothing,
    /// This one.
    Unit(Unit),
    /// A word that may be one, and is not known here.
    Unknown,
}

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// The numbers, in their order. Of what stands there twice, the last; the others are words that say nothing.
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
    (MeasurementKind::BodyTemperature, &["temp", "حرارة"]),
    (MeasurementKind::RespiratoryRate, &["rr", "fr", "resp", "تنفس"]),
    (MeasurementKind::OxygenSaturation, &["spo2", "sat", "أكسجين"]),
    (MeasurementKind::BloodGlucose, &["glu", "glucose", "gluc", "سكر"]),
    (MeasurementKind::HbA1c, &["a1c", "hba1c"]),
    (MeasurementKind::TotalCholesterol, &["chol", "col"]),
    (MeasurementKind::HdlCholesterol, &["hdl"]),
    (MeasurementKind::LdlCholesterol, &["ldl"]),
    (MeasurementKind::Triglycerides, &["tg", "trig"]),
    (MeasurementKind::PeakFlow, &["pf", "pef"]),
    (MeasurementKind::Waist, &["waist", "cintura", "خصر"]),
    (MeasurementKind::HeadCircumference, &["hc"]),
];

/// Reads a line. A number is taken only with what it measures before it, and never with a unit that this is not measured in.
#[must_use]
pub fn read(line: &str) -> Understood {
    let line: String = line.chars().take(MAX_CHARS).map(plain).collect();
    let words: Vec<&str> = line.split_whitespace().flat_map(parts).collect();
    let mut found: Vec<(Measured, String)> = Vec::new();
    let mut rest: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let Some((measured, used)) = measured(words.get(at..).unwrap_or_default()) else {
            rest.push((*word).to_owned());
            at += 1;
            continue;
        };
        let said = words.get(at..at + used).unwrap_or_default().join(" ");
        if let Some(before) = found.iter().position(|(known, _)| known.kind == measured.kind) {
            rest.push(found.remove(before).1);
        }
        found.push((measured, said));
        at += used;
    }
    let measured = found.into_iter().map(|(measured, _)| measured).collect();
    Understood { measured, rest: rest.join(" ") }
}

/// `hr:74` and `hr=74` are two words.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let cut = word.find([':', '=']).filter(|cut| kind_of(word.get(..*cut).unwrap_or_default()).is_some());
    let (first, second) = cut.map_or((word, ""), |cut| (&word[..cut], &word[cut + 1..]));
    [first, second].into_iter().filter(|part| !part.is_empty())
}

/// What stands at the beginning of these words, and how many of them say it.
fn measured(words: &[&str]) -> Option<(Measured, usize)> {
    let (kind, word) = (kind_of(words.first()?)?, words.get(1)?);
    let (number, attached) = number_of(kind, word)?;
    if !attached.is_empty() {
        let unit = fitting(kind, unit_of(attached)?)?;
        return Some((Measured { kind, number, said: Said::Unit(unit) }, 2));
    }
    let Some(next) = words.get(2) else { return Some((Measured { kind, number, said: Said::Nothing }, 2)) };
    // An inch apart from its number may be the beginning of a sentence.
    let units = if *next == "in" { None } else { unit_of(next) };
    match units {
        Some(units) => Some((Measured { kind, number, said: Said::Unit(fitting(kind, units)?) }, 3)),
        None => {
            let said =
                if kind_of(next).is_some() || word.ends_with([',', ';']) { Said::Nothing } else { Said::Unknown };
            Some((Measured { kind, number, said }, 2))
        }
    }
}

/// Digits and marks of Arabic keyboards as those of others.
pub fn plain(letter: char) -> char {
    let digit = |zero: char| u32::from(letter).checked_sub(u32::from(zero)).filter(|digit| *digit < 10);
    match digit('٠').or_else(|| digit('۰')) {
        Some(digit) => char::from_digit(digit, 10).unwrap_or(letter),
        None => match letter {
            '٫' => '.',
            '،' => ',',
            '٪' => '%',
            other => other,
        },
    }
}

fn kind_of(word: &str) -> Option<MeasurementKind> {
    let word = word.to_lowercase();
    WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(kind, _)| *kind)
}

/// A number, and what stands right behind it. `1,200` and `4.200` are none: one reads thousands, the other decimals.
fn number_of(kind: MeasurementKind, word: &str) -> Option<(String, &str)> {
    let is_pressure = kind == MeasurementKind::BloodPressure;
    let belongs =
        |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',') || (is_pressure && letter == '/');
    let (number, attached) = word.split_at(word.find(|letter| !belongs(letter)).unwrap_or(word.len()));
    let number = number.trim_end_matches([',', '.']).replace(',', ".");
    let parts: Vec<&str> = number.split('/').collect();
    let holds = parts.len() == if is_pressure { 2 } else { 1 } && parts.iter().all(|part| is_number(part));
    holds.then_some((number, attached))
}

fn is_number(part: &str) -> bool {
    let (whole, decimals) = part.split_once('.').unwrap_or((part, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit());
    let may_be_thousands = decimals.len() == 3 && !whole.starts_with('0');
    is_digits(whole) && is_digits(decimals) && !may_be_thousands
}

/// What a word means as a unit: several for a word that is short for more than one, none that a form has for some.
fn unit_of(word: &str) -> Option<&'static [Unit]> {
    let word = word.trim_end_matches([',', ';', '.']).to_lowercase();
    Some(match word.as_str() {
        "kg" | "kgs" | "kilo" | "kilos" | "kilogramos" | "كغ" => &[Unit::Kilogram],
        "g" => &[Unit::Gram],
        "lb" | "lbs" | "pound" | "pounds" | "libra" | "libras" => &[Unit::Pound],
        "cm" | "سم" => &[Unit::Centimetre],
        "in" | "inch" | "inches" | "pulgadas" | "\"" => &[Unit::Inch],
        "c" | "°c" | "ºc" => &[Unit::Celsius],
        "f" | "°f" | "ºf" => &[Unit::Fahrenheit],
        "mmhg" => &[Unit::MillimetreOfMercury],
        "/min" | "bpm" | "lpm" => &[Unit::PerMinute, Unit::LitrePerMinute],
        "l/min" => &[Unit::LitrePerMinute],
        "%" => &[Unit::Percent],
        "mmol" | "mmol/l" => &[Unit::MillimolePerLitre],
        "mg" | "mg/dl" => &[Unit::MilligramPerDecilitre],
        "mmol/mol" => &[Unit::MillimolePerMole],
        "m" | "ft" | "st" | "stone" | "oz" | "onzas" | "kpa" | "k" | "g/l" | "mg/l" => &[],
        _ => return None,
    })
}

fn fitting(kind: MeasurementKind, units: &[Unit]) -> Option<Unit> {
    units.iter().copied().find(|unit| kind.units().any(|own| own == *unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Vec<(MeasurementKind, String, Option<Unit>)> {
        read(line)
            .measured
            .into_iter()
            .map(|one| {
                (
                    one.kind,
                    one.number,
                    match one.said {
                        Said::Unit(unit) => Some(unit),
                        Said::Nothing | Said::Unknown => None,
                    },
                )
            })
            .collect()
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
        assert_eq!(
            said("BP: 136/82  hr=74/min, wt 81,4kg temp: 36.7°C")
                .into_iter()
                .map(|(kind, number, unit)| (kind, number, unit.filter(|unit| *unit != Unit::PerMinute)))
                .collect::<Vec<_>>(),
            expected
        );
        assert_eq!(said("ضغط ١٣٦/٨٢، نبض ٧٤ وزن ٨١٫٤ كغ temp 36.7 c"), expected);
        assert_eq!(said("a1c 52 mmol/mol"), [(MeasurementKind::HbA1c, "52".into(), Some(Unit::MillimolePerMole))]);
    }

    #[test]
    fn what_is_not_understood_is_kept_as_it_was_said() {
        let understood = read("bp 136/82 feet ok next 6m wt heavy hr 74x bp 140");
        assert_eq!(understood.measured.len(), 1);
        assert_eq!(understood.rest, "feet ok next 6m wt heavy hr 74x bp 140");
        let twice = read("hr 70 hr 74");
        assert_eq!(
            twice.measured,
            [Measured { kind: MeasurementKind::HeartRate, number: "74".into(), said: Said::Nothing }]
        );
        assert_eq!(twice.rest, "hr 70");
        for nothing in ["", "   ", "bp", "/", "bp /", "hr .", "wt 1.2.3", &"bp ".repeat(5000)] {
            assert!(read(nothing).measured.is_empty(), "{nothing}");
        }
        // With a unit that it is not measured in, or one that forms do not have, it is no number of that.
        for odd in ["hr 74 kg", "wt 170cm", "ht 70kg", "wt 12 st 7", "ht 6 ft", "tg 1,200", "wt 4.200 g", "wt 1.2.3 kg"]
        {
            let understood = read(odd);
            assert_eq!((understood.measured.len(), understood.rest.as_str()), (0, odd), "{odd}");
        }
        // A word that may be a unit is none that was said.
        for unknown in ["waist 90 in standing", "ht 70 in", "wt 12 arrobas"] {
            assert_eq!(read(unknown).measured.first().map(|one| one.said), Some(Said::Unknown), "{unknown}");
        }
        for nothing in ["wt 81 hr 74", "wt 81", "wt 81, feet ok"] {
            assert_eq!(read(nothing).measured.first().map(|one| one.said), Some(Said::Nothing), "{nothing}");
        }
        assert_eq!(said("waist 34in wt 154 libras hba1c 0.125 %").len(), 3);
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
