//! Which hospitals have a word in their other texts: by an index, or by a look at their rows.

use std::sync::Arc;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::index::other::index::{Hits, OtherIndex};
use crate::search::index::other::row::RowTest;
use crate::search::index::other::stand::OtherWord;
use crate::search::index::other::texts::{self, LONGEST};
use crate::search::text::fold::fold;
use crate::search::tier::Tier;

/// How words are looked for in the other texts.
#[derive(Debug)]
pub(crate) enum OtherTexts {
    /// In an index of them.
    Index(OtherIndex),
    /// In the hospitals themselves: for commands, which ask once.
    Rows(Arc<Catalog>),
}

impl OtherTexts {
    /// Looks up a folded word.
    pub(crate) fn look_up(&self, word: &str) -> Lookup<'_> {
        let word = OtherWord::new(word);
        match self {
            Self::Index(index) => Lookup::Hits(index.find(&word)),
            Self::Rows(catalog) => Lookup::Rows { catalog, test: RowTest::new(&word), word },
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Index(index) => index.bytes(),
            Self::Rows(_) => 0,
        }
    }
}

/// A word that has been looked up.
#[derive(Debug)]
pub(crate) enum Lookup<'a> {
    Hits(Hits),
    Rows { catalog: &'a Catalog, word: OtherWord, test: RowTest },
}

impl Lookup<'_> {
    /// How the hospital at `key` has the word.
    #[inline]
    pub(crate) fn tier(&self, key: HospitalKey) -> Option<Tier> {
        match self {
            Self::Hits(hits) => hits.tier(key),
            Self::Rows { catalog, word, test } => {
                let may_have = test.may_be_in(&catalog.summary(key), catalog.row_text(key));
                if may_have { find(catalog, key, word) } else { None }
            }
        }
    }

    /// Whether no hospital has it, as far as is known without a look at each.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Hits(hits) => hits.is_empty(),
            Self::Rows { .. } => false,
        }
    }
}

/// How the hospital at `key` has a word in its other texts.
fn find(catalog: &Catalog, key: HospitalKey, word: &OtherWord) -> Option<Tier> {
    let mut best: Option<Tier> = None;
    texts::for_each(catalog, key, |_, text| {
        let tier = word.find(&fold(text, LONGEST), text);
        best = best.into_iter().chain(tier).min();
    });
    best
}

/// Whether the text of the row of a hospital may have all of some words.
pub(crate) fn row_tests(words: &[&str]) -> Vec<RowTest> {
    words.iter().map(|word| RowTest::new(&OtherWord::new(word))).collect()
}
