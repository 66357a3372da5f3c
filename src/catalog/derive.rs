//! Figures worked out from others, such as visits per open bed.
//!
//! The formulas stand in the table of measures ([`Formula`]). A derived figure is worked out once, at
//! loading, from figures of the whole hospital: for the latest period that both parts have, else from each
//! part's latest. It keeps its parts, so that every view can show the formula, and inherits what limits
//! them: bounds by interval arithmetic, periods that differ, caveats. Where figures of a part contradict
//! each other nothing is derived, since none may be chosen.

use super::hospital::{Figure, Hospital};
use super::measure::{Formula, Measure, MeasureTable};
use super::period::Period;
use super::quantity::{Interval, Observed, Quantity};
use crate::text::Text;

/// Digits that a derived number keeps.
const DIGITS: i32 = 3;

/// All that can be derived of `hospital`, in the order of the table.
pub fn derived(hospital: &Hospital, table: &MeasureTable) -> Vec<Figure> {
    if hospital.figures.is_empty() {
        return Vec::new();
    }
    table.formulas().filter_map(|(measure, formula)| derive(hospital, measure, formula)).collect()
}

fn derive(hospital: &Hospital, measure: &Measure, formula: &Formula) -> Option<Figure> {
    let dividends = stated(hospital, &formula.divide);
    let parts: Vec<&Figure> = match &formula.by {
        None => vec![choose(&dividends, None)?],
        Some(by) => {
            let divisors = stated(hospital, by);
            let common = dividends
                .iter()
                .filter_map(|figure| figure.period.as_ref().filter(|period| period.is_known()))
                .filter(|period| divisors.iter().any(|figure| figure.period.as_ref() == Some(period)))
                .max_by_key(|period| period.end());
            vec![choose(&dividends, common)?, choose(&divisors, common)?]
        }
    };
    let intervals: Vec<Interval> =
        parts.iter().filter_map(|part| part.quantity()).map(|part| part.interval()).collect();
    let days = parts[0].period.as_ref().map_or(365.0, days);
    let scale = formula.times.unwrap_or(1.0) / if formula.per_day { days } else { 1.0 };
    let one = Interval { low: 1.0, low_open: false, high: 1.0, high_open: false };
    let value = quotient(&intervals[0], intervals.get(1).unwrap_or(&one), scale);
    let mut caveats: Vec<&str> = Vec::new();
    for caveat in parts.iter().filter_map(|part| part.caveat.as_deref()) {
        if !caveats.contains(&caveat) {
            caveats.push(caveat);
        }
    }
    Some(Figure {
        measure: measure.id.clone(),
        value: Observed::Stated(rounded(&value)?),
        period: period(&parts),
        scope: None,
        source: parts[0].source.clone(),
        caveat: (!caveats.is_empty()).then(|| Text::clean(&caveats.join(" "))),
        parts: parts.into_iter().cloned().collect(),
    })
}

/// The figures of a measure that count the whole hospital and give a number.
fn stated<'a>(hospital: &'a Hospital, measure: &str) -> Vec<&'a Figure> {
    let whole =
        |figure: &&Figure| figure.measure.as_str() == measure && figure.scope.is_none() && figure.quantity().is_some();
    hospital.figures.iter().filter(whole).collect()
}

/// The figure of `period`, or of the latest period, undated ones last; none when there are several of it.
fn choose<'a>(figures: &[&'a Figure], period: Option<&Period>) -> Option<&'a Figure> {
    let end = |figure: &&&Figure| figure.period.as_ref().and_then(Period::end);
    let period = period.or(figures.iter().max_by_key(end)?.period.as_ref());
    let mut of_period = figures.iter().filter(|figure| figure.period.as_ref() == period);
    of_period.next().filter(|_| of_period.next().is_none()).copied()
}

/// The period that the parts share; else their periods in words, which cannot be held against another's.
fn period(parts: &[&Figure]) -> Option<Period> {
    let first = &parts[0].period;
    if parts.iter().all(|part| part.period == *first) {
        return first.clone();
    }
    let words = |part: &&Figure| part.period.as_ref().map_or_else(|| super::period::NONE.to_owned(), Period::to_string);
    Some(Period::Mixed(Text::clean(&parts.iter().map(words).collect::<Vec<_>>().join(" ÷ "))))
}

/// The days of the year that a figure counts.
fn days(period: &Period) -> f64 {
    match period {
        Period::In(date) if date.is_leap_year() => 366.0,
        _ => 365.0,
    }
}

/// `a / b * scale`, from the least that it may be to the most.
fn quotient(a: &Interval, b: &Interval, scale: f64) -> Interval {
    let high = if b.low > 0.0 { a.high / b.low * scale } else { f64::INFINITY };
    // Counts are never negative.
    let low = if b.high.is_finite() { a.low.max(0.0) / b.high * scale } else { 0.0 };
    Interval { low, low_open: a.low_open || b.high_open, high, high_open: a.high_open || b.low_open }
}

