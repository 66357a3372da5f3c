//! A hospital and all that sources say of it: names, facts, figures, lists.

use serde::{Deserialize, Serialize};

use super::interval::Interval;
use super::lazy::LazyDetails;
use super::period::Period;
use super::quantity::{Observed, Quantity};
use super::record::HospitalRecord;
use crate::text::Text;

/// Where figures come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name that records refer to.
    pub id: Text,
    /// Its title, as it heads itself.
    pub title: Text,
    /// Who published it; left out when it does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Text>,
    /// The date it bears, as in ISO 8601; left out when it bears none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Text>,
    /// Its vintage, where it is published again and again under one title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<Period>,
    /// Its web address; left out when unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
    /// Its language, as in BCP 47: `en`, `zh-Hans`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Text>,
    /// What a reader should know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Names that mean the same institution or specialty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The name to show.
    pub name: Text,
    /// Other names for it.
    pub aliases: Vec<Text>,
}

/// One hospital, and all that the sources say of it.
///
/// What a list shows and a search reads stands here; everything else stands in its [`Details`], which are read
/// from a dataset's row when somebody looks.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(into = "HospitalRecord")]
pub struct Hospital {
    /// A name of its own within the dataset: lower case, digits and hyphens read best.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Its name in its own script.
    pub native_name: Option<Text>,
    /// Short names, acronyms, former and other names.
    pub aliases: Box<[Text]>,
    /// Where it lies.
    pub place: Place,
    /// What kind of hospital it is.
    pub kind: Option<Text>,
    /// Everything else.
    pub details: LazyDetails,
}

/// Where a hospital lies, in names. Its coordinates stand in [`Details`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// City or town.
    pub city: Option<Text>,
    /// Province, state or region.
    pub region: Option<Text>,
    /// Country.
    pub country: Option<Text>,
}

/// What is said of a hospital beyond names, place and kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// Degrees north, WGS 84, -90 to 90.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84, -180 to 180.
    pub longitude: Option<f64>,
    /// Where its native name and aliases come from, when not from a source.
    pub names_note: Option<Text>,
    /// Its grade in the country's system.
    pub grade: Option<Fact>,
    /// Who owns it.
    pub ownership: Option<Fact>,
    /// When it was founded or opened.
    pub founded: Option<Fact>,
    /// Whether it is open, closed, planned.
    pub status: Option<Fact>,
    /// Street, house and postal code.
    pub address: Option<Fact>,
    /// Its telephone number.
    pub phone: Option<Fact>,
    /// Its web address.
    pub website: Option<Fact>,
    /// Its sites.
    pub campuses: Vec<Campus>,
    /// What has been counted, each observation for itself.
    pub figures: Vec<Figure>,
    /// Places in ranking lists.
    pub rankings: Vec<Ranking>,
    /// Accreditations and ratings of its processes. They do not say how patients fare.
    pub accreditations: Vec<Accreditation>,
    /// Specialties and techniques.
    pub specialties: Vec<Item>,
    /// Universities it belongs to or teaches for.
    pub affiliations: Vec<Item>,
    /// Institutions it works with.
    pub partners: Vec<Item>,
    /// Designations, bases, centres and programmes.
    pub programmes: Vec<Item>,
    /// Events and awards.
    pub milestones: Vec<Item>,
    /// People its sources name, with their offices.
    pub people: Vec<Item>,
    /// What a dataset says besides, under the dataset's own headings.
    pub extra: Vec<Extra>,
    /// The facts that earlier vintages state where a later one states its own, the later first; also place, kind and
    /// coordinates, where these are others. Never in a file.
    pub earlier: Vec<(&'static str, Fact)>,
}

/// What one source says under headings of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// The id of the source.
    pub source: Text,
    /// Each heading with what stands under it, in the source's order.
    #[serde(with = "super::record::pairs")]
    #[cfg_attr(test, schemars(with = "std::collections::BTreeMap<String, String>"))]
    pub facts: Vec<(Text, Text)>,
}

/// A statement in words, with its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The statement.
    pub text: Text,
    /// The id of its source.
    pub source: Text,
    /// What may change it: unclear wording, a partial period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<Text>,
    /// A remark that changes nothing, such as how it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// One site of a hospital.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Campus {
    /// The name that scopes refer to.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Its name in its own script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_name: Option<Text>,
    /// What a reader should know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The id of its source.
    pub source: Text,
}

/// Which part of the hospital a figure counts; left out for the whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The campus of that id.
    Campus(Text),
    /// A department or ward, by name.
    Department(Text),
}

/// One observation: what was counted, how many, when, of what part, and who says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The id of the measure.
    pub measure: Text,
    /// What the source states.
    pub value: Observed,
    /// When it was measured; left out when the source states no time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Which part it counts; left out for the whole hospital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// The id of its source.
    pub source: Text,
    /// What may change it: unclear wording, a partial period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<Text>,
    /// A remark that changes nothing, such as how it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// What a derived figure is worked out from; none for what a source states.
    #[serde(skip)]
    pub derivation: Option<Box<Derivation>>,
}

/// What a derived figure is worked out from.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// The figures, in the order of the formula.
    pub parts: Vec<Figure>,
    /// What the figure may be, before it was rounded to be shown.
    pub interval: Interval,
}

impl Figure {
    /// The figures that a derived one is worked out from; empty for what a source states.
    #[must_use]
    pub fn parts(&self) -> &[Figure] {
        self.derivation.as_ref().map_or(&[], |derivation| &derivation.parts)
    }

