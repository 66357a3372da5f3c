//! fuzzy-matcher's scores, and the letters to highlight. Nothing else names the crate, but the oracle of the tests.
//!
//! What surprises in version 0.3.7 is dealt with here. `fuzzy_match` and `fuzzy_indices` may disagree, so the first
//! ranks and the second only highlights. A matcher keeps a matrix between calls, and where a letter of the word comes
//! twice, what it matched before may change the score: the score is always that of a fresh matcher.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::{SkimMatcherV2, SkimScoreConfig};

use crate::search::index::bit_slices::bits;

fn fresh() -> SkimMatcherV2 {
    SkimMatcherV2::default().respect_case()
}

/// Scores one word in folded texts as a fresh matcher does.
///
/// The matcher takes a microsecond or two for a text, which is too long where many thousands are scored for a key. The
/// same arithmetic over the places where the letters stand, as bits, takes a tenth of that. Longer texts are left to the
/// matcher.
#[derive(Clone, Debug)]
pub(crate) struct Scorer {
    /// Which distinct letter each ASCII character is, from 1; 0 is none of the word's.
    ascii: Box<[u8; 128]>,
    others: Vec<(char, u8)>,
    /// The distinct letter at each position of the word.
    letters: Vec<u8>,
    word: String,
}

/// Longest text, in characters, and most distinct letters that fit.
const LONGEST: usize = 64;

impl Scorer {
    pub(crate) fn new(word: &str) -> Self {
        let (mut ascii, mut others) = (Box::new([0; 128]), Vec::new());
        // One letter more than fits tells that the word is too long.
        let chars: Vec<char> = word.chars().take(LONGEST).collect();
        let first = |c: &char| chars.iter().position(|other| other == c).and_then(|at| u8::try_from(at + 1).ok());
        let letters: Vec<u8> = chars.iter().filter_map(first).collect();
        for (c, letter) in chars.iter().zip(&letters) {
            match ascii.get_mut(*c as usize) {
                Some(known) => *known = *letter,
                None => others.push((*c, *letter)),
            }
        }
        Self { ascii, others, letters, word: word.to_owned() }
    }

    /// The score of the word in a text; none when its letters do not stand there in order. The text comes in parts, between
    /// which spaces stand.
    pub(crate) fn score<'t>(&self, parts: impl Iterator<Item = &'t str> + Clone) -> Option<i64> {
        match self.places(parts.clone()) {
            Some((places, spaces)) => predict(&self.letters, &places, spaces << 1),
            None => fresh().fuzzy_match(&parts.collect::<Vec<_>>().join(" "), &self.word),
        }
    }

    /// Where each distinct letter stands in a text, and where spaces do, a bit each; none when that is too long.
    fn places<'t>(&self, parts: impl Iterator<Item = &'t str>) -> Option<([u64; LONGEST], u64)> {
        if self.letters.len() >= LONGEST {
            return None;
        }
        let mut places = [0u64; LONGEST];
        let (mut spaces, mut at) = (0u64, 0);
        for (count, part) in parts.enumerate() {
            // What lies beyond the last bit makes the text too long, whatever it is.
            spaces |= if count > 0 { 1u64.checked_shl(at).unwrap_or(0) } else { 0 };
            at += u32::from(count > 0);
            for c in part.chars() {
                let other = || self.others.iter().find(|(other, _)| *other == c).map_or(0, |(_, letter)| *letter);
                let letter = self.ascii.get(c as usize).copied().unwrap_or_else(other);
                let bit = 1u64.checked_shl(at)?;
                places[usize::from(letter) % LONGEST] |= bit;
                spaces |= if c == ' ' { bit } else { 0 };
                at += 1;
            }
        }
        (at <= u64::BITS).then_some((places, spaces))
    }
}

/// What the matcher's arithmetic gives for one letter of the word: the score of each place where it stands.
#[derive(Clone, Copy, Default)]
struct Letter {
    /// The places, a bit each; only those have a score.
    places: u64,
    /// The first place, where the matcher starts to overwrite what an earlier letter left.
    first: u32,
    /// What was left there.
    left: i32,
}

/// Lower than any score; sums with it stay far below every other.
const NEVER: i32 = i16::MIN as i32;

impl Letter {
    /// The best score of the word so far when place `at` is skipped: a gap of g characters costs 3 + g.
    fn skipping(&self, at: u32, scores: &[i32; LONGEST]) -> i32 {
        let mut best = self.left + self.first.cast_signed() - at.cast_signed();
        for place in bits(self.places & !(u64::MAX << at)) {
            best = best.max(scores[place as usize] - 3 + place.cast_signed() - at.cast_signed());
        }
        best
    }
}

