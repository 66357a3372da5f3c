//! What is said of a hospital beyond names, place and kind.
//!
//! The fields are declared once, in `detail_fields!`. The struct, reading and writing JSON, merging editions and
//! walking over all statements are derived from that list.

use serde::Serialize;

use crate::catalog::figure::{Figure, Scope};
use crate::catalog::statement::{Accreditation, Campus, Extra, Fact, Item, Ranking};
use crate::text::Text;

/// Hands the list of the fields of [`Details`] to the macro `$make`, in the order in which they are shown and written.
///
/// To add a field, add it here. `texts` are plain texts. `facts` are single statements, shown under the field's name.
/// `lists` are records that each name their source; those with a [`ListKind`] hold named things and are shown under its
/// heading.
macro_rules! detail_fields {
    ($make:ident) => {
        $make! {
            texts {
                /// Where its native name and aliases come from, when not from a source.
                names_note
            }
            facts {
                /// Whether it is open, closed, planned.
                status
                /// Its grade in the country's system.
                grade
                /// Who owns it.
                ownership
                /// When it was founded or opened.
                founded
                /// Street, house and postal code.
                address
                /// Its telephone number.
                phone
                /// Its web address.
                website
            }
            lists {
                /// Its sites.
                campuses: Campus
                /// What has been counted, each observation for itself.
                figures: Figure
                /// Places in ranking lists.
                rankings: Ranking
                /// Accreditations and ratings of its processes. They do not say how patients fare.
                accreditations: Accreditation
                /// Specialties and techniques.
                specialties: Item => Specialties
                /// Universities it belongs to or teaches for.
                affiliations: Item => Affiliations
                /// Institutions it works with.
                partners: Item => Partners
                /// Designations, bases, centres and programmes.
                programmes: Item => Programmes
                /// Events and awards.
                milestones: Item => Milestones
                /// People its sources name, with their offices.
                people: Item => People
                /// What a dataset says besides, under the dataset's own headings.
                extra: Extra
            }
        }
    };
}
pub(crate) use detail_fields;

/// Where in [`Details`] a statement stands, and the id of its source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Citation<'a> {
    /// The field.
    pub field: &'static str,
    /// The position in a list; none for a single fact.
    pub index: Option<usize>,
    /// The id of the source.
    pub source: &'a Text,
}

