//! Answers and limits in words.

use crate::catalog::number::group;
use crate::catalog::{Figure, Interval, Period, Scope};
use crate::compare::{Answer, Limit, Row, Side, Sides};
use crate::report::wording;

/// The smallest total for which shares are given. Below it, one more or less changes a share by several percent.
const SHARES_FROM: f64 = 10.0;

/// The answer of a row: `A larger by 1.275–1.385 million`.
pub(super) fn answer(row: &Row) -> String {
    if row.limits.contains(&Limit::PartsDiffer) {
        return breakdown(row);
    }
    let larger = match row.answer {
        Answer::LeftLarger => "A",
        Answer::RightLarger => "B",
        Answer::Equal => return "equal".to_owned(),
        Answer::CannotTell => return "cannot be told".to_owned(),
        Answer::LeftOnly => return "only A's text says".to_owned(),
        Answer::RightOnly => return "only B's text says".to_owned(),
        Answer::Neither => return "no number in either text".to_owned(),
    };
    let Some(difference) = row.difference() else { return format!("{larger} larger") };
    let measure = row.left.measure;
    if !measure.steps.is_empty() {
        let steps = if difference.point() == Some(1.0) { "step" } else { "steps" };
        return format!("{larger} rated higher by {} {steps}", amount(&difference, ""));
    }
    if measure.ordinal {
        return format!("{larger} higher by {}", counted(&amount(&difference, ""), &measure.unit));
    }
    if difference.low <= 0.0 && difference.high.is_infinite() {
        return format!("{larger} larger; by how much is not stated");
    }
    let lead = if measure.formula.is_some() { "about " } else { "" };
    // The difference of two percentages is in percentage points.
    let sign = match measure.symbol.as_deref() {
        Some("%") => " points".to_owned(),
        Some(symbol) => format!(" {symbol}"),
        None => String::new(),
    };
    format!("{larger} larger by {}{sign}{}", amount(&difference, lead), times(row))
}

/// How many times as large, if at least 1.5 times: `(about 6.3 times)`. A ratio that is limited or rounded is "about".
fn times(row: &Row) -> String {
    let Some(ratio) = row.ratio().filter(|ratio| ratio.low >= 1.5) else { return String::new() };
    let is_exact = ratio.point().is_some_and(|point| (point * 100.0).fract().abs() < 1e-9);
    match ratio.point() {
        Some(point) if is_exact && row.is_comparable() => format!(" ({} times)", group(point)),
        _ => format!(" ({} times)", amount(&ratio, "about ")),
    }
}

/// The parts of equal totals that differ: `better: A 3, B 0 · worse: A 0, B 1`; with shares if the total is large
/// enough. Then the parts without a number on one side.
fn breakdown(row: &Row) -> String {
    let parts = row.parts();
    let total = row.left.interval().and_then(|total| total.point()).filter(|total| *total >= SHARES_FROM);
    let count = |count: Interval| {
        let count = count.point().unwrap_or(count.low);
        let share = total.map_or(String::new(), |total| format!(" ({}%)", group((count / total * 100.0).round())));
        format!("{}{share}", group(count))
    };
    let mut words: Vec<String> = Vec::new();
    let mut unknown: Vec<&str> = Vec::new();
    for part in &parts {
        match (part.answer(), part.counts) {
            (Answer::LeftLarger | Answer::RightLarger, [Some(left), Some(right)]) => {
                words.push(format!("{}: A {}, B {}", part.label, count(left), count(right)));
            }
            (Answer::Equal, _) => {}
            _ => unknown.push(part.label),
        }
    }
    let has_equal = words.len() + unknown.len() < parts.len();
    if !unknown.is_empty() {
        let rest = if words.is_empty() && has_equal { "; the other parts are equal" } else { "" };
        words.push(format!("{} cannot be told{rest}", unknown.join(", ")));
    }
    words.join(" · ")
}

