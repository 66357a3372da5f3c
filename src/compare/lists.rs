//! What is said in words: shared by both hospitals, or by one of them only.
//!
//! Two names are the same when the catalog says so (its `terms`), or when they are spelled alike. Nothing
//! is guessed: "Cincinnati Children's Hospital" meets "Cincinnati Children's Hospital Medical Center" because a
//! term joins them.

use serde::Serialize;

use super::Verdict;
use crate::catalog::{Catalog, Fact, Hospital, HospitalKey, ListKind, Mention, Period};
use crate::text::Text;

/// Who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Both.
    Shared,
    /// The left hospital.
    OnlyLeft,
    /// The right hospital.
    OnlyRight,
}

/// A name, and where it stands on each side.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRow<'a> {
    /// The name to show.
    pub name: &'a str,
    /// Where the left hospital has it.
    pub left: Vec<Mention<'a>>,
    /// Where the right hospital has it.
    pub right: Vec<Mention<'a>>,
}

impl ListRow<'_> {
    /// What is to be said of rankings and accreditations that both have, the gravest first; nothing of names,
    /// which are shared or not.
    #[must_use]
    pub fn reasons(&self) -> Vec<Verdict> {
        let both = || self.left.iter().chain(&self.right);
        if self.presence() != Presence::Shared || both().any(|mention| matches!(mention, Mention::Item(_))) {
            return Vec::new();
        }
        let known = |mention: &&Mention| mention.period().is_some_and(Period::is_known);
        let has_twin = |mention: &Mention| self.right.iter().any(|other| other.period() == mention.period());
        let mut reasons = Vec::new();
        if !both().all(|mention| known(&mention)) {
            reasons.push(Verdict::PeriodUnknown);
        } else if !self.left.iter().any(has_twin) {
            reasons.push(Verdict::DifferentPeriod);
        }
        if both().any(|mention| mention.caveat().is_some()) {
            reasons.push(Verdict::Caveat);
        }
        if reasons.is_empty() {
            reasons.push(Verdict::Comparable);
        }
        reasons
    }

    /// Who has it.
    #[must_use]
    pub fn presence(&self) -> Presence {
        match (self.left.is_empty(), self.right.is_empty()) {
            (false, false) => Presence::Shared,
            (_, true) => Presence::OnlyLeft,
            _ => Presence::OnlyRight,
        }
    }
}

/// One list of both hospitals, shared names first.
#[derive(Clone, Debug, PartialEq)]
pub struct Lists<'a> {
    /// The heading.
    pub label: &'static str,
    /// The names.
    pub rows: Vec<ListRow<'a>>,
}

/// A statement in words, side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRow<'a> {
    /// What it is about: a word of ours, or the heading of a dataset's column.
    pub label: &'a str,
    /// The left hospital's.
    pub left: Option<FactSide<'a>>,
    /// The right hospital's.
    pub right: Option<FactSide<'a>>,
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
}

pub(super) fn facts<'a>(a: &'a Hospital, b: &'a Hospital) -> Vec<FactRow<'a>> {
    let (left, right) = (statements(a), statements(b));
    let mut labels: Vec<&str> = ORDER.to_vec();
    for (label, _) in left.iter().chain(&right) {
        if !labels.contains(label) {
            labels.push(label);
        }
    }
    let of = |side: &[(&'a str, FactSide<'a>)], wanted: &str| {
        side.iter().find(|(label, _)| *label == wanted).map(|(_, side)| side.clone())
    };
    let rows = labels.into_iter().map(|label| FactRow { label, left: of(&left, label), right: of(&right, label) });
    rows.filter(|row| row.left.is_some() || row.right.is_some()).collect()
}

/// In which order statements stand; others follow as their datasets have them.
const ORDER: [&str; 10] =
    ["kind", "place", "status", "grade", "ownership", "founded", "campuses", "address", "phone", "website"];

/// What is said of a hospital in words, each under its label; of two vintages the later.
fn statements(hospital: &Hospital) -> Vec<(&str, FactSide<'_>)> {
    let plain = |text: String| FactSide { text, source: None, caveat: None };
    let details = &hospital.details;
    let mut all: Vec<(&str, FactSide)> = Vec::new();
    all.extend(hospital.kind.as_ref().map(|kind| ("kind", plain(kind.to_string()))));
    all.extend(Some(hospital.place.line()).filter(|place| !place.is_empty()).map(|place| ("place", plain(place))));
    for (label, Fact { text, source, caveat }) in details.facts() {
        all.push((label, FactSide { text: text.to_string(), source: Some(source), caveat: caveat.as_ref() }));
    }
    if let Some(first) = details.campuses.first() {
        let names: Vec<&str> = details.campuses.iter().map(|campus| campus.name.as_str()).collect();
        all.push(("campuses", FactSide { text: names.join(", "), source: Some(&first.source), caveat: None }));
    }
    for extra in &details.extra {
        for (heading, text) in &extra.facts {
            all.push((heading, FactSide { text: text.to_string(), source: Some(&extra.source), caveat: None }));
        }
    }
    all
}

pub(super) fn lists(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Vec<Lists<'_>> {
    // Milestones and people are each hospital's own.
    let listed = |key| {
        let lists = catalog.hospital(key).details.mentions().into_iter();
        lists.filter(|(kind, _)| !matches!(kind, ListKind::Milestones | ListKind::People))
    };
    let lists = listed(left).zip(listed(right)).map(|((kind, mine), (_, theirs))| {
        let mut rows: Vec<(String, ListRow)> = Vec::new();
        for (key, mentions, is_left) in [(left, mine, true), (right, theirs, false)] {
            for mention in mentions {
                let name = catalog.dataset(key).canonical(mention.name());
                let meaning = meaning(name, mention);
                let at = rows.iter().position(|(known, _)| *known == meaning).unwrap_or_else(|| {
                    rows.push((meaning, ListRow { name, left: Vec::new(), right: Vec::new() }));
                    rows.len() - 1
                });
                let row = &mut rows[at].1;
                if is_left { row.left.push(mention) } else { row.right.push(mention) }
            }
        }
        let mut rows: Vec<ListRow> = rows.into_iter().map(|(_, row)| row).collect();
        rows.sort_by_key(|row| row.presence() != Presence::Shared);
        Lists { label: kind.label(), rows }
    });
    lists.filter(|list| !list.rows.is_empty()).collect()
}

/// What two mentions must agree on to be the same: the name; for rankings field and region too.
fn meaning(name: &str, mention: Mention) -> String {
    let text = |text: &Option<Text>| text.as_ref().map_or("", Text::as_str).to_lowercase();
    match mention {
        Mention::Ranking(ranking) => {
            format!("{}|{}|{}", name.to_lowercase(), text(&ranking.field), text(&ranking.region))
        }
        _ => name.to_lowercase(),
    }
}
