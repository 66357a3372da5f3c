//! What a name in a query stands for: a field, a column of a file, measures.
//!
//! A whole name comes before a start of one. What is compared is taken for a measure first, and what is asked for by words
//! for a field: so `emergency:yes` is the column "Emergency Services", and `emergency>500` would be emergency visits.

use crate::catalog::Catalog;
use crate::search::query::field::{QueryField, column_name};
use crate::search::query::measures::{measure_names, measures};
use crate::search::text::fold::{MAX_FIELD, fold};
use crate::text::Text;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Named {
    /// A field.
    Field(QueryField),
    /// Measures, by their ids.
    Measures(Vec<Text>),
}

/// Why a name stands for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unnamed {
    /// Nothing is called so.
    Unknown,
    /// It is the start of the names of several, which are these.
    Several(Vec<String>),
}

/// How much of a known name has been typed, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Its first words.
    FirstWords,
    /// Its first words, the last of them not to its end.
    Start,
    /// Some words of it.
    Words,
    /// Some words of it, the last of them not to its end.
    StartOfWords,
    /// The unit of the measure.
    Unit,
}

const PARTS: [Part; 5] = [Part::FirstWords, Part::Start, Part::Words, Part::StartOfWords, Part::Unit];

/// Fewest letters that are taken for a part of a name.
const FEWEST: usize = 2;

/// What `name`, in lower case, stands for; a field rather than a measure if what follows is a text.
pub(crate) fn named(name: &str, is_text: bool, catalog: &Catalog) -> Result<Named, Unnamed> {
    if let Some(field) = QueryField::named(name) {
        return Ok(Named::Field(field));
    }
    let measure = || Some(measures(name, catalog)).filter(|ids| !ids.is_empty()).map(|ids| Ok(Named::Measures(ids)));
    let column = || column(name, catalog).map(|field| Ok(Named::Field(field)));
    let columns = || part_of_column(name, catalog);
    let some_measures = || part_of_measure(name, catalog);
    let found = if is_text {
        column().or_else(columns).or_else(measure).or_else(some_measures)
    } else {
        measure().or_else(column).or_else(some_measures).or_else(columns)
    };
    found.unwrap_or(Err(Unnamed::Unknown))
}

/// The field of a column of exactly that heading.
fn column(name: &str, catalog: &Catalog) -> Option<QueryField> {
    let name = column_name(name);
    let mut headings = catalog.outline().headings().iter();
    headings.find(|(heading, _)| column_name(heading) == name).map(|(_, field)| QueryField::of(field))
}

/// The field of the column that `name` is a part of the heading of.
fn part_of_column(name: &str, catalog: &Catalog) -> Option<Result<Named, Unnamed>> {
    let typed = typed_words(name)?;
    let headings: Vec<(String, QueryField)> = catalog
        .outline()
        .headings()
        .iter()
        .map(|(heading, field)| (column_name(heading), QueryField::of(field)))
        .collect();
    PARTS.into_iter().find_map(|part| {
        let mut found: Vec<(&String, &QueryField)> = Vec::new();
        for (heading, field) in &headings {
            let is_new = !found.iter().any(|(_, known)| *known == field);
            if is_new && is_part(&typed, &heading.replace('-', " "), part) {
                found.push((heading, field));
            }
        }
        match &found[..] {
            [] => None,
            [(_, field)] => Some(Ok(Named::Field((*field).clone()))),
            several => Some(Err(Unnamed::Several(several.iter().map(|(name, _)| (*name).clone()).collect()))),
        }
    })
}

/// The measure that a hospital may have and that `name` is a part of the label of.
fn part_of_measure(name: &str, catalog: &Catalog) -> Option<Result<Named, Unnamed>> {
    let typed = typed_words(name)?;
    let outline = catalog.outline();
    let measures = catalog.measures().by_family().map(|(_, measure)| measure);
    let stated: Vec<_> = measures.filter(|measure| outline.may_state(&measure.id)).collect();
    if let Some(family) = part_of_family(&typed, catalog) {
        let of_family = stated.iter().filter(|measure| measure.family == family);
        let ids: Vec<Text> = of_family.map(|measure| measure.id.clone()).collect();
        return Some(Ok(Named::Measures(ids)));
    }
    PARTS.into_iter().find_map(|part| {
        let has = |text: &str, part| is_part(&typed, &fold(text, MAX_FIELD), part);
        let found = stated.iter().filter(|measure| match part {
            Part::Unit => fold(&measure.unit, MAX_FIELD) == typed,
            part => has(&measure.label, part),
        });
        let ids: Vec<Text> = found.map(|measure| measure.id.clone()).collect();
        match &ids[..] {
            [] => None,
            [_] => Some(Ok(Named::Measures(ids))),
            several => Some(Err(Unnamed::Several(several.iter().map(ToString::to_string).collect()))),
        }
    })
}

