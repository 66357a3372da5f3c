//! Folded texts side by side, with what is quickly known of each.

use std::borrow::Cow;
use std::ops::Range;

use crate::search::text::fold::{fold_into, is_han};
use crate::search::text::pinyin::Readings;

/// Longest text searched, in characters.
pub const MAX_FIELD: usize = 256;

/// The bit of `starts` that tells of a Chinese character.
pub const HAN: u32 = 1 << 31;

/// The bit of a character in the set of those that a text has. Letters and digits have one each.
#[inline]
pub const fn presence(c: char) -> u64 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '0'..='9' => 1 << (26 + c as u32 - '0' as u32),
        ' ' => 0,
        _ => 1 << (36 + c as u32 % 27),
    }
}

/// The bits of the characters of a folded text.
pub fn present(text: &str) -> u64 {
    text.chars().fold(0, |all, c| all | presence(c))
}

/// The bit of a character in the set of those with which the words of a text start. Letters have one each.
#[inline]
pub fn start_bit(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
        _ => 1 << (26 + u32::from(c) % 5),
    }
}

/// The bit of two characters, one after the other, in the set of those that a text has.
#[inline]
pub fn pair_bit(first: char, second: char) -> u64 {
    1 << ((u32::from(first).wrapping_mul(31) ^ u32::from(second).wrapping_mul(11)) % 64)
}

/// What is quickly known of a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    /// Which characters it has: [`presence`].
    pub present: u64,
    /// With which characters its words start: [`start_bit`], and [`HAN`].
    pub starts: u32,
    /// Which characters stand side by side: [`pair_bit`].
    pub pairs: u64,
}

impl Marks {
    /// The marks of a folded text.
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::of_plain(text.as_bytes());
        }
        let (mut marks, mut before) = (Self::default(), None);
        for c in text.chars() {
            marks.present |= presence(c);
            if before.is_none_or(|before| before == ' ' || is_han(c) || is_han(before)) {
                marks.starts |= start_bit(c);
            }
            marks.starts |= if is_han(c) { HAN } else { 0 };
            marks.pairs |= before.map_or(0, |before| pair_bit(before, c));
            before = Some(c);
        }
        marks
    }

    /// Those of two texts together.
    pub fn and(self, other: Self) -> Self {
        Self {
            present: self.present | other.present,
            starts: self.starts | other.starts,
            pairs: self.pairs | other.pairs,
        }
    }

    /// The same as [`Marks::of`], and among the characters the letters of their pinyin.
    pub fn with_pinyin(text: &str, readings: &Readings) -> Self {
        let mut marks = Self::of(text);
        if marks.starts & HAN != 0 {
            let letters = text.chars().filter(|c| is_han(*c)).map(|c| u64::from(readings.all_letters(c)));
            marks.present |= letters.fold(0, |all, one| all | one);
        }
        marks
    }

    /// The same as [`Marks::of`] of ASCII, byte by byte.
    fn of_plain(text: &[u8]) -> Self {
        let mut marks = Self::default();
        let mut before = b' ';
        for (at, &byte) in text.iter().enumerate() {
            let c = char::from(byte);
            marks.present |= presence(c);
            if before == b' ' {
                marks.starts |= start_bit(c);
            }
            if at > 0 {
                marks.pairs |= pair_bit(char::from(before), c);
            }
            before = byte;
        }
        marks
    }
}

/// Turns how many of each kind there are into where those of each begin, one kind after the other; how many there are.
pub fn begin(counts: &mut [u32]) -> u32 {
    counts.iter_mut().fold(0, |before, count| before + std::mem::replace(count, before))
}

/// Where that at a position stands, of what stands one after the other and ends there.
#[inline]
pub fn range(ends: &[u32], at: usize) -> Range<usize> {
    let start = at.checked_sub(1).map_or(0, |before| ends[before]);
    start as usize..ends[at] as usize
}

/// One folded text, with what is quickly known of it.
#[derive(Clone, Debug)]
pub struct Key<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Its marks; among the characters present are those of its pinyin too.
    pub marks: Marks,
}

impl Key<'_> {
    /// Whether it has a Chinese character.
    pub fn has_han(&self) -> bool {
        self.marks.starts & HAN != 0
    }

    /// Whether a word starts at byte `at`: the text's start, after a space, at and after a Chinese character.
    pub fn starts_word(&self, at: usize) -> bool {
        if at == 0 || self.text.as_bytes()[at - 1] == b' ' {
            return true;
        }
        let neighbours = || [self.text[..at].chars().next_back(), self.text[at..].chars().next()];
        self.has_han() && neighbours().into_iter().flatten().any(is_han)
    }
}

/// Folded texts, one after the other.
#[derive(Debug, Default)]
pub struct Keys {
    text: String,
    ends: Vec<u32>,
    marks: Vec<Marks>,
}

impl Keys {
    /// Adds a text, and learns how its Chinese characters are read.
    pub(crate) fn push(&mut self, original: &str, readings: &mut Readings) {
        let mut text = String::new();
        fold_into(&mut text, original, MAX_FIELD, |_| {});
        readings.learn_all(&text);
        self.marks.push(Marks::with_pinyin(&text, readings));
        self.text.push_str(&text);
        // A catalog file has at most a gigabyte, and folding does not lengthen it fourfold.
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> Key<'_> {
        Key { text: Cow::Borrowed(&self.text[range(&self.ends, at)]), marks: self.marks[at] }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + self.ends.len() * (4 + size_of::<Marks>())
    }
}

/// The folded ids, one after the other. Few words could stand in any of them, as one look at all tells.
#[derive(Debug, Default)]
pub struct Ids {
    pub(crate) text: String,
    pub(crate) ends: Vec<u32>,
    /// What some of them have.
    pub(crate) marks: Marks,
}

impl Ids {
    /// Adds an id that is folded already.
    pub(crate) fn push(&mut self, id: &str) {
        self.marks = self.marks.and(Marks::of(id));
        self.text.push_str(id);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Makes room for so many more ids, of so many bytes together.
    pub(crate) fn reserve(&mut self, ids: usize, bytes: usize) {
        self.text.reserve_exact(bytes);
        self.ends.reserve_exact(ids);
    }

    /// The id of a row.
    #[inline]
    pub(crate) fn text(&self, row: usize) -> &str {
        &self.text[range(&self.ends, row)]
    }

    pub(crate) fn append(&mut self, other: &Self) {
        let base = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| base.saturating_add(*end)));
        self.marks = self.marks.and(other.marks);
    }

    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + self.ends.len() * 4
    }

    /// The same as a key; its marks are those of all ids.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> Key<'_> {
        Key { text: Cow::Borrowed(self.text(row)), marks: self.marks }
    }
}

/// One folded text of its own.
#[derive(Debug)]
pub struct OwnedKey(Keys);

impl OwnedKey {
    /// Folds `original`, and learns how its Chinese characters are read.
    pub fn new(original: &str, readings: &mut Readings) -> Self {
        let mut keys = Keys::default();
        keys.push(original, readings);
        Self(keys)
    }

    /// The text, with what is quickly known of it.
    pub fn get(&self) -> Key<'_> {
        self.0.get(0)
    }
}