/// The matcher's arithmetic for letters at `places`, a bit each; `starts` are the places after spaces.
///
/// A letter is worth 16, the first 1 less; it adds 16 at the text's start and 8 after a space, or 4 where it follows
/// the letter before directly. The matcher keeps only two rows of its matrix, so that each letter also goes on from
/// what the letter two before it left where its own first place is: `left`.
fn predict(letters: &[u8], places: &[u64; LONGEST], starts: u64) -> Option<i64> {
    let bonus = |at: u32| if at == 0 { 16 } else { i32::from(starts >> at & 1 == 1) * 8 };
    // The letter in hand, the one before it and the one before that, in turns.
    let mut scores = [[NEVER; LONGEST]; 3];
    let (mut last, mut second) = (Letter::default(), Letter::default());
    let mut best = NEVER;
    for (at, letter) in letters.iter().enumerate() {
        let later = if at == 0 { u64::MAX } else { (u64::MAX << last.first) << 1 };
        let here = places[usize::from(*letter)] & later;
        if here == 0 {
            return None;
        }
        let first = here.trailing_zeros();
        let [now, of_last, of_second] = turned(&mut scores, at);
        let left = match at {
            0 => NEVER,
            1 => -2,
            _ => second.skipping(first, of_second),
        };
        // The matcher looks for the best from one place before the first on, where that earlier letter's score is left.
        let before_first = first.checked_sub(1).filter(|place| at > 1 && second.places >> place & 1 == 1);
        best = before_first.map_or(NEVER, |place| of_second[place as usize]);
        for place in bits(here) {
            let score = if at == 0 {
                15 + bonus(place)
            } else {
                let follows = last.places >> (place - 1) & 1 == 1;
                let follows = if follows { of_last[place as usize - 1] + 4 } else { NEVER };
                16 + follows.max(last.skipping(place - 1, of_last) + bonus(place))
            };
            now[place as usize] = score;
            best = best.max(score);
        }
        (second, last) = (last, Letter { places: here, first, left });
    }
    Some(i64::from(best))
}

/// The scores of letter `at`, of the one before it and of the one before that.
fn turned(scores: &mut [[i32; LONGEST]; 3], at: usize) -> [&mut [i32; LONGEST]; 3] {
    let [a, b, c] = scores;
    match at % 3 {
        0 => [a, c, b],
        1 => [b, a, c],
        _ => [c, b, a],
    }
}

/// The positions of the characters of `text` that the matcher gives to `word`.
pub(crate) fn positions(text: &str, word: &str) -> Vec<usize> {
    fresh().fuzzy_indices(text, word).map_or(Vec::new(), |(_, positions)| positions)
}

/// Where the first letter of a word could be matched, for [`most`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Start {
    /// Within words only.
    Within,
    /// After a space.
    Word,
    /// At the first character.
    Text,
}

/// The most that the matcher can give a word of so many letters that holds no separator, in a text whose only
/// separators are spaces.
///
/// Every letter is worth 16, less 1 for what goes before the first. Where the first stands decides its bonus: 16
/// at the start of the text, 8 after a space. Every other letter adds at most 4: as much if it follows the
/// one before, and no more after a gap, where the 8 of a word's start is reduced by at least 4.
pub(crate) fn most(letters: usize, start: Start) -> i64 {
    let config = SkimScoreConfig::default();
    let first = match start {
        Start::Text => config.bonus_head * config.bonus_first_char_multiplier,
        Start::Word => config.bonus_head,
        Start::Within => 0,
    };
    let others = i64::try_from(letters).unwrap_or(i64::MAX).saturating_sub(1);
    let letter = i64::from(config.score_match + config.bonus_consecutive);
    i64::from(config.score_match + config.gap_extension + first).saturating_add(others.saturating_mul(letter))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Where the first letter of `word` could be matched in `text`.
    fn start(text: &str, word: &str) -> Start {
        let first = word.chars().next().unwrap();
        let at_word = || text.split(' ').skip(1).any(|other| other.starts_with(first));
        if text.starts_with(first) {
            Start::Text
        } else if at_word() {
            Start::Word
        } else {
            Start::Within
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn no_score_passes_the_most(text in "[abcé重1]{1,6}( [abcé重1]{1,6}){0,4}", word in "[abcé重1]{1,6}") {
            if let Some(score) = Scorer::new(&word).score(text.split(' ')) {
                prop_assert!(score <= most(word.chars().count(), start(&text, &word)), "{}", score);
            }
        }

        #[test]
        fn a_score_is_that_of_a_fresh_matcher(
            text in "[ab]{1,12}|[abcé重1]{1,8}( [abcé重1]{1,6}){0,4}|[a-e]{1,30} [a-e]{1,30}",
            word in "[ab]{1,8}|[abcé重1]{1,6}|[a-e]{1,10}",
        ) {
            let predicted = Scorer::new(&word).score(text.split(' '));
            prop_assert_eq!(predicted, fresh().fuzzy_match(&text, &word), "{} in {}", word, text);
        }
    }

    #[test]
    fn a_text_that_starts_with_the_word_scores_the_most() {
        for (text, word, start) in [
            ("hospital of hope", "hosp", Start::Text),
            ("the hospital", "hospital", Start::Word),
            ("the hospital", "ospital", Start::Within),
        ] {
            assert_eq!(Scorer::new(word).score(text.split(' ')), Some(most(word.len(), start)), "{word}");
        }
    }
}
