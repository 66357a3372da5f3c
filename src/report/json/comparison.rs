//! A comparison as JSON. The README documents the shape.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Catalog, Interval};
use crate::compare::Answer;
use crate::formats::native::PlainNumber;
use crate::report::json::parts::{Cited, HospitalSummary, Identity, Observation, catalogs, sources};
use crate::report::json::text::Layout;
use crate::report::view::{ComparisonView, Entry, Group, PartView, SideView, Subject, ValueView};

/// Writes a comparison of hospitals of `catalog`.
pub(super) fn write(out: &mut impl Write, catalog: &Catalog, view: &ComparisonView, layout: Layout) -> io::Result<()> {
    layout.write(out, &Compared::new(catalog, view))
}

#[derive(Serialize)]
struct Compared<'a> {
    left: HospitalSummary<'a>,
    right: HospitalSummary<'a>,
    summary: Vec<String>,
    rows: Vec<ComparedRow<'a>>,
    statements: Vec<ComparedText<'a>>,
    lists: Vec<ComparedText<'a>>,
    sources: Vec<Cited<'a>>,
    catalogs: Vec<Identity<'a>>,
}

#[derive(Serialize)]
struct ComparedRow<'a> {
    key: &'a str,
    group: Group,
    family: &'a str,
    label: &'a str,
    direction: Option<&'a str>,
    measures: Vec<&'a str>,
    answer: Answer,
    answer_text: &'a str,
    limits: Vec<ComparedLimit<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    references: &'a [String],
    parts: Vec<ComparedPart<'a>>,
    left: ComparedSide<'a>,
    right: ComparedSide<'a>,
    also: Also<'a>,
    difference: Option<LargerBy>,
    ratio: Option<LargerBy>,
}

#[derive(Serialize)]
struct ComparedLimit<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<u32>,
    note: &'a str,
}

#[derive(Serialize)]
struct ComparedSide<'a> {
    text: String,
    missing: Option<&'a str>,
    figures: Vec<Observation<'a>>,
}

/// A part of two equal totals, with its own answer.
#[derive(Serialize)]
struct ComparedPart<'a> {
    label: &'a str,
    answer: Answer,
    left: Option<PlainNumber>,
    right: Option<PlainNumber>,
}

/// The related figures of both sides.
#[derive(Serialize)]
struct Also<'a> {
    left: Vec<Observation<'a>>,
    right: Vec<Observation<'a>>,
}

/// By how much the larger side is larger, as a difference or a ratio; `high` is `null` if there is no upper bound.
#[derive(Serialize)]
struct LargerBy {
    larger: &'static str,
    low: PlainNumber,
    high: Option<PlainNumber>,
}

/// A fact, a shared name, or the names of a list that are in only one text.
#[derive(Serialize)]
struct ComparedText<'a> {
    key: &'a str,
    group: Group,
    label: &'a str,
    heading: &'a str,
    answer_text: &'a str,
    limits: Vec<ComparedLimit<'a>>,
    left: Vec<ComparedValue<'a>>,
    right: Vec<ComparedValue<'a>>,
}

#[derive(Serialize)]
struct ComparedValue<'a> {
    text: &'a str,
    sources: Vec<&'a str>,
    caveat: Option<&'a str>,
    note: Option<&'a str>,
    /// Whether it is a different text from another source, and not compared.
    is_also: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a Value>,
}

impl<'a> Compared<'a> {
    fn new(catalog: &'a Catalog, view: &'a ComparisonView) -> Self {
        let keys = view.hospitals.each_ref().map(|who| who.key);
        let of = |subject: fn(Subject) -> bool| view.entries.iter().filter(move |entry| subject(entry.subject));
        let words = |subject| of(subject).map(|entry| words(view, entry)).collect();
        Self {
            left: HospitalSummary::new(catalog, keys[0]),
            right: HospitalSummary::new(catalog, keys[1]),
            summary: view.summary_lines(),
            rows: of(|subject| subject == Subject::Measure).map(|entry| compared_row(catalog, entry)).collect(),
            statements: words(|subject| subject == Subject::Statement),
            lists: words(|subject| matches!(subject, Subject::SharedName | Subject::SharedRating | Subject::Names)),
            sources: sources(catalog, &keys),
            catalogs: catalogs(catalog),
        }
    }
}

