//! Statements beside figures: facts in words, campuses, rankings, accreditations, named things.

use serde::{Deserialize, Serialize};

use crate::catalog::period::Period;
use crate::catalog::quantity::Observed;
use crate::text::Text;

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

/// What one source says under headings of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// The id of the source.
    pub source: Text,
    /// Each heading with its text, in the source's order.
    #[serde(with = "pairs")]
    #[cfg_attr(test, schemars(with = "std::collections::BTreeMap<String, String>"))]
    pub facts: Vec<(Text, Text)>,
}

/// Headings and texts as a JSON object that keeps its order.
mod pairs {
    use std::fmt;

    use serde::de::{Deserializer, MapAccess, Visitor};
    use serde::ser::Serializer;

    use crate::text::Text;

    pub(super) fn serialize<S: Serializer>(pairs: &[(Text, Text)], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(pairs.iter().map(|(heading, text)| (heading, text)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Text, Text)>, D::Error> {
        struct AsPairs;

        impl<'de> Visitor<'de> for AsPairs {
            type Value = Vec<(Text, Text)>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of headings and texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(pairs)
            }
        }

        deserializer.deserialize_map(AsPairs)
    }
}