fn counted(amount: &str, unit: &str) -> String {
    match unit.strip_suffix('s') {
        Some(one) if amount == "1" => format!("1 {one}"),
        _ => format!("{amount} {unit}"),
    }
}

/// The number of significant digits of a calculated number.
const DIGITS: i32 = 4;

/// A calculated interval in words: `1.275–1.385 million`, `more than 620`. Its ends are rounded outward to four digits,
/// so that it claims no more than the sources; with a `lead` such as "about ", to three digits.
pub(in crate::report) fn amount(interval: &Interval, lead: &str) -> String {
    if let Some(point) = interval.point() {
        // Without "about", a single number is exact.
        return if lead.is_empty() {
            group((point * 1e6).round() / 1e6)
        } else {
            format!("{lead}{}", digits(point, 3, f64::round))
        };
    }
    let most = if interval.high.is_finite() { interval.high.abs() } else { 0.0 };
    let (size, unit) = match interval.low.abs().max(most) {
        most if most >= 1e9 => (1e9, " billion"),
        most if most >= 1e6 => (1e6, " million"),
        _ => (1.0, ""),
    };
    // The small offsets compensate for the error of binary fractions.
    let shown = if lead.is_empty() { DIGITS } else { DIGITS - 1 };
    let low = digits(interval.low / size, shown, |count| (count + 1e-6).floor());
    let high = || digits(interval.high / size, shown, |count| (count - 1e-6).ceil());
    if !interval.high.is_finite() {
        let bound = if interval.low_open { "more than" } else { "at least" };
        return format!("{bound} {lead}{low}{unit}");
    }
    let high = high();
    if interval.low <= 0.0 {
        return format!("up to {lead}{high}{unit}");
    }
    format!("{lead}{low}–{high}{unit}")
}

/// `n` with `count` significant digits, rounded by `round`.
fn digits(n: f64, count: i32, round: impl Fn(f64) -> f64) -> String {
    if n == 0.0 || !n.is_finite() {
        return group(if n.is_finite() { n } else { 0.0 });
    }
    #[expect(clippy::cast_possible_truncation, reason = "a magnitude is a small whole number")]
    let magnitude = n.abs().log10().floor() as i32;
    let step = 10f64.powi((magnitude + 1 - count).max(-6));
    let steps = round(n / step);
    group(if step >= 1.0 { steps * step } else { steps / (1.0 / step).round() })
}

/// The full text of a limit.
pub(super) fn limit(row: &Row, limit: &Limit, origins: &[String; 2]) -> String {
    let (left, right) = (&row.left, &row.right);
    let both = |of: &dyn Fn(&Side) -> String| format!("{}, {}", of(left), of(right));
    let times = || both(&|side| side.figures.first().map_or(String::new(), |figure| when(figure)));
    match limit {
        Limit::OtherMeasure => {
            format!("different things are counted: {}", both(&|side| side.measure.label.to_string()))
        }
        Limit::OtherPart => format!("different parts are counted: {}", both(&part)),
        Limit::OtherTotal => format!(
            "different totals: {}",
            both(&|side| side.figures.first().map_or(String::new(), |figure| wording::value(side.measure, figure)))
        ),
        Limit::PartsDiffer => "each part has its own answer".to_owned(),
        Limit::MethodChanged(one) => format!("the method changed in {}: {}", one.year, one.note),
        Limit::SinceTheStart => format!("a total since the start and one of a limited period: {}", times()),
        Limit::OtherLength => format!("periods of different length: {}", times()),
        Limit::Overlap => "either may be larger".to_owned(),
        Limit::SourcesDisagree(sides) => format!("{} sources disagree", possessive(*sides)),
        Limit::CountedDifferently(note) => {
            format!("counted differently: {} ({note})", both(&|side| side.measure.label.to_string()))
        }
        Limit::YearsApart(years) => format!("{} apart", years_in_words(*years)),
        Limit::OtherPeriod => format!("different periods: {}", times()),
        Limit::Undated(sides) => undated(*sides, left, right),
        Limit::OtherPublisher => format!("different publishers: {}, {}", origins[0], origins[1]),
        Limit::OtherEdition(years) => format!("{}: {}", editions(*years), times()),
        Limit::EstimatesOverlap => "the publisher's intervals overlap: the difference may be chance".to_owned(),
        Limit::CountedByUs(sides) => format!("counted by us from the names in {} text", possessive(*sides)),
        Limit::Caveat(Sides::Both) => "caveats on A and B".to_owned(),
        Limit::Caveat(Sides::Left) => "caveat on A".to_owned(),
        Limit::Caveat(Sides::Right) => "caveat on B".to_owned(),
    }
}