    /// The numbers that it may mean; none when there is no number.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        match &self.derivation {
            Some(derivation) => Some(derivation.interval),
            None => self.quantity().map(|quantity| quantity.interval()),
        }
    }

    /// The ids of its sources: its own, or those of its parts.
    pub fn sources(&self) -> impl Iterator<Item = &Text> {
        let own = self.parts().is_empty().then_some(&self.source);
        own.into_iter().chain(self.parts().iter().map(|part| &part.source))
    }

    /// The quantity, when one is stated.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        self.value.quantity()
    }
}

/// A place in a ranking list. It says nothing without the list, its field, its region and its year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// The name of the list.
    pub list: Text,
    /// Who published the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Text>,
    /// What is ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Text>,
    /// The region that is ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Text>,
    /// The place; `{"at_most": 100}` for the top 100.
    pub rank: Observed,
    /// How many were ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// The years of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The id of its source.
    pub source: Text,
    /// What may change it: unclear wording, a partial period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<Text>,
    /// A remark that changes nothing, such as how it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// An accreditation or rating of processes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Accreditation {
    /// The scheme.
    pub scheme: Text,
    /// The level reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Text>,
    /// Who accredits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Text>,
    /// When it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The id of its source.
    pub source: Text,
    /// What may change it: unclear wording, a partial period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<Text>,
    /// A remark that changes nothing, such as how it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A named thing: a specialty, a partner, a programme, an event, a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name.
    pub name: Text,
    /// Its name in its own script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_name: Option<Text>,
    /// More of it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Text>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The id of its source.
    pub source: Text,
    /// What may change it: unclear wording, a partial period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caveat: Option<Text>,
    /// A remark that changes nothing, such as how it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Place {
    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.city.is_none() && self.region.is_none() && self.country.is_none()
    }

    /// `City, Region, Country`, a region of the city's own name said once; empty when nothing is known.
    #[must_use]
    pub fn line(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for part in [&self.city, &self.region, &self.country].into_iter().flatten() {
            if !parts.contains(&part.as_str()) {
                parts.push(part);
            }
        }
        parts.join(", ")
    }
}

impl Details {
    /// The named lists in the order in which they are shown, with their headings.
    #[must_use]
    pub fn lists(&self) -> [(ListKind, &[Item]); 6] {
        [
            (ListKind::Specialties, &self.specialties),
            (ListKind::Affiliations, &self.affiliations),
            (ListKind::Partners, &self.partners),
            (ListKind::Programmes, &self.programmes),
            (ListKind::Milestones, &self.milestones),
            (ListKind::People, &self.people),
        ]
    }

    /// The id of the source of every statement, in file order; a source stands as often as it is used.
    pub fn sources(&self) -> impl Iterator<Item = &Text> {
        let facts = self.facts().chain(self.earlier_facts()).map(|(_, fact)| &fact.source);
        let campuses = self.campuses.iter().map(|campus| &campus.source);
        let figures = self.figures.iter().map(|figure| &figure.source);
        let rankings = self.rankings.iter().map(|ranking| &ranking.source);
        let accreditations = self.accreditations.iter().map(|accreditation| &accreditation.source);
        let items = self.lists().into_iter().flat_map(|(_, items)| items).map(|item| &item.source);
        let extra = self.extra.iter().map(|extra| &extra.source);
        facts.chain(campuses).chain(figures).chain(rankings).chain(accreditations).chain(items).chain(extra)
    }

    /// The statements in words: status, grade, ownership, founding, address, phone, website.
    pub fn facts(&self) -> impl Iterator<Item = (&'static str, &Fact)> {
        let facts = [
            ("status", &self.status),
            ("grade", &self.grade),
            ("ownership", &self.ownership),
            ("founded", &self.founded),
            ("address", &self.address),
            ("phone", &self.phone),
            ("website", &self.website),
        ];
        facts.into_iter().filter_map(|(label, fact)| fact.as_ref().map(|fact| (label, fact)))
    }

    /// The facts, each followed by what earlier vintages state otherwise.
    #[must_use]
    pub fn all_facts(&self) -> Vec<(&'static str, &Fact)> {
        let mut all: Vec<(&'static str, &Fact)> = self.facts().collect();
        for (label, fact) in self.earlier_facts() {
            if !all.iter().any(|(known, other)| *known == label && other.text == fact.text) {
                let at = all.iter().rposition(|(known, _)| *known == label).map_or(all.len(), |at| at + 1);
                all.insert(at, (label, fact));
            }
        }
        all
    }

    /// The same as earlier vintages state them, where a later one has its own.
    pub fn earlier_facts(&self) -> impl Iterator<Item = (&'static str, &Fact)> {
        self.earlier.iter().map(|(label, fact)| (*label, fact))
    }

    /// The name of the part that a figure counts; none for the whole hospital.
    #[must_use]
    pub fn scope_name<'a>(&'a self, scope: Option<&'a Scope>) -> Option<&'a str> {
        match scope? {
            Scope::Department(name) => Some(name),
            Scope::Campus(id) => {
                Some(self.campuses.iter().find(|campus| campus.id == *id).map_or(id, |campus| &campus.name))
            }
        }
    }
}

/// Which list of a hospital an item stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListKind {
    /// Places in ranking lists.
    Rankings,
    /// Accreditations.
    Accreditations,
    /// Specialties and techniques.
    Specialties,
    /// Universities.
    Affiliations,
    /// Partner institutions.
    Partners,
    /// Designations and programmes.
    Programmes,
    /// Events and awards.
    Milestones,
    /// People.
    People,
}

impl ListKind {
    /// The heading of the list.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Rankings => "Rankings",
            Self::Accreditations => "Accreditations (of process, not outcome)",
            Self::Specialties => "Specialties",
            Self::Affiliations => "Affiliations",
            Self::Partners => "Partners",
            Self::Programmes => "Programmes and designations",
            Self::Milestones => "Milestones and awards",
            Self::People => "People",
        }
    }
}
