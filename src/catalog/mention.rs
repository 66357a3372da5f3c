//! A place where a name stands: in a list, a ranking or an accreditation. Views treat the three alike.

use crate::catalog::details::{Details, ListKind};
use crate::catalog::number::group;
use crate::catalog::period::Period;
use crate::catalog::quantity::{Observed, Quantity};
use crate::catalog::statement::{Accreditation, Item, Ranking};
use crate::text::Text;

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
    pub(crate) fn name(&self) -> &'a Text {
        match self {
            Self::Item(item) => &item.name,
            Self::Ranking(ranking) => &ranking.list,
            Self::Accreditation(accreditation) => &accreditation.scheme,
        }
    }

    /// By what mentions of one thing are matched, under a name that means the same: for rankings field and region, too.
    #[must_use]
    pub(crate) fn key(&self, name: &str) -> [String; 3] {
        let lower = |text: &Option<Text>| text.as_deref().unwrap_or_default().to_lowercase();
        let [field, region] = match self {
            Self::Ranking(ranking) => [lower(&ranking.field), lower(&ranking.region)],
            Self::Item(_) | Self::Accreditation(_) => [String::new(), String::new()],
        };
        [name.to_lowercase(), field, region]
    }

    /// What is said besides the name.
    #[must_use]
    pub(crate) fn detail(&self) -> Option<String> {
        match self {
            Self::Item(item) => {
                let parts: Vec<&str> = item.native_name.iter().chain(&item.detail).map(Text::as_str).collect();
                (!parts.is_empty()).then(|| parts.join(", "))
            }
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
    pub(crate) fn period(&self) -> Option<&'a Period> {
        match self {
            Self::Item(item) => item.period.as_ref(),
            Self::Ranking(ranking) => ranking.period.as_ref(),
            Self::Accreditation(accreditation) => accreditation.period.as_ref(),
        }
    }

    /// The id of its source.
    #[must_use]
    pub(crate) fn source(&self) -> &'a Text {
        match self {
            Self::Item(item) => &item.source,
            Self::Ranking(ranking) => &ranking.source,
            Self::Accreditation(accreditation) => &accreditation.source,
        }
    }

    /// What may change it.
    #[must_use]
    pub(crate) fn caveat(&self) -> Option<&'a Text> {
        match self {
            Self::Item(item) => item.caveat.as_ref(),
            Self::Ranking(ranking) => ranking.caveat.as_ref(),
            Self::Accreditation(accreditation) => accreditation.caveat.as_ref(),
        }
    }

    /// A remark that changes nothing.
    #[must_use]
    pub(crate) fn note(&self) -> Option<&'a Text> {
        match self {
            Self::Item(item) => item.note.as_ref(),
            Self::Ranking(ranking) => ranking.note.as_ref(),
            Self::Accreditation(accreditation) => accreditation.note.as_ref(),
        }
    }
}

/// A rank with all that it depends on: place, of how many, field, region.
fn place(ranking: &Ranking) -> String {
    let rank = match ranking.rank {
        Observed::Stated(Quantity::AtMost(n)) => format!("within the top {}", group(n)),
        Observed::Stated(quantity) => format!("place {quantity}"),
        Observed::Missing(reason) => reason.words().to_owned(),
    };
    let of = ranking.of.map_or_else(|| " (of how many is not stated)".to_owned(), |of| format!(" of {of}"));
    let field = ranking.field.as_ref().map_or(String::new(), |field| format!(", {field}"));
    let region = ranking.region.as_ref().map_or(String::new(), |region| format!(", {region}"));
    let publisher = ranking.publisher.as_ref().map_or(String::new(), |publisher| format!(", list by {publisher}"));
    format!("{rank}{of}{field}{region}{publisher}")
}

impl Details {
    /// Everything said of it in names, list by list, in the order in which lists are shown.
    #[must_use]
    pub(crate) fn mentions(&self) -> Vec<(ListKind, Vec<Mention<'_>>)> {
        let rankings = self.rankings.iter().map(Mention::Ranking).collect();
        let accreditations = self.accreditations.iter().map(Mention::Accreditation).collect();
        let items = self.lists().map(|(kind, items)| (kind, items.iter().map(Mention::Item).collect()));
        [(ListKind::Rankings, rankings), (ListKind::Accreditations, accreditations)].into_iter().chain(items).collect()
    }
}
