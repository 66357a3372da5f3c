//! Where and how closely a query matches, in one number.

use std::ops::Range;

use crate::search::field::Field;
use crate::search::index::lists::to_u32;
use crate::search::tier::Tier;

/// Where and how closely a row matches, in one number: smaller is better. A match's tier decides, then its
/// field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RankKey(pub u8);

impl RankKey {
    pub(crate) const NONE: Self = Self(u8::MAX);

    /// What no word decides: behind all that is found by words, but for letters with gaps.
    pub(crate) const UNRANKED: Self = Self(Tier::Subsequence as u8 * 8 - 1);

    pub(crate) const fn new(tier: Tier, field: Field) -> Self {
        Self(tier as u8 * 8 + field as u8)
    }

    pub(crate) fn of(tier: Option<Tier>, field: Field) -> Self {
        tier.map_or(Self::NONE, |tier| Self::new(tier, field))
    }

    pub(crate) fn is_match(self) -> bool {
        self != Self::NONE
    }

    pub(crate) fn tier(self) -> Tier {
        Tier::ALL[usize::from(self.0 / 8).min(Tier::ALL.len() - 1)]
    }

    pub(crate) fn field(self) -> Field {
        Field::ALL[usize::from(self.0 % 8).min(Field::ALL.len() - 1)]
    }

    /// Whether only letters with gaps match.
    pub(crate) fn is_gapped(self) -> bool {
        self.is_match() && self.tier() == Tier::Subsequence
    }

    /// Whether a score tells which of two rows of this key is better: not where a word was found in another text than a name.
    pub(crate) fn is_scored(self) -> bool {
        self.field() != Field::Other
    }

    /// Two words' matches taken together: no better than the weaker, and no phrase.
    pub(crate) fn combine(self, other: Self) -> Self {
        if !self.is_match() || !other.is_match() {
            return Self::NONE;
        }
        let tier = self.tier().max(other.tier()).max(Tier::AnyOrder);
        Self::new(tier, self.field().max(other.field()))
    }
}

/// The key of each row of an index.
#[derive(Clone, Debug, Default)]
pub(crate) struct RankKeys(pub Vec<u8>);

impl RankKeys {
    pub(crate) fn none(rows: usize) -> Self {
        Self(vec![RankKey::NONE.0; rows])
    }

    /// The same where rows that do not pass do not match.
    pub(crate) fn passing(&self, passes: impl Fn(u32) -> bool) -> Self {
        Self((0..).zip(&self.0).map(|(row, key)| if passes(row) { *key } else { RankKey::NONE.0 }).collect())
    }

    #[inline]
    pub(crate) fn of(&self, row: u32) -> RankKey {
        RankKey(self.0[row as usize])
    }

    pub(crate) fn matching(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.0).filter(|(_, key)| RankKey(**key).is_match()).map(|(row, _)| row)
    }

    /// The rows of a key among some, ascending.
    pub(crate) fn rows_of(&self, key: RankKey, among: Range<usize>) -> impl Iterator<Item = u32> {
        let first = to_u32(among.start);
        memchr::memchr_iter(key.0, &self.0[among]).map(move |at| first + to_u32(at))
    }
}

/// How many rows have each key.
#[derive(Clone, Debug)]
pub(crate) struct Counts([u32; 256]);

impl Default for Counts {
    fn default() -> Self {
        Self([0; 256])
    }
}

impl Counts {
    pub(crate) fn of(keys: &[u8]) -> Self {
        let mut counts = Self::default();
        // Most rows match no query.
        for keys in keys.chunks(64).filter(|keys| keys.iter().fold(u8::MAX, |all, key| all & key) != u8::MAX) {
            for key in keys {
                counts.0[usize::from(*key)] += 1;
            }
        }
        counts
    }

    pub(crate) fn plus(mut self, others: &Self) -> Self {
        self.0.iter_mut().zip(others.0).for_each(|(count, other)| *count += other);
        self
    }

    pub(crate) fn matching(&self) -> usize {
        self.by_key().map(|(_, count)| count).sum()
    }

    /// How many match only by letters with gaps.
    pub(crate) fn gapped(&self) -> usize {
        self.by_key().filter(|(key, _)| key.is_gapped()).map(|(_, count)| count).sum()
    }

    /// The keys that some row has, the best first, each with how many.
    pub(crate) fn by_key(&self) -> impl Iterator<Item = (RankKey, usize)> {
        let all = (0..u8::MAX).map(RankKey).zip(self.0);
        all.filter(|(_, count)| *count > 0).map(|(key, count)| (key, count as usize))
    }
}
