//! From the words of the lexicon in which a word of a query stands to the rows in whose names those stand.

use crate::search::field::Field;
use crate::search::index::bitset::TO_A_SET;
use crate::search::index::catalog_index::Index;
use crate::search::index::names::Names;
use crate::search::index::postings::Posting;
use crate::search::matching::scan::Share;
use crate::search::matching::term_match::{
    GROWING, INITIALS, INSIDE, SCATTERED, START, Standing, Standings, WHOLE, WORD,
};
use crate::search::rank::key::Class;
use crate::search::tier::Tier;

/// What follows for the names that hold a word of the lexicon.
#[derive(Clone, Copy, Debug)]
enum Spread {
    /// They match in these tiers: where they do not begin with it, and where they do.
    Matches { elsewhere: Tier, at_start: Tier },
    /// They do not match, but may when more is typed.
    MayGrow,
}

impl Spread {
    /// What follows of how the query's word stands there; none if nothing does.
    fn of(standing: Standing) -> Option<Self> {
        let both = |tier| Some(Self::Matches { elsewhere: tier, at_start: tier });
        let is = |bits| standing & bits != 0;
        match standing {
            _ if is(START) => Some(Self::Matches { elsewhere: Tier::WordPrefix, at_start: Tier::Prefix }),
            _ if is(WORD) => both(Tier::WordPrefix),
            _ if is(INITIALS) => both(Tier::Acronym),
            _ if is(INSIDE) => both(Tier::Substring),
            _ if is(SCATTERED) => both(Tier::Scattered),
            _ if is(GROWING) => Some(Self::MayGrow),
            _ => None,
        }
    }
}

/// All that follows of how a word of a query stands in the lexicon.
pub struct Spreads<'a> {
    index: &'a Index,
    /// For each word of the lexicon that is of consequence, what follows, and whether the query's word is all of it.
    all: Vec<(u32, Spread, bool)>,
}

impl<'a> Spreads<'a> {
    /// What follows of `standings` for the names of `index`.
    pub fn new(index: &'a Index, standings: &Standings) -> Self {
        let spread = |(word, standing): &(u32, Standing)| {
            Spread::of(*standing).map(|spread| (*word, spread, standing & WHOLE != 0))
        };
        Self { index, all: standings.iter().filter_map(spread).collect() }
    }

    /// For how many names, counted for each word, something follows.
    pub fn names(&self) -> usize {
        let [of_names, of_others] = self.index.postings();
        self.all.iter().map(|(word, ..)| of_names.count(*word) + of_others.count(*word)).sum()
    }

    /// Gives the rows of `share` the class in which the word stands in the words of their names, each by itself. A
    /// Chinese name is one word.
    pub fn spread(&self, mut share: Share) {
        let (names, others) = (self.index.names(), self.index.others());
        let [of_names, of_others] = self.index.postings();
        let rows = share.first..share.first + share.apart.len();
        let other_names = others.of_rows(rows.clone());
        for (word, spread, is_all) in &self.all {
            let (in_names, in_others) = (of_names.of(*word, &rows), of_others.of(*word, &other_names));
            match *spread {
                Spread::MayGrow => {
                    let of_others = in_others.iter().map(|posting| others.row(posting.name()));
                    for row in in_names.iter().map(|posting| posting.name()).chain(of_others) {
                        share.keep(row);
                    }
                }
                Spread::Matches { elsewhere, at_start } => {
                    let class = |posting: &Posting, field: Field, names: &Names| {
                        let is_whole = *is_all && posting.is_first() && names.words(posting.name()).len() == 1;
                        let tier = if posting.is_first() { at_start } else { elsewhere };
                        Class::new(if is_whole { Tier::Whole } else { tier }, field)
                    };
                    for posting in in_names {
                        share.add(posting.name(), class(posting, Field::Name, names));
                    }
                    for posting in in_others {
                        let field = others.fields[posting.name()];
                        share.add(others.row(posting.name()), class(posting, field, &others.names));
                    }
                }
            }
        }
    }
}

impl Share<'_> {
    /// The set of a row and its bit there; no bit if it is not to be looked at.
    #[inline]
    fn place(&self, row: usize) -> (usize, u64) {
        let at = row - self.first;
        (at / TO_A_SET, 1 << (at % TO_A_SET) & self.open[at / TO_A_SET])
    }

    /// Adds a match.
    #[inline]
    fn add(&mut self, row: usize, class: Class) {
        let (set, bit) = self.place(row);
        if bit != 0 {
            self.next[set] |= bit;
            let known = &mut self.apart[row - self.first];
            *known = (*known).min(class.0);
        }
    }

    /// Remembers a row that does not match.
    #[inline]
    fn keep(&mut self, row: usize) {
        let (set, bit) = self.place(row);
        self.next[set] |= bit;
    }
}
