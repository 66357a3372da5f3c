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

/// Whether a text that begins with the byte `head` may have an acronym that begins with `first`: its first word does,
/// or may be a small one. It takes no look at the text.
#[inline]
pub fn may_begin(head: u8, first: u8) -> bool {
    const SMALL_HEADS: u32 = {
        let (mut heads, mut at) = (0, 0);
        while at < SMALL.len() {
            heads |= 1 << (SMALL[at].as_bytes()[0] - b'a');
            at += 1;
        }
        heads
    };
    head == first || (head.is_ascii_lowercase() && SMALL_HEADS & (1 << (head - b'a')) != 0)
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

/// Whether [`find`] finds `word`, without the positions.
pub fn is_found(text: &str, word: &str) -> bool {
    let Some((first, _)) = text.split_once(' ') else { return false };
    let spells = |all: bool| {
        let mut words = text.split(' ').filter(|one| all || !is_small(one));
        word.chars().all(|letter| words.next().is_some_and(|one| one.starts_with(letter)))
    };
    // Most names start with another letter.
    let may_start = word.starts_with(|letter| first.starts_with(letter)) || is_small(first);
    may_start && word.chars().nth(FEWEST - 1).is_some() && (spells(true) || spells(false))
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
            assert_eq!(is_found(name, word), found.is_some(), "{word} of {name}");
            assert!(found.is_none() || may_begin(name.as_bytes()[0], word.as_bytes()[0]), "{word} of {name}");
        }
    }
}
