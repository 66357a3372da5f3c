//! Where all hospitals lie.

use std::sync::Arc;

use rayon::prelude::*;

use crate::catalog::hospitals::{Chunk, Hospitals};
use crate::catalog::key::HospitalKey;

/// Where all hospitals lie, as far as files say.
#[derive(Debug, Default)]
pub(crate) struct Points {
    /// Degrees north and east, by the position of the hospital; not numbers where no place is known.
    degrees: Vec<[f64; 2]>,
}

impl Points {
    /// Reads the coordinates of all hospitals, on all cores.
    pub(super) fn new(hospitals: &Hospitals) -> Self {
        let chunks: Vec<&Arc<Chunk>> = hospitals.chunks().map(|(_, chunk)| chunk).collect();
        let degrees = chunks.into_par_iter().flat_map_iter(|chunk| points_of(chunk));
        Self { degrees: degrees.collect() }
    }

    /// Degrees north and east of a hospital.
    pub(crate) fn of(&self, key: HospitalKey) -> Option<[f64; 2]> {
        self.degrees.get(key.index()).copied().filter(|[north, _]| !north.is_nan())
    }
}

fn points_of(chunk: &Chunk) -> Vec<[f64; 2]> {
    let point = |at: usize| match chunk {
        Chunk::Rows(rows) => rows.reader().point(rows.row(at)),
        Chunk::Whole(hospitals) => hospitals[at].details.peek().point(),
    };
    (0..chunk.len()).map(|at| point(at).unwrap_or([f64::NAN; 2])).collect()
}
