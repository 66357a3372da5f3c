//! What is said in lists: shared by both hospitals, or by one of them only.
//!
//! Two names are the same when the catalog says so (its `terms`), or when they are spelled alike. Nothing
//! is guessed: "Cincinnati Children's Hospital" meets "Cincinnati Children's Hospital Medical Center" because a
//! term joins them.

use serde::Serialize;

use super::Verdict;
use crate::catalog::{Catalog, HospitalKey, ListKind, Mention, Period};
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
