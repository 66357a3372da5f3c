//! The command that cites a figure or a statement about a hospital.

use std::io::Write;
use std::sync::Arc;

use crate::catalog::{Catalog, Date, Figure, Hospital, HospitalKey, Measure};
use crate::cli::args::PlainFormat;
use crate::cli::hospitals::resolve;
use crate::cli::outcome::{Failure, Outcome};
use crate::report::citation::{Citable, Citation, Statement, today};
use crate::report::{self, Column, wording};
use crate::search::Searcher;
use crate::text::{Text, letters};

/// What is to be cited.
pub(super) struct Subject<'a> {
    /// Words for the hospital.
    pub(super) hospital: &'a str,
    /// Words for the measure, or for what else is said.
    pub(super) measure: &'a str,
    /// Whether all figures are wanted, and not only the latest.
    pub(super) has_all: bool,
    pub(super) accessed: Option<Date>,
}

/// Cites what `subject` names.
pub(super) fn cite(
    catalog: &Arc<Catalog>,
    subject: &Subject,
    format: PlainFormat,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    let key = resolve(&mut Searcher::new(Arc::clone(catalog)), subject.hospital)?.key;
    let found: Vec<Citable> = match find(catalog, key, subject.measure) {
        Found::Figures(ids) if ids.len() > 1 && !subject.has_all => {
            let measures = ids.iter().filter_map(|id| catalog.measures().get(id)).map(named);
            let (words, measures) = (Text::clean(subject.measure), measures.collect::<Vec<_>>().join(", "));
            return Ok(Outcome::NoMatch(format!(
                "“{words}” stands for several measures: {measures}; name one, or add --all"
            )));
        }
        Found::Figures(ids) => ids.iter().flat_map(|id| figures(catalog, key, id, subject.has_all)).collect(),
        Found::Statements(statements) => statements.into_iter().map(Citable::statement).collect(),
    };
    if found.is_empty() {
        return Ok(Outcome::NoMatch(what_it_has(catalog, key, subject.measure)));
    }
    let accessed = subject.accessed.unwrap_or_else(today);
    let citations: Vec<Citation> = found.iter().map(|citable| Citation::new(catalog, key, citable, accessed)).collect();
    match format {
        PlainFormat::Text => citations.iter().try_for_each(|citation| writeln!(out, "{}", citation.text()))?,
        PlainFormat::Json => {
            report::json::pretty(out, &citations.iter().map(Citation::to_json).collect::<Vec<_>>())?;
        }
    }
    Ok(Outcome::Done)
}

/// What words stand for.
enum Found {
    /// Measures of which the hospital has figures.
    Figures(Vec<Text>),
    Statements(Vec<Statement>),
}

/// What `words` stand for: first what is called exactly so, then what has these words in its label or heading.
fn find(catalog: &Catalog, key: HospitalKey, words: &str) -> Found {
    let hospital = catalog.hospital(key);
    let named = Column::named(words, catalog).unwrap_or_default();
    let wanted = letters(words);
    let is_exactly = |name: &str| letters(name) == wanted;
    let is_named = |measure: &Measure| {
        let is_column = named.iter().any(|column| matches!(column, Column::Figure(id) if *id == measure.id));
        is_column || is_exactly(&measure.label) || is_exactly(&measure.id)
    };
    let words: Vec<String> = words.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect();
    let has_words = |name: &str| {
        let parts: Vec<String> = name.split_whitespace().map(letters).collect();
        !words.is_empty() && words.iter().all(|word| parts.iter().any(|part| part.starts_with(word)))
    };
    let measures = |is_wanted: &dyn Fn(&Measure) -> bool| {
        let mut ids: Vec<Text> = Vec::new();
        for (_, measure, _) in catalog.figures_by_family(key).filter(|(_, measure, _)| is_wanted(measure)) {
            if !ids.contains(&measure.id) {
                ids.push(measure.id.clone());
            }
        }
        Some(Found::Figures(ids)).filter(|found| matches!(found, Found::Figures(ids) if !ids.is_empty()))
    };
    let statements = |is_wanted: &dyn Fn(&str) -> bool| {
        let mut all = statements(hospital);
        all.retain(|statement| is_wanted(&statement.label));
        Some(Found::Statements(all)).filter(|found| matches!(found, Found::Statements(all) if !all.is_empty()))
    };
    measures(&is_named)
        .or_else(|| statements(&|label| is_exactly(label) || (label == "ownership" && wanted == "owner")))
        .or_else(|| measures(&|measure| has_words(&measure.label)))
        .or_else(|| statements(&has_words))
        .unwrap_or(Found::Figures(Vec::new()))
}

/// The figures of a measure: all, or the latest one, of the whole hospital if there is one.
fn figures(catalog: &Catalog, key: HospitalKey, id: &str, has_all: bool) -> Vec<Citable> {
    let all: Vec<&Figure> = catalog.figures(key).filter(|figure| figure.measure.as_str() == id).collect();
    match catalog.latest(key, id) {
        Some(latest) if !has_all => vec![Citable::figure(&latest)],
        None if !has_all => all.last().map(|figure| Citable::figure(figure)).into_iter().collect(),
        _ => all.into_iter().map(Citable::figure).collect(),
    }
}

/// What is said of a hospital beside figures and lists of names.
fn statements(hospital: &Hospital) -> Vec<Statement> {
    let plain = |label: &str, text: Option<String>| {
        text.map(|text| Statement { label: label.to_owned(), text, ..Statement::default() })
    };
    let place = &hospital.place;
    let optional = |text: &Option<Text>| text.as_ref().map(Text::to_string);
    let identity = [
        plain("name", Some(hospital.name.to_string())),
        plain("native name", optional(&hospital.native_name)),
        plain("place", wording::place(hospital)),
        plain("city", optional(&place.city)),
        plain("region", optional(&place.region)),
        plain("country", optional(&place.country)),
        plain("coordinates", wording::coordinates(hospital)),
        plain("kind", optional(&hospital.kind)),
    ];
    let facts = hospital.details.all_facts().into_iter().map(|one| Statement::fact(&one));
    let extras = hospital
        .details
        .extra
        .iter()
        .flat_map(|extra| extra.facts.iter().map(|(heading, text)| Statement::extra(heading, text, &extra.source)));
    facts.chain(identity.into_iter().flatten()).chain(extras).collect()
}

/// A measure with the id by which it can be named.
fn named(measure: &Measure) -> String {
    format!("{} ({})", measure.label, measure.id)
}

/// That nothing is called so, and what the hospital has.
fn what_it_has(catalog: &Catalog, key: HospitalKey, words: &str) -> String {
    /// Most names in the message.
    const SHOWN: usize = 30;
    let hospital = catalog.hospital(key);
    let mut names: Vec<String> = Vec::new();
    let measures = catalog.figures_by_family(key).map(|(_, measure, _)| named(measure));
    let statements = statements(hospital).into_iter().map(|statement| statement.label);
    for name in measures.chain(statements) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let more = if more > 0 {
        format!(", and {} more (hospitui show {})", wording::number(more), hospital.id)
    } else {
        String::new()
    };
    format!("{} has no “{}”; it has: {}{more}", hospital.name, Text::clean(words), names.join(", "))
}
