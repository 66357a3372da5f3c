//! What the words of a query find.

use std::sync::Arc;

use rayon::prelude::*;

use crate::search::index::catalog_index::Index;
use crate::search::matching::evaluate::{Chunk, Evaluator};
use crate::search::matching::expand::expand;
use crate::search::matching::rank_key::{Counts, RankKeys};
use crate::search::matching::term_match::term_matches;
use crate::search::matching::word::Word;

/// What some words found. A copy shares it.
#[derive(Clone, Debug)]
pub(crate) struct Matches {
    pub words: Vec<String>,
    /// The key of each row, each word matched for itself.
    pub word_keys: Arc<RankKeys>,
    /// The key of each row, of the phrase where the words stand together.
    pub keys: Arc<RankKeys>,
    /// How many rows have each of these.
    pub counts: Counts,
    /// Whether the last word was looked for as letters with gaps, too.
    has_gaps: bool,
}

/// A word that at least so many hospitals hold in a name, as it is or as pinyin, is not looked for as letters with gaps: it
/// is no abbreviation and no slip, and what letters with gaps find of it is noise.
pub(crate) const MANY: usize = 100;

/// From this many letters on, where gaps are looked for, a longer word matches only rows that the shorter one matched: fewer letters are no
/// subsequence yet. Not so for Chinese names.
const FEWEST_SHORTER: usize = 3;

impl Matches {
    /// Whether these are what `words` found.
    pub(crate) fn are_of(&self, words: &[Word]) -> bool {
        self.words.len() == words.len() && self.are_first(words)
    }

    /// Whether these are what the first of `words` found.
    pub(crate) fn are_first(&self, words: &[Word]) -> bool {
        self.words.len() <= words.len() && self.words.iter().zip(words).all(|(mine, word)| *mine == word.text)
    }

    /// Whether these are what `words` found when the last of them was shorter.
    pub(crate) fn are_shorter(&self, words: &[Word]) -> bool {
        let (Some((mine, before)), Some(last)) = (self.words.split_last(), words.last()) else { return false };
        self.has_gaps
            && self.words.len() == words.len()
            && before.iter().zip(words).all(|(mine, word)| *mine == word.text)
            && last.text.starts_with(mine)
            && mine.chars().count() >= FEWEST_SHORTER
    }

    /// What `words` find in `index`; those before the last found what is `known`. `shorter` is what the same words found
    /// when the last was shorter. None when no longer `wanted`. From `many` hospitals on that hold the last word, it is not
    /// looked for with gaps.
    ///
    /// The last word is looked for in the lexicon, then expanded over the rows, then evaluated chunk by chunk.
    pub(crate) fn find(
        index: &Index,
        words: &[Word],
        known: Option<&Self>,
        shorter: Option<&Self>,
        (chunk, many): (usize, usize),
        wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Self> {
        let before = known.map(|known| &known.word_keys.0);
        let mut word_keys = RankKeys::none(index.len());
        let mut phrase_keys = before.map(|_| RankKeys::none(index.len()));
        let mut last = words.last()?.without_gaps();
        look_up(&last, index, chunk, &mut word_keys);
        wanted().then_some(())?;
        let has_gaps = word_keys.matching().nth(many.saturating_sub(1)).is_none() && many > 0;
        if has_gaps {
            last.clone_from(words.last()?);
            look_up(&last, index, chunk, &mut word_keys);
            wanted().then_some(())?;
        }
        let evaluator = Evaluator::new(index, words, &last);
        let mut before = before.map(|keys| keys.chunks(chunk));
        let mut shorter = shorter.map(|shorter| shorter.word_keys.0.chunks(chunk));
        let mut chunks_together = phrase_keys.as_mut().map(|keys| keys.0.chunks_mut(chunk));
        let chunks = word_keys.0.chunks_mut(chunk).enumerate().map(|(nth, word_keys)| Chunk {
            first: nth * chunk,
            before: before.as_mut().and_then(Iterator::next),
            shorter: shorter.as_mut().and_then(Iterator::next),
            word_keys,
            phrase_keys: chunks_together.as_mut().and_then(Iterator::next),
        });
        let chunks: Vec<Chunk> = chunks.collect();
        let counts = chunks.into_par_iter().map(|chunk| wanted().then(|| evaluator.evaluate(chunk)));
        let counts = counts.try_reduce(Counts::default, |all, chunk| Some(all.plus(&chunk)))?;
        let word_keys = Arc::new(word_keys);
        let keys = phrase_keys.map_or_else(|| Arc::clone(&word_keys), Arc::new);
        let words = words.iter().map(|word| word.text.clone()).collect();
        Some(Self { words, word_keys, keys, counts, has_gaps })
    }
}

/// Looks a word up in the lexicon, and expands it over the rows.
fn look_up(word: &Word, index: &Index, chunk: usize, keys: &mut RankKeys) {
    let terms = term_matches(word, index.lexicon(), index.pinyin());
    // A shard for each core, since each goes through all terms; chunks are small, so that a search can be cancelled.
    let shard = index.len().div_ceil(rayon::current_num_threads()).max(chunk);
    let shards = keys.0.par_chunks_mut(shard).enumerate();
    shards.for_each(|(nth, keys)| expand(&terms, index, nth * shard, keys));
}
