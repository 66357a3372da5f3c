//! One loaded file: its title, its sources, and what was rejected of it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::catalog::figure::Figure;
use crate::catalog::hospitals::Hospitals;
use crate::catalog::measure::{Family, Measure};
use crate::catalog::source::{Source, Synonyms};
use crate::diagnostic::DiagnosticLog;
use crate::text::Text;

/// A catalog file: hospitals, and the sources of all that is said of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CatalogFile {
    /// Where the schema stands, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Text>,
    /// What the catalog is of.
    pub title: Text,
    /// Whose ids its hospitals have, such as `cms-ccn`. Hospitals of one id in two catalogs that name the same are one
    /// hospital; left out, ids are the catalog's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Text>,
    /// The documents and datasets that the figures come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Families of measures that the built-in table does not have, with the heading that each is shown under.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub families: Vec<Family>,
    /// Measures that the built-in table does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Names that mean the same, so that lists of two hospitals can be matched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Synonyms>,
    /// The hospitals.
    #[cfg_attr(test, schemars(with = "Vec<crate::catalog::hospital::Hospital>"))]
    pub hospitals: Hospitals,
}

/// One loaded file: its title, where it was read from, its sources and names.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// The file's name, or `bundled`.
    pub origin: Text,
    /// The SHA-256 of the file's bytes, in hexadecimal, so that a result can be traced to it.
    pub sha256: String,
    /// How it was read, where that is worth saying, such as its encoding.
    pub notes: Vec<Text>,
    /// The rows that could not be read; they are not among the hospitals.
    pub rejected: DiagnosticLog,
    /// The hospitals of the rejected rows, so that such a hospital is not taken for one that is gone.
    pub rejected_ids: RejectedIds,
    /// What is odd in it and was read all the same.
    pub remarks: DiagnosticLog,
    /// Values of a state or a country, beside which those of its hospitals stand.
    pub references: Vec<Reference>,
    /// The heading of its ids, as it is compared; none where they are not the file's.
    pub(crate) id_heading: Option<String>,
    /// What it was joined with because its ids agree: the same text in all such files.
    pub(super) joined: Option<Text>,
    /// The position of its first hospital in the catalog; the next dataset's follow on its last.
    pub(super) first: usize,
    /// What the file says beside its hospitals, of which this has none.
    about: CatalogFile,
    /// The positions of its sources by their ids.
    sources: HashMap<Text, usize>,
    terms: HashMap<String, Text>,
}

/// The values of something that is no hospital: a state, a country.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// What it is called.
    pub label: Text,
    /// Its figures.
    pub figures: Vec<Figure>,
}

impl Dataset {
    /// A dataset of that name, with notes on how it was read.
    #[must_use]
    pub(crate) fn of(origin: Text, notes: Vec<Text>) -> Self {
        Self { origin, notes, ..Self::default() }
    }

    /// This dataset with what `file` says beside its hospitals; the first of these has the position `first`.
    pub(super) fn with_contents(self, file: CatalogFile, first: usize) -> Self {
        let mut terms = HashMap::new();
        for term in &file.terms {
            for alias in term.aliases.iter().chain([&term.name]) {
                terms.insert(alias.to_lowercase(), term.name.clone());
            }
        }
        let sources = file.sources.iter().enumerate().map(|(at, source)| (source.id.clone(), at)).collect();
        Self { first, about: file, sources, terms, ..self }
    }

    /// Adds families and measures that only the rows told.
    pub(super) fn define(&mut self, families: Vec<Family>, measures: Vec<Measure>) {
        self.about.families.extend(families);
        self.about.measures.extend(measures);
    }

    /// The source of all that the file says, when it names one only.
    #[must_use]
    pub fn sole_source(&self) -> Option<&Source> {
        self.about.sources.first().filter(|_| self.about.sources.len() == 1)
    }

    /// What the file says it holds.
    #[must_use]
    pub fn title(&self) -> &Text {
        &self.about.title
    }

    /// The scheme of its hospitals' ids; none when they are the file's own.
    #[must_use]
    pub(crate) fn ids(&self) -> Option<&Text> {
        self.about.ids.as_ref()
    }

    /// Whether hospitals of one id in both are one hospital.
    #[must_use]
    pub(crate) fn shares_ids(&self, other: &Self) -> bool {
        (self.ids().is_some() && self.ids() == other.ids()) || (self.joined.is_some() && self.joined == other.joined)
    }

    /// What the file says beside its hospitals: title, sources, families, measures, terms.
    #[must_use]
    pub(crate) fn about(&self) -> &CatalogFile {
        &self.about
    }

    /// Its source of that id.
    #[must_use]
    pub(crate) fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(id).map(|at| &self.about.sources[*at])
    }

    /// The name under which a thing is known: the term it belongs to, or the name itself.
    #[must_use]
    pub(crate) fn canonical<'a>(&'a self, name: &'a str) -> &'a str {
        self.terms.get(&name.to_lowercase()).map_or(name, Text::as_str)
    }
}

/// The hospitals of rejected rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RejectedIds {
    /// The ids that the rows still give, in their order.
    pub ids: Vec<Text>,
    /// How many rows give no id.
    pub unknown: usize,
}

impl RejectedIds {
    /// Adds the hospital of a rejected row; none when the row gives no id.
    pub(crate) fn push(&mut self, id: Option<Text>) {
        match id {
            Some(id) => self.ids.push(id),
            None => self.unknown += 1,
        }
    }

    /// Adds those of later rows.
    pub(crate) fn append(&mut self, other: Self) {
        self.ids.extend(other.ids);
        self.unknown += other.unknown;
    }
}
