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
    pub values: Vec<Value>,
    /// How many more values there are.
    pub more: usize,
}

/// A value that some hospitals of a list have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
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

/// How often each value stands.
#[derive(Default)]
struct Counts {
    fields: [HashMap<Text, usize>; FACETS.len()],
    measures: HashMap<Text, usize>,
}

impl Counts {
    fn add(mut self, catalog: &Catalog, key: HospitalKey) -> Self {
        let hospital = catalog.hospital(key);
        let details = hospital.details.peek();
        let place = &hospital.place;
        let owner = details.ownership.as_ref().map(|fact| &fact.text);
        for (counts, value) in
            self.fields.iter_mut().zip([place.country.as_ref(), place.region.as_ref(), hospital.kind.as_ref(), owner])
        {
            if let Some(value) = value {
                match counts.get_mut(value) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(value.clone(), 1)),
                }
            }
        }
        let mut seen: Vec<&Text> = Vec::new();
        for Figure { measure, .. } in details.figures.iter().filter(|figure| figure.quantity().is_some()) {
            if !seen.contains(&measure) {
                seen.push(measure);
                *self.measures.entry(measure.clone()).or_default() += 1;
            }
        }
        self
    }

    fn with(mut self, other: Self) -> Self {
        for (mine, theirs) in self.fields.iter_mut().zip(other.fields).chain([(&mut self.measures, other.measures)]) {
            for (value, count) in theirs {
                *mine.entry(value).or_default() += count;
            }
        }
        self
    }
}

/// The facets of the hospitals at `keys`; those that divide nothing are left out.
pub fn facets(catalog: &Catalog, keys: &[HospitalKey]) -> Vec<Facet> {
    let counts = keys
        .par_iter()
        .with_min_len(4_096)
        .fold(Counts::default, |counts, key| counts.add(catalog, *key))
        .reduce(Counts::default, Counts::with);
    let mut facets: Vec<Facet> = Vec::new();
    for ((label, field), counts) in FACETS.into_iter().zip(counts.fields) {
        let values = counts.into_iter().map(|(value, count)| Value {
            label: value.to_string(),
            term: Token::condition(field.name(), Operator::Equal, &value).to_string(),
            count,
        });
        facets.extend(facet(label, values.collect()));
    }
    let values = counts.measures.into_iter().filter_map(|(id, count)| {
        let label = catalog.measures().get(&id)?.label.to_string();
        Some(Value { label, term: Token::condition(&id, Operator::Colon, "any").to_string(), count })
    });
    facets.extend(facet("has figures of", values.collect()));
    facets
}

fn facet(label: &'static str, mut values: Vec<Value>) -> Option<Facet> {
    values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    let more = values.len().saturating_sub(MOST);
    values.truncate(MOST);
    (!values.is_empty()).then_some(Facet { label, values, more })
}
