//! What a value means, in words and a shape: from the source's interpretation, else from the source's range.

use chartchain_vault::protocol::{Range, Value, When};

use super::dates::Date;
use super::values::{line, plain_number, short_number};
use crate::t;

/// A shape that stands beside the words, so that colour is never alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Above.
    TriangleUp,
    /// Below.
    TriangleDown,
    /// Within.
    Circle,
    /// Neither, but worth a look.
    Diamond,
    /// More than before.
    ArrowUp,
    /// Less than before.
    ArrowDown,
    /// As before.
    Level,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Ok,
    /// Worth attention.
    Attention,
    /// The source calls it critical.
    Urgent,
    /// Says nothing of good or bad.
    Neutral,
}

/// A sentence with its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Shape beside the words.
    pub shape: Shape,
    /// Colour of both.
    pub tone: Tone,
    /// The words.
    pub words: String,
}

impl Meaning {
    fn new(shape: Shape, tone: Tone, words: String) -> Self {
        Self { shape, tone, words }
    }
}

/// What the source's interpretation says, else how the value lies to the source's range.
#[must_use]
pub fn of(value: Option<&Value>, range: Option<&Range>, interpretation: Option<&str>) -> Option<Meaning> {
    interpretation.and_then(of_code).or_else(|| of_range(value?, range?))
}

/// Words for the codes of HL7 v3 ObservationInterpretation; anything else is the source's own words.
fn of_code(code: &str) -> Option<Meaning> {
    use Shape::{Circle, Diamond, TriangleDown, TriangleUp};
    use Tone::{Attention, Neutral, Ok, Urgent};
    Some(match code.trim() {
        "" => return None,
        "N" => Meaning::new(Circle, Ok, t!("meaning-normal")),
        "H" | "H>" => Meaning::new(TriangleUp, Attention, t!("meaning-high")),
        "HU" => Meaning::new(TriangleUp, Attention, t!("meaning-very-high")),
        "HH" => Meaning::new(TriangleUp, Urgent, t!("meaning-critical-high")),
        "L" | "L<" => Meaning::new(TriangleDown, Attention, t!("meaning-low")),
        "LU" => Meaning::new(TriangleDown, Attention, t!("meaning-very-low")),
        "LL" => Meaning::new(TriangleDown, Urgent, t!("meaning-critical-low")),
        "A" => Meaning::new(Diamond, Attention, t!("meaning-abnormal")),
        "AA" => Meaning::new(Diamond, Urgent, t!("meaning-critical")),
        "POS" => Meaning::new(Diamond, Neutral, t!("meaning-positive")),
        "NEG" => Meaning::new(Circle, Neutral, t!("meaning-negative")),
        "IND" => Meaning::new(Diamond, Neutral, t!("meaning-indeterminate")),
        "S" => Meaning::new(Circle, Neutral, t!("meaning-susceptible")),
        "R" => Meaning::new(Diamond, Neutral, t!("meaning-resistant")),
        "I" => Meaning::new(Diamond, Neutral, t!("meaning-intermediate")),
        words => Meaning::new(Diamond, Neutral, words.to_owned()),
    })
}

fn of_range(value: &Value, range: &Range) -> Option<Meaning> {
    let Value::Quantity { unit, .. } = value else { return None };
    let number = plain_number(value)?;
    if range.unit.is_some() && unit.is_some() && range.unit != *unit {
        return None;
    }
    let limit = |written: &Option<String>| written.as_ref().and_then(|written| written.parse::<f64>().ok());
    let (low, high) = (limit(&range.low), limit(&range.high));
    if low.is_none() && high.is_none() {
        return None;
    }
    Some(if low.is_some_and(|low| number < low) {
        Meaning::new(Shape::TriangleDown, Tone::Attention, t!("meaning-low"))
    } else if high.is_some_and(|high| number > high) {
        Meaning::new(Shape::TriangleUp, Tone::Attention, t!("meaning-high"))
    } else {
        Meaning::new(Shape::Circle, Tone::Ok, t!("meaning-normal"))
    })
}