macro_rules! define_details {
    (
        texts { $($(#[$text_doc:meta])* $text:ident)* }
        facts { $($(#[$fact_doc:meta])* $fact:ident)* }
        lists { $($(#[$list_doc:meta])* $list:ident: $record:ident $(=> $kind:ident)?)* }
    ) => {
        /// What is said of a hospital beyond names, place and kind.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Details {
            /// Degrees north, WGS 84, -90 to 90.
            pub latitude: Option<f64>,
            /// Degrees east, WGS 84, -180 to 180.
            pub longitude: Option<f64>,
            $($(#[$text_doc])* pub $text: Option<Text>,)*
            $($(#[$fact_doc])* pub $fact: Option<Fact>,)*
            $($(#[$list_doc])* pub $list: Vec<$record>,)*
            /// Facts of earlier editions that the latest one replaces, the later first; also an earlier place, kind or
            /// coordinates where they differ. Never written to a file.
            pub superseded: Vec<(&'static str, Fact)>,
        }

        impl Details {
            /// The facts with their labels, in the order in which they are shown.
            pub(crate) fn facts(&self) -> impl Iterator<Item = (&'static str, &Fact)> {
                let facts = [$((stringify!($fact), &self.$fact)),*];
                facts.into_iter().filter_map(|(label, fact)| Some((label, fact.as_ref()?)))
            }

            /// The lists of named things, in the order in which they are shown.
            pub(crate) fn lists(&self) -> impl Iterator<Item = (ListKind, &[Item])> {
                [$($((ListKind::$kind, self.$list.as_slice()),)?)*].into_iter()
            }

            /// The source of every statement, in file order; a source is repeated as often as it is cited.
            #[must_use]
            pub(crate) fn citations(&self) -> Vec<Citation<'_>> {
                let mut all = Vec::new();
                $(all.extend(self.$fact.as_ref().map(|fact| {
                    Citation { field: stringify!($fact), index: None, source: &fact.source }
                }));)*
                $(all.extend(self.$list.iter().enumerate().map(|(at, record)| {
                    Citation { field: stringify!($list), index: Some(at), source: &record.source }
                }));)*
                all
            }

            /// Takes from an earlier edition what this one does not say; its lists follow on the own ones.
            fn fill_from(&mut self, earlier: Self) {
                self.latitude = self.latitude.or(earlier.latitude);
                self.longitude = self.longitude.or(earlier.longitude);
                $(self.$text = self.$text.take().or(earlier.$text);)*
                $(self.$fact = self.$fact.take().or(earlier.$fact);)*
                $(self.$list.extend(earlier.$list);)*
                self.superseded.extend(earlier.superseded);
            }
        }
    };
}
detail_fields!(define_details);

/// A fact with its label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelledFact<'a> {
    /// What it tells, such as `ownership`.
    pub label: &'static str,
    /// The fact.
    pub fact: &'a Fact,
    /// Whether an earlier edition states it, and a later one states otherwise.
    pub is_superseded: bool,
}

impl LabelledFact<'_> {
    /// Its text, marked if it is superseded.
    #[must_use]
    pub(crate) fn text(&self) -> String {
        if self.is_superseded { format!("{EARLIER}{}", self.fact.text) } else { self.fact.text.to_string() }
    }
}

/// The label of coordinates that a later edition replaces.
pub(crate) const COORDINATES: &str = "coordinates";

/// Marks the text of a superseded fact.
pub(crate) const EARLIER: &str = "earlier: ";

impl Details {
    /// Where the hospital lies: degrees north and east.
    pub(crate) fn point(&self) -> Option<[f64; 2]> {
        Some([self.latitude?, self.longitude?])
    }

    /// The id of the source of every statement, those of earlier editions included.
    pub fn sources(&self) -> impl Iterator<Item = &Text> {
        let superseded = self.superseded.iter().map(|(_, fact)| &fact.source);
        self.citations().into_iter().map(|citation| citation.source).chain(superseded)
    }

    /// The facts, each followed by what earlier editions state otherwise.
    #[must_use]
    pub fn all_facts(&self) -> Vec<LabelledFact<'_>> {
        let present = |(label, fact)| LabelledFact { label, fact, is_superseded: false };
        let mut all: Vec<LabelledFact> = self.facts().map(present).collect();
        for (label, fact) in &self.superseded {
            if !all.iter().any(|known| known.label == *label && known.fact.text == fact.text) {
                let at = all.iter().rposition(|known| known.label == *label).map_or(all.len(), |at| at + 1);
                all.insert(at, LabelledFact { label, fact, is_superseded: true });
            }
        }
        all
    }

    /// The name of the part that a figure counts; none for the whole hospital.
    #[must_use]
    pub(crate) fn scope_name<'a>(&'a self, scope: Option<&'a Scope>) -> Option<&'a str> {
        match scope? {
            Scope::Department(name) => Some(name),
            Scope::Campus(id) => {
                Some(self.campuses.iter().find(|campus| campus.id == *id).map_or(id, |campus| &campus.name))
            }
        }
    }

    /// Adds what an earlier edition says: what this one does not say, all figures and lists, and as superseded the facts
    /// that this one replaces. `replaced` are texts of the earlier edition that are no facts, such as its place; `source`
    /// is who said them, if not the first source that the earlier edition cites.
    pub(super) fn merge_earlier(
        &mut self,
        mut earlier: Self,
        replaced: &[(&'static str, Text)],
        source: Option<&Text>,
    ) {
        let present: Vec<&str> = self.facts().map(|(label, _)| label).collect();
        let facts: Vec<(&'static str, Fact)> = earlier
            .facts()
            .filter(|(label, _)| present.contains(label))
            .map(|(label, fact)| (label, fact.clone()))
            .collect();
        let moved = self.latitude.zip(self.longitude).zip(earlier.latitude.zip(earlier.longitude));
        let moved = moved.filter(|(here, there)| here != there);
        let moved = moved.map(|(_, (north, east))| (COORDINATES, Text::clean(&format!("{north}, {east}"))));
        if let Some(source) = source.or_else(|| earlier.sources().next()).cloned() {
            let fact = |(label, text)| (label, Fact { text, source: source.clone(), caveat: None, note: None });
            self.superseded.extend(replaced.iter().cloned().chain(moved).map(fact));
        }
        self.superseded.extend(facts);
        earlier.campuses.retain(|campus| !self.campuses.iter().any(|known| known.id == campus.id));
        self.fill_from(earlier);
    }
}

/// A list of a hospital.
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
    pub(crate) fn label(self) -> &'static str {
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