/// An interval in three digits, rounded outward, as a source would state it; none when it says nothing.
fn rounded(interval: &Interval) -> Option<Quantity> {
    if let Some(point) = interval.point() {
        let to = step(point);
        let value = (point / to).round();
        // A number that three digits hold whole needs no rounding.
        return Some(if (value * to - point).abs() < 1e-9 {
            Quantity::Exact(tidy(value, to))
        } else {
            Quantity::Rounded { value: tidy(value, to), to }
        });
    }
    let down = |n: f64| tidy((n / step(n)).floor(), step(n));
    let up = |n: f64| tidy((n / step(n)).ceil(), step(n));
    match (interval.low > 0.0, interval.high.is_finite()) {
        (true, true) => Some(Quantity::Range { from: down(interval.low), to: up(interval.high) }),
        (true, false) => Some(Quantity::Above(down(interval.low))),
        (false, true) => Some(Quantity::Below(up(interval.high))),
        (false, false) => None,
    }
}

/// The step of the last of three digits of `n`.
fn step(n: f64) -> f64 {
    if n <= 0.0 {
        return 1.0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a magnitude is a small whole number")]
    let magnitude = n.log10().floor() as i32;
    10f64.powi(magnitude - DIGITS + 1)
}

/// `count` steps of `step`, without the dust of binary fractions.
fn tidy(count: f64, step: f64) -> f64 {
    if step >= 1.0 { count * step } else { count / (1.0 / step).round() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derive_of(figures: &str, id: &str) -> Option<Figure> {
        let figures = serde_json::from_str(&format!("[{figures}]")).unwrap();
        let hospital = Hospital { figures, ..Hospital::default() };
        derived(&hospital, MeasureTable::standard()).into_iter().find(|figure| figure.measure.as_str() == id)
    }

    fn figure(measure: &str, value: &str, more: &str) -> String {
        format!(r#"{{"measure": "{measure}", "value": {value}, "source": "s"{more}}}"#)
    }

    #[test]
    fn bounds_periods_and_caveats_are_inherited() {
        let visits = |value: &str, more: &str| figure("visits.outpatient-emergency", value, more);
        let beds = |value: &str, more: &str| figure("beds.open", value, more);
        let (in_2017, in_2019, doubt) = (r#", "period": "2017""#, r#", "period": "2019""#, r#", "caveat": "Garbled.""#);
        for (figures, value, period, caveat) in [
            (vec![visits("3000", in_2019), beds("4", in_2019)], "750", Some("2019"), None),
            (vec![visits("1000", in_2019), beds("3", in_2019)], "333 (to the nearest 1)", Some("2019"), None),
            (vec![visits("3000", in_2017), beds("4", "")], "750", Some("mixed: 2017 ÷ no period stated"), None),
            (vec![visits("3000", ""), beds("4", doubt)], "750", None, Some("Garbled.")),
            (vec![visits("3000", ""), beds(r#"{"above": 4}"#, "")], "less than 750", None, None),
            (vec![visits(r#"{"above": 3000}"#, ""), beds("4", "")], "more than 750", None, None),
            (vec![visits(r#"{"from": 300, "to": 500}"#, ""), beds("4", "")], "75–125", None, None),
            (vec![visits("100", in_2017), visits("200", in_2019), beds("4", in_2017)], "25", Some("2017"), None),
        ] {
            let derived = derive_of(&figures.join(","), "derived.visits-per-open-bed").unwrap();
            assert_eq!(derived.quantity().unwrap().to_string(), value, "{figures:?}");
            assert_eq!(derived.period.map(|period| period.to_string()).as_deref(), period, "{figures:?}");
            assert_eq!(derived.caveat.as_deref(), caveat, "{figures:?}");
            assert_eq!(derived.parts.len(), 2);
        }
    }

    #[test]
    fn nothing_is_derived_from_parts_that_are_missing_contradict_or_count_a_ward() {
        let id = "derived.visits-per-open-bed";
        let visits = figure("visits.outpatient-emergency", "3000", "");
        let ward = figure("beds.open", "4", r#", "scope": {"department": "Ward"}"#);
        let both = [figure("beds.open", "4", ""), figure("beds.open", "5", "")].join(",");
        let open = r#"{"above": 4}"#;
        for figures in [visits.clone(), format!("{visits},{ward}"), format!("{visits},{both}")] {
            assert_eq!(derive_of(&figures, id), None, "{figures}");
        }
        let says_nothing = [figure("visits.outpatient-emergency", open, ""), figure("beds.open", open, "")].join(",");
        assert_eq!(derive_of(&says_nothing, id), None);
    }

    #[test]
    fn a_day_is_a_part_of_its_year() {
        let deliveries = |year: &str| figure("maternity.deliveries", "3660", &format!(r#", "period": "{year}""#));
        let shown =
            |year| derive_of(&deliveries(year), "derived.deliveries-per-day").unwrap().quantity().unwrap().to_string();
        assert_eq!(shown("2020"), "10");
        assert_eq!(shown("2021"), "10.0");
    }
}
