//! The room of fuzzy-matcher: scores within a tier, and the letters to highlight.
//!
//! What surprises in the crate, version 0.3.7, is dealt with here. `fuzzy_match` and `fuzzy_indices` may
//! disagree, so the first ranks and the second only highlights. A matcher keeps a matrix between calls,
//! and where a letter of the word comes twice, what it matched before may change the score: such words get a fresh
//! matcher each time, so that a score depends on word and text alone.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::{SkimMatcherV2, SkimScoreConfig};

/// Scores one word, in texts that are folded.
pub struct Scorer<'a> {
    word: &'a str,
    /// None when each text needs a fresh one.
    matcher: Option<SkimMatcherV2>,
}

fn fresh() -> SkimMatcherV2 {
    SkimMatcherV2::default().respect_case()
}

impl<'a> Scorer<'a> {
    /// Prepares to score `word`.
    pub fn new(word: &'a str) -> Self {
        Self { word, matcher: (!depends_on_the_past(word)).then(fresh) }
    }

    /// The matcher's score of the word in `text`; none when its letters do not stand there in order.
    pub fn score(&self, text: &str) -> Option<i64> {
        match &self.matcher {
            Some(matcher) => matcher.fuzzy_match(text, self.word),
            None => fresh().fuzzy_match(text, self.word),
        }
    }
}

/// The positions of the characters of `text` that the matcher gives to `word`.
pub fn positions(text: &str, word: &str) -> Vec<usize> {
    fresh().fuzzy_indices(text, word).map_or(Vec::new(), |(_, positions)| positions)
}

/// Whether what a matcher matched before may change its score of `word`.
fn depends_on_the_past(word: &str) -> bool {
    word.char_indices().any(|(at, c)| word[..at].contains(c))
}

/// Where the first letter of a word could be matched, for [`most`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
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
pub fn most(letters: usize, start: Start) -> i64 {
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
        if text.starts_with(first) { Start::Text } else if at_word() { Start::Word } else { Start::Within }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn no_score_passes_the_most(text in "[abcé重1]{1,6}( [abcé重1]{1,6}){0,4}", word in "[abcé重1]{1,6}") {
            if let Some(score) = Scorer::new(&word).score(&text) {
                prop_assert!(score <= most(word.chars().count(), start(&text, &word)), "{}", score);
            }
        }

        #[test]
        fn a_score_does_not_depend_on_the_past(
            texts in prop::collection::vec("[abc]{1,8}( [abc]{1,6}){0,2}", 2..6),
            word in "[abc]{1,6}",
        ) {
            let scorer = Scorer::new(&word);
            for text in texts {
                prop_assert_eq!(scorer.score(&text), fresh().fuzzy_match(&text, &word), "{} in {}", word, text);
            }
        }
    }

    #[test]
    fn a_text_that_starts_with_the_word_scores_the_most() {
        for (text, word, start) in [
            ("hospital of hope", "hosp", Start::Text),
            ("the hospital", "hospital", Start::Word),
            ("the hospital", "ospital", Start::Within),
        ] {
            assert_eq!(Scorer::new(word).score(text), Some(most(word.len(), start)), "{word}");
        }
    }
}
