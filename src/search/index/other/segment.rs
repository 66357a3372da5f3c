//! The words of the other texts of some thousand hospitals, each with the hospitals that have it.

use hashbrown::HashMap;

use crate::catalog::{Catalog, HospitalKey};
use crate::search::index::lexicon::LexiconBuilder;
use crate::search::index::lists::Lists;
use crate::search::index::other::stand::{OtherWord, words};
use crate::search::index::other::texts::{self, LONGEST};
use crate::search::text::fold::{fold, is_han};
use crate::search::text::phone::phones;
use crate::text::{Text, TextList};

/// Hospitals of a segment, so that the position of one in it is a small number.
pub(crate) const HOSPITALS: usize = 16_384;

/// Words of 64 hospitals in a set of those of a segment.
pub(crate) const SET: usize = HOSPITALS / u64::BITS as usize;

/// Most texts of which the words are known, so that what many hospitals say is folded once.
const MOST_KNOWN: usize = 4_096;

/// The words of the other texts of up to [`HOSPITALS`] hospitals.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Words, in order.
    words: Entries,
    /// Texts with Chinese characters.
    chinese: Entries,
    /// The digits of telephone numbers.
    phones: Entries,
}

/// Distinct texts in order, each with the hospitals that have it, by their positions in the segment.
#[derive(Debug)]
struct Entries {
    texts: TextList,
    hospitals: Lists<u16>,
}

impl Segment {
    /// Reads the hospitals at `keys`; none when that is no longer `wanted`.
    pub(crate) fn new(
        catalog: &Catalog,
        keys: impl Iterator<Item = HospitalKey>,
        wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Self> {
        let (mut of_words, mut chinese, mut of_phones) =
            (EntriesBuilder::default(), EntriesBuilder::default(), EntriesBuilder::default());
        let mut known: HashMap<Text, Vec<u32>> = HashMap::new();
        for (at, key) in (0..).zip(keys) {
            wanted().then_some(())?;
            texts::for_each(catalog, key, |_, text| {
                if let Some(numbers) = known.get(text) {
                    return numbers.iter().for_each(|number| of_words.add_number(*number, at));
                }
                let folded = fold(text, LONGEST);
                let numbers: Vec<u32> = words(&folded).map(|word| of_words.add(word, at)).collect();
                let is_plain = folded.is_ascii() && !text.contains(|c: char| c.is_ascii_digit());
                if is_plain && known.len() < MOST_KNOWN {
                    known.insert(text.clone(), numbers);
                }
                if !folded.is_ascii() && folded.contains(is_han) {
                    chinese.add(&folded, at);
                }
                for digits in phones(text) {
                    of_phones.add(&digits, at);
                }
            });
        }
        Some(Self { words: of_words.finish(), chinese: chinese.finish(), phones: of_phones.finish() })
    }

    /// Adds the hospitals that have `word` to two sets: those that have it whole, and those that have its start.
    pub(crate) fn find(&self, word: &OtherWord, whole: &mut [u64], start: &mut [u64]) {
        if word.is_chinese {
            self.chinese.add_where(|text| word.is_among_characters(text), whole);
            return;
        }
        let first = self.words.first_from(&word.text);
        let is_whole = first < self.words.texts.len() && self.words.texts.get(first) == word.text;
        if is_whole {
            add(self.words.hospitals.get(first), whole);
        }
        if word.may_be_start {
            let first = first + usize::from(is_whole);
            let mut end = first;
            while end < self.words.texts.len() && self.words.texts.get(end).starts_with(&word.text) {
                end += 1;
            }
            if end > first {
                // Those of texts that follow each other follow each other.
                let range = self.words.hospitals.range(first).start..self.words.hospitals.range(end - 1).end;
                add(&self.words.hospitals.items()[range], start);
            }
        }
        if word.is_phone {
            self.phones.add_where(|digits| word.is_number(digits), whole);
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        [&self.words, &self.chinese, &self.phones].map(|one| one.texts.bytes() + one.hospitals.bytes()).iter().sum()
    }
}

/// Adds hospitals to a set.
fn add(hospitals: &[u16], set: &mut [u64]) {
    for at in hospitals {
        set[usize::from(*at) / 64] |= 1 << (at % 64);
    }
}

impl Entries {
    /// The first text that is not before `text`.
    fn first_from(&self, text: &str) -> usize {
        let (mut low, mut high) = (0, self.texts.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.texts.get(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Adds to a set the hospitals of the texts that fit.
    fn add_where(&self, fits: impl Fn(&str) -> bool, set: &mut [u64]) {
        for at in (0..self.texts.len()).filter(|at| fits(self.texts.get(*at))) {
            add(self.hospitals.get(at), set);
        }
    }
}

/// Collects texts and their hospitals.
#[derive(Default)]
struct EntriesBuilder {
    numbers: LexiconBuilder,
    /// The number of a text, and a hospital that has it.
    pairs: Vec<(u32, u16)>,
    /// The last hospital of each text.
    last: Vec<u16>,
}

impl EntriesBuilder {
    /// Adds a text; its number.
    fn add(&mut self, text: &str, hospital: u16) -> u32 {
        let number = self.numbers.number(text);
        self.add_number(number, hospital);
        number
    }

    /// Adds the text of that number.
    fn add_number(&mut self, number: u32, hospital: u16) {
        match self.last.get_mut(number as usize) {
            Some(last) if *last == hospital => return,
            Some(last) => *last = hospital,
            None => self.last.push(hospital),
        }
        self.pairs.push((number, hospital));
    }

    fn finish(self) -> Entries {
        let all: Vec<&str> = self.numbers.words().collect();
        let mut order: Vec<u32> = (0..).take(all.len()).collect();
        order.sort_unstable_by_key(|number| all[*number as usize]);
        let (mut texts, mut places) = (TextList::default(), vec![0; order.len()]);
        for (place, number) in order.iter().enumerate() {
            texts.push(all[*number as usize]);
            places[*number as usize] = place;
        }
        texts.shrink();
        let pairs = || self.pairs.iter().map(|(number, hospital)| (places[*number as usize], *hospital));
        let hospitals = Lists::sorted(order.len(), pairs);
        Entries { texts, hospitals }
    }
}
