//! Figures worked out from others, such as visits per open bed.
//!
//! The formulas stand in the table of measures ([`Formula`]). Derived figures are worked out once, when a
//! hospital is first looked at, from figures of the whole hospital: one for each period for which both parts have a number; only
//! where there is no such period, one from the latest of each part, whose period is then mixed. A derived
//! figure keeps its parts, so that every view can show the formula, and inherits what limits them: bounds by
//! interval arithmetic, periods, caveats. Where figures of a part contradict each other nothing is derived,
//! since none may be chosen; a number a day is only derived from a number of one whole year.

use super::hospital::{Derivation, Figure};
use super::measure::{Formula, Measure, MeasureTable};
use super::period::{self, Period};
use super::quantity::{Interval, Observed, Quantity};
use crate::text::Text;

/// Digits that a derived number is shown with.
const DIGITS: i32 = 3;

/// All that can be derived of the figures of a hospital, in the order of the table.
pub fn derived(figures: &[Figure], table: &MeasureTable) -> Vec<Figure> {
    if figures.is_empty() {
        return Vec::new();
    }
    table.formulas().flat_map(|(measure, formula)| derive(figures, measure, formula)).collect()
}

fn derive(figures: &[Figure], measure: &Measure, formula: &Formula) -> Vec<Figure> {
    let dividends = stated(figures, &formula.divide);
    let divisors = formula.by.as_ref().map(|by| stated(figures, by));
    let mut periods: Vec<&Period> = Vec::new();
    for period in dividends.iter().filter_map(|figure| figure.period.as_ref()).filter(|period| period.is_known()) {
        let is_new = !periods.iter().any(|known| known.is_same_time(period));
        let is_common = divisors.as_ref().is_none_or(|divisors| divisors.iter().any(|other| is_of(other, period)));
        if is_new && is_common {
            periods.push(period);
        }
    }
    let parts_of = |period: Option<&Period>| -> Option<Vec<&Figure>> {
        let dividend = choose(&dividends, period)?;
        match &divisors {
            None => Some(vec![dividend]),
            Some(divisors) => Some(vec![dividend, choose(divisors, period)?]),
        }
    };
    let parts: Vec<Vec<&Figure>> = match periods[..] {
        [] => parts_of(None).into_iter().collect(),
        _ => periods.iter().filter_map(|period| parts_of(Some(period))).collect(),
    };
    parts.iter().filter_map(|parts| figure(measure, formula, parts)).collect()
}

/// The derived figure of `parts`; none when the formula says nothing of them.
fn figure(measure: &Measure, formula: &Formula, parts: &[&Figure]) -> Option<Figure> {
    let mut scale = formula.times.unwrap_or(1.0);
    if formula.per_day {
        let Some(Period::In(date)) = parts[0].period.as_ref().filter(|period| period.is_whole_year()) else {
            return None;
        };
        scale /= if date.is_leap_year() { 366.0 } else { 365.0 };
    }
    let one = Interval { low: 1.0, low_open: false, high: 1.0, high_open: false };
    let divisor = parts.get(1).map_or(Some(one), |part| part.interval())?;
    let interval = quotient(&parts[0].interval()?, &divisor, scale)?;
    let mut caveats: Vec<&str> = Vec::new();
    for caveat in parts.iter().filter_map(|part| part.caveat.as_deref()) {
        if !caveats.contains(&caveat) {
            caveats.push(caveat);
        }
    }
    Some(Figure {
        measure: measure.id.clone(),
        value: Observed::Stated(rounded(&interval)?),
        period: common_period(parts),
        scope: None,
        source: parts[0].source.clone(),
        caveat: (!caveats.is_empty()).then(|| Text::clean(&caveats.join(" "))),
        derivation: Some(Box::new(Derivation { parts: parts.iter().copied().cloned().collect(), interval })),
    })
}

/// The figures of a measure that count the whole hospital and give a number.
fn stated<'a>(figures: &'a [Figure], measure: &str) -> Vec<&'a Figure> {
    let whole =
        |figure: &&Figure| figure.measure.as_str() == measure && figure.scope.is_none() && figure.quantity().is_some();
    figures.iter().filter(whole).collect()
}

