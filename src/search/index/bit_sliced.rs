//! What each of many names has, turned on its side: for each character one bit a name, so that sixty-four names are
//! looked at with one load for each letter of a word.

use crate::search::index::bitset::{TO_A_SET, bits};
use crate::search::index::lexicon::Lexicon;
use crate::search::index::names::Names;
use crate::search::index::normalized::HAN;

/// Which names have which characters, and whose words start with which, in sets of 64 names.
#[derive(Debug, Default)]
pub struct Columns {
    /// How many sets of names there are.
    sets: usize,
    /// For each bit of [`Marks::present`](crate::search::index::normalized::Marks) and then of `starts`, all sets.
    bits: Vec<u64>,
}

/// How many bits are kept of the characters that a name has, and of those with which its words start.
const PRESENT: usize = u64::BITS as usize;
const STARTS: usize = u32::BITS as usize;

impl Columns {
    /// Those of `names`, whose words are those of `lexicon`.
    pub fn new(names: &Names, lexicon: &Lexicon) -> Self {
        let sets = names.len().div_ceil(TO_A_SET);
        let mut columns = Self { sets, bits: vec![0; sets * (PRESENT + STARTS)] };
        for set in 0..sets {
            let of_set = set * TO_A_SET..((set + 1) * TO_A_SET).min(names.len());
            let (mut present, mut starts) = ([0; TO_A_SET], [0; TO_A_SET]);
            for (name, (present, starts)) in of_set.zip(present.iter_mut().zip(&mut starts)) {
                for word in names.words(name) {
                    *present |= lexicon.present(*word);
                    *starts |= u64::from(lexicon.starts(*word));
                }
            }
            transpose(&mut present);
            transpose(&mut starts);
            for (column, having) in present.iter().chain(&starts[..STARTS]).enumerate() {
                columns.bits[column * sets + set] = *having;
            }
        }
        columns
    }

    #[inline]
    fn set(&self, column: usize, set: usize) -> u64 {
        self.bits[column * self.sets + set]
    }

    /// Those of a set of names that have all of these characters.
    #[inline]
    pub fn with_all(&self, present: u64, set: usize, names: u64) -> u64 {
        self.in_all(bits(present).map(|column| column as usize), set, names)
    }

    /// Those of a set of names of which words start with all of these.
    #[inline]
    pub fn starting_with_all(&self, starts: u32, set: usize, names: u64) -> u64 {
        self.in_all(bits(starts.into()).map(|column| PRESENT + column as usize), set, names)
    }

    /// Those of a set of names that are in all of some columns.
    #[inline]
    fn in_all(&self, mut columns: impl Iterator<Item = usize>, set: usize, names: u64) -> u64 {
        let mut left = names;
        while left != 0
            && let Some(column) = columns.next()
        {
            left &= self.set(column, set);
        }
        left
    }

    /// Those of a set of names of which a word starts with one of these.
    #[inline]
    pub fn starting_with_any(&self, starts: u32, set: usize) -> u64 {
        bits(starts.into()).fold(0, |names, column| names | self.set(PRESENT + column as usize, set))
    }

    /// Those of a set of names that are Chinese.
    #[inline]
    pub fn chinese(&self, set: usize) -> u64 {
        self.starting_with_any(HAN, set)
    }

    /// Whether the name at a position has all of these characters.
    #[inline]
    pub fn has_all(&self, present: u64, name: usize) -> bool {
        self.with_all(present, name / TO_A_SET, 1 << (name % TO_A_SET)) != 0
    }

    /// Whether a word of the name at a position starts with one of these.
    #[inline]
    pub fn starts_with_any(&self, starts: u32, name: usize) -> bool {
        self.starting_with_any(starts, name / TO_A_SET) >> (name % TO_A_SET) & 1 == 1
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        self.bits.len() * 8
    }
}

/// Turns a square of bits on its side: bit `b` of number `n` becomes bit `n` of number `b`.
///
/// Halves are exchanged, then quarters in each half, down to single bits: Warren, Hacker's Delight, 7-3.
fn transpose(square: &mut [u64; TO_A_SET]) {
    let (mut width, mut mask) = (TO_A_SET / 2, u64::MAX >> (TO_A_SET / 2));
    while width > 0 {
        for at in (0..TO_A_SET).filter(|at| at & width == 0) {
            let exchanged = (square[at] >> width ^ square[at + width]) & mask;
            square[at] ^= exchanged << width;
            square[at + width] ^= exchanged;
        }
        width /= 2;
        mask ^= mask << width;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_transposed_square_has_its_bits_on_the_other_side(rows in prop::collection::vec(any::<u64>(), TO_A_SET)) {
            let mut square: [u64; TO_A_SET] = rows.clone().try_into().unwrap();
            transpose(&mut square);
            for (at, row) in rows.iter().enumerate() {
                for (bit, turned) in square.iter().enumerate() {
                    prop_assert_eq!(row >> bit & 1, turned >> at & 1);
                }
            }
        }
    }
}
