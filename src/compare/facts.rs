//! Compares facts in words: kind, place, grade, and the additional columns of datasets.
//!
//! If one source describes both hospitals, its facts are compared. Otherwise each side shows its latest fact, and a limit
//! tells that the sources differ. Two editions of a dataset count as two sources. Different facts from other sources of a
//! side are kept as alternatives.

use std::collections::HashMap;

use crate::catalog::{COORDINATES, EARLIER};
use crate::catalog::{Catalog, Dataset, Fact, HospitalKey, Source};
use crate::compare::limit::Limit;
use crate::text::Text;

/// A fact about both hospitals, or about one of them.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRow<'a> {
    /// The label: one of ours, or the heading of a dataset's column.
    pub label: &'a str,
    /// The left hospital's fact.
    pub left: Option<FactSide<'a>>,
    /// The right hospital's fact.
    pub right: Option<FactSide<'a>>,
    /// What limits the comparison: different publishers or editions.
    pub limit: Option<Limit<'static>>,
}

/// One side of a [`FactRow`].
#[derive(Clone, Debug, PartialEq)]
pub struct FactSide<'a> {
    /// The text.
    pub text: String,
    /// The id of the source. Kind and place are classified by the catalog and have none.
    pub source: Option<&'a Text>,
    /// A remark that may change the meaning.
    pub caveat: Option<&'a Text>,
    /// A remark that does not change the meaning.
    pub note: Option<&'a Text>,
    /// Different texts of its other sources, each with the id of the source if it names one.
    pub alternatives: Vec<(String, Option<&'a Text>)>,
}

/// Where a fact comes from: the file and the source in it.
#[derive(Clone, Copy)]
struct FactOrigin<'a> {
    file: &'a Dataset,
    source: &'a Source,
    /// Whether it comes from an additional column of the dataset.
    is_extra: bool,
}

impl FactOrigin<'_> {
    fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.source, other.source) && self.is_extra == other.is_extra
    }

    /// The limit of two facts that have different origins. If one file uses one of our labels for several sources, the
    /// label is taken to mean the same in all of them.
    fn limit(self, other: Self) -> Option<Limit<'static>> {
        let is_one_file = std::ptr::eq(self.file, other.file);
        let is_one_source = std::ptr::eq(self.source, other.source);
        if is_one_file && (is_one_source || !self.is_extra && !other.is_extra) {
            return None;
        }
        if self.file.shares_ids(other.file) {
            return Limit::of_editions(self.source.edition.as_ref(), other.source.edition.as_ref());
        }
        Some(Limit::OtherPublisher)
    }
}

/// A fact with its label and origin.
struct SourcedFact<'a> {
    label: &'a str,
    side: FactSide<'a>,
    /// None for kind and place, which the catalog classifies.
    origin: Option<FactOrigin<'a>>,
    is_superseded: bool,
}

impl<'a> SourcedFact<'a> {
    /// A present fact without remarks.
    fn new(label: &'a str, text: String, source: Option<&'a Text>, origin: Option<FactOrigin<'a>>) -> Self {
        let side = FactSide { text, source, caveat: None, note: None, alternatives: Vec::new() };
        Self { label, side, origin, is_superseded: false }
    }
}

pub(super) fn facts(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Vec<FactRow<'_>> {
    let sides = [sourced_facts(catalog, left), sourced_facts(catalog, right)];
    let mut labels: Vec<&str> = ORDER.to_vec();
    let mut by_label: HashMap<&str, [Vec<&SourcedFact>; 2]> =
        ORDER.iter().map(|label| (*label, [Vec::new(), Vec::new()])).collect();
    for (at, side) in sides.iter().enumerate() {
        for fact in side {
            let known = by_label.entry(fact.label).or_insert_with(|| {
                labels.push(fact.label);
                [Vec::new(), Vec::new()]
            });
            known[at].push(fact);
        }
    }
    let rows = labels.into_iter().filter_map(|label| Some(row(label, by_label.remove(label)?)));
    rows.filter(|row| row.left.is_some() || row.right.is_some()).collect()
}

/// The labels that come first, in this order. Other labels follow in the order of the dataset.
const ORDER: [&str; 10] =
    ["kind", "place", "status", "grade", "ownership", "founded", "campus names", "address", "phone", "website"];

