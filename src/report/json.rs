//! The JSON shapes, stable for scripts.
//!
//! - `list` is an array of hospitals: `id`, `name`, `native_name`, `aliases`, `city`, `region`, `country`,
//!   `kind`, `grade`, `dataset` (its title), `file`. What is unknown is `null`.
//! - `show` is one hospital: the same, and `figures` (each with `measure`, `label`, `family`, `unit`, `text`,
//!   `value`, `low`, `high`, `period`, `scope`, `source`, `sources`, `caveat`, `note`, `formula`, `parts`), the lists of the catalog file,
//!   `extra` (what a dataset says under headings of its own), and `sources`.
//! - `compare` is an object: `left` and `right` (as in `list`), `summary` (at most six lines), `rows`, `statements`,
//!   `lists`, `sources`. A row has `key`, `group`, `family`, `label`, `direction`, `measures` (two where the sides count differently),
//!   `answer`, `says` (the answer in words), `parts` (of equal totals, each with its answer), `limits` (each with `kind`, `years` where it has that amount, and `note`),
//!   `left` and `right` (`text`, `missing`: `null`, or why there is no number, `figures`), `also` (the same figures of
//!   `left` and `right` that stand beside them), `difference` and `ratio` (each with `larger`, `low`, `high`).
//! - `show` and `compare` end with `catalogs`: title, file and SHA-256 of what was loaded.
//!
//! `low` and `high` bound what a value may mean; `high` is `null` when the source sets no top. Answers are the names of
//! [`crate::compare::Answer`] in kebab case, limits those of [`crate::compare::Limit::kind`].

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::Content;
use super::view::{ComparisonView, Entry, Group, PartView, Said, SideView, Subject};
use super::wording;
use crate::catalog::quantity::Plain;
use crate::catalog::{
    Accreditation, Campus, Catalog, Extra, Fact, Figure, HospitalKey, Interval, Item, Observed, Period, Ranking, Scope,
    Source,
};
use crate::compare::Answer;
use crate::text::{Text, clean_in_place};

/// Writes `content` as JSON, indented, with a line end.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, content: &Content) -> io::Result<()> {
    match content {
        Content::List(catalog, keys) => {
            pretty(out, &keys.iter().map(|&key| Summary::new(catalog, key)).collect::<Vec<_>>())
        }
        Content::Hospital(catalog, key) => pretty(out, &Whole::new(catalog, *key)),
        Content::Comparison(comparison) => {
            pretty(out, &Compared::new(comparison.catalog, &ComparisonView::new(comparison)))
        }
    }
}

