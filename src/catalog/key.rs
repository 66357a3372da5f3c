//! The position of a hospital in its catalog.

/// The position of a hospital in its catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HospitalKey(u32);

impl HospitalKey {
    /// The position in catalog order, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The key of that position, which some hospital has.
    pub(super) fn at(position: usize) -> Self {
        Self(u32::try_from(position).expect("a catalog has fewer than 2^32 hospitals"))
    }
}
