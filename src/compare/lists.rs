//! Compares the lists of two hospitals: which names are in both texts, and which in only one.
//!
//! Two names are the same if they are spelled alike, or if the catalog declares them the same in its `terms`. Nothing is
//! guessed: "Cincinnati Children's Hospital" equals "Cincinnati Children's Hospital Medical Center" only because a term
//! joins them.

use std::collections::HashMap;

use serde::Serialize;

use crate::catalog::{Catalog, HospitalKey, ListKind, Mention, Period};
use crate::compare::limit::{Limit, Sides};

/// Which texts name an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Presence {
    /// Both hospitals' texts.
    Shared,
    /// Only the left hospital's text.
    OnlyLeft,
    /// Only the right hospital's text.
    OnlyRight,
}

/// A name and its mentions in both texts.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRow<'a> {
    /// The name to show.
    pub name: &'a str,
    /// The mentions in the left hospital's text.
    pub left: Vec<Mention<'a>>,
    /// The mentions in the right hospital's text.
    pub right: Vec<Mention<'a>>,
}

impl ListRow<'_> {
    /// The limits of rankings and accreditations that both texts name. Other names have none: a shared name with
    /// different remarks is not a difference.
    #[must_use]
    pub(crate) fn limits(&self) -> Vec<Limit<'static>> {
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
            let has_same_period = |(one, other): (&Mention, &Mention)| one.period() == other.period();
            if !pairs.clone().any(has_same_period) {
                let years = pairs.filter_map(|(one, other)| apart(one, other)).min().unwrap_or(0);
                limits.push(if years > 0 { Limit::YearsApart(years) } else { Limit::OtherPeriod });
            }
        }
        let has_caveat = |mentions: &[Mention]| mentions.iter().any(|mention| mention.caveat().is_some());
        limits.extend(Sides::of([has_caveat(&self.left), has_caveat(&self.right)]).map(Limit::Caveat));
        limits
    }

    /// Which texts name an entry.
    #[must_use]
    pub(crate) fn presence(&self) -> Presence {
        match (self.left.is_empty(), self.right.is_empty()) {
            (false, false) => Presence::Shared,
            (_, true) => Presence::OnlyLeft,
            _ => Presence::OnlyRight,
        }
    }
}

/// One list of both hospitals, with the shared names first.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedList<'a> {
    /// Which list.
    pub kind: ListKind,
    /// The names.
    pub rows: Vec<ListRow<'a>>,
}

pub(super) fn lists(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Vec<ComparedList<'_>> {
    // Milestones and people belong to one hospital, so they are not compared.
    let compared_lists = |key| {
        let lists = catalog.hospital(key).details.mentions().into_iter();
        lists.filter(|(kind, _)| !matches!(kind, ListKind::Milestones | ListKind::People))
    };
    let pairs = compared_lists(left).zip(compared_lists(right));
    let lists = pairs.map(|((kind, left_mentions), (_, right_mentions))| {
        let mut rows: Vec<ListRow> = Vec::new();
        let mut index_of: HashMap<[String; 3], usize> = HashMap::new();
        for (key, mentions, is_left) in [(left, left_mentions, true), (right, right_mentions, false)] {
            for mention in mentions {
                let name = catalog.dataset(key).canonical(mention.name());
                let at = *index_of.entry(mention.key(name)).or_insert_with(|| {
                    rows.push(ListRow { name, left: Vec::new(), right: Vec::new() });
                    rows.len() - 1
                });
                let row = &mut rows[at];
                if is_left { row.left.push(mention) } else { row.right.push(mention) }
            }
        }
        rows.sort_by_key(|row| row.presence() != Presence::Shared);
        ComparedList { kind, rows }
    });
    lists.filter(|list| !list.rows.is_empty()).collect()
}
