//! A bit-sliced index: the signatures of many names, turned on their side.
//!
//! For each bit of a signature there is one bit a name, so that the sixty-four names of a block are looked at with one
//! load for each letter of a word.

use std::ops::Range;

use crate::search::text::signature::{HAN, Signature};

/// Names in a block.
pub(crate) const BLOCK: usize = u64::BITS as usize;

/// Which names have which characters, and whose words start with which, in blocks of 64 names.
#[derive(Debug, Default)]
pub(crate) struct BitSlices {
    /// How many blocks there are.
    blocks: usize,
    /// For each bit of [`Signature::characters`] and then of [`Signature::initials`], all blocks.
    bits: Vec<u64>,
}

/// How many bits are kept of the characters that a name has, and of those with which its words start.
const CHARACTERS: usize = u64::BITS as usize;
const INITIALS: usize = u32::BITS as usize;

impl BitSlices {
    /// Those of names with these signatures.
    pub(crate) fn new(mut signatures: impl ExactSizeIterator<Item = Signature>) -> Self {
        let blocks = signatures.len().div_ceil(BLOCK);
        let mut bits = vec![0; blocks * (CHARACTERS + INITIALS)];
        for block in 0..blocks {
            let (mut characters, mut initials) = ([0; BLOCK], [0; BLOCK]);
            for (at, signature) in signatures.by_ref().take(BLOCK).enumerate() {
                (characters[at], initials[at]) = (signature.characters, u64::from(signature.initials));
            }
            transpose(&mut characters);
            transpose(&mut initials);
            for (slice, having) in characters.iter().chain(&initials[..INITIALS]).enumerate() {
                bits[slice * blocks + block] = *having;
            }
        }
        Self { blocks, bits }
    }

    #[inline]
    fn slice(&self, slice: usize, block: usize) -> u64 {
        self.bits[slice * self.blocks + block]
    }

    /// Those `among` the names of a block that have all of these characters.
    #[inline]
    pub(crate) fn with_characters(&self, characters: u64, block: usize, among: u64) -> u64 {
        self.in_all(bits(characters).map(|bit| bit as usize), block, among)
    }

    /// Those `among` the names of a block of which words start with all of these.
    #[inline]
    pub(crate) fn with_initials(&self, initials: u32, block: usize, among: u64) -> u64 {
        self.in_all(bits(initials.into()).map(|bit| CHARACTERS + bit as usize), block, among)
    }

    #[inline]
    fn in_all(&self, mut slices: impl Iterator<Item = usize>, block: usize, among: u64) -> u64 {
        let mut left = among;
        while left != 0
            && let Some(slice) = slices.next()
        {
            left &= self.slice(slice, block);
        }
        left
    }

    /// The names of a block that are Chinese.
    #[inline]
    pub(crate) fn with_han(&self, block: usize) -> u64 {
        self.with_initials(HAN, block, u64::MAX)
    }

    /// Whether the name at a position has all of these characters.
    #[inline]
    pub(crate) fn has_characters(&self, characters: u64, name: usize) -> bool {
        self.with_characters(characters, name / BLOCK, 1 << (name % BLOCK)) != 0
    }

    /// Whether a word of the name at a position starts with this one.
    #[inline]
    pub(crate) fn has_initial(&self, initial: u32, name: usize) -> bool {
        self.with_initials(initial, name / BLOCK, 1 << (name % BLOCK)) != 0
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bits.len() * size_of::<u64>()
    }
}

/// Some names as blocks, each with those of its names that are meant.
pub(crate) fn blocks(names: Range<usize>) -> impl Iterator<Item = (usize, u64)> {
    let Range { start, end } = names;
    let before = |at: usize, block: usize| match at.saturating_sub(block * BLOCK) {
        some @ 0..BLOCK => !(u64::MAX << some),
        _ => u64::MAX,
    };
    (start / BLOCK..end.div_ceil(BLOCK)).map(move |block| (block, before(end, block) & !before(start, block)))
}

/// The positions of the bits of a block, ascending.
#[inline]
pub(crate) fn bits(mut block: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let place = block.trailing_zeros();
        (block != 0).then(|| {
            block &= block - 1;
            place
        })
    })
}

/// Turns a square of bits on its side: bit `b` of number `n` becomes bit `n` of number `b`.
///
/// Halves are exchanged, then quarters in each half, down to single bits: Warren, Hacker's Delight, 7-3.
fn transpose(square: &mut [u64; BLOCK]) {
    let (mut width, mut mask) = (BLOCK / 2, u64::MAX >> (BLOCK / 2));
    while width > 0 {
        for at in (0..BLOCK).filter(|at| at & width == 0) {
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

    #[test]
    fn the_blocks_of_some_names_are_those_names() {
        for names in [0..0, 0..1, 3..64, 64..65, 60..200, 0..128] {
            let all =
                blocks(names.clone()).flat_map(|(block, set)| bits(set).map(move |bit| block * 64 + bit as usize));
            assert_eq!(all.collect::<Vec<_>>(), names.collect::<Vec<_>>());
        }
    }

    proptest! {
        #[test]
        fn a_transposed_square_has_its_bits_on_the_other_side(rows in prop::collection::vec(any::<u64>(), BLOCK)) {
            let mut square: [u64; BLOCK] = rows.clone().try_into().unwrap();
            transpose(&mut square);
            for (at, row) in rows.iter().enumerate() {
                for (bit, turned) in square.iter().enumerate() {
                    prop_assert_eq!(row >> bit & 1, turned >> at & 1);
                }
            }
        }
    }
}
