//! The letters of a word with gaps between them.

use crate::search::text::fold::is_han;

/// Most letters that may skip: one less than fit into the bits of a set.
const MOST_SCATTERED: usize = 63;

/// Fewest letters that may skip; of Chinese characters, each a word, two are enough.
pub const FEWEST_SCATTERED: usize = 3;

/// Letters in order with gaps: the first starts a word, each other stands at most three characters after
/// the one before, so that two are skipped, or starts a later word.
///
/// All ways are followed at once: bit `i` of a set stands for the word's first `i + 1` letters, matched up to here.
#[derive(Clone, Debug)]
pub struct Scattered {
    /// At which positions of the word each ASCII character stands.
    ascii: Box<[u64; 128]>,
    others: Vec<(char, u64)>,
    end: u64,
}

impl Scattered {
    /// Prepares the letters of `word`; none where they do not stand with gaps.
    pub fn new(word: &str) -> Option<Self> {
        let letters = word.chars().count();
        let enough = letters >= FEWEST_SCATTERED || (letters > 1 && word.chars().all(is_han));
        if !enough || letters > MOST_SCATTERED {
            return None;
        }
        let (mut ascii, mut others) = (Box::new([0; 128]), Vec::<(char, u64)>::new());
        let mut bit = 1;
        for c in word.chars() {
            match (ascii.get_mut(c as usize), others.iter_mut().find(|(other, _)| *other == c)) {
                (Some(places), _) | (_, Some((_, places))) => *places |= bit,
                _ => others.push((c, bit)),
            }
            bit <<= 1;
        }
        Some(Self { ascii, others, end: bit >> 1 })
    }

    fn places(&self, c: char) -> u64 {
        let other = || self.others.iter().find(|(other, _)| *other == c).map_or(0, |(_, places)| *places);
        self.ascii.get(c as usize).copied().unwrap_or_else(other)
    }

    /// Whether they stand so in `text`.
    pub fn find(&self, text: &str) -> bool {
        if text.is_ascii() {
            return self.find_among(text.split(' '));
        }
        let (mut ways, mut before) = (Ways::default(), ' ');
        text.chars().any(|c| {
            let starts_word = before == ' ' || is_han(c) || is_han(before);
            before = c;
            ways.step(self.places(c), starts_word) & self.end != 0
        })
    }

    /// Whether they stand so in a text of these words, of which none is Chinese.
    #[inline]
    pub fn find_among<'w>(&self, words: impl Iterator<Item = &'w str>) -> bool {
        let mut ways = Ways::default();
        for word in words {
            let mut starts_word = true;
            // Whether a letter is the last one, or no other can follow in this word.
            let mut is_over = |places| {
                let here = ways.step(places, std::mem::take(&mut starts_word));
                here & self.end != 0 || ways.is_idle()
            };
            if word.is_ascii() {
                word.bytes().any(|byte| is_over(self.ascii[usize::from(byte & 127)]));
            } else {
                word.chars().any(|c| is_over(self.places(c)));
            }
            if ways.all & self.end != 0 {
                return true;
            }
            // The space after it.
            ways.step(0, false);
        }
        false
    }
}

/// What the last three characters matched, and what any before did.
#[derive(Default)]
struct Ways {
    one: u64,
    two: u64,
    three: u64,
    all: u64,
}

impl Ways {
    /// Whether only a character that starts a word can be taken next.
    #[inline]
    fn is_idle(&self) -> bool {
        self.one | self.two | self.three == 0
    }

    /// Takes a character of which is told where in the word it stands, and whether it starts a word of the text; what is
    /// matched up to it.
    #[inline]
    fn step(&mut self, places: u64, starts_word: bool) -> u64 {
        let from_any = if starts_word { (self.all << 1) | 1 } else { 0 };
        let here = places & (((self.one | self.two | self.three) << 1) | from_any);
        self.all |= here;
        (self.one, self.two, self.three) = (here, self.one, self.two);
        here
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn letters_stand_across_words_as_in_the_text(
            words in prop::collection::vec("[abcعé]{1,5}", 1..5),
            letters in "[abcعé]{3,5}",
        ) {
            let scattered = Scattered::new(&letters).unwrap();
            let is_found = scattered.find_among(words.iter().map(String::as_str));
            prop_assert_eq!(is_found, scattered.find(&words.join(" ")));
        }
    }
}
