//! The letters of a word with gaps between them.

use crate::search::text::fold::is_han;

/// Most letters that may skip: one less than fit into the bits of a set.
const MOST: usize = 63;

/// Fewest letters that may skip; of Chinese characters, each a word, two are enough.
const FEWEST: usize = 3;

/// Letters in order with gaps: the first starts a word, each other stands at most three characters after
/// the one before, so that two are skipped, or starts a later word.
///
/// All ways are followed at once: bit `i` of a set stands for the word's first `i + 1` letters, matched up to here.
#[derive(Clone, Debug)]
pub(crate) struct Subsequence {
    /// At which positions of the word each ASCII character stands.
    ascii: Box<[u64; 128]>,
    others: Vec<(char, u64)>,
    end: u64,
}

impl Subsequence {
    /// Prepares the letters of `word`; none where they may not skip.
    pub(crate) fn new(word: &str) -> Option<Self> {
        let letters = word.chars().count();
        let enough = letters >= FEWEST || (letters > 1 && word.chars().all(is_han));
        if !enough || letters > MOST {
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

    /// Whether they stand so in a text of these parts, which spaces divide, and which may have Chinese characters or not.
    #[inline]
    pub(crate) fn find<'t>(&self, parts: impl Iterator<Item = &'t str>, has_han: bool) -> bool {
        let mut ways = Ways::default();
        for part in parts {
            let mut before = ' ';
            for c in part.chars() {
                let starts_word = before == ' ' || (has_han && (is_han(c) || is_han(before)));
                if ways.step(self.places(c), starts_word) & self.end != 0 {
                    return true;
                }
                // Nothing goes on before the next part, as in most parts after the first letter.
                if !has_han && ways.last_three == [0; 3] {
                    break;
                }
                before = c;
            }
            ways.step(0, false);
        }
        false
    }
}

/// What the last three characters matched, and what any before did.
#[derive(Default)]
struct Ways {
    last_three: [u64; 3],
    all: u64,
}

impl Ways {
    /// Takes a character of which is told where in the word it stands, and whether it starts a word of the text; what is
    /// matched up to it.
    #[inline]
    fn step(&mut self, places: u64, starts_word: bool) -> u64 {
        let [one, two, three] = self.last_three;
        let from_any = if starts_word { (self.all << 1) | 1 } else { 0 };
        let here = places & (((one | two | three) << 1) | from_any);
        self.all |= here;
        self.last_three = [here, one, two];
        here
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_may_skip_two_or_go_on_at_a_later_word() {
        for (text, letters, is_found) in [
            ("hospital", "hsptl", true),
            ("hospital", "osp", false),
            ("health center", "hcr", false),
            ("health center", "hcn", true),
            ("abxxxc", "abc", false),
            ("abxxc", "abc", true),
            ("北京大学医院", "北医", true),
            ("hop ital", "hit", true),
        ] {
            let subsequence = Subsequence::new(letters).unwrap();
            assert_eq!(subsequence.find(text.split(' '), text.chars().any(is_han)), is_found, "{letters} in {text}");
        }
        assert!(Subsequence::new("ab").is_none());
    }
}
