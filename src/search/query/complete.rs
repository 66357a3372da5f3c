//! What the part of a query at the caret may become: the names of fields and measures, and the values of a field.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::catalog::Catalog;
use crate::search::query::field::QueryField;
use crate::search::query::measures::measure_names;
use crate::search::query::names::{self, Named};
use crate::search::query::parse::{NEAR, SORT, WITHIN};
use crate::search::query::token::{Operator, Token, TokenKind, tokens};
use crate::search::text::fold::{MAX_FIELD, fold};
use crate::text::Text;

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
    /// What the part of `query` that ends at `caret` may become, the likeliest first. At an empty word these are the names of all
    /// fields and measures, if they are wanted.
    pub(crate) fn suggest(&mut self, query: &str, caret: usize, names_too: bool, catalog: &Catalog) -> Vec<Suggestion> {
        let token = tokens(query).into_iter().find(|token| token.at.end == caret);
        let Some(token) = token else {
            let is_at_word = query[..caret].chars().next_back().is_none_or(char::is_whitespace);
            let is_empty = is_at_word && query[caret..].chars().next().is_none_or(char::is_whitespace);
            let all = if is_empty && names_too { all_names(catalog) } else { Vec::new() };
            return all.into_iter().map(|text| Suggestion { at: caret..caret, text }).collect();
        };
        let texts = match &token.kind {
            TokenKind::Condition { name, operator, values } => {
                let name = name.to_lowercase();
                let (typed, before) = values.split_last().map_or(("", &[][..]), |(typed, before)| (&**typed, before));
                let written = |value: String| {
                    let values = before.iter().cloned().chain([value]).collect();
                    Token::one_of(&name, *operator, values).to_string()
                };
                self.values(&name, *operator, typed, catalog).into_iter().map(written).collect()
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
            let (sign, typed) = lower.strip_prefix('-').map_or(("", &*lower), |typed| ("-", typed));
            let orders = ["best", "name", "place"].map(str::to_owned).into_iter().chain(reported(typed, catalog));
            return starting(typed, orders).into_iter().map(|order| format!("{sign}{order}")).collect();
        }
        if name == NEAR {
            return self.of_field(&QueryField::City, typed, catalog);
        }
        match (names::named(name, true, catalog), operator) {
            (Ok(Named::Field(field)), Operator::Colon | Operator::Equal) => self.of_field(&field, typed, catalog),
            (Ok(Named::Measures(_)), Operator::Colon) => {
                starting(&lower, ["none", "any"].map(str::to_owned).into_iter())
            }
            _ => Vec::new(),
        }
    }

    fn of_field(&mut self, field: &QueryField, typed: &str, catalog: &Catalog) -> Vec<String> {
        let typed = fold(typed, MAX_FIELD);
        let values = self.known.entry(field.clone()).or_insert_with(|| counted(field, catalog));
        let inner = format!(" {typed}");
        let fits = |folded: &str| folded != typed && (folded.starts_with(&typed) || folded.contains(&inner));
        values.iter().filter(|(_, folded)| fits(folded)).take(MOST).map(|(value, _)| value.clone()).collect()
    }
}

/// Fields, columns, families and measures whose name starts as typed; measures only where a hospital has them.
fn names(typed: &str, catalog: &Catalog) -> Vec<String> {
    if typed.chars().count() < FEWEST {
        return Vec::new();
    }
    let known = QueryField::KNOWN.into_iter().map(|field| field.name().into_owned());
    let columns = catalog.outline().headings().iter().map(|(_, field)| QueryField::of(field).name().into_owned());
    let fields = known.chain([SORT, NEAR, WITHIN].map(str::to_owned)).chain(columns).map(|field| format!("{field}:"));
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

/// Every field and measure that the files may have, as far as that is known without reading their rows.
fn all_names(catalog: &Catalog) -> Vec<String> {
    let outline = catalog.outline();
    let mut all: Vec<String> = Vec::new();
    let columns = outline.headings().iter().map(|(_, field)| QueryField::of(field));
    let fields = QueryField::KNOWN.into_iter().filter(QueryField::is_in_summary).chain(columns);
    let measures = catalog.measures().by_family().filter(|(_, measure)| outline.may_state(&measure.id));
    let fields = fields.map(|field| format!("{}:", field.name()));
    for text in fields.chain(measures.map(|(_, measure)| format!("{}>", measure.id))) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

/// Every value of a field, the most frequent first, each as it stands and folded.
fn counted(field: &QueryField, catalog: &Catalog) -> Vec<(String, String)> {
    if matches!(field, QueryField::Id | QueryField::Name) {
        // Nobody chooses an id or a name from a list of all.
        return Vec::new();
    }
    let mut counts: BTreeMap<Text, usize> = BTreeMap::new();
    if let Some(column) = field.column(catalog) {
        counts.extend(column.values().iter().cloned().zip(column.counts()));
    } else {
        for value in catalog.keys().flat_map(|key| field.values(catalog, key)) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut counts: Vec<(Text, usize)> = counts.into_iter().collect();
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
            let found = Values::default().suggest(query, query.len(), false, &catalog);
            let found: Vec<&str> = found.iter().map(|one| one.text.as_str()).collect();
            assert_eq!(found, texts, "{query}");
        }
        let found = Values::default().suggest("chong cit x", 9, false, &catalog);
        assert_eq!(found, [Suggestion { at: 6..9, text: "city:".to_owned() }]);
    }
}
