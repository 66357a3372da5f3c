//! Whether and how closely rows match a word and those before it.
//!
//! How the word matches the words of names has been expanded over the rows before. What those do not tell is evaluated
//! here, a chunk of rows at a time, and in it one kind of text after the other: names, other names, places, ids. Of
//! names, a block of 64 is looked at together, and only those are read in which the word may match.

use std::ops::Range;

use crate::search::field::Field;
use crate::search::index::bit_slices::{BLOCK, BitSlices, bits, blocks};
use crate::search::index::catalog_index::Index;
use crate::search::index::lists::to_u32;
use crate::search::index::names::Names;
use crate::search::index::normalized::NormalizedText;
use crate::search::index::other::lookup::Lookup;
use crate::search::matching::rank_key::{Counts, RankKey};
use crate::search::matching::word::{FEWEST_IN_ID, Word, joined};
use crate::search::text::acronym;
use crate::search::text::signature::HAN;
use crate::search::tier::Tier;

/// The key of a row in whose place the word stands.
const IN_PLACE: RankKey = RankKey::new(Tier::WordPrefix, Field::Place);

/// The key of a row in the country that the word is, by the key of the row without that.
fn in_country(known: u8) -> RankKey {
    let known = RankKey(known);
    let is_in_name = known.is_match() && known.tier() <= Tier::WordPrefix && known.field() < Field::Place;
    RankKey::new(Tier::Country, if is_in_name { known.field() } else { Field::Place })
}

/// Some rows that follow one another, while they are evaluated.
pub(crate) struct Chunk<'a> {
    /// The first of them.
    pub first: usize,
    /// The keys of the words before the last; none of a single word.
    pub before: Option<&'a [u8]>,
    /// The keys of the same words when the last was shorter, where they are known.
    pub shorter: Option<&'a [u8]>,
    /// In: the keys of the last word, from its postings. Out: the keys of all words, each matched for itself.
    pub word_keys: &'a mut [u8],
    /// Out: the same, or the key of the phrase where the words stand together; none of a single word.
    pub phrase_keys: Option<&'a mut [u8]>,
}

impl Chunk<'_> {
    /// Whether the words before match the row at a position.
    fn is_open(&self, at: usize) -> bool {
        self.before.is_none_or(|before| RankKey(before[at]).is_match())
    }

    /// Whether the word may match across the words of a name of the row at a position. Typed on, it matches no name that
    /// is not Chinese where it did not match before.
    fn may_match_across_words(&self, at: usize) -> bool {
        self.is_open(at) && self.shorter.is_none_or(|shorter| RankKey(shorter[at]).is_match())
    }

    fn add(&mut self, at: usize, key: RankKey) {
        self.word_keys[at] = self.word_keys[at].min(key.0);
    }
}

/// Evaluates the last of some words.
pub(crate) struct Evaluator<'a> {
    index: &'a Index,
    words: &'a [Word],
    word: &'a Word,
    /// The places that match.
    places: Vec<bool>,
    /// The places of which the country is the word.
    countries: Vec<bool>,
    /// Which hospitals have the word in another text; none if no hospital has.
    other_texts: Option<Lookup<'a>>,
    joined: String,
    /// The characters that a text must have to hold all words.
    characters: u64,
}

/// A name, by its position, and what it is.
type Name<'a> = (&'a Names, usize, Field);

/// Which names of a block may match across their words.
#[derive(Clone, Copy, Debug, Default)]
struct BlockMasks {
    /// Those of which the word may spell initials.
    abbreviated: u64,
    /// Those in which its letters may stand with gaps.
    gapped: u64,
}

