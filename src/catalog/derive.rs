//! Figures calculated from others, such as visits per open bed.
//!
//! The formulas are in the table of measures ([`Formula`]). Derived figures are calculated once, when a hospital is
//! first looked at, from figures of the whole hospital: one for each time for which both parts have a number. Parts of
//! different years, or of which one is undated, are never divided. A derived figure keeps its parts, so that every view
//! can show the formula, and inherits what limits them: bounds by interval arithmetic, period, caveats. Where figures
//! of a part contradict each other nothing is derived, since none may be chosen.

use crate::catalog::figure::{Derivation, Figure};
use crate::catalog::interval::Interval;
use crate::catalog::measure::{Formula, Measure, MeasureTable};
use crate::catalog::period::Period;
use crate::catalog::quantity::{Observed, Quantity};
use crate::text::Text;

/// Digits that a derived number is shown with.
const DIGITS: i32 = 3;

/// All that can be derived of the figures of a hospital, in the order of the table.
pub(super) fn derived(figures: &[Figure], table: &MeasureTable) -> Vec<Figure> {
    if figures.is_empty() {
        return Vec::new();
    }
    table.formulas().flat_map(|(measure, formula)| derive(figures, measure, formula)).collect()
}

fn derive(figures: &[Figure], measure: &Measure, formula: &Formula) -> Vec<Figure> {
    let [dividends, divisors] = [&formula.divide, &formula.by].map(|part| stated(figures, part));
    let mut done: Vec<&Figure> = Vec::new();
    let mut derived = Vec::new();
    for &dividend in &dividends {
        if done.iter().any(|other| is_same_basis(dividend, other)) {
            continue;
        }
        done.push(dividend);
        let parts = [&dividends, &divisors].map(|figures| agreed(figures, dividend));
        if let [Some(dividend), Some(divisor)] = parts {
            derived.extend(figure(measure, formula, [dividend, divisor]));
        }
    }
    derived
}

/// The derived figure of two parts; none when the formula says nothing of them.
fn figure(measure: &Measure, formula: &Formula, parts: [&Figure; 2]) -> Option<Figure> {
    let [dividend, divisor] = parts;
    let interval = dividend.interval()?.quotient(&divisor.interval()?)?.times(formula.times.unwrap_or(1.0));
    Some(Figure {
        measure: measure.id.clone(),
        value: Observed::Stated(rounded(&interval)?),
        period: dividend.period.clone(),
        scope: None,
        source: dividend.source.clone(),
        caveat: joined(parts.map(|part| part.caveat.as_ref())),
        note: joined(parts.map(|part| part.note.as_ref())),
        estimate: None,
        derivation: Some(Box::new(Derivation { parts: parts.map(Clone::clone).to_vec(), interval })),
    })
}

/// Two remarks as one; said once where both say the same.
fn joined(remarks: [Option<&Text>; 2]) -> Option<Text> {
    match remarks {
        [Some(a), Some(b)] if a != b => Some(Text::clean(&format!("{a} {b}"))),
        [one, other] => one.or(other).cloned(),
    }
}

/// The figures of a measure that count the whole hospital and give a number.
fn stated<'a>(figures: &'a [Figure], measure: &str) -> Vec<&'a Figure> {
    let whole =
        |figure: &&Figure| figure.measure.as_str() == measure && figure.scope.is_none() && figure.quantity().is_some();
    figures.iter().filter(whole).collect()
}

/// Whether two figures may be divided: counted over the same time, or, where that is not known, stated by one source
/// with the same words on the time.
fn is_same_basis(a: &Figure, b: &Figure) -> bool {
    let is_known = |figure: &Figure| figure.period.as_ref().is_some_and(Period::is_known);
    match (&a.period, &b.period) {
        (Some(a), Some(b)) if a.is_known() => a.is_same_time(b),
        (period, other) => !is_known(b) && period == other && a.source == b.source,
    }
}

/// The figure on the basis of another; none when there is none, or several that contradict each other.
fn agreed<'a>(figures: &[&'a Figure], basis: &Figure) -> Option<&'a Figure> {
    let on_basis: Vec<&Figure> = figures.iter().filter(|figure| is_same_basis(figure, basis)).copied().collect();
    let intervals: Vec<Interval> = on_basis.iter().filter_map(|figure| figure.interval()).collect();
    on_basis.first().copied().filter(|_| !Interval::contradict(&intervals))
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
        let later = r#", "period": {"not_before": "2018"}"#;
        for (figures, value, period, caveat) in [
            (vec![visits("3000", in_2019), beds("4", in_2019)], "750", Some("2019"), None),
            (vec![visits("1000", in_2019), beds("3", in_2019)], "333", Some("2019"), None),
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
            (vec![visits("9", later), beds("3", later)], "3", Some("2018 or later"), None),
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
        for (a, b) in [("2017", "2019"), ("2019", "2019-01")] {
            let of = |measure, value, year: &str| figure(measure, value, &format!(r#", "period": "{year}""#));
            let apart = [of("visits.outpatient-emergency", "3000", a), of("beds.open", "4", b)].join(",");
            assert_eq!(derive_of(&apart, id), None, "{a} and {b} are not one time");
        }
        let undated = [visits.clone(), figure("beds.open", "4", r#", "period": "2019""#)].join(",");
        assert_eq!(derive_of(&undated, id), None, "an undated part");
        let other = [visits.clone(), r#"{"measure": "beds.open", "value": 4, "source": "t"}"#.to_owned()].join(",");
        assert_eq!(derive_of(&other, id), None, "undated parts of two sources");
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
}
