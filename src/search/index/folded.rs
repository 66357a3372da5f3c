//! The folded names of some hospitals in catalog order, in which their memory is read fastest.

use hashbrown::HashSet;

use crate::catalog::Summary;
use crate::search::field::Field;
use crate::search::index::lexicon::{LexiconBuilder, words};
use crate::search::index::lists::{Lists, to_u32};
use crate::search::index::normalized::NormalizedTexts;
use crate::search::text::fold::{MAX_FIELD, fold_into, is_han};
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::text::signature::Signature;

#[derive(Default)]
pub(crate) struct FoldedBatch {
    /// Numbers words within the batch.
    builder: LexiconBuilder,
    /// The words of all names.
    pub names: Lists<u32>,
    /// What the names of each hospital are, the shown one first.
    pub fields: Lists<Field>,
    /// How many words belong to shown names.
    pub shown_words: usize,
    pub ids: NormalizedTexts,
    /// By what rows are put in order.
    pub lengths: Vec<u32>,
    /// The Chinese characters of the names.
    pub han: HashSet<char>,
}

impl FoldedBatch {
    /// Folds the names of `hospitals`.
    pub(crate) fn new<'a>(hospitals: impl Iterator<Item = Summary<'a>>) -> Self {
        let (mut batch, mut folded, no_pinyin) = (Self::default(), String::new(), PinyinTable::default());
        for hospital in hospitals {
            let native = hospital.native_name.map(|name| (Field::NativeName, name));
            let aliases = hospital.aliases.iter().map(|alias| (Field::Alias, alias.as_str()));
            let names = || std::iter::once((Field::Name, hospital.name)).chain(native).chain(aliases.clone());
            for (field, name) in names() {
                folded.clear();
                fold_into(&mut folded, name, MAX_FIELD, |_| {});
                let before = batch.names.items().len();
                batch.names.push(words(&folded).map(|word| batch.builder.number(word)));
                batch.shown_words += if field == Field::Name { batch.names.items().len() - before } else { 0 };
            }
            batch.fields.push(names().map(|(field, _)| field));
            folded.clear();
            fold_into(&mut folded, hospital.id, MAX_FIELD, |_| {});
            batch.ids.push_id(&folded, Signature::new(&folded, &no_pinyin));
            batch.lengths.push(length_of(hospital.name));
        }
        batch.han = batch.words().flat_map(str::chars).filter(|c| is_han(*c)).collect();
        batch
    }

    /// The distinct words, in the order of their numbers.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.builder.words()
    }
}

/// By what rows are put in order: the length of the shown name, in characters.
pub(crate) fn length_of(name: &str) -> u32 {
    to_u32(name.chars().count())
}
