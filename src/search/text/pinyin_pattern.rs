//! Whether a word, typed in Latin letters, is the pinyin of a part of a Chinese text.
//!
//! A character can be typed by its whole syllable or by its initial, mixed as people do: `chongqing`, `cqyk`,
//! `chongqyk` all find 重庆医科. A syllable is only ever matched from its start, so `oa` does not find 百度. The last
//! one may be unfinished, but one unfinished syllable alone counts only at the start of a text.
//!
//! All ways to divide the word into syllables and initials are followed at once: bit `i` of a set stands for the
//! word's first `i` letters, used up by the characters so far.

use std::ops::Range;

use crate::search::text::pinyin_table::{PinyinTable, letter_bit};
use crate::search::tier::Tier;

/// Fewest letters that are taken for pinyin; one letter would match nearly every name.
const FEWEST: usize = 2;

/// Most letters that are taken for pinyin: the bits of a set, less one for the end.
const MOST: usize = 63;

/// A word, ready to be looked for in Chinese texts.
#[derive(Clone, Debug)]
pub(crate) struct PinyinPattern {
    letters: usize,
    first: u32,
    /// For each syllable of the table, where in the word it fits.
    fits: Vec<Fit>,
}

/// Where in a word a syllable fits: a bit for each letter of the word from which on it does.
#[derive(Clone, Copy, Debug, Default)]
struct Fit {
    whole: u64,
    /// The start of the syllable, and the word ends there.
    unfinished: u64,
    /// Its initial of two letters, `zh`, `ch` or `sh`.
    pair: u64,
    first: u64,
    length: u8,
}

/// The ways that are open after a character.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    /// By syllables from the start of the text.
    from_start: u64,
    syllables: u64,
    initials: u64,
}

impl PinyinPattern {
    /// Prepares `word`, which is folded; none when it cannot be pinyin.
    pub(crate) fn new(word: &str, table: &PinyinTable) -> Option<Self> {
        let is_typed = (FEWEST..=MOST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
        if !is_typed || table.is_empty() {
            return None;
        }
        let fits = table.syllables().map(|syllable| Fit::new(syllable, word)).collect();
        Some(Self { letters: word.len(), first: letter_bit(word.as_bytes()[0]), fits })
    }

    /// How closely the word matches `text`, which is folded.
    pub(crate) fn find(&self, text: &str, table: &PinyinTable) -> Option<Tier> {
        let (mut open, mut found) = (Open::default(), None);
        for (at, c) in text.chars().enumerate() {
            let Some(readings) = table.readings(c) else {
                open = Open::default();
                continue;
            };
            // Most characters neither go on with anything nor start with the word's first letter.
            if open.syllables | open.initials == 0 && readings.first_letters & self.first == 0 {
                continue;
            }
            open = self.step(open, &readings.syllables, at == 0, &mut found);
            if open.from_start == 0 && found.is_some_and(|tier| tier <= Tier::WordPrefix) {
                break;
            }
        }
        found
    }

    /// Takes one more character, with its readings.
    fn step(&self, open: Open, readings: &[u16], is_start: bool, found: &mut Option<Tier>) -> Open {
        let end = 1u64 << self.letters;
        let mut raise = |tier: Tier| *found = Some(found.map_or(tier, |known| known.min(tier)));
        let mut next = Open::default();
        for id in readings {
            let fit = &self.fits[usize::from(*id)];
            let start = u64::from(is_start);
            let whole = |from: u64| (from & fit.whole) << fit.length;
            let from_start = whole(open.from_start | start);
            // The word may start at this character, or a way goes on.
            let syllables = whole(open.syllables | 1);
            let initials =
                ((open.initials & fit.pair) << 2) | ((open.initials & fit.first) << 1) | whole(open.initials);
            if from_start & end != 0 || (open.from_start | start) & fit.unfinished != 0 {
                raise(Tier::Prefix);
            }
            if (syllables & end) != 0 || open.syllables & fit.unfinished != 0 {
                raise(Tier::WordPrefix);
            }
            if initials & end != 0 || open.initials & fit.unfinished != 0 {
                raise(Tier::Acronym);
            }
            next.from_start |= from_start;
            next.syllables |= syllables;
            next.initials |= initials | ((fit.pair & 1) << 2) | ((fit.first & 1) << 1) | whole(1);
        }
        next
    }

    /// The characters of `text` that the word stands for, where it first does so most closely.
    pub(crate) fn positions(&self, text: &str, table: &PinyinTable) -> Option<Range<usize>> {
        let tier = self.find(text, table)?;
        let chars: Vec<char> = text.chars().collect();
        let is_found = |before: &str, part: &[char]| {
            let text: String = before.chars().chain(part.iter().copied()).collect();
            self.find(&text, table) == Some(tier)
        };
        let end = (1..=chars.len()).find(|end| is_found("", &chars[..*end]))?;
        // The space keeps a part of the text from counting as its start.
        let last = || (0..end).rev().find(|start| is_found(" ", &chars[*start..end]));
        let start = if tier == Tier::Prefix { 0 } else { last()? };
        Some(start..end)
    }
}

impl Fit {
    fn new(syllable: &str, word: &str) -> Self {
        let position_bits = |fits: &dyn Fn(&str) -> bool| {
            (0..word.len()).filter(|at| fits(&word[*at..])).fold(0, |all, at| all | 1 << at)
        };
        let has_pair = ["zh", "ch", "sh"].iter().any(|pair| syllable.starts_with(pair));
        Self {
            whole: position_bits(&|rest| rest.starts_with(syllable)),
            unfinished: position_bits(&|rest| syllable.starts_with(rest) && rest.len() < syllable.len()),
            pair: if has_pair { position_bits(&|rest| rest.starts_with(&syllable[..2])) } else { 0 },
            first: position_bits(&|rest| rest.starts_with(&syllable[..1])),
            length: u8::try_from(syllable.len()).unwrap_or(0),
        }
    }
}
