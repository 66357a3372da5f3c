//! The ways in which a query can be satisfied: `boston or cambridge` in two.
//!
//! `or` joins the two parts beside it, and binds more than the space between other parts, which is an *and*. Parts of which each
//! only lets hospitals through are one filter. Words are ranked, so each combination of them is a conjunction that is searched
//! for itself; a hospital stands where its best one puts it.

use crate::search::query::parse::Query;
use crate::search::query::term::{QueryTerm, is_filter, parts};

/// One way to satisfy a query.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conjunction<'q> {
    /// The words that must be found.
    pub(crate) words: Vec<&'q str>,
    /// What lets hospitals through: of each part, one term is enough.
    pub(crate) filters: Vec<Vec<&'q QueryTerm>>,
}

impl Query {
    /// The ways to satisfy it; one, if it has no words among alternatives.
    pub(crate) fn conjunctions(&self) -> Vec<Conjunction<'_>> {
        let mut ways = vec![Conjunction::default()];
        for part in parts(&self.terms) {
            if is_filter(part) {
                for way in &mut ways {
                    way.filters.push(part.iter().collect());
                }
            } else {
                ways = ways.iter().flat_map(|way| part.iter().map(|term| way.with(term))).collect();
            }
        }
        ways
    }
}

impl<'q> Conjunction<'q> {
    /// The same with one more term.
    fn with(&self, term: &'q QueryTerm) -> Self {
        let mut way = self.clone();
        if term.is_filter() {
            way.filters.push(vec![term]);
        }
        for word in term.ranked_words() {
            if !way.words.contains(&word.as_str()) {
                way.words.push(word);
            }
        }
        way
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::mistake::MistakeKind;

    fn ways(text: &str) -> Vec<(String, usize)> {
        let query = Query::parse(text, &crate::formats::bundled());
        query.conjunctions().iter().map(|way| (way.words.join(" "), way.filters.len())).collect()
    }

    #[test]
    fn or_binds_its_neighbours() {
        let way = |words: &str, filters| (words.to_owned(), filters);
        assert_eq!(ways("a b"), [way("a b", 0)]);
        assert_eq!(ways("a or b c"), [way("a c", 0), way("b c", 0)]);
        assert_eq!(ways("a OR b or c"), [way("a", 0), way("b", 0), way("c", 0)]);
        assert_eq!(ways("a or b c or d"), [way("a c", 0), way("a d", 0), way("b c", 0), way("b d", 0)]);
        assert_eq!(ways("city:a or city:b x"), [way("x", 1)], "filters are one");
        assert_eq!(ways("a or city:b"), [way("a", 0), way("", 1)]);
        assert_eq!(ways("a or \"b c\""), [way("a", 0), way("b c", 1)]);
        assert_eq!(ways("!a or b"), [way("", 1), way("b", 0)]);
        assert_eq!(ways("sort:name a"), [way("a", 0)]);
    }

    #[test]
    fn or_that_joins_nothing_is_a_word() {
        let way = |words: &str, filters| vec![(words.to_owned(), filters)];
        for text in ["or", "or a", "a or", "a \"or\" b", "a or or"] {
            assert!(ways(text)[0].0.split(' ').any(|word| word == "or"), "{text}: {:?}", ways(text));
            assert_eq!(ways(text).len(), 1, "{text}");
        }
        assert_eq!(ways("!or a"), way("a", 1));
    }

    #[test]
    fn what_cannot_be_an_alternative_is_a_mistake() {
        let mistakes = |text: &str| Query::parse(text, &crate::formats::bundled()).mistakes;
        assert_eq!(mistakes("a or sort:name")[0].kind, MistakeKind::NoAlternative);
        assert_eq!(mistakes("near:1,2 or a")[0].kind, MistakeKind::NoAlternative);
        let many = "a or b ".repeat(5);
        assert!(matches!(mistakes(&many)[0].kind, MistakeKind::TooManyAlternatives(16)));
        assert_eq!(ways(&many).len(), 16, "the rest counts");
        assert!(mistakes(&("city:a or city:b ".repeat(9))).is_empty(), "filters do not multiply");
    }
}
