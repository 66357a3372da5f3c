//! The parts that several shapes share: the summary of a hospital, figures, sources, catalogs.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::catalog::{Catalog, Dataset, Estimate, Fact, Figure, HospitalKey, Observed, Period, Scope, Source};
use crate::formats::native::PlainNumber;
use crate::report::list::{Column, Reading};
use crate::report::wording;
use crate::text::Text;

/// The summary of a hospital. `G` is its grade: the text in a list, the whole fact in full.
#[derive(Serialize)]
pub(super) struct HospitalSummary<'a, G = &'a str> {
    id: &'a str,
    name: &'a str,
    native_name: Option<&'a str>,
    aliases: Vec<&'a str>,
    city: Option<&'a str>,
    region: Option<&'a str>,
    country: Option<&'a str>,
    kind: Option<&'a str>,
    grade: Option<G>,
    dataset: String,
    file: &'a str,
    /// Figures that were asked for.
    #[serde(rename = "figures", skip_serializing_if = "Vec::is_empty")]
    asked: Vec<Value>,
    /// Fields that were asked for, beside those that every hospital has.
    #[serde(rename = "fields", skip_serializing_if = "Map::is_empty")]
    asked_fields: Map<String, Value>,
}

impl<'a> HospitalSummary<'a> {
    pub(super) fn new(catalog: &'a Catalog, key: HospitalKey) -> Self {
        Self::with_grade(catalog, key, |grade| &grade.text)
    }

    /// The same with what a hospital has in some columns: the latest figures of measures, and fields.
    pub(super) fn with_columns(mut self, reading: Reading, key: HospitalKey, columns: &[Column]) -> Self {
        let catalog = reading.catalog;
        for column in columns {
            match column {
                Column::Figure(id) => {
                    let figure = catalog.latest(key, id);
                    let value =
                        figure.and_then(|figure| serde_json::to_value(Observation::new(catalog, &figure)?).ok());
                    self.asked.extend(value);
                }
                _ => {
                    self.asked_fields.insert(column.name().into_owned(), column.to_json(reading, key));
                }
            }
        }
        self
    }
}

impl<'a, G> HospitalSummary<'a, G> {
    pub(super) fn with_grade(catalog: &'a Catalog, key: HospitalKey, grade: impl Fn(&'a Fact) -> G) -> Self {
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
            grade: hospital.details.grade.as_ref().map(grade),
            dataset: catalog.titles_on(key),
            file: &catalog.dataset(key).origin,
            asked: Vec::new(),
            asked_fields: Map::new(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct Observation<'a> {
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
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<&'a Estimate>,
    formula: Option<String>,
    parts: Vec<Observation<'a>>,
}

impl<'a> Observation<'a> {
    pub(crate) fn new(catalog: &'a Catalog, figure: &'a Figure) -> Option<Self> {
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
            estimate: figure.estimate.as_deref(),
            formula: wording::formula(catalog, figure),
            parts: Self::all(catalog, figure.parts()),
        })
    }

    pub(super) fn all(catalog: &'a Catalog, figures: impl IntoIterator<Item = &'a Figure>) -> Vec<Self> {
        figures.into_iter().filter_map(|figure| Self::new(catalog, figure)).collect()
    }
}

/// A source with its file, since two files may use the same id.
#[derive(Serialize)]
pub(crate) struct Cited<'a> {
    #[serde(flatten)]
    pub(crate) source: &'a Source,
    pub(crate) file: &'a str,
}

/// All sources of these hospitals, sorted by file and id.
pub(super) fn sources<'a>(catalog: &'a Catalog, keys: &[HospitalKey]) -> Vec<Cited<'a>> {
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

/// A loaded file, so that a result can be reproduced.
#[derive(Serialize)]
pub(crate) struct Identity<'a> {
    title: &'a str,
    file: &'a str,
    sha256: &'a str,
}

impl<'a> Identity<'a> {
    pub(crate) fn of(dataset: &'a Dataset) -> Self {
        Self { title: dataset.title(), file: &dataset.origin, sha256: &dataset.sha256 }
    }
}

pub(super) fn catalogs(catalog: &Catalog) -> Vec<Identity<'_>> {
    catalog.datasets().iter().map(|dataset| Identity::of(dataset)).collect()
}
