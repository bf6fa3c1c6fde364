//! Where the zone and the marker of a range bar lie, in percent of its width.

use chartchain_vault::protocol::{Range, Value};

use super::values::plain_number;

/// A range bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Where the usual range begins.
    pub zone_start: f64,
    /// How wide it is.
    pub zone_width: f64,
    /// Where the value stands.
    pub marker: f64,
}

/// Lays a value against its range. Nothing where either is not a plain number or the units differ.
#[must_use]
pub fn bar(value: &Value, range: &Range) -> Option<Bar> {
    let number = plain_number(value)?;
    if let (Value::Quantity { unit: Some(unit), .. }, Some(of_range)) = (value, &range.unit)
        && unit != of_range
    {
        return None;
    }
    let limit = |written: &Option<String>| written.as_ref()?.parse::<f64>().ok().filter(|limit| limit.is_finite());
    let (from, to, zone_from, zone_to) = match (limit(&range.low), limit(&range.high)) {
        (Some(low), Some(high)) if high > low => {
            let room = (high - low) * 0.8;
            (low - room, high + room, low, high)
        }
        (None, Some(high)) if high > 0.0 => (0.0, high * 1.8, 0.0, high),
        (Some(low), None) if low > 0.0 => (0.0, low * 2.5, low, low * 2.5),
        _ => return None,
    };
    let from = if from < 0.0 && zone_from >= 0.0 && number >= 0.0 { 0.0 } else { from };
    let place = |at: f64| ((at - from) / (to - from) * 100.0).clamp(0.0, 100.0);
    Some(Bar {
        zone_start: place(zone_from),
        zone_width: place(zone_to) - place(zone_from),
        marker: place(number).clamp(1.5, 98.5),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(number: &str, low: Option<&str>, high: Option<&str>) -> Option<Bar> {
        let value = Value::Quantity { comparator: None, number: number.into(), unit: None };
        bar(&value, &Range { low: low.map(Into::into), high: high.map(Into::into), unit: None, text: None })
    }

    #[test]
    fn the_marker_lies_in_the_zone_exactly_when_the_value_is_in_the_range() {
        for (number, inside) in [("19", false), ("20", true), ("41", true), ("42", false), ("900", false)] {
            let bar = lay(number, Some("20"), Some("41")).unwrap();
            let within = bar.marker >= bar.zone_start - 1e-9 && bar.marker <= bar.zone_start + bar.zone_width + 1e-9;
            assert_eq!(within, inside, "{number}");
        }
    }

    #[test]
    fn nothing_leaves_the_bar() {
        for number in ["-1e300", "0", "1e300"] {
            let bar = lay(number, Some("20"), Some("41")).unwrap();
            assert!((0.0..=100.0).contains(&bar.marker) && bar.zone_start + bar.zone_width <= 100.0 + 1e-9);
        }
    }

    #[test]
    fn an_impossible_range_has_no_bar() {
        assert_eq!(lay("5", Some("9"), Some("9")), None);
        assert_eq!(lay("5", None, None), None);
        assert_eq!(lay("5", Some("NaN"), Some("inf")), None);
    }
}
