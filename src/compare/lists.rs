//! What is said in lists: named in both texts, or in one.
//!
//! Two names are the same when the catalog says so (its `terms`), or when they are spelled alike. Nothing
//! is guessed: "Cincinnati Children's Hospital" meets "Cincinnati Children's Hospital Medical Center" because a
//! term joins them.

use std::collections::HashMap;

use serde::Serialize;

use crate::catalog::{Catalog, HospitalKey, ListKind, Mention, Period};
use crate::compare::limit::{Limit, Sides};
use crate::text::Text;

/// Whose text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Both hospitals'.
    Shared,
    /// The left one's.
    OnlyLeft,
    /// The right one's.
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
    /// What limits rankings and accreditations that both texts name. Of other names there is nothing to limit: a shared
    /// name with different remarks is no difference.
    #[must_use]
    pub fn limits(&self) -> Vec<Limit<'static>> {
        let both = || self.left.iter().chain(&self.right);
        if self.presence() != Presence::Shared || both().any(|mention| matches!(mention, Mention::Item(_))) {
            return Vec::new();
        }
        let is_undated = |mentions: &[Mention]| mentions.iter().all(|one| !one.period().is_some_and(Period::is_known));
        let mut limits = Vec::new();
        if let Some(sides) = Sides::of([is_undated(&self.left), is_undated(&self.right)]) {
            limits.push(Limit::Undated(sides));
        } else {
            let apart = |one: &Mention, other: &Mention| one.period()?.years_apart(other.period()?);
            let pairs = self.left.iter().flat_map(|one| self.right.iter().map(move |other| (one, other)));
            let has_common = |(one, other): (&Mention, &Mention)| one.period() == other.period();
            if !pairs.clone().any(has_common) {
                let years = pairs.filter_map(|(one, other)| apart(one, other)).min().unwrap_or(0);
                limits.push(if years > 0 { Limit::YearsApart(years) } else { Limit::OtherPeriod });
            }
        }
        let has_caveat = |mentions: &[Mention]| mentions.iter().any(|mention| mention.caveat().is_some());
        limits.extend(Sides::of([has_caveat(&self.left), has_caveat(&self.right)]).map(Limit::Caveat));
        limits
    }

    /// Whose text names it.
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
    /// Which list.
    pub kind: ListKind,
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
        let mut rows: Vec<ListRow> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (key, mentions, is_left) in [(left, mine, true), (right, theirs, false)] {
            for mention in mentions {
                let name = catalog.dataset(key).canonical(mention.name());
                let meaning = meaning(name, mention);
                let at = *places.entry(meaning).or_insert_with(|| {
                    rows.push(ListRow { name, left: Vec::new(), right: Vec::new() });
                    rows.len() - 1
                });
                let row = &mut rows[at];
                if is_left { row.left.push(mention) } else { row.right.push(mention) }
            }
        }
        rows.sort_by_key(|row| row.presence() != Presence::Shared);
        Lists { kind, rows }
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