fn compared_row<'a>(catalog: &'a Catalog, entry: &'a Entry) -> ComparedRow<'a> {
    let observed = |values: &'a [ValueView]| {
        Observation::all(catalog, values.iter().flat_map(|value| value.figure.iter().chain(&value.parts)))
    };
    let side = |side: &'a SideView| {
        let texts: Vec<&str> = side.shown.iter().map(|value| value.text.as_str()).collect();
        let missing = side.shown.is_empty().then_some(side.missing);
        ComparedSide {
            text: missing.map_or_else(|| texts.join(" / "), str::to_owned),
            missing,
            figures: [observed(&side.shown), observed(&side.reasons)].into_iter().flatten().collect(),
        }
    };
    let [left, right] = &entry.sides;
    let larger = if entry.answer == Answer::LeftLarger { "left" } else { "right" };
    let larger_by = |interval: Interval| LargerBy {
        larger,
        low: outward(interval.low, f64::floor),
        high: interval.high.is_finite().then(|| outward(interval.high, f64::ceil)),
    };
    ComparedRow {
        key: &entry.key,
        group: entry.group,
        family: &entry.heading,
        label: &entry.label,
        direction: entry.direction,
        measures: entry.measures.iter().map(|measure| measure.id.as_str()).collect(),
        answer: entry.answer,
        answer_text: &entry.answer_text,
        limits: limits(entry),
        references: &entry.references,
        parts: entry.parts.iter().map(part).collect(),
        left: side(left),
        right: side(right),
        also: Also { left: observed(&left.also), right: observed(&right.also) },
        difference: entry.difference.map(larger_by),
        ratio: entry.ratio.map(larger_by),
    }
}

/// A bound of an interval with nine decimals, rounded outward by `round`. Differences as small as the error of binary
/// fractions are not rounded up.
fn outward(n: f64, round: impl Fn(f64) -> f64) -> PlainNumber {
    let steps = n * 1e9;
    let nearest = steps.round();
    let is_rounding_error = (steps - nearest).abs() <= 1e-4_f64.max(nearest.abs() * 4.0 * f64::EPSILON);
    PlainNumber(if is_rounding_error { nearest } else { round(steps) } / 1e9)
}

fn part(part: &PartView) -> ComparedPart<'_> {
    let [left, right] = part.counts.map(|count| count.and_then(|count| count.point()).map(PlainNumber));
    ComparedPart { label: &part.label, answer: part.answer, left, right }
}

fn limits(entry: &Entry) -> Vec<ComparedLimit<'_>> {
    entry.limits.iter().map(|one| ComparedLimit { kind: one.kind, years: one.years, note: &one.text }).collect()
}

fn words<'a>(view: &'a ComparisonView, entry: &'a Entry) -> ComparedText<'a> {
    let side = |side: &'a SideView| {
        let shown = side.shown.iter().map(|value| compared_value(view, value, false));
        shown.chain(side.also.iter().map(|value| compared_value(view, value, true))).collect()
    };
    let [left, right] = &entry.sides;
    ComparedText {
        key: &entry.key,
        group: entry.group,
        label: &entry.label,
        heading: &entry.heading,
        answer_text: &entry.answer_text,
        limits: limits(entry),
        left: side(left),
        right: side(right),
    }
}

fn compared_value<'a>(view: &'a ComparisonView, value: &'a ValueView, is_also: bool) -> ComparedValue<'a> {
    let sources = view.sources.iter().filter(|source| value.sources.contains(&source.number));
    ComparedValue {
        text: &value.text,
        sources: sources.map(|source| source.id.as_str()).collect(),
        caveat: value.caveat.as_deref(),
        note: value.note.as_deref(),
        is_also,
        record: value.record.as_ref(),
    }
}

#[cfg(test)]
mod tests {
    use super::outward;

    #[test]
    fn ends_of_intervals_are_rounded_outward() {
        let ratio = 4.65 / 3.375;
        assert!(outward(ratio, f64::floor).0 < ratio && outward(ratio, f64::ceil).0 > ratio);
        for exact in [620.0, 1.275e6, 0.1 + 0.2, 6.31] {
            let tidy = (exact * 10_000.0_f64).round() / 10_000.0;
            let ends = [f64::floor, f64::ceil].map(|round| outward(exact, round).0.to_string());
            assert_eq!(ends, [tidy.to_string(), tidy.to_string()]);
        }
    }
}
