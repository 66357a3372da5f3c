//! What is said in words, side by side: kind, place, facts, and what datasets say under headings of their own.
//!
//! What one source says of both hospitals is held against each other first. Where no source speaks of both, each side
//! shows its latest, and the row says that these are of different sources: two vintages of a dataset are two. What a
//! side's other sources say instead stands beside it.

use super::Verdict;
use crate::catalog::{Catalog, Fact, HospitalKey};
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
    /// What limits the comparison; empty when nothing does.
    pub reasons: Vec<Verdict>,
}

/// One side of a [`FactRow`].
#[derive(Clone, Debug, PartialEq)]
pub struct FactSide<'a> {
    /// The words.
    pub text: String,
    /// The id of the source; kind and place are the catalog's own classing and have none.
    pub source: Option<&'a Text>,
    /// What is doubtful about it.
    pub caveat: Option<&'a Text>,
    /// What its other sources say instead, each with the id of the source.
    pub others: Vec<(String, &'a Text)>,
}

/// Where a statement comes from: the file and the source in it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Origin<'a> {
    file: usize,
    source: &'a str,
    /// Whether it stands under a heading of the source's own.
    is_extra: bool,
}

impl Origin<'_> {
    /// Whether the two may be of other times or mean something else. Sources that one file puts under one word of ours
    /// are taken to mean the same by it.
    fn is_other(self, other: Self) -> bool {
        self.file != other.file || (self.source != other.source && (self.is_extra || other.is_extra))
    }
}

/// A statement under its label.
struct Statement<'a> {
    label: &'a str,
    side: FactSide<'a>,
    from: Option<Origin<'a>>,
}

pub(super) fn facts(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Vec<FactRow<'_>> {
    let (left, right) = (statements(catalog, left), statements(catalog, right));
    let mut labels: Vec<&str> = ORDER.to_vec();
    for Statement { label, .. } in left.iter().chain(&right) {
        if !labels.contains(label) {
            labels.push(label);
        }
    }
    let rows = labels.into_iter().map(|label| row(label, &left, &right));
    rows.filter(|row| row.left.is_some() || row.right.is_some()).collect()
}

/// In which order statements stand; others follow as their datasets have them.
const ORDER: [&str; 10] =
    ["kind", "place", "status", "grade", "ownership", "founded", "campuses", "address", "phone", "website"];

/// Chooses what each side shows under a label: the latest of a source that speaks of both, else each side's latest.
fn row<'a>(label: &'a str, left: &[Statement<'a>], right: &[Statement<'a>]) -> FactRow<'a> {
    let mine = || left.iter().filter(|one| one.label == label);
    let theirs = || right.iter().filter(|one| one.label == label);
    let is_twin =
        |one: &Statement, other: &Statement| one.from.zip(other.from).is_some_and(|(one, other)| one == other);
    let twin = |one: &Statement| theirs().find(|other| is_twin(one, other));
    let shared = mine().find_map(|one| Some((one, twin(one)?)));
    let (left, right) = match shared {
        Some((left, right)) => (Some(left), Some(right)),
        None => (mine().next(), theirs().next()),
    };
    let from = |side: Option<&Statement<'a>>| side.and_then(|side| side.from);
    let is_other = from(left).zip(from(right)).is_some_and(|(left, right)| left.is_other(right));
    let reasons = if is_other { vec![Verdict::DifferentSource] } else { Vec::new() };
    let (left, right) = (left.map(|left| side(left, mine())), right.map(|right| side(right, theirs())));
    FactRow { label, left, right, reasons }
}

/// What a side shows, and beside it what the others of `all` say.
fn side<'a, 's>(shown: &Statement<'a>, all: impl Iterator<Item = &'s Statement<'a>>) -> FactSide<'a>
where
    'a: 's,
{
    // Other signs between the same letters and digits say nothing else.
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let others = all.filter(|one| bare(&one.side.text) != bare(&shown.side.text));
    let others = others.filter_map(|one| Some((one.side.text.clone(), one.side.source?))).collect();
    FactSide { others, ..shown.side.clone() }
}

/// What is said of a hospital in words, each under its label; of several vintages the latest first.
fn statements(catalog: &Catalog, key: HospitalKey) -> Vec<Statement<'_>> {
    let hospital = catalog.hospital(key);
    let details = &hospital.details;
    let mut all: Vec<Statement> = Vec::new();
    let mut classed = |label, text: String| {
        all.push(Statement {
            label,
            side: FactSide { text, source: None, caveat: None, others: Vec::new() },
            from: None,
        });
    };
    hospital.kind.iter().for_each(|kind| classed("kind", kind.to_string()));
    Some(hospital.place.line()).filter(|place| !place.is_empty()).into_iter().for_each(|place| classed("place", place));
    let mut say = |label, text: String, source, caveat, is_extra| {
        let from = from(catalog, key, source, is_extra);
        all.push(Statement { label, side: FactSide { text, source: Some(source), caveat, others: Vec::new() }, from });
    };
    for (label, Fact { text, source, caveat }) in details.facts().chain(details.earlier_facts()) {
        say(label, text.to_string(), source, caveat.as_ref(), false);
    }
    if let Some(first) = details.campuses.first() {
        let names: Vec<&str> = details.campuses.iter().map(|campus| campus.name.as_str()).collect();
        say("campuses", names.join(", "), &first.source, None, false);
    }
    for extra in &details.extra {
        for (heading, text) in &extra.facts {
            say(heading, text.to_string(), &extra.source, None, true);
        }
    }
    all
}

/// Where the source stands that a statement on the hospital at `key` names.
fn from<'a>(catalog: &'a Catalog, key: HospitalKey, id: &'a Text, is_extra: bool) -> Option<Origin<'a>> {
    let source = catalog.source(key, id)?;
    let has = |at: &usize| catalog.datasets()[*at].source(id).is_some_and(|own| std::ptr::eq(own, source));
    let file = (0..catalog.datasets().len()).find(has)?;
    Some(Origin { file, source: id, is_extra })
}
