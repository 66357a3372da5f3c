//! Initials of a name's words: SCMC of Shanghai Children's Medical Center, CHOP of Children's Hospital of
//! Philadelphia. Small words may be left out or not, as institutions do both.

/// Words that acronyms often leave out.
const SMALL: &[&str] = &[
    "a", "al", "and", "at", "da", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "e", "et", "for", "fur",
    "in", "la", "las", "le", "les", "los", "of", "the", "und", "y",
];

/// Bytes of the longest of them.
const LONGEST: usize = 5;

/// Whether acronyms often leave out `word`.
pub fn is_small(word: &str) -> bool {
    word.len() <= LONGEST && SMALL.contains(&word)
}

/// The first character of a word, and whether acronyms often leave the word out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Initial(u32);

impl Initial {
    /// The bit of a small word; characters have no more than 21.
    const SMALL: u32 = 1 << 31;

    /// That of `word`.
    pub fn of(word: &str) -> Self {
        let first = word.chars().next().map_or(0, u32::from);
        Self(first | if is_small(word) { Self::SMALL } else { 0 })
    }

    /// Whether it is `letter`.
    #[inline]
    pub fn is(self, letter: char) -> bool {
        self.0 & !Self::SMALL == u32::from(letter)
    }

    #[inline]
    fn is_small(self) -> bool {
        self.0 & Self::SMALL != 0
    }
}

/// Fewest letters that are taken for an acronym.
pub const FEWEST: usize = 2;

/// The positions in `text`, in characters, of the initials that `word` starts with: of all words, or of all
/// but the small ones. None of a text of one word.
pub fn find(text: &str, word: &str) -> Option<Vec<usize>> {
    if word.chars().nth(FEWEST - 1).is_none() || !text.contains(' ') {
        return None;
    }
    [true, false].into_iter().find_map(|all| {
        let mut letters = word.chars();
        let mut left = letters.next();
        let (mut positions, mut at) = (Vec::new(), 0);
        for one in text.split(' ') {
            if all || !is_small(one) {
                match left {
                    Some(letter) if one.starts_with(letter) => positions.push(at),
                    _ => break,
                }
                left = letters.next();
            }
            at += one.chars().count() + 1;
        }
        left.is_none().then_some(positions)
    })
}

/// Whether [`find`] finds `word` in a text whose words have these initials.
#[inline]
pub fn is_found(initials: &(impl Iterator<Item = Initial> + Clone), word: &str) -> bool {
    let mut others = initials.clone();
    let Some(first) = others.next() else { return false };
    // Most names start with another letter.
    let may_start = first.is_small() || word.starts_with(|letter| first.is(letter));
    let spells = |all: bool| {
        let mut words = initials.clone().filter(|one| all || !one.is_small());
        word.chars().all(|letter| words.next().is_some_and(|one| one.is(letter)))
    };
    may_start && others.next().is_some() && word.chars().nth(FEWEST - 1).is_some() && (spells(true) || spells(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_word_is_short() {
        assert!(SMALL.iter().all(|word| is_small(word)));
    }

    #[test]
    fn initials_are_found_with_and_without_small_words() {
        for (name, word, found) in [
            ("childrens hospital of philadelphia", "chop", Some(vec![0, 10, 19, 22])),
            ("childrens hospital of philadelphia", "chp", Some(vec![0, 10, 22])),
            ("childrens hospital of philadelphia", "ch", Some(vec![0, 10])),
            ("childrens hospital of philadelphia", "chopx", None),
            ("childrens hospital of philadelphia", "c", None),
            ("childrens hospital of philadelphia", "cp", None),
            ("hopital necker enfants malades", "hnem", Some(vec![0, 8, 15, 23])),
            ("charite", "c", None),
            ("charite", "ch", None),
            ("the sick childrens hospital", "sch", Some(vec![4, 9, 19])),
        ] {
            assert_eq!(find(name, word), found, "{word} of {name}");
            assert_eq!(is_found(&name.split(' ').map(Initial::of), word), found.is_some(), "{word} of {name}");
        }
    }
}
