//! A comparison as JSON: see the shapes at the top of [`super`].

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Catalog, Interval};
use crate::compare::Answer;
use crate::formats::native::PlainNumber;
use crate::report::json::parts::{Cited, Identity, Observation, Summary, catalogs, sources};
use crate::report::json::text::pretty;
use crate::report::view::{ComparisonView, Entry, Group, PartView, Said, SideView, Subject};

/// Writes a comparison of hospitals of `catalog`.
pub(super) fn write(out: &mut impl Write, catalog: &Catalog, view: &ComparisonView) -> io::Result<()> {
    pretty(out, &Compared::new(catalog, view))
}

#[derive(Serialize)]
struct Compared<'a> {
    left: Summary<'a>,
    right: Summary<'a>,
    summary: &'a [String],
    rows: Vec<ComparedRow<'a>>,
    statements: Vec<ComparedWords<'a>>,
    lists: Vec<ComparedWords<'a>>,
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
    says: &'a str,
    limits: Vec<ComparedLimit<'a>>,
    parts: Vec<ComparedPart<'a>>,
    left: ComparedSide<'a>,
    right: ComparedSide<'a>,
    also: Also<'a>,
    difference: Option<Apart>,
    ratio: Option<Apart>,
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

/// A part of two totals that are equal, with an answer of its own.
#[derive(Serialize)]
struct ComparedPart<'a> {
    label: &'a str,
    answer: Answer,
    left: Option<PlainNumber>,
    right: Option<PlainNumber>,
}

/// The figures that stand beside those compared.
#[derive(Serialize)]
struct Also<'a> {
    left: Vec<Observation<'a>>,
    right: Vec<Observation<'a>>,
}

/// How far the larger side lies from the smaller; `high` is `null` when that has no top.
#[derive(Serialize)]
struct Apart {
    larger: &'static str,
    low: PlainNumber,
    high: Option<PlainNumber>,
}

/// A statement, a shared name, or the names of a list that only one text gives.
#[derive(Serialize)]
struct ComparedWords<'a> {
    key: &'a str,
    group: Group,
    label: &'a str,
    heading: &'a str,
    says: &'a str,
    limits: Vec<ComparedLimit<'a>>,
    left: Vec<ComparedSaid<'a>>,
    right: Vec<ComparedSaid<'a>>,
}

#[derive(Serialize)]
struct ComparedSaid<'a> {
    text: &'a str,
    sources: Vec<&'a str>,
    caveat: Option<&'a str>,
    note: Option<&'a str>,
    /// Whether it stands beside what is shown: what another source says.
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
            left: Summary::new(catalog, keys[0]),
            right: Summary::new(catalog, keys[1]),
            summary: &view.summary,
            rows: of(|subject| subject == Subject::Measure).map(|entry| compared_row(catalog, entry)).collect(),
            statements: words(|subject| subject == Subject::Statement),
            lists: words(|subject| matches!(subject, Subject::SharedName | Subject::SharedRating | Subject::Names)),
            sources: sources(catalog, &keys),
            catalogs: catalogs(catalog),
        }
    }
}

fn compared_row<'a>(catalog: &'a Catalog, entry: &'a Entry) -> ComparedRow<'a> {
    let observed = |said: &'a [Said]| {
        Observation::all(catalog, said.iter().flat_map(|said| said.figure.iter().chain(&said.parts)))
    };
    let side = |side: &'a SideView| {
        let texts: Vec<&str> = side.shown.iter().map(|said| said.text.as_str()).collect();
        let missing = side.shown.is_empty().then_some(side.missing);
        ComparedSide {
            text: missing.map_or_else(|| texts.join(" / "), str::to_owned),
            missing,
            figures: [observed(&side.shown), observed(&side.reasons)].into_iter().flatten().collect(),
        }
    };
    let [left, right] = &entry.sides;
    let larger = if entry.answer == Answer::LeftLarger { "left" } else { "right" };
    let apart = |interval: Interval| Apart {
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
        says: &entry.says,
        limits: limits(entry),
        parts: entry.parts.iter().map(part).collect(),
        left: side(left),
        right: side(right),
        also: Also { left: observed(&left.also), right: observed(&right.also) },
        difference: entry.difference.map(apart),
        ratio: entry.ratio.map(apart),
    }
}

/// An end of an interval to nine decimals, rounded outward by `round`; what lies within a hair of such a number is it,
/// because binary fractions lie a little off.
fn outward(n: f64, round: impl Fn(f64) -> f64) -> PlainNumber {
    let steps = n * 1e9;
    let nearest = steps.round();
    let is_dust = (steps - nearest).abs() <= 1e-4_f64.max(nearest.abs() * 4.0 * f64::EPSILON);
    PlainNumber(if is_dust { nearest } else { round(steps) } / 1e9)
}

fn part(part: &PartView) -> ComparedPart<'_> {
    let [left, right] = part.counts.map(|count| count.and_then(|count| count.point()).map(PlainNumber));
    ComparedPart { label: &part.label, answer: part.answer, left, right }
}

fn limits(entry: &Entry) -> Vec<ComparedLimit<'_>> {
    entry.limits.iter().map(|one| ComparedLimit { kind: one.kind, years: one.years, note: &one.text }).collect()
}

fn words<'a>(view: &'a ComparisonView, entry: &'a Entry) -> ComparedWords<'a> {
    let side = |side: &'a SideView| {
        let shown = side.shown.iter().map(|said| said_in_words(view, said, false));
        shown.chain(side.also.iter().map(|said| said_in_words(view, said, true))).collect()
    };
    let [left, right] = &entry.sides;
    ComparedWords {
        key: &entry.key,
        group: entry.group,
        label: &entry.label,
        heading: &entry.heading,
        says: &entry.says,
        limits: limits(entry),
        left: side(left),
        right: side(right),
    }
}

fn said_in_words<'a>(view: &'a ComparisonView, said: &'a Said, is_also: bool) -> ComparedSaid<'a> {
    let sources = view.sources.iter().filter(|source| said.sources.contains(&source.number));
    ComparedSaid {
        text: &said.text,
        sources: sources.map(|source| source.id.as_str()).collect(),
        caveat: said.caveat.as_deref(),
        note: said.note.as_deref(),
        is_also,
        record: said.record.as_ref(),
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
