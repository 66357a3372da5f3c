//! What the words of a query find.

use std::sync::Arc;

use rayon::prelude::*;

use crate::search::index::catalog_index::Index;
use crate::search::matching::evaluate::{Chunk, Evaluator};
use crate::search::matching::expand::expand;
use crate::search::matching::rank_key::{Counts, RankKeys};
use crate::search::matching::term_match::term_matches;
use crate::search::matching::word::Word;

/// What some words found.
#[derive(Debug)]
pub struct Matches {
    pub words: Vec<String>,
    /// How all words match, each for itself.
    pub apart: Arc<RankKeys>,
    /// How all words match, as a phrase where they are one.
    pub keys: Arc<RankKeys>,
    /// How many rows have each of these.
    pub counts: Counts,
}

/// Fewest letters from which on a word that is typed on matches only where it did, Chinese names aside: fewer are
/// no subsequence yet.
const FEWEST_SHORTER: usize = 3;

impl Matches {
    /// Whether these are what the first of `words` found.
    pub fn are_first(&self, words: &[Word]) -> bool {
        self.words.len() <= words.len() && self.words.iter().zip(words).all(|(mine, word)| *mine == word.text)
    }

    /// Whether these are what `words` found when the last of them was shorter.
    pub fn are_shorter(&self, words: &[Word]) -> bool {
        let (Some((mine, before)), Some(last)) = (self.words.split_last(), words.last()) else { return false };
        self.words.len() == words.len()
            && before.iter().zip(words).all(|(mine, word)| *mine == word.text)
            && last.text.starts_with(mine)
            && mine.chars().count() >= FEWEST_SHORTER
    }

    /// What `words` find in `index`; those before the last found what is `known`. `shorter` is what the same words found
    /// when the last was shorter. None when no longer `wanted`.
    ///
    /// The last word is looked for in the lexicon, then expanded over the rows, then evaluated chunk by chunk.
    pub fn find(
        index: &Index,
        words: &[Word],
        known: Option<&Self>,
        shorter: Option<&Self>,
        chunk: usize,
        wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Self> {
        let before = known.map(|known| &known.apart.0);
        let mut apart = RankKeys::none(index.len());
        let mut together = before.map(|_| RankKeys::none(index.len()));
        let terms = term_matches(words.last()?, index.lexicon(), index.pinyin());
        wanted().then_some(())?;
        let shard = index.len().div_ceil(rayon::current_num_threads()).max(chunk);
        apart.0.par_chunks_mut(shard).enumerate().for_each(|(nth, keys)| expand(&terms, index, nth * shard, keys));
        let evaluator = Evaluator::new(index, words);
        let mut before = before.map(|keys| keys.chunks(chunk));
        let mut shorter = shorter.map(|shorter| shorter.apart.0.chunks(chunk));
        let mut chunks_together = together.as_mut().map(|keys| keys.0.chunks_mut(chunk));
        let chunks = apart.0.chunks_mut(chunk).enumerate().map(|(nth, apart)| Chunk {
            first: nth * chunk,
            before: before.as_mut().and_then(Iterator::next),
            shorter: shorter.as_mut().and_then(Iterator::next),
            apart,
            together: chunks_together.as_mut().and_then(Iterator::next),
        });
        let chunks: Vec<Chunk> = chunks.collect();
        let counts = chunks.into_par_iter().map(|chunk| wanted().then(|| evaluator.evaluate(chunk)));
        let counts = counts.try_reduce(Counts::default, |all, chunk| Some(all.and(&chunk)))?;
        let apart = Arc::new(apart);
        let keys = together.map_or_else(|| Arc::clone(&apart), Arc::new);
        let words = words.iter().map(|word| word.text.clone()).collect();
        Some(Self { words, apart, keys, counts })
    }
}
