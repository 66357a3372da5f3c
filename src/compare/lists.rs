//! What is said in words: shared by both hospitals, or by one of them only.
//!
//! Two names are the same when the catalog says so (its `terms`), or when they are spelled alike. Nothing
//! is guessed: "Cincinnati Children's Hospital" meets "Cincinnati Children's Hospital Medical Center" because a
//! term joins them.

use serde::Serialize;

use crate::catalog::{Accreditation, Catalog, Fact, Hospital, HospitalKey, Item, ListKind, Period, Ranking};
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

/// One place where a name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mention<'a> {
    /// In a list of names.
    Item(&'a Item),
    /// As a place in a ranking.
    Ranking(&'a Ranking),
    /// As an accreditation.
    Accreditation(&'a Accreditation),
}

impl<'a> Mention<'a> {
    /// The name that is matched.
    #[must_use]
    pub fn name(&self) -> &'a Text {
        match self {
            Self::Item(item) => &item.name,
            Self::Ranking(ranking) => &ranking.list,
            Self::Accreditation(accreditation) => &accreditation.scheme,
        }
    }

    /// What is said besides the name.
    #[must_use]
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::Item(item) => item.detail.as_ref().map(Text::to_string),
            Self::Ranking(ranking) => Some(place(ranking)),
            Self::Accreditation(accreditation) => {
                let level = accreditation.level.as_ref().map(|level| format!("level {level}"));
                let issuer = accreditation.issuer.as_ref().map(|issuer| format!("by {issuer}"));
                let parts: Vec<String> = level.into_iter().chain(issuer).collect();
                (!parts.is_empty()).then(|| parts.join(", "))
            }
        }
    }

    /// When.
    #[must_use]
    pub fn period(&self) -> Option<&'a Period> {
        match self {
            Self::Item(item) => item.period.as_ref(),
            Self::Ranking(ranking) => ranking.period.as_ref(),
            Self::Accreditation(accreditation) => accreditation.period.as_ref(),
        }
    }

    /// The id of its source.
    #[must_use]
    pub fn source(&self) -> &'a Text {
        match self {
            Self::Item(item) => &item.source,
            Self::Ranking(ranking) => &ranking.source,
            Self::Accreditation(accreditation) => &accreditation.source,
        }
    }

    /// What is doubtful about it.
    #[must_use]
    pub fn caveat(&self) -> Option<&'a Text> {
        match self {
            Self::Item(item) => item.caveat.as_ref(),
            Self::Ranking(ranking) => ranking.caveat.as_ref(),
            Self::Accreditation(accreditation) => accreditation.caveat.as_ref(),
        }
    }
}

/// A rank with all that it depends on: place, of how many, field, region.
fn place(ranking: &Ranking) -> String {
    use crate::catalog::{Observed, Quantity};

    let rank = match ranking.rank {
        Observed::Stated(Quantity::AtMost(n)) => format!("within the top {}", crate::catalog::quantity::group(n)),
        Observed::Stated(quantity) => format!("place {quantity}"),
        Observed::Missing(reason) => reason.words().to_owned(),
    };
    let of = ranking.of.map_or_else(|| " (of how many is not stated)".to_owned(), |of| format!(" of {of}"));
    let field = ranking.field.as_ref().map_or(String::new(), |field| format!(", {field}"));
    let region = ranking.region.as_ref().map_or(String::new(), |region| format!(", {region}"));
    format!("{rank}{of}{field}{region}")
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
    /// What it is about.
    pub label: &'static str,
    /// The left hospital's.
    pub left: Option<FactSide<'a>>,
    /// The right hospital's.
    pub right: Option<FactSide<'a>>,
}

/// One side of a [`FactRow`]: the words, and the record when the statement has a source of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct FactSide<'a> {
    /// The words.
    pub text: String,
    /// The record.
    pub fact: Option<&'a Fact>,
}

pub(super) fn facts<'a>(a: &'a Hospital, b: &'a Hospital) -> Vec<FactRow<'a>> {
    let plain = |text: Option<String>| text.filter(|text| !text.is_empty()).map(|text| FactSide { text, fact: None });
    let kind = |hospital: &Hospital| plain(hospital.kind.as_ref().map(Text::to_string));
    let cited =
        |fact: &'a Option<Fact>| fact.as_ref().map(|fact| FactSide { text: fact.text.to_string(), fact: Some(fact) });
    let campuses = |hospital: &Hospital| {
        let names: Vec<&str> = hospital.campuses.iter().map(|campus| campus.name.as_str()).collect();
        plain(Some(names.join(", ")))
    };
    let rows = [
        FactRow { label: "kind", left: kind(a), right: kind(b) },
        FactRow { label: "place", left: plain(Some(a.place.line())), right: plain(Some(b.place.line())) },
        FactRow { label: "grade", left: cited(&a.grade), right: cited(&b.grade) },
        FactRow { label: "ownership", left: cited(&a.ownership), right: cited(&b.ownership) },
        FactRow { label: "founded", left: cited(&a.founded), right: cited(&b.founded) },
        FactRow { label: "campuses", left: campuses(a), right: campuses(b) },
    ];
    rows.into_iter().filter(|row| row.left.is_some() || row.right.is_some()).collect()
}

pub(super) fn lists(catalog: &Catalog, left: HospitalKey, right: HospitalKey) -> Vec<Lists<'_>> {
    let (mine, theirs) = (mentions(catalog.hospital(left)), mentions(catalog.hospital(right)));
    let lists = mine.into_iter().zip(theirs).map(|((label, mine), (_, theirs))| {
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
        Lists { label, rows }
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

/// Every list of a hospital that can be held against another's; milestones and people are its own.
fn mentions(hospital: &Hospital) -> Vec<(&'static str, Vec<Mention<'_>>)> {
    let mut lists = vec![
        ("Rankings", hospital.rankings.iter().map(Mention::Ranking).collect()),
        (
            "Accreditations (of process, not outcome)",
            hospital.accreditations.iter().map(Mention::Accreditation).collect(),
        ),
    ];
    for (kind, items) in hospital.lists() {
        if !matches!(kind, ListKind::Milestones | ListKind::People) {
            lists.push((kind.label(), items.iter().map(Mention::Item).collect()));
        }
    }
    lists
}
