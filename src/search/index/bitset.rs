//! Sets of rows, and sets of positions, a bit each.

/// Rows to a set of bits.
pub const TO_A_SET: usize = u64::BITS as usize;

/// Some of the rows of an index.
#[derive(Clone, Debug, Default)]
pub struct Rows(pub Vec<u64>);

impl Rows {
    /// The first `count` rows.
    pub fn first(count: usize) -> Self {
        let mut sets = vec![u64::MAX; count.div_ceil(TO_A_SET)];
        if let (Some(last), over @ 1..) = (sets.last_mut(), count % TO_A_SET) {
            *last = !(u64::MAX << over);
        }
        Self(sets)
    }

    /// None of so many.
    pub fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(TO_A_SET)])
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|set| set.count_ones() as usize).sum()
    }
}

/// The positions of the bits of some sets, ascending.
#[inline]
pub fn positions(sets: &[u64]) -> impl Iterator<Item = usize> {
    sets.iter().zip((0..).step_by(TO_A_SET)).flat_map(|(set, first)| bits(*set).map(move |bit| first + bit as usize))
}

/// The positions of the bits of a set, ascending.
#[inline]
pub fn bits(mut set: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let place = set.trailing_zeros();
        (set != 0).then(|| {
            set &= set - 1;
            place
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rows_are_the_first() {
        for count in [0, 1, 63, 64, 65, 200] {
            let rows = Rows::first(count);
            assert_eq!(rows.len(), count);
            assert_eq!(positions(&rows.0).collect::<Vec<_>>(), (0..count).collect::<Vec<_>>());
        }
    }
}