impl<'a> Evaluator<'a> {
    /// Prepares to look for the last of `words`, which is `word`.
    pub(crate) fn new(index: &'a Index, words: &'a [Word], word: &'a Word) -> Self {
        let places = index.in_places(|text| word.find(text, Field::Place, index.pinyin()).is_some());
        let countries = index.in_countries(&word.text);
        let characters = words.iter().fold(0, |all, word| all | word.characters);
        let other_texts = index.other_texts().map(|texts| texts.look_up(&word.text));
        let other_texts = other_texts.filter(|found| !found.is_empty());
        Self { index, words, word, places, countries, other_texts, joined: joined(words), characters }
    }

    /// Evaluates a chunk, over which the word has been expanded; how many rows have which key.
    pub(crate) fn evaluate(&self, mut chunk: Chunk) -> Counts {
        let rows = chunk.first..chunk.first + chunk.word_keys.len();
        let others = self.index.others();
        let other_names = others.of_rows(&rows);
        self.evaluate_names(self.index.names(), rows, |row| (row, Field::Name), &mut chunk);
        let place = |name: usize| (others.row(name), others.fields[name]);
        self.evaluate_names(&others.names, other_names, place, &mut chunk);
        if self.places.contains(&true) {
            for at in 0..chunk.word_keys.len() {
                if let Some(place) = self.index.place_of(chunk.first + at).filter(|place| self.places[*place]) {
                    let key = if self.countries[place] { in_country(chunk.word_keys[at]) } else { IN_PLACE };
                    chunk.add(at, key);
                }
            }
        }
        self.evaluate_ids(&mut chunk);
        self.evaluate_other_texts(&mut chunk);
        let Some((before, phrase_keys)) = chunk.before.zip(chunk.phrase_keys) else {
            return Counts::of(chunk.word_keys);
        };
        let rows = before.iter().zip(chunk.word_keys).zip(phrase_keys.iter_mut()).zip(chunk.first..);
        for (((before, word_keys), phrase_keys), row) in
            rows.filter(|(((_, word_keys), _), _)| RankKey(**word_keys).is_match())
        {
            let both = RankKey(*before).combine(RankKey(*word_keys));
            (*word_keys, *phrase_keys) = (both.0, self.as_phrase(row, both).0);
        }
        Counts::of(phrase_keys)
    }

    /// Finds abbreviations and subsequences in a range of names; `place` gives the row of each, and what it is.
    fn evaluate_names(
        &self,
        names: &Names,
        range: Range<usize>,
        place: impl Fn(usize) -> (usize, Field),
        chunk: &mut Chunk,
    ) {
        for (block, among) in blocks(range) {
            let masks = self.masks(names.slices(), block, among);
            for bit in bits(masks.abbreviated | masks.gapped) {
                let name = block * BLOCK + bit as usize;
                let (row, field) = place(name);
                self.evaluate_name((names, name, field), masks.abbreviated >> bit & 1 == 1, row, chunk);
            }
        }
    }

    /// Those `among` the names of a block that have all characters of the word and are not Chinese.
    #[inline]
    fn masks(&self, slices: &BitSlices, block: usize, among: u64) -> BlockMasks {
        let word = self.word;
        let held = slices.with_characters(word.characters, block, among);
        let held = if held == 0 { 0 } else { held & !slices.with_han(block) };
        if held == 0 {
            return BlockMasks::default();
        }
        let starting = |may: bool, initials: u32| if may { slices.with_initials(initials, block, held) } else { 0 };
        BlockMasks {
            abbreviated: starting(word.may_abbreviate(u32::MAX), word.initials),
            gapped: starting(word.subsequence.is_some(), word.first),
        }
    }

    /// Evaluates a name of a row across its words, where that may be better than what is known.
    #[inline]
    fn evaluate_name(&self, (names, name, field): Name, is_abbreviated: bool, row: usize, chunk: &mut Chunk) {
        let at = row - chunk.first;
        let known = RankKey(chunk.word_keys[at]);
        if known <= RankKey::new(Tier::Acronym, Field::Name) || !chunk.may_match_across_words(at) {
            return;
        }
        let words = names.words(name).iter().map(|word| self.index.lexicon().word(*word));
        if is_abbreviated && acronym::is_found(&words, &self.word.text) {
            return chunk.add(at, RankKey::new(Tier::Acronym, field));
        }
        let key = RankKey::new(Tier::Subsequence, field);
        let subsequence = self.word.subsequence.as_ref().filter(|_| known > key);
        if subsequence.is_some_and(|letters| letters.find(words, false)) {
            chunk.add(at, key);
        }
    }

