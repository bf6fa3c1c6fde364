use chartchain_calendar::{civil_from_days, days_from_civil};
use chartchain_vault::protocol::{EntryId, Range, Value, When, WhenPrecision};

use super::*;
use crate::view::dates::Date;

fn when(written: &str) -> When {
    let date = Date::read(written).unwrap();
    let (hour, minute) = date.time.unwrap_or((0, 0));
    let days = days_from_civil(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
    let sort_ms = (days * 1440 + i64::from(hour) * 60 + i64::from(minute)) * 60_000;
    When { written: written.into(), sort_ms, precision: WhenPrecision::Day, offset_minutes: None }
}

fn line(written: &str, value: Value) -> SeriesPoint {
    SeriesPoint {
        entry: EntryId(written.into()),
        when: (!written.is_empty()).then(|| when(written)),
        value,
        range: None,
        interpretation: None,
        in_unit: None,
        source: None,
        disputed: false,
    }
}

fn of(points: &[SeriesPoint]) -> Series {
    Series { points: points.to_vec(), total: u32::try_from(points.len()).unwrap(), withdrawn: 0 }
}

fn quantity(number: &str, unit: &str) -> Value {
    Value::Quantity { comparator: None, number: number.into(), unit: Some(unit.into()) }
}

fn ranged(written: &str, number: &str, low: &str, high: &str) -> SeriesPoint {
    let range = Range { low: Some(low.into()), high: Some(high.into()), unit: None, text: None };
    SeriesPoint { range: Some(range), ..line(written, quantity(number, "mmol/mol")) }
}

/// The HbA1c of the design's mock, newest first.
fn mock() -> Vec<SeriesPoint> {
    let values = [
        ("2026-11-12", "53"),
        ("2026-08-06", "55"),
        ("2026-02-10", "58"),
        ("2025-08-05", "61"),
        ("2024-05-21", "64"),
        ("2023-11-14", "68"),
        ("2023-05-09", "71"),
    ];
    values.into_iter().map(|(date, number)| ranged(date, number, "20", "41")).collect()
}

fn only(series: &[SeriesPoint]) -> Chart {
    let mut trend = trend(&of(series));
    assert_eq!(trend.charts.len(), 1, "{:?}", trend.notes);
    trend.charts.remove(0)
}

#[test]
fn the_chart_of_the_mock_has_its_marks_its_gap_and_its_sentence() {
    let chart = only(&mock());
    assert_eq!(chart.moments.len(), 7);
    assert_eq!(chart.forms, [Form::Above]);
    assert_eq!(chart.gaps.len(), 1);
    assert_eq!((chart.gaps[0].newer, chart.gaps[0].older, chart.gaps[0].words.as_str()), (3, 4, "14 months"));
    assert_eq!(chart.segments.len(), 5, "the line is open at the gap");
    assert_eq!(chart.caption[0], "Down from 71 to 53 mmol/mol between May 2023 and November 2026.");
    assert_eq!(chart.caption[1], "All 7 values are above the usual range.");
    let years: Vec<&str> = chart.time_ticks.iter().map(|tick| tick.words.as_str()).collect();
    assert_eq!(years, ["2024", "2025", "2026"]);
    let labels: Vec<_> = chart.moments.iter().filter_map(|moment| moment.marks[0].label.as_ref()).collect();
    assert_eq!(labels.iter().map(|label| label.words.as_str()).collect::<Vec<_>>(), ["71", "53"]);
}

#[test]
fn nothing_leaves_the_plot_and_time_runs_to_the_right() {
    for chart in [only(&mock()), only(&dense(500)), only(&pressures())] {
        let xs: Vec<f64> = chart.moments.iter().map(|moment| moment.x).collect();
        assert!(xs.is_sorted() && xs.iter().all(|x| (0.0..=100.0).contains(x)), "{xs:?}");
        for mark in chart.moments.iter().flat_map(|moment| &moment.marks) {
            assert!((0.0..=HEIGHT).contains(&mark.y), "{mark:?}");
        }
        let reach: f64 = chart.moments.iter().map(|moment| moment.reach.1).sum();
        assert!((reach - 100.0).abs() < 1e-6, "every place of the plot leads to one value");
        assert!((2..=4).contains(&chart.value_ticks.len()) && (1..=4).contains(&chart.time_ticks.len()));
    }
}

fn dense(count: u32) -> Vec<SeriesPoint> {
    let day = |at: u32| {
        let (year, month, day) = civil_from_days(19_000 - i64::from(at));
        line(&format!("{year}-{month:02}-{day:02}"), quantity(&(100 + at * 7 % 90).to_string(), "mmHg"))
    };
    (0..count).map(day).collect()
}

#[test]
fn a_dense_series_keeps_its_highest_lowest_first_and_last_and_says_that_it_is_thinned() {
    let mut series = dense(450);
    series[200].value = quantity("900", "mmHg");
    series[201].value = quantity("2", "mmHg");
    let chart = only(&series);
    let lines: Vec<usize> = chart.moments.iter().map(|moment| moment.line).collect();
    assert!(lines.len() <= 240, "{}", lines.len());
    for kept in [0, 200, 201, 449] {
        assert!(lines.contains(&kept), "{kept}");
    }
    let told = format!("{} of 450 values are drawn", lines.len());
    assert!(chart.caption.iter().any(|sentence| sentence.starts_with(&told)), "{:?}", chart.caption);
    assert_eq!(only(&series[..240]).moments.len(), 240, "as many as have room are all drawn");
}

#[test]
fn two_units_are_never_on_one_scale() {
    let mut series = mock();
    series.push(line("2022-01-01", quantity("8.6", "%")));
    series.push(line("2021-01-01", quantity("8.7", "%")));
    let two = trend(&of(&series));
    let units: Vec<_> = two.charts.iter().map(|chart| chart.unit.as_deref().unwrap()).collect();
    assert_eq!(units, ["mmol/mol", "%"]);
    assert_eq!(two.notes, ["The values come in 2 units. Different units never stand on one scale."]);
    series.pop();
    let one = trend(&of(&series));
    assert_eq!(one.charts.len(), 1);
    assert!(one.notes[1].starts_with("1 value stands only in the table"), "{:?}", one.notes);
    let same = [line("2021-01-01", quantity("5", "mm[Hg]")), line("2020-01-01", quantity("6", "mmHg"))];
    assert_eq!(trend(&of(&same)).charts.len(), 1, "two spellings of one unit");
}

#[test]
fn what_has_no_number_or_no_date_is_left_to_the_table() {
    let mut series = mock();
    series.push(line("2022-01-01", Value::Text("trace".into())));
    series.push(line("2022-01-02", quantity("NaN", "mmol/mol")));
    series.push(line("2022-01-02", quantity("1e999", "mmol/mol")));
    series.push(line("", quantity("5", "mmol/mol")));
    let trend = trend(&of(&series));
    assert_eq!(trend.charts[0].moments.len(), 7);
    assert!(trend.notes[0].starts_with("4 values stand only in the table"), "{:?}", trend.notes);
    assert_eq!(super::trend(&of(&series[7..])).charts, []);
}

#[test]
fn one_value_is_no_trend() {
    assert_eq!(trend(&of(&mock()[..1])), Trend { charts: Vec::new(), notes: Vec::new() });
    assert_eq!(trend(&of(&[])), Trend { charts: Vec::new(), notes: Vec::new() });
}

#[test]
fn less_than_a_limit_is_an_arrow_without_a_line_and_never_called_low() {
    let below = Value::Quantity { comparator: Some("<".into()), number: "5".into(), unit: Some("mmol/mol".into()) };
    let mut series = mock();
    series[2].value = below;
    let chart = only(&series);
    assert_eq!(chart.forms, [Form::Above, Form::LessThan]);
    assert_eq!(chart.segments.len(), 3, "no line to or from the limit, none over the gap");
    assert!(chart.caption.iter().any(|told| told.starts_with("1 value is known only as less")), "{:?}", chart.caption);
    assert!(!chart.caption.iter().any(|told| told.contains("lowest")), "{:?}", chart.caption);
}

#[test]
fn a_value_in_another_unit_is_drawn_converted_on_the_same_scale_and_that_is_said() {
    let mut series = mock();
    let mut percent = line("2022-01-01", quantity("8.6", "%"));
    percent.in_unit = Some((quantity("70.5", "mmol/mol"), None));
    series.push(percent);
    let mut renamed = line("2021-01-01", quantity("60", "mmol/mol{Hb}"));
    renamed.in_unit = Some((quantity("60", "mmol/mol"), None));
    series.push(renamed);
    let drawn = trend(&of(&series));
    assert_eq!(drawn.charts.len(), 1);
    assert_eq!(drawn.charts[0].moments.len(), 9);
    assert!(drawn.notes[0].starts_with("1 value was written in another unit"), "{:?}", drawn.notes);
    assert_eq!(value_words(&series[7]), "8.6% (70.5 mmol/mol)");
    assert_eq!(value_words(&series[8]), "60 mmol/molHb", "only another name of the unit");
}

#[test]
fn a_range_is_a_bar_without_a_line_and_a_range_without_an_end_is_an_arrow() {
    let range = |low: Option<&str>, high: Option<&str>| {
        let unit = Some("mmol/mol".into());
        Value::Range(Range { low: low.map(Into::into), high: high.map(Into::into), unit, text: None })
    };
    let mut series = mock();
    series[1].value = range(Some("50"), Some("60"));
    series[2].value = range(Some("50"), None);
    let chart = only(&series);
    let (from, until) = chart.moments[5].bar.unwrap();
    assert!(from < until, "the higher number stands higher");
    assert_eq!(chart.moments[5].marks.len(), 2);
    assert!(chart.forms.contains(&Form::Between) && chart.forms.contains(&Form::MoreThan), "{:?}", chart.forms);
    assert_eq!(chart.segments.len(), 2, "{:?}", chart.segments);
    assert!(
        chart.caption.iter().any(|told| told.starts_with("1 value is known only as a range")),
        "{:?}",
        chart.caption
    );
    series[1].value = range(Some("60"), Some("50"));
    assert_eq!(only(&series).moments.len(), 6, "upside down is no range");
}

#[test]
fn what_was_withdrawn_and_what_is_too_much_to_come_is_said() {
    let series = Series { withdrawn: 2, total: 900, ..of(&mock()) };
    let notes = trend(&series).notes;
    assert_eq!(notes, ["These are the newest 7 of 900 values.", "2 values that were made in error are left out."]);
}

fn pressures() -> Vec<SeriesPoint> {
    let values = [("2026-03-04", "136", "84"), ("2026-03-03", "150", "95"), ("2026-03-01", "142", "90")];
    let pressure = |(date, systolic, diastolic): (&str, &str, &str)| {
        let unit = Some("mm[Hg]".into());
        line(date, Value::Pressure { systolic: systolic.into(), diastolic: diastolic.into(), unit })
    };
    values.into_iter().map(pressure).collect()
}

#[test]
fn blood_pressure_is_two_lines_and_one_choice() {
    let chart = only(&pressures());
    assert_eq!(chart.unit.as_deref(), Some("mmHg"));
    assert_eq!(chart.moments.iter().map(|moment| moment.marks.len()).collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!(chart.segments.iter().filter(|segment| segment.is_lower).count(), 2);
    assert_eq!(chart.caption[0], "From 142/90 to 136/84 mmHg between 1 March 2026 and 4 March 2026.");
    assert_eq!(chart.caption[1], "The highest in between was 150/95 mmHg, in March 2026.");
    let days: Vec<_> = chart.time_ticks.iter().map(|tick| (tick.words.as_str(), tick.within.as_deref())).collect();
    assert_eq!(days, [("1 Mar", Some("2026")), ("2 Mar", None), ("3 Mar", None), ("4 Mar", None)]);
}

#[test]
fn a_date_without_its_day_is_a_stroke_as_long_as_what_is_not_known() {
    let mut series = mock();
    series.truncate(3);
    series.push(line("2025", quantity("60", "mmol/mol")));
    let chart = only(&series);
    let spans: Vec<bool> = chart.moments.iter().map(|moment| moment.span.is_some()).collect();
    assert_eq!(spans, [true, false, false, false]);
    let (from, until) = chart.moments[0].span.unwrap();
    assert!(from < chart.moments[0].x && chart.moments[0].x < until && until < chart.moments[1].x);
    assert!(chart.caption.iter().any(|told| told.contains("without its day")), "{:?}", chart.caption);
}

#[test]
fn the_band_lies_between_the_limits_and_one_limit_shades_to_the_edge() {
    let band = only(&mock()).band.unwrap();
    assert!(band.y > 0.0 && band.height > 20.0 && band.words_at.is_some(), "{band:?}");
    let mut series = mock();
    for one in &mut series {
        one.range = Some(Range { low: Some("60".into()), high: None, unit: None, text: None });
    }
    let band = only(&series).band.unwrap();
    assert!(band.y.abs() < 1e-9 && band.height < HEIGHT, "{band:?}");
    let caption = only(&series).caption;
    assert_eq!(caption[1], "The newest value is below the usual range.");
    assert_eq!(caption[2], "Of 7 values with a usual range, 3 are outside it.");
    series[0].range = Some(Range { low: Some("50".into()), high: None, unit: None, text: None });
    assert!(only(&series).caption.iter().any(|told| told.starts_with("The usual range has changed")));
}

#[test]
fn words_are_not_written_into_a_band_where_the_line_runs() {
    let series: Vec<SeriesPoint> = [("2026-01-03", "31"), ("2026-01-02", "24"), ("2026-01-01", "39")]
        .map(|(date, n)| ranged(date, n, "20", "41"))
        .into();
    assert_eq!(only(&series).band.unwrap().words_at, None);
}

#[test]
fn a_limit_far_from_all_values_does_not_flatten_them() {
    let series = [ranged("2026-01-03", "31", "0", "100000"), ranged("2026-01-02", "24", "0", "100000")];
    let chart = only(&series);
    let (a, b) = (chart.moments[0].marks[0].y, chart.moments[1].marks[0].y);
    assert!((a - b).abs() > 20.0, "{a} {b}");
}

#[test]
fn any_numbers_and_dates_give_finite_places() {
    for numbers in
        [["0", "0"], ["-1e99", "1e99"], ["1e-99", "2e-99"], ["5", "5"], ["-0.0001", "0.0001"], ["1e100", "1e-100"]]
    {
        for dates in [["2026-01-01", "2026-01-01"], ["0001", "9999-12-31"], ["2026-01-01T10:00", "2026-01-01T10:01"]] {
            let series = [line(dates[1], quantity(numbers[1], "x")), line(dates[0], quantity(numbers[0], "x"))];
            let chart = only(&series);
            assert!((1..=4).contains(&chart.time_ticks.len()), "{dates:?}: {:?}", chart.time_ticks);
            assert!(chart.value_ticks.len() <= 4, "{numbers:?}: {:?}", chart.value_ticks);
            for moment in &chart.moments {
                assert!(moment.x.is_finite() && moment.marks.iter().all(|mark| mark.y.is_finite()), "{numbers:?}");
            }
        }
    }
}

#[test]
fn numbers_of_the_axis_are_round_and_no_longer_than_needed() {
    let ticks = |low: &str, high: &str| {
        let series = [line("2026-01-02", quantity(high, "x")), line("2026-01-01", quantity(low, "x"))];
        only(&series).value_ticks.into_iter().map(|tick| tick.words).collect::<Vec<_>>()
    };
    assert_eq!(ticks("71", "53"), ["55", "60", "65", "70"]);
    assert_eq!(ticks("0", "1"), ["0", "0.5", "1.0"]);
    assert_eq!(ticks("120000000", "350000000"), ["2×10⁸", "3×10⁸"]);
    assert_eq!(ticks("-20", "20"), ["-20", "0", "20"]);
}

#[test]
fn the_time_axis_fits_minutes_and_centuries() {
    let ticks = |from: &str, until: &str| {
        let series = [line(until, quantity("1", "x")), line(from, quantity("2", "x"))];
        only(&series).time_ticks.into_iter().map(|tick| (tick.words, tick.within)).collect::<Vec<_>>()
    };
    let hours = ticks("2026-01-01T08:10", "2026-01-01T13:50");
    assert_eq!(hours[0], ("10:00am".into(), Some("1 Jan".into())));
    assert_eq!(hours[1], ("midday".into(), None));
    let months = ticks("2025-11-15", "2026-02-20");
    assert_eq!(months[0], ("Dec".into(), Some("2025".into())));
    assert_eq!(months[1], ("Jan".into(), Some("2026".into())));
    let years = ticks("1926-11-15", "2026-02-20");
    assert!(years.len() >= 2 && years.iter().all(|(_, within)| within.is_none()), "{years:?}");
}