/// Chooses the fact that each side shows: that of a source that describes both hospitals, else the latest of each side.
/// What the catalog classifies is always the latest.
fn row<'a>(label: &'a str, [left_facts, right_facts]: [Vec<&SourcedFact<'a>>; 2]) -> FactRow<'a> {
    let has_same_origin =
        |one: &SourcedFact, other: &SourcedFact| one.origin.zip(other.origin).is_some_and(|(a, b)| a.is_same(b));
    let is_classified = |facts: &[&SourcedFact]| facts.first().is_some_and(|one| one.origin.is_none());
    let shared = if is_classified(&left_facts) || is_classified(&right_facts) {
        None
    } else {
        let same_origin = |one: &SourcedFact| right_facts.iter().find(|other| has_same_origin(one, other)).copied();
        left_facts.iter().find_map(|one| Some((*one, same_origin(one)?)))
    };
    let (left, right) = match shared {
        Some((left, right)) => (Some(left), Some(right)),
        None => (left_facts.first().copied(), right_facts.first().copied()),
    };
    let origin = |side: Option<&SourcedFact<'a>>| side.and_then(|side| side.origin);
    let limit = origin(left).zip(origin(right)).and_then(|(left, right)| left.limit(right));
    let left = left.map(|left| side(left, &left_facts));
    let right = right.map(|right| side(right, &right_facts));
    FactRow { label, left, right, limit }
}

/// A side that shows one fact, with the different texts in `all` as alternatives.
fn side<'a>(shown: &SourcedFact<'a>, all: &[&SourcedFact<'a>]) -> FactSide<'a> {
    // Punctuation does not make texts different.
    let normalized = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let different = all.iter().filter(|one| normalized(&one.side.text) != normalized(&shown.side.text));
    let mut alternatives: Vec<(String, Option<&Text>)> = Vec::new();
    for one in different {
        let earlier = if one.is_superseded { EARLIER } else { "" };
        let text = format!("{earlier}{}", one.side.text);
        if !alternatives.iter().any(|(known, _)| *known == text) {
            alternatives.push((text, one.side.source));
        }
    }
    FactSide { alternatives, ..shown.side.clone() }
}

/// All facts about a hospital; of several editions the latest first.
fn sourced_facts(catalog: &Catalog, key: HospitalKey) -> Vec<SourcedFact<'_>> {
    let hospital = catalog.hospital(key);
    let details = &hospital.details;
    let kind = hospital.kind.as_ref().map(Text::to_string);
    let place = Some(hospital.place.line()).filter(|place| !place.is_empty());
    let classified = [("kind", kind), ("place", place)].into_iter();
    let mut all: Vec<SourcedFact> =
        classified.filter_map(|(label, text)| Some(SourcedFact::new(label, text?, None, None))).collect();
    // Coordinates are not compared, so there are no present ones beside the earlier ones.
    let superseded = details.superseded.iter().filter(|(label, _)| *label != COORDINATES);
    let superseded = superseded.map(|(label, fact)| (*label, fact, true));
    for (label, fact, is_superseded) in details.facts().map(|(label, fact)| (label, fact, false)).chain(superseded) {
        let Fact { text, source, caveat, note } = fact;
        let fact = SourcedFact::new(label, text.to_string(), Some(source), origin(catalog, key, source, false));
        let side = FactSide { caveat: caveat.as_ref(), note: note.as_ref(), ..fact.side };
        all.push(SourcedFact { side, is_superseded, ..fact });
    }
    let mut add = |label, text: String, source, is_extra| {
        all.push(SourcedFact::new(label, text, Some(source), origin(catalog, key, source, is_extra)));
    };
    if let Some(first) = details.campuses.first() {
        let names: Vec<&str> = details.campuses.iter().map(|campus| campus.name.as_str()).collect();
        add("campus names", names.join(", "), &first.source, false);
    }
    for extra in &details.extra {
        for (heading, text) in &extra.facts {
            add(heading, text.to_string(), &extra.source, true);
        }
    }
    all
}

/// The origin of a fact about the hospital at `key` that names the source `id`.
fn origin<'a>(catalog: &'a Catalog, key: HospitalKey, id: &'a Text, is_extra: bool) -> Option<FactOrigin<'a>> {
    let (file, source) = catalog.origin(key, id)?;
    Some(FactOrigin { file, source, is_extra })
}
