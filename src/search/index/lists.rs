//! Many short lists, stored one after the other.

use std::ops::Range;

/// What is counted here fits: a catalog file has at most a gigabyte, and folding does not lengthen it fourfold.
pub(crate) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).expect("a catalog has fewer than 2^32 words, names and letters")
}

/// Where lists end that are stored one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ends(Vec<u32>);

impl Ends {
    /// With room for so many lists.
    pub(crate) fn with_capacity(lists: usize) -> Self {
        Self(Vec::with_capacity(lists))
    }

    /// Ends a list at `end`.
    pub(crate) fn push(&mut self, end: usize) {
        self.0.push(to_u32(end));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Where the list at a position stands.
    #[inline]
    pub(crate) fn range(&self, at: usize) -> Range<usize> {
        self.start(at)..self.0[at] as usize
    }

    /// Where the list at a position starts, or would.
    #[inline]
    pub(crate) fn start(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.0[before]) as usize
    }

    /// Gives back the room that is left.
    pub(crate) fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.len() * size_of::<u32>()
    }
}

/// Lists of items, stored one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Lists<T> {
    items: Vec<T>,
    ends: Ends,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self::with_capacity(0, 0)
    }
}

impl<T> Lists<T> {
    /// With room for so many lists of so many items together.
    pub(crate) fn with_capacity(lists: usize, items: usize) -> Self {
        Self { items: Vec::with_capacity(items), ends: Ends::with_capacity(lists) }
    }

    pub(crate) fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.ends.push(self.items.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn items(&self) -> &[T] {
        &self.items
    }

    /// Where the items of a list stand among all.
    #[inline]
    pub(crate) fn range(&self, at: usize) -> Range<usize> {
        self.ends.range(at)
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> &[T] {
        &self.items[self.range(at)]
    }

    pub(crate) fn bytes(&self) -> usize {
        self.items.len() * size_of::<T>() + self.ends.bytes()
    }
}

impl<T: Copy + Default> Lists<T> {
    /// Sorts items into `lists` lists; `all` gives each item with its list, and the same ones every time.
    pub(crate) fn sorted<I: Iterator<Item = (usize, T)>>(lists: usize, all: impl Fn() -> I) -> Self {
        let mut ends = vec![0u32; lists];
        all().for_each(|(list, _)| ends[list] += 1);
        // Prefix sums: each count becomes the start of its list, and filling the list moves it to the end.
        let items = ends.iter_mut().fold(0, |start, end| start + std::mem::replace(end, start));
        let mut items = vec![T::default(); items as usize];
        for (list, item) in all() {
            items[ends[list] as usize] = item;
            ends[list] += 1;
        }
        Self { items, ends: Ends(ends) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_into_lists_in_their_order() {
        let all = [(2, 'a'), (0, 'b'), (2, 'c'), (2, 'd')];
        let lists = Lists::sorted(4, || all.into_iter());
        assert_eq!([0, 1, 2, 3].map(|at| lists.get(at)), [&['b'][..], &[], &['a', 'c', 'd'], &[]]);
    }
}
