//! Values and ranges in another unit.

use chartchain_fhir::{Range, Value};

use crate::analyte::Analyte;
use crate::unit::Conversion;

/// Numbers of fewer digits are converted to so many.
const LEAST_DIGITS: usize = 3;
const MOST_DIGITS: usize = 6;

/// The unit that a value is written in.
#[must_use]
pub fn unit_of(value: &Value) -> Option<&str> {
    match value {
        Value::Quantity { unit, .. } | Value::Pressure { unit, .. } => unit.as_deref(),
        Value::Range(range) => range.unit.as_deref(),
        Value::Text(_) | Value::Bool(_) | Value::Components(_) | Value::Absent(_) => None,
    }
}

/// The value in another unit, where that is sure; `None` where it is in that unit already, or cannot be.
#[must_use]
pub fn value_in(value: &Value, to: &str, analyte: &Analyte) -> Option<Value> {
    let line = Conversion::between(unit_of(value)?, to, analyte)?;
    let unit = Some(to.to_owned());
    Some(match value {
        Value::Quantity { unit: Some(from), .. } | Value::Pressure { unit: Some(from), .. } if from == to => {
            return None;
        }
        Value::Quantity { comparator, number, .. } => {
            Value::Quantity { comparator: comparator.clone(), number: converted(number, &line)?, unit }
        }
        Value::Pressure { systolic, diastolic, .. } => {
            Value::Pressure { systolic: converted(systolic, &line)?, diastolic: converted(diastolic, &line)?, unit }
        }
        Value::Range(range) => Value::Range(range_in(range, to, analyte)?),
        Value::Text(_) | Value::Bool(_) | Value::Components(_) | Value::Absent(_) => return None,
    })
}

/// The range in another unit, where that is sure. Its own words stay out: they speak of the unit as written.
#[must_use]
pub fn range_in(range: &Range, to: &str, analyte: &Analyte) -> Option<Range> {
    let line = Conversion::between(range.unit.as_deref()?, to, analyte)?;
    let limit = |written: &Option<String>| match written {
        Some(written) => converted(written, &line).map(Some),
        None => Some(None),
    };
    Some(Range { low: limit(&range.low)?, high: limit(&range.high)?, unit: Some(to.to_owned()), text: None })
}

/// A number as written, on the other scale, with no more digits than it had, but at least three.
fn converted(written: &str, line: &Conversion) -> Option<String> {
    if line.is_same() {
        return Some(written.to_owned());
    }
    let number = line.apply(written.trim().parse::<f64>().ok()?);
    if !number.is_finite() || number.abs() > 1e15 {
        return None;
    }
    let digits = written.bytes().skip_while(|byte| matches!(byte, b'-' | b'0' | b'.')).filter(u8::is_ascii_digit);
    let digits = digits.count().clamp(LEAST_DIGITS, MOST_DIGITS);
    let mut before = 0;
    let mut size = number.abs();
    while size >= 1.0 {
        (size, before) = (size / 10.0, before + 1);
    }
    let mut leading_zeros = 0;
    while size > 0.0 && size < 0.1 && before == 0 && leading_zeros < 12 {
        (size, leading_zeros) = (size * 10.0, leading_zeros + 1);
    }
    Some(format!("{number:.*}", digits.saturating_sub(before) + leading_zeros))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn loinc(code: &str) -> Analyte {
        Analyte::Loinc(code.into())
    }

    fn quantity(comparator: Option<&str>, number: &str, unit: &str) -> Value {
        Value::Quantity { comparator: comparator.map(Into::into), number: number.into(), unit: Some(unit.into()) }
    }

    #[test]
    fn a_value_keeps_its_comparator_and_a_sensible_number_of_digits() {
        let glucose = loinc("2345-7");
        assert_eq!(
            value_in(&quantity(Some("<"), "5.5", "mmol/L"), "mg/dL", &glucose),
            Some(quantity(Some("<"), "99.1", "mg/dL"))
        );
        assert_eq!(
            value_in(&quantity(None, "53", "mmol/mol"), "%", &loinc("59261-8")),
            None,
            "not the code that stands"
        );
        assert_eq!(
            value_in(&quantity(None, "53", "mmol/mol"), "%", &loinc("4548-4")),
            Some(quantity(None, "7.00", "%"))
        );
        assert_eq!(
            value_in(&quantity(None, "88", "umol/L"), "mg/dL", &loinc("2160-0")),
            Some(quantity(None, "0.995", "mg/dL"))
        );
        assert_eq!(value_in(&quantity(None, "5.5", "mmol/L"), "mmol/L", &glucose), None, "it is in that unit");
        assert_eq!(value_in(&quantity(None, "many", "mmol/L"), "mg/dL", &glucose), None);
        assert_eq!(value_in(&Value::Text("5".into()), "mg/dL", &glucose), None);
    }

    #[test]
    fn another_name_of_the_unit_leaves_the_number_as_written() {
        let cells = loinc("777-3");
        assert_eq!(
            value_in(&quantity(None, "150.0", "10*3/uL"), "10*9/L", &cells),
            Some(quantity(None, "150.0", "10*9/L"))
        );
    }

    #[test]
    fn pressure_and_ranges_are_converted_whole_or_not_at_all() {
        let pressure = Value::Pressure { systolic: "120".into(), diastolic: "80".into(), unit: Some("mm[Hg]".into()) };
        let wanted = Value::Pressure { systolic: "16.0".into(), diastolic: "10.7".into(), unit: Some("kPa".into()) };
        assert_eq!(value_in(&pressure, "kPa", &loinc("85354-9")), Some(wanted));
        let range = Range { low: Some("3.9".into()), high: None, unit: Some("mmol/L".into()), text: Some("x".into()) };
        let wanted = Range { low: Some("70.3".into()), high: None, unit: Some("mg/dL".into()), text: None };
        assert_eq!(range_in(&range, "mg/dL", &loinc("2345-7")), Some(wanted));
        assert_eq!(range_in(&Range { low: Some("low".into()), ..range }, "mg/dL", &loinc("2345-7")), None);
    }

    proptest! {
        #[test]
        fn the_number_written_is_near_the_number_meant(number in 0.001..100_000.0_f64) {
            let written = format!("{number}");
            let Some(Value::Quantity { number: shown, .. }) =
                value_in(&quantity(None, &written, "mmol/L"), "mg/dL", &loinc("2345-7")) else { panic!() };
            let exact = number * 18.0156;
            let shown: f64 = shown.parse().unwrap();
            prop_assert!((shown - exact).abs() <= 0.006 * exact, "{shown} for {exact}");
        }

        #[test]
        fn any_text_for_a_number_is_no_fault(text in ".{0,20}") {
            let _ = value_in(&quantity(None, &text, "mmol/L"), "mg/dL", &loinc("2345-7"));
        }
    }
}