    fn evaluate_ids(&self, chunk: &mut Chunk) {
        let ids = self.index.ids();
        // Few words could stand in any of them.
        if self.word.letters < FEWEST_IN_ID || !self.word.may_be_in(ids.signature()) {
            return;
        }
        for at in 0..chunk.word_keys.len() {
            if chunk.is_open(at) {
                let tier = self.word.find(&ids.get(chunk.first + at), Field::Id, self.index.pinyin());
                chunk.add(at, RankKey::of(tier, Field::Id));
            }
        }
    }

    fn evaluate_other_texts(&self, chunk: &mut Chunk) {
        let Some(found) = &self.other_texts else { return };
        for at in 0..chunk.word_keys.len() {
            // To look at a row of a file takes long: only where nothing better is known.
            if RankKey(chunk.word_keys[at]).0 > RankKey::new(Tier::Elsewhere, Field::Other).0 && chunk.is_open(at) {
                let tier = found.tier(self.index.hospital(to_u32(chunk.first + at)));
                chunk.add(at, RankKey::of(tier, Field::Other));
            }
        }
    }

    /// The key of several words that match: better where they stand together.
    fn as_phrase(&self, row: usize, word_keys: RankKey) -> RankKey {
        if !word_keys.is_match() || word_keys.tier() > Tier::AnyOrder {
            return word_keys;
        }
        let (index, characters) = (self.index, self.characters);
        let names = index.names_of(row).filter(|(_, names, at)| names.slices().has_characters(characters, *at));
        let in_names = names.filter_map(|(field, names, at)| {
            let tier = if names.slices().has_initial(HAN, at) {
                self.phrase_in(&names.text(at, index.lexicon()))
            } else {
                self.phrase_among(names.words(at))
            };
            Some(RankKey::new(tier?, field))
        });
        let in_id = || match self.phrase_in(&index.ids().get(row))? {
            Tier::Prefix => Some(RankKey::new(Tier::WordPrefix, Field::Id)),
            tier => Some(RankKey::new(tier, Field::Id)),
        };
        let may_be_in_id = index.ids().signature().characters & characters == characters;
        in_names.chain(if may_be_in_id { in_id() } else { None }).fold(word_keys, RankKey::min)
    }

    /// How the words stand in `text` together: as its start, or starting words one after the other.
    fn phrase_in(&self, text: &NormalizedText) -> Option<Tier> {
        if text.text.starts_with(&self.joined) {
            return Some(if text.text.len() == self.joined.len() { Tier::Whole } else { Tier::Prefix });
        }
        self.words.iter().try_fold(0, |from, word| word.next_start(text, from)).map(|_| Tier::WordPrefix)
    }

    /// The same in a name of these words of the lexicon, of which none is Chinese.
    fn phrase_among(&self, name: &[u32]) -> Option<Tier> {
        let (last, before) = self.words.split_last()?;
        let text = |of: &u32| self.index.lexicon().word(*of);
        let are_before = before.len() < name.len() && before.iter().zip(name).all(|(word, of)| word.text == text(of));
        if are_before && text(&name[before.len()]).starts_with(&last.text) {
            let is_whole = name.len() == self.words.len() && text(&name[before.len()]) == last.text;
            return Some(if is_whole { Tier::Whole } else { Tier::Prefix });
        }
        let mut rest = name.iter();
        self.words.iter().all(|word| rest.any(|of| text(of).starts_with(&word.text))).then_some(Tier::WordPrefix)
    }
}
