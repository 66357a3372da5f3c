//! How many of the hospitals found lie in which country, are of which kind, have which figures.
//!
//! A facet is a field of few values. Values of one field are chosen together as one of several, so the values of a field are
//! counted as if none of them were chosen.

use std::collections::{HashMap, HashSet};

use crate::catalog::{Catalog, HospitalKey, TextField};
use crate::search::query::field::QueryField;
use crate::search::query::token::{Operator, Token, TokenKind, tidy, tokens, with_value_toggled};
use crate::text::Text;

/// One way to divide a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// What divides it, such as `country`.
    pub label: String,
    /// Its values, the most frequent first.
    pub values: Vec<FacetValue>,
}

/// A value that some hospitals of a list have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What people read.
    pub label: String,
    /// What a query asks for it by.
    pub choice: FacetChoice,
    /// How many hospitals of the list have it.
    pub count: usize,
    /// Of a measure: how many of them have a figure in each class from the least to the largest one; empty where that is
    /// not counted.
    pub histogram: Vec<usize>,
}

/// What choosing a value adds to a query, and takes out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetChoice {
    /// A value of a field, besides other values of it.
    Value {
        /// The field, as it is typed.
        field: String,
        /// The value.
        value: String,
    },
    /// A term.
    Term(String),
}

impl FacetChoice {
    /// Whether a query asks for it.
    #[must_use]
    pub fn is_in(&self, query: &str) -> bool {
        match self {
            Self::Term(term) => tokens(query).into_iter().any(|token| query[token.at] == **term),
            Self::Value { field, value } => {
                let written = values_of(&Token::condition(field, Operator::Equal, value).to_string(), field);
                values_of(query, field).into_iter().any(|other| written.contains(&other))
            }
        }
    }

