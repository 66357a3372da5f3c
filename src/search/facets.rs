//! How many of the hospitals found lie in which country, are of which kind, have which figures.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::catalog::{Catalog, Figure, HospitalKey};
use crate::search::query::field::QueryField;
use crate::search::query::token::{Operator, Token};
use crate::text::Text;

/// One way to divide a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// What divides it, such as `country`.
    pub label: &'static str,
    /// Its values, the most frequent first.
    pub values: Vec<FacetValue>,
    /// How many more values there are.
    pub more: usize,
}

/// A value that some hospitals of a list have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What people read.
    pub label: String,
    /// What a query asks for it by.
    pub term: String,
    /// How many hospitals of the list have it.
    pub count: usize,
}

/// Most values of a facet; more are counted, not listed.
const MOST: usize = 40;

/// The facets, in the order in which they are shown.
const FACETS: [(&str, QueryField); 4] = [
    ("country", QueryField::Country),
    ("region", QueryField::Region),
    ("kind", QueryField::Kind),
    ("owner", QueryField::Owner),
];

/// How many hospitals have each value of each facet; the facet behind the last is that of measures.
type FacetCounts = HashMap<(usize, Text), usize>;

fn count(mut counts: FacetCounts, catalog: &Catalog, key: HospitalKey) -> FacetCounts {
    let hospital = catalog.hospital(key);
    let details = hospital.details.peek();
    let place = &hospital.place;
    let owner = details.ownership.as_ref().map(|fact| &fact.text);
    let fields = [place.country.as_ref(), place.region.as_ref(), hospital.kind.as_ref(), owner];
    for (facet, value) in fields.into_iter().enumerate() {
        if let Some(value) = value {
            *counts.entry((facet, value.clone())).or_default() += 1;
        }
    }
    let mut seen: Vec<&Text> = Vec::new();
    for Figure { measure, .. } in details.figures.iter().filter(|figure| figure.quantity().is_some()) {
        if !seen.contains(&measure) {
            seen.push(measure);
            *counts.entry((FACETS.len(), measure.clone())).or_default() += 1;
        }
    }
    counts
}

fn sum(mut counts: FacetCounts, others: FacetCounts) -> FacetCounts {
    for (value, count) in others {
        *counts.entry(value).or_default() += count;
    }
    counts
}

/// The facets of the hospitals at `keys`; those that divide nothing are left out.
pub(crate) fn facets(catalog: &Catalog, keys: &[HospitalKey]) -> Vec<Facet> {
    let keys = keys.par_iter().with_min_len(4_096);
    let counts =
        keys.fold(FacetCounts::default, |counts, key| count(counts, catalog, *key)).reduce(FacetCounts::default, sum);
    let mut values: [Vec<FacetValue>; FACETS.len() + 1] = Default::default();
    for ((facet, value), count) in counts {
        let (label, term) = if let Some((_, field)) = FACETS.get(facet) {
            (value.to_string(), Token::condition(field.name(), Operator::Equal, &value))
        } else {
            let Some(measure) = catalog.measures().get(&value) else { continue };
            (measure.label.to_string(), Token::condition(&value, Operator::Colon, "any"))
        };
        values[facet].push(FacetValue { label, term: term.to_string(), count });
    }
    let labels = FACETS.map(|(label, _)| label).into_iter().chain(["has figures of"]);
    labels.zip(values).filter_map(|(label, values)| facet(label, values)).collect()
}

fn facet(label: &'static str, mut values: Vec<FacetValue>) -> Option<Facet> {
    values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    let more = values.len().saturating_sub(MOST);
    values.truncate(MOST);
    (!values.is_empty()).then_some(Facet { label, values, more })
}