/// Writes any value as indented JSON with a line end.
pub(crate) fn pretty(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// `json` with escapes for what cannot be seen, which only stands in its strings: it reads as the same values.
pub(crate) fn escape_unseen(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for (c, shown) in json.chars().zip(clean_in_place(json).chars()) {
        if c == shown || c == '\n' {
            escaped.push(c);
        } else {
            escaped.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    escaped
}

#[derive(Serialize)]
struct Summary<'a> {
    id: &'a str,
    name: &'a str,
    native_name: Option<&'a str>,
    aliases: Vec<&'a str>,
    city: Option<&'a str>,
    region: Option<&'a str>,
    country: Option<&'a str>,
    kind: Option<&'a str>,
    grade: Option<&'a str>,
    dataset: String,
    file: &'a str,
}

impl<'a> Summary<'a> {
    fn new(catalog: &'a Catalog, key: HospitalKey) -> Self {
        let hospital = catalog.hospital(key);
        Self {
            id: &hospital.id,
            name: &hospital.name,
            native_name: hospital.native_name.as_deref(),
            aliases: hospital.aliases.iter().map(Text::as_str).collect(),
            city: hospital.place.city.as_deref(),
            region: hospital.place.region.as_deref(),
            country: hospital.place.country.as_deref(),
            kind: hospital.kind.as_deref(),
            grade: hospital.details.grade.as_ref().map(|grade| grade.text.as_str()),
            dataset: catalog.titles_on(key),
            file: &catalog.dataset(key).origin,
        }
    }
}

#[derive(Serialize)]
struct Observation<'a> {
    measure: &'a str,
    label: &'a str,
    family: &'a str,
    unit: &'a str,
    text: String,
    value: &'a Observed,
    low: Option<Plain>,
    high: Option<Plain>,
    period: Option<&'a Period>,
    scope: Option<&'a Scope>,
    source: &'a str,
    sources: Vec<&'a str>,
    caveat: Option<&'a str>,
    note: Option<&'a str>,
    formula: Option<String>,
    parts: Vec<Observation<'a>>,
}

impl<'a> Observation<'a> {
    fn new(catalog: &'a Catalog, figure: &'a Figure) -> Option<Self> {
        let measure = catalog.measures().get(&figure.measure)?;
        let interval = figure.interval();
        Some(Self {
            measure: &measure.id,
            label: &measure.label,
            family: &measure.family,
            unit: &measure.unit,
            text: wording::value(measure, figure),
            value: &figure.value,
            low: interval.map(|interval| interval.low).filter(|low| low.is_finite()).map(Plain),
            high: interval.map(|interval| interval.high).filter(|high| high.is_finite()).map(Plain),
            period: figure.period.as_ref(),
            scope: figure.scope.as_ref(),
            source: &figure.source,
            sources: figure.sources().map(Text::as_str).collect(),
            caveat: figure.caveat.as_deref(),
            note: figure.note.as_deref(),
            formula: wording::formula(catalog, figure),
            parts: Self::all(catalog, figure.parts()),
        })
    }

    fn all(catalog: &'a Catalog, figures: impl IntoIterator<Item = &'a Figure>) -> Vec<Self> {
        figures.into_iter().filter_map(|figure| Self::new(catalog, figure)).collect()
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    summary: Summary<'a>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    names_note: Option<&'a str>,
    ownership: Option<&'a Fact>,
    founded: Option<&'a Fact>,
    status: Option<&'a Fact>,
    address: Option<&'a Fact>,
    phone: Option<&'a Fact>,
    website: Option<&'a Fact>,
    campuses: &'a [Campus],
    figures: Vec<Observation<'a>>,
    rankings: &'a [Ranking],
    accreditations: &'a [Accreditation],
    specialties: &'a [Item],
    affiliations: &'a [Item],
    partners: &'a [Item],
    programmes: &'a [Item],
    milestones: &'a [Item],
    people: &'a [Item],
    extra: &'a [Extra],
    sources: Vec<Cited<'a>>,
    catalogs: Vec<Identity<'a>>,
}

impl<'a> Whole<'a> {
    fn new(catalog: &'a Catalog, key: HospitalKey) -> Self {
        let hospital = catalog.hospital(key);
        Self {
            summary: Summary::new(catalog, key),
            latitude: hospital.details.latitude,
            longitude: hospital.details.longitude,
            names_note: hospital.details.names_note.as_deref(),
            ownership: hospital.details.ownership.as_ref(),
            founded: hospital.details.founded.as_ref(),
            status: hospital.details.status.as_ref(),
            address: hospital.details.address.as_ref(),
            phone: hospital.details.phone.as_ref(),
            website: hospital.details.website.as_ref(),
            campuses: &hospital.details.campuses,
            figures: Observation::all(catalog, catalog.figures(key)),
            rankings: &hospital.details.rankings,
            accreditations: &hospital.details.accreditations,
            specialties: &hospital.details.specialties,
            affiliations: &hospital.details.affiliations,
            partners: &hospital.details.partners,
            programmes: &hospital.details.programmes,
            milestones: &hospital.details.milestones,
            people: &hospital.details.people,
            extra: &hospital.details.extra,
            sources: sources(catalog, &[key]),
            catalogs: catalogs(catalog),
        }
    }
}

/// A source, and the file whose records name it: two files may use one id.
#[derive(Serialize)]
struct Cited<'a> {
    #[serde(flatten)]
    source: &'a Source,
    file: &'a str,
}

/// Every source that a record of these hospitals names, by file and id.
fn sources<'a>(catalog: &'a Catalog, keys: &[HospitalKey]) -> Vec<Cited<'a>> {
    let mut found = BTreeMap::new();
    for &key in keys {
        for dataset in catalog.datasets_on(key) {
            if let Some(source) = dataset.sole_source() {
                found.insert((dataset.origin.as_str(), source.id.as_str()), Cited { source, file: &dataset.origin });
            }
        }
        for id in catalog.hospital(key).details.sources() {
            let mut datasets = catalog.datasets_on(key).into_iter();
            let named = datasets.find_map(|dataset| Some((dataset.origin.as_str(), dataset.source(id)?)));
            if let Some((file, source)) = named {
                found.insert((file, id.as_str()), Cited { source, file });
            }
        }
    }
    found.into_values().collect()
}

/// What a result was made from, so that it can be made again.
#[derive(Serialize)]
struct Identity<'a> {
    title: &'a str,
    file: &'a str,
    sha256: &'a str,
}

fn catalogs(catalog: &Catalog) -> Vec<Identity<'_>> {
    catalog
        .datasets()
        .iter()
        .map(|dataset| Identity { title: &dataset.title, file: &dataset.origin, sha256: &dataset.sha256 })
        .collect()
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
    left: Option<Plain>,
    right: Option<Plain>,
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
    low: Plain,
    high: Option<Plain>,
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
    // Without the dust of binary fractions.
    let tidy = |n: f64| Plain((n * 1e9).round() / 1e9);
    let apart = |interval: Interval| Apart {
        larger,
        low: tidy(interval.low),
        high: interval.high.is_finite().then(|| tidy(interval.high)),
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

fn part(part: &PartView) -> ComparedPart<'_> {
    let [left, right] = part.counts.map(|count| count.point().map(Plain));
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