/// The part of the hospital that is counted on a side.
fn part(side: &Side) -> String {
    match side.part {
        None => "whole hospital".to_owned(),
        Some((Scope::Campus(_), name)) => format!("{name} (campus)"),
        Some((Scope::Department(_), name)) => format!("{name} (department)"),
    }
}

/// The short text of a limit, without what is shown next to the values.
pub(super) fn brief(row: &Row, limit: &Limit, origins: &[String; 2]) -> String {
    let (left, right) = (&row.left, &row.right);
    match limit {
        Limit::Undated(sides) => undated_in_brief(*sides, left, right),
        Limit::OtherMeasure => "different things are counted".to_owned(),
        Limit::CountedDifferently(_) => "counted differently".to_owned(),
        Limit::OtherTotal => "different totals".to_owned(),
        Limit::OtherPeriod => "different periods".to_owned(),
        Limit::OtherLength => "periods of different length".to_owned(),
        Limit::SinceTheStart => "a total since the start and one of a limited period".to_owned(),
        Limit::EstimatesOverlap => "may be chance".to_owned(),
        Limit::CountedByUs(Sides::Both) => "both numbers are counted by us".to_owned(),
        Limit::CountedByUs(sides) => format!("{} number is counted by us", possessive(*sides)),
        other => self::limit(row, other, origins),
    }
}

/// The text of a limit of facts and names, which have no figures.
pub(super) fn limit_of_facts(limit: &Limit) -> String {
    match limit {
        Limit::YearsApart(years) => format!("{} apart", years_in_words(*years)),
        Limit::OtherPeriod => "different periods".to_owned(),
        Limit::Undated(Sides::Both) => "no year in either text".to_owned(),
        Limit::Undated(sides) => format!("no year in {} text", possessive(*sides)),
        Limit::OtherEdition(years) => editions(*years),
        Limit::Caveat(Sides::Both) => "caveats on A and B".to_owned(),
        Limit::Caveat(Sides::Left) => "caveat on A".to_owned(),
        Limit::Caveat(Sides::Right) => "caveat on B".to_owned(),
        _ => "different publishers".to_owned(),
    }
}

fn editions(years_apart: Option<u32>) -> String {
    let apart = years_apart.filter(|years| *years > 0);
    apart
        .map_or("different editions".to_owned(), |years| format!("different editions, {} apart", years_in_words(years)))
}

fn possessive(sides: Sides) -> &'static str {
    match sides {
        Sides::Left => "A's",
        Sides::Right => "B's",
        Sides::Both => "A's and B's",
    }
}

fn when(figure: &Figure) -> String {
    wording::period(figure.period.as_ref())
}

