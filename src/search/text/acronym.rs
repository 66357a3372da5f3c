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
pub(crate) fn is_small(word: &str) -> bool {
    word.len() <= LONGEST && SMALL.contains(&word)
}

/// Fewest letters that are taken for an acronym.
pub(crate) const FEWEST: usize = 2;

/// Whether `word` starts the initials of a text of these words: of all of them, or of all but the small ones; which of
/// both. None of a text of one word.
#[inline]
fn spelled<'t>(words: &(impl Iterator<Item = &'t str> + Clone), word: &str) -> Option<Words> {
    let mut others = words.clone();
    let first = others.next()?;
    // Most names start with another letter.
    let may_start = word.chars().next().is_some_and(|letter| first.starts_with(letter)) || is_small(first);
    let spells = |which: Words| {
        let mut words = words.clone().filter(|one| which == Words::All || !is_small(one));
        word.chars().all(|letter| words.next().is_some_and(|one| one.starts_with(letter)))
    };
    let is_possible = may_start && others.next().is_some() && word.chars().nth(FEWEST - 1).is_some();
    [Words::All, Words::Large].into_iter().find(|which| is_possible && spells(*which))
}

/// Which words of a text count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    All,
    Large,
}

/// Whether `word` spells initials of a text of these words.
#[inline]
pub(crate) fn is_found<'t>(words: &(impl Iterator<Item = &'t str> + Clone), word: &str) -> bool {
    spelled(words, word).is_some()
}

/// The positions in `text`, in characters, of the initials that `word` spells.
pub(crate) fn positions(text: &str, word: &str) -> Option<Vec<usize>> {
    let words = spelled(&text.split(' '), word)?;
    let mut at = 0;
    let starts = text.split(' ').filter_map(|one| {
        let start = at;
        at += one.chars().count() + 1;
        (words == Words::All || !is_small(one)).then_some(start)
    });
    Some(starts.take(word.chars().count()).collect())
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
            assert_eq!(positions(name, word), found, "{word} of {name}");
            assert_eq!(is_found(&name.split(' '), word), found.is_some(), "{word} of {name}");
        }
    }
}
