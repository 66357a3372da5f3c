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

mod comparison;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Content;
use super::view::ComparisonView;
use super::wording;
use crate::catalog::{
    Accreditation, Campus, Catalog, Extra, Fact, Figure, HospitalKey, Item, Observed, Period, Ranking, Scope, Source,
};
use crate::formats::native::PlainNumber;
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
        Content::Comparison(compared) => comparison::write(out, compared.catalog, &ComparisonView::new(compared)),
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
    low: Option<PlainNumber>,
    high: Option<PlainNumber>,
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
            low: interval.map(|interval| interval.low).filter(|low| low.is_finite()).map(PlainNumber),
            high: interval.map(|interval| interval.high).filter(|high| high.is_finite()).map(PlainNumber),
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
