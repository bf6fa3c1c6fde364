//! Values for people: numbers that can be read at a glance in lists, as written on the entry's own page.

use chartchain_vault::protocol::{Range, Value};

use crate::t;

/// A value in parts, so that the unit can be set smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Number or words.
    pub main: String,
    /// Unit, where there is one.
    pub unit: Option<String>,
    /// The main part is words, not a number.
    pub is_words: bool,
}

impl Shown {
    fn words(main: String) -> Self {
        Self { main, unit: None, is_words: true }
    }

    fn number(main: String, unit: Option<&String>) -> Self {
        Self { main, unit: unit.map(|unit| unit_words(unit)).filter(|unit| !unit.is_empty()), is_words: false }
    }

    /// In one line.
    #[must_use]
    pub fn line(&self) -> String {
        match &self.unit {
            Some(unit) if unit == "%" => format!("{}%", self.main),
            Some(unit) => format!("{} {unit}", self.main),
            None => self.main.clone(),
        }
    }
}

/// How much of a long number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// Over-long decimals are rounded.
    Short,
    /// As written.
    AsWritten,
}

/// A value for people; `None` for several parts, which [`parts`] gives.
#[must_use]
pub fn shown(value: &Value, digits: Digits) -> Option<Shown> {
    let number = |written: &str| match digits {
        Digits::Short => short_number(written),
        Digits::AsWritten => written.to_owned(),
    };
    Some(match value {
        Value::Quantity { comparator, number: written, unit } => {
            let sign = comparator.as_deref().map(comparator_sign).unwrap_or_default();
            Shown::number(format!("{sign}{}", number(written)), unit.as_ref())
        }
        Value::Pressure { systolic, diastolic, unit } => {
            Shown::number(format!("{}/{}", number(systolic), number(diastolic)), unit.as_ref())
        }
        Value::Text(words) => Shown::words(words.clone()),
        Value::Bool(true) => Shown::words(t!("value-yes")),
        Value::Bool(false) => Shown::words(t!("value-no")),
        Value::Range(range) => Shown::words(range_words(range)?),
        Value::Absent(_) => Shown::words(t!("value-absent")),
        Value::Components(_) => return None,
    })
}

/// A value in one short line for a list; several parts are joined.
#[must_use]
pub fn line(value: &Value) -> Option<String> {
    match value {
        Value::Components(parts) => {
            let shown: Vec<String> = parts
                .iter()
                .take(3)
                .filter_map(|part| Some(format!("{}: {}", part.name, shown(&part.value, Digits::Short)?.line())))
                .collect();
            (!shown.is_empty()).then(|| shown.join("; "))
        }
        other => shown(other, Digits::Short).map(|shown| shown.line()),
    }
}

/// `20 to 41 mmol/mol`, `below 2.5`, `above 60`, or the source's own words.
#[must_use]
pub fn range_words(range: &Range) -> Option<String> {
    let unit = range.unit.as_deref().map(unit_words).filter(|unit| !unit.is_empty());
    let with_unit = |number: String| match &unit {
        Some(unit) if unit == "%" => format!("{number}%"),
        Some(unit) => format!("{number} {unit}"),
        None => number,
    };
    match (&range.low, &range.high) {
        (Some(low), Some(high)) => {
            Some(with_unit(t!("range-between", low = short_number(low), high = short_number(high))))
        }
        (Some(low), None) => Some(t!("range-from", low = with_unit(short_number(low)))),
        (None, Some(high)) => Some(t!("range-up-to", high = with_unit(short_number(high)))),
        (None, None) => range.text.clone(),
    }
}

/// The number that a value is plotted and compared by. Nothing where it says only "less than" or "more than".
#[must_use]
pub fn plain_number(value: &Value) -> Option<f64> {
    match value {
        Value::Quantity { comparator: None, number, .. } => {
            number.parse().ok().filter(|number: &f64| number.is_finite())
        }
        _ => None,
    }
}

