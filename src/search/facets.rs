//! How many of the hospitals found lie in which country, are of which kind, have which figures.

use crate::catalog::{Catalog, HospitalKey, TextField};
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

/// The facets of the hospitals at `keys`; those that divide nothing are left out.
pub(crate) fn facets(catalog: &Catalog, keys: &[HospitalKey]) -> Vec<Facet> {
    let by_text =
        FACETS.map(|(label, field)| (label, field.text_field().map(|texts| values(catalog, keys, &field, &texts))));
    let by_text = by_text.into_iter().filter_map(|(label, values)| facet(label, values?));
    by_text.chain(facet("has figures of", measures(catalog, keys))).collect()
}

/// How many of the hospitals have each value of a field.
fn values(catalog: &Catalog, keys: &[HospitalKey], field: &QueryField, texts: &TextField) -> Vec<FacetValue> {
    let column = catalog.texts(texts);
    let counted = column.values().iter().zip(column.counts_among(keys)).filter(|(_, count)| *count > 0);
    let value = |(value, count): (&Text, usize)| FacetValue {
        label: value.to_string(),
        term: Token::condition(&field.name(), Operator::Equal, value).to_string(),
        count,
    };
    counted.map(value).collect()
}

/// How many of the hospitals state a number of each measure.
fn measures(catalog: &Catalog, keys: &[HospitalKey]) -> Vec<FacetValue> {
    let counted = catalog.reporters().measures().map(|(id, reporters)| (id, reporters.count_among(keys)));
    let value = |(id, count): (&Text, usize)| {
        let label = catalog.measures().get(id)?.label.to_string();
        let term = Token::condition(id, Operator::Colon, "any").to_string();
        Some(FacetValue { label, term, count })
    };
    counted.filter(|(_, count)| *count > 0).filter_map(value).collect()
}

fn facet(label: &'static str, mut values: Vec<FacetValue>) -> Option<Facet> {
    values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    let more = values.len().saturating_sub(MOST);
    values.truncate(MOST);
    (!values.is_empty()).then_some(Facet { label, values, more })
}
