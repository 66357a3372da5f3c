//! Initials of a name's words: SCMC of Shanghai Children's Medical Center, CHOP of Children's Hospital of
//! Philadelphia. Small words may be left out or not, as institutions do both.

/// Words that acronyms often leave out.
const SMALL: &[&str] = &[
    "a", "al", "and", "at", "da", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "e", "et", "for", "fur",
    "in", "la", "las", "le", "les", "los", "of", "the", "und", "y",
];

/// Fewest letters that are taken for an acronym.
const FEWEST: usize = 2;

/// The initials of a folded name, with the positions of the characters that they are.
pub struct Initials {
    all: Vec<(char, usize)>,
    great: Vec<(char, usize)>,
}

impl Initials {
    /// The initials of `text`, which is in lower case; none of a name of one word.
    pub fn new(text: &str) -> Option<Self> {
        let mut words: Vec<(usize, String)> = Vec::new();
        let mut in_word = false;
        for (at, c) in text.chars().enumerate() {
            match (c.is_alphanumeric(), in_word) {
                (true, true) => words.last_mut().into_iter().for_each(|(_, word)| word.push(c)),
                (true, false) => words.push((at, c.to_string())),
                _ => {}
            }
            in_word = c.is_alphanumeric();
        }
        let initial = |(at, word): &(usize, String)| word.chars().next().map(|c| (c, *at));
        let great = words.iter().filter(|(_, word)| !SMALL.contains(&word.as_str()));
        let initials =
            Self { all: words.iter().filter_map(initial).collect(), great: great.filter_map(initial).collect() };
        (words.len() >= FEWEST).then_some(initials)
    }

    /// The positions of the initials that `word` starts with.
    pub fn find(&self, word: &str) -> Option<Vec<usize>> {
        let letters = word.chars().count();
        [&self.all, &self.great].into_iter().find_map(|initials| {
            let starts =
                initials.len() >= letters && initials.iter().zip(word.chars()).all(|((c, _), letter)| *c == letter);
            (starts && letters >= FEWEST).then(|| initials[..letters].iter().map(|(_, at)| *at).collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_found_with_and_without_small_words() {
        for (name, word, found) in [
            ("childrens hospital of philadelphia", "chop", Some(vec![0, 10, 19, 22])),
            ("childrens hospital of philadelphia", "chp", Some(vec![0, 10, 22])),
            ("childrens hospital of philadelphia", "ch", Some(vec![0, 10])),
            ("childrens hospital of philadelphia", "c", None),
            ("childrens hospital of philadelphia", "cp", None),
            ("st. mary's", "sm", Some(vec![0, 4])),
            ("hopital necker-enfants malades", "hnem", Some(vec![0, 8, 15, 23])),
        ] {
            assert_eq!(Initials::new(name).unwrap().find(word), found, "{word} of {name}");
        }
        assert!(Initials::new("charite").is_none());
    }
}
