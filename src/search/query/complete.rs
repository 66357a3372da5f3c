//! What the part of a query at the caret may become: the names of fields and measures, and the values of a field.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::catalog::Catalog;
use crate::search::filter::values_of;
use crate::search::query::parse::{Asked, MAX_QUERY, SORT, measure_names, pieces};
use crate::search::text::fold::fold;
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

/// The values of fields, with how many hospitals have each; counted when first asked for.
#[derive(Debug, Default)]
pub struct Values {
    /// Each as it stands and folded.
    known: HashMap<Asked, Vec<(String, String)>>,
    /// The measures that some hospital has.
    measures: Option<HashSet<Text>>,
}

impl Values {
    /// What the part of `query` that ends at `caret` may become, the likeliest first.
    pub fn suggest(&mut self, query: &str, caret: usize, catalog: &Catalog) -> Vec<Suggestion> {
        let Some(piece) = pieces(query).into_iter().find(|piece| piece.end == caret) else { return Vec::new() };
        let typed = &query[piece.clone()];
        let (not, typed) = typed.strip_prefix('!').map_or(("", typed), |rest| ("!", rest));
        let texts = match typed.split_once(':') {
            Some((name, value)) => self.of_field(name, value, catalog),
            None => self.names(typed, catalog),
        };
        texts.into_iter().map(|text| Suggestion { at: piece.clone(), text: format!("{not}{text}") }).collect()
    }

    fn of_field(&mut self, name: &str, typed: &str, catalog: &Catalog) -> Vec<String> {
        let lower = name.to_lowercase();
        if lower == SORT {
            return Self::orders(typed, catalog);
        }
        if let Some((_, field)) = Asked::ALL.into_iter().find(|(known, _)| *known == lower) {
            return self.of_values(&lower, field, typed, catalog);
        }
        let is_measure = measure_names(catalog).any(|(known, _)| known == lower);
        let tests = ["none", "any"].into_iter().filter(|test| test.starts_with(typed) && *test != typed && is_measure);
        tests.map(|test| format!("{lower}:{test}")).collect()
    }

    /// What a list can be sorted by.
    fn orders(typed: &str, catalog: &Catalog) -> Vec<String> {
        let typed = typed.to_lowercase();
        let measures = measure_names(catalog).filter(|(_, id)| catalog.reporting(id) > 0).map(|(name, _)| name);
        let mut names: Vec<String> = Vec::new();
        for name in ["name", "place"].map(str::to_owned).into_iter().chain(measures) {
            if name.starts_with(&typed) && name != typed && !names.contains(&name) && names.len() < MOST {
                names.push(name);
            }
        }
        names.into_iter().map(|name| format!("{SORT}:{name}")).collect()
    }

    fn of_values(&mut self, name: &str, field: Asked, typed: &str, catalog: &Catalog) -> Vec<String> {
        let typed = fold(typed, MAX_QUERY);
        let values = self.known.entry(field).or_insert_with(|| counted(field, catalog));
        let inner = format!(" {typed}");
        let fits = |folded: &str| folded != typed && (folded.starts_with(&typed) || folded.contains(&inner));
        let term = |value: &String| quoted(&format!("{name}:"), value);
        values.iter().filter(|(_, folded)| fits(folded)).take(MOST).map(|(value, _)| term(value)).collect()
    }

    /// Fields, families and measures whose name starts as typed; measures only where a hospital has them.
    fn names(&mut self, typed: &str, catalog: &Catalog) -> Vec<String> {
        let typed = typed.to_lowercase();
        if typed.chars().count() < FEWEST {
            return Vec::new();
        }
        let known = self.measures.get_or_insert_with(|| {
            let of = |key, known: &mut HashSet<Text>| {
                catalog.peek_figures(key, |figures| {
                    for figure in figures {
                        if !known.contains(&figure.measure) {
                            known.insert(figure.measure.clone());
                        }
                    }
                });
            };
            let mut known = HashSet::new();
            catalog.hospitals().for_each(|(key, _)| of(key, &mut known));
            known
        });
        let fields = Asked::ALL.iter().map(|(field, _)| *field).chain([SORT]).map(|field| format!("{field}:"));
        let measures = measure_names(catalog).filter(|(_, id)| known.contains(*id)).map(|(name, _)| format!("{name}>"));
        let mut texts: Vec<String> = Vec::new();
        for text in fields.chain(measures).filter(|text| text.starts_with(&typed) && *text != typed) {
            if !texts.contains(&text) && texts.len() < MOST {
                texts.push(text);
            }
        }
        texts
    }
}

/// A term that asks for `value`, in quotes where it needs them.
pub fn quoted(start: &str, value: &str) -> String {
    // Quotes within would end the value; search does not need them.
    let value = value.replace(['"', '“', '”', '＂'], " ");
    if value.contains(char::is_whitespace) { format!("{start}\"{value}\"") } else { format!("{start}{value}") }
}

/// Every value of a field, the most frequent first, each as it stands and folded.
fn counted(field: Asked, catalog: &Catalog) -> Vec<(String, String)> {
    if field == Asked::Id {
        // Nobody chooses an id from a list of all.
        return Vec::new();
    }
    let mut counts: BTreeMap<Cow<str>, usize> = BTreeMap::new();
    for value in catalog.hospitals().flat_map(|(key, _)| values_of(field, catalog, key)) {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<(Cow<str>, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
        .into_iter()
        .map(|(value, _)| (fold(&value, MAX_QUERY), value))
        .map(|(folded, value)| (value.into_owned(), folded))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_suggested_where_the_caret_is() {
        let catalog = Catalog::bundled();
        for (query, texts) in [
            ("cit", &["city:"][..]),
            ("chong cit", &["city:"]),
            ("ci", &[]),
            ("city:ch", &["city:Chongqing"]),
            ("city:", &["city:Chongqing", "city:Guangzhou", "city:Mudanjiang", "city:Shanghai"]),
            ("city:shanghai", &[]),
            ("!city:sh", &["!city:Shanghai"]),
            ("deliv", &["deliveries>"]),
            ("beds:n", &["beds:none"]),
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
