//! Words that stand together in another text.

use crate::catalog::{Catalog, HospitalKey};
use crate::search::index::catalog_index::Index;
use crate::search::index::other::lookup::Lookup;
use crate::search::index::other::stand::stands_together;
use crate::search::index::other::texts::{self, LONGEST};
use crate::search::text::fold::fold;
use crate::search::tier::Tier;

/// A phrase that has been looked up in the other texts.
pub(crate) struct OtherPhrase<'a> {
    catalog: &'a Catalog,
    words: Vec<Lookup<'a>>,
    joined: String,
    is_closed: bool,
}

impl<'a> OtherPhrase<'a> {
    /// Looks up folded words; the last may be only the start of one, unless the phrase `is_closed`. None if the other texts
    /// are not searched yet.
    pub(crate) fn new(words: &[String], is_closed: bool, catalog: &'a Catalog, index: &'a Index) -> Option<Self> {
        let texts = index.other_texts()?;
        let joined = words.join(" ");
        Some(Self { catalog, words: words.iter().map(|word| texts.look_up(word)).collect(), joined, is_closed })
    }

    /// Whether the hospital at `key` has the words together in one text.
    pub(crate) fn is_said_by(&self, key: HospitalKey) -> bool {
        if let [word] = &self.words[..] {
            return word.tier(key).is_some_and(|tier| tier == Tier::Elsewhere || !self.is_closed);
        }
        if !self.words.iter().all(|word| word.tier(key).is_some()) {
            return false;
        }
        let mut is_said = false;
        texts::for_each(self.catalog, key, |_, text| {
            is_said = is_said || stands_together(&fold(text, LONGEST), &self.joined, self.is_closed);
        });
        is_said
    }
}
