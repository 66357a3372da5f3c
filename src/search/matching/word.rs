//! One word of a query against one text: how closely it matches.

use memchr::memmem::Finder;

use crate::search::field::Field;
use crate::search::index::normalized::NormalizedText;
use crate::search::matching::subsequence::Subsequence;
use crate::search::text::acronym;
use crate::search::text::phone;
use crate::search::text::pinyin_pattern::PinyinPattern;
use crate::search::text::pinyin_table::PinyinTable;
use crate::search::text::signature::{Signature, initial_bit};
use crate::search::tier::Tier;

/// Fewest letters that are looked for in ids.
pub(crate) const FEWEST_IN_ID: usize = 3;

/// A word of a query, folded and ready to be looked for.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub text: String,
    pub letters: usize,
    finder: Finder<'static>,
    /// The characters that a text must have.
    pub characters: u64,
    /// With what a word of a text starts that starts with its first letter.
    pub first: u32,
    /// With what words of a text start whose initials it spells.
    pub initials: u32,
    /// The word as letters with gaps; none where they may have none.
    pub subsequence: Option<Subsequence>,
    /// The word as pinyin; none where it cannot be.
    pub pinyin: Option<PinyinPattern>,
}

impl Word {
    /// Prepares a folded word of at least one letter.
    pub(crate) fn new(text: &str, table: &PinyinTable) -> Self {
        Self {
            text: text.to_owned(),
            letters: text.chars().count(),
            finder: Finder::new(text).into_owned(),
            // Its own pinyin counts for nothing.
            characters: Signature::new(text, &PinyinTable::default()).characters,
            first: text.chars().next().map_or(0, initial_bit),
            initials: text.chars().fold(0, |all, c| all | initial_bit(c)),
            subsequence: Subsequence::new(text),
            pinyin: PinyinPattern::new(text, table),
        }
    }

    pub(crate) fn all<T: AsRef<str>>(words: &[T], table: &PinyinTable) -> Vec<Self> {
        words.iter().map(|word| Self::new(word.as_ref(), table)).collect()
    }

    /// The same word, to be looked for without gaps.
    pub(crate) fn without_gaps(&self) -> Self {
        Self { subsequence: None, ..self.clone() }
    }

    /// Whether a text of that signature may hold the word.
    #[inline]
    pub(crate) fn may_be_in(&self, signature: Signature) -> bool {
        signature.characters & self.characters == self.characters
    }

    /// How closely the word matches `text`, which is of that field.
    pub(crate) fn find(&self, text: &NormalizedText, field: Field, table: &PinyinTable) -> Option<Tier> {
        if !self.may_be_in(text.signature) {
            return None;
        }
        match field {
            Field::Name | Field::NativeName | Field::Alias => self.find_in_name(text, table),
            // A place is not the name: it counts no better than the start of a word, and only from there.
            Field::Place => {
                let mut tiers = [self.find_plain(text), self.find_pinyin(text, table)].into_iter().flatten();
                tiers.any(|tier| tier <= Tier::WordPrefix).then_some(Tier::WordPrefix)
            }
            // Other texts are looked up for themselves.
            Field::Other => None,
            // An id counts whole, or from the start of one of its parts on.
            Field::Id if self.letters < FEWEST_IN_ID => None,
            Field::Id if self.may_be_id_without_signs(text) => self.find_without_signs(text),
            Field::Id => match self.find_plain(text)? {
                Tier::Whole => Some(Tier::Whole),
                tier => (tier <= Tier::WordPrefix).then_some(Tier::WordPrefix),
            },
        }
    }

    /// Whether the word may have been typed with signs between its digits, as an id has them.
    fn may_be_id_without_signs(&self, id: &NormalizedText) -> bool {
        let is_long = self.letters >= *phone::DIGITS.start();
        is_long && id.text.contains(' ') && self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// How the word stands in an id, whatever signs are in it.
    fn find_without_signs(&self, id: &NormalizedText) -> Option<Tier> {
        let mut digits = id.text.bytes().filter(|byte| *byte != b' ');
        let starts = self.text.bytes().all(|byte| digits.next() == Some(byte));
        starts.then(|| if digits.next().is_none() { Tier::Whole } else { Tier::WordPrefix })
    }

    fn find_in_name(&self, text: &NormalizedText, table: &PinyinTable) -> Option<Tier> {
        let plain = self.find_plain(text);
        if plain.is_some_and(|tier| tier <= Tier::Prefix) {
            return plain;
        }
        let best = plain.into_iter().chain(self.find_pinyin(text, table)).min();
        if best.is_some_and(|tier| tier < Tier::Acronym) {
            return best;
        }
        let initials = text.signature.initials;
        if self.may_abbreviate(initials) && acronym::is_found(&text.text.split(' '), &self.text) {
            return Some(Tier::Acronym);
        }
        let is_subsequence = |letters: &Subsequence| letters.find(text.text.split(' '), text.signature.has_han());
        let subsequence = self.subsequence.as_ref().filter(|_| best.is_none() && initials & self.first != 0);
        best.or_else(|| subsequence.filter(|letters| is_subsequence(letters)).map(|_| Tier::Subsequence))
    }

    /// Whether the word may spell initials of a text whose words start so.
    #[inline]
    pub(crate) fn may_abbreviate(&self, initials: u32) -> bool {
        self.letters >= acronym::FEWEST && initials & self.initials == self.initials
    }

    /// How the word stands in the text as it is, if it does.
    pub(crate) fn find_plain(&self, text: &NormalizedText) -> Option<Tier> {
        if text.text.starts_with(&self.text) {
            return Some(if text.text.len() == self.text.len() { Tier::Whole } else { Tier::Prefix });
        }
        let at = self.place_in(&text.text, 0)?;
        let starts_word = text.signature.initials & self.first != 0 && self.next_start(text, at).is_some();
        Some(if starts_word { Tier::WordPrefix } else { Tier::Substring })
    }

    /// How the word stands in the text as pinyin, if it does.
    pub(crate) fn find_pinyin(&self, text: &NormalizedText, table: &PinyinTable) -> Option<Tier> {
        // It begins with the initial of a character.
        let may_begin = text.signature.has_han() && text.signature.initials & self.first != 0;
        let pattern = self.pinyin.as_ref().filter(|_| may_begin && self.may_be_in(text.signature))?;
        pattern.find(&text.text, table)
    }

    /// Where the word first stands in `text`, from byte `from` on.
    #[inline]
    pub(crate) fn place_in(&self, text: &str, from: usize) -> Option<usize> {
        self.finder.find(text.as_bytes().get(from..)?).map(|at| from + at)
    }

    /// Where the word next starts a word of the text, from byte `from` on; the byte after it.
    pub(crate) fn next_start(&self, text: &NormalizedText, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at = self.place_in(&text.text, at)?;
            if text.starts_word(at) {
                return Some(at + self.text.len());
            }
            // A match starts at a character's start, and the next one after that.
            at += text.text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// The words as they stand in a text one after the other.
pub(crate) fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}
