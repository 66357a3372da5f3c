//! What is said in words, side by side: kind, place, facts, and what datasets say under headings of their own.
//!
//! What one source says of both hospitals is compared first. Where no source speaks of both, each side
//! shows its latest, and the row says that these are of different sources: two editions of a dataset are two. What a
//! side's other sources say instead stands beside it.

use std::collections::HashMap;

use crate::catalog::{Catalog, Dataset, Fact, HospitalKey, Source};
use crate::compare::limit::Limit;
use crate::text::Text;

/// A statement in words, side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRow<'a> {
    /// What it is about: a word of ours, or the heading of a dataset's column.
    pub label: &'a str,
    /// The left hospital's.
    pub left: Option<FactSide<'a>>,
    /// The right hospital's.
    pub right: Option<FactSide<'a>>,
    /// What limits the comparison: another publisher, or another edition.
    pub limit: Option<Limit<'static>>,
}

/// One side of a [`FactRow`].
#[derive(Clone, Debug, PartialEq)]
pub struct FactSide<'a> {
    /// The words.
    pub text: String,
    /// The id of the source; kind and place are the catalog's own classing and have none.
    pub source: Option<&'a Text>,
    /// What may change it.
    pub caveat: Option<&'a Text>,
    /// A remark that changes nothing.
    pub note: Option<&'a Text>,
    /// What its other sources say instead, each with the id of the source.
    pub others: Vec<(String, &'a Text)>,
}

/// Where a statement comes from: the file and the source in it.
#[derive(Clone, Copy)]
struct Origin<'a> {
    file: &'a Dataset,
    source: &'a Source,
    /// Whether it stands under a heading of the source's own.
    is_extra: bool,
}

impl Origin<'_> {
    fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.source, other.source) && self.is_extra == other.is_extra
    }

    /// What limits two statements by their origins. Sources that one file puts under one word of ours are taken to mean
    /// the same by it.
    fn limit(self, other: Self) -> Option<Limit<'static>> {
        let is_one_file = std::ptr::eq(self.file, other.file);
        let is_one_source = std::ptr::eq(self.source, other.source);
        if is_one_file && (is_one_source || !self.is_extra && !other.is_extra) {
            return None;
        }
        if self.file.ids.is_some() && self.file.ids == other.file.ids {
            let editions = self.source.edition.as_ref().zip(other.source.edition.as_ref());
            return Some(Limit::OtherEdition(editions.and_then(|(a, b)| a.editions_apart(b)).unwrap_or(0)));
        }
        Some(Limit::OtherPublisher)
    }
}

/// A statement under its label.
struct Statement<'a> {
    label: &'a str,
    side: FactSide<'a>,
    from: Option<Origin<'a>>,
}

pub(super) fn facts(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Vec<FactRow<'_>> {
    let sides = [statements(catalog, left), statements(catalog, right)];
    let mut labels: Vec<&str> = ORDER.to_vec();
    let mut by_label: HashMap<&str, [Vec<&Statement>; 2]> =
        ORDER.iter().map(|label| (*label, [Vec::new(), Vec::new()])).collect();
    for (at, side) in sides.iter().enumerate() {
        for statement in side {
            let known = by_label.entry(statement.label).or_insert_with(|| {
                labels.push(statement.label);
                [Vec::new(), Vec::new()]
            });
            known[at].push(statement);
        }
    }
    let rows = labels.into_iter().filter_map(|label| Some(row(label, by_label.remove(label)?)));
    rows.filter(|row| row.left.is_some() || row.right.is_some()).collect()
}

/// In which order statements stand; others follow as their datasets have them.
const ORDER: [&str; 10] =
    ["kind", "place", "status", "grade", "ownership", "founded", "campus names", "address", "phone", "website"];

/// Chooses what each side shows under a label: the latest of a source that speaks of both, else each side's latest.
fn row<'a>(label: &'a str, [mine, theirs]: [Vec<&Statement<'a>>; 2]) -> FactRow<'a> {
    let is_of_one = |one: &Statement, other: &Statement| one.from.zip(other.from).is_some_and(|(a, b)| a.is_same(b));
    let shared = mine.iter().find_map(|one| Some((*one, *theirs.iter().find(|other| is_of_one(one, other))?)));
    let (left, right) = match shared {
        Some((left, right)) => (Some(left), Some(right)),
        None => (mine.first().copied(), theirs.first().copied()),
    };
    let from = |side: Option<&Statement<'a>>| side.and_then(|side| side.from);
    let limit = from(left).zip(from(right)).and_then(|(left, right)| left.limit(right));
    let (left, right) = (left.map(|left| side(left, &mine)), right.map(|right| side(right, &theirs)));
    FactRow { label, left, right, limit }
}

/// What a side shows, and beside it what the others of `all` say.
fn side<'a>(shown: &Statement<'a>, all: &[&Statement<'a>]) -> FactSide<'a> {
    // Other signs between the same letters and digits say nothing else.
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let others = all.iter().filter(|one| bare(&one.side.text) != bare(&shown.side.text));
    let others = others.filter_map(|one| Some((one.side.text.clone(), one.side.source?))).collect();
    FactSide { others, ..shown.side.clone() }
}

/// What is said of a hospital in words, each under its label; of several editions the latest first.
fn statements<'a>(catalog: &'a Catalog, key: HospitalKey) -> Vec<Statement<'a>> {
    let hospital = catalog.hospital(key);
    let details = &hospital.details;
    let mut all: Vec<Statement> = Vec::new();
    let mut classed = |label, text: String| {
        all.push(Statement {
            label,
            side: FactSide { text, source: None, caveat: None, note: None, others: Vec::new() },
            from: None,
        });
    };
    hospital.kind.iter().for_each(|kind| classed("kind", kind.to_string()));
    Some(hospital.place.line()).filter(|place| !place.is_empty()).into_iter().for_each(|place| classed("place", place));
    let mut say = |label, text: String, source, [caveat, note]: [Option<&'a Text>; 2], is_extra| {
        let from = from(catalog, key, source, is_extra);
        let side = FactSide { text, source: Some(source), caveat, note, others: Vec::new() };
        all.push(Statement { label, side, from });
    };
    let superseded = details.superseded.iter().map(|(label, fact)| (*label, fact));
    for (label, Fact { text, source, caveat, note }) in details.facts().chain(superseded) {
        say(label, text.to_string(), source, [caveat.as_ref(), note.as_ref()], false);
    }
    if let Some(first) = details.campuses.first() {
        let names: Vec<&str> = details.campuses.iter().map(|campus| campus.name.as_str()).collect();
        say("campus names", names.join(", "), &first.source, [None; 2], false);
    }
    for extra in &details.extra {
        for (heading, text) in &extra.facts {
            say(heading, text.to_string(), &extra.source, [None; 2], true);
        }
    }
    all
}

/// Where the source stands that a statement on the hospital at `key` names.
fn from<'a>(catalog: &'a Catalog, key: HospitalKey, id: &'a Text, is_extra: bool) -> Option<Origin<'a>> {
    let (file, source) = catalog.origin(key, id)?;
    Some(Origin { file, source, is_extra })
}
