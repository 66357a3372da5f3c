//! Documents and datasets that statements come from, and names that mean the same.

use serde::{Deserialize, Serialize};

use crate::catalog::period::Period;
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
    /// Its edition, where it is published again and again under one title.
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
pub struct Synonyms {
    /// The name to show.
    pub name: Text,
    /// Other names for it.
    pub aliases: Vec<Text>,
}