/// When the value before was taken, as `change` says it: the day where it lies in the same month, else the month.
#[must_use]
pub fn since(before: Option<&When>, now: Option<&When>) -> String {
    let date = |when: Option<&When>| when.and_then(|when| Date::read(&when.written));
    match (date(before), date(now)) {
        (Some(before), Some(now)) if before.month_words() == now.month_words() && before.day.is_some() => {
            t!("on-day", day = before.day_words())
        }
        (Some(before), _) => t!("in-month", month = before.month_words()),
        (None, _) => t!("before"),
    }
}

/// How a value differs from the one before it: `1.2 kg less than in August 2018`. Nothing where units differ.
#[must_use]
pub fn change(now: &Value, before: &Value, when: &str) -> Option<Meaning> {
    let (Value::Quantity { number: a, unit, .. }, Value::Quantity { number: b, unit: unit_before, .. }) = (now, before)
    else {
        return None;
    };
    if unit != unit_before {
        return None;
    }
    let (shown_a, shown_b) = (short_number(a), short_number(b));
    plain_number(now)?;
    plain_number(before)?;
    let difference = shown_a.parse::<f64>().ok()? - shown_b.parse::<f64>().ok()?;
    let decimals = |written: &str| written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let places = decimals(&shown_a).max(decimals(&shown_b)).min(3);
    let number = format!("{:.places$}", difference.abs());
    if number.parse::<f64>().is_ok_and(|size| size == 0.0) {
        return Some(Meaning::new(Shape::Level, Tone::Neutral, t!("change-none", when = when)));
    }
    let size = line(&Value::Quantity { comparator: None, number, unit: unit.clone() })?;
    Some(if difference < 0.0 {
        Meaning::new(Shape::ArrowDown, Tone::Neutral, t!("change-less", size = size, when = when))
    } else {
        Meaning::new(Shape::ArrowUp, Tone::Neutral, t!("change-more", size = size, when = when))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kg(number: &str) -> Value {
        Value::Quantity { comparator: None, number: number.into(), unit: Some("kg".into()) }
    }

    fn range(low: Option<&str>, high: Option<&str>, unit: &str) -> Range {
        Range { low: low.map(Into::into), high: high.map(Into::into), unit: Some(unit.into()), text: None }
    }

    #[test]
    fn the_sources_word_goes_before_the_range() {
        let meaning = of(Some(&kg("5")), Some(&range(Some("1"), Some("9"), "kg")), Some("H")).unwrap();
        assert_eq!((meaning.shape, meaning.words.as_str()), (Shape::TriangleUp, "Above the usual range"));
    }

    #[test]
    fn a_value_is_laid_against_the_range_only_in_the_same_unit() {
        let shape = |unit| of(Some(&kg("5")), Some(&range(Some("6"), Some("9"), unit)), None).map(|m| m.shape);
        assert_eq!(shape("kg"), Some(Shape::TriangleDown));
        assert_eq!(shape("g"), None);
        assert_eq!(of(Some(&kg("6")), Some(&range(Some("6"), None, "kg")), None).unwrap().tone, Tone::Ok);
    }

    #[test]
    fn less_than_a_limit_of_detection_is_not_called_low() {
        let value = Value::Quantity { comparator: Some("<".into()), number: "5".into(), unit: Some("kg".into()) };
        assert_eq!(of(Some(&value), Some(&range(Some("6"), Some("9"), "kg")), None), None);
    }

    #[test]
    fn a_change_has_as_many_decimals_as_what_is_shown() {
        assert_eq!(
            change(&kg("81.4"), &kg("82.6"), "in August 2018").unwrap().words,
            "1.2 kg less than in August 2018"
        );
        assert_eq!(change(&kg("81.40000001"), &kg("80"), "in 2018").unwrap().words, "1.4 kg more than in 2018");
        assert_eq!(change(&kg("81.4"), &kg("81.4"), "2018").unwrap().shape, Shape::Level);
    }

    #[test]
    fn unknown_codes_stand_as_the_source_wrote_them() {
        assert_eq!(of(None, None, Some("Slightly raised")).unwrap().words, "Slightly raised");
        assert_eq!(of(None, None, Some(" ")), None);
    }
}