/// A number as written, but with no more decimals than a person needs: 132.69111202652618 becomes 132.7.
#[must_use]
pub fn short_number(written: &str) -> String {
    let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals <= 2 || written.contains(['e', 'E']) {
        return written.to_owned();
    }
    let Ok(number) = written.parse::<f64>() else { return written.to_owned() };
    let keep = match number.abs() {
        size if size >= 10.0 => 1,
        size if size >= 0.1 => 2,
        size if size >= 0.01 => 3,
        _ => return written.chars().take(10).collect(),
    };
    format!("{number:.keep$}")
}

/// A unit in the form that people know: `mm[Hg]` becomes `mmHg`.
#[must_use]
pub fn unit_words(unit: &str) -> String {
    match unit {
        "mm[Hg]" => "mmHg".into(),
        "kg/m2" => "kg/m²".into(),
        "Cel" => "°C".into(),
        "[degF]" => "°F".into(),
        "[lb_av]" => "lb".into(),
        "[in_i]" => "in".into(),
        "/min" | "{beats}/min" | "{Beats}/min" | "{breaths}/min" | "1/min" => t!("unit-per-minute"),
        "{score}" | "{Score}" | "score" => t!("unit-points"),
        "1" | "{ratio}" | "{nominal}" => String::new(),
        "mL/min/{1.73_m2}" | "mL/min/1.73.m2" => "mL/min per 1.73 m²".into(),
        "10*3/uL" => "× 10³/µL".into(),
        "10*6/uL" => "× 10⁶/µL".into(),
        "10*9/L" => "× 10⁹/L".into(),
        "10*12/L" => "× 10¹²/L".into(),
        other => other.replace("ug", "µg").replace("uL", "µL").replace("umol", "µmol").replace(['{', '}'], ""),
    }
}

fn comparator_sign(comparator: &str) -> &'static str {
    match comparator {
        "<" => "< ",
        "<=" => "≤ ",
        ">" => "> ",
        ">=" => "≥ ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(comparator: Option<&str>, number: &str, unit: &str) -> Value {
        Value::Quantity {
            comparator: comparator.map(Into::into),
            number: number.into(),
            unit: Some(unit.into()).filter(|unit: &String| !unit.is_empty()),
        }
    }

    #[test]
    fn long_decimals_are_short_in_lists_and_whole_on_the_page() {
        let value = quantity(None, "132.69111202652618", "mg/dL");
        assert_eq!(line(&value).unwrap(), "132.7 mg/dL");
        assert_eq!(shown(&value, Digits::AsWritten).unwrap().line(), "132.69111202652618 mg/dL");
        assert_eq!(short_number("5.8427"), "5.84");
        assert_eq!(short_number("0.0312345"), "0.031");
        assert_eq!(short_number("-12.3456"), "-12.3");
    }

    #[test]
    fn short_decimals_stay_as_the_source_wrote_them() {
        for written in ["1.50", "53", "7.0", "1e3", "abc", "0.05"] {
            assert_eq!(short_number(written), written);
        }
    }

    #[test]
    fn a_comparator_is_never_lost() {
        assert_eq!(line(&quantity(Some("<"), "0.01", "ng/mL")).unwrap(), "< 0.01 ng/mL");
        assert_eq!(plain_number(&quantity(Some("<"), "0.01", "ng/mL")), None);
        assert_eq!(plain_number(&quantity(None, "0.01", "ng/mL")), Some(0.01));
    }

    #[test]
    fn blood_pressure_is_one_value() {
        let value = Value::Pressure { systolic: "136".into(), diastolic: "84.00".into(), unit: Some("mm[Hg]".into()) };
        assert_eq!(line(&value).unwrap(), "136/84.00 mmHg");
    }

    #[test]
    fn ranges_say_to_and_never_use_a_dash() {
        let range = |low: Option<&str>, high: Option<&str>| Range {
            low: low.map(Into::into),
            high: high.map(Into::into),
            unit: Some("%".into()),
            text: Some("see note".into()),
        };
        assert_eq!(range_words(&range(Some("4.0"), Some("6.0"))).unwrap(), "4.0 to 6.0%");
        assert_eq!(range_words(&range(None, Some("6.0"))).unwrap(), "up to 6.0%");
        assert_eq!(range_words(&range(Some("4.0"), None)).unwrap(), "from 4.0%");
        assert_eq!(range_words(&range(None, None)).unwrap(), "see note");
    }
}
