//! Many hospitals, in chunks that several catalogs can share.
//!
//! While a file is loaded, the screen looks at what has come so far: such a look shares the chunks that are there and
//! costs next to nothing, and nothing has to move when more hospitals come.

use std::ops::Index;
use std::sync::Arc;

use crate::catalog::hospital::Hospital;

/// Hospitals, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hospitals {
    /// All are full but the last, which is not empty.
    chunks: Vec<Arc<Vec<Hospital>>>,
}

impl Hospitals {
    /// Hospitals in a chunk.
    pub(crate) const CHUNK: usize = 4_096;

    /// How many there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * Self::CHUNK + last.len())
    }

    /// Whether there is none.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Adds one at the end.
    pub(crate) fn push(&mut self, hospital: Hospital) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < Self::CHUNK => Arc::make_mut(last).push(hospital),
            _ => {
                // After the first chunk there are many.
                let capacity = if self.chunks.is_empty() { 1 } else { Self::CHUNK };
                let mut chunk = Vec::with_capacity(capacity);
                chunk.push(hospital);
                self.chunks.push(Arc::new(chunk));
            }
        }
    }

    /// Adds many at the end. Up to [`Self::CHUNK`] of them stay where they are in memory, if all chunks are full.
    pub(crate) fn append(&mut self, hospitals: Vec<Hospital>) {
        let is_full = self.chunks.last().is_none_or(|last| last.len() == Self::CHUNK);
        if is_full && hospitals.len() <= Self::CHUNK && !hospitals.is_empty() {
            self.chunks.push(Arc::new(hospitals));
        } else {
            for hospital in hospitals {
                self.push(hospital);
            }
        }
    }

    /// The one at a position, to change it. A chunk that is shared is copied first.
    pub(crate) fn get_mut(&mut self, at: usize) -> Option<&mut Hospital> {
        Arc::make_mut(self.chunks.get_mut(at / Self::CHUNK)?).get_mut(at % Self::CHUNK)
    }

    /// All, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Hospital> + Clone {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// All, in order, given away; chunks that are shared are copied first.
    pub(crate) fn into_hospitals(self) -> impl Iterator<Item = Hospital> {
        self.chunks.into_iter().flat_map(Arc::unwrap_or_clone)
    }
}

impl Index<usize> for Hospitals {
    type Output = Hospital;

    fn index(&self, at: usize) -> &Hospital {
        &self.chunks[at / Self::CHUNK][at % Self::CHUNK]
    }
}

impl FromIterator<Hospital> for Hospitals {
    fn from_iter<I: IntoIterator<Item = Hospital>>(hospitals: I) -> Self {
        let mut all = Self::default();
        hospitals.into_iter().for_each(|hospital| all.push(hospital));
        all
    }
}

impl From<Vec<Hospital>> for Hospitals {
    fn from(hospitals: Vec<Hospital>) -> Self {
        hospitals.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_is_found_across_chunks() {
        let hospital = |at: usize| Hospital { id: format!("h{at}").into(), ..Hospital::default() };
        for count in [0, 1, Hospitals::CHUNK, Hospitals::CHUNK + 1, Hospitals::CHUNK * 2 + 3] {
            let mut all: Hospitals = (0..count).map(hospital).collect();
            assert_eq!((all.len(), all.is_empty()), (count, count == 0));
            assert!(all.iter().enumerate().all(|(at, one)| *one == hospital(at) && all[at] == *one));
            let shared = all.clone();
            for at in [0, Hospitals::CHUNK - 1, Hospitals::CHUNK, count.saturating_sub(1)] {
                assert_eq!(all.get_mut(at).cloned(), (at < count).then(|| hospital(at)));
            }
            assert!(all.get_mut(count).is_none());
            assert!(shared.into_hospitals().eq((0..count).map(hospital)));
        }
    }
}