fn is_of(figure: &Figure, period: &Period) -> bool {
    figure.period.as_ref().is_some_and(|own| own.is_same_time(period))
}

/// The figure of `period`, or of the latest known one; none when figures contradict each other, those without
/// a known period among them.
fn choose<'a>(figures: &[&'a Figure], period: Option<&Period>) -> Option<&'a Figure> {
    let known = |figure: &&&Figure| figure.period.as_ref().is_some_and(Period::is_known);
    let latest = figures.iter().filter(known).filter_map(|figure| figure.period.as_ref()).max_by_key(|one| one.age());
    let period = period.or(latest);
    let shown = |figure: &&&Figure| !known(figure) || period.is_some_and(|period| is_of(figure, period));
    let mut shown: Vec<&Figure> = figures.iter().filter(shown).copied().collect();
    // The dated first: it is the one that is shown.
    shown.sort_by_key(|figure| !known(&figure));
    let intervals: Vec<Interval> = shown.iter().filter_map(|figure| figure.interval()).collect();
    let apart = |a: &Interval, b: &Interval| a.order(b).is_some_and(std::cmp::Ordering::is_ne);
    let agree = intervals.iter().all(|a| intervals.iter().all(|b| !apart(a, b)));
    shown.first().copied().filter(|_| agree)
}

/// The period that the parts share; else their periods in words, which cannot be held against another's.
fn common_period(parts: &[&Figure]) -> Option<Period> {
    let first = &parts[0].period;
    let same = |part: &&Figure| part.period == *first || first.as_ref().is_some_and(|period| is_of(part, period));
    if parts.iter().all(same) {
        return first.clone();
    }
    let words = |part: &&Figure| part.period.as_ref().map_or_else(|| period::NONE.to_owned(), Period::to_string);
    Some(Period::Mixed(Text::clean(&parts.iter().map(words).collect::<Vec<_>>().join(" ÷ "))))
}

/// `a / b * scale`, from the least that it may be to the most; none of a number below zero, or by what may be
/// zero.
fn quotient(a: &Interval, b: &Interval, scale: f64) -> Option<Interval> {
    let a_low = if a.low == f64::NEG_INFINITY { 0.0 } else { a.low };
    if a_low < 0.0 || a.high < 0.0 || b.low <= 0.0 {
        return None;
    }
    let (low, low_open) =
        if b.high.is_finite() { (a_low / b.high * scale, a.low_open || b.high_open) } else { (0.0, a_low > 0.0) };
    Some(Interval { low, low_open, high: a.high / b.low * scale, high_open: a.high_open || b.low_open })
}

/// An interval in three digits, rounded outward, as a source would state it; none when it says nothing.
fn rounded(interval: &Interval) -> Option<Quantity> {
    if let Some(point) = interval.point() {
        let to = step(point);
        let value = tidy((point / to).round(), to);
        // A number that three digits hold whole needs no rounding.
        let is_whole = (value - point).abs() <= point.abs() * 1e-12;
        return Some(if is_whole { Quantity::Exact(value) } else { Quantity::Rounded { value, to } });
    }
    let low = tidy((interval.low / step(interval.low)).floor(), step(interval.low));
    let high = tidy((interval.high / step(interval.high)).ceil(), step(interval.high));
    #[expect(clippy::float_cmp, reason = "whether rounding has moved the end at all")]
    let [keeps_low, keeps_high] =
        [!interval.low_open && low == interval.low, !interval.high_open && high == interval.high];
    match (interval.low > 0.0, interval.high.is_finite()) {
        (true, true) => Some(Quantity::Range { from: low, to: high }),
        (true, false) => Some(if keeps_low { Quantity::AtLeast(low) } else { Quantity::Above(low) }),
        (false, true) => Some(if keeps_high { Quantity::AtMost(high) } else { Quantity::Below(high) }),
        (false, false) => None,
    }
}