    /// A query that asks for it, too, or no longer does.
    #[must_use]
    pub fn toggled_in(&self, query: &str) -> String {
        match self {
            Self::Value { field, value } => with_value_toggled(query, field, value),
            Self::Term(term) => {
                let others =
                    tokens(query).into_iter().map(|token| query[token.at].to_owned()).filter(|one| one != term);
                let added = Some(term.clone()).filter(|_| !self.is_in(query));
                tidy(others).into_iter().chain(added).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// Whether a part of a query asks for values of a field, one of which is enough.
fn is_choice_of(token: &Token, field: &str) -> bool {
    matches!(&token.kind, TokenKind::Condition { name, operator: Operator::Equal, .. }
        if name.eq_ignore_ascii_case(field) && !token.not)
}

/// The values of a field that a query asks for.
fn values_of(query: &str, field: &str) -> Vec<String> {
    let choices = tokens(query).into_iter().filter(|token| is_choice_of(token, field));
    let values = choices.map(|token| match token.kind {
        TokenKind::Condition { values, .. } => values,
        _ => Vec::new(),
    });
    values.flatten().collect()
}

/// A query without the values of a field that it asks for; none when it asks for none.
pub(super) fn without_values(query: &str, field: &str) -> Option<String> {
    let all = tokens(query);
    let others: Vec<&str> =
        all.iter().filter(|token| !is_choice_of(token, field)).map(|token| &query[token.at.clone()]).collect();
    (others.len() < all.len()).then(|| others.join(" "))
}

/// The fields that always divide a list.
const ALWAYS: [QueryField; 4] = [QueryField::Country, QueryField::Region, QueryField::Kind, QueryField::Owner];

/// Others that divide it where their values are few.
const OTHERS: [QueryField; 3] = [QueryField::City, QueryField::Status, QueryField::Grade];

/// Values of a field that are few, however few hospitals there are.
const FEW: usize = 40;

/// Values of a field that are too many for a menu, however many hospitals there are.
const MANY: usize = 1_000;

/// Hospitals that are looked at to tell which fields have few values.
const SAMPLE: usize = 1_000;

/// Texts that are read to tell it for certain.
const MOST_READ: usize = 2_000_000;

/// The fields that divide a list: those that always do, and every column of few values.
pub(super) fn fields(catalog: &Catalog) -> Vec<QueryField> {
    // A heading that may fill another field does not always: where it does, its own column is empty.
    let own = catalog.outline().headings().iter().map(|(heading, _)| QueryField::Column(heading.clone()));
    let candidates: Vec<QueryField> = OTHERS.into_iter().chain(own).collect();
    let may_be_few = probably_few(catalog, &candidates);
    let most = (MOST_READ / catalog.len().max(1)).max(2);
    let few = candidates.into_iter().zip(may_be_few).filter(|(_, is_few)| *is_few).map(|(field, _)| field);
    let limit = FEW.max(catalog.len() / 20).min(MANY);
    let is_few = |field: &QueryField| field.column(catalog).is_some_and(|column| column.values().len() <= limit);
    ALWAYS.into_iter().chain(few.take(most).filter(is_few)).collect()
}

/// Which fields have few values in a sample of the hospitals.
fn probably_few(catalog: &Catalog, fields: &[QueryField]) -> Vec<bool> {
    let texts: Vec<Option<TextField>> = fields.iter().map(QueryField::text_field).collect();
    let mut values: Vec<HashSet<Text>> = vec![HashSet::new(); fields.len()];
    let step = catalog.len().div_ceil(SAMPLE).max(1);
    for key in catalog.keys().step_by(step) {
        let (summary, details) = (catalog.summary(key), catalog.details(key));
        for (field, values) in texts.iter().zip(&mut values) {
            let Some(field) = field else { continue };
            match summary.texts(field) {
                Some(texts) => values.extend(texts.into_iter().map(Text::from)),
                None => values.extend(field.of_details(&details).iter().map(|text| Text::from(&**text))),
            }
        }
    }
    let most = FEW.max(catalog.len().min(SAMPLE) / 4);
    values.into_iter().map(|values| (1..=most).contains(&values.len())).collect()
}

/// How many of some hospitals have each value of a field; none where none has any.
pub(super) fn of_field(catalog: &Catalog, keys: &[HospitalKey], field: &QueryField) -> Option<Facet> {
    let column = field.column(catalog)?;
    let counted = column.values().iter().zip(column.counts_among(keys)).filter(|(_, count)| *count > 0);
    let value = |(value, count): (&Text, usize)| FacetValue {
        label: value.to_string(),
        choice: FacetChoice::Value { field: field.name().into_owned(), value: value.to_string() },
        count,
        histogram: Vec::new(),
    };
    facet(&field.label(), counted.map(value).collect())
}

/// How many of some hospitals state a number of each measure.
pub(super) fn of_measures(catalog: &Catalog, keys: &[HospitalKey]) -> Option<Facet> {
    let counted = catalog.reporters().measures().map(|(id, reporters)| (id, reporters.count_among(keys)));
    let mut counted: Vec<(&Text, usize)> = counted.filter(|(_, count)| *count > 0).collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut histograms = histograms(catalog, keys, &counted);
    let value = |(id, count): (&Text, usize)| {
        let label = catalog.measures().get(id)?.label.to_string();
        let choice = FacetChoice::Term(Token::condition(id, Operator::Colon, "any").to_string());
        Some(FacetValue { label, choice, count, histogram: histograms.remove(id).unwrap_or_default() })
    };
    facet("has figures of", counted.into_iter().filter_map(value).collect())
}

/// Fewest and most measures of which a histogram is drawn; between these so many that the figures stay below a million.
const HISTOGRAMS: [usize; 2] = [12, 48];

/// Hospitals among which figures are read for that at once.
const QUICKLY_READ: usize = 200_000;

/// The histograms of the measures that most hospitals report.
fn histograms(catalog: &Catalog, keys: &[HospitalKey], counted: &[(&Text, usize)]) -> HashMap<Text, Vec<usize>> {
    if catalog.len() > QUICKLY_READ {
        return HashMap::new();
    }
    let [fewest, most] = HISTOGRAMS;
    let most = (1_000_000 / catalog.len().max(1)).clamp(fewest, most);
    let measures: Vec<Text> = counted.iter().take(most).map(|(id, _)| (*id).clone()).collect();
    let _ = catalog.read_figures(&measures, &|| true);
    let mut is_in = vec![false; catalog.len()];
    for key in keys {
        is_in[key.index()] = true;
    }
    let numbers = |id: &Text| {
        let column = catalog.figure_column(id);
        let intervals = column.latest().filter(|figure| is_in[figure.key.index()]).filter_map(|figure| figure.interval);
        let numbers = intervals.map(|of| if of.low.is_finite() { of.low } else { of.high });
        numbers.filter(|number| number.is_finite()).collect::<Vec<f64>>()
    };
    measures.into_iter().map(|id| (id.clone(), histogram(&numbers(&id)))).collect()
}

/// How many numbers are in each of some equal classes; of few different numbers, how many of each. Empty of equal numbers.
fn histogram(numbers: &[f64]) -> Vec<usize> {
    /// Most classes.
    const CLASSES: usize = 8;
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut each: Vec<(f64, usize)> = Vec::new();
    for number in &sorted {
        match each.last_mut() {
            Some((last, count)) if last.total_cmp(number).is_eq() => *count += 1,
            _ => each.push((*number, 1)),
        }
    }
    let (Some((least, _)), Some((largest, _))) = (each.first(), each.last()) else { return Vec::new() };
    if each.len() < 2 {
        return Vec::new();
    }
    if each.len() <= CLASSES {
        return each.into_iter().map(|(_, count)| count).collect();
    }
    let mut classes = vec![0; CLASSES];
    for (number, count) in &each {
        let share = (number - least) / (largest - least);
        let class = (1..CLASSES).rev().find(|class| share * 8.0 >= f64::from(u8::try_from(*class).unwrap_or(0)));
        classes[class.unwrap_or(0)] += count;
    }
    classes
}

fn facet(label: &str, mut values: Vec<FacetValue>) -> Option<Facet> {
    values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    (!values.is_empty()).then(|| Facet { label: label.to_owned(), values })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::formats::{Options, load_bytes};
    use crate::search::{Ask, Searcher};

    /// Hospitals in many regions, with an id of their own in a column, and two columns of few values.
    fn many() -> Searcher {
        let row = |at: usize| {
            let (region, beds) = (at % 50, if at.is_multiple_of(3) { 10 } else { 1_000 });
            format!("{at},H{at},R{region},C{},{},code{at},{beds}\n", region % 2, ["Yes", "No"][at % 2])
        };
        let text = format!("id,name,state,county,helipad,inspector,beds\n{}", (0..600).map(row).collect::<String>());
        Searcher::new(Arc::new(load_bytes("t.csv", text.as_bytes(), &Options::default()).unwrap()))
    }

    fn facets(searcher: &mut Searcher, query: &str) -> Vec<Facet> {
        searcher.search(&Ask { facets: true, ..Ask::all(query) }).facets.unwrap()
    }

    #[test]
    fn every_column_of_few_values_divides_a_list_and_every_value_is_there() {
        let facets = facets(&mut many(), "");
        let labels: Vec<&str> = facets.iter().map(|facet| facet.label.as_str()).collect();
        assert!(labels.starts_with(&["region"]) && labels.ends_with(&["has figures of"]), "{labels:?}");
        assert!(labels.contains(&"helipad") && labels.contains(&"county"), "{labels:?}");
        assert!(!labels.contains(&"inspector"), "as many values as hospitals: {labels:?}");
        assert_eq!(facets[0].values.len(), 50);
        let figures = &facets.last().unwrap().values[0];
        assert_eq!((figures.count, &figures.histogram), (600, &vec![200, 400]));
    }

    #[test]
    fn values_of_one_field_are_chosen_together() {
        let mut searcher = many();
        let value = |facets: &[Facet], label: &str, value: &str| {
            let facet = facets.iter().find(|facet| facet.label == label).unwrap();
            facet.values.iter().find(|one| one.label == value).cloned()
        };
        let all = facets(&mut searcher, "");
        let (r1, r2) = (value(&all, "region", "R1").unwrap(), value(&all, "region", "R2").unwrap());
        let query = r2.choice.toggled_in(&r1.choice.toggled_in("h"));
        assert_eq!(query, "h region=R1|R2");
        assert!(r1.choice.is_in(&query) && r2.choice.is_in(&query) && !r1.choice.is_in("region=R11"));
        let chosen = searcher.search(&Ask { facets: true, ..Ask::all(&query) });
        assert_eq!(chosen.total, 24);
        let facets = chosen.facets.unwrap();
        // Other regions can be chosen, too; other fields count only what is found.
        assert_eq!(value(&facets, "region", "R3").unwrap().count, 12);
        assert_eq!(value(&facets, "helipad", "Yes").unwrap().count, 12);
        let yes = value(&facets, "helipad", "Yes").unwrap().choice.toggled_in(&query);
        assert_eq!(searcher.search(&Ask::all(&yes)).total, 12, "{yes}");
        assert_eq!(r1.choice.toggled_in(&r2.choice.toggled_in(&query)), "h");
    }

    #[test]
    fn numbers_are_counted_in_classes() {
        assert!(histogram(&[]).is_empty());
        assert!(histogram(&[3.0, 3.0]).is_empty());
        assert_eq!(histogram(&[1.0, 2.0, 2.0, 5.0]), [1, 2, 1]);
        let even: Vec<f64> = (0..80).map(f64::from).collect();
        assert_eq!(histogram(&even), [10; 8]);
    }
}