/// What is known of the time of undated sides: `B's text is undated (2019 or later)`.
fn undated(sides: Sides, left: &Side, right: &Side) -> String {
    let of = |side: &Side, name: &str| match side.figures.first().and_then(|figure| figure.period.as_ref()) {
        None => format!("{name} states no period"),
        Some(period @ Period::Edition(..)) => format!("{name}'s {period} does not say when it was counted"),
        Some(Period::About(date)) => format!("{name}'s text dates from about {date}"),
        Some(Period::Unclear(words)) => format!("{name}'s time is unclear (“{words}”)"),
        Some(period) => format!("{name}'s text is undated ({period})"),
    };
    let period = |side: &Side| side.figures.first().and_then(|figure| figure.period.clone());
    match sides {
        Sides::Left => of(left, "A"),
        Sides::Right => of(right, "B"),
        Sides::Both => match (period(left), period(right)) {
            (None, None) => "neither states a period".to_owned(),
            (Some(a @ Period::NotBefore(_)), Some(b @ Period::NotBefore(_))) => {
                format!("both texts are undated (A {a}, B {b})")
            }
            (Some(Period::Edition(..)), Some(Period::Edition(..))) => {
                "editions do not say when they were counted".to_owned()
            }
            _ => format!("{}, {}", of(left, "A"), of(right, "B")),
        },
    }
}

/// The short form of [`undated`].
fn undated_in_brief(sides: Sides, left: &Side, right: &Side) -> String {
    let period = |side: &Side| side.figures.first().and_then(|figure| figure.period.clone());
    let is_of_text = |period: &Option<Period>| matches!(period, Some(Period::NotBefore(_) | Period::About(_)));
    let of = |side: &Side, name: &str| match period(side) {
        None => format!("{name}'s number has no year"),
        Some(Period::Edition(..)) => format!("{name}'s edition does not say when it was counted"),
        Some(Period::Unclear(_)) => format!("{name}'s time is unclear"),
        Some(_) => format!("{name}'s text is undated"),
    };
    match sides {
        Sides::Left => of(left, "A"),
        Sides::Right => of(right, "B"),
        Sides::Both => match (period(left), period(right)) {
            (None, None) => "the numbers have no year".to_owned(),
            (Some(Period::NotBefore(_)), Some(Period::NotBefore(_))) => "both texts are undated".to_owned(),
            (a, b) if is_of_text(&a) && is_of_text(&b) => "neither text is dated".to_owned(),
            (Some(Period::Edition(..)), Some(Period::Edition(..))) => {
                "editions do not say when they were counted".to_owned()
            }
            _ => format!("{}, {}", of(left, "A"), of(right, "B")),
        },
    }
}

/// `one year`, `two years`, `11 years`.
fn years_in_words(years: u32) -> String {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let number = usize::try_from(years).ok().and_then(|at| WORDS.get(at.wrapping_sub(1)));
    let number = number.map_or_else(|| years.to_string(), |word| (*word).to_owned());
    format!("{number} {}", if years == 1 { "year" } else { "years" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_outward() {
        let open = |low, high| Interval { low_open: true, high_open: true, ..Interval::closed(low, high) };
        for (interval, lead, shown) in [
            (Interval::exact(1045.0), "", "1,045"),
            (Interval::exact(19_187.14), "", "19,187.14"),
            (open(1_275_000.0, 1_385_000.0), "", "1.275–1.385 million"),
            (open(40_721.0, 40_821.0), "", "40,720–40,830"),
            (open(999.0, 1003.0), "", "999–1,003"),
            (open(999_500.0, 1_000_500.0), "", "0.9995–1.001 million"),
            (open(620.0, f64::INFINITY), "", "more than 620"),
            (open(1195.0, f64::INFINITY), "", "more than 1,195"),
            (open(4.918_03, f64::INFINITY), "about ", "more than about 4.91"),
            (Interval::closed(2.0, f64::INFINITY), "", "at least 2"),
            (Interval::closed(0.0, 5.0), "", "up to 5"),
            (Interval::exact(6.311_475), "about ", "about 6.31"),
            (open(1.3777, 1.4116), "about ", "about 1.37–1.42"),
            (open(0.0011, 0.0012), "", "0.0011–0.0012"),
        ] {
            assert_eq!(amount(&interval, lead), shown, "{interval:?}");
        }
    }

    #[test]
    fn years_are_words_up_to_ten() {
        assert_eq!([1, 2, 10, 11].map(years_in_words), ["one year", "two years", "ten years", "11 years"]);
    }
}