/// The step of the last of three digits of `n`.
fn step(n: f64) -> f64 {
    if n <= 0.0 || !n.is_finite() {
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
        let figures: Vec<Figure> = serde_json::from_str(&format!("[{figures}]")).unwrap();
        let mut all =
            derived(&figures, MeasureTable::standard()).into_iter().filter(|figure| figure.measure.as_str() == id);
        let found = all.next();
        assert!(all.next().is_none(), "more than one");
        found
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
            (vec![visits("3000", ""), beds(r#"{"at_least": 4}"#, "")], "at most 750", None, None),
            (vec![visits(r#"{"at_least": 3000}"#, ""), beds("4", "")], "at least 750", None, None),
            (vec![visits(r#"{"at_most": 3000}"#, ""), beds("4", "")], "at most 750", None, None),
            (vec![visits("0", ""), beds("4", "")], "0", None, None),
            (vec![visits("3000", ""), visits(r#"{"above": 2000}"#, ""), beds("4", "")], "750", None, None),
            (vec![visits(r#"{"above": 3000}"#, ""), beds("4", "")], "more than 750", None, None),
            (vec![visits(r#"{"from": 300, "to": 500}"#, ""), beds("4", "")], "75–125", None, None),
            (vec![visits("100", in_2017), visits("200", in_2019), beds("4", in_2017)], "25", Some("2017"), None),
        ] {
            let derived = derive_of(&figures.join(","), "derived.visits-per-open-bed").unwrap();
            assert_eq!(derived.quantity().unwrap().to_string(), value, "{figures:?}");
            assert_eq!(derived.period.as_ref().map(ToString::to_string).as_deref(), period, "{figures:?}");
            assert_eq!(derived.caveat.as_deref(), caveat, "{figures:?}");
            assert_eq!(derived.parts().len(), 2);
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
        let zero = [visits.clone(), figure("beds.open", "0", "")].join(",");
        assert_eq!(derive_of(&zero, id), None, "nothing is divided by zero");
        let undated = [visits.clone(), figure("visits.outpatient-emergency", "9", r#", "period": "2019""#)].join(",");
        let beds = figure("beds.open", "4", r#", "period": "2019""#);
        assert_eq!(derive_of(&format!("{undated},{beds}"), id), None, "an undated figure contradicts");
        let says_nothing = [figure("visits.outpatient-emergency", open, ""), figure("beds.open", open, "")].join(",");
        assert_eq!(derive_of(&says_nothing, id), None);
    }

    #[test]
    fn each_common_period_gives_a_figure() {
        let of = |measure: &str, value: &str, year: &str| figure(measure, value, &format!(r#", "period": "{year}""#));
        let (visits, beds) = ("visits.outpatient-emergency", "beds.open");
        let figures =
            [of(visits, "100", "2017"), of(visits, "200", "2019"), of(beds, "4", "2017"), of(beds, "5", "2019")];
        let figures: Vec<Figure> = serde_json::from_str(&format!("[{}]", figures.join(","))).unwrap();
        let derived = derived(&figures, MeasureTable::standard());
        let of_beds = derived.iter().filter(|one| one.measure.as_str() == "derived.visits-per-open-bed");
        let shown: Vec<_> =
            of_beds.map(|one| format!("{} {}", one.period.as_ref().unwrap(), one.quantity().unwrap())).collect();
        assert_eq!(shown, ["2017 25", "2019 40"]);
    }

    #[test]
    fn a_day_is_a_part_of_its_year() {
        let deliveries = |year: &str| figure("maternity.deliveries", "3660", &format!(r#", "period": "{year}""#));
        let shown =
            |year| derive_of(&deliveries(year), "derived.deliveries-per-day").unwrap().quantity().unwrap().to_string();
        assert_eq!(shown("2020"), "10");
        assert_eq!(shown("2021"), "10.0");
        for other in ["2021-11", "2019/2021", "../2021", "2021-11-05"] {
            assert_eq!(derive_of(&deliveries(other), "derived.deliveries-per-day"), None, "{other} is no year");
        }
    }
}
