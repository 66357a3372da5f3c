//! The JSON shapes, stable for scripts.
//!
//! - `list` is an array of hospitals: `id`, `name`, `native_name`, `aliases`, `city`, `region`, `country`,
//!   `kind`, `grade`, `dataset`. What is unknown is `null`.
//! - `show` is one hospital: the same, and `figures` (each with `measure`, `label`, `family`, `unit`, `text`,
//!   `value`, `low`, `high`, `period`, `scope`, `source`, `caveat`, `formula`), the lists of the catalog file, and
//!   `sources`.
//! - `compare` is an object: `left` and `right` (as in `list`), `rows` (`measure`, `family`, `label`, `part`,
//!   `left`, `right`, `verdict`, `reasons`, `difference`), `lists`, `sources`. A side of a row has `text`, `missing`
//!   (`null`, or why there is no number), `figures`, `instead` and `history`.
//!
//! `low` and `high` bound what a value may mean; `high` is `null` when the source sets no top. Verdicts and
//! reasons are the names of [`crate::compare::Verdict`] in kebab case.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::Content;
use super::document::larger;
use super::wording;
use crate::catalog::quantity::Plain;
use crate::catalog::{
    Accreditation, Campus, Catalog, Fact, Figure, HospitalKey, Item, Mention, Observed, Period, Ranking, Scope, Source,
};
use crate::compare::{Comparison, Presence, Side, Verdict};
use crate::text::Text;

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
        Content::Comparison(comparison) => pretty(out, &Compared::new(comparison)),
    }
}

/// Writes any value as indented JSON with a line end.
pub(crate) fn pretty(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
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
    dataset: &'a str,
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
            grade: hospital.grade.as_ref().map(|grade| grade.text.as_str()),
            dataset: &catalog.dataset(key).title,
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
    caveat: Option<&'a str>,
    formula: Option<String>,
}

impl<'a> Observation<'a> {
    fn new(catalog: &'a Catalog, figure: &'a Figure) -> Option<Self> {
        let measure = catalog.measures().get(&figure.measure)?;
        let interval = figure.quantity().map(|quantity| quantity.interval());
        Some(Self {
            measure: &measure.id,
            label: &measure.label,
            family: &measure.family,
            unit: &measure.unit,
            text: wording::value(measure, figure),
            value: &figure.value,
            low: interval.map(|interval| Plain(interval.low)),
            high: interval.map(|interval| interval.high).filter(|high| high.is_finite()).map(Plain),
            period: figure.period.as_ref(),
            scope: figure.scope.as_ref(),
            source: &figure.source,
            caveat: figure.caveat.as_deref(),
            formula: wording::formula(catalog, figure),
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
    ownership: Option<&'a Fact>,
    founded: Option<&'a Fact>,
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
    sources: Vec<&'a Source>,
}

impl<'a> Whole<'a> {
    fn new(catalog: &'a Catalog, key: HospitalKey) -> Self {
        let hospital = catalog.hospital(key);
        Self {
            summary: Summary::new(catalog, key),
            latitude: hospital.place.latitude,
            longitude: hospital.place.longitude,
            ownership: hospital.ownership.as_ref(),
            founded: hospital.founded.as_ref(),
            campuses: &hospital.campuses,
            figures: Observation::all(catalog, catalog.figures(key)),
            rankings: &hospital.rankings,
            accreditations: &hospital.accreditations,
            specialties: &hospital.specialties,
            affiliations: &hospital.affiliations,
            partners: &hospital.partners,
            programmes: &hospital.programmes,
            milestones: &hospital.milestones,
            people: &hospital.people,
            sources: sources(catalog, &[key]),
        }
    }
}

/// Every source that a record of these hospitals names, by id.
fn sources<'a>(catalog: &'a Catalog, keys: &[HospitalKey]) -> Vec<&'a Source> {
    let mut found = BTreeMap::new();
    for &key in keys {
        for id in catalog.hospital(key).sources() {
            if let Some(source) = catalog.source(key, id) {
                found.insert((catalog.dataset(key).origin.as_str(), id.as_str()), source);
            }
        }
    }
    found.into_values().collect()
}

#[derive(Serialize)]
struct Compared<'a> {
    left: Summary<'a>,
    right: Summary<'a>,
    rows: Vec<ComparedRow<'a>>,
    lists: Vec<ComparedList<'a>>,
    sources: Vec<&'a Source>,
}

#[derive(Serialize)]
struct ComparedRow<'a> {
    measure: &'a str,
    family: &'a str,
    label: &'a str,
    part: Option<&'a str>,
    left: ComparedSide<'a>,
    right: ComparedSide<'a>,
    verdict: Verdict,
    reasons: &'a [Verdict],
    difference: Option<String>,
}

#[derive(Serialize)]
struct ComparedSide<'a> {
    text: String,
    missing: Value,
    figures: Vec<Observation<'a>>,
    instead: Vec<Observation<'a>>,
    history: Vec<Observation<'a>>,
}

#[derive(Serialize)]
struct ComparedList<'a> {
    label: &'a str,
    rows: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    presence: Presence,
    left: Vec<Value>,
    right: Vec<Value>,
}

impl<'a> Compared<'a> {
    fn new(comparison: &'a Comparison<'a>) -> Self {
        let catalog = comparison.catalog;
        let side = |measure, side: &'a Side<'a>| ComparedSide {
            text: wording::side(measure, side),
            missing: json!(side.missing()),
            figures: Observation::all(catalog, side.figures.iter().copied()),
            instead: Observation::all(catalog, side.instead.iter().copied()),
            history: Observation::all(catalog, side.history.iter().copied()),
        };
        let rows = comparison.rows.iter().map(|row| ComparedRow {
            measure: &row.measure.id,
            family: &row.family.id,
            label: &row.measure.label,
            part: row.part,
            left: side(row.measure, &row.left),
            right: side(row.measure, &row.right),
            verdict: row.verdict(),
            reasons: &row.reasons,
            difference: larger(comparison, row),
        });
        let lists = comparison.lists.iter().map(|list| ComparedList {
            label: list.label,
            rows: list
                .rows
                .iter()
                .map(|row| Listed {
                    name: row.name,
                    presence: row.presence(),
                    left: row.left.iter().map(mention).collect(),
                    right: row.right.iter().map(mention).collect(),
                })
                .collect(),
        });
        Self {
            left: Summary::new(catalog, comparison.left),
            right: Summary::new(catalog, comparison.right),
            rows: rows.collect(),
            lists: lists.collect(),
            sources: sources(catalog, &[comparison.left, comparison.right]),
        }
    }
}

fn mention(mention: &Mention) -> Value {
    match mention {
        Mention::Item(item) => json!(item),
        Mention::Ranking(ranking) => json!(ranking),
        Mention::Accreditation(accreditation) => json!(accreditation),
    }
}