/// The one family of measures that a hospital may have whose name starts so.
fn part_of_family(typed: &str, catalog: &Catalog) -> Option<Text> {
    let mut found: Vec<Text> = Vec::new();
    for (family, measure) in catalog.measures().by_family() {
        let starts = fold(&family.id, MAX_FIELD).starts_with(typed);
        if starts && !found.contains(&family.id) && catalog.outline().may_state(&measure.id) {
            found.push(family.id.clone());
        }
    }
    found.pop().filter(|_| found.is_empty())
}

/// What has been typed as words with spaces between them; none where it is too short for a part of a name.
fn typed_words(name: &str) -> Option<String> {
    let typed = fold(name, MAX_FIELD);
    let is_long = typed.chars().count() >= FEWEST || !typed.is_ascii();
    (is_long && !typed.is_empty()).then_some(typed)
}

/// Whether `typed` is such a part of `known`.
fn is_part(typed: &str, known: &str, part: Part) -> bool {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let mut starts = known.match_indices(typed).filter(|(at, _)| *at == 0 || known.as_bytes()[at - 1] == b' ');
    match part {
        Part::FirstWords => known.strip_prefix(typed).is_some_and(ends),
        Part::Start => known.starts_with(typed),
        Part::Words => starts.any(|(at, _)| ends(&known[at + typed.len()..])),
        Part::StartOfWords => starts.next().is_some(),
        Part::Unit => false,
    }
}

/// The name of a field or measure of the loaded data that is probably meant by `name`, or one of `others`.
pub(crate) fn meant(name: &str, others: &[&str], catalog: &Catalog) -> Option<String> {
    let fields = QueryField::KNOWN.into_iter().map(|field| field.name().into_owned());
    let columns = catalog.outline().headings().iter().map(|(heading, _)| column_name(heading));
    let measures = measure_names(catalog).filter(|(_, id)| catalog.outline().may_state(id)).map(|(known, _)| known);
    let known = fields.chain(others.iter().map(|&other| other.to_owned())).chain(columns).chain(measures);
    let near = known
        .map(|known| (strsim::damerau_levenshtein(name, &known), known))
        .filter(|(distance, known)| *distance <= 2 && *distance < known.chars().count());
    near.min().map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Options, load_bytes};

    #[test]
    fn a_name_is_a_field_a_column_or_a_measure() {
        let text = "Facility ID,Facility Name,Hospital Type,Hospital Ownership,ZIP Code,County/Parish,Emergency Services,Telephone Number,\
            Hospital overall rating,Rating note,Rating date\n1,A,Acute,State,02114,SUFFOLK,Yes,617,4,x,y\n";
        let catalog = load_bytes("cms.csv", text.as_bytes(), &Options::default()).unwrap();
        let field = |name: &str, is_text| named(name, is_text, &catalog);
        let column = |heading: &str| Ok(Named::Field(QueryField::Column(heading.into())));
        for (name, found) in [
            ("county", column("County/Parish")),
            ("county-parish", column("County/Parish")),
            ("parish", column("County/Parish")),
            ("emergency", column("Emergency Services")),
            ("emergency-services", column("Emergency Services")),
            ("emerg", column("Emergency Services")),
            ("hospital type", Ok(Named::Field(QueryField::Kind))),
            ("hospital-type", Ok(Named::Field(QueryField::Kind))),
            ("type", Ok(Named::Field(QueryField::Kind))),
            ("facility-name", Ok(Named::Field(QueryField::Name))),
            ("zip-code", Ok(Named::Field(QueryField::Zip))),
            ("telephone-number", Ok(Named::Field(QueryField::Phone))),
            ("rating", Err(Unnamed::Several(vec!["rating-note".into(), "rating-date".into()]))),
            ("x", Err(Unnamed::Unknown)),
        ] {
            assert_eq!(field(name, true), found, "{name}");
        }
        let stars = Ok(Named::Measures(vec!["cms.star-rating".into()]));
        for name in ["stars", "rating", "star", "overall", "overall-star", "cms.star-rating", "overall rati"] {
            let found = field(name, false);
            assert_eq!(found, if name == "overall rati" { Err(Unnamed::Unknown) } else { stars.clone() }, "{name}");
        }
        assert_eq!(meant("conty-parish", &[], &catalog).as_deref(), Some("county-parish"));
        assert_eq!(meant("deliverie", &[], &catalog), None, "no hospital reports deliveries");
    }
}
