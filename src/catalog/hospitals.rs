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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hospitals {
    /// All full but the last.
    chunks: Vec<Arc<Vec<Hospital>>>,
}

impl Hospitals {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.len())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Adds one at the end.
    pub fn push(&mut self, hospital: Hospital) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < CHUNK => Arc::make_mut(last).push(hospital),
            _ => {
                // After the first chunk there are many.
                let room = if self.chunks.is_empty() { 0 } else { CHUNK };
                let mut chunk = Vec::with_capacity(room);
                chunk.push(hospital);
                self.chunks.push(Arc::new(chunk));
            }
        }
    }

    /// The one at a position, to change it. A chunk that is shared is copied first.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut Hospital> {
        Arc::make_mut(self.chunks.get_mut(at / CHUNK)?).get_mut(at % CHUNK)
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Hospital> {
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
        &self.chunks[at / CHUNK][at % CHUNK]
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
