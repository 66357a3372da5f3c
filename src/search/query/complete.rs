//! What the part of a query at the caret may become: the names of fields and measures, and the values of a field.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::catalog::Catalog;
use crate::search::query::field::QueryField;
use crate::search::query::measures::measure_names;
use crate::search::query::parse::SORT;
use crate::search::query::token::{Operator, Token, TokenKind, tokens};
use crate::search::text::fold::{MAX_FIELD, fold};

/// Most suggestions made at a time.
const MOST: usize = 8;

/// Fewest letters of a name after which it is suggested; fewer are the start of too many words.
const FEWEST: usize = 3;

/// What a part of the query may become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which part of the query it takes the place of, in bytes.
    pub at: Range<usize>,
    /// What would stand there.
    pub text: String,
}

/// The values of fields, the most frequent first; collected when first asked for.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// Each as it stands and folded.
    known: HashMap<QueryField, Vec<(String, String)>>,
}

impl Values {
    /// What the part of `query` that ends at `caret` may become, the likeliest first.
    pub(crate) fn suggest(&mut self, query: &str, caret: usize, catalog: &Catalog) -> Vec<Suggestion> {
        let Some(token) = tokens(query).into_iter().find(|token| token.at.end == caret) else { return Vec::new() };
        let texts = match &token.kind {
            TokenKind::Condition { name, operator, value } => {
                let name = name.to_lowercase();
                let values = self.values(&name, *operator, value, catalog).into_iter();
                values.map(|value| Token::condition(&name, *operator, &value).to_string()).collect()
            }
            TokenKind::Text(typed) => names(&typed.to_lowercase(), catalog),
            TokenKind::Phrase { .. } => Vec::new(),
        };
        let not = if token.not { "!" } else { "" };
        texts.into_iter().map(|text| Suggestion { at: token.at.clone(), text: format!("{not}{text}") }).collect()
    }

    /// What may follow a name and an operator.
    fn values(&mut self, name: &str, operator: Operator, typed: &str, catalog: &Catalog) -> Vec<String> {
        let lower = typed.to_lowercase();
        if name == SORT {
            return starting(
                &lower,
                ["best", "name", "place"].map(str::to_owned).into_iter().chain(reported(&lower, catalog)),
            );
        }
        if let Some(field) = QueryField::named(name) {
            return match operator {
                Operator::Colon | Operator::Equal => self.of_field(field, typed, catalog),
                _ => Vec::new(),
            };
        }
        if operator == Operator::Colon && measure_names(catalog).any(|(known, _)| known == name) {
            return starting(&lower, ["none", "any"].map(str::to_owned).into_iter());
        }
        Vec::new()
    }

    fn of_field(&mut self, field: QueryField, typed: &str, catalog: &Catalog) -> Vec<String> {
        let typed = fold(typed, MAX_FIELD);
        let values = self.known.entry(field).or_insert_with(|| counted(field, catalog));
        let inner = format!(" {typed}");
        let fits = |folded: &str| folded != typed && (folded.starts_with(&typed) || folded.contains(&inner));
        values.iter().filter(|(_, folded)| fits(folded)).take(MOST).map(|(value, _)| value.clone()).collect()
    }
}

/// Fields, families and measures whose name starts as typed; measures only where a hospital has them.
fn names(typed: &str, catalog: &Catalog) -> Vec<String> {
    if typed.chars().count() < FEWEST {
        return Vec::new();
    }
    let fields = QueryField::ALL.into_iter().map(QueryField::name).chain([SORT]).map(|field| format!("{field}:"));
    starting(typed, fields.chain(reported(typed, catalog).map(|name| format!("{name}>"))))
}

/// The names of measures that start as typed and that some hospital has. To know the latter, all hospitals are read.
fn reported<'a>(typed: &'a str, catalog: &'a Catalog) -> impl Iterator<Item = String> + 'a {
    let starting = measure_names(catalog).filter(move |(name, _)| name.starts_with(typed));
    starting.filter(|(_, id)| catalog.reporting(id) > 0).map(|(name, _)| name)
}

/// The first of `all` that start as typed and go on, each once.
fn starting(typed: &str, all: impl Iterator<Item = String>) -> Vec<String> {
    let mut first: Vec<String> = Vec::new();
    for text in all.filter(|text| text.starts_with(typed) && text != typed) {
        if !first.contains(&text) && first.len() < MOST {
            first.push(text);
        }
    }
    first
}

/// Every value of a field, the most frequent first, each as it stands and folded.
fn counted(field: QueryField, catalog: &Catalog) -> Vec<(String, String)> {
    if field == QueryField::Id {
        // Nobody chooses an id from a list of all.
        return Vec::new();
    }
    let mut counts: BTreeMap<Cow<str>, usize> = BTreeMap::new();
    if let Some(field) = field.text_field() {
        let column = catalog.texts(field);
        let texts = column.values().iter().map(|text| Cow::Borrowed(&**text));
        counts.extend(texts.zip(column.counts()));
    } else {
        for value in catalog.keys().flat_map(|key| field.values(catalog, key)) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut counts: Vec<(Cow<str>, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(value, _)| (value.to_string(), fold(&value, MAX_FIELD))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_suggested_where_the_caret_is() {
        let catalog = crate::formats::bundled();
        for (query, texts) in [
            ("cit", &["city:"][..]),
            ("chong cit", &["city:"]),
            ("ci", &[]),
            ("city:ch", &["city:Chongqing"]),
            ("city:", &["city:Chongqing", "city:Guangzhou", "city:Mudanjiang", "city:Shanghai"]),
            ("city:shanghai", &[]),
            ("!city:sh", &["!city:Shanghai"]),
            ("deliv", &["deliveries>"]),
            ("city=ch", &["city=Chongqing"]),
            ("city：ch", &["city:Chongqing"]),
            ("ＣＩＴＹ＝ｃｈ", &["city=Chongqing"]),
            ("city:\"ch", &["city:Chongqing"]),
            ("city>ch", &[]),
            ("sort=nam", &["sort=name"]),
            ("sort:bes", &["sort:best"]),
            ("sort:derived.open", &["sort:derived.open-share"]),
            ("derived.open", &["derived.open-share>"]),
            ("beds:n", &["beds:none"]),
            ("beds：n", &["beds:none"]),
            ("zz", &[]),
        ] {
            let found = Values::default().suggest(query, query.len(), &catalog);
            let found: Vec<&str> = found.iter().map(|one| one.text.as_str()).collect();
            assert_eq!(found, texts, "{query}");
        }
        let found = Values::default().suggest("chong cit x", 9, &catalog);
        assert_eq!(found, [Suggestion { at: 6..9, text: "city:".to_owned() }]);
    }
}
