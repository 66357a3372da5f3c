//! Many hospitals, in chunks that several catalogs can share.
//!
//! While a file is loaded, the screen looks at what has come so far: such a look shares the chunks that are there and
//! costs next to nothing, and nothing has to move when more hospitals come.

use std::fmt;
use std::ops::Index;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use super::Hospital;

/// Hospitals in a chunk.
const CHUNK: usize = if cfg!(test) { 4 } else { 4_096 };

/// Hospitals, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Hospitals {
    /// Most are full; none is empty.
    chunks: Vec<Arc<Vec<Hospital>>>,
    /// How many hospitals come before the end of each.
    ends: Vec<usize>,
}

impl Hospitals {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Adds one at the end.
    pub fn push(&mut self, hospital: Hospital) {
        match (self.chunks.last_mut(), self.ends.last_mut()) {
            (Some(last), Some(end)) if last.len() < CHUNK => {
                Arc::make_mut(last).push(hospital);
                *end += 1;
            }
            _ => {
                // After the first chunk there are many.
                let room = if self.chunks.is_empty() { 0 } else { CHUNK };
                let mut chunk = Vec::with_capacity(room);
                chunk.push(hospital);
                self.ends.push(self.len() + 1);
                self.chunks.push(Arc::new(chunk));
            }
        }
    }

    /// Adds all of `others` at the end. They stay where they are in memory.
    pub fn append(&mut self, others: Self) {
        let before = self.len();
        self.ends.extend(others.ends.iter().map(|end| before + end));
        self.chunks.extend(others.chunks);
    }

    /// In which chunk a position is, and where in it.
    fn place(&self, at: usize) -> Option<(usize, usize)> {
        // No chunk has more than this many, so it is this one or a later one.
        let first = at / CHUNK;
        let later = self.ends.get(first..)?;
        let chunk = first + if at < *later.first()? { 0 } else { later.partition_point(|end| *end <= at) };
        let start = chunk.checked_sub(1).map_or(0, |before| self.ends[before]);
        (chunk < self.ends.len()).then_some((chunk, at - start))
    }

    /// The one at a position, to change it. A chunk that is shared is copied first.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut Hospital> {
        let (chunk, at) = self.place(at)?;
        Arc::make_mut(self.chunks.get_mut(chunk)?).get_mut(at)
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Hospital> + Clone {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// All, in order, given away; chunks that are shared are copied first.
    pub fn into_hospitals(self) -> impl Iterator<Item = Hospital> {
        self.chunks.into_iter().flat_map(Arc::unwrap_or_clone)
    }
}

impl Index<usize> for Hospitals {
    type Output = Hospital;

    fn index(&self, at: usize) -> &Hospital {
        let (chunk, at) = self.place(at).expect("a position among the hospitals");
        &self.chunks[chunk][at]
    }
}

/// However they are divided into chunks.
impl PartialEq for Hospitals {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
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

impl Serialize for Hospitals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Hospitals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsHospitals;

        impl<'de> Visitor<'de> for AsHospitals {
            type Value = Hospitals;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an array of hospitals")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Hospitals, A::Error> {
                let mut all = Hospitals::default();
                while let Some(hospital) = seq.next_element()? {
                    all.push(hospital);
                }
                Ok(all)
            }
        }

        deserializer.deserialize_seq(AsHospitals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hospital(at: usize) -> Hospital {
        Hospital { id: format!("h{at}").into(), ..Hospital::default() }
    }

    #[test]
    fn lists_of_any_length_stand_one_after_the_other() {
        for lengths in [[0, 3, 9], [5, 0, 1], [1, 1, 1], [8, 4, 7], [2, 13, 0]] {
            let mut all = Hospitals::default();
            for count in lengths {
                let from = all.len();
                all.append((from..from + count).map(hospital).collect());
                all.push(hospital(from + count));
            }
            assert_eq!(all.len(), lengths.iter().sum::<usize>() + 3);
            assert_eq!(all, (0..all.len()).map(hospital).collect());
            for at in 0..all.len() {
                assert_eq!((&all[at], all.clone().get_mut(at).map(|one| &*one)), (&hospital(at), Some(&hospital(at))));
            }
            assert!(all.clone().get_mut(all.len()).is_none());
        }
    }
}
